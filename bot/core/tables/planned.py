"""R21: the year's plan of the staff: done, not done, overdue, still ahead, by the last day of each column."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from bot.core import plan, texts
from bot.core.centre import Words
from bot.core.counting import Ask
from bot.core.report import COLUMNS, Check, Counts, Row, Table
from bot.core.tables.found import Found

STATES: Final[Mapping[str, Words]] = {
    "done": Words("Виконано", "Done"),
    "not_done": Words("Не виконано", "Not done"),
    "overdue": Words("Прострочено", "Overdue"),
    "ahead": Words("Попереду", "Ahead"),
}


@dataclass(frozen=True, slots=True)
class Planned:
    id: str = "R21"
    title: Words = Words("Виконання плану", "The plan")
    basis: str = "as_of"
    asks: dict[str, Ask] = field(default_factory=dict)

    def made(self, found: Found) -> Table:
        by_column = {column: _counts(found, column) for column in COLUMNS}
        rows = tuple(
            Row(state, words, {column: {"item": counts[state]} for column, counts in by_column.items()})
            for state, words in STATES.items()
        )
        total: dict[str, Counts] = {column: {"item": sum(counts.values())} for column, counts in by_column.items()}
        return Table(self.id, self.title, ("item",), self.basis, rows, total, Check(ok=True, note=texts.ADDS_UP))


def _counts(found: Found, column: str) -> dict[str, int]:
    last = found.columns[column].last
    figures = plan.figures(found.plans.get(column, ()), last)
    return {state: sum(getattr(each, state) for each in figures) for state in STATES}


TABLE: Final = Planned()
