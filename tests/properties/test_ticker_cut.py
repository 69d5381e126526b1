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

import pytest

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


async def rung(evening: Evening, folder: Path, power: Power, flying: int) -> Power:
    """A whole run of the ticker on a copy of that hall, with one cut; what must hold afterwards."""
    shutil.copytree(evening.place, folder)
    town = Town(folder, at=evening.hall.due)
    town.telegram = Telegram()
    town._beat = power  # type: ignore[assignment,method-assign]
    await town.open()
    town.pulse, power.statements = power, 0
    town.app.writer._pulse = power
    try:
        await town.ticks()
    except PowerCut:
        await town.restarts()
        await town.ticks()
    await town.app.close()
    chats = town.telegram.chats
    got = Counter({chat: sum(each.text == evening.hall.text for each in chats[chat].sent) for chat in chats})
    queued = await _queued(town)
    shutil.rmtree(folder)
    assert len(got) == len([chat for chat in got if got[chat]]) == MANY, f"after {power.statements}: {got}"
    assert max(got.values()) <= 2, got
    assert sum(count == 2 for count in got.values()) <= flying, got
    assert queued == MANY, f"{queued} rows for {MANY} reminders"
    return power


async def _queued(town: Town) -> int:
    await town.open()
    try:
        return await town.count("outbox", "key LIKE 'training:%' AND lane = 2")
    finally:
        await town.app.close()
