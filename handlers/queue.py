"""From a case that waits to the specialist who has it: alerts, taking, the first contact, the end."""

from datetime import timedelta

from bot.core import texts
from bot.core.buttons import Claim, Decline, Open
from bot.core.cases import Case, read_number
from bot.core.centre import Team
from bot.core.events import Button, Delete, Edit, Lane, Message, Refused, Rows, Send, Show, Toast
from bot.core.filling import Draft
from bot.core.lines import By, Hour, Line, Wording, paragraphs, rows
from handlers import agreed, cards, contact, menu, sight, visits
from handlers.here import Here, row, screen
from storage import audit, cases, due, exclusions, people
from storage.people import Person

HEAD_AFTER = timedelta(minutes=10)
"""How long after the second call the head is asked, and how often again while the case waits [P]."""
HEAD_AGAIN = timedelta(hours=1)


def grown_key(case_id: int) -> str:
    """One line about news at a time; opening the card takes it away, so that the next one sounds again."""
    return f"grown:{case_id}"


def key(case: Case) -> str:
    return f"case:{case.id}"


def called(here: Here, case: Case, because: Wording | None = None) -> list[Message]:
    """The team is called: those on duty, or, when nobody is, all of it, and for an emergency the head as well."""
    on_duty = _members(here, case, duty=True)
    if on_duty:
        return _alerts(here, case, on_duty, because)
    everyone = _members(here, case, duty=False)
    heads = sight.overseers(here, case) if case.urgency == "emergency" or not everyone else []
    return _alerts(here, case, [*everyone, *heads], because)


def returned(here: Here, case_id: int) -> list[Message]:
    """Whoever had the case has it no longer: it waits again by the same deadline, and the team is called at once."""
    case = cases.release(here.tx, case_id, now=here.now)
    if case is None:
        return []
    due.plan(here.tx, "case_waits", case.id, at=max(case.answer_due_at, here.now + HEAD_AFTER))
    return called(here, case, texts.BACK_IN_QUEUE)


def calls_again(here: Here, case_id: int) -> list[Message]:
    """Its time is over and nobody took it: the whole team hears it again, and the head is next."""
    case = cases.by_id(here.tx, case_id)
    if case is None or not case.waits:
        return []
    due.plan(here.tx, "head_called", case.id, at=here.now + HEAD_AFTER)
    called_again = _alerts(here, case, _members(here, case, duty=False), because=texts.STILL_WAITS)
    return [*called_again, *contact.told(here, case, "late")]


def calls_head(here: Here, case_id: int, version: int) -> list[Message]:
    """The head is asked, and asked again every hour: no case ends in silence."""
    case = cases.by_id(here.tx, case_id)
    if case is None or not case.waits:
        return []
    due.plan(here.tx, "head_called", case.id, at=here.now + HEAD_AGAIN, version=version + 1)
    heads = sight.answerable(here, case)
    return _alerts(here, case, heads, because=texts.HEAD_CALLED)


def claim(here: Here, me: Person, case_id: int) -> list[Message]:
    """Exactly one gets it; every other card says who."""
    _takable(here, me, case_id)
    case = cases.claim(here.tx, case_id, by=me.id, now=here.now)
    if case is None:
        return [Toast(texts.ALREADY_TAKEN), *_as_it_stands(here, me, case_id)]
    due.cancel(here.tx, ("case_waits", "head_called"), case_id, now=here.now)
    audit.note(here.tx, "claimed", by=me.id, case_id=case.id, now=here.now)
    visit = visits.taken_along(here, me, case)
    mine = Show(
        here.asker, key(case), texts.YOU_TOOK(number=case.name, at=Hour(here.now)), open_card_button(case), protect=True
    )
    return [mine, *visit, *cards.opened(here, me, case), *_others_told(here, me, case), *_resident_told(here, case)]


def decline(here: Here, me: Person, case_id: int) -> list[Message]:
    """The others keep their cards; when everybody has passed, the whole team and the head are called at once."""
    case = _takable(here, me, case_id)
    if not case.waits:
        return _as_it_stands(here, me, case_id)
    cases.decline(here.tx, case_id, me.id, now=here.now)
    passed = Show(here.asker, key(case), texts.DECLINED(number=case.name), _take(case))
    if not cases.all_declined(here.tx, case_id):
        return [passed]
    fresh = [each for each in _members(here, case, duty=False) if each.id not in cases.called(here.tx, case_id)]
    heads = sight.overseers(here, case, ("head",))
    return [passed, *_alerts(here, case, [*fresh, *heads], because=texts.ALL_DECLINED)]


