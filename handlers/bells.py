"""Which handler answers what has become due: one line a kind. A kind that is unknown belongs to another version."""

from collections.abc import Callable

from bot.core.events import Due, Message
from handlers import (
    agreed,
    attendance,
    clocks,
    day,
    dismissal,
    duty,
    erasing,
    groups,
    guide,
    keeping,
    ladder,
    lease,
    leaving,
    likely,
    plan_warnings,
    programmes,
    road,
    roster,
    rsvp,
    tasks,
    visits,
    waiting,
)
from handlers.here import Here
from storage import people

Rings = Callable[[Here, Due], list[Message]]

OF: dict[str, Rings] = {
    ladder.STEP: ladder.climbed,
    ladder.LATE: ladder.late,
    lease.OVER: lease.lapsed,
    lease.SOON: lease.warned,
    clocks.SOON: clocks.rung,
    clocks.LATE: clocks.rung,
    tasks.DUE: tasks.rung,
    day.MORNING: day.morning,
    "visit_day": visits.reminded,
    "visit_hours": visits.reminded,
    visits.UNSAID: visits.unsaid,
    road.ASKS: road.asks,
    road.LATE: road.late,
    road.TURNED_BACK: road.turned_back,
    roster.NIGHTLY: lambda here, _: roster.kept(here),
    roster.STARTS: roster.begins,
    roster.ENDS: roster.ends,
    roster.CHECK: lambda here, _: roster.looked_ahead(here),
    duty.HAND_OVER: duty.unanswered,
    rsvp.ANNOUNCED: rsvp.announced,
    "learning_90": plan_warnings.rung,
    "learning_60": plan_warnings.rung,
    "learning_30": plan_warnings.rung,
    plan_warnings.NIGHTLY: plan_warnings.nightly,
    plan_warnings.MORNING: plan_warnings.morning,
    programmes.SAID: programmes.said_on,
    "training_week": rsvp.reminded,
    "training_day": rsvp.reminded,
    "training_hours": rsvp.reminded,
    keeping.EVERYBODY: keeping.begins,
    "training_keep": keeping.asked,
    keeping.PASSES: keeping.passed,
    waiting.OVER: waiting.over,
    waiting.ENDS: waiting.ended,
    attendance.UNCLOSED: attendance.unclosed,
    attendance.ASKS_WHY: attendance.asks_why,
    agreed.TIME: agreed.fired,
    agreed.SOON: agreed.reminded,
    agreed.AGAIN: agreed.unanswered,
    leaving.SWEEP: lambda here, bell: leaving.swept(here, bell.subject_id),
    leaving.SWEEP_OLD: lambda here, bell: leaving.swept_old(here, bell.subject_id),
    likely.CATCH_UP: likely.catches_up,
    groups.ASKED: groups.waited,
    dismissal.KIND: dismissal.moved_on,
    erasing.CASE: erasing.rung,
    erasing.LEAVING: lambda here, bell: erasing.rung_all(here, people.person(here.tx, bell.subject_id)),
    guide.CHECK: lambda here, bell: guide.ask_owners(here, bell.version),
}


def rung(here: Here, bell: Due) -> list[Message]:
    ring = OF.get(bell.kind)
    return ring(here, bell) if ring else []
