"""A call that was agreed (S12): at a time that she set a step happens, unless she says that she is all right."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from bot.core import reminders, texts
from bot.core.access import HEADS
from bot.core.buttons import Action, Fired, Leave, Open, Own
from bot.core.cases import Case
from bot.core.centre import STAFF_ROLES
from bot.core.events import Button, Delete, Due, Edit, Guard, Lane, Message, Refused, Send, Show, Toast
from bot.core.filling import Draft
from bot.core.lines import NOTHING, Hour, Line, Wording, paragraphs
from bot.core.lines import Own as Quoted
from handlers import contact, greeting, likely, sight
from handlers.here import Here, column, row, screen
from storage import calls, cases, drafts, due, exclusions, people
from storage.calls import Call
from storage.people import Person

TIME, SOON, AGAIN = "agreed_call", "agreed_soon", "agreed_again"
REMINDED = timedelta(minutes=30)
ANSWER_WITHIN = timedelta(minutes=10)
"""How long those who were called first have, before everybody hears it, and how often again [P]."""
ANSWER_AGAIN = timedelta(hours=1)
LATE = timedelta(minutes=2)

SHE_READS = {"call": texts.AGREED_CALL, "brigade": texts.AGREED_BRIGADE, "nothing": texts.AGREED_NOTHING}
CARD_READS = {
    "call": texts.CARD_AGREED_CALL,
    "brigade": texts.CARD_AGREED_BRIGADE,
    "nothing": texts.CARD_AGREED_NOTHING,
}
DO_NOW = {"call": texts.AGREED_CALL_NOW, "brigade": texts.AGREED_BRIGADE_NOW}


def key(call: Call) -> str:
    return f"agreed:{call.id}"


# In her own opened case


def lines(here: Here, case: Case) -> list[Wording]:
    """What the case's own page says about it."""
    call, open_still = calls.standing(here.tx, case.id), calls.burning(here.tx, case.id)
    passed = [texts.AGREED_PASSED(at=open_still.at)] if open_still else []
    return [*passed, *([SHE_READS[call.step](at=call.at)] if call else [])]


def ways(here: Here, case: Case) -> list[tuple[Wording, Action]]:
    """One press says that all is well."""
    if not _hers(case):
        return []
    if calls.standing(here.tx, case.id):
        return [(texts.ALL_RIGHT, Own(case.id, "call.well")), (texts.AGREED_PAGE, Own(case.id, "call.show"))]
    late = [(texts.ALL_RIGHT, Own(case.id, "call.well"))] if calls.burning(here.tx, case.id) else []
    return [*late, (texts.AGREE_A_CALL, Own(case.id, "call.set"))]


def pressed(here: Here, me: Person, case: Case, move: str) -> list[Message]:
    """To set or to change it is a form, which the router begins."""
    match move:
        case "show":
            return _page(here, me, case)
        case "well":
            return _well(here, me, case)
        case "cancel":
            return _cancelled(here, me, case)
        case _:
            raise Refused(texts.STALE)


def known(here: Here, case: Case) -> dict[str, Any]:
    """What the form need not ask, because the case has it. Raises Refused where nothing can be agreed."""
    if not _hers(case):
        raise Refused(texts.STALE)
    told = cases.content(here.tx, case)
    return {"_known": [name for name in ("phone", "address") if told.get(name)]}


def settled(here: Here, me: Person, case: Case, draft: Draft) -> list[Message]:
    """The form's answer: it stands from now on, or stands at another time."""
    if not _hers(case):
        raise Refused(texts.STALE)
    given = draft.answers
    at = reminders.moment_ahead(given["day"], given["time"], here.centre.zone, now=here.now)
    if at <= here.now:
        return _page(here, me, case, texts.TIME_HAS_PASSED)
    _add_to_content(here, me, case, {name: given[name] for name in ("phone", "address") if given.get(name)})
    changed = calls.change(here.tx, case.id, at=at, step=given["step"], now=here.now)
    call = changed or calls.agree(here.tx, case.id, at=at, step=given["step"], now=here.now)
    _plan(here, call)
    cases.note(here.tx, case.id, "agreed_changed" if changed else "agreed_set", by=None, now=here.now)
    news = texts.AGREED_MOVED_STAFF if changed else texts.AGREED_SET_STAFF
    return [*_page(here, me, case), *_keepers_told(here, case, news(number=case.name, at=at))]


