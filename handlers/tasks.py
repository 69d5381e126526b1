"""Tasks: what a named person has still to do about a case. It is told when its moment comes, and until it is done."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from bot.core import access, calendar, steps, texts
from bot.core.buttons import Enter, Open, Teach, Todo
from bot.core.cases import Case
from bot.core.events import Delete as Gone
from bot.core.events import Due, Edit, Lane, Message, Refused, Rows, Send, Show, Toast
from bot.core.lines import By, Line, Own, Sentence, Wording, paragraphs, rows
from handlers import late, sight
from handlers.here import Here, column, row, screen
from storage import cases, deadlines, due, people, tasks, trainings, unreminded, visits
from storage.people import Person
from storage.tasks import Task
from storage.trainings import Session

DUE = "task_due"
MISSED, LOOK_AGAIN, WAIT_DECISION = "missed_deadline", "look_again", "wait_decision"
RESULT = "visit_result"
UNREMINDED, UNREMINDED_TRAINING, CLOSE_TRAINING = "unreminded", "unreminded_training", "close_training"
WORDS: dict[str, Sentence] = {
    MISSED: texts.TASK_MISSED,
    LOOK_AGAIN: texts.TASK_LOOK_AGAIN,
    "call": texts.TASK_CALL,
    "write": texts.TASK_WRITE,
    "visit_again": texts.TASK_VISIT_AGAIN,
    "send_referral": texts.TASK_REFERRAL,
    "wait_documents": texts.TASK_DOCUMENTS,
    WAIT_DECISION: texts.TASK_DECISION,
    "find": texts.TASK_FIND,
    "with_police": texts.TASK_WITH_POLICE,
    "decision": texts.TASK_PREPARE,
    "service": texts.TASK_SERVICE,
    RESULT: texts.TASK_RESULT,
    UNREMINDED: texts.TASK_UNREMINDED_VISIT,
    UNREMINDED_TRAINING: texts.TASK_UNREMINDED_TRAINING,
    CLOSE_TRAINING: texts.TASK_CLOSE_TRAINING,
}
IN_ALERTS = WORDS | {"with_police": texts.TASK_VISIT_AGAIN}
"""What may stand on a locked screen, and on My day, which comes unasked (S26); the card says the rest."""
LOOKED_AT_AGAIN_IN = 2
"""Working days after which a case without any other next step is looked at again [P]."""
HEAD_FROM = 2
"""The head is told with this call, counted from 0: one a working day, the first two are the person's own [P]."""
AT_ONCE = timedelta(minutes=10)
"""What passes its deadline within this time is told in one message."""


def key(task: Task) -> str:
    return f"task:{task.id}"


def next_step(here: Here, case: Case, kind: str, due_at: datetime) -> Task | None:
    """What is to be done next, for whoever answers for the case; it takes the place of a plain look."""
    to = responsible(here, case)
    if to is None:
        return None
    if kind != LOOK_AGAIN:
        _looked(here, case.id)
    return given(here, case, kind, to.id, due_at=due_at, told_at=due_at)


def given(
    here: Here, case: Case, kind: str, to: int, *, due_at: datetime, told_at: datetime, deadline_id: int | None = None
) -> Task:
    """The task and its bell; one of the kind a case, so that an open one is given to this person instead."""
    open_one = tasks.of_kind(here.tx, case.id, kind)
    if open_one is not None and open_one.person_id != to:
        due.cancel(here.tx, (DUE,), open_one.id, now=here.now)
        open_one = tasks.give(here.tx, open_one.id, to=to)
    task = open_one or tasks.make(
        here.tx, kind, to=to, case_id=case.id, due_at=due_at, now=here.now, deadline_id=deadline_id
    )
    _rings(here, task, told_at)
    return task


