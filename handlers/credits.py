"""Hours credited to those who came. The attendance list is closed as often as need be: nothing is credited twice."""

from collections.abc import Sequence
from datetime import date

from bot.core import texts
from bot.core.buttons import Learner, MyPlan
from bot.core.events import Edit, Lane, Message, Refused, Send, Show
from bot.core.filling import Draft
from bot.core.lines import Own, Wording, paragraphs, rows
from bot.core.whom import Carer
from handlers import plan_warnings, plans
from handlers.here import Here, row
from storage import credits, learners, seats
from storage.credits import Credit
from storage.people import Person
from storage.seats import Seat
from storage.trainings import Session


def key(session: Session) -> str:
    return f"credit:{session.id}"


def credit(here: Here, session: Session) -> list[Message]:
    """The list of those who came is closed: each has the hours, a number, and one message a phone."""
    credits.undo_absent(here.tx, session.id, now=here.now)
    came = [seat for seat in seats.of_session(here.tx, session.id) if seat.came == "yes"]
    given = {seat.learner_id: made for seat in came if (made := _given(here, session, seat.learner_id)) is not None}
    absent = {each.learner_id for each in credits.undone(here.tx, session.id)}
    for learner_id in sorted({*given, *(each for each in absent if each is not None)}):
        _planned_anew(here, learner_id)
    phones = dict.fromkeys(seat.person_id for seat in came if seat.learner_id in given)
    told = [_told(here, session, phone, [seat for seat in came if seat.person_id == phone]) for phone in phones]
    return [*told, *_not_credited(here, session, absent, but=phones)]


def reopened(here: Here, session: Session) -> list[Message]:
    """The list is corrected: until it is closed again nothing of it counts, and whoever was told so reads that."""
    undone = credits.undo(here.tx, session.id, now=here.now)
    for each in undone:
        _planned_anew(here, each.learner_id or 0)
    among = {each.learner_id for each in undone}
    phones = dict.fromkeys(s.person_id for s in seats.of_session(here.tx, session.id) if s.learner_id in among)
    said = texts.CREDIT_CHECKED(title=Own(session.title))
    return [Edit(phone, key(session), said, lane=Lane.REMINDER) for phone in phones]


def noted(here: Here, me: Person, draft: Draft) -> list[Message]:
    """Hours that another body taught, entered by staff."""
    learner = learners.known(here.tx, draft.subject_id)
    if learner is None:
        raise Refused(texts.STALE)
    given = draft.answers
    on = date.fromisoformat(given["earned_on"])
    credits.elsewhere(
        here.tx,
        learner.id,
        hours=given["hours"],
        earned_on=on,
        certificate=given.get("certificate") or "",
        note=given.get("note") or "",
        by=me.id,
        now=here.now,
    )
    plan_warnings.planned(here, learner)
    said = texts.ELSEWHERE_NOTED(hours=texts.HOURS(given["hours"]), on=plans.day(on))
    return [Send(here.asker, said, row((texts.TO_LEARNER, Learner(learner.id, "show"))), protect=True)]


def _given(here: Here, session: Session, learner_id: int) -> Credit | None:
    """The credit with its number; None when it stands already."""
    on = here.centre.wall_clock(session.starts_at).date()
    made = credits.give(here.tx, learner_id, session.id, hours=session.hours, earned_on=on, now=here.now)
    if made is not None and not made.certificate and here.centre.certificates:
        number = credits.next_number(here.tx, on.year)
        credits.certify(here.tx, made.id, here.centre.certificates.format(year=on.year, n=number))
    return made


def _planned_anew(here: Here, learner_id: int) -> None:
    learner = learners.known(here.tx, learner_id)
    if learner is not None:
        plan_warnings.planned(here, learner)


def _told(here: Here, session: Session, phone: Carer, came: Sequence[Seat]) -> Message:
    """Hours, number, what is left of the plan; of both at once, where two share the phone."""
    two = len(learners.of_person(here.tx, phone)) > 1
    parts = [_words(here, session, seat, named=two) for seat in came]
    opens = row((texts.MY_PLAN, MyPlan(0, 0)))
    return Show(phone, key(session), paragraphs(*parts), opens, lane=Lane.REMINDER)


def _words(here: Here, session: Session, seat: Seat, *, named: bool) -> Wording:
    made = next(each for each in credits.of_learner(here.tx, seat.learner_id) if each.session_id == session.id)
    title, hours = Own(session.title), texts.HOURS(session.hours)
    said: Wording = texts.CREDITED(title=title, hours=hours)
    if made.certificate:
        said = texts.CREDITED_NUMBER(title=title, hours=hours, certificate=Own(made.certificate))
    if named and seat.name:
        said = texts.OF_LEARNER(name=Own(seat.name), words=said)
    learner = learners.known(here.tx, seat.learner_id)
    return rows(said, *(plans.lines(here, learner) if learner else ()))


def _not_credited(here: Here, session: Session, absent: set[int | None], *, but: dict[Carer, None]) -> list[Message]:
    """Who had been told of hours that do not stand."""
    every = seats.of_session(here.tx, session.id)
    phones = dict.fromkeys(s.person_id for s in every if s.learner_id in absent and s.person_id not in but)
    said = texts.CREDIT_UNDONE(title=Own(session.title))
    return [Edit(phone, key(session), said, lane=Lane.REMINDER) for phone in phones]
