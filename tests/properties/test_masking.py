"""No small number of violence can be computed back from a published copy: a solver tries, as readers may."""

import json
import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from bot.core import texts
from bot.core.centre import Words
from bot.core.lines import Line, Own, Wording
from bot.core.masking import public
from bot.core.report import COLUMNS, Check, Counts, Period, Report, Row, Table, as_json, change
from tests.properties.attack import SAME_DAYS, attack, hidden_in, only_small, rows, small

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
GROUPS = ("woman", "man", "child")
NAMED = Words("Таблиця", "Table")
Facts = dict[str, list[int]]
"""By unit, of eight quarters."""


class Maker:
    """Of reports in which small numbers and zeros are many, as in a small town."""

    def __init__(self, seed: int, *, districts: int = 0, period: str = "") -> None:
        self.chance = random.Random(seed)
        chosen = self.chance.choice(list(PERIODS))
        self.period = period or chosen
        self.most = self.chance.choice((1, 2, 5, 12, 40))
        self.totals: Facts = {}
        self.districts = [f"district_{n}" for n in range(districts or self.chance.randint(1, 4))]

    def report(self) -> Report:
        wanted = [
            make for make in (self.r4, self.r3, self.r6, self.r7, self.r8, self.r19) if self.chance.random() < 0.7
        ]
        return self.of(self.r1(), *(make() for make in wanted or [self.r6]))

    def of(self, *tables: Table) -> Report:
        return Report("demo", Own("Demo"), PERIODS[self.period], datetime(2027, 1, 5, tzinfo=UTC), tables)

    def r1(self) -> Table:
        return self.table("R1", ("case",), self.shared("case", "self_referral", "appeal"))

    def r3(self) -> Table:
        return self.table("R3", ("case",), self.shared("case", *self.districts, "brigade", "unknown"))

    def r4(self) -> Table:
        inner = self.districts if self.chance.random() < 0.6 else ["dv_survivors"]
        rows = self.shared("case", *inner, "disability", "low_income", "large_families")
        violence = (self.whole("dv_survivors", rows[: len(inner)]),) if len(inner) > 1 else rows[:1]
        return self.table("R4", ("case",), (*violence, *rows[len(inner) :]))

    def r6(self) -> Table:
        groups, children = self.shared("trip", *GROUPS * 4), self.leaves(*GROUPS * 4, units=("child",))
        each = [both(one, other) for one, other in zip(groups, children, strict=True)]
        forms = [self.whole(form, each[3 * n : 3 * n + 3]) for n, form in enumerate(FORMS)]
        more = self.leaves("repeat", units=("trip",)) if self.chance.random() < 0.3 else ()
        table = self.table("R6", ("trip", "child"), (*forms, *more), parts=not more)
        return replace(table, total=added(forms))

    def r7(self) -> Table:
        rows, half = self.shared("trip", *self.districts * 2), len(self.districts)
        kinds = (self.whole("emergency", rows[:half]), self.whole("planned", rows[half:]))
        longest = Row("longest", Own("Longest"), {column: {"minute": 55} for column in COLUMNS})
        return replace(self.table("R7", ("trip", "minute"), kinds), rows=(*kinds, longest))

    def shared(self, unit: str, *keys: str) -> tuple[Row, ...]:
        """As many in all as in the other tables of this unit."""
        if unit not in self.totals:
            self.totals[unit] = [sum(self.number(self.most) for _ in keys) for _ in range(8)]
        weights = [self.chance.choice((0, 1, 1, 3)) for _ in keys[1:]]
        found = [[0] * 8 for _ in keys]
        for quarter, total in enumerate(self.totals[unit]):
            for n in self.chance.choices(range(len(keys)), [1, *weights], k=total):
                found[n][quarter] += 1
        return tuple(self.row(key, {unit: facts}) for key, facts in zip(keys, found, strict=True))

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
        return self.row(key, facts)

    def row(self, key: str, facts: Facts) -> Row:
        counts = {
            column: {unit: sum(facts[unit][quarter] for quarter in quarters) for unit in facts}
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


def both(one: Row, other: Row) -> Row:
    return replace(one, counts={column: {**one.counts[column], **other.counts[column]} for column in COLUMNS})


def said(wording: Wording) -> str:
    return str(wording)


@pytest.mark.parametrize("seed", range(SEEDS))
def test_no_small_number_can_be_computed_back(seed: int) -> None:
    maker = Maker(seed)
    report = maker.report()
    hidden = hidden_in(public(report))
    assert only_small(report) <= hidden
    assert attack(report, hidden, SAME_DAYS[maker.period]).disclosed() == []


@pytest.mark.parametrize("seed", range(SEEDS))
def test_nor_can_it_from_a_copy_of_an_earlier_quarter_beside_it(seed: int) -> None:
    report, before = Maker(seed, period="third quarter").report(), Maker(seed, period="first quarter").report()
    hidden = hidden_in(public(report))
    assert attack(report, hidden, SAME_DAYS["third quarter"], before, guesses=False).disclosed() == []


@pytest.mark.parametrize("seed", range(SEEDS))
def test_nor_from_the_copy_of_the_quarter_before(seed: int) -> None:
    report, last = Maker(seed, period="second quarter").report(), Maker(seed, period="first quarter").report()
    hidden = hidden_in(public(report))
    assert attack(report, hidden, SAME_DAYS["second quarter"], last=last, guesses=False).disclosed() == []


def test_what_is_told_by_a_small_number_alone_hidden_the_solver_finds() -> None:
    told = 0
    for seed in range(20):
        maker = Maker(seed)
        report = maker.report()
        told += bool(attack(report, only_small(report), SAME_DAYS[maker.period]).disclosed())
    assert told >= 15


def test_a_small_number_may_mostly_be_anything_that_is_small() -> None:
    wide = []
    for seed in (2, 3, 4, 9, 10):
        maker = Maker(seed)
        report = maker.report()
        attacked = attack(report, hidden_in(public(report)), SAME_DAYS[maker.period])
        ranges = [attacked.range(at) for at in attacked.hidden if small(at, attacked.truth[at])]
        wide += [most - least >= 2 for least, most in ranges]
    assert len(wide) > 100
    assert sum(wide) > 0.9 * len(wide)


def test_what_is_of_violence_and_small_is_nowhere_in_the_json() -> None:
    for seed in range(40):
        report = Maker(seed).report()
        for true, shown in zip(report.tables, as_json(public(report), said)["tables"], strict=True):
            for (path, row), printed in zip(rows(true.rows), printed_rows(shown["rows"]), strict=True):
                for column, counts in row.counts.items():
                    for unit, many in counts.items():
                        if small((true.id, path, column, unit), many):
                            assert number(printed[column], unit) is None
                            assert column in printed["masked"]


def printed_rows(inner: Sequence[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for row in inner:
        yield row
        yield from printed_rows(row["rows"])


def number(printed: int | dict[str, int | None] | None, unit: str) -> int | None:
    return printed[unit] if isinstance(printed, dict) else printed


def row(key: str, *numbers: int, of: tuple[Row, ...] = ()) -> Row:
    """Of a first quarter: value, previous, year ago."""
    value, previous, year_ago = (*numbers, 0, 0, 0)[:3]
    counts = zip(COLUMNS, (value, previous, year_ago, value), strict=True)
    return Row(key, Own(key), {column: {"trip": many} for column, many in counts}, of)


def published(*tables: Table) -> dict[str, Any]:
    maker = Maker(1, period="first quarter")
    return as_json(public(maker.of(*tables)), said)


def trips(*inner: Row, table: str = "R7") -> Table:
    return Maker(1).table(table, ("trip",), inner)


def values(printed: dict[str, Any]) -> list[int | None]:
    return [each["value"] for each in printed_rows(printed["rows"])]


def test_one_small_number_takes_the_smallest_large_one_along() -> None:
    (table,) = published(trips(row("left", 3), row("right", 40), row("middle", 12), row("none", 0)))["tables"]
    assert values(table) == [None, 40, None, 0]
    assert table["total"] == 55


def test_the_only_row_takes_the_total_along() -> None:
    (table,) = published(trips(row("left", 3)))["tables"]
    assert values(table) == [None]
    assert table["total"] is table["totals"]["value"] is table["totals"]["year_to_date"] is None
    assert table["masked"] == ["value", "year_to_date"]


def test_nothing_but_zeros_stays() -> None:
    (table,) = published(trips(*(row(form) for form in FORMS), table="R6"))["tables"]
    assert values(table) == [0, 0, 0, 0]
    assert table["total"] == 0
    assert "masked" not in table


def test_where_there_are_few_in_all_no_part_is_shown() -> None:
    (table,) = published(trips(row("physical", 3), row("sexual"), row("economic", 1), table="R6"))["tables"]
    assert values(table) == [None, None, None]
    assert [each["key"] for each in table["rows"]] == ["physical", "sexual", "economic"]


def test_difference_and_per_cent_of_what_is_hidden_are_not_told() -> None:
    copy = published(trips(row("left", 3, 20), row("right", 40, 50), row("middle", 12, 13)))["tables"][0]["rows"]
    assert change(copy[0]["value"], copy[0]["previous"]) == (None, None)
    assert change(copy[1]["value"], copy[1]["previous"]) == (-10, -20)


def test_the_same_number_in_another_table_is_hidden_there() -> None:
    first, second = published(trips(row("physical", 3), table="R6"), trips(row("left", 3), table="R7"))["tables"]
    assert first["total"] is second["total"] is None


def test_tables_of_something_else_stay_as_they_are() -> None:
    maker = Maker(3)
    report = maker.of(trips(row("psychological", 2), row("legal", 1), table="R14"), trips(row("left", 3)))
    assert public(report).tables[0].rows == report.tables[0].rows
    assert public(report).tables[0].total == report.tables[0].total


def test_checks_and_corrections_have_no_figures_and_no_numbers_of_cases() -> None:
    maker = Maker(1)
    report = replace(maker.of(maker.r6(), trips(row("R6", 7), table="R22")), changes=(Own("R6: 3, was 4"),))
    copy = public(report)
    assert {table.check for table in copy.tables} == {Check(False, texts.REPORT_OUT)}
    assert copy.tables[1].rows == ()
    assert copy.changes == (texts.REPORT_CORRECTED,)
    assert "К-4823" not in json.dumps(as_json(copy, said), ensure_ascii=False)


def test_how_long_it_took_is_hidden_where_there_were_few() -> None:
    took = {column: {"minute": 55} for column in COLUMNS}
    for trips_made, longest in ((3, None), (9, 55)):
        inner = (row("emergency", trips_made), Row("longest", Own("Longest"), took))
        copy = public(Maker(1, period="year").of(Maker(1).table("R7", ("trip", "minute"), inner)))
        assert copy.tables[0].rows[1].counts["value"]["minute"] == longest


def test_a_copy_is_not_copied_again_and_comes_out_the_same_twice() -> None:
    report = Maker(9).report()
    assert public(public(report)) == public(report) == public(Maker(9).report())


def test_a_year_of_a_large_centre_is_masked_in_a_moment() -> None:
    maker = Maker(4, districts=8, period="second quarter")
    names = {3: "brigade", 4: "dv_survivors", 5: "violence", 8: "notify_police"}
    tables = [
        maker.table(f"R{n}", ("case",), [
            maker.whole(names.get(n, "row_0") if not k else f"row_{k}", maker.leaves(*maker.districts))
            for k in range(20)
        ])
        for n in range(1, 22)
    ]  # fmt: skip
    began = time.process_time()
    public(maker.of(*tables))
    assert time.process_time() - began < 1, "about 0.2 s on an idle machine"
