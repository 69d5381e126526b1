import asyncio
import subprocess
import sys
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
import pytest_asyncio

from bot.sandbox.clock import Clock
from tests.process import fortnight as fortnight_of
from tests.process import week as week_of
from tests.process.fortnight import Fortnight
from tests.process.running import environment
from tests.process.town import MASTER_KEY, Registry, Town, opening
from tests.process.week import Week

INVITED = {
    "brigade": ("brigade",),
    "specialist": ("specialist",),
    "head": ("head",),
    "partner": ("partner", "--source", "education_school"),
    "carer": ("carer", "--audience", "foster_parents"),
}
EACH = 100
"""Codes of each kind; a town uses a different one for everybody."""
GOOD_FOR = 24 * 365
"""Hours; the clock of a town moves by weeks."""


@pytest.fixture(scope="session")
def registry(tmp_path_factory: pytest.TempPathFactory) -> Registry:
    """Codes as the operator gets them, all commands at the same time and on an empty directory."""
    place = tmp_path_factory.mktemp("registry")
    clock = Clock(place / "clock")
    clock.forward(opening(datetime.fromtimestamp(clock.now(), UTC)).timestamp() - clock.now())
    settings = environment(DATA_DIR=place / "data", MASTER_KEY=MASTER_KEY, **_moved(place))
    asked = {role: _invite(words, settings, place) for role, words in INVITED.items()}
    codes = {role: _printed(process) for role, process in asked.items()}
    return Registry(place / "data", codes, place / "clock")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def town(registry: Registry, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Town]:
    """A town for all the tests of a file; each brings people of its own."""
    async with Town.opened(tmp_path_factory.mktemp("town"), registry) as town:
        yield town


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def walks(
    registry: Registry, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Week | BaseException, Fortnight | BaseException]:
    """Both calendars at the same time, each in a town of its own: most of it is waiting for the next second."""
    async with (
        Town.opened(tmp_path_factory.mktemp("week"), registry) as one,
        Town.opened(tmp_path_factory.mktemp("fortnight"), registry) as other,
    ):
        return await asyncio.gather(week_of.walked(one), fortnight_of.walked(other), return_exceptions=True)


@pytest.fixture
def week(walks: tuple[Week | BaseException, Fortnight | BaseException]) -> Week:
    if isinstance(walks[0], BaseException):
        raise walks[0]
    return walks[0]


@pytest.fixture
def fortnight(walks: tuple[Week | BaseException, Fortnight | BaseException]) -> Fortnight:
    if isinstance(walks[1], BaseException):
        raise walks[1]
    return walks[1]


def _moved(place: Path) -> dict[str, str | Path]:
    """A moved clock is only allowed beside a Bot API on this machine."""
    return {"CLOCK_FILE": place / "clock", "BOT_API_URL": "http://127.0.0.1:1/bot"}


def _invite(words: tuple[str, ...], settings: dict[str, str], place: Path) -> subprocess.Popen[str]:
    command = (sys.executable, "-m", "bot", "invite", *words, "--plain", "--count", str(EACH), "--hours", str(GOOD_FOR))
    return subprocess.Popen(command, cwd=place, env=settings, stdout=subprocess.PIPE, text=True)


def _printed(process: subprocess.Popen[str]) -> list[str]:
    out, _ = process.communicate(timeout=60)
    assert process.returncode == 0, f"invite ended with {process.returncode}"
    return out.split()
