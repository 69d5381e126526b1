"""Figures that a centre has published, held to their own sums and to the report of the register.

A file has the shape of shared/seeds: tables of rows, each with a number and perhaps its children and the year before.
Nothing that a file says of itself is believed: what it calls a total is added up here.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any, Final

from bot.core import published_places
from bot.core.published_places import LEFT, Spot
from bot.core.report import Counts, Period, Report, Row, Table
from bot.core.sheets import said

VALUE: Final = "value"
IN_REPORT: Final[Mapping[str, tuple[str, bool]]] = {
    VALUE: ("value", False),
    "children": ("value", True),
    "prev_value": ("year_ago", False),
    "prev_children": ("year_ago", True),
}
"""Columns of a published table: which column of ours, and whether it is the children of the row."""
NO_COLUMNS: Final = frozenset({"n", "uk", "key", "en", "note"})
TOTAL: Final = ""
"""In place of a row's key."""
NUMBERS_SHOWN: Final = 5


class NotPublishedError(ValueError):
    """A file that is not of that shape: where, and what is wrong."""


@dataclass(frozen=True, slots=True)
class Printed:
    """A row as it was published; `numbers` by column, None where the column stands empty."""

    key: str
    words: str
    numbers: Mapping[str, int | None]


@dataclass(frozen=True, slots=True)
class PrintedTable:
    """`totals` by column. `whole`: the rows are its parts. `at_least`: the total says «more than»."""

    name: str
    unit: str
    rows: tuple[Printed, ...]
    totals: Mapping[str, int]
    whole: bool
    at_least: bool


@dataclass(frozen=True, slots=True)
class Published:
    file: str
    centre: str
    period: Period
    tables: tuple[PrintedTable, ...]


# Reading


def read(body: bytes, file: str) -> Published:
    """Raises NotPublishedError."""
    try:
        data = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise NotPublishedError(f"{file}: this is not JSON in UTF-8: {error}") from None
    top = _Entry(file, "", data)
    days = {name: top.day(name) for name in ("period_start", "period_end")}
    if days["period_end"] < days["period_start"]:
        raise NotPublishedError(f"{file}: period_end {days['period_end']} is before period_start")
    tables = top.inner("tables")
    return Published(
        file,
        top.text("centre_key"),
        Period(days["period_start"], days["period_end"]),
        tuple(_table(_plain(name), tables.inner(name)) for name in tables.known()),
    )


@dataclass(frozen=True, slots=True)
class _Entry:
    """A part of the file, with the keys that lead to it. What is missing or null is nothing."""

    file: str
    place: str
    data: Any

    def __post_init__(self) -> None:
        if not isinstance(self.data, dict):
            raise self.wrong("", "allowed: {…} with names and values")

    def wrong(self, key: str, why: str) -> NotPublishedError:
        place = _plain(".".join(part for part in (self.place, key) if part)) or "the whole file"
        return NotPublishedError(f"{self.file}: {place}: {why}")

    def known(self) -> list[str]:
        return [key for key, value in self.data.items() if value is not None]

    def inner(self, key: str) -> "_Entry":
        return _Entry(self.file, ".".join(filter(None, (self.place, key))), self.data.get(key) or {})

    def every(self, key: str) -> list["_Entry"]:
        found = self.data.get(key) or []
        if not isinstance(found, list):
            raise self.wrong(key, "allowed: a list of rows")
        place = ".".join(filter(None, (self.place, key)))
        return [_Entry(self.file, f"{place}[{n}]", each) for n, each in enumerate(found)]

    def text(self, key: str) -> str:
        found = self.data.get(key)
        if found is not None and not isinstance(found, str):
            raise self.wrong(key, "allowed: words")
        return found or ""

    def day(self, key: str) -> date:
        try:
            return date.fromisoformat(self.text(key))
        except ValueError:
            written = said(str(self.data.get(key) or ""))
            raise self.wrong(key, f"{written} is no date; allowed: as 2021-12-31") from None

    def whole(self, key: str) -> int | None:
        found = self.data.get(key)
        if found is None:
            return None
        if isinstance(found, bool) or not isinstance(found, int | float) or found % 1 != 0:
            raise self.wrong(key, f"{said(str(found))} is no whole number")
        return int(found)


def _plain(word: str) -> str:
    """Nothing that moves a terminal's cursor."""
    return "".join(letter if letter.isprintable() else "?" for letter in word)


def _table(name: str, entry: _Entry) -> PrintedTable:
    check = entry.text("check")
    totals = {VALUE: entry.whole("published_total")}
    others = entry.inner("published_total_other_columns")
    totals |= {column: others.whole(column) for column in others.known()}
    return PrintedTable(
        name,
        entry.text("unit"),
        tuple(_row(row) for row in entry.every("rows")),
        {column: total for column, total in totals.items() if total is not None},
        whole=check != "not_a_partition",
        at_least="lower_bound" in check,
    )


