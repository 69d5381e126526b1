"""The processes of a bench: started here, watched through /proc, ended here."""

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from tests.bench.clock import now

ROOT = Path(__file__).parents[2]
START_LIMIT = 30  # seconds
TICK = os.sysconf("SC_CLK_TCK")


class BenchError(Exception):
    """What a person who runs the bench should read."""


@dataclass(frozen=True, slots=True)
class Emulator:
    port: int

    @property
    def base_url(self) -> str:
        return f"http://127.0.0.1:{self.port}/bot"

    def ask(self, deed: str, **fields: Any) -> dict[str, Any]:
        """What the emulator found out; a deed ends by itself within its limit."""
        patience = float(fields.get("limit", 0)) + 30
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=patience)
        try:
            kind = {"Content-Type": "application/json"}
            connection.request("POST", f"/bench/{deed}", json.dumps(fields), kind)
            found = cast("dict[str, Any]", json.load(connection.getresponse()))
        finally:
            connection.close()
        if "error" in found:
            raise BenchError(f"emulator: {found['error']}")
        return found


@contextmanager
def emulator() -> Iterator[Emulator]:
    command = [sys.executable, "-m", "tests.bench.emulator"]
    pipe = subprocess.PIPE
    with ended(subprocess.Popen(command, stdin=pipe, stdout=pipe, cwd=ROOT, text=True)) as process:
        if process.stdout is None:
            raise BenchError("the emulator has no output")
        yield Emulator(int(process.stdout.readline()))


@dataclass(frozen=True, slots=True)
class Bot:
    """A running bot, seen from outside."""

    process: subprocess.Popen[str]
    log: Path
    start_seconds: float

    def cpu_seconds(self) -> float:
        """User and system time of all its threads so far."""
        stat = Path(f"/proc/{self.process.pid}/stat").read_text()
        user, system = stat.rpartition(")")[2].split()[11:13]
        return (int(user) + int(system)) / TICK

    def mebibytes(self, name: str) -> float:
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        line = next(line for line in status.splitlines() if line.startswith(name + ":"))
        return int(line.split()[1]) / 1024


@contextmanager
def bot(command: list[str], api: Emulator, place: Path, environment: Mapping[str, str]) -> Iterator[Bot]:
    """A bot from its spawning, through its first getUpdates, to its end."""
    log = place / "bot.log"
    api.ask("forget_polls")
    with log.open("a") as output:
        spawned = now()
        process = subprocess.Popen(command, cwd=place, env=environment, stdout=output, stderr=output, text=True)
    with ended(process):
        yield Bot(process, log, first_poll(api, process, log) - spawned)


def first_poll(api: Emulator, process: subprocess.Popen[str], log: Path) -> float:
    for _ in range(START_LIMIT):
        if process.poll() is not None:
            break
        if polled := api.ask("polled", limit=1.0)["first_poll"]:
            return float(polled)
    raise BenchError(f"The bot does not ask for updates; its log ends with:\n{tail(log)}")


def run(command: list[str], place: Path, environment: Mapping[str, str]) -> str:
    """What a command of ours printed."""
    done = subprocess.run(command, cwd=place, env=environment, capture_output=True, text=True, timeout=120, check=False)
    if done.returncode:
        raise BenchError(f"{' '.join(command)} ended with {done.returncode}:\n{done.stderr[-2000:]}")
    return done.stdout


@contextmanager
def ended(process: subprocess.Popen[str]) -> Iterator[subprocess.Popen[str]]:
    try:
        yield process
    finally:
        process.send_signal(signal.SIGTERM)
        wait_or_kill(process)


def wait_or_kill(process: subprocess.Popen[str]) -> None:
    try:
        process.wait(12)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait(5)


def tail(log: Path) -> str:
    return log.read_text()[-2000:]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def place() -> Iterator[Path]:
    """A directory of its own, gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="poruch-bench-") as directory:
        yield Path(directory)
