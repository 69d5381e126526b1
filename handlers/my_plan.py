"""A carer's training plan as she sees it: hours done, left, by when, and what fits. Two at one phone have one each."""

from bot.core import texts
from bot.core.buttons import Attend, Enter, MyPlan
from bot.core.events import Button, Message, Refused, Rows
from bot.core.lines import NOTHING, Line, Own, Wording, paragraphs, rows
from handlers import menu, plans, rsvp
from handlers.here import Here, row, screen
from storage import learners, programmes, seats, trainings
from storage.learners import Known
from storage.people import Person
from storage.trainings import Session


def shown(here: Here, me: Person, button: MyPlan) -> list[Message]:
    """The plan of everybody at this phone, or one of the sessions that fit."""
    if button.session:
        return _opened(here, me, button)
    mine = _mine(here, me)
    if not mine:
        raise Refused(texts.NOT_FOR_YOU)
    parts = [card(here, each, named=len(mine) > 1) for each in mine]
    offered = [_offered(here, each, named=len(mine) > 1) for each in mine]
    back = row((texts.BACK, Enter("visits")))
    return screen(here, me, menu.KEY, paragraphs(*parts), (*(way for ways in offered for way in ways), *back))


def card(here: Here, learner: Known, *, named: bool) -> Wording:
    name = [Own(learner.name)] if named else []
    coming = [
        _coming(session) for session in plans.sessions(here, programmes.coming(here.tx, learner.id, now=here.now))
    ]
    fits = texts.MY_PLAN_FITS if plans.fitting(here, learner) else NOTHING if coming else texts.MY_PLAN_NOTHING
    return paragraphs(rows(*name, *plans.lines(here, learner)), rows(*coming) if coming else NOTHING, fits)


def _mine(here: Here, me: Person) -> list[Known]:
    found = [learners.known(here.tx, each.id) for each in learners.of_person(here.tx, me.id)]
    return [each for each in found if each is not None]


def _offered(here: Here, learner: Known, *, named: bool) -> Rows:
    if not named:
        return plans.ways(here, learner)
    return tuple(
        (Button(texts.NAMED_WAY(name=Own(learner.name), way=plans.line(session)), MyPlan(learner.id, session.id)),)
        for session in plans.fitting(here, learner)
    )


def _opened(here: Here, me: Person, button: MyPlan) -> list[Message]:
    """The invitation; whoever joined after it went out has a seat to answer for from now on."""
    learner, session = learners.known(here.tx, button.learner), trainings.by_id(here.tx, button.session)
    if learner is None or learner.person_id != me.id:
        raise Refused(texts.NOT_FOR_YOU)
    mine = seats.of_phone(here.tx, button.session, me.id)
    invited = any(seat.learner_id == learner.id for seat in mine)
    if session is None or not (invited or session in plans.fitting(here, learner)):
        raise Refused(texts.TRAINING_GONE)
    if not invited:
        seats.add(here.tx, session.id, learner.id, now=here.now)
        rsvp.plan_reminders_of(here, session, me)
    seat = next(each for each in seats.of_phone(here.tx, session.id, me.id) if each.learner_id == learner.id)
    return rsvp.answered(here, me, Attend(seat.id, session.version, "show"))


def _coming(session: Session) -> Line:
    return texts.PLAN_COMING(at=session.starts_at, title=Own(session.title), hours=texts.HOURS(session.hours))
