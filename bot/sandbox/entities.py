"""Text with its entities, counted in UTF-16 units as Telegram counts them."""

import re
from dataclasses import dataclass, field
from typing import Any

from bot.sandbox.refusals import bad, unparsable
from bot.sandbox.schema import Json

COMMAND = re.compile(r"(?<!\S)/[A-Za-z0-9_]{1,32}\b")
SPACE = " \t\r\n\f\v"


@dataclass
class Formatted:
    text: str
    entities: list[Json] = field(default_factory=list)

    @property
    def length(self) -> int:
        return units(self.text)


def units(text: str) -> int:
    return len(text) if text.isascii() else len(text.encode("utf-16-le")) // 2


def trimmed(said: Formatted) -> Formatted:
    """Without the white space around it; the entities move along."""
    text = said.text.strip(SPACE)
    if text == said.text:
        return said
    lead = units(said.text) - units(said.text.lstrip(SPACE))
    moved = [_clipped(entity, lead, units(text)) for entity in said.entities]
    return Formatted(text, [entity for entity in moved if entity["length"] > 0])


def given(text: str, entities: list[Any]) -> Formatted:
    """Text whose entities the bot has counted itself."""
    for entity in entities:
        _check(entity, units(text))
    return Formatted(text, entities)


def typed(text: str) -> Formatted:
    """What a person wrote: Telegram marks the commands in it."""
    found = [
        {"type": "bot_command", "offset": units(text[: hit.start()]), "length": len(hit.group())}
        for hit in COMMAND.finditer(text)
    ]
    return Formatted(text, found)


def _clipped(entity: Json, lead: int, length: int) -> Json:
    start = max(0, entity["offset"] - lead)
    end = min(length, entity["offset"] + entity["length"] - lead)
    return {**entity, "offset": start, "length": end - start}


def _check(entity: Any, length: int) -> None:  # noqa: ANN401 - whatever the bot has sent
    if not isinstance(entity, dict) or not isinstance(entity.get("type"), str):
        raise unparsable("expected an Object with a type")
    start, size = entity.get("offset"), entity.get("length")
    if not isinstance(start, int) or not isinstance(size, int):
        raise unparsable('Field "offset" must be of type Number')
    if start < 0 or size < 1 or start + size > length:
        raise bad("ENTITY_BOUNDS_INVALID")
