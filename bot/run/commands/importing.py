"""What every `… import FILE.csv` shares: all rows or every fault; written in pieces; shown on a terminal."""

import asyncio
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn, TypeVar

import typer

from bot.core import sheets
from bot.core.sheets import Row, Table, Unfit
from bot.run.commands import session
from bot.run.settings import Settings
from storage.db import Transaction

T = TypeVar("T")
PIECE = 500
"""Rows that one transaction writes at most, so that the bot beside it has its turn (contract, section 3)."""


def rows(file: Path, table: Table) -> list[Row]:
    """Every row of the file; or every fault on a line of its own, and exit status 2."""
    try:
        return sheets.read(file.read_bytes(), table, file=str(file))
    except Unfit as unfit:
        refuse([str(fault) for fault in unfit.faults])


def refuse(faults: Sequence[str]) -> NoReturn:
    print(*faults, sep="\n", file=sys.stderr)
    raise SystemExit(session.WRONG_USE)


def written(
    given: Settings,
    wanted: Sequence[Row],
    *,
    what: str,
    begin: Callable[[Transaction], int],
    piece: Callable[[Transaction, int, Sequence[Row]], object],
    end: Callable[[Transaction, int], T],
) -> T:
    """What `end` gives, for which the rows become visible.

    `begin` opens an import and gives its number; each `piece` writes rows under it, which nobody sees yet; `end`
    makes the import the current one, in a transaction of its own that touches no single row. A kill in between
    leaves rows that belong to no current import, and the next import begins anew.
    """

    async def write() -> T:
        async with session.opened(given) as writer:
            import_id = await writer.transact(begin)
            with _bar(what, len(wanted)) as wrote:
                for part in _pieces(wanted):
                    await writer.transact(lambda tx, part=part: piece(tx, import_id, part))  # type: ignore[misc]
                    wrote(len(part))
            return await writer.transact(lambda tx: end(tx, import_id))

    return asyncio.run(write())


def _pieces(wanted: Sequence[Row]) -> Iterator[Sequence[Row]]:
    return (wanted[start : start + PIECE] for start in range(0, len(wanted), PIECE))


@contextmanager
def _bar(what: str, length: int) -> Iterator[Callable[[int], None]]:
    """How far it is, on a terminal; elsewhere nothing."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    with typer.progressbar(length=length, label=what, file=sys.stderr) as bar:
        yield bar.update
