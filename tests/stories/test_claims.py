"""Whoever presses first, one has it: looking and taking are one statement."""

import random

import pytest

from tests.people import Person, Town

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
