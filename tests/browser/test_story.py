"""The story that the page itself suggests, played by hand on its phones; each chapter begins where the last ended."""

import json
import os
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import expect

from bot.core import texts
from bot.run import rehearsal
from tests.browser.hands import PATIENCE, Hand, Table, numbered
from tests.process.speech import UK

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]

PICTURE = Path(__file__).parents[2] / "docs" / "sandbox.png"
PAGE = Path(__file__).parents[2] / "bot" / "sandbox" / "page"
LARGEST_PICTURE = 400 * 1024
TITLE, PLACE = "Прив'язаність і втрата", "Зала центру"
FORBIDDEN = ("Безпека вдома", "насильств", "Оксана")


@dataclass
class Report:
    """An urgent report, and what the two of the brigade were told of it."""

    number: str
    presses: int
    alerts: tuple[str, str]


@dataclass
class Training:
    day: date
    invitation: str
    after_yes: str
    times_fit: bool


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def report(table: Table) -> Report:
    await table.oksana.presses(texts.SAFETY_AT_HOME)
    await table.oksana.answers("safety", "danger", "now")
    await table.oksana.answers("safety", "write", "yes")
    await table.oksana.answers("safety", "district", "center")
    presses = table.oksana.presses_made
    number = numbered(await table.oksana.hears(texts.RECEIPT))
    alerts = [await brigade.hears(texts.ALERT_URGENT, number=number) for brigade in (table.olena, table.petro)]
    return Report(number, presses, (alerts[0], alerts[1]))


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def card(table: Table, report: Report) -> str:
    """Olena has taken it; her card."""
    await table.olena.presses(texts.TAKE)
    return await table.olena.hears(texts.CARD, number=report.number)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def visit(table: Table, report: Report, card: str) -> date:
    """After the first contact, planned by buttons for the day after tomorrow."""
    assert report.number in card
    await table.olena.presses(texts.MARK_CONTACTED)
    await table.olena.sees(UK(texts.STAGE_CONTACTED))
    day = await table.today() + timedelta(days=2)
    await plans_a_visit(table.olena, "emergency_brigade", day)
    return day


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def training(table: Table) -> Training:
    """The head has made one for foster parents; the carer says that she comes."""
    day = await table.today() + timedelta(days=3)
    await table.mariia.presses(texts.TRAININGS)
    await table.mariia.presses(texts.NEW_TRAINING)
    await table.mariia.writes("training", "title", TITLE)
    await table.mariia.answers("training", "audience", "foster_parents")
    await table.mariia.picks_day("training", day)
    await table.mariia.sees(UK.question("training", "time"))
    fits = await table.mariia.fits()
    await table.mariia.presses("11:00", below=UK.question("training", "time"))
    await table.mariia.presses("4", below=UK.question("training", "hours"))
    await table.mariia.writes("training", "place", PLACE)
    await table.mariia.presses("12", below=UK.question("training", "capacity"))
    await table.mariia.presses(texts.SEND, below=UK(texts.SUMMARY))
    await table.mariia.hears(texts.TRAINING_MADE)
    invitation = await table.halyna.hears(texts.TRAINING_INVITES, title=TITLE)
    await table.halyna.presses(texts.I_WILL_COME)
    return Training(day, invitation, await table.halyna.hears(texts.TRAINING_YES), fits)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def request_number(table: Table) -> str:
    """Help is asked for, with an answer in this chat; the specialist of the district has taken it."""
    await table.oksana.says("/start")
    await table.oksana.presses(texts.HELP_NEEDED)
    await table.oksana.answers("help", "who", "me")
    await table.oksana.answers("help", "need", "care")
    await table.oksana.presses(texts.SKIP, below=UK.question("help", "story"))
    await table.oksana.answers("help", "district", "center")
    await table.oksana.answers("help", "contact", "here")
    await table.oksana.answers("help", "consent", "yes")
    await table.oksana.presses(texts.SEND, below=UK(texts.SUMMARY))
    number = numbered(await table.oksana.hears(texts.RECEIPT_PLANNED))
    await table.iryna.presses(texts.TAKE, below=number)
    await table.iryna.hears(texts.CARD, number=number)
    return number


async def test_an_urgent_report_takes_four_presses_and_no_typing(report: Report) -> None:
    assert report.presses == 4
    assert report.number


async def test_both_of_the_brigade_are_alerted_without_a_word_of_what_was_told(report: Report) -> None:
    for alert in report.alerts:
        assert report.number in alert
        assert not any(word in alert for word in FORBIDDEN)


async def test_one_takes_it_and_the_other_sees_who(table: Table, report: Report, card: str) -> None:
    assert UK.option("safety", "danger", "now") in card
    told = await table.petro.hears(texts.TAKEN, number=report.number)
    assert "Олена" in told
    await expect(table.petro.heard(report.number).get_by_role("button")).to_have_count(0)


