"""When a visit or a training is reminded of: pure answers to «which reminders, at which moments»."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from enum import Enum
from zoneinfo import ZoneInfo

QUIET_FROM, QUIET_TO = time(21), time(8)
"""Residents and carers hear no reminder between these, the centre's local time."""

VISIT = {"visit_day": timedelta(days=1), "visit_hours": timedelta(hours=2)}
TRAINING = {
    "training_week": timedelta(days=7),
    "training_day": timedelta(days=1),
    "training_hours": timedelta(hours=2),
}


GRACE = timedelta(minutes=15)
"""A reminder that goes out later than this after its moment says that it is late [P]."""
MORNING_MARGIN = timedelta(minutes=30)
"""What waits for the end of the night must still leave so much time before the start [P]."""


@dataclass(frozen=True, slots=True)
class Reminder:
    kind: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Hours:
    """When somebody is not to be disturbed, on the wall clock of `zone`; `start` equal to `end` is never."""

    zone: ZoneInfo
    start: time = QUIET_FROM
    end: time = QUIET_TO

    def quiet_at(self, moment: datetime) -> bool:
        clock = moment.astimezone(self.zone).time()
        if self.start <= self.end:
            return self.start <= clock < self.end
        return clock >= self.start or clock < self.end

    def over_at(self, moment: datetime) -> datetime:
        """The end of the quiet hours that the moment lies in."""
        local = moment.astimezone(self.zone)
        days = 1 if local.time() >= self.end else 0
        ends = datetime.combine(local.date() + timedelta(days=days), self.end, self.zone)
        return ends.astimezone(UTC)

    def next_awake(self, moment: datetime) -> datetime:
        """That moment, or the end of the quiet hours that it lies in."""
        return self.over_at(moment) if self.quiet_at(moment) else moment

    def began_at(self, moment: datetime) -> datetime:
        """Their beginning."""
        local = moment.astimezone(self.zone)
        days = 1 if local.time() < self.start else 0
        return datetime.combine(local.date() - timedelta(days=days), self.start, self.zone).astimezone(UTC)


class Fate(Enum):
    """What becomes of a reminder whose moment has come, decided when it is about to go."""

    IN_TIME = "in time"
    LATE = "late, and said so"
    SAID_BY_NEXT = "a nearer one is due as well, and says it"
    POINTLESS = "it has begun: somebody has to know that nothing was said"


def clock(minutes: int) -> time:
    """A time of day, from the minutes since midnight."""
    return time(*divmod(minutes, 60))


def fate(planned_at: datetime, starts_at: datetime, nearer: Sequence[datetime], *, now: datetime) -> Fate:
    """`nearer`: the moments of the other reminders of the same thing for the same person that come after this one."""
    if now >= starts_at:
        return Fate.POINTLESS
    if any(at <= now for at in nearer):
        return Fate.SAID_BY_NEXT
    return Fate.LATE if now - planned_at > GRACE else Fate.IN_TIME


def of_visit(starts_at: datetime, hours: Hours | ZoneInfo, *, now: datetime, quiet: bool) -> list[Reminder]:
    """Day before and 2 h before; what is already past is left out. `quiet` keeps the night free."""
    return _reminders(VISIT, starts_at, _hours(hours), now=now, quiet=quiet)


def of_training(starts_at: datetime, hours: Hours | ZoneInfo, *, now: datetime) -> list[Reminder]:
    """Seven days, one day and 2 h before, the night kept free; of two on one day the earlier says it."""
    zone, found = _hours(hours).zone, of(TRAINING, starts_at, hours, now=now)
    by_day = {each.at.astimezone(zone).date(): each for each in reversed(found)}
    return [each for each in found if each in by_day.values()]


def of(ahead: dict[str, timedelta], starts_at: datetime, hours: Hours | ZoneInfo, *, now: datetime) -> list[Reminder]:
    """So long before, the night kept free; what is already past is left out."""
    return _reminders(ahead, starts_at, _hours(hours), now=now, quiet=True)


def _hours(hours: Hours | ZoneInfo) -> Hours:
    return hours if isinstance(hours, Hours) else Hours(hours)


def moment(day: str, clock: str, zone: ZoneInfo) -> datetime:
    """The chosen wall time as a moment.

    A time that the spring change skips is moved on by the hour that is missing; of the autumn's two equal hours the
    first is meant.
    """
    wall = datetime.fromisoformat(f"{day}T{clock}").replace(tzinfo=zone)
    return wall.astimezone(ZoneInfo("UTC"))


def moment_ahead(day: str, clock: str, zone: ZoneInfo, *, now: datetime) -> datetime:
    """As `moment`, but of the autumn's two equal hours the second, once the first has passed."""
    first = moment(day, clock, zone)
    wall = datetime.fromisoformat(f"{day}T{clock}").replace(tzinfo=zone, fold=1)
    return first if first > now else max(first, wall.astimezone(ZoneInfo("UTC")))


def _reminders(
    ahead: dict[str, timedelta], starts_at: datetime, hours: Hours, *, now: datetime, quiet: bool
) -> list[Reminder]:
    moments = {kind: _before(starts_at, by, hours.zone) for kind, by in ahead.items()}
    if quiet:
        moments = {kind: _out_of_the_night(at, starts_at, hours) for kind, at in moments.items()}
    return [Reminder(kind, at) for kind, at in moments.items() if at > now]


def _before(starts_at: datetime, by: timedelta, zone: ZoneInfo) -> datetime:
    """Days are counted on the wall clock, so that «a day before 10:00» is 10:00; hours are hours."""
    if by.days:
        return (starts_at.astimezone(zone) - by).astimezone(UTC)
    return starts_at - by


def _out_of_the_night(at: datetime, starts_at: datetime, hours: Hours) -> datetime:
    """It waits for the morning, if that is the same day and well before the start; else it is the evening before."""
    if not hours.quiet_at(at):
        return at
    morning = hours.over_at(at)
    same_day = morning.astimezone(hours.zone).date() == at.astimezone(hours.zone).date()
    if same_day and morning <= starts_at - MORNING_MARGIN:
        return morning
    return hours.began_at(at) - timedelta(minutes=15)