def about_training(here: Here, session: Session, kind: str = UNREMINDED_TRAINING) -> list[Message]:
    """For whoever holds it: to call those who could not be reminded, or to say who came. One task of the kind.

    It is told a moment later, when all whom it concerns are known.
    """
    to = people.person(here.tx, session.trainer)
    to = to if to.staff else head(here) or to
    task = tasks.make(here.tx, kind, to=to.id, case_id=None, session_id=session.id, due_at=here.now, now=here.now)
    if due.bell(here.tx, DUE, task.id, task.person_id, version=task.version) is None:
        _rings(here, task, here.now + timedelta(minutes=1))
    return []


def training_closed(here: Here, session_id: int) -> None:
    """Who came is known."""
    ended(here, tasks.of_session(here.tx, session_id, CLOSE_TRAINING))


def responsible(here: Here, case: Case) -> Person | None:
    """Whoever has the case and works here; else the head, rather one who is on duty; else somebody of the team."""
    holder = people.person(here.tx, case.claimed_by) if case.claimed_by is not None else None
    if holder is not None and holder.staff:
        return holder
    team = people.team(here.tx, here.centre.team(case.team).roles)
    found = sight.answerable(here, case) or team
    return max(found, key=lambda each: (each.on_duty, -each.id), default=None)


def pressed(here: Here, me: Person, button: Todo) -> list[Message]:
    """Done, or not today; a press of an earlier version changes nothing."""
    task = tasks.by_id(here.tx, button.task)
    if task is None or task.person_id != me.id:
        raise Refused(texts.NOT_FOR_YOU)
    if task.done_at is not None or task.version != button.version:
        return [Toast(texts.TASK_STALE)]
    match button.move:
        case "done":
            return _done(here, me, task)
        case "later":
            return _later(here, task)
        case _:
            return screen(here, me, key(task), text(here, task), ways(task), protect=True)


def rung(here: Here, bell: Due) -> list[Message]:
    """Its moment has come: told now, and again each working day until it is done; then the head hears of it too."""
    task = tasks.by_id(here.tx, bell.subject_id)
    if task is None or task.done_at is not None or (task.person_id, task.version) != (bell.person_id, bell.version):
        return []
    _rings(here, task, here.centre.next_opening(here.local).astimezone(UTC))
    if not people.person(here.tx, task.person_id).staff:
        return _homeless(here, task)  # there was nobody to have it, and perhaps there is by now
    calls = calendar.working_days_since(task.due_at, here.now, here.centre)
    return [*told(here, task, again=calls > 0), *(_left_lying(here, task) if calls >= HEAD_FROM else [])]


def told(here: Here, task: Task, *, again: bool = False) -> list[Message]:
    """The task as a new message, the only one about it. What came due together is one message."""
    together = tasks.told_since(here.tx, task.person_id, MISSED, since=here.now - AT_ONCE)
    if task.kind == MISSED and not again and len(together) > 1:
        return _many(here, together)
    said = paragraphs(*([texts.TASK_STILL_OPEN] if again else []), text(here, task))
    new = Send(task.person_id, said, ways(task), key=key(task), lane=Lane.URGENT, protect=True)
    return [Gone(task.person_id, key(task), lane=Lane.URGENT), new]


def text(here: Here, task: Task) -> Wording:
    """Number, district, and what; of a missed deadline which (S26)."""
    case = cases.by_id(here.tx, task.case_id or 0)
    if case is None:
        return _of_training(here, task)
    head = texts.TASK_HEAD(number=case.name, district=here.centre.district(case.district).name)
    return rows(head, *(late.lines(here, case) if task.kind == MISSED else ()), *_plainly(task))


def line(here: Here, task: Task) -> Line:
    """For a list: number, what, when."""
    case = cases.by_id(here.tx, task.case_id or 0)
    if case is None:
        return texts.TASK_OF_TRAINING(what=IN_ALERTS[task.kind], at=By(task.due_at, here.now))
    return texts.TASK_LINE(number=case.name, what=IN_ALERTS[task.kind], at=By(task.due_at, here.now))


