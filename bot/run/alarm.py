"""The operator's own command, an SMS gateway or a call: it is given one neutral word, and its own are not kept."""

import asyncio
import contextlib
import os
import signal
from datetime import datetime, timedelta

from bot.run.house import House
from storage import signals
from storage.db import Transaction
from storage.signals import Signal

ALARM, SILENT, BACK = "alarm", "silent", "back"
"""All that the command is ever told."""
LONGEST = 30.0
"""Seconds that the command may take."""
NOT_STARTED, TOO_LONG = 127, 124
"""As a shell and `timeout` say it."""
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
        return signals.take(tx, until=now + timedelta(seconds=LONGEST + LONGEST_PAUSE), now=now)

    async def _given(self) -> int:
        if not self._command:
            self._house.log.warning("no_alarm_command", setting="PORUCH_ALARM_COMMAND")
            return 0
        return await called(self._command, ALARM)

    def _note(self, tx: Transaction, given: Signal, status: int) -> None:
        """Done, tried again later, or given up, which the log says."""
        now = self._house.clock.now()
        if status == 0 or given.attempts >= TRIES:
            signals.done(tx, given.id, now=now)
        else:
            signals.again(tx, given.id, at=_later(given.attempts, now))
        if status:
            self._house.log.error("alarm_failed", row=given.id, attempt=given.attempts, status=status)


async def called(command: tuple[str, ...], word: str) -> int:
    """The command's exit status. No shell, no settings of ours, nothing of its output."""
    try:
        process = await asyncio.create_subprocess_exec(
            *(*command, word),
            env=environment(),
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.DEVNULL,
            start_new_session=True,
        )
    except OSError:
        return NOT_STARTED
    try:
        return await asyncio.wait_for(process.wait(), LONGEST)
    except TimeoutError:
        return TOO_LONG
    finally:
        await _ended(process)


def environment() -> dict[str, str]:
    """What the command sees of ours: neither the token nor the key."""
    return {name: value for name, value in os.environ.items() if not name.startswith("PORUCH_")}


async def _ended(process: asyncio.subprocess.Process) -> None:
    """Whatever it has started ends with it."""
    if process.returncode is None:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        await process.wait()


def _later(attempts: int, now: datetime) -> datetime:
    return now + timedelta(seconds=min(LONGEST_PAUSE, 2**attempts))
