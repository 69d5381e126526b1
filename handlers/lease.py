"""Who takes a case is in touch within the lease, or it waits again, first of its like, and the taker is told."""

from datetime import datetime, timedelta

from bot.core import ladder, texts
from bot.core.buttons import Lease, Open
from bot.core.cases import Case
from bot.core.events import Button, Due, Lane, Message, Refused, Rows, Send, Show
from bot.core.lines import Hour, Wording
from handlers import alerts, cards, sight, tasks, visits
from handlers import ladder as steps
from handlers.here import Here, column
from storage import alarms, audit, cases, due, leases, people
from storage import visits as planned
from storage.people import Person

OVER, SOON = "lease_over", "lease_soon"
KINDS = (OVER, SOON)
WARNED = timedelta(minutes=10)
"""How long before its end the holder is asked [P]."""
HELD_AT_MOST = timedelta(hours=3)
"""Ways and alarms together hold no case longer than this, however often they begin anew [P]."""
TWICE = 2
"""From the second time on that it comes back, the head hears of it at once."""


def ends_at(here: Here, case: Case, start: datetime | None = None) -> datetime:
    """For an emergency minutes of any hour, for what is planned minutes in which the centre is open."""
    minutes = here.centre.queue.lease_minutes
    return ladder.later(here.centre, start or here.now, minutes, any_hour=case.urgency == "emergency")


def begun(here: Here, case: Case) -> None:
    """Rows for its warning and its end; on the road or during an alarm it stands still from the beginning."""
    _plan(here, case)
    if case.claimed_by is not None and _standstill(here, case):
        leases.hold(here.tx, case.id, now=here.now)


def renewed(here: Here, case: Case) -> None:
    """The work goes on after a stop: a case without a contact has a lease again."""
    fresh = leases.renew(here.tx, case.id, until=ends_at(here, case))
    if fresh is not None:
        begun(here, fresh)


def ended(here: Here, case_id: int) -> None:
    """There was a contact, or the case is not theirs any more."""
    due.cancel(here.tx, KINDS, case_id, now=here.now)


def warned(here: Here, bell: Due) -> list[Message]:
    case = cases.by_id(here.tx, bell.subject_id)
    if case is None or not _runs(here, case) or case.claimed_by is None or case.lease_until is None:
        return []
    says = texts.LEASE_SOON(number=case.name, at=Hour(case.lease_until))
    return [Show(case.claimed_by, _key(case), says, ways(case), lane=Lane.URGENT, protect=True)]


def lapsed(here: Here, bell: Due) -> list[Message]:
    """Its time is over without a contact. A lease that stands still is looked at again when it may not any longer."""
    case = cases.by_id(here.tx, bell.subject_id)
    if case is None or case.lease_until is None or case.claimed_by is None or not _counts(case):
        return []
    runs_until = case.held_since + HELD_AT_MOST - case.was_held if case.held_since else case.lease_until
    if runs_until > here.now:
        due.plan(here.tx, OVER, case.id, at=runs_until)
        return []
    return _came_back(here, case, "lapsed")


def given_back(here: Here, me: Person, case_id: int, why: str) -> list[Message]:
    """The holder cannot go on, and says why; the case waits again in the same moment."""
    case = cases.by_id(here.tx, case_id)
    if case is None or case.claimed_by != me.id or not _counts(case) or why not in texts.BACK_REASONS:
        raise Refused(texts.NOT_FOR_YOU)
    return _came_back(here, case, f"given_back.{why}")


def extended(here: Here, me: Person, case_id: int) -> list[Message]:
    """Once, by as much again."""
    case = cases.by_id(here.tx, case_id)
    if case is None or case.claimed_by != me.id or case.lease_until is None or not _counts(case):
        raise Refused(texts.NOT_FOR_YOU)
    later = leases.extend(here.tx, case_id, by=me.id, until=ends_at(here, case, case.lease_until), now=here.now)
    if later is None:
        raise Refused(texts.LEASE_WAS_EXTENDED if case.extended else texts.STALE)
    _plan(here, later)
    says = texts.LEASE_EXTENDED(number=later.name, at=Hour(later.lease_until or here.now))
    return [Show(here.asker, _key(later), says, ways(later), protect=True)]


def held(here: Here, *, person_id: int = 0, district: str = "") -> None:
    """On the road, or an alarm sounds: the leases stand still."""
    for case in leases.running(here.tx, person_id=person_id, district=district):
        leases.hold(here.tx, case.id, now=here.now)


