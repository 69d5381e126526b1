"""What she chose and what that allows, said a second time: minute by minute on the wall clock, without the bot's rules.

Nothing here imports the bot. Where this and `bot/core/safety.py` disagree, one of them is wrong.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

KYIV = ZoneInfo("Europe/Kyiv")
MINUTE = timedelta(minutes=1)
A_FORTNIGHT = 15 * 24 * 60
"""A week, and another one if the hour that she chose is the one that the spring change skips."""
ENOUGH = 5
"""Minutes of her own time, one after another, within which whatever is due must have gone."""


@dataclass(frozen=True, slots=True)
class Choice:
    """As she said it: by which channel, in which hours, on which days (Monday 0; none means any), under which cover."""

    channel: str = "none"
    hours: tuple[tuple[int, int], ...] = ()
    days: frozenset[int] = frozenset()
    cover: str = ""

    def allows(self, moment: datetime) -> bool:
        """Whether she may be written to in this minute."""
        if self.channel not in ("here", "hours") or (self.channel == "hours" and not self.hours):
            return False
        weekday, minute = wall(moment)
        in_hours = not self.hours or any(first * 60 <= minute < last * 60 for first, last in self.hours)
        return in_hours and (not self.days or weekday in self.days)

    def first(self, now: datetime) -> datetime | None:
        """The first moment from now on; None when there is none."""
        if self.allows(now):
            return now
        return next((minute for minute in _minutes(now) if self.allows(minute)), None) if self.ever else None

    def by(self, since: datetime) -> datetime | None:
        """By when what may go since then must be there: the end of the first minutes in a row that are hers."""
        row = 0
        for minute in _minutes(since) if self.ever else ():
            row = row + 1 if self.allows(minute) else 0
            if row > ENOUGH:
                return minute
        return None

    @property
    def ever(self) -> bool:
        return self.channel == "here" or (self.channel == "hours" and bool(self.hours))


def wall(moment: datetime) -> tuple[int, int]:
    """The weekday and the minute of the day that the clock on her wall shows."""
    utc = moment.astimezone(UTC)
    return _shown(utc.toordinal())[utc.hour * 60 + utc.minute]


def _minutes(now: datetime) -> Iterator[datetime]:
    """Every whole minute after now."""
    start = now.astimezone(UTC).replace(second=0, microsecond=0)
    return (start + MINUTE * number for number in range(1, A_FORTNIGHT))


@cache
def _shown(ordinal: int) -> tuple[tuple[int, int], ...]:
    """What the clock in Kyiv shows through a day of UTC."""
    midnight = datetime.fromordinal(ordinal).replace(tzinfo=UTC)
    shown = ((midnight + MINUTE * number).astimezone(KYIV) for number in range(24 * 60))
    return tuple((each.weekday(), each.hour * 60 + each.minute) for each in shown)
