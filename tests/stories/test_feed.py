"""A private address of one's calendar: shown once, read by calendars, dead at once when it is renewed or ended."""

import logging
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import aiohttp
import pytest

from bot.run.logs import NOISY
from bot.run.settings import Settings
from handlers import dismissal
from storage import people
from tests import rfc5545
from tests.people import Person, Town
from tests.ports import free_port
from tests.stories.test_forms import asks_for_help
from tests.stories.test_trainings import invites
from tests.stories.test_urgent import reports
from tests.stories.test_visits import plans

PUBLIC = "https://centre.example/poruch"


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Town]:
    """A town that can be reached from outside."""
    town = Town(tmp_path / "data")
    town.settings.public_url = PUBLIC
    town.settings.listen = f"127.0.0.1:{free_port()}"
    async with town:
        await town.app._serve()
        yield town


@pytest.fixture
async def halyna(town: Town, head: Person) -> Person:
    """A carer who comes to a training."""
    halyna = await town.carer("Halyna", "foster_parents", language="en")
    await invites(head)
    return halyna


async def subscribes(person: Person) -> str:
    """The address, as it was shown."""
    await person.says("Visits and trainings")
    await person.presses("Calendar subscription")
    assert "Whoever has the address sees the dates." in person.last
    await person.presses("Get an address")
    return shown(person)


def shown(person: Person) -> str:
    lines = person.last.split("\n")
    address = next(line for line in lines if line.startswith("https://"))
    assert f"webcal://{address.removeprefix('https://')}" in lines
    return address


@dataclass(frozen=True)
class Answer:
    """What the bot answers to whoever knows an address."""

    status: int
    body: bytes
    headers: dict[str, str]


async def asks(town: Town, address: str, *, method: str = "GET", later: float = 2, **headers: str) -> Answer:
    await town.passes(minutes=later / 60)
    here = address.replace(PUBLIC, f"http://{town.settings.listen}")
    given = {name.replace("_", "-"): value for name, value in headers.items()}
    async with aiohttp.ClientSession() as session, session.request(method, here, headers=given) as answer:
        return Answer(
            answer.status, await answer.read(), {name.lower(): value for name, value in answer.headers.items()}
        )


async def test_a_carer_subscribes_and_what_moves_moves_there(town: Town, head: Person, halyna: Person) -> None:
    address = await subscribes(halyna)
    answer = await asks(town, address)
    [before] = rfc5545.read(answer.body)
    assert (answer.status, before.title) == (200, "Training")
    await head.presses("Move")
    for words in ("12.12", "11:00"):
        await head.says(words)
    await head.presses("Send")
    [after] = rfc5545.read((await asks(town, address)).body)
    assert after.uid == before.uid
    assert after.sequence > before.sequence


async def test_the_address_is_unguessable_and_not_kept(town: Town, halyna: Person) -> None:
    address = await subscribes(halyna)
    token = address.rpartition("/")[2].removesuffix(".ics")
    assert len(token) >= 128 / 6
    for file in town.settings.data_dir.glob("poruch.db*"):
        assert token.encode() not in file.read_bytes()
    await halyna.says("Visits and trainings")
    await halyna.presses("Calendar subscription")
    assert "cannot show it again" in halyna.last
    assert token not in halyna.last


async def test_a_new_address_ends_the_old_one_and_clears_it_from_the_chat(town: Town, halyna: Person) -> None:
    old = await subscribes(halyna)
    await halyna.says("Visits and trainings")
    await halyna.presses("Calendar subscription")
    await halyna.presses("A new address instead")
    new = shown(halyna)
    assert not any(old in message.text for message in halyna.heard)
    assert [(await asks(town, each)).status for each in (old, new)] == [404, 200]


async def test_ended_with_one_press(town: Town, halyna: Person) -> None:
    address = await subscribes(halyna)
    await halyna.presses("End the subscription")
    assert not any("https://" in message.text for message in halyna.heard)
    assert (await asks(town, address)).status == 404


@pytest.mark.safety("S28")
async def test_it_ends_with_the_work_here(town: Town, iryna: Person) -> None:
    await iryna.says("Visits")
    await iryna.presses("Calendar subscription")
    await iryna.presses("Get an address")
    address = shown(iryna)
    assert (await asks(town, address)).status == 200
    known = await town.app.writer.transact(lambda tx: people.found(tx, iryna.id))
    assert known is not None
    await town.app.writer.transact(lambda tx: dismissal.revoke(tx, known.id, now=town.clock.at))
    assert (await asks(town, address)).status == 404
    assert await town.count("feeds") == 0


