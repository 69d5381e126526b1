"""The card of a case: what the specialist who has it may read."""

from datetime import timedelta

from bot.core import consents, filling, forms, order, texts
from bot.core.buttons import (
    Answer,
    Because,
    Claimant,
    Close,
    Contacted,
    Glass,
    Hand,
    Open,
    PlanVisit,
    Recode,
    SafeAgain,
    Talk,
    Visit,
)
from bot.core.cases import Case
from bot.core.events import Button, Delete, Edit, Message, Rows, Send, Show
from bot.core.filling import Draft
from bot.core.forms import FORMS
from bot.core.lines import NOTHING, By, Hour, Joined, Line, Own, Sentence, Wording, paragraphs, rows
from bot.core.questions import Asking
from bot.core.whom import Colleague
from handlers import agreed, clocks, household, likely, pages, sight, tasks, visit_card
from handlers.here import Here, column, screen
from storage import audit, cases, letters, people, visits
from storage import consents as given
from storage.people import Person

STATES = {
    "new": texts.STAGE_NEW,
    "claimed": texts.STAGE_CLAIMED,
    "contacted": texts.STAGE_CONTACTED,
    "visit_planned": texts.STAGE_VISIT_PLANNED,
    "visited": texts.STAGE_VISITED,
    "closed": texts.STAGE_CLOSED,
}
ANSWERS = {"home": texts.ANSWER_HOME, "other": texts.ANSWER_OTHER}
CONTACTS = {
    "here": texts.CONTACT_HERE,
    "hours": texts.CONTACT_HOURS,
    "call": texts.CONTACT_CALL,
    "come": texts.CONTACT_COME,
    "none": texts.CONTACT_NONE,
}
WHY = {
    "supervision": texts.WHY_SUPERVISION,
    "stands_in": texts.WHY_STANDS_IN,
    "complaint": texts.WHY_COMPLAINT,
    "report": texts.WHY_REPORT,
}
"""For what the head may open a card of the branch; the choice stands in the log."""
OPEN_FOR = timedelta(hours=1)
"""How long the pages behind such a card open for the same reason [P]."""


def key(case: Case) -> str:
    return f"card:{case.id}"


def glass_key(case: Case) -> str:
    return f"glass:{case.id}"


def opened(here: Here, me: Person, case: Case, why: str = sight.ASSIGNED) -> list[Message]:
    """The card as a new message, the only one of this case in the chat; the opening is noted (S25)."""
    _noted(here, me, case, why)
    seen = [Delete(here.asker, each) for each in (f"grown:{case.id}", key(case))]
    card = Send(here.asker, _text(here, me, case), _buttons(here, me, case, why), key=key(case), protect=True)
    return [*seen, card]


def shown(here: Here, me: Person, case: Case) -> list[Message]:
    """The card that is there, as it reads now; to show it again is an opening too."""
    _noted(here, me, case, sight.ASSIGNED)
    buttons = _buttons(here, me, case, sight.ASSIGNED)
    return [Show(here.asker, key(case), _text(here, me, case), buttons, protect=True)]


def turned_back(here: Here, me: Person, case: Case, why: str) -> list[Message]:
    """From a page back to the card, on the same message; that too is an opening."""
    _noted(here, me, case, why)
    return screen(here, me, key(case), _text(here, me, case), _buttons(here, me, case, why), protect=True)


def asks_why(here: Here, case: Case) -> list[Message]:
    """Before the card of the branch opens for somebody who does not have the case (S25)."""
    reasons = column(*((label, Because(case.id, reason)) for reason, label in WHY.items()))
    return [Show(here.asker, f"why:{case.id}", texts.WHY_OPEN(number=case.name), reasons, protect=True)]


def opened_because(here: Here, me: Person, case: Case, why: str) -> list[Message]:
    return [Delete(here.asker, f"why:{case.id}"), *opened(here, me, case, why)]


def behind_glass(here: Here, case: Case) -> list[Message]:
    """Name, address and phone, in a message of their own (S25)."""
    lines = [*_told(here, case, glass=True), *household.behind_glass(here, case)] or [texts.GLASS_EMPTY]
    text = paragraphs(texts.GLASS_HEAD(number=case.name), rows(*lines))
    return [Delete(here.asker, glass_key(case)), Send(here.asker, text, key=glass_key(case), protect=True)]


