"""Trainings that came from a table: what was held, as totals; what is ahead waits until somebody invites to it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from storage import programmes, seal
from storage.db import Row, Transaction

CONTENT = "imported_sessions.content"
PURPOSE = "imported_sessions"
CURRENT = "import_id IN (SELECT id FROM training_imports WHERE current_at IS NOT NULL)"


@dataclass(frozen=True, slots=True)
class Waiting:
    """A session ahead to which nobody was invited yet."""

    id: int
    programme_id: int
    title: str
    place: str
    audience: str
    starts_at: datetime
    hours: int
    capacity: int


@dataclass(frozen=True, slots=True)
class Held:
    """What was held, of one programme or of all."""

    sessions: int
    hours: int
    invited: int
    came: int
    certificates: int


def mark(tx: Transaction, row: Mapping[str, Any]) -> bytes:
    """By which a row is known again: the same session of the same programme, without saying which."""
    name = (row["programme"], row["audience"], row["title"], row["starts_at"].isoformat(), row["place"] or "")
    return tx.vault.fingerprint("\n".join(name), of=PURPOSE)


def known(tx: Transaction, marks: Collection[bytes]) -> set[bytes]:
    """Which of them are imported already."""
    rows = tx.all(f"SELECT mark FROM imported_sessions WHERE {CURRENT}")
    return {row["mark"] for row in rows} & set(marks)


def drop_unfinished(tx: Transaction, *, begun_before: datetime) -> None:
    """Rows of imports that were killed half-way."""
    unfinished = "SELECT id FROM training_imports WHERE current_at IS NULL AND begun_at < :before"
    tx.run(f"DELETE FROM imported_sessions WHERE import_id IN ({unfinished})", before=begun_before)
    tx.run(f"DELETE FROM programmes WHERE import_id IN ({unfinished})", before=begun_before)
    tx.run("DELETE FROM training_imports WHERE current_at IS NULL AND begun_at < :before", before=begun_before)


def begin(tx: Transaction, *, now: datetime) -> int:
    row = tx.one("INSERT INTO training_imports (begun_at) VALUES (:now) RETURNING id", now=now)
    assert row is not None  # noqa: S101 - RETURNING gives the row that was inserted
    return int(row["id"])


def put(tx: Transaction, import_id: int, row: Mapping[str, Any], *, programme_id: int) -> None:
    """A row of that import, unless it is known."""
    content = {"title": row["title"], "place": row["place"] or "", "certificates": row["certificate"][1]}
    tx.run(
        f"""
        INSERT INTO imported_sessions
               (import_id, mark, content, programme_id, audience, starts_at, hours, capacity, invited, came,
                certificates)
        SELECT :import_id, :mark, :content, :programme_id, :audience, :starts_at, :hours, :capacity, :invited, :came,
               :certificates
        WHERE  NOT EXISTS (SELECT 1 FROM imported_sessions WHERE mark = :mark AND {CURRENT})
        """,
        import_id=import_id,
        mark=mark(tx, row),
        content=seal.seal(tx.vault.derived(PURPOSE), content, of=CONTENT),
        programme_id=programme_id,
        audience=row["audience"],
        starts_at=row["starts_at"],
        hours=row["hours"],
        capacity=row["capacity"],
        invited=row["invited"],
        came=row["came"],
        certificates=row["certificate"][0],
    )


def finish(tx: Transaction, import_id: int, *, now: datetime) -> None:
    """From now on its rows are there, apart from those that another import, under way at the same time, has brought."""
    there = f"SELECT mark FROM imported_sessions WHERE {CURRENT}"
    tx.run(f"DELETE FROM imported_sessions WHERE import_id = :id AND mark IN ({there})", id=import_id)
    used = "SELECT programme_id FROM imported_sessions WHERE import_id = :id AND programme_id IS NOT NULL"
    tx.run(f"DELETE FROM programmes WHERE import_id = :id AND id NOT IN ({used})", id=import_id)
    tx.run("UPDATE training_imports SET current_at = :now WHERE id = :id", id=import_id, now=now)


def ahead(tx: Transaction, *, now: datetime, most: int) -> Sequence[Waiting]:
    """The nearest first."""
    rows = tx.all(f"{_WAITING} ORDER BY starts_at, id LIMIT :most", now=now, most=most)
    return [_waiting(tx, row) for row in rows]


def ahead_one(tx: Transaction, row_id: int, *, now: datetime) -> Waiting | None:
    row = tx.one(f"{_WAITING} AND id = :id", id=row_id, now=now)
    return _waiting(tx, row) if row else None


def became(tx: Transaction, row_id: int, session_id: int) -> None:
    """It is a session like any other from now on."""
    tx.run("UPDATE imported_sessions SET session_id = :session_id WHERE id = :id", id=row_id, session_id=session_id)


def held(tx: Transaction, programme_id: int = 0) -> Held:
    """What had been held when it was imported."""
    row = tx.one(
        """
        SELECT count(*) AS sessions, COALESCE(sum(hours), 0) AS hours, COALESCE(sum(invited), 0) AS invited,
               COALESCE(sum(came), 0) AS came, COALESCE(sum(certificates), 0) AS certificates
        FROM   imported_sessions
        WHERE  starts_at <= (SELECT begun_at FROM training_imports WHERE id = import_id AND current_at IS NOT NULL)
        AND    (:programme_id = 0 OR programme_id = :programme_id)
        """,
        programme_id=programme_id,
    )
    assert row is not None  # noqa: S101 - an aggregate has a row
    return Held(**{name: int(row[name]) for name in Held.__slots__})


def programmes_of(
    tx: Transaction, rows: Collection[Mapping[str, Any]], *, import_id: int, now: datetime
) -> dict[tuple[str, str], int]:
    """The programme of each (title, audience), made where it is new; closed ones are found too."""
    found = {(each.title, each.audience): each.id for each in reversed(programmes.every(tx, import_id=import_id))}
    for row in rows:
        name = (row["programme"], row["audience"])
        if name not in found:
            kind = KIND_OF.get(row["audience"], "foster_in_service")
            made = programmes.make(
                tx,
                title=name[0],
                kind=kind,
                audience=name[1],
                hours=row["hours"],
                import_id=import_id,
                by=None,
                now=now,
            )
            found[name] = made.id
    return found


KIND_OF = {"candidates": "candidate_preparation", "guardians": "guardian_seminar"}
"""A table does not say which kind a programme is of; this is the likely one by its audience [P]."""
_WAITING = f"""
    SELECT id, programme_id, content, audience, starts_at, hours, capacity FROM imported_sessions
    WHERE  {CURRENT} AND session_id IS NULL AND capacity IS NOT NULL AND starts_at > :now
"""


def _waiting(tx: Transaction, row: Row) -> Waiting:
    content = seal.unseal(tx.vault.derived(PURPOSE), row["content"], of=CONTENT)
    assert isinstance(content, dict)  # noqa: S101 - put stored one
    kept = {name: row[name] for name in row.keys() if name != "content"}  # noqa: SIM118 - a Row iterates its values
    return Waiting(title=content["title"], place=content["place"], **kept)
