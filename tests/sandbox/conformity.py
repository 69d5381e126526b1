"""Whether what the emulator answers is what the Bot API promises."""

from typing import Any

from bot.sandbox import schema

SIMPLE = {"Integer": int, "String": str, "Boolean": bool, "Float": float}


def deviations(method: str, result: Any) -> list[str]:
    """Everything in the result that the description of the method does not allow."""
    types = schema.methods()[method.lower()].returns.split(" or ")
    return _value(method, result, types)


def update_deviations(update: dict[str, Any]) -> list[str]:
    return _value("update", update, ["Update"])


def _value(where: str, value: Any, types: list[str]) -> list[str]:
    attempts = [_of_type(where, value, kind) for kind in types]
    return min(attempts, key=len)


def _of_type(where: str, value: Any, kind: str) -> list[str]:
    if kind.startswith("Array of "):
        return _array(where, value, kind.removeprefix("Array of "))
    if kind in SIMPLE:
        right = isinstance(value, SIMPLE[kind]) and (kind == "Boolean" or not isinstance(value, bool))
        return [] if right else [f"{where}: {value!r} is no {kind}"]
    return _object(where, value, _concrete(kind, value))


def _array(where: str, value: Any, kind: str) -> list[str]:
    if not isinstance(value, list):
        return [f"{where}: {value!r} is no array"]
    return [wrong for item in value for wrong in _of_type(where + "[]", item, kind)]


def _concrete(kind: str, value: Any) -> str:
    """The Bot API's abstract types, as the sandbox uses them."""
    if kind == "ChatMember" and isinstance(value, dict):
        return {"member": "ChatMemberMember", "kicked": "ChatMemberBanned"}[value["status"]]
    if kind == "MenuButton" and isinstance(value, dict):
        return {"commands": "MenuButtonCommands", "default": "MenuButtonDefault"}[value["type"]]
    return {"MaybeInaccessibleMessage": "Message"}.get(kind, kind)


def _object(where: str, value: Any, kind: str) -> list[str]:
    fields = schema.objects().get(kind)
    if fields is None or not isinstance(value, dict):
        return [f"{where}: {value!r} is no {kind}"]
    strange = [f"{where}: {kind} has no {name}" for name in value.keys() - fields.keys()]
    missing = [f"{where}: {kind} lacks {n}" for n, f in fields.items() if f.required and n not in value]
    wrong = [
        found
        for name in value.keys() & fields.keys()
        for found in _value(f"{where}.{name}", value[name], sorted(fields[name].types))
    ]
    return strange + missing + wrong
