"""By when a person must have looked: the centre's own rows, counted on its own clock."""

from datetime import UTC, datetime, timedelta

from bot.core.centre import Centre, Deadline

MINUTES = {"minutes": 1, "hours": 60, "days": 24 * 60}


def first_answer(centre: Centre, urgency: str, reported_at: datetime) -> datetime:
    """By when somebody must have taken it.

    In duty hours the short deadline runs at once. Outside them an emergency has its own, at any hour, and what is
    planned waits for the next opening.
    """
    short = _length(centre.deadline("first_human_answer"))
    if centre.open_at(centre.wall_clock(reported_at)):
        return reported_at + short
    if urgency == "emergency":
        return reported_at + _length(centre.deadline("first_human_answer_emergency"))
    return centre.next_opening(centre.wall_clock(reported_at)).astimezone(UTC) + short


def _length(deadline: Deadline) -> timedelta:
    return timedelta(minutes=deadline.value * MINUTES[deadline.unit])
