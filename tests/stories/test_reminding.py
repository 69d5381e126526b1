"""A reminder is decided when it goes: never of what has changed, late rather than not at all, never lost in silence."""

from datetime import timedelta

import pytest
from telegram.error import Forbidden, NetworkError

from tests.people import Person, Town
from tests.stories.test_forms import asks_for_help
from tests.stories.test_own_hours import lives_in
from tests.stories.test_trainings import invites
from tests.stories.test_visits import plans

ON_TIME = "Reminder: training “Attachment and loss”, Sat 5 December, 10:00. Library hall."
LATE = "This reminder comes later than it should: training “Attachment and loss”, Sat 5 December, 10:00. Library hall."


@pytest.fixture
async def halyna(town: Town) -> Person:
    return await town.carer("Halyna", "foster_parents", language="en")


async def sleeps_until(town: Town, day: int, hour: int, minute: int = 0) -> None:
    """The bot is not there until that moment in December, in Kyiv."""
    town.clock.at = town.clock.at.replace(month=12, day=day, hour=hour - 2, minute=minute)
    await town.ticks()


def heard(person: Person, words: str) -> int:
    return sum(words in message.text for message in person.chat.sent)


async def test_after_an_outage_the_reminder_says_that_it_is_late(head: Person, halyna: Person, town: Town) -> None:
    await invites(head)
    await halyna.presses("I will come")
    await sleeps_until(town, 4, 15)
    assert halyna.chat.sent[-1].text == LATE
    assert heard(halyna, "Reminder: ") == 0  # that of the week is said by the one of the day


async def test_after_a_long_outage_only_the_nearest_reminder_is_said(head: Person, halyna: Person, town: Town) -> None:
    await invites(head)
    await halyna.presses("I will come")
    sent = len(halyna.chat.sent)
    await sleeps_until(town, 5, 9)
    assert [message.text for message in halyna.chat.sent[sent:]] == [LATE]


async def test_what_comes_too_late_is_a_task_for_whoever_holds_it(head: Person, halyna: Person, town: Town) -> None:
    await invites(head)
    await halyna.presses("I will come")
    sent = len(halyna.chat.sent)
    await sleeps_until(town, 5, 11)
    await town.passes(minutes=2)
    assert len(halyna.chat.sent) == sent
    told = "The training of Sat 5 December, 10:00: 1 person could not be reminded in time."
    assert heard(head, told) == 1
    assert await town.count("tasks", "kind = 'unreminded_training' AND done_at IS NULL") == 1


async def test_whoever_stopped_the_bot_is_named_to_staff_instead_of_reminded(
    head: Person, halyna: Person, town: Town
) -> None:
    await invites(head)
    await halyna.presses("I will come")
    town.telegram.chats[halyna.id].blocked = True
    await town.passes(days=5)
    assert await town.count("unreminded", "subject = 'training'") == 1
    assert await town.count("tasks", "kind = 'unreminded_training'") == 1


async def test_a_reminder_that_waits_in_the_queue_is_worded_anew(head: Person, halyna: Person, town: Town) -> None:
    """Telegram takes nothing for an hour; what then goes out does not pretend to be in time."""
    await invites(head)
    await halyna.presses("I will come")
    await town.passes(days=10, hours=22, minutes=55)  # 9:55 of the day before
    town.telegram.faults = [NetworkError("down")] * 9
    await town.passes(hours=6)
    said = [message.text for message in halyna.chat.sent]
    assert said.count(f"{ON_TIME}\n\nWill you still come?") == 1  # that of the week
    assert said.count(LATE) == 1


async def test_a_cancelled_training_is_said_after_a_reminder_that_was_on_its_way(
    head: Person, halyna: Person, town: Town
) -> None:
    await invites(head)
    await halyna.presses("I will come")
    await town.passes(days=10, hours=23)
    assert halyna.chat.sent[-1].text == ON_TIME
    await head.presses("Cancel it")
    assert halyna.chat.sent[-1].text == "The training “Attachment and loss”, Sat 5 December, 10:00, is cancelled."
    sent = len(halyna.chat.sent)
    await town.passes(days=2)
    assert len(halyna.chat.sent) == sent


