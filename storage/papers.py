"""Which documents were received in a case: that they were, never what stands in them."""

from datetime import datetime

from storage.db import Transaction


def turn(tx: Transaction, case_id: int, paper: str, *, by: int, now: datetime) -> bool:
    """Received from now on, or, if it stood there, not received after all; which of the two."""
    if tx.run("DELETE FROM papers WHERE case_id = :case_id AND paper = :paper", case_id=case_id, paper=paper):
        return False
    tx.run(
        "INSERT INTO papers (case_id, paper, received_at, by) VALUES (:case_id, :paper, :now, :by)",
        case_id=case_id,
        paper=paper,
        now=now,
        by=by,
    )
    return True


def received(tx: Transaction, case_id: int) -> list[str]:
    rows = tx.all("SELECT paper FROM papers WHERE case_id = :id ORDER BY id", id=case_id)
    return [str(row["paper"]) for row in rows]
