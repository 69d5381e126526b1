"""Trainings: a session, who is invited, what they answered."""

from dataclasses import dataclass
from datetime import datetime

from bot.core.whom import Carer
from storage import seal
from storage.db import Row, Transaction

CONTENT = "sessions.content"
COLUMNS = "id, content, audience, starts_at, hours, capacity, state, version, made_by"


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


@dataclass(frozen=True, slots=True)
class Standing:
    """How many answered what."""

    yes: int
    no: int
    silent: int


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
    """The session at its new time, in its next version, all answers open again; None unless it is planned."""
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
    tx.run("UPDATE seats SET answer = NULL, answered_at = NULL WHERE session_id = :id", id=session_id)
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


def invite(tx: Transaction, session_id: int, person_id: int, *, now: datetime) -> None:
    tx.run(
        """
        INSERT INTO learners (person_id, joined_at)
        SELECT :person_id, :now WHERE NOT EXISTS (SELECT 1 FROM learners WHERE person_id = :person_id)
        """,
        person_id=person_id,
        now=now,
    )
    tx.run(
        """
        INSERT INTO seats (session_id, learner_id, person_id, invited_at)
        SELECT :session_id, id, person_id, :now FROM learners WHERE person_id = :person_id
        ON CONFLICT (session_id, learner_id) DO NOTHING
        """,
        session_id=session_id,
        person_id=person_id,
        now=now,
    )


def invited(tx: Transaction, session_id: int) -> dict[Carer, str | None]:
    """Everybody invited, with their answers."""
    rows = tx.all("SELECT person_id, answer FROM seats WHERE session_id = :id ORDER BY person_id", id=session_id)
    return {Carer(row["person_id"]): row["answer"] for row in rows}


def answer(tx: Transaction, session_id: int, person_id: int, answer: str, *, now: datetime) -> bool:
    """Notes yes or no; a yes only while there is a seat, decided in this one statement. Whether it was noted."""
    return bool(
        tx.run(
            """
            UPDATE seats SET answer = :answer, answered_at = :now
            WHERE  session_id = :session_id AND person_id = :person_id
            AND    (:answer = 'no' OR (SELECT count(*) FROM seats AS taken
                                       WHERE taken.session_id = :session_id AND taken.answer = 'yes'
                                       AND   taken.person_id <> :person_id)
                                      < (SELECT capacity FROM sessions WHERE id = :session_id))
            """,
            session_id=session_id,
            person_id=person_id,
            answer=answer,
            now=now,
        )
    )


def answered(tx: Transaction, session_id: int, person_id: int) -> str | None:
    row = tx.one(
        "SELECT answer FROM seats WHERE session_id = :session_id AND person_id = :person_id",
        session_id=session_id,
        person_id=person_id,
    )
    return row["answer"] if row else None


def is_invited(tx: Transaction, session_id: int, person_id: int) -> bool:
    row = tx.one(
        "SELECT 1 FROM seats WHERE session_id = :session_id AND person_id = :person_id",
        session_id=session_id,
        person_id=person_id,
    )
    return row is not None


def standing(tx: Transaction, session_id: int) -> Standing:
    answers = list(invited(tx, session_id).values())
    return Standing(answers.count("yes"), answers.count("no"), answers.count(None))


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
