"""The Bot API as data (botapi.json): which methods there are, what they take, what objects consist of.

A type is written as in Telegram's documentation, `Integer or String`; `!` behind it means required.
"""

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Field:
    types: frozenset[str]
    required: bool


@dataclass(frozen=True, slots=True)
class Method:
    name: str
    returns: str
    takes: dict[str, Field]


@cache
def methods() -> dict[str, Method]:
    """By lower-case name: Telegram does not mind the case."""
    return {
        name.lower(): Method(name, said["returns"], _fields(said["takes"]))
        for name, said in _description()["methods"].items()
    }


@cache
def objects() -> dict[str, dict[str, Field]]:
    return {name: _fields(fields) for name, fields in _description()["objects"].items()}


@cache
def _description() -> Json:
    text = files(__package__).joinpath("botapi.json").read_text(encoding="utf-8")
    description: Json = json.loads(text)
    return description


def _fields(said: dict[str, str]) -> dict[str, Field]:
    return {name: Field(frozenset(t.rstrip("!").split(" or ")), t.endswith("!")) for name, t in said.items()}
