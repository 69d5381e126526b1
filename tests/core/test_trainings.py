"""How long a seat is offered, when a yes is asked about, what a message asks: tables."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.core import trainings
from bot.core.reminders import Hours

KYIV = ZoneInfo("Europe/Kyiv")
HOURS = Hours(KYIV)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=KYIV)


@pytest.mark.parametrize(
    ("now", "starts", "until"),
    [
        ("2026-11-23T11:00", "2026-12-05T10:00", "2026-11-24T11:00"),  # a day
        ("2026-11-23T20:59", "2026-12-05T10:00", "2026-11-24T20:59"),
        ("2026-11-23T22:00", "2026-12-05T10:00", "2026-11-25T08:00"),  # from the morning on
        ("2026-12-03T10:00", "2026-12-05T10:00", "2026-12-04T09:00"),  # half of what is left
        ("2026-12-04T10:00", "2026-12-05T10:00", "2026-12-04T21:00"),  # its end would lie in the night
        ("2026-12-04T16:00", "2026-12-05T10:00", "2026-12-04T21:00"),
        ("2026-12-04T20:30", "2026-12-05T10:00", "2026-12-05T02:15"),  # half an hour of evening is too short
        ("2026-12-04T22:00", "2026-12-05T14:00", "2026-12-05T10:00"),
        ("2026-12-05T08:00", "2026-12-05T14:00", "2026-12-05T10:00"),
        ("2026-12-05T10:30", "2026-12-05T14:00", "2026-12-05T11:30"),  # an hour at least
        ("2026-12-05T11:25", "2026-12-05T14:00", "2026-12-05T12:00"),  # all that is left
        ("2026-12-05T11:31", "2026-12-05T14:00", None),  # too near
        ("2026-12-05T15:00", "2026-12-05T14:00", None),  # begun
        ("2026-12-04T22:00", "2026-12-05T10:00", None),  # in the morning it is too near
        ("2026-10-24T12:00", "2026-11-05T10:00", "2026-10-25T11:00"),  # the clocks go back: a day is 24 hours
    ],
)
def test_an_offer_ends_in_a_day_or_sooner(now: str, starts: str, until: str | None) -> None:
    found = trainings.offer_until(at(now), at(starts), HOURS)
    assert (f"{found.astimezone(KYIV):%Y-%m-%dT%H:%M}" if found else None) == until


@pytest.mark.parametrize("hours", [1, 2, 3, 5, 8, 13, 21, 30, 45, 60, 100, 300])
@pytest.mark.parametrize("clock", range(0, 24, 3))
def test_an_offer_leaves_time_before_the_start_and_to_answer(hours: int, clock: int) -> None:
    now = at(f"2026-11-23T{clock:02}:00")
    starts = now + timedelta(hours=hours)
    until = trainings.offer_until(now, starts, HOURS)
    if until is not None:
        opens = HOURS.over_at(now) if HOURS.quiet_at(now) else now
        assert opens + trainings.TOO_SHORT <= until <= starts - trainings.BEFORE_START


@pytest.mark.parametrize(
    ("starts", "asked", "by"),
    [
        ("2026-12-05T10:00", "12-03 10:00", "12-04 16:00"),
        ("2026-12-05T17:00", "12-03 17:00", "12-05 09:00"),  # its end would lie in the night
        ("2026-12-05T08:00", "12-03 08:00", "12-04 14:00"),
        ("2026-12-05T12:30", "12-03 12:30", "12-04 18:30"),
        ("2026-12-05T22:30", "12-03 20:45", "12-05 09:00"),
        ("2026-10-26T10:00", "10-24 10:00", "10-25 16:00"),  # over the change of the clocks
        ("2027-03-29T10:00", "03-27 10:00", "03-28 16:00"),
    ],
)
def test_the_moments_of_the_questions(starts: str, asked: str, by: str) -> None:
    long_before = at("2026-01-01T00:00")
    keep, ends = (
        trainings.keep_at(at(starts), HOURS, now=long_before),
        trainings.answer_by(at(starts), HOURS),
    )
    assert keep is not None
    assert ends is not None
    assert f"{keep.at.astimezone(KYIV):%m-%d %H:%M}" == asked
    assert f"{ends.astimezone(KYIV):%m-%d %H:%M}" == by


@pytest.mark.parametrize(
    ("days", "hours", "pressed", "warned", "asks"),
    [
        (7, 0, False, False, "WHETHER"),
        (7, 0, True, False, "WHETHER"),  # a week before nobody is threatened
        (2, 0, False, False, "WHETHER"),
        (2, 0, True, False, "WARNING"),
        (2, 0, True, True, "WARNING"),
        (1, 13, True, False, "WARNING"),  # late
        (1, 0, True, True, "LAST"),
        (1, 0, True, False, "NOTHING"),  # never without a warning
        (1, 0, False, True, "NOTHING"),  # nobody waits any more
        (0, 19, True, True, "LAST"),
        (0, 18, True, True, "NOTHING"),  # its end is reached
        (0, 2, True, True, "NOTHING"),
    ],
)
def test_what_a_message_asks(days: int, hours: int, pressed: bool, warned: bool, asks: str) -> None:
    starts = at("2026-12-05T10:00")
    by = trainings.answer_by(starts, HOURS)
    now = starts - timedelta(days=days, hours=hours)
    assert trainings.asks(now, starts, by, pressed=pressed, warned=warned) is trainings.Asks[asks]


@pytest.mark.parametrize(
    ("answered_days", "confirmed", "settled"),
    [(5, False, False), (2, False, False), (1.9, False, True), (5, True, True)],
)
def test_a_fresh_or_confirmed_yes_is_not_asked_about(answered_days: float, confirmed: bool, settled: bool) -> None:
    now = at("2026-12-03T10:00")
    answered = now - timedelta(days=answered_days)
    assert trainings.settled(answered, now if confirmed else None, now=now) is settled
