"""Keys: a destroyed one is in no byte of the file; a retired master key wraps nothing, whoever still has it."""

import random
import sqlite3
from pathlib import Path

import pytest

from bot.run import keyring
from storage import keys, seal
from storage.seal import Vault, WrongKeyError
from tests.storage import thief
from tests.storage.books import ANOTHER, MASTER, NOW, opened

PART = 20


@pytest.mark.safety("S23")
def test_a_key_that_was_destroyed_or_wrapped_anew_is_in_no_byte_of_the_files(tmp_path: Path) -> None:
    """Thousands of keys come, go and change in any order; what SQLite moves about must leave no copy behind."""
    chance, gone, live = random.Random(23), [], dict[int, bytes]()
    with opened(tmp_path / "poruch.db", MASTER, ANOTHER) as books:
        for _ in range(30):
            for _ in range(100):
                key_id = books.do(lambda tx: keys.make(tx, "case", now=NOW))
                live[key_id] = _wrapped(books.connection, key_id)
            for key_id in chance.sample(sorted(live), 70):
                gone.append(live.pop(key_id))
                books.do(lambda tx, key_id=key_id: keys.destroy(tx, key_id, now=NOW))  # type: ignore[misc]
            books.vault.masters = books.vault.masters[::-1]
            gone += live.values()
            books.do(lambda tx: keys.rewrap(tx, after=0, most=10_000))
            live = {key_id: _wrapped(books.connection, key_id) for key_id in live}
        books.truncate()
        lying = b"".join(thief.raw(tmp_path).values())
    parts = {lying[start : start + PART] for start in range(len(lying) - PART)}
    assert [wrapped for wrapped in gone if wrapped[:PART] in parts or wrapped[-PART:] in parts] == []
    assert all(wrapped in lying for wrapped in live.values())
    assert len(gone) > 10_000


@pytest.mark.safety("S23")
def test_who_has_only_the_retired_master_key_wraps_with_the_new_one_from_that_commit_on(tmp_path: Path) -> None:
    """The file has the new key before the old one is retired, so whoever is refused finds it there."""
    path, file = tmp_path / "poruch.db", [MASTER]
    with opened(path, look=lambda: tuple(file)) as running, opened(path, look=lambda: tuple(file)) as rotating:
        first = running.do(lambda tx: keys.make(tx, "case", now=NOW))
        file[:] = [ANOTHER, MASTER]
        second = running.do(lambda tx: keys.make(tx, "case", now=NOW))
        rotating.do(lambda tx: keys.retire(tx, seal.mark(MASTER), now=NOW))
        third = running.do(lambda tx: keys.make(tx, "case", now=NOW))
        only_new = Vault((ANOTHER,))
        assert [only_new.wraps(_wrapped(running.connection, each)) for each in (first, second, third)] == [
            False, False, True,
        ]  # fmt: skip


def test_without_a_new_key_in_its_place_nothing_is_stored_under_a_retired_one(tmp_path: Path) -> None:
    with opened(tmp_path / "poruch.db") as books:
        books.do(lambda tx: keys.retire(tx, seal.mark(MASTER), now=NOW))
        before = books.count("keys")
        with pytest.raises(WrongKeyError):
            books.do(lambda tx: keys.make(tx, "case", now=NOW))
        assert books.count("keys") == before


def test_what_was_wrapped_by_a_key_that_came_meanwhile_is_read_by_looking_into_the_file(tmp_path: Path) -> None:
    file = [MASTER]
    with opened(tmp_path / "poruch.db", look=lambda: tuple(file)) as running:
        key_id = running.do(lambda tx: keys.make(tx, "case", now=NOW))
        sealed = running.do(lambda tx: keys.put(tx, key_id, "words", of="here"))
        file[:] = [ANOTHER, MASTER]
        with opened(tmp_path / "poruch.db", ANOTHER, MASTER) as rotating:
            rotating.do(lambda tx: keys.rewrap(tx, after=0, most=500))
        assert running.do(lambda tx: keys.take(tx, key_id, sealed, of="here")) == "words"


@pytest.mark.safety("S23")
def test_a_destroyed_key_stays_destroyed_when_the_others_are_wrapped_anew(tmp_path: Path) -> None:
    with opened(tmp_path / "poruch.db", ANOTHER, MASTER) as books:
        key_id = books.do(lambda tx: keys.make(tx, "case", now=NOW))
        books.do(lambda tx: keys.destroy(tx, key_id, now=NOW))
        books.do(lambda tx: keys.rewrap(tx, after=0, most=500))
        with pytest.raises(keys.Destroyed):
            books.do(lambda tx: keys.take(tx, key_id, b"", of="here"))


def test_the_key_file_is_replaced_whole_and_for_its_owner_alone(tmp_path: Path) -> None:
    file = tmp_path / "data.key"
    keyring.write(file, [MASTER])
    keyring.write(file, [ANOTHER, MASTER])
    assert file.stat().st_mode & 0o777 == 0o600
    assert len(file.read_text().splitlines()) == 2
    assert [each.name for each in tmp_path.iterdir()] == ["data.key"]


def _wrapped(connection: sqlite3.Connection, key_id: int) -> bytes:
    return bytes(connection.execute("SELECT wrapped FROM keys WHERE id = ?", (key_id,)).fetchone()[0])
