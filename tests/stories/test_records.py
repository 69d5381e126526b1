"""What is no case and the report counts: calls to the helpline, stays at the day centre, information work."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.core.buttons import Helpline, Stay, encode
from bot.core.centre import DayCentre
from storage import activities, drafts
from storage.db import Row, Transaction
from tests.people import Person, Town
from tests.stories.test_urgent import reports


def has(town: Town, house: DayCentre | None) -> None:
    """From now on the centre's profile says this of its day centre; a desk itself cannot be changed."""
    object.__setattr__(town.app.desk, "centre", replace(town.app.desk.centre, day_centre=house))


@pytest.fixture
async def house(town: Town) -> None:
    """The centre has a day centre with six places."""
    has(town, DayCentre(places=6, rooms=3, days=10))


@pytest.fixture
async def vira(town: Town) -> Person:
    """A psychologist who answers the helpline."""
    return await town.staff("Vira", "psychologist", language="en")


async def opens(person: Person, record: str) -> None:
    await person.says("Records")
    await person.presses(record)


async def all_rows(town: Town, table: str) -> list[Row]:
    return await town.app.reader.look(lambda tx: tx.all(f"SELECT * FROM {table}"))


# Calls


async def test_a_call_is_noted_by_two_presses_and_nothing_of_the_caller(vira: Person, town: Town) -> None:
    await opens(vira, "Helpline")
    await vira.presses("Family")
    await vira.presses("Silent call")
    assert vira.last.startswith("Noted: Silent call.\n\nToday: 2 calls.\nFamily × 1\nSilent call × 1")
    rows = [dict(row) for row in await all_rows(town, "helpline")]
    assert [(row["day"].isoformat(), row["topic"]) for row in rows] == [
        ("2026-11-23", "family"), ("2026-11-23", "silent"),
    ]  # fmt: skip
    assert all(row.keys() == {"id", "day", "topic", "noted_by"} for row in rows)


async def test_a_topic_pressed_twice_in_one_breath_is_one_call(vira: Person, town: Town) -> None:
    await opens(vira, "Helpline")
    await town.hears(vira.pressing("Family"), vira.pressing("Family"))
    assert await town.count("helpline") == 1
    await vira.presses("Family")
    assert await town.count("helpline") == 2


async def test_two_colleagues_note_their_calls_beside_each_other(vira: Person, head: Person, town: Town) -> None:
    for person in (vira, head):
        await opens(person, "Helpline")
    await vira.presses("Health")
    await head.presses("Health")
    assert "Today: 2 calls.\nHealth × 2" in head.last
    assert await town.count("helpline") == 2


async def test_a_call_is_taken_back_once_and_by_nobody_else(vira: Person, head: Person, town: Town) -> None:
    await opens(vira, "Helpline")
    await vira.presses("Health")
    await head.town.hears(head.pressing_data(encode(Helpline(1, "", "undo"))))
    assert await town.count("helpline") == 1
    undo = vira.pressing("Take this entry back")
    await town.hears(undo, undo | {"callback_query": undo["callback_query"] | {"id": "again"}})
    assert await town.count("helpline") == 0
    assert vira.sees("Today: 0 calls.")


async def test_a_call_after_midnight_is_of_the_centres_new_day(vira: Person, town: Town) -> None:
    town.clock.at = datetime(2026, 11, 23, 22, 30, tzinfo=UTC)
    await opens(vira, "Helpline")
    await vira.presses("Other")
    assert [row["day"].isoformat() for row in await all_rows(town, "helpline")] == ["2026-11-24"]


async def test_a_topic_that_the_centre_has_no_more_is_stale(vira: Person, town: Town) -> None:
    await town.hears(vira.pressing_data(encode(Helpline(0, "weather", "note"))))
    await town.hears(vira.pressing_data(encode(Helpline(0, "family", "sing"))))
    assert await town.count("helpline") == 0


@pytest.mark.safety("S25")
async def test_neither_a_partner_nor_a_resident_nor_the_lawyer_keeps_records(ana: Person, town: Town) -> None:
    school = await town.staff("School", "partner", "education_school", language="en")
    lawyer = await town.staff("Lidiia", "lawyer", language="en")
    for person in (ana, school, lawyer):
        await person.says("/start")
        assert "Records" not in person.labels
        for action in (Helpline(0, "family", "note"), Stay(0, 0, "arrive")):
            await town.hears(person.pressing_data(encode(action)))
    assert await town.count("helpline") == await town.count("drafts") == 0


