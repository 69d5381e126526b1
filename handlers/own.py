"""A case as the one who asked sees it: opened by number and code, discreet, gone with the sweep (S10, S29)."""

from datetime import timedelta

from bot.core import texts
from bot.core.buttons import Enter, Leave, Own
from bot.core.cases import Case
from bot.core.events import Button, Message, Refused, Rows
from bot.core.lines import Line, Sentence, Wording, paragraphs
from handlers import agreed, rights
from handlers.here import Here, column, row, screen
from storage import cases, visits
from storage.people import Person

OPEN_FOR = timedelta(hours=47)
"""Until she leaves or the sweep comes, which is always earlier (S07)."""


def key(case: Case) -> str:
    return f"own:{case.id}"


def opened(here: Here, me: Person, case_id: int) -> Case:
    """The case, if this person has it open: filed it or gave number and code since the last leaving. Raises Refused."""
    case = cases.opened(here.tx, case_id, me.id, now=here.now)
    if case is None:
        raise Refused(texts.OPEN_IT_AGAIN)
    return case


def shown(here: Here, me: Person, case: Case) -> list[Message]:
    """The state without a word of its content, what waits to be read, and what can be done."""
    late = case.waits and case.answer_due_at < here.now and case.form != "other"
    sorry = [texts.ANSWER_LATE(at=case.answer_due_at)] if late else []
    text = paragraphs(*sorry, line(here, case), *rights.lines(here, case), *agreed.lines(here, case))
    return screen(here, me, key(case), text, _ways(here, case), branch=True, protect=True)


def pressed(here: Here, me: Person, button: Own) -> list[Message]:
    """«rights.…» and «call.…» have rooms of their own; what begins a form is begun by the router."""
    case = opened(here, me, button.case)
    topic, _, move = button.move.partition(".")
    match topic:
        case "rights":
            return rights.pressed(here, me, case, move)
        case "call":
            return agreed.pressed(here, me, case, move)
        case _:
            return shown(here, me, case)


def line(here: Here, case: Case) -> Line:
    return texts.REQUEST_LINE(number=case.name, opened=case.reported_at, state=_state(here, case))


def back(case: Case) -> Rows:
    """From a page of the case to the case, and out."""
    return (*row((texts.TO_CASE, Own(case.id, "show"))), (Button(texts.LEAVE_NOW, Leave()),))


def _ways(here: Here, case: Case) -> Rows:
    ways = column(
        *agreed.ways(here, case),
        *rights.ways(case),
        (texts.TO_MENU, Enter("menu")),
    )
    return (*ways, (Button(texts.LEAVE_NOW, Leave()),))


def _state(here: Here, case: Case) -> Sentence | Line:
    """As the person who asked should read it; other people's cases only say that they are here (S14)."""
    if case.form == "other":
        return texts.STATE_NEW
    visit = visits.of_case(here.tx, case.id)
    if visit is not None and case.closed_at is None:
        return texts.STATE_VISIT(at=visit.starts_at)
    states: dict[str, Sentence | Line] = {
        "new": texts.STATE_NEW,
        "claimed": texts.STATE_CLAIMED,
        "closed": texts.STATE_CLOSED,
    }
    return states.get(case.state, texts.STATE_CONTACTED)
