"""Cases: opened, taken by exactly one, brought to an end; what was told is sealed under the case's own key."""

import secrets
from dataclasses import asdict
from datetime import datetime
from typing import Any

from bot.core.cases import Case, Facts, with_check_digit
from bot.core.whom import Colleague
from storage import keys
from storage.db import Transaction

CONTENT = "cases.content"
NOTE = "history.note"
COLUMNS = (
    "id, number, key_id, form, urgency, danger, contact, district, team, state, branch, mistaken, reported_at, "
    "answer_due_at, claimed_by, claimed_at, contacted_at, closed_at, contact_days, contact_hours, cover, duress_at, "
    "withdrawn_at, erase_at, erased_at"
)
TRIES_A_LENGTH = 5
ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"
"""31 letters and digits that are not taken for each other; eleven of them are 54 bits (S10)."""


def open_case(
    tx: Transaction,
    facts: Facts,
    content: dict[str, Any],
    *,
    key_id: int,
    team: str,
    reported_at: datetime,
    answer_due_at: datetime,
    now: datetime,
) -> Case:
    """A new case that waits, under a number that tells nothing of how many there are."""
    row = tx.one(
        f"""
        INSERT INTO cases (number, key_id, form, intake, source, reporter, urgency, unit, children, need, category,
                           danger, contact, district, branch, team, state, reported_at, opened_at, answer_due_at,
                           content)
        VALUES (:number, :key_id, :form, :intake, :source, :reporter, :urgency, :unit, :children, :need, :category,
                :danger, :contact, :district, :branch, :team, 'new', :reported_at, :now, :answer_due_at, :content)
        RETURNING {COLUMNS}
        """,
        **asdict(facts),
        number=_free_number(tx),
        key_id=key_id,
        team=team,
        reported_at=reported_at,
        answer_due_at=answer_due_at,
        now=now,
        content=keys.put(tx, key_id, content, of=CONTENT),
    )
    assert row is not None  # noqa: S101 - RETURNING gives the row that was inserted
    note(tx, row["id"], "opened", by=None, now=now)
    return Case(**row)


def link(tx: Transaction, case_id: int, person_id: int, part: str, *, now: datetime) -> None:
    """Whose case it is, kept apart from the case (S24)."""
    tx.run(
        """
        INSERT INTO links (case_id, person_id, part, at) VALUES (:case_id, :person_id, :part, :now)
        ON CONFLICT (case_id, person_id) DO NOTHING
        """,
        case_id=case_id,
        person_id=person_id,
        part=part,
        now=now,
    )


def holder(tx: Transaction, case_id: int) -> int | None:
    """Who told of it through this bot, or goes on with it from another account after a specialist's check (S10)."""
    row = tx.one("SELECT person_id FROM links WHERE case_id = :case_id AND standing = 'holds'", case_id=case_id)
    return int(row["person_id"]) if row else None


def shut(tx: Transaction, person_id: int) -> None:
    """She has left, or the sweep has come: number and code are asked again, and the code is shown no more (S10)."""
    tx.run("UPDATE links SET opened_until = NULL WHERE person_id = :person_id", person_id=person_id)
    tx.run(
        "UPDATE cases SET code = NULL WHERE code IS NOT NULL "
        "AND id IN (SELECT case_id FROM links WHERE person_id = :person_id)",
        person_id=person_id,
    )


def give_code(tx: Transaction, case: Case) -> str:
    """A code that reopens the case together with its number (S10); only its hash is kept."""
    code = "-".join("".join(secrets.choice(ALPHABET) for _ in range(size)) for size in (4, 4, 3))
    tx.run(
        "UPDATE cases SET code_hash = :hash WHERE id = :id",
        id=case.id,
        hash=tx.vault.code_hash(_plain(code), salt=case.number),
    )
    return code


def by_code(tx: Transaction, number: str, code: str) -> Case | None:
    """The case that this number and code open."""
    row = tx.one(f"SELECT {COLUMNS}, code_hash FROM cases WHERE number = :number", number=number)
    mark = tx.vault.code_hash(_plain(code), salt=number)
    if row is None or row["code_hash"] is None or not secrets.compare_digest(row["code_hash"], mark):
        return None
    return by_id(tx, row["id"])


def by_id(tx: Transaction, case_id: int) -> Case | None:
    row = tx.one(f"SELECT {COLUMNS} FROM cases WHERE id = :id", id=case_id)
    return Case(**row) if row else None


def by_number(tx: Transaction, number: str) -> Case | None:
    row = tx.one(f"SELECT {COLUMNS} FROM cases WHERE number = :number", number=number)
    return Case(**row) if row else None


