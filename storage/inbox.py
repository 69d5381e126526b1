"""What came in: stored before it is confirmed, handled in order, erased when handled."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from storage import keys
from storage.db import Transaction, named

PAYLOAD = "inbox.payload"
TICKED = "ticked"
"""The mark of the last tick; what looks at the bot from outside reads it too."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """An update on its turn. `attempts` counts this one."""

    id: int
    received_at: datetime
    attempts: int
    update: dict[str, Any]


def save(tx: Transaction, updates: Sequence[dict[str, Any]], *, heard_at: datetime, now: datetime) -> int:
    """Stores raw updates, sealed; how many were new. A repeat changes nothing."""
    key_id = keys.passing(tx, now=now)
    return sum(
        tx.run(
            """
            INSERT INTO inbox (update_id, received_at, key_id, payload)
            VALUES (:update_id, :heard_at, :key_id, :payload)
            ON CONFLICT (update_id) DO NOTHING
            """,
            update_id=update["update_id"],
            heard_at=heard_at,
            key_id=key_id,
            payload=keys.put(tx, key_id, update, of=PAYLOAD),
        )
        for update in updates
    )


def take(tx: Transaction, *, most: int) -> list[Waiting]:
    """The next updates in order, each attempt counted before it is made.

    What was tried before comes alone, so that an update that kills the process takes no other with it.
    """
    rows = tx.all(
        "SELECT id, attempts FROM inbox WHERE handled_at IS NULL ORDER BY id LIMIT :most",
        most=most,
    )
    fresh = [row["id"] for row in rows if row["attempts"] == 0]
    ids = [rows[0]["id"]] if rows and rows[0]["attempts"] else fresh[: _run_of_fresh(rows)]
    if not ids:
        return []
    among, values = named("id", ids)
    taken = tx.all(
        f"UPDATE inbox SET attempts = attempts + 1 WHERE id IN {among} "
        "RETURNING id, received_at, attempts, key_id, payload",
        **values,
    )
    return [
        Waiting(row["id"], row["received_at"], row["attempts"], _update(tx, row["key_id"], row["payload"]))
        for row in sorted(taken, key=lambda row: int(row["id"]))
    ]


def handled(tx: Transaction, ids: Sequence[int], *, now: datetime) -> None:
    among, values = named("id", ids)
    tx.run(f"UPDATE inbox SET handled_at = :now, payload = NULL WHERE id IN {among}", now=now, **values)


def given_up(tx: Transaction, inbox_id: int, fault: str, *, now: datetime) -> None:
    """The update was tried often enough: it is kept, under its error code, and the next one has its turn."""
    tx.run("UPDATE inbox SET handled_at = :now, fault = :fault WHERE id = :id", id=inbox_id, fault=fault, now=now)


def waiting(tx: Transaction) -> int:
    row = tx.one("SELECT count(*) AS n FROM inbox WHERE handled_at IS NULL")
    return int(row["n"]) if row else 0


def oldest(tx: Transaction) -> datetime | None:
    """When the longest waiting update was received."""
    row = tx.one("SELECT received_at FROM inbox WHERE handled_at IS NULL ORDER BY id LIMIT 1")
    return row["received_at"] if row else None


def forget(tx: Transaction, *, before: datetime, given_up: bool) -> int:
    """Drops updates handled before, or those that were given up before; how many."""
    return tx.run(
        "DELETE FROM inbox WHERE handled_at < :before AND (payload IS NOT NULL) = :given_up",
        before=before,
        given_up=given_up,
    )


def count_handled(tx: Transaction, *, before: datetime, given_up: bool) -> int:
    row = tx.one(
        "SELECT count(*) AS n FROM inbox WHERE handled_at < :before AND (payload IS NOT NULL) = :given_up",
        before=before,
        given_up=given_up,
    )
    return int(row["n"]) if row else 0


def mark(tx: Transaction, name: str, *, at: datetime) -> None:
    """Notes when something last happened: a finished poll, a tick."""
    tx.run(
        "INSERT INTO marks (name, at) VALUES (:name, :at) ON CONFLICT (name) DO UPDATE SET at = :at",
        name=name,
        at=at,
    )


def unmark(tx: Transaction, name: str) -> None:
    tx.run("DELETE FROM marks WHERE name = :name", name=name)


def marked(tx: Transaction, name: str) -> datetime | None:
    row = tx.one("SELECT at FROM marks WHERE name = :name", name=name)
    return row["at"] if row else None


def _run_of_fresh(rows: Sequence[Any]) -> int:
    return next((place for place, row in enumerate(rows) if row["attempts"]), len(rows))


def _update(tx: Transaction, key_id: int, payload: bytes) -> dict[str, Any]:
    update = keys.take(tx, key_id, payload, of=PAYLOAD)
    assert isinstance(update, dict)  # noqa: S101 - save stored one
    return update
