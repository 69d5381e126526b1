"""Consents of a case: what was agreed to, in which version of the text and which language, since when (S20)."""

from dataclasses import dataclass
from datetime import datetime

from storage.db import Row, Transaction

COLUMNS = "kind, version, language, given_at, withdrawn_at"


@dataclass(frozen=True, slots=True)
class Given:
    """`withdrawn_at`: empty while it stands."""

    kind: str
    version: str
    language: str
    given_at: datetime
    withdrawn_at: datetime | None


def give(tx: Transaction, case_id: int, kind: str, *, version: str, language: str, now: datetime) -> bool:
    """Logs it; False when the same consent stands already in this version."""
    return bool(
        tx.run(
            """
            INSERT INTO consents (case_id, kind, version, language, given_at)
            SELECT :case_id, :kind, :version, :language, :now
            WHERE  NOT EXISTS (SELECT 1 FROM consents WHERE case_id = :case_id AND kind = :kind
                               AND version = :version AND withdrawn_at IS NULL)
            """,
            case_id=case_id,
            kind=kind,
            version=version,
            language=language,
            now=now,
        )
    )


def withdraw(tx: Transaction, case_id: int, kind: str, *, now: datetime) -> bool:
    """It stands no more; its line stays. Whether it stood."""
    return bool(
        tx.run(
            """
            UPDATE consents SET withdrawn_at = :now
            WHERE  case_id = :case_id AND kind = :kind AND withdrawn_at IS NULL
            """,
            case_id=case_id,
            kind=kind,
            now=now,
        )
    )


def standing(tx: Transaction, case_id: int) -> dict[str, Given]:
    """What is agreed to now, by kind, each in its newest version."""
    rows = tx.all(
        f"SELECT {COLUMNS} FROM consents WHERE case_id = :case_id AND withdrawn_at IS NULL ORDER BY id",
        case_id=case_id,
    )
    return {row["kind"]: _given(row) for row in rows}


def of_case(tx: Transaction, case_id: int) -> list[Given]:
    """Everything that was ever agreed to, with what was withdrawn since."""
    rows = tx.all(f"SELECT {COLUMNS} FROM consents WHERE case_id = :case_id ORDER BY id", case_id=case_id)
    return [_given(row) for row in rows]


def _given(row: Row) -> Given:
    return Given(**row)
