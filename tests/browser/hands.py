"""What a person at the page can do: take a phone, press, look; move the clock, pull the plug."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from playwright.async_api import Locator, Page, TimeoutError, expect  # noqa: A004 - Playwright's own

from bot.core import texts
from bot.core.lines import Sentence, Wording
from tests.process.speech import CENTRE, UK

PATIENCE = 5_000
"""Milliseconds that somebody waits for the bot."""
MORNING = 10
JUMPS = 15
"""So many bells may ring for others and for tasks before the one that is waited for."""
NUMBER = re.compile(r"К-\d{4,8}")
GROUP = re.compile(r"\(\?P<(\w+)>[^)]*\)")


@dataclass
class Hand:
    """Holds one phone of the page."""

    page: Page
    key: str
    presses_made: int = 0

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
        return await self.sees(said(sentence, **blanks), within=within)

    async def sees(self, words: str | re.Pattern[str], *, within: float = PATIENCE) -> str:
        message = self.heard(words)
        await expect(message).to_be_visible(timeout=within)
        return await message.inner_text()

    async def presses(self, label: Wording | str, *, below: str | re.Pattern[str] | None = None) -> None:
        """The newest such button, or the one below those words."""
        words = label if isinstance(label, str) else UK(label)
        where = self.heard(below) if below is not None else self.standing
        await where.get_by_role("button", name=words, exact=True).last.click(timeout=PATIENCE)
        self.presses_made += 1

    async def answers(self, form: str, name: str, key: str, answers: Mapping[str, Any] | None = None) -> None:
        """Presses an option of the question, when it is asked."""
        await self.presses(UK.option(form, name, key, answers), below=UK.question(form, name))

    async def writes(self, form: str, name: str, text: str) -> None:
        """Types an answer to the question, when it is asked."""
        await self.sees(UK.question(form, name))
        await self.says(text)

    async def says(self, text: str) -> None:
        await self.phone.locator("form > input").fill(text)
        await self.phone.locator("form > input").press("Enter")

    async def picks_day(self, form: str, day: date) -> None:
        """A day in the grid, a month further where need be."""
        asked = UK.question(form, "day")
        await self.sees(asked)
        month = self.heard(asked).get_by_role("button", name=UK.month(texts.MONTHS[day.month - 1], day))
        if not await month.count():
            await self.presses("›", below=asked)
            await expect(month).to_be_visible(timeout=PATIENCE)
        await self.presses(str(day.day), below=asked)

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

    @property
    def everybody(self) -> tuple[Hand, ...]:
        return (self.oksana, self.olena, self.petro, self.iryna, self.mariia, self.halyna)

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

    async def pulls_the_plug(self) -> None:
        await self.page.locator("#plug").click()
        await expect(self.page.locator("#bot-state")).to_have_attribute("data-state", "cut")

    async def starts_again(self) -> None:
        await self.page.locator("#plug").click()
        await expect(self.page.locator("#bot-state")).to_have_attribute("data-state", "running")


def said(sentence: Sentence, **blanks: str) -> re.Pattern[str]:
    """Finds the sentence, whatever stands in the blanks that are not given; as a browser reads such patterns."""
    pattern = UK.pattern(sentence).pattern
    return re.compile(GROUP.sub(lambda found: re.escape(blanks.get(found[1], "")) or ".+?", pattern))


def numbered(text: str) -> str:
    """The number of the case that a message speaks of."""
    found = NUMBER.search(text)
    assert found is not None, text
    return found[0]
