"""How a form is filled: pure moves from one draft to the next, and the screen that a draft shows.

Where a person stands is not a state. It is the first question that applies and has no answer, unless Back or Edit
has put another one in front (`at`). So a draft survives restarts, a change of language and a change of the form.
"""

import calendar
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from bot.core import texts
from bot.core.buttons import Choose, Correct, Enter, Explain, Idle, Leave, ShareNumber, Step, Turn
from bot.core.events import Button, Rows
from bot.core.lines import NOTHING, Line, Own, Wording, paragraphs, rows
from bot.core.questions import Asking, Day, Means, Number, Option, Phone, Question, Several, Time

PAGE = 8
"""Options on one screen: more would push the question out of sight on a small phone."""


@dataclass(frozen=True)
class Form:
    """A list of questions.

    `files_after` names the question whose answer files the form at once; what follows are additions, and there is no
    summary. A form of the `branch` is discreet: it can be left at once, and what is typed is taken out of the chat.
    `entries` are other ways to go, shown under the first question: a label, and the entry it leads to.
    """

    name: str
    title: str
    questions: tuple[Question, ...]
    files_after: str = ""
    branch: bool = False
    staff: bool = False
    send: str = texts.SEND.msgid
    entries: tuple[tuple[Wording, str], ...] = ()

    def question(self, name: str) -> Question | None:
        return next((question for question in self.questions if question.name == name), None)

    def applying(self, answers: dict[str, Any]) -> list[Question]:
        return [question for question in self.questions if question.when(answers)]


@dataclass(frozen=True)
class Draft:
    """Answers to a form so far. `case_id` is set once it was filed and additions follow."""

    id: int
    form: Form
    answers: dict[str, Any] = field(default_factory=dict)
    at: str = ""
    subject_id: int = 0
    case_id: int | None = None

    @cached_property
    def question(self) -> Question | None:
        """The question in front; None when all are answered."""
        chosen = self.form.question(self.at)
        if chosen is not None and chosen.when(self.answers):
            return chosen
        return next((each for each in self.form.applying(self.answers) if each.name not in self.answers), None)


@dataclass(frozen=True, slots=True)
class Screen:
    text: Wording
    buttons: Rows


def answered(draft: Draft, name: str, value: object) -> Draft:
    """The draft with that answer; answers whose question no longer applies are dropped, notes (_said, _kept) stay."""
    answers = draft.answers | {name: value}
    applying = {question.name for question in draft.form.applying(answers)}
    kept = {key: value for key, value in answers.items() if key in applying or key.startswith("_")}
    return replace(draft, answers=kept, at="")


def toggled(draft: Draft, question: Several, option: str) -> Draft:
    """The option put in or taken out; the question stays in front until Done."""
    chosen = list(draft.answers.get(question.name) or [])
    chosen = [each for each in chosen if each != option] if option in chosen else [*chosen, option]
    return replace(draft, answers=draft.answers | {question.name: chosen}, at=question.name)


def done(draft: Draft, question: Question) -> Draft:
    return answered(draft, question.name, draft.answers.get(question.name) or [])


def back(draft: Draft) -> Draft:
    """The question before the one in front; its answer is kept until it is changed."""
    before = _before(draft)
    return replace(draft, at=before[-1].name) if before else draft


def corrected(draft: Draft, name: str) -> Draft:
    return replace(draft, at=name)


def files_now(draft: Draft, name: str) -> bool:
    """Whether the answer just given to that question is the one that files the form."""
    return draft.case_id is None and name == draft.form.files_after


def progress(draft: Draft) -> Line:
    """«Step 3 of 6», counting only the questions that apply, and apart before and after filing."""
    stage = _stage(draft)
    place = stage.index(draft.question) if draft.question in stage else len(stage) - 1
    return texts.STEP(step=place + 1, of=len(stage))


