"""Who is called while nobody takes a case, and when: step by step, so that it cannot wait in silence."""

from datetime import UTC, datetime, timedelta

from bot.core.cases import Case
from bot.core.centre import Centre, Ladder


def of(centre: Centre, case: Case) -> Ladder:
    """The ladder that routing has named, or the one of the case's urgency."""
    return centre.ladder(case.ladder or ("emergency" if case.urgency == "emergency" else "planned"))


def step_at(centre: Centre, ladder: Ladder, number: int, since: datetime) -> datetime:
    """When the step of that number comes for a case that waits since then; beyond the last, the repetitions."""
    last = len(ladder.rungs) - 1
    minutes = ladder.rungs[min(number, last)].after + max(0, number - last) * ladder.again
    return later(centre, since, minutes, any_hour=ladder.any_hour)


def later(centre: Centre, start: datetime, minutes: float, *, any_hour: bool) -> datetime:
    """So many minutes later, counted day and night or only while the centre is open."""
    if any_hour:
        return start + timedelta(minutes=minutes)
    return open_minutes_after(centre, start, minutes)


def open_minutes_after(centre: Centre, start: datetime, minutes: float) -> datetime:
    """The minutes run while the centre is open. Without any left they end at the start, or at the next opening."""
    at, left = start.astimezone(UTC), timedelta(minutes=minutes)
    while True:
        if not centre.open_at(at):
            at = centre.next_opening(at).astimezone(UTC)
        closes = centre.closes_after(at).astimezone(UTC)
        if at + left < closes:
            return at + left
        at, left = closes, left - (closes - at)
