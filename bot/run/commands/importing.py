"""What `import FILE.csv` and `export` share: all rows or every fault; written in pieces; shown on a terminal."""

import asyncio
import csv
import io
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, NoReturn, TypeVar

import typer

from bot.core import sheets
from bot.core.sheets import Fault, Row, Table, Unfit
from bot.run.commands import session
from bot.run.settings import Settings
from storage.db import Transaction

R = TypeVar("R")
T = TypeVar("T")
PIECE = 500
"""Rows that one transaction writes at most, so that the bot beside it has its turn (contract, section 3)."""
FAULTS_SHOWN = 1000
"""Where every line of a long table is wrong, the first of them tell why."""
NOT_UTF_8 = "this is not UTF-8; save the table as «CSV UTF-8»"


def rows(file: Path, table: Table) -> list[Row]:
    """Every row of the file; or every fault on a line of its own, and exit status 2."""
    try:
        return sheets.read(file.read_bytes(), table, file=str(file))
    except Unfit as unfit:
        refuse(unfit.faults)


def each(file: Path, table: Table, *, what: str) -> Iterator[tuple[Row, list[Fault]]]:
    """Row by row with its faults, so that a long table need not lie in memory. Raises Unfit where it is none."""
    try:
        with file.open("rb") as raw, _bar(what, file.stat().st_size) as seen:
            text, before = io.TextIOWrapper(raw, encoding="utf-8-sig", newline=""), 0
            for number, found in enumerate(sheets.scan(text, table, file=str(file))):
                if number % PIECE == 0:
                    seen(raw.tell() - before)
                    before = raw.tell()
                yield found
            seen(raw.tell() - before)
    except UnicodeDecodeError:
        raise Unfit([Fault(str(file), _not_utf_8(file), "", NOT_UTF_8)]) from None


def refuse(faults: Sequence[object], *, more: int = 0) -> NoReturn:
    """`more`: of those that are not told, how many."""
    more += max(0, len(faults) - FAULTS_SHOWN)
    print(*faults[:FAULTS_SHOWN], sep="\n", file=sys.stderr)
    if more:
        print(f"… and {more} more", file=sys.stderr)
    raise SystemExit(session.WRONG_USE)


def written(
    given: Settings,
    wanted: Sequence[R],
    *,
    what: str,
    begin: Callable[[Transaction], int],
    piece: Callable[[Transaction, int, Sequence[R]], object],
    end: Callable[[Transaction, int], T],
    sweep: Callable[[Transaction], int] | None = None,
) -> T:
    """What `end` gives, for which the rows become visible.

    `begin` opens an import and gives its number; each `piece` writes rows under it, which nobody sees yet; `end`
    makes the import the current one, in a transaction of its own that touches no single row. A kill in between
    leaves rows that belong to no current import, and the next import begins anew. `sweep` first takes away what such
    a one has left, a piece a transaction, until it says that there was nothing.
    """

    async def write() -> T:
        async with session.opened(given) as writer:
            while sweep is not None and await writer.transact(sweep) > 0:
                pass
            import_id = await writer.transact(begin)
            with _bar(what, len(wanted)) as wrote:
                for part in _pieces(wanted):
                    await writer.transact(lambda tx, part=part: piece(tx, import_id, part))  # type: ignore[misc]
                    wrote(len(part))
            return await writer.transact(lambda tx: end(tx, import_id))

    return asyncio.run(write())


def given_out(names: Sequence[str], rows: Sequence[Sequence[str]], file: Path | None) -> None:
    """As CSV on standard output, or in a file that nobody else may read: whole, or not at all."""
    if file is None:
        _write(names, rows, sys.stdout.buffer)
        return
    if not file.parent.is_dir():
        session.fail(f"{file}: there is no folder {file.parent}")
    with own_file(file) as target:
        _write(names, rows, target)
    print(f"{file}: {len(rows)} rows", file=sys.stderr)


@contextmanager
def own_file(file: Path) -> Iterator[BinaryIO]:
    """A file that nobody else may read, also in the place of one that others could: whole, or not at all."""
    part = file.with_name(f".{file.name}.part")
    part.unlink(missing_ok=True)
    with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as target:
        yield target
    part.replace(file)


def _write(names: Sequence[str], rows: Sequence[Sequence[str]], target: BinaryIO) -> None:
    text = io.TextIOWrapper(target, encoding="utf-8", newline="")
    lines = csv.writer(text, lineterminator="\n")
    lines.writerow(names)
    lines.writerows(rows)
    text.flush()
    text.detach()


def _not_utf_8(file: Path) -> int:
    """The first line that is not."""
    with file.open("rb") as lines:
        for number, line in enumerate(lines, 1):
            try:
                line.decode()
            except UnicodeDecodeError:
                return number
    return 1


def _pieces(wanted: Sequence[R]) -> Iterator[Sequence[R]]:
    return (wanted[start : start + PIECE] for start in range(0, len(wanted), PIECE))


@contextmanager
def _bar(what: str, length: int) -> Iterator[Callable[[int], None]]:
    """How far it is, on a terminal; elsewhere nothing."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    with typer.progressbar(length=length, label=what, file=sys.stderr) as bar:
        yield bar.update
