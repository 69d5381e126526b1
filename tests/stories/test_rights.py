"""Her rights in an opened case: consents, their withdrawal, what is held, erasing."""

import pytest

from bot.core import consents
from storage.db import Transaction
from tests.people import Person, Town
from tests.stories.test_contact import comes_back, receipt_of, reports_writing
from tests.stories.test_urgent import reports

PAGE = "My data and consents"


async def opens_it(person: Person) -> tuple[str, str]:
    """Reports, leaves, and comes back by number and code."""
    await reports(person)
    number, code = await receipt_of(person)
    await person.presses("Leave now")
    await comes_back(person, number, code)
    return number, code


async def rows(town: Town, table: str) -> list[dict[str, object]]:
    def look(tx: Transaction) -> list[dict[str, object]]:
        return [dict(row) for row in tx.all(f"SELECT * FROM {table}")]

    return await town.app.reader.look(look)


async def standing(town: Town) -> set[object]:
    return {row["kind"] for row in await rows(town, "consents") if row["withdrawn_at"] is None}


async def withdraws(person: Person) -> None:
    await person.presses(PAGE)
    await person.presses("Withdraw my consent")
    await person.presses("Yes, withdraw")


async def asks_to_erase(person: Person, code: str) -> None:
    await person.presses(PAGE)
    await person.presses("Erase it")
    await person.presses("Yes, erase")
    await person.says(code)


@pytest.mark.safety("S20")
async def test_the_press_that_files_is_logged_as_consent_with_version_and_language(ana: Person, town: Town) -> None:
    await reports(ana)
    (consent,) = await rows(town, "consents")
    assert (consent["kind"], consent["language"]) == ("processing", "en")
    assert consent["version"] == consents.PROCESSING.version
    assert consent["given_at"] == town.clock.at


@pytest.mark.safety("S20")
async def test_to_be_written_to_is_a_consent_of_its_own_that_goes_with_the_choice(ana: Person, town: Town) -> None:
    await reports_writing(ana, "Yes, you can", "That is all")
    assert await standing(town) == {"processing", "contact"}
    await ana.presses("‹ Back to the request")
    await ana.presses("How we may write to you")
    await ana.presses("Don't write. I will come back with a code")
    await ana.presses("Send")
    assert await standing(town) == {"processing"}


@pytest.mark.safety("S20")
async def test_the_whole_text_of_the_consent_is_one_press_from_the_first_screen(ana: Person) -> None:
    await ana.presses("Safety at home")
    await ana.presses("What happens to my words")
    for words in ("Who reads it", "Why:", "How long", "How to withdraw", "child services and the police"):
        assert words in ana.last


@pytest.mark.safety("S20")
@pytest.mark.parametrize("consent", consents.PASSING_ON, ids=lambda consent: consent.kind)
async def test_passing_on_is_agreed_to_body_by_body_after_its_whole_text(
    ana: Person, town: Town, consent: consents.Consent
) -> None:
    await opens_it(ana)
    await ana.presses(PAGE)
    assert ana.sees("We pass nothing on to anybody")
    await ana.presses(consent.label.msgid)
    for words in ("Who learns of it", "Why:", "How long", "How to withdraw", "Where confidentiality ends"):
        assert words in ana.last
    assert consent.kind not in await standing(town)
    await ana.presses("I agree")
    assert f"✓ {consent.label.msgid}" in ana.labels
    assert ana.sees(f"{consent.label.msgid}: since Mon 23 November, 11:00, text of 22.11.2026")
    assert await standing(town) == {"processing", consent.kind}


