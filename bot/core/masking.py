"""The copy of a report that may be published: small numbers of violence are hidden, and cannot be computed back."""

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from bot.core import hiding, texts
from bot.core.report import COLUMNS, Check, Counts, Period, Report, Row, Table

LEAST_SHOWN: Final = 5
"""domain.md, section 7: cells under 5."""
EVERY_ROW: Final = frozenset[str]()
OF_VIOLENCE: Final[Mapping[str, frozenset[str]]] = {
    "R3": frozenset({"brigade", "mobile_brigade"}),
    "R4": frozenset({"dv_survivors"}),
    "R5": frozenset({"violence"}),
    "R6": EVERY_ROW,
    "R7": EVERY_ROW,
    "R8": frozenset({"brigade_urgent_help", "notify_police", "notify_child_services"}),
    "R13": frozenset({"emergency_brigade", "planned_brigade"}),
    "R19": EVERY_ROW,
}
"""Tables that tell of violence, whole or by the rows of these keys with all that they consist of."""
RECONCILIATION: Final = "R22"
"""It says by how much something is out: of this only whether it closes is published."""
MEASURES: Final = ("minute", "hour")
"""They do not add up; they are hidden where the number of those whom they tell of is."""


@dataclass(frozen=True, slots=True)
class At:
    """A row by the keys on the way to it, the total without any; every unit that it has, or this one."""

    table: str
    keys: tuple[str, ...] = ()
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """The same number said twice: in each column the sums of both sides are equal, or out by what readers may know."""

    one: tuple[At, ...]
    other: tuple[At, ...]


def _same(*places: At) -> tuple[Link, ...]:
    return tuple(Link((places[0],), (place,)) for place in places[1:])


LINKS: Final[tuple[Link, ...]] = (
    *_same(At("R1"), At("R2"), At("R3"), At("R4")),
    *_same(At("R6"), At("R7")),
    Link((At("R6"),), tuple(At("R6", (form,)) for form in ("physical", "psychological", "economic", "sexual"))),
    *(Link((At("R7"),), tuple(At("R7", (trip,)) for trip in kinds)) for kinds in (
        ("emergency_brigade", "planned_brigade"), ("emergency", "planned"),
    )),
    *(Link((At("R7", (ours,)),), (At("R13", (theirs,)),)) for ours, theirs in (
        ("emergency_brigade", "emergency_brigade"), ("planned_brigade", "planned_brigade"),
        ("emergency", "emergency_brigade"), ("planned", "planned_brigade"),
    )),
    Link((At("R5"),), (At("R10", ("end",)),)),
    Link((At("R10", ("start",)), At("R10", ("opened",))), (At("R10", ("closed",)), At("R10", ("end",)))),
    Link((At("R12"),), (At("R10", ("closed",)),)),
    *(Link((At("R19", (whom,)),), (At("R8", (deadline,)),)) for whom, deadline in (
        ("police", "notify_police"), ("child_services", "notify_child_services"),
    )),
)  # fmt: skip
"""What is the same in several tables. A line of which a place is not in the report does nothing."""


def public(report: Report) -> Report:
    """Small numbers of violence hidden with whatever they could be computed from; checks without figures and cases."""
    if report.public:
        return report
    hidden = _hidden(report)
    tables = tuple(_published(table, which, hidden) for which, table in enumerate(report.tables))
    changes = (texts.REPORT_CORRECTED,) if report.changes else ()
    return replace(report, tables=tables, public=True, changes=changes)


# What is hidden

_Place = tuple[int, tuple[int, ...], str, str]
"""Of a number: table and row by their order, column, unit."""


@dataclass(frozen=True, slots=True)
class _Line:
    """A row, or the total of a table as the row of rows."""

    place: tuple[int, ...]
    keys: tuple[str, ...]
    counts: Mapping[str, Counts]
    parts: int


@dataclass(slots=True)
class _Book:
    cells: list[hiding.Cell] = field(default_factory=list)
    sums: list[hiding.Sum] = field(default_factory=list)
    index: dict[_Place, int] = field(default_factory=dict)

    def add(self, place: _Place, cell: hiding.Cell) -> None:
        self.index[place] = len(self.cells)
        self.cells.append(cell)

    def adds_up(self, one: Iterable[int], other: Iterable[int]) -> None:
        self.sums.append((*((n, 1) for n in one), *((n, -1) for n in other)))


