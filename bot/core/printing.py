"""How a centre prints a report: which of its tables, under whose titles, divided by what, with which sentences."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final

from bot.core import prose
from bot.core.centre import Centre, PrintedTable, Words
from bot.core.report import IDS, Report, Row, Say, Table, as_json

DIVIDED: Final = {"R4": "district", "R9": "category", "R10": "district", "R11": "district", "R13": "district"}
"""Tables whose rows the centre may have divided by something, or leave whole."""


def ids(centre: Centre) -> tuple[str, ...]:
    """What the centre prints, in its order; every table where its profile does not say."""
    return tuple(each.id for each in centre.report_tables) or IDS


def laid_out(report: Report, centre: Centre) -> Report:
    """With the centre's own titles, and with districts inside of rows where the centre wants them."""
    own = {each.id: each for each in centre.report_tables}
    return replace(report, tables=tuple(_laid(table, own.get(table.id)) for table in report.tables))


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
