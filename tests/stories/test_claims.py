"""Whoever presses first, one has it: looking and taking are one statement."""

import random

import pytest

from tests.people import Person, Town
from tests.stories.test_urgent import reports

MEMBERS = 10
ROUNDS, PARTS = 200, 4
"""So that two workers share the rounds."""


async def enters_a_case(dispatcher: Person, number: int) -> None:
    for label in ("Enter a case", "Found by a specialist", "Urgent", "Yes"):
        await (dispatcher.says if label == "Enter a case" else dispatcher.presses)(label)
    await dispatcher.presses("Skip")
    for label in ("Centre", "A family", "1"):
        await dispatcher.presses(label)
    for _ in range(3):
        await dispatcher.presses("Skip")
    await dispatcher.says(f"Family {number}")
    await dispatcher.presses("To the team, as the rules say")
    await dispatcher.presses("Send")


@pytest.mark.parametrize("part", range(PARTS))
async def test_ten_press_take_at_once_two_hundred_times_and_always_exactly_one_has_it(town: Town, part: int) -> None:
    chance = random.Random(part)
    dispatcher = await town.staff("Daria", "dispatcher", language="en")
    team = [await town.staff(f"Member {number}", "brigade", language="en") for number in range(MEMBERS)]
    for number in range(ROUNDS // PARTS):
        await enters_a_case(dispatcher, number)
        chance.shuffle(team)
        await town.hears(*(member.pressing("Take") for member in team))
        takers = [member for member in team if any(f"Family {number}" in text.text for text in member.heard)]
        assert takers == team[:1]
        assert all("Take" not in member.heard[-1].buttons for member in team)
        for member in team:
            member.chat.standing.clear()
    assert await town.count("cases", "claimed_by IS NULL") == 0
    assert await town.count("history", "what = 'claimed'") == ROUNDS // PARTS


async def test_who_took_it_from_the_queue_and_gives_it_back_does_not_go_on_reading_that_it_is_theirs(
    ana: Person, olena: Person, petro: Person
) -> None:
    """Petro was not called: he was off duty, and looked into the queue. On duty again, he is called like the others."""
    await petro.says("On duty")
    await petro.presses("End my duty")
    await reports(ana)
    assert olena.last.startswith("Urgent case K-")
    await petro.says("Queue")
    await petro.presses(next(label for label in petro.labels if label.startswith("K-")))
    assert petro.sees("is yours since")
    await petro.says("On duty")
    await petro.presses("Start my duty")
    await petro.presses("I can't go on with it")
    await petro.presses("Busy with another case")
    assert "Take" in petro.heard[-1].buttons
    assert not petro.sees("is yours since")
