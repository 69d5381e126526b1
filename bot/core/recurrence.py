"""What comes again and again: the rules of iCalendar (RFC 5545) on the centre's wall clock and working days.

A rule is unrolled in days without a zone, moved to working days, and only then put on the wall clock: so 10:00 stays
10:00 through both changes of the clocks.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Final, Literal
from zoneinfo import ZoneInfo

from dateutil.relativedelta import relativedelta
from dateutil.rrule import rrule, rruleset, rrulestr

from bot.core import reminders
from bot.core.calendar import DAY, Calendar

Shift = Literal["none", "next", "previous", "skip"]
SHIFTS: Final[tuple[Shift, ...]] = ("none", "next", "previous", "skip")
DEFAULT_SHIFT: Final[Shift] = "next"
"""Where a profile does not say [P]."""
WEEKDAYS: Final = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
WORKING_WEEK: Final = 5
SHORTEST_MONTH, LONGEST_MONTH = 28, 31
FEBRUARY: Final = 2
FARTHEST: Final = 31 * DAY
"""So far a day may move. A centre that works on none of them has no better day to offer than the rule's own."""
ENDS: Final = ("UNTIL=", "COUNT=")


@dataclass(frozen=True, slots=True)
class Rule:
    """What comes when. `text` is the RRULE without its end, which is `until`, the last day, or `times`, or neither.

    `without`: days on which it does not come, whether the rule names them or has moved there; `besides`: days on which
    it comes as well, as they are, working or not; `pause`: first and last day of a time in which the rule sleeps.
    Where `first` is no day of the rule, it begins with the first that is.
    """

    text: str
    first: date
    clock: time
    zone: str
    without: frozenset[date] = frozenset()
    besides: frozenset[date] = frozenset()
    until: date | None = None
    times: int | None = None
    shift: Shift = DEFAULT_SHIFT
    pause: tuple[date, date] | None = None

    def __post_init__(self) -> None:
        if self.until is not None and self.times is not None:
            raise ValueError("a rule ends by its last day or by a count, not by both")
        if any(end in self.text for end in ENDS):
            raise ValueError(f"the end of «{self.text}» is not part of its text")
        _unrolled(self)


@dataclass(frozen=True, slots=True)
class Occurrence:
    """`day` is the local day on which it comes, `of` the rule's own day: the same, unless it was moved.

    By `of` an occurrence is known again when the centre's days change.
    """

    day: date
    at: datetime
    of: date


def occurrences(rule: Rule, since: datetime, until: datetime, calendar: Calendar) -> list[Occurrence]:
    """What comes from `since` on and before `until`, each day once, the earliest first."""
    zone = ZoneInfo(rule.zone)
    first, last = since.astimezone(zone).date(), until.astimezone(zone).date()
    found = _by_day(rule, first, last, calendar).items()
    every = (Occurrence(day, _at(rule, day), of) for day, of in sorted(found))
    return [each for each in every if since <= each.at < until]


def shifted(day: date, shift: Shift, calendar: Calendar) -> date | None:
    """That day, or the working day that stands for it; None when none does."""
    if shift == "none" or calendar.works_on(day):
        return day
    if shift == "skip":
        return None
    step = DAY if shift == "next" else -DAY
    nearby = (day + n * step for n in range(1, FARTHEST.days + 1))
    return next((each for each in nearby if calendar.works_on(each)), day)


def first_day(rule: Rule) -> date | None:
    """The first day that the rule names; iCalendar wants to begin there."""
    named = next(iter(_unrolled(rule)), None)
    days = [*rule.besides, *([named.date()] if named else [])]
    return min(days, default=None)


def written(rule: Rule) -> str:
    """The whole RRULE, its end included; what is left out, besides or asleep, iCalendar says in lines of its own."""
    if rule.times is not None:
        return f"{rule.text};COUNT={rule.times}"
    if rule.until is not None:
        return f"{rule.text};UNTIL={_at(rule, rule.until):%Y%m%dT%H%M%SZ}"
    return rule.text


def read(text: str, first: date, clock: time, zone: str, shift: Shift = DEFAULT_SHIFT) -> Rule:
    """A rule from a whole RRULE. Raises ValueError for one that is none."""
    parts = text.strip().removeprefix("RRULE:").split(";")
    ends = dict(part.split("=", 1) for part in parts if part.startswith(ENDS))
    kept = ";".join(part for part in parts if not part.startswith(ENDS))
    until = _last_day(ends["UNTIL"], zone) if "UNTIL" in ends else None
    times = int(ends["COUNT"]) if "COUNT" in ends else None
    return Rule(kept, first, clock, zone, until=until, times=times, shift=shift)


def weekly(weekdays: Iterable[int]) -> str:
    """Monday is 0."""
    return every_n_weeks(1, weekdays)


