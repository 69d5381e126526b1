"""By when a person must have looked, come, decided, told: the centre's own rows, counted on its own clocks."""

from collections.abc import Collection, Mapping
from datetime import UTC, datetime, timedelta
from typing import Final

from bot.core import calendar
from bot.core.centre import Centre, Deadline

MINUTES: Final = {"minutes": 1, "hours": 60, "days": 24 * 60, "working_days": 24 * 60}
FIRST: Final = ("first_human_answer", "first_human_answer_emergency")
VISIT: Final = ("brigade_urgent_help", "needs_assessment")
DECISION: Final = ("service_decision", "service_decision_emergency")
"""The three clocks of every case, each with its two keys of the profile."""
KINDS: Final = (FIRST, VISIT, DECISION)
OF_URGENCY: Final = {
    "emergency": ("brigade_urgent_help", "service_decision_emergency"),
    "planned": ("needs_assessment", "service_decision"),
    "info": (),
}
DUTIES: Final = {
    "notify_police": frozenset({"violence"}),
    "notify_child_services": frozenset({"violence", "child"}),
    "child_safety_assessment": frozenset({"cruelty"}),
}
"""What each duty follows from; the profile may ask for a circumstance more (`only_when`)."""
AT_LEAST: Final = timedelta(minutes=5)
AT_MOST: Final = timedelta(days=1)


def first_answer(centre: Centre, urgency: str, reported_at: datetime) -> datetime:
    """By when somebody must have answered.

    In duty hours the short deadline runs at once. Outside them an emergency has its own, at any hour, and what is
    planned waits for the next opening.
    """
    short = _length(centre.deadline("first_human_answer"))
    if centre.open_at(centre.wall_clock(reported_at)):
        return reported_at + short
    if urgency == "emergency":
        return reported_at + _length(centre.deadline("first_human_answer_emergency"))
    return centre.next_opening(centre.wall_clock(reported_at)).astimezone(UTC) + short


def first_key(centre: Centre, urgency: str, reported_at: datetime) -> str:
    """Which row of the profile the first answer goes by."""
    at_night = urgency == "emergency" and not centre.open_at(centre.wall_clock(reported_at))
    return FIRST[at_night]


def ends(deadline: Deadline, starts_at: datetime, centre: Centre) -> datetime:
    """When that deadline ends, on the clock that its row names."""
    if deadline.unit == "working_days":
        return calendar.after_working_days(starts_at, deadline.value, centre)
    if deadline.unit == "days":
        return calendar.after_days(starts_at, deadline.value, centre)
    minutes = deadline.value * MINUTES[deadline.unit]
    if deadline.in_hours:
        return calendar.after_open_minutes(starts_at, minutes, centre)
    return starts_at.astimezone(UTC) + timedelta(minutes=minutes)


def by_the_day(deadline: Deadline) -> bool:
    """Whether it ends with a day and not at an hour: of such it is told in the morning, never at midnight."""
    return deadline.unit in ("days", "working_days")


def soon(deadline: Deadline, due_at: datetime, centre: Centre) -> datetime:
    """When it is said that it ends soon: a quarter of its length before, at least 5 minutes, at most a working day.

    What ends with a day is said while the centre is open: otherwise at the last opening before the end.
    """
    ahead = max(_length(deadline) / 4, AT_LEAST)
    if not by_the_day(deadline):
        return due_at - min(ahead, AT_MOST)
    before, opening = due_at - ahead, calendar.last_opening(due_at, centre)
    return before if before > opening and calendar.open_at(before, centre) else opening


def of_new_case(urgency: str, known: Collection[str]) -> list[str]:
    """The keys of visit and decision, and of the duties that follow from what is known already."""
    return [*OF_URGENCY[urgency], *duties(known)]


def duties(known: Collection[str]) -> list[str]:
    return [key for key, needed in DUTIES.items() if needed <= set(known)]


def applies(deadline: Deadline, known: Collection[str]) -> bool:
    """Whether the profile lets it begin in these circumstances."""
    return not deadline.only_when or any(each in known for each in deadline.only_when)


def known(form: str, answers: Mapping[str, object], *, branch: bool, danger: str | None) -> frozenset[str]:
    """The circumstances that duties hang on, as far as the answers tell them.

    A child who saw violence is its victim by law, so a child in such a family counts unless somebody has said no.
    """
    children = answers.get("children")
    child = form == "child" or children == "yes" or (isinstance(children, int) and children > 0)
    found = {
        "violence": branch,
        "child": child,
        "cruelty": form == "child",
        "danger_now": danger == "now",
        "told_by_her": form in ("safety", "child"),
        "entered": form == "register",
    }
    return frozenset(name for name, true in found.items() if true)


def _length(deadline: Deadline) -> timedelta:
    return timedelta(minutes=deadline.value * MINUTES[deadline.unit])
