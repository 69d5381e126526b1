"""Bots that wait for the one before them to die."""

import asyncio

from tests.process.running import WARM, Running
from tests.process.town import Town


class Successors:
    """Bots that have done their imports and wait for the one before them to die, so that a start costs little."""

    def __init__(self, town: Town, many: int) -> None:
        self._town = town
        self._left = many
        self._warm: asyncio.Queue[Running] = asyncio.Queue(maxsize=2)
        self._warming = asyncio.create_task(self._warm_up())

    async def next(self) -> Running:
        """Begins at once."""
        successor = await self._warm.get()
        successor.begin()
        return successor

    async def end(self) -> None:
        self._warming.cancel()
        await asyncio.gather(self._warming, return_exceptions=True)
        while not self._warm.empty():
            await self._warm.get_nowait().kill()

    async def _warm_up(self) -> None:
        for _ in range(self._left):
            successor = self._town.another_life()
            await successor.spawn(WARM)
            try:
                await self._warm.put(successor)
            except asyncio.CancelledError:
                await successor.kill()
                raise
