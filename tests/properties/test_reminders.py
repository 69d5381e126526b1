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

from tests.properties import street
from tests.properties.diary import WrongReminderError
from tests.properties.test_contact import place as place  # noqa: PLC0414 - a fixture is found by its name

LONG = bool(os.environ.get("PORUCH_LONG"))
HISTORIES = int(os.environ.get("PORUCH_HISTORIES", "100000" if LONG else "500"))
SEED = int(os.environ.get("PORUCH_SEED", str(secrets.randbelow(10**9) if LONG else 1)))
SIDE_BY_SIDE = 125


@pytest.mark.filterwarnings("ignore:Deprecated since version v22.2")
def test_no_reminder_is_wrong_none_is_lost_and_none_comes_twice(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    began, seen = time.perf_counter(), Counter[str]()
    with asyncio.Runner() as runner:
        runner.run(street.prepare(place / "centre"))
        try:
            for number in range(-(-HISTORIES // SIDE_BY_SIDE)):
                size = min(SIDE_BY_SIDE, HISTORIES - seen["histories"])
                seen.update(runner.run(lived(place, f"{SEED}:{number}", size)))
        finally:
            taken = (time.perf_counter() - began) / max(1, seen["histories"]) * 1000
            with capsys.disabled() if LONG else contextlib.nullcontext():
                counts = ", ".join(f"{count} {what}" for what, count in sorted(seen.items()))
                print(f"\nseed {SEED}, {taken:.0f} ms a history: {counts}")


async def lived(place: Path, seed: str, size: int) -> Counter[str]:
    """So many histories side by side, to their end."""
    home = place / "street"
    shutil.rmtree(home, ignore_errors=True)
    try:
        return await street.Street(place / "centre", home, random.Random(seed), size).lives() + Counter(histories=size)
    except WrongReminderError as wrong:
        raise WrongReminderError(wrong.why, f"{wrong.what}, seed {seed}", wrong.subject) from None
