"""Services given in a case: a row each time, so that a report can count them by period."""

from datetime import datetime

from storage.db import Transaction


def give(tx: Transaction, case_id: int, service: str, *, by: int, now: datetime) -> None:
    tx.run(
        "INSERT INTO services (case_id, service, count, given_at, by) VALUES (:case_id, :service, 1, :now, :by)",
        case_id=case_id,
        service=service,
        now=now,
        by=by,
    )


def undo(tx: Transaction, case_id: int, *, by: int) -> str | None:
    """The last one that this person noted was none; which it was."""
    row = tx.one(
        """
        DELETE FROM services
        WHERE  id = (SELECT max(id) FROM services WHERE case_id = :case_id AND by = :by AND count = 1)
        RETURNING service
        """,
        case_id=case_id,
        by=by,
    )
    return str(row["service"]) if row else None


def totals(tx: Transaction, case_id: int) -> dict[str, int]:
    """How many times each was given."""
    rows = tx.all(
        "SELECT service, sum(count) AS n FROM services WHERE case_id = :id GROUP BY service ORDER BY min(id)",
        id=case_id,
    )
    return {str(row["service"]): int(row["n"]) for row in rows}
