"""«My requests»: one's own, and those of the branch only by number and code (S29)."""

from bot.core import texts
from bot.core.buttons import Enter, Leave
from bot.core.cases import Case, read_number
from bot.core.events import Button, Message, Send
from bot.core.filling import Draft
from bot.core.lines import Line, Sentence, Wording, paragraphs, rows
from handlers.here import Here, row, screen
from storage import cases, visits
from storage.people import Person


def requests(here: Here, me: Person) -> list[Message]:
    known = cases.reported_by(here.tx, me.id, branch=False)
    lines = [_line(here, case) for case in known]
    text: Wording = paragraphs(texts.YOUR_REQUESTS, rows(*lines)) if lines else texts.NO_REQUESTS
    ways = (*row((texts.OPEN_BY_CODE, Enter("return"))), *row((texts.TO_MENU, Enter("menu"))))
    return screen(here, me, "mine", text, ways, protect=bool(lines))


def opened_by_code(here: Here, draft: Draft) -> list[Message]:
    """The state of a request, for whoever knows its number and code."""
    number = read_number(str(draft.answers["number"]))
    case = cases.by_code(here.tx, number, str(draft.answers["code"])) if number else None
    if case is None:
        return [Send(here.asker, texts.WRONG_CODE, row((texts.OPEN_BY_CODE, Enter("return"))), branch=True)]
    late = case.waits and case.answer_due_at < here.now
    sorry = [texts.ANSWER_LATE(at=case.answer_due_at)] if late else []
    text = paragraphs(*sorry, _line(here, case))
    return [Send(here.asker, text, ((Button(texts.LEAVE_NOW, Leave()),),), branch=True, protect=True)]


def _line(here: Here, case: Case) -> Line:
    return texts.REQUEST_LINE(number=case.name, opened=case.reported_at, state=_state(here, case))


def _state(here: Here, case: Case) -> Sentence | Line:
    """As the person who asked should read it; other people's cases only say that they are here (S14)."""
    if case.form == "other":
        return texts.STATE_NEW
    visit = visits.of_case(here.tx, case.id)
    if visit is not None and case.closed_at is None:
        return texts.STATE_VISIT(at=visit.starts_at)
    return {
        "new": texts.STATE_NEW,
        "claimed": texts.STATE_CLAIMED,
        "closed": texts.STATE_CLOSED,
    }.get(case.state, texts.STATE_CONTACTED)
