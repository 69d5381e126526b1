"""`trainings import FILE.csv`: what was taught in the years before, and what is ahead, from a table."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Annotated

import typer

from bot.core import training_table
from bot.core.centre import AUDIENCES
from bot.core.sheets import Row
from bot.run import settings
from bot.run.clock import Clock
from bot.run.commands import importing, session
from bot.run.settings import Settings
from storage import imported
from storage.db import Transaction

GIVEN_UP = timedelta(hours=1)
"""An import that began longer ago and has not ended was killed."""

trainings = typer.Typer(no_args_is_help=True, help="Programmes and sessions of trainings.")


@trainings.callback()
def group() -> None:
    """Programmes and sessions of trainings."""


@dataclass(frozen=True, slots=True)
class News:
    held: int
    ahead: int
    known: int

    def __str__(self) -> str:
        return f"{self.held} held, {self.ahead} ahead, {self.known} known already"


@trainings.command(
    "import",
    help=f"""
    Adds the sessions of the file: those of the past as held, with their totals; those ahead wait on the page
    «Trainings» until somebody invites to them. The import itself sends nothing.

    Columns: {", ".join(training_table.NAMES)}.

    audience: {", ".join(AUDIENCES)}. starts_at: 2026-03-05T10:00, by the centre's clock. invited and
    came: how many; certificate: how many, or their numbers with «;». A session ahead needs its capacity and has no
    totals yet.

    Nothing is imported unless all rows are good. The same file again changes nothing.
    """,
)
def import_(
    file: Annotated[Path, typer.Argument(help=",".join(training_table.NAMES))],
    *,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="only say what would be")] = False,
) -> None:
    with session.plainly():
        given = settings.read()
        centre, now = session.centre_of(given), Clock(given.clock_file).now()
        rows = importing.rows(file, training_table.table(centre, now))
        fresh = _fresh(given, rows)
        if fresh and not dry_run:
            _import(given, fresh, now)
        held = sum(row["starts_at"] <= now for row in fresh)
        news = News(held, len(fresh) - held, len(rows) - len(fresh))
        print(f"{'trainings that would be new' if dry_run else 'trainings'}: {news}")


def _fresh(given: Settings, rows: Sequence[Row]) -> list[Row]:
    """What is not there yet."""

    def look(tx: Transaction) -> list[Row]:
        marks = [imported.mark(tx, row) for row in rows]
        known = imported.known(tx, marks)
        return [row for row, mark in zip(rows, marks, strict=True) if mark not in known]

    return session.look(given, look)


def _import(given: Settings, rows: Sequence[Row], now: datetime) -> None:
    def begin(tx: Transaction) -> int:
        imported.drop_unfinished(tx, begun_before=now - GIVEN_UP)
        return imported.begin(tx, now=now)

    def piece(tx: Transaction, import_id: int, part: Sequence[Row]) -> None:
        of = imported.programmes_of(tx, part, import_id=import_id, now=now)
        for row in part:
            imported.put(tx, import_id, row, programme_id=of[row["programme"], row["audience"]])

    def end(tx: Transaction, import_id: int) -> None:
        imported.finish(tx, import_id, now=now)

    importing.written(given, rows, what="trainings", begin=begin, piece=piece, end=end)
