"""Deadlines of cases: each a row of the profile that has begun, until it is met or its case is over."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from storage.db import Transaction, named

COLUMNS = "id, case_id, key, starts_at, due_at, body, sent_at, met_at, missed_at, dropped_at"
RUNS = "met_at IS NULL AND dropped_at IS NULL"


@dataclass(frozen=True, slots=True)
class Deadline:
    """`key`: the profile's row. `body`: who ends it, where that is not us, and `sent_at`: since when it lies there.

    A deadline that was missed stays so, whether it is met afterwards or dropped with its case.
    """

    id: int
    case_id: int
    key: str
    starts_at: datetime
    due_at: datetime
    body: str | None
    sent_at: datetime | None
    met_at: datetime | None
    missed_at: datetime | None
    dropped_at: datetime | None

    @property
    def runs(self) -> bool:
        return self.met_at is None and self.dropped_at is None


def plan(
    tx: Transaction, case_id: int, key: str, *, starts_at: datetime, due_at: datetime, body: str | None
) -> Deadline | None:
    """It begins; None when the same one runs already, or began at that very moment."""
    row = tx.one(
        f"""
        INSERT INTO deadlines (case_id, key, starts_at, due_at, body)
        SELECT :case_id, :key, :starts_at, :due_at, :body
        WHERE  NOT EXISTS (SELECT 1 FROM deadlines WHERE case_id = :case_id AND key = :key
                           AND (starts_at = :starts_at OR ({RUNS})))
        RETURNING {COLUMNS}
        """,
        case_id=case_id,
        key=key,
        starts_at=starts_at,
        due_at=due_at,
        body=body,
    )
    return Deadline(**row) if row else None


def by_id(tx: Transaction, deadline_id: int) -> Deadline | None:
    row = tx.one(f"SELECT {COLUMNS} FROM deadlines WHERE id = :id", id=deadline_id)
    return Deadline(**row) if row else None


def of_case(tx: Transaction, case_id: int) -> list[Deadline]:
    """Those that run, the earliest first."""
    rows = tx.all(f"SELECT {COLUMNS} FROM deadlines WHERE case_id = :case_id AND {RUNS} ORDER BY due_at, id",
                  case_id=case_id)  # fmt: skip
    return [Deadline(**row) for row in rows]


def met_of(tx: Transaction, case_id: int) -> list[Deadline]:
    """Those that were met, in time or late."""
    rows = tx.all(f"SELECT {COLUMNS} FROM deadlines WHERE case_id = :case_id AND met_at IS NOT NULL ORDER BY met_at",
                  case_id=case_id)  # fmt: skip
    return [Deadline(**row) for row in rows]


def met(tx: Transaction, case_id: int, keys: Sequence[str], *, at: datetime) -> list[Deadline]:
    """Those that ran until then and are met now; after their time they are missed as well."""
    among, values = named("key", keys)
    rows = tx.all(
        f"""
        UPDATE deadlines SET met_at = :at,
               missed_at = CASE WHEN missed_at IS NULL AND due_at < :at THEN :at ELSE missed_at END
        WHERE  case_id = :case_id AND key IN {among} AND {RUNS}
        RETURNING {COLUMNS}
        """,
        case_id=case_id,
        at=at,
        **values,
    )
    return [Deadline(**row) for row in rows]


def missed(tx: Transaction, deadline_id: int, *, now: datetime) -> Deadline | None:
    """Its time is over; None when it was met, dropped, or noted before."""
    row = tx.one(
        f"UPDATE deadlines SET missed_at = :now WHERE id = :id AND missed_at IS NULL AND due_at <= :now AND {RUNS} "
        f"RETURNING {COLUMNS}",
        id=deadline_id,
        now=now,
    )
    return Deadline(**row) if row else None


def send(tx: Transaction, deadline_id: int, body: str, *, at: datetime) -> Deadline | None:
    """It lies with another body from now on; None when it does already, or does not run."""
    row = tx.one(
        f"UPDATE deadlines SET body = :body, sent_at = :at WHERE id = :id AND sent_at IS NULL AND {RUNS} "
        f"RETURNING {COLUMNS}",
        id=deadline_id,
        body=body,
        at=at,
    )
    return Deadline(**row) if row else None


def drop(tx: Transaction, case_id: int, keys: Sequence[str] | None = None, *, now: datetime) -> list[Deadline]:
    """These run no more; with none named the case is over, and nothing does."""
    among, values = named("key", keys or ())
    only = f"AND key IN {among}" if keys is not None else ""
    rows = tx.all(
        f"UPDATE deadlines SET dropped_at = :now WHERE case_id = :case_id AND {RUNS} {only} RETURNING {COLUMNS}",
        case_id=case_id,
        now=now,
        **(values if keys is not None else {}),
    )
    return [Deadline(**row) for row in rows]


def late(tx: Transaction, *, now: datetime, most: int = 1000) -> list[Deadline]:
    """Those that are over and still to be met, by us; the oldest first."""
    rows = tx.all(
        f"SELECT {COLUMNS} FROM deadlines WHERE {RUNS} AND due_at < :now AND sent_at IS NULL "
        "ORDER BY due_at LIMIT :most",
        now=now,
        most=most,
    )
    return [Deadline(**row) for row in rows]


def count_late(tx: Transaction, *, now: datetime) -> int:
    row = tx.one(f"SELECT count(*) AS n FROM deadlines WHERE {RUNS} AND due_at < :now AND sent_at IS NULL", now=now)
    return int(row["n"]) if row else 0
