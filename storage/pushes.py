"""How many new messages about planned work somebody has had lately, so that they stay few."""

from datetime import datetime

from storage.db import Transaction


def count(tx: Transaction, person_id: int, *, since: datetime) -> int:
    row = tx.one(
        "SELECT count(*) AS n FROM pushes WHERE person_id = :person_id AND at > :since",
        person_id=person_id,
        since=since,
    )
    return int(row["n"]) if row else 0


def note(tx: Transaction, person_id: int, *, now: datetime) -> None:
    tx.run("INSERT INTO pushes (person_id, at) VALUES (:person_id, :now)", person_id=person_id, now=now)


def count_before(tx: Transaction, *, before: datetime) -> int:
    row = tx.one("SELECT count(*) AS n FROM pushes WHERE at < :before", before=before)
    return int(row["n"]) if row else 0


def forget(tx: Transaction, *, before: datetime) -> int:
    return tx.run("DELETE FROM pushes WHERE at < :before", before=before)
