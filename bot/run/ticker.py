"""APScheduler rings the bell; the table says what is due. The scheduler remembers nothing."""

from collections.abc import Awaitable, Callable
from datetime import timedelta

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from structlog.stdlib import BoundLogger

from bot.run.clock import Clock
from bot.run.counts import Counts
from bot.run.desk import Desk
from handlers import route
from storage import drafts, due, inbox, keys, outbox
from storage.db import Transaction, Writer

EVERY_SECONDS = 1
FORGET_EVERY_MINUTES = 10
BATCH = 50
DUE_ROWS_LIVE = timedelta(days=90)
TICKED = "ticked"


class Ticker:
    """Rings what is due, a batch a transaction; what fails is left alone and tried at the next tick."""

    def __init__(
        self, desk: Desk, writer: Writer, clock: Clock, after: Callable[[], None], counts: Counts, log: BoundLogger
    ) -> None:
        self._desk = desk
        self._writer = writer
        self._clock = clock
        self._after = after
        self._counts = counts
        self._log = log

    def scheduler(self) -> AsyncIOScheduler:
        """A scheduler that never drops a late tick and never piles them up."""
        scheduler = AsyncIOScheduler(
            timezone="UTC", job_defaults={"misfire_grace_time": None, "coalesce": True, "max_instances": 1}
        )
        scheduler.add_job(self._safely, "interval", seconds=EVERY_SECONDS, args=[self.tick])
        scheduler.add_job(self._safely, "interval", minutes=FORGET_EVERY_MINUTES, args=[self.forget])
        return scheduler

    async def tick(self) -> None:
        """Everything that is due by now."""
        while await self._writer.transact(self._ring) == BATCH:
            self._after()
        self._after()

    async def forget(self) -> None:
        """What need not be kept goes: old drafts, handled updates, keys of hours long past (S23, S27)."""
        await self._writer.transact(self._forget)

    async def _safely(self, work: Callable[[], Awaitable[None]]) -> None:
        try:
            await work()
        except Exception as error:  # noqa: BLE001 - the next tick comes all the same
            self._log.error("tick_failed", error=type(error).__name__)

    def _ring(self, tx: Transaction) -> int:
        now = self._clock.now()
        inbox.mark(tx, TICKED, at=now)
        rows = due.ring(tx, now=now, most=BATCH)
        for due_id, _ in rows:
            due.done(tx, due_id, now=now)
        for due_id, bell in rows:
            try:
                with tx.savepoint():
                    self._desk.write(tx, route.ring(self._desk.here(tx, now), bell), now=now)
                self._counts.rung.inc()
            except Exception as error:  # noqa: BLE001 - one bell that fails must not silence the others
                self._log.error("bell_failed", row=due_id, kind=bell.kind, error=type(error).__name__)
                due.again(tx, due_id, at=now + timedelta(minutes=1))
        return len(rows)

    def _forget(self, tx: Transaction) -> None:
        now = self._clock.now()
        drafts.expire(tx, now=now)
        inbox.forget(tx, now=now)
        outbox.forget(tx, now=now)
        keys.forget_hours(tx, now=now)
        due.forget(tx, before=now - DUE_ROWS_LIVE)
