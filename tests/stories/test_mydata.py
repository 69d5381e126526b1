"""/privacy and /mydata: what is held, as a file to read, and erasing it all."""

import pytest

from bot.core import consents, discretion, texts
from tests.people import Person, Town
from tests.stories.test_forms import asks_for_help
from tests.stories.test_rights import opens_it, rows
from tests.stories.test_urgent import reports


async def erases_all(person: Person) -> None:
    await person.says("/mydata")
    await person.presses("Erase what is held about me")
    await person.presses("Yes, erase")


async def tells_of_another_family(person: Person) -> None:
    await person.says("Help for another family")
    await person.presses("Not this minute")
    await person.says("The family in flat 9")
    await person.presses("Centre")
    await person.says("Crying at night")
    await person.presses("Neighbour, relative, acquaintance")
    await person.says("067 123 45 67")
    await person.presses("I agree")
    await person.presses("Send")


@pytest.mark.safety("S29")
async def test_my_data_is_a_file_with_everything_that_was_told(ana: Person, iryna: Person) -> None:
    await asks_for_help(ana)
    await ana.presses("Send")
    await iryna.presses("Take")
    await iryna.presses("Write an answer")
    await iryna.says("Bring your papers.")
    await iryna.presses("Send")
    await ana.says("I need help")
    await ana.presses("My family")
    await ana.says("/mydata")
    for words in ("You first wrote: 23.11.2026, 11:00", "Language: English", "State: ", "What you told:",
                  "Reading and keeping it: 23.11.2026", "the centre: Bring your papers.", "BEGUN, NOT SENT",
                  "I need help, 23.11.2026", "For whom: My family", "We answer within 30 days."):  # fmt: skip
        assert words in ana.read, words
    assert "REQUEST K-" in ana.read


@pytest.mark.safety("S29")
async def test_the_file_of_a_carer_has_audiences_trainings_and_answers(head: Person, town: Town) -> None:
    petro = await town.carer("Petro", language="en")
    await head.says("Trainings")
    await head.presses("New training")
    await head.says("Attachment and loss")
    await head.presses("Foster parents")
    for press in ("28", "10:00", "4"):
        await head.presses(press)
    await head.says("Hall")
    await head.presses("12")
    await head.presses("Send")
    await petro.presses("I will come")
    await petro.says("/mydata")
    assert "First name: Petro" in petro.read
    assert "You are invited as: Foster parents" in petro.read
    assert "“Attachment and loss”, 28.11.2026, 10:00. Your answer: I will come" in petro.read


@pytest.mark.safety("S29")
@pytest.mark.safety("S01")
async def test_no_byte_of_a_branch_case_is_in_the_plain_file(ana: Person) -> None:
    number, code = await opens_it(ana)
    await ana.presses("Write to the specialist")
    await ana.says("He took my papers")
    await ana.says("/mydata")
    digits = number.removeprefix("K-")
    for words in (digits, code, "papers", "Safety at home", "The danger is now", "REQUEST"):
        assert words not in ana.read
    assert "What opens with a number and a code is not shown here." in ana.read
    assert discretion.on_the_outside(ana.read) == []


@pytest.mark.safety("S29")
async def test_the_file_of_somebody_with_a_branch_case_reads_like_that_of_anybody(ana: Person, town: Town) -> None:
    other = town.person("Vira")
    await other.says("/start")
    await other.speaks("en")
    await reports(ana)
    await ana.says("/mydata")
    await other.says("/mydata")
    assert ana.read == other.read
    assert ana.file.text == other.file.text


@pytest.mark.safety("S01")
@pytest.mark.parametrize("language", ["uk", "en"])
async def test_no_file_name_and_nothing_of_privacy_says_violence(town: Town, language: str) -> None:
    vira = town.person("Vira")
    await vira.says("/start")
    await vira.speaks(language)
    await vira.says("/mydata")
    assert vira.file.file_name in ("dovidka.txt", "data.txt")
    assert discretion.telling(vira.file.file_name) == []
    shown = [vira.file.file_name, vira.read, vira.last]
    await vira.says("/privacy")
    shown.append(vira.last)
    await vira.presses(town.languages.say(texts.CONSENT_WHOLE, language))
    shown.append(vira.last)
    assert [found for text in shown for found in discretion.on_the_outside(text)] == []


@pytest.mark.safety("S30")
async def test_a_file_with_a_case_number_cannot_be_forwarded_and_one_without_can(ana: Person) -> None:
    await ana.says("/mydata")
    assert not ana.file.protected
    await asks_for_help(ana)
    await ana.presses("Send")
    await ana.says("/mydata")
    assert ana.file.protected
    assert [message.file_name for message in ana.heard].count("data.txt") == 1


async def test_the_file_is_text_that_old_phones_read(town: Town) -> None:
    vira = town.person("Віра")
    await vira.says("/mydata")
    assert vira.file.file.startswith(b"\xef\xbb\xbf")
    assert vira.file.file_name == "dovidka.txt"
    assert "Що центр зберігає про вас" in vira.read
    assert "{" not in vira.read


async def test_privacy_says_what_why_how_long_who_and_how_to_get_out_of_it(ana: Person) -> None:
    await ana.says("/privacy")
    for words in ("What we keep", "Why:", "Who sees it", "How long", "To whom we pass it on", "How to see it",
                  "How to erase it", "it waits 7 days", "How to withdraw", "We answer within 30 days",
                  "These words hold since 22.11.2026"):  # fmt: skip
        assert words in ana.last
    assert "http" not in ana.last
    await ana.presses("What happens to my words")
    assert ana.last.startswith("Who reads it")
    assert not ana.heard[-1].silent
    await ana.presses("Privacy")
    await ana.presses("What is held about me")
    assert ana.file.file


