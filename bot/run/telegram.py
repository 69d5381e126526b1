"""Telegram's side of everything: the transport, updates read, calls made, errors understood. Nothing else knows it."""

import base64
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

import aiohttp
from telegram import Bot, CallbackQuery, InputFile, Message, Update
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)
from telegram.request import BaseRequest, RequestData
from yarl import URL

from bot.core.buttons import Action, decode, encode
from bot.core.events import Blocked, Command, Contact, Event, Incoming, Link, Media, Migrated, Other, Press, Rows, Say
from bot.core.lines import Wording

ALLOWED_UPDATES = ["message", "callback_query", "my_chat_member"]
UNREACHABLE = (
    "bot was blocked by the user",
    "user is deactivated",
    "bot can't initiate conversation with a user",
    "bot was kicked from the group chat",
    "bot was kicked from the supergroup chat",
    "chat not found",
)
"""The whole list: every other 403 or 400 is not the person's doing."""
NOT_MODIFIED = "message is not modified"
NOTHING_TO_EDIT = "message to edit not found"
NOTHING_TO_DELETE = "message to delete not found"
TOO_OLD = "message can't be deleted"
NAMELESS = "https://t.me/?start="
"""A link into the private chat before it has the bot's name."""
CONNECTIONS = 64
NOWHERE = URL("")
FORM = {"Content-Type": "application/x-www-form-urlencoded"}

ApiError = TelegramError
"""What any call may raise; the name by which the rest of the house knows it."""

# What came of a call


@dataclass(frozen=True, slots=True)
class Arrived:
    """Telegram has it; the number of the message where there is one."""

    message_id: int | None = None


@dataclass(frozen=True, slots=True)
class NotNow:
    """Telegram asks for a wait."""

    seconds: float


@dataclass(frozen=True, slots=True)
class Unreachable:
    why: str


@dataclass(frozen=True, slots=True)
class Unsure:
    """No answer in time: it may have arrived."""


@dataclass(frozen=True, slots=True)
class Failed:
    """The way there is broken; it did not arrive."""

    why: str


@dataclass(frozen=True, slots=True)
class Refused:
    """Telegram will never take it."""

    why: str


@dataclass(frozen=True, slots=True)
class Gone:
    """The message that was to be edited is no longer in the chat."""


@dataclass(frozen=True, slots=True)
class Stuck:
    """A message that Telegram no longer lets a bot delete: after 48 hours, or by whoever sent it."""


@dataclass(frozen=True, slots=True)
class Moved:
    """The group goes on under another number; it did not arrive."""

    to: int


Outcome = Moved | Arrived | Gone | Stuck | NotNow | Unreachable | Unsure | Failed | Refused


class Transport(BaseRequest):
    """python-telegram-bot's requests over aiohttp: several in flight, at a third of the cost of its own client."""

    def __init__(self, read_timeout: float) -> None:
        self._read_timeout = read_timeout
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float:
        return self._read_timeout

    async def initialize(self) -> None:
        if self._session is None:
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=CONNECTIONS, ttl_dns_cache=300),
                timeout=aiohttp.ClientTimeout(total=self._read_timeout, sock_connect=10),
                cookie_jar=aiohttp.DummyCookieJar(),
            )

    async def shutdown(self) -> None:
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Any = None,  # noqa: ANN401, ARG002 - python-telegram-bot's signature; ours is set once
        write_timeout: Any = None,  # noqa: ANN401, ARG002 - as above
        connect_timeout: Any = None,  # noqa: ANN401, ARG002 - as above
        pool_timeout: Any = None,  # noqa: ANN401, ARG002 - as above
    ) -> tuple[int, bytes]:
        assert self._session is not None  # noqa: S101 - initialize was called
        try:
            async with self._session.request(method, url, **_content(request_data)) as response:
                return response.status, await response.read()
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError) as error:
            raise NetworkError(type(error).__name__) from None
        except (TimeoutError, aiohttp.ClientError) as error:
            raise TimedOut(type(error).__name__) from None


class Api(Protocol):
    """The Bot API as the rest of the house sees it: Telegram's, or a town's in the tests."""

    async def call(self, method: str, parameters: dict[str, Any]) -> Any: ...  # noqa: ANN401 - JSON of any shape

    async def initialize(self) -> None: ...

    async def shutdown(self) -> None: ...

    @property
    def username(self) -> str: ...


class Client(Bot):
    """python-telegram-bot's Bot, with one door for every method."""

    async def call(self, method: str, parameters: dict[str, Any]) -> Any:  # noqa: ANN401 - JSON of any shape
        """The method's raw result. Raises telegram.error's errors."""
        return await self._post(method, parameters)


