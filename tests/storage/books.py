"""A database without a bot around it."""

import contextlib
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

from bot.core.cases import Case, facts
from storage import cases, keys, schema
from storage.db import Transaction, connect
from storage.seal import Vault
from tests import tables

T = TypeVar("T")
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
MASTER, ANOTHER = b"a master key of thirty-two bytes", b"and one more, of thirty-two too."


class Books:
    """One connection, and transactions in it."""

    def __init__(self, path: Path, vault: Vault) -> None:
        self.path = path
        self.vault = vault
        tables.laid(path)
        schema.prepare(path)
        self.connection = connect(path)
        self.vault.root = self.do(lambda tx: keys.root(tx, now=NOW))

    def do(self, work: Callable[[Transaction], T]) -> T:
        tx = Transaction(self.connection, self.vault, None)
        tx.begin()
        try:
            result = work(tx)
            tx.commit()
        except BaseException:
            self.connection.rollback()
            raise
        return result

    def truncate(self) -> None:
        self.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()

    def count(self, what: str) -> int:
        return int(self.connection.execute(f"SELECT count(*) FROM {what}").fetchone()[0])


@contextlib.contextmanager
def opened(path: Path, *masters: bytes, look: Callable[[], tuple[bytes, ...]] | None = None) -> Iterator[Books]:
    books = Books(path, Vault(masters or (MASTER,), look=look))
    try:
        yield books
    finally:
        books.connection.close()


def case(tx: Transaction, story: str, *, now: datetime = NOW) -> Case:
    """A request for help with that story."""
    told = {"need": "care", "contact": "call", "district": "center", "story": story}
    return cases.open_case(
        tx, facts("help", told), told, key_id=keys.make(tx, "case", now=now), team="brigade",
        reported_at=now, answer_due_at=now, now=now,
    )  # fmt: skip


def somebody(tx: Transaction) -> int:
    """The first person of a new database."""
    row = tx.one(
        "INSERT INTO people (fingerprint, address, kind, language, met_at) "
        "VALUES (x'00', x'00', 'private', 'uk', :now) RETURNING id",
        now=NOW,
    )
    assert row is not None
    return int(row["id"])
