"""Notes about a case: a specialist's own words, sealed under the case's key."""

from bot.core import texts
from bot.core.buttons import Mark
from bot.core.cases import Case
from bot.core.events import Message, Rows
from bot.core.filling import Draft
from bot.core.lines import Own, Wording, paragraphs
from handlers import history as lines
from handlers import pages, talk
from handlers.here import Here, column
from storage import history
from storage.history import Note
from storage.people import Person

A_PAGE = 3
"""A note has up to 1000 characters, a message 4096."""


def page(here: Here, case: Case, of: str, mine: bool) -> tuple[Wording, Rows]:  # noqa: FBT001 - a page like every other
    turn = int(of) if of.isdecimal() else 0
    notes = history.notes(here.tx, case, most=A_PAGE + 1, skip=turn * A_PAGE)
    text = paragraphs(*(_line(here, note) for note in notes[:A_PAGE])) if notes else texts.NOTES_EMPTY
    write = column((texts.WRITE_NOTE, Mark(case.id, "form", "note"))) if mine else ()
    return text, (*write, *lines.turns(case, "notes", turn, more=len(notes) > A_PAGE))


def count(here: Here, case: Case) -> int:
    return history.count_notes(here.tx, case.id)


def written(here: Here, me: Person, draft: Draft) -> list[Message]:
    case = talk.mine(here, me, draft.subject_id)
    history.write(here.tx, case, str(draft.answers["words"]), by=me.id, now=here.now)
    return pages.shown(here, me, case, "notes")


def _line(here: Here, note: Note) -> Wording:
    name = lines.named(here, note.by) if note.by else Own("—")
    return texts.NOTE_LINE(at=note.at, name=name, words=Own(note.words))
