"""Data keys: one a case or draft, one an hour for what passes through (S23)."""

from datetime import datetime, timedelta
from typing import Literal

from storage import seal
from storage.db import Transaction

Kind = Literal["root", "case", "hour"]
HOUR = timedelta(hours=1)


class Destroyed(Exception):  # noqa: N818 - it is a state of the world, not a fault of the program
    """The key is gone, and with it everything that it sealed."""


def make(tx: Transaction, kind: Kind, *, now: datetime) -> int:
    """A new data key, stored wrapped; its id."""
    key = seal.new_key()
    row = tx.one(
        "INSERT INTO keys (kind, wrapped, made_at) VALUES (:kind, :wrapped, :now) RETURNING id",
        kind=kind,
        wrapped=tx.vault.wrap(key),
        now=now,
    )
    assert row is not None  # noqa: S101 - RETURNING gives the row that was inserted
    tx.data_keys[row["id"]] = key
    return int(row["id"])


def root(tx: Transaction, *, now: datetime) -> bytes:
    """The key behind fingerprints and people's addresses; made at the first start."""
    row = tx.one("SELECT wrapped FROM keys WHERE kind = 'root'")
    if row is None:
        return tx.data_keys[make(tx, "root", now=now)]
    return tx.vault.unwrap(row["wrapped"])


def passing(tx: Transaction, *, now: datetime) -> int:
    """The key of this hour, for what passes through inbox and outbox."""
    if tx.hour_key is None:
        tx.hour_key = _of_hour(tx, now.replace(minute=0, second=0, microsecond=0))
    return tx.hour_key


def _of_hour(tx: Transaction, hour: datetime) -> int:
    row = tx.one("SELECT id FROM keys WHERE kind = 'hour' AND made_at = :hour", hour=hour)
    return int(row["id"]) if row else make(tx, "hour", now=hour)


def put(tx: Transaction, key_id: int, content: object, *, of: str) -> bytes:
    """The content sealed under that key. Raises Destroyed."""
    return seal.seal(_data_key(tx, key_id), content, of=of)


def take(tx: Transaction, key_id: int, sealed: bytes, *, of: str) -> object:
    """What was put. Raises Destroyed."""
    return seal.unseal(_data_key(tx, key_id), sealed, of=of)


def know(tx: Transaction, key_id: int, wrapped: bytes | None) -> None:
    """A key that was looked up together with what it seals, to spare a look of its own."""
    if wrapped is not None and key_id not in tx.data_keys:
        tx.data_keys[key_id] = tx.vault.unwrap(wrapped)


def destroy(tx: Transaction, key_id: int, *, now: datetime) -> None:
    tx.data_keys.pop(key_id, None)
    tx.run("UPDATE keys SET wrapped = NULL, destroyed_at = :now WHERE id = :id", id=key_id, now=now)


def forget_hours(tx: Transaction, *, older_than: timedelta, now: datetime) -> int:
    """Destroys the keys of hours so long past whose rows have all been handled (S23); how many."""
    return tx.run(
        """
        UPDATE keys
        SET    wrapped = NULL, destroyed_at = :now
        WHERE  kind = 'hour' AND wrapped IS NOT NULL AND made_at < :before
        AND    id NOT IN (SELECT key_id FROM inbox  WHERE payload IS NOT NULL)
        AND    id NOT IN (SELECT key_id FROM outbox WHERE payload IS NOT NULL)
        """,
        now=now,
        before=now - older_than - HOUR,
    )


def _data_key(tx: Transaction, key_id: int) -> bytes:
    if key_id not in tx.data_keys:
        row = tx.one("SELECT wrapped FROM keys WHERE id = :id", id=key_id)
        if row is None or row["wrapped"] is None:
            raise Destroyed(f"key {key_id}")
        tx.data_keys[key_id] = tx.vault.unwrap(row["wrapped"])
    return tx.data_keys[key_id]
