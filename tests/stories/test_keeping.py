"""Whether a yes still holds: asked a week and two days before; silence costs a seat only where somebody waits."""

from telegram.error import NetworkError

from tests.people import Person, Town
from tests.stories.test_trainings import invites
from tests.stories.test_waiting_list import full

PLAIN = "Reminder: training “Attachment and loss”, Sat 5 December, 10:00. Library hall."
SOON = "Soon: training “Attachment and loss”, Sat 5 December, 10:00. Library hall."
STILL = "Will you still come?"
WARNING = "Others are waiting for a seat. Without an answer by Fri 4 December, 16:00, your seat goes to the next."
LAST = "This is the last time we ask: without an answer by Fri 4 December, 16:00, your seat goes to the next."


async def test_silence_frees_the_seat_after_a_warning_and_a_last_question(head: Person, town: Town) -> None:
    halyna, nadia = await full(town, head, "Halyna", "Nadia")
    sent = len(halyna.chat.sent)
    await town.passes(days=11, hours=5)  # Friday 16:00
    asked = [message.text for message in halyna.chat.sent[sent:]]
    assert asked[:3] == [f"{PLAIN}\n\n{STILL}", f"{SOON}\n\n{STILL}\n{WARNING}", f"{PLAIN}\n\n{STILL}\n{LAST}"]
    assert asked[3].startswith("There was no answer, and others were waiting: your seat has gone to the next")
    assert len(asked) == 4
    assert nadia.last.endswith("We hold it for you until Fri 4 December, 21:00.")
    await nadia.presses("I take it")
    await halyna.presses("Wait at the head of the line")
    assert "Your place in the line: 1." in halyna.last


async def test_the_head_of_the_line_is_for_whoever_lost_the_seat(head: Person, town: Town) -> None:
    halyna, nadia, roman, vira = await full(town, head, "Halyna", "Nadia", "Roman", "Vira")
    await town.passes(days=11, hours=5)
    await halyna.presses("Wait at the head of the line")
    await nadia.presses("No, thank you")
    assert "A seat is free" in halyna.last
    assert "A seat is free" not in roman.last
    assert "A seat is free" not in vira.last


async def test_an_answer_keeps_the_seat_and_ends_the_questions(head: Person, town: Town) -> None:
    halyna, nadia = await full(town, head, "Halyna", "Nadia")
    await town.passes(days=10)
    assert halyna.last == f"{SOON}\n\n{STILL}\n{WARNING}"
    await halyna.presses("Yes, I will")
    sent = len(halyna.chat.sent)
    await town.passes(days=4)
    assert [message.text for message in halyna.chat.sent[sent:]] == [PLAIN, PLAIN]
    assert await town.count("seats", "answer = 'yes'") == 1
    assert "A seat is free" not in nadia.last


async def test_where_nobody_waits_silence_costs_nothing(head: Person, town: Town) -> None:
    halyna = await town.carer("Halyna", language="en")
    await invites(head, seats="1")
    await halyna.presses("I will come")
    sent = len(halyna.chat.sent)
    await town.passes(days=13)
    asked = [message.text for message in halyna.chat.sent[sent:]]
    assert asked == [f"{PLAIN}\n\n{STILL}", f"{SOON}\n\n{STILL}", PLAIN, PLAIN]
    assert await town.count("seats", "answer = 'yes'") == 1


async def test_nobody_loses_a_seat_that_was_not_warned_of(head: Person, town: Town) -> None:
    """Somebody begins to wait after the question of two days before: there is no time left for a fair warning."""
    halyna = await town.carer("Halyna", language="en")
    nadia = await town.carer("Nadia", language="en")
    await invites(head, seats="1")
    await halyna.presses("I will come")
    await town.passes(days=10, hours=12)
    await nadia.says("Visits and trainings")
    await nadia.presses("Sat 5 December, 10:00 · Attachment and loss")
    await nadia.presses("Wait for a seat")
    sent = len(halyna.chat.sent)
    await town.passes(days=2)
    assert [message.text for message in halyna.chat.sent[sent:]] == [PLAIN, PLAIN]
    assert await town.count("seats", "answer = 'yes'") == 1


