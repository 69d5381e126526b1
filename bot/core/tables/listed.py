"""Tables that are lists: a row a code of the centre's list, what it consists of, and how many of each unit.

A table of this kind is a declaration; what it counts is asked of facts that all tables share.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from bot.core import identifiers
from bot.core.centre import UNKNOWN, Centre, Line, Words, folded
from bot.core.counting import Ask, Cell, added, by_code
from bot.core.lines import Own, Wording
from bot.core.report import COLUMNS, Check, Counts, Row, Table
from bot.core.tables import checks
from bot.core.tables.found import Found

NOT_SAID: Final = Words("Не вказано", "Not said")


@dataclass(frozen=True, slots=True)
class Counting:
    """What is asked, and which units its answer is read as."""

    ask: Ask
    units: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of a table, in the centre's order: its own lines, then those identifiers of `names` that occur.

    `always`: every one of `names` is a row, with zeros too. `empty`: the row of what has no code, and what it is
    called; `stands`: it is there even when nothing is in it. `rare`: what else may occur is called.
    """

    lines: Callable[[Centre], Sequence[Line]]
    names: Mapping[str, Words]
    empty: Words = NOT_SAID
    stands: bool = False
    always: bool = False
    key: str = UNKNOWN
    rare: Mapping[str, Words] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Listed:
    """`inside`: by what a row is divided (district, category, detail) or nothing; the second code of every ask.

    `total` is asked by itself, and not added up from the rows, so that the one checks the other. `parts`: a case is in
    one row only.
    """

    id: str
    title: Words
    rows: Rows
    counted: tuple[Counting, ...]
    total: tuple[Counting, ...]
    basis: str = "in_period"
    inside: str = ""
    parts: bool = True
    check: Callable[[Table], Check] = field(default=checks.closes)

    @property
    def units(self) -> tuple[str, ...]:
        return tuple(unit for counting in self.counted for unit in counting.units)

    @property
    def asks(self) -> dict[str, Ask]:
        asked = {f"{self.id}.{n}": counting.ask for n, counting in enumerate(self.counted)}
        return asked | {f"{self.id}.total.{n}": counting.ask for n, counting in enumerate(self.total)}

    def made(self, found: Found) -> Table:
        cells = [found.cells[f"{self.id}.{n}"] for n in range(len(self.counted))]
        rows = tuple(_rows(self, cells, found))
        total = merged(
            added(found.cells[f"{self.id}.total.{n}"], counting.units, COLUMNS) for n, counting in enumerate(self.total)
        )
        table = Table(self.id, self.title, self.units, self.basis, rows, total, checks.NONE, self.parts)
        return checks.checked(table, self.check(table))


def merged(counts: Iterable[Mapping[str, Counts]]) -> dict[str, Counts]:
    """Several units of the same columns beside each other."""
    together: dict[str, dict[str, int | None]] = {}
    for each in counts:
        for column, units in each.items():
            together.setdefault(column, {}).update(units)
    return dict(together)


def _rows(table: Listed, cells: Sequence[list[Cell]], found: Found) -> Iterable[Row]:
    of = [by_code(each, 0) for each in cells]
    coded = _reported(table.rows, found.centre, {code for codes in of for code in codes})
    for key, title, codes in coded:
        own = [_cells(each, codes) for each in of]
        yield Row(key, title, _counts(table, own), tuple(_inside(table, codes, own, found)))


def _counts(table: Listed, cells: Sequence[Sequence[Cell]]) -> dict[str, Counts]:
    return merged(added(each, counting.units, COLUMNS) for each, counting in zip(cells, table.counted, strict=True))


def _reported(rows: Rows, centre: Centre, codes: set[str]) -> list[tuple[str, Wording, tuple[str, ...]]]:
    """Identifier, title and the codes that it is stored under, in the order of the table; nothing is left out."""
    lines = list(rows.lines(centre))
    known: dict[str, list[str]] = {}
    for line in lines:
        known.setdefault(line.identifier, []).append(line.key)
    extra = [name for name in rows.names if rows.always or name in codes]
    strange = sorted(code for code in codes if code not in {*rows.names, *(line.key for line in lines), "", UNKNOWN})
    order = list(dict.fromkeys([*known, *extra, *strange]))
    found = [
        (name, title(name, lines, {**rows.rare, **rows.names}), tuple(dict.fromkeys([name, *known.get(name, ())])))
        for name in order
        if name != UNKNOWN
    ]
    left = rows.stands or bool(codes & {"", UNKNOWN})
    return [*found, (rows.key, rows.empty, ("", UNKNOWN))] if left else found


