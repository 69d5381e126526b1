"""A report as a workbook: a sheet a table, with numbers to reckon with, sums as formulas and charts of Excel's own."""

import textwrap
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from io import BytesIO
from typing import Any
from zoneinfo import ZoneInfo

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from bot.core import report_charts
from bot.core import report_words as words
from bot.core.centre import Words
from bot.core.report_charts import Chart, Series
from bot.core.report_lines import (
    Cell,
    Column,
    Grid,
    Line,
    closing,
    distinct,
    grid,
    heads,
    noted,
    period_of,
    shown,
    titled,
    verdict,
)
from bot.run.canvas import COLOURS
from bot.run.charts import OF

FONT = "Arial"
TITLES, NUMBERS, UNITS = 52, 13, 22
"""Widths in letters: of titles, of numbers, and of a verdict's columns."""
HEADS = 3
"""The rows above a table's own heads: title, unit and period, an empty one."""
A_LINE = 15.0
"""The height of a line, in points."""
TOTAL = "#F2F2F2"
MOST_PARTS = 200
"""A function of Excel takes 255 arguments."""
CHART = (680, 20, 130)
"""Pixels: its width, and its height for a bar and for all that is not a bar."""
NUMBER, CHANGE, SHARE = "#,##0", "+#,##0;-#,##0;0", "+0%;-0%;0%"
LEVELS = 7
"""Excel folds no deeper."""
LABEL = 46
"""Letters of a label beside a bar."""
A_PAGE, SCALE = 57, 52
"""Rows of the sheet with charts that a page takes at so many per cent."""
KIND = {"bars": "clustered", "years": "clustered", "kept": "stacked", "stacked": "stacked"}


class Book:
    """The workbook while it is written: its formats, and in which cell each number stands."""

    def __init__(self, report: Mapping[str, Any], extra: Mapping[str, Any], written: BytesIO) -> None:
        self.report, self.language = report, extra["language"]
        self.zone = ZoneInfo(extra.get("zone", "Europe/Kyiv"))
        self.period = period_of(report)
        self.prose: Mapping[str, str] = extra.get("prose") or {}
        self.book = Workbook(written, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False,
                                       "strings_to_numbers": False})  # fmt: skip
        self.grids = [distinct(grid(table), self.period) for table in report["tables"]]
        self.names = {each.id: _sheet_name(each) for each in self.grids}
        self.cells: dict[tuple[str, tuple[str, ...], Column], tuple[int, int]] = {}
        self._formats: dict[str, Format] = {}

    def say(self, said: Words, **values: str | int) -> str:
        return words.say(said, self.language, **values)

    def style(self, **how: object) -> Format:
        """One format for all that looks alike: Excel has room for some thousands."""
        key = repr(sorted(how.items()))
        if key not in self._formats:
            self._formats[key] = self.book.add_format({"font_name": FONT, "font_size": 10, "valign": "vcenter", **how})
        return self._formats[key]


def workbook(report: Mapping[str, Any], extra: Mapping[str, Any]) -> bytes:
    written = BytesIO()
    book = Book(report, extra, written)
    made_at = datetime.fromisoformat(report["made_at"]).replace(tzinfo=None)
    title = f"{report['name']}, {words.period(book.period, book.language)}"
    book.book.set_properties({"title": title, "author": "", "company": "", "comments": "", "created": made_at})
    _contents(book)
    for each in book.grids:
        _table(book, each)
    _charts(book)
    book.book.close()
    return written.getvalue()


def _sheet_name(of: Grid) -> str:
    """At most 31 letters, none of them special in a reference."""
    plain = "".join(" " if letter in "[]:*?/\\'’" else letter for letter in of.title)
    name = f"{of.id} {' '.join(plain.split())}"
    return name if len(name) <= 31 else f"{name[:30].rsplit(' ', 1)[0].rstrip(' ,.')}…"  # noqa: PLR2004 - Excel's own


# The first sheet


def _contents(book: Book) -> None:
    sheet = book.book.add_worksheet(book.say(words.CONTENTS))
    at = _about(book, sheet)
    _listed(book, sheet, at)
    widths = (6, TITLES, UNITS, 16, 48, *([24] if not book.report.get("public") else []))
    for place, width in enumerate(widths):
        sheet.set_column(place, place, width)
    _page(sheet, at)


