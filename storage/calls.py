"""Calls that were agreed (S12): one that stands at a time; one that moves is the same call in its next version."""

from dataclasses import dataclass
from datetime import datetime

from storage.db import Transaction

COLUMNS = "id, case_id, at, step, state, version"


@dataclass(frozen=True, slots=True)
class Call:
    """`step`: call, brigade or nothing. `state`: set, well, cancelled, fired (its time came) or done."""

    id: int
    case_id: int
    at: datetime
    step: str
    state: str
    version: int


def agree(tx: Transaction, case_id: int, *, at: datetime, step: str, now: datetime) -> Call:
    row = tx.one(
        f"""
        INSERT INTO agreed_calls (case_id, at, step, state, set_at) VALUES (:case_id, :at, :step, 'set', :now)
        RETURNING {COLUMNS}
        """,
        case_id=case_id,
        at=at,
        step=step,
        now=now,
    )
    assert row is not None  # noqa: S101 - RETURNING gives the row that was inserted
    return Call(**row)


def change(tx: Transaction, case_id: int, *, at: datetime, step: str, now: datetime) -> Call | None:
    """The call that stands, at its new time, in its next version; None when none stands."""
    row = tx.one(
        f"""
        UPDATE agreed_calls SET at = :at, step = :step, version = version + 1, set_at = :now
        WHERE  case_id = :case_id AND state = 'set'
        RETURNING {COLUMNS}
        """,
        case_id=case_id,
        at=at,
        step=step,
        now=now,
    )
    return Call(**row) if row else None


def end(tx: Transaction, case_id: int, state: str, *, now: datetime) -> Call | None:
    """Well or cancelled, before its time; None when none stands."""
    row = tx.one(
        f"""
        UPDATE agreed_calls SET state = :state, ended_at = :now WHERE case_id = :case_id AND state = 'set'
        RETURNING {COLUMNS}
        """,
        case_id=case_id,
        state=state,
        now=now,
    )
    return Call(**row) if row else None


def fire(tx: Transaction, call_id: int, *, version: int, now: datetime) -> Call | None:
    """Its time has come. Whoever gets the row carries the step out, and nobody else: it is looked at and taken at once.

    None when she said that she is well, when it was cancelled or moved, or when it was taken before.
    """
    row = tx.one(
        f"""
        UPDATE agreed_calls SET state = 'fired', ended_at = :now
        WHERE  id = :id AND version = :version AND state = 'set'
        RETURNING {COLUMNS}
        """,
        id=call_id,
        version=version,
        now=now,
    )
    return Call(**row) if row else None


def done(tx: Transaction, call_id: int) -> Call | None:
    """Somebody has carried the step out; None when a colleague said so first."""
    row = tx.one(
        f"UPDATE agreed_calls SET state = 'done' WHERE id = :id AND state = 'fired' RETURNING {COLUMNS}", id=call_id
    )
    return Call(**row) if row else None


def by_id(tx: Transaction, call_id: int) -> Call | None:
    row = tx.one(f"SELECT {COLUMNS} FROM agreed_calls WHERE id = :id", id=call_id)
    return Call(**row) if row else None


def standing(tx: Transaction, case_id: int) -> Call | None:
    """The call that is set and whose time has not come."""
    return _newest(tx, case_id, "state = 'set'")


def burning(tx: Transaction, case_id: int) -> Call | None:
    """The call whose time came, and which nobody has carried out yet."""
    return _newest(tx, case_id, "state = 'fired' AND step <> 'nothing'")


def _newest(tx: Transaction, case_id: int, condition: str) -> Call | None:
    row = tx.one(
        f"SELECT {COLUMNS} FROM agreed_calls WHERE case_id = :case_id AND {condition} ORDER BY id DESC LIMIT 1",
        case_id=case_id,
    )
    return Call(**row) if row else None
