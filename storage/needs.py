"""Needs of a case that were met."""

from datetime import datetime

from storage.db import Transaction


def turn(tx: Transaction, case_id: int, need: str, *, by: int, now: datetime) -> bool:
    """Met from now on, or, if it stood there, not met after all; which of the two."""
    if tx.run("DELETE FROM needs_met WHERE case_id = :case_id AND need = :need", case_id=case_id, need=need):
        return False
    tx.run(
        "INSERT INTO needs_met (case_id, need, met_at, by) VALUES (:case_id, :need, :now, :by)",
        case_id=case_id,
        need=need,
        now=now,
        by=by,
    )
    return True


def met(tx: Transaction, case_id: int) -> list[str]:
    rows = tx.all("SELECT need FROM needs_met WHERE case_id = :id ORDER BY id", id=case_id)
    return [str(row["need"]) for row in rows]
