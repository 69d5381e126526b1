"""Whose plan has hours to do, for staff; and a learner's card."""

from bot.core import texts
from bot.core.buttons import Behind, Enter, Learner
from bot.core.events import Message, Refused, Rows
from bot.core.lines import NOTHING, Joined, Line, Own, Wording, paragraphs, rows
from bot.core.training_plans import Plan
from handlers import menu, plans
from handlers.here import Here, column, row, screen
from storage import credits, learners, programmes, trainings
from storage.credits import Credit
from storage.learners import Known
from storage.people import Person

A_PAGE = 8
MOST = 10
"""Credits that a card shows, the newest."""


def shown(here: Here, me: Person, page: int) -> list[Message]:
    """The nearest end first."""
    every = list(plans.everybody(here).items())
    part = every[page * A_PAGE : (page + 1) * A_PAGE]
    opens = column(*((_line(here, learner, plan), Learner(learner.id, "show")) for learner, plan in part))
    ways = (*opens, *_turns(page, more=len(every) > (page + 1) * A_PAGE), *row((texts.BACK, Enter("trainings"))))
    return screen(here, me, menu.KEY, texts.BEHIND_HEAD if every else texts.BEHIND_NOBODY, ways, protect=True)


def card(here: Here, me: Person, learner_id: int) -> list[Message]:
    """The plan, what was credited, what is ahead, how often they came."""
    learner = learners.known(here.tx, learner_id)
    if learner is None:
        raise Refused(texts.STALE)
    text = paragraphs(
        rows(Own(learner.name or "—"), *_audiences(here, learner), *plans.lines(here, learner)),
        NOTHING if learner.reachable else texts.LEARNER_UNREACHED,
        _credited(here, learner),
        _ahead(here, learner),
        _history(here, learner),
    )
    ways = (*row((texts.HOURS_ELSEWHERE, Learner(learner.id, "elsewhere"))), *row((texts.BACK, Behind(0))))
    return screen(here, me, menu.KEY, text, ways, protect=True)


def _line(here: Here, learner: Known, plan: Plan) -> Line:
    words = texts.BEHIND_LATE if plan.overdue(here.local.date()) else texts.BEHIND_LINE
    name, hours = Own(learner.name or "—"), texts.HOURS(plan.norm.hours)
    return words(name=name, done=plan.done, hours=hours, due=plans.day(plan.due))


def _audiences(here: Here, learner: Known) -> list[Wording]:
    return [item.name for item in here.centre.audiences if item.key in learner.audiences]


def _credited(here: Here, learner: Known) -> Wording:
    every = credits.of_learner(here.tx, learner.id)[:MOST]
    return rows(texts.LEARNER_CREDITS, *(credited(here, each) for each in every)) if every else NOTHING


def credited(here: Here, each: Credit) -> Line:
    """The day, the hours, what for, the number."""
    session = trainings.by_id(here.tx, each.session_id) if each.session_id else None
    what = Own(session.title) if session else Own(each.note) if each.note else texts.LEARNER_ELSEWHERE
    number = [texts.LEARNER_NUMBER(certificate=Own(each.certificate))] if each.certificate else []
    said = Joined((what, *number), by=", ")
    return texts.LEARNER_CREDIT(on=plans.day(each.earned_on), hours=texts.HOURS(each.hours), what=said)


def _ahead(here: Here, learner: Known) -> Wording:
    found = [trainings.by_id(here.tx, each) for each in programmes.coming(here.tx, learner.id, now=here.now)]
    lines = [texts.TRAINING_LINE(at=each.starts_at, title=Own(each.title)) for each in found if each]
    return rows(texts.LEARNER_AHEAD, *lines) if lines else NOTHING


def _history(here: Here, learner: Known) -> Wording:
    came = learners.came(here.tx, learner.id)
    return texts.LEARNER_HISTORY(came=came.get("yes", 0), missed=came.get("no", 0)) if came else NOTHING


def _turns(page: int, *, more: bool) -> Rows:
    before = [(texts.PAGE_BEFORE, Behind(page - 1))] if page else []
    after = [(texts.PAGE_AFTER, Behind(page + 1))] if more else []
    return row(*before, *after) if before or after else ()
