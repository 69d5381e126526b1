"""What the roster does by itself: it puts people on and off duty, and tells the head when nobody will be there."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from itertools import count

from bot.core import duty, texts
from bot.core.access import CASEWORK
from bot.core.buttons import Duty, HandOn
from bot.core.buttons import Roster as OfRoster
from bot.core.cases import Case
from bot.core.centre import Centre, Team
from bot.core.duty import Roster, Span, Standing, Watcher
from bot.core.events import Button, Due, Message, Rows, Send
from bot.core.lines import By, Wording, paragraphs, rows
from bot.core.whom import Colleague
from handlers import alerts, greeting, sight
from handlers.here import Here, row
from storage import cases, due, people, rosters
from storage.db import Transaction
from storage.people import Person

NIGHTLY = "roster"
STARTS = "shift_starts"
ENDS = "shift_ends"
CHECK = "duty_check"
AHEAD = timedelta(days=3)
"""How far ahead shifts are rows; every night adds a day, so two nights may be missed."""
AT_NIGHT = 10
"""Minutes after midnight when the roster is read anew: a new day, and no clock change near [P]."""
LEAVE_LOOKS = timedelta(days=7)
"""A gap that a leave makes later than this is told by the daily look."""
MOST_LINES = 20


def key(person_id: int) -> str:
    return f"duty:{person_id}"


def plan_standing(here: Here) -> None:
    """At a start everybody stands where the roster says, whatever was missed, and what is ahead is planned."""
    kept(here)
    due.plan_once(here.tx, CHECK, 0, at=_next_check(here))


def kept(here: Here) -> list[Message]:
    """Every night: people stand where the roster says, and the coming days are rows. Nobody is told anything."""
    for person_id, roster in rosters.rosters(here.tx).items():
        settle(here.tx, here.centre, person_id, roster, now=here.now)
    tomorrow = here.local.date() + duty.DAY
    due.plan(here.tx, NIGHTLY, 0, at=duty.moment(tomorrow, AT_NIGHT, here.centre.zone))
    return []


def settle(tx: Transaction, centre: Centre, person_id: int, roster: Roster, *, now: datetime) -> None:
    """Puts the person on or off duty as the roster says by now, and plans its next changes."""
    state = rosters.standing(tx, person_id)
    if state is None:
        return
    stands = duty.settled(state, roster, now, centre.zone)
    if stands != state:
        rosters.stand(tx, person_id, stands)
    ahead = duty.changes(roster, centre.zone, now, now + AHEAD)
    if stands.until is not None and stands.until > now:
        ahead.append(stands.until)
    for at in ahead:
        back = not roster.planned and _back(roster, at, centre)
        kind = STARTS if back or duty.on_duty_at(roster, at, centre.zone).on else ENDS
        due.plan(tx, kind, person_id, at=at, version=int(at.timestamp()) // 60)


def changed(tx: Transaction, centre: Centre, person_id: int, before: Roster, *, now: datetime) -> None:
    """Somebody's roster was rewritten: where it says something else of this moment, it is done at once."""
    after, zone = rosters.roster(tx, person_id), centre.zone
    said, says = (duty.on_duty_at(each, now, zone) for each in (before, after))
    if after.planned and (said != says or not before.planned):
        rosters.stand(tx, person_id, says)
    settle(tx, centre, person_id, after, now=now)


def caught_up(here: Here) -> None:
    """Everybody stands where the roster says by now, before anybody is called.

    The bells of one moment ring one after another, and the first must not take the colleague of the next for absent.
    """
    for person_id in rosters.unsettled(here.tx, (STARTS, ENDS), now=here.now):
        settle(here.tx, here.centre, person_id, rosters.roster(here.tx, person_id), now=here.now)


def begins(here: Here, bell: Due) -> list[Message]:
    """Somebody comes on duty and hears what waits; whoever has no roster is asked after a leave."""
    person, stands = _settled(here, bell)
    if not person.staff or stands is None:
        return []
    if stands.on:
        return alerts_for(here, person) if stands.since >= bell.at else []
    return _after_leave(here, person, bell)


def ends(here: Here, bell: Due) -> list[Message]:
    """Somebody goes off duty and is told which cases nobody has been spoken to about yet.

    Who went before the bell was told then; a leave has asked already when it was entered.
    """
    person, stands = _settled(here, bell)
    if not person.staff or stands is None or stands.on or stands.since < bell.at:
        return []
    away = duty.on_leave(rosters.roster(here.tx, person.id), bell.at, here.centre.zone)
    return [] if away else still_with(here, person.colleague)


def alerts_for(here: Here, person: Person) -> list[Message]:
    """What waits for the teams that the person is on duty for now."""
    if not person.on_duty:
        return []
    teams = on_duty_for(here, person)
    waiting = [case for case in cases.all_waiting(here.tx) if case.team in teams]
    return [message for case in waiting for message in alerts.shown_too(here, case, person)]


def still_with(here: Here, person: Colleague) -> list[Message]:
    """Open cases without a first contact, each given on with one press."""
    kept_on = untouched(here, person)
    if not kept_on:
        return []
    said = paragraphs(texts.SHIFT_ENDED(len(kept_on)), texts.HAND_ON_HOW)
    return [Send(person, said, hand_on_buttons(kept_on), key=key(person), protect=True)]


def untouched(here: Here, person: Colleague) -> list[Case]:
    """The person's open cases without a first contact."""
    return [case for case in cases.taken_by(here.tx, person) if case.contacted_at is None]


def hand_on_buttons(given: list[Case]) -> Rows:
    return tuple((Button(texts.HAND_ON(number=case.name), HandOn(case.id)),) for case in given[:MOST_LINES])