def ended(here: Here, case: Case) -> list[Message]:
    """The card and the alert of a closed case keep its number and nothing else."""
    closed = texts.CASE_CLOSED(number=case.name)
    nouns = ("card", "case", "glass", "talk", "code", "lease", "hand")
    keys = [*(f"{noun}:{case.id}" for noun in nouns), clocks.key(case.id)]
    files = [Delete(here.asker, f"{each}:{case.id}") for each in ("act", "letter")]
    return [*(Edit(here.asker, each, closed) for each in keys), *files]


def given_on(case: Case, person: Colleague, words: Sentence = texts.CASE_GIVEN_ON) -> list[Message]:
    """Whoever had the case reads no more of it than that."""
    nouns = ("case", "card", "glass", "grown", "talk", "code", "hand")
    return [Edit(person, f"{noun}:{case.id}", words(number=case.name)) for noun in nouns]


def heading(here: Here, case: Case) -> Line:
    """Number, district, state."""
    state = texts.STAGE_MISTAKEN if case.mistaken else STATES[case.state]
    return texts.CARD(number=case.name, district=here.centre.district(case.district).name, state=state)


def open_button(case: Case) -> Rows:
    return ((Button(texts.OPEN_CARD, Open(case.id)),),)


def _writing(here: Here, case: Case) -> list[Button]:
    """Ways to the person, where there is one behind the case: answer, read, renew the code, look who asks."""
    if case.form not in ("help", "safety", "child") or cases.holder(here.tx, case.id) is None:
        return []
    ways = [Button(texts.ANSWER_PERSON, Answer(case.id))]
    ways += [Button(texts.TALK, Talk(case.id, 0))] if letters.count(here.tx, case.id) else []
    ways += [Button(texts.GIVE_NEW_CODE, Recode(case.id))] if case.branch else []
    ways += [Button(texts.SAFE_AGAIN, SafeAgain(case.id))] if case.duress_at else []
    for person in cases.asking(here.tx, case.id)[:1]:
        ways += [Button(texts.SAME_PERSON, Claimant(case.id, person, 1))]
        ways += [Button(texts.ANOTHER_PERSON, Claimant(case.id, person, 0))]
    return ways


def name(person: Person) -> Wording:
    return Own(person.name or "—")


def _noted(here: Here, me: Person, case: Case, why: str) -> None:
    audit.note(here.tx, "opened", by=me.id, case_id=case.id, reason=why, now=here.now)


def _text(here: Here, me: Person, case: Case) -> Wording:
    reported = texts.CARD_REPORTED(at=case.reported_at, by=By(case.answer_due_at, case.reported_at))
    team = texts.CARD_TEAM(team=here.centre.team(case.team).name)
    why = tuple(order.why(case, here.now))
    facts = rows(
        heading(here, case),
        reported,
        team,
        texts.FIRST(reasons=Joined(why, by=", ")) if why else NOTHING,
        *_contact(here, case),
        *_lease(case),
        *_visit(here, case),
        *_noted_above(here, case),
        *_rights(here, case),
        *likely.on_card(here, me, case),
    )
    ahead = rows(*tasks.on_card(here, case), *clocks.on_card(here, case))
    return paragraphs(facts, ahead, rows(*_told(here, case, glass=False if case.branch else None)))


def _told(here: Here, case: Case, *, glass: bool | None) -> list[Wording]:
    """What was told, question by question; in the branch without what lies behind the glass, or only that."""
    if case.erased_at is not None:
        return [texts.CARD_ERASED]
    draft = Draft(0, FORMS[case.form], cases.content(here.tx, case))
    asking = Asking(here.centre, draft.answers, here.local)
    return filling.summary_lines(draft, asking, but=("consent", "for_whom", "received"), glass=glass)


def _rights(here: Here, case: Case) -> list[Wording]:
    """To whom it may be passed on, and whether work or content has come to its end (S20, S29)."""
    bodies = consents.labels(set(given.standing(here.tx, case.id)))
    passed = texts.CARD_PASSED_TO(bodies=Joined(tuple(bodies), by=", ")) if bodies else texts.CARD_PASSED_TO_NOBODY
    stopped = [texts.CARD_WITHDRAWN(at=case.withdrawn_at)] if case.withdrawn_at else []
    ends = [texts.CARD_WILL_BE_ERASED(at=case.erase_at)] if case.erase_at and not case.erased_at else []
    return [passed, *stopped, *ends]