@pytest.mark.safety("S29")
async def test_it_ends_when_she_is_erased_and_rests_while_she_has_stopped_the_bot(town: Town, halyna: Person) -> None:
    address = await subscribes(halyna)
    await halyna.blocks()
    assert (await asks(town, address)).status == 404
    halyna.chat.blocked = False
    await halyna.says("/mydata")
    assert "A private address of your calendar, since 23.11.2026" in halyna.read
    assert (await asks(town, address)).status == 200
    await halyna.presses("Erase what is held about me")
    await halyna.presses("Yes, erase")
    await town.passes(days=8)
    assert (await asks(town, address)).status == 404
    assert await town.count("feeds") == 0


async def test_whatever_is_no_address_gets_the_same_answer(town: Town, halyna: Person) -> None:
    address = await subscribes(halyna)
    await halyna.presses("End the subscription")
    places = (
        address,
        f"{PUBLIC}/calendar/{'a' * 32}.ics",
        f"{PUBLIC}/calendar/x.ics",
        f"{PUBLIC}/calendar/",
        f"{PUBLIC}/",
    )
    answers = [await asks(town, place) for place in places]
    assert {(answer.status, answer.body) for answer in answers} == {(404, b"404: Not Found")}
    assert len({tuple(sorted(name for name in answer.headers)) for answer in answers}) == 1


async def test_a_calendar_that_has_it_already_is_told_so(town: Town, head: Person, halyna: Person) -> None:
    address = await subscribes(halyna)
    first = await asks(town, address)
    assert first.headers["cache-control"] == "private, no-store"
    assert first.headers["content-type"] == "text/calendar; charset=utf-8"
    tag = first.headers["etag"]
    again = await asks(town, address, If_None_Match=tag)
    assert (again.status, again.body, again.headers["etag"]) == (304, b"", tag)
    looked = await asks(town, address, method="HEAD")
    assert (looked.status, looked.body, looked.headers["etag"]) == (200, b"", tag)
    await head.presses("Cancel it")
    changed = await asks(town, address, If_None_Match=tag)
    assert (changed.status, changed.headers["etag"] == tag) == (200, False)


async def test_once_a_second_is_often_enough(town: Town, halyna: Person) -> None:
    address = await subscribes(halyna)
    assert [(await asks(town, address, later=0)).status for _ in range(3)] == [200, 429, 429]
    assert (await asks(town, address, later=1)).status == 200


@pytest.mark.safety("S22")
async def test_no_log_has_the_address(
    town: Town, halyna: Person, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    """Even where somebody lets every library say everything."""
    with caplog.at_level(logging.DEBUG):
        for name in NOISY:
            caplog.set_level(logging.DEBUG, logger=name)
        address = await subscribes(halyna)
        caplog.clear()
        await asks(town, address)
        await asks(town, address.replace(".ics", "x.ics"))
        await asks(town, f"{PUBLIC}/calendar/{'unheard' * 5}.ics")
    token = address.rpartition("/")[2].removesuffix(".ics")
    heard = "\n".join(
        [*(f"{record.msg} {record.args} {record.exc_text}" for record in caplog.records), *capfd.readouterr()]
    )
    assert caplog.records
    assert token not in heard
    assert "unheardunheard" not in heard


@pytest.mark.safety("S09")
async def test_it_never_shows_a_visit_of_the_branch_and_is_offered_as_before(
    town: Town, ana: Person, olena: Person, iryna: Person
) -> None:
    await asks_for_help(ana)
    await ana.presses("Send")
    await iryna.presses("Take")
    await iryna.presses("Plan a visit")
    await plans(iryna)
    address = await subscribes(ana)
    await ana.says("/start")
    await reports(ana)
    await olena.presses("Take")
    await olena.presses("Plan a visit")
    await plans(olena)
    assert [each.title for each in rfc5545.read((await asks(town, address)).body)] == ["Meeting"]
    await ana.says("Visits and trainings")
    await ana.presses("Calendar subscription")
    assert set(ana.heard[-1].buttons) == {"A new address instead", "End the subscription", "‹ Menu"}


async def test_without_a_public_address_nothing_is_offered_or_served(town: Town, halyna: Person) -> None:
    address = await subscribes(halyna)
    await town.app.close()
    town.settings.public_url = ""
    await town.open()
    await town.app._serve()
    assert (await asks(town, address)).status == 404
    await halyna.presses("End the subscription")
    await halyna.says("Visits and trainings")
    assert "Calendar subscription" not in halyna.heard[-1].buttons
    assert "Add to my calendar" in halyna.heard[-1].buttons


@pytest.mark.parametrize(
    "wrong", ["centre.example", "http://centre.example", "https://", "https://a.b/?x=1", "https://u@a.b", "ftp://a.b"]
)
def test_a_public_address_is_https_or_none(wrong: str) -> None:
    with pytest.raises(ValueError, match="https://HOST"):
        Settings(_env_file=None, public_url=wrong)  # type: ignore[call-arg]
    assert Settings(_env_file=None, public_url="https://a.b/c/").public_url == "https://a.b/c"  # type: ignore[call-arg]
