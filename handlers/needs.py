"""Needs of a case that were met: a list of the profile, ticked."""

from bot.core import texts
from bot.core.buttons import Mark
from bot.core.cases import Case
from bot.core.events import Message, Refused, Rows
from bot.core.lines import Wording, paragraphs, rows
from handlers.here import Here, column
from storage import cases, needs
from storage.people import Person


def page(here: Here, case: Case, of: str, mine: bool) -> tuple[Wording, Rows]:  # noqa: ARG001, FBT001 - a page like every other
    met = set(needs.met(here.tx, case.id))
    ticked = [(item, texts.TICKED(label=item.name) if item.key in met else item.name) for item in here.centre.needs_met]
    if not mine:
        lines = [label for item, label in ticked if item.key in met]
        return rows(*lines) if lines else texts.HISTORY_EMPTY, ()
    return paragraphs(texts.NEEDS_PAGE), column(*((label, Mark(case.id, "need", item.key)) for item, label in ticked))


def count(here: Here, case: Case) -> int:
    return len(needs.met(here.tx, case.id))


def marked(here: Here, me: Person, case: Case, key: str) -> list[Message]:
    if key not in (item.key for item in here.centre.needs_met):
        raise Refused(texts.STALE)
    met = needs.turn(here.tx, case.id, key, by=me.id, now=here.now)
    cases.note(here.tx, case.id, f"need.{key}" if met else f"need_off.{key}", by=me.id, now=here.now)
    return []
