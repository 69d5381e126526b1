"""Who waits for a seat, and what a seat that becomes free is to them: held for the first in line, until it is answered.

The order is since when somebody waits. Nothing here sorts by anything else, and nothing gives a seat away that is held.
"""

from datetime import datetime, timedelta

from bot.core import reminders, texts
from bot.core import trainings as rules
from bot.core.events import Due, Edit, Guard, Lane, Message, Send
from bot.core.lines import NOTHING, paragraphs
from bot.core.reminders import Hours
from handlers import invited, reminding
from handlers.here import Here
from storage import alarms, due, outbox, people, seats, trainings
from storage.seats import Seat
from storage.trainings import Session

OVER, ENDS = "seat_over", "training_line_ends"
GUARD = "seat"
APART = timedelta(microseconds=1)
"""So that those who press in one moment stand in the order in which they were heard."""


def planned(here: Here, session: Session) -> None:
    """When nobody can be offered a seat any more, whoever still waits is told."""
    due.cancel(here.tx, (ENDS,), session.id, now=here.now)
    hours = Hours(here.centre.zone, *here.centre.quiet)
    for each in reminders.of({ENDS: rules.BEFORE_START}, session.starts_at, hours, now=here.now):
        due.plan(here.tx, ENDS, session.id, version=session.version, at=each.at)


def ended(here: Here, bell: Due) -> list[Message]:
    """The line is over: nobody goes on waiting for a message that cannot come.

    A seat that could not be offered any more, because the last of them was silent into the night, is told of to all:
    there is no time left to ask one after another, and an empty chair would help nobody.
    """
    session = trainings.by_id(here.tx, bell.subject_id)
    if session is None or not trainings.stands(here.tx, session.id, bell.version) or session.starts_at <= here.now:
        return []
    waits = [seat for seat in seats.line(here.tx, session.id) if not seat.offered]
    tells = _for_the_first if seats.free(here.tx, session.id) else _in_vain
    return [tells(here, session, seat) for seat in waits]


def joined(here: Here, seat: Seat, *, first: bool = False) -> bool:
    """At the end of the line, or at its head, if one's own seat has gone on; False when a seat is free."""
    ends = seats.ends_of_line(here.tx, seat.session_id)
    since = here.now
    if ends is not None:
        since = ends[0] - APART if first else max(here.now, ends[1] + APART)
    return seats.wait(here.tx, seat.id, since=since, now=here.now)


def pass_on(here: Here, session: Session) -> list[Message]:
    """Whatever is free is held for those who wait longest, as far as it can still help them."""
    said: list[Message] = []
    while session.state == "planned" and seats.free(here.tx, session.id):
        first = seats.next_in_line(here.tx, session.id)
        until = _until(here, first, session) if first else None
        held = seats.offer(here.tx, first.id, until=until) if first and until else None
        if held is None or until is None:
            break
        due.plan(here.tx, OVER, held.id, person_id=held.person_id, version=held.version, at=until)
        said.append(_offer(here, session, held))
    return said


def over(here: Here, bell: Due) -> list[Message]:
    """Nobody answered: it goes on to the next. An offer that has not left yet was none, and is made longer."""
    seat = seats.by_id(here.tx, bell.subject_id)
    session = trainings.by_id(here.tx, seat.session_id) if seat else None
    if seat is None or session is None or not _is(seat, bell) or session.state != "planned":
        return []
    longer = _until(here, seat, session) if _on_its_way(here, seat) else None
    if longer is not None:
        seats.prolong(here.tx, seat.id, until=longer)
        due.plan(here.tx, OVER, seat.id, person_id=seat.person_id, version=seat.version, at=longer)
        return [_offer(here, session, seats.by_id(here.tx, seat.id) or seat)]
    seats.answer(here.tx, seat.id, "no", reason=rules.UNANSWERED, now=here.now)
    passed_on = pass_on(here, session)
    text, ways = invited.seen(here, seat.person_id, session)
    return [Edit(seat.person_id, invited.key(session), text, ways), *passed_on]


def still(here: Here, guard: Guard) -> datetime | None:
    """From when an offer may go: not in an alarm, not in her night; None when it is no longer hers."""
    seat = seats.by_id(here.tx, guard.id)
    session = trainings.by_id(here.tx, seat.session_id) if seat else None
    if seat is None or session is None or session.state != "planned" or not seat.offered:
        return None
    if seat.version != guard.version:
        return None
    if alarms.sounds(here.tx, session.district or ""):
        return here.now + reminding.HOLD
    hours = reminding.hours(here, people.person(here.tx, seat.person_id))
    return hours.over_at(here.now) if hours.quiet_at(here.now) else here.now


def unreachable(here: Here, person_id: int) -> list[Message]:
    """What was held for that phone goes to the next; a seat that was promised stays, somebody is to call."""
    sessions = [trainings.by_id(here.tx, each) for each in seats.take_back(here.tx, person_id)]
    return [message for each in sessions if each for message in pass_on(here, each)]


def back(here: Here, person_id: int) -> list[Message]:
    """Somebody can be reached again: a seat that lay free because nobody else waited is theirs to take."""
    return left(here, seats.sessions_of(here.tx, person_id))


def left(here: Here, session_ids: list[int]) -> list[Message]:
    """What may have become free there goes on."""
    sessions = [trainings.by_id(here.tx, each) for each in session_ids]
    return [message for each in sessions if each for message in pass_on(here, each)]


def answered(here: Here, seat: Seat) -> None:
    """The offer has its answer."""
    due.cancel(here.tx, (OVER,), seat.id, now=here.now)


def _until(here: Here, seat: Seat, session: Session) -> datetime | None:
    hours = reminding.hours(here, people.person(here.tx, seat.person_id))
    return rules.offer_until(here.now, session.starts_at, hours)


def _in_vain(here: Here, session: Session, seat: Seat) -> Send:
    later = invited.dates(here, session, seat.person_id)
    said = paragraphs(texts.NO_SEAT_FREE(**invited.called(session)), texts.HELD_AGAIN if later else NOTHING)
    quiet = reminding.hours(here, people.person(here.tx, seat.person_id)).quiet_at(here.now)
    return Send(seat.person_id, said, later, key=invited.key(session), lane=Lane.REMINDER, silent=quiet)


def _for_the_first(here: Here, session: Session, seat: Seat) -> Send:
    ways = invited.ways(here, session, seats.of_phone(here.tx, session.id, seat.person_id))
    said = texts.SEAT_FOR_FIRST(**invited.what(session))
    quiet = reminding.hours(here, people.person(here.tx, seat.person_id)).quiet_at(here.now)
    return Send(seat.person_id, said, ways, key=invited.key(session), lane=Lane.REMINDER, silent=quiet)


def _offer(here: Here, session: Session, seat: Seat) -> Send:
    text, ways = invited.seen(here, seat.person_id, session)
    guard = Guard(GUARD, seat.id, seat.version)
    return Send(seat.person_id, text, ways, key=invited.key(session), lane=Lane.REMINDER, guard=guard)


def _on_its_way(here: Here, seat: Seat) -> bool:
    return (GUARD, seat.id, seat.version) in outbox.guards(here.tx, seat.person_id)


def _is(seat: Seat, bell: Due) -> bool:
    return seat.offered and (seat.person_id, seat.version) == (bell.person_id, bell.version)
