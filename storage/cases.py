"""Cases: opened, taken by exactly one, brought to an end; what was told is sealed under the case's own key."""

import secrets
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from bot.core import codes
from bot.core import load as weights
from bot.core.cases import Case, ContactChoice, Facts, shown, with_check_digit
from bot.core.whom import Colleague
from storage import keys, register
from storage.db import Transaction, named

CONTENT = "cases.content"
NOTE = "history.note"
CODE = "cases.code"
COLUMNS = (
    "id, number, key_id, form, urgency, danger, contact, district, team, state, branch, mistaken, reported_at, "
    "answer_due_at, claimed_by, claimed_at, contacted_at, closed_at, contact_days, contact_hours, cover, duress_at, "
    "withdrawn_at, erase_at, erased_at, children, child_role, weapon, repeat, priority, ladder, rung, returns, "
    "waits_since, lease_until, held_since, held_seconds, extended, joined_to"
)
ORDER = (
    "CASE urgency WHEN 'emergency' THEN 0 ELSE 1 END, CASE danger WHEN 'now' THEN 0 ELSE 1 END, "
    "CASE WHEN returns > 0 THEN 0 ELSE 1 END, CASE weapon WHEN 'yes' THEN 0 ELSE 1 END, "
    "CASE WHEN children > 0 OR child_role IS NOT NULL THEN 0 ELSE 1 END, CASE WHEN repeat THEN 0 ELSE 1 END, "
    "priority DESC, answer_due_at, reported_at, id"
)
"""As bot/core/order.py says; a test compares the two."""
TRIES_A_LENGTH = 5


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
    priority: int = 0,
    ladder: str | None = None,
) -> Case:
    """A new case that waits, under a number that tells nothing of how many there are."""
    row = tx.one(
        f"""
        INSERT INTO cases (number, key_id, form, intake, source, reporter, urgency, unit, children, need, category,
                           danger, contact, district, branch, team, state, reported_at, opened_at, answer_due_at,
                           waits_since, priority, ladder, content)
        VALUES (:number, :key_id, :form, :intake, :source, :reporter, :urgency, :unit, :children, :need, :category,
                :danger, :contact, :district, :branch, :team, 'new', :reported_at, :now, :answer_due_at, :now,
                :priority, :ladder, :content)
        RETURNING {COLUMNS}
        """,
        **asdict(facts),
        number=_free_number(tx),
        key_id=key_id,
        team=team,
        reported_at=reported_at,
        answer_due_at=answer_due_at,
        now=now,
        priority=priority,
        ladder=ladder,
        content=keys.put(tx, key_id, content, of=CONTENT),
    )
    assert row is not None  # noqa: S101 - RETURNING gives the row that was inserted
    note(tx, row["id"], "opened", by=None, now=now)
    return Case(**row)


def link(tx: Transaction, case_id: int, person_id: int, part: str, *, open_until: datetime, now: datetime) -> None:
    """Whose case it is, kept apart from the case (S24); open to the one who has just filed it."""
    tx.run(
        """
        INSERT INTO links (case_id, person_id, part, at, opened_until)
        VALUES (:case_id, :person_id, :part, :now, :open_until)
        ON CONFLICT (case_id, person_id) DO NOTHING
        """,
        case_id=case_id,
        person_id=person_id,
        part=part,
        now=now,
        open_until=open_until,
    )


def open_for(tx: Transaction, case_id: int, person_id: int, *, until: datetime) -> None:
    """The person has shown number and code."""
    tx.run(
        "UPDATE links SET opened_until = :until WHERE case_id = :case_id AND person_id = :person_id",
        case_id=case_id,
        person_id=person_id,
        until=until,
    )


def opened(tx: Transaction, case_id: int, person_id: int, *, now: datetime) -> Case | None:
    """The case, if it is this person's and open to her now; outside the branch it is open without a code (S29)."""
    row = tx.one(
        f"""
        SELECT {COLUMNS} FROM cases
        WHERE  id = :case_id AND id IN (
               SELECT case_id FROM links
               WHERE  person_id = :person_id AND standing = 'holds' AND (opened_until > :now OR NOT cases.branch))
        """,
        case_id=case_id,
        person_id=person_id,
        now=now,
    )
    return Case(**row) if row else None


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