def client(token: str, base_url: str, base_file_url: str, *, poll_seconds: int) -> Client:
    return Client(
        token=token,
        base_url=base_url,
        base_file_url=base_file_url,
        request=Transport(read_timeout=30),
        get_updates_request=Transport(read_timeout=poll_seconds + 20),
    )


async def attempt(bot: Api, method: str, parameters: dict[str, Any]) -> Outcome:
    """Makes the call and says what came of it."""
    try:
        result = await bot.call(method, parameters)
    except TelegramError as error:
        return outcome(error)
    return Arrived(result.get("message_id") if isinstance(result, dict) else None)


def outcome(error: TelegramError) -> Outcome:
    """What an error means for the message."""
    words = error.message.casefold()
    match error:
        case RetryAfter():
            wait = error.retry_after
            return NotNow(float(wait) if isinstance(wait, int | float) else wait.total_seconds())
        case ChatMigrated():
            return Moved(error.new_chat_id)
        case TimedOut():
            return Unsure()
        case Forbidden() | BadRequest() if any(words.endswith(each) for each in UNREACHABLE):
            return Unreachable(error.message)
        case BadRequest() if NOTHING_TO_EDIT in words:
            return Gone()
        case BadRequest() if TOO_OLD in words:
            return Stuck()
        case BadRequest() if NOT_MODIFIED in words or NOTHING_TO_DELETE in words:
            return Arrived()
        case Forbidden() | BadRequest():
            return Refused(_nature(error.message))
        case _:
            return Failed(type(error).__name__)


def is_conflict(error: Exception) -> bool:
    """Whether somebody else polls with the same token."""
    return isinstance(error, Conflict)


# Reading updates


def worth_keeping(update: dict[str, Any]) -> dict[str, Any]:
    """The update as it came, but of a pressed message, which is our own, only its place."""
    query = update.get("callback_query")
    if not isinstance(query, dict) or not isinstance(query.get("message"), dict):
        return update
    place = {name: query["message"][name] for name in ("message_id", "chat") if name in query["message"]}
    return update | {"callback_query": query | {"message": place}}


def incoming(update: dict[str, Any]) -> Incoming | None:
    """What happened, or None for what concerns nobody. Raises for an update that is not one."""
    if isinstance(update.get("callback_query"), dict):
        return _press(update["callback_query"])
    parsed = Update.de_json(update, None)
    if parsed.my_chat_member is not None:
        return _member(parsed)
    return _message(parsed.message) if parsed.message is not None else None


def _press(query: dict[str, Any]) -> Incoming | None:
    """Of the pressed message only its place is read: to parse its text and buttons costs more than all the rest."""
    place = query.get("message")
    if place is None:
        return None
    parsed = CallbackQuery.de_json({name: value for name, value in query.items() if name != "message"}, None)
    return Incoming(
        telegram_id=int(place["chat"]["id"]),
        private=place["chat"]["type"] == "private",
        first_name=parsed.from_user.first_name,
        event=Press(decode(parsed.data or "")),
        message_id=int(place["message_id"]),
        callback_id=parsed.id,
    )


def _member(update: Update) -> Incoming | None:
    change = update.my_chat_member
    if change is None:
        return None
    return Incoming(
        telegram_id=change.chat.id,
        private=change.chat.type == "private",
        first_name=change.from_user.first_name,
        event=Blocked(change.new_chat_member.status in ("kicked", "left")),
        at=change.date,
        by=change.from_user.id,
    )


def _message(message: Message) -> Incoming:
    who = message.from_user
    return Incoming(
        telegram_id=message.chat.id,
        private=message.chat.type == "private",
        first_name=who.first_name if who else "",
        event=_event(message),
        message_id=message.message_id,
        at=message.date,
    )


def _event(message: Message) -> Event:
    if message.text is not None:
        return _words(message)
    if message.migrate_to_chat_id is not None:
        return Migrated(message.migrate_to_chat_id)
    if message.contact is not None:
        own = message.from_user is not None and message.contact.user_id == message.from_user.id
        return Contact(message.contact.phone_number, own)
    for kind in ("photo", "voice", "video", "video_note", "document", "audio", "location", "sticker", "animation"):
        if getattr(message, kind):
            return Media(kind)
    return Other()


def _words(message: Message) -> Event:
    text = message.text or ""
    if not any(entity.type == "bot_command" and entity.offset == 0 for entity in message.entities):
        return Say(text)
    name, _, argument = text[1:].partition(" ")
    return Command(name.partition("@")[0].casefold(), argument.strip())


# Making calls


