"""Words of danger anywhere in free text: a warm line and numbers, and never a case without a press."""

import pytest

from tests.people import Person, Town


@pytest.mark.safety("S18")
async def test_words_of_danger_outside_every_form_bring_numbers_and_a_question_and_no_case(
    ana: Person, town: Town
) -> None:
    await ana.says("він мене б'є і погрожує")
    assert ana.sees("You are not to blame for it")
    assert ana.sees("102")
    assert await town.count("cases") == 0
    assert await town.count("drafts") == 0
    await ana.presses("No, it is about something else")
    assert not ana.sees("You are not to blame for it")


@pytest.mark.safety("S18")
async def test_yes_opens_the_branch_and_still_files_nothing(ana: Person, town: Town) -> None:
    await ana.says("боюся йти додому, він мене вб'є")
    await ana.presses("Yes, I need help")
    assert ana.sees("How is it now?")
    assert await town.count("cases") == 0


@pytest.mark.safety("S18")
async def test_words_in_a_form_are_answered_and_the_form_goes_on(ana: Person) -> None:
    await ana.presses("I need help")
    await ana.presses("Me")
    await ana.presses("Money and benefits")
    await ana.says("не хочу більше жити")
    assert ana.sees("somebody listens at once at these numbers")
    assert ana.sees("7333")
    assert ana.sees("Where do you live?")
    await ana.presses("No, it is about something else")
    assert not ana.sees("7333")
    await ana.presses("Centre")
    assert ana.sees("How may we answer you?")


@pytest.mark.safety("S18")
async def test_harmless_words_bring_no_question(ana: Person) -> None:
    await ana.says("дощ б'є у вікно, а субсидія не приходить")
    assert not ana.sees("7333")
    assert not ana.sees("You are not to blame for it")
    assert "What would you like to see?" in ana.last


@pytest.mark.safety("S18")
async def test_the_question_goes_with_leaving_and_stands_once(ana: Person) -> None:
    await ana.says("чоловік мене душив")
    await ana.says("він мене бив")
    assert [message.text for message in ana.chat.sent if "You are not to blame" in message.text].__len__() == 1
    await ana.says("стоп")
    assert not ana.sees("You are not to blame for it")
    assert not [each for each in ana.chat.standing.values() if "душив" in each.text or "бив" in each.text]


@pytest.mark.safety("S18")
async def test_a_specialist_who_writes_down_a_case_is_not_asked(iryna: Person) -> None:
    await iryna.says("Enter a case")
    await iryna.presses("The person turned to us")
    before = len(iryna.chat.sent)
    await iryna.says("сусід б'є дружину")
    assert not [each for each in iryna.chat.sent[before:] if "to blame" in each.text]