async def test_an_alarm_holds_the_reminder_and_its_end_lets_it_go(head: Person, halyna: Person, town: Town) -> None:
    await invites(head)
    await halyna.presses("I will come")
    await town.passes(days=4, hours=22, minutes=50)  # 9:50, ten minutes before that of the week
    await head.says("On duty")
    await head.presses("Air-raid alarm")
    await town.passes(hours=2)
    assert heard(halyna, "training “Attachment") == 0
    await head.says("On duty")
    await head.presses("All clear")
    await town.passes(minutes=15)
    assert halyna.chat.sent[-1].text == f"{LATE}\n\nWill you still come?"


async def test_who_cannot_be_reached_any_more_is_noticed_when_a_reminder_finds_out(
    head: Person, halyna: Person, town: Town
) -> None:
    await invites(head)
    await halyna.presses("I will come")
    await town.passes(days=4, hours=22, minutes=59)
    town.telegram.faults = [Forbidden("Forbidden: bot was blocked by the user")]
    await town.passes(minutes=5)
    assert await town.count("unreminded", "subject = 'training'") == 1


async def test_nobody_is_reminded_in_the_night_after_an_outage(head: Person, halyna: Person, town: Town) -> None:
    await invites(head)
    await halyna.presses("I will come")
    sent = len(halyna.chat.sent)
    await sleeps_until(town, 3, 23)
    assert len(halyna.chat.sent) == sent
    town.clock.at += timedelta(hours=9)
    await town.ticks()
    assert [message.text for message in halyna.chat.sent[sent:]] == [LATE]


async def test_an_invitation_made_at_night_waits_for_the_morning(head: Person, halyna: Person, town: Town) -> None:
    await town.passes(hours=11)  # 22:00
    sent = len(halyna.chat.sent)
    await invites(head)
    assert len(halyna.chat.sent) == sent
    await town.passes(hours=10)
    assert halyna.chat.sent[-1].text.startswith("Training “Attachment and loss”, Sat 5 December")


# Visits

COMES = "A specialist will come to you tomorrow: Fri 27 November, 14:00."
COMES_LATE = f"This reminder comes later than it should.\n\n{COMES}"
TO_STAFF = "Tomorrow, Fri 27 November, 14:00: visit for K-"


@pytest.fixture
async def visited(ana: Person, iryna: Person) -> Person:
    """Ana, to whom Iryna comes on Friday at 14:00."""
    await asks_for_help(ana)
    await ana.presses("Send")
    await iryna.presses("Take")
    await iryna.presses("Plan a visit")
    await plans(iryna)
    return ana


async def gives(iryna: Person, sofia: Person) -> None:
    await iryna.presses("Open the card")
    await iryna.presses("Hand over")
    await iryna.presses(next(each for each in iryna.labels if each.startswith("Sofia")))
    await sofia.presses("I take it over")


async def test_a_reminder_that_an_alarm_holds_outlives_a_change_of_the_specialist(
    visited: Person, iryna: Person, head: Person, town: Town
) -> None:
    sofia = await town.staff("Sofia", "specialist", language="en")
    await head.says("On duty")
    await head.presses("Air-raid alarm")
    await town.passes(days=3, hours=3, minutes=5)
    await gives(iryna, sofia)
    await head.says("On duty")
    await head.presses("All clear")
    await town.passes(minutes=30)
    assert heard(visited, COMES_LATE) == 1
    assert heard(iryna, TO_STAFF) == 0


async def test_what_waits_in_the_queue_does_not_go_to_who_has_given_the_visit_on(
    visited: Person, iryna: Person, town: Town
) -> None:
    sofia = await town.staff("Sofia", "specialist", language="en")
    await town.passes(days=3, hours=2, minutes=55)
    yes = iryna.pressing("Open the card")
    town.telegram.faults = [NetworkError("down")] * 3
    town.clock.at += timedelta(minutes=5)
    await town.app.ticker.tick()
    await town.app.sender.turn()
    await town.app.sender.landed()
    await town.app.sender.turn()
    town.telegram.faults = []
    await town.hears(yes)
    await gives(iryna, sofia)
    await town.passes(hours=1)
    assert heard(iryna, TO_STAFF) == 0
    assert heard(visited, "will come to you tomorrow") == 1


