"""«On duty»: one's own state, handing duty over, one's week, leave; and for who plans, anybody's week."""

from dataclasses import replace
from datetime import date, timedelta

from bot.core import duty, texts
from bot.core.buttons import Duty, HandOver, TakeOver
from bot.core.buttons import Roster as OfRoster
from bot.core.cases import Case
from bot.core.duty import Leave, Roster, Shift, Standing
from bot.core.events import Button, Due, Edit, Message, Refused, Send
from bot.core.filling import Draft
from bot.core.lines import NOTHING, By, Own, Wording, paragraphs, rows
from handlers import air, alerts, menu, queue, roster, sight
from handlers.here import Here, column, row, screen
from storage import cases, due, people, rosters
from storage.people import Person

HAND_OVER = "hand_over"
ANSWERED_WITHIN = timedelta(hours=1)
"""How long a colleague may think about it before the one who asked is told [P]."""
DAYS_SHOWN = timedelta(days=7)
MOST_BUTTONS = 90
"""Telegram shows a hundred at most (Bot API, InlineKeyboardMarkup); a few are the ways back."""


def page(here: Here, me: Person) -> list[Message]:
    """On duty or not, until when, and what comes next."""
    state = rosters.standing(here.tx, me.id) or Standing(on=False, since=here.now)
    text = paragraphs(_now(here, state), _next(here, me))
    way = (texts.GO_OFF_DUTY, Duty(0)) if state.on else (texts.GO_ON_DUTY, Duty(1))
    hand = [(texts.HAND_OVER, HandOver(0))] if state.on and _colleagues(here, me) else []
    others = [(texts.PLAN_OTHERS, OfRoster(0, "staff"))] if me.may("button Roster staff") else []
    mine = [(texts.MY_WEEK, OfRoster(me.id, "show")), *others]
    return screen(
        here, me, menu.KEY, text, (*row(way), *column(*hand, *mine), *air.ways(here, me), *menu.back()), protect=True
    )


def change(here: Here, me: Person, *, on: bool) -> list[Message]:
    """By one's own hand; who comes ends a leave with it. When nobody of a team is left, the head is told."""
    plan = rosters.roster(here.tx, me.id)
    if on and duty.on_leave(plan, here.now, here.centre.zone):
        rosters.end_leave(here.tx, me.id, today=here.local.date(), now=here.now)
        plan = rosters.roster(here.tx, me.id)
    by_hand = duty.by_hand(plan, here.now, here.centre.zone)
    rosters.stand(here.tx, me.id, by_hand if on else Standing(on=False, since=here.now))
    roster.settle(here.tx, here.centre, me.id, plan, now=here.now)
    if on:
        return [*page(here, me), *roster.alerts_for(here, people.person(here.tx, me.id))]
    return [*page(here, me), *_head_told(here, me), *roster.still_with(here, me.colleague)]


def hand_over(here: Here, me: Person, to: int) -> list[Message]:
    """The colleague is asked; until there is a yes, nothing changes."""
    found = {each.id: each for each in _colleagues(here, me)}
    if not to:
        asks = tuple((Button(Own(each.name), HandOver(each.id)),) for each in [*found.values()][:MOST_BUTTONS])
        return screen(here, me, menu.KEY, texts.HAND_OVER_TO, (*asks, *menu.back()), protect=True)
    state = rosters.standing(here.tx, me.id)
    if to not in found or state is None or not state.on:
        raise Refused(texts.NOT_FOR_YOU)
    due.cancel(here.tx, (HAND_OVER,), me.id, now=here.now)
    due.plan(here.tx, HAND_OVER, me.id, person_id=to, at=here.now + ANSWERED_WITHIN)
    ways = row((texts.TAKE_OVER, TakeOver(me.id, 1)), (texts.NOT_TAKE_OVER, TakeOver(me.id, 0)))
    asked = Send(found[to].colleague, _asks(here, me, state), ways, key=f"takeover:{me.id}")
    said = texts.HAND_OVER_ASKED(name=Own(found[to].name))
    return [*screen(here, me, menu.KEY, said, menu.back(), protect=True), asked]


def taken_over(here: Here, me: Person, giver_id: int, *, yes: bool) -> list[Message]:
    """Duty and the alerts that wait move in one step; cases stay with who has them."""
    state = rosters.standing(here.tx, giver_id)
    if not due.awaited(here.tx, HAND_OVER, giver_id, me.id) or state is None or not state.on:
        raise Refused(texts.HAND_OVER_OVER)
    due.cancel(here.tx, (HAND_OVER,), giver_id, now=here.now)
    giver = people.person(here.tx, giver_id)
    answer = (texts.HANDED_OVER if yes else texts.HAND_OVER_DECLINED)(name=Own(me.name))
    if not giver.staff:
        raise Refused(texts.HAND_OVER_OVER)
    told = Send(giver.colleague, answer, key=roster.key(giver.id))
    if not yes:
        return [Edit(here.asker, f"takeover:{giver_id}", texts.DECLINED_DUTY), told]
    return [Edit(here.asker, f"takeover:{giver_id}", texts.TOOK_DUTY), *_moved(here, me, giver, state), told]


