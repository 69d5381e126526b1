"""What is looked at all day is read along an index, whatever the register holds: nothing is scanned, nothing sorted."""

import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from bot.core.events import Due
from storage import cases, due, erasing, leases, letters, outbox, seats, tasks, unreminded, visits
from storage.db import Transaction
from storage.seal import Vault
from tests.storage import books
from tests.storage.books import NOW

TEAMS, ROLES = ("brigade", "district_specialists"), ("brigade",)
LOOKS: dict[str, Callable[[Transaction], object]] = {
    "a page of the queue": lambda tx: cases.waiting(tx, TEAMS, person_id=1, roles=ROLES, most=9),
    "how many wait for somebody": lambda tx: cases.count_waiting_for(tx, TEAMS, person_id=1, roles=ROLES),
    "how many wait": cases.count_waiting,
    "a page of one's own": lambda tx: cases.taken_by(tx, 1, most=9),
    "how many are one's own": lambda tx: cases.count_taken_by(tx, 1),
    "whom to get in touch with": lambda tx: leases.of_person(tx, 1, most=5),
    "one's tasks": lambda tx: tasks.of_person(tx, 1, most=5),
    "the tasks of a case": lambda tx: tasks.of_case(tx, 1),
    "today's visits": lambda tx: visits.of_specialist_until(tx, 1, until=NOW + timedelta(days=1), most=8),
    "whether a time is free": lambda tx: visits.move_to_slot(tx, 1, version=1, starts_at=NOW, lasts=timedelta(hours=1)),
    "whether somebody is on the road": lambda tx: visits.on_road(tx, 1),
    "a case's talk": lambda tx: letters.count(tx, 1),
    "what is due": lambda tx: due.ring(tx, now=NOW, most=50),
    "a reminder's row": lambda tx: due.bell(tx, "visit_day", 1, 1, version=1),
    "what is nearer": lambda tx: due.later(tx, ("visit_day", "visit_hours"), Due("visit_day", 1, 1, 1, NOW)),
    "the seats of a phone": lambda tx: seats.of_phone(tx, 1, 1),
    "what waits for a chat": lambda tx: outbox.guards(tx, 1),
    "whom nothing was said": lambda tx: unreminded.count(tx, "training", 1),
    "what was due": lambda tx: due.count_done(tx, before=NOW),
    "what is to be erased": lambda tx: erasing.count_closed_before(tx, NOW),
    "what waits to be sent": lambda tx: outbox.ready(tx, lanes=(2, 3), most=6, now=NOW),
    "when something held may go": lambda tx: outbox.next_at(tx, after=NOW),
    "what may have arrived": lambda tx: outbox.unsure(tx, 1, "a"),
}


@pytest.mark.parametrize("look", LOOKS)
def test_no_look_of_every_day_reads_or_sorts_a_whole_table(look: str, tmp_path: Path) -> None:
    with books.opened(tmp_path / "poruch.db") as opened:
        said: list[str] = []
        LOOKS[look](Transaction(opened.connection, Vault((books.MASTER,)), said.append))
        plans = [step for sql in said for step in _plan(opened, sql)]
    assert said
    assert [step for step in plans if re.search(r"^SCAN (?!.*CONSTANT)|B-TREE", step)] == []


def _plan(opened: books.Books, sql: str) -> list[str]:
    values = dict.fromkeys(re.findall(r"(?<!:):(\w+)", sql), 1)
    return [str(row[3]) for row in opened.connection.execute(f"EXPLAIN QUERY PLAN {sql}", values)]
