"""The year's plan. Rows belong to an import, and the newest one that was finished counts; marks belong to the item."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from bot.core import plan
from bot.core.plan import Item, Mark, Rhythm
from bot.core.plan import Row as PlanRow
from storage import seal
from storage.db import Row, Transaction

CONTENT, NOTE, PURPOSE = "plan_rows.content", "plan_marks.note", "plan"
MARK = "id, item_id, kind, day, state, amount, note"
CURRENT = """
    (SELECT id FROM plan_imports WHERE year = :year AND current_at IS NOT NULL
     ORDER BY current_at DESC, id DESC LIMIT 1)
"""


@dataclass(frozen=True, slots=True)
class Noted:
    """A mark, and of which item it is."""

    item_id: int
    mark: Mark


# Imports


def begin(tx: Transaction, year: int, *, now: datetime) -> int:
    """A new import, of which nobody sees anything yet."""
    row = tx.one("INSERT INTO plan_imports (year, begun_at) VALUES (:year, :now) RETURNING id", year=year, now=now)
    assert row is not None  # noqa: S101 - RETURNING gives the row that was inserted
    return int(row["id"])


def put(tx: Transaction, import_id: int, year: int, wanted: PlanRow) -> None:
    """A row of that import; the item is the same as in the imports before, by year and number."""
    tx.run(
        "INSERT INTO plan_items (year, item) VALUES (:year, :item) ON CONFLICT (year, item) DO NOTHING",
        year=year,
        item=wanted.item,
    )
    tx.run(
        """
        INSERT INTO plan_rows (import_id, item_id, kind, periodicity, days, roles, content)
        SELECT :import_id, id, :kind, :periodicity, :days, :roles, :content
        FROM   plan_items WHERE year = :year AND item = :item
        """,
        import_id=import_id,
        kind=wanted.rhythm.kind,
        periodicity=wanted.rhythm.key,
        days=";".join(day.isoformat() for day in wanted.rhythm.days),
        roles=";".join(wanted.roles),
        content=_sealed(tx, {"title": wanted.title, "term": wanted.term}, CONTENT),
        year=year,
        item=wanted.item,
    )


def finish(tx: Transaction, import_id: int, *, now: datetime) -> None:
    """From now on this import is the plan of its year."""
    tx.run("UPDATE plan_imports SET current_at = :now WHERE id = :id", id=import_id, now=now)


def drop_unfinished(tx: Transaction, year: int, *, begun_before: datetime) -> None:
    """Rows of imports that were killed half-way."""
    unfinished = "SELECT id FROM plan_imports WHERE year = :year AND current_at IS NULL AND begun_at < :before"
    tx.run(f"DELETE FROM plan_rows WHERE import_id IN ({unfinished})", year=year, before=begun_before)
    tx.run(
        "DELETE FROM plan_imports WHERE year = :year AND current_at IS NULL AND begun_at < :before",
        year=year,
        before=begun_before,
    )


# What stands


def items(tx: Transaction, year: int) -> list[Item]:
    """The plan of that year with what came of it; what the newest import has no more is closed."""
    rows = tx.all(
        f"""
        SELECT plan_items.id, item, plan_rows.kind, periodicity, days, roles, content, import_id = {CURRENT} AS stands,
               (SELECT min(current_at) FROM plan_imports AS had JOIN plan_rows AS first ON first.import_id = had.id
                WHERE first.item_id = plan_items.id) AS since
        FROM   plan_items JOIN plan_rows ON plan_rows.item_id = plan_items.id
        JOIN   plan_imports ON plan_imports.id = plan_rows.import_id
        WHERE  plan_items.year = :year AND plan_imports.current_at IS NOT NULL
        AND    NOT EXISTS (SELECT 1 FROM plan_rows AS newer
                           JOIN plan_imports AS later ON later.id = newer.import_id
                           WHERE newer.item_id = plan_items.id AND later.current_at IS NOT NULL
                           AND   (later.current_at > plan_imports.current_at
                                  OR (later.current_at = plan_imports.current_at AND later.id > plan_imports.id)))
        """,
        year=year,
    )
    noted = marks(tx, year)
    found = [_item(tx, row, noted.get(row["id"], ())) for row in rows]
    return sorted(found, key=plan.order)


def of(tx: Transaction, item_id: int) -> Item | None:
    row = tx.one("SELECT year FROM plan_items WHERE id = :id", id=item_id)
    return next((each for each in items(tx, row["year"]) if each.id == item_id), None) if row else None


def marks(tx: Transaction, year: int) -> Mapping[int, Sequence[Mark]]:
    """By item, in the order in which they were made."""
    rows = tx.all(
        f"""
        SELECT {MARK} FROM plan_marks
        WHERE  undone_at IS NULL AND item_id IN (SELECT id FROM plan_items WHERE year = :year) ORDER BY id
        """,
        year=year,
    )
    found: dict[int, list[Mark]] = {}
    for row in rows:
        found.setdefault(row["item_id"], []).append(_mark(tx, row))
    return found


def mark(tx: Transaction, mark_id: int) -> Noted | None:
    """None when it is undone."""
    row = tx.one(f"SELECT {MARK} FROM plan_marks WHERE id = :id AND undone_at IS NULL", id=mark_id)
    return Noted(row["item_id"], _mark(tx, row)) if row else None


# What came of it


def settle(tx: Transaction, item_id: int, day: date, state: str, *, by: int, now: datetime) -> int | None:
    """One of the item's days is done or not done; None when somebody has said so before."""
    row = tx.one(
        """
        INSERT INTO plan_marks (item_id, kind, day, state, made_by, made_at, settled_by, settled_at)
        VALUES (:item_id, 'date', :day, :state, :by, :now, :by, :now)
        ON CONFLICT (item_id, day) WHERE kind = 'date' AND undone_at IS NULL DO NOTHING
        RETURNING id
        """,
        item_id=item_id,
        day=day,
        state=state,
        by=by,
        now=now,
    )
    return int(row["id"]) if row else None


