"""The bot as a process of its own: started, watched, stopped kindly, or cut off like a power failure."""

import asyncio
import contextlib
from collections import deque
from collections.abc import Callable, Mapping
from enum import StrEnum

GRACE = 10.0
"""Seconds between SIGTERM and SIGKILL."""
LINES_KEPT = 200


class State(StrEnum):
    OFF = "off"
    """Not started yet, or stopped by us."""
    RUNNING = "running"
    CUT = "cut"
    """Somebody pulled the plug."""
    ENDED = "ended"
    """It ended by itself, which it should not."""


class BotProcess:
    """`environment` is all that the bot gets to see; nothing of ours leaks into it."""

    def __init__(self, command: tuple[str, ...], environment: Mapping[str, str]) -> None:
        self.command = command
        self.environment = dict(environment)
        self.state = State.OFF
        self.exit_status: int | None = None
        self.lines: deque[str] = deque(maxlen=LINES_KEPT)
        self.watchers: list[Callable[[], None]] = []
        self._process: asyncio.subprocess.Process | None = None
        self._watch: asyncio.Task[None] | None = None
        self._turn = asyncio.Lock()

    @property
    def pid(self) -> int | None:
        return self._process.pid if self._process is not None and self.state is State.RUNNING else None

    async def start(self) -> None:
        """Does nothing when it runs already."""
        async with self._turn:
            if self.state is not State.RUNNING:
                await self._start()

    async def pull_the_plug(self) -> None:
        """SIGKILL: no goodbye, no last write."""
        async with self._turn:
            await self._end(State.CUT, patience=0)

    async def stop(self, patience: float = GRACE) -> None:
        """SIGTERM, and SIGKILL for one that does not listen."""
        async with self._turn:
            await self._end(State.OFF, patience=patience)

    async def _start(self) -> None:
        """In a session of its own: Ctrl-C in the terminal is for us, and we tell the bot."""
        self._process = await asyncio.create_subprocess_exec(
            *self.command,
            env=self.environment,
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
            start_new_session=True,
        )
        self._is(State.RUNNING)
        self._watch = asyncio.create_task(self._listen(self._process))

    async def _end(self, state: State, *, patience: float) -> None:
        process = self._process
        if process is None or self._watch is None or self.state is not State.RUNNING:
            return
        self.state = state
        if patience:
            await _asked_to_stop(process, patience)
        if process.returncode is None:
            process.kill()
        await self._watch
        self._is(state)

    async def _listen(self, process: asyncio.subprocess.Process) -> None:
        if process.stdout is not None:
            async for line in process.stdout:
                self.lines.append(line.decode(errors="replace").rstrip())
        self.exit_status = await process.wait()
        if self.state is State.RUNNING:
            self._is(State.ENDED)

    def _is(self, state: State) -> None:
        self.state = state
        for watcher in tuple(self.watchers):
            watcher()


async def _asked_to_stop(process: asyncio.subprocess.Process, patience: float) -> None:
    with contextlib.suppress(ProcessLookupError, TimeoutError):
        process.terminate()
        await asyncio.wait_for(process.wait(), patience)
