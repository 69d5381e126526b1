"""Backups: whole or not at all, opened by the master key alone, damaged in no byte unnoticed."""

import base64
import contextlib
import itertools
from datetime import timedelta
from pathlib import Path

import pytest

from bot.core.cases import Case
from bot.run.clock import Clock
from bot.run.commands import restore
from bot.run.settings import Settings
from storage import backups, cases, erasing, feeds, keys, outbox
from storage.backups import BackupError
from storage.db import Transaction
from storage.seal import Vault, WrongKeyError
from tests.storage import thief
from tests.storage.books import ANOTHER, MASTER, NOW, Books, case, opened, somebody

STORY = "Ожиномира розповіла"


def silent(_: float) -> None:
    """Nobody looks."""


def made(books: Books, name: str = "one.backup") -> Path:
    file = books.path.parent / name
    backups.make(books.path, file, books.vault, made_at=NOW, progress=silent)
    return file


@pytest.fixture
def file(tmp_path: Path) -> Path:
    with opened(tmp_path / "data" / "poruch.db") as books:
        books.do(lambda tx: case(tx, STORY))
        return made(books)


@pytest.mark.safety("S22")
def test_a_backup_has_no_word_and_no_number_in_it_and_is_for_its_owner_alone(file: Path, tmp_path: Path) -> None:
    thieves = tmp_path / "stolen"
    thieves.mkdir()
    stolen = file.rename(thieves / file.name)
    assert thief.in_plain(thieves, [STORY, "center", "cases", "SQLite"]) == []
    assert stolen.stat().st_mode & 0o777 == 0o600


@pytest.mark.safety("S22")
def test_nothing_but_the_backup_is_left_behind_even_when_it_fails(tmp_path: Path) -> None:
    with opened(tmp_path / "poruch.db") as books:
        before = sorted(tmp_path.iterdir())
        with pytest.raises(FileNotFoundError):
            backups.make(books.path, tmp_path / "nowhere" / "x", books.vault, made_at=NOW, progress=silent)
        assert sorted(tmp_path.iterdir()) == before
        made(books)
        assert sorted(tmp_path.iterdir()) == sorted([*before, tmp_path / "one.backup"])


def _the_case(tx: Transaction) -> Case:
    case = cases.by_id(tx, 1)
    assert case is not None
    return case


def test_what_comes_back_is_what_was_there(file: Path, tmp_path: Path) -> None:
    copy = tmp_path / "poruch.db"
    key = backups.open_into(file, copy, Vault((MASTER,)), progress=silent)
    with opened(copy, MASTER, key) as books:
        assert books.do(lambda tx: cases.content(tx, _the_case(tx)))["story"] == STORY


def test_another_master_key_opens_nothing(file: Path, tmp_path: Path) -> None:
    with pytest.raises(WrongKeyError):
        backups.open_into(file, tmp_path / "x.db", Vault((ANOTHER,)), progress=silent)


def test_one_that_came_from_elsewhere_is_left_as_it_is_when_the_key_changes(file: Path) -> None:
    before = file.read_bytes()
    assert not backups.rewrap(file, Vault((ANOTHER,)))
    assert not backups.rewrap(file, Vault((MASTER, ANOTHER)))
    assert file.read_bytes() == before


