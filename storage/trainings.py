"""Trainings: sessions. Who is invited and what they answered stands in storage/seats.py."""

from dataclasses import dataclass
from datetime import datetime

from storage import seal
from storage.db import Row, Transaction

CONTENT = "sessions.content"
COLUMNS = "id, content, audience, starts_at, hours, capacity, state, version, made_by, district"


@dataclass(frozen=True, slots=True)
class Session:
    """`state`: planned or cancelled. `hours` are those credited."""

    id: int
    title: str
    place: str
    audience: str
    starts_at: datetime
    hours: int
    capacity: int
    state: str
    version: int
    made_by: int
    district: str | None = None


def plan(
    tx: Transaction,
    *,
    title: str,
    place: str,
    audience: str,
    starts_at: datetime,
    hours: int,
    capacity: int,
    by: int,
    now: datetime,
) -> Session:
    content = {"title": title, "place": place}
    row = tx.one(
        f"""
        INSERT INTO sessions (content, audience, starts_at, hours, capacity, state, made_by, made_at)
        VALUES (:content, :audience, :starts_at, :hours, :capacity, 'planned', :by, :now)
        RETURNING {COLUMNS}
        """,
        content=seal.seal(tx.vault.derived("sessions"), content, of=CONTENT),
        audience=audience,
        starts_at=starts_at,
        hours=hours,
        capacity=capacity,
        by=by,
        now=now,
    )
    assert row is not None  # noqa: S101 - RETURNING gives the row that was inserted
    return _session(tx, row)


def move(tx: Transaction, session_id: int, *, starts_at: datetime) -> Session | None:
    """The session at its new time, in its next version; None unless it is planned."""
    row = tx.one(
        f"""
        UPDATE sessions SET starts_at = :starts_at, version = version + 1 WHERE id = :id AND state = 'planned'
        RETURNING {COLUMNS}
        """,
        id=session_id,
        starts_at=starts_at,
    )
    if row is None:
        return None
    return _session(tx, row)


def cancel(tx: Transaction, session_id: int) -> Session | None:
    """None unless it is planned."""
    row = tx.one(
        f"""
        UPDATE sessions SET state = 'cancelled', version = version + 1 WHERE id = :id AND state = 'planned'
        RETURNING {COLUMNS}
        """,
        id=session_id,
    )
    return _session(tx, row) if row else None


def by_id(tx: Transaction, session_id: int) -> Session | None:
    row = tx.one(f"SELECT {COLUMNS} FROM sessions WHERE id = :id", id=session_id)
    return _session(tx, row) if row else None


def ahead(tx: Transaction, *, now: datetime) -> list[Session]:
    """Every planned session from now on."""
    rows = tx.all(
        f"SELECT {COLUMNS} FROM sessions WHERE state = 'planned' AND starts_at > :now ORDER BY starts_at",
        now=now,
    )
    return [_session(tx, row) for row in rows]


def ahead_for(tx: Transaction, person_id: int, *, now: datetime) -> list[Session]:
    """The planned sessions that the person is invited to."""
    rows = tx.all(
        f"""
        SELECT {COLUMNS} FROM sessions
        WHERE  state = 'planned' AND starts_at > :now
        AND    id IN (SELECT session_id FROM seats WHERE person_id = :person_id)
        ORDER  BY starts_at
        """,
        person_id=person_id,
        now=now,
    )
    return [_session(tx, row) for row in rows]


def between(tx: Transaction, district: str, *, since: datetime, until: datetime) -> list[Session]:
    """Planned ones that were to begin in that time, there or, with no district named, anywhere."""
    rows = tx.all(
        f"""
        SELECT {COLUMNS} FROM sessions
        WHERE  state = 'planned' AND starts_at >= :since AND starts_at < :until
        AND    (:district = '' OR district = :district)
        ORDER  BY starts_at
        """,
        district=district,
        since=since,
        until=until,
    )
    return [_session(tx, row) for row in rows]


def stands(tx: Transaction, session_id: int, version: int) -> bool:
    """Whether the session is still planned as it was in that version."""
    row = tx.one(
        "SELECT 1 FROM sessions WHERE id = :id AND version = :version AND state = 'planned'",
        id=session_id,
        version=version,
    )
    return row is not None


def _session(tx: Transaction, row: Row) -> Session:
    content = seal.unseal(tx.vault.derived("sessions"), row["content"], of=CONTENT)
    assert isinstance(content, dict)  # noqa: S101 - plan stored one
    kept = {name: row[name] for name in COLUMNS.split(", ") if name != "content"}
    return Session(title=content["title"], place=content["place"], **kept)
