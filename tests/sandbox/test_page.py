"""The page, walked through in a browser."""

import os
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Locator, Page, async_playwright, expect

from bot.sandbox.serve import Sandbox, playing
from tests.sandbox import playhouse

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-dev-shm-usage",
    "--no-first-run",
]

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None and os.environ.get("PORUCH_BROWSER") != "required", reason="no Chromium here"),
]


@pytest.fixture
async def sandbox(tmp_path: Path) -> AsyncIterator[Sandbox]:
    async with playing(playhouse.play(tmp_path)) as sandbox:
        yield sandbox


@pytest.fixture
async def page(sandbox: Sandbox) -> AsyncIterator[Page]:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        page = await browser.new_page(viewport={"width": 1600, "height": 1000}, locale="uk-UA")
        faults: list[str] = []
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("console", lambda line: faults.append(line.text) if line.type == "error" else None)
        await page.goto(sandbox.api.address)
        yield page
        await browser.close()
    assert [fault for fault in faults if "409" not in fault] == []


def phone(page: Page, key: str) -> Locator:
    return page.locator(f'[data-person="{key}"]')


def chat(shown: Locator) -> Locator:
    """Without the lock screen, which says the same."""
    return shown.get_by_role("log")


async def test_a_person_can_talk_press_and_leave(page: Page) -> None:
    resident = phone(page, "resident")
    await resident.get_by_role("button", name="Безпека вдома").click()
    await expect(chat(resident).get_by_text("Крок 1 з 3.")).to_be_visible()
    await expect(chat(resident).get_by_text("змінено")).to_be_visible()
    await expect(resident.locator(".push")).to_contain_text("Довідник соціальних послуг")
    await resident.get_by_label("Повідомлення від Анна").fill("не зараз")
    await page.keyboard.press("Enter")
    await expect(chat(resident).get_by_text("Ви написали: не зараз")).to_be_visible()
    await resident.get_by_role("button", name="✕ Скасувати").click()
    await expect(resident.get_by_text("Прибираємо")).to_be_visible()
    await expect(resident.locator("[data-message]:visible")).to_have_count(0)
    await page.get_by_label("Показувати прибране").check()
    await expect(chat(resident).get_by_text("Ви написали: не зараз")).to_be_visible()


async def test_start_keyboard_contact_voice_and_block(page: Page) -> None:
    head = phone(page, "head")
    await head.get_by_role("button", name="Почати").click()
    await head.get_by_role("button", name="Мій номер").click()
    await head.get_by_role("button", name="Поділитися номером").click()
    await expect(chat(head).get_by_text("Дякуємо.")).to_be_visible()
    await expect(chat(head).get_by_text("не переслати")).to_be_visible()
    await expect(head.locator(".keyboard")).to_be_hidden()
    await head.locator(".more summary").click()
    await head.get_by_role("button", name="Голосове повідомлення").click()
    await expect(chat(head).get_by_text("без звуку").first).to_be_visible()
    await head.locator(".commands summary").click()
    await head.get_by_role("button", name="/help").click()
    await expect(chat(head).get_by_text("Ви написали: /help")).to_be_visible()
    await head.get_by_role("button", name="Заблокувати бота").click()
    await expect(head.get_by_text("бота заблоковано")).to_be_visible()


async def test_the_plug_the_clock_and_the_language(page: Page) -> None:
    await expect(page.get_by_text("Бот працює")).to_be_visible()
    await expect(page.locator("#counts")).to_contain_text("усе рухається")
    await expect(page.locator("#counts")).to_contain_text("urgent 1 · reply 2")
    await expect(page.locator("#counts")).to_contain_text("–")
    await page.get_by_role("button", name="До наступного нагадування").click()
    await expect(page.locator("#notice")).to_contain_text("Перейшли вперед на")
    await page.get_by_role("button", name="До наступного нагадування").click()
    await expect(page.locator("#notice")).to_contain_text("не знає жодного наступного нагадування")
    await page.get_by_role("button", name="+1 день").click()
    await expect(page.locator("#offset")).to_contain_text("1 дн")
    await page.get_by_role("button", name="Висмикнути шнур").click()
    await expect(page.get_by_text("Шнур висмикнуто")).to_be_visible()
    await page.get_by_role("button", name="Eng").click()
    await page.get_by_role("button", name="Start it again").click()
    await expect(page.get_by_text("The bot runs")).to_be_visible()
    await expect(page.get_by_role("heading", name="Try this")).to_be_visible()
    await expect(phone(page, "carer")).to_contain_text("Foster father")


async def test_the_ladder_shows_whose_phone_has_rung_since_the_case_came(page: Page, sandbox: Sandbox) -> None:
    duty, head = page.locator("#lanes li").nth(0), page.locator("#lanes li").nth(1)
    await expect(page.locator("#lanes li")).to_have_count(2)
    await expect(duty).to_contain_text("тихо")
    sandbox.world.clock.forward(60)
    rings(sandbox, "brigade_1")
    await expect(duty).to_contain_text("одразу")
    await page.get_by_role("button", name="+5 хв").click()
    await expect(page.locator("#queue-since")).to_contain_text("5 хв")
    rings(sandbox, "head")
    await expect(head).to_contain_text("за 5 хв")
    await page.reload()
    await expect(head).to_contain_text("за 5 хв")
    await page.get_by_role("button", name="Спочатку").click()
    await expect(page.locator("#lanes .rang")).to_have_count(0)


async def test_what_answers_somebody_is_no_ring(page: Page) -> None:
    head = phone(page, "head")
    await head.get_by_role("button", name="Почати").click()
    await expect(chat(head).locator(".bot").first).to_be_visible()
    await expect(page.locator("#lanes .rang")).to_have_count(0)


async def test_a_play_presses_by_itself_and_says_where_it_cannot_go_on(page: Page) -> None:
    await page.get_by_role("button", name="Проба").click()
    await expect(page.locator("#play-says")).to_have_text("Тисне.", timeout=10_000)
    await expect(chat(phone(page, "resident")).get_by_text("Крок 1 з 3.")).to_be_visible()
    await expect(page.locator("#offset")).to_contain_text("10 хв")
    await expect(page.locator("#play-says")).to_contain_text("не видно кнопки «Nobody has this»", timeout=20_000)
    await expect(page.get_by_role("button", name="Проба")).to_be_enabled()


def rings(sandbox: Sandbox, key: str) -> None:
    """The bot writes first."""
    sandbox.world.write(sandbox.world.phone(key).chat, {"text": "Чекає"}, from_bot=True)


async def test_a_narrow_screen_shows_one_phone_at_a_time(page: Page) -> None:
    await page.set_viewport_size({"width": 390, "height": 844})
    await page.reload()
    await expect(phone(page, "resident")).to_be_visible()
    await expect(phone(page, "head")).to_be_hidden()
    await page.locator("#people").get_by_role("button", name="Ірина").click()
    await expect(phone(page, "head")).to_be_visible()
    await expect(phone(page, "resident")).to_be_hidden()
    assert await page.evaluate("document.documentElement.scrollWidth") <= 390


async def test_every_control_has_a_name_and_the_chats_are_logs(page: Page) -> None:
    await expect(phone(page, "resident").get_by_role("log", name="Чат: Анна")).to_be_visible()
    unnamed = await page.evaluate(
        """() => [...document.querySelectorAll("button, input, summary, a[href]")]
            .filter(e => !(e.textContent.trim() || e.title || e.getAttribute("aria-label")
                || e.getAttribute("aria-labelledby") || (e.labels && e.labels[0].textContent.trim())))
            .map(e => e.outerHTML)"""
    )
    assert unnamed == []