@pytest.mark.safety("S20")
async def test_giving_refusing_and_taking_back_changes_nothing_in_the_queue(
    ana: Person, olena: Person, town: Town
) -> None:
    await opens_it(ana)
    await olena.says("Queue")
    before, (case,) = olena.last, await rows(town, "cases")
    await ana.presses(PAGE)
    assert ana.sees("Whatever you choose, our help is the same.")
    await ana.presses("The police")
    await ana.presses("I agree")
    await ana.presses("✓ The police")
    await ana.presses("I take it back")
    await olena.says("Queue")
    assert olena.last == before
    assert await rows(town, "cases") == [case]
    assert await standing(town) == {"processing"}
    assert await town.count("consents", "kind = 'pass_police' AND withdrawn_at IS NOT NULL") == 1


@pytest.mark.safety("S20")
async def test_the_card_shows_to_whom_it_may_be_passed_on(ana: Person, olena: Person) -> None:
    await opens_it(ana)
    await olena.presses("Take")
    assert olena.sees("Consent to pass on: none.")
    await ana.presses(PAGE)
    for body in ("Doctors", "The police"):
        await ana.presses(body)
        await ana.presses("I agree")
    assert sum("the consents on the card have changed" in message.text for message in olena.heard) == 1
    await olena.presses("Open the card")
    assert olena.sees("Consent to pass on: The police, Doctors.")


@pytest.mark.safety("S05")
@pytest.mark.safety("S30")
async def test_every_page_of_her_rights_has_the_way_out_and_cannot_be_forwarded(ana: Person) -> None:
    await opens_it(ana)
    for press in (PAGE, "The police", "‹ My data and consents", "Withdraw my consent", "‹ My data and consents"):
        await ana.presses(press)
        assert "Leave now" in ana.heard[-1].buttons
        assert ana.heard[-1].protected
    await ana.presses("Leave now")
    assert ana.last.startswith("The centre is open")
    assert not ana.sees("consents")


@pytest.mark.safety("S20")
async def test_withdrawing_says_first_what_stops_and_what_stays(ana: Person, town: Town) -> None:
    await opens_it(ana)
    await ana.presses(PAGE)
    await ana.presses("Withdraw my consent")
    for words in ("nobody works on it any more", "nobody comes and nobody calls", "a count without your name",
                  "If a child or a life is in danger", "You can change your mind"):  # fmt: skip
        assert words in ana.last
    assert await town.count("cases", "withdrawn_at IS NOT NULL") == 0


@pytest.mark.safety("S20")
async def test_a_withdrawn_case_leaves_the_queue_calls_nobody_and_cannot_be_taken(
    ana: Person, olena: Person, head: Person, town: Town
) -> None:
    await opens_it(ana)
    take = olena.pressing("Take")
    await withdraws(ana)
    assert olena.last.endswith("that is decided with the head.")
    assert "Take" not in olena.labels
    assert head.sees("the consent is withdrawn")
    await town.hears(take)
    assert await town.count("cases", "claimed_by IS NOT NULL") == 0
    calls = len(olena.chat.sent)
    await town.passes(hours=5)
    assert not any("Still waits" in message.text for message in olena.chat.sent[calls:])
    await olena.says("Queue")
    assert "Nobody is waiting." in olena.last


@pytest.mark.safety("S20")
@pytest.mark.safety("S26")
async def test_the_specialist_is_told_by_number_alone_and_asked_to_cancel_the_visit(
    ana: Person, olena: Person, town: Town
) -> None:
    number, _ = await opens_it(ana)
    await olena.presses("Take")
    await olena.presses("Plan a visit")
    for press in ("Urgent visit of the brigade", "28", "10:00", "Send"):
        await olena.presses(press)
    await withdraws(ana)
    told = next(message for message in reversed(olena.heard) if "consent is withdrawn. Please stop" in message.text)
    assert told.text.startswith(number)
    assert "A visit is planned, Sat 28 November, 10:00: please cancel it." in told.text
    assert "Centre" not in told.text
    assert await town.count("visits", "state = 'planned'") == 1
    await olena.presses("Open the card")
    assert olena.sees("The consent is withdrawn: Mon 23 November, 11:00.")
    assert "Plan a visit" not in olena.heard[-1].buttons
    assert "First contact made" not in olena.heard[-1].buttons
    assert "Close the case" in olena.heard[-1].buttons