def open_card(here: Here, me: Person, case_id: int) -> list[Message]:
    """The card, for who has the case or was called by an agreed call, and for the head, who says why first (S25)."""
    case = cases.by_id(here.tx, case_id)
    why = sight.reason(here, me, case) if case else ""
    if case is None or not why:
        raise Refused(texts.NOT_FOR_YOU)
    return cards.asks_why(here, case) if case.branch and why == sight.OVERSIGHT else cards.opened(here, me, case, why)


def open_because(here: Here, me: Person, case_id: int, why: str) -> list[Message]:
    case = cases.by_id(here.tx, case_id)
    if case is None or not sight.reason(here, me, case) or why not in cards.WHY:
        raise Refused(texts.NOT_FOR_YOU)
    return cards.opened_because(here, me, case, why)


def contacted(here: Here, me: Person, case_id: int) -> list[Message]:
    case = cases.contacted(here.tx, case_id, by=me.id, now=here.now)
    if case is None:
        raise Refused(texts.NOT_FOR_YOU)
    return cards.shown(here, me, case)


def closed(here: Here, me: Person, draft: Draft) -> list[Message]:
    """The case is ended by a person, with what was reached and why."""
    given = draft.answers
    case = cases.close(
        here.tx,
        draft.subject_id,
        by=me.id,
        outcome=given["outcome"],
        closing=given["closing"],
        told=given.get("note") or "",
        now=here.now,
    )
    if case is None:
        raise Refused(texts.NOT_FOR_YOU)
    closed = Send(here.asker, texts.CASE_CLOSED(number=case.name), protect=True)
    return [closed, *agreed.case_ended(here, case), *visits.case_ended(here, case), *cards.ended(here, case)]


def mistaken(here: Here, me: Person, case_id: int) -> list[Message]:
    """She says that it was a mistake: marked, not deleted, and whoever has it is told (S04)."""
    if cases.holder(here.tx, case_id) != me.id:
        raise Refused(texts.NOT_FOR_YOU)
    case = cases.mistaken(here.tx, case_id, now=here.now)
    told = [case.claimed_by] if case and case.claimed_by else cases.called(here.tx, case_id) if case else []
    news = [Send(person, texts.CASE_MISTAKEN(number=case.name), protect=True) for person in told if case]
    return [Toast(texts.MISTAKE_MARKED), *news]


def grown(here: Here, case_id: int) -> list[Message]:
    """The card has something new: said without content to whoever has the case."""
    case = cases.by_id(here.tx, case_id)
    if case is None or case.claimed_by is None:
        return []
    news = texts.CASE_ADDED(number=case.name)
    return [Show(case.claimed_by, grown_key(case.id), news, open_card_button(case), lane=Lane.URGENT, protect=True)]


def to_keepers(here: Here, case: Case, text: Wording, buttons: Rows = ()) -> list[Message]:
    """To whoever has the case; while nobody has, to those who were called."""
    keepers = [case.claimed_by] if case.claimed_by is not None else cases.called(here.tx, case.id)
    return [Send(keeper, text, buttons, lane=Lane.URGENT, protect=True) for keeper in keepers]


def waiting(here: Here, me: Person) -> list[Message]:
    """The queue, the most pressing first, as far as it is this person's."""
    theirs = [case for case in cases.waiting(here.tx) if sight.knows(here, me, case)]
    head: Wording = texts.QUEUE_HEAD(len(theirs)) if theirs else texts.QUEUE_EMPTY
    lines = [_line(here, case) for case in theirs]
    takes = tuple((Button(case.name, Claim(case.id)),) for case in theirs[:8] if me.may("button Claim"))
    return screen(here, me, menu.KEY, paragraphs(head, rows(*lines)), (*takes, *menu.back()), protect=True)


def my_day(here: Here, me: Person) -> list[Message]:
    """The cases with this person, each one press away."""
    mine = cases.taken_by(here.tx, me.id)
    head: Wording = texts.MINE_HEAD(len(mine)) if mine else texts.MINE_EMPTY
    lines = [cards.heading(here, case) for case in mine]
    opens = tuple((Button(case.name, Open(case.id)),) for case in mine[:20])
    return screen(here, me, menu.KEY, paragraphs(head, rows(*lines)), (*opens, *menu.back()), protect=True)


def by_number(here: Here, me: Person, text: str) -> list[Message]:
    """`/case К-4823`: the card for who may see it, a way to take it for the rest of the team."""
    number = read_number(text)
    case = cases.by_number(here.tx, number) if number else None
    if case is None:
        raise Refused(texts.NO_SUCH_CASE)
    if sight.reason(here, me, case):
        return open_card(here, me, case.id)
    if not sight.knows(here, me, case):
        raise Refused(texts.NOT_FOR_YOU)
    return _as_it_stands(here, me, case.id)


