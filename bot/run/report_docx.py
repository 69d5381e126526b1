"""A report as a document in the council's style, to be signed. It leaves the centre, so it has no case numbers."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from io import BytesIO
from typing import Any, Final
from xml.sax.saxutils import escape
from zoneinfo import ZoneInfo

import docx
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt
from docx.text.paragraph import Paragraph

from bot.core import report_words as words
from bot.core.report_lines import (
    ROOM,
    Column,
    Grid,
    Line,
    closing,
    grid,
    heads,
    noted,
    period_of,
    printed,
    shown,
    titled,
)

WIDTH: Final = 9570
"""Of a table, in twentieths of a point: from margin to margin."""
NUMBER, EDGES, LETTER, DIGIT = 960, 150, 122, 116
"""In the same: the least width of a column of numbers, what its edges take, a letter of its head, a digit."""
TITLES = 2900
"""The least that titles take."""
FEW_ROWS, KEPT = 12, 3
"""A table of so many rows is not divided between pages; of a longer one so many stay together at either end."""
RECONCILIATION: Final = "R22"
SIZES: Final = {"body": 12, "table": 11, "head": 9.5, "note": 10}
LANGUAGES: Final = {"uk": "uk-UA", "en": "en-GB"}


def document(report: Mapping[str, Any], extra: Mapping[str, Any]) -> bytes:
    made = docx.Document()
    _page(made, report, extra)
    _head(made, report, extra)
    grids = [grid(table) for table in report["tables"]]
    for number, each in enumerate((each for each in grids if each.id != RECONCILIATION), 1):
        _section(made, each, f"{number}. {titled(each, extra['language'])}", report, extra)
    _reconciled(made, grids, report, extra)
    _end(made, report, extra)
    written = BytesIO()
    made.save(written)
    return written.getvalue()


def _page(made: Document, report: Mapping[str, Any], extra: Mapping[str, Any]) -> None:
    """A4, the number of the page below, and nobody's name among the properties of the file."""
    section = made.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin, section.right_margin = Cm(2.5), Cm(1.5)
    section.top_margin = section.bottom_margin = Cm(2)
    style = made.styles["Normal"]
    style.font.name, style.font.size = "Times New Roman", Pt(SIZES["body"])
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for script in ("w:cs", "w:eastAsia"):
        fonts.set(qn(script), "Times New Roman")
    style.element.get_or_add_rPr().append(parse_xml(f'<w:lang {nsdecls("w")} w:val="{LANGUAGES[extra["language"]]}"/>'))
    style.paragraph_format.space_after = Pt(0)
    _numbered(section.footer.paragraphs[0])
    about = made.core_properties
    about.author = about.comments = about.last_modified_by = about.keywords = ""
    about.title = words.say(words.REPORT, extra["language"])
    about.created = about.modified = datetime.fromisoformat(report["made_at"]).replace(tzinfo=None)


def _numbered(footer: Paragraph) -> None:
    footer.alignment = WD_ALIGN_PARAGRAPH.CENTER
    field = parse_xml(f'<w:fldSimple {nsdecls("w")} w:instr="PAGE"><w:r><w:t>1</w:t></w:r></w:fldSimple>')
    footer._p.append(field)  # noqa: SLF001 - python-docx has no fields


def _head(made: Document, report: Mapping[str, Any], extra: Mapping[str, Any]) -> None:
    """What it is, of whom, for which period, as of which day."""
    language, at = extra["language"], period_of(report)
    local = datetime.fromisoformat(report["made_at"]).astimezone(ZoneInfo(extra.get("zone", "Europe/Kyiv"))).date()
    _centred(made, words.say(words.REPORT, language), size=16, bold=True)
    _centred(made, report["name"], size=14, bold=True)
    _centred(made, words.say(words.FOR, language, period=words.period(at, language)), size=14, bold=True)
    day = words.day(min(at.last, local), language)
    _centred(made, words.say(words.AS_OF, language, day=day))
    if report.get("public"):
        _centred(made, words.say(words.FOR_PUBLICATION, language), italic=True)
    _compared(made, report, language)


def _compared(made: Document, report: Mapping[str, Any], language: str) -> None:
    """Which days the columns are of, where the heads do not say it."""
    at = period_of(report)
    there = {what for table in report["tables"] for row in table["rows"] for what in row if row[what] is not None}
    if words.is_year(at) or there.isdisjoint({"previous", "year_ago"}):
        return
    said = []
    if "previous" in there:
        said.append(words.say(words.PREVIOUS, language, period=words.period(at.previous, language)))
    if at.year_ago != at.previous and "year_ago" in there:
        said.append(words.say(words.YEAR_AGO, language, period=words.period(at.year_ago, language)))
    said.append(words.say(words.NO_PERCENT, language))
    _paragraph(made, " ".join(said), size=SIZES["note"]).paragraph_format.space_before = Pt(8)


