"""Planned visits. A visit that moves is the same visit in the next version; reminders name the version they mean."""

from dataclasses import dataclass
from datetime import datetime

from bot.core.whom import Colleague
from storage.db import Transaction

COLUMNS = "id, case_id, specialist_id, kind, starts_at, state, version, answer"


@dataclass(frozen=True, slots=True)
class Visit:
    """`state`: planned, cancelled or held. `answer`: the resident's, home or other."""

    id: int
    case_id: int
    specialist_id: Colleague
    kind: str
    starts_at: datetime
    state: str
    version: int
    answer: str | None


def plan(tx: Transaction, case_id: int, *, by: int, kind: str, starts_at: datetime, now: datetime) -> Visit:
    row = tx.one(
        f"""
        INSERT INTO visits (case_id, specialist_id, kind, starts_at, state, planned_at)
        VALUES (:case_id, :by, :kind, :starts_at, 'planned', :now)
        RETURNING {COLUMNS}
        """,
        case_id=case_id,
        by=by,
        kind=kind,
        starts_at=starts_at,
        now=now,
    )
    assert row is not None  # noqa: S101 - RETURNING gives the row that was inserted
    return Visit(**row)


def move(tx: Transaction, visit_id: int, *, kind: str, starts_at: datetime) -> Visit | None:
    """The visit at its new time, in its next version, the resident's answer open again; None unless it is planned."""
    row = tx.one(
        f"""
        UPDATE visits SET starts_at = :starts_at, kind = :kind, version = version + 1, answer = NULL
        WHERE  id = :id AND state = 'planned'
        RETURNING {COLUMNS}
        """,
        id=visit_id,
        kind=kind,
        starts_at=starts_at,
    )
    return Visit(**row) if row else None


def give(tx: Transaction, visit_id: int, *, to: int) -> Visit | None:
    """Another specialist will go; time and answer stay, so the resident need not be asked again."""
    row = tx.one(
        f"UPDATE visits SET specialist_id = :to WHERE id = :id AND state = 'planned' RETURNING {COLUMNS}",
        id=visit_id,
        to=to,
    )
    return Visit(**row) if row else None


def end(tx: Transaction, visit_id: int, state: str) -> Visit | None:
    """Held or cancelled; None unless it is planned."""
    row = tx.one(
        f"""
        UPDATE visits SET state = :state, version = version + 1 WHERE id = :id AND state = 'planned'
        RETURNING {COLUMNS}
        """,
        id=visit_id,
        state=state,
    )
    return Visit(**row) if row else None


def answer(tx: Transaction, visit_id: int, answer: str, *, version: int) -> Visit | None:
    """Notes the resident's answer to this version of the visit; None when the visit has changed since."""
    row = tx.one(
        f"""
        UPDATE visits SET answer = :answer WHERE id = :id AND version = :version AND state = 'planned'
        RETURNING {COLUMNS}
        """,
        id=visit_id,
        version=version,
        answer=answer,
    )
    return Visit(**row) if row else None


def by_id(tx: Transaction, visit_id: int) -> Visit | None:
    row = tx.one(f"SELECT {COLUMNS} FROM visits WHERE id = :id", id=visit_id)
    return Visit(**row) if row else None


def of_case(tx: Transaction, case_id: int) -> Visit | None:
    """The case's planned visit."""
    row = tx.one(
        f"SELECT {COLUMNS} FROM visits WHERE case_id = :case_id AND state = 'planned' ORDER BY starts_at LIMIT 1",
        case_id=case_id,
    )
    return Visit(**row) if row else None


def of_specialist(tx: Transaction, person_id: int) -> list[Visit]:
    rows = tx.all(
        f"SELECT {COLUMNS} FROM visits WHERE specialist_id = :person_id AND state = 'planned' ORDER BY starts_at",
        person_id=person_id,
    )
    return [Visit(**row) for row in rows]


def of_specialist_until(tx: Transaction, person_id: int, *, until: datetime, most: int) -> list[Visit]:
    """What is planned up to then, by time."""
    rows = tx.all(
        f"SELECT {COLUMNS} FROM visits WHERE specialist_id = :person_id AND state = 'planned' AND starts_at < :until "
        "ORDER BY starts_at LIMIT :most",
        person_id=person_id,
        until=until,
        most=most,
    )
    return [Visit(**row) for row in rows]


def of_resident(tx: Transaction, person_id: int) -> list[Visit]:
    """Planned visits for cases that the person told of here, apart from the branch and from other people's cases."""
    rows = tx.all(
        f"""
        SELECT {COLUMNS} FROM visits
        WHERE  state = 'planned' AND case_id IN (
               SELECT case_id FROM links JOIN cases ON cases.id = links.case_id
               WHERE  links.person_id = :person_id AND links.part = 'self' AND NOT cases.branch)
        ORDER  BY starts_at
        """,
        person_id=person_id,
    )
    return [Visit(**row) for row in rows]


def on_road(tx: Transaction, person_id: int) -> bool:
    """On the way to a visit, or inside."""
    row = tx.one(
        "SELECT 1 FROM visits WHERE specialist_id = :id AND on_way_at IS NOT NULL AND out_at IS NULL "
        "AND state = 'planned'",
        id=person_id,
    )
    return row is not None


def stands(tx: Transaction, visit_id: int, version: int) -> bool:
    """Whether the visit is still planned as it was in that version."""
    return (
        tx.one(
            "SELECT 1 FROM visits WHERE id = :id AND version = :version AND state = 'planned'",
            id=visit_id,
            version=version,
        )
        is not None
    )
