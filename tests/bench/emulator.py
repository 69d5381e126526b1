"""The Bot API and its residents in one process; it ends when its parent closes standard input.

The bench asks for loads at /bench/…, the bot for everything else.
"""

import asyncio
import json
import sys
from collections import Counter
from collections.abc import Awaitable, Callable
from contextlib import suppress
from itertools import count
from typing import Any

from tests.bench import figures, residents
from tests.bench.api import Faults, Sent, Telegram
from tests.bench.crowd import Crowd
from tests.bench.wire import Fields, Wire

LIFE = 1800.0  # seconds; nothing here outlives a forgotten bench
RATE, MANY = 30, 50
TALK_RATE = 2.0  # updates a second of those who write during a broadcast
Answered = Awaitable[dict[str, Any]]


class Stage:
    """The bench's side of the emulator: each method is what /bench/NAME does."""

    def __init__(self) -> None:
        self.telegram = Telegram()
        self._crowds: dict[str, Crowd] = {}
        self._chats = count(10_000, 10_000_000)
        self._tasks: set[asyncio.Task[None]] = set()

    def answer(self, path: str, fields: Fields, wire: Wire) -> None:
        if not path.startswith("/bench/"):
            self.telegram.answer(path, fields, wire)
            return
        task = asyncio.ensure_future(self._do(path.removeprefix("/bench/"), fields, wire))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _do(self, name: str, fields: Fields, wire: Wire) -> None:
        deeds: dict[str, Callable[..., Answered]] = {
            "polled": self.polled, "forget_polls": self.forget_polls, "load": self.load,
            "join": self.join, "walk": self.walk, "faults": self.faults, "watch": self.watch,
        }  # fmt: skip
        try:
            found = await deeds[name](**fields)
        except (LookupError, TypeError, ValueError) as error:
            found = {"error": f"{name}: {error!r}"}
        wire.reply(json.dumps(found).encode())

    async def polled(self, *, limit: float) -> dict[str, Any]:
        """When the bot first asked for updates; zero if it has not."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self.telegram.polled.wait(), limit)
        return {"first_poll": self.telegram.first_poll if self.telegram.polled.is_set() else 0.0}

    async def forget_polls(self) -> dict[str, Any]:
        self.telegram.polled.clear()
        return {}

    async def load(self, *, crowd: str, seats: int, talk: Fields, **plan: Any) -> dict[str, Any]:
        if crowd not in self._crowds:
            self._crowds[crowd] = Crowd(self.telegram, self._newcomers(talk), seats)
        return (await self._crowds[crowd].run(**plan)).plain()

    def _newcomers(self, talk: Fields) -> residents.Newcomers:
        first = next(self._chats)
        return residents.walkers(first, **talk) if talk else residents.talkers(first)

    async def join(self, *, first: int, openings: list[str], seats: int, limit: float, **how: Any) -> dict[str, Any]:
        """Everyone opens with words of her own and leaves when she is in."""
        crowd = Crowd(self.telegram, residents.joiners(first, openings, **how), seats)
        outcome = await crowd.run(updates=residents.PATIENCE * len(openings), rate=None, limit=limit)
        return outcome.plain()

    async def walk(self, *, chat: int, opening: str, limit: float, **how: Any) -> dict[str, Any]:
        """One person goes through a form; what she heard comes back."""
        walker = residents.Walker(chat, opening, **how)
        crowd = Crowd(self.telegram, iter([walker]), seats=1)
        outcome = await crowd.run(updates=residents.PATIENCE, rate=None, limit=limit)
        return {"arrived": outcome.arrived == 1, "heard": walker.heard}

    async def faults(self, *, every: int, first: int, rate: int = 0, on_duty: int = 0) -> dict[str, Any]:
        self.telegram.faults = Faults(every, first, rate)
        self.telegram.on_duty = on_duty
        return {"since": len(self.telegram.sends)}

    async def watch(self, *, since: int, first: int, people: int, replies: Fields, limit: float) -> dict[str, Any]:
        """Until each of these people was sent something, while others fill their forms, and some report a danger."""
        filed: dict[str, float] = {}

        def noted(chat: int, number: str) -> None:
            filed[number] = self.telegram.acted[chat]

        others = residents.with_reporters(self._newcomers(replies), next(self._chats), noted)
        crowd = Crowd(self.telegram, others, seats=8)
        talking = asyncio.ensure_future(crowd.run(updates=1_000_000, rate=TALK_RATE, limit=limit))
        await self._all_reached(since, first, people, limit)
        crowd.stop()
        outcome = await talking
        alerted = self.telegram.alerted
        return account(self._sends(since), first, people) | {
            "replies": outcome.from_put,
            "alerts": [alerted[number] - at for number, at in filed.items() if number in alerted],
            "unheard": sum(number not in alerted for number in filed),
            "over": self.telegram.faults.over,
        }

    async def _all_reached(self, since: int, first: int, people: int, limit: float) -> None:
        """A little longer than until the last one, for what comes twice."""
        for _ in range(int(limit)):
            await asyncio.sleep(1)
            if len(reached(self._sends(since), first, people)) >= people:
                break
        await asyncio.sleep(2)

    def _sends(self, since: int) -> list[Sent]:
        return self.telegram.sends[since:]


def reached(sends: list[Sent], first: int, people: int) -> Counter[int]:
    """How many messages each of them got."""
    return Counter(sent.chat for sent in sends if not sent.wait and first <= sent.chat < first + people)


def account(sends: list[Sent], first: int, people: int) -> dict[str, Any]:
    got = reached(sends, first, people)
    return {
        "reached": len(got),
        "doubled": sum(1 for times in got.values() if times > 1),
        "attempts": len(sends),
        "refused": sum(1 for sent in sends if sent.wait),
        "too_soon": too_soon(sends),
        "busiest_second": busiest(sends),
        "busiest_of_broadcast": busiest([sent for sent in sends if first <= sent.chat < first + people]),
        "seconds": sends[-1].at - sends[0].at if sends else 0.0,
        "left_by_replies": share(sends, first, people),
    }


def share(sends: list[Sent], first: int, people: int) -> float:
    """Delivered a second beside replies a second, until all but the last fiftieth, who may have been told to wait."""
    ours = [sent for sent in sends if first <= sent.chat < first + people]
    arrived = [sent.at for sent in ours if not sent.wait]
    if len(arrived) < MANY:
        return 0.0
    begun, ended = arrived[0], arrived[len(arrived) * 49 // 50]
    meanwhile = sum(begun <= sent.at <= ended for sent in sends) - sum(begun <= sent.at <= ended for sent in ours)
    return (len(arrived) * 49 // 50) / ((ended - begun) * RATE - meanwhile)


def busiest(sends: list[Sent]) -> int:
    return figures.busiest_second([sent.at for sent in sends])


def too_soon(sends: list[Sent]) -> int:
    """Sends to a chat that was told to wait and has not waited."""
    until: dict[int, float] = {}
    early = 0
    for sent in sends:
        early += sent.at < until.get(sent.chat, 0.0)
        until[sent.chat] = sent.at + sent.wait
    return early


async def serve() -> None:
    loop, stage, over = asyncio.get_running_loop(), Stage(), asyncio.Event()
    server = await loop.create_server(lambda: Wire(stage.answer), "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    loop.add_reader(sys.stdin, over.set)
    loop.call_later(LIFE, over.set)
    await over.wait()


if __name__ == "__main__":
    asyncio.run(serve())
