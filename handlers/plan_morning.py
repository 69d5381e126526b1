"""What the plan says of itself: each working morning to who answers for it, on Mondays the overdue to the head.

A message is decided when it rings and once more when it is picked for sending. One that is no longer so does not go,
and what is so by then is told in its place.
"""

import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import groupby

from bot.core import calendar, plan, texts
from bot.core.buttons import Enter, PlanItem, PlanPage
from bot.core.events import Delete, Edit, Guard, Lane, Message, Rows, Send
from bot.core.events import Due as Bell
from bot.core.lines import Line, Wording, rows
from bot.core.plan import Due, Item
from handlers.here import Here, column, row
from storage import due, outbox, people, rosters
from storage import plan as kept
from storage.people import Person

MORNING, AGAIN, IMPORTED = "plan_morning", "plan_again", "plan_imported"
KEY, KEY_LATE = "plan", "plan_late"
LATE = 0
"""In the place of the first day that a message is about: it is about everything that is overdue."""
CHAIN = ("head", "deputy", "admin")
"""Who hears it when nobody else is there; the first of them who is."""
IN_SIGHT, AT_MOST = 8, 20
MISSED = timedelta(days=7)
"""So far back a morning tells what an outage has kept from being told; what is older the head has as overdue [P]."""
JUST_OPENED = timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class Crew:
    """Staff who can be reached, and who of them is not on leave."""

    reached: Sequence[Person]
    present: Sequence[Person]

    def with_role(self, role: str) -> list[Person]:
        return [each for each in self.present if each.has(role)]

    def leading(self) -> list[Person]:
        """The head, else the deputy, else the administrator: who is there, or else at least works here."""
        chain = [[each for each in of if each.has(role)] for of in (self.present, self.reached) for role in CHAIN]
        return next((found for found in chain if found), [])

    def answering(self, item: Item) -> set[int]:
        """Everybody present with a role of the item; for a role that nobody is there with, who leads."""
        found = [self.with_role(role) or self.leading() for role in item.row.roles] or [self.leading()]
        return {person.id for each in found for person in each}


@dataclass(frozen=True, slots=True)
class Now:
    """What is looked at once for everybody: who is there, the plan, the last working morning and the next."""

    crew: Crew
    items: Sequence[Item]
    today: date
    morning: date
    next: date


def crew(here: Here) -> Crew:
    away = rosters.away(here.tx, here.local.date())
    reached = [each for each in people.everybody(here.tx) if each.staff and each.silent_since is None]
    return Crew(reached, [each for each in reached if each.id not in away])


def plan_morning(here: Here) -> None:
    """The next working morning's bell; planned at every start, once. Its version is the first day it is about."""
    if due.planned(here.tx, MORNING, 0) is None:
        today = here.local.date()
        before = here.centre.works_on(today) and here.now < calendar.opens_on(today, here.centre)
        _next(here, today if before else calendar.working_day(here.now, 1, here.centre))


def rung(here: Here, bell: Bell) -> list[Message]:
    """Told in opening hours only: a morning that was missed is told as soon as there are some."""
    if not here.centre.open_at(here.local):
        at = here.centre.next_opening(here.local).astimezone(UTC)
        due.plan(here.tx, MORNING, 0, at=at, version=bell.version)
        return []
    _next(here, calendar.working_day(here.now, 1, here.centre))
    now = _now(here)
    told = [message for person in now.crew.reached for message in _told(here, now, person, bell.version)]
    return [*told, *_overdue(here, now, date.fromordinal(bell.version))]


def told_at(here: Here, guard: Guard, since: int) -> datetime | None:
    """Whether the message still says what is so; if not, what is so by now is told in its place."""
    found = _about(_now(here), guard.id, since)
    if found and _mark(found) == guard.version:
        return here.now
    due.plan(here.tx, AGAIN, since, person_id=guard.id, at=here.now)
    return None


def told_anew(here: Here, bell: Bell) -> list[Message]:
    """In the place of a message that was no longer so."""
    person = people.person(here.tx, bell.person_id)
    return _told(here, _now(here), person, bell.subject_id) if person.staff else []


def imported(here: Here, _: Bell) -> list[Message]:
    """A new plan, in opening hours: what was told is as it is now, and who has something new by it hears it today.

    What still waits to be sent is looked at when it is picked.
    """
    if not here.centre.open_at(here.local):
        return []
    now = _now(here)
    since = now.morning.toordinal()
    new = [each for each in now.crew.reached if not _has(here, each)]
    return [*kept_up(here), *(message for person in new for message in _told(here, now, person, since))]


