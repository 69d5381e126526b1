"""What staff and a resident write to each other about a case, sealed under the case's key."""

from dataclasses import dataclass
from datetime import datetime

from bot.core.cases import Case
from storage import keys
from storage.db import Row, Transaction

WORDS = "letters.words"
COLUMNS = "id, from_staff, by, written_at, words, read_at, unchecked_by"
NOBODY = 0
"""In place of an account that a specialist has turned away."""


@dataclass(frozen=True, slots=True)
class Letter:
    """`read_at`: when the other side first had it on the screen. `checked`: no longer from an unknown account (S10)."""

    id: int
    from_staff: bool
    by: int | None
    written_at: datetime
    words: str
    read_at: datetime | None
    checked: bool


def write(
    tx: Transaction, case: Case, words: str, *, by: int | None, now: datetime, unchecked_by: int | None = None
) -> None:
    """Keeps the words with the case; `by` is the colleague who answers, None for the resident (S24).

    `unchecked_by`: the account that wrote, until a specialist has said whether it is hers (S10).
    """
    tx.run(
        """
        INSERT INTO letters (case_id, from_staff, by, written_at, words, unchecked_by)
        VALUES (:case_id, :from_staff, :by, :now, :words, :unchecked_by)
        """,
        case_id=case.id,
        from_staff=by is not None,
        by=by,
        now=now,
        words=keys.put(tx, case.key_id, words, of=WORDS),
        unchecked_by=unchecked_by,
    )


def checked(tx: Transaction, case_id: int, person_id: int, *, hers: bool) -> None:
    """What that account wrote is hers; or somebody else's for good, and nobody's in particular."""
    tx.run(
        "UPDATE letters SET unchecked_by = :stands WHERE case_id = :case_id AND unchecked_by = :person_id",
        case_id=case_id,
        person_id=person_id,
        stands=None if hers else NOBODY,
    )


def of_case(tx: Transaction, case: Case, *, most: int, skip: int = 0) -> list[Letter]:
    """The newest so many, newest first, whoever wrote them: for staff."""
    rows = tx.all(
        f"SELECT {COLUMNS} FROM letters WHERE case_id = :case_id ORDER BY id DESC LIMIT :most OFFSET :skip",
        case_id=case.id,
        most=most,
        skip=skip,
    )
    return [_letter(tx, case, row) for row in rows]


def hers(tx: Transaction, case: Case, *, most: int, skip: int = 0) -> list[Letter]:
    """The same as the account that holds the case may read them: nothing from one that nobody has checked (S10)."""
    rows = tx.all(
        f"SELECT {COLUMNS} FROM letters WHERE case_id = :case_id AND unchecked_by IS NULL "
        "ORDER BY id DESC LIMIT :most OFFSET :skip",
        case_id=case.id,
        most=most,
        skip=skip,
    )
    return [_letter(tx, case, row) for row in rows]


def count(tx: Transaction, case_id: int) -> int:
    row = tx.one("SELECT count(*) AS n FROM letters WHERE case_id = :case_id", case_id=case_id)
    return int(row["n"]) if row else 0


def count_hers(tx: Transaction, case_id: int) -> int:
    """How many `hers` has in all."""
    row = tx.one("SELECT count(*) AS n FROM letters WHERE case_id = :case_id AND unchecked_by IS NULL", case_id=case_id)
    return int(row["n"]) if row else 0


def read(tx: Transaction, case_id: int, *, from_staff: bool, now: datetime) -> None:
    """The other side has them on the screen."""
    tx.run(
        "UPDATE letters SET read_at = :now WHERE case_id = :case_id AND from_staff = :from_staff AND read_at IS NULL",
        case_id=case_id,
        from_staff=from_staff,
        now=now,
    )


def unread(tx: Transaction, case_id: int, *, from_staff: bool) -> int:
    """How many wait to be read by the other side."""
    row = tx.one(
        "SELECT count(*) AS n FROM letters WHERE case_id = :case_id AND from_staff = :from_staff AND read_at IS NULL",
        case_id=case_id,
        from_staff=from_staff,
    )
    return int(row["n"]) if row else 0


def waiting_for(tx: Transaction, person_id: int, *, most: int) -> list[tuple[int, datetime]]:
    """Cases with this person in which something was written that nobody has read, and since when; the oldest first."""
    rows = tx.all(
        """
        SELECT cases.id, MIN(letters.id) AS first_id FROM cases JOIN letters ON letters.case_id = cases.id
        WHERE  cases.claimed_by = :person_id AND cases.closed_at IS NULL
        AND    NOT letters.from_staff AND letters.read_at IS NULL
        GROUP  BY cases.id ORDER BY first_id LIMIT :most
        """,
        person_id=person_id,
        most=most,
    )
    return [(int(row["id"]), _written_at(tx, row["first_id"])) for row in rows]


def _written_at(tx: Transaction, letter_id: int) -> datetime:
    row = tx.one("SELECT written_at FROM letters WHERE id = :id", id=letter_id)
    assert row is not None  # noqa: S101 - the row was just seen in the same transaction
    at: datetime = row["written_at"]
    return at


def _letter(tx: Transaction, case: Case, row: Row) -> Letter:
    words = str(keys.take(tx, case.key_id, row["words"], of=WORDS))
    checked = row["unchecked_by"] is None
    return Letter(row["id"], bool(row["from_staff"]), row["by"], row["written_at"], words, row["read_at"], checked)