def markup(rows: Rows, say: Callable[[Wording], str]) -> str | None:
    """The inline keyboard, as JSON."""
    if not rows:
        return None
    keyboard = [[{"text": say(button.label), **_deed(button.does)} for button in row] for row in rows]
    return _json({"inline_keyboard": keyboard})


def addressed(parameters: dict[str, Any], name: str) -> dict[str, Any]:
    """Links into the private chat get the bot's name, which is known only when it has introduced itself."""
    keyboard = parameters.get("reply_markup")
    if not isinstance(keyboard, str) or NAMELESS not in keyboard:
        return parameters
    return parameters | {"reply_markup": keyboard.replace(NAMELESS, f"https://t.me/{name}?start=")}


def left(chat_id: int) -> tuple[str, dict[str, Any]]:
    return "leaveChat", {"chat_id": chat_id}


def _deed(does: Action | Link) -> dict[str, str]:
    if isinstance(does, Link):
        return {"url": NAMELESS + does.start}
    return {"callback_data": encode(does)}


def ask_number(label: str, leave: str = "") -> str:
    """A keyboard for one thing only: the person's own number; in the branch the word of leaving beside it (S05)."""
    return _json({
        "keyboard": [[{"text": label, "request_contact": True}], *([[{"text": leave}]] if leave else [])],
        "resize_keyboard": True,
        "one_time_keyboard": True,
    })  # fmt: skip


def drop_keyboard() -> str:
    return _json({"remove_keyboard": True})


def new_message(chat_id: int, body: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    return "sendMessage", {
        "chat_id": chat_id,
        "text": body["text"],
        "reply_markup": body.get("markup"),
        "protect_content": body.get("protect") or None,
        "disable_notification": body.get("silent") or None,
        "link_preview_options": '{"is_disabled":true}',
    }


def new_file(chat_id: int, body: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    method, field = ("sendPhoto", "photo") if body.get("photo") else ("sendDocument", "document")
    return method, {
        "chat_id": chat_id,
        field: InputFile(base64.b64decode(body.get("content", "")), filename=body["name"]),
        "caption": body["text"] or None,
        "reply_markup": body.get("markup"),
        "protect_content": body.get("protect") or None,
        "disable_notification": body.get("silent") or None,
    }


def with_file(parameters: dict[str, Any], name: str, content: bytes) -> dict[str, Any]:
    """The same call, with a document or a photo that was drawn at the last moment."""
    field = "photo" if "photo" in parameters else "document"
    return parameters | {field: InputFile(content, filename=name)}


def edited_message(chat_id: int, message_id: int, body: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    return "editMessageText", {
        "chat_id": chat_id,
        "message_id": message_id,
        "text": body["text"],
        "reply_markup": body.get("markup"),
        "link_preview_options": '{"is_disabled":true}',
    }


def deleted(chat_id: int, message_ids: list[int]) -> tuple[str, dict[str, Any]]:
    if len(message_ids) == 1:
        return "deleteMessage", {"chat_id": chat_id, "message_id": message_ids[0]}
    return "deleteMessages", {"chat_id": chat_id, "message_ids": json.dumps(message_ids)}


def commands(chat_id: int | None, language: str, names: dict[str, str]) -> tuple[str, dict[str, Any]]:
    """The menu of commands, for one chat or for all."""
    listed = [{"command": name, "description": words} for name, words in names.items()]
    scope = {"type": "chat", "chat_id": chat_id} if chat_id is not None else None
    return "setMyCommands", {
        "commands": json.dumps(listed, ensure_ascii=False),
        "scope": _json(scope) if scope else None,
        "language_code": language or None,
    }


def callback_answered(callback_id: str, text: str) -> tuple[str, dict[str, Any]]:
    return "answerCallbackQuery", {"callback_query_id": callback_id, "text": text[:200] or None}


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _content(request: RequestData | None) -> dict[str, Any]:
    """The body. Plain fields are encoded by yarl: aiohttp would set up a multipart form first, and urllib is slow."""
    if request is None:
        return {}
    if request.contains_files:
        return {"data": _multipart(request)}
    return {"data": NOWHERE.with_query(request.json_parameters).raw_query_string.encode(), "headers": FORM}


def _multipart(request: RequestData) -> aiohttp.FormData:
    form = aiohttp.FormData()
    for name, value in request.json_parameters.items():
        form.add_field(name, value)
    for name, (filename, content, kind) in (request.multipart_data or {}).items():
        form.add_field(name, content, filename=filename, content_type=kind)
    return form


def _nature(words: str) -> str:
    """The first words of Telegram's complaint, without what it may quote of a person's."""
    return words.split(":", maxsplit=1)[0][:60]
