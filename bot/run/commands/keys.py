"""`keys rotate`: another master key, while the bot runs; nothing is unreadable at any moment of it.

The key file holds both before anything is wrapped by the new one, the new one first. Then the old one is retired in
the database: whoever still has it in memory is refused by the very statement that stores a key, and looks into the
file. Only then can "none is left under the old one" become true and stay so; and only then does the old one go.
Cut off anywhere, it leaves a file that opens everything, and goes on where it was.
"""

import asyncio
from collections.abc import Sequence
from datetime import datetime

import typer

from bot.run import keyring, settings
from bot.run.clock import Clock
from bot.run.commands import session
from bot.run.settings import Settings
from bot.run.upkeep import KEY_FIXED
from storage import backups, disk, erasing, inbox, schema, seal
from storage import keys as data_keys
from storage.db import Transaction

FROM_ENVIRONMENT = (
    "keys rotate: the key comes from PORUCH_MASTER_KEY, which cannot be changed from here. Put it into a file that "
    "you alone can read, name it by PORUCH_MASTER_KEY_FILE, take PORUCH_MASTER_KEY away, start the bot again"
)
BOT_FROM_ENVIRONMENT = (
    "keys rotate: the running bot has its key from PORUCH_MASTER_KEY and would not learn a new one. Start it with "
    "PORUCH_MASTER_KEY_FILE instead, then try again"
)
keys = typer.Typer(no_args_is_help=True, help="The master key.")


@keys.command()
def rotate() -> None:
    """A new master key. The bot may run; cut off, it is finished by running it again."""
    with session.plainly():
        given = settings.read()
        if given.master_key:
            session.fail(FROM_ENVIRONMENT)
        if schema.revision(given.database) is None:
            session.fail(f"keys rotate: there is no database at {given.database}")
        with disk.alone(given.database):
            rewrapped, files = asyncio.run(_rotate(given))
        print(f"{given.key_file}: a new master key, above {rewrapped} others. Keep a copy of it apart from the data")
        if not session.finish_erasures(given):
            print(session.UNFINISHED)
        print(
            f"{files} backups in {given.backups} open with it too. Copies elsewhere need the old one until they expire"
        )


async def _rotate(given: Settings) -> tuple[int, int]:
    """How many keys, and how many backups, are under the new one that were not."""
    now = Clock(given.clock_file).now()
    async with session.opened(given) as writer:
        if await writer.transact(lambda tx: inbox.marked(tx, KEY_FIXED)) and schema.is_in_use(given.database):
            session.fail(BOT_FROM_ENVIRONMENT)
        new, *old = _both(given)
        writer.vault.renew()
        await writer.transact(lambda tx: _retired(tx, old, now))
        rewrapped = await keyring.rewrap(writer)
        files = [file for file in backups.kept(given.backups) if backups.rewrap(file, writer.vault)]
        keyring.write(given.key_file, [new])
    return rewrapped, len(files)


def _both(given: Settings) -> Sequence[bytes]:
    """The new master key and the old one, both in the file; those of a change that was cut off go on."""
    known = settings.master_keys(given)
    if len(known) == 1:
        known = (seal.new_key(), *known)
        keyring.write(given.key_file, known)
    return known


def _retired(tx: Transaction, old: Sequence[bytes], now: datetime) -> None:
    for each in old:
        data_keys.retire(tx, seal.mark(each), now=now)
    inbox.mark(tx, erasing.UNFINISHED, at=now)
