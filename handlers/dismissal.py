"""Somebody's work here ends: access in the same second, and what they had moves on (S28)."""

from datetime import datetime, timedelta

from bot.core.events import Due, Lane, Menu, Message, Remove
from bot.core.forms import FORMS
from handlers import broadcasts, queue, tasks, trainings, visits
from handlers.here import Here
from storage import audit, cases, drafts, due, feeds, outbox, people, rosters
from storage import visits as planned
from storage.db import Transaction
from storage.people import Person

KIND = "dismissed"
ONCE_MORE = timedelta(minutes=1)
"""A message that was on its way in that second has arrived by then, and goes too."""
OF_WORK = (
    "case",
    "card",
    "glass",
    "grown",
    "lease",
    "hand",
    "day",
    "agreed",
    "agreed_well",
    "talk",
    "code",
    "why",
    "ask",
    "visit",
    "road",
    "act",
    "letter",
    "receipt",
    "teach",
    "broadcast",
    "sample",
    "form",
    "deadline",
    "task",
    "lying",
    "menu",
    "calendar",
    "feed",
    "month",
    "poster",
    "duty",
    "takeover",
    "plan",
    "plan_late",
    "",
)
"""Under which keys messages of work stand; without a key are reminders and news of cases."""
PIECE = 100
"""Messages that Telegram deletes in one go."""


def revoke(tx: Transaction, person_id: int, *, now: datetime) -> bool:
    """Every role ends, unfinished forms of work are destroyed, nothing more is sent; whether there was access."""
    if not people.dismiss(tx, person_id, now=now):
        return False
    for stored in drafts.of_person(tx, person_id):
        if FORMS[stored.form].staff:
            drafts.destroy(tx, stored, now=now)
    outbox.drop(tx, person_id, now=now, but_removals=True)
    rosters.forget(tx, (person_id,))
    feeds.end(tx, person_id)
    audit.note(tx, "revoked", reason=f"person {person_id}", now=now)
    for version, later in enumerate((timedelta(), ONCE_MORE)):
        due.plan(tx, KIND, person_id, person_id=person_id, version=version, at=now + later)
    return True


def moved_on(here: Here, bell: Due) -> list[Message]:
    """Cases wait again, visits are the head's, the chat is emptied. Nobody is told why."""
    person = people.person(here.tx, bell.person_id)
    if bell.version:
        return [] if person.staff else _emptied(here, person, here.now)
    cases.uncall(here.tx, person.id)
    back = [message for case in cases.taken_by(here.tx, person.id) for message in queue.returned(here, case.id)]
    gone = [message for visit in planned.of_specialist(here.tx, person.id) for message in visits.moved_on(here, visit)]
    given_on = [
        *tasks.left(here, person.id),
        *trainings.given_on(here, person.id),
        *broadcasts.given_on(here, person.id),
    ]
    commands = Menu(person.id, staff=person.may("command case"))
    return [*back, *gone, *given_on, *_emptied(here, person, bell.at), commands]


def _emptied(here: Here, person: Person, until: datetime) -> list[Message]:
    """Every message of work that stands in the chat goes; what cannot be deleted any more is overwritten."""
    own = _own(here, person)
    ours = outbox.ours(here.tx, person.id, until=until)
    numbers = tuple(number for number, key in ours if key.partition(":")[0] in OF_WORK and key not in own)
    outbox.gone(here.tx, person.id, numbers)
    pieces = [numbers[start : start + PIECE] for start in range(0, len(numbers), PIECE)]
    return [Remove(person.id, piece, ours=piece, lane=Lane.URGENT) for piece in pieces]


def _own(here: Here, person: Person) -> set[str]:
    """What the person has here as a resident stays: receipts and visits of their own, forms that are open."""
    mine = [case for branch in (False, True) for case in cases.reported_by(here.tx, person.id, branch=branch)]
    visit_ids = [visit.id for case in mine for visit in planned.all_of_case(here.tx, case.id)]
    begun = {f"form:{stored.id}" for stored in drafts.of_person(here.tx, person.id)}
    return {f"receipt:{case.id}" for case in mine} | {f"visit:{each}" for each in visit_ids} | begun
