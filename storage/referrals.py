"""What was passed on to other bodies: prepared, sent; and the clock that the law sets for it."""

from dataclasses import dataclass
from datetime import datetime

from storage.db import Transaction

COLUMNS = "id, body, made_at, sent_at, by"


@dataclass(frozen=True, slots=True)
class Referral:
    id: int
    body: str
    made_at: datetime
    sent_at: datetime | None
    by: int | None


@dataclass(frozen=True, slots=True)
class Clock:
    starts_at: datetime
    due_at: datetime
    met_at: datetime | None


def prepare(tx: Transaction, case_id: int, body: str, *, by: int, now: datetime) -> None:
    """Once, until it is sent."""
    tx.run(
        """
        INSERT INTO referrals (case_id, body, made_at, by)
        SELECT :case_id, :body, :now, :by
        WHERE  NOT EXISTS (SELECT 1 FROM referrals WHERE case_id = :case_id AND body = :body AND sent_at IS NULL)
        """,
        case_id=case_id,
        body=body,
        now=now,
        by=by,
    )


def sent(tx: Transaction, case_id: int, body: str, *, by: int, now: datetime) -> bool:
    """False when nothing was prepared, or it was sent before."""
    return bool(
        tx.run(
            "UPDATE referrals SET sent_at = :now, by = :by "
            "WHERE case_id = :case_id AND body = :body AND sent_at IS NULL",
            case_id=case_id,
            body=body,
            by=by,
            now=now,
        )
    )


def of_case(tx: Transaction, case_id: int) -> list[Referral]:
    rows = tx.all(f"SELECT {COLUMNS} FROM referrals WHERE case_id = :id ORDER BY id", id=case_id)
    return [Referral(**row) for row in rows]


def clock(tx: Transaction, case_id: int, key: str) -> Clock | None:
    """The newest clock of that kind that was not dropped."""
    row = tx.one(
        "SELECT starts_at, due_at, met_at FROM deadlines "
        "WHERE case_id = :case_id AND key = :key AND dropped_at IS NULL ORDER BY id DESC LIMIT 1",
        case_id=case_id,
        key=key,
    )
    return Clock(**row) if row else None
