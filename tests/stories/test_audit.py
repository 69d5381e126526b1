"""The log of who looked at what: kept by itself, with a reason, and linked so that no row can be mended in secret."""

import time
from datetime import timedelta

import pytest

from storage import audit
from storage.db import Transaction
from tests.people import Person, Town
from tests.stories.test_urgent import reports

pytestmark = pytest.mark.safety("S25")
PAGES = ("History", "Notes", "Services", "Needs met", "Family", "Passing on", "For the report")
REASONS = {
    "Supervision": "supervision",
    "Standing in for a colleague": "stands_in",
    "A complaint": "complaint",
    "A report": "report",
}


async def logged(town: Town, action: str) -> list[tuple[int | None, str]]:
    rows = await town.app.reader.look(
        lambda tx: tx.all("SELECT by, reason FROM audit WHERE action = :action ORDER BY id", action=action)
    )
    return [(row["by"], row["reason"]) for row in rows]


async def verified(town: Town) -> int | None:
    return await town.app.reader.look(audit.verify)


async def spoils(town: Town, sql: str) -> None:
    await town.app.writer.transact(lambda tx: tx.run(sql))


async def test_whoever_has_the_case_opens_the_card_at_once_and_it_is_noted(
    ana: Person, olena: Person, town: Town
) -> None:
    await reports(ana)
    await olena.presses("Take")
    assert await logged(town, "claimed") == [(2, "")]
    assert await logged(town, "opened") == [(2, "assigned")]
    assert await verified(town) is None


@pytest.mark.parametrize("label", REASONS)
async def test_the_head_says_why_before_a_card_of_the_branch_opens(
    ana: Person, olena: Person, head: Person, town: Town, label: str
) -> None:
    await reports(ana)
    await olena.presses("Take")
    number = olena.last.split(" ")[0]
    await head.says(f"/case {number}")
    assert head.last == f"{number}: why do you open the card? It is noted."
    assert not head.sees("The danger is now")
    assert await town.count("audit", "reason <> 'assigned' AND action = 'opened'") == 0
    await head.presses(label)
    assert "Now: The danger is now" in head.last
    assert head.heard[-1].protected
    assert head.heard[-1].buttons.keys() == {"Name, address, phone", *PAGES}
    assert (3, REASONS[label]) in await logged(town, "opened")


async def test_joining_is_noted_with_the_role(olena: Person, head: Person, town: Town) -> None:
    assert olena.id != head.id
    assert await logged(town, "joined") == [(1, "brigade"), (2, "head")]


async def test_rows_from_before_the_chain_are_accepted_only_before_its_first_link(town: Town) -> None:
    now = town.clock.at

    def older(tx: Transaction) -> None:
        tx.run("DELETE FROM audit_end")
        for _ in range(3):
            tx.run("INSERT INTO audit (at, action) VALUES (:now, 'opened')", now=now)

    await town.app.writer.transact(older)
    await town.restarts()
    assert await verified(town) is None
    await town.staff("Olena", "brigade")
    assert await verified(town) is None
    await spoils(town, "UPDATE audit SET reason = 'report' WHERE id = 2")
    assert await verified(town) == 4
    await spoils(town, "UPDATE audit SET reason = NULL WHERE id = 2")
    assert await verified(town) is None
    await town.app.writer.transact(lambda tx: tx.run("INSERT INTO audit (at, action) VALUES (:now, 'opened')", now=now))
    assert await verified(town) == 5


