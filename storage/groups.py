"""Chats of teams into which the bot was invited: for which team and district. A chat that was left needs a new code."""

from dataclasses import dataclass
from datetime import datetime

from bot.core.whom import Group
from storage.db import Transaction


@dataclass(frozen=True, slots=True)
class Joined:
    """An empty district is all of them."""

    team: str
    district: str


def join(tx: Transaction, person_id: int, team: str, district: str, *, now: datetime) -> None:
    tx.run(
        """
        INSERT INTO groups (person_id, team, district, joined_at) VALUES (:person_id, :team, :district, :now)
        ON CONFLICT (person_id) DO UPDATE SET team = :team, district = :district, joined_at = :now, left_at = NULL
        """,
        person_id=person_id,
        team=team,
        district=district,
        now=now,
    )


def leave(tx: Transaction, person_id: int, *, now: datetime) -> None:
    tx.run(
        "UPDATE groups SET left_at = :now WHERE person_id = :person_id AND left_at IS NULL",
        person_id=person_id,
        now=now,
    )


def joined(tx: Transaction, person_id: int) -> Joined | None:
    row = tx.one("SELECT team, district FROM groups WHERE person_id = :id AND left_at IS NULL", id=person_id)
    return Joined(**row) if row else None


def of_team(tx: Transaction, team: str, district: str) -> list[Group]:
    """The groups that hear of this team's cases there."""
    rows = tx.all(
        "SELECT person_id FROM groups WHERE team = :team AND district IN ('', :district) AND left_at IS NULL "
        "ORDER BY person_id",
        team=team,
        district=district,
    )
    return [Group(row["person_id"]) for row in rows]


def move(tx: Transaction, old: int, new: int) -> None:
    """Telegram gave the group another number; what stood in the old chat can be edited no more."""
    tx.run("DELETE FROM groups WHERE person_id = :new", new=new)
    tx.run("UPDATE groups SET person_id = :new WHERE person_id = :old AND left_at IS NULL", old=old, new=new)
    tx.run("UPDATE outbox SET person_id = :new WHERE person_id = :old AND state = 'queued'", old=old, new=new)
