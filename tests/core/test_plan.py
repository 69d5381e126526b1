"""The year's plan: which days a row has, who answers for it, and what the figures of the year are."""

import csv
import io
import json
import os
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core import plan, sheets
from bot.core.plan import COUNTER, COUNTERS, DATED, RESPONSIBLE, RHYTHMS, TRIGGER, TRIGGERS, Item, Mark, Rhythm, Row
from bot.core.profile import find, load

CENTRE = load(find("demo"))
TODAY = date(2026, 11, 23)
SEEDS = Path(os.environ.get("PORUCH_SHARED", Path(__file__).parents[3] / "shared")) / "seeds" / "pokrov_plan.json"


def days(key: str, *, year: int = 2026, on: str = "last", holidays: Sequence[date] = ()) -> list[str]:
    centre = replace(CENTRE, holidays=frozenset(holidays))
    return [f"{day:%m-%d}" for day in plan.rhythm(key, year, centre, on).days]


@pytest.mark.parametrize(
    ("key", "found"),
    [
        ("quarterly", ["03-31", "06-30", "09-30", "12-31"]),
        ("june_december", ["06-30", "12-31"]),
        ("december", ["12-31"]),
        ("may", ["05-29"]),
        ("february;october", ["02-27", "10-30"]),
        ("2026-03-08", ["03-08"]),
        ("2026-12-06;june;2026-03-05", ["03-05", "06-30", "12-06"]),
        ("monthly", ["01-30", "02-27", "03-31", "04-30", "05-29", "06-30", "07-31", "08-31", "09-30", "10-30", "11-30",
                     "12-31"]),
    ],
)  # fmt: skip
def test_a_period_ends_with_its_last_working_day(key: str, found: list[str]) -> None:
    assert days(key) == found


def test_it_is_the_first_working_day_where_the_profile_says_so() -> None:
    assert days("quarterly", on="first") == ["01-01", "04-01", "07-01", "10-01"]
    assert days("june_december", on="first", holidays=[date(2026, 6, 1)]) == ["06-02", "12-01"]


def test_a_weekly_row_has_every_monday_and_a_monday_off_moves_to_the_next_working_day() -> None:
    assert len(days("weekly_monday")) == 52
    assert len(days("weekly_monday", year=2029)) == 53
    moved = days("weekly_monday", holidays=[date(2026, 1, 5), date(2026, 1, 6), date(2026, 12, 28)])
    assert moved[0] == "01-07"
    assert moved[-1] == "12-29"
    whole = [date(2026, 12, 28) + timedelta(days=n) for n in range(4)]
    assert days("weekly_monday", holidays=whole)[-1] == "12-21"


def test_where_nobody_works_in_a_period_it_is_the_periods_own_end() -> None:
    december = [date(2026, 12, 1) + timedelta(days=n) for n in range(31)]
    assert days("december", holidays=december) == ["12-31"]
    assert days("december", on="first", holidays=december) == ["12-01"]


@given(
    st.sampled_from([key for key in RHYTHMS if key not in TRIGGERS and key not in COUNTERS]),
    st.integers(2000, 2100),
    st.sets(st.integers(0, 365), max_size=60),
    st.sampled_from(("first", "last")),
)
def test_every_day_of_a_rule_is_a_working_day_of_its_year_and_stands_once(
    key: str, year: int, off: set[int], on: str
) -> None:
    centre = replace(CENTRE, holidays=frozenset(date(year, 1, 1) + timedelta(days=n) for n in off))
    found = plan.dates(key, year, centre, on)
    assert len(set(found)) == len(found)
    assert list(found) == sorted(found)
    assert all(day.year == year for day in found)
    working = [day for day in found if centre.works_on(day)]
    months = {day.month for day in found}
    assert working == list(found) or any(not any(centre.works_on(date(year, month, d)) for d in range(1, 29))
                                         for month in months)  # fmt: skip


def test_every_other_periodicity_waits_or_counts_for_a_reason() -> None:
    for key in TRIGGERS:
        assert plan.rhythm(key, 2026, CENTRE) == Rhythm(TRIGGER, key)
    for key in COUNTERS:
        assert plan.rhythm(key, 2026, CENTRE) == Rhythm(COUNTER, key)
    assert all((*TRIGGERS.values(), *COUNTERS.values()))
    assert TRIGGERS.keys().isdisjoint(COUNTERS)


@pytest.mark.parametrize(
    ("word", "said"),
    [
        ("someday", "«someday» is unknown; allowed: weekly_monday, monthly"),
        ("2025-03-05", "2025-03-05 is in another year; allowed: days of 2026"),
        ("monthly;on_request", "«on_request» stands beside something else; allowed: it alone, or days"),
        (";", "nothing stands here; allowed: weekly_monday"),
        ("2026-02-30", "«2026-02-30» is unknown"),
    ],
)
def test_a_periodicity_that_is_none_is_told_with_what_is_allowed(word: str, said: str) -> None:
    with pytest.raises(sheets.Wrong) as wrong:
        plan.rhythm(word, 2026, CENTRE)
    assert str(wrong.value).startswith(said)