def _row(entry: _Entry) -> Printed:
    key = entry.text("key") or entry.text("uk")
    if not key:
        raise entry.wrong("key", "nothing stands here; allowed: a code of the row")
    columns = [
        column
        for column, value in entry.data.items()
        if column in IN_REPORT or (column not in NO_COLUMNS and isinstance(value, int) and not isinstance(value, bool))
    ]
    return Printed(_plain(key), entry.text("uk"), {column: entry.whole(column) for column in columns})


# What is found


@dataclass(frozen=True, slots=True)
class Difference:
    """`id`: our table, where there is one. `inside`: against its own rows. `cases`: numbers of `behind` cases."""

    file: str
    table: str
    id: str
    row: str
    column: str
    published: int
    found: int
    inside: bool
    behind: int = 0
    cases: tuple[str, ...] = ()

    def __str__(self) -> str:
        where = _where(self.table, self.id, self.row, self.column)
        says = "its rows give" if self.inside else "the register gives"
        line = f"{self.file}: {where}: published {self.published}, {says} {self.found}, "
        return f"{line}difference {self.published - self.found}{self._behind()}"

    def _behind(self) -> str:
        if not self.behind:
            return ""
        shown = ", ".join(self.cases[:NUMBERS_SHOWN])
        more = self.behind - min(len(self.cases), NUMBERS_SHOWN)
        named = f": {shown}" + (f" and {more} more" if more > 0 else "") if shown else ""
        return f"; in the register {self.behind} are of none of its rows{named}"


@dataclass(frozen=True, slots=True)
class Nothing:
    """A figure that was published and of which the register has nothing."""

    file: str
    table: str
    id: str
    row: str
    column: str
    published: int

    def __str__(self) -> str:
        where = ", ".join(
            part
            for part in (f"{self.table} ({self.id})", self.row, "" if self.column == VALUE else self.column)
            if part
        )
        return f"{self.file}: {where}: published {self.published}, nothing in the register"


@dataclass(frozen=True, slots=True)
class Apart:
    """A figure that no table of ours has."""

    file: str
    table: str
    row: str
    column: str
    published: int

    def __str__(self) -> str:
        return f"{self.file}: {_where(self.table, '', self.row, self.column)}: published {self.published}, not compared"


def _where(table: str, ours: str, row: str, column: str) -> str:
    named = f"{table} ({ours})" if ours else table
    return ", ".join(part for part in (named, row, "" if column == VALUE else column) if part)


@dataclass(frozen=True, slots=True)
class Checked:
    """`compared` figures were there in both; `missing` in the file only; `apart`: those that no table of ours has."""

    differences: tuple[Difference, ...] = ()
    compared: int = 0
    equal: int = 0
    missing: tuple[Nothing, ...] = ()
    apart: tuple[Apart, ...] = ()


def as_text(checked: Sequence[Checked], *, every: bool) -> str:
    """A line each; with `every`, also what is only published. The last line counts."""
    lines = [str(difference) for each in checked for difference in each.differences]
    lines += [str(line) for each in checked for line in (*each.missing, *each.apart) if every]
    return "\n".join([*lines, ", ".join(f"{what} {many}" for what, many in _counted(checked).items())])


def as_json(checked: Sequence[Checked]) -> str:
    whole = {
        "differences": [asdict(difference) for each in checked for difference in each.differences],
        "nothing_in_the_register": [asdict(nothing) for each in checked for nothing in each.missing],
        "not_compared": [asdict(apart) for each in checked for apart in each.apart],
        "counts": _counted(checked),
    }
    return json.dumps(whole, ensure_ascii=False, indent=1)


def _counted(checked: Sequence[Checked]) -> dict[str, int]:
    return {
        "compared": sum(each.compared for each in checked),
        "equal": sum(each.equal for each in checked),
        "not compared": sum(len(each.apart) for each in checked),
        "nothing in the register": sum(len(each.missing) for each in checked),
    }


def check(published: Published, report: Report, numbers: Mapping[str, Sequence[str]]) -> Checked:
    """`numbers`: of the cases behind our rows of «not said», as R22 has them."""
    tables = {table.id: table for table in report.tables}
    found = _Found()
    for printed in published.tables:
        _Beside(published.file, printed, tables, numbers, found).compare()
    return Checked(
        tuple(found.differences), found.compared, found.equal, tuple(found.missing), tuple(found.apart)
    )  # fmt: skip


