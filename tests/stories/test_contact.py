"""Contact as she chose: nothing first, covers, her hours, number and code, another account, the second code."""

import pytest

from tests.people import Person, Town
from tests.stories.test_forms import asks_for_help
from tests.stories.test_urgent import reports

COVERS = ("The guide has an update.", "Guide: “")


async def receipt_of(person: Person) -> tuple[str, str]:
    """Number and code, as the receipt tells them."""
    told = next(message.text for message in person.heard if ", code " in message.text)
    number, code = told.split("number ")[1].split("code ")
    return number.strip(" ,").split()[0].strip(","), code.split()[0].strip(".")


async def reports_writing(person: Person, how: str, *additions: str) -> None:
    await person.presses("Safety at home")
    await person.presses("Not this minute")
    await person.presses(how)
    await person.presses("Centre")
    for press in additions:
        await person.presses(press)


async def comes_back(person: Person, number: str, code: str, safe: str = "Yes, it is safe") -> None:
    await person.says("My requests")
    await person.presses("Open by number and code")
    await person.says(number)
    await person.says(code)
    await person.presses(safe)


async def is_answered(specialist: Person, words: str = "We can meet on Friday.") -> None:
    await specialist.presses("Take")
    await specialist.presses("Write an answer")
    await specialist.says(words)
    await specialist.presses("Send")


def pushes(person: Person, since: int) -> list[str]:
    return [message.text for message in person.chat.sent[since:]]


@pytest.mark.safety("S08")
async def test_by_default_nothing_is_sent_to_her_first_and_the_answer_waits(ana: Person, olena: Person) -> None:
    await reports(ana)
    number, code = await receipt_of(ana)
    since = len(ana.chat.sent)
    await is_answered(olena)
    assert any("It will be read when the person comes back" in message.text for message in olena.heard)
    assert pushes(ana, since) == []
    await comes_back(ana, number, code)
    assert ana.sees("the centre: We can meet on Friday.")


@pytest.mark.safety("S08")
async def test_a_reply_outside_her_hours_is_held_and_the_specialist_sees_until_when(
    ana: Person, olena: Person, town: Town
) -> None:
    await reports_writing(ana, "Only at certain hours", "Towards evening, 16 to 20", "Done")
    since = len(ana.chat.sent)
    await is_answered(olena)
    assert any("will be delivered on 16:00" in message.text for message in olena.heard), [m.text for m in olena.heard]
    await town.passes(hours=4)
    assert pushes(ana, since) == []
    await town.passes(hours=1.25)
    assert pushes(ana, since) == ["The guide has an update."]


@pytest.mark.safety("S08")
async def test_hours_that_she_never_named_are_silence(ana: Person, olena: Person, town: Town) -> None:
    await reports_writing(ana, "Only at certain hours", "Skip")
    since = len(ana.chat.sent)
    await is_answered(olena)
    await town.passes(days=2)
    assert pushes(ana, since) == []


@pytest.mark.safety("S08")
async def test_days_without_hours_are_not_the_hours_that_she_spoke_of(ana: Person, olena: Person, town: Town) -> None:
    await reports_writing(ana, "Only at certain hours", *["Skip"] * 9, "Any day", "Skip")
    since = len(ana.chat.sent)
    await is_answered(olena)
    assert any("It will be read when the person comes back" in message.text for message in olena.heard)
    await town.passes(days=2)
    assert pushes(ana, since) == []


@pytest.mark.safety("S08")
async def test_what_is_held_goes_when_she_widens_her_hours_and_never_when_she_closes_them(
    ana: Person, olena: Person, town: Town
) -> None:
    await reports_writing(ana, "Only at certain hours", "Towards evening, 16 to 20", "Done", "That is all")
    since = len(ana.chat.sent)
    await is_answered(olena)
    await ana.presses("‹ Back to the request")
    await ana.presses("How we may write to you")
    await ana.presses("Don't write. I will come back with a code")
    await ana.presses("Send")
    await town.passes(days=1)
    assert not any(text.startswith(COVERS) for text in pushes(ana, since))


