"""`cases import FILE.csv` and `cases export`: the register as a table, of years before and of this bot's own cases."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Annotated

import typer

from bot.core import register as rules
from bot.core.centre import Centre
from bot.core.register import Cells, Clocks
from bot.core.sheets import LINE, Fault, Row, Unfit
from bot.run import settings
from bot.run.clock import Clock
from bot.run.commands import importing, session
from bot.run.settings import Settings
from storage import audit, register, registered
from storage.db import Transaction

GIVEN_UP = timedelta(hours=1)
"""An import that began longer ago and has not ended was killed."""
OTHER = "other"
PARTING = "\x1f"
"""No cell holds it."""

cases = typer.Typer(no_args_is_help=True, help="The register of cases.")


@cases.callback()
def group() -> None:
    """The register of cases."""


@dataclass(frozen=True, slots=True)
class Numbered:
    """A row, and the line of the file in which it begins. A hundred thousand lie in memory, so it lies packed."""

    line: int
    packed: bytes

    @property
    def number(self) -> str:
        return self.packed.partition(PARTING.encode())[0].decode()

    @property
    def cells(self) -> Cells:
        return tuple(self.packed.decode().split(PARTING))


@dataclass(frozen=True, slots=True)
class Wanted:
    """A row to be written, under the mark by which it will be known."""

    mark: bytes
    row: Numbered


@dataclass(frozen=True, slots=True)
class News:
    """By how much a file differs from the register. asyncio writes out what a thread gave, which would be long here."""

    rows: Sequence[Wanted] = field(repr=False)
    changed: int
    known: int

    def __str__(self) -> str:
        return f"{len(self.rows) - self.changed} new, {self.changed} changed, {self.known} known already"


@cases.command(
    "import",
    help=f"""
    Adds the rows of the file to the register. A row with a number that is known already takes the place of the
    one before; a row without a number is known again by all of it. docs/register.md says what each column holds.

    Columns: {", ".join(rules.NAMES)}. What is left out is unknown.

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
        rows = _read(file, centre)
        news = session.look(given, lambda tx: _news(tx, rows, centre, file))
        if news.rows and not dry_run:
            _import(given, news.rows, centre, now)
        print(f"{'cases that would be new' if dry_run else 'cases'}: {news}")


@cases.command()
def export(
    *, file: Annotated[Path | None, typer.Option("-o", "--output", help="default: standard output")] = None
) -> None:
    """The whole register as CSV: what was imported and the cases of this bot, without any name. Noted in the log."""
    with session.plainly():
        given = settings.read()
        centre, now = session.centre_of(given), Clock(given.clock_file).now()
        rows = session.look(given, lambda tx: _every(tx, centre))
        session.transact(given, lambda tx: audit.note(tx, "exported", reason="register", now=now))
        importing.given_out(rules.NAMES, rows, file)


def _read(file: Path, centre: Centre) -> list[Numbered]:
    """Every row of the file; or every fault on a line of its own, and exit status 2."""
    rows: list[Numbered] = []
    faults: list[Fault] = []
    more = 0
    try:
        for row, found in _looked_at(file, centre):
            room = max(0, importing.FAULTS_SHOWN - len(faults))
            faults, more = [*faults, *found[:room]] if found else faults, more + len(found[room:])
            if not faults:
                rows.append(Numbered(row[LINE], PARTING.join(rules.cells(row)).encode()))
    except Unfit as unfit:
        importing.refuse([*faults, *unfit.faults])
    if faults:
        importing.refuse(faults, more=more)
    return rows


def _looked_at(file: Path, centre: Centre) -> Iterator[tuple[Row, list[Fault]]]:
    """Row by row, with what is wrong in it or between it and one before."""
    lines: dict[str, int] = {}
    for row, found in importing.each(file, rules.table(centre), what="reading"):
        number = row.get("number")
        yield row, [*found, *(_doubled(number, row[LINE], lines, file) if number else ())]


def _doubled(number: str, line: int, lines: dict[str, int], file: Path) -> list[Fault]:
    before = lines.setdefault(number, line)
    same = Fault(str(file), line, "number", f"the same as in line {before}; allowed: each once")
    return [] if before == line else [same]


def _news(tx: Transaction, rows: Sequence[Numbered], centre: Centre, file: Path) -> News:
    known, own = register.marks(tx), _own(tx, rows, centre, file)
    wanted: list[Wanted] = []
    changed, equals = 0, Counter[bytes]()
    for row in rows:
        number, cells = row.number, row.cells
        if number in own:
            continue
        if not number:
            equals[row.packed] += 1
        mark = register.mark(tx, cells, nth=equals[row.packed])
        if known.get(mark) not in {b"", register.whole(tx, cells)}:
            wanted.append(Wanted(mark, row))
            changed += mark in known
    return News(wanted, changed, len(rows) - len(wanted))


def _own(tx: Transaction, rows: Sequence[Numbered], centre: Centre, file: Path) -> set[str]:
    """The numbers that are cases of this bot, each with the row that it has here; any other row is refused."""
    ours = {digits for row in rows if (digits := rules.ours(row.number))} & registered.numbers(tx)
    if not ours:
        return set()
    numbers = {rules.written_by(digits) for digits in ours}
    here = {row[0]: row for row in _cases(tx, centre) if row[0] in numbers}
    differ = [row for row in rows if row.number in numbers and row.cells != here.get(row.number)]
    if differ:
        importing.refuse([Fault(str(file), row.line, "number", _differs(row, here.get(row.number))) for row in differ])
    return numbers


def _differs(row: Numbered, here: Cells | None) -> str:
    said = f"{row.number} is a case of this bot; change it there"
    if here is None:
        return said
    names = [name for name, one, other in zip(rules.NAMES, row.cells, here, strict=True) if one != other]
    return f"{said}; what differs: {', '.join(names)}"


def _every(tx: Transaction, centre: Centre) -> list[Cells]:
    return sorted([*register.rows(tx), *_cases(tx, centre)], key=rules.order)


def _cases(tx: Transaction, centre: Centre) -> Iterator[Cells]:
    """The cases of this bot, as the register has them."""
    asked = [source.key for source in centre.sources if source.identifier == OTHER]
    table = rules.table(centre)
    for case in registered.every(tx, centre.wall_clock, detailed={OTHER, *asked}):
        yield rules.canonical({**case, "number": rules.written_by(case["number"])}, table)


def _import(given: Settings, rows: Sequence[Wanted], centre: Centre, now: datetime) -> None:
    clocks = Clocks(centre)

    def sweep(tx: Transaction) -> int:
        return register.drop_unfinished(tx, begun_before=now - GIVEN_UP, most=importing.PIECE)

    def piece(tx: Transaction, import_id: int, part: Sequence[Wanted]) -> None:
        for row in part:
            cells = row.row.cells
            register.put(tx, import_id, cells, row.mark, clocks.of(dict(zip(rules.NAMES, cells, strict=True))))

    importing.written(
        given,
        rows,
        what="cases",
        begin=lambda tx: register.begin(tx, now=now),
        piece=piece,
        end=lambda tx, import_id: register.finish(tx, import_id, now=now),
        sweep=sweep,
    )