def ways(task: Task) -> Rows:
    at = (task.id, task.version)
    card = row((texts.OPEN_CARD, Open(task.case_id))) if task.case_id else ()
    card = (*card, *(row((texts.TRAINING_OPEN, Teach(task.session_id, 0, "show"))) if task.session_id else ()))
    return (*row((texts.TASK_DONE_BUTTON, Todo(*at, "done")), (texts.TASK_LATER, Todo(*at, "later"))), *card)


def on_card(here: Here, case: Case) -> list[Wording]:
    """What is to be done next, the earliest first."""
    mine = tasks.of_case(here.tx, case.id)
    return [texts.TASK_ON_CARD(what=WORDS[task.kind], at=By(task.due_at, here.now)) for task in mine]


def moved_to(here: Here, case_id: int, person_id: int | None) -> list[Message]:
    """What is open about the case goes along; with nobody named it is the head's until somebody has the case."""
    case = cases.by_id(here.tx, case_id)
    heir = responsible(here, case) if case is not None and person_id is None else None
    to = person_id if heir is None else heir.id
    moving = [task for task in tasks.of_case(here.tx, case_id) if to is not None and task.person_id != to]
    for task in moving:
        _given_on(here, task, to or 0)
    gone = texts.CASE_GIVEN_ON(number=case.name) if case else texts.TASK_STALE
    still_here = [task for task in moving if people.person(here.tx, task.person_id).staff]
    return [Edit(task.person_id, key(task), gone) for task in still_here]


def left(here: Here, person_id: int) -> list[Message]:
    """Somebody will not do them any more: they go to whoever answers for each case."""
    mine = tasks.of_person(here.tx, person_id)
    for task in mine:
        if task.case_id is None:
            _homeless(here, task)
    about = {task.case_id for task in mine if task.case_id is not None}
    return [message for case_id in sorted(about) for message in moved_to(here, case_id, None)]


def ensure_step(here: Here, case: Case) -> None:
    """A case without a next step gets a look in two working days; a visit that is planned makes the look needless."""
    stands = cases.by_id(here.tx, case.id)
    if stands is None:
        return
    visit = visits.of_case(here.tx, case.id) is not None
    if visit:
        _looked(here, case.id)
    with_others = any(each.sent_at for each in deadlines.of_case(here.tx, case.id))
    count = len(tasks.of_case(here.tx, case.id))
    if not steps.has_next(stands, visit=visit, tasks=count, with_others=with_others):
        next_step(here, stands, LOOK_AGAIN, in_working_days(here, LOOKED_AT_AGAIN_IN))


def in_working_days(here: Here, n: int) -> datetime:
    """The opening of the n-th working day from today."""
    return calendar.opens_on(calendar.working_day(here.now, n, here.centre), here.centre)


def came_about(here: Here, case_id: int, kind: str) -> None:
    """What the task of that kind asked for has happened."""
    found = tasks.of_kind(here.tx, case_id, kind)
    ended(here, [found] if found else [])


def ended(here: Here, of: Sequence[Task]) -> None:
    """What they asked for has come about, or the case is over."""
    for task in of:
        tasks.done(here.tx, task.id, by=None, now=here.now)
        due.cancel(here.tx, (DUE,), task.id, now=here.now)


def _done(here: Here, me: Person, task: Task) -> list[Message]:
    tasks.done(here.tx, task.id, by=me.id, now=here.now)
    due.cancel(here.tx, (DUE,), task.id, now=here.now)
    case = cases.by_id(here.tx, task.case_id or 0)
    if case is None:
        return [Toast(texts.CLOCK_STOPPED)]
    ensure_step(here, case)
    card = column((texts.OPEN_CARD, Open(case.id))) if case.claimed_by == me.id else ()
    return [Show(here.asker, key(task), texts.TASK_DONE(number=case.name), card, protect=True)]


def _later(here: Here, task: Task) -> list[Message]:
    at = here.centre.next_opening(here.local).astimezone(UTC)
    moved = tasks.move(here.tx, task.id, due_at=at)
    case = cases.by_id(here.tx, task.case_id or 0)
    if moved is None:
        return [Toast(texts.TASK_STALE)]
    due.cancel(here.tx, (DUE,), task.id, now=here.now)
    _rings(here, moved, at)
    said = texts.TASK_MOVED(number=case.name if case else "", at=at)
    return [Show(here.asker, key(task), said, ways(moved), protect=True)]