def _hidden(report: Report) -> frozenset[_Place]:
    book = _Book()
    lines = [list(_lines(table)) for table in report.tables]
    for which, table in enumerate(report.tables):
        _add_table(book, which, table, lines[which])
        _link_columns(book, which, lines[which], _alike(report.period, table.basis))
    for link in LINKS:
        _link_tables(book, link, report.tables, lines)
    found = hiding.chosen(book.cells, book.sums)
    return frozenset(place for place, n in book.index.items() if n in found)


def _lines(table: Table) -> Iterator[_Line]:
    """Each before what it consists of."""
    yield _Line((), (), table.total, len(table.rows))
    for n, row in enumerate(table.rows):
        yield from _lines_of(row, (n,), (row.key,))


def _lines_of(row: Row, place: tuple[int, ...], keys: tuple[str, ...]) -> Iterator[_Line]:
    yield _Line(place, keys, row.counts, len(row.rows))
    for n, inner in enumerate(row.rows):
        yield from _lines_of(inner, (*place, n), (*keys, inner.key))


def _add_table(book: _Book, which: int, table: Table, lines: Iterable[_Line]) -> None:
    for line in lines:
        for column, unit, many in _numbers(table, line):
            above = book.index.get((which, line.place[:-1], column, unit)) if line.place else None
            under = book.cells[above] if above is not None else None
            book.add((which, line.place, column, unit), _cell(many, line, table, under))
    for line in lines:
        for column, unit, _ in _numbers(table, line):
            inner = [(which, (*line.place, n), column, unit) for n in range(line.parts)]
            if known := [book.index[place] for place in inner if place in book.index]:
                book.adds_up([book.index[which, line.place, column, unit]], known)


def _numbers(table: Table, line: _Line) -> Iterator[tuple[str, str, int]]:
    """What adds up; a table of one unit shows a zero where a row has none."""
    for column, counts in line.counts.items():
        for unit, many in ({table.units[0]: 0} | {**counts} if len(table.units) == 1 else counts).items():
            if many is not None and unit not in MEASURES:
                yield column, unit, many


def _of_violence(table: Table, keys: tuple[str, ...]) -> bool:
    rows = OF_VIOLENCE.get(table.id)
    return rows is not None and (rows == EVERY_ROW or not rows.isdisjoint(keys))


def _cell(many: int, line: _Line, table: Table, above: hiding.Cell | None) -> hiding.Cell:
    """Where the whole is small, none of its parts is shown, not even the zeros: four ones would tell each other."""
    dear = not line.place
    if not _of_violence(table, line.keys):
        return hiding.Cell(many, 0, math.inf, dear=True)
    within = above is not None and above.hidden and above.value < LEAST_SHOWN
    if many >= LEAST_SHOWN or many < 0:
        return hiding.Cell(many, min(many, LEAST_SHOWN), math.inf, hidden=within, dear=dear)
    if within:
        return hiding.Cell(many, 0, LEAST_SHOWN - 1, hidden=True, guarded=many > 0, dear=dear)
    if many == 0:
        return hiding.Cell(0, 0, 0, dear=dear)
    return hiding.Cell(many, 1, LEAST_SHOWN - 1, hidden=True, guarded=True, dear=dear)


Alike = tuple[tuple[str, tuple[str, ...]], ...]


def _alike(period: Period, basis: str) -> Alike:
    """Columns that are made of others: the year to date of quarters, or the same days under two names."""
    spans = {column: _span(days, basis) for column, days in period.columns.items()}
    found: list[tuple[str, tuple[str, ...]]] = []
    for whole in ("year_to_date", "value", "previous", "year_ago"):
        parts = _inside(whole, spans)
        if parts and (parts[0], (whole,)) not in found:
            found.append((whole, parts))
    return tuple(found)


def _span(days: Period, basis: str) -> Period:
    if basis == "as_of":
        return Period(days.last, days.last)
    return days.year_to_date if basis == "year_to_date" else days


def _inside(whole: str, spans: Mapping[str, Period]) -> tuple[str, ...]:
    """Other columns within it, none of the same day twice, the longest first; else one that it has days in common with.

    What is left over was published as well, in an earlier report, and so it is no secret.
    """
    others = sorted((c for c in COLUMNS if c != whole), key=lambda c: spans[c].first - spans[c].last)
    inside: list[str] = []
    for column in others:
        if _within(spans[column], spans[whole]) and not any(_common(spans[column], spans[each]) for each in inside):
            inside.append(column)
    if inside or any(_within(spans[whole], spans[column]) for column in others):
        return tuple(inside)
    return tuple(column for column in others if _common(spans[column], spans[whole]))[:1]


