"""What is looked after between the bells: erasures to be finished, the key file, what has been kept long enough."""

import asyncio
from datetime import datetime
from functools import partial

from bot.core.centre import Centre
from bot.run.clock import Clock
from bot.run.keyring import Watch
from bot.run.settings import Settings
from storage import backups, disk, erasing, inbox, retention
from storage.db import Transaction, Writer
from storage.retention import Store
from storage.seal import Vault

KEY_FIXED = "key_fixed"
"""Stands while the bot has its key from the environment and so cannot learn another one."""


async def finish_erasures(writer: Writer, given: Settings) -> bool:
    """The list of erasures is complete, and no log and no copy holds anything of them; False while somebody reads."""
    since = await writer.transact(partial(_unfinished, given=given))
    if since is None:
        return True
    if not await writer.truncate() or not await asyncio.to_thread(clear_leftovers, given):
        return False
    await writer.transact(lambda tx: erasing.finished(tx, since))
    return True


class Upkeep:
    def __init__(self, writer: Writer, clock: Clock, given: Settings, centre: Centre, vault: Vault) -> None:
        self._writer = writer
        self._clock = clock
        self._given = given
        self._centre = centre
        self._watch = Watch(given, vault)

    async def begin(self) -> None:
        """At every start: what the list of erasures lacks is looked for once more; leftovers of a backup go."""
        await self._writer.transact(self._begin)
        await asyncio.to_thread(clear_leftovers, self._given)

    async def turn(self) -> None:
        self._watch.look()
        await finish_erasures(self._writer, self._given)

    async def forget(self) -> None:
        await self._writer.transact(self._forget)

    def _begin(self, tx: Transaction) -> None:
        now = self._clock.now()
        erasing.look_again(tx, now=now)
        inbox.unmark(tx, KEY_FIXED)
        if self._given.master_key:
            inbox.mark(tx, KEY_FIXED, at=now)

    def _forget(self, tx: Transaction) -> None:
        store = Store(tx, self._given.backups, self._clock.now(), self._centre.zone)
        retention.let_go(store, self._centre.retention)


def clear_leftovers(given: Settings) -> bool:
    """A backup that was cut off has left a copy of the database, which goes; False while one is being made."""
    try:
        with disk.alone(given.database):
            for ending in (".copying", ".restoring"):
                backups.clear(given.database.with_suffix(ending))
    except disk.BusyError:
        return False
    return True


def _unfinished(tx: Transaction, *, given: Settings) -> datetime | None:
    since = inbox.marked(tx, erasing.UNFINISHED)
    if since is not None:
        erasing.write_down(tx, given.erased_file)
    return since
