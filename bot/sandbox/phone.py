"""One person's phone: what its owner does, and what can be seen on it."""

import asyncio
import struct
import zlib
from collections.abc import Callable
from typing import TypeVar

from bot.sandbox.chats import Chat, Message, Push
from bot.sandbox.entities import typed
from bot.sandbox.keyboards import rows
from bot.sandbox.play import Person
from bot.sandbox.schema import Json
from bot.sandbox.storedfiles import Upload
from bot.sandbox.world import Change, What, World, words_in

T = TypeVar("T")

PATIENCE = 5.0
"""Seconds that a person waits for the bot."""
SIDE = 64


class NotThere(AssertionError):  # noqa: N818 - a finding
    """What a person looked for is not on the phone; the words tell what is."""


class Phone:
    """In the hands of its owner.

    Doing: `says`, `edits`, `presses`, `shares_contact`, `sends_voice`, `sends_photo`, `blocks` …
    Looking: `messages`, `heard`, `last`, `labels`, `toasts`, `push`, `commands`.
    Waiting: `hears`, `sees`, `forgets`, `until`.
    """

    def __init__(self, world: World, chat: Chat) -> None:
        self.world = world
        self.chat = chat

    @property
    def person(self) -> Person:
        return self.chat.person

    def says(self, text: str, *, reply_to: int | None = None) -> Message:
        """Sends text; the first one is also the press on Start."""
        content = words_in(typed(text), "text")
        if reply_to is not None:
            content["reply_to_message"] = self.chat.messages[reply_to].wire
        return self._sends(content)

    def edits(self, message: Message, text: str) -> Message:
        """Changes own words, as people do."""
        content = words_in(typed(text), "text")
        self.chat.acted = self.world.event()
        self.world.edit(message, content)
        self._tells("edited_message", message.wire)
        return message

    def presses(self, label: str, *, message: Message | None = None) -> str:
        """Presses the newest button with this label, below a message or on the keyboard.

        The id of the callback query; empty for a button that only says its words.
        """
        found = self._button(label, message)
        if found is not None:
            where, button = found
            return self.sends_press(where, button.get("callback_data", ""))
        if label in self.keyboard_labels:
            self.presses_key(label)
            return ""
        raise NotThere(f'{self.person.first_name} sees no button "{label}", only {self.labels}')

    def presses_key(self, label: str) -> None:
        """Presses a key of the keyboard below the chat."""
        key = next((key for key in self._keys() if key["text"] == label), None)
        if key is None:
            raise NotThere(f'{self.person.first_name} has no key "{label}", only {self.keyboard_labels}')
        if self.chat.keyboard and self.chat.keyboard.get("one_time_keyboard"):
            self.chat.keyboard = None
        if key.get("request_contact"):
            self.shares_contact()
        else:
            self.says(label)

    def sends_press(self, message: Message, data: str) -> str:
        """A press whatever the button now says: phones may show an old message for a while."""
        query_id = self.world.ask(self.chat)
        self.chat.acted = self.world.event()
        query = {
            "id": query_id,
            "from": self.person.user,
            "message": message.wire,
            "chat_instance": str(self.chat.id * 7919),
            "data": data,
        }
        self._tells("callback_query", query)
        return query_id

    def shares_contact(self, number: str | None = None, *, of: Person | None = None) -> Message:
        """Own contact, or that of somebody else; a number given alone belongs to nobody on Telegram."""
        owner = of or self.person
        contact: Json = {"phone_number": number or owner.phone_number, "first_name": owner.first_name}
        known = number is None or of is not None or number == self.person.phone_number
        return self._sends({"contact": {**contact, "user_id": owner.id} if known else contact})

    def sends_voice(self, seconds: int = 3) -> Message:
        """A voice message with nothing in it."""
        stored = self.world.files.keep(Upload("voice.oga", "audio/ogg", b"OggS" + bytes(60)), "voice")
        return self._sends({"voice": {**stored.wire, "duration": seconds, "mime_type": "audio/ogg"}})

    def sends_photo(self, caption: str = "") -> Message:
        stored = self.world.files.keep(Upload("photo.png", "image/png", grey_square()), "photos")
        size = {**stored.wire, "width": SIDE, "height": SIDE}
        return self._sends({"photo": [size], **(words_in(typed(caption), "caption") if caption else {})})

    def sends_document(self, name: str, body: bytes, mime: str = "application/octet-stream") -> Message:
        stored = self.world.files.keep(Upload(name, mime, body), "documents")
        return self._sends({"document": {**stored.wire, "file_name": name, "mime_type": mime}})

    def blocks(self) -> None:
        if not self.chat.blocked:
            self._membership(blocked=True)

    def unblocks(self) -> None:
        if self.chat.blocked:
            self._membership(blocked=False)

    def leaves_telegram(self) -> None:
        """The account is gone."""
        self.chat.deactivated = True
        self.world.tell(Change(What.PHONE, self.chat))

    @property
    def messages(self) -> list[Message]:
        """Those that can be seen, oldest first."""
        return list(self.chat.messages.values())

    @property
    def heard(self) -> list[Message]:
        """Those of them that are the bot's."""
        return [message for message in self.chat.messages.values() if message.from_bot]

    @property
    def said(self) -> list[Message]:
        """Those of them that are the person's own."""
        return [message for message in self.chat.messages.values() if not message.from_bot]

    @property
    def last(self) -> str:
        """The bot's newest words that can be seen."""
        return self.heard[-1].text if self.heard else ""

    @property
    def labels(self) -> list[str]:
        """Every button that can be pressed now, the newest message last, then the keyboard."""
        return [label for message in self.heard for label in message.labels] + self.keyboard_labels

    @property
    def keyboard_labels(self) -> list[str]:
        return [button["text"] for button in self._keys()]

    @property
    def toasts(self) -> list[str]:
        """What the bot answered to presses, those without words as empty strings."""
        return list(self.chat.toasts)

    @property
    def push(self) -> Push | None:
        return self.chat.push

    @property
    def commands(self) -> list[Json]:
        return self.world.menus.seen_by(self.person.id, self.person.language)

    async def hears(self, part: str = "", *, within: float = PATIENCE) -> Message:
        """The newest of the bot's messages with this in it, new or edited since the person's last act."""
        return await self.until(lambda: self._news(part), f'hears "{part}"', within=within)

    async def sees(self, label: str, *, within: float = PATIENCE) -> Message | bool:
        """The message with this button, or True when it is on the keyboard."""
        return await self.until(lambda: self._where(label), f'sees the button "{label}"', within=within)

    async def forgets(self, part: str, *, within: float = PATIENCE) -> bool:
        """Waits until nothing on the screen has this in it."""
        return await self.until(lambda: not self._shows(part), f'is rid of "{part}"', within=within)

    async def until(self, look: Callable[[], T | None], what: str, *, within: float = PATIENCE) -> T:
        """The first thing that `look` finds; NotThere when it finds nothing in time."""
        changed = asyncio.Event()
        watcher = lambda _change: changed.set()  # noqa: E731 - it is removed by its name
        self.world.watchers.append(watcher)
        try:
            return await asyncio.wait_for(_found(look, changed), within)
        except TimeoutError:
            raise NotThere(f"{self.person.first_name} never {what}; on the screen: {self._screen()}") from None
        finally:
            self.world.watchers.remove(watcher)

    def _sends(self, content: Json) -> Message:
        self.chat.started = True
        self.chat.acted = self.world.event()
        message = self.world.write(self.chat, content, from_bot=False)
        self._tells("message", message.wire)
        return message

    def _membership(self, *, blocked: bool) -> None:
        was, self.chat.blocked = self.chat.blocked, blocked
        change = {
            "chat": self.chat.wire,
            "from": self.person.user,
            "date": int(self.world.clock.now()),
            "old_chat_member": self._member(blocked=was),
            "new_chat_member": self._member(blocked=blocked),
        }
        self._tells("my_chat_member", change)
        self.world.tell(Change(What.PHONE, self.chat))

    def _member(self, *, blocked: bool) -> Json:
        who = {"user": self.world.bot}
        return {**who, "status": "kicked", "until_date": 0} if blocked else {**who, "status": "member"}

    def _tells(self, kind: str, body: Json) -> None:
        self.world.updates.put(kind, body)

    def _keys(self) -> list[Json]:
        keyboard = self.chat.keyboard
        keys = [key for row in rows(keyboard, "keyboard") for key in row] if keyboard else []
        return [{"text": key} if isinstance(key, str) else key for key in keys]

    def _button(self, label: str, message: Message | None) -> tuple[Message, Json] | None:
        where = [message] if message else reversed(self.heard)
        return next(((m, b) for m in where for b in m.buttons if b["text"] == label), None)

    def _news(self, part: str) -> Message | None:
        fresh = [m for m in self.heard if m.touched > self.chat.acted and part in m.text]
        return max(fresh, key=lambda message: message.touched, default=None)

    def _where(self, label: str) -> Message | bool:
        found = self._button(label, None)
        return found[0] if found else label in self.keyboard_labels

    def _shows(self, part: str) -> bool:
        return any(part in message.text for message in self.messages)

    def _screen(self) -> list[str]:
        return [f"{m.text} {m.labels}" if m.labels else m.text for m in self.messages]


async def _found(look: Callable[[], T | None], changed: asyncio.Event) -> T:
    while not (thing := look()):
        changed.clear()
        await changed.wait()
    return thing


def grey_square() -> bytes:
    """A picture of nothing, as PNG."""
    head = struct.pack(">IIBBBBB", SIDE, SIDE, 8, 0, 0, 0, 0)
    lines = zlib.compress((b"\0" + b"\xb4" * SIDE) * SIDE)
    return b"\x89PNG\r\n\x1a\n" + b"".join(map(_chunk, ((b"IHDR", head), (b"IDAT", lines), (b"IEND", b""))))


def _chunk(piece: tuple[bytes, bytes]) -> bytes:
    name, body = piece
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
