"""The language that tests are written in: a Town, and the people in it.

The whole bot runs, on a real database file, through its real inbox, worker, ticker and outbox; only Telegram and the
clock are replaced. A person `says`, `presses`, shares a number; what stands in the chat is `heard`.
"""

import base64
import itertools
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any, Self

from telegram.error import BadRequest, Forbidden, TelegramError

from bot.run.app import App
from bot.run.clock import Clock
from bot.run.language import Languages
from bot.run.settings import Settings
from storage import due, inbox, invites
from storage.db import Pulse, Transaction
from tests import tables

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
"""A working day, 11:00 in Kyiv."""
KEY = base64.b64encode(b"a key for tests, 32 bytes long..").decode()
TOKEN = "1:test"  # noqa: S105 - opens nothing


class TownClock(Clock):
    """Time passes when the test says so."""

    def __init__(self, at: datetime) -> None:
        super().__init__()
        self.at = at

    def now(self) -> datetime:
        return self.at


@dataclass
class Standing:
    """A message in a chat."""

    id: int
    text: str
    buttons: dict[str, str]
    protected: bool
    silent: bool
    keyboard: bool = False
    ours: bool = True
    edited: bool = False
    file_name: str = ""
    file: bytes = b""


@dataclass
class Chat:
    """What one person has on the screen, and all that was ever sent to it."""

    standing: dict[int, Standing] = field(default_factory=dict)
    sent: list[Standing] = field(default_factory=list)
    blocked: bool = False
    commands: list[str] = field(default_factory=list)


class Telegram:
    """Telegram as far as the bot can see it: chats, messages, answers to presses. `faults` come first."""

    def __init__(self) -> None:
        self.chats: dict[int, Chat] = {}
        self.toasts: list[str] = []
        self.faults: list[TelegramError] = []
        self.moved: dict[int, TelegramError] = {}
        self.calls: list[str] = []
        self.keyboards: list[str] = []
        self._ids = itertools.count(1)

    @property
    def username(self) -> str:
        return "town_bot"

    async def initialize(self) -> None:
        """Nothing to connect to."""

    async def shutdown(self) -> None:
        """Nothing to leave."""

    def next_id(self) -> int:
        return next(self._ids)

    async def call(self, method: str, parameters: dict[str, Any]) -> Any:
        self.calls.append(method)
        if self.faults and method != "answerCallbackQuery":
            raise self.faults.pop(0)
        if parameters.get("chat_id") in self.moved:
            raise self.moved[parameters["chat_id"]]
        given = {name: value for name, value in parameters.items() if value is not None}
        answer: Callable[[dict[str, Any]], Any] = getattr(self, f"_{method}", lambda _: True)
        return answer(given)

    def _sendMessage(self, given: dict[str, Any]) -> dict[str, int]:  # noqa: N802 - Telegram's names
        chat = self._chat(given)
        message = _message(self.next_id(), given)
        self.keyboards += [given["reply_markup"]] if "keyboard" in given.get("reply_markup", "") else []
        chat.standing[message.id] = message
        chat.sent.append(message)
        return {"message_id": message.id}

    def _sendDocument(self, given: dict[str, Any]) -> dict[str, int]:  # noqa: N802 - as above
        chat, document = self._chat(given), given.get("document") or given["photo"]
        message = _message(self.next_id(), {"text": given.get("caption", ""), **given})
        message.file_name, message.file = document.filename, document.input_file_content
        chat.standing[message.id] = message
        chat.sent.append(message)
        return {"message_id": message.id}

    _sendPhoto = _sendDocument  # noqa: N815 - as above

    def _editMessageText(self, given: dict[str, Any]) -> dict[str, int]:  # noqa: N802 - as above
        chat = self._chat(given)
        old = chat.standing.get(given["message_id"])
        if old is None:
            raise BadRequest("Message to edit not found")
        new = _message(old.id, given)
        if (new.text, new.buttons) == (old.text, old.buttons):
            raise BadRequest("Message is not modified")
        new.edited, new.protected = True, old.protected
        chat.standing[old.id] = new
        return {"message_id": old.id}

    def _deleteMessage(self, given: dict[str, Any]) -> bool:  # noqa: N802 - as above
        if self._chat(given).standing.pop(given["message_id"], None) is None:
            raise BadRequest("Message to delete not found")
        return True

    def _deleteMessages(self, given: dict[str, Any]) -> bool:  # noqa: N802 - as above
        for message_id in json.loads(given["message_ids"]):
            self._chat(given).standing.pop(message_id, None)
        return True

    def _answerCallbackQuery(self, given: dict[str, Any]) -> bool:  # noqa: N802 - as above
        self.toasts.append(given.get("text", ""))
        return True

    def _setMyCommands(self, given: dict[str, Any]) -> bool:  # noqa: N802 - as above
        scope = json.loads(given.get("scope", "{}"))
        if "chat_id" in scope:
            self.chats[scope["chat_id"]].commands = [each["command"] for each in json.loads(given["commands"])]
        return True

    def _chat(self, given: dict[str, Any]) -> Chat:
        chat = self.chats.setdefault(given["chat_id"], Chat())
        if chat.blocked:
            raise Forbidden("Forbidden: bot was blocked by the user")
        return chat


