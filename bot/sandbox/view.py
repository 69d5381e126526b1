"""What the page is told: chats and messages as it draws them."""

from typing import Any

from bot.sandbox.chats import Chat, Message, Push
from bot.sandbox.gauges import Reading
from bot.sandbox.phone import Phone
from bot.sandbox.process import BotProcess
from bot.sandbox.schema import Json
from bot.sandbox.world import Change, What, World

HISTORY = 200
"""Messages of a chat that a newly opened page gets."""
LOG_LINES = 12


def everything(world: World) -> Json:
    return {
        "clock": clock(world),
        "people": [_person(phone) for phone in world.phones],
        "phones": {phone.person.key: screen(phone) for phone in world.phones},
        "messages": {chat.person.key: _history(chat) for chat in world.chats.values()},
    }


def clock(world: World) -> Json:
    return {"now": world.clock.now(), "offset": world.clock.offset}


def change(world: World, happened: Change) -> Json:
    """One change, with everything that the page needs to draw it."""
    key = happened.chat.person.key
    said: Json = {"what": happened.what.value, "person": key}
    if happened.message is not None:
        said["message"] = message(happened.message)
    if happened.what is What.TOAST:
        said["words"] = happened.words
    if happened.what in {What.CAME, What.PHONE}:
        said["phone"] = screen(world.phone(key))
    return said


def screen(phone: Phone) -> Json:
    """The phone around its messages."""
    chat = phone.chat
    return {
        "started": chat.started,
        "blocked": chat.blocked,
        "gone": chat.deactivated,
        "keyboard": _keyboard(phone),
        "placeholder": (chat.keyboard or {}).get("input_field_placeholder", ""),
        "push": _push(chat.push),
        "commands": phone.commands,
    }


def message(shown: Message) -> Json:
    content = shown.content
    return {
        "id": shown.id,
        "mine": not shown.from_bot,
        "at": shown.sent_at,
        "text": shown.text,
        "entities": content.get("entities") or content.get("caption_entities") or [],
        "buttons": content.get("reply_markup", {}).get("inline_keyboard", []),
        "silent": shown.silent,
        "protected": shown.protected,
        "edited": shown.edited_at is not None,
        "deleted": shown.deleted_at is not None,
        "reply": _reply(content),
        **_attachment(shown.chat, content),
    }


def operator(bot: BotProcess, seen: Reading) -> Json:
    return {
        "state": bot.state.value,
        "exit": bot.exit_status,
        "lines": list(bot.lines)[-LOG_LINES:],
        "healthy": seen.healthy,
        "gauges": seen.shown,
        "next_due": seen.next_due,
    }


def _person(phone: Phone) -> Json:
    person = phone.person
    return {
        "key": person.key,
        "name": person.first_name,
        "uk": person.label_uk or person.first_name,
        "en": person.label_en or person.first_name,
        "lane": person.lane,
    }


def _history(chat: Chat) -> list[Json]:
    both = sorted({**chat.messages, **chat.deleted}.values(), key=lambda shown: shown.id)
    return [message(shown) for shown in both[-HISTORY:]]


def _keyboard(phone: Phone) -> list[list[Json]]:
    rows: list[list[Any]] = (phone.chat.keyboard or {}).get("keyboard", [])
    return [[{"text": key} if isinstance(key, str) else key for key in row] for row in rows]


def _push(push: Push | None) -> Json | None:
    return {"text": push.text, "at": push.at, "silent": push.silent} if push else None


def _reply(content: Json) -> str:
    replied = content.get("reply_to_message", {})
    words: str = replied.get("text") or replied.get("caption") or ""
    return words


def _attachment(chat: Chat, content: Json) -> Json:
    found: Json = {}
    if "contact" in content:
        found["contact"] = content["contact"]
    if "voice" in content:
        found["voice"] = content["voice"]["duration"]
    if "photo" in content:
        found["photo"] = _address(chat, content["photo"][-1])
    if "document" in content:
        document = content["document"]
        found["document"] = {"name": document["file_name"], "size": document["file_size"]}
        found["document"]["address"] = _address(chat, document)
    return found


def _address(chat: Chat, stored: Json) -> str:
    return f"sandbox/people/{chat.person.key}/files/{stored['file_id']}"
