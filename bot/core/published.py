"""Figures that a centre has published, held to their own sums and to the report of the register.

Nothing that a file says of itself is believed: what it calls a total is added up here.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Final

from bot.core import published_places
from bot.core.published_file import VALUE, PrintedTable, Published
from bot.core.published_places import LEFT, Spot
from bot.core.report import Counts, Report, Row, Table

IN_REPORT: Final[Mapping[str, tuple[str, bool]]] = {
    VALUE: ("value", False),
    "children": ("value", True),
    "prev_value": ("year_ago", False),
    "prev_children": ("year_ago", True),
}
"""Columns of a published table: which column of ours, and whether it is the children of the row."""
TOTAL: Final = ""
"""In place of a row's key."""
NUMBERS_SHOWN: Final = 5


@dataclass(frozen=True, slots=True)
class Difference:
    """`id`: our table, where there is one. `inside`: against its own rows; `register` is then what that gives.

    `cases`: numbers of the `behind` cases that are in none of the rows.
    """

    file: str
    table: str
    id: str
    row: str
    column: str
    published: int
    found: int
    inside: bool
    register: int = 0
    behind: int = 0
    cases: tuple[str, ...] = ()

    def __str__(self) -> str:
        where = _where(self.table, self.id, self.row, self.column)
        says = "its rows give" if self.inside else "the register gives"
        line = f"{self.file}: {where}: published {self.published}, {says} {self.found}, "
        return f"{line}difference {self.published - self.found}{self._register()}"

    def _register(self) -> str:
        if not self.inside or not self.register:
            return ""
        shown = ", ".join(self.cases[:NUMBERS_SHOWN])
        more = self.behind - min(len(self.cases), NUMBERS_SHOWN)
        named = f": {shown}" + (f" and {more} more" if more > 0 else "") if shown else ""
        behind = f", {self.behind} of them in none of its rows{named}" if self.behind else ""
        return f"; the register gives {self.register}{behind}"


@dataclass(frozen=True, slots=True)
class Alone:
    """A figure that was published only: the register has nothing of it; without `id` no table of ours has it."""

    file: str
    table: str
    id: str
    row: str
    column: str
    published: int

    def __str__(self) -> str:
        where = _where(self.table, self.id, self.row, self.column)
        why = "nothing in the register" if self.id else "not compared"
        return f"{self.file}: {where}: published {self.published}, {why}"


def _where(table: str, ours: str, row: str, column: str) -> str:
    named = f"{table} ({ours})" if ours else table
    return ", ".join(part for part in (named, row, "" if column == VALUE else column) if part)


@dataclass(frozen=True, slots=True)
class Checked:
    """`compared` figures were there in both; `missing` in the file only; `apart`: those that no table of ours has."""

    differences: tuple[Difference, ...] = ()
    compared: int = 0
    equal: int = 0
    missing: tuple[Alone, ...] = ()
    apart: tuple[Alone, ...] = ()


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
    missing: list[Alone] = field(default_factory=list)
    apart: list[Alone] = field(default_factory=list)


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
        for row in self.printed.rows:
            for column, number in row.numbers.items():
                if number is not None:
                    ours = self._ours(places.get(row.key, ()), column)
                    self._counted(row.key, places.get(row.key, ()), column, number, () if ours is None else (ours,))
        for column, total in self.printed.totals.items():
            self._total(places, column, total)

    def _places(self) -> Mapping[str, tuple[Spot, ...]]:
        """Where its rows stand in ours, and its total."""
        keys = {row.key: row.words for row in self.printed.rows}
        return published_places.of(self.printed.name, self.printed.unit, keys, self.tables)

    # Against its own rows

    def _total(self, places: Mapping[str, tuple[Spot, ...]], column: str, total: int) -> None:
        """One that does not close is told once, with what the register gives; that of the year before is not there."""
        own = places.get(TOTAL, ()) if column == VALUE else ()
        ours, broken = self._ours(own, VALUE), self._add_up(places, column, total)
        if broken is not None:
            self.found.differences.append(replace(broken, register=ours or 0))
        if ours is not None:
            self._counted(TOTAL, own, column, total, self._right(own, ours, total), said=broken is not None)

    def _add_up(self, places: Mapping[str, tuple[Spot, ...]], column: str, total: int) -> Difference | None:
        numbers = [row.numbers[column] for row in self.printed.rows if column in row.numbers]
        rows = sum(number or 0 for number in numbers)
        if not numbers or (column == VALUE and not self.printed.whole) or self._closes(rows, total, numbers):
            return None
        which = {place.id for every in places.values() for place in every}
        ours = which.pop() if len(which) == 1 else ""
        behind, cases = self._not_said(ours) if column == VALUE and rows < total else (0, ())
        broken = Difference(self.file, self.printed.name, ours, "", column, total, rows, inside=True)
        return replace(broken, behind=behind, cases=cases)

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

    def _right(self, places: Sequence[Spot], ours: int, total: int) -> list[int]:
        """What a total may be: it may have left out what is «not said» here, or be a lower bound."""
        if self.printed.at_least and ours >= total:
            return [total]
        if len(places) > 1 or places[0].path:
            return [ours]
        without = Spot(places[0].id, (), places[0].units, less=LEFT.get(places[0].id, ""))
        return [ours, _read(self.tables, without, "value", child=False)]

    def _counted(
        self, key: str, places: Sequence[Spot], column: str, published: int, right: Sequence[int], *, said: bool = False
    ) -> None:
        """`right`: what it may be, the plainest first. `said`: a line tells of it already."""
        name, row = self.printed.name, key or "total"
        if not right:
            self.found.apart.append(Alone(self.file, name, "", row, column, published))
        elif not any(right) and published:
            self.found.missing.append(Alone(self.file, name, places[0].id, row, column, published))
        else:
            self.found.compared += 1
            self.found.equal += published in right
            if published not in right and not said:
                told = Difference(self.file, name, places[0].id, row, column, published, right[0], inside=False)
                self.found.differences.append(told)

    def _ours(self, places: Sequence[Spot], column: str) -> int | None:
        """None where no table of ours has it; a row that is not there has nothing."""
        if column not in IN_REPORT or not places:
            return None
        ours, child = IN_REPORT[column]
        return sum(_read(self.tables, place, ours, child=child) for place in places)


def _read(tables: Mapping[str, Table], place: Spot, column: str, *, child: bool) -> int:
    units = ("child",) if child else place.units
    without = _at(tables[place.id], (place.less,)) if place.less else {}
    return _sum(_at(tables[place.id], place.path).get(column), units) - _sum(without.get(column), units)


def _sum(counts: Counts | None, units: Iterable[str]) -> int:
    return sum((counts or {}).get(unit) or 0 for unit in units)


def _at(table: Table, path: Sequence[str]) -> Mapping[str, Counts]:
    """The total where there is no path; nothing where there is no such row."""
    rows, counts = table.rows, table.total
    for key in path:
        row = next((row for row in rows if row.key == key), Row("", table.title, {}))
        rows, counts = row.rows, row.counts
    return counts
