"""A hundred thousand reminders that lie ahead against none: finding what is due, memory, start; and a thousand at once.

Beside it the same rows as jobs of APScheduler's own store (jobs.py), in the same run and in turns.
"""

import asyncio
import contextlib
import http.client
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from storage import due
from storage.db import Transaction, connect
from storage.seal import Vault
from tests import hall
from tests.bench import jobs, processes
from tests.bench.clock import now, today
from tests.bench.processes import BenchError, Emulator
from tests.bench.subjects import OURS, settings
from tests.people import Town

AHEAD, DUE, AT_ONCE = 100_000, 100, 1_000
ROUNDS, LOOKS = 3, 200
IDLE = 2.0
"""Seconds of ticks before memory is looked at."""


@dataclass(slots=True)
class Seen:
    """What one of the two showed, with so many rows ahead."""

    ahead: int
    start_seconds: list[float] = field(default_factory=list)
    mebibytes: list[float] = field(default_factory=list)
    nothing_due: list[float] = field(default_factory=list)
    some_due: list[float] = field(default_factory=list)


@dataclass(slots=True)
class AtOnce:
    """A thousand that come due in one moment: milliseconds of each batch, and for which the loop stood still."""

    batches: list[float]
    stalled: float
    jobs_stalled: float


@dataclass(slots=True)
class Played:
    ours: list[Seen]
    theirs: list[Seen]
    at_once: AtOnce


def play() -> Played:
    sizes = (0, AHEAD)
    ours, theirs = [Seen(size) for size in sizes], [Seen(size) for size in sizes]
    with contextlib.ExitStack() as stack:
        api = stack.enter_context(processes.emulator())
        places = [stack.enter_context(processes.place()) for _ in sizes]
        for place, size in zip(places, sizes, strict=True):
            _prepare(api, place, size)
        for _ in range(ROUNDS):
            for place, our, their in zip(places, ours, theirs, strict=True):
                _bot(api, place, our)
                _jobs(place, their)
                _look(place, our, their)
        return Played(ours, theirs, AtOnce(*asyncio.run(_rung()), _jobs_rung()))


def moments(ahead: int, soonest: datetime) -> list[datetime]:
    """Spread over a year, in no order."""
    return [soonest + timedelta(seconds=300 * (number * 7919 % ahead)) for number in range(ahead)]


