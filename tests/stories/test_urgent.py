"""The urgent path, from the press to the one who takes it."""

import pytest

from bot.core import texts
from bot.core.forms import DANGER, WRITE
from bot.core.questions import Asking
from tests.people import Person, Town


async def reports(person: Person, district: str = "Centre") -> None:
    """Four presses after /start, nothing typed."""
    await person.presses("Safety at home")
    await person.presses("The danger is now")
    await person.presses("Don't write. I will come back with a code")
    await person.presses(district)


@pytest.mark.safety("S04")
@pytest.mark.parametrize("language", ["uk", "en"])
async def test_an_urgent_report_takes_four_presses_and_no_typing(town: Town, language: str) -> None:
    ana = town.person("Ana")
    await ana.says("/start")
    await ana.speaks(language)
    await ana.says("/start")
    asking = Asking(town.app.centre, {}, town.clock.at)
    before, typed = ana.presses_made, len([each for each in ana.chat.standing.values() if not each.ours])
    for words in (
        texts.SAFETY_AT_HOME,
        DANGER(asking)[0].label,
        WRITE(asking)[2].label,
        town.app.centre.districts[0].name,
    ):
        await ana.presses(town.languages.say(words, language))
    assert ana.presses_made - before == 4
    assert len([each for each in ana.chat.standing.values() if not each.ours]) == typed
    assert await town.count("cases") == 1
    assert ana.sees("К-" if language == "uk" else "K-")
    cannot_come = town.languages.say(texts.CANNOT_COME, language)
    assert ana.sees(cannot_come)
    assert "102" in cannot_come


@pytest.mark.safety("S26")
async def test_the_alert_tells_number_district_danger_and_deadline_only(
    ana: Person, olena: Person, petro: Person
) -> None:
    await reports(ana)
    assert olena.last.startswith("Urgent case K-")
    assert olena.last == petro.last
    assert "Centre. Danger now. By " in olena.last
    assert olena.heard[-1].protected


async def test_only_the_first_specialist_gets_the_case(ana: Person, olena: Person, petro: Person, town: Town) -> None:
    await reports(ana)
    await town.hears(petro.pressing("Take"), olena.pressing("Take"))
    assert petro.sees("Now: The danger is now")
    assert "taken: Petro" in olena.last
    assert "A colleague was first." in town.telegram.toasts


@pytest.mark.safety("S02")
async def test_it_says_when_nobody_is_on_duty_and_the_head_is_called_at_once(
    ana: Person, olena: Person, town: Town
) -> None:
    head = await town.staff("Maria", "head", language="en")
    await olena.says("On duty")
    await olena.presses("End my duty")
    await ana.presses("Safety at home")
    assert "Nobody is on duty now." in ana.last
    await ana.presses("The danger is now")
    await ana.presses("Yes, you can")
    await ana.presses("Centre")
    assert head.last.startswith("Urgent case K-")


async def test_a_case_nobody_takes_calls_again_and_then_the_head(ana: Person, olena: Person, town: Town) -> None:
    head = await town.staff("Maria", "head", language="en")
    await reports(ana)
    await town.passes(minutes=5)
    assert olena.last.startswith("Still waits: nobody has taken it.")
    await town.passes(minutes=9)
    assert not head.sees("Urgent case")
    await town.passes(minutes=1)
    assert head.last.startswith("The team has not taken it.")
    await head.presses("Take")
    await head.presses("Open the card")
    await head.presses("First contact made")
    calls = len(olena.chat.sent)
    await town.passes(hours=5)
    assert len(olena.chat.sent) == calls


@pytest.mark.safety("S15")
async def test_additions_are_asked_after_it_is_filed_and_reach_the_card(ana: Person, olena: Person, town: Town) -> None:
    await reports(ana)
    await olena.presses("Take")
    await ana.says("12 Shevchenka street")
    assert not any("Shevchenka" in message.text for message in ana.chat.standing.values())
    for _ in range(6):
        await ana.presses("Skip")
    await ana.presses("That is all")
    assert "there is something new on the card" in olena.last
    await olena.presses("Open the card")
    assert not olena.sees("12 Shevchenka street")
    await olena.presses("Name, address, phone")
    assert "12 Shevchenka street" in olena.last
    assert await town.count("audit", "action = 'opened'") == 2
    assert await town.count("audit", "action = 'glass'") == 1


@pytest.mark.safety("S05")
async def test_leaving_clears_the_branch_and_leaves_one_harmless_line(ana: Person, olena: Person) -> None:
    await reports(ana)
    await ana.presses("Leave now")
    assert ana.last == "The centre is open Mo–Fr 8:00–20:00."
    assert not any("Received" in message.text or "102" in message.text for message in ana.heard)
    assert olena.last.startswith("Urgent case K-")


@pytest.mark.safety("S05")
async def test_the_words_of_leaving_leave_from_the_branch_and_open_the_menu_elsewhere(ana: Person) -> None:
    await ana.says("стоп")
    assert ana.last == "What would you like to see?"
    await ana.presses("Safety at home")
    await ana.says("вихід")
    assert ana.last.startswith("The centre is open")
    assert not any("102" in message.text for message in ana.heard)


@pytest.mark.safety("S16")
async def test_a_voice_message_in_the_branch_is_declined_and_removed(ana: Person) -> None:
    await ana.presses("Safety at home")
    before = set(ana.chat.standing)
    await ana.sends_voice()
    assert set(ana.chat.standing) == before
    assert "We did not keep it" in ana.last


async def test_this_is_a_mistake_marks_the_case_and_deletes_nothing(ana: Person, olena: Person, town: Town) -> None:
    await reports(ana)
    await ana.presses("This was a mistake")
    assert await town.count("cases", "mistaken") == 1
    assert "says that it was a mistake" in olena.last


@pytest.mark.safety("S05")
async def test_the_keyboard_for_the_number_has_the_word_of_leaving_and_goes_with_the_rest(
    ana: Person, town: Town
) -> None:
    await reports(ana)
    await ana.says("12 Shevchenka street")
    await ana.presses("Share my number")
    assert '"text":"Exit"' in town.telegram.keyboards[-1]
    await ana.says("Exit")
    assert ana.last.startswith("The centre is open")
    assert town.telegram.keyboards[-1] == '{"remove_keyboard":true}'
