"""Leases: who has taken a case must be in touch by then, or it waits again. Only a case without a contact has one."""

from datetime import datetime, timedelta

from bot.core.cases import Case
from storage.cases import COLUMNS
from storage.db import Transaction


def extend(tx: Transaction, case_id: int, *, by: int, until: datetime, now: datetime) -> Case | None:
    """Once, by who has the case; None when it was extended before, or there is no lease any more, or it is over."""
    row = tx.one(
        f"""
        UPDATE cases SET lease_until = :until, extended = TRUE
        WHERE  id = :id AND claimed_by = :by AND (lease_until > :now OR held_since IS NOT NULL) AND NOT extended
        AND    closed_at IS NULL
        RETURNING {COLUMNS}
        """,
        id=case_id,
        by=by,
        until=until,
        now=now,
    )
    return Case(**row) if row else None


def hold(tx: Transaction, case_id: int, *, now: datetime) -> Case | None:
    """The lease stands still from now; None when it does already, or there is none."""
    row = tx.one(
        f"""
        UPDATE cases SET held_since = :now WHERE id = :id AND lease_until IS NOT NULL AND held_since IS NULL
        RETURNING {COLUMNS}
        """,
        id=case_id,
        now=now,
    )
    return Case(**row) if row else None


def resume(tx: Transaction, case_id: int, *, until: datetime, held: timedelta) -> Case | None:
    """The lease runs on, to this new end, having stood still so long in all; None when it does not stand still."""
    row = tx.one(
        f"""
        UPDATE cases SET held_since = NULL, lease_until = :until, held_seconds = :seconds
        WHERE  id = :id AND held_since IS NOT NULL
        RETURNING {COLUMNS}
        """,
        id=case_id,
        until=until,
        seconds=int(held.total_seconds()),
    )
    return Case(**row) if row else None


def renew(tx: Transaction, case_id: int, *, until: datetime) -> Case | None:
    """A new lease for who has the case; None when there was a contact, or nobody has it."""
    row = tx.one(
        f"""
        UPDATE cases SET lease_until = :until, held_since = NULL, held_seconds = 0, extended = FALSE
        WHERE  id = :id AND claimed_by IS NOT NULL AND contacted_at IS NULL AND closed_at IS NULL
        RETURNING {COLUMNS}
        """,
        id=case_id,
        until=until,
    )
    return Case(**row) if row else None


def of_person(tx: Transaction, person_id: int, *, most: int) -> list[Case]:
    """Cases with this person that nobody has been in touch about yet, the most urgent first."""
    rows = tx.all(
        f"""
        SELECT {COLUMNS} FROM cases
        WHERE  claimed_by = :person_id AND lease_until IS NOT NULL AND closed_at IS NULL AND joined_to IS NULL
        ORDER  BY lease_until LIMIT :most
        """,
        person_id=person_id,
        most=most,
    )
    return [Case(**row) for row in rows]


def running(tx: Transaction, *, person_id: int = 0, district: str = "", held: bool = False) -> list[Case]:
    """Cases with a lease that runs, or stands still: somebody's, a district's, or all."""
    rows = tx.all(
        f"""
        SELECT {COLUMNS} FROM cases
        WHERE  lease_until IS NOT NULL AND closed_at IS NULL AND withdrawn_at IS NULL AND claimed_by IS NOT NULL
        AND    joined_to IS NULL
        AND    (claimed_by = :person_id OR :person_id = 0) AND (district = :district OR :district = '')
        AND    (held_since IS NOT NULL) = :held
        """,
        person_id=person_id,
        district=district,
        held=held,
    )
    return [Case(**row) for row in rows]
