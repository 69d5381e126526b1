"""How a deadline reads: its name, by when, on whose word; on the card in full, in an alert no more than S26 lets."""

from bot.core import deadlines as reckoning
from bot.core import texts
from bot.core.cases import Case
from bot.core.centre import Words
from bot.core.lines import NOTHING, By, Joined, Line, Own, Sentence, Wording, rows
from handlers.here import Here
from storage import deadlines
from storage.deadlines import Deadline

NAMES: dict[str, Sentence] = {
    "first_human_answer": texts.CLOCK_FIRST,
    "first_human_answer_emergency": texts.CLOCK_FIRST,
    "brigade_urgent_help": texts.CLOCK_VISIT_URGENT,
    "needs_assessment": texts.CLOCK_ASSESSMENT,
    "service_decision": texts.CLOCK_DECISION,
    "service_decision_emergency": texts.CLOCK_DECISION,
    "decision_notice": texts.CLOCK_NOTICE,
    "notify_police": texts.CLOCK_POLICE,
    "notify_child_services": texts.CLOCK_CHILD_SERVICES,
    "child_safety_assessment": texts.CLOCK_CHILD_SAFETY,
    "privacy_request": texts.CLOCK_DATA,
}
IN_ALERTS = dict.fromkeys(reckoning.DUTIES, texts.CLOCK_OTHER_BODY)
"""Whom the law makes us tell says what the case is about, and so stands on the card only."""


def lines(here: Here, case: Case) -> list[Line]:
    """The case's deadlines that are over and still to be met, as an alert may name them."""
    over = [each for each in deadlines.of_case(here.tx, case.id) if each.due_at <= here.now]
    said = {(_named(each), each.due_at): texts.CLOCK_LATE(deadline=_named(each), by=by(here, each)) for each in over}
    return list(said.values())


def soon(here: Here, case: Case) -> Wording:
    """Number, district, which of its deadlines end soon, and by when (S26)."""
    ending = [each for each in deadlines.of_case(here.tx, case.id) if _ends_soon(here, each)]
    said = {(_named(each), each.due_at): texts.CLOCK_SOON(deadline=_named(each), by=by(here, each)) for each in ending}
    head = texts.TASK_HEAD(number=case.name, district=here.centre.district(case.district).name)
    return rows(head, *said.values())


def on_card(here: Here, deadline: Deadline) -> Wording:
    """Name, by when, basis, whether that was verified, and where it lies."""
    row = here.centre.deadline(deadline.key)
    body = body_name(here, deadline.body)
    at = {"at": deadline.sent_at} if deadline.sent_at else {}
    kind = texts.CLOCK_LATE_ON_CARD if deadline.due_at <= here.now else texts.CLOCK_ON_CARD
    if deadline.sent_at is not None:
        kind = texts.CLOCK_SENT_ON_CARD
    said = kind(deadline=NAMES[deadline.key], by=by(here, deadline), basis=Own(row.basis), body=body, **at)
    return Joined((said, NOTHING if row.verified_on else texts.CLOCK_NOT_VERIFIED), by=" ")


def by(here: Here, deadline: Deadline) -> Line | By:
    """«14:30», or, of what ends with a day, «the end of Friday»: midnight would be read as another day's."""
    if reckoning.by_the_day(here.centre.deadline(deadline.key)):
        last = here.centre.wall_clock(deadline.due_at - reckoning.AT_LEAST)
        return texts.END_OF_DAY(day=last.date())
    return By(deadline.due_at, here.now)


def body_name(here: Here, key: str | None) -> Words:
    """How the centre calls a body that decides."""
    named = [item.name for item in here.centre.sources if key in (item.counts_under, item.key)]
    return named[0] if named else Words(key or "", key or "")


def _ends_soon(here: Here, deadline: Deadline) -> bool:
    begins = reckoning.soon(here.centre.deadline(deadline.key), deadline.due_at, here.centre)
    return deadline.sent_at is None and begins <= here.now < deadline.due_at


def _named(deadline: Deadline) -> Sentence:
    return IN_ALERTS.get(deadline.key, NAMES[deadline.key])
