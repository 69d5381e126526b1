"""Who is on duty when: a person's week, the days that differ from it, leave; all of it on the centre's wall clock.

Moments are in UTC: two of one zone are compared by the wall clock, which jumps twice a year. A shift that begins or
ends in the hour that does not exist, or that exists twice, does so once: by the offset before the change.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

DAY = timedelta(days=1)
MINUTES = 1440
"""Of a day on the wall clock, whatever the clock change makes of it."""
LOOK_BACK = 40
"""Days within which the last change is looked for; whatever was set by hand before is older than the roster."""
LOOK_AHEAD = 62
"""Days within which the next shift is looked for: longer than anybody's leave of a year [P]."""


@dataclass(frozen=True, slots=True)
class Shift:
    """Every week: minutes of the day, Monday 0; an end beyond 1440 is on the next day. No team: all of one's own."""

    weekday: int
    starts: int
    ends: int
    team: str = ""


@dataclass(frozen=True, slots=True)
class OneDay:
    """A day that differs: `off`, no shift of the week begins on it; otherwise one more than the week has."""

    day: date
    off: bool = False
    starts: int = 0
    ends: int = 0
    team: str = ""


@dataclass(frozen=True, slots=True)
class Leave:
    """From the first day to the end of the last one, or until somebody came back sooner."""

    first_day: date
    last_day: date
    ended_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Roster:
    """What is planned for one person."""

    shifts: tuple[Shift, ...] = ()
    days: tuple[OneDay, ...] = ()
    leaves: tuple[Leave, ...] = ()

    @property
    def planned(self) -> bool:
        """Whether it says when the person is on duty; otherwise only the person's own word does."""
        return bool(self.shifts) or any(not day.off for day in self.days)


@dataclass(frozen=True, slots=True)
class Span:
    starts: datetime
    ends: datetime
    team: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """Whether somebody is on duty, for which teams (none named: all of one's own), since and until when."""

    on: bool
    since: datetime
    teams: tuple[str, ...] = ()
    until: datetime | None = None


def spans(roster: Roster, zone: ZoneInfo, first: date, last: date) -> list[Span]:
    """The shifts that begin on these days, less what leave takes, in order."""
    days = (first + timedelta(days=n) for n in range((last - first).days + 1))
    began = [span for day in days for span in _begin(roster, zone, day)]
    away = [leave_span(leave, zone) for leave in roster.leaves]
    return sorted((left for span in began for left in _without(span, away)), key=lambda span: (span.starts, span.team))


def leave_span(leave: Leave, zone: ZoneInfo) -> Span:
    starts, ends = moment(leave.first_day, 0, zone), moment(leave.last_day + DAY, 0, zone)
    return Span(starts, ends if leave.ended_at is None else max(starts, min(ends, leave.ended_at)))


def on_leave(roster: Roster, at: datetime, zone: ZoneInfo) -> bool:
    return any(_covers(leave_span(leave, zone), at) for leave in roster.leaves)


def on_duty_at(roster: Roster, at: datetime, zone: ZoneInfo) -> Standing:
    """What the roster alone says of that moment; `until` is its next change."""
    current = [span for span in _around(roster, at, zone) if _covers(span, at)]
    if not current:
        return Standing(on=False, since=at)
    teams = {span.team for span in current}
    return Standing(
        on=True,
        since=at,
        teams=() if "" in teams else tuple(sorted(teams)),
        until=next(iter(changes(roster, zone, at, max(span.ends for span in current)))),
    )


def next_shift(roster: Roster, at: datetime, zone: ZoneInfo, *, team: str = "") -> Span | None:
    """The next that begins after this moment, of that team if one is named."""
    today = at.astimezone(zone).date()
    for later in range(-1, LOOK_AHEAD if roster.planned else -1):
        for span in spans(roster, zone, today + timedelta(days=later), today + timedelta(days=later)):
            if span.starts > at and (not team or span.team in ("", team)):
                return span
    return None


def changes(roster: Roster, zone: ZoneInfo, after: datetime, until: datetime) -> list[datetime]:
    """When something of it begins or ends, later than `after` and not later than `until`."""
    first, last = after.astimezone(zone).date() - 2 * DAY, until.astimezone(zone).date() + DAY
    every = [*spans(roster, zone, first, last), *(leave_span(leave, zone) for leave in roster.leaves)]
    edges = {edge for span in every if span.starts < span.ends for edge in (span.starts, span.ends)}
    return sorted(edge for edge in edges if after < edge <= until)


