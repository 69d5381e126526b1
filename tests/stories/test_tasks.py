"""Tasks: told when their moment comes, and each working day until they are done; no case is without a next step."""

from datetime import timedelta

import pytest

from bot.core.buttons import Todo, encode
from handlers import dismissal, exclusion, tasks
from storage import cases, people
from storage import tasks as kept
from storage.db import Transaction
from tests.people import Person, Town
from tests.stories.test_forms import asks_for_help
from tests.stories.test_urgent import reports
from tests.stories.test_visits import plans

LOOK = "Look at it again"


async def in_touch(ana: Person, iryna: Person) -> None:
    """Iryna has Ana's case and has spoken with her."""
    await asks_for_help(ana)
    await ana.presses("Send")
    await iryna.presses("Take")
    await iryna.presses("First contact made")


async def steps(town: Town, kind: str = "look_again") -> int:
    return await town.count("tasks", f"kind = '{kind}' AND done_at IS NULL")


async def next_step(town: Town, kind: str, **later: float) -> None:
    def make(tx: Transaction) -> None:
        here = town.app.desk.here(tx, town.clock.at)
        case = cases.by_id(tx, 1)
        assert case is not None
        tasks.next_step(here, case, kind, town.clock.at + timedelta(**later))

    await town.app.writer.transact(make)


async def test_after_the_first_contact_a_case_is_looked_at_again_in_two_working_days(
    ana: Person, iryna: Person, town: Town
) -> None:
    await in_touch(ana, iryna)
    assert await steps(town) == 1
    assert f"Next: {LOOK}, Wed 25 November, 8:00." in iryna.last
    await town.passes(days=1, hours=20)
    assert not any(message.text.endswith(LOOK) for message in iryna.chat.sent)
    await town.passes(hours=2)
    assert any(message.text.endswith(f". Centre.\n{LOOK}") for message in iryna.heard)


async def test_a_planned_visit_takes_the_place_of_a_look_and_its_end_brings_it_back(
    ana: Person, iryna: Person, town: Town
) -> None:
    await in_touch(ana, iryna)
    await iryna.presses("Plan a visit")
    await plans(iryna)
    assert await steps(town) == 0
    await iryna.presses("Cancel it")
    assert await steps(town) == 1
    await iryna.presses("Plan a visit")
    await plans(iryna)
    await iryna.presses("It took place")
    assert await steps(town) == 1


async def test_what_is_to_be_done_next_takes_the_place_of_a_look(ana: Person, iryna: Person, town: Town) -> None:
    await in_touch(ana, iryna)
    await next_step(town, "call", hours=3)
    assert (await steps(town), await steps(town, "call")) == (0, 1)
    await town.passes(hours=3)
    assert iryna.last.endswith(". Centre.\nCall")
    await iryna.presses("Done with it")
    assert iryna.last.endswith(": done.")
    assert (await steps(town), await steps(town, "call")) == (1, 0)


async def test_while_a_body_decides_there_is_a_next_step(ana: Person, iryna: Person, town: Town) -> None:
    await in_touch(ana, iryna)
    await iryna.presses("Sent for a decision")
    await next_step(town, "wait_documents", minutes=5)
    await town.passes(minutes=5)
    await iryna.presses("Done with it")
    assert await town.count("tasks", "done_at IS NULL") == 0


async def test_done_asks_nothing_more_and_cannot_be_done_twice(ana: Person, iryna: Person, town: Town) -> None:
    await in_touch(ana, iryna)
    await next_step(town, "write", minutes=1)
    await town.passes(minutes=1)
    done = iryna.pressing("Done with it")
    await town.hears(done, {"callback_query": done["callback_query"] | {"id": "again"}})
    assert town.telegram.toasts[-1] == "This task is done, or has changed."
    assert await town.count("tasks", "kind = 'write' AND done_by IS NOT NULL") == 1


async def test_a_task_can_be_put_off_to_the_next_working_day(ana: Person, iryna: Person, town: Town) -> None:
    await in_touch(ana, iryna)
    await town.passes(days=4)
    await next_step(town, "call", minutes=15)
    await town.passes(minutes=15)
    await iryna.presses("On the next working day")
    assert "moved to Mon 30 November, 8:00." in iryna.last
    sent = len(iryna.chat.sent)
    await town.passes(days=2)
    assert not any("Call" in message.text for message in iryna.chat.sent[sent:])
    await town.passes(days=1)
    assert any(message.text.endswith(". Centre.\nCall") for message in iryna.chat.sent[sent:])


async def test_it_is_told_again_each_working_day_and_with_the_third_call_the_head_hears_of_it(
    ana: Person, iryna: Person, head: Person, town: Town
) -> None:
    await in_touch(ana, iryna)
    await next_step(town, "call", minutes=15)
    await town.passes(hours=1)
    calls = [message for message in iryna.chat.sent if message.text.endswith("Call")]
    assert len(calls) == 1
    await town.passes(days=1)
    assert iryna.sees("Still to be done.")
    assert not head.sees("A task has been open")
    await town.passes(days=1)
    assert head.sees("Centre. A task has been open since Mon 23 November, 11:15, and is with Iryna.")
    assert len([message.text for message in iryna.heard if message.text.endswith("Call")]) == 1
    await iryna.presses("Done with it")
    sent = len(iryna.chat.sent), len(head.chat.sent)
    await town.passes(days=1)
    assert not any("Call" in message.text for message in iryna.chat.sent[sent[0] :])
    assert len(head.chat.sent) == sent[1]


