"""Two cases of one family: staff see it, join and part them with one press each; nobody else ever learns of it."""

import base64
import hashlib
from datetime import timedelta

import pytest

from bot.core.buttons import Claim, Kin, encode
from handlers import exclusion, family
from storage import cases, erasing, likeness, tasks
from storage.db import Transaction
from tests.people import Person, Town
from tests.stories.test_audit import logged, verified
from tests.stories.test_exclusions import keeps_away, known
from tests.stories.test_rights import withdraws
from tests.stories.test_third_persons import tells
from tests.stories.test_urgent import reports

PHONE, STREET = "067 123 45 68", "Сонцедара Лелечинського, 7"
FAMILY = "Дзвінчук Калинодара, Сонцедара Лелечинського 7"
COLUMNS = "claimed_by, claimed_at, contacted_at, state, answer_due_at, urgency, danger, team, joined_to"


async def danger(person: Person, *, phone: str = PHONE, street: str = STREET) -> str:
    """Four presses, then an address and a phone; the number of her case."""
    await reports(person)
    number = next(each.text for each in person.heard if "Your number" in each.text or "K-" in each.text)
    await person.says(street)
    await person.says(phone)
    await person.presses("That is all")
    return number.split("K-")[1][:4]


async def asks(person: Person, *, phone: str = PHONE) -> None:
    await person.says("I need help")
    for label in ("Me", "Money and benefits", "Skip", "Centre", "Call me"):
        await person.presses(label)
    await person.says(phone)
    await person.presses("I agree")
    await person.presses("Send")


async def resident(town: Town, name: str) -> Person:
    person = town.person(name)
    await person.says("/start")
    await person.speaks("en")
    await person.says("/start")
    return person


async def stands(town: Town) -> list[tuple[object, ...]]:
    """Every case as it stands, and every clock that runs."""

    def look(tx: Transaction) -> list[tuple[object, ...]]:
        rows = tx.all(f"SELECT {COLUMNS} FROM cases ORDER BY id")
        clocks = tx.all("SELECT kind, subject_id, at FROM due WHERE done_at IS NULL AND kind = 'ladder' ORDER BY 2")
        called = tx.all("SELECT case_id, person_id FROM alerts ORDER BY 1, 2")
        return [tuple(row) for row in (*rows, *clocks, *called)]

    return await town.app.reader.look(look)


async def test_the_card_says_that_it_looks_like_one_family_and_in_what(ana: Person, olena: Person, town: Town) -> None:
    other = await resident(town, "Oksana")
    first = await danger(ana)
    await danger(other, street="Зовсім Інша, 3")
    await olena.presses("Take")
    assert f"It looks like the same family: K-{first} (the same phone)." in olena.last
    assert "Сонцедара" not in olena.last


async def test_what_is_not_the_same_is_not_said_to_be(ana: Person, olena: Person, town: Town) -> None:
    other = await resident(town, "Oksana")
    await danger(ana)
    await danger(other, phone="050 765 43 21", street="Зовсім Інша, 3")
    await olena.presses("Take")
    assert "same family" not in olena.last


async def test_an_address_that_comes_later_is_compared_too(ana: Person, olena: Person, town: Town) -> None:
    other = await resident(town, "Oksana")
    await reports(ana)
    await olena.presses("Take")
    await danger(other)
    await ana.says("вул. " + STREET)
    await ana.presses("That is all")
    await olena.presses("Open the card")
    assert "(the same address)" in olena.last