@pytest.mark.safety("S09")
async def test_a_cover_is_the_guide_item_that_she_chose_and_opens_it(ana: Person, olena: Person) -> None:
    await reports_writing(ana, "Yes, you can", *["Skip"] * 8)
    await ana.presses("What happens at the office")
    since = len(ana.chat.sent)
    await is_answered(olena)
    assert pushes(ana, since) == ["Guide: “What happens at the office” has changed."]
    await ana.presses("Open the guide")
    assert ana.sees("No appointment is needed.")
    assert not ana.sees("Code:")


@pytest.mark.safety("S09")
async def test_what_she_has_read_by_herself_is_not_told_by_a_cover_any_more(
    ana: Person, olena: Person, town: Town
) -> None:
    await reports_writing(ana, "Only at certain hours", "Towards evening, 16 to 20", "Done")
    number, code = await receipt_of(ana)
    await is_answered(olena)
    since = len(ana.chat.sent)
    await comes_back(ana, number, code)
    assert ana.sees("the centre: We can meet on Friday.")
    await town.passes(days=1)
    assert not any(text.startswith(COVERS) for text in pushes(ana, since))


@pytest.mark.safety("S09")
async def test_a_cover_that_is_held_is_the_one_that_she_has_chosen_by_then(
    ana: Person, olena: Person, town: Town
) -> None:
    await reports_writing(ana, "Only at certain hours", "Towards evening, 16 to 20", "Done")
    since = len(ana.chat.sent)
    await is_answered(olena)
    for press in (*["Skip"] * 8, "Any day", "Office hours"):
        await ana.presses(press)
    await town.passes(hours=6)
    assert [text for text in pushes(ana, since) if text.startswith(COVERS)] == ["Guide: “Office hours” has changed."]


@pytest.mark.safety("S09")
async def test_a_second_cover_takes_the_place_of_the_first(ana: Person, olena: Person) -> None:
    await reports_writing(ana, "Yes, you can", "That is all")
    await is_answered(olena)
    await olena.presses("Write an answer")
    await olena.says("One more word.")
    await olena.presses("Send")
    assert [message.text for message in ana.heard].count("The guide has an update.") == 1


@pytest.mark.safety("S08")
async def test_an_older_sheet_does_not_undo_what_she_has_chosen_since(ana: Person, olena: Person, town: Town) -> None:
    await reports_writing(ana, "Yes, you can")
    number, code = await receipt_of(ana)
    await comes_back(ana, number, code)
    await ana.presses("How we may write to you")
    await ana.presses("Better call me")
    await ana.says("067 123 45 67")
    await ana.presses("Send")
    sheet = next(message for message in ana.heard if "That is all" in message.buttons)
    await town.hears(ana.pressing_data(sheet.buttons["Skip"], sheet.id))
    since = len(ana.chat.sent)
    await is_answered(olena)
    assert olena.sees("May we write first: no, by phone.")
    await olena.presses("Name, address, phone")
    assert olena.sees("Phone: +380 67 123 4567")
    await town.passes(days=1)
    assert not any(text.startswith(COVERS) for text in pushes(ana, since))


@pytest.mark.safety("S08")
async def test_an_answer_from_before_she_named_her_hours_is_told_of_in_them(
    ana: Person, olena: Person, town: Town
) -> None:
    await reports_writing(ana, "Only at certain hours")
    await is_answered(olena)
    since = len(ana.chat.sent)
    await ana.presses("Towards evening, 16 to 20")
    await ana.presses("Done")
    await town.passes(hours=4)
    assert pushes(ana, since) == []
    await town.passes(hours=2)
    assert pushes(ana, since) == ["The guide has an update."]


@pytest.mark.safety("S08")
async def test_a_visit_that_is_over_does_not_take_along_the_cover_of_an_answer(
    ana: Person, olena: Person, town: Town
) -> None:
    await reports_writing(ana, "Only at certain hours", "Towards evening, 16 to 20", "Done", "That is all")
    since = len(ana.chat.sent)
    await is_answered(olena)
    await olena.presses("Plan a visit")
    await olena.presses("First visit at home")
    await olena.presses("23")
    await olena.presses("12:00")
    await olena.presses("Send")
    await town.passes(hours=2)
    await olena.presses("It took place")
    await town.passes(hours=4)
    assert [text for text in pushes(ana, since) if text.startswith(COVERS)] == ["The guide has an update."]


