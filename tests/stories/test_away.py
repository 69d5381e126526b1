"""She keeps a worker or a role from her case, on a page of her own."""

import pytest

from tests.people import Person, Town
from tests.stories.test_urgent import reports


async def opens_the_page(ana: Person) -> None:
    await reports(ana)
    await ana.presses("That is all")
    await ana.presses("‹ Back to the request")
    await ana.presses("Who should not see it")


@pytest.mark.safety("S25")
async def test_a_worker_whom_she_names_loses_the_case_and_another_is_called(
    ana: Person, olena: Person, petro: Person
) -> None:
    await opens_the_page(ana)
    await olena.presses("Take")
    await ana.presses("Not somebody by name")
    await ana.says("olena")
    assert ana.sees("Does not see it: Olena")
    assert "Take" not in olena.labels
    assert "Open the card" not in olena.labels
    await petro.presses("Take")
    assert petro.sees("is yours since")


@pytest.mark.safety("S25")
async def test_a_role_is_kept_away_and_may_see_it_again(ana: Person, iryna: Person, town: Town) -> None:
    await opens_the_page(ana)
    await ana.presses("Not: specialist")
    assert ana.sees("Does not see it: specialist")
    assert await town.count("exclusions") == 1
    await iryna.says("Queue")
    assert not iryna.sees("K-")
    await ana.presses("May see it again: specialist")
    assert await town.count("exclusions") == 0


@pytest.mark.safety("S25")
async def test_a_name_that_nobody_has_is_said_and_leaves_the_chat(ana: Person) -> None:
    await opens_the_page(ana)
    await ana.presses("Not somebody by name")
    await ana.says("Xenia")
    assert ana.sees("Nobody of this first name works here.")
    assert not [each for each in ana.chat.standing.values() if each.text == "Xenia"]
