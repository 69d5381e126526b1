"""From a case that waits to the specialist who has it: alerts, taking, the first contact, the end."""

from bot.core import texts
from bot.core.buttons import Claim, Decline, Hand, Open, Passed
from bot.core.cases import Case, read_number
from bot.core.events import Button, Edit, Lane, Message, Refused, Rows, Send, Show, Toast
from bot.core.filling import Draft
from bot.core.lines import By, Hour, Line, Wording, paragraphs, rows
from handlers import (
    agreed,
    alerts,
    batch,
    cards,
    clocks,
    contact,
    groups,
    handing,
    ladder,
    lease,
    menu,
    paging,
    sight,
    tasks,
    visits,
)
from handlers.here import Here, row, screen
from handlers.paging import A_PAGE
from storage import audit, cases, likeness, people
from storage.people import Person


def grown_key(case_id: int) -> str:
    """One line about news at a time; opening the card takes it away, so that the next one sounds again."""
    return f"grown:{case_id}"


def returned(here: Here, case_id: int) -> list[Message]:
    """Whoever had the case has it no longer: it waits again by the same deadline, and the team is called at once."""
    case = cases.release(here.tx, case_id, now=here.now)
    if case is None:
        return []
    lease.ended(here, case.id)
    return [*tasks.moved_to(here, case.id, None), *ladder.begun(here, case, texts.BACK_IN_QUEUE)]


def claim(here: Here, me: Person, case_id: int) -> list[Message]:
    """Exactly one gets it; every other card says who."""
    waits = _takable(here, me, case_id)
    if waits.waits and handing.full(here, waits, me):
        raise Refused(texts.LOAD_FULL)
    until = lease.ends_at(here, waits)
    case = cases.claim(here.tx, case_id, by=me.id, now=here.now, lease_until=until)
    if case is None:
        return [Toast(texts.ALREADY_TAKEN), *_as_it_stands(here, me, case_id)]
    ladder.ended(here, case_id)
    lease.begun(here, case)
    cases.call(here.tx, case.id, me.id, now=here.now)  # who took it from the queue has its message too
    audit.note(here.tx, "claimed", by=me.id, case_id=case.id, now=here.now)
    visit = _visits_taken_along(here, me, case)
    yours = paragraphs(texts.YOU_TOOK(number=case.name, at=Hour(here.now)), texts.IN_TOUCH_BY(at=Hour(until)))
    mine = Show(here.asker, alerts.key(case), yours, lease.ways(case), protect=True)
    todo = tasks.moved_to(here, case.id, me.id)
    told = [*others_told(here, me, case), *_resident_told(here, case), *batch.goes_on(here, case.id)]
    return [mine, *visit, *todo, *cards.opened(here, me, case), *told]


def decline(here: Here, me: Person, case_id: int) -> list[Message]:
    """The others keep their cards; when everybody has passed, the whole team and the head are called at once."""
    case = _takable(here, me, case_id)
    if not case.waits:
        return _as_it_stands(here, me, case_id)
    cases.decline(here.tx, case_id, me.id, now=here.now)
    why = tuple((Button(label, Passed(case.id, key)),) for key, label in texts.BACK_REASONS.items())
    again = ((Button(texts.TAKE, Claim(case.id)),),)
    passed = Show(here.asker, alerts.key(case), texts.DECLINED(number=case.name), (*why, *again))
    if not cases.all_declined(here.tx, case_id):
        return [passed]
    fresh = [each for each in sight.members(here, case, duty=False) if each.id not in cases.called(here.tx, case_id)]
    return [passed, *alerts.sent(here, case, [*fresh, *sight.answerable(here, case)], texts.ALL_DECLINED)]


def passed_because(here: Here, me: Person, button: Passed) -> list[Message]:
    """The reason, for the history."""
    case = _takable(here, me, button.case)
    if button.why not in texts.BACK_REASONS:
        raise Refused(texts.STALE)
    cases.note(here.tx, case.id, f"passed.{button.why}", by=me.id, now=here.now)
    again = ((Button(texts.TAKE, Claim(case.id)),),) if case.waits else ()
    return [Show(here.asker, alerts.key(case), texts.DECLINED(number=case.name), again)]


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
    lease.ended(here, case.id)
    clocks.met(here, case, *clocks.FIRST)
    tasks.ensure_step(here, case)
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
    lease.ended(here, case.id)
    ladder.ended(here, case.id)
    clocks.drop(here, case)
    closed = Send(here.asker, texts.CASE_CLOSED(number=case.name), protect=True)
    done = [*agreed.case_ended(here, case), *visits.case_ended(here, case), *cards.ended(here, case)]
    return [closed, *done, *_closed_along(here, me, case)]


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
    keepers = [case.claimed_by] if case.claimed_by is not None else cases.called(here.tx, case.joined_to or case.id)
    return [Send(keeper, text, buttons, lane=Lane.URGENT, protect=True) for keeper in keepers]


