"""«My requests»: one's own, and those of the branch only by number and code (S29)."""

from bot.core import texts
from bot.core.buttons import Enter
from bot.core.cases import read_number
from bot.core.events import Message, Send
from bot.core.filling import Draft
from bot.core.lines import Wording, paragraphs, rows
from handlers import own
from handlers.here import Here, row, screen
from storage import cases
from storage.people import Person


def requests(here: Here, me: Person) -> list[Message]:
    known = cases.reported_by(here.tx, me.id, branch=False)
    lines = [own.line(here, case) for case in known]
    text: Wording = paragraphs(texts.YOUR_REQUESTS, rows(*lines)) if lines else texts.NO_REQUESTS
    ways = (*row((texts.OPEN_BY_CODE, Enter("return"))), *row((texts.TO_MENU, Enter("menu"))))
    return screen(here, me, "mine", text, ways, protect=bool(lines))


def opened_by_code(here: Here, me: Person, draft: Draft) -> list[Message]:
    """The request, for whoever knows its number and code."""
    number = read_number(str(draft.answers["number"]))
    case = cases.by_code(here.tx, number, str(draft.answers["code"])) if number else None
    if case is None:
        again = row((texts.OPEN_BY_CODE, Enter("return")))
        return [Send(here.asker, texts.WRONG_CODE, again, branch=True)]
    cases.open_for(here.tx, case.id, me.id, until=here.now + own.OPEN_FOR)
    return own.shown(here, me, case)
