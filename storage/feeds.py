"""Private addresses of calendars. Of the unguessable part only a fingerprint is kept: it is shown once."""

import secrets
from datetime import datetime

from storage.db import Transaction

TOKEN_BYTES = 24


def issue(tx: Transaction, person_id: int, *, now: datetime) -> str:
    """A new address; the one before is dead from this moment."""
    token = secrets.token_urlsafe(TOKEN_BYTES)
    tx.run(
        """
        INSERT INTO feeds (person_id, mark, made_at) VALUES (:person_id, :mark, :now)
        ON CONFLICT (person_id) DO UPDATE SET mark = :mark, made_at = :now
        """,
        person_id=person_id,
        mark=_mark(tx, token),
        now=now,
    )
    return token


def end(tx: Transaction, person_id: int) -> bool:
    """Whether there was one."""
    return bool(tx.run("DELETE FROM feeds WHERE person_id = :person_id", person_id=person_id))


def end_all(tx: Transaction) -> int:
    """After going back to a backup: what was renewed or ended since must not open again. How many there were."""
    return tx.run("DELETE FROM feeds")


def since(tx: Transaction, person_id: int) -> datetime | None:
    """From when on the person has had this address; None for nobody's."""
    row = tx.one("SELECT made_at FROM feeds WHERE person_id = :person_id", person_id=person_id)
    return row["made_at"] if row else None


def whose(tx: Transaction, token: str) -> int | None:
    """Whose calendar it is; nobody's when that person belongs here no more or has stopped the bot.

    A case of the branch keeps none open: that an address answers must not tell of it.
    One statement for every token, known, ended or made up: how long it takes tells nothing.
    """
    row = tx.one(
        """
        SELECT person_id FROM feeds
        WHERE  mark = :mark
        AND    EXISTS (SELECT 1 FROM people WHERE id = feeds.person_id AND silent_since IS NULL)
        AND    (EXISTS (SELECT 1 FROM carers WHERE person_id = feeds.person_id)
                OR EXISTS (SELECT 1 FROM roles WHERE person_id = feeds.person_id AND ended_at IS NULL)
                OR EXISTS (SELECT 1 FROM links JOIN cases ON cases.id = links.case_id
                           WHERE person_id = feeds.person_id AND standing = 'holds' AND NOT cases.branch))
        """,
        mark=_mark(tx, token),
    )
    return int(row["person_id"]) if row else None


def _mark(tx: Transaction, token: str) -> bytes:
    return tx.vault.fingerprint(token, of="feeds")