def screen(draft: Draft, asking: Asking, page: str = "") -> Screen:
    """What the draft shows now: the question in front, or the summary."""
    question = draft.question
    if question is None:
        return _summary(draft, asking)
    given = draft.answers.get(question.name)
    answer = texts.YOUR_ANSWER(answer=question.shown(given, asking)) if given not in (None, []) else NOTHING
    buttons = (*_answers(draft, question, asking, page), *_moves(draft, question))
    return Screen(paragraphs(progress(draft), question.words, answer), buttons)


def typed(draft: Draft, text: str, asking: Asking, means: Means) -> Draft:
    """The draft after typed words. Raises NotUnderstood."""
    question = draft.question
    if question is None:
        return draft
    value = question.read(text, asking, means)
    return (
        toggled(draft, question, str(value)) if isinstance(question, Several) else answered(draft, question.name, value)
    )


def summary_lines(
    draft: Draft, asking: Asking, *, but: tuple[str, ...] = (), glass: bool | None = None
) -> list[Wording]:
    """Each answered question with its answer, as a person reads them; only those behind the glass, or before it."""
    return [
        texts.ANSWERED(question=question.heading, answer=question.shown(draft.answers[question.name], asking))
        for question in draft.form.applying(draft.answers)
        if draft.answers.get(question.name) not in (None, [])
        and question.name not in but
        and glass in (None, question.glass)
    ]


def _stage(draft: Draft) -> list[Question]:
    applying = draft.form.applying(draft.answers)
    names = [question.name for question in applying]
    if draft.form.files_after not in names:
        return applying
    cut = names.index(draft.form.files_after) + 1
    return applying[:cut] if draft.case_id is None else applying[cut:]


def _before(draft: Draft) -> list[Question]:
    stage = _stage(draft)
    return stage[: stage.index(draft.question)] if draft.question in stage else stage


def _answers(draft: Draft, question: Question, asking: Asking, page: str) -> Rows:
    if isinstance(question, Day):
        return _month(draft, question, asking, page)
    options = [_choice(draft, question, choice) for choice in question.options(asking)]
    if isinstance(question, Time | Number):
        return _wide(options, 6)
    if isinstance(question, Several):
        return (*_wide(options, 1), (_step(draft, question, "done", texts.DONE),))
    share = (
        ((Button(texts.SHARE_NUMBER, ShareNumber(draft.id, question.name)),),) if isinstance(question, Phone) else ()
    )
    return (*share, *_paged(draft, question, options, int(page or 0)))


def _choice(draft: Draft, question: Question, choice: Option) -> Button:
    chosen = draft.answers.get(question.name)
    ticked = choice.key in chosen if isinstance(chosen, list) else choice.key == chosen
    label = texts.TICKED(label=choice.label) if ticked else choice.label
    return Button(label, Choose(draft.id, question.name, choice.key.replace(":", ".")))


def _wide(buttons: list[Button], width: int) -> Rows:
    return tuple(tuple(buttons[start : start + width]) for start in range(0, len(buttons), width))


def _paged(draft: Draft, question: Question, buttons: list[Button], page: int) -> Rows:
    if len(buttons) <= PAGE + 1:
        return _wide(buttons, 1)
    pages = (len(buttons) - 1) // PAGE + 1
    here = page % pages
    turn = Button(texts.MORE_OPTIONS(page=here + 1, of=pages), Turn(draft.id, question.name, str(here + 1)))
    return (*_wide(buttons[here * PAGE : (here + 1) * PAGE], 1), (turn,))


def _moves(draft: Draft, question: Question) -> Rows:
    ways = []
    if question.optional:
        ways.append(_step(draft, question, "skip", texts.SKIP))
    if draft.case_id is not None:
        ways.append(_step(draft, question, "enough", texts.ENOUGH))
    last = []
    if _before(draft):
        last.append(_step(draft, question, "back", texts.BACK))
    if draft.case_id is None:
        last.append(_step(draft, question, "cancel", texts.CANCEL))
    leave = [Button(texts.LEAVE_NOW, Leave())] if draft.form.branch else []
    ways_on = (_entries(draft), _whole_text(draft), ways, _keep(draft, question), last, leave)
    return tuple(tuple(row) for row in ways_on if row)


