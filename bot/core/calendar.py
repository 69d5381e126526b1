"""The centre's two clocks: one that never stands still, and one that counts the centre's working days.

What the law says in hours or as «доба» runs by the first, at night and on holidays, and is the same number of seconds
across both changes of the clocks. What it says in working days runs by the second: a term in days begins on the day
after the receipt, and ends at the end of its last day (Civil Code of Ukraine, art. 253 to 255 [M]).
"""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from itertools import count
from typing import Protocol
from zoneinfo import ZoneInfo

DAY = timedelta(days=1)


class Calendar(Protocol):
    """What a centre knows of its days; bot/core/centre.py has it."""

    @property
    def zone(self) -> ZoneInfo: ...

    def works_on(self, day: date) -> bool: ...

    def spans(self, day: date) -> Sequence[tuple[datetime, datetime]]:
        """From when until when the centre is open on that day, in UTC."""
        ...


def after_hours(start: datetime, n: int) -> datetime:
    """So many hours later, whatever the clocks on the wall do meanwhile."""
    return start.astimezone(UTC) + timedelta(hours=n)


def after_days(start: datetime, n: int, calendar: Calendar) -> datetime:
    """The end of the n-th day after this one, working or not."""
    return day_ends(_day(start, calendar) + n * DAY, calendar)


def after_working_days(start: datetime, n: int, calendar: Calendar) -> datetime:
    """The end of the n-th working day after the day of receipt, which does not count, whatever day it was.

    The end is midnight, not closing time: a term in days ends with its last day. The code lets a term end at closing
    where something has to be done in an office; here a person goes to another, or decides, and an evening that was
    used is no breach. Whoever is to be warned is warned in opening hours (`soon`, bot/core/deadlines.py).
    """
    return day_ends(working_day(start, n, calendar), calendar)


def working_day(start: datetime, n: int, calendar: Calendar) -> date:
    """The n-th working day after the day of that moment."""
    today = _day(start, calendar)
    working = (day for later in count(1) if calendar.works_on(day := today + later * DAY))
    return next(day for place, day in enumerate(working, 1) if place == n)


def working_days_since(start: datetime, now: datetime, calendar: Calendar) -> int:
    """How many working days have begun after the day of `start`, up to now."""
    first, last = _day(start, calendar), _day(now, calendar)
    return sum(calendar.works_on(first + later * DAY) for later in range(1, (last - first).days + 1))


def opens_on(day: date, calendar: Calendar) -> datetime:
    """When the centre opens on that working day."""
    return calendar.spans(day)[0][0]


def last_opening(before: datetime, calendar: Calendar) -> datetime:
    """The last opening before that moment: from then on there is at most one working day."""
    today = _day(before, calendar)
    days = (today - earlier * DAY for earlier in count())
    openings = (opens for day in days for opens, _ in calendar.spans(day)[:1])
    return next(opens for opens in openings if opens < before)


def after_open_minutes(start: datetime, minutes: int, calendar: Calendar) -> datetime:
    """So many minutes later on a clock that runs only while the centre is open."""
    now, left = start.astimezone(UTC), timedelta(minutes=minutes)
    if not left:
        return now
    for opens, closes in _ahead(now, calendar):
        begins = max(opens, now)
        if closes - begins >= left:
            return begins + left
        left -= closes - begins
    raise AssertionError("days do not end")


def open_at(moment: datetime, calendar: Calendar) -> bool:
    now = moment.astimezone(UTC)
    return any(opens <= now < closes for opens, closes in calendar.spans(_day(moment, calendar)))


def day_ends(day: date, calendar: Calendar) -> datetime:
    """24:00 of that day on the wall clock."""
    return datetime.combine(day + DAY, time.min, calendar.zone).astimezone(UTC)


def _ahead(now: datetime, calendar: Calendar) -> Iterator[tuple[datetime, datetime]]:
    """Every time of opening that is not over yet."""
    days = (_day(now, calendar) + later * DAY for later in count())
    return ((opens, closes) for day in days for opens, closes in calendar.spans(day) if closes > now)


def _day(moment: datetime, calendar: Calendar) -> date:
    return moment.astimezone(calendar.zone).date()