@pytest.mark.safety("S08")
async def test_who_allows_it_later_is_reminded_of_a_visit_planned_before(
    ana: Person, iryna: Person, town: Town
) -> None:
    await asks_for_help(ana, "I will come to the centre")
    await ana.presses("Send")
    await iryna.presses("Take")
    await iryna.presses("Plan a visit")
    for press in ("First visit at home", "27", "14:00", "Send"):
        await iryna.presses(press)
    await ana.says("My requests")
    await ana.presses(next(label for label in ana.labels if label.startswith("K-")))
    for press in ("How we may write to you", "Yes, you can", "Skip", "Send"):
        await ana.presses(press)
    await town.passes(days=3, hours=4)
    assert ana.sees("A specialist will come to you tomorrow: Fri 27 November, 14:00.")


@pytest.mark.safety("S08")
async def test_a_reminder_that_her_hours_held_back_beyond_the_visit_is_not_sent(
    ana: Person, iryna: Person, town: Town
) -> None:
    await asks_for_help(ana)
    await ana.presses("Send")
    await ana.says("My requests")
    await ana.presses(next(label for label in ana.labels if label.startswith("K-")))
    for press in ("How we may write to you", "Only at certain hours", "At midday, 12 to 16", "Done", "Skip", "Skip"):
        await ana.presses(press)
    await ana.presses("Send")
    await iryna.presses("Take")
    await iryna.presses("Plan a visit")
    for press in ("First visit at home", "24", "09:30", "Send"):
        await iryna.presses(press)
    await town.passes(hours=6)
    assert ana.sees("A specialist will come to you: Tue 24 November, 9:30.")
    since = len(ana.chat.sent)
    await town.passes(days=1)
    assert pushes(ana, since) == []


@pytest.mark.safety("S08")
async def test_a_promise_that_was_not_kept_is_told_when_she_comes_back_and_pushed_only_where_allowed(
    ana: Person, town: Town
) -> None:
    await reports(ana)
    number, code = await receipt_of(ana)
    since = len(ana.chat.sent)
    await town.passes(hours=3)
    assert pushes(ana, since) == []
    await comes_back(ana, number, code)
    assert ana.sees("We did not keep our word")
    assert ana.sees("102 and 15-47 answer now.")


@pytest.mark.safety("S10")
async def test_another_account_writes_at_once_and_reads_after_a_check_and_then_the_old_chat_is_silent(
    ana: Person, olena: Person, town: Town
) -> None:
    await reports_writing(ana, "Yes, you can", "That is all")
    number, code = await receipt_of(ana)
    await is_answered(olena, "Secret meeting point.")
    other = await english(town)
    await comes_back(other, number, code)
    assert other.sees("a specialist first makes sure that it is you")
    assert not other.sees("Secret meeting point.")
    await other.presses("Write to the specialist")
    await other.says("It is me, the green door.")
    await olena.presses("It is the same person")
    old, new = len(ana.chat.sent), len(other.chat.sent)
    await olena.presses("Write an answer")
    await olena.says("Good, come at nine.")
    await olena.presses("Send")
    assert pushes(ana, old) == []
    assert pushes(other, new) == ["The guide has an update."]
    await comes_back(other, number, code)
    assert other.sees("Good, come at nine.")
    await comes_back(ana, number, code)
    assert not ana.sees("Good, come at nine.")


@pytest.mark.safety("S10")
@pytest.mark.parametrize(("verdict", "hers"), [("It is the same person", True), ("It is somebody else", False)])
async def test_what_an_unchecked_account_wrote_is_read_by_the_specialist_and_by_no_phone_that_holds_the_case(
    ana: Person, olena: Person, town: Town, verdict: str, *, hers: bool
) -> None:
    await reports_writing(ana, "Yes, you can", "That is all")
    number, code = await receipt_of(ana)
    await is_answered(olena)
    other = await english(town)
    await comes_back(other, number, code)
    await other.presses("Write to the specialist")
    await other.says("He has taken my phone.")
    await olena.presses("Open the card")
    await olena.presses("Messages")
    assert olena.sees("another account, not checked: He has taken my phone.")
    await comes_back(ana, number, code)
    assert not ana.sees("He has taken my phone.")
    await ana.presses("My data and consents")
    await ana.presses("What is held here")
    assert "He has taken my phone." not in "".join(str(each.file, "utf-8") for each in ana.chat.sent if each.file)
    await olena.presses(verdict)
    await comes_back(ana, number, code)
    assert not ana.sees("He has taken my phone.")
    await comes_back(other, number, code)
    assert other.sees("He has taken my phone.") is hers


