"""Programmes of trainings as staff keep them: what they are, their groups, their sessions."""

import re
from datetime import date, datetime, timedelta

from bot.core import recurrence, texts
from bot.core.buttons import Attend, Enter, Imported, Member, Programme, Study
from bot.core.events import Button, Due, Guard, Lane, Message, Refused, Rows, Send, Toast
from bot.core.filling import Draft
from bot.core.lines import NOTHING, Line, Own, Wording, paragraphs, rows
from bot.core.recurrence import Rule
from bot.core.whom import Carer
from handlers import menu, plans, reminding, rsvp, trainings
from handlers.here import Here, column, row, screen
from storage import due, imported, programmes, seats
from storage import trainings as sessions
from storage.imported import Waiting
from storage.people import Person
from storage.programmes import Group
from storage.programmes import Programme as Kept
from storage.trainings import Session

SAID = "series_said"
"""The next piece of an invitation to several sessions at once."""
MOST = 12
"""Programmes, and sessions of one, that a card shows."""
A_PAGE = 8
PAGE = re.compile(r"[0-9]{1,6}")


def shown(here: Here, me: Person) -> list[Message]:
    """All that are not closed."""
    found = programmes.standing(here.tx)
    opens = column(*((Own(each.title), Programme(each.id, "show")) for each in found[:MOST]))
    head = texts.PROGRAMMES_HEAD if found else texts.NO_PROGRAMMES
    ways = (*opens, *row((texts.NEW_PROGRAMME, Programme(0, "new"))), *row((texts.BACK, Enter("trainings"))))
    return screen(here, me, menu.KEY, head, ways, protect=True)


def pressed(here: Here, me: Person, button: Programme) -> list[Message]:
    """The card, or its end; what begins a form is answered by the router."""
    programme = found(here, button.programme)
    if button.move == "close" and programmes.close(here.tx, programme.id, now=here.now):
        said = texts.PROGRAMME_CLOSED(title=Own(programme.title))
        return screen(here, me, menu.KEY, said, row((texts.BACK, Enter("programmes"))), protect=True)
    return _card(here, me, programme)


def studied(here: Here, me: Person, button: Study) -> list[Message]:
    """A group with those who may be in it, page by page."""
    group = _group(here, button.group)
    return group_card(here, me, group, int(button.move) if PAGE.fullmatch(button.move) else 0)


def put(here: Here, me: Person, button: Member) -> list[Message]:
    group = _group(here, button.group)
    if not programmes.put_in(here.tx, group.id, button.learner, now=here.now):
        programmes.take_out(here.tx, group.id, button.learner)
    return group_card(here, me, _group(here, group.id), button.page)


def made(here: Here, me: Person, draft: Draft) -> list[Message]:
    """The form's answer."""
    given = draft.answers
    programme = programmes.make(
        here.tx,
        title=given["title"],
        kind=given["kind"],
        audience=given["audience"],
        hours=given["hours"],
        approved_on=_day(given.get("approved_on")),
        approved_by=given.get("approved_by") or "",
        valid_until=_day(given.get("valid_until")),
        by=me.id,
        now=here.now,
    )
    return _card(here, me, programme)


def group_made(here: Here, me: Person, draft: Draft) -> list[Message]:
    programme = found(here, draft.subject_id)
    group_id = programmes.make_group(here.tx, programme.id, draft.answers["name"], now=here.now)
    return group_card(here, me, _group(here, group_id), 0)


def lessons_planned(here: Here, me: Person, draft: Draft) -> list[Message]:
    """One session, or several at once; each stands by itself, with its own reminders."""
    programme, group_id = found(here, draft.subject_id), draft.answers.get("_group")
    if group_id and not _group(here, group_id).members:
        raise Refused(texts.GROUP_EMPTY)
    moments = _moments(here, draft)
    first: Session | None = None
    planned: list[Session] = []
    for place, starts_at in enumerate(moments, 1):
        session = _planned(here, me, programme, draft, _title(programme, place, len(moments)), starts_at)
        first = first or session
        programmes.link(here.tx, session.id, programme=programme, group_id=group_id, series_of=first.id)
        planned.append(session)
    invited = [_invited(here, session, group_id) for session in planned]
    said = texts.LESSONS_MADE(
        title=Own(programme.title), sessions=texts.SESSIONS(len(planned)), invited=texts.INVITED(invited[0])
    )
    told = rsvp.to_carers(here, planned[0]) if len(planned) == 1 else series_to_carers(here, planned[0])
    return [Send(here.asker, said, row((texts.TO_PROGRAMME, Programme(programme.id, "show")))), *told]


def series_to_carers(here: Here, first: Session, *, after: int = 0) -> list[Message]:
    """One message a phone for all of them, a piece of the phones now and the others a moment later."""
    invited = seats.phones(here.tx, first.id, after=after, most=rsvp.PIECE)
    if len(invited) == rsvp.PIECE:
        due.plan(here.tx, SAID, first.id, person_id=invited[-1], version=first.version, at=here.now)
    planned = [session for each in programmes.series(here.tx, first.id) if (session := sessions.by_id(here.tx, each))]
    return [_series(here, planned, person) for person in invited] if planned else []


