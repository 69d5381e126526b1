"""`erase CASE`: destroys what was told in a case, leaves the counts."""

import asyncio

import typer

from bot.core.cases import Case, read_number, shown
from bot.run import settings, upkeep
from bot.run.clock import Clock
from bot.run.commands import session
from bot.run.settings import Settings
from storage import cases, erasing
from storage.db import Transaction


def erase(case: str = typer.Argument(help="its number: К-4823, K-4823 or 4823")) -> None:
    """Destroys the case's key and everything that leads to its words. Counts and codes stay. It cannot be undone."""
    with session.plainly():
        number = read_number(case)
        if number is None:
            session.fail(f"erase: {case} is no case number; look at it again: the last digit checks the others")
        asyncio.run(_erase(settings.read(), number))


async def _erase(given: Settings, number: str) -> None:
    now = Clock(given.clock_file).now()

    def erased(tx: Transaction) -> Case | None:
        case = cases.by_number(tx, number)
        if case is not None:
            erasing.erase(tx, case, now=now)
        return case

    async with session.opened(given) as writer:
        case = await writer.transact(erased)
        finished = await upkeep.finish_erasures(writer, given)
    _say(number, case, finished=finished)


def _say(number: str, case: Case | None, *, finished: bool) -> None:
    name = shown(number).uk
    if case is None:
        session.fail(f"erase: there is no case {name}")
    if case.erased_at is not None:
        print(f"{name}: erased before, on {case.erased_at:%Y-%m-%d}")
    else:
        print(f"{name}: erased. Its key is destroyed; the counts stay. Older backups forget it when they expire")
    if not finished:
        print(session.UNFINISHED)
