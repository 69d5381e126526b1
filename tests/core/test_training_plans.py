"""A carer's plan: by hand, month by month."""

from datetime import date

import pytest

from bot.core import training_plans
from bot.core.centre import TrainingNorm
from bot.core.training_plans import Earned


def norm(hours: int = 30, months: int = 24) -> TrainingNorm:
    return TrainingNorm("foster_parents", hours, months, "", "P", None)


def d(text: str) -> date:
    return date.fromisoformat(text)


@pytest.mark.parametrize(
    ("joined", "months", "due"),
    [
        ("2026-11-23", 24, "2028-11-23"),
        ("2026-01-31", 1, "2026-02-28"),
        ("2028-01-31", 1, "2028-02-29"),
        ("2026-08-31", 6, "2027-02-28"),
        ("2026-10-31", 13, "2027-11-30"),
        ("2024-02-29", 12, "2025-02-28"),
        ("2024-02-29", 24, "2026-02-28"),
        ("2024-02-29", 48, "2028-02-29"),
        ("2026-12-31", 2, "2027-02-28"),
    ],
)
def test_a_cycle_ends_so_many_months_after_it_began(joined: str, months: int, due: str) -> None:
    assert training_plans.plan(norm(months=months), d(joined), []).due == d(due)


@pytest.mark.parametrize(
    ("earned", "done", "left", "due", "completed"),
    [
        ([], 0, 30, "2028-11-23", None),
        ([("2027-01-10", 4), ("2027-02-10", 6)], 10, 20, "2028-11-23", None),
        # Complete: the next cycle begins on that day, and what was beyond is not carried.
        ([("2027-01-10", 29), ("2027-03-31", 6)], 0, 30, "2029-03-31", "2027-03-31"),
        ([("2027-01-10", 30), ("2027-03-31", 6)], 6, 24, "2029-01-10", "2027-01-10"),
        # Two whole cycles.
        ([("2027-01-10", 30), ("2028-01-31", 40), ("2028-02-29", 1)], 1, 29, "2030-01-31", "2028-01-31"),
        # Late, and complete all the same.
        ([("2029-05-05", 30)], 0, 30, "2031-05-05", "2029-05-05"),
        # In any order.
        ([("2027-03-31", 6), ("2027-01-10", 29)], 0, 30, "2029-03-31", "2027-03-31"),
        # Before joining only what completes a cycle counts.
        ([("2026-05-05", 20)], 0, 30, "2028-11-23", None),
        ([("2026-05-05", 20), ("2026-12-05", 15)], 15, 15, "2028-11-23", None),
        ([("2025-05-05", 36), ("2026-12-05", 5)], 5, 25, "2027-05-05", "2025-05-05"),
        ([("2024-05-05", 36), ("2026-02-05", 8)], 8, 22, "2026-05-05", "2024-05-05"),
    ],
)
def test_hours_are_counted_in_the_cycle_that_runs(
    earned: list[tuple[str, int]], done: int, left: int, due: str, completed: str | None
) -> None:
    found = training_plans.plan(norm(), d("2026-11-23"), [Earned(d(on), hours) for on, hours in earned])
    assert (found.done, found.left, found.due) == (done, left, d(due))
    assert found.completed == (d(completed) if completed else None)


def test_it_is_overdue_the_day_after_its_last_day() -> None:
    found = training_plans.plan(norm(), d("2026-11-23"), [])
    assert not found.overdue(d("2028-11-23"))
    assert found.overdue(d("2028-11-24"))
    assert found.days_left(d("2028-08-25")) == 90
    assert found.warned_on() == {90: d("2028-08-25"), 60: d("2028-09-24"), 30: d("2028-10-24")}


@pytest.mark.parametrize(("done", "bar"), [(0, "░░░░░░░░░░"), (12, "████░░░░░░"), (29, "█████████░")])
def test_the_bar_is_full_only_when_the_hours_are(done: int, bar: str) -> None:
    earned = [Earned(d("2027-01-10"), done)] if done else []
    assert training_plans.plan(norm(), d("2026-11-23"), earned).bar == bar


def test_of_several_plans_the_one_that_ends_first_counts() -> None:
    plans = [training_plans.plan(norm(months=months), d("2026-11-23"), []) for months in (24, 12, 36)]
    assert training_plans.nearest(plans) is plans[1]
    assert training_plans.nearest([]) is None
