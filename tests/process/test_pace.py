"""The sender as a whole against a Telegram that counts: every second by its own clock, wherever it begins."""

import asyncio
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from telegram.error import RetryAfter

from bot.core.events import Lane
from storage import outbox, people
from storage.db import Transaction
from tests.bench.figures import busiest_second
from tests.people import Telegram, Town

pytestmark = [
    pytest.mark.asyncio(loop_scope="function"),
    pytest.mark.filterwarnings("ignore:Deprecated since version v22.2"),
]
RATE, MANY = 100, 250
REFUSED_EVERY = 60


class Counting(Telegram):
    """Takes its time, notes when it took what, and asks for a wait now and then."""

    def __init__(self) -> None:
        super().__init__()
        self.taken: list[float] = []
        self.arrived: list[int] = []

    async def call(self, method: str, parameters: dict[str, Any]) -> Any:
        await asyncio.sleep(0.004)
        self.taken.append(asyncio.get_running_loop().time())
        await asyncio.sleep(0.004)
        if len(self.taken) % REFUSED_EVERY == 0:
            raise RetryAfter(1)
        self.arrived.append(parameters["chat_id"])
        return await super().call(method, parameters)


async def test_hundreds_go_out_once_each_and_no_second_holds_more_than_is_allowed(tmp_path: Path) -> None:
    town = Town(tmp_path)
    telegram = Counting()
    town.telegram, town.settings.send_rate = telegram, RATE
    async with town:
        await town.app.writer.transact(lambda tx: queued(tx, town, range(1, MANY + 1), Lane.BROADCAST))
        sending = asyncio.create_task(town.app.sender.run())
        await until(telegram, 60)
        await town.app.writer.transact(lambda tx: queued(tx, town, range(1001, 1006), Lane.REPLY))
        town.app.sender.wake()
        before = len(telegram.arrived)
        await until(telegram, before + 20)
        assert set(range(1001, 1006)) <= set(telegram.arrived[: before + 20]), "replies wait for a broadcast"
        for _ in range(600):
            town.clock.at += timedelta(seconds=0.1)
            town.app.sender.wake()
            await asyncio.sleep(0.05)
            if len(telegram.arrived) == MANY + 5:
                break
        town.app.sender.stop()
        await sending
    assert sorted(telegram.arrived) == [*range(1, MANY + 1), *range(1001, 1006)]
    assert busiest_second(telegram.taken) <= RATE


async def test_what_lies_ready_when_the_bot_stops_is_queued_as_it_was(tmp_path: Path) -> None:
    town = Town(tmp_path)
    telegram = Counting()
    town.telegram, town.settings.send_rate = telegram, 10
    async with town:
        await town.app.writer.transact(lambda tx: queued(tx, town, range(1, 31), Lane.BROADCAST))
        sending = asyncio.create_task(town.app.sender.run())
        await until(telegram, 5)
        town.app.sender.stop()
        await sending
        assert await town.count("outbox", "state = 'queued' AND attempts = 0") == 30 - len(telegram.arrived)


def queued(tx: Transaction, town: Town, chats: range, lane: Lane) -> None:
    for chat in chats:
        person = people.meet(tx, chat, kind="private", language="uk", now=town.clock.at)
        outbox.put(tx, person.id, "send", {"text": "…", "markup": "{}"}, lane=lane, now=town.clock.at)


async def until(telegram: Counting, many: int) -> None:
    for _ in range(30_000):
        if len(telegram.arrived) >= many:
            return
        await asyncio.sleep(0.002)
    raise AssertionError(f"{len(telegram.arrived)} arrived of {many}")
