"""What a person at the page can do: take a phone, press, look; move the clock, pull the plug."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from playwright.async_api import Locator, Page, TimeoutError, expect  # noqa: A004 - Playwright's own

from bot.core import reminders, texts
from bot.core.lines import Own, Sentence, Value
from handlers.menu import LANGUAGE_LABEL
from tests.process.speech import CENTRE, UK, Speech

PATIENCE = 5_000
"""Milliseconds that somebody waits for the bot."""
MORNING = 10
JUMPS = 15
"""So many bells may ring for others and for tasks before the one that is waited for."""
A_MOMENT = 300
"""Milliseconds in which what is due now is said."""
NUMBER = re.compile(r"К-\d{4,8}")
GROUP = re.compile(r"\(\?P<(\w+)>[^)]*\)")


@dataclass
class Hand:
    """Holds one phone of the page, and reads its language."""

    page: Page
    key: str
    presses_made: int = 0
    speech: Speech = UK

    @property
    def phone(self) -> Locator:
        return self.page.locator(f'.phone[data-person="{self.key}"]')

    @property
    def standing(self) -> Locator:
        """The messages that can be seen."""
        return self.phone.locator(".message:not(.deleted):not(.leaving)")

    @property
    def lock(self) -> Locator:
        """The words on the lock screen."""
        return self.phone.locator(".push")

    def heard(self, words: str | re.Pattern[str]) -> Locator:
        """The newest message of the bot's with these words."""
        return self.standing.and_(self.page.locator(".bot")).filter(has_text=words).last

    async def hears(self, sentence: Sentence, *, within: float = PATIENCE, **blanks: str) -> str:
        """The message that says the sentence with these blanks, when it is there."""
        return await self.sees(said(sentence, self.speech, **blanks), within=within)

    async def sees(self, words: str | re.Pattern[str], *, within: float = PATIENCE) -> str:
        message = self.heard(words)
        await expect(message).to_be_visible(timeout=within)
        return await message.inner_text()

    async def hears_since(self, moment: datetime, sentence: Sentence, **blanks: str) -> str:
        """The message that says so and is not older than that."""
        message = self.heard(said(sentence, self.speech, **blanks))
        for _ in range(2 * PATIENCE // A_MOMENT):
            if await message.count():
                at = await message.locator(".marks time").get_attribute("datetime")
                if at and datetime.fromisoformat(at) >= moment:
                    return await message.inner_text()
            await self.page.wait_for_timeout(A_MOMENT)
        raise AssertionError(f"{self.key} has not heard it since {moment}: {sentence.msgid}")

    async def presses(self, label: Value | str, *, below: str | re.Pattern[str] | None = None) -> None:
        """The newest such button, or the one below those words."""
        words = label if isinstance(label, str) else self.speech(label)
        where = self.heard(below) if below is not None else self.standing
        await where.get_by_role("button", name=words, exact=True).last.click(timeout=PATIENCE)
        self.presses_made += 1

    async def answers(self, form: str, name: str, key: str, answers: Mapping[str, Any] | None = None) -> None:
        """Presses an option of the question, when it is asked."""
        await self.presses(self.speech.option(form, name, key, answers), below=self.speech.question(form, name))

    async def writes(self, form: str, name: str, text: str) -> None:
        """Types an answer to the question, when it is asked."""
        await self.sees(self.speech.question(form, name))
        await self.says(text)

    async def says(self, text: str) -> None:
        await self.phone.locator("form > input").fill(text)
        await self.phone.locator("form > input").press("Enter")

    async def opens(self, entry: Value | str) -> None:
        """Writes what it is called, and waits for the page: the one of before is on its way out."""
        before = await self.standing.last.get_attribute("data-message")
        await self.says(entry if isinstance(entry, str) else self.speech(entry))
        await expect(self.standing.last).not_to_have_attribute("data-message", before or "", timeout=PATIENCE)
        await expect(self.standing.last).to_contain_class("bot", timeout=PATIENCE)

    async def picks_day(self, form: str, day: date) -> None:
        """A day in the grid, a month further where need be."""
        asked = self.speech.question(form, "day")
        await self.sees(asked)
        month = self.heard(asked).get_by_role("button", name=self.speech.month(texts.MONTHS[day.month - 1], day))
        if not await month.count():
            await self.presses("›", below=asked)
            await expect(month).to_be_visible(timeout=PATIENCE)
        await self.presses(str(day.day), below=asked)

    async def speaks(self, speech: Speech) -> None:
        """Chooses the language as anybody does, in the menu."""
        await self.opens("/start")
        await self.presses(LANGUAGE_LABEL)
        await self.presses(Own({"uk": "Українська", "en": "English"}[speech.language]))
        self.speech = speech
        await self.hears(texts.LANGUAGE_CHOSEN)

    async def fits(self) -> bool:
        """Whether nothing in the chat is wider than the phone."""
        return bool(await self.phone.locator(".log").evaluate("log => log.scrollWidth <= log.clientWidth"))


@dataclass
class Table:
    """The page with its phones, its clock and its plug."""

    page: Page

    def __post_init__(self) -> None:
        self.oksana = Hand(self.page, "resident")
        self.olena = Hand(self.page, "brigade_1")
        self.petro = Hand(self.page, "brigade_2")
        self.iryna = Hand(self.page, "specialist")
        self.mariia = Hand(self.page, "head")
        self.halyna = Hand(self.page, "carer")
        self.bohdan = Hand(self.page, "carer_2")

    @property
    def everybody(self) -> tuple[Hand, ...]:
        return (self.oksana, self.olena, self.petro, self.iryna, self.mariia, self.halyna, self.bohdan)

    def of(self, hand: Hand) -> Locator:
        """The name above the phones that leads to this one."""
        return self.page.locator(f'#people [data-key="{hand.key}"]')

    async def shows(self, hand: Hand) -> None:
        """On a small screen, puts this phone in front."""
        await self.of(hand).click()
        await expect(hand.phone).to_be_visible()

    async def ready(self) -> None:
        """Everybody has been greeted."""
        for hand in self.everybody:
            await hand.sees(UK(texts.WELCOME), within=3 * PATIENCE)

    async def now(self) -> datetime:
        """What the sandbox's clock shows."""
        moment = await self.page.locator("#clock").get_attribute("datetime")
        assert moment is not None
        return datetime.fromisoformat(moment).astimezone(CENTRE.zone)

    async def today(self) -> date:
        return (await self.now()).date()

    async def monday_morning(self) -> None:
        """A Monday a little after ten, whatever the day is outside: by hours and days, as anybody would go there."""
        while (await self.now()).hour != MORNING:
            await self.goes_forward(hours=1)
        while (await self.now()).weekday():
            await self.goes_forward(hours=24)

    async def goes_forward(self, *, hours: int) -> None:
        ahead = self.page.locator("#offset")
        before = await ahead.inner_text()
        await self.page.locator(f'[data-forward="{hours * 3600}"]').click()
        await expect(ahead).not_to_have_text(before)

    async def jumps_until(self, hand: Hand, sentence: Sentence, **blanks: str) -> str:
        """To the next reminder, and the next, until this one is on the phone."""
        for _ in range(JUMPS):
            async with self.page.expect_response("**/sandbox/clock"):
                await self.page.locator("#jump-next").click()
            try:
                return await hand.hears(sentence, within=PATIENCE / 2, **blanks)
            except (AssertionError, TimeoutError):
                continue
        raise AssertionError(f"{hand.key} was never reminded: {sentence.msgid}")

    async def waits_until(self, moment: datetime) -> None:
        """By days and hours, at most some minutes too far; what is left, from reminder to reminder."""
        for hours in (24, 1):
            while await self.now() + timedelta(hours=hours) < moment + reminders.GRACE / 2:
                await self.goes_forward(hours=hours)
        for _ in range(JUMPS):
            if await self.now() >= moment:
                return
            async with self.page.expect_response("**/sandbox/clock") as answer:
                await self.page.locator("#jump-next").click()
            if not (await (await answer.value).json())["jumped"]:
                await self.page.wait_for_timeout(A_MOMENT)
        raise AssertionError(f"it never became {moment}")

    async def pulls_the_plug(self) -> None:
        await self.page.locator("#plug").click()
        await expect(self.page.locator("#bot-state")).to_have_attribute("data-state", "cut")

    async def starts_again(self) -> None:
        await self.page.locator("#plug").click()
        await expect(self.page.locator("#bot-state")).to_have_attribute("data-state", "running")


def said(sentence: Sentence, speech: Speech = UK, /, **blanks: str) -> re.Pattern[str]:
    """Finds the sentence, whatever stands in the blanks that are not given; as a browser reads such patterns."""
    pattern = speech.pattern(sentence).pattern
    return re.compile(GROUP.sub(lambda found: re.escape(blanks.get(found[1], "")) or ".+?", pattern))


def numbered(text: str) -> str:
    """The number of the case that a message speaks of."""
    found = NUMBER.search(text)
    assert found is not None, text
    return found[0]
