"""Information work: noted by a short form, shown to whoever noted it, taken back while it is fresh."""

from datetime import timedelta

from bot.core import activities as kinds
from bot.core import texts
from bot.core.buttons import Information
from bot.core.events import Message, Refused
from bot.core.filling import Draft
from bot.core.forms import day_of
from bot.core.lines import NOTHING, Own, Wording, paragraphs, rows
from handlers import menu, records
from handlers.here import Here, column, screen
from storage import activities
from storage.activities import Activity
from storage.people import Person

FRESH = timedelta(days=7)
"""So long an entry stands on the page of whoever made it [P]."""
MOST = 5


def pressed(here: Here, me: Person, button: Information) -> list[Message]:
    match button.move:
        case "page":
            return _page(here, me)
        case "undo":
            gone = activities.undo(here.tx, button.row, by=me.id, now=here.now)
            return _page(here, me, texts.INFORMATION_UNDONE if gone else texts.RECORD_GONE)
        case _:
            raise Refused(texts.STALE)


def noted(here: Here, me: Person, draft: Draft) -> list[Message]:
    """The form's answer."""
    given = draft.answers
    row = activities.note(
        here.tx,
        day=day_of(given, here.local.date()),
        kind=given["kind"],
        title=given.get("title") or "",
        persons=given.get("persons"),
        items=given.get("items"),
        by=me.id,
        now=here.now,
    )
    made = activities.by_id(here.tx, row)
    return _page(here, me, texts.INFORMATION_NOTED(line=_line(made)) if made else NOTHING)


def _page(here: Here, me: Person, said: Wording = NOTHING) -> list[Message]:
    """With what this person has noted lately; the last of it can be taken back."""
    mine = activities.newest(here.tx, by=me.id, since=here.now - FRESH)[:MOST]
    lines = rows(texts.INFORMATION_LATEST, *(_line(each) for each in mine)) if mine else NOTHING
    last = [(texts.RECORD_UNDO_LAST, Information(mine[0].id, "undo"))] if mine else []
    ways = (*column((texts.INFORMATION_NEW, Information(0, "new")), *last), *records.back())
    return screen(here, me, menu.KEY, paragraphs(said, texts.INFORMATION_PAGE, lines), ways, protect=True)


def _line(made: Activity) -> Wording:
    kind, number = kinds.of(made.kind).words, made.items or made.persons
    counted = texts.INFORMATION_COUNTED(day=made.day, kind=kind, n=number or 0)
    line = counted if number else texts.INFORMATION_LINE(day=made.day, kind=kind)
    return texts.INFORMATION_TITLED(line=line, title=Own(made.title)) if made.title else line
