"""Brings a database file to the newest tables, on a copy that is swapped in: a failed change changes nothing."""

import contextlib
import fcntl
import sqlite3
import time
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from storage import disk

NEWEST = "0005"
"""The last migration's name; a test holds it to storage/migrations. Knowing it spares every start Alembic."""


PATIENCE = 150
"""Tenths of a second that a process waits for another one that is preparing the same file."""


class InUseError(Exception):
    """The running bot and the newest tables do not go together; said to the operator."""


def prepare(path: Path) -> bool:
    """The file has the newest tables afterwards; whether anything had to be done."""
    if revision(path) == NEWEST:
        return False
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with _alone_with(path) as alone:
        if not alone:
            return False
        copy = path.with_suffix(".upgrade")
        copy.unlink(missing_ok=True)
        _copy(path, copy)
        _migrate(copy)
        copy.chmod(0o600)
        _swap(copy, path)
    return True


@contextlib.contextmanager
def in_use(path: Path) -> Iterator[None]:
    """While the bot holds the file open, nobody swaps another one under it."""
    with _lock_file(path) as lock:
        fcntl.flock(lock, fcntl.LOCK_SH)
        yield


def is_in_use(path: Path) -> bool:
    """Whether a bot holds the file open."""
    with _lock_file(path) as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
    return False


def put_in_place(copy: Path, path: Path) -> None:
    """A finished database takes a place where there is none. Raises InUseError when there is one."""
    with _lock_file(path) as lock, contextlib.suppress(BlockingIOError):
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        if not stands_at(path):
            copy.replace(path)
            disk.sync(path.parent)
            return
    raise InUseError(f"{path}: there is a database. Move it away, with the files that begin like it, then try again")


def stands_at(path: Path) -> bool:
    """Whether there is a database, or a log that would change one that is put there."""
    return path.exists() or path.with_name(f"{path.name}-wal").exists()


def revision(path: Path) -> str | None:
    """The migration that the file stands at; None for a file that is not there or is empty."""
    if not path.exists():
        return None
    with contextlib.closing(sqlite3.connect(path)) as connection:
        try:
            row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
        except sqlite3.OperationalError:
            return None
    return str(row[0]) if row else None


@contextlib.contextmanager
def _alone_with(path: Path) -> Iterator[bool]:
    """True with the file to oneself; False when another process has done the work meanwhile."""
    with _lock_file(path) as lock:
        for _ in range(PATIENCE):
            if revision(path) == NEWEST:
                yield False
                return
            with contextlib.suppress(BlockingIOError):
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                yield True
                return
            time.sleep(0.1)
    raise InUseError(f"{path}: the bot is running on older tables. Stop it, then try again")


def _lock_file(path: Path) -> IO[bytes]:
    return path.with_suffix(".lock").open("ab")


def _copy(path: Path, copy: Path) -> None:
    if path.exists():
        with (
            contextlib.closing(sqlite3.connect(path)) as source,
            contextlib.closing(sqlite3.connect(copy)) as target,
        ):
            source.backup(target)


def _migrate(path: Path) -> None:
    from alembic import command  # noqa: PLC0415 - half a second that only a changed schema is worth
    from alembic.config import Config  # noqa: PLC0415 - as above
    from sqlalchemy import create_engine  # noqa: PLC0415 - as above

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    engine = create_engine(f"sqlite:///{path}")
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
    engine.dispose()


def _swap(copy: Path, path: Path) -> None:
    for leftover in ("-wal", "-shm"):
        path.with_name(path.name + leftover).unlink(missing_ok=True)
    copy.replace(path)