def content(tx: Transaction, case: Case) -> dict[str, Any]:
    """What was told: answers by question name. Raises keys.Destroyed for an erased case."""
    row = tx.one("SELECT content FROM cases WHERE id = :id", id=case.id)
    told = keys.take(tx, case.key_id, row["content"], of=CONTENT) if row else {}
    assert isinstance(told, dict)  # noqa: S101 - open_case stored one
    return told


def add(tx: Transaction, case: Case, told: dict[str, Any]) -> None:
    """Replaces what was told with the fuller answers."""
    tx.run(
        "UPDATE cases SET content = :content WHERE id = :id",
        id=case.id,
        content=keys.put(tx, case.key_id, told, of=CONTENT),
    )


def claim(tx: Transaction, case_id: int, *, by: int, now: datetime) -> Case | None:
    """Gives a waiting case to a specialist; None when a colleague was first.

    The condition in the statement is what makes two presses safe: there is no moment between looking and taking.
    """
    return _changed(
        tx,
        "UPDATE cases SET claimed_by = :by, claimed_at = :now, state = 'claimed' "
        "WHERE id = :case_id AND claimed_by IS NULL AND closed_at IS NULL",
        case_id=case_id,
        by=by,
        now=now,
        what="claimed",
    )


def release(tx: Transaction, case_id: int, *, now: datetime) -> Case | None:
    """Takes the case from whoever has it: it waits again, and everybody who was called may be called anew."""
    case = _changed(
        tx,
        "UPDATE cases SET claimed_by = NULL, claimed_at = NULL, contacted_at = NULL, state = 'new' "
        "WHERE id = :case_id AND claimed_by IS NOT NULL AND closed_at IS NULL",
        case_id=case_id,
        by=None,
        now=now,
        what="released",
    )
    if case:
        tx.run("UPDATE alerts SET declined_at = NULL WHERE case_id = :case_id", case_id=case_id)
    return case


def contacted(tx: Transaction, case_id: int, *, by: int, now: datetime) -> Case | None:
    """Notes the first contact; None when it is not this specialist's open case, or was noted before."""
    return _changed(
        tx,
        "UPDATE cases SET contacted_at = :now, state = 'contacted' "
        "WHERE id = :case_id AND claimed_by = :by AND contacted_at IS NULL AND closed_at IS NULL",
        case_id=case_id,
        by=by,
        now=now,
        what="contacted",
    )


def move_on(tx: Transaction, case_id: int, state: str, *, by: int, now: datetime) -> Case | None:
    """visit_planned or visited; None when it is not this specialist's open case."""
    return _changed(
        tx,
        "UPDATE cases SET state = :state WHERE id = :case_id AND claimed_by = :by AND closed_at IS NULL",
        case_id=case_id,
        by=by,
        now=now,
        what=state,
        state=state,
    )


def close(
    tx: Transaction, case_id: int, *, by: int, outcome: str, closing: str, told: str, now: datetime
) -> Case | None:
    """Ends the case; None when it is not this specialist's open case."""
    case = _changed(
        tx,
        "UPDATE cases SET closed_at = :now, state = 'closed', outcome = :outcome, closing = :closing "
        "WHERE id = :case_id AND claimed_by = :by AND closed_at IS NULL",
        case_id=case_id,
        by=by,
        now=now,
        what="closed",
        outcome=outcome,
        closing=closing,
    )
    if case and told:
        note(tx, case.id, "note", by=by, now=now, told=keys.put(tx, case.key_id, told, of=NOTE))
    return case


def mistaken(tx: Transaction, case_id: int, *, now: datetime) -> Case | None:
    """Marks the case as a mistake, by the one who reported it; None when it was marked or closed before."""
    return _changed(
        tx,
        "UPDATE cases SET mistaken = TRUE WHERE id = :case_id AND NOT mistaken AND closed_at IS NULL",
        case_id=case_id,
        by=None,
        now=now,
        what="mistaken",
    )


def note(tx: Transaction, case_id: int, what: str, *, by: int | None, now: datetime, told: bytes | None = None) -> None:
    """A line of the case's history: who, when, what."""
    tx.run(
        "INSERT INTO history (case_id, at, by, what, note) VALUES (:case_id, :now, :by, :what, :told)",
        case_id=case_id,
        now=now,
        by=by,
        what=what,
        told=told,
    )


