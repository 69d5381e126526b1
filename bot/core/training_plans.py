"""A carer's training plan: how many hours are asked for, how many are done, what is missing, and by which day.

The hours have to be done within so many months. A cycle begins on the day on which the one before was completed, or
with joining; a cycle whose day has passed goes on until it is complete. What was done beyond the norm is not carried
into the next cycle [P].
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from bot.core.centre import TrainingNorm

WARNED_DAYS = (90, 60, 30)
"""So many days before the end of her cycle a carer hears of hours that are missing (the founders' word)."""
BAR = 10
"""Signs of the bar: a line on a small phone has room for them and a few words."""


@dataclass(frozen=True, slots=True)
class Earned:
    on: date
    hours: int


@dataclass(frozen=True, slots=True)
class Plan:
    """Of the cycle that runs. `completed`: the day on which the cycle before was completed."""

    norm: TrainingNorm
    start: date
    due: date
    done: int
    completed: date | None = None

    @property
    def left(self) -> int:
        return self.norm.hours - self.done

    def days_left(self, today: date) -> int:
        return (self.due - today).days

    def overdue(self, today: date) -> bool:
        return today > self.due

    @property
    def bar(self) -> str:
        full = self.done * BAR // self.norm.hours
        return "█" * full + "░" * (BAR - full)

    def warned_on(self) -> dict[int, date]:
        """By how many days before the end: on which day."""
        return {days: self.due - timedelta(days=days) for days in WARNED_DAYS}


def plan(norm: TrainingNorm, joined: date, earned: Iterable[Earned]) -> Plan:
    """The cycle that runs, after everything that was earned.

    What was earned before joining counts only where it completed a cycle by itself: nobody is behind from the first
    day on because of a single seminar years ago.
    """
    of_time = sorted(earned, key=lambda each: each.on)
    before = _walked(norm, None, [each for each in of_time if each.on < joined])
    since, done = before if before[0] else (None, 0)
    completed, done = _walked(norm, since, [each for each in of_time if each.on >= joined], done)
    start = completed or joined
    return Plan(norm, start, end(start, norm.months), done, completed)


def nearest(plans: Sequence[Plan]) -> Plan | None:
    """Where somebody has several: the one that ends first."""
    return min(plans, key=lambda each: each.due, default=None)


def end(start: date, months: int) -> date:
    """So many months later; the 31st becomes a shorter month's last day."""
    return start + relativedelta(months=months)


def _walked(
    norm: TrainingNorm, completed: date | None, earned: Sequence[Earned], done: int = 0
) -> tuple[date | None, int]:
    """The day on which the last cycle was completed, and the hours since."""
    for each in earned:
        done += each.hours
        if done >= norm.hours:
            completed, done = each.on, 0
    return completed, done