async def test_joined_with_one_press_the_younger_leaves_the_queue_and_parted_with_one_all_is_as_before(
    ana: Person, olena: Person, petro: Person, head: Person, town: Town
) -> None:
    other = await resident(town, "Oksana")
    first = await danger(ana)
    await olena.presses("Take")
    await olena.presses("First contact made")
    second = await danger(other)
    before = await stands(town)
    await olena.says(f"/case {first}")
    await olena.presses(f"Join K-{second}")
    assert f"The same family, joined here: K-{second}." in olena.last
    assert petro.last == f"K-{second} goes on together with another case."
    assert await town.count("cases", "joined_to = 1 AND claimed_by = (SELECT claimed_by FROM cases WHERE id = 1)") == 1
    assert await town.count("due", "kind = 'ladder' AND done_at IS NULL") == 0
    await petro.says("Queue")
    assert "Nobody is waiting." in petro.last
    called = len(head.chat.sent)
    await town.passes(hours=3)
    assert len(head.chat.sent) == called
    town.clock.at -= timedelta(hours=3)
    await olena.presses(f"Take K-{second} apart again")
    assert await stands(town) == before
    assert petro.labels[-2:] == ["Take", "I can't take it"]
    assert [why for _, why in await logged(town, "joined_cases")] == ["case 1", "case 2"]
    assert await town.count("history", "what IN ('joined_cases', 'parted')") == 4
    assert await verified(town) is None


async def test_both_with_holders_go_on_with_the_older_one_and_go_back(
    ana: Person, olena: Person, petro: Person, town: Town
) -> None:
    other = await resident(town, "Oksana")
    first = await danger(ana)
    await olena.presses("Take")
    second = await danger(other)
    await petro.presses("Take")
    before = await stands(town)
    assert f"Open K-{first}" not in petro.labels
    await petro.presses(f"Join K-{first}")
    assert petro.last == f"K-{second} goes on together with another case."
    assert olena.last == f"K-{second} is now joined to your K-{first}: the same family."
    await olena.presses("Open the card")
    await olena.presses(f"Open K-{second}")
    assert f"The same family: the work goes on in K-{first}." in olena.last
    assert "Write an answer" in olena.labels
    await olena.presses(f"Take K-{first} apart again")
    assert await stands(town) == before
    assert petro.last == f"K-{second} is a case of its own again. It is with you, as before."


async def test_whoever_takes_the_older_has_the_younger_too_and_closing_closes_both(
    ana: Person, olena: Person, petro: Person, head: Person, town: Town
) -> None:
    other = await resident(town, "Oksana")
    await danger(ana)
    second = await danger(other)
    await head.says(f"/case {second}")
    await head.presses("Supervision")
    await head.presses(next(label for label in head.labels if label.startswith("Join ")))
    await town.hears(petro.pressing_data(encode(Claim(2))))
    assert await town.count("cases", "claimed_by IS NOT NULL") == 0
    await olena.says("Queue")
    await olena.presses(next(label for label in reversed(olena.labels) if label.startswith("K-")))
    assert await town.count("cases", "claimed_by IS NOT NULL") == 2
    for label in ("Close the case", "Overcome", "Overcome or reduced", "Skip", "Send"):
        await olena.presses(label)
    assert await town.count("cases", "closed_at IS NOT NULL") == 2
    assert await town.count("cases", "closing = 'duplicate' AND id = 2") == 1


async def test_another_family_is_said_once(ana: Person, olena: Person, town: Town) -> None:
    other = await resident(town, "Oksana")
    first = await danger(ana)
    await danger(other)
    await olena.presses("Take")
    await olena.presses(f"K-{first} is another family")
    assert "same family" not in olena.last
    await other.says("/start")
    assert await town.count("likenesses", "state = 'apart'") == 1


@pytest.mark.safety("S14")
async def test_neither_she_nor_a_third_person_learns_that_cases_were_joined(
    ana: Person, olena: Person, town: Town
) -> None:
    neighbour, other = await resident(town, "Ivan"), await resident(town, "Oksana")
    await tells(neighbour, FAMILY)
    number = await danger(ana)
    await asks(other)
    await olena.presses("Take")
    people = (ana, neighbour, other)
    for person in people:
        await person.says("My requests")
    before = [(person.last, len(person.chat.sent)) for person in people]
    for _ in range(2):
        await olena.presses(next(label for label in reversed(olena.labels) if label.startswith("Join ")))
    assert await town.count("cases", "joined_to IS NOT NULL") == 2
    assert [(person.last, len(person.chat.sent)) for person in people] == before
    await neighbour.says("My requests")
    assert neighbour.last == before[1][0]
    await ana.says("My requests")
    await ana.presses("Open by number and code")
    await ana.says(number)
    assert ana.sees("Code")


