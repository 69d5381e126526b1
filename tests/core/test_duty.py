"""Who is on duty when: the week, the days that differ, leave, and both clock changes."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core import duty
from bot.core.duty import Leave, OneDay, Roster, Shift, Span, Standing, Watcher

KYIV = ZoneInfo("Europe/Kyiv")
MONDAY = date(2026, 11, 23)
DAYS = Roster(tuple(Shift(weekday, 8 * 60, 20 * 60) for weekday in range(5)))
NIGHTS = Roster(tuple(Shift(weekday, 20 * 60, 32 * 60) for weekday in range(7)))
SPRING, AUTUMN = date(2027, 3, 28), date(2026, 10, 25)
"""Sundays on which the clock goes from 3 to 4, and from 4 back to 3."""


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=KYIV).astimezone(UTC)


@pytest.mark.parametrize(
    ("roster", "moment", "on", "until"),
    [
        (DAYS, "2026-11-23T07:59", False, None),
        (DAYS, "2026-11-23T08:00", True, "2026-11-23T20:00"),
        (DAYS, "2026-11-23T19:59", True, "2026-11-23T20:00"),
        (DAYS, "2026-11-23T20:00", False, None),
        (DAYS, "2026-11-28T12:00", False, None),
        (NIGHTS, "2026-11-23T03:00", True, "2026-11-23T08:00"),
        (NIGHTS, "2026-11-23T23:59", True, "2026-11-24T08:00"),
        (Roster((Shift(0, 480, 720, "a"), Shift(0, 720, 960, "b"))), "2026-11-23T09:00", True, "2026-11-23T12:00"),
        (Roster((*DAYS.shifts,), (OneDay(MONDAY, off=True),)), "2026-11-23T12:00", False, None),
        (Roster((*NIGHTS.shifts,), (OneDay(MONDAY, off=True),)), "2026-11-23T03:00", True, "2026-11-23T08:00"),
        (Roster(DAYS.shifts, (OneDay(date(2026, 11, 28), starts=600, ends=660),)), "2026-11-28T10:30", True,
         "2026-11-28T11:00"),
        (Roster(DAYS.shifts, (), (Leave(MONDAY, MONDAY),)), "2026-11-23T12:00", False, None),
        (Roster(DAYS.shifts, (), (Leave(MONDAY, MONDAY),)), "2026-11-24T12:00", True, "2026-11-24T20:00"),
        (Roster(NIGHTS.shifts, (), (Leave(MONDAY, MONDAY),)), "2026-11-22T23:00", True, "2026-11-23T00:00"),
        (Roster(DAYS.shifts, (), (Leave(MONDAY, MONDAY, at("2026-11-23T10:00")),)), "2026-11-23T12:00", True,
         "2026-11-23T20:00"),
    ],
)  # fmt: skip
def test_the_roster_says_who_is_on_duty_and_until_when(roster: Roster, moment: str, on: bool, until: str) -> None:
    said = duty.on_duty_at(roster, at(moment), KYIV)
    assert said.on == on
    assert said.until == (at(until) if until else None)


def test_a_shift_for_one_team_is_no_duty_for_another_and_one_without_a_team_is_for_all() -> None:
    both = Roster((Shift(0, 480, 720, "brigade"), Shift(0, 600, 720, "lawyer")))
    assert duty.on_duty_at(both, at("2026-11-23T09:00"), KYIV).teams == ("brigade",)
    assert duty.on_duty_at(both, at("2026-11-23T11:00"), KYIV).teams == ("brigade", "lawyer")
    assert duty.on_duty_at(Roster((*both.shifts, Shift(0, 480, 720))), at("2026-11-23T09:00"), KYIV).teams == ()
    assert duty.next_shift(both, at("2026-11-23T07:00"), KYIV, team="lawyer") == Span(
        at("2026-11-23T10:00"), at("2026-11-23T12:00"), "lawyer"
    )


@pytest.mark.parametrize(("sunday", "hours"), [(SPRING, 11), (AUTUMN, 13)])
def test_a_night_of_the_clock_change_is_an_hour_shorter_or_longer_and_ends_when_the_clock_says_eight(
    sunday: date, hours: int
) -> None:
    [night] = duty.spans(NIGHTS, KYIV, sunday - timedelta(days=1), sunday - timedelta(days=1))
    assert night.ends - night.starts == timedelta(hours=hours)
    assert night.ends.astimezone(KYIV).hour == 8
    assert duty.on_duty_at(NIGHTS, night.ends - timedelta(minutes=1), KYIV).on


@pytest.mark.parametrize("sunday", [SPRING, AUTUMN])
def test_two_who_relieve_each_other_in_the_hour_of_the_clock_change_leave_no_gap(sunday: date) -> None:
    saturday = sunday - timedelta(days=1)
    first = Roster((Shift(saturday.weekday(), 20 * 60, 27 * 60 + 30),))
    second = Roster((Shift(sunday.weekday(), 3 * 60 + 30, 12 * 60),))
    needed = [Span(duty.moment(saturday, 20 * 60, KYIV), duty.moment(sunday, 12 * 60, KYIV))]
    off = Standing(on=False, since=needed[0].starts)
    assert duty.gaps("a", [Watcher(first, off), Watcher(second, off)], needed, KYIV) == []


def test_gaps_are_the_hours_that_nobody_of_the_team_covers() -> None:
    off = Standing(on=False, since=at("2026-11-01T00:00"))
    morning = Watcher(Roster((Shift(0, 8 * 60, 12 * 60, "brigade"),)), off)
    evening = Watcher(Roster((Shift(0, 15 * 60, 20 * 60),)), off)
    needed = [Span(at("2026-11-23T08:00"), at("2026-11-23T20:00"))]
    assert duty.gaps("brigade", [morning, evening], needed, KYIV) == [
        Span(at("2026-11-23T12:00"), at("2026-11-23T15:00"))
    ]
    assert duty.gaps("lawyer", [morning, evening], needed, KYIV) == [
        Span(at("2026-11-23T08:00"), at("2026-11-23T15:00"))
    ]


def test_who_has_no_roster_covers_what_duty_by_hand_covers_but_for_leave() -> None:
    on = Standing(on=True, since=at("2026-11-01T00:00"))
    needed = [Span(at("2026-11-23T08:00"), at("2026-11-23T20:00"))]
    assert duty.gaps("a", [Watcher(Roster(), on)], needed, KYIV) == []
    assert duty.gaps("a", [Watcher(Roster(leaves=(Leave(MONDAY, MONDAY),)), on)], needed, KYIV) == needed
    only_b = Standing(on=True, since=on.since, teams=("b",))
    assert duty.gaps("a", [Watcher(Roster(), only_b)], needed, KYIV) == needed


NOON = at("2026-11-23T12:00")


@pytest.mark.parametrize(
    ("name", "state", "roster", "moment", "on"),
    [
        ("nothing is planned: the flag has no end", Standing(on=True, since=NOON), Roster(), "2027-05-01T03:00", True),
        ("the shift is over", Standing(on=True, since=NOON), DAYS, "2026-11-23T20:00", False),
        ("the shift begins", Standing(on=False, since=NOON), DAYS, "2026-11-24T08:00", True),
        ("ended by hand in the shift", Standing(on=False, since=NOON), DAYS, "2026-11-23T15:00", False),
        ("days late, in a shift", Standing(on=False, since=NOON), DAYS, "2026-11-27T15:00", True),
        ("days late, between shifts", Standing(on=True, since=NOON), DAYS, "2026-11-28T15:00", False),
        ("by hand until a moment, past the roster's end",
         Standing(on=True, since=NOON, until=at("2026-11-23T22:00")), DAYS, "2026-11-23T21:00", True),
        ("and then it is over",
         Standing(on=True, since=NOON, until=at("2026-11-23T22:00")), DAYS, "2026-11-23T22:00", False),
        ("without a roster, by hand until a moment",
         Standing(on=True, since=NOON, until=at("2026-11-23T22:00")), Roster(), "2026-11-23T22:00", False),
        ("leave ends what was set by hand",
         Standing(on=True, since=NOON, until=at("2026-11-25T22:00")),
         Roster(leaves=(Leave(date(2026, 11, 24), date(2026, 11, 24)),)), "2026-11-24T00:00", False),
        ("a leave that was called off changes nothing", Standing(on=True, since=NOON),
         Roster(leaves=(Leave(date(2026, 11, 24), date(2026, 11, 24), NOON),)), "2026-11-25T00:00", True),
    ],
)  # fmt: skip
def test_a_state_is_what_it_should_be_however_late_anybody_looks(
    name: str,
    state: Standing,
    roster: Roster,
    moment: str,
    on: bool,
) -> None:
    assert duty.settled(state, roster, at(moment), KYIV).on == on, name


@given(
    st.lists(st.builds(Shift, st.integers(0, 6), st.integers(0, 1439), st.integers(0, 2879)), max_size=4),
    st.integers(0, 14 * 24 * 4),
    st.integers(1, 5),
)
def test_looking_once_at_the_end_is_the_same_as_looking_at_every_change(
    shifts: list[Shift], quarters: int, days: int
) -> None:
    """Whatever was missed: an outage, a late tick. Both clock changes lie within the year that is tried."""
    roster = Roster(tuple(shifts))
    start = duty.moment(AUTUMN - timedelta(days=7), 0, KYIV) + timedelta(minutes=15 * quarters)
    end = start + timedelta(days=days)
    state = at_once = Standing(on=False, since=start)
    for change in duty.changes(roster, KYIV, start, end):
        state = duty.settled(state, roster, change, KYIV)
    state = duty.settled(state, roster, end, KYIV)
    at_once = duty.settled(at_once, roster, end, KYIV)
    assert (state.on, state.teams, state.until) == (at_once.on, at_once.teams, at_once.until)
    if duty.changes(roster, KYIV, start, end):
        assert state.on == duty.on_duty_at(roster, end, KYIV).on


def test_by_hand_is_until_the_end_of_this_shift_or_of_the_next_one_or_without_end() -> None:
    assert duty.by_hand(DAYS, NOON, KYIV).until == at("2026-11-23T20:00")
    assert duty.by_hand(DAYS, at("2026-11-23T07:00"), KYIV).until == at("2026-11-23T20:00")
    assert duty.by_hand(Roster(), NOON, KYIV).until is None


def test_who_takes_over_gets_the_teams_that_both_are_of_and_keeps_what_was_there() -> None:
    given_ = Standing(on=True, since=NOON, until=at("2026-11-23T20:00"))
    off = Standing(on=False, since=NOON)
    one = duty.taken_over(off, given_, shared={"brigade"}, own={"brigade", "lawyer"})
    assert (one.teams, one.until) == (("brigade",), at("2026-11-23T20:00"))
    mine = Standing(on=True, since=NOON, teams=("lawyer",), until=at("2026-11-23T22:00"))
    both = duty.taken_over(mine, given_, shared={"brigade"}, own={"brigade", "lawyer"})
    assert (both.teams, both.until) == ((), at("2026-11-23T22:00"))
