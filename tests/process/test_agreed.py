"""The power fails around the moment that she set: the step of the agreed call is carried out all the same, and once."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
import pytest_asyncio

from bot.core import texts
from tests.process.acts import reports_danger, takes
from tests.process.successors import Successors
from tests.process.town import Registry, Somebody, Town, at

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.safety("S12")]

CUTS = (0.05, 0.2, 0.45, 0.7, 0.9)
"""Seconds from a start to the plug: before the first look at what is due, in the middle of it, just after it."""
FIRED = "SELECT count(*) FROM history WHERE what = 'agreed_fired'"
NEXT = "SELECT count(*) FROM due WHERE kind = 'agreed_again' AND done_at IS NULL"


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def town(registry: Registry, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Town]:
    async with Town.opened(tmp_path_factory.mktemp("agreed"), registry) as town:
        yield town


async def test_a_power_cut_around_the_moment_neither_loses_nor_doubles_the_step(town: Town) -> None:
    olena, ana = await town.joins("brigade", "Олена"), await town.resident("Анна")
    moment = at(town.local.date(), "21:00")
    number = await _agrees(ana, olena, town)
    successors = Successors(town, len(CUTS) + 1)
    try:
        await town.bot.kill()
        town.world.clock.forward((moment - town.local - timedelta(seconds=1)).total_seconds())
        for seconds in CUTS:
            town.bot = await successors.next()
            await asyncio.sleep(seconds)
            await town.bot.kill()
        town.bot = await successors.next()
        await olena.hears(texts.AGREED_CALL_NOW, number=number)
        await town.passes_to(moment + timedelta(minutes=5))
    finally:
        await successors.end()
    assert town.count(FIRED) == 1
    assert town.count(NEXT) == 1
    assert 1 <= len(_calls(olena, number)) <= 2, "what was in flight at a cut may arrive twice, and no more"


async def test_a_bot_that_was_down_at_the_moment_carries_it_out_at_its_start_and_says_how_late(town: Town) -> None:
    olena, ana = await town.joins("brigade", "Петра"), await town.resident("Марта")
    before = town.count(FIRED)
    moment = at(town.local.date() + timedelta(days=1), "21:00")
    number = await _agrees(ana, olena, town, days=1)
    await town.bot.kill()
    town.world.clock.forward((moment + timedelta(minutes=47) - town.local).total_seconds())
    town.bot = town.another_life()
    await town.bot.start()
    await olena.hears(texts.AGREED_CALL_NOW, number=number)
    assert "47" in _calls(olena, number)[0]
    assert town.count(FIRED) == before + 1


async def _agrees(ana: Somebody, olena: Somebody, town: Town, *, days: int = 0) -> str:
    """On a call at nine in the evening; the digits of the case."""
    number = await reports_danger(ana)
    await ana.moves("safety", "address", texts.ENOUGH)
    await takes(olena, number)
    await ana.presses(texts.TO_CASE)
    await ana.presses(texts.AGREE_A_CALL)
    await ana.answers("agreed", "step", "call")
    await ana.writes("agreed", "phone", "067 123 45 67")
    await ana.picks("agreed", town.local.date() + timedelta(days=days), "21:00")
    await ana.hears(texts.AGREED_CALL)
    await olena.hears(texts.AGREED_SET_STAFF, number=number)
    await town.rests()
    return number


def _calls(specialist: Somebody, number: str) -> list[str]:
    return [heard.message.text for heard in specialist.all_heard(texts.AGREED_CALL_NOW, number=number)]
