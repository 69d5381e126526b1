"""A child who writes for herself: short words, the line for children first, nobody's permission (S21, S14, S26)."""

import re

import pytest

from bot.core.texts import CHILD_DUTY
from tests.people import Person, Town


async def reports_as_a_child(person: Person, *, write: str = "Don't write. I will come back with a code") -> None:
    await person.presses("Safety at home")
    await person.presses("I am under 18")
    await person.presses("The danger is now")
    await person.presses(write)
    await person.presses("Centre")


@pytest.mark.safety("S04")
async def test_a_child_needs_one_press_more_than_an_adult_and_no_typing(ana: Person, town: Town) -> None:
    before = ana.presses_made
    await reports_as_a_child(ana)
    assert ana.presses_made - before == 5
    assert ana.sees("We have it. Your number: K-")
    assert ana.sees("Without an address or a phone we cannot come. If it is dangerous now, call 102 or 116 111.")
    assert await town.count("cases", "form = 'child' AND urgency = 'emergency' AND branch AND contact = 'none'") == 1
    assert await town.count("cases", "unit = 'person' AND children = 1 AND category IS NULL AND reporter = 'self'") == 1


@pytest.mark.safety("S21")
async def test_a_child_reads_the_line_for_children_first_and_is_asked_for_no_permission(ana: Person) -> None:
    await ana.presses("Safety at home")
    await ana.presses("I am under 18")
    assert ana.last.startswith("116 111: Children's line")
    assert "102: Police" in ana.last
    assert ana.last.index("116 111") < ana.last.index("102")
    assert "You need nobody's permission to write, your parents' neither." in ana.last
    assert "Leave now" in ana.heard[-1].buttons


@pytest.mark.safety("S21")
async def test_our_duty_is_said_before_any_question(ana: Person) -> None:
    await ana.presses("Safety at home")
    await ana.presses("I am under 18")
    assert ana.last.index(CHILD_DUTY.msgid) < ana.last.index("How is it right now?")
    assert "no ground to take a child away" in ana.last
    await ana.presses("What happens to my words")
    assert "We tell nobody else without your word" in ana.last


@pytest.mark.safety("S21")
async def test_help_leads_a_child_to_her_own_path_and_keeps_nothing_of_the_other(ana: Person, town: Town) -> None:
    await ana.says("I need help")
    await ana.presses("I am under 18")
    assert "116 111" in ana.last
    assert not ana.sees("Who needs help?")
    assert await town.count("drafts", "form = 'help'") == 0
    await ana.presses("Leave now")
    assert not ana.sees("116 111")


@pytest.mark.safety("S21")
async def test_a_child_may_write_it_instead_of_pressing(town: Town) -> None:
    sofia = town.person("Sofia")
    await sofia.says("/start")
    await sofia.says("мені ще немає 18")
    assert sofia.last.startswith("116 111: Дитяча лінія")
    assert "саме по собі не підстава забирати дитину з дому" in sofia.last


@pytest.mark.safety("S05")
async def test_the_childs_path_takes_the_place_of_the_screen_before_it(ana: Person) -> None:
    await ana.presses("Safety at home")
    await ana.presses("I am under 18")
    assert len(ana.heard) == 1
    await ana.presses("The danger is now")
    await ana.presses("Leave now")
    assert [message.text for message in ana.heard] == ["The centre is open Mo–Fr 8:00–20:00."]


@pytest.mark.safety("S26")
async def test_the_alert_says_number_district_danger_and_deadline_and_not_that_it_is_a_child(
    ana: Person, olena: Person
) -> None:
    await reports_as_a_child(ana)
    assert re.fullmatch(r"Urgent case K-\d+\. Centre\. Danger now\. By \d+:\d\d\.", olena.last)


@pytest.mark.safety("S21")
async def test_what_a_child_adds_reaches_the_card_which_says_that_the_words_await_the_lawyer(
    ana: Person, olena: Person
) -> None:
    await reports_as_a_child(ana)
    await olena.presses("Take")
    await ana.says("School 7, the gym")
    await ana.says("067 123 45 67")
    await ana.says("My aunt Olha, next door")
    await ana.presses("Somebody I am afraid of")
    await ana.presses("Skip")
    assert ana.sees("That is enough.")
    await olena.presses("Open the card")
    assert "Now beside: Somebody I am afraid of" in olena.last
    assert "lawyer has not yet confirmed" in olena.last
    await olena.presses("Name, address, phone")
    for told in ("School 7, the gym", "+380 67 123 4567", "My aunt Olha"):
        assert told in olena.last
    assert not any("School 7" in message.text for message in ana.chat.standing.values())


@pytest.mark.safety("S21")
async def test_number_and_code_open_a_childs_request_again(ana: Person) -> None:
    await reports_as_a_child(ana)
    receipt = next(message.text for message in ana.heard if "code" in message.text)
    number, code = receipt.split("number ")[1].split(", code ")
    await ana.presses("Leave now")
    await ana.says("My requests")
    assert number not in ana.last
    await ana.presses("Open by number and code")
    await ana.says(number)
    await ana.says(code.split(".")[0])
    await ana.presses("Yes, it is safe")
    assert "we have it and have passed it to the specialists" in ana.last
    assert "Agree on a call" in ana.labels


@pytest.mark.safety("S21")
async def test_at_night_a_child_reads_that_nobody_is_there_and_the_head_is_told(
    ana: Person, olena: Person, head: Person
) -> None:
    await olena.says("On duty")
    await olena.presses("End my duty")
    await ana.presses("Safety at home")
    await ana.presses("I am under 18")
    assert "Nobody is at the centre right now." in ana.last
    await ana.presses("The danger is now")
    await ana.presses("Yes, you can")
    await ana.presses("Centre")
    assert head.last.startswith("Urgent case K-")
    assert ana.sees("Nobody is at the centre right now; the head is told at once.")


@pytest.mark.safety("S14")
async def test_nothing_is_written_first_to_a_child_who_said_no(ana: Person, olena: Person, town: Town) -> None:
    await reports_as_a_child(ana)
    await ana.presses("Leave now")
    sent = len(ana.chat.sent)
    await olena.presses("Take")
    await olena.presses("First contact made")
    await town.passes(days=2)
    assert len(ana.chat.sent) == sent