@pytest.mark.safety("S08")
@pytest.mark.safety("S20")
async def test_after_withdrawing_nothing_is_sent_to_her_first(ana: Person, olena: Person, town: Town) -> None:
    await reports_writing(ana, "Yes, you can", "That is all")
    await olena.presses("Take")
    answer = olena.pressing("Write an answer")
    await ana.presses("‹ Back to the request")
    await withdraws(ana)
    assert await standing(town) == set()
    since = len(ana.chat.sent)
    await town.hears(answer)
    await olena.says("We can meet on Friday.")
    await olena.presses("Send")
    await town.passes(days=1)
    assert not any("guide" in message.text.casefold() for message in ana.chat.sent[since:])


@pytest.mark.safety("S20")
async def test_she_can_go_on_with_it_and_is_then_asked_for_again(ana: Person, olena: Person, town: Town) -> None:
    await opens_it(ana)
    await withdraws(ana)
    await town.passes(minutes=45)
    await ana.presses("Go on with my request")
    assert ana.sees("We go on. We will not write first unless you choose so.")
    assert olena.last.startswith("Urgent case K-")
    assert await standing(town) == {"processing"}
    await town.passes(minutes=30)
    assert olena.sees("Still waits")
    await olena.presses("Take")
    assert olena.sees("Centre")


@pytest.mark.safety("S29")
async def test_what_is_held_comes_as_a_file_and_goes_with_leave_now(ana: Person) -> None:
    await reports(ana)
    await ana.says("12 Shevchenka street")
    await ana.presses("That is all")
    await ana.presses("‹ Back to the request")
    await ana.presses(PAGE)
    await ana.presses("What is held here")
    assert "Where to come: 12 Shevchenka street" in ana.read
    assert "Reading and keeping it: 23.11.2026, 11:00, text of 22.11.2026, in English" in ana.read
    assert ana.file.protected
    assert ana.file.silent
    assert ana.file.file_name == "data.txt"
    assert "Leave now" in ana.file.buttons
    await ana.presses("Leave now")
    assert [message.file_name for message in ana.heard] == [""]
    assert ana.last.startswith("The centre is open")


@pytest.mark.safety("S07")
async def test_the_sweep_takes_the_file_away_by_itself(ana: Person, town: Town) -> None:
    await opens_it(ana)
    await ana.presses(PAGE)
    await ana.presses("What is held here")
    assert ana.file.file
    await town.passes(hours=1.25)
    assert not any(message.file_name for message in ana.heard)


@pytest.mark.safety("S29")
async def test_erasing_asks_for_the_code_and_a_wrong_one_changes_nothing(
    ana: Person, olena: Person, town: Town
) -> None:
    await opens_it(ana)
    (before,) = await rows(town, "cases")
    told = len(olena.chat.sent)
    await ana.presses(PAGE)
    await ana.presses("Erase it")
    assert ana.sees("It waits 7 days: until then you can keep it.")
    await ana.presses("Yes, erase")
    await ana.says("abcd-efgh-jkm")
    assert ana.sees("This is not the code of this request. Nothing has changed.")
    assert not ana.sees("abcd-efgh")
    assert await rows(town, "cases") == [before]
    assert len(olena.chat.sent) == told


@pytest.mark.safety("S10")
async def test_who_tries_codes_to_erase_waits_longer_and_longer(ana: Person, town: Town) -> None:
    _, code = await opens_it(ana)
    for _ in range(4):
        await asks_to_erase(ana, "abcd-efgh-jkm")
        await ana.presses("‹ Back to the request")
    await asks_to_erase(ana, code)
    assert await town.count("cases", "erase_at IS NOT NULL") == 0


