"""Asking for help, telling of another family, entering what came by phone: as people do it."""

from tests.people import Person, Town


async def asks_for_help(ana: Person, contact: str = "Write to me here") -> None:
    await ana.says("I need help")
    await ana.presses("Me")
    await ana.presses("Money and benefits")
    await ana.says("The roof leaks")
    await ana.presses("Centre")
    await ana.presses(contact)
    if contact == "Call me":
        await ana.says("067 123 45 67")
    await ana.presses("I agree")


async def test_a_request_for_help_is_checked_and_sent(ana: Person, iryna: Person, town: Town) -> None:
    await asks_for_help(ana)
    assert "In a few words: The roof leaks" in ana.last
    await ana.presses("Edit: In a few words")
    await ana.says("The roof leaks badly")
    await ana.presses("Send")
    assert ana.last.startswith("Received, K-")
    assert ana.last.endswith("writes to you here.")
    assert iryna.last.startswith("Case K-")
    await iryna.presses("Take")
    assert "In a few words: The roof leaks badly" in iryna.last
    assert "a specialist has taken it" in ana.last
    assert await town.count("cases", "form = 'help' AND urgency = 'planned' AND need = 'money'") == 1


async def test_send_pressed_twice_files_once(ana: Person, town: Town) -> None:
    await asks_for_help(ana)
    twice = ana.pressing("Send")
    await town.hears(twice, {"callback_query": twice["callback_query"] | {"id": "again"}})
    assert await town.count("cases") == 1
    assert "This button no longer works. Here is where you are." in town.telegram.toasts


async def test_a_form_goes_on_after_a_restart_and_in_another_language(ana: Person, town: Town) -> None:
    await ana.says("I need help")
    await ana.presses("Me")
    await town.restarts()
    await ana.presses("Money and benefits")
    assert "Step 3 of 6" in ana.last
    await ana.says("/language")
    await ana.presses("Українська")
    assert "Крок 3 з 6" in ana.last
    await ana.presses("‹ Назад")
    assert "Ваша відповідь: Гроші й виплати" in ana.last


async def test_a_begun_form_is_offered_to_go_on_with(ana: Person) -> None:
    await ana.says("I need help")
    await ana.presses("Me")
    await ana.says("/start")
    await ana.presses("I need help")
    assert "You have begun “I need help”." in ana.last
    await ana.presses("Go on")
    assert "Step 2 of 6" in ana.last
    await ana.presses("‹ Back")
    assert "Your answer: Me" in ana.last


async def test_a_draft_expires_with_its_key(ana: Person, town: Town) -> None:
    await ana.says("I need help")
    await ana.presses("Me")
    await town.passes(days=15)
    await town.app.ticker.forget()
    assert await town.count("drafts") == 0
    assert await town.count("keys", "kind = 'case' AND wrapped IS NOT NULL") == 0
    await ana.presses("Money and benefits")
    assert ana.last == "What would you like to see?"


async def test_cancel_deletes_the_answers(ana: Person, town: Town) -> None:
    await ana.says("I need help")
    await ana.presses("Me")
    await ana.says("/cancel")
    assert await town.count("drafts") == 0
    assert ana.sees("Cancelled. Your unsent answers are deleted.")


async def test_a_typed_option_counts_in_either_language(ana: Person) -> None:
    await ana.says("Потрібна допомога")
    await ana.says("me")
    assert "Step 2 of 6" in ana.last
    await ana.says("гроші й виплати")
    assert "Step 3 of 6" in ana.last


async def test_a_number_is_shared_by_a_button_and_only_ones_own_is_taken(ana: Person) -> None:
    await ana.says("I need help")
    await ana.presses("Me")
    await ana.presses("Money and benefits")
    await ana.presses("Skip")
    await ana.presses("Centre")
    await ana.presses("Call me")
    await ana.presses("Share my number")
    assert ana.heard[-1].keyboard
    await ana.shares("+380671234567", of=999)
    assert "another person's contact" in ana.last
    await ana.shares("+380671234567")
    await ana.presses("I agree")
    assert "Phone: +380 67 123 4567" in ana.last


async def test_a_wrong_number_is_told_kindly_with_an_example(ana: Person) -> None:
    await asks_for_help(ana, "Call me")
    await ana.presses("Edit: Phone")
    await ana.says("twelve")
    assert "For example: 067 123 45 67." in ana.last


async def test_a_phone_call_is_entered_by_staff_and_taken_at_once(iryna: Person, town: Town) -> None:
    await iryna.says("Enter a case")
    for label in ("Found by a specialist", "Planned", "No"):
        await iryna.presses(label)
    await iryna.presses("Skip")
    for label in ("Centre", "A family", "2"):
        await iryna.presses(label)
    await iryna.says("Family of Olha")
    for _ in range(3):
        await iryna.presses("Skip")
    await iryna.presses("I take it myself")
    await iryna.presses("Send")
    assert "Name: Family of Olha" in iryna.last
    assert await town.count("cases", "source = 'centre_itself' AND children = 2 AND claimed_by IS NOT NULL") == 1


async def test_a_resident_cannot_enter_cases(ana: Person) -> None:
    await ana.says("Enter a case")
    assert ana.last == "What would you like to see?"


async def test_unknown_words_bring_the_menu_and_only_one(ana: Person) -> None:
    await ana.says("hello")
    await ana.says("hello?")
    assert [message.text for message in ana.heard].count("What would you like to see?") == 1


async def test_a_screen_that_was_cleared_away_comes_again(ana: Person) -> None:
    await ana.says("/start")
    pressed = ana.pressing("Guide and phones")
    await town_of(ana).hears(pressed)
    for message in list(ana.heard):
        del ana.chat.standing[message.id]
    await town_of(ana).hears(pressed)
    assert "What are you looking for?" in ana.last


def town_of(person: Person) -> Town:
    return person.town


async def test_a_case_goes_to_the_specialists_of_its_district_on_duty(ana: Person, town: Town) -> None:
    here = await town.staff("Here", "specialist", "center", language="en")
    there = await town.staff("There", "specialist", "sadovyi", language="en")
    resting = await town.staff("Resting", "specialist", "center", language="en")
    await resting.says("On duty")
    await resting.presses("End my duty")
    await asks_for_help(ana)
    await ana.presses("Send")
    assert here.last.startswith("Case K-")
    assert not there.sees("Case K-")
    assert not resting.sees("Case K-")


async def test_a_district_without_anybody_of_its_own_has_the_whole_team(ana: Person, town: Town) -> None:
    there = await town.staff("There", "specialist", "sadovyi", language="en")
    await asks_for_help(ana)
    await ana.presses("Send")
    assert there.last.startswith("Case K-")


async def test_the_last_one_who_ends_a_duty_is_told_and_so_is_the_head(head: Person, olena: Person) -> None:
    await olena.says("On duty")
    await olena.presses("End my duty")
    assert "Nobody else of your team is on duty." in olena.last
    assert "nobody else of the team is on duty" in head.last


async def test_when_everybody_has_passed_the_head_is_called(ana: Person, head: Person, iryna: Person) -> None:
    await asks_for_help(ana)
    await ana.presses("Send")
    await iryna.presses("I can't take it")
    assert head.last.startswith("Nobody can take it so far.")
