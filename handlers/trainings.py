"""Trainings as staff plan them: when, where, for whom. What carers see and answer is in handlers/rsvp.py."""

from datetime import datetime

from bot.core import reminders, texts
from bot.core.buttons import Attend, Came, Detail, Enter, Teach
from bot.core.events import Message, Refused, Rows, Send, Show
from bot.core.filling import Draft
from bot.core.lines import Line, Own, Wording, paragraphs
from bot.core.trainings import UNDO
from handlers import attendance, invited, keeping, menu, rsvp, standing, tasks, training_ways, waiting
from handlers.here import Here, column, row, screen
from storage import due, seats, trainings
from storage import visits as planned_visits
from storage.people import Person
from storage.trainings import Session


def planned(here: Here, me: Person, draft: Draft) -> list[Message]:
    """The form's answer: the session stands, its audience is invited, its reminders are rows of the same commit."""
    given = draft.answers
    session = trainings.plan(
        here.tx,
        title=given["title"],
        place=given["place"],
        audience=given["audience"],
        starts_at=ahead_at(here, given["day"], given["time"]),
        hours=given["hours"],
        capacity=given["capacity"],
        by=me.id,
        now=here.now,
    )
    called = seats.invite(here.tx, session.id, session.audience, now=here.now)
    rsvp.plan_reminders(here, session)
    made = texts.TRAINING_MADE(title=Own(session.title), at=session.starts_at, invited=texts.INVITED(called))
    return [
        Send(here.asker, made, _manage(here, session), key=f"teach:{session.id}"),
        *rsvp.to_carers(here, session),
    ]


def moved(here: Here, me: Person, draft: Draft) -> list[Message]:
    """The session at its new time: everybody is asked again, and the reminders of the old one never fire."""
    starts_at = ahead_at(here, draft.answers["day"], draft.answers["time"])
    session = trainings.move(here.tx, draft.subject_id, starts_at=starts_at)
    if session is None:
        raise Refused(texts.TRAINING_GONE)
    seats.open_again(here.tx, session.id)
    rsvp.plan_reminders(here, session)
    return [*_standing(here, me, session), *rsvp.to_carers(here, session)]


def taught(here: Here, me: Person, button: Teach) -> list[Message]:
    """Show it, who answered, or call it off; to move it is a form, begun by the router."""
    session = trainings.by_id(here.tx, button.session)
    if session is None or session.state == "cancelled":
        raise Refused(texts.TRAINING_GONE)
    match button.move:
        case "cancel":
            return _called_off(here, session.id)
        case "who":
            return standing.answers(here, me, session, 0)
        case _:
            return _standing(here, me, session)


def given_on(here: Here, person_id: int) -> list[Message]:
    """Whoever held them works here no more: they are the head's, until somebody else is named."""
    heir = tasks.head(here)
    sessions = trainings.of_trainer(here.tx, person_id) if heir and heir.id != person_id else []
    for session in sessions:
        trainings.held_by(here.tx, session.id, heir.id if heir else person_id)
    return [
        Send(
            heir.colleague,
            texts.TRAINING_IS_YOURS(at=session.starts_at),
            row((texts.TRAINING_OPEN, Teach(session.id, session.version, "show"))),
            key=f"teach:{session.id}",
        )
        for session in sessions
        if heir
    ]


def of_staff(here: Here, me: Person) -> list[Message]:
    open_still = trainings.past(here.tx, now=here.now, since=here.now - UNDO)
    sessions = [*open_still, *trainings.ahead(here.tx, now=here.now)]
    opens = column(*((_line(session), Teach(session.id, session.version, "show")) for session in sessions[:20]))
    head = texts.PLANNED_TRAININGS if sessions else texts.NO_TRAININGS
    new = row((texts.NEW_TRAINING, Enter("new_training")))
    ways = (*opens, *new, *training_ways.of_staff(here), *menu.back())
    return screen(here, me, menu.KEY, head, ways, protect=True)


def ahead(here: Here, me: Person) -> list[Message]:
    """«Visits and trainings»: what is planned for this person, apart from what lies behind a code."""
    sessions = trainings.ahead_for(here.tx, me.id, now=here.now)
    visits = planned_visits.of_resident(here.tx, me.id)
    opens = column(*(_opening(here, me, session) for session in sessions[:20]))
    lines = [texts.VISIT_ARRANGED(at=visit.starts_at) for visit in visits]
    head: Wording = paragraphs(*lines) if lines else texts.PLANNED_TRAININGS if sessions else texts.NOTHING_PLANNED
    return screen(here, me, menu.KEY, head, (*opens, *training_ways.of_carer(me), *menu.back()))


def ahead_at(here: Here, day: str, clock: str) -> datetime:
    starts_at = reminders.moment(day, clock, here.centre.zone)
    if starts_at <= here.now:
        raise Refused(texts.VISIT_IN_PAST)
    return starts_at


def _called_off(here: Here, session_id: int) -> list[Message]:
    session = trainings.cancel(here.tx, session_id)
    if session is None:
        raise Refused(texts.TRAINING_GONE)
    due.cancel(here.tx, (*rsvp.KINDS, *keeping.KINDS, waiting.ENDS, attendance.UNCLOSED), session.id, now=here.now)
    return [Show(here.asker, f"teach:{session.id}", invited.cancelled(session)), *rsvp.told_off(here, session)]


def _standing(here: Here, me: Person, session: Session) -> list[Message]:
    text = standing.text(here, session)
    return screen(here, me, f"teach:{session.id}", text, _manage(here, session))


def _opening(here: Here, me: Person, session: Session) -> tuple[Wording, Attend]:
    seat = seats.of_phone(here.tx, session.id, me.id)[0]
    return _line(session), Attend(seat.id, session.version, "show")


def _line(session: Session) -> Line:
    return texts.TRAINING_LINE(title=Own(session.title), at=session.starts_at)


def _manage(here: Here, session: Session) -> Rows:
    at = (session.id, session.version)
    begun = attendance.has_begun(here, session)
    who = row((texts.WHO_ANSWERED, Teach(*at, "who")))
    came = row((texts.WHO_CAME_BUTTON, Came(session.id, 0, 0, "list"))) if begun else ()
    if session.state != "planned":
        return (*came, *who)
    more = row((texts.MORE_OF_TRAINING, Detail(session.id, "", "")))
    return (*came, *row((texts.MOVE, Teach(*at, "move")), (texts.CALL_OFF, Teach(*at, "cancel"))), *who, *more)
