"""What somebody finds in the files: as they lie there, and with every key that the master key opens."""

import contextlib
import shutil
import sqlite3
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCMSIV

from storage import (
    activities,
    cases,
    credits,
    drafts,
    editions,
    guide,
    imported,
    inbox,
    learners,
    outbox,
    people,
    plan,
    programmes,
    register,
    trainings,
)
from storage.seal import KEY_BYTES, NONCE_BYTES, Vault

WRAPPED = NONCE_BYTES + KEY_BYTES + 16
PLACES = (
    cases.CONTENT, cases.NOTE, "cases.code", "letters.words", drafts.ANSWERS, inbox.PAYLOAD, outbox.PAYLOAD,
    people.ADDRESS, people.NAME, trainings.CONTENT, guide.CONTENT, plan.CONTENT, plan.NOTE,
    learners.NAME, programmes.CONTENT, programmes.GROUP, credits.CERTIFICATE, credits.NOTE, imported.CONTENT,
    register.CONTENT, register.DETAIL, activities.CONTENT, editions.CONTENT,
)  # fmt: skip
PURPOSES = ("people", "addresses", "names", "sessions", "guide", "invites", "codes", "erasures", "plan",
            "learners", "programmes", "credits", "imported_sessions", "register", "register_details", "activities",
            "editions",
            "blind.phone", "blind.address", "blind.name")  # fmt: skip


def raw(folder: Path) -> dict[Path, bytes]:
    """Every byte of every file: database, log, locks, backups."""
    return {file: file.read_bytes() for file in sorted(folder.rglob("*")) if file.is_file()}


def in_plain(folder: Path, words: Iterable[str]) -> list[str]:
    """Words that stand somewhere as anybody could read them."""
    bodies = raw(folder)
    return [
        f"{word} in {file.name}"
        for word in words
        for file, body in bodies.items()
        if any(shape in body for shape in shapes(word))
    ]


def shapes(word: str) -> set[bytes]:
    """The ways in which a program may write a word."""
    spelled = {word, word.casefold(), word.upper()}
    coded = {each.encode(coding) for each in spelled for coding in ("utf-8", "utf-16-le", "cp1251")}
    return coded | {each.encode("unicode_escape") for each in spelled}


def data_keys(folder: Path, masters: Sequence[bytes]) -> list[bytes]:
    """Every key that the master keys open, wherever its bytes still lie: in a row, a gap, an old page of the log."""
    bodies = raw(folder).values()
    windows = {body[start : start + WRAPPED] for body in bodies for start in range(len(body) - WRAPPED + 1)}
    return _with_derived(_unwrapped_in(windows, masters))


def opened(folder: Path, masters: Sequence[bytes], *, everywhere: bool = False) -> str:
    """Everything that can be read of every sealed value with every such key; `everywhere`: also keys out of gaps."""
    values = _values(folder)
    keys = data_keys(folder, masters) if everywhere else _with_derived(_unwrapped_in(values, masters))
    return "\n".join(text for sealed in values for text in _read(sealed, keys))


def _with_derived(found: set[bytes]) -> list[bytes]:
    return [*found, *(Vault((b"",), root=key).derived(purpose) for key in found for purpose in PURPOSES)]


def _unwrapped_in(windows: Iterable[bytes], masters: Sequence[bytes]) -> set[bytes]:
    ciphers = [AESGCMSIV(master) for master in masters]
    found = set[bytes]()
    for window in windows:
        if len(window) == WRAPPED and not window.endswith(b"\0\0"):
            for cipher in ciphers:
                with contextlib.suppress(InvalidTag):
                    found.add(cipher.decrypt(window[:NONCE_BYTES], window[NONCE_BYTES:], b"key"))
    return found


def _values(folder: Path) -> list[bytes]:
    """Every binary value of every table, on a copy, so that nothing is disturbed."""
    with tempfile.TemporaryDirectory() as place:
        for ending in ("", "-wal"):
            file = folder / f"poruch.db{ending}"
            if file.exists():
                shutil.copy(file, place)
        with contextlib.closing(sqlite3.connect(Path(place) / "poruch.db")) as connection:
            tables = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
            rows = [row for (table,) in tables for row in connection.execute(f"SELECT * FROM {table}").fetchall()]
    return [value for row in rows for value in row if isinstance(value, bytes)]


def _read(sealed: bytes, keys: Sequence[bytes]) -> Iterator[str]:
    for key in keys:
        for place in PLACES:
            with contextlib.suppress(InvalidTag, ValueError):
                words = AESGCMSIV(key).decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], place.encode())
                yield words.decode()