def title(name: str, lines: Sequence[Line], names: Mapping[str, Words]) -> Wording:
    """In the centre's own words where one line alone is reported under it."""
    own = [line for line in lines if line.identifier == name]
    if len(own) == 1:
        printed, usual = str(getattr(own[0], "printed", "")) or own[0].name.uk, names.get(name, own[0].name)
        return Words(printed, own[0].name.en if printed == own[0].name.uk else usual.en)
    return names.get(name, Own(name))


def _inside(table: Listed, codes: Sequence[str], own: Sequence[list[Cell]], found: Found) -> Iterable[Row]:
    if table.inside in DIVISIONS:
        yield from _divided(table, DIVISIONS[table.inside], own, found)
    elif table.inside == "detail":
        yield from _by_line(table, codes, own, found) or _by_detail(table, own, found)


def _divided(table: Listed, by: Rows, own: Sequence[list[Cell]], found: Found) -> Iterable[Row]:
    """Only those where there is something: a table of tables is for reading, too."""
    of = [by_code(each, 1) for each in own]
    for key, name, codes in _reported(by, found.centre, {code for each in of for code in each}):
        cells = [_cells(each, codes) for each in of]
        if any(cells):
            yield Row(key, name, _counts(table, cells))


def _by_line(table: Listed, codes: Sequence[str], own: Sequence[list[Cell]], found: Found) -> list[Row]:
    """Where several lines of the centre are reported under one identifier, each of them; a detail is a row, too."""
    lines = [line for line in table.rows.lines(found.centre) if line.key in codes]
    if len(lines) < 2:  # noqa: PLR2004 - one line is the row itself
        return []
    plain = [[cell for cell in each if cell.codes[1] not in found.details] for each in own]
    detailed = [[cell for cell in each if cell.codes[1] in found.details] for each in own]
    of = [by_code(each, 0) for each in plain]
    rows = [Row(line.key, line.name, _counts(table, [each.get(line.key, []) for each in of])) for line in lines]
    rest = [[cell for cell in each if cell.codes[0] not in {line.key for line in lines}] for each in plain]
    left = [Row(UNKNOWN, NOT_SAID, _counts(table, rest))] if any(rest) else []
    return [*rows, *_by_detail(table, detailed, found), *left]


def _by_detail(table: Listed, own: Sequence[list[Cell]], found: Found) -> list[Row]:
    """One row for words that differ in capitals and spaces alone."""
    of = [by_code(each, 1) for each in own]
    alike: dict[str, list[str]] = {}
    for code in sorted({code for each in of for code in each if code in found.details}, key=found.details.__getitem__):
        alike.setdefault(folded(found.details[code]), []).append(code)
    if not alike:
        return []
    rows = [
        Row(key, Own(found.details[codes[0]]), _counts(table, [_cells(each, codes) for each in of]))
        for key, codes in alike.items()
    ]
    named = {code for codes in alike.values() for code in codes}
    rest = [[cell for cell in each if cell.codes[1] not in named] for each in own]
    return [*rows, Row(UNKNOWN, NOT_SAID, _counts(table, rest))] if any(rest) else rows


def _cells(of: Mapping[str, list[Cell]], codes: Iterable[str]) -> list[Cell]:
    return [cell for code in codes for cell in of.get(code, ())]


def no_lines(_: Centre) -> Sequence[Line]:
    return ()


DISTRICTS: Final = Rows(lambda centre: centre.districts, identifiers.PLACES)
"""The brigade's row stands among them where it has something; «not said» closes the table."""
DIVISIONS: Final[Mapping[str, Rows]] = {
    "district": DISTRICTS,
    "category": Rows(
        lambda centre: centre.categories,
        identifiers.CATEGORIES,
        empty=Words("Без категорії", "No category"),
        key="none",
    ),
}
