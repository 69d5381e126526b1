"""What follows a visit: after each result the next step, so that no case is left without one. The days are [P]."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

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
