"""How a centre prints a report: which of its tables, under whose titles, divided by what, with which sentences."""

import re
from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Any, Final

from bot.core import prose
from bot.core.centre import Centre, PrintedTable, Words
from bot.core.lines import Own
from bot.core.report import IDS, Report, Row, Say, Table, as_json

DIVIDED: Final = {"R4": "district", "R9": "category", "R10": "district", "R11": "district", "R13": "district"}
"""Tables whose rows the centre may have divided by something, or leave whole."""
COMPARED: Final = frozenset({"previous", "year_ago"})
STANDING: Final = frozenset({"R18", "R22"})
CODE: Final = re.compile(r"[a-z0-9_]+ [a-z0-9_]*_[a-z0-9_]*|[a-z0-9]+_[a-z0-9_]+( [a-z0-9_]+)?")
"""Words of a program: small Latin letters, and a low line among them."""


def ids(centre: Centre) -> tuple[str, ...]:
    """What the centre prints, in its order; every table where its profile does not say."""
    return tuple(each.id for each in centre.report_tables) or IDS


def laid_out(report: Report, centre: Centre, whole: Report | None = None) -> Report:
    """With the centre's own titles, and with districts inside of rows where the centre wants them.

    Nothing is compared with a time of which there is no fact in the `whole` report.
    """
    own = {each.id: each for each in centre.report_tables}
    strange = COMPARED - _known(whole or report)
    laid = (_without(_laid(_read(table), own.get(table.id)), strange) for table in report.tables)
    return replace(report, tables=tuple(laid))


def _known(report: Report) -> set[str]:
    """Columns in which something was counted; the places of a day centre are there before anybody comes."""
    return {
        column
        for table in report.tables
        if table.id not in STANDING
        for row in table.rows
        for column, counts in row.counts.items()
        if any(many != 0 for many in counts.values())
    }


def _without(table: Table, columns: Collection[str]) -> Table:
    if not columns:
        return table
    total = {column: counts for column, counts in table.total.items() if column not in columns}
    return replace(table, total=total, rows=tuple(_row_without(row, columns) for row in table.rows))


def _row_without(row: Row, columns: Collection[str]) -> Row:
    counts = {column: many for column, many in row.counts.items() if column not in columns}
    return replace(row, counts=counts, rows=tuple(_row_without(inner, columns) for inner in row.rows))


def _read(table: Table) -> Table:
    """Without figures that have a code for a title: they are there to be compared, not to be read."""
    return replace(table, rows=tuple(row for row in table.rows if not _coded(row))) if table.id == "R15" else table


def _coded(row: Row) -> bool:
    return isinstance(row.title, Own) and CODE.fullmatch(row.title.text) is not None


def _laid(table: Table, own: PrintedTable | None) -> Table:
    if own is None:
        return table
    title = Words(own.title, str(getattr(table.title, "en", own.title))) if own.title else table.title
    whole = table.id in DIVIDED and own.by != DIVIDED[table.id]
    return replace(table, title=title, rows=_whole(table.rows) if whole else table.rows)


def _whole(rows: Sequence[Row]) -> tuple[Row, ...]:
    return tuple(replace(row, rows=()) for row in rows)


def paper(report: Report, centre: Centre, language: str, say: Say) -> tuple[dict[str, Any], dict[str, Any]]:
    """The report as JSON, and what documents need beside it. Sentences of a profile are in Ukrainian alone."""
    own = {each.id: each.prose for each in centre.report_tables if each.prose and language == "uk"}
    sentences = {table.id: prose.filled(own[table.id], table) for table in report.tables if table.id in own}
    beside = {
        "language": language,
        "signed_by": say(centre.signed_by),
        "city": say(centre.city),
        "prose": {name: said for name, said in sentences.items() if said},
    }
    return as_json(report, say), beside