# The silence of the branch


async def comes_and_leaves(person: Person) -> None:
    await person.says("Safety at home")
    await person.presses("Leave now")


@pytest.mark.safety("S24")
async def test_whoever_opens_the_branch_and_leaves_is_counted_as_silent_without_a_trace(
    ana: Person, town: Town
) -> None:
    await comes_and_leaves(ana)
    (row,) = await all_rows(town, "helpline")
    assert {name: row[name] for name in ("id", "topic", "noted_by")} == {"id": 1, "topic": "silent", "noted_by": None}
    assert row["day"].isoformat() == "2026-11-23"
    assert row.keys() == ["id", "day", "topic", "noted_by"]


async def test_leaving_and_the_sweep_after_it_count_one_opening_once(ana: Person, town: Town) -> None:
    await comes_and_leaves(ana)
    await town.passes(hours=3)
    await ana.says("вихід")
    assert await town.count("helpline") == 1
    await comes_and_leaves(ana)
    assert await town.count("helpline") == 2


async def test_who_falls_silent_on_the_first_question_is_counted_when_the_draft_goes(ana: Person, town: Town) -> None:
    await ana.says("Safety at home")
    await ana.presses("The danger is now")
    await town.app.upkeep.forget()
    assert await town.count("helpline") == 0
    await town.passes(minutes=45)
    await town.app.upkeep.forget()
    await town.passes(hours=2)
    assert await town.count("helpline", "topic = 'silent' AND noted_by IS NULL") == 1
    assert await town.count("drafts") == 0


async def test_who_cancels_is_counted_and_the_sweep_adds_nothing(ana: Person, town: Town) -> None:
    await ana.says("Safety at home")
    await ana.presses("The danger is now")
    await ana.presses("✕ Cancel")
    await town.passes(hours=2)
    assert await town.count("helpline") == 1


async def test_a_child_that_looks_and_goes_is_counted_and_the_first_form_is_not(ana: Person, town: Town) -> None:
    await ana.says("Safety at home")
    await ana.presses("I am under 18")
    assert await town.count("helpline") == 0
    await ana.presses("Leave now")
    assert await town.count("helpline") == 1


async def test_who_filed_is_a_case_and_no_silent_call(ana: Person, town: Town) -> None:
    await reports(ana)
    await ana.presses("Leave now")
    await town.passes(hours=2)
    await town.app.upkeep.forget()
    assert await town.count("cases") == 1
    assert await town.count("helpline") == 0


async def test_who_says_keep_is_silent_only_when_what_was_kept_goes(ana: Person, town: Town) -> None:
    await ana.says("Safety at home")
    await ana.presses("The danger is now")
    await ana.presses("Keep what I began")
    await ana.presses("Leave now")
    assert await town.count("helpline") == 0
    await town.passes(hours=2)
    await town.app.upkeep.forget()
    assert await town.count("helpline") == 1


async def test_who_presses_the_entrance_twice_has_opened_it_once(ana: Person, town: Town) -> None:
    await ana.says("Safety at home")
    await ana.says("Safety at home")
    await ana.presses("Leave now")
    assert await town.count("helpline") == 1


async def test_leaving_another_form_is_no_silent_call(ana: Person, town: Town) -> None:
    await ana.says("I need help")
    await ana.presses("✕ Cancel")
    await ana.says("My requests")
    await ana.presses("Open by number and code")
    await ana.presses("Leave now")
    assert await town.count("helpline") == 0


async def test_the_page_of_the_helpline_shows_what_staff_have_noted(ana: Person, vira: Person) -> None:
    await comes_and_leaves(ana)
    await opens(vira, "Helpline")
    assert "Today: 0 calls." in vira.last


# The day centre


async def arrives(person: Person, *, route: str = "By phone", persons: str = "3", days: str = "5") -> None:
    await opens(person, "Day centre")
    await person.presses("Note an arrival")
    for answer in (route, persons, "Today"):
        await person.presses(answer)
    await person.says(days)


