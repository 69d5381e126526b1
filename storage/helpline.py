"""Calls to the helpline: a day and a topic, and nothing of whoever called.

Somebody who opens the branch and leaves without filing is counted as a silent call: a row without anybody.
"""

from collections.abc import Mapping
from datetime import date

from storage.db import Transaction

SILENT = "silent"


def note(tx: Transaction, day: date, topic: str, *, by: int, after: int) -> int | None:
    """One call; None when this person has noted one since the row `after`: the button was pressed twice."""
    row = tx.one(
        """
        INSERT INTO helpline (day, topic, noted_by)
        SELECT :day, :topic, :by
        WHERE  NOT EXISTS (SELECT 1 FROM helpline WHERE noted_by = :by AND id > :after)
        RETURNING id
        """,
        day=day,
        topic=topic,
        by=by,
        after=after,
    )
    return int(row["id"]) if row else None


def silent(tx: Transaction, day: date) -> None:
    """By nobody: no person, no moment."""
    tx.run("INSERT INTO helpline (day, topic) VALUES (:day, :topic)", day=day, topic=SILENT)


def undo(tx: Transaction, row_id: int, *, by: int) -> str | None:
    """That call was none; its topic, or None when it is not this person's or gone already."""
    row = tx.one("DELETE FROM helpline WHERE id = :id AND noted_by = :by RETURNING topic", id=row_id, by=by)
    return str(row["topic"]) if row else None


def newest(tx: Transaction, *, by: int) -> int:
    """The row that this person noted last; 0 for none."""
    row = tx.one("SELECT COALESCE(max(id), 0) AS id FROM helpline WHERE noted_by = :by", by=by)
    return int(row["id"]) if row else 0


def by_topic(tx: Transaction, day: date) -> Mapping[str, int]:
    """How many of each topic on that day, as staff have noted them; the bot's own silent ones apart."""
    rows = tx.all(
        "SELECT topic, count(*) AS n FROM helpline WHERE day = :day AND noted_by IS NOT NULL GROUP BY topic", day=day
    )
    return {str(row["topic"]): int(row["n"]) for row in rows}
