"""`restore FILE`: back to a backup, in an empty place; what was erased since is erased once more."""

import asyncio
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Annotated

import typer

from bot.run import keyring, settings
from bot.run.clock import Clock
from bot.run.commands import session
from bot.run.settings import Settings
from storage import backups, broadcasts, disk, erasing, feeds, keys, outbox, retention, schema, signals
from storage.backups import Head
from storage.db import Transaction, Writer
from storage.retention import Store
from storage.seal import Vault, WrongKeyError

GOOD_FOR = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Returned:
    """What had to be done to a database that came back."""

    erased: int
    unsaid: int
    feeds: int = 0


def restore(
    file: Path,
    however_old: Annotated[bool, typer.Option(help="also a backup of more than 30 days")] = False,
) -> None:
    """Into an empty place only. Erases again what was erased since; says nothing that waited to be said then."""
    with session.plainly():
        given = settings.read()
        known = _checked(given, file, however_old=however_old)
        with disk.alone(_made(given)):
            returned = asyncio.run(_restored(given, file))
        print(f"{given.database}: as it was on {known.made_at:%Y-%m-%d at %H:%M} UTC")
        _say(given, returned)


def _checked(given: Settings, file: Path, *, however_old: bool) -> Head:
    if schema.stands_at(given.database):
        session.fail(f"restore: there is a database at {given.database}. Move it away, with its -wal and -shm")
    known = backups.head(file)
    age = Clock(given.clock_file).now() - known.made_at
    if age > GOOD_FOR and not however_old:
        session.fail(f"restore: {file} is {age.days} days old; backups expire after 30. If it must be: --however-old")
    if known.tables > schema.NEWEST:
        session.fail(f"restore: {file} was made by a newer version of Poruch. Use that one")
    return known


def _made(given: Settings) -> Path:
    given.database.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    return given.database


async def _restored(given: Settings, file: Path) -> Returned:
    """Everything happens to a copy, which takes its place at the end: before that there is nothing."""
    copy = given.database.with_suffix(".restoring")
    backups.clear(copy)
    try:
        vault = _opened(given, file, copy)
        schema.prepare(copy)
        returned = await _brought_up(given, copy, vault)
        schema.put_in_place(copy, given.database)
    finally:
        backups.clear(copy)
    return returned


def _opened(given: Settings, file: Path, copy: Path) -> Vault:
    """A vault under the master key that also opens what the backup's own key has wrapped."""
    masters = keyring.vault(given).masters
    try:
        key = backups.open_into(file, copy, Vault(masters), progress=session.progress("restore"))
    except WrongKeyError:
        session.fail(f"restore: {file} was made under another master key. Give the one that the bot had then")
    return Vault((*masters, key))


async def _brought_up(given: Settings, copy: Path, vault: Vault) -> Returned:
    now = Clock(given.clock_file).now()
    async with Writer(copy, vault) as writer:
        vault.root = await writer.transact(lambda tx: keys.root(tx, now=now))
        await keyring.rewrap(writer)
        returned = await writer.transact(lambda tx: _came_back(tx, given, now))
        await writer.truncate()
    return returned


def _came_back(tx: Transaction, given: Settings, now: datetime) -> Returned:
    """Erasures again, nothing stale is said, and what would have been let go meanwhile is let go."""
    keys.rehabilitate(tx)
    erased = erasing.replay(tx, erasing.listed(given.erased_file), now=now)
    unsaid = outbox.drop_stale(tx, now=now)
    signals.drop_stale(tx, now=now)
    broadcasts.drop_stale(tx, now=now)
    centre = session.centre_of(given)
    retention.let_go(Store(tx, given.backups, now, centre.zone), centre.retention)
    return Returned(erased, unsaid, feeds.end_all(tx))


def _say(given: Settings, returned: Returned) -> None:
    if given.erased_file.exists():
        print(f"{returned.erased} erased once more, by the list {given.erased_file}")
    else:
        print(f"There is no list of erasures at {given.erased_file}: what was erased since the backup is there again")
    print(f"{returned.unsaid} messages that waited then are not sent; what is due is said when the bot runs")
    if returned.feeds:
        print(
            f"{returned.feeds} calendar addresses have ended, since some may have been taken back; people get new ones"
        )
