"""Alarms that wait are given to the operator's own command, beside everything else."""

import asyncio
from datetime import datetime, timedelta

from bot.run import gateway
from bot.run.house import House
from storage import signals
from storage.db import Transaction
from storage.signals import Signal

TRIES = 12
"""With the pauses between them, over half an hour: as long as a message that does not go."""
LONGEST_PAUSE = 300
GRACE = 5.0
"""Seconds that a command may still have when the bot is asked to stop."""


class Caller:
    """Gives each alarm that waits, one after another, beside everything else; what fails is tried again."""

    def __init__(self, house: House, command: tuple[str, ...]) -> None:
        self._house = house
        self._command = command
        self._wake = asyncio.Event()
        self._stopping = False

    def wake(self) -> None:
        self._wake.set()

    def stop(self) -> None:
        self._stopping = True
        self._wake.set()

    async def prepare(self) -> None:
        """What a crash has interrupted is given at once."""
        now = self._house.clock.now()
        await self._house.writer.transact(lambda tx: signals.interrupted(tx, now=now))

    async def run(self) -> None:
        await self.prepare()
        while not self._stopping:
            self._wake.clear()
            if not await self.turn():
                await self._wake.wait()

    async def turn(self) -> bool:
        """One alarm, if there is one."""
        taken = await self._house.writer.transact(self._take)
        if taken is None:
            return False
        status = await self._given()
        await self._house.writer.transact(lambda tx: self._note(tx, taken, status))
        return True

    def _take(self, tx: Transaction) -> Signal | None:
        now = self._house.clock.now()
        return signals.take(tx, until=now + timedelta(seconds=gateway.LONGEST + LONGEST_PAUSE), now=now)

    async def _given(self) -> int:
        if not self._command:
            self._house.log.warning("no_alarm_command", setting="PORUCH_ALARM_COMMAND")
            return 0
        return await gateway.called(self._command, gateway.ALARM)

    def _note(self, tx: Transaction, given: Signal, status: int) -> None:
        """Done, tried again later, or given up, which the log says."""
        now = self._house.clock.now()
        if status == 0 or given.attempts >= TRIES:
            signals.done(tx, given.id, now=now)
        else:
            signals.again(tx, given.id, at=_later(given.attempts, now))
        if status:
            self._house.log.error("alarm_failed", row=given.id, attempt=given.attempts, status=status)


def _later(attempts: int, now: datetime) -> datetime:
    return now + timedelta(seconds=min(LONGEST_PAUSE, 2**attempts))
