"""Everybody walks everywhere, and nothing that is said on the way breaks a rule of discretion."""

from pathlib import Path

import pytest

from storage.db import Row, Transaction
from tests.discretion.walker import Walker
from tests.discretion.watch import Watch
from tests.people import Town

STEPS = 1300
LEAST_SCREENS = 200
LEAST_SENTENCES = 200
"""Far below what a walk finds; a walk that is stuck at the door finds a tenth.

What the whole suite must have shown to every kind of reader stands in tests/discretion/reached.py: a walk goes by
chance, and the same seed takes another way as soon as the bot has one button more.
"""


@pytest.mark.safety("S01")
@pytest.mark.safety("S05")
@pytest.mark.safety("S08")
@pytest.mark.safety("S09")
@pytest.mark.safety("S17")
@pytest.mark.safety("S26")
@pytest.mark.safety("S30")
@pytest.mark.parametrize("centre", ["demo", "kalush"])
async def test_whoever_walks_wherever_nothing_is_said_that_breaks_a_rule(
    tmp_path: Path, watch: Watch, centre: str
) -> None:
    async with Town(tmp_path / "data", centre=centre) as town:
        walker = Walker(town, watch, seed=len(centre))
        await walker.gather()
        await walker.walk(STEPS)
        broken = await town.app.reader.look(_broken)
    assert not watch.faults, "\n".join(watch.faults)
    assert not broken, f"{len(broken)} updates broke something; the last steps: {walker.last}"
    assert len(set(watch.shapes.values())) >= LEAST_SCREENS
    assert len(watch.heard.sentences) >= LEAST_SENTENCES
    assert {"resident, branch show", "staff, unasked send", "carer, send"} <= watch.counted.keys()


def _broken(tx: Transaction) -> list[Row]:
    return tx.all("SELECT id FROM inbox WHERE fault IS NOT NULL")
