"""The power fails fifty times while fifty people report: no case is lost, none is doubled, everybody is told."""

import asyncio
import random
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from bot.core import texts
from bot.core.buttons import Enter, encode
from tests.process.acts import ALERTS
from tests.process.speech import UK
from tests.process.successors import Successors
from tests.process.town import Registry, Somebody, Town

pytestmark = pytest.mark.asyncio(loop_scope="module")

PEOPLE = 50
CUTS = 50
SHORTEST, LONGEST = 0.02, 0.6
"""Seconds to the plug: before the first poll, in the middle of everything, after it is quiet."""
AWAKE = 0.8
"""The share of lives whose seconds count only once the bot runs, however slow the machine."""
THOUGHT = 0.4
"""Seconds that a person may look at a screen before pressing."""
SEED = 4823
PATIENCE = 120.0
AFTERWARDS = 8.0
"""Seconds after the last cut in which everybody must have got a receipt."""
NAMES = ("Олена", "Петро", "Ірина")
RECEIPTS = (texts.RECEIPT, texts.RECEIPT_NOBODY)
ENTER = encode(Enter("safety"))


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def town(registry: Registry, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Town]:
    async with Town.opened(tmp_path_factory.mktemp("dark"), registry) as town:
        yield town


async def test_fifty_power_cuts_lose_no_case_double_none_and_leave_nobody_untold(town: Town) -> None:
    chance = random.Random(SEED)
    brigade = [await town.joins("brigade", name) for name in NAMES]
    residents = [town.arrives(f"Мешканка {number}") for number in range(PEOPLE)]
    successors = Successors(town, CUTS)
    reporting: list[asyncio.Task[str]] = []
    in_the_middle = 0
    try:
        for resident in residents[:CUTS]:
            reporting.append(asyncio.create_task(_reports(resident, random.Random(resident.id))))
            if chance.random() < AWAKE:
                await town.bot.says('"running"')
            await asyncio.sleep(chance.uniform(SHORTEST, LONGEST))
            await town.bot.kill()
            in_the_middle += any(not each.done() for each in reporting)
            town.bot = await successors.next()
        _, waiting = await asyncio.wait(reporting, timeout=AFTERWARDS)
        stuck = [residents[reporting.index(each)].phone.last for each in waiting]
        assert stuck == []
        numbers = [each.result() for each in reporting]
        await town.settles()
    finally:
        for each in reporting:
            each.cancel()
        await successors.end()

    assert in_the_middle > CUTS * 0.8
    assert town.count("SELECT count(*) FROM cases") == PEOPLE
    assert len(set(numbers)) == PEOPLE
    untold = [
        (each.phone.person.first_name, number) for each in brigade for number in numbers if not _told(each, number)
    ]
    assert untold == []
    assert await town.bot.stop() == 0


async def _reports(resident: Somebody, chance: random.Random) -> str:
    """Four updates, each sent when the screen offers it, after a moment's thought; the digits of the case."""
    if chance.choice((True, False)):
        resident.says(UK(texts.SAFETY_AT_HOME))
    else:
        _presses_an_old_entry(resident)
    for name, key in (("danger", "now"), ("write", "yes"), ("district", "center")):
        message = await resident.asked("safety", name, within=PATIENCE)
        await asyncio.sleep(chance.uniform(0, THOUGHT))
        resident.phone.presses(UK.option("safety", name, key), message=message)
    receipt = await resident.phone.until(
        lambda: next((heard for kind in RECEIPTS for heard in resident.all_heard(kind)), None),
        "gets a receipt",
        within=PATIENCE,
    )
    return receipt.number


def _presses_an_old_entry(resident: Somebody) -> None:
    """A menu that stands in the chat from an earlier day."""
    button = {"inline_keyboard": [[{"text": UK(texts.SAFETY_AT_HOME), "callback_data": ENTER}]]}
    resident.phone.chat.started = True
    resident.phone.world.write(resident.phone.chat, {"text": UK(texts.MENU), "reply_markup": button}, from_bot=True)
    resident.phone.presses(UK(texts.SAFETY_AT_HOME))


def _told(specialist: Somebody, number: str) -> bool:
    return any(specialist.has_heard(kind, number=number) for kind in ALERTS)