@dataclass(slots=True)
class _Found:
    differences: list[Difference] = field(default_factory=list)
    compared: int = 0
    equal: int = 0
    missing: list[Nothing] = field(default_factory=list)
    apart: list[Apart] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Beside:
    """A published table beside the report."""

    file: str
    printed: PrintedTable
    tables: Mapping[str, Table]
    numbers: Mapping[str, Sequence[str]]
    found: _Found

    def compare(self) -> None:
        places = self._places()
        for column in self.printed.totals:
            self._add_up(column, places)
        for row in self.printed.rows:
            for column, number in row.numbers.items():
                if number is not None:
                    self._figure(row.key, places.get(row.key, ()), column, number)
        total = self.printed.totals.get(VALUE)
        if total is not None:
            self._total(places.get(TOTAL, ()), total)

    def _places(self) -> Mapping[str, tuple[Spot, ...]]:
        """Where its rows stand in ours, and its total."""
        keys = {row.key: row.words for row in self.printed.rows}
        return published_places.of(self.printed.name, self.printed.unit, keys, self.tables)

    # Against its own rows

    def _add_up(self, column: str, places: Mapping[str, tuple[Spot, ...]]) -> None:
        numbers = [row.numbers[column] for row in self.printed.rows if column in row.numbers]
        rows, total = sum(number or 0 for number in numbers), self.printed.totals[column]
        if not numbers or (column == VALUE and not self.printed.whole) or self._closes(rows, total, numbers):
            return
        which = {place.id for every in places.values() for place in every}
        ours = which.pop() if len(which) == 1 else ""
        behind, cases = self._not_said(ours) if column == VALUE and rows < total else (0, ())
        self.found.differences.append(
            Difference(self.file, self.printed.name, ours, "", column, total, rows, inside=True, behind=behind,
                       cases=cases)
        )  # fmt: skip

    def _closes(self, rows: int, total: int, numbers: Sequence[int | None]) -> bool:
        """«More than» is right with more; a row without its number may be what the others lack."""
        if self.printed.at_least:
            return rows >= total
        return rows == total or (rows < total and len([each for each in numbers if each is not None]) < len(numbers))

    def _not_said(self, ours: str) -> tuple[int, tuple[str, ...]]:
        row = next((row for row in self.tables[ours].rows if row.key == LEFT.get(ours)), None) if ours else None
        counts = row.counts.get("value", {}) if row else {}
        many = sum(counts.get(unit) or 0 for unit in ("case", "family", "person"))
        return many, tuple(self.numbers.get(f"{ours}.{LEFT.get(ours)}", ())) if many else ()

    # Against the register

    def _figure(self, key: str, places: Sequence[Spot], column: str, published: int) -> None:
        ours = self._ours(places, column)
        self._counted(key, places, column, published, () if ours is None else (ours,))

    def _total(self, places: Sequence[Spot], published: int) -> None:
        """A published total may have left out what is «not said» here."""
        ours = self._ours(places, VALUE)
        if ours is None:
            return
        several = [ours]
        if len(places) == 1 and not places[0].path:
            without = Spot(places[0].id, (), places[0].units, less=LEFT.get(places[0].id, ""))
            several.append(_read(self.tables, without, "value", child=False) or 0)
        if self.printed.at_least and ours >= published:
            several = [published]
        self._counted(TOTAL, places, VALUE, published, several)

    def _counted(self, key: str, places: Sequence[Spot], column: str, published: int, several: Sequence[int]) -> None:
        """`several` that would be right, the plainest first."""
        name, row = self.printed.name, key or "total"
        if not several:
            self.found.apart.append(Apart(self.file, name, row, column, published))
        elif not any(several) and published:
            self.found.missing.append(Nothing(self.file, name, places[0].id, row, column, published))
        else:
            self.found.compared += 1
            self.found.equal += published in several
            if published not in several:
                self.found.differences.append(
                    Difference(self.file, name, places[0].id, row, column, published, several[0], inside=False)
                )

    def _ours(self, places: Sequence[Spot], column: str) -> int | None:
        """None where no table of ours has it; a row that is not there has nothing."""
        if column not in IN_REPORT or not places:
            return None
        ours, child = IN_REPORT[column]
        return sum(_read(self.tables, place, ours, child=child) or 0 for place in places)


def _read(tables: Mapping[str, Table], place: Spot, column: str, *, child: bool) -> int | None:
    table = tables.get(place.id)
    found = _at(table, place.path) if table else None
    if found is None:
        return None
    units = ("child",) if child else place.units
    without = _at(table, (place.less,)) if table and place.less else None
    return _sum(found.get(column), units) - (_sum(without.get(column), units) if without else 0)


def _sum(counts: Counts | None, units: Iterable[str]) -> int:
    return sum((counts or {}).get(unit) or 0 for unit in units)


def _at(table: Table, path: Sequence[str]) -> Mapping[str, Counts] | None:
    """The total where there is no path."""
    rows: Sequence[Row] = table.rows
    counts: Mapping[str, Counts] | None = table.total
    for key in path:
        found = next((row for row in rows if row.key == key), None)
        if found is None:
            return None
        rows, counts = found.rows, found.counts
    return counts