class Town:
    """A centre with its bot, its people and its own time."""

    def __init__(
        self, folder: Path, *, at: datetime = MONDAY, centre: str = "demo", pulse: Pulse | None = None
    ) -> None:
        self.clock = TownClock(at)
        self.telegram = Telegram()
        self.pulse = pulse
        self.settings = Settings(
            _env_file=None,  # type: ignore[call-arg]
            bot_token=TOKEN,
            data_dir=folder,
            master_key=KEY,
            centre=centre,
            send_rate=0,
            alarm_command="",
        )
        self.kept: dict[int, dict[str, Any]] = {}
        self._updates = itertools.count(1)
        self._people = itertools.count(101)

    async def __aenter__(self) -> Self:
        await self.open()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.app.close()

    async def open(self) -> None:
        """The bot starts, on whatever the database holds."""
        tables.laid(self.settings.database)
        self.app = App(self.settings, self.telegram, self.clock, pulse=self._beat if self.pulse else None)
        await self.app.open()
        await self.app.sender.prepare()

    async def restarts(self) -> None:
        await self.app.close()
        await self.open()

    def person(self, name: str, *, language: str = "uk") -> "Person":
        return Person(self, next(self._people), name, language)

    async def staff(self, name: str, role: str, *districts: str, language: str = "uk") -> "Person":
        """Somebody who has joined the team by an invitation."""
        person = self.person(name, language=language)
        await person.says(f"/start {await self.invites(role, *districts)}")
        await person.speaks(language)
        return person

    async def carer(self, name: str, *audiences: str, language: str = "uk") -> "Person":
        return await self.staff(name, "carer", *(audiences or ("foster_parents",)), language=language)

    async def invites(self, role: str, *scope: str) -> str:
        until = self.clock.at + timedelta(days=1)

        def issue(tx: Transaction) -> str:
            return invites.issue(tx, role, scope, expires_at=until)

        return await self.app.writer.transact(issue)

    async def hears(self, *updates: dict[str, Any]) -> None:
        """Telegram hands over updates; they are stored, and only then confirmed."""
        stored = [{"update_id": next(self._updates), **update} for update in updates]
        await self.keeps(stored)
        await self.settles()

    async def keeps(self, updates: list[dict[str, Any]]) -> None:
        now = self.clock.at
        await self.app.writer.transact(lambda tx: inbox.save(tx, updates, heard_at=now, now=now))

    async def settles(self) -> None:
        """Until nothing is left to handle or to send at this moment."""
        while await self.app.worker.turn() or await self.app.sender.turn() or await self.app.printer.turn():
            await self.app.sender.landed()
        await self.app.worker.answered()

    async def passes(self, *, minutes: float = 0, hours: float = 0, days: float = 0) -> None:
        """Time passes in steps of at most a quarter of an hour, and what is due happens when it is."""
        end = self.clock.at + timedelta(minutes=minutes, hours=hours, days=days)
        while self.clock.at < end:
            self.clock.at = min(end, self.clock.at + timedelta(minutes=15))
            await self.ticks()

    async def ticks(self) -> None:
        """Whatever is due at this moment happens, and what becomes due by it."""
        while True:
            await self.app.ticker.tick()
            await self.settles()
            if not await self.app.reader.look(partial(due.ring, now=self.clock.at, most=1)):
                return

    async def count(self, table: str, condition: str = "1") -> int:
        rows = await self.app.reader.look(lambda tx: tx.all(f"SELECT count(*) AS n FROM {table} WHERE {condition}"))
        return int(rows[0]["n"])

    @property
    def languages(self) -> Languages:
        return self.app.desk.languages

    def _beat(self, sql: str) -> None:
        if self.pulse is not None:
            self.pulse(sql)


