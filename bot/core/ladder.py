"""Who is called while nobody takes a case, and when: step by step, so that it cannot wait in silence."""

from datetime import UTC, datetime, timedelta

from bot.core import calendar
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


def later(centre: Centre, start: datetime, minutes: int, *, any_hour: bool) -> datetime:
    """So many minutes later, counted day and night or only while the centre is open; none of them, when it opens."""
    if any_hour:
        return start + timedelta(minutes=minutes)
    opens = start if centre.open_at(start) else centre.next_opening(start)
    return calendar.after_open_minutes(opens.astimezone(UTC), minutes, centre)
