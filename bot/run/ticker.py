"""APScheduler rings the bell; the table says what is due. The scheduler remembers nothing."""

from collections.abc import Awaitable, Callable
from datetime import timedelta

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.run.house import House
from bot.run.upkeep import Upkeep
from handlers import route
from storage import due, inbox
from storage.db import Transaction

EVERY_SECONDS = 1
FORGET_EVERY_MINUTES = 10
BATCH = 20
"""Bells a transaction: it holds the database for some 15 ms, so that replies wait no longer (tests/bench)."""


class Ticker:
    """Rings what is due, a batch a transaction; what fails is left alone and tried at the next tick."""

    def __init__(self, house: House, upkeep: Upkeep, after: Callable[[], None]) -> None:
        self._house = house
        self._upkeep = upkeep
        self._after = after

    def scheduler(self) -> AsyncIOScheduler:
        """A scheduler that never drops a late tick and never piles them up."""
        scheduler = AsyncIOScheduler(
            timezone="UTC", job_defaults={"misfire_grace_time": None, "coalesce": True, "max_instances": 1}
        )
        scheduler.add_job(self._safely, "interval", seconds=EVERY_SECONDS, args=[self.tick])
        scheduler.add_job(self._safely, "interval", minutes=FORGET_EVERY_MINUTES, args=[self.forget])
        return scheduler

    async def tick(self) -> None:
        """Everything that is due by now, and what was left to finish."""
        while await self._house.writer.transact(self._ring) == BATCH:
            self._after()
        self._after()
        await self._safely(self._upkeep.turn)

    async def forget(self) -> None:
        """What need not be kept goes, by the table of retention (S23, S27)."""
        await self._upkeep.forget()

    async def _safely(self, work: Callable[[], Awaitable[None]]) -> None:
        try:
            await work()
        except Exception as error:  # noqa: BLE001 - the next tick comes all the same
            self._failed("tick_failed", error)

    def _ring(self, tx: Transaction) -> int:
        now = self._house.clock.now()
        inbox.mark(tx, inbox.TICKED, at=now)
        rows = due.ring(tx, now=now, most=BATCH)
        for due_id, _ in rows:
            due.done(tx, due_id, now=now)
        for due_id, bell in rows:
            try:
                with tx.savepoint():
                    self._house.desk.write(tx, route.ring(self._house.desk.here(tx, now), bell), now=now)
                self._house.counts.rung.inc()
            except Exception as error:  # noqa: BLE001 - one bell that fails must not silence the others
                self._failed("bell_failed", error, row=due_id, kind=bell.kind)
                due.again(tx, due_id, at=now + timedelta(minutes=1))
        return len(rows)

    def _failed(self, event: str, error: Exception, **where: str | int) -> None:
        """The nature of the error and the place, never its words: they may be a person's."""
        self._house.log.error(event, error=type(error).__name__, **where)
