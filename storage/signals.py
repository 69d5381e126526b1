"""Alarms that the operator's own command is to give: a code for the reason, and never anything of a case."""

from dataclasses import dataclass
from datetime import datetime

from storage.db import Transaction


@dataclass(frozen=True, slots=True)
class Signal:
    """One call of the command; `attempts` counts this one."""

    id: int
    reason: str
    attempts: int


def put(tx: Transaction, reason: str, *, now: datetime) -> None:
    """Waits to be given. One that has not been tried yet says the same thing, so there is never a second beside it."""
    tx.run(
        """
        INSERT INTO signals (reason, not_before, queued_at)
        SELECT :reason, :now, :now
        WHERE  NOT EXISTS (SELECT 1 FROM signals WHERE done_at IS NULL AND attempts = 0 AND reason = :reason)
        """,
        reason=reason,
        now=now,
    )


def take(tx: Transaction, *, until: datetime, now: datetime) -> Signal | None:
    """The oldest whose moment has come. It is not taken again before `until`, unless the bot dies with it.

    It is done only when that is noted: after a crash it is simply given once more.
    """
    row = tx.one(
        """
        UPDATE signals SET attempts = attempts + 1, not_before = :until
        WHERE  id = (SELECT id FROM signals WHERE done_at IS NULL AND not_before <= :now ORDER BY id LIMIT 1)
        RETURNING id, reason, attempts
        """,
        until=until,
        now=now,
    )
    return Signal(**row) if row else None


def again(tx: Transaction, signal_id: int, *, at: datetime) -> None:
    tx.run("UPDATE signals SET not_before = :at WHERE id = :id", id=signal_id, at=at)


def done(tx: Transaction, signal_id: int, *, now: datetime) -> None:
    tx.run("UPDATE signals SET done_at = :now WHERE id = :id", id=signal_id, now=now)


def interrupted(tx: Transaction, *, now: datetime) -> int:
    """After a start: what was being given may never have been, so it is given at once; how many."""
    return tx.run("UPDATE signals SET not_before = :now WHERE done_at IS NULL AND not_before > :now", now=now)


def drop_stale(tx: Transaction, *, now: datetime) -> int:
    """After going back to a backup: what waited then is not called out now; how many."""
    return tx.run("UPDATE signals SET done_at = :now WHERE done_at IS NULL", now=now)
