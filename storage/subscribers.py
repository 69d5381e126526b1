"""Who joined which campaign by their own choice, and nothing else about it."""

from dataclasses import dataclass
from datetime import datetime

from storage.db import Transaction


@dataclass(frozen=True, slots=True)
class Joined:
    campaign: str
    joined_at: datetime


def join(tx: Transaction, person_id: int, campaign: str, *, now: datetime) -> None:
    tx.run(
        """
        INSERT INTO subscribers (person_id, campaign, joined_at) VALUES (:person_id, :campaign, :now)
        ON CONFLICT (person_id, campaign) DO NOTHING
        """,
        person_id=person_id,
        campaign=campaign,
        now=now,
    )


def leave(tx: Transaction, person_id: int, campaign: str) -> None:
    tx.run(
        "DELETE FROM subscribers WHERE person_id = :person_id AND campaign = :campaign",
        person_id=person_id,
        campaign=campaign,
    )


def leave_all(tx: Transaction, person_id: int) -> None:
    """Nothing tells any more that this person joined, or was written to."""
    tx.run("DELETE FROM subscribers WHERE person_id = :person_id", person_id=person_id)
    tx.run("DELETE FROM broadcast_people WHERE person_id = :person_id", person_id=person_id)


def joined(tx: Transaction, person_id: int, campaign: str) -> bool:
    row = tx.one(
        "SELECT 1 FROM subscribers WHERE person_id = :person_id AND campaign = :campaign",
        person_id=person_id,
        campaign=campaign,
    )
    return row is not None


def of_person(tx: Transaction, person_id: int) -> list[Joined]:
    rows = tx.all(
        "SELECT campaign, joined_at FROM subscribers WHERE person_id = :person_id ORDER BY joined_at",
        person_id=person_id,
    )
    return [Joined(**row) for row in rows]