def settled(state: Standing, roster: Roster, at: datetime, zone: ZoneInfo) -> Standing:
    """What the state is by that moment, however late anybody looks.

    What was set by hand holds until its end, or until the roster's next change; leave ends it.
    """
    off = Standing(on=False, since=at)
    if on_leave(roster, at, zone):
        return off if state.on else state
    if state.on and state.until is not None and at < state.until:
        return state
    ran_out = state.on and state.until is not None
    changed = changes(roster, zone, max(state.since, at - timedelta(days=LOOK_BACK)), at)
    if not (ran_out or changed):
        return state
    if not roster.planned:
        return off if ran_out or (state.on and changed) else state
    return on_duty_at(roster, at, zone)


def by_hand(roster: Roster, at: datetime, zone: ZoneInfo) -> Standing:
    """«I am on duty»: until the end of this shift, or of the next one; without a roster, until one says otherwise."""
    current = [span for span in _around(roster, at, zone) if _covers(span, at)]
    following = next_shift(roster, at, zone)
    ends = max((span.ends for span in current), default=following.ends if following else None)
    return Standing(on=True, since=at, until=ends)


def taken_over(mine: Standing, given: Standing, *, shared: Collection[str], own: Collection[str]) -> Standing:
    """What a colleague's duty makes of one's own: besides what one had, the teams that both are of."""
    teams = {*shared, *((mine.teams or own) if mine.on else ())}
    ends = [each.until for each in ((mine, given) if mine.on else (given,))]
    until = None if None in ends else max(end for end in ends if end)
    return Standing(on=True, since=given.since, teams=() if teams >= {*own} else tuple(sorted(teams)), until=until)


@dataclass(frozen=True, slots=True)
class Watcher:
    """Somebody of a team: the roster, and whether on duty now, for which teams, which is all there is without one."""

    roster: Roster
    standing: Standing

    def covers(self, team: str, zone: ZoneInfo, first: date, last: date) -> list[Span]:
        if self.roster.planned:
            every = spans(self.roster, zone, first - DAY, last)
            return [span for span in every if span.team in ("", team)]
        if not self.standing.on or (self.standing.teams and team not in self.standing.teams):
            return []
        whole = Span(moment(first, 0, zone), min(self.standing.until or _end(last, zone), _end(last, zone)))
        return list(_without(whole, [leave_span(leave, zone) for leave in self.roster.leaves]))


def gaps(team: str, watchers: Iterable[Watcher], needed: Sequence[Span], zone: ZoneInfo) -> list[Span]:
    """What of the needed hours nobody of the team covers."""
    if not needed:
        return []
    first = min(span.starts for span in needed).astimezone(zone).date()
    last = max(span.ends for span in needed).astimezone(zone).date()
    covered = [span for watcher in watchers for span in watcher.covers(team, zone, first, last)]
    return [gap for span in needed for gap in _without(span, covered)]


def moment(day: date, minutes: int, zone: ZoneInfo) -> datetime:
    """That time of the day on the wall clock; 1500 is one in the morning of the next."""
    local = datetime.combine(day, time.min) + timedelta(minutes=minutes)
    return local.replace(tzinfo=zone).astimezone(UTC)


def _end(last: date, zone: ZoneInfo) -> datetime:
    return moment(last + DAY, 0, zone)


def _begin(roster: Roster, zone: ZoneInfo, day: date) -> Iterator[Span]:
    """Who is off for one team is not off for the others, and no team means all."""
    off = {each.team for each in roster.days if each.off and each.day == day}
    weekly = [each for each in roster.shifts if each.weekday == day.weekday() and not off & {"", each.team}]
    extra = [each for each in roster.days if not each.off and each.day == day]
    hours = [(each.starts, each.ends, each.team) for each in weekly] + [(e.starts, e.ends, e.team) for e in extra]
    for starts, ends, team in hours:
        span = Span(moment(day, starts, zone), moment(day, ends, zone), team)
        if span.starts < span.ends:
            yield span


def _around(roster: Roster, at: datetime, zone: ZoneInfo) -> list[Span]:
    today = at.astimezone(zone).date()
    return spans(roster, zone, today - 2 * DAY, today + DAY)


def _covers(span: Span, at: datetime) -> bool:
    return span.starts <= at < span.ends


def _without(span: Span, taken: Iterable[Span]) -> Iterator[Span]:
    """What of the span is left."""
    start = span.starts
    for each in sorted(taken, key=lambda other: other.starts):
        if each.ends <= start or each.starts >= span.ends:
            continue
        if each.starts > start:
            yield Span(start, each.starts, span.team)
        start = max(start, each.ends)
    if start < span.ends:
        yield Span(start, span.ends, span.team)