def kept_up(here: Here) -> list[Message]:
    """What was told this morning and stands in a chat, as it is now; an edit makes no sound."""
    now = _now(here)
    return [
        _again(now, person, since)
        for person in now.crew.reached
        for since in (now.morning.toordinal(), LATE)
        if outbox.standing(here.tx, person.id, _key(since)) is not None
    ]


def _again(now: Now, person: Person, since: int) -> Message:
    found = _about(now, person.id, since)
    if not found:
        return Delete(person.colleague, _key(since))
    return Edit(person.colleague, _key(since), _text(now, found, since), _ways(found, since))


def _has(here: Here, person: Person) -> bool:
    return outbox.standing(here.tx, person.id, KEY) is not None or outbox.waits(here.tx, person.id, KEY)


def _next(here: Here, day: date) -> None:
    due.plan(here.tx, MORNING, 0, at=calendar.opens_on(day, here.centre), version=day.toordinal())


def _overdue(here: Here, now: Now, since: date) -> list[Message]:
    """On the first working day of a week, or on the first one after it on which the bot is there again."""
    if not since <= plan.first_of_week(now.today, here.centre) <= now.today:
        return []
    return [message for person in now.crew.leading() for message in _told(here, now, person, LATE)]


def _told(here: Here, now: Now, person: Person, since: int) -> list[Message]:
    """One message a person, in the place of the one of the morning before."""
    found, key = _about(now, person.id, since), _key(since)
    stands = outbox.standing(here.tx, person.id, key) is not None
    gone = [Delete(person.colleague, key, lane=Lane.REMINDER)] if found or stands else []
    if not found:
        return [*gone]
    said = Send(
        person.colleague,
        _text(now, found, since),
        _ways(found, since),
        key=key,
        lane=Lane.REMINDER,
        guard=Guard(f"plan:{since}", person.id, _mark(found)),
    )
    return [*gone, said]


def _about(now: Now, person_id: int, since: int) -> list[Due]:
    """What the person is to hear: of the days from `since` up to the next working day, or everything overdue."""
    if since == LATE:
        leads = any(each.id == person_id for each in now.crew.leading())
        return plan.overdue(now.items, now.today) if leads else []
    ahead = plan.waiting(now.items, max(date.fromordinal(since), now.morning - MISSED), now.next)
    mine = {each.item.id for each in ahead if person_id in now.crew.answering(each.item)}
    return [each for each in ahead if each.item.id in mine]


def _now(here: Here) -> Now:
    """Days of the year before may still be overdue, and the next working day may be in another year."""
    opened = calendar.last_opening(here.now + JUST_OPENED, here.centre)
    following, morning = calendar.working_day(opened, 1, here.centre), here.centre.wall_clock(opened).date()
    years = range(morning.year - 1, following.year + 1)
    items = [item for year in years for item in kept.items(here.tx, year)]
    return Now(crew(here), items, here.local.date(), morning, following)


def _text(now: Now, found: Sequence[Due], since: int) -> Wording:
    """Numbers of the plan and days, and nothing of what they are about: it is read on locked screens (S26)."""
    if since == LATE:
        lines = [texts.PLAN_ITEM_ON(item=each.item.row.item, day=each.day) for each in found[:AT_MOST]]
        more = [texts.PLAN_MORE(n=len(found) - AT_MOST)] if len(found) > AT_MOST else []
        return rows(texts.PLAN_OVERDUE(len(found)), *lines, *more)
    by_day = [(day, list(of)) for day, of in groupby(found, key=lambda each: each.day)]
    return rows(*(_line(day, of, late=day < now.morning) for day, of in by_day))


def _line(day: date, of: Sequence[Due], *, late: bool) -> Line:
    items = ", ".join(each.item.row.item for each in of)
    return (texts.PLAN_WAS if late else texts.PLAN_FOR)(day=day, items=items)


def _ways(found: Sequence[Due], since: int) -> Rows:
    if since == LATE:
        return row((texts.PLAN_LATE, PlanPage("late", 0)))
    opens = [
        (
            texts.PLAN_ITEM(item=each.item.row.item),
            PlanItem(each.item.id, each.day.toordinal(), each.mark.id if each.mark else 0),
        )
        for each in found[:IN_SIGHT]
    ]
    return column(*opens, (texts.PLAN, Enter("plan")))


def _key(since: int) -> str:
    return KEY_LATE if since == LATE else KEY


def _mark(found: Sequence[Due]) -> int:
    """Of what a message says and of the rows behind it: another import that changes one of them changes the mark."""
    told = [(each.item.id, each.item.row, each.day, each.mark) for each in found]
    return zlib.crc32(repr(told).encode())
