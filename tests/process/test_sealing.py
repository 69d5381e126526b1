"""The operator erases, backs up and changes the key while people write: nothing is lost, and what is to go is gone."""

import asyncio
import base64
import contextlib
import shutil
import signal
import sqlite3
from collections.abc import AsyncIterator, Callable
from datetime import timedelta
from pathlib import Path

import pytest
import pytest_asyncio

from bot.core import texts
from storage.seal import Vault
from tests.process.acts import asks_for_help, reports_danger, takes
from tests.process.console import Console, console
from tests.process.speech import UK
from tests.process.town import MASTER_KEY, Registry, Somebody, Town
from tests.storage import thief

pytestmark = pytest.mark.asyncio(loop_scope="module")

GOES, STAYS, GONE, KEPT, LATER = "Бузинослава", "Калинодара", "Терносвітна", "Ожиномира", "Шипшиненки"
FIGURES = "SELECT form, district, urgency, intake, source, category, count(*) FROM cases GROUP BY 1, 2, 3, 4, 5, 6"
UNFINISHED = "SELECT count(*) FROM marks WHERE name = 'wal_to_truncate'"
ACTS = 200
"""More than a change of the key has."""
WRITERS = 2


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def town(registry: Registry, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Town]:
    """With the key in a file, so that it can be changed."""
    place = tmp_path_factory.mktemp("sealing")
    key = place / "master.key"
    key.write_text(MASTER_KEY)
    key.chmod(0o600)
    async with Town.opened(place, registry, MASTER_KEY="", MASTER_KEY_FILE=str(key)) as town:
        yield town


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def commands(town: Town) -> AsyncIterator[Console]:
    async with console(town) as commands:
        yield commands


@pytest.mark.safety("S23", "S29")
async def test_erased_while_the_bot_runs_no_key_opens_a_word_of_it_and_the_figures_stand(
    town: Town, commands: Console
) -> None:
    specialist = await town.joins("specialist", "Петро")
    ana, halyna = await town.resident("Анна"), await town.resident("Галина")
    goes, stays = await asks_for_help(ana, story=GOES), await asks_for_help(halyna, story=STAYS)
    for number in (goes, stays):
        await takes(specialist, number)
    await town.rests()
    before = _rows(town.data, FIGURES)
    assert GOES in thief.opened(town.data, _masters(town))

    done = await commands("erase", f"K-{goes}")
    assert (done.status, done.err) == (0, "")
    assert done.out.startswith(f"К-{goes}: erased. Its key is destroyed; the counts stay.")
    await _finished(town)
    readable = thief.opened(town.data, _masters(town), everywhere=True)
    assert (GOES in readable, STAYS in readable) == (False, True)
    assert thief.in_plain(town.place, [GOES, STAYS]) == []
    assert _rows(town.data, FIGURES) == before
    assert not any(GOES in message.text for message in specialist.phone.heard)
    assert (await commands("erase", goes)).out.startswith(f"К-{goes}: erased before, on ")


async def test_a_number_that_is_none_and_a_case_that_is_not_there_are_said_in_one_line(commands: Console) -> None:
    none, nowhere = await commands("erase", "4824"), await commands("erase", "К-00000000")
    assert (none.status, none.err.count("\n")) == (2, 1)
    assert (nowhere.status, nowhere.err) == (2, "erase: there is no case К-00000000\n")


@pytest.mark.safety("S27")
async def test_a_dry_run_of_retention_says_what_would_go_and_lets_nothing_go(
    town: Town, commands: Console, tmp_path: Path
) -> None:
    ana = await town.resident("Анна")
    ana.says(UK(texts.HELP_NEEDED))
    await ana.answers("help", "who", "me")
    await ana.asked("help", "need")
    await town.rests()
    later = _later(town, tmp_path, timedelta(days=15))
    before = _dump(town.data)
    dry = await commands("retention", "--dry-run", CLOCK_FILE=later)
    assert (dry.status, _counted(dry.out, "other unfinished forms")) == (0, 1)
    assert _dump(town.data) == before
    done = await commands("retention", CLOCK_FILE=later)
    assert _counted(done.out, "other unfinished forms") == 1
    assert _column(town.data, "SELECT count(*) FROM drafts") == [0]
    await _finished(town)


async def test_a_key_from_the_environment_is_not_changed_and_it_says_what_to_do(commands: Console) -> None:
    done = await commands("keys", "rotate", MASTER_KEY=MASTER_KEY)
    assert (done.status, done.err.count("\n")) == (2, 1)
    assert done.err.startswith("keys rotate: the key comes from PORUCH_MASTER_KEY")
    assert "PORUCH_MASTER_KEY_FILE" in done.err


