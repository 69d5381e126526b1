"""Which case is first: by rules that can be said, the same in words, in Python and in the database."""

import random
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from bot.core import order, texts
from bot.core.cases import Case
from storage import cases
from storage.db import Transaction
from tests.storage import books
from tests.storage.books import NOW

PLAIN = Case(
    id=1, number="4823", key_id=1, form="help", urgency="planned", danger=None, contact="here", district="center",
    team="brigade", state="new", branch=False, mistaken=False, reported_at=NOW, answer_due_at=NOW + timedelta(hours=1),
    claimed_by=None, claimed_at=None, contacted_at=None, closed_at=None,
)  # fmt: skip


def test_danger_goes_before_weapon_before_child_before_repeat_before_deadline_before_waiting() -> None:
    urgent = replace(PLAIN, urgency="emergency")
    ordered = [
        replace(urgent, danger="now", weapon="yes"),
        replace(urgent, danger="now"),
        replace(urgent, danger="later", returns=1),
        replace(urgent, danger="later", weapon="yes"),
        replace(urgent, danger="later", children=2),
        replace(urgent, danger="later", child_role="witness", repeat=False, answer_due_at=NOW + timedelta(hours=2)),
        replace(urgent, danger="later", repeat=True),
        urgent,
        replace(PLAIN, priority=3),
        PLAIN,
        replace(PLAIN, reported_at=NOW + timedelta(minutes=1)),
        replace(PLAIN, answer_due_at=NOW + timedelta(hours=3)),
    ]
    shuffled = random.Random(1).sample(ordered, len(ordered))
    assert sorted(shuffled, key=order.rank) == ordered


def test_it_is_said_in_words_the_strongest_first() -> None:
    first = replace(PLAIN, urgency="emergency", danger="now", weapon="yes", children=1, repeat=True, returns=1)
    said = order.why(first, NOW)
    assert said[:6] == [
        texts.FIRST_URGENT, texts.FIRST_DANGER, texts.FIRST_CAME_BACK, texts.FIRST_WEAPON, texts.FIRST_CHILD,
        texts.FIRST_REPEAT,
    ]  # fmt: skip
    assert len(order.why(PLAIN, NOW)) == 1
    late = order.why(PLAIN, NOW + timedelta(hours=2))[0]
    assert getattr(late, "msgid", "") == texts.FIRST_LATE.msgid
    assert texts.FIRST_RULE in order.why(replace(PLAIN, priority=1), NOW)


def test_the_database_orders_as_the_rules_do(tmp_path: Path) -> None:
    chance = random.Random(7)

    def filled(tx: Transaction) -> None:
        for number in range(200):
            case = books.case(tx, f"story {number}")
            tx.run(
                "UPDATE cases SET team = 'brigade', urgency = :urgency, danger = :danger, weapon = :weapon, "
                "children = :children, child_role = :role, repeat = :repeat, returns = :returns, "
                "priority = :priority, answer_due_at = :by, reported_at = :at WHERE id = :id",
                id=case.id,
                urgency=chance.choice(("emergency", "planned")),
                danger=chance.choice(("now", "later", None)),
                weapon=chance.choice(("yes", "no", None)),
                children=chance.choice((0, 2, None)),
                role=chance.choice(("witness", None)),
                repeat=chance.random() < 0.5,
                returns=chance.choice((0, 0, 1)),
                priority=chance.choice((0, 0, 3)),
                by=NOW + timedelta(minutes=chance.randrange(5)),
                at=NOW - timedelta(minutes=chance.randrange(5)),
            )

    with books.opened(tmp_path / "poruch.db") as opened:
        opened.do(filled)
        found = opened.do(lambda tx: cases.waiting(tx, ("brigade",), person_id=1, roles=("brigade",), most=500))
    assert len(found) == 200
    assert [order.rank(case) for case in found] == sorted(order.rank(case) for case in found)