def said_on(here: Here, bell: Due) -> list[Message]:
    first = sessions.by_id(here.tx, bell.subject_id)
    return series_to_carers(here, first, after=bell.person_id) if first else []


def still(here: Here, guard: Guard) -> datetime | None:
    """Whether any of the sessions still stands; what has moved or is off is said by a message of its own."""
    return reminding.by_day(here, guard) if programmes.series(here.tx, guard.id) else None


def invited_from_table(here: Here, me: Person, button: Imported) -> list[Message]:
    """A session ahead that came from a table: shown, and then planned like any other."""
    waiting = imported.ahead_one(here.tx, button.row, now=here.now)
    if waiting is None:
        return [Toast(texts.IMPORTED_GONE), *trainings.of_staff(here, me)]
    if button.move != "invite":
        ways = row((texts.INVITE, Imported(waiting.id, "invite")), (texts.BACK, Enter("trainings")))
        return screen(here, me, menu.KEY, _of_table(waiting), ways, protect=True)
    programme = found(here, waiting.programme_id)
    session = _session_of(here, me, waiting)
    programmes.link(here.tx, session.id, programme=programme)
    imported.became(here.tx, waiting.id, session.id)
    invited = _invited(here, session, None)
    said = texts.TRAINING_MADE(title=Own(session.title), at=session.starts_at, invited=texts.INVITED(invited))
    ways = row((texts.TO_PROGRAMME, Programme(programme.id, "show")))
    return [*screen(here, me, menu.KEY, said, ways), *rsvp.to_carers(here, session)]


def _session_of(here: Here, me: Person, waiting: Waiting) -> Session:
    return sessions.plan(
        here.tx,
        title=waiting.title,
        place=waiting.place or here.centre.name.uk,
        audience=waiting.audience,
        starts_at=waiting.starts_at,
        hours=waiting.hours,
        capacity=waiting.capacity,
        by=me.id,
        now=here.now,
    )


def found(here: Here, programme_id: int) -> Kept:
    programme = programmes.by_id(here.tx, programme_id)
    if programme is None or programme.closed_at is not None:
        raise Refused(texts.STALE)
    return programme


def programme_of(here: Here, group_id: int) -> Kept:
    return found(here, _group(here, group_id).programme_id)


def group_card(here: Here, me: Person, group: Group, page: int) -> list[Message]:
    programme = found(here, group.programme_id)
    among = programmes.candidates(here.tx, group.id, most=A_PAGE + 1, since=page * A_PAGE)
    head = texts.GROUP_CARD(name=Own(group.name), title=Own(programme.title), members=texts.LEARNERS(group.members))
    names = column(
        *((_named(each.name, each.member), Member(group.id, each.learner_id, page)) for each in among[:A_PAGE])
    )
    turns = _turns(group, page, more=len(among) > A_PAGE)
    ways = row((texts.PLAN_A_SESSION, Study(group.id, "plan")), (texts.BACK, Programme(programme.id, "show")))
    text = paragraphs(head, _lessons(here, programme.id, group.id), texts.GROUP_WHO if among else texts.GROUP_NOBODY)
    return screen(here, me, menu.KEY, text, (*names, *turns, *ways), protect=True)


def _card(here: Here, me: Person, programme: Kept) -> list[Message]:
    groups = programmes.groups(here.tx, programme.id)
    lines = column(*((_group_line(each), Study(each.id, "show")) for each in groups[:MOST]))
    ways = (
        *lines,
        *row(
            (texts.PLAN_A_SESSION, Programme(programme.id, "plan")), (texts.NEW_GROUP, Programme(programme.id, "group"))
        ),
        *row((texts.CLOSE_PROGRAMME, Programme(programme.id, "close")), (texts.BACK, Enter("programmes"))),
    )
    text = paragraphs(_what(here, programme), _lessons(here, programme.id, 0), _held_before(here, programme))
    return screen(here, me, menu.KEY, text, ways, protect=True)


def _what(here: Here, programme: Kept) -> Wording:
    audiences = {item.key: item.name for item in here.centre.audiences}
    head = texts.PROGRAMME_CARD(
        title=Own(programme.title),
        kind=texts.TRAINING_KINDS[programme.kind],
        audience=audiences.get(programme.audience, Own(programme.audience)),
        hours=texts.HOURS(programme.hours),
    )
    return rows(head, _approved(programme), _valid(here, programme))


def _approved(programme: Kept) -> Wording:
    if programme.approved_on is None:
        return texts.PROGRAMME_NOT_APPROVED
    on = plans.day(programme.approved_on)
    if not programme.approved_by:
        return texts.PROGRAMME_APPROVED_ON(on=on)
    return texts.PROGRAMME_APPROVED(on=on, by=Own(programme.approved_by))


def _valid(here: Here, programme: Kept) -> Wording:
    if programme.valid_until is None:
        return NOTHING
    over = programme.valid_until < here.local.date()
    return (texts.PROGRAMME_RAN_OUT if over else texts.PROGRAMME_VALID)(until=plans.day(programme.valid_until))