def give_code(tx: Transaction, case_id: int, number: str, *, shown_again: int = 0) -> str:
    """A new code that reopens the case together with its number (S10)."""
    code = "-".join("".join(secrets.choice(codes.ALPHABET) for _ in range(size)) for size in codes.GROUPS)
    choose_code(tx, case_id, number, code, key_id=shown_again)
    return code


def choose_code(tx: Transaction, case_id: int, number: str, code: str, *, key_id: int = 0) -> None:
    """From now on this code opens it; only its hash stays. Under a key it can be shown again until the sweep."""
    tx.run(
        "UPDATE cases SET code_hash = :hash, code = :code WHERE id = :id",
        id=case_id,
        hash=tx.vault.code_hash(codes.plain(code), salt=number),
        code=keys.put(tx, key_id, code, of=CODE) if key_id else None,
    )


def code_again(tx: Transaction, case: Case) -> str:
    """The code, while it may still be shown; empty after the sweep."""
    row = tx.one("SELECT code FROM cases WHERE id = :id", id=case.id)
    return str(keys.take(tx, case.key_id, row["code"], of=CODE)) if row and row["code"] else ""


def choose_second_code(tx: Transaction, case: Case, code: str) -> bool:
    """The code for when somebody makes her open it (S11); False when it is the first one."""
    mark = tx.vault.code_hash(codes.plain(code), salt=case.number)
    return bool(
        tx.run(
            "UPDATE cases SET duress_hash = :mark WHERE id = :id AND (code_hash IS NULL OR code_hash <> :mark)",
            id=case.id,
            mark=mark,
        )
    )


def by_code(tx: Transaction, number: str, code: str) -> tuple[Case, bool] | None:
    """The case that this number and code open, and whether it was the second code; None when they do not fit."""
    mark = tx.vault.code_hash(codes.plain(code), salt=number)
    row = tx.one("SELECT id, code_hash, duress_hash FROM cases WHERE number = :number", number=number)
    fits = [row is not None and _same(row[column], mark) for column in ("code_hash", "duress_hash")]
    case = by_id(tx, row["id"]) if row and any(fits) else None
    return (case, fits[1]) if case else None


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


def repeats(tx: Transaction, case_id: int) -> bool:
    """Whether it is not the first time."""
    row = tx.one("SELECT repeat FROM cases WHERE id = :id", id=case_id)
    return row is not None and bool(row["repeat"])


def add(tx: Transaction, case: Case, told: dict[str, Any]) -> None:
    """Replaces what was told with the fuller answers."""
    tx.run(
        "UPDATE cases SET content = :content WHERE id = :id",
        id=case.id,
        content=keys.put(tx, case.key_id, told, of=CONTENT),
    )


def claim(tx: Transaction, case_id: int, *, by: int, now: datetime, lease_until: datetime | None = None) -> Case | None:
    """Gives a waiting case to a specialist, until the lease ends or there is a contact; None when another was first.

    The condition in the statement is what makes two presses safe: there is no moment between looking and taking.
    """
    return _changed(
        tx,
        "UPDATE cases SET claimed_by = :by, claimed_at = :now, state = 'claimed', lease_until = :lease_until, "
        "held_since = NULL, held_seconds = 0, extended = FALSE, waits_since = NULL "
        "WHERE id = :case_id AND claimed_by IS NULL AND closed_at IS NULL AND withdrawn_at IS NULL "
        "AND joined_to IS NULL",
        case_id=case_id,
        by=by,
        now=now,
        lease_until=lease_until,
        what="claimed",
    )


def release(
    tx: Transaction, case_id: int, *, now: datetime, by: int | None = None, what: str = "released"
) -> Case | None:
    """Takes the case from whoever has it: it waits again, and everybody who was called may be called anew.

    `what` stands in the history: released, lapsed (its lease ran out), or given back and why.
    """
    case = _changed(
        tx,
        "UPDATE cases SET claimed_by = NULL, claimed_at = NULL, contacted_at = NULL, state = 'new', rung = 0, "
        "returns = returns + 1, waits_since = :now, lease_until = NULL, held_since = NULL "
        "WHERE id = :case_id AND claimed_by IS NOT NULL AND closed_at IS NULL AND joined_to IS NULL",
        case_id=case_id,
        by=by,
        now=now,
        what=what,
    )
    if case:
        tx.run("UPDATE alerts SET declined_at = NULL WHERE case_id = :case_id", case_id=case_id)
    return case


