"""Every form, present and future, is walked here: forward, back, skipping, correcting."""

from datetime import UTC, datetime
from itertools import pairwise
from typing import Any

import pytest

from bot.core import filling, texts
from bot.core.buttons import Choose, Correct, Step
from bot.core.filling import Draft, Form
from bot.core.forms import FORMS, HELP, SAFETY
from bot.core.lines import Line
from bot.core.profile import find, load
from bot.core.questions import Asking, NotUnderstood, Phone, Question, Several

CENTRE = load(find("demo"))
NOW = CENTRE.wall_clock(datetime(2026, 11, 24, 10, tzinfo=UTC))
TYPED = {
    "first": "24.11.2026", "last": "25.11.2026", "phone": "067 123 45 67", "day": "30.11", "time": "14:30",
    "approved_on": "12.03.2025", "valid_until": "31.12.2028", "earned_on": "12.03.2025", "since": "01.01.2025",
    "until": "31.03.2025",
}  # fmt: skip
every_form = pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)


def never_means(_: str, __: object) -> bool:
    return False


def asking(draft: Draft) -> Asking:
    return Asking(CENTRE, draft.answers, NOW)


def value(draft: Draft, question: Question) -> Any:
    """An answer that the question takes: its first option, or typed words."""
    options = question.options(asking(draft))
    if isinstance(question, Several):
        return [options[0].key]
    if options:
        return question.chosen(options[0].key, asking(draft))
    return question.read(TYPED.get(question.name, "some words"), asking(draft), never_means)


def steps(form: Form) -> list[Draft]:
    """The draft after each answer; additions follow once it is filed."""
    drafts = [Draft(1, form)]
    while (question := drafts[-1].question) is not None:
        after = filling.answered(drafts[-1], question.name, value(drafts[-1], question))
        if filling.files_now(drafts[-1], question.name) and after.question is None:
            break
        filed = 7 if filling.files_now(drafts[-1], question.name) else after.case_id
        drafts.append(Draft(1, form, after.answers, after.at, 0, filed))
    return drafts


def moves(draft: Draft) -> set[str]:
    rows = filling.screen(draft, asking(draft)).buttons
    return {button.does.move for row in rows for button in row if isinstance(button.does, Step)}


@every_form
def test_it_comes_to_an_end(form: Form) -> None:
    assert len(steps(form)) <= len(form.questions) + 1


@every_form
def test_every_step_says_where_it_is(form: Form) -> None:
    for draft in steps(form)[:-1]:
        said = filling.progress(draft)
        step, of = int(str(said.values["step"])), int(str(said.values["of"]))
        assert said.msgid == texts.STEP.msgid
        assert 1 <= step <= of


@every_form
def test_back_shows_the_question_before_with_its_answer(form: Form) -> None:
    drafts = steps(form)
    for before, draft in pairwise(drafts):
        if "back" in moves(draft) and before.question is not None:
            behind = filling.back(draft)
            assert behind.question == before.question
            assert behind.answers == draft.answers


@every_form
def test_only_optional_questions_can_be_skipped_and_a_skip_is_an_answer(form: Form) -> None:
    for draft in steps(form)[:-1]:
        question = draft.question
        assert question is not None
        assert ("skip" in moves(draft)) == question.optional
        if question.optional:
            assert filling.answered(draft, question.name, None).question != question


@every_form
def test_cancel_is_offered_until_it_is_filed_and_leaving_on_every_screen_of_the_branch(form: Form) -> None:
    for draft in steps(form):
        if draft.question is None and draft.case_id is not None:
            continue
        assert ("cancel" in moves(draft)) == (draft.case_id is None)
        labels = [button.label for row in filling.screen(draft, asking(draft)).buttons for button in row]
        assert (texts.LEAVE_NOW in labels) == form.branch


@every_form
def test_the_summary_corrects_every_line_and_comes_back(form: Form) -> None:
    whole = steps(form)[-1]
    if form.files_after:
        return
    shown = filling.screen(whole, asking(whole))
    lines = {button.does.question for row in shown.buttons for button in row if isinstance(button.does, Correct)}
    assert lines == {question.name for question in form.applying(whole.answers)}
    for name in lines:
        again = filling.corrected(whole, name)
        assert again.question == form.question(name)
        assert again.question is not None
        assert filling.answered(again, name, value(again, again.question)).question is None


@every_form
def test_words_that_are_no_answer_get_an_example_and_change_nothing(form: Form) -> None:
    for draft in steps(form)[:-1]:
        question = draft.question
        assert question is not None
        if question.typed and not isinstance(question, Phone):
            continue
        with pytest.raises(NotUnderstood):
            filling.typed(draft, "zzz", asking(draft), never_means)


def test_answers_whose_question_no_longer_applies_are_dropped() -> None:
    draft = Draft(1, HELP, {"who": "me", "contact": "call", "phone": "+380671234567"})
    assert "phone" not in filling.answered(draft, "contact", "here").answers


def test_the_urgent_path_files_after_three_answers() -> None:
    draft = Draft(1, SAFETY)
    for count, name in enumerate(("danger", "write", "district"), start=1):
        question = draft.question
        assert question is not None
        assert question.name == name
        assert filling.files_now(draft, name) == (count == 3)
        draft = filling.answered(draft, name, value(draft, question))


def test_a_month_shows_monday_first_and_no_day_gone_by() -> None:
    form = FORMS["visit"]
    draft = Draft(1, form, {"kind": "support_visit"})
    rows = filling.screen(draft, asking(draft)).buttons
    assert [button.label for button in rows[1]] == list(texts.WEEKDAYS)
    days = [button.does.option for row in rows for button in row if isinstance(button.does, Choose)]
    assert days[0] == "2026-11-24"
    assert days[-1] == "2026-11-30"


def test_today_offers_only_times_still_ahead() -> None:
    draft = Draft(1, FORMS["visit"], {"kind": "support_visit", "day": "2026-11-24"})
    rows = filling.screen(draft, asking(draft)).buttons
    times = [button.does.option for row in rows for button in row if isinstance(button.does, Choose)]
    assert times[0] == "12.30"
    assert isinstance(filling.progress(draft), Line)