@pytest.mark.parametrize(
    ("words", "roles"),
    [
        ("director", ("head",)),
        ("director, deputy", ("head", "deputy")),
        ("Директор; заступник директора", ("head", "deputy")),
        ("specialist (foster care)", ("foster_care",)),
        ("specialist, psychologist or other", ("specialist", "psychologist")),
        ("director, other staff", ("head", *(role for role in plan.EVERYBODY if role != "head"))),
        ("other", ()),
    ],
)
def test_how_a_plan_names_people_is_one_of_our_roles(words: str, roles: tuple[str, ...]) -> None:
    assert plan.responsible(words) == roles


def test_somebody_whom_we_do_not_know_is_told_with_all_whom_we_do() -> None:
    with pytest.raises(sheets.Wrong) as wrong:
        plan.responsible("director, accountant")
    assert str(wrong.value) == f"«accountant» is unknown; allowed: {', '.join(RESPONSIBLE)}"
    with pytest.raises(sheets.Wrong):
        plan.responsible(" , ")


def test_a_bad_plan_is_told_row_by_row() -> None:
    body = "item,title,periodicity,responsible\n1,A,monthly,director\n1.a,,sometimes,nobody\n1,B,monthly,director\n"
    with pytest.raises(sheets.Unfit) as unfit:
        sheets.read(body.encode(), plan.table(2026, CENTRE), file="p.csv")
    assert [(fault.line, fault.column) for fault in unfit.value.faults] == [
        (3, "item"), (3, "title"), (3, "periodicity"), (3, "responsible"), (4, "item"),
    ]  # fmt: skip


@pytest.mark.skipif(not SEEDS.exists(), reason="the published plan is not beside this tree")
def test_the_published_plan_can_be_written_as_such_a_table() -> None:
    published = json.loads(SEEDS.read_text(encoding="utf-8"))["tables"]["staff_plan_periodicity"]["rows"]
    body = io.StringIO(newline="")
    lines = csv.writer(body)
    lines.writerow(("item", "title", "periodicity", "responsible", "term"))
    for each in published:
        lines.writerow((each["item"], each["uk"], each["key"], each["responsible_role"], each["term_uk"]))
    read = sheets.read(body.getvalue().encode(), plan.table(2025, CENTRE), file="plan.csv")
    rows = [plan.row(values) for values in read]
    assert [(row.item, row.title, row.rhythm.key, row.term) for row in rows] == [
        (each["item"], each["uk"], each["key"], each["term_uk"]) for each in published
    ]
    kinds = [row.rhythm.kind for row in rows]
    assert (len(rows), kinds.count(DATED), kinds.count(TRIGGER), kinds.count(COUNTER)) == (32, 9, 11, 12)


def item(number: str, rhythm: Rhythm, *marks: Mark, closed: bool = False, since: date = date.min) -> Item:
    return Item(1, Row(number, "A", rhythm, ("head",)), marks, closed, since)


def test_the_figures_say_what_was_done_not_done_overdue_and_ahead() -> None:
    dated = Rhythm(DATED, "monthly", tuple(date(2026, month, 15) for month in (1, 8, 9, 10, 11, 12)))
    marks = (Mark(1, "date", date(2026, 9, 15), "done"), Mark(2, "date", date(2026, 10, 15), "not_done"))
    (counts,) = plan.figures([item("1", dated, *marks, since=date(2026, 8, 1))], TODAY)
    assert (counts.done, counts.not_done, counts.overdue, counts.ahead) == (1, 1, 2, 1)


def test_what_was_marked_counts_on_when_the_plan_has_the_row_no_more() -> None:
    dated = Rhythm(DATED, "december", (date(2026, 11, 20), date(2026, 12, 31)))
    marks = (Mark(1, "date", date(2026, 3, 31), "done"), Mark(2, "event", None, "open"))
    (counts,) = plan.figures([item("1", dated, *marks, closed=True)], TODAY)
    assert (counts.done, counts.overdue, counts.ahead) == (1, 0, 0)


def test_a_counter_is_counted_by_quarter_and_by_year() -> None:
    marks = tuple(Mark(n, "count", date(2026, month, 1), "done", n) for n, month in enumerate((9, 10, 11), 1))
    (counts,) = plan.figures([item("1", Rhythm(COUNTER, "year_round"), *marks)], TODAY)
    assert (counts.quarter, counts.year, counts.done) == (5, 6, 0)


def test_an_event_without_a_day_is_ahead_until_it_is_done() -> None:
    waits, done = Mark(1, "event", None, "open"), Mark(2, "event", date(2026, 11, 1), "done")
    late = Mark(3, "event", date(2026, 11, 2), "open")
    (counts,) = plan.figures([item("1", Rhythm(TRIGGER, "on_request"), waits, done, late)], TODAY)
    assert (counts.done, counts.overdue, counts.ahead) == (1, 1, 1)


def test_items_stand_in_the_order_of_their_numbers() -> None:
    every = [item(number, Rhythm(COUNTER, "")) for number in ("10.1", "2.10", "2", "2.9")]
    assert [each.item.row.item for each in plan.figures(every, TODAY)] == ["2", "2.9", "2.10", "10.1"]


@pytest.mark.parametrize(("day", "first", "last"), [
    (date(2026, 1, 1), date(2026, 1, 1), date(2026, 3, 31)),
    (date(2028, 2, 29), date(2028, 1, 1), date(2028, 3, 31)),
    (date(2026, 12, 31), date(2026, 10, 1), date(2026, 12, 31)),
])  # fmt: skip
def test_quarters(day: date, first: date, last: date) -> None:
    assert plan.quarter(day) == (first, last)
    assert plan.month(day)[0] <= day <= plan.month(day)[1]