def resumed(here: Here, *, person_id: int = 0, district: str = "") -> None:
    """Back, or all clear: what was left of each lease is left again, unless something else still holds it."""
    for case in leases.running(here.tx, person_id=person_id, district=district, held=True):
        if not _standstill(here, case) and case.lease_until and case.held_since:
            stood = min(here.now - case.held_since, HELD_AT_MOST - case.was_held)
            held = case.was_held + stood
            runs_on = leases.resume(here.tx, case.id, until=case.lease_until + stood, held=held)
            _plan(here, runs_on or case)


def pressed(here: Here, me: Person, case_id: int, move: str) -> list[Message]:
    match move:
        case "extend":
            return extended(here, me, case_id)
        case "back":
            return asks_why(here, me, case_id)
        case _:
            return given_back(here, me, case_id, move)


def ways(case: Case) -> Rows:
    """Being in touch stands on the card; here is the way to it, more time once, and the way back to the queue."""
    more = [] if case.extended else [Button(texts.MORE_TIME, Lease(case.id, "extend"))]
    opens = Button(texts.OPEN_CARD, Open(case.id))
    return ((opens,), *((each,) for each in (*more, Button(texts.CANNOT_GO_ON, Lease(case.id, "back")))))


def asks_why(here: Here, me: Person, case_id: int) -> list[Message]:
    """Before the case goes back."""
    case = cases.by_id(here.tx, case_id)
    if case is None or case.claimed_by != me.id or not _counts(case):
        raise Refused(texts.NOT_FOR_YOU)
    reasons = column(*((label, Lease(case.id, why)) for why, label in texts.BACK_REASONS.items()))
    return [Show(here.asker, _key(case), texts.WHY_BACK(number=case.name), reasons, protect=True)]


def _came_back(here: Here, case: Case, what: str) -> list[Message]:
    """In the queue again, with the reason; the visit is the head's, and the holder's card says no more."""
    was = case.claimed_by
    back = cases.release(here.tx, case.id, now=here.now, by=None if what == "lapsed" else was, what=what)
    if back is None or was is None:
        return []
    ended(here, case.id)
    audit.note(here.tx, what.partition(".")[0], by=was, case_id=case.id, now=here.now)
    minutes = here.centre.queue.lease_minutes
    lapse = what == "lapsed"
    why = texts.CAME_BACK(minutes) if lapse else texts.BACK_IN_QUEUE
    told = texts.LEASE_OVER(minutes, number=case.name) if lapse else texts.GIVEN_BACK(number=case.name)
    visit = planned.of_case(here.tx, case.id)
    theirs = [
        *cards.given_on(case, was, texts.WAITS_AGAIN),
        Send(was, told, key=_key(case), lane=Lane.URGENT, protect=True),
    ]
    called = steps.begun(here, back, why)
    return [
        *(theirs if people.person(here.tx, was).staff else []),
        *tasks.moved_to(here, back.id, None),
        *called,
        *(_head_too(here, back, called, why) if back.returns >= TWICE else []),
        *(visits.moved_on(here, visit) if visit else []),
    ]


def _head_too(here: Here, case: Case, called: list[Message], why: Wording) -> list[Message]:
    """Whoever is called as one of the team is not called a second time in the same moment."""
    know = {each.to for each in called if isinstance(each, Send)}
    return alerts.sent(here, case, [each for each in sight.answerable(here, case) if each.id not in know], why)


def _counts(case: Case) -> bool:
    """Whether it is worked on, and on its own: otherwise its lease says nothing."""
    return case.closed_at is None and case.withdrawn_at is None and case.joined_to is None


def _plan(here: Here, case: Case) -> None:
    if case.lease_until is not None:
        due.plan(here.tx, OVER, case.id, at=case.lease_until)
        due.plan(here.tx, SOON, case.id, at=max(here.now, case.lease_until - WARNED))


def _standstill(here: Here, case: Case) -> bool:
    on_road = case.claimed_by is not None and planned.on_road(here.tx, case.claimed_by)
    return on_road or alarms.sounds(here.tx, case.district)


def _runs(here: Here, case: Case) -> bool:
    """Whether it runs, to the end of which the warning was planned, for somebody who still works here."""
    runs = case.lease_until is not None and case.held_since is None and case.lease_until - WARNED <= here.now
    return runs and case.claimed_by is not None and people.person(here.tx, case.claimed_by).staff


def _key(case: Case) -> str:
    return f"lease:{case.id}"
