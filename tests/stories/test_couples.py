"""Two carers who share a phone: two records, two answers, two certificates."""

import pytest

from tests.people import Person, Town
from tests.stories.test_credits import closes
from tests.stories.test_programmes import REMINDERS
from tests.stories.test_trainings import invites


@pytest.fixture
async def halyna(town: Town) -> Person:
    return await town.carer("Halyna", "foster_parents", language="en")


async def adds(person: Person, own: str = "Halyna", other: str = "Vasyl") -> None:
    await person.says("Visits and trainings")
    await person.presses("Me and my partner")
    await person.presses("Add the other carer")
    if own:
        await person.says(own)
    await person.says(other)


async def test_both_are_invited_and_answer_each(head: Person, halyna: Person, town: Town) -> None:
    await adds(halyna)
    assert halyna.last == (
        "This phone is shared by: Halyna, Vasyl. Each has seats, hours and certificates of their own."
    )
    await invites(head)
    await halyna.presses("Vasyl: I will come")
    await halyna.presses("Halyna: I can't")
    assert await town.count("seats", "answer = 'yes'") == 1
    assert await town.count("seats", "answer = 'no'") == 1


async def test_the_second_one_has_a_seat_to_answer_for_where_the_first_was_invited(
    head: Person, halyna: Person, town: Town
) -> None:
    await invites(head)
    await halyna.presses("I will come")
    await adds(halyna)
    await halyna.says("Visits and trainings")
    await halyna.presses("Sat 5 December, 10:00 · Attachment and loss")
    assert {"Halyna: I can't", "Vasyl: I will come", "Vasyl: I can't"} <= set(halyna.labels)
    assert await town.count("due", REMINDERS) == 3


async def test_each_has_hours_and_a_certificate(head: Person, halyna: Person, town: Town) -> None:
    await adds(halyna)
    await invites(head)
    await town.passes(days=13)
    sent = len(halyna.chat.sent)
    await closes(town, "yes", "yes")
    assert len(halyna.chat.sent) == sent + 1
    assert "Halyna. Credited: “Attachment and loss”, 4 hours. Certificate no. 2026/001." in halyna.last
    assert "Vasyl. Credited: “Attachment and loss”, 4 hours. Certificate no. 2026/002." in halyna.last
    await halyna.presses("My plan")
    assert halyna.last.count("4 of 30 hours") == 2


async def test_one_is_renamed_and_no_two_bear_one_name(halyna: Person) -> None:
    await adds(halyna)
    await halyna.presses("Vasyl: another name")
    await halyna.says("halyna")
    assert halyna.last == "There is already a halyna here. Choose another name."
    await halyna.says("Visits and trainings")
    await halyna.presses("Me and my partner")
    await halyna.presses("Vasyl: another name")
    await halyna.says("Petro")
    assert "shared by: Halyna, Petro." in halyna.last
    await halyna.says("/mydata")
    assert "On this phone: Halyna, Petro" in halyna.read


async def test_who_is_taken_off_gives_up_the_seats_and_keeps_the_hours(
    head: Person, halyna: Person, town: Town
) -> None:
    await adds(halyna)
    await invites(head)
    await town.passes(days=13)
    await closes(town, "yes", "yes")
    await invites_again(head)
    await halyna.says("Visits and trainings")
    await halyna.presses("Me and my partner")
    await halyna.presses("Vasyl: remove")
    assert "gives up the seats ahead" in halyna.last
    await halyna.presses("Yes, remove Vasyl")
    assert halyna.last == "Vasyl is no longer in this chat. The credited hours stay."
    assert await town.count("seats", "session_id = 2") == 1
    assert await town.count("credits", "undone_at IS NULL") == 2
    await halyna.says("Visits and trainings")
    await halyna.presses("Me and my partner")
    await halyna.presses("Add the other carer")
    await halyna.says("Danylo")
    assert "shared by: Halyna, Danylo." in halyna.last


async def invites_again(head: Person) -> None:
    await head.says("Trainings")
    await head.presses("New training")
    for words in ("Anger", "Foster parents", "19.12", "10:00", "4", "Hall", "12"):
        await head.says(words)
    await head.presses("Send")


async def test_a_stranger_changes_nobody(halyna: Person, town: Town) -> None:
    await adds(halyna)
    await halyna.presses("Vasyl: remove")
    data = halyna.heard[-1].buttons["Yes, remove Vasyl"]
    nadia = await town.carer("Nadia", "foster_parents", language="en")
    await town.hears(nadia.pressing_data(data))
    assert town.telegram.toasts[-1] == "You have no access to this."
    assert await town.count("learners", "left_at IS NULL") == 3


async def test_the_seat_of_who_was_taken_off_goes_on_to_whoever_waits(head: Person, halyna: Person, town: Town) -> None:
    nadia = await town.carer("Nadia", "foster_parents", language="en")
    await adds(halyna)
    await invites(head, seats="1")
    await halyna.presses("Vasyl: I will come")
    await nadia.presses("I will come")
    await nadia.presses("Wait for a seat")
    await halyna.says("Visits and trainings")
    await halyna.presses("Me and my partner")
    await halyna.presses("Vasyl: remove")
    await halyna.presses("Yes, remove Vasyl")
    await town.passes(minutes=5)
    assert "I take it" in nadia.labels
