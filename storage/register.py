"""The register of years before: rows from tables, sealed where they hold words; and what their days show to have ended.

A row is given and comes back as its cells (bot/core/register.py).
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from itertools import groupby
from sys import intern
from typing import Any, Final

from bot.core.register import NAMES, Cells, Met
from storage import seal
from storage.db import Row, Transaction, named

CONTENT: Final = "register.content"
DETAIL: Final = "register_details.words"
PURPOSE: Final = "register"
CURRENT: Final = "import_id IN (SELECT id FROM register_imports WHERE current_at IS NOT NULL)"
UNFINISHED: Final = "SELECT id FROM register_imports WHERE current_at IS NULL AND begun_at < :before"
SEALED: Final = ("number", "incoming_no", "decided_by")
COLUMNS: Final = {"main_form": "violence_main", "topic": "helpline_topic"}
"""Columns of the table that are called otherwise than those of the file."""
CODES: Final = (
    "intake", "source", "reporter", "unit", "category", "district", "team", "urgency", "main_form", "victim_group",
    "child_role", "repeat", "outcome", "closing", "topic", "received_at", "police_notified_at",
    "child_services_notified_at", "circumstances", "violence_forms", "services", "needs_met", "referred_to",
)  # fmt: skip
DAYS: Final = ("registered_on", "closed_on", "sent_for_decision_on", "decided_on")
NUMBERS: Final = ("children", "count")
OPEN: Final = (*CODES, *DAYS, *NUMBERS)
PAGE: Final = 2000


def marks(tx: Transaction) -> dict[bytes, bytes]:
    """Of every row that is there: by what it is known, and what all of it was. An erased one keeps no second."""
    rows = tx.all(f"SELECT mark, whole FROM register WHERE {CURRENT}")
    erased = tx.all(f"SELECT was FROM register WHERE was IS NOT NULL AND {CURRENT}")
    return {row["mark"]: row["whole"] for row in rows} | {row["was"]: b"" for row in erased}


def mark(tx: Transaction, row: Cells, *, nth: int) -> bytes:
    """By which a row is known again: its number, or all of it and which of its equals it is."""
    return _of_number(tx, row[0]) if row[0] else tx.vault.fingerprint("\0".join((*row, str(nth))), of=PURPOSE)


def whole(tx: Transaction, row: Cells) -> bytes:
    return tx.vault.fingerprint("\0".join(("whole", *row)), of=PURPOSE)


def known_number(tx: Transaction, number: str) -> bool:
    """Whether a row that is there has that number."""
    sql = f"SELECT 1 FROM register WHERE (mark = :mark OR was = :mark) AND {CURRENT}"
    return tx.one(sql, mark=_of_number(tx, number)) is not None


def drop_unfinished(tx: Transaction, *, begun_before: datetime, most: int) -> int:
    """Takes away so many rows of imports that were killed half-way; 0 when nothing of them is left."""
    left = tx.all(f"SELECT id FROM register WHERE import_id IN ({UNFINISHED}) LIMIT :most",
                  before=begun_before, most=most)  # fmt: skip
    if left:
        among, values = named("id", [row["id"] for row in left])
        _drop(tx, f"id IN {among}", **values)
    else:
        tx.run("DELETE FROM register_imports WHERE current_at IS NULL AND begun_at < :before", before=begun_before)
        _forget_details(tx)
    return len(left)


def begin(tx: Transaction, *, now: datetime) -> int:
    row = tx.one("INSERT INTO register_imports (begun_at) VALUES (:now) RETURNING id", now=now)
    assert row is not None  # noqa: S101 - RETURNING gives the row that was inserted
    return int(row["id"])


def put(tx: Transaction, import_id: int, row: Cells, name: bytes, met: Sequence[Met]) -> None:
    """A row of that import, with the mark by which it is known."""
    cells = dict(zip(NAMES, row, strict=True))
    row_id = _put(tx, import_id, cells, name, whole(tx, row))
    for visit in cells["visits"].split(";") if cells["visits"] else ():
        _put_visit(tx, row_id, visit)
    for each in met:
        tx.run(
            """
            INSERT INTO register_met (row_id, key, starts_on, due_at, met_at)
            VALUES (:row_id, :key, :starts_on, :due_at, :met_at)
            """,
            row_id=row_id,
            key=each.key,
            starts_on=each.starts_on,
            due_at=each.due_at,
            met_at=each.met_at,
        )


def finish(tx: Transaction, import_id: int, *, now: datetime) -> None:
    """From now on its rows are there, each in the place of the one that had its number before."""
    fresh = "SELECT mark FROM register WHERE import_id = :id"
    _drop(tx, f"import_id <> :id AND {CURRENT} AND mark IN ({fresh})", id=import_id)
    _forget_details(tx)
    tx.run("UPDATE register_imports SET current_at = :now WHERE id = :id", id=import_id, now=now)


def rows(tx: Transaction) -> Iterator[Cells]:
    """Every row that is there, in the order in which they came."""
    details, last_id = _details(tx), 0
    while page := tx.all(f"{_ROWS} AND id > :last_id ORDER BY id LIMIT :most", last_id=last_id, most=PAGE):
        visits = _visits(tx, last_id, page[-1]["id"])
        for row in page:
            yield _cells(tx, row, visits.get(row["id"], ""), details)
        last_id = page[-1]["id"]


def number(tx: Transaction, row_id: int) -> str:
    """Empty where the row has none."""
    row = tx.one("SELECT content FROM register WHERE id = :id", id=row_id)
    return _words(tx, row["content"]).get("number", "") if row else ""


def erase(tx: Transaction, number: str) -> bool:
    """The words of the row with that number are gone, its codes and counts stay; a file with it does not bring it back.

    False where there is no such row.
    """
    return erase_marked(tx, _of_number(tx, number))


def erased(tx: Transaction) -> list[bytes]:
    """By what the rows were known whose words are gone."""
    return [row["was"] for row in tx.all("SELECT was FROM register WHERE was IS NOT NULL ORDER BY id")]


def erase_marked(tx: Transaction, name: bytes) -> bool:
    """The same for the row that is known by that mark."""
    found = tx.one(f"SELECT id FROM register WHERE mark = :mark AND {CURRENT}", mark=name)
    if found is None:
        return False
    tx.run("UPDATE register SET content = NULL, detail_id = NULL, was = mark WHERE id = :id", id=found["id"])
    _forget_details(tx)
    _mark_anew(tx, found["id"])
    return True


# The parts of a row


def _of_number(tx: Transaction, number: str) -> bytes:
    return tx.vault.fingerprint(f"number\0{number}", of=PURPOSE)


_NAMED = ", ".join(f":{name}" for name in OPEN)
_PUT: Final = f"""
    INSERT INTO register (import_id, mark, whole, content, detail_id, {", ".join(OPEN)})
    VALUES (:import_id, :mark, :whole, :content, :detail_id, {_NAMED}) RETURNING id
