"""A town for every test that asks for one."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from tests.discretion.reached import Reached
from tests.discretion.watch import Watch
from tests.people import Person, Town
from tests.rules import Proofs
from tests.workers import Workers, in_memory

settings.register_profile("any_machine", deadline=None)
settings.load_profile("any_machine")
REACHED = pytest.StashKey[Reached]()


def pytest_configure(config: pytest.Config) -> None:
    in_memory()
    config.pluginmanager.register(Workers())
    config.pluginmanager.register(Proofs())
    config.stash[REACHED] = Reached()
    config.pluginmanager.register(config.stash[REACHED])


@pytest.fixture(autouse=True)
def watch(request: pytest.FixtureRequest) -> Iterator[Watch]:
    """Whatever the bot says in any test is held to the rules of discretion."""
    if "properties" in request.path.parts:  # these have an oracle of their own, over two accounts of one person
        yield Watch()
        return
    with Watch().standing() as watch:
        yield watch
    request.config.stash[REACHED].heard.add(watch.heard)
    request.config.stash[REACHED].counted.update(watch.counted)
    assert not watch.faults, "\n".join(watch.faults)


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
