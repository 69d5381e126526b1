"""Visits that recur: the patterns a specialist chooses from, as rules."""

from dataclasses import replace
from datetime import date, time, timedelta
from typing import Final

from dateutil.relativedelta import relativedelta

from bot.core import recurrence
from bot.core.calendar import DAY
from bot.core.centre import Centre
from bot.core.questions import Answers
from bot.core.recurrence import Rule

HORIZON: Final = timedelta(days=45)
"""How far ahead the occurrences of a series are visits of their own: this month's plan, and the next one's [P]."""
ONCE: Final = "once"
GUARDIANSHIP: Final = "guardianship"


def text(pattern: str, first: date) -> str:
    """The rule of a pattern whose first visit is on that day. Raises ValueError for a pattern that there is not."""
    match pattern:
        case "weekly":
            return recurrence.weekly([first.weekday()])
        case "two_weeks":
            return recurrence.every_n_weeks(2, [first.weekday()])
        case "week_2" | "week_3" | "week_4" | "week_5":
            return recurrence.times_a_week(int(pattern.removeprefix("week_")))
        case "monthly" | "guardianship":
            return recurrence.monthly(first.day)
        case _:
            raise ValueError(f"no pattern is called {pattern}")


def rule(answers: Answers, first: date, clock: time, centre: Centre) -> Rule:
    """What was chosen in the form; the first visit is on the day that was chosen, whatever day it is."""
    pattern, until = str(answers["repeat"]), _day(answers, "until")
    new = Rule(
        text(pattern, first), first, clock, centre.timezone, besides=frozenset({first}), shift=centre.working_day_shift
    )
    since = _day(answers, "since") if pattern == GUARDIANSHIP else None
    return replace(new, until=until) if since is None else _accompanied(new, since, until)


def moved(old: Rule, pattern: str, first: date, clock: time) -> Rule:
    """The same pattern from that day on, at that time."""
    return replace(
        old, text=text(pattern, first), first=first, clock=clock, besides=frozenset({first}), without=frozenset()
    )


def _accompanied(new: Rule, since: date, until: date | None) -> Rule:
    """Whose end is not known yet is accompanied for the first year."""
    if until is None:
        return replace(new, until=since + relativedelta(years=1) - DAY)
    whole = recurrence.first_and_last_year(since, until, new.clock, new.zone)
    return replace(new, until=until, pause=whole.pause)


def _day(answers: Answers, name: str) -> date | None:
    given = answers.get(name)
    return date.fromisoformat(str(given)) if given else None
