"""What is no case as a table (contract, section 3): what each column may hold, and how it is written."""

from typing import Final

from bot.core import activities, identifiers, register, sheets
from bot.core.activities import KINDS
from bot.core.centre import Centre, folded, known_words
from bot.core.register import Cells
from bot.core.sheets import Column, Kind, Row, Table, Wrong

NAMES: Final = ("date", "kind", "title", "district", "audience", "persons", "items", "count", "note")
TITLE, AUDIENCE, NOTE = 200, 100, 1000
MOST: Final = 100_000_000


def table(centre: Centre) -> Table:
    """The values of a row are its canonical cells."""
    many = register.whole(0, MOST)
    return Table(
        (
            Column("date", register.day, required=True),
            Column("kind", _kind(), required=True),
            Column("title", register.text(TITLE), empty=""),
            Column("district", register.district(centre), empty=""),
            Column("audience", _audience(centre), empty=""),
            Column("persons", many, empty=""),
            Column("items", many, empty=""),
            Column("count", many, empty="1"),
            Column("note", register.text(NOTE), empty=""),
        )
    )


def cells(row: Row) -> Cells:
    return tuple(row[name] for name in NAMES)


def canonical(row: Cells, of: Table) -> Cells:
    """A row that staff noted, as a table has it."""
    return register.canonical(dict(zip(NAMES, row, strict=True)), of)


def _kind() -> Kind:
    """One that has a table, by its code or its name; or any code that a centre uses for one."""
    named = {folded(word): key for key, kind in KINDS.items() for word in (kind.words.uk, kind.words.en)}

    def read(word: str) -> str:
        found = named.get(folded(word), activities.canonical(word))
        if not register.CODE.fullmatch(found):
            known = ", ".join(KINDS)
            raise Wrong(f"{sheets.said(word)} is no kind", f"{known}, or a code of small Latin letters, digits and _")
        return found

    return read


def _audience(centre: Centre) -> Kind:
    """One of carers by its code; of others the centre's own word."""
    known, words = known_words(centre.audiences, identifiers.AUDIENCES), register.text(AUDIENCE)
    return lambda word: known.get(word, known.get(folded(word))) or words(word)