@pytest.mark.safety("S10")
async def test_the_checked_account_learns_of_what_waits_and_the_old_one_adds_nothing_more(
    ana: Person, olena: Person, town: Town
) -> None:
    await reports_writing(ana, "Only at certain hours")
    number, code = await receipt_of(ana)
    old_sheet = ana.pressing("Towards evening, 16 to 20"), ana.pressing("Done")
    await ana.presses("Towards evening, 16 to 20")
    await ana.presses("Done")
    await is_answered(olena)
    other = await english(town)
    await comes_back(other, number, code)
    await olena.presses("It is the same person")
    since = len(other.chat.sent)
    await town.hears(*old_sheet)
    await ana.presses("Skip")
    await ana.says("a word too many")
    assert await town.count("letters", "NOT from_staff") == 0
    assert await town.count("cases", "contact_hours = '16-20'") == 1
    await town.passes(hours=6)
    assert [text for text in pushes(other, since) if text.startswith(COVERS)] == ["The guide has an update."]


@pytest.mark.safety("S10")
async def test_wrong_codes_make_that_account_wait_longer_and_longer_and_nobody_else(ana: Person, town: Town) -> None:
    await reports(ana)
    number, code = await receipt_of(ana)
    thief = await english(town)
    for _ in range(3):
        await comes_back(thief, number, "wrong-code-1")
    assert thief.sees("The number and the code do not go together")
    await comes_back(thief, number, code)
    assert thief.sees("Several codes did not fit. Please try again after")
    await comes_back(ana, number, code)
    assert ana.sees("we have it and have passed it to the specialists")
    await town.passes(minutes=1)
    await comes_back(thief, number, "wrong-code-2")
    await town.passes(minutes=0.6)
    await comes_back(thief, number, code)
    assert thief.sees("Several codes did not fit")


@pytest.mark.safety("S10")
async def test_she_may_choose_her_code_and_see_it_until_the_sweep(ana: Person, town: Town) -> None:
    await reports(ana)
    number, _ = await receipt_of(ana)
    await ana.presses("That is all")
    await ana.presses("‹ Back to the request")
    await ana.presses("Number and code")
    await ana.presses("A code of my own")
    await ana.says("111111")
    assert ana.sees("This is easy to guess")
    await ana.says("зелені двері")
    await ana.presses("Number and code")
    assert ana.sees("code зелені двері")
    await town.passes(hours=1.1)
    await comes_back(ana, number, "Зелені  Двері")
    await ana.presses("Number and code")
    assert ana.sees("The code is shown no more")


@pytest.mark.safety("S10")
async def test_a_lost_code_is_renewed_by_the_specialist(ana: Person, olena: Person) -> None:
    await reports(ana)
    number, old = await receipt_of(ana)
    await olena.presses("Take")
    await olena.presses("A new code")
    new = next(message.text for message in olena.heard if "new code: " in message.text).split("new code: ")[1]
    await comes_back(ana, number, old)
    assert ana.sees("do not go together")
    await comes_back(ana, number, new.split(".")[0])
    assert ana.sees("a specialist has taken it")


@pytest.mark.safety("S11")
async def test_the_second_code_shows_a_harmless_history_and_warns_the_staff_and_does_nothing_else(
    ana: Person, olena: Person, town: Town
) -> None:
    await reports_writing(ana, "Yes, you can", "That is all")
    number, _ = await receipt_of(ana)
    await is_answered(olena, "A room is ready.")
    await ana.presses("‹ Back to the request")
    await ana.presses("Number and code")
    await ana.presses("A second code")
    await ana.says("чашка кави")
    await ana.says("стоп")
    since = len(ana.chat.sent)
    await comes_back(ana, number, "чашка кави")
    assert ana.sees("a question about benefits")
    assert not ana.sees("A room is ready.")
    assert olena.sees("opened with the second code")
    assert await town.count("visits") == 0
    await olena.presses("Write an answer")
    await olena.says("Are you well?")
    await olena.presses("Send")
    await town.passes(hours=30)
    assert not any(text.startswith(COVERS) for text in pushes(ana, since))


