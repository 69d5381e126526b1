"""Another time for a visit: when whoever goes is free, while the centre is open and nobody is asleep."""

from collections.abc import Collection, Iterator
from datetime import date, datetime, time, timedelta
from itertools import chain, zip_longest
from typing import Final

from bot.core.calendar import DAY
from bot.core.centre import Centre
from bot.core.reminders import QUIET_FROM, QUIET_TO

MOST: Final = 6
"""As many as can be compared on a small screen."""
AHEAD: Final = 14
"""Days that are looked at; within them six working days are found in any week but the longest holidays."""
STEP: Final = timedelta(minutes=30)
LIKED: Final = (time(10), time(14), time(17), time(12))
"""Morning, afternoon, evening, noon in turn, so that the six are not the same hour six times."""


def free(centre: Centre, busy: Collection[datetime], now: datetime, *, away: Collection[date] = ()) -> list[datetime]:
    """From tomorrow on, each on another day as far as there are so many, the earliest first.

    `busy`: when the visits of whoever goes begin; `away`: days on which that person does not work.
    """
    today = centre.wall_clock(now).date()
    days = [day for n in range(1, AHEAD + 1) if (day := today + n * DAY) not in away]
    open_ones = [each for day in days if (each := _of_day(centre, day, busy))]
    turns = [_by_liking(centre, starts, n) for n, starts in enumerate(open_ones)]
    spread = chain.from_iterable(zip_longest(*turns))
    return sorted([at for at in spread if at is not None][:MOST])


def offered(centre: Centre, at: datetime, now: datetime) -> bool:
    """Whether that moment may be a visit's at all, whoever goes."""
    day = centre.wall_clock(at).date()
    return centre.wall_clock(now).date() < day and at in _starts(centre, day)


def length(centre: Centre) -> timedelta:
    return timedelta(minutes=centre.visit_minutes)


def _of_day(centre: Centre, day: date, busy: Collection[datetime]) -> list[datetime]:
    lasts = length(centre)
    return [at for at in _starts(centre, day) if all(abs(at - other) >= lasts for other in busy)]


def _starts(centre: Centre, day: date) -> Iterator[datetime]:
    """On the half hours, over before closing and before the quiet hours."""
    for opens, closes in centre.spans(day):
        at = opens
        while at + length(centre) <= closes:
            if _awake(centre, at) and _awake(centre, at + length(centre) - timedelta(minutes=1)):
                yield at
            at += STEP


def _awake(centre: Centre, at: datetime) -> bool:
    return QUIET_TO <= centre.wall_clock(at).time() < QUIET_FROM


def _by_liking(centre: Centre, starts: list[datetime], n: int) -> list[datetime]:
    """For each hour, beginning with the one whose turn it is on that day, what is nearest to it; then the rest."""
    turn = n % len(LIKED)
    first: list[datetime] = []
    for liked in (*LIKED[turn:], *LIKED[:turn]):
        first += _nearest(centre, [at for at in starts if at not in first], liked)
    return [*first, *(at for at in starts if at not in first)]


def _nearest(centre: Centre, starts: list[datetime], liked: time) -> list[datetime]:
    """One, if there is one left."""
    if not starts:
        return []
    wished = centre.wall_clock(starts[0]).replace(hour=liked.hour, minute=liked.minute)
    return [min(starts, key=lambda at: (abs(at - wished), at))]
