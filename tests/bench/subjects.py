"""The two bots that are compared, and how each is started in an empty place."""

import os
import shlex
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from tests.bench import processes
from tests.bench.processes import ROOT, Bot, Emulator
from tests.bench.residents import ENTRIES

# Part of a question → part of a button, or words to type; what is not here gets its first button.
ANSWERS: Mapping[str, str] = {"номер телефону": "+380501234567"}


@dataclass(frozen=True, slots=True)
class Subject:
    name: str
    does: str
    talk: dict[str, Any] = field(default_factory=dict)
    other: str = ""

    @contextmanager
    def running(self, api: Emulator, place: Path, rate: int = 0) -> Iterator[Bot]:
        environment = settings(api, place, rate)
        with processes.bot(self._command(api), api, place, environment) as bot:
            yield bot

    def prepare(self, api: Emulator, place: Path) -> None:
        if self is OURS:
            processes.run([sys.executable, "-m", "bot", "init"], place, settings(api, place, 0))

    def _command(self, api: Emulator) -> list[str]:
        if self.other:
            return shlex.split(self.other)
        ours = [sys.executable, "-m", "bot", "run"]
        return ours if self is OURS else [sys.executable, "-m", "tests.bench.echo", api.base_url]


PTB = Subject("python-telegram-bot", "bare echo, polling")
OURS = Subject("Poruch", "whole forms, durable", {"opening": ENTRIES[0], "answers": dict(ANSWERS)})


def another(command: str) -> Subject:
    """Some other bot in the place of ours; it finds the API in PORUCH_BOT_API_URL."""
    return Subject("another bot", command, OURS.talk, command)


def settings(api: Emulator, place: Path, rate: int) -> dict[str, str]:
    """Only what the machine needs and what the contract names."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PORUCH_")}
    return kept | {
        "PYTHONPATH": str(ROOT),
        "PORUCH_BOT_TOKEN": "1:bench",
        "PORUCH_BOT_API_URL": api.base_url,
        "PORUCH_DATA_DIR": str(place / "data"),
        "PORUCH_MASTER_KEY_FILE": str(place / "master.key"),
        "PORUCH_SEND_RATE": str(rate),
        "PORUCH_LISTEN": f"127.0.0.1:{processes.free_port()}",
        "PORUCH_CENTRE": "demo",
        "PORUCH_LOG_LEVEL": "WARNING",
    }


def http_client() -> str:
    return "sniffio present" if find_spec("sniffio") else "no sniffio"
