"""The two clocks of a centre, against a table that was written by hand with a printed calendar.

The centre of the table is open Monday to Friday, 8:00 to 20:00, in Kyiv. Its days off: Fri 25.12.2026, Fri 01.01.2027.
Its moved days: Sat 19.12.2026 and Sun 10.01.2027 are worked. `T24:00` is the end of that day.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core import calendar, profile
from bot.core.centre import Hours

OURS = replace(
    profile.load(profile.find("demo")),
    hours=(Hours(frozenset(range(5)), time(8), time(20)),),
    holidays=frozenset({date(2026, 12, 25), date(2027, 1, 1)}),
    working_days=frozenset({date(2026, 12, 19), date(2027, 1, 10)}),
)
ROUND_THE_CLOCK = replace(OURS, hours=(Hours(frozenset(range(7)), time(0), time(0)),), holidays=frozenset())

TABLE = """
# working days: start                n    ends                    why
work   Mon 2026-11-23T09:00+02:00    1    2026-11-24T24:00+02:00  the day of receipt does not count
work   Mon 2026-11-23T09:00+02:00    3    2026-11-26T24:00+02:00  inside the week
work   Mon 2026-11-23T09:00+02:00    5    2026-11-30T24:00+02:00  over one weekend
work   Mon 2026-11-23T09:00+02:00    10   2026-12-07T24:00+02:00  over two weekends
work   Mon 2026-11-23T00:00+02:00    1    2026-11-24T24:00+02:00  midnight belongs to the day that begins
work   Sun 2026-11-22T23:59+02:00    1    2026-11-23T24:00+02:00  a minute before midnight belongs to the day that ends
work   Mon 2026-11-23T23:59+02:00    1    2026-11-24T24:00+02:00  the last minute of a working day
work   Mon 2026-11-23T06:00+02:00    1    2026-11-24T24:00+02:00  before opening it is that day all the same
work   Fri 2026-11-27T19:59+02:00    1    2026-11-30T24:00+02:00  Friday, a minute before closing
work   Fri 2026-11-27T20:00+02:00    1    2026-11-30T24:00+02:00  Friday, at closing
work   Fri 2026-11-27T23:30+02:00    3    2026-12-02T24:00+02:00  Friday night, into another month
work   Sat 2026-11-28T12:00+02:00    1    2026-11-30T24:00+02:00  a receipt on Saturday
work   Sat 2026-11-28T12:00+02:00    5    2026-12-04T24:00+02:00  the whole week after a Saturday
work   Sun 2026-11-29T18:00+02:00    5    2026-12-04T24:00+02:00  the whole week after a Sunday
work   Sun 2026-11-29T18:00+02:00    10   2026-12-11T24:00+02:00  two whole weeks after a Sunday
work   Thu 2026-12-24T10:00+02:00    1    2026-12-28T24:00+02:00  the next day is off, then a weekend
work   Thu 2026-12-24T10:00+02:00    5    2027-01-04T24:00+02:00  two days off and the year's end
work   Fri 2026-12-25T10:00+02:00    1    2026-12-28T24:00+02:00  a receipt on a day off
work   Thu 2026-12-31T23:59+02:00    1    2027-01-04T24:00+02:00  the last minute of the year
work   Fri 2027-01-01T00:00+02:00    1    2027-01-04T24:00+02:00  the first minute of the year
work   Thu 2026-12-31T10:00+02:00    3    2027-01-06T24:00+02:00  over the year's end
work   Wed 2026-12-23T10:00+02:00    10   2027-01-08T24:00+02:00  ten days with two days off among them
work   Wed 2026-12-23T10:00+02:00    11   2027-01-10T24:00+02:00  the last day is a Sunday that is worked
work   Wed 2026-12-23T10:00+02:00    12   2027-01-11T24:00+02:00  and goes on after it
work   Fri 2026-12-18T15:00+02:00    1    2026-12-19T24:00+02:00  the Saturday that is worked is the next day
work   Sat 2026-12-19T10:00+02:00    1    2026-12-21T24:00+02:00  a receipt on the Saturday that is worked
work   Thu 2026-12-17T10:00+02:00    3    2026-12-21T24:00+02:00  the Saturday counts
work   Mon 2026-12-14T08:00+02:00    5    2026-12-19T24:00+02:00  five days end on it
work   Mon 2026-12-14T08:00+02:00    10   2026-12-28T24:00+02:00  a moved day gained, a day off lost
work   Fri 2027-01-08T18:00+02:00    1    2027-01-10T24:00+02:00  Saturday rests, Sunday works
work   Sun 2027-01-10T00:00+02:00    1    2027-01-11T24:00+02:00  a receipt at midnight of the Sunday that is worked
work   Sat 2027-01-09T12:00+02:00    2    2027-01-11T24:00+02:00  from the Saturday before it
work   Fri 2026-03-27T10:00+02:00    1    2026-03-30T24:00+03:00  the clocks go forward over the weekend
work   Sat 2026-03-28T23:30+02:00    1    2026-03-30T24:00+03:00  an evening before the clocks go forward
work   Sun 2026-03-29T02:30+02:00    1    2026-03-30T24:00+03:00  half an hour before the hour that is missing
work   Sun 2026-03-29T04:30+03:00    5    2026-04-03T24:00+03:00  half an hour after it
work   Thu 2026-03-26T12:00+02:00    2    2026-03-30T24:00+03:00  a term with the missing hour in it
work   Fri 2026-10-23T16:00+03:00    1    2026-10-26T24:00+02:00  the clocks go back over the weekend
work   Sun 2026-10-25T03:30+03:00    1    2026-10-26T24:00+02:00  the first of the two equal hours
work   Sun 2026-10-25T03:30+02:00    1    2026-10-26T24:00+02:00  the second of the two equal hours
work   Thu 2026-10-22T09:00+03:00    3    2026-10-27T24:00+02:00  a term with 25 hours in one of its days
work   Sat 2026-10-24T23:59+03:00    10   2026-11-06T24:00+02:00  ten days after the clocks went back
work   Mon 2028-02-28T10:00+02:00    1    2028-02-29T24:00+02:00  ends on the leap day
work   Tue 2028-02-29T10:00+02:00    1    2028-03-01T24:00+02:00  a receipt on the leap day
work   Tue 2028-02-29T00:00+02:00    3    2028-03-03T24:00+02:00  at its midnight
work   Fri 2028-02-25T17:00+02:00    5    2028-03-03T24:00+02:00  the leap day is one of five
work   Mon 2027-02-22T10:00+02:00    5    2027-03-01T24:00+02:00  a year without a leap day
work   Mon 2026-11-23T21:59+00:00    1    2026-11-24T24:00+02:00  a server's clock: 23:59 in Kyiv
work   Mon 2026-11-23T22:30+00:00    1    2026-11-25T24:00+02:00  a server's clock: already Tuesday in Kyiv
work   Mon 2026-07-06T21:30+00:00    1    2026-07-08T24:00+03:00  the same in summer, an hour earlier
# hours
hours  Mon 2026-11-23T11:00+02:00    24   2026-11-24T11:00+02:00  an ordinary day
hours  Mon 2026-11-23T00:00+02:00    24   2026-11-24T00:00+02:00  from midnight to midnight
hours  Fri 2026-11-27T19:59+02:00    24   2026-11-28T19:59+02:00  a Saturday does not stop it
hours  Thu 2026-12-24T23:00+02:00    24   2026-12-25T23:00+02:00  nor does a day off
hours  Sat 2026-03-28T12:00+02:00    24   2026-03-29T13:00+03:00  an hour was missing: 13:00 on the wall
hours  Sun 2026-03-29T02:59+02:00    1    2026-03-29T04:59+03:00  over the missing hour
hours  Sun 2026-03-29T02:30+02:00    24   2026-03-30T03:30+03:00  a day that begins before it
hours  Sat 2026-10-24T12:00+03:00    24   2026-10-25T11:00+02:00  an hour was there twice: 11:00 on the wall
hours  Sun 2026-10-25T03:30+03:00    1    2026-10-25T03:30+02:00  the same time on the wall, an hour later
hours  Sun 2026-10-25T03:30+03:00    24   2026-10-26T02:30+02:00  from the first of the two equal hours
hours  Sun 2026-10-25T03:30+02:00    24   2026-10-26T03:30+02:00  from the second
hours  Mon 2028-02-28T15:00+02:00    24   2028-02-29T15:00+02:00  into the leap day
hours  Tue 2028-02-29T15:00+02:00    24   2028-03-01T15:00+02:00  out of it
hours  Sun 2027-02-28T12:00+02:00    24   2027-03-01T12:00+02:00  a year without one
hours  Thu 2026-12-31T23:59+02:00    24   2027-01-01T23:59+02:00  into the new year
# days, working or not
days   Mon 2026-11-23T09:00+02:00    30   2026-12-23T24:00+02:00  thirty days
days   Sun 2028-01-30T10:00+02:00    30   2028-02-29T24:00+02:00  end on the leap day
days   Sun 2026-03-01T10:00+02:00    30   2026-03-31T24:00+03:00  with the missing hour in them
days   Thu 2026-10-01T10:00+03:00    30   2026-10-31T24:00+02:00  with 25 hours in one of them; a Saturday
# minutes while the centre is open
open   Mon 2026-11-23T11:00+02:00    15   2026-11-23T11:15+02:00  it is open
open   Mon 2026-11-23T12:34+02:00    0    2026-11-23T12:34+02:00  no time at all
open   Mon 2026-11-23T19:45+02:00    15   2026-11-23T20:00+02:00  used up at closing
open   Mon 2026-11-23T19:50+02:00    15   2026-11-24T08:05+02:00  ten minutes today, five tomorrow
open   Mon 2026-11-23T20:00+02:00    15   2026-11-24T08:15+02:00  closed since this minute
open   Mon 2026-11-23T07:59+02:00    15   2026-11-23T08:15+02:00  a minute before opening
open   Mon 2026-11-23T00:00+02:00    15   2026-11-23T08:15+02:00  at midnight
open   Fri 2026-11-27T19:50+02:00    30   2026-11-30T08:20+02:00  the weekend does not count
open   Sat 2026-11-28T12:00+02:00    60   2026-11-30T09:00+02:00  on a Saturday
open   Thu 2026-12-24T19:30+02:00    60   2026-12-28T08:30+02:00  over a day off and a weekend
open   Fri 2026-12-18T19:30+02:00    60   2026-12-19T08:30+02:00  into the Saturday that is worked
open   Mon 2026-11-23T08:00+02:00    720  2026-11-23T20:00+02:00  a whole day
open   Mon 2026-11-23T08:00+02:00    1440 2026-11-24T20:00+02:00  two whole days
open   Mon 2026-11-23T08:00+02:00    1441 2026-11-25T08:01+02:00  and a minute
open   Sat 2026-03-28T12:00+02:00    15   2026-03-30T08:15+03:00  the clocks went forward meanwhile
open   Fri 2026-10-23T19:50+03:00    20   2026-10-26T08:10+02:00  the clocks went back meanwhile
open   Thu 2026-12-31T19:59+02:00    2    2027-01-04T08:01+02:00  a minute in each year
open   Tue 2028-02-29T19:00+02:00    90   2028-03-01T08:30+02:00  from the leap day on
"""
CLOCKS: dict[str, Callable[[datetime, int], datetime]] = {
    "work": lambda start, n: calendar.after_working_days(start, n, OURS),
    "hours": calendar.after_hours,
    "days": lambda start, n: calendar.after_days(start, n, OURS),
    "open": lambda start, n: calendar.after_open_minutes(start, n, OURS),
}
ROWS = [line.split(maxsplit=5) for line in TABLE.splitlines() if line and not line.startswith("#")]
SOME_MOMENTS = st.integers(0, 60 * 24 * 800).map(
    lambda minutes: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
)


def moment(text: str) -> datetime:
    """With `T24:00` as the end of the day."""
    if "T24:00" in text:
        return datetime.fromisoformat(text.replace("T24:00", "T23:00")) + timedelta(hours=1)
    return datetime.fromisoformat(text)


def test_the_table_has_at_least_sixty_cases_and_every_weekday_in_it_is_right() -> None:
    assert len(ROWS) >= 60
    assert all(f"{datetime.fromisoformat(start):%a}" == weekday for _, weekday, start, *_ in ROWS)


@pytest.mark.parametrize(
    ("clock", "weekday", "start", "n", "ends", "why"), ROWS, ids=[f"{row[0]} {row[5]}" for row in ROWS]
)
def test_the_clock_says_what_was_counted_by_hand(
    clock: str, weekday: str, start: str, n: str, ends: str, why: str
) -> None:
    found = CLOCKS[clock](datetime.fromisoformat(start), int(n))
    assert found == moment(ends), f"{weekday}, {why}: {found.astimezone(OURS.zone)}"


def test_a_centre_that_never_closes_counts_every_minute_across_both_changes_of_the_clocks() -> None:
    for start, ends in (
        ("2026-03-29T02:30+02:00", "2026-03-29T04:30+03:00"),
        ("2026-10-25T03:30+03:00", "2026-10-25T03:30+02:00"),
        ("2026-11-23T23:30+02:00", "2026-11-24T00:30+02:00"),
    ):
        found = calendar.after_open_minutes(datetime.fromisoformat(start), 60, ROUND_THE_CLOCK)
        assert found == datetime.fromisoformat(ends)


@settings(max_examples=60, deadline=None)
@given(start=SOME_MOMENTS, minutes=st.integers(1, 900))
def test_open_minutes_are_those_that_one_counts_on_the_wall_clock(start: datetime, minutes: int) -> None:
    """Minute by minute, by looking whether the door is open."""
    now, left = start, minutes
    while left:
        left -= OURS.open_at(now)
        now += timedelta(minutes=1)
    assert calendar.after_open_minutes(start, minutes, OURS) == now


@settings(max_examples=60, deadline=None)
@given(start=SOME_MOMENTS, n=st.integers(1, 15))
def test_so_many_working_days_lie_between_the_receipt_and_the_end(start: datetime, n: int) -> None:
    """Counted back from the end, with the calendar on the wall."""
    last = (calendar.after_working_days(start, n, OURS) - timedelta(minutes=1)).astimezone(OURS.zone).date()
    received = start.astimezone(OURS.zone).date()
    days = [received + timedelta(days=later) for later in range(1, (last - received).days + 1)]
    worked = [day for day in days if day in OURS.working_days or (day.weekday() < 5 and day not in OURS.holidays)]
    assert len(worked) == n
    assert worked[-1] == last
    assert calendar.working_days_since(start, calendar.day_ends(last, OURS) - timedelta(minutes=1), OURS) == n


def test_the_last_opening_leaves_at_most_one_working_day() -> None:
    for before, opening in (
        ("2026-12-01T00:00+02:00", "2026-11-30T08:00+02:00"),
        ("2026-12-01T08:00+02:00", "2026-11-30T08:00+02:00"),
        ("2026-11-30T00:00+02:00", "2026-11-27T08:00+02:00"),
        ("2026-12-20T00:00+02:00", "2026-12-19T08:00+02:00"),
        ("2026-12-26T00:00+02:00", "2026-12-24T08:00+02:00"),
    ):
        assert calendar.last_opening(datetime.fromisoformat(before), OURS) == datetime.fromisoformat(opening)


def test_a_moved_day_has_the_hours_of_the_first_of_the_week() -> None:
    saturday = datetime(2026, 12, 19, 8, tzinfo=OURS.zone)
    assert OURS.works_on(saturday.date())
    assert OURS.open_at(saturday)
    assert not OURS.open_at(saturday + timedelta(hours=12))
    assert OURS.next_opening(saturday - timedelta(hours=1)) == saturday
    assert not OURS.works_on(date(2026, 12, 20))
