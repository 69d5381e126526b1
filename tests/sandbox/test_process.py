import asyncio
import os
import sys

import pytest

from bot.sandbox.process import BotProcess, State

DEAF = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('deaf', flush=True); time.sleep(60)"
CALM = "import time; print('calm', flush=True); time.sleep(60)"


def bot(code: str) -> BotProcess:
    return BotProcess((sys.executable, "-c", code), {"SEEN": "yes"})


async def spoke(process: BotProcess) -> None:
    async with asyncio.timeout(5):
        while not process.lines:  # noqa: ASYNC110 - another process is no event
            await asyncio.sleep(0.01)


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


async def test_the_plug_can_be_pulled_and_put_in_again() -> None:
    process = bot(CALM)
    states: list[State] = []
    process.watchers.append(lambda: states.append(process.state))
    await process.start()
    await spoke(process)
    first = process.pid
    assert first is not None
    await process.pull_the_plug()
    assert (process.state, process.exit_status, process.pid) == (State.CUT, -9, None)
    assert not alive(first)
    await process.start()
    assert process.pid not in {first, None}
    await process.stop()
    assert states == [State.RUNNING, State.CUT, State.RUNNING, State.OFF]


async def test_one_that_does_not_listen_is_stopped_all_the_same() -> None:
    process = bot(DEAF)
    await process.start()
    await spoke(process)
    await process.stop(patience=0.1)
    assert (process.state, process.exit_status) == (State.OFF, -9)


async def test_one_that_ends_by_itself_is_noticed_and_may_start_again() -> None:
    process = bot("import os, sys; print(sorted(os.environ)); sys.exit(3)")
    ended = asyncio.Event()
    process.watchers.append(lambda: ended.set() if process.state is State.ENDED else None)
    await process.start()
    await asyncio.wait_for(ended.wait(), 5)
    assert process.exit_status == 3
    assert "PATH" not in process.lines[0]
    assert "SEEN" in process.lines[0]
    await process.stop()
    assert process.state is State.ENDED


@pytest.mark.parametrize("act", ["pull_the_plug", "stop"])
async def test_nothing_to_stop_is_fine(act: str) -> None:
    process = bot(CALM)
    await getattr(process, act)()
    assert process.state is State.OFF
