"""Data keys: one a case or draft, one an hour for what passes through (S23).

A wrapped key is only ever appended, or overwritten by one of the same length: so nothing of it is left in the gaps of
the file when it goes, and a destroyed key is gone from every byte once the write-ahead log is truncated.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Literal

from storage import seal
from storage.db import Row, Transaction, named
from storage.seal import WrongKeyError

Kind = Literal["root", "case", "hour"]
HOUR = timedelta(hours=1)
DONE_WITH = """
        kind = 'hour' AND wrapped IS NOT NULL AND made_at < :before
        AND    id NOT IN (SELECT key_id FROM inbox  WHERE payload IS NOT NULL)
        AND    id NOT IN (SELECT key_id FROM outbox WHERE payload IS NOT NULL)
"""


class Destroyed(Exception):  # noqa: N818 - it is a state of the world, not a fault of the program
    """The key is gone, and with it everything that it sealed."""


def make(tx: Transaction, kind: Kind, *, now: datetime) -> int:
    """A new data key, stored wrapped; its id. If the master key has been retired meanwhile, the new one wraps it."""
    key = seal.new_key()
    row = _stored(tx, kind, key, now)
    if row is None and tx.vault.renew():
        row = _stored(tx, kind, key, now)
    if row is None:
        raise WrongKeyError
    tx.data_keys[row["id"]] = key
    return int(row["id"])


def _stored(tx: Transaction, kind: Kind, key: bytes, now: datetime) -> Row | None:
    """None when the master key is retired: the condition stands in the statement, so no moment lies between."""
    return tx.one(
        """
        INSERT INTO keys (kind, wrapped, made_at)
        SELECT :kind, :wrapped, :now
        WHERE  NOT EXISTS (SELECT 1 FROM retired_masters WHERE mark = :mark)
        RETURNING id
        """,
        kind=kind,
        wrapped=tx.vault.wrap(key),
        now=now,
        mark=tx.vault.mark,
    )


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
    row = tx.one("SELECT id FROM keys WHERE kind = 'hour' AND made_at = :hour AND wrapped IS NOT NULL", hour=hour)
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


def forget_hours(tx: Transaction, *, before: datetime, now: datetime) -> int:
    """Destroys the keys of hours that ended before and whose rows have all been handled (S23); how many."""
    return tx.run(
        f"UPDATE keys SET wrapped = NULL, destroyed_at = :now WHERE {DONE_WITH}", now=now, before=before - HOUR
    )


def count_hours(tx: Transaction, *, before: datetime) -> int:
    row = tx.one(f"SELECT count(*) AS n FROM keys WHERE {DONE_WITH}", before=before - HOUR)
    return int(row["n"]) if row else 0


def fresh_hour(tx: Transaction, *, now: datetime) -> int:
    """A new key for what passes through, of which nothing that passed before knows."""
    tx.hour_key = make(tx, "hour", now=now.replace(minute=0, second=0, microsecond=0))
    return tx.hour_key


def destroy_hours(tx: Transaction, *, but: int, now: datetime) -> int:
    """Destroys every other key of an hour; how many."""
    tx.data_keys = {but: tx.data_keys[but]}
    others = "kind = 'hour' AND wrapped IS NOT NULL AND id <> :but"
    return tx.run(f"UPDATE keys SET wrapped = NULL, destroyed_at = :now WHERE {others}", now=now, but=but)


# A change of the master key


def retire(tx: Transaction, mark: bytes, *, now: datetime) -> None:
    """From this commit on nobody wraps anything with that master key any more, whoever still has it in memory."""
    tx.run(
        "INSERT INTO retired_masters (mark, at) VALUES (:mark, :now) ON CONFLICT (mark) DO NOTHING", mark=mark, now=now
    )


def retired(tx: Transaction, marks: Sequence[bytes]) -> bool:
    """Whether one of them is."""
    among, values = named("mark", marks)
    return tx.one(f"SELECT 1 FROM retired_masters WHERE mark IN {among}", **values) is not None


def rehabilitate(tx: Transaction) -> None:
    """After going back to a backup everything is wrapped anew, so no master key is a former one."""
    tx.run("DELETE FROM retired_masters")


def rewrap(tx: Transaction, *, after: int, most: int) -> tuple[int | None, int]:
    """The next so many keys are wrapped by the first master key afterwards: the last one's id, and how many were not.

    None for the id when there are no more. A destroyed key stays destroyed: it is not looked at.
    """
    rows = tx.all(
        "SELECT id, wrapped FROM keys WHERE id > :after AND wrapped IS NOT NULL ORDER BY id LIMIT :most",
        after=after,
        most=most,
    )
    former = [row for row in rows if not tx.vault.wraps(row["wrapped"])]
    for row in former:
        wrapped = tx.vault.wrap(tx.vault.unwrap(row["wrapped"]))
        tx.run("UPDATE keys SET wrapped = :wrapped WHERE id = :id", id=row["id"], wrapped=wrapped)
    return int(rows[-1]["id"]) if rows else None, len(former)


def _data_key(tx: Transaction, key_id: int) -> bytes:
    if key_id not in tx.data_keys:
        row = tx.one("SELECT wrapped FROM keys WHERE id = :id", id=key_id)
        if row is None or row["wrapped"] is None:
            raise Destroyed(f"key {key_id}")
        tx.data_keys[key_id] = tx.vault.unwrap(row["wrapped"])
    return tx.data_keys[key_id]
