"""The history of a case: who did what when; words of a note are sealed under the case's key."""

from dataclasses import dataclass
from datetime import datetime

from bot.core.cases import Case
from storage import cases, keys
from storage.db import Transaction


@dataclass(frozen=True, slots=True)
class Entry:
    """`what` is a code; what it is about, if anything, stands behind a point: «service.counselling»."""

    at: datetime
    by: int | None
    what: str


@dataclass(frozen=True, slots=True)
class Note:
    at: datetime
    by: int | None
    words: str


def of_case(tx: Transaction, case_id: int, *, most: int, skip: int = 0) -> list[Entry]:
    """The newest so many, newest first."""
    rows = tx.all(
        "SELECT at, by, what FROM history WHERE case_id = :id ORDER BY id DESC LIMIT :most OFFSET :skip",
        id=case_id,
        most=most,
        skip=skip,
    )
    return [Entry(**row) for row in rows]


def notes(tx: Transaction, case: Case, *, most: int, skip: int = 0) -> list[Note]:
    """The newest so many, newest first."""
    rows = tx.all(
        "SELECT at, by, note FROM history WHERE case_id = :id AND note IS NOT NULL "
        "ORDER BY id DESC LIMIT :most OFFSET :skip",
        id=case.id,
        most=most,
        skip=skip,
    )
    return [Note(row["at"], row["by"], str(keys.take(tx, case.key_id, row["note"], of=cases.NOTE))) for row in rows]


def count_notes(tx: Transaction, case_id: int) -> int:
    row = tx.one("SELECT count(*) AS n FROM history WHERE case_id = :id AND note IS NOT NULL", id=case_id)
    return int(row["n"]) if row else 0


def has(tx: Transaction, case_id: int, what: str) -> bool:
    return tx.one("SELECT 1 FROM history WHERE case_id = :id AND what = :what", id=case_id, what=what) is not None


def write(tx: Transaction, case: Case, words: str, *, by: int, now: datetime) -> None:
    cases.note(tx, case.id, "note", by=by, now=now, told=keys.put(tx, case.key_id, words, of=cases.NOTE))
