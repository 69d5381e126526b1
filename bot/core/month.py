"""A month of the whole centre: visits counted by day and team, trainings by title, dates of the plan. Nobody's name."""

import calendar
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bot.core.lines import Wording


@dataclass(frozen=True, slots=True)
class Day:
    """`visits`: how many of which team; `trainings`: when on the wall, and the title; `plan`: what is due by then."""

    day: date
    works: bool
    visits: tuple[tuple[str, int], ...] = ()
    trainings: tuple[tuple[time, str], ...] = ()
    plan: tuple[Wording, ...] = ()

    @property
    def empty(self) -> bool:
        return not (self.visits or self.trainings or self.plan)

    @property
    def count(self) -> int:
        return sum(many for _, many in self.visits)


@dataclass(frozen=True, slots=True)
class Month:
    first: date
    today: date
    days: tuple[Day, ...]

    @property
    def teams(self) -> tuple[tuple[str, int], ...]:
        """Every team that has visits in it, and how many."""
        return _counted(team for day in self.days for team, many in day.visits for _ in range(many))

    @property
    def empty(self) -> bool:
        return all(day.empty for day in self.days)


@dataclass(frozen=True, slots=True)
class Picture:
    """A month with its words, to be drawn. `teams`: name by key."""

    month: Month
    title: Wording
    weekdays: tuple[Wording, ...]
    teams: tuple[tuple[str, Wording], ...]
    visits: Wording
    trainings: Wording
    plan: Wording
    nothing: Wording


def of(
    first: date,
    today: date,
    *,
    zone: ZoneInfo,
    works: Callable[[date], bool],
    visits: Iterable[tuple[datetime, str]],
    sessions: Iterable[tuple[datetime, str]],
    plan: Iterable[tuple[date, Wording]] = (),
) -> Month:
    """Each thing on its day on the wall of the centre."""
    teams: dict[date, list[str]] = {}
    for at, team in visits:
        teams.setdefault(at.astimezone(zone).date(), []).append(team)
    titles: dict[date, list[tuple[time, str]]] = {}
    for at, title in sessions:
        local = at.astimezone(zone)
        titles.setdefault(local.date(), []).append((local.time().replace(second=0, microsecond=0), title))
    dated: dict[date, list[Wording]] = {}
    for day, what in plan:
        dated.setdefault(day, []).append(what)
    days = (
        Day(
            day, works(day), _counted(teams.get(day, ())), tuple(sorted(titles.get(day, ()))), tuple(dated.get(day, ()))
        )
        for day in days_of(first)
    )
    return Month(first, today, tuple(days))


def days_of(first: date) -> list[date]:
    many = calendar.monthrange(first.year, first.month)[1]
    return [first.replace(day=number) for number in range(1, many + 1)]


def span(first: date, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """From its first midnight on the wall to the next month's."""
    since, until = (datetime.combine(each, time.min, zone).astimezone(UTC) for each in (first, later(first)))
    return since, until


def later(first: date) -> date:
    return (first.replace(day=28) + timedelta(days=4)).replace(day=1)


def earlier(first: date) -> date:
    return (first - timedelta(days=1)).replace(day=1)


def in_words(picture: Picture, say: Callable[[Wording], str]) -> dict[str, Any]:
    """The same in words, as JSON can carry it."""
    words = ("title", "visits", "trainings", "plan", "nothing")
    return {
        **{name: say(getattr(picture, name)) for name in words},
        "weekdays": [say(each) for each in picture.weekdays],
        "teams": [[key, say(name)] for key, name in picture.teams],
        "today": picture.month.today.isoformat(),
        "days": [_day(day, say) for day in picture.month.days],
    }


def _day(day: Day, say: Callable[[Wording], str]) -> dict[str, Any]:
    return {
        "day": day.day.isoformat(),
        "works": day.works,
        "visits": dict(day.visits),
        "trainings": [[f"{at.hour}:{at.minute:02}", title] for at, title in day.trainings],
        "plan": [say(each) for each in day.plan],
    }


def _counted(teams: Iterable[str]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(Counter(teams).items()))