@pytest.mark.usefixtures("house")
async def test_an_arrival_takes_its_places_for_its_days_and_says_no_name(vira: Person, town: Town) -> None:
    await arrives(vira)
    assert vira.last == "Noted.\n\nMon 23 November – Fri 27 November · 3 people\nHow they came: By phone"
    await vira.presses("Day centre")
    assert vira.last.startswith("Now: 3 of 6 places.")
    (row,) = await all_rows(town, "activities")
    assert (row["kind"], row["day"].isoformat(), row["items"], row["persons"]) == (
        "day_centre_stay",
        "2026-11-23",
        5,
        3,
    )
    assert b"phone" not in row["content"]
    stay = await town.app.reader.look(lambda tx: activities.by_id(tx, row["id"]))
    assert stay is not None
    assert stay.title == "phone"
    await town.passes(days=5)
    await opens(vira, "Day centre")
    assert vira.last.startswith("Now: 0 of 6 places.")


@pytest.mark.usefixtures("house")
async def test_no_day_of_a_stay_may_have_more_people_than_places(vira: Person, town: Town) -> None:
    await arrives(vira, persons="3", days="2")
    await arrives(vira, persons="4", days="1")
    assert "Not noted: Mon 23 November there would be 7 for 6 places." in vira.last
    await arrives(vira, persons="3", days="2")
    assert await town.count("activities") == 2


@pytest.mark.usefixtures("house")
async def test_a_stay_is_no_longer_than_the_centre_allows(vira: Person, town: Town) -> None:
    await arrives(vira, days="11")
    assert "from 1 to 10" in vira.last
    await vira.says("10")
    assert await town.count("activities", "items = 10") == 1


@pytest.mark.usefixtures("house")
async def test_who_leaves_earlier_frees_the_place_and_may_stay_after_all(vira: Person, town: Town) -> None:
    await arrives(vira, persons="6")
    await town.passes(days=2)
    await opens(vira, "Day centre")
    stay = "Mon 23 November – Fri 27 November · 6 people"
    await vira.presses(stay)
    leaving = vira.pressing("They leave today")
    await town.hears(leaving, leaving | {"callback_query": leaving["callback_query"] | {"id": "again"}})
    assert "Now: 0 of 6 places." in vira.last
    assert await town.count("activities", "items = 2") == 1
    await opens(vira, "Day centre")
    assert stay not in vira.labels
    await town.hears(vira.pressing_data(encode(Stay(1, 5, "on"))))
    assert await town.count("activities", "items = 5") == 1


@pytest.mark.usefixtures("house")
async def test_nobody_stays_after_all_where_others_have_the_place(vira: Person, town: Town) -> None:
    await arrives(vira, persons="4")
    await town.passes(days=1)
    await opens(vira, "Day centre")
    await vira.presses("Mon 23 November – Fri 27 November · 4 people")
    await vira.presses("They leave today")
    assert "Noted: they have left, the place is free." in vira.last
    again = vira.pressing("They stay after all")
    await arrives(vira, persons="6", days="1")
    await town.hears(again)
    assert await town.count("activities", "items = 1 AND persons = 4") == 1
    await town.hears(vira.pressing_data(encode(Stay(1, 400, "on"))))
    assert await town.count("activities", "items = 400") == 0


@pytest.mark.usefixtures("house")
async def test_who_leaves_on_the_day_of_arrival_was_there_for_one(vira: Person, town: Town) -> None:
    await arrives(vira)
    await vira.presses("They leave today")
    assert "The place is taken until the end of the day." in vira.last
    assert await town.count("activities", "items = 1") == 1


@pytest.mark.usefixtures("house")
async def test_an_arrival_is_taken_back_by_whoever_noted_it(vira: Person, head: Person, town: Town) -> None:
    await arrives(vira)
    await opens(head, "Day centre")
    await head.presses("Mon 23 November – Fri 27 November · 3 people")
    assert "Take this entry back" not in head.labels
    await town.hears(head.pressing_data(encode(Stay(1, 0, "undo"))))
    assert await town.count("activities", "undone_at IS NULL") == 1
    await vira.presses("Take this entry back")
    assert "The arrival is taken back.\n\nNow: 0 of 6 places." in vira.last
    await town.hears(vira.pressing_data(encode(Stay(1, 0, "show"))))
    assert vira.sees("This entry is not there any more.")


async def test_a_centre_without_a_day_centre_has_no_such_page(vira: Person, town: Town) -> None:
    has(town, None)
    await vira.says("Records")
    assert "Day centre" not in vira.labels
    await town.hears(vira.pressing_data(encode(Stay(0, 0, "page"))))
    assert "no longer works" in town.telegram.toasts[-1]


