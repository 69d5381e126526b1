"""Words of danger in what somebody writes (S18): a warm line, the numbers, a question. Never a case without a press."""

from bot.core import danger, texts
from bot.core.buttons import Enter, Fine, Leave
from bot.core.events import Delete, Message, Send, Toast
from bot.core.filling import Form
from bot.core.lines import Wording, paragraphs, rows
from handlers.here import Here, column
from storage import outbox
from storage.people import Person

KEY = "care"
LIFE = "crisis_line"
"""The profile's row for somebody who does not want to live; the urgent numbers come with it."""


def asked(here: Here, me: Person, text: str, form: Form | None) -> list[Message]:
    """What is said besides the answer; nothing to staff at their forms, and once while it stands in the chat.

    In the branch the numbers of danger have been given; there only words against one's own life are answered.
    """
    if form is not None and form.staff:
        return []
    kind = danger.found(text)
    known = kind == "violence" and form is not None and form.branch
    if kind is None or known or outbox.standing(here.tx, me.id, KEY) is not None:
        return []
    ways = column((texts.YES_I_NEED_HELP, Enter("safety")), (texts.ANOTHER_MATTER, Fine()), (texts.LEAVE_NOW, Leave()))
    return [Send(here.asker, _words(here, kind), ways, key=KEY, branch=True)]


def fine(here: Here) -> list[Message]:
    """It was about something else: the question goes, and what was begun goes on."""
    return [Toast(texts.GOOD_TO_KNOW), Delete(here.asker, KEY)]


def _words(here: Here, kind: str) -> Wording:
    warm = texts.YOU_ARE_NOT_ALONE if kind == "self_harm" else texts.THIS_SOUNDS_HARD
    life = [phone for phone in here.centre.phones if phone.key == LIFE and kind == "self_harm"]
    numbers = [texts.PHONE_LINE(number=phone.number, name=phone.name) for phone in (*life, *here.centre.urgent_phones)]
    return paragraphs(warm, rows(*numbers), texts.DO_YOU_NEED_HELP)