def _about(book: Book, sheet: Worksheet) -> int:
    """Whose, of what, as of when, in which edition; the row after it."""
    bold = book.style(bold=True, font_size=14)
    period = words.period(book.period, book.language)
    sheet.write_string(0, 0, book.report["name"], bold)
    heading = f"{book.say(words.REPORT)} {book.say(words.FOR, period=period)}"
    sheet.write_string(1, 0, heading, bold)
    made = datetime.fromisoformat(book.report["made_at"]).astimezone(book.zone).date()
    dated: list[tuple[str, tuple[date, ...]]] = [
        (f"{book.say(words.PERIOD)}:", (book.period.first, book.period.last)),
        (_first_word(book.say(words.AS_OF, day="")), (min(book.period.last, made),)),
        (_first_word(book.say(words.MADE, day="")), (made,)),
    ]  # fmt: skip
    day = book.style(num_format="dd.mm.yyyy", align="left")
    at = 2
    for said, values in dated:
        sheet.write_string(at, 0, said, book.style())
        for place, value in enumerate(values, 2):
            sheet.write_datetime(at, place, datetime.combine(value, time.min), day)
        at += 1
    return _edition(book, sheet, at)


def _first_word(said: str) -> str:
    return f"{said[:1].upper()}{said[1:].strip()}:"


def _edition(book: Book, sheet: Worksheet, at: int) -> int:
    edition = book.report["edition"]
    said = [book.say(words.EDITION, n=edition) if edition else book.say(words.DRAFT)]
    if book.report.get("public"):
        said += [book.say(words.FOR_PUBLICATION), book.say(words.HIDDEN_NOTE)]
    if book.report["changes"]:
        said += [book.say(words.CHANGES), *(f"· {each}" for each in book.report["changes"])]
    for line in said:
        sheet.write_string(at, 0, line, book.style())
        at += 1
    return at + 1


def _listed(book: Book, sheet: Worksheet, at: int) -> None:
    """A line a table: where it is, and whether it closes."""
    public = book.report.get("public")
    heads = [words.NUMBER, words.TABLE, words.UNIT, words.CHECK, words.DIFFERS]
    for place, head in enumerate([*heads, *([] if public else [words.CASE_NUMBERS])]):
        sheet.write_string(at, place, book.say(head), _head_style(book))
    for row, each in enumerate(book.grids, at + 1):
        name = book.names[each.id]
        units = ", ".join(words.unit(unit, book.language) for unit in each.units)
        cell = book.style(border=1, text_wrap=True)
        sheet.write_string(row, 0, each.id, cell)
        link = book.style(border=1, text_wrap=True, font_color="#0563C1", underline=1)
        sheet.write_url(row, 1, f"internal:'{name}'!A1", link, each.title)
        sheet.write_string(row, 2, units, cell)
        ink = "#006100" if each.ok else "#9C0006"
        said = closing(each, book.language)
        note = noted(each, book.language)
        sheet.write_string(row, 3, said, book.style(border=1, text_wrap=True, bold=not each.ok, font_color=ink))
        sheet.write_string(row, 4, note, cell)
        if not public:
            sheet.write_string(row, 5, ", ".join(each.cases), cell)
        sheet.set_row(row, A_LINE * max(1, _lines(each.title, TITLES), _lines(units, UNITS), _lines(note, 48)))


# A sheet a table


def _table(book: Book, of: Grid) -> None:
    sheet = book.book.add_worksheet(book.names[of.id])
    first = _heads(book, sheet, of)
    for row, line in enumerate(of.lines, first):
        _line(book, sheet, of, row, line)
    end = first + len(of.lines)
    if of.total:
        _total(book, sheet, of, end, first)
        end += 1
    _below(book, sheet, of, end + 1)
    sheet.set_column(0, 0, TITLES)
    for place, column in enumerate(of.columns, 1):
        sheet.set_column(place, place, _width(book, of, place - 1, column))
    sheet.freeze_panes(first, 1)
    sheet.repeat_rows(first - _depth(of), first - 1)
    _page(sheet, 0)


def _depth(of: Grid) -> int:
    """Rows of heads: with the units over them, where there are several."""
    return 2 if len(of.units) > 1 else 1


def _heads(book: Book, sheet: Worksheet, of: Grid) -> int:
    """The row after them."""
    sheet.write_string(0, 0, f"{of.id}. {titled(of, book.language)}", book.style(bold=True, font_size=13))
    period = words.period(book.period, book.language)
    sheet.write_string(1, 0, book.say(words.FOR, period=period), book.style(font_color="#595959"))
    sheet.write_url(1, 1, f"internal:'{book.say(words.CONTENTS)}'!A1",
                    book.style(font_color="#0563C1", underline=1), book.say(words.BACK))  # fmt: skip
    low = HEADS + _depth(of) - 1
    if low > HEADS:
        _units(book, sheet, of)
        sheet.merge_range(HEADS, 0, low, 0, book.say(words.INDICATOR), _head_style(book))
    else:
        sheet.write_string(low, 0, book.say(words.INDICATOR), _head_style(book))
    over = heads(of, book.period, book.language)
    for place, head in enumerate(over, 1):
        sheet.write_string(low, place, head, _head_style(book))
    sheet.set_row(low, A_LINE * max(2, *(_lines(head, NUMBERS - 2) for head in over)))
    return low + 1


