"""Which other times are offered: open, awake, free, from tomorrow, and not six times the same."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core import profile, slots
from bot.core.centre import Centre, Hours

OURS = replace(
    profile.load(profile.find("demo")),
    hours=(Hours(frozenset(range(5)), time(8), time(20)),),
    holidays=frozenset({date(2026, 12, 25), date(2027, 1, 1)}),
    working_days=frozenset(),
)
NIGHTS = replace(OURS, hours=(Hours(frozenset(range(7)), time(0), time(0)),), holidays=frozenset())
SHORT = replace(OURS, hours=(Hours(frozenset({0}), time(8), time(8, 30)),))
MONDAY = datetime(2026, 11, 23, 9, tzinfo=UTC)


def at(text: str, centre: Centre = OURS) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=centre.zone).astimezone(UTC)


def said(found: list[datetime], centre: Centre = OURS) -> list[str]:
    return [f"{centre.wall_clock(each):%m-%d %H:%M}" for each in found]


def test_one_a_day_in_the_morning_afternoon_evening_and_at_noon() -> None:
    assert said(slots.free(OURS, [], MONDAY)) == [
        "11-24 10:00", "11-25 14:00", "11-26 17:00", "11-27 12:00", "11-30 10:00", "12-01 14:00",
    ]  # fmt: skip


def test_what_is_taken_is_not_offered_nor_what_would_run_into_it() -> None:
    busy = [at("2026-11-24T10:00"), at("2026-11-25T13:30")]
    assert said(slots.free(OURS, busy, MONDAY))[:2] == ["11-24 09:00", "11-25 14:30"]


def test_where_few_days_are_left_there_are_more_of_each() -> None:
    away = {date(2026, 11, 24) + timedelta(days=n) for n in range(12)}
    assert said(slots.free(OURS, [], MONDAY, away=away)) == [
        "12-07 08:00", "12-07 08:30", "12-07 10:00", "12-07 12:00", "12-07 14:00", "12-07 17:00",
    ]  # fmt: skip


def test_a_centre_that_never_sleeps_sends_nobody_at_night() -> None:
    found = [NIGHTS.wall_clock(each).time() for each in slots.free(NIGHTS, [], MONDAY)]
    assert found
    assert all(time(8) <= each <= time(20) for each in found)


def test_where_no_visit_fits_nothing_is_offered() -> None:
    assert slots.free(SHORT, [], MONDAY) == []


@pytest.mark.parametrize("day", ["2026-03-27", "2026-10-23"])
def test_hours_are_those_of_the_wall_on_both_sides_of_the_change(day: str) -> None:
    found = slots.free(OURS, [], at(f"{day}T11:00"))
    assert [each[-5:] for each in said(found)] == ["10:00", "14:00", "17:00", "12:00", "10:00", "14:00"]


@given(
    st.lists(st.integers(0, 14 * 48).map(lambda n: MONDAY + timedelta(minutes=30 * n)), max_size=200),
    st.integers(0, 10_000).map(lambda n: MONDAY + timedelta(minutes=n)),
)
def test_whatever_is_offered_may_be_taken(busy: list[datetime], now: datetime) -> None:
    found = slots.free(OURS, busy, now)
    assert len(set(found)) == len(found) <= slots.MOST
    assert found == sorted(found)
    for each in found:
        assert slots.offered(OURS, each, now)
        assert OURS.open_at(each)
        assert OURS.wall_clock(each).date() > OURS.wall_clock(now).date()
        assert all(abs(each - other) >= timedelta(minutes=OURS.visit_minutes) for other in busy)


def test_of_a_made_up_moment_nothing_is_believed() -> None:
    for text in ("2026-11-23T14:00", "2026-11-29T14:00", "2026-11-24T19:30", "2026-11-24T10:10", "2026-12-25T10:00"):
        assert not slots.offered(OURS, at(text), MONDAY)
    assert slots.offered(OURS, at("2026-11-24T10:30"), MONDAY)
