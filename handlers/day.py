"""My day: one message, edited in place. What is next, late, waiting for me, visits by time, each one press away."""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.core import texts
from bot.core.buttons import Action, Enter, List, Open, Teach, Visit
from bot.core.cases import Case
from bot.core.centre import Words
from bot.core.events import Button, Delete, Due, Edit, Message, Rows, Send, Show
from bot.core.lines import Hour, Sentence, Wording, paragraphs, rows
from handlers import cards, menu, paging, sight
from handlers import tasks as todo
from handlers.here import Here, screen
from storage import cases, due, leases, letters, outbox, people, pushes, tasks, visits
from storage.people import Person
from storage.tasks import Task

KEY = "day"
AN_HOUR = timedelta(hours=1)
MORNING = "morning"
IN_SIGHT = 12
"""Items with a button of their own; the rest is one press further, in the list of all cases."""


@dataclass(frozen=True, slots=True)
class Item:
    """A line of the day; `at` orders it. The button says the number, and more where another button says it too."""

    at: datetime
    line: Wording
    label: Wording
    leads: Action


def shown(here: Here, me: Person) -> list[Message]:
    """The day as the screen that the person asked for; from now on it is kept up to date."""
    text, ways = _day(here, me)
    return screen(here, me, KEY, text, ways, protect=True)


def anew(here: Here, me: Person) -> list[Message]:
    """The day as a new message, which sounds, in place of the old one."""
    text, ways = _day(here, me)
    return [Delete(me.colleague, KEY), Send(me.colleague, text, ways, key=KEY, protect=True)]


def kept_up(here: Here, messages: list[Message]) -> list[Message]:
    """Whoever is told something about work, and has the day open, has it as it is now; an edit makes no sound."""
    told = [(int(message.to), message.key) for message in messages if isinstance(message, Send | Show | Edit)]
    touched = {to for to, _ in told} | ({int(here.asker)} if messages else set())
    touched -= {to for to, key in told if key == KEY}
    today = [person_id for person_id in touched if person_id and outbox.standing(here.tx, person_id, KEY)]
    return [each for person_id in sorted(today) for each in _again(here, people.person(here.tx, person_id))]


def beyond_budget(here: Here, person: Person) -> bool:
    """Whether the person has had enough new messages about planned work in this hour; if not, one more is noted."""
    had = pushes.count(here.tx, person.id, since=here.now - AN_HOUR)
    if had < here.centre.queue.pushes_an_hour:
        pushes.note(here.tx, person.id, now=here.now)
        return False
    return True


def instead(here: Here, person: Person) -> list[Message]:
    """What would have been one message more stands on the day."""
    text, ways = _day(here, person)
    return [Show(person.colleague, KEY, text, ways, protect=True)]


def morning(here: Here, bell: Due) -> list[Message]:
    """At the opening everybody on duty has the day before them."""
    plan_morning(here, version=bell.version + 1)
    at_work = [each for each in people.everybody(here.tx) if each.on_duty and each.may("entry day")]
    return [message for person in at_work if _has_something(here, person) for message in anew(here, person)]


def _has_something(here: Here, me: Person) -> bool:
    return cases.count_taken_by(here.tx, me.id) > 0 or _count_waiting(here, me) > 0


def plan_morning(here: Here, version: int = 0) -> None:
    """The next opening's bell; planned at every start, once."""
    if version or not due.planned(here.tx, MORNING, 0):
        due.plan(here.tx, MORNING, 0, at=here.centre.next_opening(here.local), version=version)


def mine(here: Here, me: Person, page: int) -> list[Message]:
    """All cases with this person, a page of them."""
    page = max(page, 0)
    theirs = cases.taken_by(here.tx, me.id, most=paging.A_PAGE + 1, skip=page * paging.A_PAGE)
    in_all = cases.count_taken_by(here.tx, me.id)
    head: Wording = texts.MINE_HEAD(in_all) if in_all else texts.MINE_EMPTY
    lines = [cards.heading(here, case) for case in theirs[: paging.A_PAGE]]
    opens = tuple((Button(case.name, Open(case.id)),) for case in theirs[: paging.A_PAGE])
    ways = (*opens, *paging.ways("mine", page, more=len(theirs) > paging.A_PAGE), *_to_day())
    return screen(here, me, menu.KEY, paragraphs(head, rows(*lines)), ways, protect=True)


def _again(here: Here, me: Person) -> list[Message]:
    """Only what has changed is worth a call to Telegram."""
    if not me.staff or not me.may("entry day") or not _changed(here, me):
        return []
    text, ways = _day(here, me)
    return [Edit(me.colleague, KEY, text, ways)]


