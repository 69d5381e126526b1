"""A case without a next step cannot exist: whether it has one, and what follows a visit. The days are [P]."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from bot.core.cases import Case
from bot.core.centre import Centre


@dataclass(frozen=True, slots=True)
class Step:
    """`days` from now, of the calendar or of the centre's work."""

    days: int
    working: bool = False


STEPS: Final[Mapping[str, Step]] = {
    "visit_again": Step(2),
    "call": Step(3, working=True),
    "find": Step(1, working=True),
    "with_police": Step(1),
    "decision": Step(5, working=True),
    "service": Step(5, working=True),
}
NOT_HELD: Final = ("nobody_home", "refused", "another_time", "wrong_address", "moved_away", "not_safe", "called_off")
"""Why a visit was not held."""
AFTER: Final[Mapping[str, tuple[str, ...]]] = {
    "held": ("decision", "service", "visit_again"),
    "nobody_home": ("visit_again", "call"),
    "refused": ("call", "visit_again"),
    "another_time": ("call",),
    "wrong_address": ("find", "call"),
    "moved_away": ("find", "call"),
    "not_safe": ("with_police", "call"),
    "called_off": ("visit_again", "call"),
}


def due_at(centre: Centre, step: str, now: datetime) -> datetime:
    """The same time of the day, so many days on; an hour that a change of the clock skips is taken as it comes."""
    local, planned = centre.wall_clock(now), STEPS[step]
    day, left = local.date(), planned.days
    while left:
        day += timedelta(days=1)
        left -= not planned.working or centre.works_on(day)
    return datetime.combine(day, local.time(), centre.zone).astimezone(UTC)


def has_next(case: Case, *, visit: bool, tasks: int, with_others: bool) -> bool:
    """Whether somebody or something will bring the case up again.

    Until the first contact its ladder and its lease do; afterwards a planned visit, an open task, or a deadline that
    runs at another body, whose end makes a task.
    """
    over = case.closed_at is not None or case.withdrawn_at is not None
    on_the_way = case.claimed_by is None or case.contacted_at is None
    return over or on_the_way or visit or tasks > 0 or with_others
