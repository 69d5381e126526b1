"""Whatever happens to a training or a visit: no reminder that is not true, none lost, none twice."""

import asyncio
import contextlib
import os
import random
import secrets
import shutil
import time
from collections import Counter
from pathlib import Path

import pytest

from tests.properties import broken_reminders, street
from tests.properties.diary import WrongReminderError
from tests.properties.test_contact import place as place  # noqa: PLC0414 - a fixture is found by its name

LONG = bool(os.environ.get("PORUCH_LONG"))
HISTORIES = int(os.environ.get("PORUCH_HISTORIES", "100000" if LONG else "500"))
SEED = int(os.environ.get("PORUCH_SEED", str(secrets.randbelow(10**9) if LONG else 1)))
SIDE_BY_SIDE = 125
PARTS = 2
"""So that two workers share them."""
TRIED = 12
"""A broken bot must be found out within so many lives of a street."""


@pytest.mark.filterwarnings("ignore:Deprecated since version v22.2")
@pytest.mark.parametrize("part", range(PARTS))
def test_no_reminder_is_wrong_none_is_lost_and_none_comes_twice(
    place: Path, part: int, capsys: pytest.CaptureFixture[str]
) -> None:
    began, seen = time.perf_counter(), Counter[str]()
    with asyncio.Runner() as runner:
        runner.run(street.prepare(place / "centre"))
        try:
            for number in range(part, -(-HISTORIES // SIDE_BY_SIDE), PARTS):
                size = min(SIDE_BY_SIDE, HISTORIES - number * SIDE_BY_SIDE)
                seen.update(runner.run(lived(place, f"{SEED}:{number}", size)))
                if LONG and number % 8 == 7:
                    with capsys.disabled():
                        print(f"{seen['histories']} histories", flush=True)
        finally:
            taken = (time.perf_counter() - began) / max(1, seen["histories"]) * 1000
            with capsys.disabled() if LONG else contextlib.nullcontext():
                counts = ", ".join(f"{count} {what}" for what, count in sorted(seen.items()))
                print(f"\nseed {SEED}, {taken:.0f} ms a history: {counts}")


@pytest.mark.filterwarnings("ignore:Deprecated since version v22.2")
@pytest.mark.parametrize("breaks", broken_reminders.WAYS, ids=lambda breaks: breaks.__name__)
async def test_a_bot_that_is_broken_on_purpose_is_found_out(
    breaks: broken_reminders.Breaks, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    await street.prepare(place / "centre")
    breaks(monkeypatch)
    assert await found_out(place) in broken_reminders.WAYS[breaks]


async def found_out(place: Path) -> str:
    """Which of the three it is called first."""
    for number in range(TRIED):
        try:
            await lived(place, f"broken:{number}", 40)
        except WrongReminderError as found:
            return found.why
    return "nothing"


async def lived(place: Path, seed: str, size: int) -> Counter[str]:
    """So many histories side by side, to their end."""
    home = place / "street"
    shutil.rmtree(home, ignore_errors=True)
    try:
        return await street.Street(place / "centre", home, random.Random(seed), size).lives() + Counter(histories=size)
    except WrongReminderError as wrong:
        raise WrongReminderError(wrong.why, f"{wrong.what}, seed {seed}", wrong.subject) from None