async def test_whoever_was_not_reached_by_the_last_question_keeps_the_seat(head: Person, town: Town) -> None:
    """An alarm sounds over the whole Friday: what was not asked was not answered."""
    _, nadia = await full(town, head, "Halyna", "Nadia")
    await town.passes(days=10, hours=12)
    await head.says("On duty")
    await head.presses("Air-raid alarm")
    await town.passes(hours=30)
    assert await town.count("seats", "answer = 'yes'") == 1
    assert "A seat is free" not in nadia.last


async def test_a_last_question_that_has_not_left_costs_nothing_and_is_worded_anew(head: Person, town: Town) -> None:
    """It is in the queue when Telegram fails for a moment; then an alarm holds it beyond its own end."""
    halyna, nadia = await full(town, head, "Halyna", "Nadia")
    await town.passes(days=10, hours=22, minutes=59)  # Friday, 9:59
    town.telegram.faults = [NetworkError("down")]
    await town.passes(minutes=1)
    await head.says("On duty")
    await head.presses("Air-raid alarm")
    sent = len(halyna.chat.sent)
    await town.passes(hours=7)
    assert len(halyna.chat.sent) == sent
    assert "A seat is free" not in nadia.last
    await head.says("On duty")
    await head.presses("All clear")
    await town.passes(minutes=30)
    late = (
        "This reminder comes later than it should: training “Attachment and loss”, Sat 5 December, 10:00. Library hall."
    )
    assert [message.text for message in halyna.chat.sent[sent:]] == [late]
    assert await town.count("seats", "answer = 'yes'") == 1


async def test_a_warning_that_nobody_needs_any_more_is_not_sent(head: Person, town: Town) -> None:
    """Whoever waited gives up while the question is in the queue."""
    halyna, nadia = await full(town, head, "Halyna", "Nadia")
    await town.passes(days=9, hours=22, minutes=59)  # Thursday, 9:59
    town.telegram.faults = [NetworkError("down")]
    sent = len(halyna.chat.sent)
    await town.passes(minutes=1)
    await nadia.presses("I don't want to wait")
    await town.passes(minutes=5)
    assert [message.text for message in halyna.chat.sent[sent:]] == [f"{SOON}\n\n{STILL}"]


async def test_no_more_seats_go_on_than_people_wait(head: Person, town: Town) -> None:
    found = await full(town, head, "Halyna", "Nadia", "Roman", "Vira", seats="3")
    await town.passes(days=11, hours=5)
    lost = [each for each in found[:3] if "your seat has gone" in each.last]
    assert len(lost) == 1
    assert "A seat is free" in found[3].last


async def test_a_training_in_five_days_asks_two_days_before_and_one_in_two_days_never(head: Person, town: Town) -> None:
    halyna = await town.carer("Halyna", language="en")
    await invites(head, day="28.11")
    await halyna.presses("I will come")
    sent = len(halyna.chat.sent)
    await town.passes(days=5)
    asked = [message.text for message in halyna.chat.sent[sent:]]
    assert [STILL in text for text in asked] == [True, False, False]
    await invites(head, day="30.11")
    await halyna.presses("I will come")
    sent = len(halyna.chat.sent)
    await town.passes(days=2)
    assert not any(STILL in message.text for message in halyna.chat.sent[sent:])


async def test_one_training_is_never_told_of_twice_on_one_day(head: Person, town: Town) -> None:
    """A start at eight in the morning: the last reminder would come the evening before, some hours after another."""
    halyna = await town.carer("Halyna", language="en")
    await invites(head, clock="8:00")
    await halyna.presses("I will come")
    days = []
    for _ in range(14):
        sent = len(halyna.chat.sent)
        await town.passes(days=1)
        days.append(len(halyna.chat.sent) - sent)
    assert max(days) == 1
    assert sum(days) == 3


async def test_an_outage_over_two_questions_is_one_message(head: Person, town: Town) -> None:
    halyna, _ = await full(town, head, "Halyna", "Nadia")
    sent = len(halyna.chat.sent)
    town.clock.at = town.clock.at.replace(month=12, day=3, hour=9)
    await town.ticks()
    asked = [message.text for message in halyna.chat.sent[sent:]]
    assert len(asked) == 1
    assert asked[0].endswith(WARNING)
