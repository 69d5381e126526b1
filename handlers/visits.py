"""Visits: planned by the specialist, reminded of while they stand, answered by the resident."""

from dataclasses import replace
from datetime import datetime

from bot.core import reminders, texts
from bot.core.buttons import Claim, Open, Visit
from bot.core.cases import Case
from bot.core.events import Due, Edit, Guard, Lane, Message, Refused, Rows, Send, Show, Toast
from bot.core.filling import Draft
from bot.core.lines import NOTHING, Line, Sentence, Wording, paragraphs, rows
from bot.core.reminders import Fate
from handlers import cards, contact, reminding, results, sight, tasks, visit_card
from handlers.here import Here, row
from storage import cases, due, people, series, unreminded, visits
from storage.people import Person
from storage.visits import Visit as Planned

KINDS = tuple(reminders.VISIT)
UNSAID = "visit_unsaid"
SPECIALIST, RESIDENT = "visit", "visit_push"
"""Whom a message about a visit is for, as its guard says it."""


def stood(here: Here, me: Person, draft: Draft) -> tuple[Case, Planned, bool]:
    """The form's answer: a new visit, or the one that is planned at another time; and whether it was moved."""
    case, starts_at = meant(here, me, draft)
    kind, standing = draft.answers["kind"], visits.single(here.tx, case.id)
    visit = (
        visits.move(here.tx, standing.id, kind=kind, starts_at=starts_at)
        if standing
        else visits.plan(here.tx, case.id, by=me.id, kind=kind, starts_at=starts_at, now=here.now)
    )
    if visit is None:
        raise Refused(texts.VISIT_STALE)
    return case, visit, standing is not None


def meant(here: Here, me: Person, draft: Draft) -> tuple[Case, datetime]:
    """The case that may have a visit, and the moment that was chosen."""
    case = _mine(here, me, draft.subject_id)
    if case.withdrawn_at is not None:
        raise Refused(texts.CARD_WITHDRAWN(at=case.withdrawn_at))
    starts_at = reminders.moment(draft.answers["day"], draft.answers["time"], here.centre.zone)
    if starts_at <= here.now:
        raise Refused(texts.VISIT_IN_PAST)
    return case, starts_at


def pressed(here: Here, me: Person, button: Visit) -> list[Message]:
    """A button under a visit, for the specialist or the resident."""
    visit = visits.by_id(here.tx, button.visit)
    if visit is None:
        raise Refused(texts.VISIT_STALE)
    if button.move in ("home", "other"):
        return _answered(here, me, visit, button)
    if visit.specialist_id != me.id or not me.staff:
        raise Refused(texts.NOT_FOR_YOU)
    return _specialist_pressed(here, me, visit, button)


def reminded(here: Here, bell: Due) -> list[Message]:
    """The reminder, if the visit still stands as it did; otherwise nothing, for ever."""
    visit = visits.by_id(here.tx, bell.subject_id)
    if visit is None or not visits.stands(here.tx, bell.subject_id, bell.version):
        return []
    case = cases.by_id(here.tx, visit.case_id)
    fate = reminding.fate(here, bell, visit.starts_at, KINDS)
    if case is None or fate is Fate.SAID_BY_NEXT:
        return []
    if reminding.held(here, bell, _hours(here, case, visit, bell.person_id), visit.starts_at, district=case.district):
        return []
    said = reminding.said(here, SPECIALIST, bell, late=fate is Fate.LATE)
    late = texts.REMINDED_LATE if said.late else NOTHING
    if bell.person_id == visit.specialist_id:
        return [] if fate is Fate.POINTLESS else [_to_specialist(here, case, visit, late, said)]
    if fate is Fate.POINTLESS or not reminding.reachable(here, bell.person_id):
        return _missed(here, case, bell)
    said = replace(said, subject=RESIDENT)
    text = paragraphs(late, _when(here, visit))
    return _to_resident(here, case, visit, text, Lane.REMINDER, said.guard(visit.id, visit.version))


def still(here: Here, guard: Guard) -> datetime | None:
    """From when a reminder may go; None when the visit has changed or is another's, or it has to be worded anew."""
    visit, mine = visits.by_id(here.tx, guard.id), reminding.read(guard)
    case = cases.by_id(here.tx, visit.case_id) if visit else None
    if visit is None or case is None or not visits.stands(here.tx, guard.id, guard.version):
        return None
    if mine is None or (mine.subject == SPECIALIST and mine.person_id != visit.specialist_id):
        return None
    hours = _hours(here, case, visit, mine.person_id)
    return reminding.still(here, guard, visit.starts_at, KINDS, hours, district=case.district)


