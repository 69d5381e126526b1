"""How a carer's plan stands: what is done, what is left, what fits. Her page of it is handlers/my_plan.py."""

from collections.abc import Mapping, Sequence
from datetime import date

from bot.core import texts, training_plans
from bot.core.buttons import MyPlan
from bot.core.centre import TrainingNorm
from bot.core.events import Button, Rows
from bot.core.lines import Line, Own, Wording
from bot.core.training_plans import Earned, Plan
from handlers.here import Here
from storage import credits, learners, programmes, trainings
from storage.learners import Known
from storage.trainings import Session

MOST_FITTING = 6
"""Sessions offered at once; the list of all invitations has the others."""


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


def overdue(here: Here, day: date) -> int:
    """How many of those who are carers now were late on that day, by what they had earned until then."""
    earned = credits.earned(here.tx)
    until = {learner_id: [each for each in own if each.on <= day] for learner_id, own in earned.items()}
    there = [each for each in learners.everybody(here.tx) if here.centre.wall_clock(each.joined_at).date() <= day]
    standing = [of(here, each, until.get(each.id, ())) for each in there]
    return sum(1 for plan in standing if plan is not None and plan.left and plan.overdue(day))


def norms(here: Here, learner: Known) -> list[TrainingNorm]:
    return [norm for norm in here.centre.training_plans if norm.audience in learner.audiences]


def lines(here: Here, learner: Known) -> list[Wording]:
    """How the plan stands: the bar, what is left and by when."""
    standing = plan(here, learner)
    if standing is None:
        total = sum(each.hours for each in credits.of_learner(here.tx, learner.id))
        return [texts.PLAN_WITHOUT_NORM(hours=texts.HOURS(total))]
    was = [texts.PLAN_WAS_DONE(on=day(standing.completed))] if standing.completed else []
    unchecked = [] if standing.norm.verified_on else [texts.PLAN_NOT_CHECKED]
    return [bar(standing), left(here, standing), *was, *unchecked]


def bar(standing: Plan) -> Line:
    return texts.PLAN_BAR(bar=standing.bar, done=standing.done, hours=texts.HOURS(standing.norm.hours))


def left(here: Here, standing: Plan) -> Line:
    words = texts.PLAN_IS_OVER if standing.overdue(here.local.date()) else texts.PLAN_LEFT
    return words(left=texts.HOURS(standing.left), due=day(standing.due))


def fitting(here: Here, learner: Known) -> list[Session]:
    """Sessions ahead with a free seat, the nearest first."""
    return sessions(here, programmes.fitting(here.tx, learner.id, now=here.now, most=MOST_FITTING))


def ways(here: Here, learner: Known) -> Rows:
    """A button for each session that fits."""
    return tuple((Button(line(session), MyPlan(learner.id, session.id)),) for session in fitting(here, learner))


def day(on: date) -> Own:
    """With the year: a plan runs for two."""
    return Own(f"{on:%d.%m.%Y}")


def sessions(here: Here, ids: Sequence[int]) -> list[Session]:
    return [session for each in ids if (session := trainings.by_id(here.tx, each))]


def line(session: Session) -> Line:
    return texts.FITS_LINE(at=session.starts_at, title=Own(session.title), hours=texts.HOURS(session.hours))
