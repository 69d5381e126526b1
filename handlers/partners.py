"""Other bodies: a school or the police tell the centre of a family and get a receipt, nothing else (S14)."""

from collections.abc import Callable
from dataclasses import replace

from bot.core import texts
from bot.core.cases import Case
from bot.core.centre import PARTNER
from bot.core.events import Message, Refused, Send
from bot.core.filling import Draft
from bot.core.lines import By
from handlers import ladder, menu
from handlers.here import Here
from storage import drafts
from storage.drafts import Stored
from storage.people import Person

Opens = Callable[[Here, Person, Stored, Draft], Case]


def noticed(here: Here, me: Person, stored: Stored, draft: Draft, opens: Opens) -> list[Message]:
    """The case, from the body that the invitation named; the receipt has a number and by when it is read."""
    case = opens(here, me, stored, replace(draft, answers={**draft.answers, "source": source(me)}))
    drafts.finish(here.tx, stored)
    receipt = texts.RECEIPT_NOTICE(number=case.name, by=By(case.answer_due_at, here.now))
    return [Send(here.asker, receipt, menu.back(), key=f"receipt:{case.id}", protect=True), *ladder.begun(here, case)]


def source(me: Person) -> str:
    """Which body the partner is: the scope of the role. Raises Refused."""
    known = [scope for role, scope in me.roles if role == PARTNER and scope]
    if not known:
        raise Refused(texts.NOT_FOR_YOU)
    return known[0]
