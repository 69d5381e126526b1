"""Whether a table closes: its total against its rows, its rows against what is inside them, and its own rule."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Final

from bot.core import texts
from bot.core.lines import NOTHING, Wording, rows
from bot.core.report import Check, Counts, Row, Table

NONE: Final = Check(ok=True, note=NOTHING)


@dataclass(frozen=True, slots=True)
class Gap:
    """Where a number and the sum of its parts differ. `key` is empty for the total."""

    key: str
    title: Wording
    column: str
    unit: str
    whole: int
    parts: int

    @property
    def difference(self) -> int:
        return self.whole - self.parts


def gaps(table: Table) -> list[Gap]:
    """Of the total, where rows are its parts, and of each row that consists of others."""
    found = list(_gaps("", table.title, table.total, table.rows)) if table.parts else []
    for row in table.rows:
        found += _gaps(row.key, row.title, row.counts, row.rows) if row.rows else []
    return found


def _gaps(key: str, title: Wording, whole: Mapping[str, Counts], parts: Iterable[Row]) -> Iterable[Gap]:
    inner = list(parts)
    for column, counts in whole.items():
        for unit, many in counts.items():
            each = [row.counts.get(column, {}).get(unit) for row in inner]
            if many is not None and None not in each and any(unit in row.counts.get(column, {}) for row in inner):
                added = sum(number or 0 for number in each)
                if added != many:
                    yield Gap(key, title, column, unit, many, added)


def closes(table: Table) -> Check:
    return told(gaps(table))


def told(found: Iterable[Gap]) -> Check:
    lines = [
        texts.DOES_NOT_ADD_UP(what=gap.title, whole=gap.whole, parts=gap.parts, difference=gap.difference)
        for gap in found
    ]
    return Check(not lines, rows(*lines) if lines else texts.ADDS_UP)


def checked(table: Table, check: Check) -> Table:
    return replace(table, check=check)


def at_most(unit: str, other: str) -> Callable[[Table], Check]:
    """The total of the one is not more than that of the other: families that got services, and services."""

    def check(table: Table) -> Check:
        total = table.total.get("value", {})
        families, services = total.get(unit) or 0, total.get(other) or 0
        if families <= services:
            return closes(table)
        return Check(ok=False, note=texts.MORE_THAN(less=families, more=services, difference=families - services))

    return check


def covers(table: Table) -> Check:
    """Rows overlap, so that together they are no fewer than the total."""
    for unit, many in table.total.get("value", {}).items():
        each = sum(row.counts.get("value", {}).get(unit) or 0 for row in table.rows)
        if each < (many or 0):
            gap = Gap("", table.title, "value", unit, many or 0, each)
            return told([gap])
    return told(gaps(table))
