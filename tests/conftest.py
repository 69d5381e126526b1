"""A town for every test that asks for one."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.people import Person, Town
from tests.rules import Proofs


def pytest_configure(config: pytest.Config) -> None:
    config.pluginmanager.register(Proofs())


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Town]:
    async with Town(tmp_path / "data") as town:
        yield town


@pytest.fixture
async def ana(town: Town) -> Person:
    """A resident who speaks English and has the menu before her."""
    ana = town.person("Ana")
    await ana.says("/start")
    await ana.speaks("en")
    await ana.says("/start")
    return ana


@pytest.fixture
async def olena(town: Town) -> Person:
    return await town.staff("Olena", "brigade", language="en")


@pytest.fixture
async def petro(town: Town) -> Person:
    return await town.staff("Petro", "brigade", language="en")


@pytest.fixture
async def iryna(town: Town) -> Person:
    return await town.staff("Iryna", "specialist", language="en")


@pytest.fixture
async def head(town: Town) -> Person:
    return await town.staff("Maria", "head", language="en")
