"""What came of a visit, and the next step that follows: one press, so that no case is left without one."""

from bot.core import steps, texts
from bot.core.buttons import Road
from bot.core.cases import Case
from bot.core.events import Message, Refused, Toast
from bot.core.filling import Draft
from handlers import cards, clocks, contact, talk, tasks, visit_card
from handlers.here import Here, column, screen
from storage import cases, due, visits
from storage.people import Person
from storage.visits import Visit

MEETS = {
    "needs_assessment": ("needs_assessment",),
    "joint_visit": ("child_safety_assessment",),
}
"""Which deadlines a visit of that kind meets, besides the brigade's day, which any visit meets."""
HELP = "brigade_urgent_help"


def held(here: Here, me: Person, case: Case, visit: Visit) -> list[Message]:
    """It took place: its deadlines are met, and what is next is offered."""
    tasks.came_about(here, case.id, tasks.RESULT)
    cases.contacted(here.tx, case.id, by=me.id, now=here.now)
    cases.move_on(here.tx, case.id, "visited", by=me.id, now=here.now)
    clocks.met(here, case, *clocks.FIRST, HELP, *MEETS.get(visit.kind, ()))
    tasks.ensure_step(here, case)
    return visit_card.shown(here, me, visit)


def not_held(here: Here, me: Person, case: Case, visit: Visit, move: str) -> list[Message]:
    """Why, and then what: the reason is a code, and the person hears of it only when it was we who called it off."""
    case = talk.mine(here, me, case.id)
    reason = move.removeprefix("no.")
    if reason not in steps.NOT_HELD:
        return _asks_why(here, me, case, visit)
    over = visits.not_held(here.tx, visit.id, reason)
    if over is None:
        raise Refused(texts.VISIT_STALE)
    due.cancel(here.tx, ("visit_day", "visit_hours"), visit.id, now=here.now)
    tasks.came_about(here, case.id, tasks.RESULT)
    cases.unplan(here.tx, case.id)
    cases.note(here.tx, case.id, f"visit_not_held.{reason}", by=me.id, now=here.now)
    tasks.ensure_step(here, case)
    called_off = texts.VISIT_CANCELLED(at=visit.starts_at)
    told = contact.told(here, case, "visit", called_off) if reason == "called_off" else []
    return [*visit_card.shown(here, me, over), *told, *cards.shown(here, me, talk.mine(here, me, case.id))]


def step_taken(here: Here, me: Person, case: Case, step: str) -> list[Message]:
    """The next step, with its moment: a task of the one who has the case."""
    if step not in steps.STEPS:
        raise Refused(texts.STALE)
    at = steps.due_at(here.centre, step, here.now)
    tasks.next_step(here, case, step, at)
    cases.note(here.tx, case.id, f"step.{step}", by=me.id, now=here.now)
    noted = texts.STEP_NOTED(step=tasks.WORDS[step], at=at)
    visit = visits.newest(here.tx, case.id)
    stands = visit_card.shown(here, me, visit, above=noted) if visit else []
    return [Toast(noted), *stands, *cards.shown(here, me, case)]


def act_numbered(here: Here, me: Person, draft: Draft) -> list[Message]:
    case = talk.mine(here, me, draft.subject_id)
    visit = visits.number_act(here.tx, case, str(draft.answers["act_no"]))
    if visit is None:
        raise Refused(texts.VISIT_STALE)
    cases.note(here.tx, case.id, "act_no", by=me.id, now=here.now)
    return visit_card.shown(here, me, visit)


def _asks_why(here: Here, me: Person, case: Case, visit: Visit) -> list[Message]:
    if visit.state != "planned":
        raise Refused(texts.VISIT_STALE)
    reasons = column(*((texts.NOT_HELD_WHY[each], Road(visit.id, f"no.{each}")) for each in steps.NOT_HELD))
    return screen(here, me, visit_card.key(visit), texts.WHY_NOT_HELD(number=case.name), reasons, protect=True)
