"""Documents received: that they were, never what stands in them; in the branch none are collected (S16)."""

from bot.core import texts
from bot.core.buttons import Mark
from bot.core.cases import Case
from bot.core.events import Message, Refused, Rows
from bot.core.lines import Sentence, Wording, rows
from handlers.here import Here, column
from storage import cases, papers
from storage.people import Person

PAPERS: dict[str, Sentence] = {
    "passport": texts.PAPER_PASSPORT,
    "tax_number": texts.PAPER_TAX,
    "birth_certificate": texts.PAPER_BIRTH,
    "income": texts.PAPER_INCOME,
    "residence": texts.PAPER_RESIDENCE,
    "other": texts.PAPER_OTHER,
}


def page(here: Here, case: Case, of: str, mine: bool) -> tuple[Wording, Rows]:  # noqa: ARG001, FBT001 - a page like every other
    if case.branch:
        return texts.PAPERS_NOT_HERE, ()
    received = set(papers.received(here.tx, case.id))
    ticked = [(key, texts.TICKED(label=name) if key in received else name) for key, name in PAPERS.items()]
    if not mine:
        lines = [label for key, label in ticked if key in received]
        return rows(*lines) if lines else texts.HISTORY_EMPTY, ()
    return texts.PAPERS_PAGE, column(*((label, Mark(case.id, "paper", key)) for key, label in ticked))


def count(here: Here, case: Case) -> int:
    return len(papers.received(here.tx, case.id))


def marked(here: Here, me: Person, case: Case, key: str) -> list[Message]:
    if case.branch:
        raise Refused(texts.PAPERS_NOT_HERE)
    if key not in PAPERS:
        raise Refused(texts.STALE)
    there = papers.turn(here.tx, case.id, key, by=me.id, now=here.now)
    cases.note(here.tx, case.id, f"paper.{key}" if there else f"paper_off.{key}", by=me.id, now=here.now)
    return []
