"""A training as a carer sees it: the invitation, the answer, the reminders. Two who share a phone answer each."""

from datetime import datetime

from bot.core import reminders, texts
from bot.core.buttons import Attend
from bot.core.events import Button, Due, Guard, Lane, Message, Refused, Rows, Send, Show, Toast
from bot.core.lines import NOTHING, Line, Own, Wording, paragraphs, rows
from bot.core.reminders import Fate
from bot.core.whom import Carer
from handlers import reminding, tasks
from handlers.here import Here, screen
from storage import due, people, seats, trainings, unreminded
from storage.people import Person
from storage.seats import Seat
from storage.trainings import Session

KINDS = tuple(reminders.TRAINING)
ANNOUNCED = "training_announced"
PIECE = 300
"""So many are written to in one transaction; the sender takes longer for them than the next piece to come."""
TRAINING = "training"


def key(session: Session) -> str:
    return f"training:{session.id}"


def answered(here: Here, me: Person, button: Attend) -> list[Message]:
    """«I will come» or «I can't», changeable; a yes only while there is a seat."""
    seat = seats.by_id(here.tx, button.seat)
    session = trainings.by_id(here.tx, seat.session_id) if seat else None
    if seat is None or session is None or seat.person_id != me.id:
        raise Refused(texts.NOT_FOR_YOU)
    if session.state != "planned":
        return [Toast(texts.TRAINING_GONE), Show(here.asker, key(session), cancelled(session))]
    if session.version != button.version:
        return [Toast(texts.TRAINING_GONE), *_shown(here, me, session)]
    if button.move == "show":
        return screen(here, me, key(session), *seen(here, me.id, session))
    if not seats.answer(here.tx, seat.id, button.move, now=here.now):
        return [Toast(texts.TRAINING_FULL)]
    return _shown(here, me, session)


def plan_reminders(here: Here, session: Session) -> None:
    """A row a phone and kind, at the hours that its owner keeps; those of the old time are void."""
    due.cancel(here.tx, KINDS, session.id, now=here.now)
    unreminded.forget(here.tx, TRAINING, session.id)
    hours = reminders.Hours(here.centre.zone, *here.centre.quiet)
    for each in reminders.of_training(session.starts_at, hours, now=here.now):
        seats.plan_reminders(here.tx, session.id, each.kind, version=session.version, at=each.at)
    for person_id in seats.with_own_hours(here.tx, session.id):
        own = reminding.hours(here, people.person(here.tx, person_id))
        for each in reminders.of_training(session.starts_at, own, now=here.now):
            due.plan(here.tx, each.kind, session.id, person_id=person_id, version=session.version, at=each.at)


def reminded(here: Here, bell: Due) -> list[Message]:
    """To one phone, if somebody there may still come; to nobody when it has moved or is off."""
    session = _concerned(here, bell.subject_id, bell.version, bell.person_id)
    if session is None:
        return []
    hours = reminding.hours(here, people.person(here.tx, bell.person_id))
    if reminding.held(here, bell, hours, session.starts_at, district=session.district or ""):
        return []
    fate = reminding.fate(here, bell, session.starts_at, KINDS)
    if fate is Fate.SAID_BY_NEXT:
        return []
    if fate is Fate.POINTLESS or not reminding.reachable(here, bell.person_id):
        return _missed(here, bell, session)
    return [_reminder(here, bell, session, hours, late=fate is Fate.LATE)]


def still(here: Here, guard: Guard) -> datetime | None:
    """From when an invitation or a reminder may go; None when it is no longer so."""
    mine = reminding.read(guard)
    if mine is None:
        return here.now if trainings.stands(here.tx, guard.id, guard.version) else None
    session = _concerned(here, guard.id, guard.version, mine.person_id)
    if session is None:
        return None
    hours = reminding.hours(here, people.person(here.tx, mine.person_id))
    return reminding.still(here, guard, session.starts_at, KINDS, hours, district=session.district or "")


def announced(here: Here, bell: Due) -> list[Message]:
    """The next piece of an announcement, if the session still stands as it did."""
    session = trainings.by_id(here.tx, bell.subject_id)
    if session is None or not trainings.stands(here.tx, session.id, bell.version):
        return []
    return to_carers(here, session, after=bell.person_id)


