"""The clocks of a case: first answer, visit, decision, and what the law wants told; soon is said before late."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta

from bot.core import deadlines as reckoning
from bot.core import ladder, texts
from bot.core.buttons import Claim, Clock, Open
from bot.core.cases import Case
from bot.core.events import Button, Delete, Due, Lane, Message, Rows, Send
from bot.core.lines import Sentence, Wording
from handlers import late, sight, tasks
from handlers.here import Here, row
from storage import case_codes, cases, deadlines, due, history, people
from storage import tasks as todo
from storage.deadlines import Deadline
from storage.people import Person

SOON, LATE = "deadline_soon", "deadline_late"
FOUND = "found"
FIRST, VISIT, DECISION = reckoning.FIRST, reckoning.VISIT, reckoning.DECISION
ENDED_BY_HAND: dict[str, Sentence] = {
    "notify_police": texts.POLICE_TOLD,
    "notify_child_services": texts.CHILD_SERVICES_TOLD,
    "child_safety_assessment": texts.CHILD_SAFETY_DONE,
    "service_decision": texts.DECISION_MADE,
    "service_decision_emergency": texts.DECISION_MADE,
    "decision_notice": texts.NOTICE_SENT,
    "privacy_request": texts.DATA_ANSWERED,
}
"""What nothing else in the bot ends: the specialist says so by a press on the card."""


AT_ONCE = timedelta(minutes=1)
"""What is called at most so much later is called in the same moment."""


def key(case_id: int) -> str:
    """One word about time a case, whichever deadline it is."""
    return f"deadline:{case_id}"


def opened(here: Here, case: Case, *, starts_at: datetime | None = None) -> None:
    """Every deadline that a case has from its first moment; one that was met before does not begin again."""
    begins = starts_at or case.reported_at
    before = {each.key for each in deadlines.met_of(here.tx, case.id)}
    if case.contacted_at is None and not before.intersection(FIRST):
        first = reckoning.first_key(here.centre, case.urgency, begins)
        _plan(here, case, first, starts_at=begins, due_at=case.answer_due_at)
    known = _known(here, case)
    for each in reckoning.of_new_case(case.urgency, known):
        if each not in before and reckoning.applies(here.centre.deadline(each), known):
            begin(here, case, each, starts_at=begins)


def begin(here: Here, case: Case, key: str, *, starts_at: datetime | None = None) -> bool:
    """It runs from then; False when it runs already, by what it runs."""
    begins = starts_at or here.heard_at
    return _plan(
        here, case, key, starts_at=begins, due_at=reckoning.ends(here.centre.deadline(key), begins, here.centre)
    )


def answered(here: Here, case: Case) -> list[str]:
    """The questions that were asked after filing have told more: duties that follow from it begin now; which."""
    known = _known(here, case)
    met_before = {each.key for each in deadlines.met_of(here.tx, case.id)}
    follow = [each for each in reckoning.duties(known) if reckoning.applies(here.centre.deadline(each), known)]
    return [each for each in follow if each not in met_before and begin(here, case, each)]


def found(here: Here, case: Case) -> None:
    """A specialist has noted violence, or whom it befell, or has taken it back: what the law wants told follows it.

    Only a clock that began by such a note ends by taking it back; the history has which.
    """
    for each in answered(here, case):
        cases.note(here.tx, case.id, f"{FOUND}.{each}", by=None, now=here.now)
    follow = reckoning.duties(_known(here, case))
    noted = [each for each in reckoning.DUTIES if history.has(here.tx, case.id, f"{FOUND}.{each}")]
    if over := [each for each in noted if each not in follow]:
        _taken_back(here, case, over)


def _taken_back(here: Here, case: Case, keys: Sequence[str]) -> None:
    dropped = deadlines.drop(here.tx, case.id, keys, now=here.now)
    _quiet(here, dropped)
    for each in dropped:
        cases.note(here.tx, case.id, f"{FOUND}_off.{each.key}", by=None, now=here.now)
    _settle(here, case)


def met(here: Here, case: Case, *keys: str) -> None:
    """These are kept, at the moment when the person acted; both keys of a clock are one. Again, it does nothing."""
    stopped = deadlines.met(here.tx, case.id, sorted(_both(keys)), at=here.heard_at)
    _quiet(here, stopped)
    for each in stopped:
        if each.missed_at is not None and each.missed_at == each.met_at:  # else the bell has said so before
            _answered_for(here, case, each)
    _settle(here, case)


def drop(here: Here, case: Case) -> None:
    """The case is over: nothing runs and nothing is left to do; what was missed stays missed."""
    _quiet(here, deadlines.drop(here.tx, case.id, now=here.now))
    tasks.ended(here, todo.of_case(here.tx, case.id))


def rung(here: Here, bell: Due) -> list[Message]:
    """Soon, or late; of what was met or dropped meanwhile nothing is said."""
    deadline = deadlines.by_id(here.tx, bell.subject_id)
    case = cases.by_id(here.tx, deadline.case_id) if deadline else None
    if deadline is None or case is None or not deadline.runs:
        return []
    return _soon(here, case, deadline) if bell.kind == SOON else _late(here, case, deadline)


def on_card(here: Here, case: Case) -> list[Wording]:
    """Each deadline that runs, with its basis; and what another body has decided."""
    running = [late.on_card(here, each) for each in deadlines.of_case(here.tx, case.id)]
    decided = [each for each in deadlines.met_of(here.tx, case.id) if each.sent_at and each.met_at]
    return [
        *running,
        *(
            texts.CLOCK_DECIDED_ON_CARD(
                deadline=late.NAMES[each.key], body=late.body_name(here, each.body), at=each.met_at or here.now
            )
            for each in decided
        ),
    ]


def ways(here: Here, case: Case) -> list[Button]:
    """What a specialist says about a deadline by a press."""
    return [
        Button(label, Clock(each.id, move))
        for each in deadlines.of_case(here.tx, case.id)
        for label, move in _moves(here, each)
    ]


def sent_for_decision(here: Here, case: Case, body: str) -> None:
    """The decision lies with that body from now on: the clock is theirs, and their lateness makes us ask."""
    for each in deadlines.of_case(here.tx, case.id):
        if each.key in DECISION:
            deadlines.send(here.tx, each.id, body, at=here.heard_at)
            due.cancel(here.tx, (SOON,), each.id, now=here.now)
    _settle(here, case)


def decided(here: Here, case: Case) -> None:
    """The decision is there, ours or another body's; the person is to be told of it in time."""
    met(here, case, *DECISION)
    begin(here, case, "decision_notice")