def case_ended(here: Here, case: Case) -> list[Message]:
    """The case was closed, withdrawn or erased: what was agreed is off, and whoever has the case knows."""
    call = _ended(here, case, "cancelled", "agreed_over")
    open_still = calls.burning(here.tx, case.id) if case.closed_at or case.erased_at else None
    if open_still is not None and calls.done(here.tx, open_still.id) is not None:
        due.cancel(here.tx, (AGAIN,), open_still.id, now=here.now)
    return _keepers_told(here, case, texts.AGREED_OVER_STAFF(number=case.name, at=call.at)) if call else []


# When its time has come


def reminded(here: Here, bell: Due) -> list[Message]:
    """A cover, half an hour before, if she may be written to."""
    call = calls.by_id(here.tx, bell.subject_id)
    case = cases.by_id(here.tx, call.case_id) if call and _stands(call, bell.version) else None
    guard = Guard("agreed", bell.subject_id, bell.version)
    return contact.told(here, case, "agreed_call", lane=Lane.REMINDER, guard=guard) if case else []


def push_at(here: Here, guard: Guard) -> datetime | None:
    """From when the cover may go; None when it would come after the time, or when nothing is agreed any more."""
    call = calls.by_id(here.tx, guard.id)
    if call is None or not _stands(call, guard.version):
        return None
    at = contact.allowed_at(here, call.case_id, "agreed_call")
    return at if at and at < call.at else None


def fired(here: Here, bell: Due) -> list[Message]:
    """The time has come without her word: the step is carried out, exactly once, however late the bell is."""
    waits = calls.by_id(here.tx, bell.subject_id)
    case = cases.by_id(here.tx, waits.case_id) if waits else None
    if case is None:
        return []
    if _over(case):
        return case_ended(here, case)
    call = calls.fire(here.tx, bell.subject_id, version=bell.version, now=here.now)
    if call is None:
        return []
    cases.note(here.tx, case.id, "agreed_fired", by=None, now=here.now)
    return [] if call.step == "nothing" else _called(here, case, call, _first(here, case, call))


def unanswered(here: Here, bell: Due) -> list[Message]:
    """Nobody has said that it is done: everybody hears it, and hears it again every hour."""
    call = calls.by_id(here.tx, bell.subject_id)
    case = cases.by_id(here.tx, call.case_id) if call and call.state == "fired" else None
    if call is None or case is None or case.closed_at or case.erased_at:
        return []
    return _called(here, case, call, _everybody(here, case, call), round_=bell.version)


def done(here: Here, me: Person, call_id: int) -> list[Message]:
    """Somebody has called, or has gone: nobody else needs to."""
    call = calls.by_id(here.tx, call_id)
    case = cases.by_id(here.tx, call.case_id) if call else None
    if case is None or not _answers_for(here, me, case):
        raise Refused(texts.NOT_FOR_YOU)
    ended = calls.done(here.tx, call_id)
    if ended is None:
        return [Toast(texts.ALREADY_TAKEN)]
    due.cancel(here.tx, (AGAIN,), call_id, now=here.now)
    cases.note(here.tx, case.id, "agreed_done", by=me.id, now=here.now)
    text = texts.AGREED_DONE_BY(number=case.name, name=Quoted(me.name or "—"), at=Hour(here.now))
    others = [Edit(each, key(ended), text) for each in cases.called(here.tx, case.id) if each != me.id]
    return [Show(here.asker, key(ended), text, row((texts.OPEN_CARD, Open(case.id))), protect=True), *others]


def on_card(here: Here, case: Case) -> list[Wording]:
    """What the card says about it: the time and the step."""
    call, open_still = calls.standing(here.tx, case.id), calls.burning(here.tx, case.id)
    passed = [texts.CARD_AGREED_PASSED(at=open_still.at)] if open_still else []
    return [*passed, *([CARD_READS[call.step](at=call.at)] if call else [])]