def waiting(here: Here, me: Person, page: int = 0) -> list[Message]:
    """The queue in the order of its rules, a page of it, as far as it is this person's."""
    page = max(page, 0)
    teams, roles = sight.teams(here, me), [role for role, _ in me.roles]
    theirs = cases.waiting(here.tx, teams, person_id=me.id, roles=roles, most=A_PAGE + 1, skip=page * A_PAGE)
    in_all = cases.count_waiting_for(here.tx, teams, person_id=me.id, roles=roles)
    head: Wording = texts.QUEUE_HEAD(in_all) if in_all else texts.QUEUE_EMPTY
    lines = [_line(here, case) for case in theirs[:A_PAGE]]
    mine = [alerts.load(here, me)] if me.may("button Claim") else []
    takes = tuple((_way(me, case),) for case in theirs[:A_PAGE] if me.may("button Hand"))
    pages = paging.ways("queue", page, more=len(theirs) > A_PAGE)
    return screen(here, me, menu.KEY, paragraphs(head, rows(*lines), *mine), (*takes, *pages, *menu.back()),
                  protect=True)  # fmt: skip


def _way(me: Person, case: Case) -> Button:
    return Button(case.name, Claim(case.id) if me.may("button Claim") else Hand(case.id))


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


def _visits_taken_along(here: Here, me: Person, case: Case) -> list[Message]:
    """Those of the case, and of what is joined to it."""
    family = (case, *likeness.joined(here.tx, case.id))
    return [message for each in family for message in visits.taken_along(here, me, each)]


def _closed_along(here: Here, me: Person, case: Case) -> list[Message]:
    """What was joined to it ends with it, as the same case twice: what was reached for the family is reached once."""
    ended: list[Message] = []
    for each in likeness.joined(here.tx, case.id):
        twice = cases.close(here.tx, each.id, by=me.id, outcome=None, closing="duplicate", told="", now=here.now)
        ended += [*agreed.case_ended(here, twice), *cards.ended(here, twice)] if twice else []
    return ended


def _take(case: Case) -> Rows:
    return row((texts.TAKE, Claim(case.id)), (texts.CANNOT_TAKE, Decline(case.id)))


def open_card_button(case: Case) -> Rows:
    return row((texts.OPEN_CARD, Open(case.id)))


def others_told(here: Here, me: Person, case: Case) -> list[Message]:
    taken = texts.TAKEN(number=case.name, name=cards.name(me), at=Hour(here.now))
    others = [Edit(other, alerts.key(case), taken) for other in cases.called(here.tx, case.id) if other != me.id]
    return [*others, *groups.told(here, case, texts.GROUP_TAKEN)]


def _resident_told(here: Here, case: Case) -> list[Message]:
    """She learns that somebody has it, where she may be written to and it is not from the branch."""
    return [] if case.branch else contact.told(here, case, "taken", texts.TAKEN_FOR_YOU(number=case.name), protect=True)


def _as_it_stands(here: Here, me: Person, case_id: int) -> list[Message]:
    """The alert as it should read now."""
    case = cases.by_id(here.tx, case_id)
    if case is None:
        raise Refused(texts.NO_SUCH_CASE)
    if case.waits:
        ways = (*(alerts.ways(case) if sight.takes(here, me, case) else ()), *sight.assigns(me, case))
        return screen(here, me, alerts.key(case), alerts.head(here, case), ways, protect=True)
    if case.claimed_by is None or case.claimed_at is None:
        if case.joined_to is not None:
            return [Show(here.asker, alerts.key(case), texts.GOES_ON_ELSEWHERE(number=case.name), protect=True)]
        over = texts.CASE_WITHDRAWN if case.withdrawn_at and not case.closed_at else texts.CASE_CLOSED
        return [Show(here.asker, alerts.key(case), over(number=case.name), protect=True)]
    taker = people.person(here.tx, case.claimed_by)
    text = texts.TAKEN(number=case.name, name=cards.name(taker), at=Hour(case.claimed_at))
    return [Show(here.asker, alerts.key(case), text, open_card_button(case) if taker.id == me.id else (), protect=True)]


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
