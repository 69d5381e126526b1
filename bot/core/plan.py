"""The year's plan: what a row of it says, on which days, who answers for it, and what came of it."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from bot.core import sheets
from bot.core.access import STAFF
from bot.core.calendar import DAY, Calendar
from bot.core.sheets import Column, Table, Wrong

DATED, TRIGGER, COUNTER = "dated", "trigger", "counter"
TITLE, TERM = 300, 200
NUMBER = re.compile(r"[0-9]{1,3}(\.[0-9]{1,3}){0,3}")
"""An item's number stands in reminders, on locked screens: digits, and nothing that could tell."""
MONTHS: Final = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip
WEEKLY, MONTHLY, QUARTERLY = "weekly_monday", "monthly", "quarterly"
DAYS_OF: Final[Mapping[str, tuple[int, ...]]] = {
    MONTHLY: tuple(range(1, 13)),
    QUARTERLY: (3, 6, 9, 12),
    "june_december": (6, 12),
    **{name: (number,) for number, name in enumerate(MONTHS, 1)},
}
"""Months at whose last working day something is due."""
TRIGGERS: Final[Mapping[str, str]] = {
    "as_needed": "the need is an event, and what it asks for has a day of its own",
    "on_receipt": "an application or a notice comes in",
    "on_request": "somebody asks",
    "on_request_year_round": "somebody asks, at any time of the year",
    "on_court_decision": "a court decides",
    "on_child_services_decision": "child services decide",
    "on_child_services_request": "child services ask",
    "by_training_schedule": "the schedule sets a date, which trainings bring",
    "on_law_change": "a law changes",
    "on_reporting_deadlines": "whoever wants a report sets its date",
}
"""What waits for somebody else's act: each time it happens it gets a day of its own. With the reason."""
COUNTERS: Final[Mapping[str, str]] = {
    "year_round": "nothing to wait for and no day to be late on: how often is what counts",
    "continuous": "as above",
    "on_duty": "a part of every day's work",
    "year_round_as_needed": "whenever it is of use in the year; no one else's act sets its day",
    "unspecified": "no term was given, so nothing can be late",
}
"""What is done again and again, and counted. With the reason."""
RHYTHMS: Final = (WEEKLY, *DAYS_OF, *TRIGGERS, *COUNTERS)
EVERYBODY: Final = tuple(sorted(STAFF))
RESPONSIBLE: Final[Mapping[str, tuple[str, ...]]] = {
    "director": ("head",), "директор": ("head",),
    "deputy": ("deputy",), "заступник": ("deputy",), "заступник директора": ("deputy",),
    "specialist": ("specialist",), "specialists": ("specialist",),
    "фахівець": ("specialist",), "фахівці": ("specialist",),
    "specialist (foster care)": ("foster_care",),
    "psychologist": ("psychologist",), "психолог": ("psychologist",),
    "lawyer": ("lawyer",), "юрист": ("lawyer",),
    "other staff": EVERYBODY, "інші працівники": EVERYBODY,
    "other": (),
    **{role: (role,) for role in EVERYBODY},
}  # fmt: skip
"""How plans name people, and which of our roles that is. «… or other» calls nobody besides those who are named."""
BETWEEN = re.compile(r"[,;]|\s+or\s+|\s+або\s+")
FIRST, LAST = "first", "last"
"""On which working day of a month or a quarter something is due."""