def _prepare(api: Emulator, place: Path, ahead: int) -> None:
    OURS.prepare(api, place)
    later = moments(ahead, today() + timedelta(days=1))
    rows = [("training_day", 1 + number // 100, number, 1, at) for number, at in enumerate(later)]
    connection = connect(place / "data" / "poruch.db")
    connection.execute("BEGIN IMMEDIATE")
    connection.executemany("INSERT INTO due (kind, subject_id, person_id, version, at) VALUES (?, ?, ?, ?, ?)", rows)
    connection.execute("COMMIT")
    connection.close()
    jobs.fill(place / "jobs.db", later)


# Its process


def _bot(api: Emulator, place: Path, seen: Seen) -> None:
    """From spawned to the first healthy answer."""
    environment = settings(api, place, 0)
    port = int(environment["PORUCH_LISTEN"].rpartition(":")[2])
    with (place / "bot.log").open("a") as log:
        began = now()
        process = subprocess.Popen(
            [sys.executable, "-m", "bot", "run"], cwd=place, env=environment, stdout=log, stderr=log, text=True
        )
    with processes.ended(process):
        _until(lambda: _healthy(port), process)
        seen.start_seconds.append(now() - began)
        time.sleep(IDLE)
        seen.mebibytes.append(_resident(process))


def _jobs(place: Path, seen: Seen) -> None:
    began = now()
    with _job_process(place / "jobs.db") as process:
        seen.start_seconds.append(now() - began)
        time.sleep(IDLE)
        seen.mebibytes.append(_resident(process))


@contextlib.contextmanager
def _job_process(database: Path, says: Callable[[str], object] = len) -> Iterator["subprocess.Popen[str]"]:
    pipe, environment = subprocess.PIPE, os.environ | {"PYTHONPATH": str(processes.ROOT)}
    command = [sys.executable, "-m", "tests.bench.jobs", str(database)]
    with processes.ended(subprocess.Popen(command, stdin=pipe, stdout=pipe, env=environment, text=True)) as process:
        line = process.stdout.readline() if process.stdout else ""
        if not line.startswith("running"):
            raise BenchError("the process with APScheduler does not run")
        says(line)
        yield process


def _until(so: Callable[[], bool], process: "subprocess.Popen[str]") -> None:
    ends = now() + processes.START_LIMIT
    while not so():
        if now() > ends or process.poll() is not None:
            raise BenchError("the bot does not become healthy")
        time.sleep(0.01)


def _healthy(port: int) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=1)
    try:
        connection.request("GET", "/healthz")
        return connection.getresponse().status == 200
    except OSError:
        return False
    finally:
        connection.close()


def _resident(process: "subprocess.Popen[str]") -> float:
    return processes.Bot(process, Path(), 0.0).mebibytes("VmRSS")


# What is due


def _look(place: Path, ours: Seen, theirs: Seen) -> None:
    """With nothing due, and at the moment when a hundred are; in turns."""
    connection, store = connect(place / "data" / "poruch.db"), jobs.store(place / "jobs.db")
    tx = Transaction(connection, Vault((b"",)), None)
    soonest, some = today(), moments(ours.ahead, today() + timedelta(days=1))
    later = sorted(some)[DUE - 1] if some else soonest
    for _ in range(LOOKS):
        ours.nothing_due.append(_timed(lambda: due.ring(tx, now=soonest, most=DUE), 0))
        theirs.nothing_due.append(_timed(lambda: store.get_due_jobs(soonest), 0))
    for _ in range(LOOKS if some else 0):
        ours.some_due.append(_timed(lambda: due.ring(tx, now=later, most=DUE), DUE))
        theirs.some_due.append(_timed(lambda: store.get_due_jobs(later), DUE))
    connection.close()
    store.shutdown()


def _timed(look: Callable[[], Sequence[object]], many: int) -> float:
    """Milliseconds; it has found so many."""
    began = time.perf_counter()
    found = len(look())
    taken = (time.perf_counter() - began) * 1000
    if found != many:
        raise BenchError(f"{found} were found instead of {many}")
    return taken


# A thousand at once


async def _rung() -> tuple[list[float], float]:
    """Of the real ticker and the real sender, beside which somebody asks every millisecond whether the loop is free."""
    with processes.place() as place:
        async with Town(place / "data") as town:
            invited = await hall.fills(town, AT_ONCE)
            await town.passes(minutes=5)
            town.telegram.chats.clear()
            town.clock.at = invited.due
            batches = _clocked(town)
            watching = asyncio.create_task(_stalls())
            await town.ticks()
            watching.cancel()
            stalled = await watching
            said = sum(each.text == invited.text for chat in town.telegram.chats.values() for each in chat.sent)
    if said != AT_ONCE:
        raise BenchError(f"{said} of {AT_ONCE} were reminded")
    return batches, stalled


def _clocked(town: Town) -> list[float]:
    """Milliseconds for which each batch of the ticker holds the database."""
    ring, batches = town.app.ticker._ring, list[float]()

    def rings(tx: Transaction) -> int:
        began = time.perf_counter()
        rung = ring(tx)
        batches.append((time.perf_counter() - began) * 1000)
        return rung

    town.app.ticker._ring = rings  # type: ignore[method-assign]
    return batches


async def _stalls() -> float:
    """The longest time that the loop had no turn for somebody, in milliseconds."""
    longest = 0.0
    with contextlib.suppress(asyncio.CancelledError):
        while True:
            began = time.perf_counter()
            await asyncio.sleep(0.001)
            longest = max(longest, time.perf_counter() - began - 0.001)
    return longest * 1000


def _jobs_rung() -> float:
    said: list[str] = []
    with processes.place() as place:
        jobs.fill(place / "jobs.db", [today() - timedelta(seconds=60)] * AT_ONCE)
        with _job_process(place / "jobs.db", said.append):
            pass
    return float(said[0].split()[1]) * 1000
