"""Trainings: an audience is invited, carers answer, those who come are reminded while it stands."""

from datetime import datetime

from bot.core import reminders, texts
from bot.core.buttons import Attend, Enter, Teach
from bot.core.events import Due, Guard, Lane, Message, Refused, Rows, Send, Show, Toast
from bot.core.filling import Draft
from bot.core.lines import Line, Own, Wording, paragraphs
from handlers import campaigns, menu
from handlers.here import Here, column, row, screen
from storage import due, people, trainings
from storage import visits as planned_visits
from storage.people import Person
from storage.trainings import Session

KINDS = tuple(reminders.TRAINING)
ANNOUNCED = "training_announced"
PIECE = 300
"""So many are written to in one transaction; the sender takes longer for them than the next piece to come."""


def key(session: Session) -> str:
    return f"training:{session.id}"


def planned(here: Here, me: Person, draft: Draft) -> list[Message]:
    """The form's answer: the session stands, its audience is invited, its reminders are rows of the same commit."""
    given = draft.answers
    session = trainings.plan(
        here.tx,
        title=given["title"],
        place=given["place"],
        audience=given["audience"],
        starts_at=_ahead(here, given["day"], given["time"]),
        hours=given["hours"],
        capacity=given["capacity"],
        by=me.id,
        now=here.now,
    )
    invited = people.audience(here.tx, session.audience)
    for person_id in invited:
        trainings.invite(here.tx, session.id, person_id, now=here.now)
    _plan_reminders(here, session)
    made = texts.TRAINING_MADE(title=Own(session.title), at=session.starts_at, invited=texts.INVITED(len(invited)))
    return [
        Send(here.asker, made, _manage(session), key=f"teach:{session.id}"),
        *_to_carers(here, session),
    ]


def moved(here: Here, me: Person, draft: Draft) -> list[Message]:
    """The session at its new time: everybody is asked again, and the reminders of the old one never fire."""
    starts_at = _ahead(here, draft.answers["day"], draft.answers["time"])
    session = trainings.move(here.tx, draft.subject_id, starts_at=starts_at)
    if session is None:
        raise Refused(texts.TRAINING_GONE)
    _plan_reminders(here, session)
    return [*_standing(here, me, session), *_to_carers(here, session)]


def taught(here: Here, me: Person, button: Teach) -> list[Message]:
    """Show or call off; to move it is a form, begun by the router."""
    session = trainings.by_id(here.tx, button.session)
    if session is None or session.state != "planned":
        raise Refused(texts.TRAINING_GONE)
    if button.move == "cancel":
        return _called_off(here, session.id)
    return _standing(here, me, session)


def answered(here: Here, me: Person, button: Attend) -> list[Message]:
    """«I will come» or «I can't», changeable; a yes only while there is a seat."""
    session = trainings.by_id(here.tx, button.session)
    if session is None or not trainings.is_invited(here.tx, session.id, me.id):
        raise Refused(texts.NOT_FOR_YOU)
    if session.state != "planned":
        return [Toast(texts.TRAINING_GONE), Show(here.asker, key(session), _cancelled(session))]
    if session.version != button.version:
        return [Toast(texts.TRAINING_GONE), Show(here.asker, key(session), _invitation(session), _rsvp(session))]
    if button.move == "show":
        return screen(here, me, key(session), *_seen(here, me, session))
    if not trainings.answer(here.tx, session.id, me.id, button.move, now=here.now):
        return [Toast(texts.TRAINING_FULL)]
    text, buttons = _seen(here, me, session)
    return [Show(here.asker, key(session), text, buttons)]


def reminded(here: Here, bell: Due) -> list[Message]:
    """To those who come, and to those who have not answered yet; to nobody when it has moved or is off."""
    session = trainings.by_id(here.tx, bell.subject_id)
    if session is None or not trainings.stands(here.tx, session.id, bell.version):
        return []
    text = texts.TRAINING_REMINDER(title=Own(session.title), at=session.starts_at, place=Own(session.place))
    answers = trainings.invited(here.tx, session.id)
    guard = Guard("training", session.id, session.version)
    return [
        Send(person_id, text, _rsvp(session, but=answer or ""), key=key(session), lane=Lane.REMINDER, guard=guard)
        for person_id, answer in answers.items()
        if answer != "no"
    ]


def of_staff(here: Here, me: Person) -> list[Message]:
    sessions = trainings.ahead(here.tx, now=here.now)
    opens = column(*((_line(session), Teach(session.id, session.version, "show")) for session in sessions[:20]))
    head = texts.PLANNED_TRAININGS if sessions else texts.NO_TRAININGS
    ways = (*opens, *row((texts.NEW_TRAINING, Enter("new_training"))), *menu.back())
    return screen(here, me, menu.KEY, head, ways, protect=True)


