"""Wrong codes, counted for the account that tries, so that nobody is ever locked out by somebody else (S10)."""

from datetime import datetime

from bot.core import codes
from storage.db import Transaction


def wait_until(tx: Transaction, person_id: int, *, now: datetime) -> datetime | None:
    """Until when this account may not try; None when it may."""
    row = tx.one("SELECT until FROM tries WHERE person_id = :id AND until > :now", id=person_id, now=now)
    return row["until"] if row else None


def wrong(tx: Transaction, person_id: int, *, now: datetime) -> None:
    """One more wrong code, and the wait that follows from it."""
    row = tx.one(
        """
        INSERT INTO tries (person_id, wrong) VALUES (:id, 1)
        ON CONFLICT (person_id) DO UPDATE SET wrong = tries.wrong + 1
        RETURNING wrong
        """,
        id=person_id,
    )
    assert row is not None  # noqa: S101 - RETURNING gives the row
    until = now + codes.wait_after(row["wrong"])
    tx.run("UPDATE tries SET until = :until WHERE person_id = :id", id=person_id, until=until)


def right(tx: Transaction, person_id: int) -> None:
    tx.run("DELETE FROM tries WHERE person_id = :id", id=person_id)
