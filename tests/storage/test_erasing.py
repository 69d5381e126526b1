"""Erasing, part by part: what waits, what flies, what was given up, what stands in the list."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.core.cases import Case
from bot.core.register import NAMES
from storage import cases, drafts, due, erasing, inbox, outbox, people, register
from storage.db import Transaction
from tests.storage.books import NOW, Books, case, opened, somebody


@pytest.fixture
def books(tmp_path: Path) -> Iterator[Books]:
    with opened(tmp_path / "poruch.db") as books:
        yield books


def erased(tx: Transaction, doomed: Case) -> bool:
    return erasing.erase(tx, doomed, now=NOW)


@pytest.mark.safety("S23")
@pytest.mark.parametrize(
    ("key", "guard"),
    [("card:1", None), ("receipt:1", None), ("own:1", None), (None, '["push:reply", 1, 0]'), ("visit:1", None)],
)
def test_what_waits_to_be_sent_about_it_is_dropped_and_nothing_of_another_case(
    books: Books, key: str | None, guard: str | None
) -> None:
    def queue(tx: Transaction) -> Case:
        first, person = case(tx, "одна"), somebody(tx)
        case(tx, "інша")
        tx.run("INSERT INTO visits (case_id, specialist_id, kind, starts_at, state, planned_at) "
               "VALUES (1, 1, 'home', :now, 'planned', :now)", now=NOW)  # fmt: skip
        for each, of in ((key, guard), (key and key.replace("1", "2"), guard and guard.replace("1", "11"))):
            outbox.put(tx, person, "send", {"text": "words"}, lane=1, now=NOW, key=each, guard=of)
        return first

    first = books.do(queue)
    assert books.do(lambda tx: erased(tx, first))
    assert books.count("outbox WHERE state = 'dropped' AND payload IS NULL AND key IS NULL") == 1
    assert books.count("outbox WHERE state = 'queued' AND payload IS NOT NULL") == 1
    assert books.count("visits WHERE state = 'cancelled' AND version = 2") == 1


@pytest.mark.safety("S23")
@pytest.mark.parametrize("end", ["arrives", "not now", "no answer", "power failure"])
def test_what_is_in_flight_is_never_sent_again_and_is_taken_back_when_it_arrives(books: Books, end: str) -> None:
    def fly(tx: Transaction) -> Case:
        first, person = case(tx, "одна"), somebody(tx)
        outbox.put(tx, person, "send", {"text": "words"}, lane=1, now=NOW, key="card:1")
        outbox.depart(tx, outbox.ready(tx, lanes=(0, 3), most=9, now=NOW))
        return first

    def land(tx: Transaction) -> None:
        if end == "arrives":
            outbox.sent(tx, [1], now=NOW)
        elif end == "not now":
            outbox.wait(tx, 1, until=NOW)
        elif end == "no answer":
            outbox.unanswered(tx, 1, now=NOW)
        else:
            outbox.interrupted(tx, now=NOW)

    first = books.do(fly)
    books.do(lambda tx: erased(tx, first))
    books.do(land)
    assert books.count("outbox WHERE payload IS NOT NULL AND op = 'send'") == 0
    ready = books.do(lambda tx: outbox.depart(tx, outbox.ready(tx, lanes=(0, 3), most=9, now=NOW)))
    assert [(letter.op, letter.body) for letter in ready] == [("delete", {"key": "card:1"})]


@pytest.mark.safety("S23")
def test_only_her_own_updates_that_were_given_up_go_with_it(books: Books) -> None:
    def give_up(tx: Transaction) -> Case:
        first = case(tx, "одна")
        hers = people.meet(tx, 701, kind="private", language="uk", now=NOW)
        cases.link(tx, first.id, hers.id, "self", open_until=NOW, now=NOW)
        updates = [{"update_id": n, "message": {"from": {"id": n}, "text": "words"}} for n in (701, 702)]
        inbox.save(tx, updates, heard_at=NOW, now=NOW)
        for number in (1, 2):
            inbox.given_up(tx, number, "A1B2", now=NOW)
        return first

    first = books.do(give_up)
    books.do(lambda tx: erased(tx, first))
    assert books.count("inbox WHERE payload IS NULL AND update_id = 701") == 1
    assert books.count("inbox WHERE payload IS NOT NULL AND update_id = 702") == 1


@pytest.mark.safety("S23")
def test_what_staff_have_begun_to_write_about_it_goes_and_a_draft_about_something_else_stays(books: Books) -> None:
    def begin(tx: Transaction) -> Case:
        first, person = case(tx, "одна"), somebody(tx)
        for form, subject in (("close", 1), ("visit", 1), ("moved", 1), ("help", 0)):
            drafts.begin(tx, person, form, subject_id=subject, expires_at=NOW, now=NOW)
        for kind in ("ladder", "answer_late", "lease_over", "lease_soon", "sweep"):
            due.plan(tx, kind, 1, at=NOW)
        return first

    first = books.do(begin)
    books.do(lambda tx: erased(tx, first))
    assert books.do(lambda tx: [row["form"] for row in tx.all("SELECT form FROM drafts ORDER BY id")]) == [
        "moved", "help",
    ]  # fmt: skip
    assert books.do(lambda tx: [row["kind"] for row in tx.all("SELECT kind FROM due WHERE done_at IS NULL")]) == [
        "sweep",
    ]  # fmt: skip


@pytest.mark.safety("S23")
def test_in_the_same_hour_something_new_is_sealed_under_a_key_that_lives(books: Books) -> None:
    def again(tx: Transaction) -> int:
        return inbox.save(tx, [{"update_id": 9}], heard_at=NOW, now=NOW)

    books.do(lambda tx: inbox.save(tx, [{"update_id": 8}], heard_at=NOW, now=NOW))
    first = books.do(lambda tx: case(tx, "одна"))
    books.do(lambda tx: erased(tx, first))
    assert books.do(again) == 1
    assert [each.update["update_id"] for each in books.do(lambda tx: inbox.take(tx, most=9))] == [8, 9]


@pytest.mark.safety("S23")
def test_a_line_that_was_torn_is_none_and_the_next_one_stands_by_itself(books: Books, tmp_path: Path) -> None:
    file = tmp_path / "data.erased"
    doomed = [books.do(lambda tx: case(tx, "одна")) for _ in range(3)]
    for each in doomed[:2]:
        books.do(lambda tx, each=each: erased(tx, each))  # type: ignore[misc]
    assert books.do(lambda tx: erasing.write_down(tx, file)) == 2
    file.write_bytes(file.read_bytes()[:-40])
    assert len(erasing.listed(file)) == 1
    books.do(lambda tx: erased(tx, doomed[2]))
    assert books.do(lambda tx: erasing.write_down(tx, file)) == 2
    assert len(erasing.listed(file)) == 3
    assert file.stat().st_mode & 0o777 == 0o600
    assert books.do(lambda tx: erasing.write_down(tx, file)) == 0


def test_a_case_with_another_key_or_time_is_another_one_in_the_list(books: Books) -> None:
    first, second = books.do(lambda tx: (case(tx, "одна"), case(tx, "інша")))
    books.do(lambda tx: erased(tx, first))
    marks = books.do(lambda tx: frozenset([erasing.mark(tx, first)]))
    assert books.do(lambda tx: erasing.replay(tx, marks, now=NOW)) == 0
    marks = books.do(lambda tx: frozenset([erasing.mark(tx, second)]))
    assert books.do(lambda tx: erasing.replay(tx, marks, now=NOW)) == 1


@pytest.mark.safety("S23")
def test_an_erased_row_of_the_register_stands_in_the_list_and_is_erased_once_more_from_an_older_copy(
    books: Books, tmp_path: Path
) -> None:
    def imported(tx: Transaction) -> None:
        import_id = register.begin(tx, now=NOW)
        for number in ("17/2021", "18/2021"):
            row = (number, *("",) * (len(NAMES) - 2), "1")
            register.put(tx, import_id, row, register.mark(tx, row, nth=0), [])
        register.finish(tx, import_id, now=NOW)

    file = tmp_path / "erased"
    books.do(imported)
    assert books.do(lambda tx: erasing.erase_row(tx, "17/2021", now=NOW))
    assert books.do(lambda tx: erasing.write_down(tx, file)) == 1
    assert books.do(lambda tx: erasing.write_down(tx, file)) == 0
    assert books.do(lambda tx: erasing.replay(tx, erasing.listed(file), now=NOW)) == 0
    books.do(lambda tx: tx.run("DELETE FROM register"))
    books.do(imported)
    assert books.do(lambda tx: erasing.replay(tx, erasing.listed(file), now=NOW)) == 1
    assert books.count("register WHERE content IS NULL AND was IS NOT NULL") == 1
    assert books.count("register WHERE content IS NOT NULL AND was IS NULL") == 1
