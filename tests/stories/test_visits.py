"""Visits: planned, reminded of while they stand, moved, called off."""

import pytest

from tests.people import Person, Town
from tests.stories.test_forms import asks_for_help
from tests.stories.test_urgent import reports


async def plans(person: Person, day: str = "27", time: str = "14:00") -> None:
    await person.presses("First visit at home")
    await person.presses(day)
    await person.presses(time)
    await person.presses("Send")


@pytest.fixture
async def planned(ana: Person, iryna: Person) -> None:
    """Ana may be written to; Iryna comes on Friday the 27th at 14:00."""
    await asks_for_help(ana)
    await ana.presses("Send")
    await iryna.presses("Take")
    await iryna.presses("Plan a visit")
    await plans(iryna)


@pytest.mark.usefixtures("planned")
async def test_both_are_reminded_the_day_before_and_two_hours_before(ana: Person, iryna: Person, town: Town) -> None:
    assert ana.last == "A specialist will come to you: Fri 27 November, 14:00."
    await town.passes(days=3, hours=2, minutes=50)
    assert not iryna.sees("Tomorrow, Fri 27 November, 14:00: visit for K-")
    await town.passes(minutes=10)
    assert iryna.last.startswith("Tomorrow, Fri 27 November, 14:00: visit for K-")
    assert ana.last == "A specialist will come to you tomorrow: Fri 27 November, 14:00."
    await town.passes(hours=22)
    assert iryna.last.startswith("Today, Fri 27 November, 14:00: visit for K-")
    assert ana.last == "A specialist will come to you today: Fri 27 November, 14:00."


@pytest.mark.usefixtures("planned")
async def test_the_resident_answers_and_the_specialist_learns_it(ana: Person, iryna: Person) -> None:
    await ana.presses("I will be in")
    assert "will be in, Fri 27 November, 14:00" in iryna.last
    await ana.presses("Another time")
    assert "asks for another time" in iryna.last


@pytest.mark.usefixtures("planned")
async def test_a_moved_visit_never_reminds_of_the_old_time(ana: Person, iryna: Person, town: Town) -> None:
    old = ana.pressing("I will be in")
    await iryna.presses("Move")
    await plans(iryna, "30", "10:00")
    assert "will come at another time: Mon 30 November, 10:00." in ana.last
    await town.hears(old)
    assert await town.count("visits", "answer IS NOT NULL") == 0
    await town.passes(days=5)
    heard = [message.text for message in (*ana.chat.sent, *iryna.chat.sent)]
    assert not any("omorrow, Fri 27" in text or "tomorrow: Fri 27" in text for text in heard)


@pytest.mark.usefixtures("planned")
async def test_a_cancelled_visit_never_reminds(ana: Person, iryna: Person, town: Town) -> None:
    await iryna.presses("Cancel it")
    assert ana.last == "The visit on Fri 27 November, 14:00 is cancelled."
    sent = len(ana.chat.sent), len(iryna.chat.sent)
    await town.passes(days=5)
    later = [message.text for message in (*ana.chat.sent[sent[0] :], *iryna.chat.sent[sent[1] :])]
    assert not any("visit" in text or "will come to you" in text for text in later)


@pytest.mark.usefixtures("planned")
async def test_a_reminder_is_decided_again_when_it_is_sent(ana: Person, iryna: Person, town: Town) -> None:
    """It was queued, and before it could go the visit was called off."""
    town.clock.at = town.clock.at.replace(day=26, hour=12, minute=0)
    cancel = iryna.pressing("Cancel it")
    await town.app.ticker.tick()
    await town.hears(cancel)
    assert not any("tomorrow" in message.text for message in ana.chat.sent)


@pytest.mark.usefixtures("planned")
async def test_a_held_visit_and_an_outcome_close_the_case(iryna: Person, town: Town) -> None:
    await iryna.presses("It took place")
    await iryna.presses("Close the case")
    await iryna.presses("Reduced")
    await iryna.presses("Overcome or reduced")
    await iryna.presses("Skip")
    await iryna.presses("Send")
    assert await town.count("cases", "outcome = 'minimised' AND closed_at IS NOT NULL") == 1
    assert not iryna.sees("The roof leaks")


@pytest.mark.safety("S09")
async def test_from_the_branch_a_reminder_is_a_cover(ana: Person, town: Town) -> None:
    olena = await town.staff("Olena", "brigade", language="en")
    await ana.presses("Safety at home")
    await ana.presses("Not this minute")
    await ana.presses("Yes, you can")
    await ana.presses("Centre")
    await olena.presses("Take")
    sent = len(ana.chat.sent)
    await olena.presses("Plan a visit")
    await plans(olena)
    await town.passes(days=5)
    heard = ana.chat.sent[sent:]
    assert heard
    assert {message.text for message in heard} == {"The guide has an update."}


@pytest.mark.safety("S08")
async def test_who_will_come_back_with_a_code_is_never_written_to(ana: Person, town: Town) -> None:
    olena = await town.staff("Olena", "brigade", language="en")
    await reports(ana)
    sent = len(ana.chat.sent)
    await olena.presses("Take")
    await olena.presses("Plan a visit")
    await plans(olena)
    await town.passes(days=5)
    assert len(ana.chat.sent) == sent


@pytest.mark.safety("S28")
async def test_access_ends_with_the_last_role_also_on_old_cards(ana: Person, iryna: Person, town: Town) -> None:
    await asks_for_help(ana)
    await ana.presses("Send")
    await iryna.presses("Take")
    from storage import people  # noqa: PLC0415

    await town.app.writer.transact(lambda tx: people.dismiss(tx, 1, now=town.clock.at))
    await town.app.writer.transact(lambda tx: people.dismiss(tx, 2, now=town.clock.at))
    sent = len(iryna.chat.sent)
    for label in ("Open the card", "First contact made", "Plan a visit", "Close the case"):
        await iryna.presses(label)
    assert town.telegram.toasts[-4:] == ["You have no access to this."] * 4
    assert len(iryna.chat.sent) == sent


@pytest.mark.usefixtures("planned")
async def test_a_visit_of_which_nobody_says_how_it_went_is_a_task_the_next_morning(iryna: Person, town: Town) -> None:
    await town.passes(days=7, hours=1)
    assert any(message.text.endswith("Say how the visit went") for message in iryna.heard)
    assert await town.count("tasks", "kind = 'visit_result' AND done_at IS NULL") == 1
    await iryna.says("Visits")
    await iryna.presses(next(label for label in iryna.heard[-1].buttons if label.startswith("Fri 27")))
    await iryna.presses("It took place")
    assert await town.count("tasks", "kind = 'visit_result' AND done_at IS NULL") == 0
