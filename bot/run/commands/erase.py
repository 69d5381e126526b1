"""`erase CASE`: destroys what was told in a case, leaves the counts."""

import asyncio
from contextlib import suppress
from typing import NoReturn

import typer

from bot.core import register
from bot.core.cases import Case, read_number, shown
from bot.core.sheets import Wrong
from bot.run import settings, upkeep
from bot.run.clock import Clock
from bot.run.commands import session
from bot.run.settings import Settings
from storage import cases, erasing
from storage.db import Transaction


def erase(
    case: str = typer.Argument(help="its number: К-4823, K-4823 or 4823, or that of a row of the register"),
) -> None:
    """Destroys the case's key and everything that leads to its words. Counts and codes stay. It cannot be undone.

    Of a row of the register that was imported the words go, its number among them.
    """
    with session.plainly():
        asyncio.run(_erase(settings.read(), case))


async def _erase(given: Settings, word: str) -> None:
    now = Clock(given.clock_file).now()

    def erased(tx: Transaction) -> Case | bool:
        digits = read_number(word)
        case = cases.by_number(tx, digits) if digits else None
        if case is None:
            with suppress(Wrong):
                return erasing.erase_row(tx, register.number(word), now=now)
            return False
        erasing.erase(tx, case, now=now)
        return case

    async with session.opened(given) as writer:
        found = await writer.transact(erased)
        finished = await upkeep.finish_erasures(writer, given)
    _say(word, found, finished=finished)


def _say(word: str, found: Case | bool, *, finished: bool) -> None:
    if not found:
        _unknown(word)
    if not isinstance(found, Case):
        print(f"{word}: erased from the register; its codes and counts stay. Older backups forget it when they expire")
    elif found.erased_at is not None:
        print(f"{found.name.uk}: erased before, on {found.erased_at:%Y-%m-%d}")
    else:
        said = "erased. Its key is destroyed; the counts stay. Older backups forget it when they expire"
        print(f"{found.name.uk}: {said}")
    if not finished:
        print(session.UNFINISHED)


def _unknown(word: str) -> NoReturn:
    number = read_number(word)
    if number is None:
        session.fail(f"erase: {word} is no case number; look at it again: the last digit checks the others")
    session.fail(f"erase: there is no case {shown(number).uk}")
