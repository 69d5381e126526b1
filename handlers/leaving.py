"""Leave now (S05): the branch goes out of the chat, the draft is destroyed, one harmless line stays."""

from datetime import time

from bot.core import texts
from bot.core.events import Lane, Message, Remove, Send
from bot.core.forms import FORMS
from bot.core.lines import Joined, Line, Wording
from handlers.here import Here
from storage import drafts, outbox
from storage.people import Person

WORDS = ("вихід", "стоп", "stop", "exit")


def leave(here: Here, me: Person) -> list[Message]:
    """Everything of the branch that can be deleted is, before anything else is sent."""
    for form in FORMS.values():
        stored = drafts.of_form(here.tx, me.id, form.name, now=here.now) if form.branch else None
        if stored is not None:
            drafts.destroy(here.tx, stored, now=here.now)
    outbox.drop(here.tx, me.id, now=here.now, branch_only=True)
    mine = (here.message_id,) if here.typed and here.message_id else ()
    gone = (*outbox.of_branch(here.tx, me.id), *mine)
    outbox.gone(here.tx, me.id, gone)
    pieces = [gone[start : start + 100] for start in range(0, len(gone), 100)]
    removals = [Remove(me.id, piece, lane=Lane.URGENT) for piece in pieces]
    return [*removals, Send(me.id, texts.LEFT(hours=office_hours(here)), lane=Lane.URGENT)]


def said(text: str) -> bool:
    """Whether the whole message is a word of leaving."""
    return text.strip().casefold() in WORDS


def in_branch(here: Here, me: Person) -> bool:
    """Whether the talk that stands in the chat is of the branch."""
    stored = drafts.current(here.tx, me.id, now=here.now)
    return (stored is not None and FORMS[stored.form].branch) or bool(outbox.of_branch(here.tx, me.id))


def office_hours(here: Here) -> Wording:
    """«Mon–Fri 8:00–20:00»."""
    return Joined(tuple(_span(sorted(each.days), each.opens, each.closes) for each in here.centre.hours), by="; ")


def _span(days: list[int], opens: time, closes: time) -> Line:
    first, last = texts.WEEKDAYS[days[0]], texts.WEEKDAYS[days[-1]]
    return texts.OPEN_FROM_TO(first=first, last=last, opens=opens, closes=closes)
