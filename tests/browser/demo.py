"""`python -m bot demo` as a person starts it: a process of its own, in a directory of its own."""

import asyncio
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

from tests.ports import HOST, free_port
from tests.process.running import LONGEST_LINE, environment
from tests.workers import keeps_apart

STARTING = 20.0
STOPPING = 15.0


@dataclass
class Demo:
    """The sandbox while the `async with` lasts; `place` keeps its database, `port + 1` is the bot's own page."""

    place: Path
    fresh: bool = True
    port: int = field(default_factory=lambda: free_port(in_a_row=2))

    async def __aenter__(self) -> Self:
        more = ("--fresh",) if self.fresh else ()
        self._process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "bot", "demo", "--port", str(self.port), *more),
            cwd=self.place,
            env=environment(),
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
            limit=LONGEST_LINE,
        )
        keeps_apart(self._process.pid)
        try:
            await asyncio.wait_for(self._said(self.address), STARTING)
        except BaseException:
            await self.stop()
            raise
        return self

    async def __aexit__(self, *_: object) -> None:
        assert await self.stop() == 0

    @property
    def address(self) -> str:
        return f"http://{HOST}:{self.port}"

    async def stop(self) -> int:
        """SIGTERM, so that the demo stops its bot; the exit status."""
        if self._process.returncode is None:
            self._process.terminate()
        try:
            await asyncio.wait_for(self._process.communicate(), STOPPING)
        except TimeoutError:
            self._process.kill()
            await self._process.communicate()
        return -1 if self._process.returncode is None else self._process.returncode

    async def _said(self, line: str) -> None:
        assert self._process.stdout is not None
        heard: list[str] = []
        while (said := await self._process.stdout.readline()).strip() != line.encode():
            assert said, f"the demo ended: {heard}"
            heard.append(said.decode())
