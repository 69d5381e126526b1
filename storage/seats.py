"""Seats at a training: who is invited, what they answered, who waits, who came. One seat a learner and session."""

from dataclasses import dataclass
from datetime import datetime

from bot.core.whom import Carer
from storage import learners
from storage.db import Row, Transaction

COLUMNS = (
    "seats.id, seats.session_id, seats.learner_id, seats.person_id, learners.name, seats.answer, seats.reason, "
    "seats.waits_since, seats.offered_until, seats.asked_at, seats.warned_at, seats.confirmed_at, seats.came"
)
OF_LEARNERS = "seats JOIN learners ON learners.id = seats.learner_id"
TAKEN = """
    (SELECT count(*) FROM seats AS taken
     WHERE  taken.session_id = seats.session_id AND taken.id <> seats.id
     AND    (taken.answer = 'yes' OR (taken.answer = 'wait' AND taken.offered_until > :now)))
"""
"""How many seats others have, or are just being offered."""


@dataclass(frozen=True, slots=True)
class Seat:
    """`answer`: yes, no, wait, or none yet. `came`: yes or no, once the trainer has said."""

    id: int
    session_id: int
    learner_id: int
    person_id: Carer
    name: str
    answer: str | None
    reason: str | None
    waits_since: datetime | None
    offered_until: datetime | None
    asked_at: datetime | None
    warned_at: datetime | None
    confirmed_at: datetime | None
    came: str | None


@dataclass(frozen=True, slots=True)
class Standing:
    """How many answered what."""

    yes: int
    no: int
    waiting: int
    silent: int


def invite(tx: Transaction, session_id: int, audience: str, *, now: datetime) -> int:
    """Everybody of the audience who can be reached, each learner once; how many there are by now."""
    tx.run(
        """
        INSERT INTO seats (session_id, learner_id, person_id, invited_at)
        SELECT :session_id, learners.id, learners.person_id, :now
        FROM   learners
        JOIN   carers ON carers.person_id = learners.person_id
        JOIN   people ON people.id = learners.person_id
        WHERE  carers.audience = :audience AND people.silent_since IS NULL AND learners.left_at IS NULL
        ORDER  BY learners.id
        ON CONFLICT (session_id, learner_id) DO NOTHING
        """,
        session_id=session_id,
        audience=audience,
        now=now,
    )
    row = tx.one("SELECT count(DISTINCT person_id) AS n FROM seats WHERE session_id = :id", id=session_id)
    return int(row["n"]) if row else 0


def add(tx: Transaction, session_id: int, learner_id: int, *, now: datetime) -> None:
    """One more is invited, unless they are already."""
    tx.run(
        """
        INSERT INTO seats (session_id, learner_id, person_id, invited_at)
        SELECT :session_id, id, person_id, :now FROM learners WHERE id = :learner_id
        ON CONFLICT (session_id, learner_id) DO NOTHING
        """,
        session_id=session_id,
        learner_id=learner_id,
        now=now,
    )


def answer(tx: Transaction, seat_id: int, answer: str, *, now: datetime) -> bool:
    """Notes yes or no; a yes only while there is a seat, decided in this one statement. Whether it was noted."""
    return bool(
        tx.run(
            f"""
            UPDATE seats SET answer = :answer, answered_at = :now, reason = NULL, waits_since = NULL
            WHERE  id = :id
            AND    (:answer = 'no' OR {TAKEN} < (SELECT capacity FROM sessions WHERE sessions.id = seats.session_id))
            """,
            id=seat_id,
            answer=answer,
            now=now,
        )
    )


def open_again(tx: Transaction, session_id: int) -> None:
    """The session has moved: everybody is asked once more."""
    tx.run(
        """
        UPDATE seats SET answer = NULL, answered_at = NULL, reason = NULL, waits_since = NULL, offered_until = NULL,
               asked_at = NULL, warned_at = NULL, confirmed_at = NULL, version = version + 1
        WHERE  session_id = :id
        """,
        id=session_id,
    )


def by_id(tx: Transaction, seat_id: int) -> Seat | None:
    row = tx.one(f"SELECT {COLUMNS} FROM {OF_LEARNERS} WHERE seats.id = :id", id=seat_id)
    return _seat(tx, row) if row else None


def of_session(tx: Transaction, session_id: int) -> list[Seat]:
    rows = tx.all(f"SELECT {COLUMNS} FROM {OF_LEARNERS} WHERE session_id = :id ORDER BY seats.id", id=session_id)
    return [_seat(tx, row) for row in rows]


def of_phone(tx: Transaction, session_id: int, person_id: int) -> list[Seat]:
    """Those of one phone: one, or a couple's two."""
    rows = tx.all(
        f"SELECT {COLUMNS} FROM {OF_LEARNERS} WHERE session_id = :id AND seats.person_id = :person_id ORDER BY 1",
        id=session_id,
        person_id=person_id,
    )
    return [_seat(tx, row) for row in rows]


def phones(tx: Transaction, session_id: int, *, but_no: bool = False) -> list[Carer]:
    """The chats of those invited, once each; perhaps without those where everybody said no."""
    rows = tx.all(
        """
        SELECT person_id FROM seats WHERE session_id = :id
        GROUP  BY person_id
        HAVING NOT :but_no OR sum(CASE WHEN answer = 'no' THEN 0 ELSE 1 END) > 0
        ORDER  BY person_id
        """,
        id=session_id,
        but_no=but_no,
    )
    return [Carer(row["person_id"]) for row in rows]


def standing(tx: Transaction, session_id: int) -> Standing:
    rows = tx.all("SELECT answer, count(*) AS n FROM seats WHERE session_id = :id GROUP BY answer", id=session_id)
    found = {row["answer"]: int(row["n"]) for row in rows}
    return Standing(found.get("yes", 0), found.get("no", 0), found.get("wait", 0), found.get(None, 0))


def plan_reminders(tx: Transaction, session_id: int, kind: str, *, version: int, at: datetime) -> None:
    """A due row a phone, in one statement; those who keep hours of their own are planned one by one."""
    tx.run(
        """
        INSERT INTO due (kind, subject_id, person_id, version, at)
        SELECT DISTINCT :kind, :session_id, seats.person_id, :version, :at
        FROM   seats JOIN people ON people.id = seats.person_id
        WHERE  seats.session_id = :session_id AND people.zone IS NULL AND people.quiet_from IS NULL
        ON CONFLICT (kind, subject_id, person_id, version) DO NOTHING
        """,
        kind=kind,
        session_id=session_id,
        version=version,
        at=at,
    )


def with_own_hours(tx: Transaction, session_id: int) -> list[int]:
    """The phones whose owners keep a zone or quiet hours of their own."""
    rows = tx.all(
        """
        SELECT DISTINCT people.id FROM seats JOIN people ON people.id = seats.person_id
        WHERE  seats.session_id = :id AND (people.zone IS NOT NULL OR people.quiet_from IS NOT NULL)
        """,
        id=session_id,
    )
    return [int(row["id"]) for row in rows]


def _seat(tx: Transaction, row: Row) -> Seat:
    kept = {name.split(".")[-1]: row[name.split(".")[-1]] for name in COLUMNS.split(", ")}
    return Seat(**kept | {"name": learners.called(tx, row["name"]), "person_id": Carer(row["person_id"])})