def _units(book: Book, sheet: Worksheet, of: Grid) -> None:
    """Each over its own columns."""
    for unit in of.units:
        places = [place for place, column in enumerate(of.columns, 1) if column.unit == unit]
        if len(places) > 1:
            sheet.merge_range(HEADS, places[0], HEADS, places[-1], words.unit(unit, book.language), _head_style(book))
        elif places:
            sheet.write_string(HEADS, places[0], words.unit(unit, book.language), _head_style(book))


def _head_style(book: Book) -> Format:
    return book.style(bold=True, border=1, text_wrap=True, align="center", bg_color="#E8EEF4")


def _line(book: Book, sheet: Worksheet, of: Grid, row: int, line: Line) -> None:
    style = book.style(border=1, text_wrap=True, indent=min(line.level * 2, 15))
    sheet.write_string(row, 0, line.title, style)
    for place, (cell, column) in enumerate(zip(line.cells, of.columns, strict=True), 1):
        book.cells[of.id, line.path, column] = (row, place)
        _number(book, sheet, (row, place), cell, column, of)
    height = A_LINE * _lines(line.title, TITLES - 3 * line.level)
    sheet.set_row(row, height, None, {"level": min(line.level, LEVELS)})


def _total(book: Book, sheet: Worksheet, of: Grid, row: int, first: int) -> None:
    """A sum where the rows are its parts and close; otherwise the number that the report says."""
    line = of.total
    if line is None:
        return
    style = book.style(border=1, bold=True, bg_color=TOTAL)
    sheet.write_string(row, 0, book.say(words.TOTAL), style)
    outer = [first + place for place, each in enumerate(of.lines) if not each.level]
    for place, (cell, column) in enumerate(zip(line.cells, of.columns, strict=True), 1):
        formula = _sum(outer, place) if of.sums(place - 1) else ""
        _number(book, sheet, (row, place), cell, column, of, formula=formula, bold=True)


def _sum(rows: Sequence[int], place: int) -> str:
    """Of the outermost rows alone."""
    if rows[-1] - rows[0] == len(rows) - 1:
        return f"=SUM({xl_rowcol_to_cell(rows[0], place)}:{xl_rowcol_to_cell(rows[-1], place)})"
    each = ",".join(xl_rowcol_to_cell(row, place) for row in rows)
    return f"=SUM({each})" if len(rows) < MOST_PARTS else ""


def _number(
    book: Book,
    sheet: Worksheet,
    at: tuple[int, int],
    cell: Cell,
    column: Column,
    of: Grid,
    *,
    formula: str = "",
    bold: bool = False,
) -> None:
    """A number, a formula with its value, or a mark where there is none."""
    style = _number_style(book, column, bold=bold)
    if cell.hidden:
        sheet.write_string(*at, shown(cell, column.what, book.language), style)
    elif cell.number is None:
        sheet.write_blank(*at, None, style)
    elif made_out := formula or _difference(at, column, of):
        sheet.write_formula(*at, made_out, style, cell.number)
    else:
        sheet.write_number(*at, cell.number / 100 if column.what == "percent" else cell.number, style)


def _number_style(book: Book, column: Column, *, bold: bool) -> Format:
    looks = {"difference": CHANGE, "percent": SHARE}.get(column.what, NUMBER)
    fill = {"bg_color": TOTAL} if bold else {}
    return book.style(border=1, num_format=looks, align="right", bold=bold, **fill)


def _difference(at: tuple[int, int], column: Column, of: Grid) -> str:
    """What is made out of two columns is so in the sheet too; a per cent is rounded as in the other forms."""
    if column.what != "difference":
        return ""
    places = (of.columns.index(Column(what, column.unit)) + 1 for what in ("value", of.compared))
    now, before = (xl_rowcol_to_cell(at[0], place) for place in places)
    return f"={now}-{before}"


def _below(book: Book, sheet: Worksheet, of: Grid, row: int) -> None:
    """Whether it closes, what is hidden, and the sentence that goes with it."""
    ink = "#006100" if of.ok else "#9C0006"
    checked, *more = verdict(of, book.language)
    sheet.write_string(row, 0, f"{book.say(words.CHECK)}: {checked}", book.style(font_color=ink))
    said = [*more, *([] if of.lines else [book.say(words.NO_FIGURES)])]
    if of.cases and not book.report.get("public"):
        said.append(book.say(words.CASES, cases=", ".join(of.cases)))
    if of.hides:
        said.append(book.say(words.HIDDEN_NOTE))
    for place, line in enumerate([*said, *filter(None, [book.prose.get(of.id)])], row + 1):
        sheet.write_string(place, 0, line, book.style(font_color="#595959"))


