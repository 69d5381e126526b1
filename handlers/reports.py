"""A report of a period: what its tables ask is found, put in rows, and reconciled."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import Final

from bot.core import editions, tables
from bot.core.report import IDS, Period, Report
from bot.core.tables import reconciliation
from bot.core.tables.found import Found
from bot.core.tables.reconciliation import Since
from handlers import plans
from handlers.here import Here
from storage import doings, figures, plan
from storage import editions as kept

LATE: Final = "late"


def made(here: Here, period: Period, ids: Sequence[str] = IDS) -> Report:
    """Every table is counted, also those that are not shown: R22 is about all of them."""
    found = _found(here, period)
    whole = Report(
        here.centre.key,
        here.centre.name,
        period,
        here.now,
        tuple(table.made(found) for table in tables.of(here.centre)),
    )
    proof = reconciliation.made(whole.tables, found, undated=doings.undated(here.tx), since=_since(here, whole))
    shown = {table.id: table for table in (*whole.tables, proof)}
    return replace(whole, tables=tuple(shown[name] for name in ids))


def _since(here: Here, report: Report) -> Since | None:
    """How many figures are not what the last edition says; None where there is none."""
    last = kept.last(here.tx, report.period)
    if last is None:
        return None
    return Since(last.edition, len(editions.changes(last.content, editions.frozen(report))))


def _found(here: Here, period: Period) -> Found:
    tx, zone, columns = here.tx, here.centre.zone, period.columns
    cells = figures.tallies(tx, tables.asks(tables.of(here.centre)), columns, zone)
    return Found(
        centre=here.centre,
        columns=columns,
        cells=cells,
        details=doings.details(tx, {cell.codes[1] for cell in cells["R2.0"]}),
        clocked=doings.clocked(tx, columns, zone, now=here.now),
        answered=doings.answered(tx, columns, zone),
        activities=doings.activities(tx, columns),
        taught=doings.taught(tx, columns, zone),
        overdue=_overdue(here, period),
        plans={name: plan.items(tx, each.last.year) for name, each in columns.items()},
        numbers=partial(_behind, here, period),
    )


def _overdue(here: Here, period: Period) -> dict[str, int]:
    """On the last day, or today while the period runs; of a day of former years nobody can tell any more."""
    today = here.local.date()
    if period.last < today and period.first.year < today.year:
        return {}
    return {"value": plans.overdue(here, min(period.last, today))}


def numbers(here: Here, period: Period) -> dict[str, Sequence[str]]:
    """Of the cases behind what R22 finds, by the name of the row."""
    return {name: _behind(here, period, name) for name in (*figures.LACKING, LATE)}


def _behind(here: Here, period: Period, name: str) -> Sequence[str]:
    if name == LATE:
        return doings.late(here.tx, period.columns, here.centre.zone, now=here.now)
    return figures.behind(here.tx, name, period, here.centre.zone) if name in figures.LACKING else ()
