"""Retention: every rule has its deed, a dry run changes nothing, each thing goes when its time has come."""

import sqlite3
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.core import profile
from bot.core.cases import Case
from bot.core.centre import Retention
from bot.core.duty import OneDay
from bot.core.retention import RULES, Period
from storage import (
    alarms,
    backups,
    broadcasts,
    cases,
    drafts,
    due,
    erasing,
    inbox,
    keys,
    outbox,
    people,
    pushes,
    retention,
    rosters,
)  # fmt: skip
from storage.db import Transaction
from storage.retention import Store
from tests.storage.books import NOW, Books, case, opened, somebody

KEPT = profile.load(profile.find("demo")).retention
YEAR = Retention(**{name: getattr(KEPT, name) for name in KEPT.__slots__} | {"closed_case_months": 12})

MIDNIGHT = NOW.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1) - NOW
"""From now to the end of the day: what is planned by days is over with the day."""


@pytest.fixture
def books(tmp_path: Path) -> Iterator[Books]:
    with opened(tmp_path / "data" / "poruch.db") as books:
        books.do(_filled)
        made = tmp_path / "data" / "backups"
        made.mkdir()
        backups.make(books.path, made / "a.backup", books.vault, made_at=NOW, progress=lambda _: None)
        yield books


def test_every_rule_has_its_deed_and_no_deed_is_without_a_rule() -> None:
    assert [rule.key for rule in RULES] == list(retention.ACTS)


@pytest.mark.safety("S27")
@pytest.mark.parametrize(
    ("rule", "last", "many"),
    [
        ("branch_drafts", timedelta(minutes=30), 1),
        ("drafts", timedelta(days=14), 1),
        ("passed", timedelta(hours=47), 2),
        ("hours", timedelta(hours=49), 1),
        ("handled", timedelta(days=7), 1),
        ("faults", timedelta(days=7), 2),
        ("due", timedelta(days=90), 1),
        ("pushes", timedelta(days=1), 1),
        ("alarms", timedelta(days=30), 1),
        ("broadcasts", timedelta(days=90), 2),
        ("rosters", timedelta(days=365) + MIDNIGHT, 2),
        ("archive", timedelta(days=365), 1),
        ("backups", timedelta(days=30), 1),
    ],
)
def test_it_goes_when_its_time_has_come_and_not_before(books: Books, rule: str, last: timedelta, many: int) -> None:
    if rule == "hours":
        books.do(lambda tx: [tx.run("DELETE FROM inbox"), tx.run("DELETE FROM outbox")])
    assert _at(books, last - timedelta(seconds=1), retention.due_now)[rule] == 0
    assert _at(books, last + timedelta(seconds=1), retention.due_now)[rule] == many
    assert _at(books, last + timedelta(seconds=1), retention.let_go)[rule] == many
    assert _at(books, last + timedelta(seconds=1), retention.due_now)[rule] == 0


@pytest.mark.safety("S27")
def test_a_dry_run_changes_nothing(books: Books) -> None:
    before = _everything(books.connection)
    counts = _at(books, timedelta(days=4000), retention.due_now)
    assert min(counts[rule] for rule in counts if rule != "hours") > 0
    assert _everything(books.connection) == before
    assert list((books.path.parent / "backups").iterdir())


@pytest.mark.safety("S23", "S27")
def test_what_a_closed_case_held_goes_by_the_archives_rule_and_an_open_one_stays(books: Books) -> None:
    _at(books, timedelta(days=366), retention.let_go)
    told = {each.state: each.erased_at for each in books.do(_all_cases)}
    assert told["new"] is None
    assert told["closed"] is not None
    assert books.count("cases WHERE closing = 'overcome_or_minimised'") == 1


@pytest.mark.safety("S27")
def test_without_a_rule_of_the_archive_no_case_goes_by_itself(books: Books) -> None:
    assert _at(books, timedelta(days=9000), retention.let_go, kept=KEPT)["archive"] == 0
    assert Period(0, "months").before(NOW) is None


