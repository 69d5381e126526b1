"""«My requests»: one's own, and those of the branch only by number and code (S10, S11, S29)."""

from bot.core import texts
from bot.core.buttons import Claimant, Enter, Leave, Own
from bot.core.cases import Case, read_number
from bot.core.events import Button, Message, Rows
from bot.core.filling import Draft
from bot.core.lines import Line, Wording, paragraphs, rows
from handlers import own, page, queue
from handlers.here import Here, column, row, screen
from storage import cases, tries
from storage.people import Person

KEY = "return"


def requests(here: Here, me: Person) -> list[Message]:
    known = cases.reported_by(here.tx, me.id, branch=False)
    lines = [own.line(here, case) for case in known]
    text: Wording = paragraphs(texts.YOUR_REQUESTS, rows(*lines)) if lines else texts.NO_REQUESTS
    opens = column(*((case.name, Own(case.id, "show")) for case in known[:8] if not case.of_others))
    ways = (*opens, *row((texts.OPEN_BY_CODE, Enter("return"))), *row((texts.TO_MENU, Enter("menu"))))
    return screen(here, me, "mine", text, ways, protect=bool(lines))


def opened_by_code(here: Here, me: Person, draft: Draft) -> list[Message]:
    """The request, for whoever knows its number and code. Whoever tries often waits longer and longer."""
    until = tries.wait_until(here.tx, me.id, now=here.now)
    if until is not None:
        return _said(here, me, texts.TRY_LATER(at=until))
    number = read_number(str(draft.answers["number"]))
    found = cases.by_code(here.tx, number, str(draft.answers["code"])) if number else None
    if found is None:
        tries.wrong(here.tx, me.id, now=here.now)
        return _said(here, me, texts.WRONG_CODE, row((texts.OPEN_BY_CODE, Enter("return"))))
    tries.right(here.tx, me.id)
    case, second = found
    if second:
        return _watched(here, me, case)
    return _said(here, me, texts.NOT_SAFE_NOW) if draft.answers["safe"] == "no" else _let_in(here, me, case)


def _let_in(here: Here, me: Person, case: Case) -> list[Message]:
    """Her own account sees the case; another one may write, and reads after a specialist's check."""
    if cases.standing(here.tx, case.id, me.id) == "holds":
        cases.open_for(here.tx, case.id, me.id, until=here.now + own.OPEN_FOR)
        return own.shown(here, me, case)
    news = cases.ask_in(here.tx, case.id, me.id, until=here.now + own.OPEN_FOR, now=here.now)
    cases.open_for(here.tx, case.id, me.id, until=here.now + own.OPEN_FOR)
    ways = (*column((texts.WRITE_TO_US, Own(case.id, "write"))), *_out())
    asked = queue.to_keepers(here, case, _asks(case), _check(case, me)) if news else []
    return [*screen(here, me, page.key(case), texts.NOT_CHECKED_YET, ways, branch=True), *asked]


def _watched(here: Here, me: Person, case: Case) -> list[Message]:
    """The second code: a harmless history for whoever looks, a sign for the staff, and nothing else at all (S11)."""
    marked = cases.under_duress(here.tx, case.id, now=here.now) or case
    harmless = texts.HARMLESS_HISTORY(number=case.name, opened=case.reported_at)
    ways = column((texts.GUIDE_OPEN, Enter("guide")), (texts.TO_MENU, Enter("menu")))
    sign = queue.to_keepers(here, marked, texts.DURESS_SIGN(number=case.name), queue.open_card_button(case))
    return [*screen(here, me, KEY, harmless, ways, branch=True), *sign]


def _said(here: Here, me: Person, words: Wording, ways: Rows = ()) -> list[Message]:
    return screen(here, me, KEY, words, (*ways, *_out()), branch=True)


def _asks(case: Case) -> Line:
    return texts.ACCOUNT_ASKS(number=case.name)


def _check(case: Case, me: Person) -> Rows:
    same = (texts.SAME_PERSON, Claimant(case.id, me.id, 1))
    return row(same, (texts.ANOTHER_PERSON, Claimant(case.id, me.id, 0)))


def _out() -> Rows:
    return ((Button(texts.LEAVE_NOW, Leave()),),)
