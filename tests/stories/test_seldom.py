"""What is said seldom is said all the same: each of these screens is brought about once, and so held to the rules."""

import pytest

from bot.core import texts
from bot.core.buttons import Talk, encode
from handlers import filling
from tests.people import Person, Town
from tests.stories.test_contact import comes_back, is_answered, receipt_of, reports_writing
from tests.stories.test_forms import asks_for_help
from tests.stories.test_rights import PAGE, opens_it, withdraws
from tests.stories.test_trainings import invites
from tests.stories.test_urgent import reports


async def begins_a_visit(ana: Person, iryna: Person) -> None:
    await asks_for_help(ana)
    await ana.presses("Send")
    await iryna.presses("Take")
    await iryna.presses("Plan a visit")
    await iryna.presses("First visit at home")


async def test_the_calendar_turns_through_the_whole_year(ana: Person, iryna: Person) -> None:
    await begins_a_visit(ana, iryna)
    for _ in range(12):
        await iryna.presses("›")
    assert "November 2027" in iryna.labels
    await iryna.presses("‹")
    assert "October 2027" in iryna.labels


async def test_a_day_and_a_time_that_are_none_are_asked_again(ana: Person, iryna: Person, town: Town) -> None:
    await begins_a_visit(ana, iryna)
    await iryna.says("some day")
    assert iryna.sees("Please pick a day or write it")
    await iryna.says("01.01.2020")
    assert iryna.sees("That day has passed, or is too far away.")
    await iryna.says("23.11")
    await iryna.says("soon")
    assert iryna.sees("Please pick a time or write it")
    await iryna.says("9:00")
    assert iryna.sees("That time has passed.")
    await iryna.says("12:00")
    town.clock.at = town.clock.at.replace(hour=11)
    await iryna.presses("Send")
    assert "That moment has passed. Please pick a later one." in town.telegram.toasts


@pytest.mark.parametrize(("label", "told"), [("I will be in", "will be in"), ("Another time", "another time")])
async def test_the_card_shows_what_was_answered_to_a_visit(ana: Person, iryna: Person, label: str, told: str) -> None:
    await begins_a_visit(ana, iryna)
    await plans_on(iryna)
    await ana.presses(label)
    await iryna.presses("Open the card")
    assert f"The answer to the visit: {told}." in iryna.last


async def plans_on(iryna: Person) -> None:
    for press in ("27", "14:00", "Send"):
        await iryna.presses(press)


async def test_long_talks_are_turned_page_by_page_on_both_sides(ana: Person, olena: Person) -> None:
    await reports(ana)
    await olena.presses("Take")
    await ana.presses("That is all")
    for number in range(8):
        await ana.says(f"line {number} of mine")
    await ana.presses("‹ Back to the request")
    await ana.presses("Messages")
    await olena.presses("Open the card")
    await olena.presses("Messages")
    for reader in (ana, olena):
        await reader.presses("Earlier ›")
        assert reader.sees("line 0 of mine")
        await reader.presses("‹ Later")
        assert reader.sees("line 7 of mine")


async def test_a_talk_without_a_word_says_so(ana: Person, olena: Person, town: Town) -> None:
    await reports(ana)
    await olena.presses("Take")
    await town.hears(olena.pressing_data(encode(Talk(1, 0))))
    assert olena.sees("Nothing has been written yet.")


@pytest.mark.safety("S11")
async def test_the_card_warns_of_the_second_code_until_the_specialist_says_it_is_safe_again(
    ana: Person, olena: Person
) -> None:
    await reports_writing(ana, "Yes, you can", "That is all", "‹ Back to the request", "Number and code")
    number, code = await receipt_of(ana)
    await olena.presses("Take")
    await ana.presses("A second code")
    await ana.says(code)
    assert ana.sees("This is your first code. Please choose another one.")
    await ana.presses("Number and code")
    await ana.presses("A second code")
    await ana.says("чашка кави")
    await ana.says("стоп")
    await comes_back(ana, number, "чашка кави")
    await olena.presses("Open the card")
    assert olena.sees("Warning: opened with the second code on")
    await olena.presses("It is safe again")
    assert not olena.sees("Warning: opened with the second code on")


@pytest.mark.safety("S05")
async def test_a_report_that_was_begun_stays_when_she_says_so(ana: Person, town: Town) -> None:
    await ana.presses("Safety at home")
    await ana.presses("Not this minute")
    await ana.presses("Keep what I began")
    assert "Kept for half an hour, also if you leave." in town.telegram.toasts
    await ana.presses("Leave now")
    await ana.says("Safety at home")
    assert ana.sees("Is it safe to write to you here?")


async def test_what_happened_is_on_the_card_only_when_she_told(ana: Person, olena: Person) -> None:
    await reports(ana)
    await olena.presses("Take")
    while not ana.sees("What happened? You may choose several."):
        await ana.presses("Skip")
    await ana.presses("Threats, insults, control")
    await ana.presses("Done")
    await ana.presses("That is all")
    await olena.presses("Open the card")
    assert "What happened: Threats, insults, control" in olena.last


async def test_a_body_that_is_not_on_the_list_is_written(ana: Person) -> None:
    await ana.says("Help for another family")
    await ana.presses("Not this minute")
    await ana.says("The Vyhadani, third floor")
    await ana.presses("Centre")
    await ana.says("The children are often alone")
    await ana.presses("On behalf of a school, hospital or other body")
    assert not {"Mobile brigade"} & set(ana.labels)
    await ana.presses("More · 1/2 ›")
    await ana.presses("Other (write who)")
    await ana.says("The library")
    await ana.presses("Skip")
    await ana.presses("I agree")
    assert "From whom exactly: The library" in ana.last