def _within(one: Period, other: Period) -> bool:
    return other.first <= one.first and one.last <= other.last


def _common(one: Period, other: Period) -> bool:
    return one.first <= other.last and other.first <= one.last


def _link_columns(book: _Book, which: int, lines: Iterable[_Line], alike: Alike) -> None:
    for line in lines:
        for unit in sorted({unit for counts in line.counts.values() for unit in counts}):
            for whole, parts in alike:
                columns = [book.index.get((which, line.place, column, unit)) for column in (whole, *parts)]
                known = [n for n in columns if n is not None]
                if len(known) == len(columns):
                    _link_cells(book, known[0], known[1:])


def _link_cells(book: _Book, whole: int, parts: list[int]) -> None:
    """What an earlier report hid, because it was small, is not known."""
    left = book.cells[whole].value - sum(book.cells[n].value for n in parts)
    if 0 < left < LEAST_SHOWN and book.cells[whole].hidden:
        book.cells.append(hiding.Cell(left, 1, LEAST_SHOWN - 1, hidden=True))
        parts = [*parts, len(book.cells) - 1]
    book.adds_up([whole], parts)


def _link_tables(book: _Book, link: Link, tables: tuple[Table, ...], lines: list[list[_Line]]) -> None:
    places = {
        at: [
            (which, line.place)
            for which, table in enumerate(tables) if table.id == at.table
            for line in lines[which] if line.keys == at.keys
        ]
        for at in (*link.one, *link.other)
    }  # fmt: skip
    if all(places.values()):
        for column in COLUMNS:
            for unit in sorted({unit for _, _, of, unit in book.index if of == column}):
                _link_numbers(book, link, {at: (*found[0], column, at.unit or unit) for at, found in places.items()})


def _link_numbers(book: _Book, link: Link, places: Mapping[At, _Place]) -> None:
    if all(place in book.index for place in places.values()):
        one, other = ([book.index[places[at]] for at in side] for side in (link.one, link.other))
        book.adds_up(one, other)


# What is published


@dataclass(frozen=True, slots=True)
class _Mask:
    """`rows`: column and key of those in which something is hidden, the total without a key."""

    which: int
    table: Table
    hidden: frozenset[_Place]
    rows: frozenset[tuple[str, str]]

    def counts(self, line: _Line) -> Mapping[str, Counts]:
        return {column: self._column(line, column, counts) for column, counts in line.counts.items()}

    def _column(self, line: _Line, column: str, counts: Counts) -> Counts:
        units = [unit for unit in (*self.table.units, *counts) if self._hides(line, column, unit, counts)]
        return {**counts, **dict.fromkeys(units)}

    def _hides(self, line: _Line, column: str, unit: str, counts: Counts) -> bool:
        if unit not in MEASURES:
            return (self.which, line.place, column, unit) in self.hidden
        rows = {(column, line.keys[-1] if line.keys else "")} | ({(column, "")} if len(line.keys) == 1 else set())
        return unit in counts and _of_violence(self.table, line.keys) and not rows.isdisjoint(self.rows)


def _published(table: Table, which: int, hidden: frozenset[_Place]) -> Table:
    check = Check(table.check.ok, texts.REPORT_ADDS_UP if table.check.ok else texts.REPORT_OUT)
    if table.id == RECONCILIATION:
        return replace(table, rows=(), total={}, check=check)
    keys = {line.place: line.keys[-1] if line.keys else "" for line in _lines(table)}
    rows = frozenset((column, keys[place]) for of, place, column, _ in hidden if of == which)
    mask = _Mask(which, table, hidden, rows)
    total = mask.counts(_Line((), (), table.total, len(table.rows)))
    return replace(table, rows=_rows(table.rows, (), (), mask), total=total, check=check)


def _rows(rows: tuple[Row, ...], place: tuple[int, ...], keys: tuple[str, ...], mask: _Mask) -> tuple[Row, ...]:
    return tuple(_row(row, (*place, n), (*keys, row.key), mask) for n, row in enumerate(rows))


def _row(row: Row, place: tuple[int, ...], keys: tuple[str, ...], mask: _Mask) -> Row:
    counts = mask.counts(_Line(place, keys, row.counts, len(row.rows)))
    return replace(row, counts=counts, rows=_rows(row.rows, place, keys, mask))