def _section(made: Document, of: Grid, title: str, report: Mapping[str, Any], extra: Mapping[str, Any]) -> None:
    """The heading, a sentence, the table, what is hidden in it."""
    language = extra["language"]
    _heading(made, title)
    if prose := (extra.get("prose") or {}).get(of.id):
        paragraph = _paragraph(made, prose)
        paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
        paragraph.paragraph_format.first_line_indent = Cm(1.25)
        paragraph.paragraph_format.space_after, paragraph.paragraph_format.keep_with_next = Pt(4), True
    if of.bare:
        _paragraph(made, words.say(words.NO_FIGURES, language))
        return
    laid = _fitted(of, report, language)
    made.element.body.insert(len(made.element.body) - 1, parse_xml(laid.xml()))
    if laid.of.hides:
        note = _paragraph(made, words.say(words.HIDDEN_NOTE, language), size=SIZES["note"], italic=True)
        note.paragraph_format.space_before = Pt(3)


def _heading(made: Document, title: str) -> None:
    heading = _paragraph(made, title, bold=True)
    heading.paragraph_format.space_before, heading.paragraph_format.space_after = Pt(14), Pt(4)
    heading.paragraph_format.keep_with_next = True


def _reconciled(made: Document, grids: Sequence[Grid], report: Mapping[str, Any], extra: Mapping[str, Any]) -> None:
    """Its own table, if it is printed; then what does not close."""
    language = extra["language"]
    own = [each for each in grids if each.id == RECONCILIATION]
    shown_ = [each for each in own if each.lines]
    for each in shown_:
        _section(made, each, each.title, report, extra)
    if not shown_:
        _heading(made, words.say(words.RECONCILIATION, language))
    told = [line for each in own for line in noted(each, language).split("\n") if line]
    said = told or [_open(each, language) for each in grids if not each.ok and each.id != RECONCILIATION]
    closes = all(each.ok for each in grids)
    whole = [words.say(words.ALL_CLOSE if closes else words.NOT_ALL_CLOSE, language)]
    for line in [*whole, *said] if closes else said or whole:
        _paragraph(made, line).paragraph_format.space_before = Pt(4)


def _open(of: Grid, language: str) -> str:
    word, rest = closing(of, language), noted(of, language).replace("\n", "; ")
    return f"{of.title}: {word[:1].lower()}{word[1:]}{f', {rest}' if rest else ''}."


def _end(made: Document, report: Mapping[str, Any], extra: Mapping[str, Any]) -> None:
    """The edition and what it changes, then the signature; never the signature alone on a page."""
    language = extra["language"]
    lines = [_edition(report, extra)]
    if report["changes"]:
        lines += [words.say(words.CHANGES, language), *(f"– {each}" for each in report["changes"])]
    for place, line in enumerate(lines):
        paragraph = _paragraph(made, line)
        paragraph.paragraph_format.keep_with_next = True
        paragraph.paragraph_format.space_before = Pt(0 if place else 14)
    who = extra.get("signed_by") or words.say(words.SIGNED_BY, language)
    signature = _paragraph(made, words.say(words.SIGNATURE, language, who=who))
    signature.paragraph_format.space_before, signature.paragraph_format.keep_with_next = Pt(28), True
    local = datetime.fromisoformat(report["made_at"]).astimezone(ZoneInfo(extra.get("zone", "Europe/Kyiv"))).date()
    city = words.say(words.CITY, language, city=extra["city"]) if extra.get("city") else ""
    _paragraph(made, ", ".join(filter(None, [city, words.day(local, language)]))).paragraph_format.space_before = Pt(8)


def _edition(report: Mapping[str, Any], extra: Mapping[str, Any]) -> str:
    language = extra["language"]
    if not report["edition"]:
        return words.say(words.DRAFT, language) + "."
    of = f" ({extra['edition_of']})" if extra.get("edition_of") else ""
    return words.say(words.EDITION, language, n=report["edition"]) + of + "."


def _paragraph(
    made: Document, text: str, *, size: float = SIZES["body"], bold: bool = False, italic: bool = False
) -> Paragraph:
    paragraph = made.add_paragraph()
    run = paragraph.add_run(_clean(text))
    run.bold, run.italic, run.font.size = bold, italic, Pt(size)
    return paragraph


def _centred(
    made: Document, text: str, *, size: float = SIZES["body"], bold: bool = False, italic: bool = False
) -> None:
    _paragraph(made, text, size=size, bold=bold, italic=italic).alignment = WD_ALIGN_PARAGRAPH.CENTER


def _clean(text: str) -> str:
    """Without what XML cannot hold."""
    return "".join(letter for letter in text if letter >= " " or letter in "\t\n")


def _fitted(of: Grid, report: Mapping[str, Any], language: str) -> "_Laid":
    """As many columns as leave room for the titles."""
    rooms = (_Laid(printed(of, period_of(report), room), report, language) for room in range(ROOM, 0, -1))
    return next((laid for laid in rooms if laid.widths[0] >= TITLES), _Laid(printed(of, period_of(report), 1), report,
                language))  # fmt: skip


