"""The whole play: local Bot API, page, clock and bot, until somebody says stop."""

import asyncio
import contextlib
import signal
import sys
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass

from bot.sandbox.api import LocalApi, application
from bot.sandbox.clock import Clock
from bot.sandbox.play import Play
from bot.sandbox.process import BotProcess
from bot.sandbox.stage import Stage
from bot.sandbox.world import World


@dataclass(frozen=True)
class Sandbox:
    """A play that runs."""

    world: World
    api: LocalApi
    bot: BotProcess


async def serve(play: Play) -> None:
    """Plays until SIGINT or SIGTERM; prints the page's address and nothing else."""
    stop = asyncio.Event()
    with _signals(stop):
        async with playing(play) as sandbox:
            sys.stdout.write(f"{sandbox.api.address}\n")
            sys.stdout.flush()
            await stop.wait()


@contextlib.asynccontextmanager
async def playing(play: Play) -> AsyncIterator[Sandbox]:
    """The same for as long as the `async with` lasts; port 0 takes any that is free."""
    world = World(play.people, token=play.token, clock=Clock(play.clock_file))
    bot = BotProcess(play.bot_command, play.bot_environment)
    app = application(world)
    Stage(play, world, bot).build(app)
    async with LocalApi(world, port=play.port, app=app) as api:
        try:
            await bot.start()
            _begin(world)
            yield Sandbox(world, api, bot)
        finally:
            await bot.stop()


def _begin(world: World) -> None:
    for phone in world.phones:
        for line in phone.person.says:
            phone.says(line)


@contextlib.contextmanager
def _signals(stop: asyncio.Event) -> Iterator[None]:
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    try:
        yield
    finally:
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.remove_signal_handler(number)
