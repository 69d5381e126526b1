"""Who came: said by the trainer in a minute, or by the code at the door. Closed, it can be opened again for a day."""

from datetime import timedelta

from bot.core import calendar, texts
from bot.core import trainings as rules
from bot.core.buttons import Arrive, Came, Teach
from bot.core.events import Due, Lane, Message, Refused, Rows, Send, Toast
from bot.core.lines import NOTHING, Line, Own, Wording, paragraphs
from handlers import credits, invited, reminding, tasks
from handlers.here import Here, column, row, screen
from storage import due, learners, people, seats, trainings
from storage.learners import Learner
from storage.people import Person
from storage.seats import Seat
from storage.trainings import Session

UNCLOSED, ASKS_WHY, AT_DOOR = "training_unclosed", "training_missed", "training_door"
BY_TRAINER, AT_THE_DOOR, BY_CLOSING = "trainer", "door", "closed"
A_PAGE = 10
WHILE_CHOOSING = timedelta(minutes=30)
"""So long after the code was read a couple may say which of the two is there."""


def key(session: Session) -> str:
    return f"teach:{session.id}"


def planned(here: Here, session: Session) -> None:
    """By the opening of the next working day somebody has to have said who came."""
    due.cancel(here.tx, (UNCLOSED,), session.id, now=here.now)
    over = session.starts_at + timedelta(hours=session.hours)
    at = calendar.opens_on(calendar.working_day(max(over, here.now), 1, here.centre), here.centre)
    due.plan(here.tx, UNCLOSED, session.id, version=session.version, at=at)


def unclosed(here: Here, bell: Due) -> list[Message]:
    """Nobody has: it is a task of whoever holds it, and after two more calls the head hears of it."""
    session = trainings.by_id(here.tx, bell.subject_id)
    if session is None or not trainings.stands(here.tx, session.id, bell.version):
        return []
    return tasks.about_training(here, session, tasks.CLOSE_TRAINING)


def has_begun(here: Here, session: Session) -> bool:
    """On its day, from the morning on: people come early."""
    return here.centre.wall_clock(session.starts_at).date() <= here.local.date()


def pressed(here: Here, me: Person, button: Came) -> list[Message]:
    session = _begun(here, button.session)
    match button.move:
        case "again":
            return _opened_again(here, me, session)
        case _ if session.state == "held":
            return screen(here, me, key(session), *_result(here, session))
        case "others":
            return _others(here, me, session, button.page)
        case "close" if session.starts_at > here.now:
            return [Toast(texts.NOT_BEGUN(at=session.starts_at)), *_list(here, me, session, button.page)]
        case "close":
            return _closed(here, me, session)
        case _:
            _marked(here, session, button)
            return _list(here, me, session, button.page if button.move != "add" else 0)


def _begun(here: Here, session_id: int) -> Session:
    """Raises Refused before its day, and when it is off."""
    session = trainings.by_id(here.tx, session_id)
    if session is None or session.state == "cancelled" or not has_begun(here, session):
        raise Refused(texts.TRAINING_GONE)
    return session


def _marked(here: Here, session: Session, button: Came) -> None:
    match button.move:
        case "all":
            seats.mark_all(here.tx, session.id, via=BY_TRAINER, now=here.now)
        case "add":
            _came(here, session, button.of, via=BY_TRAINER)
        case "mark":
            _toggled(here, session, button.of)
        case _:
            """The list as it is."""


def closed(here: Here, session: Session) -> list[Message]:
    """It is known who came. What follows from that follows here, and nowhere else."""
    return credits.credit(here, session)


def reopened(here: Here, session: Session) -> list[Message]:
    """It is not known any more: what `closed` has done is taken back."""
    return credits.reopened(here, session)


def arrived(here: Here, me: Person, session: Session) -> list[Message]:
    """The code at the door was read. Of two at one phone it is asked who is there."""
    if session.state != "planned":
        raise Refused(texts.DOOR_CLOSED)
    mine = learners.of_person(here.tx, me.id)
    if len(mine) == 1:
        return _here(here, me, session, mine)
    if not mine:
        raise Refused(texts.NOT_FOR_YOU)
    due.plan(here.tx, AT_DOOR, session.id, person_id=me.id, version=session.version, at=here.now + WHILE_CHOOSING)
    each = column(*((Own(one.name or "—"), Arrive(session.id, one.id)) for one in mine))
    ways = (*each, *row((texts.ALL_OF_US, Arrive(session.id, 0))))
    return screen(here, me, invited.key(session), texts.WHO_IS_HERE(**invited.called(session)), ways)


def chosen(here: Here, me: Person, button: Arrive) -> list[Message]:
    """Only shortly after the code was read at that phone, and only for those of that phone."""
    session = trainings.by_id(here.tx, button.session)
    waits = session is not None and due.waits(here.tx, AT_DOOR, session.id, me.id, version=session.version)
    mine = [each for each in learners.of_person(here.tx, me.id) if button.learner in (0, each.id)]
    if session is None or session.state != "planned" or not waits or not mine:
        raise Refused(texts.STALE)
    return _here(here, me, session, mine)


def asks_why(here: Here, bell: Due) -> list[Message]:
    """One kind question to somebody who had a seat and did not come, when nobody can change that any more."""
    seat = seats.by_id(here.tx, bell.subject_id)
    session = trainings.by_id(here.tx, seat.session_id) if seat else None
    if seat is None or session is None or not _was_missed(seat, session) or seat.person_id != bell.person_id:
        return []
    hours = reminding.hours(here, people.person(here.tx, seat.person_id))
    if hours.quiet_at(here.now):
        due.put_off(here.tx, bell, until=hours.over_at(here.now))
        return []
    said = texts.MISSED_ASKS(**invited.called(session))
    named = texts.OF_LEARNER(name=Own(seat.name), words=said) if seat.name else said
    ways = invited.reasons(seat, session.version, "missed")
    return [Send(seat.person_id, named, ways, key=f"missed:{seat.id}", lane=Lane.REMINDER)]