def _changed(here: Here, me: Person) -> bool:
    """By what stands there, not by how it is said."""
    items = [(repr(item.leads), item.at) for each in _parts(here, me).values() for item in each]
    told = (items, cases.count_taken_by(here.tx, me.id), _count_waiting(here, me))
    return people.day_mark(here.tx, me.id, hashlib.sha256(repr(told).encode()).hexdigest()[:16])


def _parts(here: Here, me: Person) -> dict[Sentence, list[Item]]:
    return {
        texts.DAY_LATE: _late(here, me),
        texts.DAY_NEXT: _in_touch(here, me),
        texts.DAY_WAITS: _written(here, me),
        texts.DAY_VISITS: _visits(here, me),
        texts.DAY_TASKS: _tasks(here, me),
    }


def _day(here: Here, me: Person) -> tuple[Wording, Rows]:
    parts = _parts(here, me)
    in_all = cases.count_taken_by(here.tx, me.id)
    head = texts.DAY_HEAD(day=here.local.date())
    lists = [rows(title, *(item.line for item in items)) for title, items in parts.items() if items]
    hands: Wording = texts.MINE_HEAD(in_all) if in_all else texts.MINE_EMPTY
    items = [item for each in parts.values() for item in each][:IN_SIGHT]
    opens = {item.leads: Button(item.label, item.leads) for item in items}
    buttons = tuple((each,) for each in opens.values())
    return paragraphs(head, *lists, hands, *_waiting(here, me)), (*buttons, *_lists(in_all), *menu.back())


def _late(here: Here, me: Person) -> list[Item]:
    """Tasks whose time is over, missed deadlines first of all."""
    return [_task(here, each) for each in tasks.of_person(here.tx, me.id, most=5) if each.due_at <= here.now]


def _tasks(here: Here, me: Person) -> list[Item]:
    ahead = [each for each in tasks.of_person(here.tx, me.id, most=10) if each.due_at > here.now]
    return [_task(here, each) for each in ahead if each.due_at < here.now + timedelta(days=1)][:5]


def _task(here: Here, task: Task) -> Item:
    case = cases.by_id(here.tx, task.case_id) if task.case_id else None
    if case is None and task.session_id is not None:
        return Item(task.due_at, todo.line(here, task), texts.TRAINING_OPEN, Teach(task.session_id, 0, "show"))
    number = case.name if case else Words("—", "—")
    return Item(task.due_at, todo.line(here, task), number, Open(case.id) if case else Enter("day"))


def _in_touch(here: Here, me: Person) -> list[Item]:
    """Taken, and nobody has been in touch yet: by when."""
    taken = leases.of_person(here.tx, me.id, most=5)
    return [Item(case.lease_until or here.now, _until(case), case.name, Open(case.id)) for case in taken]


def _until(case: Case) -> Wording:
    if case.held_since is not None or case.lease_until is None:
        return texts.DAY_HELD(number=case.name)
    return texts.DAY_IN_TOUCH(number=case.name, at=Hour(case.lease_until))


def _written(here: Here, me: Person) -> list[Item]:
    """She has written, and the specialist has not read it yet."""
    unread = [(cases.by_id(here.tx, case_id), at) for case_id, at in letters.waiting_for(here.tx, me.id, most=5)]
    return [Item(at, texts.DAY_WRITTEN(number=case.name), case.name, Open(case.id)) for case, at in unread if case]


def _visits(here: Here, me: Person) -> list[Item]:
    """Today's and tomorrow's, by time."""
    until = here.now + timedelta(days=1)
    ahead = visits.of_specialist_until(here.tx, me.id, until=until, most=8)
    known = [(visit, cases.by_id(here.tx, visit.case_id)) for visit in ahead]
    return [
        Item(visit.starts_at, texts.VISIT_LINE(at=visit.starts_at, number=case.name),
             texts.DAY_VISIT(number=case.name),
             Visit(visit.id, visit.version, "show"))
        for visit, case in known if case is not None
    ]  # fmt: skip


def _waiting(here: Here, me: Person) -> list[Wording]:
    """How many wait for anybody of the team."""
    waiting = _count_waiting(here, me)
    return [texts.QUEUE_HEAD(waiting)] if waiting else []


def _count_waiting(here: Here, me: Person) -> int:
    roles = [role for role, _ in me.roles]
    return cases.count_waiting_for(here.tx, sight.teams(here, me), person_id=me.id, roles=roles)


def _lists(in_all: int) -> Rows:
    every = [Button(texts.ALL_MINE, List("mine", 0))] if in_all else []
    return ((*every, Button(texts.QUEUE, Enter("queue"))),)


def _to_day() -> Rows:
    return ((Button(texts.MY_DAY, Enter("day")),),)