def to_carers(here: Here, session: Session, *, after: int = 0) -> list[Message]:
    """A piece of those invited now, the others a moment later: nobody who is leaving waits for ten thousand rows."""
    invited = [person for person in seats.phones(here.tx, session.id) if person > after]
    if len(invited) > PIECE:
        due.plan(here.tx, ANNOUNCED, session.id, person_id=invited[PIECE - 1], version=session.version, at=here.now)
    return [_asked(here, session, person) for person in invited[:PIECE]]


def told_off(here: Here, session: Session) -> list[Message]:
    """It does not take place: whoever may have been told of it learns so, also where a reminder is on its way."""
    text = cancelled(session)
    told = seats.phones(here.tx, session.id, but_no=True)
    return [Send(person, text, key=key(session), lane=Lane.REMINDER) for person in told]


def seen(here: Here, person_id: int, session: Session) -> tuple[Wording, Rows]:
    """The invitation as it stands with the answers of this phone."""
    mine = seats.of_phone(here.tx, session.id, person_id)
    if len(mine) == 1 and mine[0].answer is not None:
        said = texts.TRAINING_YES if mine[0].answer == "yes" else texts.TRAINING_NO
        return said(**_what(session)), ways(session, mine)
    answers = rows(*(_of_each(seat) for seat in mine)) if len(mine) > 1 else NOTHING
    return paragraphs(invitation(session), answers), ways(session, mine)


def ways(session: Session, mine: list[Seat]) -> Rows:
    """The answers that were not given; with several carers at one phone a row each, by name."""
    return tuple(_of_one(session, seat, named=len(mine) > 1) for seat in mine)


def invitation(session: Session) -> Line:
    return texts.TRAINING_INVITES(
        **_what(session), hours=texts.HOURS(session.hours), seats=texts.SEATS(session.capacity)
    )


def cancelled(session: Session) -> Line:
    return texts.TRAINING_CANCELLED(title=Own(session.title), at=session.starts_at)


def _concerned(here: Here, session_id: int, version: int, person_id: int) -> Session | None:
    """The session, if it stands in that version and somebody at that phone may still come."""
    if not trainings.stands(here.tx, session_id, version):
        return None
    mine = seats.of_phone(here.tx, session_id, person_id)
    comes = any(seat.answer in (None, "yes") for seat in mine)
    return trainings.by_id(here.tx, session_id) if comes else None


def _reminder(here: Here, bell: Due, session: Session, hours: reminders.Hours, *, late: bool) -> Send:
    words = texts.TRAINING_REMINDER_LATE if late else texts.TRAINING_REMINDER
    mine = seats.of_phone(here.tx, session.id, bell.person_id)
    said = reminding.said(here, TRAINING, bell, late=late)
    return Send(
        Carer(bell.person_id),
        words(**_what(session)),
        ways(session, mine),
        key=key(session),
        lane=Lane.REMINDER,
        silent=hours.quiet_at(here.now),
        guard=said.guard(session.id, session.version),
    )


def _missed(here: Here, bell: Due, session: Session) -> list[Message]:
    """Nothing was said in time, or cannot be: whoever holds the training has a task, one for all whom it concerns."""
    unreminded.note(here.tx, TRAINING, session.id, bell.person_id, bell.kind, now=here.now)
    return tasks.about_training(here, session)


def _asked(here: Here, session: Session, person: Carer) -> Send:
    mine = seats.of_phone(here.tx, session.id, person)
    text = invitation(session) if session.version == 1 else texts.TRAINING_MOVED(**_what(session))
    guard = Guard(TRAINING, session.id, session.version)
    return Send(person, text, ways(session, mine), key=key(session), lane=Lane.BROADCAST, guard=guard)


def _shown(here: Here, me: Person, session: Session) -> list[Message]:
    text, buttons = seen(here, me.id, session)
    return [Show(here.asker, key(session), text, buttons)]


def _of_each(seat: Seat) -> Line:
    return texts.SEAT_OF(name=Own(seat.name or "—"), answer=texts.ANSWERS.get(seat.answer or "", texts.ANSWER_NONE))


def _of_one(session: Session, seat: Seat, *, named: bool) -> tuple[Button, ...]:
    labels: dict[str, Wording] = {"yes": texts.I_WILL_COME, "no": texts.I_CANNOT}
    if named and seat.name:
        labels = {move: texts.NAMED_WAY(name=Own(seat.name), way=label) for move, label in labels.items()}
    moves = [move for move in labels if move != seat.answer]
    return tuple(Button(labels[move], Attend(seat.id, session.version, move)) for move in moves)


def _what(session: Session) -> dict[str, Own | datetime]:
    return {"title": Own(session.title), "at": session.starts_at, "place": Own(session.place)}
