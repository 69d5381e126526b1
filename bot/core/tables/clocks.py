"""R8: deadlines of the profile: how many were due, how many kept; the cases that are late are named."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from bot.core import identifiers, texts
from bot.core.centre import Words
from bot.core.counting import Ask
from bot.core.report import COLUMNS, Check, Counts, Row, Table
from bot.core.tables import checks
from bot.core.tables.found import Clocked, Found

STATES: Final = {
    "in_time": Words("Вчасно", "In time"),
    "late": Words("Із запізненням", "Late"),
    "open_late": Words("Прострочено, триває", "Overdue, still open"),
    "running": Words("Строк ще не минув", "Not over yet"),
}


@dataclass(frozen=True, slots=True)
class Clocks:
    id: str = "R8"
    title: Words = Words("Строки", "Deadlines")
    basis: str = "in_period"
    asks: dict[str, Ask] = field(default_factory=dict)

    def made(self, found: Found) -> Table:
        known = {each.key for each in found.clocked}
        keys = [key for key in found.centre.deadlines if key in known or key in identifiers.DEADLINES]
        rows = tuple(_row(found, key) for key in keys if key != "carer_training")
        total = {column: _sum(found.clocked, column) for column in COLUMNS}
        table = Table(self.id, self.title, ("deadline",), self.basis, rows, total, checks.NONE)
        return checks.checked(table, _check(found, table))


def _row(found: Found, key: str) -> Row:
    own = [each for each in found.clocked if each.key == key]
    inside = tuple(
        Row(state, words, {column: _sum([each for each in own if each.state == state], column) for column in COLUMNS})
        for state, words in STATES.items()
    )
    name = identifiers.DEADLINES.get(key, Words(key, key))
    return Row(key, name, {column: _sum(own, column) for column in COLUMNS}, inside)


def _sum(clocked: Iterable[Clocked], column: str) -> Counts:
    return {"deadline": sum(each.n for each in clocked if column in each.within)}


def _check(found: Found, table: Table) -> Check:
    """Whether it adds up; that something was late is no fault of the table, but it is said."""
    adds, late = checks.closes(table), tuple(found.numbers("late"))
    return Check(adds.ok, texts.LATE_CASES(n=len(late)), late) if adds.ok and late else adds


TABLE: Final = Clocks()
