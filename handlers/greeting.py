"""What is said before a form's question: in the branch, first of all, the way to help at once (S02, S06, S20)."""

from datetime import datetime

from bot.core import duty, texts
from bot.core.filling import Draft
from bot.core.lines import NOTHING, Line, Sentence, Wording, paragraphs, rows
from handlers.here import Here
from storage import people, rosters

URGENT_TEAM = "brigade"


def before(here: Here, draft: Draft) -> Wording:
    """The words above the question in front."""
    match draft.form.name, draft.question.name if draft.question else "":
        case "safety", "danger":
            return paragraphs(texts.DANGER_NUMBERS, who_answers(here), texts.LIMITS, texts.CONSENT_SHORT)
        case "return", "number":
            return texts.LIMITS
        case "child", "danger":
            return _to_a_child(here)
        case "agreed", "step":
            return texts.AGREED_HOW
        case ("other", "family") | ("notice", "district") if draft.answers["danger"] == "now":
            return texts.OTHER_CALL_FIRST
        case form, name:
            additions = texts.CHILD_ADDITIONS if form == "child" else texts.ADDITIONS
            return additions if draft.case_id is not None and name == first_addition(draft) else NOTHING


def who_answers(here: Here) -> Wording:
    """Who answers and when; if nobody is on duty, it says so (S02)."""
    if not on_duty(here):
        return texts.NOBODY_ON_DUTY(opens=reads_from(here))
    return _hours(here)


def on_duty(here: Here) -> bool:
    return bool(people.team(here.tx, here.centre.team(URGENT_TEAM).roles, duty=True, of=URGENT_TEAM))


def reads_from(here: Here) -> datetime:
    """When somebody of the urgent team is there next: by the roster, or, without one, when the office opens."""
    members = {person.id for person in people.team(here.tx, here.centre.team(URGENT_TEAM).roles)}
    planned = [roster for of, roster in rosters.rosters(here.tx).items() if of in members]
    ahead = [duty.next_shift(roster, here.now, here.centre.zone, team=URGENT_TEAM) for roster in planned]
    begins = [shift.starts for shift in ahead if shift]
    return min(begins).astimezone(here.centre.zone) if begins else here.centre.next_opening(here.local)


def first_addition(draft: Draft) -> str:
    names = [question.name for question in draft.form.applying(draft.answers)]
    return names[names.index(draft.form.files_after) + 1] if draft.form.files_after in names[:-1] else ""


def _to_a_child(here: Here) -> Wording:
    """The lines for children first, then who reads it, what can be cleared away, and our duty before any question."""
    phones = rows(*(texts.PHONE_LINE(number=phone.number, name=phone.name) for phone in here.centre.child_phones))
    reads = texts.CHILD_WHO_READS if on_duty(here) else texts.CHILD_NOBODY(opens=reads_from(here))
    return paragraphs(phones, reads, texts.CHILD_DUTY, texts.CHILD_LIMITS)


def _hours(here: Here) -> Line | Sentence:
    if here.centre.open_at(here.local):
        closes = next(each.closes for each in here.centre.hours if each.cover(here.local))
        return texts.PEOPLE_ANSWER(closes=closes)
    return texts.PEOPLE_ANSWER_LATER(opens=here.centre.next_opening(here.local))
