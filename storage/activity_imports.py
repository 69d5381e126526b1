"""What is no case, from a table: events, materials, stays, figures as of a day.

A row is given and comes back as its cells (bot/core/activity_table.py). It is known again by all of it and which of its
equals it is; what staff have noted counts among the equals.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any, Final

from bot.core.activity_table import NAMES
from bot.core.register import Cells
from storage import seal
from storage.db import Row, Transaction, named

CONTENT: Final = "activities.content"
PURPOSE: Final = "activities"
CURRENT: Final = "import_id IN (SELECT id FROM activity_imports WHERE current_at IS NOT NULL)"
UNFINISHED: Final = "SELECT id FROM activity_imports WHERE current_at IS NULL AND begun_at < :before"
OPEN: Final = ("kind", "district", "audience", "persons", "items", "count")
COUNTED: Final = ("persons", "items", "count")
PAGE: Final = 2000


def rows(tx: Transaction) -> Iterator[Cells]:
    """Everything that counts, from tables and from staff."""
    last_id = 0
    while page := tx.all(f"{_ROWS} AND id > :last_id ORDER BY id LIMIT :most", last_id=last_id, most=PAGE):
        yield from (_cells(tx, row) for row in page)
        last_id = page[-1]["id"]


def mark(tx: Transaction, row: Cells, *, nth: int) -> bytes:
    return tx.vault.fingerprint("\0".join((*row, str(nth))), of=PURPOSE)


def drop_unfinished(tx: Transaction, *, begun_before: datetime, most: int) -> int:
    """Takes away so many rows of imports that were killed half-way; 0 when nothing of them is left."""
    left = tx.all(f"SELECT id FROM activities WHERE import_id IN ({UNFINISHED}) LIMIT :most",
                  before=begun_before, most=most)  # fmt: skip
    if left:
        among, values = named("id", [row["id"] for row in left])
        tx.run(f"DELETE FROM activities WHERE id IN {among}", **values)
    else:
        tx.run("DELETE FROM activity_imports WHERE current_at IS NULL AND begun_at < :before", before=begun_before)
    return len(left)


def begin(tx: Transaction, *, now: datetime) -> int:
    row = tx.one("INSERT INTO activity_imports (begun_at) VALUES (:now) RETURNING id", now=now)
    assert row is not None  # noqa: S101 - RETURNING gives the row that was inserted
    return int(row["id"])


def put(tx: Transaction, import_id: int, row: Cells, name: bytes, *, now: datetime) -> None:
    """A row of that import, with the mark by which it is known."""
    cells = dict(zip(NAMES, row, strict=True))
    content = {"title": cells["title"], "note": cells["note"]}
    tx.run(
        """
        INSERT INTO activities (import_id, mark, day, title_mark, content, kind, district, audience, persons, items,
                                count, made_at)
        VALUES (:import_id, :mark, :day, :title_mark, :content, :kind, :district, :audience, :persons, :items,
                :count, :now)
        """,
        import_id=import_id,
        mark=name,
        day=date.fromisoformat(cells["date"]),
        title_mark=tx.vault.fingerprint(cells["title"], of=PURPOSE) if cells["title"] else None,
        content=seal.seal(tx.vault.derived(PURPOSE), content, of=CONTENT),
        now=now,
        **_open(cells),
    )


def finish(tx: Transaction, import_id: int, *, now: datetime) -> None:
    """From now on its rows are there, apart from those that another import, under way at the same time, has brought."""
    there = f"SELECT mark FROM activities WHERE {CURRENT}"
    tx.run(f"DELETE FROM activities WHERE import_id = :id AND mark IN ({there})", id=import_id)
    tx.run("UPDATE activity_imports SET current_at = :now WHERE id = :id", id=import_id, now=now)


_ROWS: Final = f"""
    SELECT id, content, CAST(day AS TEXT) AS day, {", ".join(OPEN)} FROM activities
    WHERE  undone_at IS NULL AND (import_id IS NULL OR {CURRENT})
"""


def _open(cells: Mapping[str, str]) -> dict[str, Any]:
    of: dict[str, Any] = {name: cells[name] or None for name in OPEN}
    return of | {name: int(cells[name]) for name in COUNTED if cells[name]}


def _cells(tx: Transaction, row: Row) -> Cells:
    content: Any = seal.unseal(tx.vault.derived(PURPOSE), row["content"], of=CONTENT) if row["content"] else {}
    known: Sequence[Any] = (
        row["day"], row["kind"], content.get("title"), row["district"], row["audience"], row["persons"], row["items"],
        row["count"], content.get("note"),
    )  # fmt: skip
    return tuple("" if cell is None else str(cell) for cell in known)