def unanswered(here: Here, bell: Due) -> list[Message]:
    """Nobody has said yes: who asked is still on duty, and hears it."""
    giver, asked = people.person(here.tx, bell.subject_id), people.person(here.tx, bell.person_id)
    over = Edit(asked.colleague, f"takeover:{giver.id}", texts.HAND_OVER_OVER) if asked.staff else None
    if not giver.staff or not giver.on_duty:
        return [over] if over else []
    said = Send(giver.colleague, texts.HAND_OVER_SILENT(name=Own(asked.name)), key=roster.key(giver.id))
    return [*([over] if over else []), said]


def hand_on(here: Here, me: Person, case_id: int) -> list[Message]:
    """The case waits again, and the team is called; the list shows what is left. The head does it for the absent."""
    case = cases.by_id(here.tx, case_id)
    holder = case.claimed_by if case and case.closed_at is None else None
    if case is None or holder is None or not _hands_on(here, me, case):
        raise Refused(texts.NOT_FOR_YOU)
    back = queue.returned(here, case_id)
    going = any(_ahead(here, leave) for leave in rosters.roster(here.tx, holder).leaves)
    left = cases.taken_by(here.tx, holder) if going else roster.untouched(here, holder)
    said: Wording = texts.STILL_WITH(len(left)) if left else texts.NOTHING_LEFT
    shown = screen(here, me, roster.key(me.id), said, roster.hand_on_buttons(left), protect=True)
    told = [Send(holder, texts.CASE_GIVEN_ON(number=case.name), protect=True)] if holder != me.id else []
    return [*shown, *told, *back]


def _hands_on(here: Here, me: Person, case: Case) -> bool:
    absent = case.claimed_by in sight.away(here)
    return case.claimed_by == me.id or (absent and sight.reason(here, me, case) == sight.OVERSIGHT)


def planned(here: Here, me: Person, pressed: OfRoster) -> list[Message]:
    """A week: one's own, or for who plans, anybody's."""
    if pressed.move == "staff":
        return _staff(here, me)
    if pressed.move == "gaps":
        return screen(here, me, menu.KEY, roster.gaps_shown(here), menu.back(), protect=True)
    person = subject(here, me, pressed.person)
    if pressed.move == "clear":
        before = rosters.roster(here.tx, person.id)
        rosters.drop_shifts(here.tx, person.id)
        rosters.drop_days(here.tx, person.id)
        roster.changed(here.tx, here.centre, person.id, before, now=here.now)
    if pressed.move == "back":
        before = rosters.roster(here.tx, person.id)
        rosters.end_leave(here.tx, person.id, today=here.local.date(), now=here.now)
        roster.changed(here.tx, here.centre, person.id, before, now=here.now)
    return [*week(here, me, person), *(_told(me, person) if pressed.move in ("clear", "back") else [])]


def week(here: Here, me: Person, person: Person) -> list[Message]:
    plan = rosters.roster(here.tx, person.id)
    away = [each for each in plan.leaves if _ahead(here, each)]
    text = paragraphs(texts.WEEK_OF(name=Own(person.name)), *_pattern(here, plan), *map(_leave_line, away))
    ways = [(texts.BACK_AT_WORK, OfRoster(person.id, "back"))] if away else []
    plans = [(texts.ADD_SHIFT, OfRoster(person.id, "shift")), (texts.CLEAR_WEEK, OfRoster(person.id, "clear"))]
    if me.may("button Roster shift"):
        ways += plans if plan.shifts or plan.days else plans[:1]
    ways.append((texts.TAKE_LEAVE, OfRoster(person.id, "leave")))
    return screen(here, me, menu.KEY, text, (*column(*ways), *menu.back()), protect=True)


def subject(here: Here, me: Person, person_id: int) -> Person:
    """Whose week may be looked at or changed: one's own, or anybody's by who plans. Raises Refused."""
    if person_id not in (0, me.id) and not me.may("button Roster staff"):
        raise Refused(texts.NOT_FOR_YOU)
    person = people.person(here.tx, person_id or me.id)
    if not roster.may_be_planned(person):
        raise Refused(texts.NOT_FOR_YOU)
    return person


