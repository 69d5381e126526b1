"""The last steps of the ladder also run a command of the operator's own, and nothing of a case goes with it."""

import shlex
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.core.events import Alarm
from bot.run import alarm, gateway
from tests.people import Person, Town

WRITES = "import os, sys; print(sys.argv[1:], *sorted(os.environ), file=open({file!r}, 'a')); sys.exit({status})"


@pytest.fixture
def heard(tmp_path: Path) -> Path:
    """What the command was told, a line a call."""
    return tmp_path / "heard"


@pytest.fixture
async def town(tmp_path: Path, heard: Path, request: pytest.FixtureRequest) -> AsyncIterator[Town]:
    town = Town(tmp_path / "data")
    status = getattr(request, "param", 0)
    town.settings.alarm_command = "" if status is None else command(heard, status)
    async with town:
        yield town


def command(heard: Path, status: int) -> str:
    return shlex.join((sys.executable, "-c", WRITES.format(file=str(heard), status=status)))


def lines(heard: Path) -> list[str]:
    return heard.read_text().splitlines() if heard.exists() else []


async def rings(town: Town, *reasons: str) -> None:
    now, desk = town.clock.at, town.app.desk
    await town.app.writer.transact(lambda tx: desk.write(tx, [Alarm(reason) for reason in reasons], now=now))


async def calls(town: Town) -> int:
    """How often the command was run, until nothing waits for this moment."""
    times = 0
    while await town.app.caller.turn():
        times += 1
    return times


@pytest.mark.safety("S26")
async def test_the_command_is_given_one_neutral_word_and_none_of_our_settings(
    town: Town, heard: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PORUCH_BOT_TOKEN", "12:secret")
    await rings(town, "unclaimed")
    assert await calls(town) == 1
    (line,) = lines(heard)
    assert line.startswith("['alarm'] ")
    assert "PATH" in line
    assert "PORUCH" not in line
    assert await calls(town) == 0


async def test_two_that_wait_for_the_same_reason_are_one_call_and_a_later_one_is_another(
    town: Town, heard: Path
) -> None:
    await rings(town, "unclaimed", "unclaimed", "nobody_on_duty")
    assert await calls(town) == 2
    await rings(town, "unclaimed")
    assert await calls(town) == 1
    assert len(lines(heard)) == 3


@pytest.mark.parametrize("town", [3], indirect=True)
async def test_a_command_that_fails_is_tried_again_with_growing_pauses_and_not_for_ever(
    town: Town, heard: Path
) -> None:
    await rings(town, "unclaimed")
    assert await calls(town) == 1
    assert await calls(town) == 0
    await town.passes(hours=4)
    for _ in range(alarm.TRIES):
        await town.passes(minutes=10)
        await calls(town)
    assert len(lines(heard)) == alarm.TRIES
    assert await town.count("signals", "done_at IS NULL") == 0


async def test_what_was_being_given_when_the_bot_died_is_given_once_more(town: Town, heard: Path) -> None:
    await rings(town, "unclaimed")
    await town.app.writer.transact(town.app.caller._take)
    assert await calls(town) == 0
    await town.restarts()
    await town.app.caller.prepare()
    assert await calls(town) == 1
    assert len(lines(heard)) == 1


@pytest.mark.parametrize("town", [None], indirect=True)
async def test_without_a_command_the_alarm_is_done_and_the_log_says_what_is_missing(
    town: Town, capsys: pytest.CaptureFixture[str]
) -> None:
    await rings(town, "unclaimed")
    assert await calls(town) == 1
    assert "no_alarm_command" in "".join(capsys.readouterr())
    assert await town.count("signals", "done_at IS NULL") == 0


async def test_a_command_that_hangs_is_ended_with_all_that_it_has_started(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(gateway, "LONGEST", 0.5)
    late = tmp_path / "late"
    script = f"(sleep 2; touch {shlex.quote(str(late))}) & wait"
    assert await gateway.called(("/bin/sh", "-c", script), "alarm") == gateway.TOO_LONG
    assert await gateway.called(("/bin/sh", "-c", "sleep 3", "alarm"), "alarm") == gateway.TOO_LONG
    assert not late.exists()


async def test_a_command_that_is_not_there_is_a_failure_like_any_other() -> None:
    assert await gateway.called(("/nowhere/to/be/found",), "alarm") == gateway.NOT_STARTED


async def test_an_alarm_that_is_undone_with_its_transaction_rings_nowhere(town: Town, olena: Person) -> None:
    desk, now = town.app.desk, town.clock.at

    def breaks(tx: object) -> None:
        desk.write(tx, [Alarm("unclaimed")], now=now)  # type: ignore[arg-type]
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await town.app.writer.transact(breaks)
    assert await calls(town) == 0
    await olena.says("/start")
