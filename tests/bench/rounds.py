"""One round: a bot is started in an empty place, warmed up, loaded, timed and ended."""

import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from tests.bench import processes
from tests.bench.processes import BenchError, Bot, Emulator
from tests.bench.subjects import Subject

PARTS = ("throughput", "latency", "footprint")


@dataclass(frozen=True, slots=True)
class Size:
    """How much is done in a run."""

    rounds: int = 3
    seats: int = 128
    warm_up: int = 500
    updates: int = 5000
    timed: int = 1000
    rate: float = 50.0


QUICK = Size(rounds=1, seats=64, warm_up=100, updates=600, timed=150)


@dataclass(slots=True)
class Round:
    """What one round of one bot showed; what was not measured is not a number."""

    subject: Subject
    start_seconds: float = float("nan")
    idle_mib: float = float("nan")
    peak_mib: float = float("nan")
    a_second: float = float("nan")
    cpu_us: float = float("nan")
    emulator_us: float = float("nan")
    calls_an_update: float = float("nan")
    forms: int = 0
    lost: int = 0
    stuck: int = 0
    from_handed: list[float] = field(default_factory=list)
    from_put: list[float] = field(default_factory=list)


def play(subject: Subject, size: Size, parts: set[str]) -> Round:
    with processes.place() as place, processes.emulator() as api:
        subject.prepare(api, place)
        with subject.running(api, place) as bot:
            seen = Round(subject, start_seconds=bot.start_seconds, idle_mib=idle(bot))
            measure(seen, Load(api, bot, subject, size), parts)
            seen.peak_mib = bot.mebibytes("VmHWM")
    say(seen)
    return seen


def idle(bot: Bot) -> float:
    time.sleep(1)
    return bot.mebibytes("VmRSS")


@dataclass(frozen=True, slots=True)
class Load:
    api: Emulator
    bot: Bot
    subject: Subject
    size: Size

    def ask(self, updates: int, rate: float | None = None) -> dict[str, Any]:
        limit = 180.0 if rate is None else updates / rate + 15
        people = {"crowd": "residents", "seats": self.size.seats, "talk": self.subject.talk}
        found = self.api.ask("load", **people, updates=updates, rate=rate, limit=limit)
        if not found["answered"]:
            raise BenchError(f"Nothing was answered; the bot's log ends with:\n{processes.tail(self.bot.log)}")
        return found


def measure(seen: Round, load: Load, parts: set[str]) -> None:
    load.ask(load.size.warm_up)
    if parts & {"throughput", "footprint"}:
        note_load(seen, load)
    if "latency" in parts:
        timed = load.ask(load.size.timed, load.size.rate)
        seen.from_handed, seen.from_put = timed["from_handed"], timed["from_put"]
        note_losses(seen, timed)


def note_load(seen: Round, load: Load) -> None:
    before = load.bot.cpu_seconds()
    found = load.ask(load.size.updates)
    answered = found["answered"]
    seen.cpu_us = (load.bot.cpu_seconds() - before) / answered * 1e6
    seen.a_second = answered / found["seconds"]
    seen.emulator_us = found["cpu_seconds"] / found["calls"] * 1e6
    seen.calls_an_update = found["calls"] / answered
    seen.forms = found["arrived"]
    note_losses(seen, found)
    if load.subject.talk and not seen.forms:
        raise BenchError(f"{load.subject.name}: not one form was finished, so the figures mean nothing")


def note_losses(seen: Round, found: dict[str, Any]) -> None:
    seen.lost += found["unanswered"]
    seen.stuck += found["stuck"]
    for text in found["stuck_at"]:
        print(f"  stuck at: {text!r}", file=sys.stderr)


def say(seen: Round) -> None:
    figures = f"{seen.a_second:.0f} updates/s, {seen.cpu_us:.0f} µs CPU, {seen.idle_mib:.0f} MiB"
    rest = f"{seen.forms} forms, {seen.lost} lost, {seen.stuck} stuck"
    calls = f"{seen.calls_an_update:.2f} calls an update, emulator {seen.emulator_us:.0f} µs a call"
    print(f"{seen.subject.name}: {figures}, {seen.start_seconds:.2f} s to start, {rest}, {calls}", file=sys.stderr)


def alternate(subjects: list[Subject], size: Size, parts: set[str]) -> Iterator[Round]:
    """A B A B A B: what the machine does to one it does to the other."""
    for _ in range(size.rounds):
        for subject in subjects:
            yield play(subject, size, parts)
