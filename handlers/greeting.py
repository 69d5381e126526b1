"""What is said before a form's question: in the branch, first of all, the way to help at once (S02, S06, S20)."""

from bot.core import texts
from bot.core.filling import Draft
from bot.core.lines import NOTHING, Line, Sentence, Wording, paragraphs
from handlers.here import Here
from storage import people

URGENT_TEAM = "brigade"


def before(here: Here, draft: Draft) -> Wording:
    """The words above the question in front."""
    question = draft.question
    if not draft.form.branch or question is None:
        return NOTHING
    if draft.form.name == "safety" and question.name == "danger":
        return paragraphs(texts.DANGER_NUMBERS, who_answers(here), texts.LIMITS, texts.CONSENT_SHORT)
    if draft.case_id is not None and question.name == first_addition(draft):
        return texts.ADDITIONS
    return NOTHING


def who_answers(here: Here) -> Wording:
    """Who answers and when; if nobody is on duty, it says so (S02)."""
    roles = here.centre.team(URGENT_TEAM).roles
    if not people.team(here.tx, roles, duty=True):
        return texts.NOBODY_ON_DUTY(opens=here.centre.next_opening(here.local))
    return _hours(here)


def first_addition(draft: Draft) -> str:
    names = [question.name for question in draft.form.applying(draft.answers)]
    return names[names.index(draft.form.files_after) + 1] if draft.form.files_after in names[:-1] else ""


def _hours(here: Here) -> Line | Sentence:
    if here.centre.open_at(here.local):
        closes = next(each.closes for each in here.centre.hours if each.cover(here.local))
        return texts.PEOPLE_ANSWER(closes=closes)
    return texts.PEOPLE_ANSWER_LATER(opens=here.centre.next_opening(here.local))
