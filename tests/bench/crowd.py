"""Many residents at a time: closed loop, each answering at once; or open loop, so many acts a second."""

import asyncio
import time
from collections import deque
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from itertools import islice
from typing import Any

from tests.bench.acts import Act, Message
from tests.bench.api import Telegram, Update
from tests.bench.clock import now
from tests.bench.residents import PATIENCE, Resident, Step, Walker

UNANSWERED = 10.0  # seconds after which an update counts as lost
STUCK = 3.0  # seconds after which a resident who got nothing to press goes home
SAMPLES = 3


@dataclass(slots=True)
class Seat:
    """A resident who is talking: her update that waits for its answer, or her act that waits for its turn."""

    resident: Resident
    act: Act | None = None
    pending: Update | None = None
    since: float = field(default_factory=now)


@dataclass(slots=True)
class Outcome:
    answered: int = 0
    unanswered: int = 0
    stuck: int = 0
    arrived: int = 0
    seconds: float = 0.0
    calls: int = 0
    cpu_seconds: float = 0.0
    from_handed: list[float] = field(default_factory=list)
    from_put: list[float] = field(default_factory=list)
    stuck_at: list[str] = field(default_factory=list)

    def plain(self) -> dict[str, Any]:
        return asdict(self)


class Crowd:
    """Lives through several loads, so that a warm-up leaves everyone in the middle of a form."""

    def __init__(self, telegram: Telegram, newcomers: Iterator[Resident], seats: int) -> None:
        self._telegram = telegram
        self._newcomers = newcomers
        self._seats: dict[int, Seat] = {}
        self._turn: deque[Seat] = deque()
        self._left = 0
        self._rate: float | None = None
        self._outcome = Outcome()
        self._over = asyncio.Event()
        self._wanted = seats

    async def run(self, *, updates: int, rate: float | None, limit: float) -> Outcome:
        """The outcome of so many updates, or of as many as were answered within the limit."""
        self._begin(updates, rate)
        started, calls, cpu = now(), self._telegram.calls.total(), time.process_time()
        async with asyncio.TaskGroup() as tasks:
            self._open(tasks)
            await self._finished(limit)
        self._outcome.calls = self._telegram.calls.total() - calls
        self._outcome.cpu_seconds = time.process_time() - cpu
        self._outcome.seconds = now() - started
        return self._outcome

    def _begin(self, updates: int, rate: float | None) -> None:
        self._outcome, self._left, self._rate = Outcome(), updates, rate
        self._over.clear()
        self._telegram.listener = self._heard
        for seat in self._seats.values():
            seat.since = now()
        for resident in islice(self._newcomers, self._wanted - len(self._seats)):
            self._sit(resident)

    def _open(self, tasks: asyncio.TaskGroup) -> None:
        tasks.create_task(self._watch())
        if self._rate is None:
            self._release()
        else:
            tasks.create_task(self._pace(self._rate))

    async def _finished(self, limit: float) -> None:
        if not await self._is_over_within(limit):
            self.stop()

    def stop(self) -> None:
        self._left = 0
        self._over.set()

    async def _is_over_within(self, seconds: float) -> bool:
        with suppress(TimeoutError):
            await asyncio.wait_for(self._over.wait(), seconds)
        return self._over.is_set()

    async def _pace(self, rate: float) -> None:
        """An open loop: the next act is due at its time, whether the last was answered or not."""
        due = now()
        while self._left and not self._over.is_set():
            if self._turn:
                self._let_one()
            due += 1 / rate
            await asyncio.sleep(max(0.0, due - now()))

    async def _watch(self) -> None:
        while not await self._is_over_within(0.25):
            at = now()
            for seat in list(self._seats.values()):
                self._look_at(seat, at)
            self._finish_if_done()

    def _look_at(self, seat: Seat, at: float) -> None:
        waited = at - seat.since
        if seat.pending is not None and waited > UNANSWERED:
            self._outcome.unanswered += 1
            self._give_up(seat)
        elif seat.pending is None and seat.act is None and waited > STUCK:
            self._give_up(seat)

    def _give_up(self, seat: Seat) -> None:
        self._outcome.stuck += 1
        if len(self._outcome.stuck_at) < SAMPLES:
            self._outcome.stuck_at.append(" ⏎ ".join(seat.resident.heard[-2:]))
        self._replace(seat)

    def _sit(self, resident: Resident) -> None:
        seat = Seat(resident, act=resident.opens())
        self._seats[resident.chat] = seat
        self._turn.append(seat)

    def _replace(self, seat: Seat) -> None:
        del self._seats[seat.resident.chat]
        for newcomer in islice(self._newcomers, 1):
            self._sit(newcomer)
        self._go_on()

    def _heard(self, chat: int, message: Message, at: float) -> None:
        seat = self._seats.get(chat)
        if seat is None or (seat.pending is not None and not seat.pending.handed_at):
            return  # what comes before the bot could know of her last act is no answer to it
        if seat.pending is not None:
            self._count(seat.pending, at)
            seat.pending = None
        seat.since = at
        self._next(seat, seat.resident.hears(message))
        self._finish_if_done()

    def _count(self, update: Update, at: float) -> None:
        self._outcome.answered += 1
        self._outcome.from_handed.append(at - update.handed_at)
        self._outcome.from_put.append(at - update.put_at)

    def _next(self, seat: Seat, step: Step) -> None:
        if step == "leaves":
            self._arrive(seat)
        elif step is not None:
            if seat.act is None:
                self._turn.append(seat)
            seat.act = step
            self._go_on()

    def _arrive(self, seat: Seat) -> None:
        walker = seat.resident
        if isinstance(walker, Walker) and walker.acts >= PATIENCE:
            self._give_up(seat)
        else:
            self._outcome.arrived += 1
            self._replace(seat)

    def _go_on(self) -> None:
        if self._rate is None:
            self._release()

    def _release(self) -> None:
        while self._turn and self._left:
            self._let_one()

    def _let_one(self) -> None:
        seat = self._turn.popleft()
        if seat.act is None or self._seats.get(seat.resident.chat) is not seat:
            return
        self._left -= 1
        seat.since = now()
        seat.pending = self._telegram.put(seat.resident.chat, seat.act)
        seat.act = None

    def _finish_if_done(self) -> None:
        waiting = any(seat.pending is not None for seat in self._seats.values()) if not self._left else True
        if not waiting or not self._seats:
            self._over.set()
