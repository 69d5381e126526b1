"""Who tells of another family: a short path, a receipt, and then silence, whatever becomes of it (S14)."""

import re

import pytest

from bot.core.buttons import Own, Visit, encode
from tests.people import Person, Town
from tests.stories.test_visits import plans

CHANGES = re.compile(r"K-\d+|\d+:\d\d")


async def tells(person: Person, family: str = "Third floor, the green door", *, now: bool = False) -> None:
    """Nothing but what is asked for."""
    await person.says("Help for another family")
    await person.presses("The danger is now" if now else "Not this minute")
    await person.says(family)
    await person.presses("Centre")
    for _ in ("seen", "reporter", "phone"):
        await person.presses("Skip")
    await person.presses("I agree")
    await person.presses("Send")


def receipt(person: Person) -> str:
    """As it would read with any number, at any time."""
    return CHANGES.sub("…", person.last)


@pytest.mark.safety("S14")
async def test_five_steps_tell_of_another_family_and_all_else_can_be_skipped(ana: Person, town: Town) -> None:
    await tells(ana)
    assert await town.count("cases", "form = 'other' AND reporter = 'third_person' AND urgency = 'planned'") == 1
    assert "We never say who wrote, and we cannot tell you what happens next: that is theirs." in ana.last


@pytest.mark.safety("S14")
async def test_danger_now_in_another_family_names_the_police_first_and_is_an_emergency(
    ana: Person, olena: Person, town: Town
) -> None:
    await ana.says("Help for another family")
    assert "Then call 102 first." in ana.last
    await ana.presses("The danger is now")
    assert ana.last.startswith("If somebody is in danger this minute, call 102 first.")
    await ana.says("/cancel")
    await tells(ana, now=True)
    assert olena.last.startswith("Urgent case K-")
    assert "Centre. Danger now. By " in olena.last
    assert "green door" not in olena.last
    assert await town.count("cases", "form = 'other' AND urgency = 'emergency'") == 1


@pytest.mark.safety("S14")
async def test_a_school_says_that_it_is_one_and_only_then_is_asked_which_body(
    ana: Person, iryna: Person, town: Town
) -> None:
    await ana.says("Help for another family")
    await ana.presses("Not this minute")
    await ana.says("Form 3b")
    await ana.presses("Centre")
    await ana.says("Two days without food")
    await ana.presses("On behalf of a school, hospital or other body")
    await ana.presses("School")
    await ana.presses("Skip")
    await ana.presses("I agree")
    await ana.presses("Send")
    await iryna.presses("Take")
    assert "What was seen: Two days without food" in iryna.last
    assert await town.count("cases", "reporter = 'other_body' AND source = 'education_school'") == 1


@pytest.mark.safety("S14")
async def test_taking_visiting_and_closing_the_case_send_the_reporter_nothing(
    ana: Person, iryna: Person, town: Town
) -> None:
    await tells(ana)
    sent, stands = len(ana.chat.sent), [message.text for message in ana.heard]
    await iryna.presses("Take")
    await iryna.presses("First contact made")
    await iryna.presses("Plan a visit")
    await plans(iryna)
    await town.passes(days=5)
    await iryna.presses("It took place")
    await iryna.presses("Close the case")
    await iryna.presses("Overcome")
    await iryna.presses("Overcome or reduced")
    await iryna.presses("Skip")
    await iryna.presses("Send")
    assert await town.count("cases", "closed_at IS NOT NULL") == 1
    await town.passes(days=2)
    assert len(ana.chat.sent) == sent
    assert [message.text for message in ana.heard] == stands


@pytest.mark.safety("S14")
async def test_the_reporters_own_list_says_only_that_we_have_it(ana: Person, iryna: Person, town: Town) -> None:
    await tells(ana)

    async def listed() -> str:
        await ana.says("My requests")
        return ana.last

    before = await listed()
    assert "we have it and have passed it to the specialists" in before
    await town.passes(days=1)
    assert await listed() == before
    await iryna.presses("Take")
    await iryna.presses("Plan a visit")
    await plans(iryna)
    assert await listed() == before
    await ana.says("Visits and trainings")
    assert ana.last == "Nothing is planned for you yet."


@pytest.mark.safety("S14")
async def test_a_press_that_was_made_up_tells_the_reporter_no_more(ana: Person, iryna: Person, town: Town) -> None:
    await tells(ana)
    await town.passes(days=1)
    await town.hears(ana.pressing_data(encode(Own(1, "show"))))
    assert "We did not keep our word" not in ana.last
    assert "Agree on a call" not in ana.labels
    await town.hears(ana.pressing_data(encode(Own(1, "call.set"))))
    assert await town.count("agreed_calls") == 0
    await iryna.presses("Take")
    await iryna.presses("Plan a visit")
    await plans(iryna)
    await town.hears(ana.pressing_data(encode(Visit(1, 1, "home"))))
    assert await town.count("visits", "answer IS NOT NULL") == 0
    assert "You have no access to this." in town.telegram.toasts
    assert not ana.sees("We will come")


@pytest.mark.safety("S14")
async def test_a_family_that_is_known_is_answered_like_one_that_is_not(ana: Person, iryna: Person, town: Town) -> None:
    await tells(ana, "The Kovalenkos, Sadova 5")
    first = receipt(ana)
    await iryna.presses("Take")
    await iryna.presses("First contact made")
    await tells(ana, "The Kovalenkos, Sadova 5")
    again = receipt(ana)
    ivan = town.person("Ivan")
    await ivan.says("/start")
    await ivan.speaks("en")
    await tells(ivan, "The Kovalenkos, Sadova 5")
    stranger = receipt(ivan)
    await tells(ivan, "Nobody has ever heard of them")
    assert first == again == stranger == receipt(ivan)
