"""The card of a case: what the specialist who has it may read."""

from bot.core import filling, forms, texts
from bot.core.buttons import Answer, Claimant, Close, Contacted, Open, PlanVisit, Recode, SafeAgain, Talk, Visit
from bot.core.cases import Case
from bot.core.events import Button, Delete, Edit, Message, Rows, Send, Show
from bot.core.filling import Draft
from bot.core.forms import FORMS
from bot.core.lines import NOTHING, By, Line, Own, Wording, paragraphs, rows
from bot.core.questions import Asking
from handlers import agreed
from handlers.here import Here
from storage import cases, letters, people, visits
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


def key(case: Case) -> str:
    return f"card:{case.id}"


def opened(here: Here, me: Person, case: Case) -> list[Message]:
    """The card as a new message; the opening is noted (S25)."""
    _noted(here, me, case)
    seen = Delete(here.asker, f"grown:{case.id}")
    return [seen, Send(here.asker, _text(here, case), _buttons(here, me, case), key=key(case), protect=True)]


def shown(here: Here, me: Person, case: Case) -> list[Message]:
    """The card that is there, as it reads now; to show it again is an opening too."""
    _noted(here, me, case)
    return [Show(here.asker, key(case), _text(here, case), _buttons(here, me, case), protect=True)]


def ended(here: Here, case: Case) -> list[Message]:
    """The card and the alert of a closed case keep its number and nothing else."""
    closed = texts.CASE_CLOSED(number=case.name)
    return [Edit(here.asker, key(case), closed), Edit(here.asker, f"case:{case.id}", closed)]


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


def _noted(here: Here, me: Person, case: Case) -> None:
    reason = "assigned" if case.claimed_by == me.id else "head" if me.has("head") else "agreed_call"
    cases.opened_card(here.tx, case.id, by=me.id, reason=reason, now=here.now)


def _text(here: Here, case: Case) -> Wording:
    reported = texts.CARD_REPORTED(at=case.reported_at, by=By(case.answer_due_at, case.reported_at))
    team = texts.CARD_TEAM(team=here.centre.team(case.team).name)
    facts = rows(
        heading(here, case), reported, team, *_contact(here, case), *_visit(here, case), *_noted_above(here, case)
    )
    return paragraphs(facts, rows(*_told(here, case)))


def _told(here: Here, case: Case) -> list[Wording]:
    """What was told, question by question."""
    draft = Draft(0, FORMS[case.form], cases.content(here.tx, case))
    asking = Asking(here.centre, draft.answers, here.local)
    return filling.summary_lines(draft, asking, but=("consent", "for_whom"))


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


def _visit(here: Here, case: Case) -> list[Wording]:
    visit = visits.of_case(here.tx, case.id)
    if visit is None:
        return []
    answer = texts.CARD_VISIT_ANSWER(answer=ANSWERS[visit.answer]) if visit.answer else NOTHING
    return [texts.CARD_VISIT(at=visit.starts_at), answer]


def _buttons(here: Here, me: Person, case: Case) -> Rows:
    """What can be done next, by the one who has the case."""
    if case.claimed_by != me.id or case.closed_at is not None:
        return ()
    ways = [*_writing(here, case)]
    ways += [Button(texts.MARK_CONTACTED, Contacted(case.id))] if case.contacted_at is None else []
    visit = visits.of_case(here.tx, case.id)
    if visit is None:
        ways.append(Button(texts.PLAN_VISIT, PlanVisit(case.id)))
    else:
        ways.append(Button(texts.THE_VISIT, Visit(visit.id, visit.version, "show")))
    ways.append(Button(texts.CLOSE_CASE, Close(case.id)))
    return tuple((way,) for way in ways)