TAMPERED = {
    "changed reason": ("UPDATE audit SET reason = 'report' WHERE id = 3", 3),
    "changed person": ("UPDATE audit SET by = 1 WHERE id = 3", 3),
    "changed case": ("UPDATE audit SET case_id = 1 WHERE id = 3", 3),
    "changed moment": ("UPDATE audit SET at = 'some day' WHERE id = 3", 3),
    "without link": ("UPDATE audit SET chain = NULL WHERE id = 3", 3),
    "first without link": ("UPDATE audit SET chain = NULL WHERE id = 1", 2),
    "all without link": ("UPDATE audit SET chain = NULL", 7),
    "deleted": ("DELETE FROM audit WHERE id = 3", 4),
    "first deleted": ("DELETE FROM audit WHERE id = 1", 2),
    "inserted at the end": ("INSERT INTO audit (at, action, chain) SELECT at, action, chain FROM audit LIMIT 1", 7),
    "inserted between": (
        "INSERT INTO audit (id, at, action, chain) SELECT -1, at, action, chain FROM audit WHERE id = 6", -1,
    ),
    "swapped": ("UPDATE audit SET id = CASE id WHEN 2 THEN -4 ELSE -2 END WHERE id IN (2, 4)", -4),
    "cut off": ("DELETE FROM audit WHERE id > 4", 5),
    "emptied": ("DELETE FROM audit", 1),
    "without end": ("DELETE FROM audit_end", 1),
    "another end": ("UPDATE audit_end SET last_id = 9", 7),
}  # fmt: skip


@pytest.mark.parametrize("how", TAMPERED)
async def test_whatever_is_done_to_the_log_by_hand_shows(town: Town, how: str) -> None:
    await town.person("Ana").says("/start")
    await town.app.writer.transact(lambda tx: filled(tx, town, 6))
    await spoils(town, "INSERT INTO keys (id, kind, made_at) VALUES (99, 'case', '2026-11-23')")
    await spoils(town, A_CASE)
    assert await verified(town) is None
    sql, row = TAMPERED[how]
    await spoils(town, sql)
    assert await verified(town) == row


async def test_a_log_that_was_cut_off_shows_also_after_more_was_written(town: Town) -> None:
    await town.app.writer.transact(lambda tx: filled(tx, town, 6))
    await spoils(town, "DELETE FROM audit WHERE id > 4")
    await town.app.writer.transact(lambda tx: filled(tx, town, 2))
    assert await verified(town) == 5


async def test_two_rows_that_changed_places_show(town: Town) -> None:
    await town.app.writer.transact(lambda tx: filled(tx, town, 6))
    for sql in ("UPDATE audit SET id = 100 WHERE id = 3", "UPDATE audit SET id = 3 WHERE id = 5",
                "UPDATE audit SET id = 5 WHERE id = 100"):  # fmt: skip
        await spoils(town, sql)
    assert await verified(town) == 3


async def test_a_hundred_thousand_rows_are_looked_along_in_seconds(town: Town) -> None:
    await town.app.writer.transact(lambda tx: many(tx, town, 100_000))
    before = time.perf_counter()
    assert await verified(town) is None
    assert time.perf_counter() - before < 10


def filled(tx: Transaction, town: Town, rows: int) -> None:
    for row in range(rows):
        audit.note(tx, "opened", reason="assigned", now=town.clock.at + timedelta(seconds=row))


def many(tx: Transaction, town: Town, rows: int) -> None:
    """As so many notes would have left it, but for the moments it takes."""
    at = town.clock.at
    audit.begin(tx)
    end = tx.one("SELECT chain FROM audit_end")
    assert end is not None
    chain, key = end["chain"], tx.vault.derived(audit.PURPOSE)
    stored = tx.one("SELECT CAST(:at AS TEXT) AS at", at=at)
    assert stored is not None
    for row in range(1, rows + 1):
        values = {"id": row, "at": stored["at"], "by": None, "action": "opened", "case_id": None, "reason": "assigned"}
        chain = audit._linked(key, chain, values)  # type: ignore[arg-type]
        tx.run(INSERT, **(values | {"chain": chain}))
    tx.run("UPDATE audit_end SET last_id = :id, chain = :chain", id=rows, chain=chain)


INSERT = (
    "INSERT INTO audit (id, at, by, action, case_id, reason, chain) "
    "VALUES (:id, :at, :by, :action, :case_id, :reason, :chain)"
)
A_CASE = (
    "INSERT INTO cases (id, number, key_id, form, intake, source, reporter, urgency, unit, contact, district, team, "
    "state, reported_at, opened_at, answer_due_at, content) VALUES (1, '1', 99, '', '', '', '', '', '', '', '', '', "
    "'', '', '', '', x'00')"
)
