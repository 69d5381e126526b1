"""What people did and the bot has not yet confirmed.

An update leaves only when a higher offset is asked for, or a webhook took it: that is the promise
bots build on, so it is kept to the letter.
"""

import asyncio
from collections import deque
from itertools import islice

from bot.sandbox.refusals import OTHER_POLLER, Refused
from bot.sandbox.schema import Json

NOT_UNLESS_ASKED = frozenset({"chat_member", "message_reaction", "message_reaction_count"})


class Updates:
    def __init__(self, first_id: int) -> None:
        self.waiting: deque[Json] = deque()
        self.stirred = asyncio.Event()
        self.all_taken = asyncio.Event()
        """Set while nothing waits: a test may await it to know that the bot has everything."""
        self.all_taken.set()
        self.allowed: list[str] = []
        self._next_id = first_id
        self._poll: asyncio.Future[None] | None = None

    def put(self, kind: str, body: Json) -> None:
        if not self._wanted(kind):
            return
        self.waiting.append({"update_id": self._next_id, kind: body})
        self._next_id += 1
        self.all_taken.clear()
        self.stir()

    def stir(self) -> None:
        """Whoever waits looks again."""
        self.stirred.set()
        if self._poll is not None and not self._poll.done():
            self._poll.set_result(None)

    def confirm(self, offset: int) -> None:
        """Negative: only so many of the last are kept."""
        keep = -offset if offset < 0 else len(self.waiting)
        while len(self.waiting) > keep or (self.waiting and 0 < offset > self.waiting[0]["update_id"]):
            self.waiting.popleft()
        self._look()

    def strike_off(self, update: Json) -> None:
        """It was taken, unless all that waited was dropped in the meantime."""
        if self.waiting and self.waiting[0] is update:
            self.waiting.popleft()
        self._look()

    def drop(self) -> None:
        self.waiting.clear()
        self._look()

    async def poll(self, *, offset: int, limit: int, seconds: float) -> list[Json]:
        """Up to `limit` of them, at once or when something comes; the poller before us is sent away."""
        self.end_poll(OTHER_POLLER)
        self.confirm(offset)
        if not self.waiting and seconds > 0:
            await self._wait(seconds)
        return list(islice(self.waiting, limit))

    def end_poll(self, why: str) -> None:
        if self._poll is not None and not self._poll.done():
            self._poll.set_exception(Refused(409, why))

    async def _wait(self, seconds: float) -> None:
        mine = self._poll = asyncio.get_running_loop().create_future()
        try:
            async with asyncio.timeout(seconds):
                await mine
        except TimeoutError:
            return

    def _look(self) -> None:
        if not self.waiting:
            self.all_taken.set()

    def _wanted(self, kind: str) -> bool:
        return kind in self.allowed if self.allowed else kind not in NOT_UNLESS_ASKED