def shift_planned(here: Here, me: Person, draft: Draft) -> list[Message]:
    """The same hours on each of the days; an end that is not later than the start is on the next day."""
    person, given = subject(here, me, draft.subject_id), draft.answers
    starts, ends = minutes(given["starts"]), minutes(given["ends"])
    before = rosters.roster(here.tx, person.id)
    for weekday in given["weekdays"]:
        until = ends if ends > starts else ends + duty.MINUTES
        team = "" if given["team"] == "all" else given["team"]
        rosters.add_shift(here.tx, person.id, Shift(int(weekday), starts, until, team))
    roster.changed(here.tx, here.centre, person.id, before, now=here.now)
    return [*week(here, me, person), *_told(me, person)]


def leave_taken(here: Here, me: Person, draft: Draft) -> list[Message]:
    """Off duty for these days; the head hears of it, of how many cases it is about, and of a gap that it makes."""
    person = subject(here, me, draft.subject_id)
    first, last = sorted(date.fromisoformat(draft.answers[name]) for name in ("first", "last"))
    days = _days(here, first, last)
    before = list(roster.gaps(here.tx, here.centre, days, here.now))
    old = rosters.roster(here.tx, person.id)
    rosters.take_leave(here.tx, person.id, first, last)
    roster.changed(here.tx, here.centre, person.id, old, now=here.now)
    gaps = [gap for gap in roster.gaps(here.tx, here.centre, days, here.now) if gap not in before]
    return [
        *week(here, me, person),
        *_still_open(here, me, person),
        *_leave_told(here, me, person, first, last),
        *roster.gaps_told(here, gaps, texts.GAPS_BY_LEAVE),
    ]


def minutes(clock: str) -> int:
    """Of the day: «8:30» is 510."""
    hours, _, rest = clock.partition(":")
    return int(hours) * 60 + int(rest)


def _told(me: Person, person: Person) -> list[Message]:
    """Nobody's week changes behind their back."""
    shows = row((texts.MY_WEEK, OfRoster(person.id, "show")))
    said = Send(person.colleague, texts.WEEK_CHANGED(name=Own(me.name)), shows, key=roster.key(person.id))
    return [said] if person.id != me.id else []


def _moved(here: Here, me: Person, giver: Person, state: Standing) -> list[Message]:
    mine = rosters.standing(here.tx, me.id) or Standing(on=False, since=here.now)
    own = {team.key for team in roster.teams_of(here.centre, me)}
    shared = own & roster.on_duty_for(here, giver)
    taken = duty.taken_over(mine, replace(state, since=here.now), shared=shared, own=own)
    for person, stands in ((me, taken), (giver, Standing(on=False, since=here.now))):
        rosters.stand(here.tx, person.id, stands)
        roster.settle(here.tx, here.centre, person.id, rosters.roster(here.tx, person.id), now=here.now)
    return [*roster.alerts_for(here, people.person(here.tx, me.id)), *_taken_away(here, giver, me)]


def _taken_away(here: Here, giver: Person, taker: Person) -> list[Message]:
    """What both were called to goes from the giver's screen; what the taker may not take stays where it is."""
    both = {giver.colleague, taker.colleague}
    moved = [case for case in cases.all_waiting(here.tx) if both <= set(cases.called(here.tx, case.id))]
    for case in moved:
        cases.uncall(here.tx, giver.id, case.id)
    return [Edit(giver.colleague, alerts.key(case), texts.ALERT_MOVED(number=case.name)) for case in moved]


def _now(here: Here, state: Standing) -> Wording:
    if not state.on:
        return texts.YOU_ARE_OFF_DUTY
    teams = [team.name for team in here.centre.teams if team.key in state.teams]
    for_whom = rows(*(texts.ON_DUTY_FOR(team=name) for name in teams)) if teams else NOTHING
    until = texts.ON_DUTY_UNTIL(until=By(state.until, here.now)) if state.until else NOTHING
    return rows(texts.YOU_ARE_ON_DUTY, until, for_whom)


def _next(here: Here, me: Person) -> Wording:
    ahead = duty.next_shift(rosters.roster(here.tx, me.id), here.now, here.centre.zone)
    return texts.NEXT_SHIFT(starts=ahead.starts, ends=By(ahead.ends, ahead.starts)) if ahead else NOTHING


def _colleagues(here: Here, me: Person) -> list[Person]:
    """Of the teams that one is on duty for, who are not on leave."""
    away = sight.away(here)
    on_for = roster.on_duty_for(here, me)
    roles = [role for team in here.centre.teams if team.key in on_for for role in team.roles]
    found = people.team(here.tx, roles) if roles else []
    return [each for each in found if each.id != me.id and each.id not in away]


