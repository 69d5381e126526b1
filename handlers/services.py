"""Services given in a case: a press each time, the last one taken back with one."""

from bot.core import discretion, texts
from bot.core.buttons import Mark
from bot.core.cases import Case
from bot.core.centre import Item
from bot.core.events import Message, Refused, Rows
from bot.core.lines import Wording, paragraphs, rows
from handlers.here import Here, column
from storage import cases, services
from storage.people import Person

UNDO = "-"


def page(here: Here, case: Case, of: str, mine: bool) -> tuple[Wording, Rows]:  # noqa: ARG001, FBT001 - a page like every other
    given = services.totals(here.tx, case.id)
    said = lines(here, case)
    if not mine:
        return rows(*said) if said else texts.HISTORY_EMPTY, ()
    back = column((texts.TAKE_BACK_LAST, Mark(case.id, "service", UNDO))) if given else ()
    labels = [(_line(item, given.get(item.key, 0)), item.key) for item in here.centre.services]
    gives = column(*((label, Mark(case.id, "service", key)) for label, key in labels))
    return paragraphs(texts.SERVICES_PAGE, rows(*said)), (*gives, *back)


def lines(here: Here, case: Case) -> list[Wording]:
    """What was given, each with how often."""
    given = services.totals(here.tx, case.id)
    return [_line(item, given[item.key]) for item in here.centre.services if item.key in given]


def told(here: Here, case: Case) -> list[Wording]:
    """For her own file; outside the branch without a name that somebody over her shoulder must not read (S01)."""
    given = services.totals(here.tx, case.id)
    plain = [item for item in here.centre.services if case.branch or not _tells(item)]
    return [_line(item, given[item.key]) for item in plain if item.key in given]


def count(here: Here, case: Case) -> int:
    return sum(services.totals(here.tx, case.id).values())


def marked(here: Here, me: Person, case: Case, key: str) -> list[Message]:
    """One more, or the last one back."""
    if key == UNDO:
        undone = services.undo(here.tx, case.id, by=me.id)
        if undone:
            cases.note(here.tx, case.id, f"undone.{undone}", by=me.id, now=here.now)
        return []
    if key not in (item.key for item in here.centre.services):
        raise Refused(texts.STALE)
    services.give(here.tx, case.id, key, by=me.id, now=here.now)
    cases.note(here.tx, case.id, f"service.{key}", by=me.id, now=here.now)
    return []


def _tells(item: Item) -> bool:
    return bool(discretion.on_the_outside(f"{item.name.uk}\n{item.name.en}"))


def _line(item: Item, number: int) -> Wording:
    return texts.TIMES(label=item.name, n=number) if number else item.name
