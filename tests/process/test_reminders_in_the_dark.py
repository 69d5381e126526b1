"""A hundred reminders are due, and the bot is ended by force twenty times while it sends them."""

import asyncio
import random
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.sandbox.api import LocalApi
from bot.sandbox.clock import Clock
from bot.sandbox.play import Person
from bot.sandbox.world import World
from tests import hall, people
from tests.process.successors import Successors
from tests.process.town import Registry, Town, opening

MANY, CUTS = 100, 20
SEED = 4823
AWAKE = 0.8
"""The share of lives whose seconds count only once the bot runs."""
LONGEST = 0.35
"""Seconds to the plug: at twenty a second it takes five to send them all."""
WAITING = "SELECT count(*) FROM outbox WHERE lane = 2 AND state <> 'sent'"
AT_A_TIME = 4
"""So many of a second's twenty may start at the same moment."""


async def test_twenty_ends_by_force_lose_no_reminder_and_queue_none_twice(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    registry, invited = await _hall(tmp_path)
    world = World(
        [Person(f"p{chat}", chat, f"P{chat}", language="en") for chat in invited.chats],
        clock=Clock(registry.opened),
    )
    for chat in world.chats.values():
        chat.started = True
    async with LocalApi(world) as api:
        town = Town(tmp_path, registry, world, api)
        town.settings = town.environment(MASTER_KEY=people.KEY, SEND_RATE="20")
        try:
            in_the_middle = await _ends_by_force(town, invited)
            got = await _settled(town, world, invited)
        finally:
            status = await town.bot.stop()
    assert status == 0
    doubled = sum(count > 1 for count in got)
    with capsys.disabled():
        print(f"\n{CUTS} ends by force, {in_the_middle} of them in the middle, {doubled} of {MANY} sent twice")
    assert min(got) >= 1, got
    assert in_the_middle > CUTS / 3
    assert doubled <= in_the_middle * AT_A_TIME
    assert town.count("SELECT count(*) FROM outbox WHERE lane = 2") == MANY


async def _hall(place: Path) -> tuple[Registry, hall.Hall]:
    """A training for all of them; the clock stands a moment after their reminders have come due."""
    clock = Clock(place / "clock")
    monday = opening(datetime.fromtimestamp(clock.now(), UTC))
    async with people.Town(place / "data", at=monday.astimezone(UTC)) as town:
        invited = await hall.fills(town, MANY)
    clock.forward(invited.due.timestamp() - clock.now() + 1)
    return Registry(place / "data", {}, place / "clock"), invited


async def _ends_by_force(town: Town, invited: hall.Hall) -> int:
    """How often it was in the middle of it."""
    chance, successors, in_the_middle = random.Random(SEED), Successors(town, CUTS + 1), 0
    try:
        town.bot = await successors.next()
        await town._waits_for(lambda: sum(_got(town.world, invited)) > 0)
        for _ in range(CUTS):
            if chance.random() < AWAKE:
                await town.bot.says('"running"')
            await asyncio.sleep(chance.uniform(0, LONGEST))
            await town.bot.kill()
            in_the_middle += 0 < sum(map(bool, _got(town.world, invited))) < MANY
            town.bot = await successors.next()
    finally:
        await successors.end()
    return in_the_middle


async def _settled(town: Town, world: World, invited: hall.Hall) -> list[int]:
    await town.bot.says('"running"')
    await town._waits_for(lambda: min(_got(world, invited)) > 0 and not town.count(WAITING))
    return _got(world, invited)


def _got(world: World, invited: hall.Hall) -> list[int]:
    phones = [world.phone(f"p{chat}") for chat in invited.chats]
    return [sum(message.text == invited.text for message in phone.heard) for phone in phones]
