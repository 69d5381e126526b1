"""What a resident does, and how Telegram writes it down."""

import json
from dataclasses import dataclass
from typing import Any

from tests.bench.clock import wall

Message = dict[str, Any]
BOT = {"id": 1, "is_bot": True, "first_name": "Bench", "username": "bench_bot"}


@dataclass(frozen=True, slots=True)
class Say:
    text: str


@dataclass(frozen=True, slots=True)
class Press:
    data: str
    message: Message


Act = Say | Press


def chat(number: int) -> dict[str, Any]:
    return {"id": number, "type": "private", "first_name": "Оля"}


def person(number: int) -> dict[str, Any]:
    return {"id": number, "is_bot": False, "first_name": "Оля", "language_code": "uk"}


def update(number: int, who: int, act: Act) -> bytes:
    """The update as Telegram would send it, ready to be put into a batch."""
    what = said(number, who, act) if isinstance(act, Say) else pressed(number, who, act)
    return json.dumps({"update_id": number} | what).encode()


def said(number: int, who: int, act: Say) -> dict[str, Any]:
    message = {"message_id": number, "date": wall(), "chat": chat(who), "from": person(who), "text": act.text}
    return {"message": message | commands(act.text)}


def commands(text: str) -> dict[str, Any]:
    if not text.startswith("/"):
        return {}
    return {"entities": [{"type": "bot_command", "offset": 0, "length": len(text.split(maxsplit=1)[0])}]}


def pressed(number: int, who: int, act: Press) -> dict[str, Any]:
    query = {"id": str(number), "from": person(who), "chat_instance": str(who), "data": act.data}
    return {"callback_query": query | {"message": act.message}}
