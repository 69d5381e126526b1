"""Erasing a case: its key goes, and with it every word; what can be counted stays (S23, S29)."""

from datetime import datetime

from bot.core.cases import Case
from storage import keys
from storage.db import Transaction


def erase(tx: Transaction, case: Case, *, now: datetime) -> None:
    """Destroys the key, forgets whose case it was and its codes, closes it."""
    keys.destroy(tx, case.key_id, now=now)
    tx.run("DELETE FROM links WHERE case_id = :id", id=case.id)
    tx.run(
        """
        UPDATE cases
        SET    code_hash = NULL, code = NULL, duress_hash = NULL, erased_at = :now, state = 'closed',
               closed_at = COALESCE(closed_at, :now)
        WHERE  id = :id
        """,
        id=case.id,
        now=now,
    )
