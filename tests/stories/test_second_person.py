"""A centre that wants two people before name, address and phone of a case of the branch are seen."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.core.buttons import Allow, encode
from bot.core.profile import find
from tests.people import Person, Town
from tests.stories.test_audit import logged
from tests.stories.test_glass import ADDRESS, tells_where

pytestmark = pytest.mark.safety("S25")


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Town]:
    """As the demo, but with the setting."""
    profile = tmp_path / "strict.toml"
    words = find("demo").read_text(encoding="utf-8")
    profile.write_text(words.replace("second_person = false", "second_person = true"), encoding="utf-8")
    async with Town(tmp_path / "data", centre=str(profile)) as town:
        assert town.app.centre.second_person
        yield town


async def enters(writer: Person, urgency: str) -> None:
    """A case of violence that reached the centre by phone, with name and address."""
    for label in ("Enter a case", "Found by a specialist", urgency, "Yes"):
        await (writer.says if label == "Enter a case" else writer.presses)(label)
    await writer.presses("Skip")
    for label in ("Centre", "A family", "1"):
        await writer.presses(label)
    await writer.says("Halyna Vyhadana")
    await writer.says("067 123 45 67")
    await writer.says(ADDRESS)
    await writer.says("A neighbour heard it")
    await writer.presses("To the team, as the rules say")
    await writer.presses("Send")


async def test_a_second_person_is_asked_with_the_number_only_and_then_it_comes(
    iryna: Person, head: Person, town: Town
) -> None:
    await enters(iryna, "Planned")
    await iryna.presses("Take")
    await iryna.presses("Name, address, phone")
    number = iryna.last.split(":")[0]
    assert iryna.last == f"{number}: we have asked the head and the dispatcher. We tell you here once they allow it."
    assert head.last == f"{number}: Iryna asks to see name, address and phone."
    assert not any(ADDRESS in message.text for message in (*iryna.heard, *head.chat.sent))
    await head.presses("Allow")
    assert not any(ADDRESS in message.text for message in iryna.chat.sent)
    assert iryna.last == head.last == f"{number}: allowed."
    await iryna.presses("Name, address, phone")
    assert ADDRESS in iryna.last
    assert [await logged(town, each) for each in ("glass_asked", "glass_allowed", "glass")] == [
        [(1, "assigned")], [(2, "assigned")], [(1, "assigned")],
    ]  # fmt: skip


async def test_in_an_emergency_nobody_else_is_asked(ana: Person, olena: Person, head: Person) -> None:
    await tells_where(ana)
    await olena.presses("Take")
    await olena.presses("Name, address, phone")
    assert ADDRESS in olena.last
    assert not head.sees("asks to see")


async def test_nobody_allows_oneself_and_a_word_is_good_for_one_look(iryna: Person, head: Person, town: Town) -> None:
    await enters(iryna, "Planned")
    await head.says("Queue")
    await head.presses(next(label for label in head.labels if label.startswith("K-")))
    await head.presses("Name, address, phone")
    assert town.telegram.toasts[-1] == "A second person has to allow it, and there is nobody to ask now."
    daria = await town.staff("Daria", "dispatcher", language="en")
    await head.presses("Name, address, phone")
    await town.hears(head.pressing_data(encode(Allow(1))))
    assert town.telegram.toasts[-1] == "You have no access to this."
    twice = daria.pressing("Allow")
    await town.hears(twice, daria.pressing_data(encode(Allow(1))))
    assert town.telegram.toasts[-1] == "This is settled already."
    await head.presses("Name, address, phone")
    assert ADDRESS in head.last
    await head.presses("Name, address, phone")
    assert await town.count("audit", "action = 'glass'") == 1
    assert not daria.sees(ADDRESS)


async def test_a_word_comes_too_late_when_the_case_is_with_others_by_then(
    iryna: Person, head: Person, town: Town
) -> None:
    await enters(iryna, "Planned")
    await iryna.presses("Take")
    await iryna.presses("Name, address, phone")
    await town.app.writer.transact(lambda tx: tx.run("UPDATE cases SET claimed_by = NULL"))
    await head.presses("Allow")
    assert not iryna.sees(ADDRESS)
    assert head.last == "This is settled already."