@pytest.mark.usefixtures("visit")
async def test_the_resident_hears_of_the_visit_only_that_the_guide_has_an_update(table: Table) -> None:
    await expect(table.oksana.lock).to_have_text(UK(texts.GUIDE_UPDATED))


async def test_the_taker_is_reminded_of_the_visit(table: Table, report: Report, visit: date) -> None:
    said = await table.jumps_until(table.olena, texts.VISIT_TOMORROW_STAFF, number=report.number)
    assert UK(visit) in said
    assert await table.today() == visit - timedelta(days=1)


async def test_leaving_clears_the_talk_and_the_lock_screen_shows_office_hours(table: Table, report: Report) -> None:
    """An hour has passed since, and the talk has gone by itself: she opens it once more."""
    await table.oksana.says(UK(texts.SAFETY_AT_HOME))
    await table.oksana.presses(texts.LEAVE_NOW)
    said = await table.oksana.hears(texts.LEFT)
    await expect(table.oksana.lock).to_have_text(said.splitlines()[0])
    await expect(table.oksana.standing.filter(has_text=report.number)).to_have_count(0)


async def test_a_specialist_gets_what_asks_for_help_and_both_are_reminded(table: Table, request_number: str) -> None:
    day = await table.today() + timedelta(days=2)
    await plans_a_visit(table.iryna, "first_home_visit", day)
    await table.oksana.hears(texts.VISIT_ARRANGED)
    await table.jumps_until(table.iryna, texts.VISIT_TOMORROW_STAFF, number=request_number)
    await table.oksana.hears(texts.VISIT_TOMORROW)
    await keeps_a_picture(table)
    await table.oksana.presses(texts.WILL_BE_IN)
    await table.iryna.hears(texts.SHE_WILL_BE_IN, number=request_number)


async def test_the_carer_is_invited_once_the_head_has_made_a_training(training: Training) -> None:
    assert PLACE in training.invitation
    assert UK(training.day) in training.invitation
    assert TITLE in training.after_yes


async def test_the_times_of_a_day_fit_on_a_phone(training: Training) -> None:
    assert training.times_fit


async def test_the_carer_is_reminded_of_the_training(table: Table, training: Training) -> None:
    said = await table.jumps_until(table.halyna, texts.TRAINING_REMINDER, title=TITLE)
    assert UK(training.day) in said


async def test_after_a_power_cut_a_press_still_works(table: Table) -> None:
    await table.pulls_the_plug()
    await table.petro.presses(texts.MY_DAY)
    await table.starts_again()
    await table.petro.hears(texts.MINE_EMPTY, within=3 * PATIENCE)


async def test_a_case_that_nobody_takes_is_played_on_one_press(table: Table) -> None:
    await table.page.locator("#plays button").first.click()
    rung = table.page.locator("#lanes li.rang")
    await expect(rung).to_have_count(1, timeout=4 * PATIENCE)
    await expect(rung).to_contain_text("Олена")
    await expect(rung.locator(".reads")).not_to_be_empty()


async def test_a_seat_at_a_training_is_played_to_its_end(table: Table) -> None:
    """The last of the plays: ten days of two carers and the head, by the page alone."""
    await table.page.locator("#plays button").last.click()
    words = json.loads((PAGE / "words.json").read_text(encoding="utf-8"))["uk"]
    await expect(table.page.locator("#play-says")).to_have_text(words["playOver"], timeout=24 * PATIENCE)
    await table.bohdan.hears(texts.CREDITED_NUMBER, title=rehearsal.TITLE)
    await table.halyna.hears(texts.REASON_NOTED, reason=UK(texts.REASONS["illness"]))


async def plans_a_visit(specialist: Hand, kind: str, day: date) -> None:
    """By the buttons of the form, at two in the afternoon."""
    await specialist.presses(texts.PLAN_VISIT)
    await specialist.answers("visit", "kind", kind)
    await specialist.picks_day("visit", day)
    await specialist.presses("14:00", below=UK.question("visit", "time"))
    await specialist.presses(texts.SEND, below=UK(texts.SUMMARY))
    await specialist.hears(texts.VISIT_PLANNED)


async def keeps_a_picture(table: Table) -> None:
    """Only when somebody asks for it."""
    if os.environ.get("PORUCH_KEEP_PICTURES") != "1":
        return
    await table.page.mouse.move(0, 0)
    await expect(table.page.locator("#notice")).to_be_hidden(timeout=2 * PATIENCE)
    await expect(table.page.locator("#counts .well")).to_be_visible(timeout=6 * PATIENCE)
    await table.page.locator("#phones").evaluate("phones => phones.scrollTo(0, 0)")
    await table.page.screenshot(path=PICTURE)
    assert PICTURE.stat().st_size <= LARGEST_PICTURE
