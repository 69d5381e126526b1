"""Nothing of trainings, calendars, news and visits tells that somebody has opened the branch, also by absence."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.people import Person, Town
from tests.ports import free_port
from tests.stories.test_feed import PUBLIC, asks, subscribes
from tests.stories.test_forms import asks_for_help
from tests.stories.test_recurring import repeats
from tests.stories.test_trainings import invites
from tests.stories.test_urgent import reports
from tests.stories.test_visits import plans

SCREENS = ("Visits and trainings", "My requests", "/privacy", "/mydata", "/start")
WAYS = ("Calendar subscription", "My plan", "Me and my partner", "Centre news", "Add to my calendar")


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Town]:
    """With everything that a centre may offer, also private addresses of calendars."""
    town = Town(tmp_path / "data")
    town.settings.public_url = PUBLIC
    town.settings.listen = f"127.0.0.1:{free_port()}"
    async with town:
        yield town


async def screens(person: Person) -> list[tuple[str, list[str]]]:
    """Every page outside the branch on which something could be missing."""
    found = []
    for words in (*SCREENS, *WAYS):
        if words in WAYS:
            await person.says("Visits and trainings")
            await person.presses(words)
        else:
            await person.says(words)
        found.append((person.last.replace(person.name, "—"), list(person.heard[-1].buttons)))
    return found


@pytest.mark.safety("S01", "S29")
async def test_a_carer_who_has_told_of_danger_has_every_page_that_any_other_has(
    head: Person, olena: Person, town: Town
) -> None:
    halyna, nadia = [await town.carer(name, language="en") for name in ("Halyna", "Nadia")]
    await invites(head)
    for each in (halyna, nadia):
        await each.presses("I will come")
        await each.says("/start")
    await reports(halyna)
    await olena.presses("Take")
    await olena.presses("Plan a visit")
    await plans(olena)
    await halyna.says("вихід")
    assert await screens(halyna) == await screens(nadia)


@pytest.mark.safety("S01", "S29")
async def test_an_address_of_a_calendar_answers_as_if_there_were_no_branch(
    ana: Person, iryna: Person, olena: Person, town: Town
) -> None:
    """What keeps it open is what can be seen anyway; a case of the branch would tell of itself by the answer."""
    await town.app._serve()
    await asks_for_help(ana)
    await ana.presses("Send")
    await iryna.presses("Take")
    await iryna.presses("Plan a visit")
    await plans(iryna)
    await ana.says("/start")
    await reports(ana)
    await olena.presses("Take")
    address = await subscribes(ana)
    await town.app.writer.transact(lambda tx: tx.run("DELETE FROM links WHERE case_id = 1"))
    assert (await asks(town, address)).status == 404


@pytest.mark.safety("S09")
async def test_visits_that_come_every_week_do_not_show_a_week_in_her_chat(
    ana: Person, olena: Person, town: Town
) -> None:
    """One cover stands for all of them: what came every Sunday would tell as much as a word."""
    for label in ("Safety at home", "The danger is now", "Yes, you can", "Centre"):
        await ana.presses(label)
    await olena.presses("Take")
    await olena.presses("Plan a visit")
    await repeats(olena, "Every week")
    await ana.says("вихід")
    sent = len(ana.chat.sent)
    await town.passes(days=16)
    assert [each.text for each in ana.chat.sent[sent:]] == ["The guide has an update."]
    await ana.says("Visits and trainings")
    assert ana.last == "Nothing is planned for you yet."


async def test_a_reminder_does_not_come_between_what_she_reads_in_the_branch(head: Person, town: Town) -> None:
    halyna = await town.carer("Halyna", "foster_parents", language="en")
    await invites(head)
    await halyna.presses("I will come")
    await town.passes(days=10, hours=22, minutes=55)  # 9:55 of the day before
    await halyna.says("Safety at home")
    sent = len(halyna.chat.sent)
    await town.passes(minutes=30)
    assert not any("Attachment" in message.text for message in halyna.chat.sent[sent:])
    await halyna.says("вихід")
    await town.passes(minutes=15)
    assert sum("Attachment" in message.text for message in halyna.chat.sent[sent:]) == 1
