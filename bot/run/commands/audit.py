"""`audit verify` and `audit show CASE`: whether the log is whole; who saw a case, when and why."""

import sys
from collections.abc import Callable
from datetime import datetime

import typer

from bot.core.cases import read_number
from bot.run import settings
from bot.run.commands import session
from storage import audit as log
from storage import cases, people
from storage.audit import Entry
from storage.db import Transaction

audit = typer.Typer(no_args_is_help=True, help="Who saw what, and whether the log of it is whole.")
BROKEN = 1


@audit.command()
def verify() -> None:
    """Looks along the whole chain; exit status 1 and the first row that is not as it was written."""
    with session.plainly():
        broken, rows = session.look(settings.read(), lambda tx: (log.verify(tx), log.count(tx)))
    if broken is not None:
        print(f"audit verify: the log is broken at row {broken}: changed, missing or added by hand", file=sys.stderr)
        raise SystemExit(BROKEN)
    print(f"the log is whole: {rows} rows")


@audit.command()
def show(case: str) -> None:
    """A line each: when, who, what, why."""
    with session.plainly():
        given = settings.read()
        number = read_number(case)
        lines = session.look(given, lambda tx: _lines(tx, number, session.centre_of(given).wall_clock))
        if lines is None:
            session.fail(f"audit show: there is no case {case}")
        print("\n".join(lines or ["nobody has opened it"]))


def _lines(tx: Transaction, number: str | None, local: Callable[[datetime], datetime]) -> list[str] | None:
    case = cases.by_number(tx, number) if number else None
    if case is None:
        return None
    return [
        f"{local(entry.at):%Y-%m-%d %H:%M:%S}\t{_who(tx, entry)}\t{_what(entry)}" for entry in log.of_case(tx, case.id)
    ]


def _who(tx: Transaction, entry: Entry) -> str:
    return (people.person(tx, entry.by).name or f"person {entry.by}") if entry.by else "—"


def _what(entry: Entry) -> str:
    return f"{entry.action}\t{entry.reason}".strip()
