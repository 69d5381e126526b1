"""The database's own thread: whole transactions go in, results come out.

No `await` stands inside a transaction, so nothing can interleave, and a caller that is cancelled does not
cancel the work. Storage functions take a Transaction first; they never begin and never commit.
"""

import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from typing import Any, Self, TypeVar

import aiosqlite

from storage.seal import Vault

T = TypeVar("T")
Row = sqlite3.Row
Columns = Mapping[str, tuple[Any, ...]]
UnreadableError = sqlite3.Error
"""What a look into a file raises that is not there, or is no database of ours."""
Pulse = Callable[[str], None]
"""Called before every statement; a test cuts the power with it."""

BUSY_WAITS, TRUNCATE_WAITS = 10_000, 100
"""Milliseconds that a statement, and the emptying of the log, wait for another process."""
AT_ONCE = 5_000
"""Rows of a long look that are in memory at a time."""
PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",
    "secure_delete=ON",
    "foreign_keys=ON",
    f"busy_timeout={BUSY_WAITS}",
    "temp_store=MEMORY",
)


class Transaction:
    """What storage sees of the database while one transaction runs: lists, never open cursors."""

    __slots__ = ("_connection", "_pulse", "data_keys", "hour_key", "vault")

    def __init__(self, connection: sqlite3.Connection, vault: Vault, pulse: Pulse | None) -> None:
        self._connection = connection
        self._pulse = pulse
        self.vault = vault
        self.data_keys: dict[int, bytes] = {}
        self.hour_key: int | None = None

    def all(self, sql: str, /, **values: Any) -> list[Row]:  # noqa: ANN401 - SQL's values are of any type
        return self._execute(sql, values).fetchall()

    def one(self, sql: str, /, **values: Any) -> Row | None:  # noqa: ANN401 - as above
        rows = self.all(sql, **values)
        return rows[0] if rows else None

    def in_columns(self, sql: str, take: Callable[[Columns], object], /, **values: Any) -> None:  # noqa: ANN401 - as above
        """Hands all rows to `take` as columns by name, some thousands at a time: for what is too much to be a list."""
        cursor = self._execute(sql, values)
        cursor.row_factory = None
        names = [each[0] for each in cursor.description]
        while rows := cursor.fetchmany(AT_ONCE):
            take(dict(zip(names, zip(*rows, strict=True), strict=True)))

    def run(self, sql: str, /, **values: Any) -> int:  # noqa: ANN401 - as above
        """How many rows the statement changed."""
        return self._execute(sql, values).rowcount

    @contextmanager
    def savepoint(self) -> Iterator[None]:
        """What happens inside is undone by an exception, which goes on; what was before it stands."""
        keys, hour = dict(self.data_keys), self.hour_key
        self._execute("SAVEPOINT part", {})
        try:
            yield
        except BaseException:
            self.data_keys, self.hour_key = keys, hour
            if self._connection.in_transaction:
                self._execute("ROLLBACK TO part", {})
                self._execute("RELEASE part", {})
            raise
        self._execute("RELEASE part", {})

    def begin(self) -> None:
        self._execute("BEGIN IMMEDIATE", {})

    def commit(self) -> None:
        self._execute("COMMIT", {})

    def _execute(self, sql: str, values: Mapping[str, object]) -> sqlite3.Cursor:
        if self._pulse is not None:
            self._pulse(sql)
        return self._connection.execute(sql, values)


class Writer(aiosqlite.Connection):
    """The one connection that writes."""

    async def __aenter__(self) -> Self:
        await self
        return self

    def __init__(self, path: Path, vault: Vault, pulse: Pulse | None = None) -> None:
        super().__init__(partial(connect, path), iter_chunk_size=64)
        self._vault = vault
        self._pulse = pulse

    @property
    def vault(self) -> Vault:
        return self._vault

    async def transact(self, work: Callable[[Transaction], T]) -> T:
        """All of `work` happens, or none of it; one after another, in the connection's thread."""
        result: T = await self._execute(self._run, work)  # type: ignore[no-untyped-call]
        return result

    async def truncate(self) -> bool:
        """Empties the write-ahead log into the file; False while somebody still reads from it or writes."""
        emptied: bool = await self._execute(self._truncate)  # type: ignore[no-untyped-call]
        return emptied

    def _truncate(self) -> bool:
        self._conn.execute(f"PRAGMA busy_timeout={TRUNCATE_WAITS}").close()
        try:
            busy: int = self._conn.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()[0][0]
        except sqlite3.OperationalError:
            return False
        finally:
            self._conn.execute(f"PRAGMA busy_timeout={BUSY_WAITS}").close()
        return not busy

    def _run(self, work: Callable[[Transaction], T]) -> T:
        tx = Transaction(self._conn, self._vault, self._pulse)
        try:
            tx.begin()
            result = work(tx)
            tx.commit()
        except BaseException:
            if self._conn.in_transaction:
                self._conn.rollback()
            raise
        return result


class Reader(aiosqlite.Connection):
    """A read-only connection beside the writer: metrics and long commands look through it."""

    async def __aenter__(self) -> Self:
        await self
        return self

    def __init__(self, path: Path, vault: Vault) -> None:
        super().__init__(partial(connect_read_only, path), iter_chunk_size=64)
        self._vault = vault

    async def look(self, work: Callable[[Transaction], T]) -> T:
        result: T = await self._execute(self._run, work)  # type: ignore[no-untyped-call]
        return result

    def _run(self, work: Callable[[Transaction], T]) -> T:
        self._conn.execute("BEGIN").close()
        try:
            return work(Transaction(self._conn, self._vault, None))
        finally:
            self._conn.rollback()


def connect(path: Path) -> sqlite3.Connection:
    """A connection that writes, opened in the thread that will use it."""
    connection = _open(str(path))
    for pragma in PRAGMAS:
        connection.execute(f"PRAGMA {pragma}").fetchall()
    return connection


def connect_read_only(path: Path) -> sqlite3.Connection:
    connection = _open(f"{path.resolve().as_uri()}?mode=ro")
    connection.execute(f"PRAGMA busy_timeout={BUSY_WAITS}").fetchall()
    return connection


def _open(where: str) -> sqlite3.Connection:
    _speak_of_time()
    connection = sqlite3.connect(
        where,
        isolation_level=None,
        detect_types=sqlite3.PARSE_DECLTYPES,
        check_same_thread=False,
        cached_statements=512,
        uri=where.startswith("file:"),
    )
    connection.row_factory = sqlite3.Row
    return connection


def _speak_of_time() -> None:
    """Moments are UTC text of one width, so that they sort as they happened."""
    sqlite3.register_adapter(datetime, _moment)
    sqlite3.register_adapter(date, date.isoformat)
    sqlite3.register_converter("DATETIME", _read_moment)
    sqlite3.register_converter("DATE", lambda text: date.fromisoformat(text.decode()))
    sqlite3.register_converter("BOOLEAN", lambda text: text != b"0")


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(sep=" ", timespec="microseconds")


def _read_moment(text: bytes) -> datetime:
    return datetime.fromisoformat(text.decode())


def named(prefix: str, values: Sequence[object]) -> tuple[str, dict[str, object]]:
    """`(:p0, :p1)` and its values, for `IN`, which takes no list."""
    values_by_name = {f"{prefix}{number}": value for number, value in enumerate(values)}
    return "(" + ", ".join(f":{name}" for name in values_by_name) + ")", values_by_name