@pytest.mark.safety("S29")
async def test_an_erasure_waits_seven_days_and_can_be_undone_on_the_sixth(
    ana: Person, olena: Person, town: Town
) -> None:
    number, code = await opens_it(ana)
    await olena.presses("Take")
    await asks_to_erase(ana, code)
    assert ana.sees(f"{number} will be erased: Mon 30 November, 11:00. Until then you can keep it")
    assert olena.last == f"{number} will be erased, Mon 30 November, 11:00: the person wishes it."
    await ana.presses("Leave now")
    await town.passes(days=6)
    await comes_back(ana, number, code)
    assert ana.sees("will be erased: Mon 30 November, 11:00.")
    await ana.presses("Keep it")
    assert olena.last == f"{number} will not be erased: the person keeps it."
    await town.passes(days=3)
    assert await town.count("cases", "erased_at IS NULL AND erase_at IS NULL") == 1
    await comes_back(ana, number, code)
    assert ana.sees(number)


@pytest.mark.safety("S29")
@pytest.mark.safety("S08")
async def test_on_the_seventh_day_it_is_erased_told_to_staff_alone_and_still_counted(
    ana: Person, olena: Person, town: Town
) -> None:
    number, code = await opens_it(ana)
    await olena.presses("Take")
    await asks_to_erase(ana, code)
    await ana.presses("Leave now")
    since = len(ana.chat.sent)
    await town.passes(days=6.9)
    assert await town.count("cases", "erased_at IS NOT NULL") == 0
    await town.passes(days=0.2)
    assert ana.chat.sent[since:] == []
    assert olena.last == f"{number} is erased, as the person wished."
    (case,) = await rows(town, "cases")
    assert case["erased_at"] is not None
    assert (case["urgency"], case["district"], case["category"]) == ("emergency", "center", "dv_survivors")
    assert await town.count("keys", f"id = {case['key_id']} AND wrapped IS NULL") == 1
    assert await town.count("links") == 0


@pytest.mark.safety("S29")
async def test_an_erased_case_breaks_neither_her_requests_nor_the_lists_and_cards_of_staff(
    ana: Person, olena: Person, head: Person, town: Town
) -> None:
    number, code = await opens_it(ana)
    await olena.presses("Take")
    await olena.presses("First contact made")
    card = olena.pressing("Open the card")
    await asks_to_erase(ana, code)
    await town.passes(days=7.1)
    await comes_back(ana, number, code)
    assert ana.sees("The number and the code do not go together.")
    await ana.says("My requests")
    assert ana.sees("There are no requests here yet.")
    for entry in ("My day", "Queue"):
        await olena.says(entry)
    await town.hears(card)
    assert olena.sees("Its content is erased.")
    await head.says(f"/case {number}")
    await head.presses("Supervision")
    assert head.sees("Its content is erased.")


@pytest.mark.safety("S11")
async def test_the_second_code_erases_nothing_shows_what_anybody_may_see_and_warns_the_staff(
    ana: Person, olena: Person, town: Town
) -> None:
    number, _ = await opens_it(ana)
    await olena.presses("Take")
    await ana.presses("Number and code")
    await ana.presses("A second code")
    await ana.says("blue lake 77")
    await asks_to_erase(ana, "blue lake 77")
    assert ana.sees("a question about benefits")
    assert await town.count("cases", "erase_at IS NOT NULL") == 0
    assert await town.count("cases", "duress_at IS NOT NULL") == 1
    assert any(number in message.text for message in olena.heard[-2:])
    assert not ana.sees("will be erased")


@pytest.mark.safety("S21")
async def test_the_duty_to_tell_child_services_is_said_before_children_are_asked_about(ana: Person, town: Town) -> None:
    await reports(ana)
    while not ana.sees("Were children near?"):
        await ana.presses("Skip")
    question = next(message.text for message in ana.heard if "Were children near?" in message.text)
    said = "Asking for help is by itself no ground to take a child away."
    assert question.index(said) < question.index("we must tell child services") < question.index("Were children near?")
    assert not town.app.desk.centre.lawyer_confirmed
