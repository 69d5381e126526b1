"""A school or the police tell the centre of a family: an entry, a short form, receipts, and nothing more (S14)."""

import pytest

from bot.core.access import EVERYBODY, PARTNERS, STAFF, TABLE
from bot.core.buttons import Claim, Kin, Open, encode
from bot.core.centre import PARTNER
from handlers import dismissal
from storage import people
from storage.db import Transaction
from tests.people import Person, Town
from tests.stories.test_third_persons import CHANGES
from tests.stories.test_visits import plans

ABOUT = "Дзвінчук Калинодара, Сонцедара 7: третій день без їжі"


@pytest.fixture
async def school(town: Town) -> Person:
    return await town.staff("School", PARTNER, "education_school", language="en")


async def tells(school: Person, about: str = ABOUT, *, now: bool = False) -> None:
    await school.says("Tell the centre")
    await school.presses("The danger is now" if now else "Not this minute")
    await school.presses("Centre")
    await school.says(about)
    await school.presses("2")
    await school.says("067 765 43 21")
    await school.says("01-12/345")
    await school.presses("Send")


@pytest.mark.safety("S25")
def test_a_partner_is_no_colleague_and_may_only_tell() -> None:
    assert PARTNER not in STAFF
    may = {what for what, who in TABLE.items() if PARTNER in who and who != EVERYBODY}
    assert may == {"entry notice", "form notice"}
    assert PARTNERS < EVERYBODY


@pytest.mark.safety("S14")
async def test_a_notice_is_a_case_from_that_body_and_the_receipt_has_number_and_time(
    school: Person, iryna: Person, town: Town
) -> None:
    await tells(school)
    assert school.last.startswith("Received, K-")
    assert "We read it by " in school.last
    assert school.heard[-1].protected
    facts = "intake = 'subject_notification' AND reporter = 'other_body' AND source = 'education_school'"
    assert await town.count("cases", f"{facts} AND children = 2 AND urgency = 'planned' AND NOT branch") == 1
    await iryna.presses("Take")
    for words in (f"About: {ABOUT}", "Incoming number: 01-12/345", "From: School", "+380 67 765 4321"):
        assert words in iryna.last


async def test_in_ukrainian_too(town: Town, iryna: Person) -> None:
    school = await town.staff("Школа", PARTNER, "education_school")
    await school.says("Повідомити центр")
    for label in ("Не цієї хвилини", "Центр"):
        await school.presses(next((each for each in school.labels if each.startswith(label)), label))
    await school.says(ABOUT)
    await school.presses("Пропустити")
    await school.says("067 765 43 21")
    await school.presses("Пропустити")
    await school.presses("Надіслати")
    assert school.last.startswith("Прийнято, К-")
    assert iryna.last.startswith("Case K-")


@pytest.mark.safety("S26")
async def test_danger_now_calls_the_brigade_and_names_the_police_first(
    school: Person, olena: Person, town: Town
) -> None:
    await school.says("Tell the centre")
    assert "Then call 102 first." in school.last
    await school.presses("The danger is now")
    assert school.last.startswith("If somebody is in danger this minute, call 102 first.")
    await school.says("/cancel")
    await tells(school, now=True)
    assert olena.last.startswith("Urgent case K-")
    assert "Сонцедара" not in olena.last
    assert await town.count("cases", "urgency = 'emergency' AND form = 'notice'") == 1


@pytest.mark.safety("S14")
async def test_whatever_becomes_of_it_the_partner_sees_receipts_only(school: Person, iryna: Person, town: Town) -> None:
    await tells(school)
    await school.says("My requests")
    before, sent = school.last, len(school.chat.sent)
    assert "we have it and have passed it to the specialists" in before
    assert not [label for label in school.labels if label.startswith("K-")]
    await iryna.presses("Take")
    await iryna.presses("Plan a visit")
    await plans(iryna)
    await town.passes(days=5)
    for label in ("It took place", "Close the case", "Overcome", "Overcome or reduced", "Skip", "Send"):
        await iryna.presses(label)
    assert await town.count("cases", "closed_at IS NOT NULL") == 1
    assert len(school.chat.sent) == sent
    await school.says("My requests")
    assert school.last == before


@pytest.mark.safety("S14")
async def test_a_family_that_is_known_is_answered_like_one_that_is_not(
    school: Person, iryna: Person, town: Town
) -> None:
    await tells(school)
    first = CHANGES.sub("…", school.last)
    await iryna.presses("Take")
    await tells(school)
    assert CHANGES.sub("…", school.last) == first
    assert await town.count("likenesses", "state = 'likely'") == 1


@pytest.mark.safety("S25")
async def test_a_partner_reaches_no_case_by_any_way(school: Person, olena: Person, town: Town) -> None:
    await tells(school, now=True)
    number = olena.last.split("K-")[1][:4]
    for action in (Claim(1), Open(1), Kin(1, 2, "join")):
        await town.hears(school.pressing_data(encode(action)))
        assert town.telegram.toasts[-1] == "You have no access to this."
    for words in (f"/case {number}", "Queue", f"/start case-{number}"):
        await school.says(words)
        assert "Queue" not in school.labels
        assert number not in school.last
    assert "case" not in school.chat.commands


@pytest.mark.safety("S28")
async def test_revoked_the_partner_is_a_resident_again(school: Person, town: Town) -> None:
    def end(tx: Transaction) -> bool:
        mark = people.found(tx, school.id)
        return mark is not None and dismissal.revoke(tx, mark.id, now=town.clock.at)

    assert await town.app.writer.transact(end)
    await town.passes(minutes=2)
    await school.says("/start")
    assert "Tell the centre" not in school.labels
    await school.says("Tell the centre")
    assert await town.count("drafts") == 0


async def test_a_resident_who_types_the_entry_sees_the_menu(ana: Person) -> None:
    await ana.says("Tell the centre")
    assert ana.last == "What would you like to see?"