def push_at(here: Here, guard: Guard) -> datetime | None:
    """From when she may be told of this visit; None when it has changed or begun, or she no longer wants it.

    A cover tells of no visit in particular: it took the place of the one for an answer, and that is still unread.
    """
    visit = visits.by_id(here.tx, guard.id)
    if visit is None:
        return None
    unread = bool(contact.unread(here, visit.case_id))
    at = here.now if unread or reminding.read(guard) is None else still(here, guard)
    if at is None or at > here.now:
        return at  # it is decided anew: now, or when what holds it is over
    ahead = here.now < visit.starts_at and visits.stands(here.tx, guard.id, guard.version)
    return contact.allowed_at(here, visit.case_id, "visit") if unread or ahead else None


def unsaid(here: Here, bell: Due) -> list[Message]:
    """Its time has passed and nobody has said what came of it: that is a task of whoever has the case."""
    visit = visits.by_id(here.tx, bell.subject_id)
    case = cases.by_id(here.tx, visit.case_id) if visit else None
    if case is not None and case.closed_at is None and visits.stands(here.tx, bell.subject_id, bell.version):
        tasks.next_step(here, case, tasks.RESULT, here.now)
    return []


def taken_along(here: Here, me: Person, case: Case) -> list[Message]:
    """Whoever takes the case goes to the visits that are planned for it, and goes on with those that recur."""
    series.give(here.tx, series.OF_VISITS, case.id, to=me.id)
    others = [each for each in visits.all_of_case(here.tx, case.id) if each.specialist_id != me.id]
    for each in others:
        _go(here, each, me)
    given_on = texts.CASE_GIVEN_ON(number=case.name)
    return [Edit(each.specialist_id, visit_card.key(each), given_on) for each in others]


def moved_on(here: Here, visit: Planned) -> list[Message]:
    """The specialist will not go: the case's visits are the head's until somebody takes it; without one, off."""
    case = cases.by_id(here.tx, visit.case_id)
    theirs = [each for each in visits.all_of_case(here.tx, visit.case_id) if each.specialist_id == visit.specialist_id]
    if case is None or not theirs:
        return []
    heads = [head for head in _heads(here, case) if head.id != visit.specialist_id]
    if not heads:
        return _off(here, case, theirs)
    head = max(heads, key=lambda each: each.on_duty)
    series.give(here.tx, series.OF_VISITS, case.id, to=head.id)
    for each in theirs:
        _go(here, each, head)
    text = texts.VISIT_GIVEN_TO_YOU(number=case.name, at=theirs[0].starts_at)
    takes = row((texts.TAKE, Claim(case.id))) if sight.takes(here, head, case) else ()
    return [Send(head.colleague, text, takes, key=visit_card.key(theirs[0]), lane=Lane.URGENT, protect=True)]


def case_ended(here: Here, case: Case) -> list[Message]:
    """The case is closed: nobody goes there any more, and she does not wait in vain."""
    standing = visits.all_of_case(here.tx, case.id)
    series.end_all(here.tx, series.OF_VISITS, case.id, now=here.now)
    if not standing:
        return []
    return [
        *_off(here, case, standing),
        *(
            Edit(visit.specialist_id, visit_card.key(visit), texts.VISIT_CANCELLED(at=visit.starts_at))
            for visit in standing
        ),
    ]


def withdrawn(here: Here, case: Case) -> None:
    """Nothing comes again. Of what is planned only the next is left, for the specialist to call off."""
    series.end_all(here.tx, series.OF_VISITS, case.id, now=here.now)
    called_off(here, visits.all_of_case(here.tx, case.id)[1:])


def called_off(here: Here, standing: list[Planned]) -> None:
    """Nobody goes, and nobody is reminded."""
    for visit in standing:
        visits.end(here.tx, visit.id, "cancelled")
        due.cancel(here.tx, (*KINDS, UNSAID), visit.id, now=here.now)


def hers(here: Here, me: Person, visit_id: int) -> tuple[Case, Planned]:
    """The visit that the resident answers. Raises Refused for anybody else's."""
    visit = visits.by_id(here.tx, visit_id)
    case = cases.by_id(here.tx, visit.case_id) if visit else None
    if visit is None or case is None:
        raise Refused(texts.VISIT_STALE)
    if case.of_others or cases.holder(here.tx, case.id) != me.id:
        raise Refused(texts.NOT_FOR_YOU)
    return case, visit