@pytest.mark.safety("S25")
async def test_who_is_kept_from_a_case_is_not_told_that_another_is_like_it(
    ana: Person, olena: Person, town: Town
) -> None:
    other = await resident(town, "Oksana")
    first = await danger(ana)
    await keeps_away(town, olena)
    await danger(other)
    await olena.presses("Take")
    assert "same family" not in olena.last
    assert first not in olena.last
    await town.hears(olena.pressing_data(encode(Kin(2, 1, "join"))))
    assert town.telegram.toasts[-1] == "You have no access to this."
    assert await town.count("cases", "joined_to IS NOT NULL") == 0


@pytest.mark.safety("S25")
async def test_who_is_kept_away_after_joining_loses_that_case_and_keeps_the_other(
    ana: Person, olena: Person, petro: Person, town: Town
) -> None:
    other = await resident(town, "Oksana")
    await danger(other)
    await olena.presses("Take")
    await danger(ana)
    await olena.says(f"/case {await number_of(town, 1)}")
    await olena.presses(f"Join K-{await number_of(town, 2)}")
    await keeps_from(town, olena, 2)
    assert await town.count("cases", "id = 2 AND joined_to IS NULL AND claimed_by IS NULL") == 1
    assert await town.count("cases", "id = 1 AND claimed_by IS NOT NULL") == 1
    assert not olena.sees("joined here")
    assert petro.labels[-2:] == ["Take", "I can't take it"]


@pytest.mark.safety("S23")
async def test_erasing_takes_the_marks_away_and_what_was_joined_waits_for_itself(
    ana: Person, olena: Person, town: Town
) -> None:
    other = await resident(town, "Oksana")
    first = await danger(ana)
    await danger(other)
    await olena.says(f"/case {first}")
    await olena.presses("Take")
    await olena.presses(f"Join K-{await number_of(town, 2)}")

    def erased(tx: Transaction) -> bool:
        case = cases.by_id(tx, 1)
        return case is not None and erasing.erase(tx, case, now=town.clock.at)

    assert await town.app.writer.transact(erased)
    assert await town.count("blind", "case_id = 1") == 0
    assert await town.count("likenesses") == 0
    assert await town.count("cases", "id = 2 AND joined_to IS NULL AND closed_at IS NULL") == 1
    assert await town.count("due", "kind = 'ladder' AND subject_id = 2 AND done_at IS NULL") == 1


async def test_the_earlier_deadline_counts_and_the_next_steps_go_along(ana: Person, olena: Person, town: Town) -> None:
    other = await resident(town, "Oksana")
    first = await danger(ana)
    await danger(other)
    now = town.clock.at
    given = [(1, "needs_assessment", 9), (2, "needs_assessment", 5), (2, "notify_police", 3), (1, "decision_notice", 4)]

    def deadlines(tx: Transaction) -> None:
        tx.run("DELETE FROM deadlines")
        for case_id, key, days in given:
            tx.run(
                "INSERT INTO deadlines (case_id, key, starts_at, due_at) VALUES (:case_id, :key, :now, :at)",
                case_id=case_id, key=key, now=now, at=now + timedelta(days=days),
            )  # fmt: skip
        tasks.make(tx, "call", to=1, case_id=2, due_at=now, now=now)

    def look(tx: Transaction) -> list[tuple[object, ...]]:
        rows = tx.all("SELECT case_id, key, due_at FROM deadlines WHERE dropped_at IS NULL ORDER BY key, case_id")
        return [*((row["case_id"], row["key"], (row["due_at"] - now).days) for row in rows),
                *((row["case_id"], "task", 0) for row in tx.all("SELECT case_id FROM tasks"))]  # fmt: skip

    await town.app.writer.transact(deadlines)
    before = await town.app.reader.look(look)
    await olena.says(f"/case {first}")
    await olena.presses("Take")
    await olena.presses(f"Join K-{await number_of(town, 2)}")
    assert await town.app.reader.look(look) == [
        (1, "decision_notice", 4), (1, "needs_assessment", 5), (1, "notify_police", 3), (1, "task", 0),
    ]  # fmt: skip
    await olena.presses(f"Take K-{await number_of(town, 2)} apart again")
    assert await town.app.reader.look(look) == before