class Person:
    """Somebody with a phone."""

    def __init__(self, town: Town, telegram_id: int, name: str, language: str) -> None:
        self.town = town
        self.id = telegram_id
        self.name = name
        self.language = language
        self.presses_made = 0

    @property
    def chat(self) -> Chat:
        return self.town.telegram.chats.setdefault(self.id, Chat())

    @property
    def heard(self) -> list[Standing]:
        """What the bot has on this screen, oldest first."""
        return [message for message in self.chat.standing.values() if message.ours]

    @property
    def last(self) -> str:
        return self.heard[-1].text if self.heard else ""

    @property
    def file(self) -> Standing:
        """The newest file on the screen."""
        return [message for message in self.heard if message.file_name][-1]

    @property
    def read(self) -> str:
        """What the newest file says."""
        return self.file.file.decode("utf-8-sig")

    @property
    def labels(self) -> list[str]:
        """Every button on the screen."""
        return [label for message in self.heard for label in message.buttons]

    def sees(self, words: str) -> bool:
        return any(words in message.text for message in self.heard)

    async def says(self, text: str) -> None:
        await self.town.hears(self.saying(text))

    async def presses(self, label: str) -> None:
        """The newest button with that label."""
        await self.town.hears(self.pressing(label))

    async def speaks(self, language: str) -> None:
        self.language = language
        if language != "uk":
            await self.says("/language")
            await self.presses("English")

    async def shares(self, phone: str, *, of: int | None = None) -> None:
        contact = {"phone_number": phone, "first_name": self.name, "user_id": of or self.id}
        await self.town.hears(self._message({"contact": contact}))

    async def sends_voice(self) -> None:
        voice = {"file_id": "v", "file_unique_id": "v", "duration": 1}
        await self.town.hears(self._message({"voice": voice}))

    async def blocks(self) -> None:
        self.chat.blocked = True
        member = {"user": self._user(bot=True), "status": "kicked", "until_date": 0}
        change = {
            "chat": self._chat(),
            "from": self._user(),
            "date": int(self.town.clock.at.timestamp()),
            "old_chat_member": {"user": self._user(bot=True), "status": "member"},
            "new_chat_member": member,
        }
        await self.town.hears({"my_chat_member": change})

    def saying(self, text: str) -> dict[str, Any]:
        entities = (
            [{"type": "bot_command", "offset": 0, "length": len(text.split(maxsplit=1)[0])}] if text[0] == "/" else []
        )
        return self._message({"text": text, "entities": entities})

    def pressing(self, label: str) -> dict[str, Any]:
        for message in reversed(self.heard):
            if label in message.buttons:
                return self.pressing_data(message.buttons[label], message.id)
        raise AssertionError(f"{self.name} sees no «{label}», only {self.labels}")

    def pressing_data(self, data: str, message_id: int = 1) -> dict[str, Any]:
        self.presses_made += 1
        message = {"message_id": message_id, "date": int(self.town.clock.at.timestamp()), "chat": self._chat()}
        query = {"id": f"{self.id}-{self.presses_made}", "from": self._user(), "chat_instance": "1", "data": data}
        return {"callback_query": query | {"message": message}}

    def _message(self, content: dict[str, Any]) -> dict[str, Any]:
        message_id = self.town.telegram.next_id()
        text = str(content.get("text", ""))
        self.chat.standing[message_id] = Standing(message_id, text, {}, protected=False, silent=False, ours=False)
        at = int(self.town.clock.at.timestamp())
        return {
            "message": {"message_id": message_id, "date": at, "chat": self._chat(), "from": self._user(), **content}
        }

    def _user(self, *, bot: bool = False) -> dict[str, Any]:
        return {"id": self.id, "is_bot": bot, "first_name": self.name}

    def _chat(self) -> dict[str, Any]:
        return {"id": self.id, "type": "private", "first_name": self.name}


def _message(message_id: int, given: dict[str, Any]) -> Standing:
    markup = json.loads(given.get("reply_markup", "{}"))
    rows = markup.get("inline_keyboard", [])
    buttons = {button["text"]: button.get("callback_data") or button["url"] for row in rows for button in row}
    protected, silent = bool(given.get("protect_content")), bool(given.get("disable_notification"))
    return Standing(message_id, given["text"], buttons, protected, silent, keyboard="keyboard" in markup)
