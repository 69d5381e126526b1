"""Erasing a case: its key goes, and with it every word; what can be counted stays (S23, S29)."""

from datetime import datetime

from bot.core.cases import Case
from storage import cases, keys
from storage.db import Transaction


def erase(tx: Transaction, case: Case, *, now: datetime) -> bool:
    """Destroys the key, forgets whose case it was and its codes, closes it; False when it was erased before."""
    blanked = tx.run(
        """
        UPDATE cases
        SET    code_hash = NULL, code = NULL, duress_hash = NULL, erased_at = :now, state = 'closed',
               closed_at = COALESCE(closed_at, :now)
        WHERE  id = :id AND erased_at IS NULL
        """,
        id=case.id,
        now=now,
    )
    if not blanked:
        return False
    keys.destroy(tx, case.key_id, now=now)
    for table in ("links", "drafts"):
        tx.run(f"DELETE FROM {table} WHERE case_id = :id", id=case.id)
    tx.run("UPDATE visits SET state = 'cancelled', version = version + 1 WHERE case_id = :id AND state = 'planned'",
           id=case.id)  # fmt: skip
    cases.note(tx, case.id, "erased", by=None, now=now)
    return True