def give(
    tx: Transaction, case_id: int, *, to: int, by: int, of: int | None, now: datetime, lease_until: datetime
) -> Case | None:
    """From `of`, or from the queue, to somebody else; None when it is not there any more.

    The new holder has a lease, unless there was a contact already.
    """
    return _changed(
        tx,
        """
        UPDATE cases SET claimed_by = :to, claimed_at = :now, waits_since = NULL, held_since = NULL,
               held_seconds = 0, extended = FALSE,
               state = CASE WHEN claimed_by IS NULL THEN 'claimed' ELSE state END,
               lease_until = CASE WHEN contacted_at IS NULL THEN :lease_until END
        WHERE  id = :case_id AND COALESCE(claimed_by, 0) = :of AND closed_at IS NULL AND withdrawn_at IS NULL
        AND    joined_to IS NULL
        """,
        case_id=case_id,
        by=by,
        now=now,
        what=f"given.{to}",
        to=to,
        of=of or 0,
        lease_until=lease_until,
    )


def climbed(tx: Transaction, case_id: int, rung: int) -> None:
    """The ladder's step that was taken last."""
    tx.run("UPDATE cases SET rung = :rung WHERE id = :id", id=case_id, rung=rung)


def note_facts(tx: Transaction, case_id: int, **codes: str | bool | int) -> None:
    """What became known and decides the order: weapon, child_role, children, repeat."""
    for name in codes.keys() & {"weapon", "child_role", "children", "repeat"}:
        tx.run(f"UPDATE cases SET {name} = :value WHERE id = :id", id=case_id, value=codes[name])