def every_n_weeks(n: int, weekdays: Iterable[int]) -> str:
    """Weeks begin on Monday, and are counted from the one in which the rule begins."""
    days = ",".join(WEEKDAYS[day] for day in sorted(set(weekdays)))
    return ";".join(("FREQ=WEEKLY", *([f"INTERVAL={n}"] if n > 1 else []), "WKST=MO", f"BYDAY={days}"))


def monthly(day: int) -> str:
    """29, 30 and 31 mean the last day of a month that is shorter."""
    return f"FREQ=MONTHLY;{_of_month(day)}"


def monthly_nth(weekday: int, n: int) -> str:
    """The n-th Monday (0) to Sunday (6) of the month, 1 to 4; -1 is the last."""
    if n not in (-1, 1, 2, 3, 4):
        raise ValueError(f"not every month has a weekday number {n}")
    return f"FREQ=MONTHLY;BYDAY={n}{WEEKDAYS[weekday]}"


def quarterly(day: int = LONGEST_MONTH, month: int = 3) -> str:
    """That day of the quarter's first, second or third month; as it stands, the quarter's last day."""
    return _in_months(range(month, 13, 3), day)


def june_december(day: int = LONGEST_MONTH) -> str:
    return _in_months((6, 12), day)


def yearly(month: int, day: int) -> str:
    """The 29 February is the 28th in a common year."""
    return (
        _in_months((month,), day) if (month, day) == (FEBRUARY, 29) else f"FREQ=YEARLY;BYMONTH={month};BYMONTHDAY={day}"
    )


def times_a_week(n: int) -> str:
    """As home care comes: on working days, as evenly as five can be shared; twice is Tuesday and Thursday."""
    if not 1 <= n <= WORKING_WEEK:
        raise ValueError(f"a working week has no {n} days")
    return weekly((2 * place + 1) * WORKING_WEEK // (2 * n) for place in range(n))


def first_and_last_year(start: date, end: date, clock: time, zone: str, shift: Shift = DEFAULT_SHIFT) -> Rule:
    """Guardianship is accompanied monthly in its first and in its last year; a rest of less than a month is none."""
    year, month = relativedelta(years=1), relativedelta(months=1)
    sleeps, wakes = start + year, end - year
    pause = (sleeps, wakes) if sleeps + month <= wakes else None
    return Rule(monthly(start.day), start, clock, zone, until=end, shift=shift, pause=pause)


def _by_day(rule: Rule, first: date, last: date, calendar: Calendar) -> dict[date, date]:
    """The day on which something comes, and the rule's own for it: the day itself, if it is one, else the earliest."""
    found: dict[date, date] = {}
    for of in _named(rule, first - FARTHEST, last + FARTHEST):
        day = shifted(of, rule.shift, calendar)
        if day is not None and day not in rule.without and (day not in found or day == of):
            found[day] = of
    return found | {day: day for day in rule.besides - rule.without}


def _named(rule: Rule, first: date, last: date) -> Iterator[date]:
    asleep, awake = rule.pause or (date.max, date.min)
    between = _unrolled(rule).between(_midnight(first), _midnight(last + DAY), inc=True)
    days = (each.date() for each in between)
    return (day for day in days if day not in rule.without and not asleep <= day <= awake)


def _unrolled(rule: Rule) -> rrule:
    found = rrulestr(rule.text, dtstart=_midnight(rule.first))
    if isinstance(found, rruleset):
        raise ValueError(f"«{rule.text}» is more than one rule")  # noqa: TRY004 - the text is wrong, not its type
    until = _midnight(rule.until) if rule.until is not None else None
    unrolled: rrule = found.replace(count=rule.times, until=until)
    return unrolled


def _at(rule: Rule, day: date) -> datetime:
    return reminders.moment(day.isoformat(), f"{rule.clock:%H:%M}", ZoneInfo(rule.zone)).astimezone(UTC)


def _last_day(until: str, zone: str) -> date:
    """RFC 5545 writes the end in UTC; a bare day is that day."""
    if "T" not in until:
        return datetime.strptime(until, "%Y%m%d").date()  # noqa: DTZ007 - a day has no zone
    at = datetime.strptime(until.rstrip("Z"), "%Y%m%dT%H%M%S").replace(tzinfo=UTC)
    return at.astimezone(ZoneInfo(zone)).date()


def _in_months(months: Sequence[int], day: int) -> str:
    return f"FREQ=MONTHLY;BYMONTH={','.join(map(str, months))};{_of_month(day)}"


def _of_month(day: int) -> str:
    """Of the days up to that one which every month has at least one of, the last that the month has."""
    if day <= SHORTEST_MONTH:
        return f"BYMONTHDAY={day}"
    return f"BYMONTHDAY={','.join(map(str, range(SHORTEST_MONTH, day + 1)))};BYSETPOS=-1"


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min)