@pytest.mark.usefixtures("house")
async def test_of_rows_from_a_table_those_count_that_are_current(vira: Person, town: Town) -> None:
    def brought(tx: Transaction) -> None:
        for number, current in ((1, None), (2, town.clock.at)):
            begun = "INSERT INTO activity_imports (id, begun_at, current_at) VALUES (:id, :now, :current)"
            tx.run(begun, id=number, now=town.clock.at, current=current)
            into = "INSERT INTO activities (import_id, day, kind, persons, items, made_at)"
            values = {"id": number, "day": town.clock.at.date(), "kind": activities.STAY, "now": town.clock.at}
            tx.run(f"{into} VALUES (:id, :day, :kind, :id, 3, :now)", **values)

    await town.app.writer.transact(brought)
    await opens(vira, "Day centre")
    assert "Now: 2 of 6 places." in vira.last
    await vira.presses("Mon 23 November – Wed 25 November · 2 people")
    assert "Take this entry back" not in vira.labels


# Information work


async def notes(person: Person, kind: str, number: str, when: str = "Today", title: str = "") -> None:
    await opens(person, "Information work")
    await person.presses("Note some work")
    if kind not in person.labels:
        await person.presses(next(label for label in person.labels if label.startswith("More")))
    await person.presses(kind)
    await (person.says(number) if number else person.presses("Skip"))
    await person.presses(when)
    await (person.says(title) if title else person.presses("Skip"))


@pytest.mark.safety("S22")
async def test_work_is_noted_by_a_short_form_and_its_title_is_sealed(vira: Person, town: Town) -> None:
    await notes(vira, "Booklets", "200", "Yesterday", "for schools")
    assert "Noted: Sun 22 November · Booklets: 200 · “for schools”" in vira.last
    await notes(vira, "Talks", "25", title="for schools")
    await notes(vira, "Campaigns", "")
    rows = await all_rows(town, "activities")
    assert [(row["kind"], row["items"], row["persons"]) for row in rows] == [
        ("booklets", 200, None), ("lecture", None, 25), ("campaign", None, None),
    ]  # fmt: skip
    assert rows[0]["title_mark"] == rows[1]["title_mark"]
    assert rows[2]["title_mark"] is None
    assert not any(b"schools" in row["content"] for row in rows)
    assert "Mon 23 November · Campaigns\nMon 23 November · Talks: 25 · “for schools”\nSun 22 November" in vira.last


async def test_another_day_is_written_and_none_lies_ahead(vira: Person, town: Town) -> None:
    await opens(vira, "Information work")
    await vira.presses("Note some work")
    for answer in ("Posters", "10", "Another day"):
        await vira.presses(answer)
    await vira.says("24.11.2026")
    assert "still ahead" in vira.last
    await vira.says("12.03.2026")
    await vira.presses("Skip")
    assert [row["day"].isoformat() for row in await all_rows(town, "activities")] == ["2026-03-12"]


async def test_the_last_entry_is_taken_back_and_then_the_one_before(vira: Person, town: Town) -> None:
    await notes(vira, "Posters", "5")
    await notes(vira, "Booklets", "7")
    undo = vira.pressing("Take back the last entry")
    await town.hears(undo, undo | {"callback_query": undo["callback_query"] | {"id": "again"}})
    assert await town.count("activities", "undone_at IS NULL AND kind = 'posters'") == 1
    assert await town.count("activities", "undone_at IS NULL") == 1
    assert "Booklets" not in vira.last
    await vira.presses("Take back the last entry")
    assert await town.count("activities", "undone_at IS NULL") == 0


async def test_nobody_sees_or_takes_back_what_a_colleague_has_noted(vira: Person, head: Person, town: Town) -> None:
    await notes(vira, "Posters", "5")
    await opens(head, "Information work")
    assert "Posters: 5" not in head.last
    await town.hears(head.pressing_data("Hc:1:undo"))
    assert head.sees("This entry is not there any more.")
    assert await town.count("activities", "undone_at IS NULL") == 1


async def test_an_entry_stays_on_the_page_for_a_week(vira: Person, town: Town) -> None:
    await notes(vira, "Posters", "5")
    await town.passes(days=8)
    await opens(vira, "Information work")
    assert "Posters: 5" not in vira.last
    assert "Take back the last entry" not in vira.labels


async def test_every_entrance_of_the_branch_is_a_form_of_it() -> None:
    assert set(drafts.ENTRANCES) <= set(drafts.OF_BRANCH)
