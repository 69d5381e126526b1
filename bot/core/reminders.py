"""When a visit or a training is reminded of: pure answers to «which reminders, at which moments»."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

QUIET_FROM, QUIET_TO = time(21), time(8)
"""Residents and carers hear no reminder between these, the centre's local time."""

VISIT = {"visit_day": timedelta(days=1), "visit_hours": timedelta(hours=2)}
TRAINING = {
    "training_week": timedelta(days=7),
    "training_day": timedelta(days=1),
    "training_hours": timedelta(hours=2),
}


@dataclass(frozen=True, slots=True)
class Reminder:
    kind: str
    at: datetime


def of_visit(starts_at: datetime, zone: ZoneInfo, *, now: datetime, quiet: bool) -> list[Reminder]:
    """Day before and 2 h before; what is already past is left out. `quiet` keeps the night free."""
    return _reminders(VISIT, starts_at, zone, now=now, quiet=quiet)


def of_training(starts_at: datetime, zone: ZoneInfo, *, now: datetime) -> list[Reminder]:
    """Seven days, one day and 2 h before, the night kept free."""
    return _reminders(TRAINING, starts_at, zone, now=now, quiet=True)


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


def awake(at: datetime, zone: ZoneInfo) -> datetime:
    """That moment, or in the quiet hours their end."""
    local = at.astimezone(zone)
    if QUIET_TO <= local.time() < QUIET_FROM:
        return at
    day = local.date() + timedelta(days=local.time() >= QUIET_FROM)
    return datetime.combine(day, QUIET_TO, zone).astimezone(ZoneInfo("UTC"))


def _reminders(
    ahead: dict[str, timedelta], starts_at: datetime, zone: ZoneInfo, *, now: datetime, quiet: bool
) -> list[Reminder]:
    moments = {kind: _before(starts_at, by, zone) for kind, by in ahead.items()}
    if quiet:
        moments = {kind: _out_of_the_night(at, starts_at, zone) for kind, at in moments.items()}
    return [Reminder(kind, at) for kind, at in moments.items() if at > now]


def _before(starts_at: datetime, by: timedelta, zone: ZoneInfo) -> datetime:
    """Days are counted on the wall clock, so that «a day before 10:00» is 10:00; hours are hours."""
    if by.days:
        return (starts_at.astimezone(zone) - by).astimezone(ZoneInfo("UTC"))
    return starts_at - by


def _out_of_the_night(at: datetime, starts_at: datetime, zone: ZoneInfo) -> datetime:
    """Early hours wait for the morning, if that is still well before the start; else it is the evening before."""
    local = at.astimezone(zone)
    if QUIET_TO <= local.time() < QUIET_FROM:
        return at
    morning = local.replace(hour=QUIET_TO.hour, minute=0, second=0)
    if local.time() < QUIET_TO and morning.astimezone(ZoneInfo("UTC")) <= starts_at - timedelta(minutes=30):
        return morning.astimezone(ZoneInfo("UTC"))
    day_before = local if local.time() >= QUIET_FROM else local - timedelta(days=1)
    return day_before.replace(hour=20, minute=45, second=0).astimezone(ZoneInfo("UTC"))