@pytest.mark.safety("S07")
def test_messages_of_the_branch_stay_known_until_the_sweep(books: Books) -> None:
    _at(books, timedelta(days=30), retention.let_go)
    assert books.count("messages WHERE branch") == 1


@pytest.mark.parametrize(
    ("now", "months", "before"),
    [
        ((2026, 11, 23), 12, (2025, 11, 23)),
        ((2026, 1, 31), 11, (2025, 2, 28)),
        ((2026, 12, 1), 1, (2026, 11, 1)),
        ((2026, 1, 1), 1, (2025, 12, 1)),
    ],
)
def test_months_are_counted_by_the_calendar(
    now: tuple[int, int, int], months: int, before: tuple[int, int, int]
) -> None:
    assert Period(months, "months").before(datetime(*now, tzinfo=UTC)) == datetime(*before, tzinfo=UTC)


def _at(
    books: Books, later: timedelta, what: Callable[[Store, Retention], dict[str, int]], *, kept: Retention = YEAR
) -> dict[str, int]:
    return books.do(lambda tx: what(Store(tx, books.path.parent / "backups", NOW + later, UTC), kept))


def _broadcast(tx: Transaction) -> None:
    """One that did not reach the only carer, and one that was never sent."""
    ids = [
        broadcasts.draft(tx, audience="mentors", campaign=False, uk="Збір", en="", at=None, by=1, now=NOW).id
        for _ in range(2)
    ]
    people.join_audience(tx, 1, "mentors", now=NOW)
    broadcasts.go(tx, ids[0], at=NOW)
    broadcasts.begin(tx, ids[0], now=NOW)
    assert broadcasts.carers(tx, ids[0], most=9) == [1]
    broadcasts.settle(tx, ids[0])
    broadcasts.end(tx, ids[0], broadcasts.counts(tx, ids[0]), now=NOW)


def _filled(tx: Transaction) -> None:
    """One thing of every kind, all of this moment."""
    somebody(tx)
    for form, lives in (("safety", timedelta(minutes=30)), ("help", timedelta(days=14))):
        drafts.begin(tx, 1, form, subject_id=0, expires_at=NOW + lives, now=NOW)
    inbox.save(tx, [{"update_id": 1}, {"update_id": 2}], heard_at=NOW, now=NOW)
    inbox.handled(tx, [1], now=NOW)
    inbox.given_up(tx, 2, "A1B2", now=NOW)
    for _ in range(2):
        outbox.put(tx, 1, "send", {"text": "words"}, lane=1, now=NOW)
    outbox.sent(tx, [1], now=NOW)
    outbox.settle(tx, 2, "parked", now=NOW)
    for number, branch in enumerate((False, True)):
        outbox.remember(tx, 1, number, key=None, ours=True, branch=branch, now=NOW)
    due.plan(tx, "case_waits", 1, at=NOW)
    pushes.note(tx, 1, now=NOW)
    due.done(tx, 1, now=NOW)
    alarms.begin(tx, "", by=1, now=NOW)
    alarms.end(tx, "", now=NOW)
    _broadcast(tx)
    rosters.add_day(tx, 1, OneDay(NOW.date(), off=True))
    rosters.take_leave(tx, 1, NOW.date(), NOW.date())
    closed = case(tx, "закрита")
    case(tx, "відкрита")
    tx.run("UPDATE cases SET claimed_by = 1 WHERE id = :id", id=closed.id)
    cases.close(tx, closed.id, by=1, outcome="overcome", closing="overcome_or_minimised", told="", now=NOW)


def _all_cases(tx: Transaction) -> list[Case]:
    return erasing._cases(tx, "TRUE")


def _everything(connection: sqlite3.Connection) -> list[str]:
    return list(connection.iterdump())


def test_a_key_of_an_hour_stays_while_anything_under_it_waits(books: Books) -> None:
    assert _at(books, timedelta(days=5), retention.due_now)["hours"] == 0
    assert books.do(lambda tx: keys.count_hours(tx, before=NOW + timedelta(days=5))) == 0
