"""What is drawn or encoded at the last moment before it is sent: beside the loop, and beside the database.

What writes files is loaded when the first is written: most bots of a day write none.
Pictures are drawn by a process of their own (bot/run/pictures.py): their library takes more memory than all the bot.
"""

import asyncio
import contextlib
import json
import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from structlog.stdlib import BoundLogger

from bot.run import report_files

LIMIT = 20.0
"""Seconds for one picture; a free core takes one and a half. Its chat waits so long at most, and a stop does not."""
KEPT = ("PATH", "HOME", "LANG", "LC_ALL", "SYSTEMROOT", "TMPDIR", "VIRTUAL_ENV", "PYTHONPATH")
"""What the process sees of the environment: none of our settings, no key and no token."""
KINDS = ("act", "agenda", "placard", "month", *report_files.KINDS)
PIXELS = 14
"""A square of the code when nothing can be drawn around it."""


@dataclass(frozen=True, slots=True)
class Undrawn:
    """It could not be drawn, and was not sent."""


def to_draw(body: Mapping[str, Any]) -> bool:
    return any(kind in body for kind in KINDS)


class Easel:
    """Draws one picture at a time, and says once when it cannot."""

    def __init__(self, log: BoundLogger) -> None:
        self._log = log
        self._one = asyncio.Semaphore(1)
        self._said = False

    async def drawn(self, body: Mapping[str, Any], username: str) -> bytes | None:
        """The file; None when there is no picture to be had."""
        if "act" in body:
            return await asyncio.to_thread(_act, body["act"])
        if "agenda" in body:
            return await asyncio.to_thread(encoded, body["agenda"])
        if "month" in body:
            return await self._picture("month", body["month"])
        if "report_png" in body:
            given = report_files.to_draw(**body["report_png"])
            return await self._picture("report", given) if given else None
        for kind in ("report_xlsx", "report_docx"):
            if kind in body:
                return await asyncio.to_thread(report_files.made, **body[kind], form=kind.removeprefix("report_"))
        placard = {**body["placard"], "link": f"https://t.me/{username}?start={body['placard']['start']}"}
        return await self._picture("placard", placard) or await asyncio.to_thread(_bare, placard["link"])

    async def _picture(self, kind: str, given: Mapping[str, Any]) -> bytes | None:
        async with self._one:
            content, why = await _asked({"kind": kind, **given})
        if content is None and not self._said:
            self._said = True
            self._log.warning("no_pictures", error=why)
        return content


async def _asked(given: Mapping[str, Any]) -> tuple[bytes | None, str]:
    """The picture, or why there is none: what the process said, or that it took too long."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot.run.pictures",
        stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
        env=surroundings(),
    )  # fmt: skip
    try:
        words = json.dumps(given, ensure_ascii=False).encode()
        content, said = await asyncio.wait_for(process.communicate(words), LIMIT)
    except TimeoutError:
        return None, "TimeoutError"
    finally:
        with contextlib.suppress(ProcessLookupError):
            process.kill()
        await process.wait()
    return (content, "") if process.returncode == 0 and content else (None, said.decode(errors="replace").strip()[:60])


def surroundings() -> dict[str, str]:
    return {name: os.environ[name] for name in KEPT if name in os.environ} | {"OPENBLAS_NUM_THREADS": "1"}


def encoded(given: Mapping[str, Any]) -> bytes:
    """Somebody's dates as a file. The libraries that write files are loaded with the first file (15 MiB)."""
    from bot.run import calendars  # noqa: PLC0415 - as just said

    return calendars.encoded(given)


def _act(given: Mapping[str, Any]) -> bytes:
    from bot.run import acts  # noqa: PLC0415 - as above

    return acts.drawn(given)


def _bare(link: str) -> bytes:
    """The square code alone."""
    import segno  # noqa: PLC0415 - as above

    written = BytesIO()
    segno.make(link, error="m").save(written, kind="png", scale=PIXELS, border=4)
    return written.getvalue()
