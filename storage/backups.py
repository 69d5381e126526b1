"""Backups: the whole database at one moment, in pieces that only the master key opens, in their order, to the last.

A file is: magic, version, the file's own key twice, each wrapped by the master key, then when it was made and by which
tables, then the pieces. Inside, the data keys are wrapped by the file's own key instead of the master key. So a new
master key need only wrap that one anew, and the old one is not kept anywhere.
"""

import contextlib
import json
import sqlite3
import struct
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCMSIV

from storage import disk, keys, schema, seal
from storage.db import Transaction, connect, connect_read_only
from storage.seal import Vault, WrongKeyError

MAGIC, VERSION = b"PORUCHBK", 1
FIXED = struct.Struct(">8sB60s60sH")
SLOTS = (9, 69)
"""Where the wrapped keys lie. There are two, so that one is whole while the other is written."""
PIECE = 2**20
TAG = 16
STEP = 500
SUFFIX = ".backup"
CUT_OFF = "{file}: damaged or cut off. Take another backup"
Progress = Callable[[float], None]
"""Told the share that is done."""


class BackupError(Exception):
    """What is wrong with a file, and what to do; one line for the operator."""


@dataclass(frozen=True, slots=True)
class Head:
    """What anybody can read of a backup: when it was made, by which tables; and its own key, wrapped twice."""

    wrapped: tuple[bytes, bytes]
    about: bytes
    made_at: datetime
    tables: str


def make(database: Path, file: Path, vault: Vault, *, made_at: datetime, progress: Progress) -> None:
    """The database as it is at this moment, whoever writes to it meanwhile. The file is there whole, or not at all."""
    copy, part, key = database.with_suffix(".copying"), file.with_name(f"{file.name}.part"), seal.new_key()
    try:
        _copied(database, copy)
        _under_its_own_key(copy, Vault((key, *vault.masters)))
        _sealed(copy, part, key, vault, made_at, progress)
        clear(copy)
        part.replace(file)
        disk.sync(file.parent)
    finally:
        clear(copy)
        part.unlink(missing_ok=True)


def clear(copy: Path) -> None:
    """Nothing of the copy is left that a backup is made from, or made into a database."""
    for ending in ("", "-wal", "-shm", "-journal"):
        copy.with_name(copy.name + ending).unlink(missing_ok=True)


def head(file: Path) -> Head:
    """Raises BackupError for a file that is no backup."""
    with file.open("rb") as stream:
        return _head(stream, file)


def open_into(file: Path, copy: Path, vault: Vault, *, progress: Progress) -> bytes:
    """The database of that moment, and the key that wraps its keys. Raises WrongKeyError and BackupError."""
    with file.open("rb") as stream, disk.new(copy) as target:
        known = _head(stream, file)
        key = _own_key(known, vault)
        size = file.stat().st_size
        for number, (piece, last) in enumerate(_pieces(stream, PIECE + TAG)):
            target.write(_opened(key, known, number, piece, last=last, file=file))
            progress(stream.tell() / size)
        if not target.tell():
            raise BackupError(CUT_OFF.format(file=file))
        disk.settle(target)
    return key


def rewrap(file: Path, vault: Vault) -> bool:
    """The first master key opens it afterwards, and no other; whether that was news. At no moment none does.

    One that none of them opens came from elsewhere and is left as it is.
    """
    known = head(file)
    foreign = not any(_opens(vault, wrapped) for wrapped in known.wrapped)
    if foreign or all(vault.wraps(wrapped) for wrapped in known.wrapped):
        return False
    key = _own_key(known, vault)
    with file.open("r+b") as stream:
        for place in sorted(SLOTS, key=lambda place: _opens(vault, known.wrapped[SLOTS.index(place)])):
            stream.seek(place)
            stream.write(vault.wrap(key))
            disk.settle(stream)
    return True


def kept(folder: Path) -> list[Path]:
    """Every backup in the folder."""
    return [file for file in sorted(folder.glob(f"*{SUFFIX}")) if _is_one(file)]