@pytest.mark.safety("S11")
async def test_when_it_is_safe_again_she_learns_of_what_was_kept_back(ana: Person, olena: Person, town: Town) -> None:
    await reports_writing(ana, "Yes, you can", "That is all", "‹ Back to the request", "Number and code")
    number, _ = await receipt_of(ana)
    await ana.presses("A second code")
    await ana.says("чашка кави")
    await comes_back(ana, number, "чашка кави")
    since = len(ana.chat.sent)
    await is_answered(olena)
    await town.passes(days=1)
    assert not any(text.startswith(COVERS) for text in pushes(ana, since))
    await olena.presses("It is safe again")
    assert [text for text in pushes(ana, since) if text.startswith(COVERS)] == ["The guide has an update."]


@pytest.mark.safety("S03")
async def test_whether_it_is_safe_is_asked_in_every_talk(ana: Person) -> None:
    await reports(ana)
    number, code = await receipt_of(ana)
    await ana.says("My requests")
    await ana.presses("Open by number and code")
    await ana.says(number)
    await ana.says(code)
    assert ana.sees("Is it safe to read and to write here now?")
    await ana.presses("Not now")
    assert ana.sees("Then not now. Come back at any time, from any phone")
    await ana.says("Safety at home")
    await ana.presses("The danger is now")
    assert ana.sees("Is it safe to write to you here?")


@pytest.mark.safety("S03")
async def test_where_writing_is_not_safe_other_ways_are_offered(ana: Person) -> None:
    await reports(ana)
    assert ana.sees("leave a number for a call below, come in person, or come back from any phone")


@pytest.mark.safety("S13")
async def test_when_she_blocks_the_bot_the_channel_is_closed_and_the_specialist_sees_it(
    ana: Person, olena: Person, town: Town
) -> None:
    await reports_writing(ana, "Yes, you can", "That is all")
    await olena.presses("Take")
    await ana.blocks()
    assert olena.sees("messages no longer reach the person")
    sent = len(ana.chat.sent)
    await olena.presses("Write an answer")
    await olena.says("Are you there?")
    await olena.presses("Send")
    await town.passes(days=1)
    assert len(ana.chat.sent) == sent


@pytest.mark.safety("S16")
async def test_a_photo_in_the_branch_is_declined_and_gone_even_without_a_question(ana: Person) -> None:
    await reports(ana)
    await ana.presses("That is all")
    before = set(ana.chat.standing)
    await ana.sends_voice()
    assert ana.sees("We did not keep it, and it is gone from this chat.")
    assert not [each for each in ana.chat.standing.values() if not each.ours and each.id not in before]


@pytest.mark.safety("S19")
async def test_two_hundred_messages_in_an_open_urgent_case_are_all_kept(ana: Person, olena: Person, town: Town) -> None:
    await reports(ana)
    await olena.presses("Take")
    await town.hears(*[ana.saying(f"word {number}") for number in range(200)])
    assert await town.count("letters") == 199, "the first answered the question in front"
    assert not [each for each in ana.chat.standing.values() if not each.ours and each.text.startswith("word")]
    assert len([each for each in olena.chat.sent if "something new" in each.text]) < 5


@pytest.mark.safety("S19")
async def test_words_before_the_report_is_filed_go_with_it(ana: Person, olena: Person) -> None:
    await ana.presses("Safety at home")
    await ana.says("he is at the door")
    assert ana.sees("We keep your words and will send them along")
    await ana.presses("The danger is now")
    await ana.presses("Don't write. I will come back with a code")
    await ana.presses("Centre")
    await olena.presses("Take")
    await olena.presses("Messages")
    assert olena.sees("he is at the door")


@pytest.mark.safety("S30")
async def test_what_bears_a_case_number_is_protected_and_a_cover_is_not(ana: Person, olena: Person) -> None:
    await reports_writing(ana, "Yes, you can", "That is all")
    await is_answered(olena)
    everything = [*ana.chat.sent, *olena.chat.sent]
    assert all(message.protected for message in everything if "K-" in message.text)
    assert not any(message.protected for message in everything if message.text.startswith(COVERS))


async def english(town: Town) -> Person:
    person = town.person("Ana")
    await person.says("/start")
    await person.speaks("en")
    return person
