"""What a case is counted by in reports and its forms do not ask: codes that the specialist sets on the card."""

from dataclasses import dataclass
from datetime import datetime

from bot.core.cases import Case
from storage.db import Transaction

CIRCUMSTANCES, VIOLENCE = "circumstances", "violence_forms"
ONE = ("category", "main_form", "victim_group", "child_role", "repeat")
"""What a case has one of, a column each."""


@dataclass(frozen=True, slots=True)
class Counted:
    category: str | None
    main_form: str | None
    victim_group: str | None
    child_role: str | None
    repeat: bool


def turn(tx: Transaction, case_id: int, kind: str, code: str, *, by: int, now: datetime) -> bool:
    """It applies from now on, or, if it stood there, not after all; which of the two."""
    gone = "DELETE FROM case_codes WHERE case_id = :case_id AND kind = :kind AND code = :code"
    if tx.run(gone, case_id=case_id, kind=kind, code=code):
        return False
    tx.run(
        "INSERT INTO case_codes (case_id, kind, code, at, by) VALUES (:case_id, :kind, :code, :now, :by)",
        case_id=case_id,
        kind=kind,
        code=code,
        now=now,
        by=by,
    )
    return True


def of_case(tx: Transaction, case_id: int, kind: str) -> list[str]:
    """In the order in which they were set."""
    rows = tx.all("SELECT code FROM case_codes WHERE case_id = :id AND kind = :kind ORDER BY id", id=case_id, kind=kind)
    return [str(row["code"]) for row in rows]


def counted(tx: Transaction, case_id: int) -> Counted:
    row = tx.one(f"SELECT {', '.join(ONE)} FROM cases WHERE id = :id", id=case_id)
    assert row is not None  # noqa: S101 - whoever asks has the case
    return Counted(**{**row, "repeat": bool(row["repeat"])})


def put(tx: Transaction, case_id: int, name: str, code: str | bool | None) -> None:  # noqa: FBT001 - a value like every other
    """One of ONE. Raises ValueError for any other column."""
    if name not in ONE:
        raise ValueError(f"a case is not counted by {name}")
    tx.run(f"UPDATE cases SET {name} = :code WHERE id = :id", id=case_id, code=code)


def violent(tx: Transaction, case: Case) -> bool:
    """It is of the branch, or a specialist has found violence."""
    return case.branch or bool(of_case(tx, case.id, VIOLENCE))
