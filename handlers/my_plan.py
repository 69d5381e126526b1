"""A carer's training plan as she sees it: hours done, left, by when, and what fits. Two at one phone have one each."""

from collections.abc import Mapping, Sequence
from datetime import date

from bot.core import texts, training_plans
from bot.core.buttons import Attend, Enter, MyPlan
from bot.core.centre import TrainingNorm
from bot.core.events import Button, Message, Refused, Rows
from bot.core.lines import NOTHING, Line, Own, Wording, paragraphs, rows
from bot.core.training_plans import Earned, Plan
from handlers import menu, rsvp
from handlers.here import Here, row, screen
from storage import credits, learners, programmes, seats, trainings
from storage.learners import Known
from storage.people import Person
from storage.trainings import Session

MOST_FITTING = 6
"""Sessions offered at once; the list of all invitations has the others."""


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


def plan(here: Here, learner: Known) -> Plan | None:
    """The one that ends first, where a carer is of several audiences; None where no norm is set."""
    return of(here, learner, [Earned(each.earned_on, each.hours) for each in credits.of_learner(here.tx, learner.id)])


def of(here: Here, learner: Known, earned: Sequence[Earned]) -> Plan | None:
    joined = here.centre.wall_clock(learner.joined_at).date()
    plans = [training_plans.plan(norm, joined, earned) for norm in norms(here, learner)]
    return training_plans.nearest(plans)


def everybody(here: Here) -> Mapping[Known, Plan]:
    """Who has hours to do, the nearest end first."""
    earned = credits.earned(here.tx)
    found = {each: of(here, each, earned.get(each.id, ())) for each in learners.everybody(here.tx)}
    standing = [(each, plan) for each, plan in found.items() if plan is not None and plan.left]
    return dict(sorted(standing, key=lambda pair: (pair[1].due, pair[0].id)))


def norms(here: Here, learner: Known) -> list[TrainingNorm]:
    return [norm for norm in here.centre.training_plans if norm.audience in learner.audiences]


def lines(here: Here, learner: Known) -> list[Wording]:
    """How the plan stands: the bar, what is left and by when."""
    standing = plan(here, learner)
    if standing is None:
        total = sum(each.hours for each in credits.of_learner(here.tx, learner.id))
        return [texts.PLAN_NONE(hours=texts.HOURS(total))]
    was = [texts.PLAN_WAS_DONE(on=day(standing.completed))] if standing.completed else []
    unchecked = [] if standing.norm.verified_on else [texts.PLAN_NOT_CHECKED]
    return [bar(standing), left(here, standing), *was, *unchecked]


def bar(standing: Plan) -> Line:
    return texts.PLAN_BAR(bar=standing.bar, done=standing.done, hours=texts.HOURS(standing.norm.hours))


def left(here: Here, standing: Plan) -> Line:
    words = texts.PLAN_IS_OVER if standing.overdue(here.local.date()) else texts.PLAN_LEFT
    return words(left=texts.HOURS(standing.left), due=day(standing.due))


def card(here: Here, learner: Known, *, named: bool) -> Wording:
    name = [Own(learner.name)] if named else []
    coming = [_coming(session) for session in _sessions(here, programmes.coming(here.tx, learner.id, now=here.now))]
    fits = texts.MY_PLAN_FITS if fitting(here, learner) else NOTHING if coming else texts.MY_PLAN_NOTHING
    return paragraphs(rows(*name, *lines(here, learner)), rows(*coming) if coming else NOTHING, fits)


def fitting(here: Here, learner: Known) -> list[Session]:
    """Sessions ahead with a free seat, the nearest first."""
    return _sessions(here, programmes.fitting(here.tx, learner.id, now=here.now, most=MOST_FITTING))


def ways(here: Here, learner: Known) -> Rows:
    """A button for each session that fits."""
    return tuple((Button(_line(session), MyPlan(learner.id, session.id)),) for session in fitting(here, learner))


def day(on: date) -> Own:
    """With the year: a plan runs for two."""
    return Own(f"{on:%d.%m.%Y}")


def _mine(here: Here, me: Person) -> list[Known]:
    found = [learners.known(here.tx, each.id) for each in learners.of_person(here.tx, me.id)]
    return [each for each in found if each is not None]


def _offered(here: Here, learner: Known, *, named: bool) -> Rows:
    if not named:
        return ways(here, learner)
    return tuple(
        (Button(texts.NAMED_WAY(name=Own(learner.name), way=_line(session)), MyPlan(learner.id, session.id)),)
        for session in fitting(here, learner)
    )


def _opened(here: Here, me: Person, button: MyPlan) -> list[Message]:
    """The invitation; whoever joined after it went out has a seat to answer for from now on."""
    learner, session = learners.known(here.tx, button.learner), trainings.by_id(here.tx, button.session)
    if learner is None or learner.person_id != me.id:
        raise Refused(texts.NOT_FOR_YOU)
    mine = seats.of_phone(here.tx, button.session, me.id)
    invited = any(seat.learner_id == learner.id for seat in mine)
    if session is None or not (invited or session in fitting(here, learner)):
        raise Refused(texts.TRAINING_GONE)
    if not invited:
        seats.add(here.tx, session.id, learner.id, now=here.now)
        rsvp.plan_reminders_of(here, session, me)
    seat = next(each for each in seats.of_phone(here.tx, session.id, me.id) if each.learner_id == learner.id)
    return rsvp.answered(here, me, Attend(seat.id, session.version, "show"))


def _sessions(here: Here, ids: Sequence[int]) -> list[Session]:
    return [session for each in ids if (session := trainings.by_id(here.tx, each))]


def _coming(session: Session) -> Line:
    return texts.PLAN_COMING(at=session.starts_at, title=Own(session.title), hours=texts.HOURS(session.hours))


def _line(session: Session) -> Line:
    return texts.FITS_LINE(at=session.starts_at, title=Own(session.title), hours=texts.HOURS(session.hours))