class _Laid:
    """A table as WordprocessingML at once: cell by cell the library takes seconds."""

    def __init__(self, of: Grid, report: Mapping[str, Any], language: str) -> None:
        self.of, self.language, self.period = of, language, period_of(report)
        self.heads = heads(of, self.period, language)
        numbers = [self._width(place) for place in range(len(of.columns))]
        self.widths = [WIDTH - sum(numbers), *numbers]

    def _width(self, place: int) -> int:
        """Of a column: for its longest word and its longest number."""
        column = self.of.columns[place]
        alone = sum(each.unit == column.unit for each in self.of.columns) == 1 and len(self.of.units) > 1
        said = [*self.heads[place].split(), *([words.unit(column.unit, self.language)] if alone else [])]
        numbers = [shown(line.cells[place], column.what, self.language) for line in self.of.whole]
        return max(NUMBER, EDGES + LETTER * max(map(len, said)), EDGES + DIGIT * max(map(len, numbers)))

    def xml(self) -> str:
        grid_ = "".join(f'<w:gridCol w:w="{width}"/>' for width in self.widths)
        edges = "".join(
            f'<w:{edge} w:val="single" w:sz="4" w:space="0" w:color="auto"/>'
            for edge in ("top", "left", "bottom", "right", "insideH", "insideV")
        )
        margins = '<w:left w:w="70" w:type="dxa"/><w:right w:w="70" w:type="dxa"/>'
        properties = (
            f'<w:tblW w:w="{WIDTH}" w:type="dxa"/><w:tblInd w:w="70" w:type="dxa"/>'
            f'<w:tblBorders>{edges}</w:tblBorders><w:tblLayout w:type="fixed"/>'
            f"<w:tblCellMar>{margins}</w:tblCellMar>"
        )
        rows = "".join([*self._heads(), *self._rows()])
        return f"<w:tbl {nsdecls('w')}><w:tblPr>{properties}</w:tblPr><w:tblGrid>{grid_}</w:tblGrid>{rows}</w:tbl>"

    def _heads(self) -> Iterator[str]:
        """Units over the columns, where there are several; repeated on every page."""
        several = len(self.of.units) > 1
        corner = words.say(words.INDICATOR, self.language)
        if several:
            first = self._cell(corner, 0, head=True, more='<w:vMerge w:val="restart"/>')
            yield self._row([first, *self._units()], head=True)
        below = self._cell("", 0, head=True, more="<w:vMerge/>") if several else self._cell(corner, 0, head=True)
        yield self._row(
            [below, *(self._cell(head, place, head=True) for place, head in enumerate(self.heads, 1))], head=True
        )

    def _units(self) -> Iterator[str]:
        place = 1
        for unit in dict.fromkeys(column.unit for column in self.of.columns):
            many = sum(column.unit == unit for column in self.of.columns)
            yield self._cell(words.unit(unit, self.language), place, head=True, span=many)
            place += many

    def _rows(self) -> Iterator[str]:
        whole = self.of.whole
        for place, line in enumerate(whole, 1):
            total = line is self.of.total
            title = words.say(words.TOTAL, self.language) if total else line.title
            follows = place < len(whole) and (len(whole) <= FEW_ROWS or not KEPT <= place < len(whole) - KEPT)
            first = self._cell(title, 0, bold=total, indent=line.level, follows=follows)
            yield self._row([first, *self._numbers(line, bold=total, follows=follows)])

    def _numbers(self, line: Line, *, bold: bool, follows: bool) -> Iterator[str]:
        cells: Iterator[tuple[Column, Any]] = zip(self.of.columns, line.cells, strict=True)
        for place, (column, cell) in enumerate(cells, 1):
            yield self._cell(shown(cell, column.what, self.language), place, bold=bold, follows=follows)

    def _row(self, cells: Sequence[str], *, head: bool = False) -> str:
        return f"<w:tr><w:trPr><w:cantSplit/>{'<w:tblHeader/>' if head else ''}</w:trPr>{''.join(cells)}</w:tr>"

    def _cell(
        self, text: str, place: int, *, head: bool = False, bold: bool = False, follows: bool = False,
        indent: int = 0, span: int = 1, more: str = "",
    ) -> str:  # fmt: skip
        """Titles to the left, numbers to the right, heads in the middle."""
        width = sum(self.widths[place : place + span])
        align = "center" if head else "right" if place else "left"
        size = round(SIZES["head" if head else "table"] * 2)
        keep = "<w:keepNext/>" if head or follows else ""
        left = f'<w:ind w:left="{indent * 280}"/>' if indent else ""
        merged = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
        shade = '<w:shd w:val="clear" w:color="auto" w:fill="F2F2F2"/>' if head else ""
        middle = '<w:vAlign w:val="center"/>' if head or place else ""
        run = f'<w:rPr>{"<w:b/>" if bold or head else ""}<w:sz w:val="{size}"/><w:szCs w:val="{size}"/></w:rPr>'
        return (
            f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{merged}{more}{shade}{middle}</w:tcPr>'
            f'<w:p><w:pPr>{keep}{left}<w:jc w:val="{align}"/></w:pPr>'
            f'<w:r>{run}<w:t xml:space="preserve">{escape(_clean(text))}</w:t></w:r></w:p></w:tc>'
        )
