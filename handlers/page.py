"""The one message on which a case stands open before the one who asked: its key, its buttons, how the case stands."""

from bot.core import texts
from bot.core.buttons import Leave, Own
from bot.core.cases import Case
from bot.core.events import Button, Message, Rows
from bot.core.lines import Line, Sentence, Wording
from handlers.here import Here, column, screen
from storage import visits
from storage.people import Person

STATES: dict[str, Sentence] = {
    "new": texts.STATE_NEW,
    "claimed": texts.STATE_CLAIMED,
    "closed": texts.STATE_CLOSED,
}


def key(case: Case) -> str:
    return f"own:{case.id}"


def turned(here: Here, me: Person, case: Case, text: Wording, ways: Rows = ()) -> list[Message]:
    """Another page on the same message; every one has the way back and out."""
    return screen(here, me, key(case), text, (*ways, *back(case)), branch=True, protect=True)


def back(case: Case) -> Rows:
    """From a page of the case to the case, and out."""
    return (*column((texts.TO_CASE, Own(case.id, "show"))), (Button(texts.LEAVE_NOW, Leave()),))


def state(here: Here, case: Case) -> Sentence | Line:
    """As the person who asked should read it; other people's cases only say that they are here (S14)."""
    if case.of_others:
        return texts.STATE_NEW
    if case.erased_at is not None:
        return texts.STATE_ERASED
    if case.withdrawn_at is not None and case.closed_at is None:
        return texts.STATE_WITHDRAWN
    visit = visits.of_case(here.tx, case.id)
    if visit is not None and case.closed_at is None:
        return texts.STATE_VISIT(at=visit.starts_at)
    return STATES.get(case.state, texts.STATE_CONTACTED)
