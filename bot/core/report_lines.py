"""A table of a report as a grid: lines with their level, columns by unit. Every form of output is made from it."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from bot.core import report_words as words
from bot.core.report import COLUMNS, LEAST_BASE, Period, change

SIX: Final = ("value", "previous", "year_ago", "difference", "percent", "year_to_date")
"""What is said of a unit, in this order."""
MADE_OUT: Final = ("difference", "percent")
ROOM: Final = 8
"""Columns that a page takes beside the titles."""
ALWAYS: Final = frozenset({"R6", "R22"})
"""Printed with noughts too: the four forms always stand there, and of a check 0 is what it found."""
SPARED: Final = ("percent", "difference", "year_to_date", "year_ago", "previous")
"""What goes first where there is no room."""


@dataclass(frozen=True, slots=True)
class Cell:
    """None where there is nothing to say, or where it is hidden."""

    number: int | None
    hidden: bool = False

    @property
    def empty(self) -> bool:
        return self.number is None and not self.hidden


@dataclass(frozen=True, slots=True)
class Column:
    what: str
    unit: str


@dataclass(frozen=True, slots=True)
class Line:
    """`path`: the keys from the outermost row to this one."""

    path: tuple[str, ...]
    title: str
    cells: tuple[Cell, ...]

    @property
    def level(self) -> int:
        return len(self.path) - 1


@dataclass(frozen=True, slots=True)
class Grid:
    """`compared`: the column that differences are from. `total` is None where the table has none."""

    id: str
    title: str
    basis: str
    units: tuple[str, ...]
    columns: tuple[Column, ...]
    lines: tuple[Line, ...]
    total: Line | None
    parts: bool
    ok: bool
    note: str
    cases: tuple[str, ...]
    compared: str

    @property
    def whole(self) -> tuple[Line, ...]:
        return (*self.lines, self.total) if self.total else self.lines

    @property
    def hides(self) -> bool:
        return any(cell.hidden for line in self.whole for cell in line.cells)

    @property
    def bare(self) -> bool:
        """Whether there is nothing in it but noughts, where these do not say anything."""
        return not self.lines or (
            self.id not in ALWAYS and not any(cell.number or cell.hidden for line in self.whole for cell in line.cells)
        )

    def sums(self, place: int) -> bool:
        """Whether the total of that column is the sum of the outermost lines, all of them seen."""
        cells = [line.cells[place] for line in self.lines if not line.level]
        known = [cell.number for cell in cells if cell.number is not None]
        total = self.total.cells[place] if self.total else Cell(None)
        whole = self.parts and not any(cell.hidden for cell in cells) and self.columns[place].what in COLUMNS
        return whole and bool(known) and sum(known) == total.number


def period_of(report: Mapping[str, Any]) -> Period:
    return Period(*(date.fromisoformat(report["period"][end]) for end in ("from", "to")))


def grid(table: Mapping[str, Any]) -> Grid:
    """All that the table says; columns that are empty from top to bottom are not there."""
    units = tuple(table["units"])
    rows = list(_walked(table["rows"], ()))
    total = {"title": "", **table["totals"], "masked": _masked_totals(table)}
    compared = _compared([row for _, row in rows] + [total], units[0])
    columns = tuple(Column(what, unit) for unit in units for what in SIX)
    made = Grid(
        id=table["id"], title=table["title"], basis=table["basis"], units=units, columns=columns,
        lines=tuple(_line(path, row, columns, units, compared) for path, row in rows),
        total=_line(("total",), total, columns, units, compared),
        parts=table.get("parts", True), ok=table["check"]["ok"], note=table["check"]["note"],
        cases=tuple(table["check"].get("cases", ())), compared=compared,
    )  # fmt: skip
    if made.total and all(cell.empty for cell in made.total.cells):
        made = replace(made, total=None)
    return _chosen(made, lambda place: place == 0 or not all(line.cells[place].empty for line in made.whole))


def distinct(of: Grid, period: Period) -> Grid:
    """No column twice: of a whole year, last year is the previous period and the year to date is the period."""
    spare = {"year_ago"} if period.year_ago == period.previous and of.compared == "previous" else set()
    if period.year_to_date == period or of.basis == "as_of":
        spare.add("year_to_date")
    return _chosen(of, lambda place: of.columns[place].what not in spare)


def printed(of: Grid, period: Period, room: int = ROOM) -> Grid:
    """What a page has room for: all of the first unit, of the others the period.

    Nothing inside of a nought, and no line that says nothing.
    """
    fewer = distinct(of, period)
    own = [column.what for column in fewer.columns if column.unit == of.units[0]]
    others = [column for column in fewer.columns if column.unit != of.units[0] and column.what == "value"]
    for what in SPARED:
        if len(own) + len(others) > room and what in own:
            own.remove(what)
    kept = {*(Column(what, of.units[0]) for what in own), *others}
    return _folded(_chosen(fewer, lambda place: fewer.columns[place] in kept))


def _folded(of: Grid) -> Grid:
    noughts = {line.path for line in of.lines if not any(cell.number or cell.hidden for cell in line.cells)}
    blank = {line.path for line in of.lines if all(cell.empty for cell in line.cells)}
    full = {line.path[:end] for line in of.lines if line.path not in blank for end in range(len(line.path) + 1)}
    spare = {path for path in noughts if path[:-1] in noughts} | (blank - full)
    return replace(of, lines=tuple(line for line in of.lines if line.path not in spare))


def shown(cell: Cell, what: str, language: str) -> str:
    if cell.number is None:
        return words.say(words.HIDDEN, language) if cell.hidden else words.NOTHING
    return {"difference": words.signed, "percent": words.percent}.get(what, words.number)(cell.number, language)


def titled(of: Grid, language: str) -> str:
    """With the unit, where there is but one and the title does not say it."""
    unit = words.unit(of.units[0], language)
    return of.title if len(of.units) > 1 or unit in of.title.lower() else f"{of.title}, {unit}"


def heads(of: Grid, period: Period, language: str) -> list[str]:
    return [words.head(column.what, column.unit, of.basis, period, language) for column in of.columns]


def closing(of: Grid, language: str) -> str:
    return words.say(words.CLOSES if of.ok else words.CLOSES_NOT, language)


def noted(of: Grid, language: str) -> str:
    """What is said of the check beyond whether it closes."""
    said, word = of.note.strip().rstrip("."), closing(of, language).casefold()
    if of.ok and said.casefold().endswith(word):
        return ""
    for known in (word, of.title.casefold()):
        if said.casefold().startswith(f"{known}: "):
            said = said[len(known) + 2 :]
    return "" if said.casefold() == word else said


def verdict(of: Grid, language: str) -> list[str]:
    """Whether it closes, and what does not: a line each."""
    word, rest = closing(of, language), noted(of, language).split("\n")
    if len(rest) > 1:
        return [f"{word}:", *(f"· {line}" for line in rest)]
    return [f"{word}{':' if not of.ok else ';'} {rest[0]}." if rest[0] else f"{word}."]


def _chosen(of: Grid, wanted: Callable[[int], bool]) -> Grid:
    places = [place for place in range(len(of.columns)) if wanted(place)]

    def fewer(line: Line) -> Line:
        return replace(line, cells=tuple(line.cells[place] for place in places))

    columns = tuple(of.columns[place] for place in places)
    total = fewer(of.total) if of.total else None
    return replace(of, columns=columns, lines=tuple(fewer(line) for line in of.lines), total=total)


def _walked(
    rows: Sequence[Mapping[str, Any]], above: tuple[str, ...]
) -> Iterator[tuple[tuple[str, ...], Mapping[str, Any]]]:
    for row in rows:
        path = (*above, row["key"])
        yield path, row
        yield from _walked(row.get("rows", ()), path)


def _masked_totals(table: Mapping[str, Any]) -> list[str]:
    """A total that is missing where another stands and a row is hidden, is hidden too."""
    totals = table["totals"]
    if "masked" in table or all(each is None for each in totals.values()):
        return list(table.get("masked", ()))
    hidden = {what for _, row in _walked(table["rows"], ()) for what in row.get("masked", ())}
    return [what for what in COLUMNS if totals.get(what) is None and what in hidden]


def _compared(rows: Sequence[Mapping[str, Any]], unit: str) -> str:
    known = (what for what in ("previous", "year_ago") for row in rows if not _cell(row, what, unit, (unit,)).empty)
    return next(known, "previous")


def _line(
    path: tuple[str, ...],
    row: Mapping[str, Any],
    columns: Sequence[Column],
    units: tuple[str, ...],
    compared: str,
) -> Line:
    cells = tuple(
        _made_out(row, column, units, compared) if column.what in MADE_OUT
        else _cell(row, column.what, column.unit, units)
        for column in columns
    )  # fmt: skip
    return Line(path, row["title"], cells)


def _cell(row: Mapping[str, Any], what: str, unit: str, units: tuple[str, ...]) -> Cell:
    said = row.get(what)
    if isinstance(said, Mapping):
        return Cell(said.get(unit), hidden=unit in said and said[unit] is None)
    if unit != units[0]:
        return Cell(None)
    return Cell(said, hidden=said is None and what in row.get("masked", ()))


def _made_out(row: Mapping[str, Any], column: Column, units: tuple[str, ...], compared: str) -> Cell:
    """What is computed from a hidden number is hidden."""
    now, before = (_cell(row, what, column.unit, units) for what in ("value", compared))
    if now.empty or before.empty:
        return Cell(None)
    if column.what == "percent" and before.number is not None and before.number < LEAST_BASE:
        return Cell(None)
    difference, percent = change(now.number, before.number)
    return Cell(difference if column.what == "difference" else percent, hidden=now.hidden or before.hidden)
