"""Who can stay at the day centre: so many at a time, on every day of a stay."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, slots=True)
class Stay:
    """The day of departure frees the place and is none of `days`."""

    first: date
    days: int
    persons: int

    @property
    def last(self) -> date:
        return self.first + timedelta(days=self.days - 1)

    def covers(self, day: date) -> bool:
        return self.first <= day <= self.last

    def until(self, today: date) -> int:
        """How many days it has if they leave today; whoever leaves on the first day was there for one."""
        return max((today - self.first).days, 1)


def taken(stays: Collection[Stay], day: date) -> int:
    """How many places are taken on that day."""
    return sum(stay.persons for stay in stays if stay.covers(day))


def too_many(stays: Collection[Stay], wanted: Stay, places: int) -> tuple[date, int] | None:
    """The first day on which there would be more people than places, and how many; None when all fit."""
    days = (wanted.first + timedelta(days=number) for number in range(wanted.days))
    full = ((day, taken(stays, day) + wanted.persons) for day in days)
    return next(((day, persons) for day, persons in full if persons > places), None)