@dataclass(frozen=True, slots=True)
class Rhythm:
    """When a row is due: on its days, at its trigger, or only counted. `key` is as the file has it."""

    kind: str
    key: str
    days: tuple[date, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the plan as it was imported."""

    item: str
    title: str
    rhythm: Rhythm
    roles: tuple[str, ...]
    term: str = ""


@dataclass(frozen=True, slots=True)
class Mark:
    """What came of it. `kind`: date (a day of the row), event (it happened), count.

    `state`: open (an event's), done, not_done. `day`: the day it was due, for a count the day it was counted on.
    """

    id: int
    kind: str
    day: date | None
    state: str
    amount: int = 1
    note: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """A row with what came of it; `closed`: the newest import has it no more.

    `since`: the day of the import that had it first; nobody was asked about the days before.
    """

    id: int
    row: Row
    marks: tuple[Mark, ...] = ()
    closed: bool = False
    since: date = date.min


@dataclass(frozen=True, slots=True)
class Due:
    """Something of an item that is due on a day: one of its own days, or what happened and was given one."""

    item: Item
    day: date
    mark: Mark | None = None

    @property
    def state(self) -> str:
        return self.mark.state if self.mark else "open"

    def late(self, today: date) -> bool:
        """The day has passed, and nobody has said what came of it."""
        return self.state == "open" and self.item.since <= self.day < today


@dataclass(frozen=True, slots=True)
class Figures:
    """Of one item: how many of its days and events are done, not done, over without a word, and still ahead."""

    item: Item
    done: int = 0
    not_done: int = 0
    overdue: int = 0
    ahead: int = 0
    quarter: int = 0
    year: int = 0


# What a file says


def table(year: int, calendar: Calendar, on: str = LAST) -> Table:
    return Table(
        (
            Column("item", _number, required=True),
            Column("title", sheets.text(TITLE), required=True),
            Column("periodicity", lambda word: rhythm(word, year, calendar, on), required=True),
            Column("responsible", responsible, required=True),
            Column("term", sheets.text(TERM), empty=""),
        ),
        unique=("item",),
    )


def row(values: Mapping[str, Any]) -> Row:
    return Row(values["item"], values["title"], values["periodicity"], values["responsible"], values["term"])


def rhythm(word: str, year: int, calendar: Calendar, on: str = LAST) -> Rhythm:
    """What a periodicity is. Raises Wrong."""
    keys = list(dict.fromkeys(part.strip() for part in word.split(";") if part.strip()))
    alone = next((key for key in keys if key in TRIGGERS or key in COUNTERS), None)
    if alone and len(keys) > 1:
        raise Wrong(f"«{alone}» stands beside something else", "it alone, or days")
    if alone:
        return Rhythm(TRIGGER if alone in TRIGGERS else COUNTER, alone)
    days = {day for key in keys for day in _days(key, year, calendar, on)}
    if not days:
        raise Wrong("nothing stands here", ", ".join(RHYTHMS))
    return Rhythm(DATED, ";".join(keys), tuple(sorted(days)))


def responsible(word: str) -> tuple[str, ...]:
    """Roles, each once. Raises Wrong."""
    names = [part.strip().casefold() for part in BETWEEN.split(word) if part.strip()]
    unknown = next((name for name in names if name not in RESPONSIBLE), None)
    if unknown is not None or not names:
        raise Wrong(f"«{(unknown or word)[:40]}» is unknown", ", ".join(RESPONSIBLE))
    return tuple(dict.fromkeys(role for name in names for role in RESPONSIBLE[name]))


def dates(key: str, year: int, calendar: Calendar, on: str = LAST) -> tuple[date, ...]:
    """The days of that year: of a weekly row each Monday, or the next working day; else a working day of each period.

    The period of a month is the month, of a quarter the quarter.
    """
    if key == WEEKLY:
        first = date(year, 1, 1)
        mondays = (first + n * DAY for n in range(366) if (first + n * DAY).weekday() == 0)
        moved = (_working(day, DAY, calendar) for day in mondays if day.year == year)
        return tuple(dict.fromkeys(day for day in moved if day.year == year))
    long = 3 if key == QUARTERLY else 1
    return tuple(_of_period(year, month - long + 1, month, calendar, on) for month in DAYS_OF[key])


# What is due


def dues(items: Sequence[Item]) -> list[Due]:
    """Everything with a day, done or not, the earliest first; of a row that is closed only what is marked."""
    every = [each for item in items for each in _dues(item)]
    return sorted(every, key=lambda each: (each.day, order(each.item)))


def between(items: Sequence[Item], first: date, last: date) -> list[Due]:
    """From the first day to the last, both of them included."""
    return [each for each in dues(items) if first <= each.day <= last]


def waiting(items: Sequence[Item], first: date, last: date) -> list[Due]:
    """As `between`, without what is marked."""
    return [each for each in between(items, first, last) if each.state == "open"]


def overdue(items: Sequence[Item], today: date) -> list[Due]:
    return [each for each in dues(items) if each.late(today)]


def open_events(item: Item) -> list[Mark]:
    """What happened and was given no day."""
    return [mark for mark in item.marks if mark.kind == "event" and mark.state == "open" and mark.day is None]


def figures(items: Sequence[Item], today: date) -> list[Figures]:
    """What was done of each item, in the order of the plan."""
    return [_figures(item, today) for item in sorted(items, key=order)]


def order(item: Item) -> tuple[int, ...]:
    """2.10 comes after 2.9."""
    return tuple(int(part) for part in item.row.item.split("."))


def section(item: Item) -> str:
    return item.row.item.partition(".")[0]


def quarter(day: date) -> tuple[date, date]:
    """First and last day of its quarter."""
    first = date(day.year, 3 * ((day.month - 1) // 3) + 1, 1)
    return first, _month_ends(first.replace(month=first.month + 2))


def month(day: date) -> tuple[date, date]:
    """First and last day of its month."""
    return day.replace(day=1), _month_ends(day)


def first_of_week(day: date, calendar: Calendar) -> date:
    """The first working day of that week; Monday, if there is none."""
    monday = day - day.weekday() * DAY
    return next((each for n in range(7) if calendar.works_on(each := monday + n * DAY)), monday)


def _dues(item: Item) -> list[Due]:
    marked = {mark.day: mark for mark in item.marks if mark.kind == "date" and mark.day is not None}
    days = () if item.closed else item.row.rhythm.days
    own = [Due(item, day, marked.get(day)) for day in sorted({*days, *marked})]
    events = [Due(item, mark.day, mark) for mark in item.marks if mark.kind == "event" and mark.day is not None]
    return [*own, *(each for each in events if not item.closed or each.state != "open")]


def _figures(item: Item, today: date) -> Figures:
    with_day, without = _dues(item), [] if item.closed else open_events(item)
    settled = [mark.state for mark in item.marks if mark.kind in ("date", "event")]
    first, last = quarter(today)
    counted = [mark for mark in item.marks if mark.kind == "count"]
    return Figures(
        item,
        done=settled.count("done"),
        not_done=settled.count("not_done"),
        overdue=sum(each.late(today) for each in with_day),
        ahead=sum(each.state == "open" and each.day >= today for each in with_day) + len(without),
        quarter=sum(mark.amount for mark in counted if mark.day and first <= mark.day <= last),
        year=sum(mark.amount for mark in counted),
    )


def _number(word: str) -> str:
    if not NUMBER.fullmatch(word):
        raise Wrong(f"«{word[:40]}»", "a number as 2 or 2.10")
    return word


def _days(key: str, year: int, calendar: Calendar, on: str) -> tuple[date, ...]:
    if key == WEEKLY or key in DAYS_OF:
        return dates(key, year, calendar, on)
    try:
        day: date = sheets.day(key)
    except Wrong:
        raise Wrong(f"«{key[:40]}» is unknown", f"{', '.join(RHYTHMS)}, or dates as {year}-03-05") from None
    if day.year != year:
        raise Wrong(f"{day} is in another year", f"days of {year}; see --year")
    return (day,)


def _of_period(year: int, first: int, last: int, calendar: Calendar, on: str) -> date:
    """The period's first or last working day; where nobody works in it, its first or last day."""
    begins, ends = date(year, first, 1), _month_ends(date(year, last, 1))
    day, step = (begins, DAY) if on == FIRST else (ends, -DAY)
    found = _working(day, step, calendar)
    return found if begins <= found <= ends else day


def _working(day: date, step: timedelta, calendar: Calendar) -> date:
    """That day, or the next one in that direction on which the centre works, if there is one within a year."""
    nearby = (day + n * step for n in range(366))
    return next((each for each in nearby if calendar.works_on(each)), day)


def _month_ends(day: date) -> date:
    return (day.replace(day=28) + timedelta(days=4)).replace(day=1) - DAY
