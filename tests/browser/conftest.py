"""A Chromium, if there is one, and the demo in it."""

import os
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, async_playwright

from tests.browser.demo import Demo
from tests.browser.hands import Table

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-dev-shm-usage",
    "--no-first-run",
)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser() -> AsyncIterator[Browser]:
    if CHROMIUM is None and os.environ.get("PORUCH_BROWSER") != "required":
        pytest.skip("no Chromium here")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        await browser.close()


@asynccontextmanager
async def opened(
    browser: Browser, demo: Demo, *, width: int = 1600, height: int = 1000, dark: bool = False
) -> AsyncIterator[Page]:
    """The page in a window of that size; whatever it complains of is a failure."""
    page = await browser.new_page(
        viewport={"width": width, "height": height},
        locale="uk-UA",
        color_scheme="dark" if dark else "light",
        reduced_motion="reduce",
    )
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda line: faults.append(line.text) if line.type == "error" else None)
    await page.goto(demo.address)
    yield page
    print(await page.locator("#log").text_content())
    await page.close()
    assert faults == []


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def demo(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Demo]:
    async with Demo(tmp_path_factory.mktemp("demo")) as demo:
        yield demo


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def table(browser: Browser, demo: Demo) -> AsyncIterator[Table]:
    """The page on a wide screen, with everybody greeted, on a Monday morning."""
    async with opened(browser, demo) as page:
        table = Table(page)
        await table.ready()
        await table.monday_morning()
        yield table