async def test_what_waits_again_after_parting_has_no_lease(ana: Person, olena: Person, town: Town) -> None:
    other = await resident(town, "Oksana")
    await danger(ana)
    await danger(other)
    await town.hears(olena.pressing_data("T:2"))
    number = await number_of(town, 1)
    await olena.presses(f"Join K-{number}")
    assert await town.count("due", "kind = 'lease_over' AND subject_id = 1 AND done_at IS NULL") == 1
    await olena.presses(f"Take K-{number} apart again")
    assert await town.count("cases", "id = 1 AND claimed_by IS NULL AND lease_until IS NULL") == 1
    assert await town.count("due", "kind = 'lease_over' AND subject_id = 1 AND done_at IS NULL") == 0


async def test_taken_apart_again_each_has_a_next_step_and_what_is_late_is_somebodys_task(
    ana: Person, olena: Person, town: Town
) -> None:
    other = await resident(town, "Oksana")
    await danger(ana)
    await olena.presses("Take")
    await olena.presses("First contact made")
    await danger(other)
    await olena.presses("Take")
    await olena.presses("First contact made")
    number = await number_of(town, 2)
    await olena.says(f"/case {await number_of(town, 1)}")
    await olena.presses(f"Join K-{number}")

    def all_done_and_one_late(tx: Transaction) -> None:
        tx.run("UPDATE tasks SET done_at = made_at")
        tx.run("UPDATE deadlines SET missed_at = due_at WHERE key = 'brigade_urgent_help'")

    await town.app.writer.transact(all_done_and_one_late)
    await olena.presses(f"Take K-{number} apart again")
    for case in (1, 2):
        assert await town.count("tasks", f"case_id = {case} AND kind = 'missed_deadline' AND done_at IS NULL") == 1
        assert await town.count("cases", f"id = {case} AND contacted_at IS NOT NULL") == 1


@pytest.mark.safety("S22")
async def test_no_file_holds_a_phone_an_address_or_a_name_or_a_hash_that_anybody_can_make(
    ana: Person, town: Town
) -> None:
    neighbour = await resident(town, "Ivan")
    await danger(ana)
    await tells(neighbour, FAMILY)
    assert await town.count("blind") > 3
    folder = town.settings.data_dir
    raw = b"".join(file.read_bytes() for file in folder.rglob("*") if file.is_file())
    words = ["+380671234568", "0671234568", "671234568", "сонцедара лелечинського 7", "лелечинського", "Дзвінчук",
             "дзвинчук калинодара", "center дзвинчук калинодара", "лелечинского сонцедара 7",
             "лелечинського сонцедара 7"]  # fmt: skip
    for word in words:
        assert word.encode() not in raw, word
        for name in ("md5", "sha1", "sha256", "sha512", "blake2b"):
            digest = hashlib.new(name, word.encode()).digest()
            for shape in (digest, digest[:16], digest.hex().encode(), base64.b64encode(digest)):
                assert shape not in raw, (word, name)


@pytest.mark.safety("S09", "S14")
async def test_what_is_pushed_about_the_one_outside_tells_nothing_of_the_branch(
    ana: Person, olena: Person, town: Town
) -> None:
    other = await resident(town, "Oksana")
    await danger(ana)
    await other.says("I need help")
    for label in ("Me", "Money and benefits", "Skip", "Centre", "Write to me here", "I agree", "Send"):
        await other.presses(label)
    await olena.presses("Take")
    await joins_by_hand(town, 2, 1)
    assert not other.sees("taken it")
    await olena.says(f"/case {await number_of(town, 2)}")
    await olena.presses("Write an answer")
    await olena.says("Come on Monday")
    await olena.presses("Send")
    assert other.last.startswith(f"K-{await number_of(town, 2)}")
    assert await number_of(town, 1) not in "".join(each.text for each in other.chat.sent)


