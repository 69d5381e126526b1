"""Looks at name, address and phone that ask for a second person's word (S25). A word is good for one look."""

from dataclasses import dataclass
from datetime import datetime

from storage.db import Transaction

COLUMNS = "id, case_id, asked_by, reason"


@dataclass(frozen=True, slots=True)
class Look:
    """Who asked to see, and why."""

    id: int
    case_id: int
    asked_by: int
    reason: str


def ask(tx: Transaction, case_id: int, *, by: int, reason: str, now: datetime) -> Look:
    """The look that is waited for: the one that was asked before and not allowed yet, or a new one."""
    row = tx.one(
        f"""
        UPDATE glass SET asked_at = :now, reason = :reason
        WHERE  case_id = :case_id AND asked_by = :by AND allowed_at IS NULL
        RETURNING {COLUMNS}
        """,
        case_id=case_id,
        by=by,
        reason=reason,
        now=now,
    ) or tx.one(
        f"""
        INSERT INTO glass (case_id, asked_by, reason, asked_at) VALUES (:case_id, :by, :reason, :now)
        RETURNING {COLUMNS}
        """,
        case_id=case_id,
        by=by,
        reason=reason,
        now=now,
    )
    assert row is not None  # noqa: S101 - RETURNING gives the row that was inserted
    return Look(**row)


def by_id(tx: Transaction, look_id: int) -> Look | None:
    row = tx.one(f"SELECT {COLUMNS} FROM glass WHERE id = :id", id=look_id)
    return Look(**row) if row else None


def allow(tx: Transaction, look_id: int, *, by: int, now: datetime) -> Look | None:
    """The second person's word; None when a colleague was first, or it is one's own look."""
    row = tx.one(
        f"""
        UPDATE glass SET allowed_by = :by, allowed_at = :now
        WHERE  id = :id AND allowed_at IS NULL AND asked_by <> :by
        RETURNING {COLUMNS}
        """,
        id=look_id,
        by=by,
        now=now,
    )
    return Look(**row) if row else None
