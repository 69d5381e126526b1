"""Hours that were credited, with the numbers of their certificates. One credit a learner and session."""

from dataclasses import dataclass
from datetime import date, datetime

from bot.core.training_plans import Earned
from storage import seal
from storage.db import Row, Transaction

CERTIFICATE, NOTE = "credits.certificate", "credits.note"
PURPOSE = "credits"
COLUMNS = "id, learner_id, session_id, hours, earned_on, certificate, note, source"


@dataclass(frozen=True, slots=True)
class Credit:
    """`source`: session, or elsewhere. A learner who was erased leaves the hours, and no name."""

    id: int
    learner_id: int | None
    session_id: int | None
    hours: int
    earned_on: date
    certificate: str
    note: str
    source: str


def give(
    tx: Transaction, learner_id: int, session_id: int, *, hours: int, earned_on: date, now: datetime
) -> Credit | None:
    """For a session that was attended. One that was undone stands again, with its number; None when it stands."""
    row = tx.one(
        f"""
        INSERT INTO credits (learner_id, session_id, hours, earned_on, source, made_at)
        VALUES (:learner_id, :session_id, :hours, :earned_on, 'session', :now)
        ON CONFLICT (learner_id, session_id)
        DO UPDATE SET hours = :hours, earned_on = :earned_on, undone_at = NULL
        WHERE  credits.undone_at IS NOT NULL OR credits.hours <> :hours OR credits.earned_on <> :earned_on
        RETURNING {COLUMNS}
        """,
        learner_id=learner_id,
        session_id=session_id,
        hours=hours,
        earned_on=earned_on,
        now=now,
    )
    return _credit(tx, row) if row else None


def elsewhere(
    tx: Transaction,
    learner_id: int,
    *,
    hours: int,
    earned_on: date,
    certificate: str,
    note: str,
    by: int,
    now: datetime,
) -> None:
    """Hours that another body taught."""
    tx.run(
        """
        INSERT INTO credits (learner_id, hours, earned_on, certificate, note, source, made_by, made_at)
        VALUES (:learner_id, :hours, :earned_on, :certificate, :note, 'elsewhere', :by, :now)
        """,
        learner_id=learner_id,
        hours=hours,
        earned_on=earned_on,
        certificate=_sealed(tx, certificate, CERTIFICATE) if certificate else None,
        note=_sealed(tx, note, NOTE) if note else None,
        by=by,
        now=now,
    )


def next_number(tx: Transaction, year: int) -> int:
    """The next one of that year: nobody else gets it, and what is undone with its transaction leaves no gap."""
    row = tx.one(
        """
        INSERT INTO certificate_years (year, last) VALUES (:year, 1)
        ON CONFLICT (year) DO UPDATE SET last = certificate_years.last + 1
        RETURNING last
        """,
        year=year,
    )
    assert row is not None  # noqa: S101 - RETURNING gives the row
    return int(row["last"])


def certify(tx: Transaction, credit_id: int, certificate: str) -> None:
    numbered = "UPDATE credits SET certificate = :certificate WHERE id = :id"
    tx.run(numbered, id=credit_id, certificate=_sealed(tx, certificate, CERTIFICATE))


def undo(tx: Transaction, session_id: int, *, now: datetime) -> list[Credit]:
    """The session's credits do not count any more; those that did."""
    rows = tx.all(
        f"UPDATE credits SET undone_at = :now WHERE session_id = :id AND undone_at IS NULL RETURNING {COLUMNS}",
        id=session_id,
        now=now,
    )
    return [_credit(tx, row) for row in rows]


def undo_absent(tx: Transaction, session_id: int, *, now: datetime) -> None:
    """Of those who turned out not to have come."""
    tx.run(
        """
        UPDATE credits SET undone_at = :now
        WHERE  session_id = :id AND undone_at IS NULL
        AND    learner_id NOT IN (SELECT learner_id FROM seats WHERE session_id = :id AND came = 'yes')
        """,
        id=session_id,
        now=now,
    )


def undone(tx: Transaction, session_id: int) -> list[Credit]:
    rows = tx.all(
        f"SELECT {COLUMNS} FROM credits WHERE session_id = :id AND undone_at IS NOT NULL AND learner_id IS NOT NULL",
        id=session_id,
    )
    return [_credit(tx, row) for row in rows]


def of_learner(tx: Transaction, learner_id: int) -> list[Credit]:
    """What counts, the newest first."""
    rows = tx.all(
        f"SELECT {COLUMNS} FROM credits WHERE learner_id = :id AND undone_at IS NULL ORDER BY earned_on DESC, id DESC",
        id=learner_id,
    )
    return [_credit(tx, row) for row in rows]


def of_person(tx: Transaction, person_id: int) -> list[Credit]:
    """Everything under one phone, also of learners who have left."""
    among = "learner_id IN (SELECT id FROM learners WHERE person_id = :id)"
    rows = tx.all(f"SELECT {COLUMNS} FROM credits WHERE {among} AND undone_at IS NULL ORDER BY earned_on", id=person_id)
    return [_credit(tx, row) for row in rows]


def earned(tx: Transaction) -> dict[int, list[Earned]]:
    """What counts, by learner, in one look."""
    rows = tx.all(
        "SELECT learner_id, earned_on, hours FROM credits "
        "WHERE undone_at IS NULL AND learner_id IS NOT NULL ORDER BY id"
    )
    found: dict[int, list[Earned]] = {}
    for row in rows:
        found.setdefault(row["learner_id"], []).append(Earned(row["earned_on"], row["hours"]))
    return found


def forget(tx: Transaction, person_id: int) -> None:
    """The hours stay as figures; nothing says any more whose they were."""
    tx.run(
        """
        UPDATE credits SET learner_id = NULL, certificate = NULL, note = NULL
        WHERE  learner_id IN (SELECT id FROM learners WHERE person_id = :id)
        """,
        id=person_id,
    )


def _sealed(tx: Transaction, words: str, place: str) -> bytes:
    return seal.seal(tx.vault.derived(PURPOSE), words, of=place)


def _opened(tx: Transaction, sealed: bytes | None, place: str) -> str:
    return str(seal.unseal(tx.vault.derived(PURPOSE), sealed, of=place)) if sealed else ""


def _credit(tx: Transaction, row: Row) -> Credit:
    return Credit(
        row["id"],
        row["learner_id"],
        row["session_id"],
        row["hours"],
        row["earned_on"],
        _opened(tx, row["certificate"], CERTIFICATE),
        _opened(tx, row["note"], NOTE),
        row["source"],
    )