def _lessons(here: Here, programme_id: int, group_id: int) -> Wording:
    """The last and the next ones, each with its place among all."""
    every = programmes.sessions(here.tx, programme_id, group_id=group_id)
    lines = [_lesson(here, each, place, len(every)) for place, each in enumerate(every, 1)]
    return rows(*lines[-MOST:]) if lines else texts.PROGRAMME_NO_SESSIONS


def _lesson(here: Here, session_id: int, place: int, of: int) -> Wording:
    session = sessions.by_id(here.tx, session_id)
    return texts.LESSON_LINE(k=place, n=of, at=session.starts_at) if session else NOTHING


def _held_before(here: Here, programme: Kept) -> Wording:
    held = imported.held(here.tx, programme.id)
    if not held.sessions:
        return NOTHING
    return texts.PROGRAMME_HELD(sessions=texts.SESSIONS(held.sessions), came=held.came)


def _planned(here: Here, me: Person, programme: Kept, draft: Draft, title: str, starts_at: datetime) -> Session:
    return sessions.plan(
        here.tx,
        title=title,
        place=draft.answers["place"],
        audience=programme.audience,
        starts_at=starts_at,
        hours=programme.hours,
        capacity=draft.answers["capacity"],
        by=me.id,
        now=here.now,
    )


def _invited(here: Here, session: Session, group_id: int | None) -> int:
    if group_id:
        programmes.invite_group(here.tx, session.id, group_id, now=here.now)
    else:
        seats.invite(here.tx, session.id, session.audience, now=here.now)
    rsvp.plan_reminders(here, session)
    return len(seats.phones(here.tx, session.id))


def _moments(here: Here, draft: Draft) -> list[datetime]:
    """A training stays on its weekday, working day or not: many are held on Saturdays."""
    given = draft.answers
    first = trainings.ahead_at(here, given["day"], given["time"])
    times = given.get("times") or 1
    if times == 1:
        return [first]
    local = here.centre.wall_clock(first)
    rule = Rule(
        _rule(given["repeats"], local.date()),
        local.date(),
        local.time(),
        here.centre.timezone,
        times=times,
        shift="none",
    )
    until = first + timedelta(days=31 * (times + 2))
    return [each.at for each in recurrence.occurrences(rule, first, until, here.centre)]


def _rule(repeats: str, first: date) -> str:
    nth = (first.day - 1) // 7 + 1
    match repeats:
        case "weekly":
            return recurrence.weekly([first.weekday()])
        case "fortnightly":
            return recurrence.every_n_weeks(2, [first.weekday()])
        case _:
            return recurrence.monthly_nth(first.weekday(), nth if nth < LAST_WEEK else -1)


LAST_WEEK = 5
"""A fifth Saturday is the month's last; not every month has five."""


def _title(programme: Kept, place: int, of: int) -> str:
    return programme.title if of == 1 else f"{programme.title} ({place}/{of})"


def _series(here: Here, planned: list[Session], person: Carer) -> Send:
    first = planned[0]
    title = first.title.rpartition(" (")[0] or first.title
    said = texts.SERIES_INVITES(
        title=Own(title), sessions=texts.SESSIONS(len(planned)), hours=texts.HOURS(first.hours), place=Own(first.place)
    )
    opens = tuple(
        (Button(texts.TRAINING_LINE(at=each.starts_at, title=Own(each.title)), Attend(seat.id, each.version, "show")),)
        for each in planned
        for seat in seats.of_phone(here.tx, each.id, person)[:1]
    )
    guard = reminding.for_day("series", person, first.id, first.version)
    return Send(person, said, opens, key=f"series:{first.id}", lane=Lane.BROADCAST, guard=guard)


def _group(here: Here, group_id: int) -> Group:
    group = programmes.group(here.tx, group_id)
    if group is None:
        raise Refused(texts.STALE)
    return group


def _named(name: str, member: bool) -> Wording:  # noqa: FBT001 - a row of a list
    return texts.IN_GROUP(name=Own(name or "—")) if member else Own(name or "—")


def _group_line(group: Group) -> Line:
    return texts.GROUP_LINE(name=Own(group.name), members=texts.LEARNERS(group.members))


def _turns(group: Group, page: int, *, more: bool) -> Rows:
    before = [(texts.PAGE_BEFORE, Study(group.id, str(page - 1)))] if page else []
    after = [(texts.PAGE_AFTER, Study(group.id, str(page + 1)))] if more else []
    return row(*before, *after) if before or after else ()


def _of_table(waiting: imported.Waiting) -> Line:
    place: Wording = Own(waiting.place) if waiting.place else texts.NO_PLACE
    return texts.IMPORTED_CARD(
        title=Own(waiting.title),
        at=waiting.starts_at,
        hours=texts.HOURS(waiting.hours),
        place=place,
        seats=texts.SEATS(waiting.capacity),
    )


def _day(answer: str | None) -> date | None:
    return date.fromisoformat(answer) if answer else None
