"""Filling any form: the moves are pure (bot/core/filling.py), here they are stored and shown."""

from dataclasses import replace
from typing import Any

from bot.core import filling, texts
from bot.core.buttons import Choose, Correct, ShareNumber, Step, Turn
from bot.core.events import Delete, Message, Refused, Remove, Send, Toast
from bot.core.filling import Draft, Form
from bot.core.forms import FORMS
from bot.core.lines import Sentence, Wording
from bot.core.questions import NotUnderstood, Several
from handlers import filing, menu, own, sheet
from handlers.here import Here, row, screen
from storage import cases, drafts, outbox
from storage.drafts import Stored
from storage.people import Person

MOST_KEPT = 50
"""Messages that are kept with a report that is not filed yet."""


def begin(
    here: Here, me: Person, form: str, *, subject_id: int = 0, notes: dict[str, Any] | None = None
) -> list[Message]:
    """Starts the form; one that was begun before is offered to go on with, except in the branch.

    `notes` are what the form knows beforehand; their names begin with «_».
    """
    _allowed(me, form)
    older = drafts.of_form(here.tx, me.id, form, now=here.now)
    if older and older.answers.get("_kept"):
        return sheet.show(here, me, older)
    if older and older.answers != (notes or {}) and not (FORMS[form].branch or subject_id):
        title = texts.GO_ON_WITH(form=Sentence(FORMS[form].title))
        ways = row((texts.GO_ON, Step(older.id, "", "go_on")), (texts.START_OVER, Step(older.id, "", "again")))
        return screen(here, me, sheet.key(older), title, ways)
    return start_over(here, me, form, subject_id=subject_id, notes=notes)


def start_over(
    here: Here, me: Person, form: str, *, subject_id: int = 0, notes: dict[str, Any] | None = None
) -> list[Message]:
    older = drafts.of_form(here.tx, me.id, form, now=here.now)
    stored = drafts.begin(
        here.tx,
        me.id,
        form,
        subject_id=subject_id,
        notes=notes,
        expires_at=sheet.expiry(here, FORMS[form]),
        now=here.now,
    )
    if FORMS[form].branch and not here.typed:
        outbox.take_over(here.tx, me.id, here.message_id, sheet.key(stored))
    return [*([Delete(here.asker, sheet.key(older))] if older else []), *sheet.show(here, me, stored)]


def instead(here: Here, me: Person, form: str) -> list[Message]:
    """Another form in the place of the one in hand, of which nothing was sent; what was said in it goes."""
    stored = sheet.current(here, me)
    if stored is None or stored.case_id is not None or not FORMS[stored.form].entries:
        return begin(here, me, form)
    begun = begin(here, me, form)
    drafts.destroy(here.tx, stored, now=here.now)
    return [*begun, Delete(here.asker, sheet.key(stored))]


def choose(here: Here, me: Person, pressed: Choose) -> list[Message]:
    """An option was pressed. A button of a question that is not in front is stale."""
    stored = _pressed(here, me, pressed.draft)
    draft = sheet.opened(stored)
    question = draft.question
    if question is None or question.name != pressed.question:
        raise sheet.Stale
    try:
        value = question.chosen(pressed.option, sheet.asking(here, stored))
    except NotUnderstood as why:
        return [Toast(why.line), *sheet.show(here, me, stored)]
    if isinstance(question, Several):
        return _kept(here, me, stored, filling.toggled(draft, question, pressed.option))
    return advance(here, me, stored, filling.answered(draft, question.name, value), question.name)


def step(here: Here, me: Person, pressed: Step) -> list[Message]:
    """Back, Skip, Cancel, Done, Send and their like."""
    stored = _pressed(here, me, pressed.draft)
    draft = sheet.opened(stored)
    question = draft.question
    if pressed.question != (question.name if question else "") and pressed.move not in ("go_on", "again", "cancel"):
        raise sheet.Stale
    if question is not None and pressed.move == "skip" and question.optional:
        return advance(here, me, stored, filling.answered(draft, question.name, None), question.name)
    if question is not None and pressed.move == "done":
        return advance(here, me, stored, filling.done(draft, question), question.name)
    return _moved(here, me, stored, draft, pressed.move)


def turn(here: Here, me: Person, pressed: Turn) -> list[Message]:
    stored = _pressed(here, me, pressed.draft)
    question = sheet.opened(stored).question
    if question is None or question.name != pressed.question:
        raise sheet.Stale
    return sheet.show(here, me, stored, pressed.page)


def correct(here: Here, me: Person, pressed: Correct) -> list[Message]:
    """Edit a line of the summary."""
    stored = _pressed(here, me, pressed.draft)
    draft = sheet.opened(stored)
    if draft.question is not None or draft.form.question(pressed.question) is None:
        raise sheet.Stale
    return _kept(here, me, stored, filling.corrected(draft, pressed.question))


def share_number(here: Here, me: Person, pressed: ShareNumber) -> list[Message]:
    stored = _pressed(here, me, pressed.draft)
    branch = FORMS[stored.form].branch
    return [Send(here.asker, texts.PRESS_TO_SHARE, ask_number=texts.SHARE_NUMBER, branch=branch)]


def typed(here: Here, me: Person, stored: Stored, text: str) -> list[Message]:
    """Words for the question in front. In the branch they leave the chat as soon as they are stored (S04)."""
    draft = sheet.opened(stored)
    question = draft.question
    cleared = _cleared(here, draft.form)
    if question is None:
        return [*cleared, *sheet.show(here, me, stored)]
    try:
        answered = filling.typed(draft, text, sheet.asking(here, stored), here.means)
    except NotUnderstood as why:
        return [*cleared, *_not_an_answer(here, me, stored, text, why.line)]
    return [*cleared, *advance(here, me, stored, answered, question.name)]