def _page(here: Here, me: Person, case: Case, problem: Wording = NOTHING) -> list[Message]:
    """The agreed call alone: how it stands, and what can be done."""
    stands = calls.standing(here.tx, case.id) is not None
    said = lines(here, case) or ([] if problem is not NOTHING else [texts.AGREED_NONE])
    change = (texts.AGREED_CHANGE if stands else texts.AGREE_A_CALL, Own(case.id, "call.set"))
    well = [(texts.ALL_RIGHT, Own(case.id, "call.well"))] if lines(here, case) else []
    off = [(texts.CALL_OFF, Own(case.id, "call.cancel"))] if stands else []
    ways = column(*well, change, *off, (texts.TO_CASE, Own(case.id, "show")))
    rows = (*ways, (Button(texts.LEAVE_NOW, Leave()),))
    return screen(here, me, f"own:{case.id}", paragraphs(problem, *said), rows, branch=True, protect=True)


def _well(here: Here, me: Person, case: Case) -> list[Message]:
    call = _ended(here, case, "well", "agreed_well")
    if call is not None:
        told = _keepers_told(here, case, texts.AGREED_WELL_STAFF(number=case.name, at=call.at))
        return [*_page(here, me, case, texts.AGREED_WELL(at=call.at)), *told]
    open_still = calls.burning(here.tx, case.id)
    return _well_too_late(here, me, case, open_still) if open_still else _page(here, me, case)


def _well_too_late(here: Here, me: Person, case: Case, call: Call) -> list[Message]:
    """The step goes on: who pressed it is for people to find out. Those who were called learn of it."""
    cases.note(here.tx, case.id, "agreed_well_late", by=None, now=here.now)
    text = texts.AGREED_WELL_LATE_STAFF(number=case.name, at=Hour(here.now))
    buttons = row((texts.OPEN_CARD, Open(case.id)))
    told = [
        Show(each, f"agreed_well:{call.id}", text, buttons, lane=Lane.URGENT, protect=True)
        for each in cases.called(here.tx, case.id)
    ]
    return [*_page(here, me, case, texts.AGREED_WELL_LATE), *told]


def _cancelled(here: Here, me: Person, case: Case) -> list[Message]:
    call = _ended(here, case, "cancelled", "agreed_cancelled")
    if call is None:
        return _page(here, me, case)
    told = _keepers_told(here, case, texts.AGREED_OFF_STAFF(number=case.name, at=call.at))
    return [*_page(here, me, case, texts.AGREED_OFF(at=call.at)), *told]


def _ended(here: Here, case: Case, state: str, noted: str) -> Call | None:
    call = calls.end(here.tx, case.id, state, now=here.now)
    if call is not None:
        due.cancel(here.tx, (TIME, SOON), call.id, now=here.now)
        cases.note(here.tx, case.id, noted, by=None, now=here.now)
    return call


def _plan(here: Here, call: Call) -> None:
    """The moment and the cover before it are rows; those of an earlier version are off."""
    due.cancel(here.tx, (TIME, SOON), call.id, now=here.now)
    due.plan(here.tx, TIME, call.id, version=call.version, at=call.at)
    if call.at - REMINDED > here.now:
        due.plan(here.tx, SOON, call.id, version=call.version, at=call.at - REMINDED)


def _add_to_content(here: Here, me: Person, case: Case, told: dict[str, Any]) -> None:
    """Into the case, and into additions that are still open: those replace the case's content with their own."""
    if not told:
        return
    cases.add(here.tx, case, cases.content(here.tx, case) | told)
    likely.noted(here, case.id)
    until = here.now + timedelta(minutes=here.centre.retention.branch_draft_minutes)
    for each in drafts.of_person(here.tx, me.id):
        if each.case_id == case.id:
            fuller = replace(each, answers=each.answers | told)
            drafts.keep(here.tx, fuller, expires_at=until, now=here.now)


