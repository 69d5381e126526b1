"""A report as words: narrow for the chat, wide for the command line."""

import textwrap
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from bot.core import report_words as words
from bot.core.report import Period
from bot.core.report_lines import Cell, Grid, Line, grid, heads, period_of, printed, shown, titled, verdict

MESSAGE = 3800
"""Letters of one message; Telegram takes 4096."""
TITLES = 46
INDENT = "  "


def text(report: Mapping[str, Any], language: str, tables: Collection[str] = ()) -> list[str]:
    """Messages for a chat: these tables, or all. A table that is longer than a message goes on in the next."""
    parts = [_head(report, language), *(_narrow(each, report, language) for each in _wanted(report, tables))]
    if any(grid(each).hides for each in _wanted(report, tables)):
        parts.append([words.say(words.HIDDEN_NOTE, language)])
    return _filled(parts, language)


def wide(report: Mapping[str, Any], extra: Mapping[str, Any]) -> str:
    """The same in columns."""
    language = extra["language"]
    period = period_of(report)
    grids = [grid(each) for each in report["tables"]]
    parts = ["\n".join(_head(report, language)), *(_wide(each, period, extra) for each in grids)]
    if any(each.hides for each in grids):
        parts.append(words.say(words.HIDDEN_NOTE, language))
    return "\n\n".join(parts) + "\n"


def _wanted(report: Mapping[str, Any], tables: Collection[str]) -> list[Mapping[str, Any]]:
    return [each for each in report["tables"] if not tables or each["id"] in tables]


def _head(report: Mapping[str, Any], language: str) -> list[str]:
    period = words.period(period_of(report), language)
    edition = words.say(words.EDITION, language, n=report["edition"]) if report["edition"] else ""
    public = words.say(words.FOR_PUBLICATION, language) if report.get("public") else ""
    changes = [words.say(words.CHANGES, language), *(f"· {each}" for each in report["changes"])]
    lines = [report["name"], words.say(words.FOR, language, period=period), edition, public]
    return [*filter(None, lines), *(changes if report["changes"] else ())]


# Narrow


def _narrow(table: Mapping[str, Any], report: Mapping[str, Any], language: str) -> list[str]:
    """The title, a line a row, the total, the check."""
    whole = grid(table)
    page = printed(whole, period_of(report))
    lines = [_said(page, line, line.title, language) for line in page.lines]
    total = [_said(page, page.total, words.say(words.TOTAL, language), language)] if page.total else []
    if page.bare:
        lines, total = [words.say(words.NO_FIGURES, language)], []
    cases = ", ".join(whole.cases) if not report.get("public") else ""
    behind = [words.say(words.CASES, language, cases=cases)] if cases else []
    return [
        titled(page, language),
        *lines,
        *total,
        *verdict(whole, language),
        *behind,
    ]


def _said(page: Grid, line: Line, title: str, language: str) -> str:
    """`Соборний — 328 (було 301, +27, +9 %)`."""
    by = dict(zip(page.columns, line.cells, strict=True))
    values = [(column.unit, cell) for column, cell in by.items() if column.what == "value" and not cell.empty]
    now = ", ".join(_counted(unit, cell, language, alone=len(page.units) == 1) for unit, cell in values)
    own = {column.what: cell for column, cell in by.items() if column.unit == page.units[0]}
    before = _before(page, own, language)
    dot = INDENT * line.level + ("· " if line.level else "")
    return f"{dot}{title} — {now or words.NOTHING}{f' ({before})' if before else ''}"


def _counted(unit: str, cell: Cell, language: str, *, alone: bool) -> str:
    if cell.number is None:
        hidden = shown(cell, "value", language)
        return hidden if alone else f"{hidden}{words.SPACE}{words.unit(unit, language)}"
    return words.number(cell.number, language) if alone else words.counted(cell.number, unit, language)


def _before(page: Grid, own: Mapping[str, Cell], language: str) -> str:
    before = own.get(page.compared, Cell(None))
    if before.empty:
        return ""
    was = words.WAS if page.compared == "previous" else words.WAS_A_YEAR_AGO
    told = [words.say(was, language, n=shown(before, "value", language))]
    for what in ("difference", "percent"):
        cell = own.get(what, Cell(None))
        told += [shown(cell, what, language)] if cell.number is not None else []
    return ", ".join(told)


def _filled(parts: Sequence[Sequence[str]], language: str) -> list[str]:
    """As many tables in a message as it takes."""
    messages = [""]
    for part in parts:
        for piece in _pieces(part, language):
            if messages[-1] and len(messages[-1]) + len(piece) + 2 > MESSAGE:
                messages.append("")
            messages[-1] = f"{messages[-1]}\n\n{piece}" if messages[-1] else piece
    return messages


def _pieces(part: Sequence[str], language: str) -> Iterator[str]:
    piece = part[0]
    for line in part[1:]:
        if len(piece) + len(line) + 1 > MESSAGE:
            yield piece
            piece = words.say(words.CONTINUED, language, title=part[0])
        piece = f"{piece}\n{line}"
    yield piece


# Wide


def _wide(whole: Grid, period: Period, extra: Mapping[str, Any]) -> str:
    language = extra["language"]
    page = printed(whole, period)
    over = _over(page, period, language)
    body = [_cells(page, line, language) for line in page.whole]
    widths = [max(map(len, [*over[place].split("\n"), *(row[place] for row in body)])) for place in range(len(over))]
    told = extra.get("prose", {}).get(page.id)
    lines = [
        f"{page.id}. {titled(page, language)}",
        *(textwrap.wrap(told, 100) if told else ()),
        *_headed(over, widths),
    ]
    for line, row in zip(page.whole, body, strict=True):
        title = words.say(words.TOTAL, language) if line is page.total else line.title
        lines += _row(INDENT * line.level, title, row, widths)
    cases = [words.say(words.CASES, language, cases=", ".join(whole.cases))] if whole.cases else []
    return "\n".join([*lines, *verdict(whole, language), *cases])


def _over(page: Grid, period: Period, language: str) -> list[str]:
    """The unit above, where there are several; then what it is."""
    said = heads(page, period, language)
    if len(page.units) == 1:
        return said
    return [f"{words.unit(column.unit, language)}\n{what}" for column, what in zip(page.columns, said, strict=True)]


def _cells(page: Grid, line: Line, language: str) -> list[str]:
    return [shown(cell, column.what, language) for cell, column in zip(line.cells, page.columns, strict=True)]


def _headed(over: Sequence[str], widths: Sequence[int]) -> list[str]:
    return [
        " " * TITLES + "".join(f"  {each:>{width}}" for each, width in zip(level, widths, strict=True))
        for level in zip(*(head.split("\n") for head in over), strict=True)
    ]


def _row(indent: str, title: str, cells: Sequence[str], widths: Sequence[int]) -> Iterator[str]:
    """The numbers beside the last line of the title."""
    lines = textwrap.wrap(title, TITLES, initial_indent=indent, subsequent_indent=indent) or [""]
    yield from lines[:-1]
    yield f"{lines[-1]:<{TITLES}}" + "".join(f"  {cell:>{width}}" for cell, width in zip(cells, widths, strict=True))