def _width(book: Book, of: Grid, place: int, column: Column) -> float:
    """Wide enough for the longest word of the head and the longest number."""
    head = heads(of, book.period, book.language)[place]
    letters = [len(word) for word in head.split()]
    numbers = [len(shown(line.cells[place], column.what, book.language)) for line in of.whole]
    unit = len(words.unit(column.unit, book.language)) if len(of.units) > 1 else 0
    return max(NUMBERS - 2, 2 + max([*letters, *numbers, unit]) * 1.1)


def _lines(said: str, width: int) -> int:
    return max(1, sum(max(1, len(textwrap.wrap(line, width))) for line in said.split("\n")))


def _page(sheet: Worksheet, last_of_head: int) -> None:
    """A4, lying, as wide as the sheet; the heads on every page."""
    sheet.set_paper(9)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.5, right=0.4, top=0.6, bottom=0.6)
    sheet.set_footer("&C&P / &N")
    sheet.hide_gridlines(2)
    if last_of_head:
        sheet.repeat_rows(last_of_head)


# Charts


def _charts(book: Book) -> None:
    """Each beside its numbers, which are those of the tables."""
    charts = report_charts.charts(book.report)
    if not charts:
        return
    sheet = book.book.add_worksheet(book.say(words.CHARTS))
    sheet.set_column(0, 0, LABEL - 4)
    sheet.set_column(1, 3, NUMBERS)
    sheet.set_column(4, 4, 2)
    row, page, breaks = 0, 0, []
    for chart in charts:
        after = _chart(book, sheet, chart, row)
        if after - page > A_PAGE and row > page:
            breaks.append(row)
            page = row
        row = after
    _page(sheet, 0)
    sheet.set_print_scale(SCALE)
    sheet.set_h_pagebreaks(breaks)


def _chart(book: Book, sheet: Worksheet, chart: Chart, row: int) -> int:
    """The row after it."""
    title = report_charts.titled(chart, book.language)
    sheet.write_string(row, 0, title, book.style(bold=True))
    first, last = row + 2, row + 1 + len(chart.labels)
    for place, label in enumerate(chart.labels, first):
        sheet.write_string(place, 0, textwrap.shorten(label, LABEL, placeholder="…"), book.style())
    sheet.set_row(row + 1, A_LINE * 3)
    drawn: Any = book.book.add_chart({"type": "bar", "subtype": KIND[chart.kind]})
    for place, series in enumerate(chart.series, 1):
        name = report_charts.name(series, chart, book.report, book.language)
        sheet.write_string(row + 1, place, name, _head_style(book))
        _points(book, sheet, chart, series, (first, place))
        drawn.add_series(_series(sheet.name, (row + 1, first, last, place), chart))
    wide, bar, rest = CHART
    bars = len(chart.labels) * (len(chart.series) if chart.kind == "years" else 1)
    high = rest + bar * bars
    _looks(drawn, title, (wide, high), legend=len(chart.series) > 1)
    sheet.insert_chart(row, 5, drawn, {"y_offset": 6})
    return max(last + 2, row + high // 20 + 3)


def _points(book: Book, sheet: Worksheet, chart: Chart, series: Series, at: tuple[int, int]) -> None:
    """References into the table, so that chart and table cannot differ."""
    style = book.style(num_format=NUMBER)
    for place, (line, cell) in enumerate(zip(series.lines, series.cells, strict=True), at[0]):
        if line is None or cell.number is None:
            sheet.write_string(place, at[1], shown(cell, "value", book.language) if cell.hidden else "", style)
            continue
        there = xl_rowcol_to_cell(*book.cells[chart.id, line.path, Column(series.what, chart.unit)])
        sheet.write_formula(place, at[1], f"='{book.names[chart.id]}'!{there}", style, cell.number)


def _series(sheet: str, at: tuple[int, int, int, int], chart: Chart) -> dict[str, Any]:
    head, first, last, place = at
    ink = "white" if chart.kind in {"kept", "stacked"} else "black"
    return {
        "name": [sheet, head, place],
        "categories": [sheet, first, 0, last, 0],
        "values": [sheet, first, place, last, place],
        "fill": {"color": OF.get(chart.kind, COLOURS)[place - 1]},
        "gap": 60,
        "data_labels": {"value": True, "font": {"color": ink, "size": 9}},
    }


def _looks(drawn: Any, title: str, size: tuple[int, int], *, legend: bool) -> None:  # noqa: ANN401 - untyped library
    drawn.set_title({"name": title, "name_font": {"size": 12}, "overlay": False})
    drawn.set_y_axis({"reverse": True, "num_font": {"size": 9}})
    drawn.set_x_axis({"visible": False, "major_gridlines": {"visible": False}, "min": 0})
    drawn.set_legend({"position": "bottom"} if legend else {"none": True})
    drawn.set_size({"width": size[0], "height": size[1]})
