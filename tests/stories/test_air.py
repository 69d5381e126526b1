"""An air-raid alarm: it holds what is reminded of, there alone where it sounds, and gives new times afterwards."""

import pytest

from tests.people import Person, Town
from tests.stories.test_forms import asks_for_help
from tests.stories.test_trainings import invites
from tests.stories.test_visits import plans


@pytest.fixture
async def planned(ana: Person, iryna: Person) -> None:
    """Ana lives in the Centre; Iryna comes on Friday the 27th at 14:00."""
    await asks_for_help(ana)
    await ana.presses("Send")
    await iryna.presses("Take")
    await iryna.presses("Plan a visit")
    await plans(iryna)


async def sounds(head: Person, where: str = "") -> None:
    await head.says("On duty")
    if where:
        await head.presses("Alarm in one district")
    await head.presses(f"Air-raid alarm: {where}" if where else "Air-raid alarm")


async def is_over(head: Person, where: str = "") -> None:
    await head.says("On duty")
    if where:
        await head.presses("Alarm in one district")
    await head.presses(f"All clear: {where}" if where else "All clear")


@pytest.mark.usefixtures("planned")
async def test_an_alarm_there_holds_the_reminder(ana: Person, iryna: Person, head: Person, town: Town) -> None:
    await town.passes(days=3, hours=2)
    await sounds(head, "Centre")
    await town.passes(hours=3)
    assert not iryna.sees("Tomorrow, Fri 27 November, 14:00")
    await is_over(head, "Centre")
    await town.passes(minutes=15)
    late = "This reminder comes later than it should.\n\n"
    assert iryna.last.startswith(f"{late}Tomorrow, Fri 27 November, 14:00: visit for K-")
    assert ana.last == f"{late}A specialist will come to you tomorrow: Fri 27 November, 14:00."


@pytest.mark.usefixtures("planned")
async def test_an_alarm_elsewhere_holds_nothing(iryna: Person, head: Person, town: Town) -> None:
    await town.passes(days=3, hours=2)
    await sounds(head, "Sadovyi")
    await town.passes(hours=1)
    assert iryna.last.startswith("Tomorrow, Fri 27 November, 14:00: visit for K-")


@pytest.mark.usefixtures("planned")
async def test_a_visit_that_fell_into_the_alarm_gets_a_new_time(
    ana: Person, iryna: Person, head: Person, town: Town
) -> None:
    await town.passes(days=4, hours=2, minutes=30)  # 13:30 of that day
    await sounds(head)
    await town.passes(hours=1)
    await is_over(head)
    assert (
        ana.last == "There was an air-raid alarm at the time of the visit, Fri 27 November, 14:00. "
        "Which other time suits you?"
    )
    assert "Another time" in ana.labels
    assert "there was an alarm at the time of the visit, Fri 27 November, 14:00." in iryna.last
    await iryna.presses("Move")
    await plans(iryna, "30", "10:00")
    assert "Mon 30 November, 10:00" in ana.last


async def test_a_training_that_fell_into_the_alarm_is_the_trainers_to_move(head: Person, town: Town) -> None:
    halyna = await town.carer("Halyna", "foster_parents", language="en")
    await invites(head)
    await halyna.presses("I will come")
    await town.passes(days=10, hours=22, minutes=55)
    await sounds(head)
    await town.passes(hours=2)
    assert sum("Reminder: training" in message.text for message in halyna.chat.sent) == 1  # that of the week
    await town.passes(hours=23)
    await is_over(head)
    assert "There was an alarm at the time of the training, Sat 5 December, 10:00." in head.last
    assert "Move" in head.labels