def stands_now(here: Here, visit: Planned) -> list[Message]:
    """The resident has pressed a button of an earlier version: the visit as it is ahead now, or that it is off."""
    if visit.starts_at <= here.now or visit.state not in ("planned", "cancelled"):
        return [Toast(texts.VISIT_STALE)]
    off = visit.state == "cancelled"
    stands = texts.VISIT_CANCELLED(at=visit.starts_at) if off else texts.VISIT_ARRANGED(at=visit.starts_at)
    ways = () if off else rsvp(visit)
    return [Toast(texts.VISIT_STALE), Send(here.asker, stands, ways, key=visit_card.key(visit))]


def says(case: Case, visit: Planned, what: Sentence) -> Message:
    """What the resident has answered, for the specialist."""
    news = what(number=case.name, at=visit.starts_at)
    return Send(visit.specialist_id, news, row((texts.OPEN_CARD, Open(case.id))), protect=True)


def _specialist_pressed(here: Here, me: Person, visit: Planned, button: Visit) -> list[Message]:
    case = _mine(here, me, visit.case_id)
    match button.move:
        case "show":
            return visit_card.shown(here, me, visit)
        case "held" if (ended := visits.end(here.tx, visit.id, "held")) is not None:
            due.cancel(here.tx, KINDS, visit.id, now=here.now)
            return [*results.held(here, me, case, ended), *_card(here, me, visit.case_id)]
        case "cancel" if (ended := visits.end(here.tx, visit.id, "cancelled")) is not None:
            tasks.came_about(here, case.id, tasks.RESULT)
            tasks.ensure_step(here, case)
            told = texts.VISIT_CANCELLED(at=visit.starts_at)
            cases.unplan(here.tx, case.id)
            return [
                *_ended(here, ended, told),
                *contact.told(here, case, "visit", told),
                *_card(here, me, visit.case_id),
            ]
        case _:
            return [Toast(texts.VISIT_STALE), *_card(here, me, visit.case_id)]


def _answered(here: Here, me: Person, visit: Planned, button: Visit) -> list[Message]:
    """«I will be in» or «another time», for the visit in the version that the button means."""
    case, visit = hers(here, me, visit.id)
    noted = visits.answer(here.tx, visit.id, button.move, version=button.version)
    if noted is None:
        return stands_now(here, visit)
    thanks: Wording = texts.THANKS_BE_IN(at=visit.starts_at) if button.move == "home" else texts.THANKS_ANOTHER
    news = texts.SHE_WILL_BE_IN if button.move == "home" else texts.SHE_ASKS_ANOTHER
    shown = Show(here.asker, visit_card.key(visit), thanks, rsvp(visit, but=button.move))
    return [shown, says(case, visit, news)]


def announced(
    here: Here, me: Person, case: Case, visit: Planned, *, moved: bool, also: Wording = NOTHING
) -> list[Message]:
    """Both learn of it; its reminders are rows of the same commit. `also`: what else the resident reads."""
    if not case.branch:  # she is told the day: that is an answer, and of the branch she hears nothing of it
        cases.contacted(here.tx, case.id, by=me.id, now=here.now)
    cases.move_on(here.tx, case.id, "visit_planned", by=me.id, now=here.now)
    tasks.came_about(here, case.id, tasks.RESULT)
    reminds(here, case, visit)
    tasks.ensure_step(here, case)
    words = texts.VISIT_MOVED if moved else texts.VISIT_ARRANGED
    planned_for = texts.VISIT_PLANNED(number=case.name, at=visit.starts_at)
    head = rows(planned_for, *visit_card.again(here, visit))
    text = paragraphs(head, rows(*visit_card.warnings(here, case, visit)))
    said = Send(here.asker, text, visit_card.ways(here, case, visit), key=visit_card.key(visit), protect=True)
    told = _to_resident(here, case, visit, rows(words(at=visit.starts_at), also))
    return [said, *told, *_card(here, me, case.id)]


def reminds(here: Here, case: Case, visit: Planned) -> None:
    """Both are reminded of it as it stands now, and of nothing that stood before."""
    _plan_reminders(here, case, visit)


def _plan_reminders(here: Here, case: Case, visit: Planned) -> None:
    due.cancel(here.tx, KINDS, visit.id, now=here.now)
    unreminded.forget(here.tx, "visit", visit.id)
    _plan_result(here, visit)
    resident = cases.holder(here.tx, case.id)
    for person_id in (visit.specialist_id, *([resident] if resident else [])):
        _plan_for(here, visit, person_id, quiet=person_id == resident)


def _plan_result(here: Here, visit: Planned) -> None:
    asked_at = here.centre.next_opening(here.centre.wall_clock(visit.starts_at))
    due.plan(here.tx, UNSAID, visit.id, version=visit.version, at=asked_at)


