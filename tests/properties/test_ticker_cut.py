"""The power fails after n statements while a hundred reminders come due: everybody is reminded, nobody's is queued twice.

What was in flight when it failed may have arrived, and is sent once more: one message where one is in flight at a
time, and never more than fly at the same time.
"""

import os
import random
import shutil
from collections import Counter
from pathlib import Path

import pytest

from bot.run import outbox as sending
from tests import hall
from tests.people import Telegram, Town
from tests.stories.test_power_cut import Power, PowerCut

LONG = bool(os.environ.get("PORUCH_LONG"))
SEED = int(os.environ.get("PORUCH_SEED", "1"))
MANY = 100
CUTS = 25
"""Of each kind in `make test`, spread over the whole run; in `make long` every statement is one."""


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("hall")


@pytest.mark.parametrize("flying", [1, sending.FLYING])
async def test_a_power_cut_at_any_statement_loses_no_reminder_and_queues_none_twice(
    prepared: Path, tmp_path: Path, flying: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    if not (prepared / "data").exists():
        async with Town(prepared / "data") as town:
            await hall.fills(town, MANY)
    monkeypatch.setattr(sending, "FLYING", flying)
    power = await rung(prepared / "data", tmp_path / "whole", Power(), flying)
    chance, step = random.Random(SEED), 1 if LONG else -(-power.statements // CUTS)
    cuts = range(chance.randrange(step), power.statements, step)
    for after in cuts:
        await rung(prepared / "data", tmp_path / "cut", Power(after), flying)
    with capsys.disabled():
        print(f"\n{power.statements} statements, {len(cuts)} cuts, {flying} in flight")


async def rung(prepared: Path, folder: Path, power: Power, flying: int) -> Power:
    """A whole run of the ticker on a copy of that hall, with one cut; what must hold afterwards."""
    shutil.copytree(prepared, folder)
    town = Town(folder, at=hall.DUE)
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
    got = Counter({chat: sum(each.text == hall.REMINDER for each in of.sent) for chat, of in town.telegram.chats.items()})
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
