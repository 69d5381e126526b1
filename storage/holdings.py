"""What is held about a person outside of cases, and how it is let go of (S29)."""

from dataclasses import dataclass
from datetime import datetime

from storage import credits, letters, trainings
from storage.db import Transaction
from storage.trainings import Session


@dataclass(frozen=True, slots=True)
class Invited:
    """A training that the person was invited to, past or planned, the answer, and what is noted besides."""

    session: Session
    invited_at: datetime
    answer: str | None
    reason: str | None = None
    came: str | None = None


@dataclass(frozen=True, slots=True)
class Begun:
    """An unfinished form, without its answers."""

    form: str
    touched_at: datetime
    expires_at: datetime


def met_at(tx: Transaction, person_id: int) -> datetime:
    """When the person first wrote. Raises LookupError for an id that is nobody's."""
    row = tx.one("SELECT met_at FROM people WHERE id = :id", id=person_id)
    if row is None:
        raise LookupError(f"person {person_id}")
    at: datetime = row["met_at"]
    return at


def audiences(tx: Transaction, person_id: int) -> list[str]:
    rows = tx.all("SELECT audience FROM carers WHERE person_id = :id ORDER BY audience", id=person_id)
    return [str(row["audience"]) for row in rows]


def invitations(tx: Transaction, person_id: int) -> list[Invited]:
    rows = tx.all(
        "SELECT session_id, invited_at, answer, reason, came FROM seats WHERE person_id = :id ORDER BY session_id, id",
        id=person_id,
    )
    found = [(trainings.by_id(tx, row["session_id"]), row) for row in rows]
    return [
        Invited(session, row["invited_at"], row["answer"], row["reason"], row["came"])
        for session, row in found
        if session
    ]


def begun(tx: Transaction, person_id: int, *, now: datetime) -> list[Begun]:
    rows = tx.all(
        """
        SELECT form, touched_at, expires_at FROM drafts
        WHERE  person_id = :id AND expires_at > :now AND case_id IS NULL ORDER BY id
        """,
        id=person_id,
        now=now,
    )
    return [Begun(**row) for row in rows]


def worked_here(tx: Transaction, person_id: int) -> bool:
    """Whether the person ever had a role: the log of openings needs the name then."""
    return tx.one("SELECT 1 FROM roles WHERE person_id = :id", id=person_id) is not None


def unlink(tx: Transaction, case_id: int, person_id: int) -> None:
    """Nobody knows any more whose words these were."""
    letters.checked(tx, case_id, person_id, hers=False)
    tx.run("DELETE FROM links WHERE case_id = :case_id AND person_id = :id", case_id=case_id, id=person_id)


def drop_seats(tx: Transaction, person_id: int) -> None:
    """Seats, groups and learners go; the hours stay as figures."""
    credits.forget(tx, person_id)
    tx.run("DELETE FROM members WHERE learner_id IN (SELECT id FROM learners WHERE person_id = :id)", id=person_id)
    tx.run("DELETE FROM seats WHERE person_id = :id", id=person_id)
    tx.run("DELETE FROM learners WHERE person_id = :id", id=person_id)


def leave_audiences(tx: Transaction, person_id: int) -> None:
    """With them go the hours and the zone that carers keep."""
    own = "UPDATE people SET zone = NULL, quiet_from = NULL, quiet_to = NULL WHERE id = :id"
    tx.run(own, id=person_id)
    tx.run("DELETE FROM carers WHERE person_id = :id", id=person_id)


def drop_name(tx: Transaction, person_id: int) -> None:
    tx.run("UPDATE people SET name = NULL WHERE id = :id", id=person_id)
