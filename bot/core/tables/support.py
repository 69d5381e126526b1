"""R10: how support began and ended; start + opened − closed is what is there at the end, in every unit."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from bot.core import texts
from bot.core.centre import Words
from bot.core.counting import Ask
from bot.core.lines import Wording, rows
from bot.core.report import COLUMNS, Check, Counts, Row, Table
from bot.core.tables import checks
from bot.core.tables.found import Found
from bot.core.tables.listed import DISTRICTS, Counting, Listed

UNITS: Final = ("family", "person", "child")
FLOW: Final[Mapping[str, tuple[str, Words]]] = {
    "start": ("at_start", Words("На початок періоду", "At the start")),
    "opened": ("came", Words("Узято протягом періоду", "Taken on")),
    "closed": ("went", Words("Завершено протягом періоду", "Ended")),
    "end": ("at_end", Words("На кінець періоду", "At the end")),
}
"""Rows, and by which days a case of support belongs to them."""
SERVED: Final = Words("Отримували протягом періоду", "Had it during the period")


def _flow(name: str) -> Listed:
    basis, words = FLOW[name]
    by, whole = Ask("support", ("district",), basis, True, True), Ask("support", (), basis, True, True)  # noqa: FBT003 - once, with children
    return Listed(f"R10.{name}", words, DISTRICTS, (Counting(by, UNITS),), (Counting(whole, UNITS),))


@dataclass(frozen=True, slots=True)
class Support:
    id: str = "R10"
    title: Words = Words("Рух соціального супроводу", "The flow of support")
    basis: str = "in_period"
    asks: dict[str, Ask] = field(
        default_factory=lambda: {name: ask for flow in FLOW for name, ask in _flow(flow).asks.items()}
    )

    def made(self, found: Found) -> Table:
        tables = {name: _flow(name).made(found) for name in FLOW}
        rows = {name: _row(name, table) for name, table in tables.items()}
        served = _served(tables["start"], tables["opened"])
        every = (rows["start"], rows["opened"], served, rows["closed"], rows["end"])
        return Table(self.id, self.title, UNITS, self.basis, every, {}, _check(tables), parts=False)


def _row(name: str, table: Table) -> Row:
    return Row(name, table.title, table.total, tuple(filter(_something, table.rows)))


def _something(row: Row) -> bool:
    return any(any(counts.values()) for counts in row.counts.values())


def _served(start: Table, opened: Table) -> Row:
    """By district too: those whom the support had at the start, and those who were taken on."""
    first, second = ({row.key: row for row in table.rows} for table in (start, opened))
    both = [replace(row, counts=_both(first[key].counts, row.counts)) for key, row in second.items() if key in first]
    alone = [row for key, row in {**first, **second}.items() if (key in first) != (key in second)]
    inside = (*both, *alone)
    return Row("served", SERVED, _both(start.total, opened.total), tuple(filter(_something, inside)))


def _both(first: Mapping[str, Counts], second: Mapping[str, Counts]) -> dict[str, Counts]:
    return {
        column: {unit: (first[column][unit] or 0) + (second[column][unit] or 0) for unit in UNITS} for column in COLUMNS
    }


def _check(tables: Mapping[str, Table]) -> Check:
    """In every column and every unit."""
    broken: list[Wording] = []
    for column in COLUMNS:
        for unit in UNITS:
            start, opened, closed, end = (tables[name].total[column][unit] or 0 for name in FLOW)
            if (adds := start + opened - closed) != end:
                broken.append(
                    texts.FLOW_BROKEN(
                        start=start, opened=opened, closed=closed, sum=adds, end=end, difference=end - adds
                    )
                )
    found = [gap for table in tables.values() for gap in checks.gaps(table)]
    return Check(ok=False, note=rows(*broken)) if broken else checks.told(found)


TABLE: Final = Support()
