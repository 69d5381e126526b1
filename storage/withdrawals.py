"""What a person takes back: the consent to work on a case, or the case itself; both can be undone (S20, S29)."""

from datetime import datetime

from bot.core.cases import Case
from storage.cases import COLUMNS
from storage.db import Transaction


def withdraw(tx: Transaction, case_id: int, *, now: datetime) -> Case | None:
    """Nobody works on it from now on, and nobody writes first; None when it was withdrawn or erased before."""
    return _changed(
        tx,
        """
        UPDATE cases SET withdrawn_at = :now, contact = 'none', contact_days = '', contact_hours = ''
        WHERE  id = :case_id AND withdrawn_at IS NULL AND erased_at IS NULL
        """,
        case_id=case_id,
        now=now,
    )


def go_on(tx: Transaction, case_id: int) -> Case | None:
    """The case is worked on again; None when it is closed, erased, or was not withdrawn."""
    return _changed(
        tx,
        """
        UPDATE cases SET withdrawn_at = NULL
        WHERE  id = :case_id AND withdrawn_at IS NOT NULL AND closed_at IS NULL AND erased_at IS NULL
        """,
        case_id=case_id,
    )


def wait_again(tx: Transaction, case_id: int, *, by: datetime, now: datetime) -> None:
    """A case that nobody has taken waits anew, with a new deadline."""
    tx.run(
        "UPDATE cases SET answer_due_at = :by, waits_since = :now, rung = 0 WHERE id = :case_id AND claimed_by IS NULL",
        case_id=case_id,
        by=by,
        now=now,
    )


def erase_on(tx: Transaction, case_id: int, *, at: datetime) -> Case | None:
    """It will be erased then; None when that is settled already, or done."""
    return _changed(
        tx,
        "UPDATE cases SET erase_at = :at WHERE id = :case_id AND erase_at IS NULL AND erased_at IS NULL",
        case_id=case_id,
        at=at,
    )


def keep(tx: Transaction, case_id: int) -> Case | None:
    """It will not be erased after all; None when that was not planned, or is done."""
    return _changed(
        tx,
        "UPDATE cases SET erase_at = NULL WHERE id = :case_id AND erase_at IS NOT NULL AND erased_at IS NULL",
        case_id=case_id,
    )


def _changed(tx: Transaction, update: str, **values: object) -> Case | None:
    row = tx.one(f"{update} RETURNING {COLUMNS}", **values)
    return Case(**row) if row else None