async def test_when_a_case_moves_what_is_open_about_it_moves_along(ana: Person, iryna: Person, town: Town) -> None:
    other = await town.staff("Other", "specialist", language="en")
    await in_touch(ana, iryna)
    await next_step(town, "call", hours=2)
    await town.passes(hours=2)
    assert iryna.last.endswith("Call")

    def move(tx: Transaction) -> None:
        here = town.app.desk.here(tx, town.clock.at)
        found = people.meet(tx, other.id, kind="private", language="en", now=town.clock.at)
        town.app.desk.write(tx, tasks.moved_to(here, 1, found.id), now=town.clock.at)

    await town.app.writer.transact(move)
    await town.settles()
    assert not any(message.text.endswith("Call") for message in iryna.heard)
    assert await town.count("tasks", "person_id = (SELECT max(person_id) FROM roles) AND done_at IS NULL") == 1
    sent = len(iryna.chat.sent)
    await town.passes(days=1)
    assert other.sees("Call")
    assert not any("Call" in message.text for message in iryna.chat.sent[sent:])


@pytest.mark.usefixtures("head")
async def test_with_nobody_named_it_is_the_heads(ana: Person, iryna: Person, town: Town) -> None:
    await in_touch(ana, iryna)

    def move(tx: Transaction) -> None:
        cases.release(tx, 1, now=town.clock.at)
        tasks.moved_to(town.app.desk.here(tx, town.clock.at), 1, None)

    await town.app.writer.transact(move)
    assert await town.count("tasks", "person_id = (SELECT person_id FROM roles WHERE role = 'head')") == 1


@pytest.mark.safety("S28")
async def test_whoever_leaves_the_centre_leaves_no_task_behind(
    ana: Person, iryna: Person, head: Person, town: Town
) -> None:
    await in_touch(ana, iryna)
    await next_step(town, "call", minutes=1)
    await town.passes(minutes=1)
    leaver = await town.app.reader.look(lambda tx: tx.all("SELECT person_id FROM roles WHERE role = 'specialist'"))
    person_id = leaver[0]["person_id"]
    await town.app.writer.transact(lambda tx: dismissal.revoke(tx, person_id, now=town.clock.at))
    await town.passes(minutes=2)
    assert await town.count("tasks", f"person_id = {person_id} AND done_at IS NULL") == 0
    assert await town.count("tasks", "kind = 'call' AND done_at IS NULL") == 1
    assert not any("Call" in message.text for message in iryna.heard)
    await town.passes(days=1)
    assert head.sees("Call")


@pytest.mark.safety("S25")
async def test_what_she_keeps_somebody_from_is_no_task_of_theirs(ana: Person, olena: Person, town: Town) -> None:
    await reports(ana)
    await olena.presses("Take")
    await olena.presses("First contact made")
    await next_step(town, "call", minutes=1)
    await town.passes(minutes=1)

    def exclude(tx: Transaction) -> None:
        case, found = cases.by_id(tx, 1), people.meet(tx, olena.id, kind="private", language="en", now=town.clock.at)
        assert case is not None
        here = town.app.desk.here(tx, town.clock.at)
        town.app.desk.write(tx, exclusion.exclude_person(here, case, found.id), now=town.clock.at)

    await town.staff("Maria", "head", language="en")
    await town.app.writer.transact(exclude)
    await town.settles()
    assert not any(message.text.endswith("Call") for message in olena.heard)
    assert await town.count("tasks", "person_id = (SELECT person_id FROM roles WHERE role = 'head')") == 1


async def test_a_task_is_pressed_by_nobody_else(ana: Person, iryna: Person, head: Person, town: Town) -> None:
    await in_touch(ana, iryna)
    await town.hears(head.pressing_data(encode(Todo(1, 1, "done"))))
    assert town.telegram.toasts[-1] == "You have no access to this."
    assert await steps(town) == 1
    await town.hears(iryna.pressing_data(encode(Todo(1, 1, "show"))))
    assert iryna.last.endswith(LOOK)


async def test_of_an_erased_case_no_task_and_no_clock_is_left(ana: Person, olena: Person, town: Town) -> None:
    from storage import erasing  # noqa: PLC0415 - once

    await reports(ana)
    await olena.presses("Take")
    await olena.presses("First contact made")
    await town.passes(days=3)

    def erase(tx: Transaction) -> None:
        case = cases.by_id(tx, 1)
        assert case is not None
        erasing.erase(tx, case, now=town.clock.at)

    await town.app.writer.transact(erase)
    await town.settles()
    assert await town.count("tasks", "done_at IS NULL") == 0
    assert await town.count("deadlines", "met_at IS NULL AND dropped_at IS NULL") == 0
    assert await town.count("due", "kind IN ('task_due', 'deadline_soon', 'deadline_late') AND done_at IS NULL") == 0
    assert not any("K-" in message.text for message in olena.heard if not message.text.startswith("My day"))


async def test_every_kind_of_task_has_its_words(ana: Person, iryna: Person, town: Town) -> None:
    await in_touch(ana, iryna)
    for kind in tasks.WORDS:
        await next_step(town, kind, minutes=1)
    await town.passes(minutes=1)
    for kind in set(tasks.WORDS) - {"missed_deadline", "look_again"}:
        words = town.languages.say(tasks.IN_ALERTS[kind], "en")
        assert iryna.sees(f". Centre.\n{words}")
    mine = await town.app.reader.look(lambda tx: [each.kind for each in kept.of_person(tx, 2)])
    assert set(mine) | {"look_again"} == set(tasks.WORDS)
