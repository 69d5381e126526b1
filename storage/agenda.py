"""What stands ahead for one person, as far as a calendar outside may know: nothing of the branch."""

from dataclasses import dataclass
from datetime import datetime

from storage import trainings
from storage.db import Transaction
from storage.trainings import Session


@dataclass(frozen=True, slots=True)
class Seated:
    """A session that somebody is asked to, or holds; `settled` is not said by who has not answered yet."""

    session: Session
    settled: bool


@dataclass(frozen=True, slots=True)
class Met:
    """A visit, without its case."""

    id: int
    version: int
    starts_at: datetime
    state: str


def sessions(tx: Transaction, person_id: int, *, since: datetime) -> list[Seated]:
    """Those that the person comes to, or has not answered yet; and those that the person holds."""
    rows = tx.all(
        """
        SELECT id, CASE WHEN EXISTS (SELECT 1 FROM seats WHERE session_id = sessions.id AND person_id = :person_id
                                     AND answer = 'yes')
                          OR trainer_id = :person_id OR (trainer_id IS NULL AND made_by = :person_id)
                        THEN 1 ELSE 0 END AS settled
        FROM   sessions
        WHERE  starts_at > :since AND state IN ('planned', 'cancelled')
        AND    (trainer_id = :person_id OR (trainer_id IS NULL AND made_by = :person_id)
                OR id IN (SELECT session_id FROM seats
                          WHERE person_id = :person_id AND (answer IS NULL OR answer = 'yes')))
        ORDER  BY starts_at, id
        """,
        person_id=person_id,
        since=since,
    )
    known = [(trainings.by_id(tx, row["id"]), bool(row["settled"])) for row in rows]
    return [Seated(session, settled) for session, settled in known if session]


def visits_at_home(tx: Transaction, person_id: int, *, since: datetime) -> list[Met]:
    """Visits to this person's own family."""
    rows = tx.all(
        """
        SELECT id, version, starts_at, state FROM visits
        WHERE  starts_at > :since AND state IN ('planned', 'cancelled') AND case_id IN (
               SELECT case_id FROM links JOIN cases ON cases.id = links.case_id
               WHERE  links.person_id = :person_id AND links.part = 'self' AND links.standing = 'holds'
               AND    NOT cases.branch)
        ORDER  BY starts_at, id
        """,
        person_id=person_id,
        since=since,
    )
    return [Met(**row) for row in rows]


def visits_of_work(tx: Transaction, person_id: int, *, since: datetime) -> list[Met]:
    """Visits that this person goes to, apart from those of the branch."""
    rows = tx.all(
        """
        SELECT id, version, starts_at, state FROM visits
        WHERE  starts_at > :since AND state IN ('planned', 'cancelled') AND specialist_id = :person_id
        AND    case_id IN (SELECT id FROM cases WHERE NOT branch)
        ORDER  BY starts_at, id
        """,
        person_id=person_id,
        since=since,
    )
    return [Met(**row) for row in rows]


def uid(tx: Transaction, person_id: int, what: str, subject_id: int) -> str:
    """By what a calendar knows an event again; nobody else can tell what it is, or whose two events are one."""
    return tx.vault.fingerprint(f"{person_id}:{what}:{subject_id}", of="calendar").hex()[:32]
