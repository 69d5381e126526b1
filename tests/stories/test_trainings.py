"""Trainings: an audience is invited, answers, is reminded while it stands."""

import pytest

from tests.people import Person, Town


@pytest.fixture
async def halyna(town: Town) -> Person:
    return await town.carer("Halyna", "foster_parents", language="en")


async def invites(head: Person, seats: str = "12", *, day: str = "05.12", clock: str = "10:00") -> None:
    await head.says("Trainings")
    await head.presses("New training")
    await head.says("Attachment and loss")
    await head.presses("Foster parents")
    await head.says(day)
    await head.says(clock)
    await head.presses("4")
    await head.says("Library hall")
    await head.says(seats)
    await head.presses("Send")


async def test_a_carer_accepts_and_is_reminded_three_times(head: Person, halyna: Person, town: Town) -> None:
    await invites(head)
    assert halyna.last == "Training “Attachment and loss”, Sat 5 December, 10:00, 4 hours. Library hall. 12 seats."
    await halyna.presses("I will come")
    assert halyna.last == "You will come: “Attachment and loss”, Sat 5 December, 10:00. Library hall."
    sent = len(halyna.chat.sent)
    await town.passes(days=13)
    reminders = [message.text for message in halyna.chat.sent[sent:]]
    plain = "Reminder: training “Attachment and loss”, Sat 5 December, 10:00. Library hall."
    soon = plain.replace("Reminder", "Soon")
    assert reminders == [f"{plain}\n\nWill you still come?", f"{soon}\n\nWill you still come?", plain, plain]


async def test_whoever_confirmed_is_not_asked_again(head: Person, halyna: Person, town: Town) -> None:
    await invites(head)
    await halyna.presses("I will come")
    sent = len(halyna.chat.sent)
    await town.passes(days=5)
    await halyna.presses("Yes, I will")
    assert halyna.last == "You will come: “Attachment and loss”, Sat 5 December, 10:00. Library hall."
    await town.passes(days=8)
    assert len(halyna.chat.sent) == sent + 3


async def test_who_cannot_come_is_not_reminded_and_may_change_her_mind(
    head: Person, halyna: Person, town: Town
) -> None:
    await invites(head)
    await halyna.presses("I can't")
    sent = len(halyna.chat.sent)
    await town.passes(days=6)
    assert len(halyna.chat.sent) == sent
    await halyna.presses("I will come")
    await town.passes(days=7)
    assert len(halyna.chat.sent) == sent + 3


async def test_a_moved_training_asks_again_and_never_reminds_of_the_old_time(
    head: Person, halyna: Person, town: Town
) -> None:
    await invites(head)
    await halyna.presses("I will come")
    await head.presses("Move")
    await head.says("12.12")
    await head.says("11:00")
    await head.presses("Send")
    assert "has moved. Now: Sat 12 December, 11:00." in halyna.last
    await halyna.presses("I will come")
    sent = len(halyna.chat.sent)
    await town.passes(days=20)
    reminders = [message.text for message in halyna.chat.sent[sent:]]
    assert len(reminders) == 4
    assert all("Sat 12 December, 11:00" in text for text in reminders)


async def test_a_cancelled_training_tells_and_never_reminds(head: Person, halyna: Person, town: Town) -> None:
    await invites(head)
    await halyna.presses("I will come")
    await head.presses("Cancel it")
    assert halyna.last == "The training “Attachment and loss”, Sat 5 December, 10:00, is cancelled."
    sent = len(halyna.chat.sent)
    await town.passes(days=14)
    assert len(halyna.chat.sent) == sent


async def test_the_last_seat_goes_to_one(head: Person, town: Town) -> None:
    carers = [await town.carer(f"Carer {number}", language="en") for number in range(6)]
    await invites(head, seats="2")
    await town.hears(*(carer.pressing("I will come") for carer in carers))
    assert await town.count("seats", "answer = 'yes'") == 2
    assert town.telegram.toasts.count("Sorry, all seats are taken.") == 4


async def test_only_the_audience_is_invited(head: Person, town: Town) -> None:
    guardian = await town.carer("Nadia", "guardians", language="en")
    sent = len(guardian.chat.sent)
    await invites(head)
    assert len(guardian.chat.sent) == sent


async def test_a_specialist_without_the_right_makes_no_training(town: Town) -> None:
    lawyer = await town.staff("Lev", "lawyer", language="en")
    await lawyer.says("Trainings")
    assert lawyer.last == "You have no access to this."
