"""A centre's own sentence under a table, and its numbers: `{total}`, `{police}`, `{counselling.service}`."""

import re
import string
from collections.abc import Sequence
from typing import Final, NamedTuple

from bot.core.report import UNITS, Counts, Table

TOTAL: Final = "total"
_BLANK: Final = re.compile(rf"([a-z0-9_]+)(?:\.({'|'.join(UNITS)}))?")


_END: Final = re.compile(r"(?<=[\w}»][\w}»]\.)\s+")
"""Between two sentences; a short word with a full stop, as «м.», ends none."""


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
    """With the numbers of the period, 0 where there is no such row; nothing where one of them is hidden.

    A sentence that has no number but 0 is left out: the table below says it.
    """
    numbers = [_number(blank, table) for blank in blanks(prose)]
    if None in numbers or (numbers and not any(numbers)):
        return ""
    return " ".join(_said(each, table) for each in _sentences(prose) if _tells(each, table))


def _sentences(prose: str) -> list[str]:
    return _END.split(prose)


def _tells(sentence: str, table: Table) -> bool:
    own = blanks(sentence)
    return not own or any(_number(blank, table) for blank in own)


def _said(sentence: str, table: Table) -> str:
    return "".join(
        f"{words}{'' if name is None else _number(_blank(name), table)}" for words, name, _, _ in _parts(sentence)
    )


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
