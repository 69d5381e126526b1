"""One's own hours: when not to be disturbed, and by whose clock."""

from functools import partial

import pytest

from storage import people
from tests.people import Person, Town
from tests.stories.test_trainings import invites


@pytest.fixture
async def halyna(town: Town) -> Person:
    return await town.carer("Halyna", "foster_parents", language="en")


async def lives_in(person: Person, country: str) -> None:
    await person.says("Visits and trainings")
    await person.presses("I am abroad")
    await person.presses(country)


async def rests(person: Person, hours: str) -> None:
    await person.says("Visits and trainings")
    await person.presses("Quiet hours")
    await person.presses(hours)


async def times(town: Town) -> list[str]:
    rows = await town.app.reader.look(
        lambda tx: tx.all(
            "SELECT at FROM due WHERE kind IN ('training_day', 'training_hours') AND done_at IS NULL ORDER BY at"
        )
    )
    return [f"{row['at']:%d.%m %H:%M}" for row in rows]


async def test_she_reads_every_time_by_her_own_clock_with_kyiv_beside_it(head: Person, halyna: Person) -> None:
    await lives_in(halyna, "Poland")
    assert halyna.last.endswith("Your clock: Poland.")
    await invites(head)
    assert halyna.last == (
        "Training “Attachment and loss”, Sat 5 December, 9:00 (10:00 Kyiv time), 4 hours. Library hall. 12 seats."
    )
    assert "Sat 5 December, 10:00" in head.last


async def test_where_the_day_is_another_one_both_are_said(head: Person, halyna: Person, town: Town) -> None:
    await lives_in(halyna, "USA, west coast")
    await head.says("Trainings")
    await head.presses("New training")
    for words in ("Anger", "Foster parents", "05.12", "09:00", "4", "Hall", "12"):
        await head.says(words)
    await head.presses("Send")
    await town.passes(hours=8)  # there it is one in the morning
    assert "Fri 4 December, 23:00 (Sat 5 December, 9:00 Kyiv time)" in halyna.last


async def test_in_ukrainian_it_is_said_in_ukrainian(head: Person, town: Town) -> None:
    halyna = await town.carer("Галина", "foster_parents")
    await halyna.says("Візити і навчання")
    await halyna.presses("Я за кордоном")
    await halyna.presses("Німеччина")
    await invites(head)
    assert "сб, 5 грудня, 9:00 (10:00 за Києвом)" in halyna.last


async def test_back_in_ukraine_there_is_one_clock_again(head: Person, halyna: Person) -> None:
    await lives_in(halyna, "Canada, Toronto")
    await lives_in(halyna, "Ukraine")
    await invites(head)
    assert "Sat 5 December, 10:00, 4 hours" in halyna.last


async def test_staff_keep_the_clock_of_the_centre(town: Town, halyna: Person) -> None:
    await lives_in(halyna, "Poland")
    zone = partial(people.reader, person_id=1)
    assert (await town.app.reader.look(zone)).zone == "Europe/Warsaw"
    await halyna.says(f"/start {await town.invites('foster_care')}")
    assert (await town.app.reader.look(zone)).zone is None


async def test_what_is_planned_moves_and_what_has_rung_does_not_ring_again(
    head: Person, halyna: Person, town: Town
) -> None:
    await invites(head)
    await halyna.presses("I will come")
    await town.passes(days=6)
    assert sum("Reminder" in message.text for message in halyna.chat.sent) == 1
    assert await times(town) == ["04.12 08:00", "05.12 06:00"]
    await lives_in(halyna, "USA, west coast")
    assert await times(town) == ["04.12 16:00"]  # 8:00 over there; that of 20:45 would be the second of one day
    await lives_in(halyna, "Ukraine")
    assert await times(town) == ["04.12 08:00", "05.12 06:00"]
    await town.passes(days=7)
    assert sum("Reminder" in message.text for message in halyna.chat.sent) == 3


async def test_nothing_comes_in_the_hours_that_she_keeps_for_herself(head: Person, halyna: Person, town: Town) -> None:
    await rests(halyna, "From 23:00 to 10:00")
    assert halyna.last.startswith("Reminders do not come from 23:00 to 10:00.")
    await invites(head)
    await halyna.presses("I will come")
    sent = len(halyna.chat.sent)
    for _ in range(14 * 24 * 4):
        before = len(halyna.chat.sent)
        await town.passes(minutes=15)
        clock = town.app.centre.wall_clock(town.clock.at)
        assert len(halyna.chat.sent) == before or 10 <= clock.hour < 23
    assert len(halyna.chat.sent) > sent


async def test_hours_are_typed_taken_back_and_left_to_chance(halyna: Person, town: Town) -> None:
    await rests(halyna, "Other hours")
    await halyna.says("21:30")
    await halyna.says("6:45")
    assert halyna.last.startswith("Reminders do not come from 21:30 to 6:45.")
    await halyna.says("/mydata")
    assert "Do not disturb: from 21:30 to 6:45" in halyna.read
    await rests(halyna, "Any hour suits me")
    assert halyna.last == "Reminders come at any hour."
    await rests(halyna, "As at the centre: 21:00 to 8:00")
    assert halyna.last.startswith("Reminders do not come from 21:00 to 8:00.")
    assert await town.count("people", "quiet_from IS NOT NULL") == 0


async def test_her_file_says_where_she_is(halyna: Person) -> None:
    await lives_in(halyna, "Poland")
    await halyna.says("/mydata")
    assert "Your time zone: Poland" in halyna.read


async def test_a_resident_who_is_no_carer_has_no_such_page(town: Town) -> None:
    ana = town.person("Ana")
    await ana.says("Візити і навчання")
    assert not {"Я за кордоном", "Не турбувати", "Мій план"} & set(ana.labels)