@pytest.mark.safety("S23")
async def test_a_backup_expires_and_a_damaged_one_leaves_nothing(town: Town, commands: Console, tmp_path: Path) -> None:
    file, other = tmp_path / "some.backup", tmp_path / "other"
    assert (await commands("backup", str(file))).status == 0
    assert (await commands("backup", str(file))).status == 2
    later = _later(town, tmp_path, timedelta(days=31))
    old = await commands("restore", str(file), DATA_DIR=str(other), CLOCK_FILE=later)
    assert (old.status, "31 days old; backups expire after 30" in old.err) == (2, True)
    file.write_bytes(file.read_bytes()[:-9])
    damaged = await commands("restore", str(file), "--however-old", DATA_DIR=str(other), CLOCK_FILE=later)
    assert (damaged.status, damaged.err) == (2, f"{file}: damaged or cut off. Take another backup\n")
    assert [each.name for each in other.iterdir()] == ["poruch.upkeep"]


@pytest.mark.safety("S22")
async def test_killed_at_any_act_a_backup_or_a_going_back_leaves_nothing_half_done(
    town: Town, commands: Console, tmp_path: Path
) -> None:
    place, other = tmp_path / "place", tmp_path / "other"
    place.mkdir()
    file = place / "some.backup"
    killed = await _killed_until_done(commands, lambda: file, "backup", str(file))
    assert [each.name for each in place.iterdir()] == [file.name]
    assert not town.data.joinpath("poruch.copying").exists()
    elsewhere = {"DATA_DIR": str(other)}
    killed += await _killed_until_done(commands, lambda: other / "poruch.db", "restore", str(file), **elsewhere)
    assert sorted(each.name for each in other.iterdir()) == ["poruch.db", "poruch.lock", "poruch.upkeep"]
    assert _column(other, "SELECT count(*) FROM cases") == _column(town.data, "SELECT count(*) FROM cases")
    assert killed > 20


@pytest.mark.safety("S22", "S23")
async def test_a_backup_made_among_writers_comes_back_without_what_was_erased_since(
    town: Town, commands: Console, tmp_path: Path
) -> None:
    ana, halyna = await town.resident("Анна"), await town.resident("Галина")
    goes, stays = await asks_for_help(ana, story=GONE), await asks_for_help(halyna, story=KEPT)
    async with _traffic(town) as reported:
        await _until(reported, 2)
        before = set(reported)
        done = await commands("backup")
        assert (done.status, done.err) == (0, "")
        await _until(reported, len(reported) + 2)
    await asks_for_help(await town.resident("Олена"), story=LATER)
    assert (await commands("erase", goes)).status == 0
    await _finished(town)
    (file,) = (town.data / "backups").iterdir()
    assert thief.in_plain(town.place, [GOES, STAYS, GONE, KEPT, LATER]) == []

    other = tmp_path / "other"
    shutil.copy(f"{town.data}.erased", f"{other}.erased")
    wrong = await commands("restore", str(file), DATA_DIR=str(other), MASTER_KEY=base64.b64encode(bytes(32)).decode())
    assert (wrong.status, wrong.err.count("\n")) == (2, 1)
    assert "was made under another master key" in wrong.err
    back = await commands("restore", str(file), DATA_DIR=str(other))
    assert (back.status, back.err) == (0, "")
    assert "1 erased once more" in back.out
    assert (await commands("restore", str(file), DATA_DIR=str(other))).status == 2
    assert sorted(each.name for each in other.iterdir()) == ["poruch.db", "poruch.lock", "poruch.upkeep"]
    assert {goes, stays} | before <= set(_column(other, "SELECT number FROM cases"))
    assert _column(other, "SELECT count(*) FROM cases WHERE erased_at IS NOT NULL") == [2]
    readable = thief.opened(other, _masters(town))
    assert [word in readable for word in (GOES, GONE, LATER, STAYS, KEPT)] == [False, False, False, True, True]


