"""R7: trips of the mobile brigade, how soon they came, and what became of those whom it went to."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from statistics import median
from typing import Final

from bot.core import identifiers, texts
from bot.core.centre import TRIPS, Words
from bot.core.counting import Ask, added
from bot.core.report import COLUMNS, Check, Counts, Row, Table
from bot.core.tables import checks
from bot.core.tables.found import Answered, Found
from bot.core.tables.listed import Counting, Listed, Rows, merged, no_lines

A_DAY: Final = 24 * 60
"""Minutes within which the brigade helps (CMU 654 of 22.08.2018)."""
WENT: Final = Listed(
    "R7.trips",
    Words("Виїзди", "Trips"),
    Rows(no_lines, {kind: identifiers.VISITS[kind] for kind in TRIPS}, always=True),
    (Counting(Ask("trips", ("code", "district")), ("trip",)),),
    (Counting(Ask("trips"), ("trip",)),),
    inside="district",
)
FAMILIES: Final = ("family", "person")
UNITS: Final = ("trip", *FAMILIES, "minute")


@dataclass(frozen=True, slots=True)
class Brigade:
    id: str = "R7"
    title: Words = Words("Мобільна бригада", "The mobile brigade")
    basis: str = "in_period"
    asks: dict[str, Ask] = field(
        default_factory=lambda: {
            **WENT.asks,
            "R7.cases": Ask("trips", once=True),
            "R7.placed": Ask("placed", once=True),
            "R7.referred": Ask("trips_referred", once=True),
        }
    )

    def made(self, found: Found) -> Table:
        trips = WENT.made(found)
        families = added(found.cells["R7.cases"], FAMILIES, COLUMNS)
        rows = (*trips.rows, *_times(found.answered), *_after(found))
        total = merged([trips.total, families])
        return Table(self.id, self.title, UNITS, self.basis, rows, total, _check(trips, total["value"]), parts=False)


def _times(answered: Iterable[Answered]) -> Iterable[Row]:
    by_column = {column: [each for each in answered if column in each.within] for column in COLUMNS}
    soon = {column: {"trip": sum(each.n for each in own if each.minutes <= A_DAY)} for column, own in by_column.items()}
    known = {column: [each.minutes for each in own for _ in range(each.n)] for column, own in by_column.items()}
    yield Row("within_a_day", Words("Протягом доби", "Within a day"), soon)
    yield Row(
        "median",
        Words("Час до виїзду, медіана, хвилин", "Time to the trip, median, minutes"),
        {column: {"minute": round(median(minutes))} for column, minutes in known.items() if minutes},
    )
    yield Row(
        "longest",
        Words("Найдовше, хвилин", "The longest, minutes"),
        {column: {"minute": max(minutes)} for column, minutes in known.items() if minutes},
    )


def _after(found: Found) -> Iterable[Row]:
    for name, words in (
        ("placed", Words("Влаштовано до притулку", "Given a place in a shelter")),
        ("referred", Words("Передано іншим службам", "Passed on to other bodies")),
    ):
        yield Row(name, words, added(found.cells[f"R7.{name}"], FAMILIES, COLUMNS))


def _check(trips: Table, counts: Counts) -> Check:
    """No fewer trips than cases that had one."""
    went, cases = counts["trip"] or 0, sum(counts[unit] or 0 for unit in FAMILIES)
    if went >= cases:
        return checks.closes(trips)
    return Check(ok=False, note=texts.FEWER_TRIPS(trips=went, cases=cases))


TABLE: Final = Brigade()
