"""What may be asked about facts, and what is answered: cells that a table's rows are added up from."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from bot.core.report import Period

Columns = Mapping[str, Period]


@dataclass(frozen=True, slots=True)
class Ask:
    """Of which fact, by which codes, by which days. `once`: a case counts once, however often it has the fact.

    `fact` is a name of storage/facts.py, `basis` one of its BASES. `children`: whether they are counted too.
    """

    fact: str
    by: tuple[str, ...] = ()
    basis: str = "came"
    once: bool = False
    children: bool = False

    @property
    def own(self) -> tuple[str, ...]:
        """What every fact has, apart from its codes."""
        return ("unit", "n", "children" if self.children else "nobody")


@dataclass(frozen=True, slots=True)
class Cell:
    """`codes`: in the order that was asked for, empty for unknown. `within`: the columns that all of it belongs to."""

    codes: tuple[str, ...]
    unit: str
    within: tuple[str, ...]
    cases: int
    times: int
    children: int


_OF_CASES: Final = ("family", "person")


def many(cell: Cell, unit: str) -> int:
    """How many of that unit: families and persons are cases of their own kind, a unit of doing is times."""
    if unit in _OF_CASES:
        return cell.cases if cell.unit == unit else 0
    return {"case": cell.cases, "child": cell.children}.get(unit, cell.times)


def added(cells: Iterable[Cell], units: Sequence[str], columns: Iterable[str]) -> dict[str, dict[str, int]]:
    """By column and unit."""
    sums = {column: dict.fromkeys(units, 0) for column in columns}
    for cell in cells:
        for column in cell.within:
            for unit in units:
                sums[column][unit] += many(cell, unit)
    return sums


def by_code(cells: Iterable[Cell], place: int) -> dict[str, list[Cell]]:
    found: dict[str, list[Cell]] = {}
    for cell in cells:
        found.setdefault(cell.codes[place], []).append(cell)
    return found