def ahead(here: Here, me: Person) -> list[Message]:
    """«Visits and trainings»: what is planned for this person, apart from what lies behind a code."""
    sessions = trainings.ahead_for(here.tx, me.id, now=here.now)
    visits = planned_visits.of_resident(here.tx, me.id)
    opens = column(*((_line(session), Attend(session.id, session.version, "show")) for session in sessions[:20]))
    lines = [texts.VISIT_ARRANGED(at=visit.starts_at) for visit in visits]
    head: Wording = paragraphs(*lines) if lines else texts.PLANNED_TRAININGS if sessions else texts.NOTHING_PLANNED
    return screen(here, me, menu.KEY, head, (*opens, *campaigns.way(here), *menu.back()))


def _ahead(here: Here, day: str, clock: str) -> datetime:
    starts_at = reminders.moment(day, clock, here.centre.zone)
    if starts_at <= here.now:
        raise Refused(texts.VISIT_IN_PAST)
    return starts_at


def _plan_reminders(here: Here, session: Session) -> None:
    due.cancel(here.tx, KINDS, session.id, now=here.now)
    for each in reminders.of_training(session.starts_at, here.centre.zone, now=here.now):
        due.plan(here.tx, each.kind, session.id, version=session.version, at=each.at)


def _called_off(here: Here, session_id: int) -> list[Message]:
    session = trainings.cancel(here.tx, session_id)
    if session is None:
        raise Refused(texts.TRAINING_GONE)
    due.cancel(here.tx, KINDS, session.id, now=here.now)
    told = [person for person, answer in trainings.invited(here.tx, session.id).items() if answer != "no"]
    text = _cancelled(session)
    mine = Show(here.asker, f"teach:{session.id}", text)
    return [mine, *(Send(person, text, key=key(session), lane=Lane.BROADCAST) for person in told)]


def _standing(here: Here, me: Person, session: Session) -> list[Message]:
    answers = trainings.standing(here.tx, session.id)
    text = texts.TRAINING_STANDING(
        title=Own(session.title),
        at=session.starts_at,
        seats=session.capacity,
        yes=answers.yes,
        no=answers.no,
        silent=answers.silent,
    )
    return screen(here, me, f"teach:{session.id}", text, _manage(session))


def announced(here: Here, bell: Due) -> list[Message]:
    """The next piece of an announcement, if the session still stands as it did."""
    session = trainings.by_id(here.tx, bell.subject_id)
    if session is None or not trainings.stands(here.tx, session.id, bell.version):
        return []
    return _to_carers(here, session, after=bell.person_id)


def _to_carers(here: Here, session: Session, *, after: int = 0) -> list[Message]:
    """A piece of those invited now, the others a moment later: nobody who is leaving waits for ten thousand rows."""
    invited = [person for person in trainings.invited(here.tx, session.id) if person > after]
    if len(invited) > PIECE:
        due.plan(here.tx, ANNOUNCED, session.id, person_id=invited[PIECE - 1], version=session.version, at=here.now)
    text = _invitation(session) if session.version == 1 else _moved(session)
    guard = Guard("training", session.id, session.version)
    return [
        Send(person, text, _rsvp(session), key=key(session), lane=Lane.BROADCAST, guard=guard)
        for person in invited[:PIECE]
    ]


def _moved(session: Session) -> Line:
    return texts.TRAINING_MOVED(title=Own(session.title), at=session.starts_at, place=Own(session.place))


def _seen(here: Here, me: Person, session: Session) -> tuple[Wording, Rows]:
    """The invitation as it stands with this carer's answer."""
    answer = trainings.answered(here.tx, session.id, me.id)
    if answer is None:
        return _invitation(session), _rsvp(session)
    said = texts.TRAINING_YES if answer == "yes" else texts.TRAINING_NO
    text = said(title=Own(session.title), at=session.starts_at, place=Own(session.place))
    return text, _rsvp(session, but=answer)


def _invitation(session: Session) -> Line:
    return texts.TRAINING_INVITES(
        title=Own(session.title),
        at=session.starts_at,
        place=Own(session.place),
        hours=texts.HOURS(session.hours),
        seats=texts.SEATS(session.capacity),
    )


def _cancelled(session: Session) -> Line:
    return texts.TRAINING_CANCELLED(title=Own(session.title), at=session.starts_at)


def _line(session: Session) -> Line:
    return texts.TRAINING_LINE(title=Own(session.title), at=session.starts_at)


def _manage(session: Session) -> Rows:
    at = (session.id, session.version)
    return row((texts.MOVE, Teach(*at, "move")), (texts.CALL_OFF, Teach(*at, "cancel")))


def _rsvp(session: Session, but: str = "") -> Rows:
    ways = (("yes", texts.I_WILL_COME), ("no", texts.I_CANNOT))
    return row(*((label, Attend(session.id, session.version, move)) for move, label in ways if move != but))