def looked_ahead(here: Here) -> list[Message]:
    """On a working day: which team has nobody on which hours until the next working day is over."""
    due.plan(here.tx, CHECK, 0, at=_next_check(here))
    today = here.local.date()
    if not here.centre.works_on(today):
        return []
    days = [today + duty.DAY]
    while not here.centre.works_on(days[-1]):
        days.append(days[-1] + duty.DAY)
    return gaps_told(here, list(gaps(here.tx, here.centre, days, here.now)), texts.GAPS_AHEAD)


def gaps_told(here: Here, found: list[tuple[Team, Span]], head: Wording) -> list[Message]:
    """To the head, or to who stands in: when; which team is one press away, not on a locked screen (S26)."""
    when = dict.fromkeys((span.starts, span.ends) for _, span in found[:MOST_LINES])
    text = paragraphs(head, rows(*(texts.GAP_WHEN(starts=starts, ends=By(ends, starts)) for starts, ends in when)))
    which = row((texts.WHICH_TEAM, OfRoster(0, "gaps")))
    return [
        Send(person.colleague, text, which if person.may("button Roster gaps") else (), key="gaps")
        for person in (sight.in_charge(here) if found else [])
    ]


def gaps_shown(here: Here) -> Wording:
    """Which team has nobody when, in the coming week."""
    days = [here.local.date() + timedelta(days=later) for later in range(LEAVE_LOOKS.days + 1)]
    found = [(team, span) for team, span in gaps(here.tx, here.centre, days, here.now) if span.ends > here.now]
    if not found:
        return texts.NO_GAPS
    return paragraphs(texts.GAPS_AHEAD, rows(*(_gap(team, span) for team, span in found[:MOST_LINES])))


def gaps(tx: Transaction, centre: Centre, days: list[date], now: datetime) -> Iterator[tuple[Team, Span]]:
    """In the office's hours; on days off all day long for the team that emergencies go to, which has no days off."""
    planned = rosters.rosters(tx)
    for team in centre.teams:
        members = people.team(tx, team.roles)
        watchers = [_watcher(tx, person, planned, now) for person in members]
        needed = [span for day in days for span in _needed(centre, team, day)]
        if members:
            yield from ((team, gap) for gap in duty.gaps(team.key, watchers, needed, centre.zone))


def teams_of(centre: Centre, person: Person) -> list[Team]:
    return [team for team in centre.teams if person.has(*team.roles)]


def on_duty_for(here: Here, person: Person) -> set[str]:
    """The teams that somebody is on duty for now, of those that are the person's."""
    state = rosters.standing(here.tx, person.id)
    own = {team.key for team in teams_of(here.centre, person)}
    return own & set(state.teams) if state and state.teams else own


def may_be_planned(person: Person) -> bool:
    return any(role in CASEWORK for role, _ in person.roles)


def _settled(here: Here, bell: Due) -> tuple[Person, Standing | None]:
    """The person as of now, however late the bell rings."""
    settle(here.tx, here.centre, bell.subject_id, rosters.roster(here.tx, bell.subject_id), now=here.now)
    return people.person(here.tx, bell.subject_id), rosters.standing(here.tx, bell.subject_id)


def _back(roster: Roster, at: datetime, centre: Centre) -> bool:
    """Whether a leave that nobody cut short is over by that moment."""
    leaves = [duty.leave_span(leave, centre.zone) for leave in roster.leaves if leave.ended_at is None]
    return any(span.ends <= at for span in leaves) and not duty.on_leave(roster, at, centre.zone)


def _after_leave(here: Here, person: Person, bell: Due) -> list[Message]:
    """Without a roster only the person's own word says that work goes on; nobody is asked at night."""
    roster = rosters.roster(here.tx, person.id)
    if roster.planned or not _back(roster, here.now, here.centre):
        return []
    if not here.centre.open_at(here.local):
        opens = here.centre.next_opening(here.local)
        due.plan(here.tx, STARTS, person.id, at=opens, version=bell.version)
        return []
    return [Send(person.colleague, texts.LEAVE_IS_OVER, row((texts.GO_ON_DUTY, Duty(1))), key=key(person.id))]


def _watcher(tx: Transaction, person: Person, planned: dict[int, Roster], now: datetime) -> Watcher:
    state = rosters.standing(tx, person.id) or Standing(on=False, since=now)
    return Watcher(planned.get(person.id, Roster()), state)


def _needed(centre: Centre, team: Team, day: date) -> list[Span]:
    if centre.works_on(day):
        return [
            Span(_at(centre, day, hours.opens), _at(centre, day, hours.closes, end=True))
            for hours in centre.hours
            if day.weekday() in hours.days
        ]
    whole = Span(duty.moment(day, 0, centre.zone), duty.moment(day + duty.DAY, 0, centre.zone))
    return [whole] if team.key == greeting.URGENT_TEAM else []


def _at(centre: Centre, day: date, clock: time, *, end: bool = False) -> datetime:
    """Midnight at the end of a day is the next one."""
    minutes = clock.hour * 60 + clock.minute
    return duty.moment(day, duty.MINUTES if end and minutes == 0 else minutes, centre.zone)


def _gap(team: Team, span: Span) -> Wording:
    return texts.GAP(team=team.name, starts=span.starts, ends=By(span.ends, span.starts))


def _next_check(here: Here) -> datetime:
    """The next time of the daily look on a working day."""
    days = (here.local.date() + timedelta(days=later) for later in count())
    looks = (_at(here.centre, day, here.centre.duty_check) for day in days if here.centre.works_on(day))
    return next(look for look in looks if look > here.now)
