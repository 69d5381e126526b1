"""What a report is: a period and what it is compared with, tables of rows; and its JSON (contract, section 5).

Every number carries its unit, because reports go wrong where families, persons, children and services are mixed.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final

from bot.core.lines import Wording

Counts = Mapping[str, int | None]
"""How many of each unit; None where it is hidden in the copy for publication."""
COLUMNS: Final = ("value", "previous", "year_ago", "year_to_date")
UNITS: Final = (
    "case", "family", "person", "child", "service", "visit", "trip", "act", "call", "deadline", "minute", "group",
    "session", "hour", "invited", "came", "learner", "place", "room", "day", "stay", "material", "event", "item",
    "figure", "difference",
)  # fmt: skip
BASES: Final = ("in_period", "year_to_date", "as_of")
LEAST_BASE: Final = 10
"""Under so many there is no percentage (domain.md, section 7)."""
IDS: Final = tuple(f"R{n}" for n in range(1, 23))


@dataclass(frozen=True, slots=True)
class Period:
    """Whole days of the centre's calendar, both ends within."""

    first: date
    last: date

    @property
    def previous(self) -> "Period":
        """Just as long, and ended the day before: as many months where these are whole months, otherwise days."""
        last = self.first - timedelta(days=1)
        if not self.whole_months:
            return Period(last - (self.last - self.first), last)
        return Period(_months_before(self.first, self._months), last)

    @property
    def year_ago(self) -> "Period":
        if self.whole_months:
            first = _months_before(self.first, 12)
            return Period(first, _months_before(self.last + timedelta(days=1), 12) - timedelta(days=1))
        return Period(_a_year_before(self.first), _a_year_before(self.last))

    @property
    def year_to_date(self) -> "Period":
        return Period(date(self.last.year, 1, 1), self.last)

    @property
    def columns(self) -> Mapping[str, "Period"]:
        return dict(zip(COLUMNS, (self, self.previous, self.year_ago, self.year_to_date), strict=True))

    @property
    def whole_months(self) -> bool:
        return self.first.day == 1 and (self.last + timedelta(days=1)).day == 1

    @property
    def _months(self) -> int:
        return (self.last.year - self.first.year) * 12 + self.last.month - self.first.month + 1


def _months_before(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, 1)


def _a_year_before(day: date) -> date:
    """29 February becomes the 28th."""
    return day.replace(year=day.year - 1, day=28) if (day.month, day.day) == (2, 29) else day.replace(year=day.year - 1)


@dataclass(frozen=True, slots=True)
class Row:
    """`counts` by column (COLUMNS); a column that is missing has no meaning here. `rows`: what it consists of."""

    key: str
    title: Wording
    counts: Mapping[str, Counts]
    rows: tuple["Row", ...] = ()


@dataclass(frozen=True, slots=True)
class Check:
    """`note` says what does not close and by how much; `cases`: numbers of those behind it, as people say them."""

    ok: bool
    note: Wording
    cases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """`units`: the first is the table's own. `parts`: whether the rows are parts of the total."""

    id: str
    title: Wording
    units: tuple[str, ...]
    basis: str
    rows: tuple[Row, ...]
    total: Mapping[str, Counts]
    check: Check
    parts: bool = True


@dataclass(frozen=True, slots=True)
class Report:
    """`edition` 0: never printed. `public`: small numbers are hidden.

    asyncio writes out what a task gave; a report is left out of that.
    """

    centre: str
    name: Wording
    period: Period
    made_at: datetime
    tables: tuple[Table, ...] = field(repr=False)
    edition: int = 0
    public: bool = False
    changes: tuple[Wording, ...] = field(default=())


Say = Callable[[Wording], Any]
"""What stands for a title: words of one language, or of both."""


def as_json(report: Report, say: Say) -> dict[str, Any]:
    """In one language, as the contract has it; `name`, `public` and `changes` are ours beside it."""
    return {
        "centre": report.centre,
        "name": say(report.name),
        "period": {"from": report.period.first.isoformat(), "to": report.period.last.isoformat()},
        "edition": report.edition,
        "made_at": report.made_at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z"),
        "public": report.public,
        "changes": [say(line) for line in report.changes],
        "tables": [_table(table, say) for table in report.tables],
    }


def _table(table: Table, say: Say) -> dict[str, Any]:
    units = used(table)
    return {
        "id": table.id,
        "title": say(table.title),
        "unit": units[0],
        "units": list(units),
        "basis": table.basis,
        "parts": table.parts,
        "rows": [_row(row, units, say) for row in table.rows],
        "total": shown(table.total.get("value"), units),
        "totals": {column: shown(table.total.get(column), units) for column in COLUMNS},
        **({"masked": hidden} if (hidden := masked(table)) else {}),
        "check": {"ok": table.check.ok, "note": say(table.check.note), "cases": list(table.check.cases)},
    }


def _row(row: Row, units: Sequence[str], say: Say) -> dict[str, Any]:
    return {
        "key": row.key,
        "title": say(row.title),
        **{column: shown(row.counts.get(column), units) for column in COLUMNS},
        "rows": [_row(inner, units, say) for inner in row.rows],
        **({"masked": hidden} if (hidden := masked(row)) else {}),
    }


def masked(of: Row | Table) -> list[str]:
    """Columns of a row, or of a table's total, in which something is hidden."""
    numbers = of.total if isinstance(of, Table) else of.counts
    return [column for column, counts in numbers.items() if None in counts.values()]


def used(table: Table) -> tuple[str, ...]:
    """The units that occur; the table's own where none does."""
    found = {unit for row in table.rows for unit in _units(row)} | {
        unit for counts in table.total.values() for unit, many in counts.items() if many != 0
    }
    return tuple(unit for unit in table.units if unit in found) or table.units[:1]


def _units(row: Row) -> set[str]:
    own = {unit for counts in row.counts.values() for unit, many in counts.items() if many != 0}
    return own.union(*(_units(inner) for inner in row.rows))


def shown(counts: Counts | None, units: Sequence[str]) -> int | dict[str, int | None] | None:
    """A number, or an object where the table has several units; None where there is nothing to say."""
    if counts is None:
        return None
    if len(units) == 1:
        return counts.get(units[0], 0)
    return {unit: counts[unit] for unit in units if unit in counts}


def change(now: int | None, before: int | None) -> tuple[int | None, int | None]:
    """Difference, and per cent; no per cent of a base under ten, and neither of what is hidden or unknown."""
    if now is None or before is None:
        return None, None
    return now - before, round((now - before) * 100 / before) if before >= LEAST_BASE else None
