"""`retention [--dry-run]`: the table of what is kept how long, with counts."""

from datetime import datetime
from typing import Annotated

import typer

from bot.core.retention import RULES
from bot.run import settings
from bot.run.clock import Clock
from bot.run.commands import session
from bot.run.settings import Settings
from storage import retention as kept
from storage.db import Transaction
from storage.retention import Store


def retention(dry_run: Annotated[bool, typer.Option("--dry-run", help="only count what would go now")] = False) -> None:
    """Lets go what is kept long enough, as the running bot does every ten minutes by itself."""
    with session.plainly():
        given = settings.read()
        now = Clock(given.clock_file).now()
        counts = _counted(given, now) if dry_run else _let_go(given, now)
        _table(given, counts, "would go now" if dry_run else "gone now")


def _counted(given: Settings, now: datetime) -> dict[str, int]:
    centre = session.centre_of(given)
    return session.transact(
        given, lambda tx: kept.due_now(Store(tx, given.backups, now, centre.zone), centre.retention)
    )


def _let_go(given: Settings, now: datetime) -> dict[str, int]:
    """Closed cases in pieces, so that the bot beside it has its turn."""
    centre = session.centre_of(given)

    def piece(tx: Transaction) -> dict[str, int]:
        return kept.let_go(Store(tx, given.backups, now, centre.zone), centre.retention)

    gone = more = session.transact(given, piece)
    while more["archive"] == kept.PIECE:
        more = session.transact(given, piece)
        gone = {key: gone[key] + more[key] for key in gone}
    session.finish_erasures(given)
    return gone


def _table(given: Settings, counts: dict[str, int], head: str) -> None:
    rules = session.centre_of(given).retention
    rows = [("what", "kept", "then", head)]
    rows += [(rule.what, str(rule.kept(rules)), rule.then, str(counts[rule.key])) for rule in RULES]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        print("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())