def contacted(tx: Transaction, case_id: int, *, by: int, now: datetime) -> Case | None:
    """Notes the first contact; None when it is not this specialist's open case, or was noted before."""
    return _changed(
        tx,
        "UPDATE cases SET contacted_at = :now, state = 'contacted', lease_until = NULL, held_since = NULL "
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


def unplan(tx: Transaction, case_id: int) -> None:
    """The visit that was planned is off: without another one the case stands where it stood before."""
    tx.run(
        "UPDATE cases SET state = CASE WHEN contacted_at IS NULL THEN 'claimed' ELSE 'contacted' END "
        "WHERE id = :id AND state = 'visit_planned' AND claimed_by IS NOT NULL "
        "AND NOT EXISTS (SELECT 1 FROM visits WHERE case_id = :id AND state = 'planned')",
        id=case_id,
    )


def close(
    tx: Transaction, case_id: int, *, by: int, outcome: str | None, closing: str, told: str, now: datetime
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


def waiting(
    tx: Transaction, teams: Sequence[str], *, person_id: int, roles: Sequence[str], most: int, skip: int = 0
) -> list[Case]:
    """Cases of these teams that nobody has taken and this person is not kept from, as bot/core/order.py orders them."""
    among, values = named("team", teams)
    theirs, more = named("role", roles)
    rows = tx.all(
        f"""
        SELECT {COLUMNS} FROM cases
        WHERE  claimed_by IS NULL AND closed_at IS NULL AND withdrawn_at IS NULL AND joined_to IS NULL
        AND    team IN {among} AND id NOT IN (
               SELECT case_id FROM exclusions WHERE person_id = :person_id OR role IN {theirs})
        ORDER  BY {ORDER}
        LIMIT  :most OFFSET :skip
        """,
        most=most,
        skip=skip,
        person_id=person_id,
        **values,
        **more,
    )
    return [Case(**row) for row in rows]


def all_waiting(tx: Transaction) -> list[Case]:
    """Every case that nobody has taken, whosever it might be, in the same order."""
    rows = tx.all(
        f"SELECT {COLUMNS} FROM cases WHERE claimed_by IS NULL AND closed_at IS NULL AND withdrawn_at IS NULL "
        f"AND joined_to IS NULL ORDER BY {ORDER}"
    )
    return [Case(**row) for row in rows]


def count_waiting(tx: Transaction) -> int:
    row = tx.one(
        "SELECT count(*) AS n FROM cases WHERE claimed_by IS NULL AND closed_at IS NULL AND withdrawn_at IS NULL "
        "AND joined_to IS NULL"
    )
    return int(row["n"]) if row else 0


def count_waiting_for(tx: Transaction, teams: Sequence[str], *, person_id: int, roles: Sequence[str]) -> int:
    """How many `waiting` has in all."""
    among, values = named("team", teams)
    theirs, more = named("role", roles)
    row = tx.one(
        f"""
        SELECT count(*) AS n FROM cases
        WHERE  claimed_by IS NULL AND closed_at IS NULL AND withdrawn_at IS NULL AND joined_to IS NULL
        AND    team IN {among} AND id NOT IN (
               SELECT case_id FROM exclusions WHERE person_id = :person_id OR role IN {theirs})
        """,
        person_id=person_id,
        **values,
        **more,
    )
    return int(row["n"]) if row else 0


def load(tx: Transaction, person_id: int) -> int:
    """The weight of somebody's open cases, by bot/core/load.py."""
    row = tx.one(
        """
        SELECT COALESCE(sum(CASE WHEN urgency = 'emergency' OR branch THEN :urgent ELSE :planned END
                            + CASE WHEN contacted_at IS NULL THEN :new ELSE 0 END), 0) AS n
        FROM   cases WHERE claimed_by = :person_id AND closed_at IS NULL AND joined_to IS NULL
        """,
        person_id=person_id,
        urgent=weights.URGENT,
        planned=weights.PLANNED,
        new=weights.NOT_YET_IN_TOUCH,
    )
    return int(row["n"]) if row else 0


def count_late(tx: Transaction, *, now: datetime) -> int:
    """Cases that wait beyond the time by which somebody should have looked."""
    row = tx.one(
        "SELECT count(*) AS n FROM cases WHERE claimed_by IS NULL AND closed_at IS NULL AND withdrawn_at IS NULL "
        "AND joined_to IS NULL AND answer_due_at < :now",
        now=now,
    )
    return int(row["n"]) if row else 0


def taken_by(tx: Transaction, person_id: int, *, most: int = 100_000, skip: int = 0) -> list[Case]:
    """The specialist's open cases, by the rules of the queue; what is joined to another goes on there."""
    rows = tx.all(
        f"""
        SELECT {COLUMNS} FROM cases WHERE claimed_by = :person_id AND closed_at IS NULL AND joined_to IS NULL
        ORDER  BY {ORDER}
        LIMIT  :most OFFSET :skip
        """,
        person_id=person_id,
        most=most,
        skip=skip,
    )
    return [Case(**row) for row in rows]


def count_taken_by(tx: Transaction, person_id: int) -> int:
    row = tx.one(
        "SELECT count(*) AS n FROM cases WHERE claimed_by = :person_id AND closed_at IS NULL AND joined_to IS NULL",
        person_id=person_id,
    )
    return int(row["n"]) if row else 0


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


# Who it belongs to, and how she may be written to


def choose_contact(tx: Transaction, case_id: int, chosen: ContactChoice) -> None:
    tx.run(
        "UPDATE cases SET contact = :channel, contact_days = :days, contact_hours = :hours, cover = :cover "
        "WHERE id = :id",
        id=case_id,
        **asdict(chosen),
    )


def standing(tx: Transaction, case_id: int, person_id: int) -> str | None:
    """holds, asks (another account with the right code, not checked yet), silent (given up), or None."""
    row = tx.one(
        "SELECT standing FROM links WHERE case_id = :case_id AND person_id = :person_id",
        case_id=case_id,
        person_id=person_id,
    )
    return str(row["standing"]) if row else None


def ask_in(tx: Transaction, case_id: int, person_id: int, *, until: datetime, now: datetime) -> bool:
    """An account that knows number and code asks to go on with the case; whether that is news."""
    return bool(
        tx.run(
            """
            INSERT INTO links (case_id, person_id, part, at, standing, opened_until)
            VALUES (:case_id, :person_id, 'self', :now, 'asks', :until)
            ON CONFLICT (case_id, person_id) DO UPDATE SET standing = 'asks', opened_until = :until
            WHERE links.standing = 'silent'
            """,
            case_id=case_id,
            person_id=person_id,
            until=until,
            now=now,
        )
    )


def asking(tx: Transaction, case_id: int) -> list[int]:
    """Accounts that wait for a specialist's check."""
    rows = tx.all("SELECT person_id FROM links WHERE case_id = :id AND standing = 'asks' ORDER BY at", id=case_id)
    return [int(row["person_id"]) for row in rows]


def asks_now(tx: Transaction, case_id: int, person_id: int, *, now: datetime) -> Case | None:
    """The case that this account may write to, unchecked as it is."""
    row = tx.one(
        f"""
        SELECT {COLUMNS} FROM cases WHERE id = :case_id AND id IN (
               SELECT case_id FROM links WHERE person_id = :person_id AND standing = 'asks' AND opened_until > :now)
        """,
        case_id=case_id,
        person_id=person_id,
        now=now,
    )
    return Case(**row) if row else None


def hand_to(tx: Transaction, case_id: int, person_id: int) -> bool:
    """The account is hers: it goes on, and the one before falls silent (S10). False when it does not ask any more."""
    if standing(tx, case_id, person_id) != "asks":
        return False
    tx.run(
        """
        UPDATE links SET standing = CASE person_id WHEN :person_id THEN 'holds' ELSE 'silent' END, opened_until = NULL
        WHERE  case_id = :case_id AND (standing = 'holds' OR person_id = :person_id)
        """,
        case_id=case_id,
        person_id=person_id,
    )
    return True


def turn_away(tx: Transaction, case_id: int, person_id: int) -> None:
    """The account is not hers."""
    tx.run(
        "DELETE FROM links WHERE case_id = :case_id AND person_id = :person_id AND standing = 'asks'",
        case_id=case_id,
        person_id=person_id,
    )


def under_duress(tx: Transaction, case_id: int, *, now: datetime) -> Case | None:
    """The second code was used; the staff see it, nothing else happens (S11)."""
    return _changed(
        tx, "UPDATE cases SET duress_at = :now WHERE id = :case_id", case_id=case_id, by=None, now=now, what="duress"
    )


def duress_over(tx: Transaction, case_id: int, *, by: int, now: datetime) -> Case | None:
    """The specialist has made sure; None when it is not this specialist's open case."""
    return _changed(
        tx,
        "UPDATE cases SET duress_at = NULL WHERE id = :case_id AND claimed_by = :by AND duress_at IS NOT NULL",
        case_id=case_id,
        by=by,
        now=now,
        what="duress_over",
    )


def open_now(tx: Transaction, person_id: int, *, now: datetime) -> Case | None:
    """The case of the branch that stands open in this person's chat, the newest if there are several."""
    row = tx.one(
        f"""
        SELECT {COLUMNS} FROM cases
        WHERE  branch AND id IN (SELECT case_id FROM links WHERE person_id = :person_id AND opened_until > :now
                                 AND standing IN ('holds', 'asks'))
        ORDER  BY id DESC LIMIT 1
        """,
        person_id=person_id,
        now=now,
    )
    return Case(**row) if row else None


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


def hold_alike(tx: Transaction, case_id: int) -> None:
    """Whoever has a case has what is joined to it."""
    tx.run(
        """
        UPDATE cases
        SET    claimed_by = (SELECT main.claimed_by FROM cases AS main WHERE main.id = :id),
               claimed_at = (SELECT main.claimed_at FROM cases AS main WHERE main.id = :id),
               state = CASE WHEN (SELECT main.claimed_by FROM cases AS main WHERE main.id = :id) IS NULL
                            THEN 'new' ELSE 'claimed' END
        WHERE  joined_to = :id AND closed_at IS NULL
        AND    COALESCE(claimed_by, 0) <>
               COALESCE((SELECT main.claimed_by FROM cases AS main WHERE main.id = :id), 0)
        """,
        id=case_id,
    )


def _changed(tx: Transaction, update: str, *, what: str, by: int | None, now: datetime, **values: Any) -> Case | None:  # noqa: ANN401 - SQL's values are of any type
    used = values | ({"by": by} if ":by" in update else {}) | ({"now": now} if ":now" in update else {})
    row = tx.one(f"{update} RETURNING {COLUMNS}", **used)
    if row is None:
        return None
    note(tx, row["id"], what, by=by, now=now)
    hold_alike(tx, row["id"])
    return Case(**row)


def _free_number(tx: Transaction) -> str:
    """Four digits while they last, then more; never in sequence, the last a check digit."""
    for size in (3, 4, 5, 6, 7):
        for _ in range(TRIES_A_LENGTH):
            number = with_check_digit(str(10 ** (size - 1) + secrets.randbelow(9 * 10 ** (size - 1))))
            taken = tx.one("SELECT 1 FROM cases WHERE number = :number", number=number)
            if taken is None and not register.known_number(tx, shown(number).uk):
                return number
    raise RuntimeError("no case number is free")


def _same(kept: bytes | None, mark: bytes) -> bool:
    return kept is not None and secrets.compare_digest(kept, mark)
