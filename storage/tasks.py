"""Tasks: what a named person has still to do about a case, by when. A case's next step is one of them."""

from dataclasses import dataclass
from datetime import datetime

from bot.core.whom import Colleague
from storage.db import Transaction

COLUMNS = "id, case_id, person_id, kind, deadline_id, due_at, made_at, done_at, version, session_id"


@dataclass(frozen=True, slots=True)
class Task:
    """`kind`: what is to be done, a key of handlers/tasks.py. `version` grows with every new moment or person."""

    id: int
    case_id: int | None
    person_id: Colleague
    kind: str
    deadline_id: int | None
    due_at: datetime
    made_at: datetime
    done_at: datetime | None
    version: int
    session_id: int | None = None


def make(
    tx: Transaction,
    kind: str,
    *,
    to: int,
    case_id: int | None,
    due_at: datetime,
    now: datetime,
    deadline_id: int | None = None,
    session_id: int | None = None,
) -> Task:
    """The task; the open one, if the same person has it about the same case, deadline and training already."""
    same = (
        "person_id = :to AND kind = :kind AND done_at IS NULL "
        "AND COALESCE(case_id, 0) = :case AND COALESCE(deadline_id, 0) = :deadline "
        "AND COALESCE(session_id, 0) = :session"
    )
    about = {"case": case_id or 0, "deadline": deadline_id or 0, "session": session_id or 0}
    row = tx.one(f"SELECT {COLUMNS} FROM tasks WHERE {same}", to=to, kind=kind, **about) or tx.one(
        f"""
        INSERT INTO tasks (case_id, person_id, kind, deadline_id, session_id, due_at, made_at)
        VALUES (:case_id, :to, :kind, :deadline_id, :session_id, :due_at, :now)
        RETURNING {COLUMNS}
        """,
        to=to,
        kind=kind,
        case_id=case_id,
        deadline_id=deadline_id,
        session_id=session_id,
        due_at=due_at,
        now=now,
    )
    assert row is not None  # noqa: S101 - RETURNING gives the row that was inserted
    return Task(**row)


def by_id(tx: Transaction, task_id: int) -> Task | None:
    row = tx.one(f"SELECT {COLUMNS} FROM tasks WHERE id = :id", id=task_id)
    return Task(**row) if row else None


def done(tx: Transaction, task_id: int, *, by: int | None, now: datetime) -> Task | None:
    """None when it was done before. `by` is nobody when what it asked for came about by itself."""
    row = tx.one(
        f"UPDATE tasks SET done_at = :now, done_by = :by WHERE id = :id AND done_at IS NULL RETURNING {COLUMNS}",
        id=task_id,
        by=by,
        now=now,
    )
    return Task(**row) if row else None


def move(tx: Transaction, task_id: int, *, due_at: datetime) -> Task | None:
    """The same task at another time; None when it is done."""
    row = tx.one(
        f"UPDATE tasks SET due_at = :due_at, version = version + 1 WHERE id = :id AND done_at IS NULL "
        f"RETURNING {COLUMNS}",
        id=task_id,
        due_at=due_at,
    )
    return Task(**row) if row else None


def give(tx: Transaction, task_id: int, *, to: int) -> Task | None:
    """The same task, another's from now on; None when it is done."""
    row = tx.one(
        f"UPDATE tasks SET person_id = :to, version = version + 1 WHERE id = :id AND done_at IS NULL "
        f"RETURNING {COLUMNS}",
        id=task_id,
        to=to,
    )
    return Task(**row) if row else None


def of_person(tx: Transaction, person_id: int, *, most: int = 1000) -> list[Task]:
    """What this person has still to do, the earliest first."""
    rows = tx.all(
        f"SELECT {COLUMNS} FROM tasks WHERE person_id = :person_id AND done_at IS NULL ORDER BY due_at LIMIT :most",
        person_id=person_id,
        most=most,
    )
    return [Task(**row) for row in rows]


def of_case(tx: Transaction, case_id: int) -> list[Task]:
    """What is still to be done about the case, the earliest first."""
    rows = tx.all(
        f"SELECT {COLUMNS} FROM tasks WHERE case_id = :case_id AND done_at IS NULL ORDER BY due_at", case_id=case_id
    )
    return [Task(**row) for row in rows]


def of_kind(tx: Transaction, case_id: int, kind: str) -> Task | None:
    """The open task of that kind about the case, whoever has it."""
    row = tx.one(
        f"SELECT {COLUMNS} FROM tasks WHERE case_id = :case_id AND kind = :kind AND done_at IS NULL "
        "ORDER BY id LIMIT 1",
        case_id=case_id,
        kind=kind,
    )
    return Task(**row) if row else None


def of_session(tx: Transaction, session_id: int, kind: str) -> list[Task]:
    """The open ones of that kind about the training."""
    rows = tx.all(
        f"SELECT {COLUMNS} FROM tasks WHERE session_id = :id AND kind = :kind AND done_at IS NULL ORDER BY id",
        id=session_id,
        kind=kind,
    )
    return [Task(**row) for row in rows]


def told_since(tx: Transaction, person_id: int, kind: str, *, since: datetime) -> list[Task]:
    """The open ones of that kind that this person was given since then, the oldest first."""
    rows = tx.all(
        f"SELECT {COLUMNS} FROM tasks WHERE person_id = :person_id AND kind = :kind AND done_at IS NULL "
        "AND made_at > :since ORDER BY id",
        person_id=person_id,
        kind=kind,
        since=since,
    )
    return [Task(**row) for row in rows]


def end_of_case(tx: Transaction, case_id: int, *, now: datetime) -> None:
    """The case is closed: nothing is left to do about it."""
    tx.run("UPDATE tasks SET done_at = :now WHERE case_id = :case_id AND done_at IS NULL", case_id=case_id, now=now)
