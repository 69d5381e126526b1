"""Updates come in by polling or webhook, are stored before they are confirmed, and are handled in order."""

import asyncio
import contextlib
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from bot.core.events import Incoming
from bot.run import telegram
from bot.run.house import House
from storage import inbox
from storage.db import Transaction
from storage.inbox import Waiting

POLL_SECONDS = 25
BATCH = 32
TRIES = 3
ANSWER_WITHIN = timedelta(seconds=10)
"""A press that is answered later is answered for nobody: the clock on the button has gone."""
OUTAGE = timedelta(seconds=POLL_SECONDS + 35)
POLLED = "polled"


class Poller:
    """Asks for updates, stores them, and only then asks for the next, which is what confirms them."""

    def __init__(self, house: House, wake: Callable[[], None]) -> None:
        self._house = house
        self._wake = wake
        self._offset: int | None = None
        self._last: datetime | None = None

    async def run(self) -> None:
        self._last = await self._house.writer.transact(lambda tx: inbox.marked(tx, POLLED))
        pause = 1.0
        while True:
            try:
                await self._once()
                pause = 1.0
            except telegram.ApiError as error:
                self._say(error)
                await asyncio.sleep(pause)
                pause = min(pause * 2, 30.0)

    async def _once(self) -> None:
        wish = {"offset": self._offset, "timeout": POLL_SECONDS, "limit": 100, "allowed_updates": _ALLOWED}
        updates: list[dict[str, Any]] = await self._house.bot.call("getUpdates", wish)
        now = self._house.clock.now()
        heard_at = self._heard_at(now)
        await self._house.writer.transact(lambda tx: _stored(tx, updates, heard_at, now))
        self._last = now
        if updates:
            self._house.counts.updates.inc(len(updates))
            self._offset = updates[-1]["update_id"] + 1
            self._wake()

    def _heard_at(self, now: datetime) -> datetime:
        """After an outage a press counts from the last finished poll before it: its own time is not told."""
        if self._last is not None and now - self._last > OUTAGE:
            return self._last
        return now

    def _say(self, error: telegram.ApiError) -> None:
        event = "another_poller" if telegram.is_conflict(error) else "poll_failed"
        self._house.log.warning(event, error=type(error).__name__)


@dataclass(frozen=True, slots=True)
class Answered:
    """A press whose clock is to be stopped."""

    callback_id: str
    text: str
    received_at: datetime


class Worker:
    """Handles the inbox in order; a batch shares a transaction, each update in a savepoint of its own."""

    def __init__(self, house: House, after: Callable[[], None]) -> None:
        self._house = house
        self._after = after
        self._wake = asyncio.Event()
        self._answering: set[asyncio.Task[None]] = set()
        self._stopping = False

    def wake(self) -> None:
        self._wake.set()

    def stop(self) -> None:
        """What is held is finished; nothing more is taken."""
        self._stopping = True
        self._wake.set()

    async def run(self) -> None:
        self._wake.set()
        while not self._stopping:
            await self._wake.wait()
            self._wake.clear()
            while await self.turn():
                pass
        await self.answered()

    async def answered(self) -> None:
        """Until every press has been answered."""
        await asyncio.gather(*self._answering, return_exceptions=True)

    async def turn(self) -> bool:
        """Takes a batch and handles it; whether there was one."""
        if self._stopping:
            return False
        batch = await self._house.writer.transact(lambda tx: inbox.take(tx, most=BATCH))
        if not batch:
            return False
        answered = await self._house.writer.transact(lambda tx: self._handle(tx, batch))
        self._after()
        for each in answered:
            self._stop_clock(each)
        return True

    def _handle(self, tx: Transaction, batch: list[Waiting]) -> list[Answered]:
        """The batch in one go; if anything in it fails, once more, each update in a savepoint of its own."""
        now = self._house.clock.now()
        try:
            with tx.savepoint():
                answered = [self._handle_one(tx, waiting, [], now) for waiting in batch]
                inbox.handled(tx, [waiting.id for waiting in batch], now=now)
            self._house.counts.handled.inc(len(batch))
        except Exception:  # noqa: BLE001 - whatever it was, it is found and counted one by one
            answered = [self._handle_alone(tx, waiting, now) for waiting in batch]
        return [each for each in answered if each]

    def _handle_one(self, tx: Transaction, waiting: Waiting, heard: list[Incoming], now: datetime) -> Answered | None:
        """Reading it, every change and every reply; what was read is left in `heard`, for the case that it fails."""
        incoming = telegram.incoming(waiting.update)
        if incoming is None:
            return None
        heard.append(incoming)
        text = self._house.desk.answer(tx, incoming, received_at=waiting.received_at, now=now)
        return Answered(incoming.callback_id, text, waiting.received_at) if incoming.callback_id else None

    def _handle_alone(self, tx: Transaction, waiting: Waiting, now: datetime) -> Answered | None:
        """All of one update and «handled» happen together, or not at all."""
        heard: list[Incoming] = []
        try:
            with tx.savepoint():
                answered = self._handle_one(tx, waiting, heard, now)
                inbox.handled(tx, [waiting.id], now=now)
        except Exception as error:  # noqa: BLE001 - the one catch that counts, retries and tells
            self._failed(tx, waiting, heard, error, now)
            return Answered(heard[0].callback_id, "", waiting.received_at) if heard and heard[0].callback_id else None
        self._house.counts.handled.inc()
        return answered

    def _failed(
        self, tx: Transaction, waiting: Waiting, heard: list[Incoming], error: Exception, now: datetime
    ) -> None:
        """Tried again, alone; after three tries the person is told, and the next update has its turn."""
        self._house.counts.failed.inc()
        code = f"{waiting.id * 40503 % 65536:04X}"
        where = traceback.extract_tb(error.__traceback__)[-1]
        place = f"{where.filename.rpartition('/')[2]}:{where.lineno}"
        self._house.log.error(
            "update_failed", row=waiting.id, attempt=waiting.attempts, error=type(error).__name__, at=place
        )
        if waiting.attempts < TRIES:
            return
        inbox.given_up(tx, waiting.id, code, now=now)
        for incoming in heard:
            with contextlib.suppress(Exception), tx.savepoint():
                self._house.desk.apologise(tx, incoming, code, now)

    def _stop_clock(self, answered: Answered) -> None:
        if (
            self._house.clock.now() - answered.received_at > ANSWER_WITHIN
            or len(self._answering) > telegram.CONNECTIONS
        ):
            return
        task = asyncio.create_task(self._stopped(answered))
        self._answering.add(task)
        task.add_done_callback(self._answering.discard)

    async def _stopped(self, answered: Answered) -> None:
        await telegram.attempt(self._house.bot, *telegram.callback_answered(answered.callback_id, answered.text))


_ALLOWED = '["' + '","'.join(telegram.ALLOWED_UPDATES) + '"]'


def _stored(tx: Transaction, updates: list[dict[str, Any]], heard_at: datetime, now: datetime) -> None:
    inbox.mark(tx, POLLED, at=now)
    if updates:
        kept = [telegram.worth_keeping(update) for update in updates]
        inbox.save(tx, kept, heard_at=heard_at, now=now)