def _plan(here: Here, case: Case, key: str, *, starts_at: datetime, due_at: datetime) -> bool:
    """The row and its two bells, if it does not run yet; what would have been said before this moment is left out."""
    row_ = here.centre.deadline(key)
    body = row_.decided_by or None
    deadline = deadlines.plan(
        here.tx, case.id, key, starts_at=starts_at.astimezone(UTC), due_at=due_at.astimezone(UTC), body=body
    )
    if deadline is not None:
        _rings(here, deadline)
    return deadline is not None


def _rings(here: Here, deadline: Deadline) -> None:
    due.plan(here.tx, LATE, deadline.id, at=deadline.due_at)
    warned_at = reckoning.soon(here.centre.deadline(deadline.key), deadline.due_at, here.centre)
    if warned_at > here.now:
        due.plan(here.tx, SOON, deadline.id, at=warned_at)


def moved(here: Here, case: Case) -> None:
    """Its deadlines have come from another case or gone to one, or end earlier than before.

    Their bells ring when they end now; what is late already is somebody's task here, and nothing else is.
    """
    for each in deadlines.of_case(here.tx, case.id):
        if each.missed_at is None:
            _rings(here, each)
        elif each.sent_at is None:
            _answered_for(here, case, each)
    _settle(here, case)


def _soon(here: Here, case: Case, deadline: Deadline) -> list[Message]:
    """A new message to whoever has the case, and to nobody else; while it waits, to the team on duty."""
    its_ladder_calls = case.claimed_by is None and deadline.key in FIRST
    if deadline.missed_at is not None or deadline.sent_at is not None or its_ladder_calls:
        return []
    whom = (
        [people.person(here.tx, case.claimed_by)]
        if case.claimed_by is not None
        else sight.members(here, case, duty=True)
    )
    said = late.soon(here, case)
    return [message for each in whom for message in _told(here, case, each, said)]