def name(here: Here, seat: Seat | Learner) -> Own:
    """How whoever holds the training knows that person."""
    return Own(seat.name or people.person(here.tx, seat.person_id).name or "—")


def _list(here: Here, me: Person, session: Session, page: int) -> list[Message]:
    page = max(page, 0)
    found = seats.on_the_list(here.tx, session.id, most=A_PAGE + 1, skip=page * A_PAGE)
    marks = column(*((_label(here, seat), Came(session.id, seat.id, page, "mark")) for seat in found[:A_PAGE]))
    turns = _turns(session, page, "list", more=len(found) > A_PAGE)
    ends = (
        *row((texts.EVERYBODY_CAME, Came(session.id, 0, page, "all"))),
        *row((texts.SOMEBODY_ELSE, Came(session.id, 0, 0, "others"))),
        *row((texts.DONE, Came(session.id, 0, page, "close")), (texts.TO_TRAINING, Teach(session.id, 0, "show"))),
    )
    return screen(here, me, key(session), _head(here, session), (*marks, *turns, *ends))


def _others(here: Here, me: Person, session: Session, page: int) -> list[Message]:
    page = max(page, 0)
    found = seats.without(here.tx, session.id, session.audience, most=A_PAGE + 1, skip=page * A_PAGE)
    adds = column(*((name(here, each), Came(session.id, each.id, page, "add")) for each in found[:A_PAGE]))
    turns = _turns(session, page, "others", more=len(found) > A_PAGE)
    back = row((texts.TO_ATTENDANCE, Came(session.id, 0, 0, "list")))
    text = texts.CAME_WITHOUT if found else texts.NOBODY_ELSE
    return screen(here, me, key(session), text, (*adds, *turns, *back))


def _turns(session: Session, page: int, move: str, *, more: bool) -> Rows:
    before = [(texts.PAGE_BEFORE, Came(session.id, 0, page - 1, move))] if page else []
    after = [(texts.PAGE_AFTER, Came(session.id, 0, page + 1, move))] if more else []
    return row(*before, *after) if before or after else ()


def _head(here: Here, session: Session) -> Wording:
    came, _ = seats.attendance(here.tx, session.id)
    standing = seats.standing(here.tx, session.id)
    return texts.WHO_CAME(**invited.called(session), came=came, yes=standing.yes)


def _label(here: Here, seat: Seat) -> Wording:
    who = name(here, seat)
    return texts.TICKED(label=who) if seat.came == "yes" else who


def _toggled(here: Here, session: Session, seat_id: int) -> None:
    seat = seats.by_id(here.tx, seat_id)
    if seat is not None and seat.session_id == session.id:
        came = None if seat.came == "yes" else "yes"
        seats.mark(here.tx, seat.id, came, via=BY_TRAINER, now=here.now)


def _came(here: Here, session: Session, learner_id: int, *, via: str) -> None:
    """Also somebody who was not invited: the seat is made with the mark."""
    seats.add(here.tx, session.id, learner_id, now=here.now)
    seat = seats.of_learner(here.tx, session.id, learner_id)
    if seat is not None:
        seats.mark(here.tx, seat.id, "yes", via=via, now=here.now)


def _closed(here: Here, me: Person, session: Session) -> list[Message]:
    held = trainings.hold(here.tx, session.id, now=here.now)
    if held is None:
        return [Toast(texts.TRAINING_GONE)]
    seats.close(here.tx, held.id, via=BY_CLOSING, now=here.now)
    due.cancel(here.tx, (UNCLOSED,), held.id, now=here.now)
    tasks.training_closed(here, held.id)
    for seat in seats.missed(here.tx, held.id):
        at = here.now + rules.UNDO
        due.plan(here.tx, ASKS_WHY, seat.id, person_id=seat.person_id, version=held.version, at=at)
    follows = closed(here, held)
    return [*screen(here, me, key(held), *_result(here, held)), *follows]


def _opened_again(here: Here, me: Person, session: Session) -> list[Message]:
    opened = trainings.reopen(here.tx, session.id, held_since=here.now - rules.UNDO)
    if opened is None:
        return [Toast(texts.TOO_LATE_TO_OPEN)]
    seats.reopen(here.tx, opened.id, via=BY_CLOSING)
    planned(here, opened)
    follows = reopened(here, opened)
    return [*_list(here, me, opened, 0), *follows]


def _result(here: Here, session: Session) -> tuple[Wording, Rows]:
    came, missed = seats.attendance(here.tx, session.id)
    until = (session.held_at or here.now) + rules.UNDO
    text: Line = texts.ATTENDANCE_CLOSED(**invited.called(session), came=came, missed=missed)
    undo = row((texts.OPEN_AGAIN, Came(session.id, 0, 0, "again"))) if here.now < until else ()
    can: Wording = texts.CAN_BE_OPENED(until=until) if undo else NOTHING
    return paragraphs(text, can), (*undo, *row((texts.TO_TRAINING, Teach(session.id, 0, "show"))))


def _here(here: Here, me: Person, session: Session, mine: list[Learner]) -> list[Message]:
    for each in mine:
        _came(here, session, each.id, via=AT_THE_DOOR)
    return screen(here, me, invited.key(session), texts.YOU_ARE_HERE(**invited.called(session)))


def _was_missed(seat: Seat, session: Session) -> bool:
    return session.state == "held" and seat.came == "no"
