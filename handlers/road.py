"""On the way, inside, out: whoever goes in is asked for when the time is over, and looked for when nobody answers."""

from datetime import datetime, timedelta

from bot.core import texts
from bot.core.buttons import Road
from bot.core.cases import Case
from bot.core.events import Alarm, Delete, Due, Edit, Lane, Message, Refused, Rows, Send, Toast
from bot.core.lines import Hour, Own, Wording
from handlers import act, lease, results, sight, visit_card
from handlers.here import Here, column, row
from storage import cases, due, exclusions, people, visits
from storage.people import Person
from storage.visits import Visit

ASKS = "out_asks"
LATE = "out_late"
TURNED_BACK = "road_over"
INSIDE = ("out", "longer")
"""What whoever is inside can say even when the visit is somebody else's by now."""
REACHED = ("safe", "gone")
"""What a colleague who has reached them says: all is well inside, or out."""
ASK_BEFORE = timedelta(minutes=5)
AGAIN = timedelta(minutes=15)
LONGER = timedelta(minutes=30)
ON_WAY_AT_MOST = timedelta(hours=3)
"""How long before the end the bot asks, how often colleagues are called, how long a way may take [P]."""


def pressed(here: Here, me: Person, button: Road) -> list[Message]:
    """A press of whoever goes; «reached» is also for those who were called."""
    visit = visits.by_id(here.tx, button.visit)
    case = cases.by_id(here.tx, visit.case_id) if visit else None
    if visit is None or case is None:
        raise Refused(texts.VISIT_STALE)
    if button.move in REACHED and me.id in (each.id for each in _called(here, case, _goes(here, visit))):
        return _reached(here, me, case, visit, out=button.move == "gone")
    if visit.specialist_id != me.id and not (button.move in INSIDE and _goes(here, visit) == me.id):
        raise Refused(texts.NOT_FOR_YOU)
    return _moved(here, me, case, visit, button.move)


def asks(here: Here, bell: Due) -> list[Message]:
    """Shortly before the time is over, once, whoever is inside."""
    visit, case = _inside(here, bell)
    if visit is None or case is None or visit.out_due_at is None:
        return []
    goes = people.person(here.tx, bell.person_id)
    text = texts.NOT_IN_TIME(number=case.name, district=_district(here, case), by=Hour(visit.out_due_at))
    if not goes.staff:
        return []
    asked = Send(goes.colleague, text, _answers(visit), key=key(visit), lane=Lane.URGENT, protect=True)
    return [Delete(goes.colleague, key(visit), lane=Lane.URGENT), asked]


def late(here: Here, bell: Due) -> list[Message]:
    """Not out in time: the colleagues on duty and the head are called, and called again until there is word."""
    visit, case = _inside(here, bell)
    if visit is None or case is None or visit.inside_at is None or visit.out_due_at is None:
        return []
    due.plan(here.tx, LATE, visit.id, person_id=bell.person_id, version=bell.version + 1, at=here.now + AGAIN)
    text = texts.NOBODY_OUT(
        number=case.name, district=_district(here, case), name=_name(here, bell.person_id), since=Hour(visit.inside_at),
        by=Hour(visit.out_due_at),
    )  # fmt: skip
    asked: list[Message] = asks(here, bell) if bell.version else []
    called = _called(here, case, bell.person_id)
    alarm = [Alarm("not_out")] if bell.version else []
    return [*asked, *(message for person in called for message in _call(person, visit, text)), *alarm]


def turned_back(here: Here, bell: Due) -> list[Message]:
    visit = visits.by_id(here.tx, bell.subject_id)
    visits.turn_back(here.tx, bell.subject_id)
    if visit is not None:
        lease.resumed(here, person_id=visit.specialist_id)
    return []


def key(visit: Visit) -> str:
    return f"road:{visit.id}"


def _moved(here: Here, me: Person, case: Case, visit: Visit, move: str) -> list[Message]:  # noqa: PLR0911 - a move a line
    match move:
        case "on_way":
            return _set_out(here, me, visit)
        case "inside":
            return _gone_in(here, me, visit)
        case "out":
            return _out(here, me, case, visit)
        case "longer" | "safe":
            return _stays(here, me, visit)
        case "police":
            return _stands(here, me, visits.with_police(here.tx, visit.id))
        case "act":
            return act.made(here, me, case, visit)
        case _:
            return results.not_held(here, me, case, visit, move)


def _set_out(here: Here, me: Person, visit: Visit) -> list[Message]:
    due.plan(here.tx, TURNED_BACK, visit.id, at=here.now + ON_WAY_AT_MOST)
    out = visits.set_out(here.tx, visit.id, now=here.now)
    lease.held(here, person_id=me.id)
    return _stands(here, me, out)


def _gone_in(here: Here, me: Person, visit: Visit) -> list[Message]:
    until = here.now + timedelta(minutes=here.centre.visit_minutes)
    inside = visits.go_in(here.tx, visit.id, until=until, now=here.now)
    if inside is not None:
        _plan(here, inside, until, me.id)
        lease.held(here, person_id=me.id)
    return _stands(here, me, inside)