"""
_ROWS: Final = f"""
    SELECT id, content, detail_id, {", ".join((*CODES, *NUMBERS))},
           {", ".join(f"CAST({day} AS TEXT) AS {day}" for day in DAYS)}
    FROM   register WHERE {CURRENT}
"""


def _put(tx: Transaction, import_id: int, cells: Mapping[str, str], name: bytes, all_of_it: bytes) -> int:
    of = {column: cells[COLUMNS.get(column, column)] or None for column in OPEN}
    days = {column: date.fromisoformat(of[column]) for column in DAYS if of[column]}  # type: ignore[arg-type]
    numbers = {column: int(of[column]) for column in NUMBERS if of[column]}  # type: ignore[arg-type]
    words = [cells[column] for column in SEALED]
    row = tx.one(
        _PUT,
        import_id=import_id,
        mark=name,
        whole=all_of_it,
        content=seal.seal(tx.vault.derived(PURPOSE), words, of=CONTENT) if any(words) else None,
        detail_id=_detail(tx, cells["source_detail"]) if cells["source_detail"] else None,
        **of | days | numbers,
    )
    assert row is not None  # noqa: S101 - RETURNING gives the row that was inserted
    return int(row["id"])


def _put_visit(tx: Transaction, row_id: int, visit: str) -> None:
    """`needs_assessment@2021-03-07`, or with its time."""
    kind, _, when = visit.partition("@")
    tx.run(
        "INSERT INTO register_visits (row_id, kind, day, at) VALUES (:row_id, :kind, :day, :at)",
        row_id=row_id,
        kind=kind,
        day=date.fromisoformat(when[:10]),
        at=when if "T" in when else None,
    )


def _detail(tx: Transaction, words: str) -> int:
    """The same words are one row, so that they can be counted without being read."""
    name = tx.vault.fingerprint(words, of="register_details")
    found = tx.one("SELECT id FROM register_details WHERE mark = :mark", mark=name) or tx.one(
        "INSERT INTO register_details (mark, words) VALUES (:mark, :words) RETURNING id",
        mark=name,
        words=seal.seal(tx.vault.derived(PURPOSE), words, of=DETAIL),
    )
    assert found is not None  # noqa: S101 - RETURNING gives the row that was inserted
    return int(found["id"])


def _forget_details(tx: Transaction) -> None:
    """Words that no row has any more."""
    used = "SELECT detail_id FROM register WHERE detail_id IS NOT NULL"
    tx.run(f"DELETE FROM register_details WHERE id NOT IN ({used})")


def _drop(tx: Transaction, condition: str, **values: object) -> None:
    rows = f"SELECT id FROM register WHERE {condition}"
    for table in ("register_visits", "register_met"):
        tx.run(f"DELETE FROM {table} WHERE row_id IN ({rows})", **values)
    tx.run(f"DELETE FROM register WHERE {condition}", **values)


def _details(tx: Transaction) -> dict[int, str]:
    key = tx.vault.derived(PURPOSE)
    rows = tx.all("SELECT id, words FROM register_details")
    return {row["id"]: str(seal.unseal(key, row["words"], of=DETAIL)) for row in rows}


def _visits(tx: Transaction, after: int, last: int) -> dict[int, str]:
    """Those of each of the rows, as its cell."""
    found = tx.all(
        """
        SELECT row_id, kind, COALESCE(at, CAST(day AS TEXT)) AS at FROM register_visits
        WHERE  row_id > :after AND row_id <= :last ORDER BY row_id, id
        """,
        after=after,
        last=last,
    )
    of = groupby(found, key=lambda row: int(row["row_id"]))
    return {row_id: ";".join(f"{row['kind']}@{row['at']}" for row in visits) for row_id, visits in of}


def _cells(tx: Transaction, row: Row, visits: str, details: Mapping[int, str]) -> Cells:
    known: dict[str, Any] = {COLUMNS.get(column, column): row[column] for column in OPEN}
    known |= {"visits": visits, "source_detail": details.get(row["detail_id"]), **_words(tx, row["content"])}
    return tuple("" if known.get(name) is None else intern(str(known[name])) for name in NAMES)


def _words(tx: Transaction, content: bytes | None) -> dict[str, str]:
    if content is None:
        return {}
    words = seal.unseal(tx.vault.derived(PURPOSE), content, of=CONTENT)
    assert isinstance(words, list)  # noqa: S101 - put stored one
    return dict(zip(SEALED, words, strict=True))


def _mark_anew(tx: Transaction, row_id: int) -> None:
    """It is known by what is left of it from now on, as one more of its equals."""
    page = tx.all(f"{_ROWS} AND id = :id", id=row_id)
    row = _cells(tx, page[0], _visits(tx, row_id - 1, row_id).get(row_id, ""), {})
    same = tx.one(f"SELECT count(*) AS n FROM register WHERE whole = :whole AND {CURRENT}", whole=whole(tx, row))
    nth = 1 + (same["n"] if same else 0)
    tx.run("UPDATE register SET mark = :mark, whole = :whole WHERE id = :id",
           id=row_id, mark=mark(tx, row, nth=nth), whole=whole(tx, row))  # fmt: skip
