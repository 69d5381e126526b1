"""Counts reports that were asked for in the chat, through a connection of its own, beside everything else."""

import asyncio
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from datetime import timedelta

from bot.core.events import Message
from bot.core.report import Report
from bot.run.house import House
from handlers import reporting, reports
from storage import people, report_requests
from storage.db import Reader, Transaction
from storage.report_requests import Request

LONGEST = timedelta(minutes=5)
"""After so long without an end it is taken to have been lost."""
Opened = Callable[[], AbstractAsyncContextManager[Reader]]


class Printer:
    """One report at a time. The connection is opened for it and closed again: most days nobody asks."""

    def __init__(self, house: House, opened: Opened, after: Callable[[], None]) -> None:
        self._house = house
        self._opened = opened
        self._after = after
        self._wake = asyncio.Event()
        self._stopping = False

    def wake(self) -> None:
        self._wake.set()

    def stop(self) -> None:
        self._stopping = True
        self._wake.set()

    async def run(self) -> None:
        now = self._house.clock.now()
        await self._house.writer.transact(lambda tx: report_requests.interrupted(tx, now=now))
        while not self._stopping:
            self._wake.clear()
            if not await self.turn():
                await self._wake.wait()

    async def turn(self) -> bool:
        """One report, if one is asked for."""
        asked = await self._house.writer.transact(self._take)
        if asked is None:
            return False
        try:
            report = await self._counted(asked)
        except Exception as error:  # noqa: BLE001 - whatever it was, the person hears of it and the rest goes on
            await self._failed(asked, error)
        else:
            await self._house.writer.transact(lambda tx: self._told(tx, asked, report))
        self._after()
        return True

    def _take(self, tx: Transaction) -> Request | None:
        now = self._house.clock.now()
        return report_requests.take(tx, until=now + LONGEST, now=now)

    async def _counted(self, asked: Request) -> Report:
        now = self._house.clock.now()
        async with self._opened() as reader:
            return await reader.look(lambda tx: reports.made(self._house.desk.here(tx, now), asked.period))

    def _told(self, tx: Transaction, asked: Request, report: Report) -> None:
        now = self._house.clock.now()
        here = self._house.desk.here(tx, now)
        self._answer(tx, asked, reporting.ready(here, asked, report))

    def _answer(self, tx: Transaction, asked: Request, messages: list[Message]) -> None:
        """Late, but an answer: whoever asked is reading."""
        readers = {asked.person_id: people.reader(tx, asked.person_id)}
        self._house.desk.write(tx, messages, now=self._house.clock.now(), readers=readers)

    async def _failed(self, asked: Request, error: Exception) -> None:
        self._house.log.error("report_failed", row=asked.id, attempt=asked.attempts, error=type(error).__name__)
        await self._house.writer.transact(lambda tx: self._regretted(tx, asked))

    def _regretted(self, tx: Transaction, asked: Request) -> None:
        here = self._house.desk.here(tx, self._house.clock.now())
        self._answer(tx, asked, reporting.failed(here, asked))
