"""A carer hears 90, 60 and 30 days before the end of her plan that hours are missing; whoever answers, once a day."""

from datetime import UTC, date, datetime, time, timedelta

from bot.core import texts
from bot.core.buttons import Behind
from bot.core.events import Delete, Due, Guard, Lane, Message, Send
from bot.core.lines import Own, Wording, paragraphs, rows
from bot.core.reminders import Fate, Hours
from bot.core.training_plans import WARNED_DAYS, Plan
from handlers import plans, reminding
from handlers.here import Here, row
from storage import due, learners, people, unreminded
from storage.learners import Known
from storage.people import Person

SUBJECT = "learning"
KINDS = {days: f"learning_{days}" for days in WARNED_DAYS}
NIGHTLY, MORNING = "plans_nightly", "plans_morning"
AT = time(10)
"""The hour of the day at which a carer hears of it [P]."""
AT_NIGHT = time(3)
SOON_DAYS = WARNED_DAYS[-1]
KEY = "behind"


def planned(here: Here, learner: Known) -> None:
    """In the transaction of whatever changes the plan: a credit, joining. What it was before is void."""
    standing = plans.plan(here, learner)
    version = _version(standing) if standing else 0
    due.cancel_other(here.tx, tuple(KINDS.values()), learner.id, version=version, now=here.now)
    for kind, at in _moments(here, learner, standing):
        due.plan(here.tx, kind, learner.id, person_id=learner.person_id, version=version, at=at)


def joined(here: Here, person_id: int) -> None:
    """Somebody has become a carer: whoever is at that phone has a plan."""
    for each in learners.of_person(here.tx, person_id):
        learner = learners.known(here.tx, each.id)
        if learner is not None:
            planned(here, learner)


def shifted(here: Here, learner: Known) -> None:
    """Her hours are others: what has not rung rings by them, what has does not ring again."""
    standing = plans.plan(here, learner)
    for kind, at in _moments(here, learner, standing):
        version = _version(standing) if standing else 0
        due.shift(here.tx, kind, learner.id, person_id=learner.person_id, version=version, at=at)


def ended(here: Here, learner_id: int) -> None:
    """A carer here no more."""
    due.cancel(here.tx, tuple(KINDS.values()), learner_id, now=here.now)


def rung(here: Here, bell: Due) -> list[Message]:
    """It is said if hours are still missing, and the cycle is still the one for which it was planned."""
    found = _concerned(here, bell.subject_id, bell.version)
    if found is None:
        return []
    learner, standing = found
    ends = _ends(here, standing)
    hours = reminding.hours(here, people.person(here.tx, bell.person_id))
    if reminding.held(here, bell, hours, ends):
        return []
    fate = reminding.fate(here, bell, ends, tuple(KINDS.values()))
    if fate is Fate.SAID_BY_NEXT:
        return []
    if fate is Fate.POINTLESS or not learner.reachable:
        unreminded.note(here.tx, SUBJECT, learner.id, bell.person_id, bell.kind, now=here.now)
        return []  # she stands in the list of those who are behind, which Monday names
    return [_warning(here, bell, learner, standing, hours, late=fate is Fate.LATE)]


def still(here: Here, guard: Guard) -> datetime | None:
    """From when a warning that waits may go; None when the hours are done by now."""
    found, mine = _concerned(here, guard.id, guard.version), reminding.read(guard)
    if found is None or mine is None:
        return None
    hours = reminding.hours(here, people.person(here.tx, mine.person_id))
    return reminding.still(here, guard, _ends(here, found[1]), tuple(KINDS.values()), hours)


def nightly(here: Here, _: Due) -> list[Message]:
    """What nothing has triggered: a profile that has changed, a table from before. What was said stays said."""
    plan_nightly(here)
    for learner, standing in plans.everybody(here).items():
        version = _version(standing)
        due.cancel_other(here.tx, tuple(KINDS.values()), learner.id, version=version, now=here.now)
        for kind, at in _moments(here, learner, standing):
            if due.bell(here.tx, kind, learner.id, learner.person_id, version=version) is None:
                due.plan(here.tx, kind, learner.id, person_id=learner.person_id, version=version, at=at)
    return []


