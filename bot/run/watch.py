"""Looks at the bot from outside its process, and calls somebody when it is silent. It needs neither token nor key."""

import asyncio
import contextlib
import json
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

import aiohttp
import structlog

from bot.core.watching import Watched
from bot.run import gateway
from bot.run.clock import Clock
from bot.run.settings import Settings
from storage import inbox
from storage.db import Reader, UnreadableError
from storage.seal import Vault

ANSWERS_WITHIN = 2.0
"""Seconds; the page takes milliseconds, and where it is late the mark in the database counts."""
EVERYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1", "": "127.0.0.1"}  # noqa: S104 - what is listened on, not by us


@dataclass(frozen=True, slots=True)
class Watch:
    """`after`: how long the bot may be silent; `state`: where it is kept who was called, from look to look."""

    given: Settings
    after: timedelta
    state: Path

    async def look(self) -> bool:
        """One look, and a call where one is due; whether the bot moves. What nobody could be told is tried again."""
        clock = Clock(self.given.clock_file)
        moved = await self._moved(clock)
        now = clock.now()
        watched = (read(self.state) or Watched(moved or now)).seen(moved)
        watched = await self._called(watched, now)
        keep(self.state, watched)
        return not watched.silent(after=self.after, now=now)

    async def _called(self, watched: Watched, now: datetime) -> Watched:
        if watched.calls(after=self.after, now=now) and await self._calls(gateway.SILENT):
            return replace(watched, called_at=now)
        if watched.is_back(after=self.after, now=now) and await self._calls(gateway.BACK):
            return replace(watched, called_at=None)
        return watched

    async def _calls(self, word: str) -> bool:
        """Whether the command has said that it is done; without one the log is all there is."""
        log = structlog.get_logger()
        log.warning(word)
        status = await gateway.called(self.given.alarm, word) if self.given.alarm else 0
        if status:
            log.error("alarm_failed", status=status)
        return status == 0

    async def _moved(self, clock: Clock) -> datetime | None:
        """When the bot is known to have moved last: now, by its own page, or by what it has noted in its database."""
        healthy = await self._healthy()
        if healthy is None:
            return await self._ticked()
        return clock.now() if healthy else None

    async def _healthy(self) -> bool | None:
        """What its page says; None when it says nothing."""
        host, port = self.given.address
        address = f"http://{_bracketed(EVERYWHERE.get(host, host))}:{port}/healthz"
        patience = aiohttp.ClientTimeout(total=ANSWERS_WITHIN)
        try:
            async with aiohttp.ClientSession(timeout=patience) as session, session.get(address) as answer:
                return answer.status == 200  # noqa: PLR2004 - HTTP's own number
        except (aiohttp.ClientError, TimeoutError, OSError):
            return None

    async def _ticked(self) -> datetime | None:
        """The mark of the last tick, which stands in the open."""
        with contextlib.suppress(UnreadableError):
            async with Reader(self.given.database, Vault(())) as reader:
                return await reader.look(lambda tx: inbox.marked(tx, inbox.TICKED))
        return None


def read(state: Path) -> Watched | None:
    """What the last look has left; None when there was none, or it cannot be read."""
    try:
        found = json.loads(state.read_text(encoding="ascii"))
        called = found["called_at"]
        return Watched(datetime.fromisoformat(found["moved_at"]), datetime.fromisoformat(called) if called else None)
    except (OSError, ValueError, KeyError, TypeError):
        return None


def keep(state: Path, watched: Watched) -> None:
    """Whole or not at all; a full disk must not silence the watch."""
    called = watched.called_at.isoformat() if watched.called_at else None
    fresh = state.with_name(f"{state.name}.new")
    try:
        fresh.write_text(json.dumps({"moved_at": watched.moved_at.isoformat(), "called_at": called}), encoding="ascii")
        fresh.replace(state)
    except OSError as error:
        structlog.get_logger().error("watch_not_kept", error=type(error).__name__)


async def go_on(watch: Watch, every: float) -> None:
    while True:
        await watch.look()
        await asyncio.sleep(every)


def _bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host else host
