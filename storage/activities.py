"""What the centre does that is no case: noted by staff, or brought by a table; what counts is the newest of each."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from storage import seal
from storage.db import Row, Transaction

CONTENT, PURPOSE = "activities.content", "activities"
STAY = "day_centre_stay"
COUNTS = (
    "undone_at IS NULL "
    "AND (import_id IS NULL OR import_id IN (SELECT id FROM activity_imports WHERE current_at IS NOT NULL))"
)
COLUMNS = "id, day, kind, content, district, audience, persons, items, count, made_by"


@dataclass(frozen=True, slots=True)
class Activity:
    """`items`: of materials how many, of a stay its days. `title`: of a stay how they came."""

    id: int
    day: date
    kind: str
    title: str
    note: str
    district: str | None
    audience: str | None
    persons: int | None
    items: int | None
    count: int
    made_by: int | None


def note(
    tx: Transaction,
    *,
    day: date,
    kind: str,
    title: str,
    district: str | None = None,
    audience: str | None = None,
    persons: int | None = None,
    items: int | None = None,
    count: int = 1,
    words: str = "",
    by: int,
    now: datetime,
) -> int:
    """Its title and words are sealed; equal titles can be told to be equal by their mark."""
    content = {"title": title, "note": words}
    row = tx.one(
        """
        INSERT INTO activities (day, kind, title_mark, content, district, audience, persons, items, count, made_by,
                                made_at)
        VALUES (:day, :kind, :mark, :content, :district, :audience, :persons, :items, :count, :by, :now)
        RETURNING id
        """,
        day=day,
        kind=kind,
        mark=tx.vault.fingerprint(title, of=PURPOSE) if title else None,
        content=seal.seal(tx.vault.derived(PURPOSE), content, of=CONTENT),
        district=district,
        audience=audience,
        persons=persons,
        items=items,
        count=count,
        by=by,
        now=now,
    )
    assert row is not None  # noqa: S101 - RETURNING gives the row that was inserted
    return int(row["id"])


def undo(tx: Transaction, activity_id: int, *, by: int, now: datetime) -> bool:
    """It counts no more; False when it is not this person's, or was undone before."""
    return bool(
        tx.run(
            "UPDATE activities SET undone_at = :now "
            "WHERE id = :id AND made_by = :by AND import_id IS NULL AND undone_at IS NULL",
            id=activity_id,
            by=by,
            now=now,
        )
    )


def by_id(tx: Transaction, activity_id: int) -> Activity | None:
    row = tx.one(f"SELECT {COLUMNS} FROM activities WHERE id = :id AND {COUNTS}", id=activity_id)
    return _activity(tx, row) if row else None


def newest(tx: Transaction, *, by: int, since: datetime) -> Sequence[Activity]:
    """What this person has noted since then, but for stays; the last one first."""
    rows = tx.all(
        f"SELECT {COLUMNS} FROM activities WHERE made_by = :by AND made_at >= :since AND kind <> '{STAY}' "
        f"AND {COUNTS} ORDER BY id DESC",
        by=by,
        since=since,
    )
    return [_activity(tx, row) for row in rows]


def until(tx: Transaction, last: date) -> Sequence[Activity]:
    """Of everybody and of tables, until that day, by day."""
    rows = tx.all(f"SELECT {COLUMNS} FROM activities WHERE day <= :last AND {COUNTS} ORDER BY day, id", last=last)
    return [_activity(tx, row) for row in rows]


# Stays at the day centre


def stays(tx: Transaction, *, since: date) -> Sequence[Activity]:
    """Those that began on that day or later, by day."""
    rows = tx.all(
        f"SELECT {COLUMNS} FROM activities WHERE kind = '{STAY}' AND day >= :since AND {COUNTS} ORDER BY day, id",
        since=since,
    )
    return [_activity(tx, row) for row in rows]


def lasts(tx: Transaction, stay_id: int, days: int, *, instead_of: int) -> bool:
    """The stay has so many days from now on; False when it does not have the other number of days now."""
    return bool(
        tx.run(
            f"UPDATE activities SET items = :days WHERE id = :id AND items = :before AND kind = '{STAY}' "
            "AND import_id IS NULL AND undone_at IS NULL",
            id=stay_id,
            days=days,
            before=instead_of,
        )
    )


def _activity(tx: Transaction, row: Row) -> Activity:
    content = seal.unseal(tx.vault.derived(PURPOSE), row["content"], of=CONTENT) if row["content"] else {}
    assert isinstance(content, dict)  # noqa: S101 - note stored one
    kept = {name: row[name] for name in row.keys() if name != "content"}  # noqa: SIM118 - a Row iterates its values
    return Activity(title=content.get("title") or "", note=content.get("note") or "", **kept)