def _plan_for(here: Here, visit: Planned, person_id: int, *, quiet: bool) -> None:
    hours = reminding.hours(here, people.person(here.tx, person_id))
    for each in reminders.of_visit(visit.starts_at, hours, now=here.now, quiet=quiet):
        due.plan(here.tx, each.kind, visit.id, person_id=person_id, version=visit.version, at=each.at)


def _heads(here: Here, case: Case) -> list[Person]:
    return [each for each in sight.answerable(here, case) if each.may("entry staff_visits")]


def _go(here: Here, visit: Planned, to: Person) -> None:
    """Another goes, and has the reminders from now on; hers stay as they are, also one that is due or held just now."""
    given = visits.give(here.tx, visit.id, to=to.id)
    if given is not None:
        for kind in KINDS:
            due.answered(here.tx, kind, visit.id, visit.specialist_id, version=visit.version, now=here.now)
        _plan_result(here, given)
        _plan_for(here, given, to.id, quiet=False)


def _off(here: Here, case: Case, standing: list[Planned]) -> list[Message]:
    """Nobody is left to go: better called off than waited for in vain; and nothing comes again."""
    series.end_all(here.tx, series.OF_VISITS, case.id, now=here.now)
    called_off(here, standing)
    words = texts.VISIT_CANCELLED if len(standing) == 1 else texts.VISITS_OFF
    return contact.told(here, case, "visit", words(at=standing[0].starts_at))


def asks_anew(here: Here, case: Case, visit: Planned, text: Wording) -> list[Message]:
    """It could not be at its time: she is asked for another, in words only where she may be."""
    return contact.told(here, case, "visit", text, rsvp(visit), key=visit_card.key(visit))


def _hours(here: Here, case: Case, visit: Planned, person_id: int) -> reminders.Hours | None:
    """When she is not to be disturbed, unless she has named her hours; the specialist is reminded at any."""
    if person_id == visit.specialist_id or case.contact == "hours":
        return None
    return reminding.hours(here, people.person(here.tx, person_id))


def _missed(here: Here, case: Case, bell: Due) -> list[Message]:
    """She could not be told in time: whoever has the case gets in touch."""
    if unreminded.note(here.tx, "visit", bell.subject_id, bell.person_id, bell.kind, now=here.now):
        tasks.next_step(here, case, tasks.UNREMINDED, here.now)
    return []


def _to_specialist(here: Here, case: Case, visit: Planned, late: Wording, said: reminding.Said) -> Send:
    words = {0: texts.VISIT_SOON_STAFF, 1: texts.VISIT_TOMORROW_STAFF}.get(_days(here, visit), texts.VISIT_AHEAD_STAFF)
    text = paragraphs(late, words(number=case.name, at=visit.starts_at))
    buttons = row((texts.OPEN_CARD, Open(case.id)))
    guard = said.guard(visit.id, visit.version)
    return Send(visit.specialist_id, text, buttons, lane=Lane.REMINDER, protect=True, guard=guard)


def _to_resident(
    here: Here, case: Case, visit: Planned, text: Wording, lane: Lane = Lane.REPLY, guard: Guard | None = None
) -> list[Message]:
    """As she chose; in words with the two answers, from the branch a cover, even for a reminder (S09)."""
    guard = guard or Guard(RESIDENT, visit.id, visit.version)
    return contact.told(here, case, "visit", text, rsvp(visit), key=visit_card.key(visit), lane=lane, guard=guard)


def _ended(here: Here, visit: Planned, text: Wording) -> list[Message]:
    due.cancel(here.tx, KINDS, visit.id, now=here.now)
    return [Show(visit.specialist_id, visit_card.key(visit), text, protect=True)]


def _card(here: Here, me: Person, case_id: int) -> list[Message]:
    case = cases.by_id(here.tx, case_id)
    return cards.shown(here, me, case) if case else []


def _mine(here: Here, me: Person, case_id: int) -> Case:
    case = cases.by_id(here.tx, case_id)
    if case is None or case.claimed_by != me.id or case.closed_at is not None:
        raise Refused(texts.NOT_FOR_YOU)
    return case


def _when(here: Here, visit: Planned) -> Line:
    words: dict[int, Sentence] = {0: texts.VISIT_TODAY, 1: texts.VISIT_TOMORROW}
    return words.get(_days(here, visit), texts.VISIT_ARRANGED)(at=visit.starts_at)


def _days(here: Here, visit: Planned) -> int:
    return (here.centre.wall_clock(visit.starts_at).date() - here.local.date()).days


def rsvp(visit: Planned, but: str = "") -> Rows:
    """The two answers, or the one that was not given."""
    ways = (("home", texts.WILL_BE_IN), ("other", texts.ANOTHER_TIME))
    return row(*((label, Visit(visit.id, visit.version, move)) for move, label in ways if move != but))
