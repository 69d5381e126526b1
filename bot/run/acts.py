"""Draws the form of an assessment of needs as a DOCX, to print or to fill in (bot/core/acts.py says what is in it)."""

from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import Any

import docx
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.shared import Cm, Pt
from docx.table import Table

from bot.core.acts import WORDS

EMPTY_ROWS = 6
"""Lines of the household for a pen, below those that are known."""
WIDTH = Cm(17.2)
FOR_A_PEN = Cm(0.75)
"""How wide the page is between its margins, how high a row that is written in by hand."""
BOX = "☐"
HOUSEHOLD_WIDTHS = (0.9, 3.0, 2.8, 4.6, 3.2, 2.7)
NEEDS_WIDTHS = (5.2, 1.0, 6.6, 4.4)


def drawn(act: Mapping[str, Any]) -> bytes:
    document = docx.Document()
    _page(document)
    _head(document, act)
    _household(document, act["household"])
    _circumstances(document, act["circumstances"])
    _needs(document, act["needs"])
    _end(document)
    written = BytesIO()
    document.save(written)
    return written.getvalue()


def _page(document: Document) -> None:
    """A4, and nobody's name among the properties of the file."""
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin, section.right_margin = Cm(2.3), Cm(1.5)
    section.top_margin = section.bottom_margin = Cm(1.5)
    style = document.styles["Normal"]
    style.font.name, style.font.size = "Times New Roman", Pt(11)
    style.paragraph_format.space_after = Pt(3)
    document.core_properties.author = document.core_properties.comments = ""


def _head(document: Document, act: Mapping[str, Any]) -> None:
    _centred(document, act["centre"])
    _centred(document, str(WORDS["title"]), bold=True)
    _centred(document, str(WORDS["number"]).format(number=act["number"], day=act["day"]))
    for name in ("kind", "district", "name", "address"):
        _field(document, str(WORDS[name]), act[name])
    _field(document, str(WORDS["phone"]), "")
    _field(document, str(WORDS["children"]), act["children"])
    _field(document, str(WORDS["present"]), "")


def _household(document: Document, members: Sequence[Sequence[str]]) -> None:
    _heading(document, "household")
    known = [(str(n), *member, "", "") for n, member in enumerate(members, 1)]
    blank = [(str(n), "", "", "", "", "") for n in range(len(known) + 1, max(len(known) + 2, EMPTY_ROWS) + 1)]
    _table(document, "household_heads", [*known, *blank], HOUSEHOLD_WIDTHS)


def _circumstances(document: Document, circumstances: Sequence[str]) -> None:
    _heading(document, "circumstances")
    document.add_paragraph(str(WORDS["circumstances_note"]))
    for each in circumstances:
        document.add_paragraph(f"{BOX} {each}").paragraph_format.space_after = Pt(0)
    _lines(document, 3)


def _needs(document: Document, needs: Sequence[str]) -> None:
    _heading(document, "needs")
    _table(document, "needs_heads", [*((each, BOX, "", "") for each in needs), ("", BOX, "", "")], NEEDS_WIDTHS)


def _end(document: Document) -> None:
    _heading(document, "strengths")
    _lines(document, 2)
    _heading(document, "conclusion")
    for each in WORDS["conclusions"]:
        document.add_paragraph(f"{BOX} {each}").paragraph_format.space_after = Pt(0)
    _field(document, str(WORDS["services"]), "")
    _lines(document, 2)
    _heading(document, "signed")
    for who in WORDS["signatures"]:
        signature = document.add_paragraph(str(WORDS["signature"]).format(who=who))
        signature.paragraph_format.space_before = Pt(8)


def _heading(document: Document, name: str) -> None:
    paragraph = document.add_paragraph()
    paragraph.paragraph_format.space_before, paragraph.paragraph_format.keep_with_next = Pt(8), True
    paragraph.add_run(str(WORDS[name])).bold = True


def _centred(document: Document, text: str, *, bold: bool = False) -> None:
    paragraph = document.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.add_run(text).bold = bold


def _field(document: Document, label: str, value: str) -> None:
    """What is known, or a line for a pen up to the margin."""
    if value:
        document.add_paragraph(f"{label}: {value}")
    else:
        _line(document, f"{label}: ")


def _lines(document: Document, number: int) -> None:
    for _ in range(number):
        _line(document, "")


def _line(document: Document, begins: str) -> None:
    paragraph = document.add_paragraph(f"{begins}\t")
    paragraph.paragraph_format.tab_stops.add_tab_stop(WIDTH, WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.LINES)
    paragraph.paragraph_format.space_before = Pt(5)


def _table(document: Document, heads: str, lines: Sequence[Sequence[str]], widths: Sequence[float]) -> None:
    table = document.add_table(rows=0, cols=len(widths), style="Table Grid")
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Cm(width)
    _row(table, [str(head) for head in WORDS[heads]], widths, bold=True)
    for line in lines:
        _row(table, line, widths)


def _row(table: Table, values: Sequence[str], widths: Sequence[float], *, bold: bool = False) -> None:
    row = table.add_row()  # type: ignore[no-untyped-call]
    row.height = None if bold else FOR_A_PEN
    for cell, value, width in zip(row.cells, values, widths, strict=True):
        cell.width = Cm(width)
        paragraph = cell.paragraphs[0]
        paragraph.paragraph_format.space_after = Pt(1)
        paragraph.add_run(value).bold = bold