def _stays(here: Here, me: Person, visit: Visit) -> list[Message]:
    """Half an hour more, counted from now if the time was over already."""
    until = max(visit.out_due_at or here.now, here.now) + LONGER
    stays = visits.stay(here.tx, visit.id, until=until)
    if stays is None:
        return _stands(here, me, None)
    _plan(here, stays, until, me.id)
    return [Delete(here.asker, key(visit)), *_calmed(here, stays), *_stands(here, me, stays)]


def _out(here: Here, me: Person, case: Case, visit: Visit) -> list[Message]:
    out = visits.come_out(here.tx, visit.id, now=here.now)
    if out is None:
        return _stands(here, me, None)
    told = _told_out(here, case, visit)
    lease.resumed(here, person_id=visit.specialist_id)
    due.cancel(here.tx, (ASKS, LATE, TURNED_BACK), visit.id, now=here.now)
    return [Delete(here.asker, key(visit)), *told, *_stands(here, me, out)]


def _reached(here: Here, me: Person, case: Case, visit: Visit, *, out: bool) -> list[Message]:
    """A colleague has spoken to them: they are out, or the calls stop and the bot asks again in half an hour."""
    goes, until = _goes(here, visit), here.now + LONGER
    said = visits.come_out(here.tx, visit.id, now=here.now) if out else visits.stay(here.tx, visit.id, until=until)
    if said is None:
        return [Toast(texts.VISIT_STALE)]
    cases.note(here.tx, case.id, "reached", by=me.id, now=here.now)
    told = _told_out(here, case, visit) if out else _calmed(here, said)
    due.cancel(here.tx, (ASKS, LATE, TURNED_BACK), visit.id, now=here.now)
    if not out:
        _plan(here, said, until, goes)
    return [*told, *([Delete(visit.specialist_id, key(visit))] if visit.specialist_id == goes else [])]


def _plan(here: Here, visit: Visit, until: datetime, goes: int) -> None:
    """What was planned before is over."""
    due.cancel(here.tx, (ASKS, LATE, TURNED_BACK), visit.id, now=here.now)
    due.plan(here.tx, ASKS, visit.id, person_id=goes, at=until - ASK_BEFORE)
    due.plan(here.tx, LATE, visit.id, person_id=goes, at=until)


def _stands(here: Here, me: Person, visit: Visit | None) -> list[Message]:
    if visit is None:
        raise Refused(texts.VISIT_STALE)
    if visit.specialist_id != me.id:
        return [Toast(texts.WAS_OUT(at=Hour(visit.out_at)) if visit.out_at else texts.GOOD_TO_KNOW)]
    return visit_card.shown(here, me, visit)


def _calmed(here: Here, visit: Visit) -> list[Message]:
    """Whoever was called reads that there is word."""
    case = cases.by_id(here.tx, visit.case_id)
    if case is None:
        return []
    by = Hour(visit.out_due_at or here.now)
    goes = _goes(here, visit)
    said = texts.IS_SAFE(number=case.name, name=_name(here, goes), at=Hour(here.now), by=by)
    return [Edit(each.colleague, key(visit), said) for each in _called(here, case, goes)]


def _told_out(here: Here, case: Case, visit: Visit) -> list[Message]:
    goes = _goes(here, visit)
    said = texts.IS_OUT(number=case.name, name=_name(here, goes), at=Hour(here.now))
    return [Edit(each.colleague, key(visit), said) for each in _called(here, case, goes)]


def _call(person: Person, visit: Visit, text: Wording) -> list[Message]:
    """A new message each time, because an edit makes no sound; the one before goes."""
    ways = column((texts.THEY_ARE_SAFE, Road(visit.id, "safe")), (texts.THEY_ARE_OUT, Road(visit.id, "gone")))
    call = Send(person.colleague, text, ways, key=key(visit), lane=Lane.URGENT, protect=True)
    return [Delete(person.colleague, key(visit), lane=Lane.URGENT), call]


def _inside(here: Here, bell: Due) -> tuple[Visit | None, Case | None]:
    visit = visits.by_id(here.tx, bell.subject_id)
    if visit is None or not visit.inside:
        return None, None
    return visit, cases.by_id(here.tx, visit.case_id)


def _called(here: Here, case: Case, goes: int) -> list[Person]:
    """The colleagues of the team who are on duty, the head and the deputy; without them whoever answers for it."""
    on_duty = people.team(here.tx, here.centre.team(case.team).roles, duty=True)
    found = {each.id: each for each in [*on_duty, *people.team(here.tx, ("head", "deputy"))]}
    others = [each for each in exclusions.spared(here.tx, case.id, list(found.values())) if each.id != goes]
    return others or [each for each in sight.answerable(here, case) if each.id != goes]


def _answers(visit: Visit) -> Rows:
    return row((texts.OUT, Road(visit.id, "out")), (texts.SAFE_STAYING, Road(visit.id, "longer")))


def _district(here: Here, case: Case) -> Wording:
    return here.centre.district(case.district).name


def _goes(here: Here, visit: Visit) -> int:
    """Who is inside: the one whose time is planned for, even if the visit was given to somebody else meanwhile."""
    return due.person(here.tx, LATE, visit.id) or visit.specialist_id


def _name(here: Here, goes: int) -> Wording:
    return Own(people.person(here.tx, goes).name or "—")
