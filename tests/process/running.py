"""The bot as its own process: started, asked to stop, or cut off like a power failure."""

import asyncio
import contextlib
import os
import sys
from collections.abc import Mapping
from pathlib import Path

from tests.workers import keeps_apart

ROOT = Path(__file__).parents[2]
GRACE = 10.0
"""Seconds that SIGTERM may take (contract, section 7)."""
STARTING = 20.0
LONGEST_LINE = 2**20
RUN = ("-m", "bot", "run")
WAITS_WARM = """
import sys, bot.__main__, bot.run.commands.run
sys.stdin.readline()
sys.argv = ["bot", "run"]
bot.__main__.main()
"""
WARM = ("-c", WAITS_WARM)
"""`python -m bot run` with its imports already done, waiting for a line to begin."""


def environment(**settings: str | Path) -> dict[str, str]:
    """Nothing but the settings, and what Python needs to find itself and us."""
    return {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(ROOT),
        **{f"PORUCH_{name}": str(value) for name, value in settings.items()},
    }


class Running:
    """One life of the bot. `lines` is everything that it says on both outputs, line by line as it comes."""

    def __init__(self, settings: Mapping[str, str], place: Path, lines: list[str]) -> None:
        self.settings = dict(settings)
        self.place = place
        self.lines = lines
        self._began = len(lines)
        self._stirred = asyncio.Event()
        self._process: asyncio.subprocess.Process | None = None
        self._listening: asyncio.Task[None] | None = None

    @property
    def process(self) -> asyncio.subprocess.Process:
        assert self._process is not None, "the bot was never started"
        return self._process

    async def start(self) -> None:
        """Returns when the bot says that it runs."""
        await self.spawn(RUN)
        self._began = len(self.lines)
        await self.says('"running"')

    async def spawn(self, arguments: tuple[str, ...]) -> None:
        self._process = await asyncio.create_subprocess_exec(
            sys.executable,
            *arguments,
            cwd=self.place,
            env=self.settings,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
            limit=LONGEST_LINE,
        )
        keeps_apart(self._process.pid)
        self._listening = asyncio.create_task(self._listen(self._process))

    def begin(self) -> None:
        """For one that waits warm."""
        assert self.process.stdin is not None
        self._began = len(self.lines)
        self.process.stdin.write(b"\n")

    async def says(self, part: str, *, within: float = STARTING) -> str:
        """The first line of this life with that in it."""
        async with asyncio.timeout(within):
            while (line := next((each for each in self.lines[self._began :] if part in each), None)) is None:
                assert self.process.returncode is None, f"the bot ended by itself: {self.lines[-20:]}"
                self._stirred.clear()
                await self._stirred.wait()
        return line

    async def stop(self) -> int:
        """SIGTERM; the exit status. TimeoutError when it takes longer than it may."""
        self.process.terminate()
        try:
            await asyncio.wait_for(self.process.wait(), GRACE)
        finally:
            await self.kill()
        return self.process.returncode if self.process.returncode is not None else -1

    async def kill(self) -> None:
        """SIGKILL: no goodbye, no last write. Nothing happens to one that has ended."""
        with contextlib.suppress(ProcessLookupError):
            if self.process.returncode is None:
                self.process.kill()
        await self.process.wait()
        if self.process.stdin is not None:
            self.process.stdin.close()
        if self._listening is not None:
            await self._listening

    async def _listen(self, process: asyncio.subprocess.Process) -> None:
        assert process.stdout is not None
        async for line in process.stdout:
            self.lines.append(line.decode(errors="replace").rstrip())
            self._stirred.set()
        self._stirred.set()
