"""APScheduler rings the bell; the table says what is due. The scheduler remembers nothing."""

from collections.abc import Awaitable, Callable
from datetime import timedelta

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.run.house import House
from handlers import route
from storage import drafts, due, inbox, keys, outbox
from storage.db import Transaction

EVERY_SECONDS = 1
FORGET_EVERY_MINUTES = 10
BATCH = 50
DUE_ROWS_LIVE = timedelta(days=90)
TICKED = "ticked"


class Ticker:
    """Rings what is due, a batch a transaction; what fails is left alone and tried at the next tick."""

    def __init__(self, house: House, after: Callable[[], None]) -> None:
        self._house = house
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
        """Everything that is due by now."""
        while await self._house.writer.transact(self._ring) == BATCH:
            self._after()
        self._after()

    async def forget(self) -> None:
        """What need not be kept goes: old drafts, handled updates, keys of hours long past (S23, S27)."""
        await self._house.writer.transact(self._forget)

    async def _safely(self, work: Callable[[], Awaitable[None]]) -> None:
        try:
            await work()
        except Exception as error:  # noqa: BLE001 - the next tick comes all the same
            self._failed("tick_failed", error)

    def _ring(self, tx: Transaction) -> int:
        now = self._house.clock.now()
        inbox.mark(tx, TICKED, at=now)
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

    def _forget(self, tx: Transaction) -> None:
        now, kept = self._house.clock.now(), self._house.desk.centre.retention
        drafts.expire(tx, now=now)
        inbox.forget(tx, now=now)
        outbox.forget(tx, older_than=timedelta(hours=kept.chat_copy_hours), now=now)
        keys.forget_hours(tx, older_than=timedelta(hours=kept.key_hours), now=now)
        due.forget(tx, before=now - DUE_ROWS_LIVE)
