"""The head's month: visits counted by day and team, trainings by title, as a picture and as text; nobody's name."""

import asyncio
import json
import sys
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.run import easel
from storage import trainings, visits
from storage.db import Transaction
from tests.people import Person, Town
from tests.stories.test_access import opened
from tests.stories.test_trainings import invites
from tests.stories.test_urgent import reports
from tests.stories.test_visits import plans

PNG = b"\x89PNG\r\n\x1a\n"


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """What was to be drawn, without the time that drawing takes."""
    asked: list[dict[str, Any]] = []

    async def noted(given: dict[str, Any]) -> tuple[bytes, str]:
        asked.append(json.loads(json.dumps(given)))
        return PNG, ""

    monkeypatch.setattr(easel, "_asked", noted)
    return asked


async def test_the_head_sees_the_month_as_a_picture_and_as_text(head: Person, town: Town) -> None:
    await head.says("My day")
    await head.presses("Month")
    picture, text = head.heard[-2:]
    assert picture.file.startswith(PNG)
    assert (picture.file_name, picture.text) == ("month.png", "November 2026")
    assert int.from_bytes(picture.file[16:20], "big") == 1080
    assert "sendPhoto" in town.telegram.calls
    assert text.text == "November 2026\n\nNothing is planned in this month."
    assert list(text.buttons) == ["‹ October 2026", "December 2026 ›", "‹ Menu"]


@pytest.mark.safety("S26")
async def test_visits_are_counts_of_teams_without_a_name_or_a_number(
    head: Person, ana: Person, olena: Person, drawn: list[dict[str, Any]]
) -> None:
    await reports(ana)
    await olena.presses("Take")
    await olena.presses("Plan a visit")
    await plans(olena)
    await head.says("Trainings")
    await head.presses("Month")
    assert "Fri 27 November: 1 visit (Mobile brigade 1)" in head.last
    assert not any(words in head.last + json.dumps(drawn) for words in ("K-", "К-", "Olena", "Ana"))
    assert drawn[-1]["days"][26] == {
        "day": "2026-11-27", "works": True, "visits": {"brigade": 1}, "trainings": [], "plan": []
    }  # fmt: skip
    assert drawn[-1]["today"] == "2026-11-23"


@pytest.mark.usefixtures("drawn")
async def test_one_turns_to_another_month_and_back(head: Person) -> None:
    await invites(head)
    await head.says("Trainings")
    await head.presses("Month")
    await head.presses("December 2026 ›")
    assert head.last == "December 2026\n\nSat 5 December: 10:00 training “Attachment and loss”"
    assert sum(message.file_name == "month.png" for message in head.heard) == 1
    await head.presses("January 2027 ›")
    await head.presses("‹ December 2026")
    assert "Attachment" in head.last
    await head.town.hears(head.pressing_data("Cm:2026:13", head.heard[-1].id))
    assert head.town.telegram.toasts[-1]


async def test_in_ukrainian(town: Town, drawn: list[dict[str, Any]]) -> None:
    maria = await town.staff("Марія", "head")
    await town.app.writer.transact(lambda tx: held(tx, "Права дитини", at=town.clock.at + timedelta(hours=1)))
    await maria.says("Мій день")
    await maria.presses("Місяць")
    assert maria.last == "Листопад 2026\n\nпн, 23 листопада, сьогодні: 12:00 навчання «Права дитини»"
    assert (drawn[-1]["title"], drawn[-1]["weekdays"][0]) == ("Листопад 2026", "Пн")


@pytest.mark.usefixtures("drawn")
async def test_a_crowded_month_still_fits_a_message(head: Person, town: Town) -> None:
    """Six trainings and forty visits of every team each day: days are counts then, and teams stand below."""
    first = datetime(2026, 12, 1, 7, tzinfo=UTC)

    def crowded(tx: Transaction) -> None:
        for number in range(31 * 6):
            at = first + timedelta(days=number // 6, hours=number % 6)
            held(tx, "Емоційне вигорання і як із ним жити " * 3, at=at)
        for team in town.app.centre.teams:
            case = opened(town, tx, team.key)
            for number in range(31 * 40):
                at = first + timedelta(days=number // 40)
                visits.plan(tx, case.id, by=1, kind="support_visit", starts_at=at, now=at)

    await town.app.writer.transact(crowded)
    await head.town.hears(head.pressing_data("Cm:2026:12"))
    teams = len(town.app.centre.teams)
    assert 1000 < len(head.last) <= 4096
    assert head.last.count(f": {teams * 40} visits; 6 trainings") == 31
    assert f"Mobile brigade {31 * 40}" in head.last


async def test_without_the_library_the_text_goes_alone_and_it_is_said_once(
    head: Person, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    async def nothing(_: dict[str, Any]) -> tuple[None, str]:
        return None, "ModuleNotFoundError"

    monkeypatch.setattr(easel, "_asked", nothing)
    for _ in range(3):
        await head.says("My day")
        await head.presses("Month")
        assert head.last.startswith("November 2026")
    assert not any(message.file_name for message in head.heard)
    assert await head.town.count("outbox", "state IN ('queued', 'sending', 'parked')") == 0
    said = capfd.readouterr()
    assert (said.out + said.err).count("no_pictures") == 1


async def test_the_bot_itself_never_loads_what_draws(head: Person) -> None:
    loaded = "import bot.run.app, bot.run.commands.cli, sys; sys.exit('matplotlib' in sys.modules)"
    process = await asyncio.create_subprocess_exec(sys.executable, "-c", loaded)
    assert await process.wait() == 0
    await head.says("My day")
    await head.presses("Month")
    assert head.heard[-2].file


async def test_what_draws_sees_no_setting_and_quotes_no_title(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORUCH_MASTER_KEY", "key")
    assert not [name for name in easel.KEPT if name.startswith("PORUCH")]
    content, why = await easel._asked({"kind": "Прихована назва"})
    assert (content, why) == (None, "KeyError")


async def test_a_picture_that_takes_too_long_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(easel, "LIMIT", 0.05)
    assert await easel._asked({"kind": "month"}) == (None, "TimeoutError")


def held(tx: Transaction, title: str, *, at: datetime) -> None:
    trainings.plan(
        tx, title=title, place="P", audience="foster_parents", starts_at=at, hours=1, capacity=9, by=1, now=at
    )
