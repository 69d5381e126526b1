"""Who belongs to the family: adult or child is a count and open, who it is lies sealed under the case's key."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.core.cases import Case
from storage import keys
from storage.db import Transaction

CONTENT = "household.content"


@dataclass(frozen=True, slots=True)
class Member:
    """`kind`: adult or child. `told`: who, born, name, as far as they were said."""

    id: int
    kind: str
    told: dict[str, Any]


def add(tx: Transaction, case: Case, kind: str, told: dict[str, Any], *, now: datetime) -> None:
    tx.run(
        "INSERT INTO household (case_id, kind, content, at) VALUES (:case_id, :kind, :content, :now)",
        case_id=case.id,
        kind=kind,
        content=keys.put(tx, case.key_id, told, of=CONTENT),
        now=now,
    )


def remove(tx: Transaction, case_id: int, member_id: int) -> str | None:
    """Whether it was an adult or a child; None when it stood there no longer."""
    row = tx.one("DELETE FROM household WHERE id = :id AND case_id = :case_id RETURNING kind",
                 id=member_id, case_id=case_id)  # fmt: skip
    return str(row["kind"]) if row else None


def of_case(tx: Transaction, case: Case) -> list[Member]:
    rows = tx.all("SELECT id, kind, content FROM household WHERE case_id = :id ORDER BY id", id=case.id)
    return [Member(row["id"], row["kind"], _told(tx, case, row["content"])) for row in rows]


def count(tx: Transaction, case_id: int, kind: str) -> int:
    row = tx.one("SELECT count(*) AS n FROM household WHERE case_id = :id AND kind = :kind", id=case_id, kind=kind)
    return int(row["n"]) if row else 0


def children(tx: Transaction, case_id: int) -> int | None:
    """How many children the register counts for the case; None when nobody has said."""
    row = tx.one("SELECT children FROM cases WHERE id = :id", id=case_id)
    return row["children"] if row else None


def count_children(tx: Transaction, case_id: int, number: int) -> None:
    """The register counts so many; where there is a child beside somebody, it is a family."""
    tx.run(
        """
        UPDATE cases
        SET    children = :number, unit = CASE WHEN :number > 0 AND form <> 'child' THEN 'family' ELSE unit END
        WHERE  id = :id
        """,
        id=case_id,
        number=number,
    )


def _told(tx: Transaction, case: Case, sealed: bytes) -> dict[str, Any]:
    told = keys.take(tx, case.key_id, sealed, of=CONTENT)
    assert isinstance(told, dict)  # noqa: S101 - add stored one
    return told