async def test_a_name_that_came_in_twice_is_shown_and_what_has_ended_is_not_joined(iryna: Person, town: Town) -> None:
    for _ in range(2):
        for label in ("Enter a case", "Found by a specialist", "Planned", "No"):
            await (iryna.says if label == "Enter a case" else iryna.presses)(label)
        for label in ("Skip", "Centre", "A family", "1"):
            await iryna.presses(label)
        await iryna.says("Дзвінчук Калинодара")
        for label in ("Skip", "Skip", "Skip", "I take it myself", "Send"):
            await iryna.presses(label)
    assert "(the same name and district)" in iryna.last
    press = iryna.pressing(f"Join K-{await number_of(town, 1)}")
    await iryna.says(f"/case {await number_of(town, 1)}")
    for label in ("Close the case", "Overcome", "Overcome or reduced", "Skip", "Send"):
        await iryna.presses(label)
    await town.hears(press)
    assert town.telegram.toasts[-1] == "These two cannot be joined."
    await iryna.says(f"/case {await number_of(town, 2)}")
    assert not [label for label in iryna.heard[-1].buttons if label.startswith("Join")]


async def test_what_she_withdraws_is_no_longer_one_with_the_other(ana: Person, olena: Person, town: Town) -> None:
    other = await resident(town, "Oksana")
    await danger(ana)
    await olena.presses("Take")
    await danger(other)
    await olena.says(f"/case {await number_of(town, 1)}")
    await olena.presses(f"Join K-{await number_of(town, 2)}")
    await ana.presses("‹ Back to the request")
    await withdraws(ana)
    assert await town.count("cases", "id = 2 AND joined_to IS NULL AND claimed_by IS NULL") == 1
    assert await town.count("due", "kind = 'ladder' AND subject_id = 2 AND done_at IS NULL") == 1
    assert "Take" in olena.labels


async def test_cases_from_before_there_were_marks_get_theirs(ana: Person, olena: Person, town: Town) -> None:
    other = await resident(town, "Oksana")
    first = await danger(ana)
    await danger(other)

    def before(tx: Transaction) -> None:
        for table in ("blind", "likenesses"):
            tx.run(f"DELETE FROM {table}")
        tx.run("DELETE FROM due WHERE kind = 'marks'")

    await town.app.writer.transact(before)
    await town.restarts()
    await town.passes(minutes=15)
    await olena.presses("Take")
    assert f"K-{first}" in olena.last


async def joins_by_hand(town: Town, younger: int, older: int) -> None:
    """As the press does it, of two cases that nothing but a colleague's knowledge makes one family."""

    def work(tx: Transaction) -> None:
        one, other = cases.by_id(tx, younger), cases.by_id(tx, older)
        assert one is not None
        assert other is not None
        likeness.join(tx, one, other, paused=family.PAUSED, by=None, now=town.clock.at)

    await town.app.writer.transact(work)


async def number_of(town: Town, case_id: int) -> str:
    rows = await town.app.reader.look(lambda tx: tx.all("SELECT number FROM cases WHERE id = :id", id=case_id))
    return str(rows[0]["number"])


async def keeps_from(town: Town, who: Person, case_id: int) -> None:
    """As `keeps_away`, for another case than the first."""

    def work(tx: Transaction) -> None:
        here, case = town.app.desk.here(tx, town.clock.at), cases.by_id(tx, case_id)
        assert case is not None
        town.app.desk.write(tx, exclusion.exclude_person(here, case, known(town, who)(tx)), now=town.clock.at)

    await town.app.writer.transact(work)
    await town.settles()


@pytest.mark.usefixtures("olena", "iryna")
async def test_of_a_ladder_that_a_case_has_left_no_step_is_heard(ana: Person, head: Person, town: Town) -> None:
    """Joined to an emergency a planned case climbs as one; parted, it waits by its own ladder, and by that alone."""
    other = await resident(town, "Oksana")
    await asks(ana, phone=PHONE)
    await danger(other)

    def press(move: str) -> dict[str, object]:
        return head.pressing_data(encode(Kin(1, 2, move)))

    await town.hears(press("join"))
    assert await town.count("cases", "id = 1 AND urgency = 'emergency'") == 1
    await town.passes(minutes=6)
    await town.hears(press("part"))
    assert await town.count("cases", "id = 1 AND urgency = 'planned' AND joined_to IS NULL") == 1
    assert await town.count("due", "kind = 'ladder' AND done_at IS NULL AND subject_id = 1") == 1
