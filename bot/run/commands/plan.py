"""`plan import FILE.csv` and `plan show`: the staff's yearly plan from a table, and what was done of it."""

import csv
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Annotated

import typer

from bot.core import plan as rules
from bot.core.plan import COUNTERS, RHYTHMS, TRIGGERS, Figures, Item
from bot.core.plan import Row as PlanRow
from bot.core.sheets import Row
from bot.run import settings
from bot.run.clock import Clock
from bot.run.commands import importing, session
from bot.run.settings import Settings
from handlers import plan as pages
from storage import plan as kept
from storage.db import Transaction

SHOWN = ("item", "periodicity", "responsible", "done", "not_done", "overdue", "ahead", "quarter", "year", "title")
DAYS = ", ".join(key for key in RHYTHMS if key not in TRIGGERS and key not in COUNTERS)
Year = Annotated[
    int | None, typer.Option("--year", min=2000, max=2100, help="without it, this one", show_default=False)
]

GIVEN_UP = timedelta(hours=1)
"""An import that began longer ago and has not ended was killed."""

plan = typer.Typer(no_args_is_help=True, help="The staff's plan of the year.")


@dataclass(frozen=True, slots=True)
class News:
    """By how much a file differs from the plan that stands."""

    new: int
    changed: int
    closed: int
    same: int

    def __str__(self) -> str:
        return f"{self.new} new, {self.changed} changed, {self.closed} closed, {self.same} as they were"

    @property
    def any(self) -> bool:
        return bool(self.new or self.changed or self.closed)


@plan.command(
    "import",
    help=f"""
    Makes the file the plan of its year, in the place of the one before.

    Columns: item (its number, as 2.10), title, periodicity, responsible, term (in the plan's own words, or empty).

    periodicity: days, several with «;»: {DAYS}, or dates as 2026-03-05; or one thing that is waited for:
    {", ".join(TRIGGERS)}; or one that is only counted: {", ".join(COUNTERS)}.

    responsible, several with «;»: {", ".join(rules.RESPONSIBLE)}.

    What is new or changed holds from now on, what is missing is closed, and what was said to be done stays. Nothing is
    imported unless all rows are good. The same file again changes nothing.
    """,
)
def import_(
    file: Annotated[Path, typer.Argument(help="item,title,periodicity,responsible,term")],
    *,
    year: Year = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="only say what would be")] = False,
) -> None:
    with session.plainly():
        given = settings.read()
        centre, now = session.centre_of(given), Clock(given.clock_file).now()
        year = year or centre.wall_clock(now).year
        rows = importing.rows(file, rules.table(year, centre, centre.plan_on))
        news = _news([rules.row(values) for values in rows], _standing(given, year))
        if news.any and not dry_run:
            _import(given, year, rows, now)
        print(f"{'would be the plan' if dry_run else 'plan'} of {year}: {news}")


@plan.command()
def show(
    *, year: Year = None, as_csv: Annotated[bool, typer.Option("--csv", help="as a table with commas")] = False
) -> None:
    """A line an item: how often done, not done, overdue, still ahead; how often counted, this quarter and in all."""
    with session.plainly():
        given = settings.read()
        today = session.centre_of(given).wall_clock(Clock(given.clock_file).now()).date()
        figures = rules.figures(_standing(given, year or today.year), today)
        lines = [SHOWN, *map(_cells, figures)]
        if as_csv:
            csv.writer(sys.stdout, lineterminator="\n").writerows(lines)
        else:
            print(*("\t".join(line) for line in lines), sep="\n")


def _standing(given: Settings, year: int) -> list[Item]:
    return session.look(given, lambda tx: kept.items(tx, year))


def _news(wanted: Sequence[PlanRow], standing: Sequence[Item]) -> News:
    before = {item.row.item: item.row for item in standing if not item.closed}
    same = sum(before.get(row.item) == row for row in wanted)
    known = sum(row.item in before for row in wanted)
    return News(len(wanted) - known, known - same, len(before.keys() - {row.item for row in wanted}), same)


def _import(given: Settings, year: int, rows: Sequence[Row], now: datetime) -> None:
    def begin(tx: Transaction) -> int:
        kept.drop_unfinished(tx, year, begun_before=now - GIVEN_UP)
        return kept.begin(tx, year, now=now)

    def piece(tx: Transaction, import_id: int, part: Sequence[Row]) -> None:
        for values in part:
            kept.put(tx, import_id, year, rules.row(values))

    def end(tx: Transaction, import_id: int) -> None:
        pages.finish(tx, import_id, year, now)

    importing.written(given, rows, what="plan", begin=begin, piece=piece, end=end)


def _cells(of: Figures) -> tuple[str, ...]:
    stands = "closed" if of.item.closed else of.item.row.rhythm.key
    counts = (of.done, of.not_done, of.overdue, of.ahead, of.quarter, of.year)
    return (of.item.row.item, stands, ";".join(of.item.row.roles), *map(str, counts), of.item.row.title)
