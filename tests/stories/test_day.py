"""My day: one message that is kept up in place, and few new ones."""

from datetime import timedelta

from tests.people import Person, Standing, Town
from tests.stories.test_contact import comes_back, receipt_of
from tests.stories.test_forms import asks_for_help
from tests.stories.test_urgent import reports
from tests.stories.test_visits import plans


def day(person: Person) -> Standing:
    days = [message for message in person.heard if message.text.startswith("My day")]
    assert len(days) == 1, [message.text for message in days]
    return days[0]


async def test_it_says_what_is_next_and_each_line_is_one_press_away(ana: Person, olena: Person) -> None:
    await reports(ana)
    await olena.says("My day")
    assert day(olena).text == "My day, Mon 23 November\n\nNo case is with you.\n\n1 case is waiting."
    await olena.presses("Take")
    assert "To get in touch:\nK-" in day(olena).text
    assert "by 11:30" in day(olena).text
    number = next(label for label in day(olena).buttons if label.startswith("K-"))
    await town_hears(olena, day(olena).buttons[number])
    assert olena.sees("Now: The danger is now")


async def town_hears(person: Person, data: str) -> None:
    await person.town.hears(person.pressing_data(data))


async def test_it_is_edited_in_place_and_makes_no_sound(ana: Person, olena: Person) -> None:
    await olena.says("My day")
    at = day(olena).id
    await reports(ana)
    assert "1 case is waiting." in day(olena).text
    await olena.presses("Take")
    await olena.presses("First contact made")
    assert "To get in touch" not in day(olena).text
    assert "To do:" not in day(olena).text
    assert (day(olena).id, day(olena).edited) == (at, True)


async def test_a_letter_a_visit_and_a_late_task_stand_there(ana: Person, olena: Person, town: Town) -> None:
    await reports(ana)
    number, code = await receipt_of(ana)
    await olena.presses("Take")
    await olena.presses("First contact made")
    await olena.presses("Plan a visit")
    await plans(olena, "24", "10:00")
    await olena.says("My day")
    assert "Visits:\nTue 24 November, 10:00 · K-" in day(olena).text
    await comes_back(ana, number, code)
    await ana.presses("Write to the specialist")
    await ana.says("Please come later")
    assert "Waiting for your answer:\nK-" in day(olena).text
    assert "Please come later" not in day(olena).text
    await town.passes(days=1, hours=1)
    assert "Late:\nK-" in day(olena).text


async def test_what_stands_still_says_so(ana: Person, olena: Person, head: Person) -> None:
    await reports(ana)
    await olena.presses("Take")
    await head.says("On duty")
    await head.presses("Air-raid alarm")
    await olena.says("My day")
    assert "the time stands still" in day(olena).text


async def test_in_the_morning_it_comes_anew_to_who_has_something(
    ana: Person, iryna: Person, olena: Person, town: Town
) -> None:
    await asks_for_help(ana)
    await ana.presses("Send")
    await iryna.presses("Take")
    await iryna.presses("First contact made")
    await town.passes(hours=20, minutes=45)
    assert not olena.sees("My day")
    await town.passes(minutes=15)
    assert "1 case is with you." in day(iryna).text
    assert not iryna.chat.sent[-1].silent
    assert not olena.sees("My day")


async def test_all_ones_cases_are_pages_of_a_list(ana: Person, iryna: Person, town: Town) -> None:
    for _ in range(9):
        await asks_for_help(ana)
        await ana.presses("Send")
    for case in range(1, 10):
        await town.hears(iryna.pressing_data(f"T:{case}"))
    await iryna.says("My day")
    await iryna.presses("All my cases")
    assert iryna.last.startswith("9 cases are with you.")
    await iryna.presses("More ›")
    assert len([label for label in iryna.heard[-1].buttons if label.startswith("K-")]) == 1
    await iryna.presses("‹ Before")
    await iryna.presses("My day")
    assert day(iryna).text.startswith("My day")


async def test_the_queue_has_pages_too(ana: Person, iryna: Person) -> None:
    for _ in range(9):
        await asks_for_help(ana)
        await ana.presses("Send")
    await iryna.says("Queue")
    assert "9 cases are waiting." in iryna.last
    await iryna.presses("More ›")
    assert len([label for label in iryna.heard[-1].buttons if label.startswith("K-")]) == 1


async def test_beyond_so_many_an_hour_planned_work_waits_on_the_day(ana: Person, iryna: Person, town: Town) -> None:
    for _ in range(8):
        await asks_for_help(ana)
        await ana.presses("Send")
    alerts = [message for message in iryna.chat.sent if message.text.startswith("Case K-")]
    assert len(alerts) == 6
    assert "8 cases are waiting." in day(iryna).text
    town.clock.at += timedelta(hours=1, minutes=1)
    await asks_for_help(ana)
    await ana.presses("Send")
    assert iryna.last.startswith("Case K-")


async def test_emergencies_are_outside_of_it(ana: Person, olena: Person) -> None:
    for _ in range(8):
        await reports(ana)
        await ana.presses("Leave now")
        await ana.says("/start")
    assert len([message for message in olena.chat.sent if message.text.startswith("Urgent case K-")]) == 8
