"""Air-raid alarms, as somebody of the centre has said that they began and ended."""

from datetime import datetime

from storage.db import Transaction


def begin(tx: Transaction, district: str, *, by: int | None, now: datetime) -> bool:
    """In that district, or everywhere with none named; whether that is news."""
    return bool(
        tx.run(
            """
            INSERT INTO alarms (district, started_at, started_by)
            SELECT :district, :now, :by
            WHERE  NOT EXISTS (SELECT 1 FROM alarms WHERE district = :district AND ended_at IS NULL)
            """,
            district=district,
            by=by,
            now=now,
        )
    )


def end(tx: Transaction, district: str, *, now: datetime) -> datetime | None:
    """Since when there was one; None when there was none."""
    row = tx.one(
        "UPDATE alarms SET ended_at = :now WHERE district = :district AND ended_at IS NULL RETURNING started_at",
        district=district,
        now=now,
    )
    return row["started_at"] if row else None


def begun(tx: Transaction, district: str) -> bool:
    """Whether one was noted for exactly this district, or for everywhere with none named."""
    row = tx.one("SELECT 1 FROM alarms WHERE ended_at IS NULL AND district = :district", district=district)
    return row is not None


def sounds(tx: Transaction, district: str) -> bool:
    """Whether there is an alarm now, in this district or everywhere."""
    row = tx.one("SELECT 1 FROM alarms WHERE ended_at IS NULL AND district IN ('', :district)", district=district)
    return row is not None


def count_over(tx: Transaction, *, before: datetime) -> int:
    row = tx.one("SELECT count(*) AS n FROM alarms WHERE ended_at < :before", before=before)
    return int(row["n"]) if row else 0


def forget(tx: Transaction, *, before: datetime) -> int:
    """Those that ended before; how many."""
    return tx.run("DELETE FROM alarms WHERE ended_at < :before", before=before)
