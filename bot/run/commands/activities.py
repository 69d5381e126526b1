"""`activities import FILE.csv` and `activities export`: what is no case, as a table."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Annotated

import typer

from bot.core import activity_table as rules
from bot.core.activities import KINDS
from bot.core.centre import Centre
from bot.core.register import Cells
from bot.run import settings
from bot.run.clock import Clock
from bot.run.commands import importing, session
from bot.run.settings import Settings
from storage import activity_imports as kept
from storage import audit
from storage.db import Transaction

GIVEN_UP = timedelta(hours=1)
"""An import that began longer ago and has not ended was killed."""

activities = typer.Typer(no_args_is_help=True, help="What the centre does that is no case.")


@activities.callback()
def group() -> None:
    """What the centre does that is no case."""


@dataclass(frozen=True, slots=True)
class Wanted:
    mark: bytes
    cells: Cells


@dataclass(frozen=True, slots=True)
class News:
    rows: Sequence[Wanted] = field(repr=False)
    known: int

    def __str__(self) -> str:
        return f"{len(self.rows)} new, {self.known} known already"


@activities.command(
    "import",
    help=f"""
    Adds the rows of the file: group events, materials, media, court hearings, stays at the day centre, calls, figures
    as of a date. docs/register.md says what each column holds.

    Columns: {", ".join(rules.NAMES)}.

    kind: {", ".join(KINDS)}, or a code of your own.

    Nothing is imported unless all rows are good. The same file again changes nothing.
    """,
)
def import_(
    file: Annotated[Path, typer.Argument(help=",".join(rules.NAMES))],
    *,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="only say what would be")] = False,
) -> None:
    with session.plainly():
        given = settings.read()
        centre, now = session.centre_of(given), Clock(given.clock_file).now()
        rows = [rules.cells(row) for row in importing.rows(file, rules.table(centre))]
        news = session.look(given, lambda tx: _news(tx, rows, centre))
        if news.rows and not dry_run:
            _import(given, news.rows, now)
        print(f"{'activities that would be new' if dry_run else 'activities'}: {news}")


@activities.command()
def export(
    *, file: Annotated[Path | None, typer.Option("-o", "--output", help="default: standard output")] = None
) -> None:
    """What was imported and what staff have noted, as CSV. Noted in the log."""
    with session.plainly():
        given = settings.read()
        centre, now = session.centre_of(given), Clock(given.clock_file).now()
        rows = session.look(given, lambda tx: sorted(_there(tx, centre).elements()))
        session.transact(given, lambda tx: audit.note(tx, "exported", reason="activities", now=now))
        importing.given_out(rules.NAMES, rows, file)


def _there(tx: Transaction, centre: Centre) -> Counter[Cells]:
    """Everything that counts; staff's own as a file has it."""
    table = rules.table(centre)
    return Counter(rules.canonical(row, table) for row in kept.rows(tx))


def _news(tx: Transaction, rows: Sequence[Cells], centre: Centre) -> News:
    there, equals = _there(tx, centre), Counter[Cells]()
    wanted = []
    for row in rows:
        equals[row] += 1
        if equals[row] > there[row]:
            wanted.append(Wanted(kept.mark(tx, row, nth=equals[row]), row))
    return News(wanted, len(rows) - len(wanted))


def _import(given: Settings, rows: Sequence[Wanted], now: datetime) -> None:
    def piece(tx: Transaction, import_id: int, part: Sequence[Wanted]) -> None:
        for row in part:
            kept.put(tx, import_id, row.cells, row.mark, now=now)

    importing.written(
        given,
        rows,
        what="activities",
        begin=lambda tx: kept.begin(tx, now=now),
        piece=piece,
        end=lambda tx, import_id: kept.finish(tx, import_id, now=now),
        sweep=lambda tx: kept.drop_unfinished(tx, begun_before=now - GIVEN_UP, most=importing.PIECE),
    )