async def test_a_resident_is_not_reminded_in_the_night_after_an_outage(visited: Person, town: Town) -> None:
    town.clock.at = town.clock.at.replace(day=26, hour=20)  # 22:00 in Kyiv
    await town.ticks()
    assert heard(visited, "will come to you t") == 0
    await town.passes(hours=10)
    assert visited.last == COMES_LATE.replace("tomorrow", "today")


async def test_what_waits_in_the_queue_waits_for_the_morning_too(head: Person, halyna: Person, town: Town) -> None:
    await invites(head)
    await halyna.presses("I will come")
    town.clock.at = town.clock.at.replace(month=12, day=3, hour=18, minute=59)  # 20:59 in Kyiv, of the 3rd
    town.telegram.faults = [NetworkError("down")] * 20
    await town.ticks()
    town.telegram.faults = []
    await town.passes(hours=2)
    assert heard(halyna, LATE) == 0
    await town.passes(hours=10)
    assert heard(halyna, LATE) == 1


async def test_an_outage_of_an_hour_loses_no_reminder(head: Person, halyna: Person, town: Town) -> None:
    """Longer than the sender tries: the reminder rings again instead of being left to whoever looks after the bot."""
    await invites(head)
    await halyna.presses("I will come")
    await town.passes(days=10, hours=22, minutes=45)
    town.telegram.faults = [NetworkError("down")] * 25
    for _ in range(110):
        await town.passes(minutes=1)
    assert heard(halyna, LATE) == 1
    assert await town.count("outbox", "state = 'parked'") == 0


async def test_an_old_button_of_a_visit_that_is_off_says_so(visited: Person, iryna: Person, town: Town) -> None:
    old = visited.pressing("I will be in")
    await iryna.presses("Cancel it")
    await town.hears(old)
    assert visited.last == "The visit on Fri 27 November, 14:00 is cancelled."


async def test_who_was_missed_at_the_old_time_is_missed_anew_at_the_new_one(
    visited: Person, iryna: Person, town: Town
) -> None:
    town.telegram.chats[visited.id].blocked = True
    await town.passes(days=3, hours=4)
    assert await town.count("tasks", "kind = 'unreminded' AND done_at IS NULL") == 1
    await town.app.writer.transact(lambda tx: tx.run("UPDATE tasks SET done_at = :now", now=town.clock.at))
    await iryna.presses("Move")
    await plans(iryna, "30", "14:00")
    await town.passes(days=3)
    assert await town.count("tasks", "kind = 'unreminded' AND done_at IS NULL") == 1


async def test_whoever_lives_by_another_clock_is_invited_and_reminded_by_it(
    head: Person, halyna: Person, town: Town
) -> None:
    """It is night at the centre, and afternoon where she is."""
    await lives_in(halyna, "Canada, Toronto")
    await town.passes(hours=11)  # 22:00
    await invites(head, day="24.11", clock="14:00")
    assert heard(halyna, "Training “Attachment and loss”, Tue 24 November, 7:00 (14:00 Kyiv time)") == 1
    await town.passes(hours=6)
    assert heard(halyna, "Reminder: training “Attachment and loss”, Tue 24 November, 7:00 (14:00 Kyiv time)") == 1


async def test_the_question_of_two_days_before_comes_after_an_alarm(head: Person, halyna: Person, town: Town) -> None:
    await invites(head)
    await halyna.presses("I will come")
    await town.passes(days=9, hours=22, minutes=50)  # 9:50, ten minutes before it
    await head.says("On duty")
    await head.presses("Air-raid alarm")
    await town.passes(hours=2)
    assert heard(halyna, "Soon: training") == 0
    await head.says("On duty")
    await head.presses("All clear")
    await town.passes(minutes=15)
    assert halyna.chat.sent[-1].text == f"{LATE}\n\nWill you still come?"
    await town.passes(hours=12)
    assert heard(halyna, LATE) == 1


async def test_the_question_of_two_days_before_outlasts_an_hour_without_telegram(
    head: Person, halyna: Person, town: Town
) -> None:
    await invites(head)
    await halyna.presses("I will come")
    await town.passes(days=9, hours=22, minutes=55)
    town.telegram.faults = [NetworkError("down")] * 9
    await town.passes(hours=6)
    assert heard(halyna, LATE) == 1
