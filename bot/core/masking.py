"""The copy of a report that may be published: small numbers of violence are hidden, and cannot be computed back."""

import math
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from bot.core import hiding, texts
from bot.core.centre import Words
from bot.core.lines import Own
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
    """The same number said twice: in each column the sums of both sides are equal, or out."""

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
CONCERNED: Final = frozenset(OF_VIOLENCE) | {at.table for link in LINKS for at in (*link.one, *link.other)}


def public(report: Report) -> Report:
    """Small numbers of violence hidden with whatever they could be computed from; checks without figures and cases."""
    if report.public:
        return report
    report = replace(report, tables=tuple(map(_outwardly, report.tables)))
    hidden = _hidden(report)
    tables = tuple(_published(table, which, hidden) for which, table in enumerate(report.tables))
    changes = (texts.REPORT_CORRECTED,) if report.changes else ()
    return replace(report, tables=tables, public=True, changes=changes)


def _outwardly(table: Table) -> Table:
    """Without what is inside of rows that nobody outside is told.

    Who told of a case, in the words of whoever noted it, may be a neighbour's name; services by category are small.
    """
    inner = INSIDE.get(table.id)
    if inner is None:
        return table
    return replace(table, rows=tuple(replace(row, rows=() if inner(row) else row.rows) for row in table.rows))


def _worded(row: Row) -> bool:
    """Free words are the same in both languages, also in an edition as it was printed."""
    titles = [inner.title for inner in row.rows]
    return any(isinstance(title, Own) or (isinstance(title, Words) and title.uk == title.en) for title in titles)


INSIDE: Final[Mapping[str, Callable[[Row], bool]]] = {"R2": _worded, "R9": lambda _: True}
"""Tables of which something stays inside the centre, and of which rows."""


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


@dataclass(frozen=True, slots=True)
class _Made:
    """A column of others; `rest`: and of days that are in none of them, which an earlier report has told."""

    whole: str
    parts: tuple[str, ...]
    rest: str = ""


@dataclass(slots=True)
class _Book:
    cells: list[hiding.Cell] = field(default_factory=list)
    sums: list[hiding.Sum] = field(default_factory=list)
    index: dict[_Place, int] = field(default_factory=dict)
    earlier: Mapping[str, frozenset[_Place]] = field(default_factory=dict)
    """By column that an earlier report has told: what that one hid."""

    def add(self, place: _Place, cell: hiding.Cell) -> None:
        which, row, column, unit = place
        if column in self.earlier:
            hid = (which, row, "value", unit) in self.earlier[column]
            cell = replace(cell, hidden=hid or cell.hidden, guarded=cell.guarded and hid, shown=not hid)
        self.index[place] = len(self.cells)
        self.cells.append(cell)

    def adds_up(self, one: Iterable[int], other: Iterable[int]) -> None:
        self.sums.append((*((n, 1) for n in one), *((n, -1) for n in other)))


def _hidden(report: Report) -> frozenset[_Place]:
    made = [_made(report.period, table.basis) for table in report.tables]
    before = {rest for each in made for column in each if (rest := column.rest)}
    whole = replace(report, tables=tuple(map(_with_rests, report.tables, made)))
    if report.period.previous.first == report.period.year_to_date.first:
        before.add("previous")
    book = _book(whole, made, {column: _hidden(_only(whole, column)) for column in sorted(before)})
    found = hiding.chosen(book.cells, book.sums)
    return frozenset(place for place, n in book.index.items() if n in found and place[2] in COLUMNS)


def _book(report: Report, made: list[tuple[_Made, ...]], earlier: Mapping[str, frozenset[_Place]]) -> _Book:
    book = _Book(earlier=earlier)
    lines = [list(_lines(table)) for table in report.tables]
    for which, table in enumerate(report.tables):
        if table.id not in CONCERNED:
            continue
        _add_table(book, which, table, lines[which])
        _link_columns(book, which, lines[which], made[which])
    for link in LINKS:
        _link_tables(book, link, report.tables, lines)
    return book


# What an earlier report has told: the year to date less the columns that are shown


def _with_rests(table: Table, made: Iterable[_Made]) -> Table:
    rests = [each for each in made if each.rest and table.id in CONCERNED]
    if not rests:
        return table
    rows = tuple(_row_with_rests(row, rests) for row in table.rows)
    return replace(table, rows=rows, total=_counts_with_rests(table.total, rests))


def _row_with_rests(row: Row, made: list[_Made]) -> Row:
    rows = tuple(_row_with_rests(inner, made) for inner in row.rows)
    return Row(row.key, row.title, _counts_with_rests(row.counts, made), rows)


def _counts_with_rests(counts: Mapping[str, Counts], made: list[_Made]) -> Mapping[str, Counts]:
    known = [each for each in made if all(column in counts for column in (each.whole, *each.parts))]
    return {**counts, **{each.rest: _rest(counts, each) for each in known}}


def _rest(counts: Mapping[str, Counts], made: _Made) -> Counts:
    """What families in work or the start of a flow lack is no rest: they belong to several periods."""
    left: dict[str, int | None] = {}
    for unit, whole in counts[made.whole].items():
        parts = [many for column in made.parts if (many := counts[column].get(unit, 0)) is not None]
        rest = whole - sum(parts) if whole is not None and len(parts) == len(made.parts) else None
        left[unit] = rest if rest is not None and rest >= 0 else None
    return left


def _only(report: Report, column: str) -> Report:
    """The report as it was when this column was the year to date: its period need only begin with a year."""
    period = report.period.year_to_date
    return replace(
        report,
        period=period,
        tables=tuple(_table_only(table, column) if table.id in CONCERNED else table for table in report.tables),
    )


