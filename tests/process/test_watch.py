"""From outside: an alarm that a power failure interrupts, a command that hangs, a bot that is silent."""

import asyncio
import contextlib
import shlex
import signal
import sqlite3
import sys
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest
import pytest_asyncio

from bot.core import texts
from tests.process.running import environment
from tests.process.town import Registry, Town

pytestmark = pytest.mark.asyncio(loop_scope="module")

SCRIPT = """#!/bin/sh
echo "$@" >> {heard}
[ -e {hangs} ] && sleep 60
[ ! -e {fails} ]
"""
PATIENCE = 15.0
AFTER = 2.0


class Gateway:
    """The operator's own: writes down what it is told; hangs or fails while the file says so."""

    def __init__(self, place: Path) -> None:
        self.script, self.told = place / "gateway", place / "told"
        self.hangs, self.fails = place / "hangs", place / "fails"
        told, hangs, fails = (shlex.quote(str(each)) for each in (self.told, self.hangs, self.fails))
        self.script.write_text(SCRIPT.format(heard=told, hangs=hangs, fails=fails))
        self.script.chmod(0o700)

    @property
    def words(self) -> list[str]:
        return self.told.read_text().split() if self.told.exists() else []


@pytest.fixture(scope="module")
def gateway(tmp_path_factory: pytest.TempPathFactory) -> Gateway:
    return Gateway(tmp_path_factory.mktemp("gateway"))


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def town(registry: Registry, gateway: Gateway, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Town]:
    command = shlex.quote(str(gateway.script))
    async with Town.opened(tmp_path_factory.mktemp("watched"), registry, ALARM_COMMAND=command) as town:
        yield town


async def test_an_alarm_is_given_again_after_a_power_failure_and_one_that_hangs_holds_up_nobody(
    town: Town, gateway: Gateway
) -> None:
    gateway.hangs.touch()
    _rings(town)
    await _until(lambda: gateway.words == ["alarm"])
    ana = town.arrives("Анна")
    ana.says("/help")
    await ana.hears(texts.HELP, within=2)
    await town.bot.kill()
    gateway.hangs.unlink()
    town.bot = town.another_life()
    await town.bot.start()
    await _until(lambda: gateway.words == ["alarm", "alarm"])
    await _until(lambda: _waiting(town) == 0)
    await asyncio.sleep(1.2)
    assert gateway.words == ["alarm", "alarm"]


async def test_a_bot_that_stands_still_is_called_out_once_and_once_more_when_it_is_back(
    town: Town, gateway: Gateway
) -> None:
    gateway.told.unlink(missing_ok=True)
    assert await _watch(town) == 0
    town.bot.process.send_signal(signal.SIGSTOP)
    try:
        await asyncio.sleep(AFTER)
        gateway.fails.touch()
        assert await _watch(town) == 1
        gateway.fails.unlink()
        assert await _watch(town) == 1
        assert await _watch(town) == 1
        assert gateway.words == ["silent", "silent"]
    finally:
        town.bot.process.send_signal(signal.SIGCONT)
    assert await _watch(town) == 0
    assert await _watch(town) == 0
    assert gateway.words == ["silent", "silent", "back"]


async def test_where_the_page_does_not_answer_the_mark_in_the_database_counts(town: Town, gateway: Gateway) -> None:
    gateway.told.unlink(missing_ok=True)
    assert await _watch(town, LISTEN="127.0.0.1:9") == 0
    assert await _watch(town, "--state", str(town.place / "other"), LISTEN="127.0.0.1:9", DATA_DIR="nowhere") == 0
    assert gateway.words == []


async def test_a_watch_that_stays_sees_a_bot_that_ends(town: Town, gateway: Gateway) -> None:
    gateway.told.unlink(missing_ok=True)
    watching = await asyncio.create_subprocess_exec(
        *_command("--every", "0.2"), cwd=town.place, env=_settings(town), stderr=asyncio.subprocess.DEVNULL
    )
    try:
        await asyncio.sleep(1)
        await town.bot.kill()
        await _until(lambda: gateway.words == ["silent"])
        town.bot = town.another_life()
        await town.bot.start()
        await _until(lambda: gateway.words == ["silent", "back"])
    finally:
        watching.terminate()
        await watching.wait()


def _command(*words: str) -> tuple[str, ...]:
    return (sys.executable, "-m", "bot", "watch", "--after", str(AFTER), *words)


def _settings(town: Town, **others: str) -> dict[str, str]:
    """Neither token nor key."""
    left = {
        name: value for name, value in town.settings.items() if name not in ("PORUCH_BOT_TOKEN", "PORUCH_MASTER_KEY")
    }
    return left | environment(**others)


async def _watch(town: Town, *words: str, **others: str) -> int:
    process = await asyncio.create_subprocess_exec(
        *_command("--once", *words), cwd=town.place, env=_settings(town, **others), stderr=asyncio.subprocess.DEVNULL
    )
    return await process.wait()


def _rings(town: Town) -> None:
    with contextlib.closing(sqlite3.connect(town.data / "poruch.db")) as connection, connection:
        now = "2020-01-01 00:00:00.000000+00:00"
        row = "INSERT INTO signals (reason, not_before, queued_at) VALUES ('unclaimed', ?, ?)"
        connection.execute(row, (now, now))


def _waiting(town: Town) -> int:
    return town.count("SELECT count(*) FROM signals WHERE done_at IS NULL")


async def _until(look: Callable[[], bool]) -> None:
    async with asyncio.timeout(PATIENCE):
        while not look():  # noqa: ASYNC110 - another process's file rings no bell here
            await asyncio.sleep(0.05)