def test_every_changed_byte_is_noticed(file: Path, tmp_path: Path) -> None:
    whole = file.read_bytes()
    for place in (*range(0, 220, 7), *range(220, len(whole), len(whole) // 40), len(whole) - 1):
        file.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        if place in range(9, 69):
            continue
        with pytest.raises((BackupError, WrongKeyError)) if place not in range(69, 129) else contextlib.nullcontext():
            backups.open_into(file, tmp_path / "x.db", Vault((MASTER,)), progress=silent)


@pytest.mark.parametrize("broken", [0, 1])
def test_a_key_that_was_half_written_is_spared_by_its_twin(file: Path, tmp_path: Path, broken: int) -> None:
    whole = bytearray(file.read_bytes())
    whole[backups.SLOTS[broken] : backups.SLOTS[broken] + 30] = bytes(30)
    file.write_bytes(whole)
    assert backups.open_into(file, tmp_path / "x.db", Vault((MASTER,)), progress=silent)
    assert backups.rewrap(file, Vault((ANOTHER, MASTER)))
    assert backups.open_into(file, tmp_path / "x.db", Vault((ANOTHER,)), progress=silent)
    with pytest.raises(WrongKeyError):
        backups.open_into(file, tmp_path / "x.db", Vault((MASTER,)), progress=silent)


def test_cut_off_anywhere_or_put_together_otherwise_it_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backups, "PIECE", 64 * 1024)
    with opened(tmp_path / "poruch.db") as books:
        file = made(books)
    whole = file.read_bytes()
    start = len(whole) - sum(len(piece) for piece in _pieces(whole))
    pieces = _pieces(whole)
    assert len(pieces) > 3
    wrong = [pieces[:-1], pieces[1:], [], [pieces[1], pieces[0], *pieces[2:]], [*pieces, pieces[-1]]]
    for each in wrong:
        file.write_bytes(whole[:start] + b"".join(each))
        with pytest.raises(BackupError, match="damaged or cut off"):
            backups.open_into(file, tmp_path / "x.db", Vault((MASTER,)), progress=silent)


def test_what_is_no_backup_is_said_to_be_none(tmp_path: Path) -> None:
    other = tmp_path / "x.backup"
    other.write_bytes(b"something else" * 20)
    with pytest.raises(BackupError, match="no backup"):
        backups.head(other)
    assert backups.kept(tmp_path) == []


@pytest.mark.safety("S27")
def test_backups_go_when_they_are_older_and_nothing_else_in_the_folder_does(file: Path) -> None:
    other = file.with_name("notes.txt")
    other.write_text("mine")
    assert backups.expire(file.parent, NOW) == 0
    assert backups.expire(file.parent, NOW + timedelta(seconds=1)) == 1
    assert other.exists()
    assert not file.exists()


@pytest.mark.safety("S23")
async def test_going_back_erases_again_says_nothing_stale_and_destroys_old_hours(tmp_path: Path) -> None:
    given = _settings(tmp_path)
    with opened(given.database) as books:
        gone, kept = books.do(lambda tx: (case(tx, STORY), case(tx, "інше")))
        books.do(_queues_a_message)
        file = made(books, "before.backup")
        books.do(lambda tx: erasing.erase(tx, gone, now=NOW))
        books.do(lambda tx: erasing.write_down(tx, given.erased_file))
    given = _settings(tmp_path, place="new", erased=given.erased_file)
    given.clock_file.write_text(str((NOW + timedelta(days=4)).timestamp() - _real()))  # type: ignore[union-attr]
    returned = await restore._restored(given, file)
    assert (returned.erased, returned.unsaid) == (1, 1)
    with opened(given.database) as books:
        with pytest.raises(keys.Destroyed):
            books.do(lambda tx: cases.content(tx, gone))
        assert books.do(lambda tx: cases.content(tx, kept))["story"] == "інше"
        assert books.count("keys WHERE kind = 'hour' AND wrapped IS NOT NULL AND made_at < '2026-11-25'") == 0
        assert books.count("outbox WHERE state = 'queued'") == 0
        assert STORY not in thief.opened(given.data_dir, [MASTER])


async def test_going_back_opens_no_calendar_that_was_ended_since(tmp_path: Path) -> None:
    given = _settings(tmp_path)
    with opened(given.database) as books:
        token = books.do(lambda tx: feeds.issue(tx, somebody(tx), now=NOW))
        file = made(books, "before.backup")
    given = _settings(tmp_path, place="new")
    given.clock_file.write_text(str((NOW + timedelta(days=4)).timestamp() - _real()))  # type: ignore[union-attr]
    assert (await restore._restored(given, file)).feeds == 1
    with opened(given.database) as books:
        assert books.do(lambda tx: feeds.whose(tx, token)) is None
        assert books.count("feeds") == 0


def _queues_a_message(tx: Transaction) -> None:
    outbox.put(tx, somebody(tx), "send", {"text": STORY}, lane=1, now=NOW)


def _settings(tmp_path: Path, *, place: str = "data", erased: Path | None = None) -> Settings:
    key = tmp_path / f"{place}.key"
    key.write_text(base64.b64encode(MASTER).decode())
    key.chmod(0o600)
    clock = tmp_path / "clock"
    clock.touch()
    given = Settings(
        _env_file=None,  # type: ignore[call-arg]
        data_dir=tmp_path / place, clock_file=clock, bot_api_url="http://127.0.0.1:1/bot",
    )  # fmt: skip
    given.data_dir.mkdir()
    if erased:
        erased.rename(given.erased_file)
    return given


def _real() -> float:
    return Clock().now().timestamp()


def _pieces(whole: bytes) -> list[bytes]:
    start = backups.FIXED.size + backups.FIXED.unpack(whole[: backups.FIXED.size])[4]
    size = backups.PIECE + backups.TAG
    return [whole[at : at + size] for at in itertools.takewhile(len(whole).__gt__, itertools.count(start, size))]
