"""Carers as far as trainings go. Two who share a phone are two learners, with two records."""

from dataclasses import dataclass
from datetime import datetime

from bot.core.whom import Carer
from storage import seal
from storage.db import Row, Transaction

NAME = "learners.name"
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
