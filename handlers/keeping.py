"""Whether a yes still holds: asked a week and two days before, and where others wait, once more the day before.

The question of the week and that of the day ride on their reminders (handlers/rsvp.py), so that nobody hears of one
training twice a day. Silence costs a seat only where it is full and somebody waits, after a warning and a last
question that have both been delivered; otherwise a forgotten press would turn somebody away from an empty chair.
"""

from dataclasses import replace
from datetime import datetime

from bot.core import reminders, texts
from bot.core import trainings as rules
from bot.core.events import Due, Guard, Lane, Message, Send
from bot.core.lines import Wording, paragraphs
from bot.core.reminders import Fate, Hours
from bot.core.trainings import Asks
from handlers import invited, reminding, waiting
from handlers.here import Here
from storage import due, outbox, people, seats, trainings
from storage.seats import Seat
from storage.trainings import Session

EVERYBODY, PASSES = "training_keep_all", "seats_unkept"
KINDS = (EVERYBODY, rules.KEEPING, PASSES)
REMINDERS = tuple(reminders.TRAINING)


def planned(here: Here, session: Session) -> None:
    """The two moments of the session; those of its old time are void. Each phone has its own when the first comes."""
    due.cancel(here.tx, KINDS, session.id, now=here.now)
    hours = Hours(here.centre.zone, *here.centre.quiet)
    two_days = rules.keep_at(session.starts_at, hours, now=here.now)
    by = _by(here, session)
    if two_days is not None:
        due.plan(here.tx, EVERYBODY, session.id, version=session.version, at=two_days.at)
    if by is not None and by > here.now:
        due.plan(here.tx, PASSES, session.id, version=session.version, at=by)


def begins(here: Here, bell: Due) -> list[Message]:
    """Two days before: a row for each phone whose yes is not settled, at the hours that its owner keeps."""
    session = _stands(here, bell)
    if session is None:
        return []
    phones = {seat.person_id for seat in seats.unsettled(here.tx, session.id) if not _settled(here, seat)}
    for person_id in sorted(phones):
        hours = reminding.hours(here, people.person(here.tx, person_id))
        at = rules.keep_at(session.starts_at, hours, now=here.now)
        moment = at.at if at else hours.next_awake(bell.at)
        due.plan(here.tx, rules.KEEPING, session.id, person_id=person_id, version=session.version, at=moment)
    return []


def asked(here: Here, bell: Due) -> list[Message]:
    """The question on its own, two days before; not to whoever was reminded today, or is asked by the next reminder."""
    session = _stands(here, bell)
    if session is None or asks(here, session, bell.person_id) is Asks.NOTHING or _today(here, bell):
        return []
    fate = reminding.fate(here, bell, session.starts_at, REMINDERS)
    if fate in (Fate.SAID_BY_NEXT, Fate.POINTLESS) or not reminding.reachable(here, bell.person_id):
        return []
    hours = reminding.hours(here, people.person(here.tx, bell.person_id))
    if reminding.held(here, bell, hours, session.starts_at, district=session.district or ""):
        return []
    return _asked(here, session, bell, late=fate is Fate.LATE)


def _asked(here: Here, session: Session, bell: Due, *, late: bool) -> list[Message]:
    mood = asks(here, session, bell.person_id)
    noted(here, session, bell.person_id, mood)
    said = replace(reminding.said(here, "training", bell, late=late), asks=mood.value)
    mine = seats.of_phone(here.tx, session.id, bell.person_id)
    words = texts.TRAINING_REMINDER_LATE if late else texts.TRAINING_SOON
    text = paragraphs(words(**invited.what(session)), question(here, session, mood))
    return [
        Send(
            mine[0].person_id,
            text,
            invited.ways(here, session, mine, mood),
            key=invited.key(session),
            lane=Lane.REMINDER,
            guard=said.guard(session.id, session.version),
        )
    ]


def asks(here: Here, session: Session, person_id: int) -> Asks:
    """What a message about this training asks of that phone, as of now."""
    open_ones = _open(here, session, person_id)
    if not open_ones:
        return Asks.NOTHING
    return rules.asks(
        here.now,
        session.starts_at,
        _by(here, session),
        pressed=seats.pressed(here.tx, session.id),
        warned=any(seat.warned_at for seat in open_ones),
    )


def question(here: Here, session: Session, mood: Asks) -> Wording:
    return invited.question(mood, _by(here, session))


def noted(here: Here, session: Session, person_id: int, mood: Asks) -> None:
    """She is being asked."""
    for seat in _open(here, session, person_id) if mood is not Asks.NOTHING else ():
        seats.asked(here.tx, seat.id, warned=mood is Asks.WARNING, now=here.now)


def not_asked(here: Here, session: Session, person_id: int, mood: Asks) -> None:
    """The message with the question did not go: it has to be decided anew, and nobody was asked or warned by it."""
    for seat in seats.of_phone(here.tx, session.id, person_id) if mood is not Asks.NOTHING else ():
        seats.not_asked(here.tx, seat.id, warned=mood is Asks.WARNING)


def passed(here: Here, bell: Due) -> list[Message]:
    """The last question is over: as many seats go on as there are people who wait, the newest yes first."""
    session = _stands(here, bell)
    said: list[Message] = []
    for seat in seats.unsettled(here.tx, session.id) if session else ():
        if session is None or not seats.pressed(here.tx, session.id):
            break
        if _asked_in_vain(here, session, seat):
            said += _let_go(here, session, seat)
    return said


def _let_go(here: Here, session: Session, seat: Seat) -> list[Message]:
    """The seat is the next one's; she is told at once, or she would come for nothing."""
    seats.answer(here.tx, seat.id, "no", reason=rules.UNKEPT, now=here.now)
    passed_on = waiting.pass_on(here, session)
    text, ways = invited.seen(here, seat.person_id, session)
    hours = reminding.hours(here, people.person(here.tx, seat.person_id))
    quiet = hours.quiet_at(here.now)
    told = Send(seat.person_id, text, ways, key=invited.key(session), lane=Lane.REMINDER, silent=quiet)
    return [told, *passed_on]


def _asked_in_vain(here: Here, session: Session, seat: Seat) -> bool:
    """She was warned, asked once more, had time, and both have left us."""
    if seat.warned_at is None or seat.asked_at is None or seat.asked_at <= seat.warned_at:
        return False
    waits = any(
        each.id == session.id and (mine := reminding.read(each)) is not None and mine.subject == "training"
        for each in (Guard(*guard) for guard in outbox.guards(here.tx, seat.person_id))
    )
    return not waits and here.now - seat.asked_at >= rules.LEAST_OFFER


def _open(here: Here, session: Session, person_id: int) -> list[Seat]:
    mine = seats.of_phone(here.tx, session.id, person_id)
    return [seat for seat in mine if seat.answer == "yes" and not _settled(here, seat)]


def _settled(here: Here, seat: Seat) -> bool:
    return rules.settled(seat.answered_at, seat.confirmed_at, now=here.now)


def _today(here: Here, bell: Due) -> bool:
    """Whether a reminder has gone to that phone today; one that rings once more has not gone."""
    midnight = here.local.replace(hour=0, minute=0, second=0, microsecond=0)
    return due.rang(here.tx, REMINDERS, bell, since=midnight)


def _by(here: Here, session: Session) -> datetime | None:
    return rules.answer_by(session.starts_at, reminders.Hours(here.centre.zone, *here.centre.quiet))


def _stands(here: Here, bell: Due) -> Session | None:
    stands = trainings.stands(here.tx, bell.subject_id, bell.version)
    return trainings.by_id(here.tx, bell.subject_id) if stands else None
