"""When people are reminded: on the wall clock of Kyiv, through both changes of the clock, never at night."""

from datetime import datetime, time
from zoneinfo import ZoneInfo

import pytest

from bot.core import reminders

KYIV = ZoneInfo("Europe/Kyiv")
LONG_BEFORE = datetime(2026, 1, 1, tzinfo=KYIV)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=KYIV)


def said(moments: list[reminders.Reminder]) -> dict[str, str]:
    return {each.kind: f"{each.at.astimezone(KYIV):%m-%d %H:%M}" for each in moments}


@pytest.mark.parametrize(
    ("starts", "day", "hours"),
    [
        ("2026-11-26T14:00", "11-25 14:00", "11-26 12:00"),
        ("2026-11-26T09:00", "11-25 09:00", "11-26 08:00"),  # 7:00 is night: it waits for 8:00
        ("2026-11-26T08:00", "11-25 08:00", "11-25 20:45"),  # too late for a morning: the evening before
        ("2026-11-26T22:30", "11-25 20:45", "11-26 20:30"),
        ("2026-10-25T10:00", "10-24 10:00", "10-25 08:00"),  # the night has 25 hours
        ("2026-10-26T10:00", "10-25 10:00", "10-26 08:00"),
        ("2027-03-28T10:00", "03-27 10:00", "03-28 08:00"),  # the night has 23 hours
        ("2027-03-29T10:00", "03-28 10:00", "03-29 08:00"),
        ("2028-03-01T12:00", "02-29 12:00", "03-01 10:00"),  # leap day
        ("2027-01-01T12:00", "12-31 12:00", "01-01 10:00"),
    ],
)
def test_a_resident_is_reminded_the_day_before_and_two_hours_before(starts: str, day: str, hours: str) -> None:
    planned = reminders.of_visit(at(starts), KYIV, now=LONG_BEFORE, quiet=True)
    assert said(planned) == {"visit_day": day, "visit_hours": hours}


def test_a_specialist_is_reminded_at_any_hour() -> None:
    planned = reminders.of_visit(at("2026-11-26T08:00"), KYIV, now=LONG_BEFORE, quiet=False)
    assert said(planned) == {"visit_day": "11-25 08:00", "visit_hours": "11-26 06:00"}


def test_what_is_already_past_is_left_out() -> None:
    planned = reminders.of_visit(at("2026-11-26T14:00"), KYIV, now=at("2026-11-26T09:00"), quiet=True)
    assert said(planned) == {"visit_hours": "11-26 12:00"}


def test_a_training_is_reminded_of_a_week_a_day_and_two_hours_before() -> None:
    planned = reminders.of_training(at("2026-11-28T10:00"), KYIV, now=LONG_BEFORE)
    assert said(planned) == {
        "training_week": "11-21 10:00",
        "training_day": "11-27 10:00",
        "training_hours": "11-28 08:00",
    }


@pytest.mark.parametrize(
    ("day", "clock", "shown"),
    [
        ("2026-10-25", "03:30", "2026-10-25T03:30+03:00"),  # of the two equal hours the first
        ("2027-03-28", "03:30", "2027-03-28T04:30+03:00"),  # an hour that does not exist
        ("2026-11-26", "14:00", "2026-11-26T14:00+02:00"),
    ],
)
def test_a_chosen_time_is_the_wall_clocks(day: str, clock: str, shown: str) -> None:
    assert reminders.moment(day, clock, KYIV).astimezone(KYIV).isoformat(timespec="minutes") == shown


@pytest.mark.parametrize(
    ("planned", "starts", "nearer", "now", "fate"),
    [
        ("2026-11-25T10:00", "2026-11-26T10:00", ["2026-11-26T08:00"], "2026-11-25T10:00", "IN_TIME"),
        ("2026-11-25T10:00", "2026-11-26T10:00", ["2026-11-26T08:00"], "2026-11-25T10:15", "IN_TIME"),
        ("2026-11-25T10:00", "2026-11-26T10:00", ["2026-11-26T08:00"], "2026-11-25T10:16", "LATE"),
        ("2026-11-25T10:00", "2026-11-26T10:00", ["2026-11-26T08:00"], "2026-11-26T07:59", "LATE"),
        ("2026-11-25T10:00", "2026-11-26T10:00", ["2026-11-26T08:00"], "2026-11-26T08:00", "SAID_BY_NEXT"),
        ("2026-11-26T08:00", "2026-11-26T10:00", [], "2026-11-26T09:59", "LATE"),
        ("2026-11-26T08:00", "2026-11-26T10:00", [], "2026-11-26T10:00", "POINTLESS"),
        ("2026-11-25T10:00", "2026-11-26T10:00", ["2026-11-26T08:00"], "2026-11-27T10:00", "POINTLESS"),
        ("2026-11-25T10:00", "2026-11-26T10:00", ["2026-11-26T08:00"], "2026-11-24T10:00", "IN_TIME"),  # set back
    ],
)
def test_a_reminder_is_decided_when_it_goes(planned: str, starts: str, nearer: list[str], now: str, fate: str) -> None:
    found = reminders.fate(at(planned), at(starts), [at(each) for each in nearer], now=at(now))
    assert found is reminders.Fate[fate]


@pytest.mark.parametrize(
    ("start", "end", "zone", "moment", "quiet", "over"),
    [
        ("21:00", "08:00", "Europe/Kyiv", "2026-11-25T20:59", False, None),
        ("21:00", "08:00", "Europe/Kyiv", "2026-11-25T21:00", True, "2026-11-26T08:00"),
        ("21:00", "08:00", "Europe/Kyiv", "2026-11-26T07:59", True, "2026-11-26T08:00"),
        ("21:00", "08:00", "Europe/Kyiv", "2026-11-26T08:00", False, None),
        ("09:00", "17:00", "Europe/Kyiv", "2026-11-26T12:00", True, "2026-11-26T17:00"),  # who works at night
        ("21:00", "08:00", "America/Toronto", "2026-11-26T12:00", True, "2026-11-26T15:00"),  # 5:00 over there
        ("21:00", "08:00", "Europe/Warsaw", "2026-10-25T05:00", True, "2026-10-25T09:00"),  # the clocks go back there
        ("00:00", "00:00", "Europe/Kyiv", "2026-11-26T03:00", False, None),  # never quiet
    ],
)
def test_quiet_hours_are_on_the_clock_of_who_keeps_them(
    start: str, end: str, zone: str, moment: str, quiet: bool, over: str | None
) -> None:
    hours = reminders.Hours(ZoneInfo(zone), time.fromisoformat(start), time.fromisoformat(end))
    assert hours.quiet_at(at(moment)) is quiet
    if over:
        assert hours.over_at(at(moment)) == at(over)
