"""One's dates as a file for a calendar: neutral titles, nothing of the branch, the same event wherever it moves."""

from datetime import UTC, datetime

import pytest

from tests import rfc5545
from tests.people import Person, Town
from tests.rfc5545 import Read
from tests.stories.test_forms import asks_for_help
from tests.stories.test_trainings import invites
from tests.stories.test_urgent import reports
from tests.stories.test_visits import plans

SATURDAY = datetime(2026, 12, 5, 8, 0, tzinfo=UTC)
"""10:00 in Kyiv."""


@pytest.fixture
async def halyna(town: Town) -> Person:
    return await town.carer("Halyna", "foster_parents", language="en")


@pytest.fixture
async def planned(ana: Person, iryna: Person) -> None:
    """Iryna comes to Ana on Friday the 27th at 14:00."""
    await asks_for_help(ana)
    await ana.presses("Send")
    await iryna.presses("Take")
    await iryna.presses("Plan a visit")
    await plans(iryna)


async def takes(person: Person, page: str = "Visits and trainings") -> list[Read]:
    await person.says(page)
    await person.presses("Add to my calendar")
    assert person.file.file_name == "calendar.ics"
    return rfc5545.read(person.file.file)


async def test_a_carer_has_her_training_in_the_calendar_under_a_neutral_title(head: Person, halyna: Person) -> None:
    await invites(head)
    [asked] = await takes(halyna)
    assert (asked.title, asked.place, asked.starts_at) == ("Training", "Library hall", SATURDAY)
    assert (asked.ends_at - asked.starts_at).total_seconds() == 4 * 3600
    assert asked.status == "TENTATIVE"
    assert b"Attachment" not in halyna.file.file
    await halyna.presses("I will come")
    [comes] = await takes(halyna)
    assert (comes.uid, comes.status) == (asked.uid, "CONFIRMED")
    assert len(halyna.file.file) > 0
    assert sum(bool(each.file_name) for each in halyna.heard) == 1


async def test_in_ukrainian_it_has_ukrainian_names(head: Person, town: Town) -> None:
    halyna = await town.carer("Halyna", "foster_parents")
    await invites(head)
    await halyna.says("Візити і навчання")
    await halyna.presses("У мій календар")
    assert halyna.file.file_name == "kalendar.ics"
    assert [each.title for each in rfc5545.read(halyna.file.file)] == ["Навчання"]


async def test_what_moves_stays_the_same_event_in_its_next_version(head: Person, halyna: Person) -> None:
    await invites(head)
    [before] = await takes(halyna)
    await head.presses("Move")
    for words in ("12.12", "11:00"):
        await head.says(words)
    await head.presses("Send")
    [after] = await takes(halyna)
    assert after.uid == before.uid
    assert after.sequence > before.sequence
    assert after.starts_at == datetime(2026, 12, 12, 9, 0, tzinfo=UTC)


async def test_what_is_off_is_cancelled_in_the_calendar_for_a_month(head: Person, halyna: Person, town: Town) -> None:
    await invites(head)
    [before] = await takes(halyna)
    await head.presses("Cancel it")
    [off] = await takes(halyna)
    assert (off.uid, off.status) == (before.uid, "CANCELLED")
    assert off.sequence > before.sequence
    await town.passes(days=43)
    await halyna.says("Visits and trainings")
    assert "Add to my calendar" not in halyna.heard[-1].buttons


async def test_what_she_cannot_come_to_and_what_is_over_is_not_in_it(head: Person, halyna: Person, town: Town) -> None:
    await invites(head)
    await halyna.presses("I can't")
    await halyna.says("Visits and trainings")
    assert "Add to my calendar" not in halyna.heard[-1].buttons
    await halyna.presses("Sat 5 December, 10:00 · Attachment and loss")
    await halyna.presses("I will come")
    await town.passes(days=11, hours=23)
    assert len(await takes(halyna)) == 1
    await town.passes(hours=5)
    await halyna.says("Visits and trainings")
    assert "Add to my calendar" not in halyna.heard[-1].buttons


@pytest.mark.safety("S26")
@pytest.mark.usefixtures("planned")
async def test_a_visit_is_a_meeting_without_a_place_for_both(ana: Person, iryna: Person) -> None:
    [hers] = await takes(ana)
    [ours] = await takes(iryna, "Visits")
    assert (hers.title, hers.place, ours.title, ours.place) == ("Meeting", "", "Meeting", "")
    assert hers.starts_at == ours.starts_at == datetime(2026, 11, 27, 12, 0, tzinfo=UTC)
    assert hers.uid != ours.uid
    assert "Some visits are only in this bot" in iryna.file.text
    for content in (ana.file.file, iryna.file.file):
        said = content.decode()
        assert not any(word in said for word in ("K-", "Ana", "Iryna", "visit", "oruch"))


@pytest.mark.safety("S26")
async def test_whoever_holds_a_training_has_it_too(head: Person) -> None:
    await invites(head)
    assert [each.title for each in await takes(head, "Trainings")] == ["Training"]


@pytest.mark.safety("S09")
async def test_nothing_of_the_branch_is_in_any_calendar(ana: Person, olena: Person) -> None:
    await reports(ana)
    await olena.presses("Take")
    await olena.presses("Plan a visit")
    await plans(olena)
    for person, page in ((ana, "Visits and trainings"), (olena, "Visits")):
        await person.says(page)
        assert "Add to my calendar" not in person.labels
        await person.town.hears(person.pressing_data("e:calendar", person.heard[-1].id))
        assert not [each for each in person.chat.sent if each.file_name]


@pytest.mark.safety("S09")
@pytest.mark.usefixtures("planned")
async def test_who_has_told_of_anything_in_the_branch_is_offered_the_same_calendar(ana: Person) -> None:
    await ana.says("Visits and trainings")
    assert "Add to my calendar" in ana.labels
    await ana.says("/start")
    await reports(ana)
    assert [each.title for each in await takes(ana)] == ["Meeting"]


async def test_somebody_without_dates_is_offered_none_and_an_old_button_says_so(ana: Person) -> None:
    await ana.says("Visits and trainings")
    assert "Add to my calendar" not in ana.labels
    await ana.town.hears(ana.pressing_data("e:calendar", ana.heard[-1].id))
    assert ana.last == "Nothing is planned for you yet."
