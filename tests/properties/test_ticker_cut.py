"""The power fails after n statements while a hundred reminders come due: none is lost, none is queued twice.

What was in flight when it failed may have arrived, and is sent once more: one message where one is in flight at a
time, and never more than fly at the same time.
"""

import os
import random
import shutil
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from telegram.error import NetworkError

from bot.run import outbox as sending
from tests import hall
from tests.hall import Hall
from tests.people import Telegram, Town
from tests.stories.test_power_cut import Power, PowerCut

LONG = bool(os.environ.get("PORUCH_LONG"))
SEED = int(os.environ.get("PORUCH_SEED", "1"))
MANY = 100
CUTS = 25
"""Of each kind in `make test`, spread over the whole run; in `make long` every statement is one."""


class Silenced(Telegram):
    """The process ends when so many calls have been made: the next ones never leave."""

    def __init__(self, calls: int) -> None:
        super().__init__()
        self.left = calls
        self.ended = False

    async def call(self, method: str, parameters: dict[str, Any]) -> Any:
        self.left -= 1
        if self.left < 0:
            self.ended = True
            raise NetworkError("the process has ended")
        return await super().call(method, parameters)


@dataclass(frozen=True, slots=True)
class Evening:
    """The bot is off; the next thing that is due are the reminders."""

    place: Path
    hall: Hall


@pytest.fixture
async def evening(tmp_path: Path) -> Evening:
    async with Town(tmp_path / "before") as town:
        return Evening(tmp_path / "before", await hall.fills(town, MANY))


@pytest.mark.parametrize("flying", [1, sending.FLYING])
async def test_a_power_cut_at_any_statement_loses_no_reminder_and_queues_none_twice(
    evening: Evening, tmp_path: Path, flying: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sending, "FLYING", flying)
    power = await rung(evening, tmp_path / "whole", Power(), flying)
    chance, step = random.Random(SEED), 1 if LONG else -(-power.statements // CUTS)
    cuts = range(chance.randrange(step), power.statements, step)
    for after in cuts:
        await rung(evening, tmp_path / "cut", Power(after), flying)
    with capsys.disabled():
        print(f"\n{power.statements} statements, {len(cuts)} cuts, {flying} in flight")


@pytest.mark.parametrize("flying", [1, sending.FLYING])
async def test_an_end_before_any_call_loses_no_reminder_and_queues_none_twice(
    evening: Evening, tmp_path: Path, flying: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sending, "FLYING", flying)
    for calls in range(0, MANY, 1 if LONG else 7):
        town = copied(evening, tmp_path / "cut")
        town.telegram = silenced = Silenced(calls)
        await town.open()
        await town.app.ticker.tick()
        while not silenced.ended:
            await town.app.sender.turn()
            await town.app.sender.landed()
        silenced.left, silenced.ended = 10 * MANY, False
        await town.restarts()
        await town.ticks()
        await holds(evening, town, flying)


async def rung(evening: Evening, folder: Path, power: Power, flying: int) -> Power:
    """A whole run of the ticker on a copy of that hall, with one cut."""
    town = copied(evening, folder)
    await town.open()
    town._beat, town.pulse = power, power  # type: ignore[assignment,method-assign]
    town.app.writer._pulse = power
    try:
        await town.ticks()
    except PowerCut:
        await town.restarts()
        await town.ticks()
    await holds(evening, town, flying)
    return power


def copied(evening: Evening, folder: Path) -> Town:
    shutil.copytree(evening.place, folder)
    return Town(folder, at=evening.hall.due)


async def holds(evening: Evening, town: Town, flying: int) -> None:
    """What must be so afterwards."""
    queued = await town.count("outbox", "key LIKE 'training:%' AND lane = 2")
    sent = await town.count("outbox", "key LIKE 'training:%' AND lane = 2 AND state = 'sent'")
    await town.app.close()
    shutil.rmtree(town.settings.data_dir)
    chats = town.telegram.chats
    got = Counter({chat: sum(each.text == evening.hall.text for each in chats[chat].sent) for chat in chats})
    assert set(got) == set(evening.hall.chats)
    assert min(got.values()) >= 1, got
    assert max(got.values()) <= 2, got
    assert sum(count == 2 for count in got.values()) <= flying, got
    assert queued == sent == MANY, f"{queued} rows for {MANY} reminders, {sent} of them sent"