def _entries(draft: Draft) -> list[Button]:
    first = draft.question == draft.form.questions[0] and draft.case_id is None
    return [Button(label, Enter(entry)) for label, entry in draft.form.entries] if first else []


def _keep(draft: Draft, question: Question) -> list[Button]:
    """Leaving destroys what was begun, unless she says that it should stay (S05)."""
    begun = draft.form.branch and draft.case_id is None and draft.answers and "_kept" not in draft.answers
    return [_step(draft, question, "keep", texts.KEEP_DRAFT)] if begun else []


def _whole_text(draft: Draft) -> list[Button]:
    """The first screen of the branch says in three lines what happens to the words; the rest is behind a button."""
    first = draft.form.branch and draft.form.files_after != draft.form.questions[-1].name and not draft.answers
    topic = "child" if draft.form.name == "child" else "consent"
    return [Button(texts.CONSENT_WHOLE, Explain(topic))] if first else []


def _step(draft: Draft, question: Question | None, move: str, label: Wording) -> Button:
    return Button(label, Step(draft.id, question.name if question else "", move))


def _summary(draft: Draft, asking: Asking) -> Screen:
    edits = [
        Button(texts.EDIT_LINE(question=question.heading), Correct(draft.id, question.name))
        for question in draft.form.applying(draft.answers)
    ]
    send = (_step(draft, None, "send", Line(draft.form.send)),)
    last = (_step(draft, None, "back", texts.BACK), _step(draft, None, "cancel", texts.CANCEL))
    leave = ((Button(texts.LEAVE_NOW, Leave()),),) if draft.form.branch else ()
    return Screen(paragraphs(texts.SUMMARY, rows(*_every_line(draft, asking))), (send, *_wide(edits, 2), last, *leave))


def _every_line(draft: Draft, asking: Asking) -> list[Wording]:
    return [
        texts.ANSWERED(question=question.heading, answer=_given(draft, question, asking))
        for question in draft.form.applying(draft.answers)
    ]


def _given(draft: Draft, question: Question, asking: Asking) -> Wording:
    value = draft.answers.get(question.name)
    return texts.SKIPPED if value in (None, []) else question.shown(value, asking)


def _month(draft: Draft, question: Day, asking: Asking, page: str) -> Rows:
    """A month's grid, Monday first, days gone by left blank, with the months beside it."""
    today = asking.now.date()
    first = date.fromisoformat(f"{page}-01") if page else today.replace(day=1)
    today -= timedelta(days=question.back)
    blank = Button(Own("·"), Idle())
    head = tuple(Button(weekday, Idle()) for weekday in texts.WEEKDAYS)
    weeks = tuple(
        tuple(
            Button(Own(str(day.day)), Choose(draft.id, question.name, day.isoformat()))
            if day >= today and day.month == first.month
            else blank
            for day in week
        )
        for week in calendar.Calendar().monthdatescalendar(first.year, first.month)
        if any(day >= today and day.month == first.month for day in week)
    )
    title = Button(texts.MONTHS[first.month - 1](year=first.year), Idle())
    return (_beside(draft, question, first, today, title), head, *weeks)


def _beside(draft: Draft, question: Day, first: date, today: date, title: Button) -> tuple[Button, ...]:
    earlier = date(first.year - (first.month == 1), (first.month - 2) % 12 + 1, 1)
    later = date(first.year + (first.month == 12), first.month % 12 + 1, 1)  # noqa: PLR2004 - December
    before = Button(Own("‹"), Turn(draft.id, question.name, f"{earlier:%Y-%m}"))
    after = Button(Own("›"), Turn(draft.id, question.name, f"{later:%Y-%m}"))
    return (before, title, after) if earlier >= today.replace(day=1) else (title, after)