def _table_only(table: Table, column: str) -> Table:
    rows = tuple(_row_only(row, column) for row in table.rows)
    return replace(table, basis="in_period", rows=rows, total=_counts_only(table.total, column))


def _row_only(row: Row, column: str) -> Row:
    rows = tuple(_row_only(inner, column) for inner in row.rows)
    return Row(row.key, row.title, _counts_only(row.counts, column), rows)


def _counts_only(counts: Mapping[str, Counts], column: str) -> Mapping[str, Counts]:
    return {name: counts[column] for name in ("value", "year_to_date") if column in counts}


# Numbers and their sums


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
                _add_parts(book, book.index[which, line.place, column, unit], known, line, table)


def _add_parts(book: _Book, whole: int, parts: list[int], line: _Line, table: Table) -> None:
    """What is missing in the parts of a row, or stands in several, nobody knows; of a total it is taken to be known."""
    more = sum(book.cells[n].value for n in parts) - book.cells[whole].value
    if (not more) if line.place else table.parts:
        book.adds_up([whole], parts)
    elif more >= 0 or line.place:
        book.cells.append(hiding.Cell(abs(more), 0, math.inf, hidden=True))
        rest = [len(book.cells) - 1]
        book.adds_up([whole, *(rest if more >= 0 else [])], [*parts, *(rest if more < 0 else [])])


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
    within = above is not None and above.hidden and above.high < math.inf
    if many >= LEAST_SHOWN or many < 0:
        return hiding.Cell(many, min(many, LEAST_SHOWN), math.inf, hidden=within, dear=dear)
    if within:
        return hiding.Cell(many, 0, LEAST_SHOWN - 1, hidden=True, guarded=many > 0, dear=dear)
    if many == 0:
        return hiding.Cell(0, 0, 0, dear=dear)
    return hiding.Cell(many, 1, LEAST_SHOWN - 1, hidden=True, guarded=True, dear=dear)


def _made(period: Period, basis: str) -> tuple[_Made, ...]:
    """The same days under two names, and the year to date with its quarters."""
    spans = {column: _span(days, basis) for column, days in period.columns.items()}
    of = {span: column for column, span in reversed(spans.items())}
    same = [_Made(of[span], (column,)) for column, span in spans.items() if of[span] != column]
    return (*same, *(made for span in of if (made := _of_others(span, of)).parts))


def _of_others(whole: Period, of: Mapping[Period, str]) -> _Made:
    inside: list[Period] = []
    for span in sorted(of, key=lambda each: each.first - each.last):
        within = span != whole and whole.first <= span.first and span.last <= whole.last
        if within and not any(_common(span, each) for each in inside):
            inside.append(span)
    left = _days(whole) - sum(_days(span) for span in inside)
    return _Made(of[whole], tuple(of[span] for span in inside), f"rest of {of[whole]}" if left else "")


def _days(span: Period) -> int:
    return (span.last - span.first).days + 1


def _span(days: Period, basis: str) -> Period:
    if basis == "as_of":
        return Period(days.last, days.last)
    return days.year_to_date if basis == "year_to_date" else days


def _common(one: Period, other: Period) -> bool:
    return one.first <= other.last and other.first <= one.last


def _link_columns(book: _Book, which: int, lines: Iterable[_Line], made: Iterable[_Made]) -> None:
    for line in lines:
        for unit in sorted({unit for counts in line.counts.values() for unit in counts}):
            for each in made:
                columns = [each.whole, *each.parts, *([each.rest] if each.rest else [])]
                known = [book.index.get((which, line.place, column, unit)) for column in columns]
                if None not in known:
                    cells = [n for n in known if n is not None]
                    book.adds_up(cells[:1], cells[1:])


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
        for column, unit in sorted({place[2:] for place in book.index}):
            _link_numbers(book, link, {at: (*found[0], column, at.unit or unit) for at, found in places.items()})


def _link_numbers(book: _Book, link: Link, places: Mapping[At, _Place]) -> None:
    if all(place in book.index for place in places.values()):
        one, other = ([book.index[places[at]] for at in side] for side in (link.one, link.other))
        out = sum(book.cells[n].value for n in one) - sum(book.cells[n].value for n in other)
        (other if out > 0 else one).extend(_unknown(book, abs(out)))
        book.adds_up(one, other)


def _unknown(book: _Book, out: int) -> list[int]:
    """Where the same number differs a little, nobody knows by how much."""
    if not 0 < out < LEAST_SHOWN:
        return []
    book.cells.append(hiding.Cell(out, 1, LEAST_SHOWN - 1, hidden=True))
    return [len(book.cells) - 1]


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
    if all(of != which for of, _, _, _ in hidden):
        return replace(table, check=check)
    keys = {line.place: line.keys[-1] if line.keys else "" for line in _lines(table)}
    rows = frozenset((column, keys[place]) for of, place, column, _ in hidden if of == which)
    mask = _Mask(which, table, hidden, rows)
    total = mask.counts(_Line((), (), table.total, len(table.rows)))
    return replace(table, rows=_rows(table.rows, (), (), mask), total=total, check=check)


def _rows(rows: tuple[Row, ...], place: tuple[int, ...], keys: tuple[str, ...], mask: _Mask) -> tuple[Row, ...]:
    return tuple(_row(row, (*place, n), (*keys, row.key), mask) for n, row in enumerate(rows))


def _row(row: Row, place: tuple[int, ...], keys: tuple[str, ...], mask: _Mask) -> Row:
    counts = mask.counts(_Line(place, keys, row.counts, len(row.rows)))
    return Row(row.key, row.title, counts, _rows(row.rows, place, keys, mask))