@pytest.mark.safety("S29")
async def test_all_that_is_held_is_erased_after_seven_days_and_other_peoples_cases_keep_no_trace(
    ana: Person, iryna: Person, town: Town
) -> None:
    await asks_for_help(ana)
    await ana.presses("Send")
    await iryna.presses("Take")
    await tells_of_another_family(ana)
    await ana.says("I need help")
    await ana.presses("My family")
    await erases_all(ana)
    assert ana.sees("It will be erased: Mon 30 November, 11:00.")
    assert iryna.sees("will be erased, Mon 30 November, 11:00: the person wishes it.")
    since = len(ana.chat.sent)
    await town.passes(days=7.1)
    assert ana.chat.sent[since:] == []
    mine, theirs = await rows(town, "cases")
    assert mine["erased_at"] is not None
    assert theirs["erased_at"] is None
    assert await town.count("links") == 0
    assert await town.count("drafts") == 0
    await ana.says("/mydata")
    assert "REQUEST" not in ana.read
    assert "BEGUN" not in ana.read


@pytest.mark.safety("S29")
async def test_erasing_it_all_can_be_undone_until_then(ana: Person, town: Town) -> None:
    await asks_for_help(ana)
    await ana.presses("Send")
    await erases_all(ana)
    await town.passes(days=6)
    await ana.says("/mydata")
    assert ana.sees("It will be erased: Mon 30 November, 11:00.")
    await ana.presses("Keep it")
    await town.passes(days=3)
    assert await town.count("cases", "erased_at IS NULL AND erase_at IS NULL") == 1
    await ana.says("/mydata")
    assert "REQUEST K-" in ana.read


@pytest.mark.safety("S29")
async def test_erasing_it_all_touches_no_branch_case(ana: Person, town: Town) -> None:
    await reports(ana)
    await ana.presses("Leave now")
    await erases_all(ana)
    await town.passes(days=8)
    assert await town.count("cases", "branch AND erase_at IS NULL AND erased_at IS NULL") == 1
    assert await town.count("links") == 1


@pytest.mark.safety("S29")
async def test_a_carer_who_has_it_all_erased_is_invited_no_more(town: Town) -> None:
    petro = await town.carer("Petro", language="en")
    await erases_all(petro)
    await town.passes(days=7.1)
    assert await town.count("carers") == 0
    assert await town.count("people", "name IS NOT NULL") == 0


async def test_whoever_works_here_keeps_the_name_in_the_log_and_is_told_why(iryna: Person, town: Town) -> None:
    await iryna.says("/mydata")
    assert "You work here as: specialist" in iryna.read
    await iryna.presses("Erase what is held about me")
    assert any("the log of who opened what needs your name" in each for each in [*town.telegram.toasts, iryna.last])
    assert await town.count("due", "kind = 'erase_person'") == 0


@pytest.mark.safety("S29")
async def test_a_case_outside_the_branch_is_erased_by_a_press_on_its_own_page(
    ana: Person, iryna: Person, town: Town
) -> None:
    await asks_for_help(ana)
    await ana.presses("Send")
    await ana.says("My requests")
    number = next(label for label in ana.labels if label.startswith("K-"))
    for press in (number, "My data and consents", "Erase it", "Yes, erase"):
        await ana.presses(press)
    assert ana.sees(f"{number} will be erased")
    assert iryna.last.startswith(f"{number} will be erased")
    await town.passes(days=7.1)
    assert await town.count("cases", "erased_at IS NOT NULL") == 1
    await ana.says("My requests")
    assert ana.sees("There are no requests here yet.")


@pytest.mark.safety("S29")
async def test_a_branch_case_is_never_erased_by_a_press_alone(ana: Person, town: Town) -> None:
    await opens_it(ana)
    (case,) = await rows(town, "cases")
    await town.hears(ana.pressing_data(f"o:{case['id']}:rights.erase_yes"))
    assert await town.count("cases", "erase_at IS NOT NULL") == 0


@pytest.mark.safety("S29")
async def test_a_strangers_press_reaches_neither_file_nor_consents(ana: Person, town: Town) -> None:
    await opens_it(ana)
    (case,) = await rows(town, "cases")
    stranger = town.person("Oleh")
    await stranger.says("/start")
    for move in ("page", "held", "withdraw_yes", "give.pass_police", "keep", "erase_yes"):
        await town.hears(stranger.pressing_data(f"o:{case['id']}:rights.{move}"))
    await town.hears(stranger.pressing_data(f"o:{case['id']}:erase"))
    assert not any(message.file_name for message in stranger.heard)
    assert await town.count("consents") == 1
    assert await town.count("cases", "withdrawn_at IS NULL AND erase_at IS NULL") == 1


@pytest.mark.safety("S22")
async def test_the_words_of_a_file_lie_sealed_in_the_database(ana: Person, town: Town) -> None:
    await asks_for_help(ana)
    await ana.presses("Send")
    await ana.says("/mydata")
    stored = b"".join(path.read_bytes() for path in town.settings.data_dir.rglob("*") if path.is_file())
    assert ana.file.file[3:40] not in stored
    assert consents.PROCESSING.whole[0].msgid.encode()[:40] not in stored
