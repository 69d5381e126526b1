"""The operator's own command, an SMS gateway or a call: it is given one neutral word, and its own are not kept."""

import asyncio
import contextlib
import os
import signal

ALARM, SILENT, BACK = "alarm", "silent", "back"
"""All that the command is ever told."""
LONGEST = 30.0
"""Seconds that the command may take."""
NOT_STARTED, TOO_LONG = 127, 124
"""As a shell and `timeout` say it."""


async def called(command: tuple[str, ...], word: str) -> int:
    """The command's exit status. No shell, no settings of ours, nothing of its output."""
    try:
        process = await asyncio.create_subprocess_exec(
            *(*command, word),
            env=environment(),
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.DEVNULL,
            start_new_session=True,
        )
    except OSError:
        return NOT_STARTED
    try:
        return await asyncio.wait_for(process.wait(), LONGEST)
    except TimeoutError:
        return TOO_LONG
    finally:
        await _ended(process)


def environment() -> dict[str, str]:
    """What the command sees of ours: neither the token nor the key."""
    return {name: value for name, value in os.environ.items() if not name.startswith("PORUCH_")}


async def _ended(process: asyncio.subprocess.Process) -> None:
    """Whatever it has started ends with it."""
    if process.returncode is None:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        await process.wait()