def number_shared(here: Here, me: Person, stored: Stored, phone: str, *, own: bool) -> list[Message]:
    """A contact arrived: any contact can be sent, so only the sender's own is taken without asking."""
    if not own:
        return [*_cleared(here, FORMS[stored.form]), *sheet.show(here, me, stored, problem=texts.NOT_YOUR_NUMBER)]
    branch = FORMS[stored.form].branch
    noted = Send(here.asker, texts.NUMBER_NOTED, drop_keyboard=True, branch=branch)
    return [noted, *typed(here, me, stored, phone if phone.startswith("+") else f"+{phone}")]


def media(here: Here, me: Person, stored: Stored) -> list[Message]:
    """What is not text: in the branch declined, deleted at once and not stored (S16)."""
    form = FORMS[stored.form]
    problem = texts.NOT_KEPT if form.branch else texts.TEXT_PLEASE
    return [*_cleared(here, form), *sheet.show(here, me, stored, problem=problem)]


def declined(here: Here) -> list[Message]:
    """In the branch with no question in front: gone from the chat, never stored (S16)."""
    return [Remove(here.asker, (here.message_id,)), Send(here.asker, texts.NOT_KEPT, menu.leave(), branch=True)]


def cancel(here: Here, me: Person, stored: Stored) -> list[Message]:
    """The draft goes with its key, and its screen with it; what was filed stays filed, and an open case stays open."""
    drafts.given_up(here.tx, stored, day=here.local.date(), now=here.now)
    about = stored.subject_id if FORMS[stored.form].branch else 0
    case = cases.opened(here.tx, about, me.id, now=here.now) if about else None
    if case is not None:
        return [Delete(here.asker, sheet.key(stored)), Toast(texts.CANCELLED), *own.shown(here, me, case)]
    branch = FORMS[stored.form].branch
    return [
        Delete(here.asker, sheet.key(stored)),
        Send(here.asker, texts.CANCELLED, menu.leave() if branch else (), branch=branch),
        *menu.menu(replace(here, typed=True), me),
    ]


def advance(here: Here, me: Person, stored: Stored, draft: Draft, name: str) -> list[Message]:
    """After an answer: the next question, or what the form is for."""
    if filling.files_now(draft, name):
        return filing.file(here, me, stored, draft)
    if draft.case_id is not None:
        news = filing.add(here, draft, name)
        over = draft.question is None
        return [*(filing.enough(here, stored, draft) if over else _kept(here, me, stored, draft)), *news]
    return _kept(here, me, stored, draft)


def _pressed(here: Here, me: Person, draft_id: int) -> Stored:
    stored = drafts.by_id(here.tx, draft_id, person_id=me.id, now=here.now)
    if stored is None:
        raise sheet.Stale
    _allowed(me, stored.form)
    return stored


def _allowed(me: Person, form: str) -> None:
    if not me.may(f"form {form}"):
        raise Refused(texts.NOT_FOR_YOU)


def _kept(here: Here, me: Person, stored: Stored, draft: Draft) -> list[Message]:
    changed = replace(stored, answers=dict(draft.answers), at=draft.at)
    drafts.keep(here.tx, changed, expires_at=sheet.expiry(here, draft.form), now=here.now)
    return sheet.show(here, me, changed)


def _moved(here: Here, me: Person, stored: Stored, draft: Draft, move: str) -> list[Message]:  # noqa: PLR0911 - a move a line
    match move:
        case "back":
            return _kept(here, me, stored, filling.back(draft))
        case "keep":
            kept = replace(draft, answers=draft.answers | {"_kept": True})
            return [Toast(texts.DRAFT_KEPT), *_kept(here, me, stored, kept)]
        case "cancel":
            return cancel(here, me, stored)
        case "again":
            known = {name: "now" for name in stored.answers if name == "received"}
            return start_over(here, me, stored.form, subject_id=stored.subject_id, notes=known)
        case "go_on":
            return _kept(here, me, stored, draft)
        case "enough" if draft.case_id is not None:
            return filing.enough(here, stored, draft)
        case "send" if draft.question is None:
            return filing.file(here, me, stored, draft)
        case _:
            raise sheet.Stale


def _not_an_answer(here: Here, me: Person, stored: Stored, text: str, why: Wording) -> list[Message]:
    """In a report of the branch no word is lost: before filing it is kept with the draft, after it with the case."""
    if FORMS[stored.form].name not in ("safety", "child"):
        return sheet.show(here, me, stored, problem=why)
    case = cases.by_id(here.tx, stored.case_id) if stored.case_id is not None else None
    if case is not None:
        return [*own.wrote(here, me, case, text), *sheet.show(here, me, stored, problem=texts.WORDS_KEPT)]
    said = [*stored.answers.get("_said", []), text][-MOST_KEPT:]
    noted = replace(stored, answers=stored.answers | {"_said": said})
    drafts.keep(here.tx, noted, expires_at=sheet.expiry(here, FORMS[stored.form]), now=here.now)
    return sheet.show(here, me, noted, problem=texts.WORDS_KEPT_FOR_LATER)


def _cleared(here: Here, form: Form) -> list[Message]:
    return [Remove(here.asker, (here.message_id,))] if form.branch and here.message_id else []