def _called(here: Here, case: Case, call: Call, whom: list[Person], round_: int = 0) -> list[Message]:
    """Number and what to do, in place of the call before; the next round is a row of the same commit."""
    wait = ANSWER_AGAIN if round_ else ANSWER_WITHIN
    due.plan(here.tx, AGAIN, call.id, version=round_ + 1, at=here.now + wait)
    buttons = row((texts.OPEN_CARD, Open(case.id)), (texts.DONE, Fired(call.id)))
    text = paragraphs(_late(here, call, round_), DO_NOW[call.step](number=case.name))
    messages: list[Message] = []
    for each in dict.fromkeys(person.colleague for person in whom or _anybody(here, case)):
        cases.call(here.tx, case.id, each, now=here.now)
        messages += [Delete(each, key(call), lane=Lane.URGENT)] if round_ else []
        messages.append(Send(each, text, buttons, key=key(call), lane=Lane.URGENT, protect=True))
    return messages


def _late(here: Here, call: Call, round_: int) -> Line | Wording:
    """Why it is said again, or by how much it comes too late."""
    if round_:
        return texts.AGREED_STILL_OPEN(at=call.at)
    minutes = (here.now - call.at) // timedelta(minutes=1)
    return texts.AGREED_LATE(minutes, at=call.at) if here.now - call.at >= LATE else NOTHING


def _first(here: Here, case: Case, call: Call) -> list[Person]:
    """For a call whoever has the case, else its team and the head; for the brigade the brigade with both of them."""
    keeper = _keeper(here, case)
    if call.step == "brigade":
        return [*_crew(here, case, greeting.URGENT_TEAM), *keeper, *_heads(here, case)]
    return keeper or [*_crew(here, case, case.team), *_heads(here, case)]


def _everybody(here: Here, case: Case, call: Call) -> list[Person]:
    team = greeting.URGENT_TEAM if call.step == "brigade" else case.team
    return [*_among(here, case, team), *_keeper(here, case), *_heads(here, case)]


def _crew(here: Here, case: Case, team: str) -> list[Person]:
    """Those of the district who are on duty, or else anybody of the team who is, or else all of it."""
    place = "" if case.district == "unknown" else case.district
    near = _among(here, case, team, district=place, duty=True)
    return near or _among(here, case, team, duty=True) or _among(here, case, team)


def _among(here: Here, case: Case, team: str, *, district: str = "", duty: bool = False) -> list[Person]:
    """The team's people, but nobody whom she keeps from her case (S25)."""
    roles = here.centre.team(team).roles
    return exclusions.spared(here.tx, case.id, people.team(here.tx, roles, district=district, duty=duty, of=team))


def _heads(here: Here, case: Case) -> list[Person]:
    return sight.answerable(here, case)


def _anybody(here: Here, case: Case) -> list[Person]:
    return exclusions.spared(here.tx, case.id, people.team(here.tx, STAFF_ROLES))


def _keeper(here: Here, case: Case) -> list[Person]:
    """Whoever has the case, if that person still works here and can be reached."""
    person = people.person(here.tx, case.claimed_by) if case.claimed_by is not None else None
    stays = person is not None and person.staff and person.silent_since is None
    return exclusions.spared(here.tx, case.id, [person]) if person and stays else []


def _answers_for(here: Here, me: Person, case: Case) -> bool:
    """Whether this person has the case, was called to it, or is the head; and is not kept from it."""
    known = case.claimed_by == me.id or me.has(*HEADS) or me.id in cases.called(here.tx, case.id)
    return known and not exclusions.excludes(here.tx, case.id, me)


def _keepers_told(here: Here, case: Case, text: Wording) -> list[Message]:
    """Whoever has the case; while nobody has, those who were called."""
    keepers = [case.claimed_by] if case.claimed_by is not None else cases.called(here.tx, case.id)
    return [Send(each, text, row((texts.OPEN_CARD, Open(case.id))), protect=True) for each in keepers]


def _hers(case: Case) -> bool:
    """Something can be agreed: it is one's own case of the branch, and it goes on."""
    return case.branch and case.form in ("safety", "child") and not _over(case)


def _over(case: Case) -> bool:
    return bool(case.closed_at or case.withdrawn_at or case.erase_at or case.erased_at)


def _stands(call: Call, version: int) -> bool:
    return call.state == "set" and call.version == version