async def test_trainings_ahead_are_listed_for_carers_and_for_who_plans_them(head: Person, town: Town) -> None:
    halyna = await town.carer("Halyna", language="en")
    await invites(head)
    for reader, entry in ((halyna, "Visits and trainings"), (head, "Trainings")):
        await reader.says(entry)
        assert reader.last == "Trainings:"
        assert any("Attachment and loss" in label for label in reader.labels)
    await halyna.says("/mydata")
    assert "Your answer: none yet" in halyna.heard[-1].file.decode()
    old = halyna.pressing("I will come")
    await head.presses(next(label for label in head.labels if "Attachment and loss" in label))
    for act in (head.presses("Move"), head.says("12.12"), head.says("11:00"), head.presses("Send")):
        await act
    await town.hears(old)
    assert town.telegram.toasts[-1] == "This training has changed. Here is how it stands now."


async def test_the_head_sees_a_case_that_waits(ana: Person, head: Person) -> None:
    await asks_for_help(ana)
    await ana.presses("Send")
    number = next(word for word in ana.last.split() if word.startswith("K-")).strip(".,")
    await head.says(f"/case {number}")
    assert "waits" in head.last


async def test_an_answer_in_words_waits_for_the_hours_that_were_named(ana: Person, iryna: Person, town: Town) -> None:
    await asks_for_help(ana)
    await ana.presses("Send")
    await ana.says("My requests")
    await ana.presses(next(label for label in ana.labels if label.startswith("K-")))
    for press in ("How we may write to you", "Only at certain hours", "Towards evening, 16 to 20", "Done", "Any day"):
        await ana.presses(press)
    await ana.presses("Skip")
    await ana.presses("Send")
    since = len(ana.chat.sent)
    await is_answered(iryna, "We can help with the roof.")
    assert iryna.sees("your answer will be delivered on 16:00")
    await town.passes(hours=6)
    assert any("We can help with the roof." in message.text for message in ana.chat.sent[since:])
    assert all(message.protected for message in ana.chat.sent[since:] if "K-" in message.text)


async def test_a_voice_message_in_an_ordinary_form_is_answered_kindly(ana: Person) -> None:
    await ana.says("I need help")
    await ana.sends_voice()
    assert ana.sees("Thank you. Please answer in words or by a button.")


async def test_visits_are_listed_for_the_specialist(ana: Person, iryna: Person) -> None:
    await begins_a_visit(ana, iryna)
    await plans_on(iryna)
    await iryna.says("Visits")
    assert iryna.last.startswith("Your visits:\n\nLater:\nFri 27 November, 14:00 · K-")


@pytest.mark.safety("S20")
async def test_the_whole_text_of_the_consent_to_be_written_to_can_be_read_where_it_stands(ana: Person) -> None:
    await reports_writing(ana, "Yes, you can", "That is all", "‹ Back to the request", PAGE)
    await ana.presses("Writing or calling first")
    assert ana.sees("Who writes or calls: the specialist who has your request")
    await ana.presses("How we may write to you")
    assert ana.sees("May we write to you here from now on?")


@pytest.mark.safety("S20")
async def test_whoever_has_the_case_learns_that_she_goes_on_with_it(ana: Person, olena: Person) -> None:
    await opens_it(ana)
    await olena.presses("Take")
    await withdraws(ana)
    await ana.presses("Go on with my request")
    assert olena.sees("the person goes on with it; the consent is given again.")


@pytest.mark.safety("S20")
async def test_a_request_that_was_closed_meanwhile_says_so_to_who_would_go_on(
    ana: Person, olena: Person, town: Town
) -> None:
    await opens_it(ana)
    await olena.presses("Take")
    await withdraws(ana)
    going_on = ana.pressing("Go on with my request")
    for press in ("Open the card", "Close the case", "Not achieved", "Declined help", "Skip", "Send"):
        await olena.presses(press)
    await town.hears(going_on)
    assert town.telegram.toasts[-1] == "It has been closed since. If you need help, please send a new request."


@pytest.mark.safety("S29")
async def test_requests_and_card_say_what_was_withdrawn_and_what_will_be_erased(ana: Person, iryna: Person) -> None:
    await asks_for_help(ana)
    await ana.presses("Send")
    await iryna.presses("Take")
    await ana.says("My requests")
    await ana.presses(next(label for label in ana.labels if label.startswith("K-")))
    await withdraws(ana)
    await ana.says("My requests")
    assert ana.sees("stopped: the consent is withdrawn")
    await ana.presses(next(label for label in ana.labels if label.startswith("K-")))
    for press in (PAGE, "Erase it", "Yes, erase"):
        await ana.presses(press)
    await iryna.presses("Open the card")
    assert iryna.sees("Will be erased: ")
    await ana.says("/mydata")
    assert "Will be erased: " in ana.heard[-1].file.decode()


@pytest.mark.safety("S05")
async def test_what_breaks_in_the_branch_says_so_without_a_number_to_call_and_lets_one_leave(
    ana: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    await ana.presses("Safety at home")

    def breaks(*_: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(filling, "choose", breaks)
    await ana.presses("The danger is now")
    assert ana.last.startswith(texts.OUR_FAULT_QUIET.msgid.split(" Error", maxsplit=1)[0])
    assert "Leave now" in ana.heard[-1].buttons
    assert ana.heard[-1].silent


@pytest.mark.safety("S30")
async def test_a_screen_that_could_be_passed_on_is_replaced_before_a_case_number_stands_on_it(
    ana: Person, olena: Person
) -> None:
    await reports(ana)
    await olena.says("/language")
    await olena.presses("English")
    await olena.presses("‹ Menu")
    await olena.presses("Queue")
    screens = [message for message in olena.heard if "case is waiting" in message.text]
    assert [message.protected for message in screens] == [True]
    assert not olena.sees("From now on in English.")
