"""The urgent path, from the press to the one who takes it."""

import pytest

from tests.people import Person, Town


async def reports(person: Person, district: str = "Centre") -> None:
    """Four presses after /start, nothing typed."""
    await person.presses("Safety at home")
    await person.presses("The danger is now")
    await person.presses("Don't write. I will come back with a code")
    await person.presses(district)


@pytest.mark.safety("S04")
async def test_an_urgent_report_takes_four_presses_and_no_typing(ana: Person, town: Town) -> None:
    before = ana.presses_made
    await reports(ana)
    assert ana.presses_made - before == 4
    assert await town.count("cases") == 1
    assert ana.sees("Received, K-")
    assert ana.sees("Without an address or a phone we cannot come. If the danger is now, call 102.")


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
    await town.passes(minutes=15)
    assert olena.last.startswith("Still waits: nobody has taken it.")
    assert not head.sees("Urgent case")
    await town.passes(minutes=15)
    assert head.last.startswith("The team has not taken it.")
    await head.presses("Take")
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


@pytest.mark.safety("S10")
async def test_the_number_and_the_code_open_the_case_from_another_phone(ana: Person, town: Town) -> None:
    await reports(ana)
    receipt = next(message.text for message in ana.heard if "code" in message.text)
    number, code = receipt.split("number ")[1].split(", code ")
    other = town.person("Ana")
    await other.says("/start")
    await other.speaks("en")
    await other.says("My requests")
    await other.presses("Open by number and code")
    await other.says(number)
    await other.says(code.split(".")[0])
    assert "we have it and have passed it to the specialists" in other.last