def morning(here: Here, bell: Due) -> list[Message]:
    """One message a day at most: who has come to the last 30 days since the last one; once a week who is past."""
    since, today = date.fromordinal(bell.version), here.local.date()
    if not here.centre.open_at(here.local):
        plan_morning(here, since)
        return []
    plan_morning(here, today)
    behind = list(plans.everybody(here).values())
    soon = sum(since < plan.warned_on()[SOON_DAYS] <= today for plan in behind if not plan.overdue(today))
    over = sum(plan.overdue(today) for plan in behind) if since.isocalendar()[:2] != today.isocalendar()[:2] else 0
    said: list[Wording] = [*([texts.BEHIND_SOON(soon)] if soon else []), *([texts.BEHIND_OVER(over)] if over else [])]
    opens = row((texts.BEHIND, Behind(0)))
    return [
        message
        for person in (_answering(here) if said else ())
        for message in (Delete(person.colleague, KEY), Send(person.colleague, rows(*said), opens, key=KEY))
    ]


def plan_nightly(here: Here) -> None:
    night = datetime.combine(here.local.date() + timedelta(days=1), AT_NIGHT, here.centre.zone)
    due.plan(here.tx, NIGHTLY, 0, at=night.astimezone(UTC), version=night.toordinal())


def plan_morning(here: Here, since: date) -> None:
    """At the next opening; what has come about after that day is still to be said."""
    opens = here.centre.next_opening(here.local).astimezone(UTC)
    due.plan(here.tx, MORNING, 0, at=opens, version=since.toordinal())


def plan_standing(here: Here) -> None:
    if due.planned(here.tx, NIGHTLY, 0) is None:
        plan_nightly(here)
    if due.planned(here.tx, MORNING, 0) is None:
        plan_morning(here, here.local.date())


def _moments(here: Here, learner: Known, standing: Plan | None) -> list[tuple[str, datetime]]:
    """What is still ahead, at her own ten o'clock and never while she is not to be disturbed."""
    if standing is None or not standing.left:
        return []
    hours = reminding.hours(here, people.person(here.tx, learner.person_id))
    days = standing.warned_on().items()
    found = [(KINDS[left], datetime.combine(day, AT, hours.zone).astimezone(UTC)) for left, day in days]
    return [(kind, hours.over_at(at) if hours.quiet_at(at) else at) for kind, at in found if at > here.now]


def _concerned(here: Here, learner_id: int, version: int) -> tuple[Known, Plan] | None:
    learner = learners.known(here.tx, learner_id)
    standing = plans.plan(here, learner) if learner else None
    if learner is None or standing is None or not standing.left or _version(standing) != version:
        return None
    return learner, standing


def _warning(here: Here, bell: Due, learner: Known, standing: Plan, hours: Hours, *, late: bool) -> Send:
    words = texts.PLAN_WARNS_LATE if late else texts.PLAN_WARNS
    said: Wording = words(left=texts.HOURS(standing.left), due=plans.day(standing.due))
    if len(learners.of_person(here.tx, learner.person_id)) > 1:
        said = texts.OF_LEARNER(name=Own(learner.name), words=said)
    ways = plans.ways(here, learner)
    return Send(
        learner.person_id,
        paragraphs(said, texts.MY_PLAN_FITS if ways else texts.MY_PLAN_NOTHING),
        ways,
        key=f"{SUBJECT}:{learner.id}",
        lane=Lane.REMINDER,
        silent=hours.quiet_at(here.now),
        guard=reminding.said(here, SUBJECT, bell, late=late).guard(learner.id, bell.version),
    )


def _version(standing: Plan) -> int:
    """A plan of another end is another plan."""
    return standing.due.toordinal()


def _ends(here: Here, standing: Plan) -> datetime:
    """The midnight after its last day."""
    return datetime.combine(standing.due + timedelta(days=1), time.min, here.centre.zone).astimezone(UTC)


def _answering(here: Here) -> list[Person]:
    return people.team(here.tx, ("foster_care",)) or people.team(here.tx, ("head",))