def _members(here: Here, case: Case, *, duty: bool) -> list[Person]:
    """The team's people, by district where the team is divided so; a district without its own has all of them."""
    team: Team = here.centre.team(case.team)
    district = case.district if team.by_district and case.district != "unknown" else ""
    here_and_there = people.team(here.tx, team.roles, duty=duty)
    theirs = people.team(here.tx, team.roles, district=district, duty=duty) if district else []
    return exclusions.spared(here.tx, case.id, theirs) or exclusions.spared(here.tx, case.id, here_and_there)


def _alerts(here: Here, case: Case, whom: list[Person], because: Wording | None = None) -> list[Message]:
    """One card a person; what came back or is an emergency goes first."""
    lane = Lane.URGENT if case.urgency == "emergency" or because is texts.BACK_IN_QUEUE else Lane.REPLY
    text = paragraphs(*([because] if because else []), _alert(here, case))
    called_each = {person.id: person for person in whom}.values()
    return [message for person in called_each for message in _alert_to(here, case, person, text, lane)]


def _alert_to(here: Here, case: Case, person: Person, text: Wording, lane: Lane) -> list[Message]:
    """A second call takes the first card away, so that no old «Take» is left. Who cannot take it has none to press."""
    first = cases.call(here.tx, case.id, person.id, now=here.now)
    takes = person.may("button Claim")
    if not takes:
        cases.decline(here.tx, case.id, person.id, now=here.now)
    buttons = _take(case) if takes else ()
    alert = Send(person.colleague, text, buttons, key=key(case), lane=lane, protect=True)
    return [alert] if first else [Delete(person.colleague, key(case), lane=lane), alert]


def _alert(here: Here, case: Case) -> Line:
    """Number, district, danger, deadline; nothing else (S26)."""
    kind = texts.ALERT_PLANNED
    if case.urgency == "emergency":
        known = {"now": texts.ALERT_URGENT, "later": texts.ALERT_NOT_NOW}
        kind = known.get(case.danger or "", texts.ALERT_EMERGENCY)
    district = here.centre.district(case.district).name
    return kind(number=case.name, district=district, by=By(case.answer_due_at, here.now))


def _take(case: Case) -> Rows:
    return row((texts.TAKE, Claim(case.id)), (texts.CANNOT_TAKE, Decline(case.id)))


def open_card_button(case: Case) -> Rows:
    return row((texts.OPEN_CARD, Open(case.id)))


def _others_told(here: Here, me: Person, case: Case) -> list[Message]:
    taken = texts.TAKEN(number=case.name, name=cards.name(me), at=Hour(here.now))
    return [Edit(other, key(case), taken) for other in cases.called(here.tx, case.id) if other != me.id]


def _resident_told(here: Here, case: Case) -> list[Message]:
    """She learns that somebody has it, where she may be written to and it is not from the branch."""
    return [] if case.branch else contact.told(here, case, "taken", texts.TAKEN_FOR_YOU(number=case.name), protect=True)


def _as_it_stands(here: Here, me: Person, case_id: int) -> list[Message]:
    """The alert as it should read now."""
    case = cases.by_id(here.tx, case_id)
    if case is None:
        raise Refused(texts.NO_SUCH_CASE)
    if case.waits:
        ways = _take(case) if sight.takes(here, me, case) else ()
        return screen(here, me, key(case), _alert(here, case), ways, protect=True)
    if case.claimed_by is None or case.claimed_at is None:
        over = texts.CASE_WITHDRAWN if case.withdrawn_at and not case.closed_at else texts.CASE_CLOSED
        return [Show(here.asker, key(case), over(number=case.name), protect=True)]
    taker = people.person(here.tx, case.claimed_by)
    text = texts.TAKEN(number=case.name, name=cards.name(taker), at=Hour(case.claimed_at))
    return [Show(here.asker, key(case), text, open_card_button(case) if taker.id == me.id else (), protect=True)]


def _takable(here: Here, me: Person, case_id: int) -> Case:
    """The case, if this person's team may take it. Raises Refused."""
    case = cases.by_id(here.tx, case_id)
    if case is None or not sight.takes(here, me, case):
        raise Refused(texts.NOT_FOR_YOU)
    return case


def _line(here: Here, case: Case) -> Line:
    kind = texts.QUEUE_LATE if case.answer_due_at < here.now else texts.QUEUE_LINE
    district = here.centre.district(case.district).name
    return kind(number=case.name, district=district, by=By(case.answer_due_at, here.now))