@pytest.mark.safety("S22", "S23")
async def test_the_key_changes_among_writers_however_often_the_change_is_killed(
    town: Town, commands: Console, tmp_path: Path
) -> None:
    specialist = await town.joins("specialist", "Петро")
    number = await asks_for_help(await town.resident("Анна"), story=LATER)
    first, killed = _masters(town), 0
    shutil.copy(next((town.data / "backups").iterdir()), tmp_path / "elsewhere.backup")
    async with _traffic(town) as reported:
        for act in range(0, ACTS, 2):
            done = await commands("keys", "rotate", act=act)
            _everything_opens(town)
            if done.status == 0:
                break
            assert done.status == -signal.SIGKILL
            killed += 1
            if act % 3 == 0:
                assert (await commands("keys", "rotate")).status == 0
                _everything_opens(town)
    assert killed > 10
    assert len(reported) > WRITERS

    await town.rests()
    former = _wrapped(town.data)
    done = await commands("keys", "rotate")
    assert done.out.splitlines()[-1].startswith("1 backups in ")
    await _finished(town)
    assert len(_masters(town)) == 1
    _everything_opens(town)
    assert _opening(_wrapped(town.data), first) == 0
    lying = b"".join(body for each, body in thief.raw(town.data).items() if each.suffix != ".backup")
    assert [wrapped for wrapped in former if wrapped in lying] == []
    await takes(specialist, number)
    assert any(LATER in message.text for message in specialist.phone.heard)

    await town.restarts()
    assert await reports_danger(await town.resident("Галина"))
    (kept,) = (town.data / "backups").iterdir()
    assert (await commands("restore", str(kept), DATA_DIR=str(tmp_path / "back"))).status == 0
    assert KEPT in thief.opened(tmp_path / "back", _masters(town))
    foreign = await commands("restore", str(tmp_path / "elsewhere.backup"), DATA_DIR=str(tmp_path / "none"))
    assert foreign.status == 2


async def _finished(town: Town) -> None:
    """The running bot has emptied its log after an erasure or a change of the key, and has nothing left to say."""
    await town._waits_for(lambda: town.count(UNFINISHED) == 0)
    await town.rests()


async def _killed_until_done(commands: Console, result: Callable[[], Path], *words: str, **settings: str) -> int:
    """How often the command was killed, each time one act later; until it is done there is nothing."""
    for act in range(ACTS):
        done = await commands(*words, act=act, **settings)
        if done.status == 0:
            return act
        assert done.status == -signal.SIGKILL or result().exists()
        if result().exists():
            return act
    raise AssertionError(f"{words} has more acts than {ACTS}")


async def _until(numbers: list[str], many: int) -> None:
    async with asyncio.timeout(20):
        while len(numbers) < many:  # noqa: ASYNC110 - people ring no bell
            await asyncio.sleep(0.02)


def _later(town: Town, place: Path, by: timedelta) -> str:
    """A clock file that is so far ahead of the town's."""
    clock = place / "later"
    clock.write_text(str(float((town.place / "clock").read_text()) + by.total_seconds()))
    return str(clock)


@contextlib.asynccontextmanager
async def _traffic(town: Town) -> AsyncIterator[list[str]]:
    """People who report one after another all the while; the numbers of their cases."""
    numbers: list[str] = []
    stop = asyncio.Event()

    async def writes(resident: Somebody) -> None:
        while not stop.is_set():
            numbers.append(await reports_danger(resident))

    writers = [asyncio.create_task(writes(town.arrives(f"Мешканка {each}"))) for each in range(WRITERS)]
    try:
        yield numbers
    finally:
        stop.set()
        await asyncio.gather(*writers)


def _masters(town: Town) -> list[bytes]:
    """The keys that a restart would know."""
    return [base64.b64decode(line) for line in Path(town.settings["PORUCH_MASTER_KEY_FILE"]).read_text().split()]


def _everything_opens(town: Town) -> None:
    """With the keys that a restart would find, whatever the bot stores meanwhile."""
    wrapped = _wrapped(town.data)
    assert _opening(wrapped, _masters(town)) == len(wrapped)


def _opening(wrapped: list[bytes], masters: list[bytes]) -> int:
    """How many of them these keys open."""
    return sum(any(Vault((master,)).wraps(each) for master in masters) for each in wrapped)


def _wrapped(data: Path) -> list[bytes]:
    return _column(data, "SELECT wrapped FROM keys WHERE wrapped IS NOT NULL")


def _column(data: Path, sql: str) -> list:  # type: ignore[type-arg]
    return [row[0] for row in _rows(data, sql)]


def _rows(data: Path, sql: str) -> list[tuple[object, ...]]:
    with contextlib.closing(sqlite3.connect(f"file:{data / 'poruch.db'}?mode=ro", uri=True)) as connection:
        return connection.execute(sql).fetchall()


def _dump(data: Path) -> list[str]:
    """All that is stored, but for the moments at which the bot ticked and polled."""
    with contextlib.closing(sqlite3.connect(f"file:{data / 'poruch.db'}?mode=ro", uri=True)) as connection:
        return [line for line in connection.iterdump() if '"marks"' not in line]


def _counted(table: str, what: str) -> int:
    line = next(line for line in table.splitlines() if line.startswith(what))
    return int(line.split()[-1])
