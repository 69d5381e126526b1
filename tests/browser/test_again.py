"""The demo started a second time, on a small dark screen: the phones begin anew, the cases are still there."""

from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest
import pytest_asyncio
from playwright.async_api import Browser, expect

from bot.core import texts
from tests.browser.conftest import opened
from tests.browser.demo import Demo
from tests.browser.hands import PATIENCE, Table, numbered

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]

WIDTH, HEIGHT = 390, 844


@dataclass
class SecondLife:
    """What the first life left behind, and the page of the second."""

    number: str
    rang: bool
    table: Table


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def second(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[SecondLife]:
    place = tmp_path_factory.mktemp("twice")
    async with Demo(place) as first, opened(browser, first, width=WIDTH, height=HEIGHT, dark=True) as page:
        number, rang = await reported(Table(page))
    async with Demo(place, fresh=False) as again, opened(browser, again, width=WIDTH, height=HEIGHT, dark=True) as page:
        yield SecondLife(number, rang, Table(page))


async def test_a_phone_that_rings_out_of_sight_is_marked(second: SecondLife) -> None:
    assert second.rang


async def test_the_phones_are_empty_and_everybody_joins_again(second: SecondLife) -> None:
    await second.table.shows(second.table.olena)
    await second.table.olena.hears(texts.WELCOME_STAFF, name="Олена", within=3 * PATIENCE)
    await expect(second.table.olena.standing.filter(has_text=second.number)).to_have_count(0)


async def test_the_case_of_the_first_life_still_waits(second: SecondLife) -> None:
    await second.table.shows(second.table.olena)
    await second.table.olena.presses(texts.QUEUE)
    await second.table.olena.sees(second.number)


async def test_nothing_is_wider_than_a_small_screen(second: SecondLife) -> None:
    assert await second.table.page.evaluate("document.documentElement.scrollWidth") <= WIDTH
    assert await second.table.olena.fits()


async def reported(table: Table) -> tuple[str, bool]:
    """An urgent report from the only phone in sight: its number, and whether the brigade's phone was marked."""
    await table.oksana.presses(texts.SAFETY_AT_HOME)
    await table.oksana.answers("safety", "danger", "now")
    await table.oksana.answers("safety", "write", "no")
    await table.oksana.answers("safety", "district", "center")
    number = numbered(await table.oksana.hears(texts.RECEIPT))
    news = table.of(table.olena).locator(".news")
    await expect(news).to_be_visible()
    await table.shows(table.olena)
    await table.olena.hears(texts.ALERT_URGENT, number=number)
    return number, not await news.is_visible()
