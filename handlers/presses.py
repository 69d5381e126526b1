"""Which handler answers what a colleague presses about a case; about the centre itself, office.py.

Whether one may press it at all was asked by the router.
"""

from bot.core.buttons import (
    Accept,
    Again,
    Allow,
    Answer,
    Because,
    Claim,
    Claimant,
    Clock,
    Close,
    Contacted,
    Decline,
    Fired,
    Give,
    Glass,
    Hand,
    Kin,
    Lease,
    List,
    Mark,
    OfCase,
    Open,
    Page,
    Passed,
    PlanVisit,
    Recode,
    Road,
    SafeAgain,
    Talk,
    Todo,
)
from bot.core.events import Message
from handlers import (
    agreed,
    day,
    decisions,
    family,
    filling,
    glass,
    handing,
    lease,
    pages,
    queue,
    road,
    series,
    talk,
    tasks,
)
from handlers.here import Here
from storage.people import Person


def answered(here: Here, me: Person, action: OfCase) -> list[Message]:
    match action:
        case Fired(call):
            return agreed.done(here, me, call)
        case Answer(case):
            begun = filling.begin(here, me, "reply", subject_id=talk.mine(here, me, case).id)
            return [*begun, *talk.other_account(here, case)]
        case Talk():
            return talk.shown(here, me, action)
        case Recode(case):
            return talk.new_code(here, me, case)
        case Claimant():
            return talk.checked(here, me, action)
        case SafeAgain(case):
            return talk.safe_again(here, me, case)
        case Claim(case):
            return queue.claim(here, me, case)
        case Decline(case):
            return queue.decline(here, me, case)
        case Passed():
            return queue.passed_because(here, me, action)
        case Lease(case, move):
            return lease.pressed(here, me, case, move)
        case Hand(case):
            return handing.asked(here, me, case)
        case Give():
            return handing.given(here, me, action)
        case Accept():
            return handing.accepted(here, me, action)
        case List("mine", page):
            return day.mine(here, me, page)
        case List(_, page):
            return queue.waiting(here, me, page)
        case Open(case):
            return queue.open_card(here, me, case)
        case Because(case, reason):
            return queue.open_because(here, me, case, reason)
        case Glass(case, reason):
            return glass.pressed(here, me, case, reason)
        case Allow(asked):
            return glass.allowed(here, me, asked)
        case Kin():
            return family.pressed(here, me, action)
        case Contacted(case):
            return queue.contacted(here, me, case)
        case Page():
            return pages.turned(here, me, action)
        case Mark(case, "form", form) if form in pages.FORMS:
            return filling.begin(here, me, form, subject_id=talk.mine(here, me, case).id)
        case Mark():
            return pages.marked(here, me, action)
        case Road():
            return road.pressed(here, me, action)
        case PlanVisit(case):
            return filling.begin(here, me, "visit", subject_id=talk.mine(here, me, case).id)
        case Again(visit, _, "move.one" | "move.on" as move):
            found = series.mine(here, me, action)
            notes = {"_visit": visit, "_scope": move.removeprefix("move.")}
            return filling.begin(here, me, "visit", subject_id=found.case_id, notes=notes)
        case Again():
            return series.pressed(here, me, action)
        case Close(case):
            return filling.begin(here, me, "close", subject_id=talk.mine(here, me, case).id)
        case Todo():
            return tasks.pressed(here, me, action)
        case Clock():
            return decisions.pressed(here, me, action)
