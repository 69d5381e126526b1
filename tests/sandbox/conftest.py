from collections.abc import AsyncIterator

import aiohttp
import pytest

from bot.sandbox.api import LocalApi
from bot.sandbox.phone import Phone
from bot.sandbox.play import Person
from bot.sandbox.world import World
from tests.sandbox.caller import Caller

ANA = Person("ana", 1001, "Анна", "Мешканка", "Resident")
OLENA = Person("olena", 1002, "Олена", "Фахівчиня", "Specialist", language="en")


@pytest.fixture
async def world() -> World:
    return World([ANA, OLENA])


@pytest.fixture
async def api(world: World) -> AsyncIterator[LocalApi]:
    async with LocalApi(world) as api:
        yield api


@pytest.fixture
async def call(api: LocalApi) -> AsyncIterator[Caller]:
    async with aiohttp.ClientSession() as session:
        yield Caller(session, api.base_url + api.world.token)


@pytest.fixture
def ana(world: World) -> Phone:
    """Has pressed Start."""
    phone = world.phone("ana")
    phone.says("/start")
    return phone


@pytest.fixture
def olena(world: World) -> Phone:
    """Has never pressed Start."""
    return world.phone("olena")
