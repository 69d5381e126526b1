"""A centre's own sentence under a table, and its numbers: `{total}`, `{police}`, `{counselling.service}`."""

import re
import string
from collections.abc import Sequence
from typing import Final, NamedTuple

from bot.core.report import UNITS, Counts, Table

TOTAL: Final = "total"
_BLANK: Final = re.compile(rf"([a-z0-9_]+)(?:\.({'|'.join(UNITS)}))?")


class Blank(NamedTuple):
    """`unit` is empty for the table's own."""

    key: str
    unit: str


class NoBlankError(ValueError):
    """What stands in braces and can be no blank."""


def blanks(prose: str) -> list[Blank]:
    """A brace that stands alone is a ValueError."""
    return [_blank(name, f"{form}{change or ''}") for _, name, form, change in _parts(prose) if name is not None]


def filled(prose: str, table: Table) -> str:
    """With the numbers of the period, 0 where there is no such row; nothing where one of them is hidden."""
    said: list[str] = []
    for words, name, _, _ in _parts(prose):
        number = None if name is None else _number(_blank(name), table)
        if name is not None and number is None:
            return ""
        said += [words, "" if name is None else str(number)]
    return "".join(said)


def _parts(prose: str) -> list[tuple[str, str | None, str | None, str | None]]:
    return list(string.Formatter().parse(prose))


def _blank(name: str, more: str = "") -> Blank:
    found = _BLANK.fullmatch(name)
    if found is None or more:
        raise NoBlankError(name)
    return Blank(found[1], found[2] or "")


def _number(blank: Blank, table: Table) -> int | None:
    counts = table.total if blank.key == TOTAL else next((row.counts for row in table.rows if row.key == blank.key), {})
    return _added(counts.get("value", {}), (blank.unit,) if blank.unit else _own(table))


def _own(table: Table) -> Sequence[str]:
    """Families and persons are the recipients together, as centres say it; otherwise the first unit."""
    together = [unit for unit in ("family", "person") if unit in table.units]
    return together if table.units[0] in together else table.units[:1]


def _added(counts: Counts, units: Sequence[str]) -> int | None:
    numbers = [counts.get(unit, 0) for unit in units]
    return None if None in numbers else sum(number or 0 for number in numbers)