def _late(here: Here, case: Case, deadline: Deadline) -> list[Message]:
    """Missed: noted, and a task for a named person, who is told; of what ends with a day in the morning.

    A member of the team, who has the task for want of a head, is called by the ladder at this moment and by nothing
    else.
    """
    to = tasks.responsible(here, case)
    if to is None:  # nobody works here: it is looked at again, so that whoever comes finds it
        due.plan(here.tx, LATE, deadline.id, at=here.centre.next_opening(here.local).astimezone(UTC))
        return []
    if deadlines.missed(here.tx, deadline.id, now=here.now) is None:
        return []
    kind = tasks.WAIT_DECISION if deadline.sent_at is not None else tasks.MISSED
    morning = here.centre.next_opening(here.local).astimezone(UTC)
    at = morning if reckoning.by_the_day(here.centre.deadline(deadline.key)) else here.now
    task = tasks.given(here, case, kind, to.id, due_at=at, told_at=max(at, morning), deadline_id=deadline.id)
    gone: list[Message] = [Delete(to.colleague, key(case.id), lane=Lane.URGENT)]
    return gone if at > here.now or _ladder_calls(here, case, to) else [*gone, *tasks.told(here, task)]


def _ladder_calls(here: Here, case: Case, person: Person) -> bool:
    """Whether the person is called to the case as one of the team, or in this very moment: one alert at a time."""
    if not case.waits or person.has(*here.centre.team(case.team).roles) or not sight.answerable(here, case):
        return case.waits
    steps, number = ladder.of(here.centre, case), case.rung + 1
    ago = here.now - ladder.step_at(here.centre, steps, number, case.waits_since or case.reported_at)
    whom = steps.rungs[min(number, len(steps.rungs) - 1)].whom
    return timedelta() <= ago < AT_ONCE and person.has(whom)


def _answered_for(here: Here, case: Case, deadline: Deadline) -> None:
    """Met, but late, and before the bell could say so: who answered for it is on record all the same.

    The task has a bell of its own: where something else of the case is late, it stays open after this.
    """
    to = tasks.responsible(here, case)
    if to is not None and todo.of_kind(here.tx, case.id, tasks.MISSED) is None:
        morning = here.centre.next_opening(here.local).astimezone(UTC)
        tasks.given(here, case, tasks.MISSED, to.id, due_at=here.now, told_at=morning, deadline_id=deadline.id)


def _settle(here: Here, case: Case) -> None:
    """When nothing is late any more, the task that said so is done by itself."""
    running = deadlines.of_case(here.tx, case.id)
    if not any(each.missed_at and not each.sent_at for each in running):
        missed = todo.of_kind(here.tx, case.id, tasks.MISSED)
        tasks.ended(here, [missed] if missed else [])
    if not any(each.missed_at and each.sent_at for each in running):
        waits = todo.of_kind(here.tx, case.id, tasks.WAIT_DECISION)
        tasks.ended(here, [waits] if waits else [])


def _quiet(here: Here, stopped: Iterable[Deadline]) -> None:
    for each in stopped:
        due.cancel(here.tx, (SOON, LATE), each.id, now=here.now)


def _told(here: Here, case: Case, person: Person, said: Wording) -> list[Message]:
    alert = Send(person.colleague, said, _next(here, case, person), key=key(case.id), lane=Lane.URGENT, protect=True)
    return [Delete(person.colleague, key(case.id), lane=Lane.URGENT), alert]


def _next(here: Here, case: Case, person: Person) -> Rows:
    if case.claimed_by is not None:
        return row((texts.OPEN_CARD, Open(case.id)))
    return row((texts.TAKE, Claim(case.id))) if sight.takes(here, person, case) else ()


def _moves(here: Here, deadline: Deadline) -> list[tuple[Sentence, str]]:
    theirs = bool(here.centre.deadline(deadline.key).decided_by) and deadline.sent_at is None
    sent = [(texts.DECISION_SENT, "sent")] if theirs else []
    label = ENDED_BY_HAND.get(deadline.key)
    return [*sent, *([(label, "met")] if label else [])]


def _both(keys: Sequence[str]) -> set[str]:
    """Both keys of a clock, where one of them is named."""
    kin = {each for kind in reckoning.KINDS if set(kind) & set(keys) for each in kind}
    return kin | set(keys)


def _known(here: Here, case: Case) -> frozenset[str]:
    """What was told, and what a specialist has found."""
    told, now = cases.content(here.tx, case), case_codes.counted(here.tx, case.id)
    violence = case_codes.violent(here.tx, case)
    child = {"child"} if violence and (now.child_role or now.victim_group == "child") else set()
    return reckoning.known(case.form, told, branch=violence, danger=case.danger) | child
