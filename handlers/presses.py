"""Which handler answers what a colleague presses. Whether one may press it at all was asked by the router."""

from bot.core.buttons import (
    Accept,
    Air,
    Allow,
    Answer,
    Because,
    Behind,
    Came,
    Claim,
    Claimant,
    Clock,
    Close,
    Contacted,
    Decline,
    Detail,
    Duty,
    Fired,
    Give,
    Glass,
    Hand,
    HandOn,
    HandOver,
    Imported,
    Kin,
    Learner,
    Lease,
    List,
    Mark,
    Member,
    OfStaff,
    Open,
    Page,
    Passed,
    PlanVisit,
    Programme,
    Recode,
    Road,
    Roster,
    SafeAgain,
    Study,
    TakeOver,
    Talk,
    Teach,
    Todo,
)
from bot.core.events import Message
from handlers import (
    agreed,
    air,
    attendance,
    behind,
    day,
    decisions,
    details,
    duty,
    family,
    filling,
    glass,
    handing,
    lease,
    pages,
    programmes,
    queue,
    road,
    standing,
    talk,
    tasks,
    trainings,
)
from handlers.here import Here
from storage.people import Person


def answered(here: Here, me: Person, action: OfStaff) -> list[Message]:
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
        case Air(on):
            return [*air.noted(here, me, on=bool(on)), *duty.page(here, me)]
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
        case Close(case):
            return filling.begin(here, me, "close", subject_id=talk.mine(here, me, case).id)
        case Todo():
            return tasks.pressed(here, me, action)
        case Clock():
            return decisions.pressed(here, me, action)
        case Teach(session, _, "move"):
            return filling.begin(here, me, "moved", subject_id=session)
        case Teach(session, _, "room" | "link" | "tell" as form):
            return filling.begin(here, me, form, subject_id=session)
        case Came(_, _, _, "who"):
            return standing.turned(here, me, action)
        case Came():
            return attendance.pressed(here, me, action)
        case Detail():
            return details.pressed(here, me, action)
        case Teach():
            return trainings.taught(here, me, action)
        case Programme() | Study() | Member() | Learner() | Behind() | Imported():
            return _of_programmes(here, me, action)
        case Duty(on):
            return duty.change(here, me, on=bool(on))
        case HandOver(to):
            return duty.hand_over(here, me, to)
        case TakeOver(giver, yes):
            return duty.taken_over(here, me, giver, yes=bool(yes))
        case HandOn(case):
            return duty.hand_on(here, me, case)
        case Roster(person, "leave" | "shift" as form):
            return filling.begin(here, me, form, subject_id=duty.subject(here, me, person).id)
        case Roster():
            return duty.planned(here, me, action)


def _of_programmes(
    here: Here, me: Person, action: Programme | Study | Member | Learner | Behind | Imported
) -> list[Message]:
    match action:
        case Programme(_, "new"):
            return filling.begin(here, me, "programme")
        case Programme(programme, "plan" | "group" as form):
            of = programmes.found(here, programme)
            return filling.begin(here, me, "lesson" if form == "plan" else "study_group", subject_id=of.id)
        case Programme():
            return programmes.pressed(here, me, action)
        case Study(group, "plan"):
            of = programmes.programme_of(here, group)
            return filling.begin(here, me, "lesson", subject_id=of.id, notes={"_group": group})
        case Study():
            return programmes.studied(here, me, action)
        case Member():
            return programmes.put(here, me, action)
        case Learner(learner, "elsewhere"):
            return filling.begin(here, me, "elsewhere", subject_id=learner)
        case Learner(learner, _):
            return behind.card(here, me, learner)
        case Behind(page):
            return behind.shown(here, me, page)
        case Imported():
            return programmes.invited_from_table(here, me, action)
