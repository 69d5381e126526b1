"""From one to another: a holder asks a colleague, who says yes or no; the head gives, also beyond the limit."""

from datetime import timedelta

from bot.core import texts
from bot.core.access import HEADS
from bot.core.buttons import Accept, Give, Lease, Open
from bot.core.cases import Case
from bot.core.events import Edit, Lane, Message, Refused, Rows, Send, Show
from bot.core.lines import Line, Wording
from bot.core.whom import Colleague
from handlers import alerts, cards, groups, ladder, lease, sight, tasks, visits
from handlers.here import Here, column, row, screen
from storage import audit, cases, due, people
from storage.people import Person

OFFER = "offered"
"""The row that says that a colleague was asked. Nothing happens when it rings: the question is over, no more."""
ASKED_FOR = timedelta(days=1)
"""How long a «yes» counts; afterwards the case has gone another way [P]."""


def asked(here: Here, me: Person, case_id: int) -> list[Message]:
    """To whom: who of the team may have it, with what each has in hand."""
    case = _movable(here, me, case_id)
    others = [each for each in _possible(here, case) if each.id not in (me.id, case.claimed_by)]
    give = column(*((_label(here, each), Give(case.id, each.id)) for each in others[:12]))
    back = column((texts.CANNOT_GO_ON, Lease(case.id, "back"))) if case.claimed_by == me.id else ()
    text = texts.GIVE_TO_WHOM(number=case.name) if others else texts.GIVE_TO_NOBODY(number=case.name)
    return screen(here, me, _key(case), text, (*give, *back), protect=True)


def given(here: Here, me: Person, button: Give) -> list[Message]:
    """By the holder it is a question; by the head or the dispatcher it is done."""
    case = _movable(here, me, button.case)
    to = next((each for each in _possible(here, case) if each.id == button.person), None)
    if to is None:
        raise Refused(texts.GIVE_TO_NOBODY(number=case.name))
    if case.claimed_by == me.id and not me.has(*HEADS):
        return _offered(here, me, case, to)
    if not me.has(*HEADS) and full(here, case, to):
        raise Refused(texts.LOAD_FULL_OF(name=cards.name(to)))
    return [*_goes_to(here, me, case, to), Show(here.asker, _key(case), _now_with(case, to), protect=True)]


def accepted(here: Here, me: Person, button: Accept) -> list[Message]:
    """The colleague's answer, as long as the case is still with the one who asked."""
    case = cases.by_id(here.tx, button.case)
    if case is None or case.claimed_by != button.giver or not sight.takes(here, me, case):
        raise Refused(texts.STALE)
    if button.yes and full(here, case, me):
        raise Refused(texts.LOAD_FULL)
    if not due.answered(here.tx, OFFER, case.id, me.id, version=_round(case), now=here.now):
        raise Refused(texts.STALE)
    giver = people.person(here.tx, button.giver)
    if not button.yes:
        declined = texts.NOT_TAKEN_OVER(number=case.name, name=cards.name(me))
        return [Show(here.asker, _key(case), texts.DECLINED_OFFER(number=case.name), protect=True),
                *_told(giver, declined, lease.ways(case))]  # fmt: skip
    return [*_goes_to(here, giver, case, me), *_told(giver, _now_with(case, me))]


def full(here: Here, case: Case, person: Person) -> bool:
    """Whether more would be beyond the limit. An emergency never is: it goes to who can come."""
    return case.urgency != "emergency" and cases.load(here.tx, person.id) >= here.centre.queue.load_limit


def _goes_to(here: Here, by: Person, case: Case, to: Person) -> list[Message]:
    until = lease.ends_at(here, case)
    moved = cases.give(here.tx, case.id, to=to.id, by=by.id, of=case.claimed_by, now=here.now, lease_until=until)
    if moved is None:
        raise Refused(texts.STALE)
    ladder.ended(here, case.id)
    lease.begun(here, moved)
    cases.call(here.tx, case.id, to.id, now=here.now)
    audit.note(here.tx, "given", by=by.id, case_id=case.id, reason=f"to {to.id}", now=here.now)
    text = texts.GIVEN_TO_YOU(number=case.name, name=cards.name(by))
    news = Send(to.colleague, text, lease.ways(moved), key=alerts.key(case), lane=Lane.URGENT, protect=True)
    had = people.person(here.tx, case.claimed_by) if case.claimed_by else None
    off = cards.given_on(case, had.colleague) if had and had.staff else []
    others = [Edit(each, alerts.key(case), _now_with(case, to)) for each in _others(here, case, to)]
    todo = tasks.moved_to(here, case.id, to.id)
    heard = groups.told(here, case, texts.GROUP_TAKEN) if case.waits else []
    return [*off, news, *todo, *others, *heard, *visits.taken_along(here, to, moved)]


def _offered(here: Here, me: Person, case: Case, to: Person) -> list[Message]:
    """Until there is an answer nothing changes. Only who was asked may say yes, and only while it is so."""
    due.plan(here.tx, OFFER, case.id, person_id=to.id, version=_round(case), at=here.now + ASKED_FOR)
    yes, no = Accept(case.id, me.id, 1), Accept(case.id, me.id, 0)
    asks = texts.OFFERED(number=case.name, name=cards.name(me), district=here.centre.district(case.district).name)
    offer = Send(to.colleague, asks, row((texts.I_TAKE_IT_OVER, yes), (texts.CANNOT_TAKE, no)),
                 key=_key(case), lane=Lane.URGENT, protect=True)  # fmt: skip
    said = texts.ASKED_TO_TAKE(number=case.name, name=cards.name(to))
    return [Show(here.asker, _key(case), said, row((texts.OPEN_CARD, Open(case.id))), protect=True), offer]


def _told(giver: Person, text: Wording, ways: Rows = ()) -> list[Message]:
    """Whose access has ended meanwhile hears nothing."""
    return [Send(giver.colleague, text, ways, lane=Lane.URGENT, protect=True)] if giver.staff else []


def _round(case: Case) -> int:
    """Which time the case is with whoever has it: what was asked before that is over."""
    return int(case.claimed_at.timestamp()) if case.claimed_at else 0


def _others(here: Here, case: Case, to: Person) -> list[Colleague]:
    return [each for each in cases.called(here.tx, case.id) if each not in (to.id, case.claimed_by)]


def _movable(here: Here, me: Person, case_id: int) -> Case:
    """The open case, if this person has it or is one who gives. Raises Refused."""
    case = cases.by_id(here.tx, case_id)
    if case is None or case.closed_at is not None or case.withdrawn_at is not None:
        raise Refused(texts.STALE)
    if case.claimed_by != me.id and not (sight.gives(me) and sight.knows(here, me, case)):
        raise Refused(texts.NOT_FOR_YOU)
    return case


def _possible(here: Here, case: Case) -> list[Person]:
    """Who of the whole team may have it: those on duty first, of them those of the district, then by load."""
    near = {each.id for each in sight.members(here, case, duty=False)}
    team = sight.present(here, people.team(here.tx, here.centre.team(case.team).roles))
    able = [each for each in team if sight.takes(here, each, case)]
    return sorted(able, key=lambda each: (not each.on_duty, each.id not in near, cases.load(here.tx, each.id)))


def _label(here: Here, person: Person) -> Line:
    says = texts.COLLEAGUE_ON_DUTY if person.on_duty else texts.COLLEAGUE
    return says(name=cards.name(person), load=str(cases.load(here.tx, person.id)))


def _now_with(case: Case, to: Person) -> Line:
    return texts.NOW_WITH(number=case.name, name=cards.name(to))


def _key(case: Case) -> str:
    return f"hand:{case.id}"