def _asks(here: Here, me: Person, state: Standing) -> Wording:
    until = texts.ON_DUTY_UNTIL(until=By(state.until, here.now)) if state.until else NOTHING
    return rows(texts.ASKS_TO_TAKE_OVER(name=Own(me.name)), until)


def _head_told(here: Here, me: Person) -> list[Message]:
    """Who was the last of a team learns it, and so does the head."""
    teams = roster.teams_of(here.centre, me)
    if all(people.team(here.tx, team.roles, duty=True, of=team.key) for team in teams):
        return []
    gone = texts.TEAM_HAS_NOBODY(name=Own(me.name))
    heads = [head for head in sight.in_charge(here) if head.id != me.id]
    return [Send(here.asker, texts.LAST_ONE_ON_DUTY), *(Send(head.colleague, gone) for head in heads)]


def _staff(here: Here, me: Person) -> list[Message]:
    known = [each for each in people.everybody(here.tx) if roster.may_be_planned(each)]
    each_one = tuple((Button(Own(each.name), OfRoster(each.id, "show")),) for each in known[:MOST_BUTTONS])
    gaps = row((texts.WHICH_TEAM, OfRoster(0, "gaps")))
    return screen(here, me, menu.KEY, texts.WHOSE_WEEK, (*each_one, *gaps, *menu.back()), protect=True)


def _pattern(here: Here, plan: Roster) -> list[Wording]:
    today = here.local.date()
    weekly = _weekly(here, plan)
    coming = [
        texts.COMING(starts=span.starts, ends=By(span.ends, span.starts), team=_team(here, span.team))
        for span in duty.spans(plan, here.centre.zone, today, today + DAYS_SHOWN)
    ]
    if not plan.planned:
        return [texts.NO_WEEK]
    return [rows(*weekly), rows(texts.NEXT_DAYS, *coming)] if coming else [rows(*weekly)]


def lines(here: Here, plan: Roster) -> list[Wording]:
    """All that is planned for somebody, as it is stored: the week, the days that differ, leave."""
    days = [
        texts.DAY_OFF(day=each.day)
        if each.off
        else texts.DAY_EXTRA(
            day=each.day, starts=clock(each.starts), ends=clock(each.ends), team=_team(here, each.team)
        )
        for each in plan.days
    ]
    return [*_weekly(here, plan), *days, *map(_leave_line, plan.leaves)]


def _weekly(here: Here, plan: Roster) -> list[Wording]:
    return [
        texts.WEEKLY(
            day=texts.WEEKDAYS[each.weekday],
            starts=clock(each.starts),
            ends=clock(each.ends),
            team=_team(here, each.team),
        )
        for each in plan.shifts
    ]


def clock(minute: int) -> str:
    return f"{minute % duty.MINUTES // 60}:{minute % 60:02}"


def _team(here: Here, key: str) -> Wording:
    return next((team.name for team in here.centre.teams if team.key == key), texts.ALL_TEAMS)


def _ahead(here: Here, leave: Leave) -> bool:
    return leave.ended_at is None and leave.last_day >= here.local.date()


def _leave_line(leave: Leave) -> Wording:
    return texts.LEAVE_LINE(first=leave.first_day, last=leave.last_day)


def _days(here: Here, first: date, last: date) -> list[date]:
    today = here.local.date()
    start, end = max(first, today), min(last, today + roster.LEAVE_LOOKS)
    return [start + timedelta(days=n) for n in range((end - start).days + 1)]


def _still_open(here: Here, me: Person, person: Person) -> list[Message]:
    """What the person has, to be handed on before going; the head may do it for somebody who is ill."""
    open_cases = [
        case for case in cases.taken_by(here.tx, person.id) if person.id == me.id or _hands_on(here, me, case)
    ]
    if not open_cases:
        return []
    return [
        Send(
            here.asker,
            texts.BEFORE_LEAVE(len(open_cases)),
            roster.hand_on_buttons(open_cases),
            key=roster.key(me.id),
            protect=True,
        )
    ]


def _leave_told(here: Here, me: Person, person: Person, first: date, last: date) -> list[Message]:
    open_cases = len(cases.taken_by(here.tx, person.id))
    said = texts.ON_LEAVE(open_cases, name=Own(person.name), first=first, last=last)
    heads = [head for head in sight.in_charge(here) if head.id not in (me.id, person.id)]
    own = [Send(person.colleague, _leave_line(Leave(first, last)), key=roster.key(person.id))]
    return [*(own if person.id != me.id else []), *(Send(head.colleague, said) for head in heads)]
