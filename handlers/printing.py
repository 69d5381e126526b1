"""Printing a report: of a period that is over the figures are frozen, and a correction makes the next edition."""

from collections.abc import Sequence
from dataclasses import replace

from bot.core import editions
from bot.core.lines import Line
from bot.core.report import IDS, Period, Report
from handlers import reports
from handlers.here import Here
from storage import editions as kept
from storage.editions import Edition


def printed(
    here: Here, period: Period, ids: Sequence[str] = IDS, *, public: bool = False, by: int | None = None
) -> Report:
    """The figures of now, under the number of their edition."""
    return shown(numbered(here, reports.made(here, period), by), ids, public=public)


def again(here: Here, period: Period, edition: int, ids: Sequence[str] = IDS, *, public: bool = False) -> Report | None:
    """An edition as it was; None when there is no such one."""
    found = kept.of(here.tx, period, edition)
    if found is None:
        return None
    as_it_was = editions.thawed(found.content, made_at=found.made_at)
    return shown(replace(as_it_was, changes=_since(here, period, found)), ids, public=public)


def numbered(here: Here, report: Report, by: int | None = None) -> Report:
    """All of a report under the number of its edition; a period that still runs has none.

    Figures that were counted before the last edition was printed are counted anew: they may be the older ones.
    """
    period = report.period
    if period.last >= here.local.date():
        return report
    last = kept.last(here.tx, period)
    now = reports.made(here, period) if last and last.made_at > report.made_at else report
    changed = editions.changes(last.content, editions.frozen(now)) if last else []
    if last and not changed:
        return replace(now, edition=last.edition, made_at=last.made_at, changes=_since(here, period, last))
    fresh = replace(now, edition=last.edition + 1 if last else 1, changes=editions.told(changed))
    if kept.keep(here.tx, period, fresh.edition, editions.frozen(fresh), by=by, now=here.now):
        return fresh
    return numbered(here, reports.made(here, period), by)


def _since(here: Here, period: Period, edition: Edition) -> tuple[Line, ...]:
    """In what an edition differs from the one before it."""
    before = kept.of(here.tx, period, edition.edition - 1) if edition.edition > 1 else None
    return editions.told(editions.changes(before.content, edition.content)) if before else ()


def shown(report: Report, ids: Sequence[str], *, public: bool) -> Report:
    """Hidden before tables are left out, because one table may give another away."""
    told = _public(report) if public else report
    by_id = {table.id: table for table in told.tables}
    return replace(told, tables=tuple(by_id[name] for name in ids))


def _public(report: Report) -> Report:
    """Loaded when it is wanted: its equations between tables take a tenth of a second to lay out."""
    from bot.core import masking  # noqa: PLC0415 - as just said

    return masking.public(report)
