"""A reminder is decided when it goes: is it still so, in time, of use? If it cannot be said, somebody has to know.

A row of `due` is the plan, one a (kind, subject, person, version). It is looked at twice: when it rings, and once more
when the sender picks the message, which may be hours later. What turns out to have changed in between rings again.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.core import reminders
from bot.core.events import Due, Guard
from bot.core.reminders import Fate, Hours
from handlers.here import Here
from storage import alarms, due, outbox, people
from storage.people import Person

HOLD = timedelta(minutes=10)
"""While an air-raid alarm sounds, or Telegram takes nothing, what is held is looked at again after so long."""


@dataclass(frozen=True, slots=True)
class Said:
    """Which reminder a message is, and as of when it was worded: «tomorrow» is true for a day.

    `asks`: what it asks besides, where that may change until it goes (bot/core/trainings.py).
    """

    subject: str
    kind: str
    person_id: int
    day: str
    late: bool
    asks: str = ""

    def guard(self, subject_id: int, version: int) -> Guard:
        late = "late" if self.late else ""
        asks = f":{self.asks}" if self.asks else ""
        return Guard(f"{self.subject}:{self.kind}:{self.person_id}:{self.day}:{late}{asks}", subject_id, version)


def said(here: Here, subject: str, bell: Due, *, late: bool) -> Said:
    return Said(subject, bell.kind, bell.person_id, _today(here), late)


def read(guard: Guard) -> Said | None:
    """The reminder that a guard is of; None for another kind of guard."""
    parts = guard.subject.split(":")
    match parts:
        case [subject, kind, person, day, late, *asks]:
            return Said(subject, kind, int(person), day, late == "late", "".join(asks))
        case _:
            return None


def fate(here: Here, bell: Due, starts_at: datetime, kinds: Sequence[str]) -> Fate:
    return reminders.fate(bell.at, starts_at, due.later(here.tx, kinds, bell), now=here.now)


def still(
    here: Here, guard: Guard, starts_at: datetime, kinds: Sequence[str], hours: Hours | None, *, district: str = ""
) -> datetime | None:
    """From when a reminder that stands in the queue may go; None when it has to be decided anew, or is needless."""
    mine = read(guard)
    bell = due.bell(here.tx, mine.kind, guard.id, mine.person_id, version=guard.version) if mine else None
    if mine is None or bell is None:
        return here.now
    until = _waits_until(here, hours, starts_at, district)
    if until is not None:
        return until
    becomes = fate(here, bell, starts_at, kinds)
    if becomes in (_as_said(mine), Fate.IN_TIME) and mine.day == _today(here):
        return here.now
    if becomes is not Fate.SAID_BY_NEXT:
        due.put_off(here.tx, bell, until=here.now)
    return None


def held(here: Here, bell: Due, hours: Hours | None, starts_at: datetime, *, district: str = "") -> bool:
    """Whether it waits: for the end of an alarm, or of the hours in which that person is not to be disturbed."""
    until = _waits_until(here, hours, starts_at, district)
    if until is not None:
        due.put_off(here.tx, bell, until=until)
    return until is not None


def hours(here: Here, person: Person) -> Hours:
    """When this person is not to be disturbed: as they said, else as the centre has it."""
    zone = ZoneInfo(person.zone) if person.zone else here.centre.zone
    quiet = here.centre.quiet
    start = quiet[0] if person.quiet_from is None else reminders.clock(person.quiet_from)
    end = quiet[1] if person.quiet_to is None else reminders.clock(person.quiet_to)
    return Hours(zone, start, end)


def for_day(subject: str, person_id: int, subject_id: int, version: int) -> Guard:
    """Of what is no reminder and has no moment of its own: it goes by day."""
    return Guard(f"{subject}:{person_id}", subject_id, version)


def by_day(here: Here, guard: Guard) -> datetime:
    """From when that may go to that person; made at night it waits for the morning."""
    return hours(here, people.person(here.tx, whose(guard))).next_awake(here.now)


def whose(guard: Guard) -> int:
    """For whom it is."""
    return int(guard.subject.partition(":")[2])


def of_centre(here: Here) -> Hours:
    return Hours(here.centre.zone, *here.centre.quiet)


def unsent(here: Here, guard: Guard) -> bool:
    """An outage that outlasts the sender's patience: the reminder rings again, late or as a task; whether it is one."""
    mine = read(guard)
    bell = due.bell(here.tx, mine.kind, guard.id, mine.person_id, version=guard.version) if mine else None
    if bell is not None:
        due.put_off(here.tx, bell, until=here.now + HOLD)
    return bell is not None


def undelivered(here: Here, person_id: int) -> None:
    """A chat is gone: the reminders that waited for it ring once more, and find nobody."""
    for guard in outbox.guards(here.tx, person_id):
        mine = read(Guard(*guard))
        bell = due.bell(here.tx, mine.kind, guard[1], person_id, version=guard[2]) if mine else None
        if bell is not None:
            due.put_off(here.tx, bell, until=here.now)


def reachable(here: Here, person_id: int) -> bool:
    return people.reader(here.tx, person_id).reachable


def _waits_until(here: Here, hours: Hours | None, starts_at: datetime, district: str) -> datetime | None:
    """Without `hours` any is as good; what cannot wait for the morning goes at night."""
    if alarms.sounds(here.tx, district):
        return here.now + HOLD
    if hours is None or not hours.quiet_at(here.now):
        return None
    morning = hours.over_at(here.now)
    return morning if morning <= starts_at - reminders.MORNING_MARGIN else None


def _today(here: Here) -> str:
    return f"{here.local:%Y-%m-%d}"


def _as_said(mine: Said) -> Fate:
    return Fate.LATE if mine.late else Fate.IN_TIME