def older(folder: Path, before: datetime) -> list[Path]:
    return [file for file in kept(folder) if head(file).made_at < before]


def expire(folder: Path, before: datetime) -> int:
    """Deletes those that are older; how many."""
    gone = older(folder, before)
    for file in gone:
        file.unlink(missing_ok=True)
    return len(gone)


# Making


def _copied(database: Path, copy: Path) -> None:
    """In one step from a connection that only reads: nobody waits for it, and it is of one moment."""
    clear(copy)
    disk.new(copy).close()
    with (
        contextlib.closing(connect_read_only(database)) as source,
        contextlib.closing(sqlite3.connect(copy)) as target,
    ):
        source.backup(target)


def _under_its_own_key(copy: Path, vault: Vault) -> None:
    """The first key of the vault wraps every key in the copy."""
    with contextlib.closing(connect(copy)) as connection:
        connection.execute("PRAGMA journal_mode=MEMORY").fetchall()
        tx = Transaction(connection, vault, None)
        tx.begin()
        last: int | None = 0
        while last is not None:
            last, _ = keys.rewrap(tx, after=last, most=STEP)
        tx.commit()


def _sealed(copy: Path, part: Path, key: bytes, vault: Vault, made_at: datetime, progress: Progress) -> None:
    about = json.dumps({"made_at": made_at.isoformat(), "tables": schema.NEWEST}).encode()
    known = Head((vault.wrap(key), vault.wrap(key)), about, made_at, schema.NEWEST)
    size = copy.stat().st_size
    with copy.open("rb") as source, disk.new(part) as target:
        target.write(FIXED.pack(MAGIC, VERSION, *known.wrapped, len(about)) + about)
        for number, (piece, last) in enumerate(_pieces(source, PIECE)):
            nonce, place = _place(known, number, last=last)
            target.write(AESGCMSIV(key).encrypt(nonce, piece, place))
            progress(source.tell() / size)
        disk.settle(target)


# Reading


def _head(stream: IO[bytes], file: Path) -> Head:
    fixed = stream.read(FIXED.size)
    if len(fixed) < FIXED.size or not fixed.startswith(MAGIC):
        raise BackupError(f"{file}: this is no backup of Poruch")
    _, version, one, other, length = FIXED.unpack(fixed)
    if version != VERSION:
        raise BackupError(f"{file}: made by a newer version of Poruch. Use that one to go back to it")
    about = stream.read(length)
    try:
        told = json.loads(about)
        return Head((one, other), about, datetime.fromisoformat(told["made_at"]), str(told["tables"]))
    except (ValueError, KeyError, TypeError):
        raise BackupError(CUT_OFF.format(file=file)) from None


def _is_one(file: Path) -> bool:
    try:
        head(file)
    except (BackupError, OSError):
        return False
    return True


def _own_key(known: Head, vault: Vault) -> bytes:
    try:
        return vault.unwrap(known.wrapped[0])
    except WrongKeyError:
        return vault.unwrap(known.wrapped[1])


def _opens(vault: Vault, wrapped: bytes) -> bool:
    try:
        vault.unwrap(wrapped)
    except WrongKeyError:
        return False
    return True


def _opened(key: bytes, known: Head, number: int, piece: bytes, *, last: bool, file: Path) -> bytes:
    nonce, place = _place(known, number, last=last)
    try:
        return AESGCMSIV(key).decrypt(nonce, piece, place)
    except InvalidTag:
        raise BackupError(CUT_OFF.format(file=file)) from None


def _place(known: Head, number: int, *, last: bool) -> tuple[bytes, bytes]:
    """A nonce and what is said besides: a piece fits its own place in its own file, the last one only the end."""
    return number.to_bytes(12, "big"), MAGIC + bytes((VERSION, last)) + known.about


def _pieces(stream: IO[bytes], size: int) -> Iterator[tuple[bytes, bool]]:
    """Each piece, and whether it is the last one."""
    piece = stream.read(size)
    while piece:
        following = stream.read(size)
        yield piece, not following
        piece = following