def waiting(tx: Transaction, *, most: int = 50) -> list[Case]:
    """Cases that nobody has taken, the most pressing first: emergencies, then by deadline."""
    rows = tx.all(
        f"""
        SELECT {COLUMNS} FROM cases
        WHERE  claimed_by IS NULL AND closed_at IS NULL
        ORDER  BY CASE urgency WHEN 'emergency' THEN 0 ELSE 1 END, CASE danger WHEN 'now' THEN 0 ELSE 1 END,
                  answer_due_at
        LIMIT  :most
        """,
        most=most,
    )
    return [Case(**row) for row in rows]


def count_waiting(tx: Transaction) -> int:
    row = tx.one("SELECT count(*) AS n FROM cases WHERE claimed_by IS NULL AND closed_at IS NULL")
    return int(row["n"]) if row else 0


def count_late(tx: Transaction, *, now: datetime) -> int:
    """Cases that wait beyond the time by which somebody should have looked."""
    row = tx.one(
        "SELECT count(*) AS n FROM cases WHERE claimed_by IS NULL AND closed_at IS NULL AND answer_due_at < :now",
        now=now,
    )
    return int(row["n"]) if row else 0


def taken_by(tx: Transaction, person_id: int) -> list[Case]:
    """The specialist's open cases, oldest first."""
    rows = tx.all(
        f"SELECT {COLUMNS} FROM cases WHERE claimed_by = :person_id AND closed_at IS NULL ORDER BY answer_due_at",
        person_id=person_id,
    )
    return [Case(**row) for row in rows]


def reported_by(tx: Transaction, person_id: int, *, branch: bool) -> list[Case]:
    """Cases that the person told of here, newest first."""
    rows = tx.all(
        f"""
        SELECT {COLUMNS} FROM cases
        WHERE  id IN (SELECT case_id FROM links WHERE person_id = :person_id) AND branch = :branch
        ORDER  BY id DESC
        """,
        person_id=person_id,
        branch=branch,
    )
    return [Case(**row) for row in rows]


# Who was called to a case


def call(tx: Transaction, case_id: int, person_id: int, *, now: datetime) -> bool:
    """Notes that the person is called; whether it is for the first time."""
    return bool(
        tx.run(
            """
            INSERT INTO alerts (case_id, person_id, called_at) VALUES (:case_id, :person_id, :now)
            ON CONFLICT (case_id, person_id) DO NOTHING
            """,
            case_id=case_id,
            person_id=person_id,
            now=now,
        )
    )


def called(tx: Transaction, case_id: int) -> list[Colleague]:
    rows = tx.all("SELECT person_id FROM alerts WHERE case_id = :case_id ORDER BY person_id", case_id=case_id)
    return [Colleague(row["person_id"]) for row in rows]


def decline(tx: Transaction, case_id: int, person_id: int, *, now: datetime) -> None:
    tx.run(
        "UPDATE alerts SET declined_at = :now WHERE case_id = :case_id AND person_id = :person_id",
        case_id=case_id,
        person_id=person_id,
        now=now,
    )


def uncall(tx: Transaction, person_id: int, case_id: int = 0) -> None:
    """The person is no longer among those called, to this case or, with none named, to any."""
    tx.run(
        "DELETE FROM alerts WHERE person_id = :person_id AND (case_id = :case_id OR :case_id = 0)",
        person_id=person_id,
        case_id=case_id,
    )


def all_declined(tx: Transaction, case_id: int) -> bool:
    """Whether everybody who was called has passed."""
    row = tx.one("SELECT count(*) AS n FROM alerts WHERE case_id = :case_id AND declined_at IS NULL", case_id=case_id)
    return row is not None and row["n"] == 0


def _changed(tx: Transaction, update: str, *, what: str, by: int | None, now: datetime, **values: Any) -> Case | None:  # noqa: ANN401 - SQL's values are of any type
    used = values | ({"by": by} if ":by" in update else {}) | ({"now": now} if ":now" in update else {})
    row = tx.one(f"{update} RETURNING {COLUMNS}", **used)
    if row is None:
        return None
    note(tx, row["id"], what, by=by, now=now)
    return Case(**row)


def _free_number(tx: Transaction) -> str:
    """Four digits while they last, then more; never in sequence, the last a check digit."""
    for size in (3, 4, 5, 6, 7):
        for _ in range(TRIES_A_LENGTH):
            number = with_check_digit(str(10 ** (size - 1) + secrets.randbelow(9 * 10 ** (size - 1))))
            if tx.one("SELECT 1 FROM cases WHERE number = :number", number=number) is None:
                return number
    raise RuntimeError("no case number is free")


def _plain(code: str) -> str:
    return "".join(letter for letter in code.casefold() if letter.isalnum())
