"""Carers as far as trainings go. Two who share a phone are two learners, with two records."""

from dataclasses import dataclass
from datetime import datetime

from bot.core.whom import Carer
from storage import seal
from storage.db import Row, Transaction

NAME, PHONE_NAME = "learners.name", "people.name"
COLUMNS = "id, person_id, name, joined_at"


@dataclass(frozen=True, slots=True)
class Learner:
    """`name` is what the two call themselves here; empty as long as a phone has only one."""

    id: int
    person_id: Carer
    name: str
    joined_at: datetime


def join(tx: Transaction, person_id: int, *, now: datetime) -> None:
    """The phone has a learner from now on, if it had none."""
    tx.run(
        """
        INSERT INTO learners (person_id, joined_at)
        SELECT :person_id, :now
        WHERE  NOT EXISTS (SELECT 1 FROM learners WHERE person_id = :person_id AND left_at IS NULL)
        """,
        person_id=person_id,
        now=now,
    )


def add(tx: Transaction, person_id: int, name: str, *, now: datetime) -> Learner:
    """One more at the same phone."""
    row = tx.one(
        f"INSERT INTO learners (person_id, name, joined_at) VALUES (:person_id, :name, :now) RETURNING {COLUMNS}",
        person_id=person_id,
        name=_sealed(tx, name),
        now=now,
    )
    assert row is not None  # noqa: S101 - RETURNING gives the row that was inserted
    return _learner(tx, row)


def name(tx: Transaction, learner_id: int, name: str) -> None:
    tx.run("UPDATE learners SET name = :name WHERE id = :id", id=learner_id, name=_sealed(tx, name))


def leave(tx: Transaction, learner_id: int, *, now: datetime) -> None:
    """No longer a carer here; what was credited stays."""
    tx.run("UPDATE learners SET left_at = :now WHERE id = :id AND left_at IS NULL", id=learner_id, now=now)


def by_id(tx: Transaction, learner_id: int) -> Learner | None:
    row = tx.one(f"SELECT {COLUMNS} FROM learners WHERE id = :id", id=learner_id)
    return _learner(tx, row) if row else None


def of_person(tx: Transaction, person_id: int) -> list[Learner]:
    """Who of that phone is a carer here today."""
    rows = tx.all(f"SELECT {COLUMNS} FROM learners WHERE person_id = :id AND left_at IS NULL ORDER BY id", id=person_id)
    return [_learner(tx, row) for row in rows]


def _sealed(tx: Transaction, name: str) -> bytes:
    return seal.seal(tx.vault.derived("learners"), name, of=NAME)


def _learner(tx: Transaction, row: Row) -> Learner:
    return Learner(row["id"], Carer(row["person_id"]), called(tx, row["name"]), row["joined_at"])


def called(tx: Transaction, sealed: bytes | None) -> str:
    """The name in plain; empty where there is none."""
    return str(seal.unseal(tx.vault.derived("learners"), sealed, of=NAME)) if sealed else ""


CALLED = "learners.name AS own_name, people.name AS phone_name"
"""What `full_name` needs, of learners joined to people."""


@dataclass(frozen=True, slots=True)
class Known:
    """A learner as staff see one: by the name of two who share a phone, else by the phone's."""

    id: int
    person_id: Carer
    name: str
    joined_at: datetime
    audiences: tuple[str, ...]
    reachable: bool


def everybody(tx: Transaction) -> list[Known]:
    """All who are carers here today, in the order in which they joined."""
    rows = tx.all(
        f"""
        SELECT learners.id, learners.person_id, learners.joined_at, {CALLED}, people.silent_since, carers.audience
        FROM   learners JOIN people ON people.id = learners.person_id
        LEFT   JOIN carers ON carers.person_id = people.id
        WHERE  learners.left_at IS NULL ORDER BY learners.id, carers.audience
        """
    )
    found: dict[int, list[Row]] = {}
    for row in rows:
        found.setdefault(row["id"], []).append(row)
    return [_known(tx, of_one) for of_one in found.values()]


def known(tx: Transaction, learner_id: int) -> Known | None:
    """None when there is nobody, or not any more."""
    rows = tx.all(
        f"""
        SELECT learners.id, learners.person_id, learners.joined_at, {CALLED}, people.silent_since, carers.audience
        FROM   learners JOIN people ON people.id = learners.person_id
        LEFT   JOIN carers ON carers.person_id = people.id
        WHERE  learners.id = :id AND learners.left_at IS NULL ORDER BY carers.audience
        """,
        id=learner_id,
    )
    return _known(tx, rows) if rows else None


def give_up_seats(tx: Transaction, learner_id: int, *, now: datetime) -> list[int]:
    """The seats ahead of somebody who is no carer here any more; of which sessions."""
    rows = tx.all(
        """
        DELETE FROM seats WHERE learner_id = :id AND came IS NULL
        AND    session_id IN (SELECT id FROM sessions WHERE state = 'planned' AND starts_at > :now)
        RETURNING session_id
        """,
        id=learner_id,
        now=now,
    )
    return sorted(int(row["session_id"]) for row in rows)


def take_seats(tx: Transaction, learner_id: int, *, now: datetime) -> int:
    """An open answer at every session ahead to which the phone was invited; how many."""
    return tx.run(
        """
        INSERT INTO seats (session_id, learner_id, person_id, invited_at)
        SELECT DISTINCT sessions.id, learners.id, learners.person_id, :now
        FROM   learners JOIN seats AS beside ON beside.person_id = learners.person_id
        JOIN   sessions ON sessions.id = beside.session_id
        WHERE  learners.id = :id AND sessions.state = 'planned' AND sessions.starts_at > :now
        AND    sessions.group_id IS NULL
        ON CONFLICT (session_id, learner_id) DO NOTHING
        """,
        id=learner_id,
        now=now,
    )


def full_name(tx: Transaction, row: Row) -> str:
    """As staff call them; empty where nobody said a name."""
    of_phone = seal.unseal(tx.vault.derived("names"), row["phone_name"], of=PHONE_NAME) if row["phone_name"] else ""
    return called(tx, row["own_name"]) or str(of_phone)


def _known(tx: Transaction, rows: list[Row]) -> Known:
    row = rows[0]
    audiences = tuple(each["audience"] for each in rows if each["audience"])
    name, reachable = full_name(tx, row), row["silent_since"] is None
    return Known(row["id"], Carer(row["person_id"]), name, row["joined_at"], audiences, reachable)


def came(tx: Transaction, learner_id: int) -> dict[str, int]:
    """How often yes and no, of the sessions whose trainer has said so."""
    rows = tx.all(
        "SELECT came, count(*) AS n FROM seats WHERE learner_id = :id AND came IS NOT NULL GROUP BY came", id=learner_id
    )
    return {row["came"]: int(row["n"]) for row in rows}
