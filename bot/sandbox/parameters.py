"""The parameters of one call, read from wherever the bot put them, and given the types they should have."""

import json
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from aiohttp import web

from bot.sandbox.refusals import Refused, bad
from bot.sandbox.schema import Field, Json, Method
from bot.sandbox.storedfiles import Upload

UNSUPPORTED = frozenset({
    "business_connection_id", "message_thread_id", "direct_messages_topic_id", "inline_message_id",
    "suggested_post_parameters", "rich_message", "certificate",
})  # fmt: skip
"""Telegram knows them, this sandbox does not: better a loud answer than a silent difference."""

MISSING = {
    "text": "message text is empty",
    "chat_id": "chat_id is empty",
    "message_id": "message identifier is not specified",
    "message_ids": "message identifiers are not specified",
}
ATTACHED = "attach://"

Convert = Callable[[str, Any], Any]


async def sent_with(request: web.Request) -> Json:
    """Everything the request carries, still as it came; a body goes before the address."""
    found: Json = dict(request.query)
    if not request.can_read_body:
        return found
    if request.content_type == "application/json":
        return found | _object(await request.text())
    form = await request.post()
    return found | {name: _upload(value) for name, value in form.items()}


def typed(method: Method, sent: Json) -> Json:
    """What the method may rely on: known names, right types, nothing required missing."""
    used = {v.removeprefix(ATTACHED) for v in sent.values() if isinstance(v, str) and v.startswith(ATTACHED)}
    converters = _converters(method.name, tuple(method.takes.items()))
    given = {}
    for name, value in sent.items():
        if name in converters:
            given[name] = converters[name](name, _resolved(value, sent))
        elif name not in used:
            raise bad(f'{method.name} has no parameter "{name}"')
    _complete(method, given)
    return given


@cache
def _converters(_method: str, fields: tuple[tuple[str, Field], ...]) -> dict[str, Convert]:
    return {name: _converter(name, field) for name, field in fields}


def _converter(name: str, field: Field) -> Convert:
    if name in UNSUPPORTED:
        return _unsupported
    if "InputFile" in field.types:
        return _as_it_came
    if field.types == {"Integer", "String"}:
        return _chat
    simple: Mapping[str, Convert] = {"Integer": _integer, "Boolean": _boolean, "String": _string}
    kind = next(iter(field.types))
    return simple.get(kind, _array if kind.startswith("Array") else _nested)


def _complete(method: Method, given: Json) -> None:
    for name, field in method.takes.items():
        if field.required and name not in given:
            raise bad(MISSING.get(name, f'parameter "{name}" is required'))


def _unsupported(name: str, _value: Any) -> Any:  # noqa: ANN401 - parameters are of any type, that is their point
    raise Refused(501, f'Not Implemented: the sandbox does not know the parameter "{name}"')


def _as_it_came(_name: str, value: Any) -> Any:  # noqa: ANN401
    return value


def _chat(name: str, value: Any) -> int | str:  # noqa: ANN401
    words = str(value).strip()
    if not words:
        raise bad(f"{name} is empty")
    return int(words) if words.removeprefix("-").isdigit() else words


def _integer(name: str, value: Any) -> int:  # noqa: ANN401
    if isinstance(value, bool) or not str(value).strip().removeprefix("-").isdigit():
        raise bad(f'parameter "{name}" must be an Integer')
    return int(str(value))


def _boolean(name: str, value: Any) -> bool:  # noqa: ANN401
    words = str(value).lower()
    if words not in {"true", "false", "1", "0", "yes", "no"}:
        raise bad(f'parameter "{name}" must be a Boolean')
    return words in {"true", "1", "yes"}


def _string(name: str, value: Any) -> str:  # noqa: ANN401
    if isinstance(value, (str, int, float)):
        return str(value)
    raise bad(f'parameter "{name}" must be a String')


def _nested(name: str, value: Any) -> Any:  # noqa: ANN401
    if not isinstance(value, str):
        return value
    try:
        return json.loads(value)
    except ValueError:
        raise bad(f'can\'t parse "{name}": it is not JSON') from None


def _array(name: str, value: Any) -> list[Any]:  # noqa: ANN401
    found = _nested(name, value)
    if not isinstance(found, list):
        raise bad(f'parameter "{name}" must be an Array')
    return found


def _object(text: str) -> Json:
    found = _nested("body", text or "{}")
    if not isinstance(found, dict):
        raise bad("JSON object expected in the body")
    return found


def _resolved(value: Any, sent: Json) -> Any:  # noqa: ANN401
    """`attach://name` stands for the file of that name in the same request."""
    if isinstance(value, str) and value.startswith(ATTACHED):
        return sent.get(value.removeprefix(ATTACHED), value)
    return value


def _upload(value: Any) -> Any:  # noqa: ANN401
    if not isinstance(value, web.FileField):
        return value
    return Upload(value.filename or "file", value.content_type, value.file.read())