def _given_on(here: Here, task: Task, to: int) -> None:
    due.cancel(here.tx, (DUE,), task.id, now=here.now)
    mine = tasks.give(here.tx, task.id, to=to)
    if mine is not None:
        opening = here.centre.next_opening(here.local).astimezone(UTC)
        _rings(here, mine, mine.due_at if mine.due_at > here.now else opening)


def _homeless(here: Here, task: Task) -> list[Message]:
    """Whose it was does not work here: it is whoever's answers by now."""
    if task.case_id is not None:
        return moved_to(here, task.case_id, None)
    found = head(here)
    if found is not None and found.id != task.person_id:
        _given_on(here, task, found.id)
    return []


def head(here: Here) -> Person | None:
    """Whose everything is that is nobody's: rather one who is on duty."""
    heads = people.team(here.tx, sorted(access.HEADS))
    return max(heads, key=lambda each: (each.on_duty, -each.id), default=None)


def _of_training(here: Here, task: Task) -> Wording:
    session = trainings.by_id(here.tx, task.session_id or 0)
    if session is None:
        return IN_ALERTS[task.kind]
    if task.kind == CLOSE_TRAINING:
        return texts.TASK_CLOSE_OF(at=session.starts_at)
    missed = texts.UNREMINDED(unreminded.count(here.tx, "training", session.id))
    return texts.TASK_UNREMINDED(at=session.starts_at, people=missed)


def _rings(here: Here, task: Task, at: datetime) -> None:
    due.plan(here.tx, DUE, task.id, person_id=task.person_id, version=task.version, at=at)


def _looked(here: Here, case_id: int) -> None:
    look = tasks.of_kind(here.tx, case_id, LOOK_AGAIN)
    ended(here, [look] if look else [])


def _plainly(task: Task) -> tuple[Wording, ...]:
    return () if task.kind == MISSED else (IN_ALERTS[task.kind],)


def _many(here: Here, together: Sequence[Task]) -> list[Message]:
    """The first of them says how many there are; all of them stand on My day."""
    first = together[0]
    said = paragraphs(texts.MANY_LATE(len(together)), text(here, first))
    day = row((texts.MY_DAY, Enter("day")))
    return [Show(first.person_id, key(first), said, (*ways(first), *day), lane=Lane.URGENT, protect=True)]


def _left_lying(here: Here, task: Task) -> list[Message]:
    """Two calls have brought nothing: the head learns whose task it is."""
    case = cases.by_id(here.tx, task.case_id or 0)
    if case is None:
        return _training_left(here, task)
    district, name = here.centre.district(case.district).name, people.person(here.tx, task.person_id).name
    said = texts.TASK_LEFT_LYING(number=case.name, district=district, at=task.due_at, name=Own(name or "—"))
    heads = [head for head in sight.answerable(here, case) if head.id != task.person_id]
    return [
        message
        for head in heads
        for message in (
            Gone(head.colleague, f"lying:{task.id}"),
            Send(head.colleague, said, key=f"lying:{task.id}", protect=True),
        )
    ]


def _training_left(here: Here, task: Task) -> list[Message]:
    session = trainings.by_id(here.tx, task.session_id or 0)
    if session is None:
        return []
    said = texts.TRAINING_LEFT_LYING(at=session.starts_at, name=Own(people.person(here.tx, task.person_id).name or "—"))
    ways = row((texts.TRAINING_OPEN, Teach(session.id, session.version, "show")))
    heads = [each for each in people.team(here.tx, sorted(access.HEADS)) if each.id != task.person_id]
    return [
        message
        for each in heads
        for message in (
            Gone(each.colleague, f"lying:{task.id}"),
            Send(each.colleague, said, ways, key=f"lying:{task.id}"),
        )
    ]
