"""What a colleague presses that is about the centre, not about a case: trainings, news, the plan, shifts."""

from bot.core.buttons import (
    Air,
    Behind,
    Broadcast,
    Came,
    Detail,
    Duty,
    HandOn,
    HandOver,
    Helpline,
    Imported,
    Information,
    Learner,
    Member,
    Month,
    OfCentre,
    PlanItem,
    PlanPage,
    PlanSay,
    Poster,
    Print,
    Programme,
    Roster,
    Stay,
    Study,
    TakeOver,
    Teach,
)
from bot.core.events import Message
from handlers import (
    air,
    attendance,
    behind,
    broadcasts,
    details,
    duty,
    filling,
    helpline,
    information,
    month,
    plan,
    posters,
    programmes,
    reporting,
    standing,
    stays,
    trainings,
)
from handlers.here import Here
from storage.people import Person


def answered(here: Here, me: Person, action: OfCentre) -> list[Message]:
    match action:
        case Teach(session, _, "move"):
            return filling.begin(here, me, "moved", subject_id=session)
        case Teach(session, _, "room" | "link" | "tell" as form):
            return filling.begin(here, me, form, subject_id=session)
        case Teach():
            return trainings.taught(here, me, action)
        case Came(_, _, _, "who"):
            return standing.turned(here, me, action)
        case Came():
            return attendance.pressed(here, me, action)
        case Detail():
            return details.pressed(here, me, action)
        case Programme() | Study() | Member() | Learner() | Behind() | Imported():
            return _of_programmes(here, me, action)
        case Month():
            return month.turned(here, action)
        case Print():
            return reporting.pressed(here, me, action)
        case Poster():
            return posters.pressed(here, me, action)
        case Broadcast(broadcast, "edit"):
            again, known, gone = broadcasts.again(here, me, broadcast)
            return [*gone, *filling.begin(here, me, again, notes=dict(known))]
        case Broadcast():
            return broadcasts.pressed(here, me, action)
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
        case PlanPage():
            return plan.page(here, me, action)
        case PlanItem():
            return plan.card(here, me, action)
        case PlanSay(_, _, _, move) if move in plan.FORMS:
            return filling.begin(here, me, plan.FORMS[move], subject_id=plan.subject(here, me, action))
        case PlanSay():
            return plan.said(here, me, action)
        case Helpline():
            return helpline.pressed(here, me, action)
        case Stay(_, _, "arrive"):
            return filling.begin(here, me, "arrival")
        case Stay():
            return stays.pressed(here, me, action)
        case Information(_, "new"):
            return filling.begin(here, me, "information")
        case Information():
            return information.pressed(here, me, action)
        case Air(move):
            return air.asked(here, me) if move == "pick" else [*air.noted(here, me, action), *duty.page(here, me)]


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