def _contact(here: Here, case: Case) -> list[Wording]:
    resident = cases.holder(here.tx, case.id)
    silent = resident is not None and people.person(here.tx, resident).silent_since is not None
    how: list[Wording] = [texts.CARD_CONTACT(how=CONTACTS[case.contact]), *_hours(case)]
    return [*how, *([texts.CARD_SILENT] if silent else []), *_talk(here, case)]


def _hours(case: Case) -> list[Wording]:
    if case.contact not in ("here", "hours") or not (case.contact_hours or case.contact_days):
        return []
    days = next((option.label for option in forms.DAYS_CHOICE if option.key == case.contact_days), texts.ANY_HOURS)
    hours: Wording = Own(case.contact_hours.replace(",", ", ")) if case.contact_hours else texts.ANY_HOURS
    return [texts.CARD_HOURS(hours=hours, days=days)]


def _talk(here: Here, case: Case) -> list[Wording]:
    """How much was written, what she has not read yet, and what the specialist must know before writing."""
    said, unread = letters.count(here.tx, case.id), letters.unread(here.tx, case.id, from_staff=True)
    parts: list[Wording] = [texts.CARD_DURESS(at=case.duress_at)] if case.duress_at else []
    parts += [texts.CARD_LETTERS(said)] if said else []
    parts += [texts.CARD_UNREAD(unread)] if unread else []
    return [*parts, *([texts.CARD_OTHER_ACCOUNT] if cases.asking(here.tx, case.id) else [])]


def _noted_above(here: Here, case: Case) -> list[Wording]:
    """What was agreed, and whether a lawyer has confirmed what a child was told (S21)."""
    unconfirmed = case.form == "child" and not here.centre.lawyer_confirmed
    return [*agreed.on_card(here, case), *([texts.CARD_CHILD_WORDS] if unconfirmed else [])]


def _lease(case: Case) -> list[Wording]:
    """By when to be in touch, unless that time stands still; and why the case stands where it does."""
    if case.lease_until is None:
        return []
    return [texts.LEASE_HELD if case.held_since else texts.LEASE_UNTIL(at=Hour(case.lease_until))]


def _visit(here: Here, case: Case) -> list[Wording]:
    """When, and what those who go have to mind; without a visit, what they would."""
    visit = visits.of_case(here.tx, case.id)
    warned = visit_card.warnings(here, case, visit) if case.closed_at is None else []
    if visit is None:
        return warned
    answer = [texts.CARD_VISIT_ANSWER(answer=ANSWERS[visit.answer])] if visit.answer else []
    attempt = [texts.ATTEMPT(n=visit.attempt)] if visit.attempt > 1 else []
    return [texts.CARD_VISIT(at=visit.starts_at), *attempt, *answer, *warned]


def _buttons(here: Here, me: Person, case: Case, why: str) -> Rows:
    """What can be done next, by the one who has the case; the glass, by whoever may see the card."""
    behind = column((texts.BEHIND_GLASS, Glass(case.id, why))) if case.branch else ()
    alike = likely.ways(here, me, case)
    if case.erased_at is None and why != sight.AGREED:
        behind = (*behind, *pages.ways(here, case))
    if case.claimed_by != me.id or case.closed_at is not None:
        return (*behind, *alike)
    if case.joined_to is not None:
        return (*behind, *((way,) for way in _writing(here, case)), *alike)
    return (*behind, *_next(here, case), *alike)


def _next(here: Here, case: Case) -> Rows:
    """What can be done; of a case that she withdrew, only what brings it to an end."""
    stopped = case.withdrawn_at is not None
    ways = [] if stopped else [*_writing(here, case)]
    ways += [Button(texts.MARK_CONTACTED, Contacted(case.id))] if case.contacted_at is None and not stopped else []
    visit = visits.of_case(here.tx, case.id)
    if (visit is None or visit.series_id is not None) and not stopped:
        ways.append(Button(texts.PLAN_VISIT, PlanVisit(case.id)))
    if visit is not None:
        ways.append(Button(texts.THE_VISIT, Visit(visit.id, visit.version, "show")))
    ways += [Button(texts.HAND_OVER, Hand(case.id))] if not stopped else []
    ways += [] if stopped else clocks.ways(here, case)
    ways.append(Button(texts.CLOSE_CASE, Close(case.id)))
    return tuple((way,) for way in ways)
