"""Files that survive a power failure whole, and one piece of upkeep at a time."""

import contextlib
import fcntl
import os
from collections.abc import Iterator
from pathlib import Path
from typing import IO


class BusyError(Exception):
    """Another backup or change of key is at work; said to the operator."""


def new(file: Path) -> IO[bytes]:
    """An empty file that nobody else can read, in the place of whatever had that name."""
    file.unlink(missing_ok=True)
    return os.fdopen(os.open(file, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600), "w+b")


def settle(stream: IO[bytes]) -> None:
    """What was written is on the disk."""
    stream.flush()
    os.fsync(stream.fileno())


def sync(folder: Path) -> None:
    """A new name in the folder survives a power failure."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextlib.contextmanager
def alone(database: Path) -> Iterator[None]:
    """Backing up, going back and changing the key, one at a time. Raises BusyError."""
    with database.with_suffix(".upkeep").open("ab") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise BusyError("another backup or change of the key is at work. Try again when it is done") from None
        yield
