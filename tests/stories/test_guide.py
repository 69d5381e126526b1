"""The guide: what most people come for; staff keep it true from the chat."""

from datetime import timedelta

import pytest

from bot.core import texts
from tests.people import Person, Town


async def opens_first_item(person: Person) -> str:
    """Through the sections to an item; its title."""
    await person.says("Guide and phones")
    await person.presses("Hours and address")
    first = next(iter(person.heard[-1].buttons))
    await person.presses(first)
    return first


@pytest.mark.safety("S01")
async def test_the_outside_is_a_city_guide_and_says_no_more_than_safety_at_home(ana: Person) -> None:
    outside = " ".join((ana.last, *ana.labels)).casefold()
    assert ana.last.startswith("City guide to social services.")
    assert not any(word in outside for word in ("violence", "brigade", "abuse", "police", "shelter"))


async def test_sections_lead_to_items_and_back_in_one_message(ana: Person) -> None:
    await opens_first_item(ana)
    assert texts.GUIDE_NOT_CHECKED.msgid in ana.last
    sent = len(ana.chat.sent)
    await ana.presses("‹ Guide")
    await ana.presses("‹ Guide")
    await ana.presses("‹ Menu")
    assert len(ana.chat.sent) == sent
    assert ana.last == "What would you like to see?"


async def test_phones_stand_on_the_first_page_of_the_guide(ana: Person) -> None:
    await ana.presses("Guide and phones")
    assert "102: Police" in ana.last
    assert "15-47: " in ana.last


async def test_staff_rewrite_an_item_and_everybody_reads_it(ana: Person, head: Person) -> None:
    title = await opens_first_item(head)
    await head.presses("Rewrite")
    await head.says("Щодня з 9 до 18.")
    await head.says("Every day from 9 to 18.")
    await head.presses("Send")
    await opens_first_item(ana)
    assert ana.last == f"{title}\n\nEvery day from 9 to 18.\n\nChecked Mon 23 November."


async def test_an_item_said_to_be_still_right_is_checked_today_and_grows_old(
    ana: Person, head: Person, town: Town
) -> None:
    await opens_first_item(head)
    await head.presses("Still right")
    await opens_first_item(ana)
    assert "Checked Mon 23 November." in ana.last
    town.clock.at += timedelta(days=100)
    await opens_first_item(ana)
    assert "Last checked Mon 23 November, some time ago" in ana.last


async def test_a_resident_cannot_rewrite_the_guide(ana: Person, head: Person, town: Town) -> None:
    await opens_first_item(head)
    data = head.heard[-1].buttons["Rewrite"]
    await town.hears(ana.pressing_data(data))
    assert town.telegram.toasts[-1] == "You have no access to this."


async def test_owners_are_asked_to_check_what_is_old_until_they_have(head: Person, town: Town) -> None:
    await town.passes(days=8)
    assert "Is this still right?" in head.last
    sent = len(head.chat.sent)
    await town.passes(days=6)
    assert len(head.chat.sent) == sent
    await town.passes(days=1)
    assert len(head.chat.sent) > sent
