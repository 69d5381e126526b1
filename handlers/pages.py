"""The pages behind a card: one message, turned in place, each with the way back; who may see and who may press."""

from collections.abc import Callable, Mapping

from bot.core import texts
from bot.core.buttons import Mark, Page
from bot.core.cases import Case
from bot.core.events import Button, Message, Refused, Rows
from bot.core.lines import Line, Wording, paragraphs
from handlers import cards, counted, history, household, needs, notes, papers, referrals, results, services, sight, talk
from handlers.here import Here, column, screen
from storage import audit, cases
from storage.people import Person

Turn = Callable[[Here, Case, str, bool], tuple[Wording, Rows]]
"""A page: what of it (a number, a body), and whether the case is the reader's own. Its words and buttons."""
TITLES: Mapping[str, Wording] = {
    "history": texts.HISTORY,
    "notes": texts.NOTES,
    "services": texts.SERVICES,
    "needs": texts.NEEDS_MET,
    "family": texts.HOUSEHOLD,
    "papers": texts.PAPERS,
    "refer": texts.REFERRALS,
    counted.NAME: texts.FOR_REPORT,
}
SHOWS = {"service": "services", "need": "needs", "paper": "papers", "member": "family", **counted.SHOWS}
IN_PARTS = ("refer", counted.NAME)
"""Pages that are a list of pages: from each of those the way leads back to the list."""
FORMS = ("note", "member", "act")
"""Short forms about a case, begun from its pages."""


def turned(here: Here, me: Person, button: Page) -> list[Message]:
    """The page, for who has the case, and to read for the head, who has said why before (S25)."""
    name, _, of = button.page.partition(".")
    case, why = _seen(here, me, button.case)
    if name == "card":
        return cards.turned_back(here, me, case, why)
    if name not in TITLES or case.erased_at is not None:
        raise Refused(texts.STALE)
    if case.branch or name == counted.NAME:
        audit.note(here.tx, "page", by=me.id, case_id=case.id, reason=name, now=here.now)
    return shown(here, me, case, name, of)


def shown(here: Here, me: Person, case: Case, name: str, of: str = "") -> list[Message]:
    text, ways = _turns()[name](here, case, of, _changes(me, case, name))
    head = texts.PAGE_HEAD(number=case.name, page=TITLES[name])
    part = bool(of) and name in IN_PARTS
    up = texts.TO_PAGE(page=TITLES[name]) if part else texts.TO_CARD
    back = (up, Page(case.id, name if part else "card"))
    return screen(here, me, cards.key(case), paragraphs(head, text), (*ways, *column(back)), protect=True)


def marked(here: Here, me: Person, button: Mark) -> list[Message]:
    """Something of a list, put in or taken out by the one who has the case."""
    marks = _marks()
    if button.list not in marks:
        raise Refused(texts.STALE)
    case = _for_report(here, me, button.case) if button.list in counted.MARKS else talk.mine(here, me, button.case)
    said = marks[button.list](here, me, case, button.key)
    name, _, of = SHOWS.get(button.list, "").partition(".")
    return [*said, *(shown(here, me, case, name, of) if name else [])]


def ways(here: Here, case: Case) -> Rows:
    """The buttons of the pages, two in a row, each with how much there is."""
    numbers = {
        "notes": notes.count(here, case),
        "services": services.count(here, case),
        "needs": needs.count(here, case),
        "family": household.count(here, case),
        "papers": papers.count(here, case),
    }
    labels = [
        Button(_counted(title, numbers.get(name, 0)), Page(case.id, name))
        for name, title in TITLES.items()
        if not (name == "papers" and case.branch)
    ]
    return tuple(tuple(labels[start : start + 2]) for start in range(0, len(labels), 2))


def _turns() -> Mapping[str, Turn]:
    return {
        "history": history.page,
        "notes": notes.page,
        "services": services.page,
        "needs": needs.page,
        "family": household.page,
        "papers": papers.page,
        "refer": referrals.page,
        counted.NAME: counted.page,
    }


def _marks() -> Mapping[str, Callable[[Here, Person, Case, str], list[Message]]]:
    return {
        "service": services.marked,
        "need": needs.marked,
        "paper": papers.marked,
        "member": household.taken_out,
        "letter": referrals.written,
        "sent": referrals.sent,
        "duty": referrals.obliged,
        "step": results.step_taken,
        **counted.MARKS,
    }


def _changes(me: Person, case: Case, name: str) -> bool:
    """Whether the page is to be changed or only to be read."""
    if name == counted.NAME:
        return counted.changes(me, case)
    return case.claimed_by == me.id and case.closed_at is None


def _for_report(here: Here, me: Person, case_id: int) -> Case:
    """The case, whose codes this person may change. Raises Refused."""
    case, _ = _seen(here, me, case_id)
    if not counted.changes(me, case):
        raise Refused(texts.NOT_FOR_YOU)
    return case


def _counted(title: Wording, number: int) -> Wording | Line:
    return texts.WITH_COUNT(label=title, n=number) if number else title


def _seen(here: Here, me: Person, case_id: int) -> tuple[Case, str]:
    """The case and why it may be read. Of the branch the head's reason is the one the card was opened with."""
    case = cases.by_id(here.tx, case_id)
    right = sight.reason(here, me, case) if case else ""
    if case is None or right not in (sight.ASSIGNED, sight.OVERSIGHT):
        raise Refused(texts.NOT_FOR_YOU)
    if right == sight.ASSIGNED or not case.branch:
        return case, right
    opened = [each for each in audit.of_case(here.tx, case.id) if each.by == me.id and each.action == "opened"]
    if not opened or opened[-1].reason not in cards.WHY or here.now - opened[-1].at > cards.OPEN_FOR:
        raise Refused(texts.NOT_FOR_YOU)
    return case, opened[-1].reason
