"""No small number of violence can be computed back from a published copy: a solver tries, with all that readers know."""

import json
import random
import re
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from bot.core import texts
from bot.core.centre import Words
from bot.core.lines import Line, Own, Wording
from bot.core.masking import public
from bot.core.report import COLUMNS, Check, Counts, Period, Report, Row, Table, as_json, change
from tests.properties.attack import SAME_DAYS, attack, cells, hidden_in, of_violence, only_small, rows, small

SEEDS = 120
PERIODS = {
    "first quarter": Period(date(2026, 1, 1), date(2026, 3, 31)),
    "second quarter": Period(date(2026, 4, 1), date(2026, 6, 30)),
    "third quarter": Period(date(2026, 7, 1), date(2026, 9, 30)),
    "year": Period(date(2026, 1, 1), date(2026, 12, 31)),
}
QUARTERS = {
    "first quarter": ((4,), (3,), (0,), (4,)),
    "second quarter": ((5,), (4,), (1,), (4, 5)),
    "third quarter": ((6,), (5,), (2,), (4, 5, 6)),
    "year": ((4, 5, 6, 7), (0, 1, 2, 3), (0, 1, 2, 3), (4, 5, 6, 7)),
}
"""Of which of eight quarters value, previous, year ago and year to date are made."""
FORMS = ("physical", "psychological", "economic", "sexual")
NAMED = Words("Таблиця", "Table")
Facts = list[int]
Tree = dict[str, "Tree | dict[str, Facts]"]


class Maker:
    """Of reports in which small numbers and zeros are many, as in a small town."""

    def __init__(self, seed: int, *, districts: int = 0, period: str = "") -> None:
        self.chance = random.Random(seed)
        chosen = self.chance.choice(list(PERIODS))
        self.period = period or chosen
        self.most = self.chance.choice((1, 2, 5, 12, 40))
        self.districts = [f"district_{n}" for n in range(districts or self.chance.randint(1, 4))]

    def report(self) -> Report:
        wanted = [make for make in (self.r4, self.r3, self.r6, self.r7, self.r8, self.r19) if self.chance.random() < 0.7]
        return self.of(self.r1(), *(make() for make in wanted or [self.r6]))

    def of(self, *tables: Table) -> Report:
        return Report("demo", Own("Demo"), PERIODS[self.period], datetime(2027, 1, 5, tzinfo=UTC), tables)

    def r1(self) -> Table:
        return self.table("R1", ("case",), self.leaves("self_referral", "appeal", most=60))

    def r3(self) -> Table:
        return self.table("R3", ("case",), self.leaves(*self.districts, "brigade", "unknown"))

    def r4(self) -> Table:
        inner = self.leaves(*self.districts) if self.chance.random() < 0.6 else ()
        violence = self.whole("dv_survivors", inner) if inner else self.leaf("dv_survivors")
        return self.table("R4", ("case",), (violence, *self.leaves("disability", "low_income", "large_families")))

    def r6(self) -> Table:
        groups = ("woman", "man", "child")
        forms = [self.whole(form, self.leaves(*groups, units=("trip", "child"))) for form in FORMS]
        more = self.leaves("repeat", units=("trip",)) if self.chance.random() < 0.3 else ()
        table = self.table("R6", ("trip", "child"), (*forms, *more), parts=not more)
        return replace(table, total=added(forms))

    def r7(self) -> Table:
        kinds = [self.whole(kind, self.leaves(*self.districts, units=("trip",))) for kind in ("emergency", "planned")]
        table = self.table("R7", ("trip", "minute"), tuple(kinds))
        longest = Row("longest", Own("Longest"), {column: {"minute": 55} for column in COLUMNS})
        return replace(table, rows=(*table.rows, longest))

    def r8(self) -> Table:
        names = ("notify_police", "notify_child_services", "needs_assessment")
        deadlines = [self.whole(name, self.leaves("in_time", "late", "open", units=("deadline",))) for name in names]
        return self.table("R8", ("deadline",), tuple(deadlines))

    def r19(self) -> Table:
        return self.table("R19", ("case",), self.leaves("police", "child_services", "legal_aid", "health"))

    def table(self, key: str, units: tuple[str, ...], inner: Sequence[Row], *, parts: bool = True) -> Table:
        late = Check(False, Line("Out by {n}", {"n": 3}), ("К-4823",))
        return Table(key, NAMED, units, "in_period", tuple(inner), added(inner), late, parts)

    def whole(self, key: str, inner: Sequence[Row]) -> Row:
        return Row(key, Own(key), added(inner), tuple(inner))

    def leaves(self, *keys: str, units: Sequence[str] = ("case",), most: int = 0) -> tuple[Row, ...]:
        return tuple(self.leaf(key, units, most) for key in keys)

    def leaf(self, key: str, units: Sequence[str] = ("case",), most: int = 0) -> Row:
        facts = {unit: [self.number(most or self.most) for _ in range(8)] for unit in units}
        counts = {
            column: {unit: sum(facts[unit][quarter] for quarter in quarters) for unit in units}
            for column, quarters in zip(COLUMNS, QUARTERS[self.period], strict=True)
        }
        return Row(key, Own(key), counts)

    def number(self, most: int) -> int:
        return 0 if self.chance.random() < 0.4 else self.chance.randint(0, most)


def added(inner: Sequence[Row]) -> dict[str, Counts]:
    units = list(dict.fromkeys(unit for row in inner for counts in row.counts.values() for unit in counts))
    return {
        column: {unit: sum(row.counts[column].get(unit) or 0 for row in inner) for unit in units} for column in COLUMNS
    }


def earlier(maker: Maker, seed: int) -> Report | None:
    """Of the same facts."""
    return Maker(seed, period="first quarter").report() if maker.period == "third quarter" else None


def said(wording: Wording) -> str:
    return str(wording)


@pytest.mark.parametrize("seed", range(SEEDS))
def test_no_small_number_can_be_computed_back(seed: int) -> None:
    maker = Maker(seed)
    report = maker.report()
    hidden = hidden_in(public(report))
    assert only_small(report) <= hidden
    assert attack(report, hidden, SAME_DAYS[maker.period], earlier(maker, seed)).disclosed() == []
