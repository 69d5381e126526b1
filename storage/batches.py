"""Cases that a colleague entered one after another: each one's history says which was the first of its batch."""

from datetime import datetime

from bot.core.cases import Case
from storage import cases
from storage.db import Transaction

ENTERED = "entered with "
"""Before the row number of the batch's first case; the first was entered with itself."""
OF_CASES = ", ".join(f"cases.{name.strip()}" for name in cases.COLUMNS.split(","))


def note(tx: Transaction, case: Case, first: int, *, by: int, now: datetime) -> None:
    cases.note(tx, case.id, f"{ENTERED}{first}", by=by, now=now)


def begun(tx: Transaction, case: Case, *, by: int, since: datetime) -> int | None:
    """The first of a batch that this colleague has begun since then, for the same team and as urgent as this case."""
    row = tx.one(
        """
        SELECT cases.id FROM cases JOIN history ON history.case_id = cases.id
        WHERE  history.by = :by AND history.at > :since AND history.what = :entered || CAST(cases.id AS TEXT)
        AND    cases.team = :team AND cases.urgency = :urgency AND cases.id <> :id
        ORDER  BY history.id DESC LIMIT 1
        """,
        id=case.id,
        by=by,
        since=since,
        entered=ENTERED,
        team=case.team,
        urgency=case.urgency,
    )
    return int(row["id"]) if row else None


def first_of(tx: Transaction, case_id: int) -> int | None:
    """The first of the batch that the case was entered with; None when it was not entered by hand."""
    row = tx.one(
        "SELECT what FROM history WHERE case_id = :id AND what LIKE :entered", id=case_id, entered=f"{ENTERED}%"
    )
    return int(row["what"].removeprefix(ENTERED)) if row else None


def of_person(tx: Transaction, first: int, person_id: int) -> list[Case]:
    """The batch, as far as this person was called to it, in the order of entering."""
    rows = tx.all(
        f"""
        SELECT {OF_CASES} FROM cases
        JOIN   history ON history.case_id = cases.id AND history.what = :what
        JOIN   alerts ON alerts.case_id = cases.id AND alerts.person_id = :person_id
        WHERE  cases.id >= :first
        ORDER  BY history.id
        """,
        what=f"{ENTERED}{first}",
        first=first,
        person_id=person_id,
    )
    return [Case(**row) for row in rows]