def happened(tx: Transaction, item_id: int, day: date | None, note: str, *, by: int, now: datetime) -> int:
    """What the item waits for has happened, and asks for something by that day, if one was named."""
    return _make(tx, item_id, "event", day, "open", 1, note, by, now)


def count(tx: Transaction, item_id: int, day: date, amount: int, note: str, *, by: int, now: datetime) -> int:
    return _make(tx, item_id, "count", day, "done", amount, note, by, now)


def settle_event(tx: Transaction, mark_id: int, state: str, *, by: int, now: datetime) -> bool:
    """Whether it was open until now."""
    return bool(
        tx.run(
            "UPDATE plan_marks SET state = :state, settled_by = :by, settled_at = :now "
            "WHERE id = :id AND kind = 'event' AND state = 'open' AND undone_at IS NULL",
            id=mark_id,
            state=state,
            by=by,
            now=now,
        )
    )


def undo(tx: Transaction, mark_id: int, *, now: datetime) -> bool:
    """What happened is open again; anything else is as if nobody had said it. Whether there was something to undo."""
    reopened = tx.run(
        "UPDATE plan_marks SET state = 'open', settled_by = NULL, settled_at = NULL "
        "WHERE id = :id AND kind = 'event' AND state <> 'open' AND undone_at IS NULL",
        id=mark_id,
    )
    return bool(
        reopened
        or tx.run("UPDATE plan_marks SET undone_at = :now WHERE id = :id AND undone_at IS NULL", id=mark_id, now=now)
    )


def note(tx: Transaction, mark_id: int, words: str) -> bool:
    return bool(
        tx.run(
            "UPDATE plan_marks SET note = :note WHERE id = :id AND undone_at IS NULL",
            id=mark_id,
            note=_sealed(tx, words, NOTE),
        )
    )


def _make(
    tx: Transaction,
    item_id: int,
    kind: str,
    day: date | None,
    state: str,
    amount: int,
    words: str,
    by: int,
    now: datetime,
) -> int:
    row = tx.one(
        """
        INSERT INTO plan_marks (item_id, kind, day, state, amount, note, made_by, made_at)
        VALUES (:item_id, :kind, :day, :state, :amount, :note, :by, :now)
        RETURNING id
        """,
        item_id=item_id,
        kind=kind,
        day=day,
        state=state,
        amount=amount,
        note=_sealed(tx, words, NOTE) if words else None,
        by=by,
        now=now,
    )
    assert row is not None  # noqa: S101 - RETURNING gives the row that was inserted
    return int(row["id"])


def _item(tx: Transaction, row: Row, noted: Sequence[Mark]) -> Item:
    content = seal.unseal(tx.vault.derived(PURPOSE), row["content"], of=CONTENT)
    assert isinstance(content, dict)  # noqa: S101 - put stored one
    days = tuple(date.fromisoformat(day) for day in row["days"].split(";") if day)
    rhythm = Rhythm(row["kind"], row["periodicity"], days)
    roles = tuple(role for role in row["roles"].split(";") if role)
    stands = PlanRow(row["item"], content["title"], rhythm, roles, content["term"])
    since = datetime.fromisoformat(str(row["since"])).date()
    return Item(row["id"], stands, tuple(noted), closed=not row["stands"], since=since)


def _mark(tx: Transaction, row: Row) -> Mark:
    words = str(seal.unseal(tx.vault.derived(PURPOSE), row["note"], of=NOTE)) if row["note"] else ""
    return Mark(row["id"], row["kind"], row["day"], row["state"], row["amount"], words)


def _sealed(tx: Transaction, content: object, place: str) -> bytes:
    return seal.seal(tx.vault.derived(PURPOSE), content, of=place)
