"""Somebody in the branch: what she does there, how she leaves, and what of it can still be seen from the outside.

Nothing here asks the bot what belongs to the branch: whatever came or changed in the chat since she entered does,
unless it is the guide line or a screen of the guide and the menu that says nothing of the branch.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from bot.core import consents, texts
from bot.core.forms import FORMS
from bot.core.lines import Sentence, Wording
from bot.sandbox.chats import Message
from bot.sandbox.faults import Fault, Kind
from bot.sandbox.phone import PATIENCE, NotThere
from bot.sandbox.refusals import Refused
from tests.process.acts import reports_danger, takes
from tests.process.speech import CENTRE, EN, UK, digits
from tests.process.town import Somebody, Town

PROMISED = 2.0
"""Seconds from the press to a clean chat (S05)."""
WORDS = ("вихід", "стоп", "stop", "exit", "Вихід.", " STOP ", "Стоп!", "EXIT…")
DELETIONS = ("deleteMessage", "deleteMessages")
BOTH = (UK, EN)

OUTER = (
    texts.WELCOME, texts.MENU, texts.HELP, texts.CHOOSE_LANGUAGE, texts.LANGUAGE_CHOSEN, consents.PRIVACY[0],
    consents.OUTSIDE[0],
    texts.MY_DATA, texts.NO_REQUESTS, texts.YOUR_REQUESTS, texts.NOTHING_PLANNED, texts.GUIDE_HEAD,
    texts.GUIDE_CHECKED, texts.GUIDE_NOT_CHECKED, texts.GUIDE_OLD, texts.GUIDE_UPDATED, texts.GUIDE_ITEM_NEW,
    FORMS["help"].questions[0].words, FORMS["help"].questions[1].words, FORMS["help"].questions[2].words,
    FORMS["other"].questions[0].words,
)  # fmt: skip
"""What may stay: the guide, the menu, and what was begun outside."""


def _sentences_of_the_branch() -> list[Sentence]:
    """Every question of its forms, and what stands in the catalogue's section «Safety at home»."""
    named = list(vars(texts).items())
    first, last = (next(n for n, (name, _) in enumerate(named) if name == edge) for edge in SECTION)
    section = [words for name, words in named[first : last + 1] if name not in NOT_OF_IT]
    asked = [each.words for form in FORMS.values() if form.branch for each in form.questions]
    around = [texts.NOT_KEPT, texts.WRONG_CODE, texts.NUMBER_NOTED, texts.PRESS_TO_SHARE, texts.CANCELLED,
              texts.OUR_FAULT_QUIET]  # fmt: skip
    return [each for each in (*section, *asked, *around) if isinstance(each, Sentence)]


SECTION = ("DANGER_NUMBERS", "THANKS_FOR_DETAILS")
NOT_OF_IT = ("LEFT", "OPEN_FROM_TO", "CONSENT_WHOLE")
TELLING = [speech.pattern(sentence) for speech in BOTH for sentence in _sentences_of_the_branch()]
HARMLESS = [speech.pattern(sentence) for speech in BOTH for sentence in OUTER]
GUIDE_LINE = [speech.pattern(texts.LEFT) for speech in BOTH]
LABELS = {speech(label) for speech in BOTH for label in (texts.LEAVE_NOW, texts.MISTAKE, texts.ENOUGH)}


@dataclass
class Her:
    """Somebody on her way, and what stood in her chat before she entered."""

    town: Town
    she: Somebody
    taker: Somebody | None = None
    one_at_a_time: asyncio.Lock = field(default_factory=asyncio.Lock)
    before: dict[int, int] = field(default_factory=dict)
    secrets: list[str] = field(default_factory=list)
    code: tuple[str, str] = ("", "")

    async def has_the_menu(self) -> None:
        """In her language."""
        await self.town.begins_with(self.she)
        self.she.says("/start")
        await self.she.hears(texts.WELCOME)

    def comes_in(self) -> None:
        """What stands in the chat now has nothing to do with the branch."""
        self.before = {message.id: message.touched for message in self.she.phone.messages}

    def sees_of_the_branch(self) -> list[str]:
        """What remains of either side since she entered; empty is clean."""
        fresh = [each for each in self.she.phone.messages if self.before.get(each.id) != each.touched]
        left = [f"{each.id}: {each.text} {each.labels}" for each in fresh if not self._harmless(each)]
        return left + self.she.phone.keyboard_labels

    def guide_lines(self) -> list[Message]:
        fresh = [each for each in self.she.phone.heard if self.before.get(each.id) != each.touched]
        return [each for each in fresh if is_guide_line(each)]

    def leaves_by_button(self) -> None:
        """The newest such button on the screen, in whichever language it was written."""
        labels = [speech(texts.LEAVE_NOW) for speech in BOTH]
        pressed = next((each for each in reversed(self.she.phone.labels) if each in labels), None)
        if pressed is None:
            raise NotThere(f"no way out on the screen: {[each.text for each in self.she.phone.heard]}")
        self.she.phone.presses(pressed)

    async def gone(self, since: float, *, within: float = PROMISED) -> float:
        """Seconds from then until nothing of the branch was to be seen."""
        left = max(0.01, within - (time.monotonic() - since))
        try:
            await self.she.phone.until(lambda: not self.sees_of_the_branch(), "is rid of the branch", within=left)
        except NotThere:
            raise NotThere(f"still there: {self.sees_of_the_branch()}") from None
        return time.monotonic() - since

    async def has_the_guide_line(self, *, within: float = PROMISED) -> None:
        await self.she.phone.until(lambda: bool(self.guide_lines()), "has the guide line", within=within)

    def calls_since(self, event: int) -> list[str]:
        """What the bot asked of Telegram for this chat since then, in order."""
        return [each.method for each in self.town.world.log if each.chat == self.she.id and each.event > event]

    def _harmless(self, message: Message) -> bool:
        if is_guide_line(message):
            return True
        telling = any(pattern.search(message.text) for pattern in TELLING) or LABELS & set(message.labels)
        return is_guide(message) and not telling and not any(secret in message.text for secret in self.secrets)


def is_guide_line(message: Message) -> bool:
    return message.from_bot and not message.labels and any(pattern.fullmatch(message.text) for pattern in GUIDE_LINE)


def is_guide(message: Message) -> bool:
    """A screen of the guide and the menu."""
    return message.from_bot and any(pattern.search(message.text) for pattern in HARMLESS)


def sent_too_early(calls: list[str]) -> list[str]:
    """What was not a deletion although one was still to come."""
    last = max((place for place, method in enumerate(calls) if method in DELETIONS), default=0)
    return [method for method in calls[:last] if method not in DELETIONS]


# What she does: each gives an act, to be done when the bot is ready for it

Act = Callable[[Her], Awaitable[None]]


def enters(entry: Sentence = texts.SAFETY_AT_HOME) -> Act:
    """By the entry of the menu, which then goes on as the branch's own message."""

    async def act(her: Her) -> None:
        her.comes_in()
        await her.she.presses(entry)

    return act


async def enters_nowhere(her: Her) -> None:
    """What comes now is of the branch although she never pressed its entry."""
    her.comes_in()


def enters_by_name(entry: Sentence = texts.SAFETY_AT_HOME) -> Act:
    async def act(her: Her) -> None:
        her.comes_in()
        her.she.says(her.she.speech(entry))

    return act


def asked(name: str, form: str = "safety") -> Act:
    async def act(her: Her) -> None:
        await her.she.asked(form, name)

    return act


def chose(name: str, key: str, form: str = "safety") -> Act:
    async def act(her: Her) -> None:
        await her.she.answers(form, name, key)

    return act


def wrote(name: str, text: str, form: str = "safety") -> Act:
    async def act(her: Her) -> None:
        her.secrets.append(text)
        await her.she.writes(form, name, text)

    return act


def wrote_option(name: str, key: str, form: str = "safety") -> Act:
    """Typed the words of a button instead of pressing it."""

    async def act(her: Her) -> None:
        await her.she.writes(form, name, her.she.speech.option(form, name, key))

    return act


def moved(name: str, label: Sentence, form: str = "safety") -> Act:
    async def act(her: Her) -> None:
        await her.she.moves(form, name, label)

    return act


def skipped(*names: str) -> tuple[Act, ...]:
    return tuple(moved(name, texts.SKIP) for name in names)


def says(words: Wording | str) -> Act:
    async def act(her: Her) -> None:
        her.she.says(words if isinstance(words, str) else her.she.speech(words))

    return act


def presses(label: Wording | str) -> Act:
    async def act(her: Her) -> None:
        await her.she.presses(label)

    return act


def hears(*sentences: Sentence) -> Act:
    """Any of them, news since her last act."""

    async def act(her: Her) -> None:
        patterns = [her.she.speech.pattern(each) for each in sentences]
        phone = her.she.phone
        await phone.until(
            lambda: any(
                each.touched > phone.chat.acted and pattern.search(each.text)
                for each in phone.heard
                for pattern in patterns
            ),
            f"hears {sentences}",
        )

    return act


def sends(what: str) -> Act:
    """A photo, a voice message, a file, a contact."""

    async def act(her: Her) -> None:
        phone = her.she.phone
        kinds: dict[str, Callable[[], object]] = {
            "photo": lambda: phone.sends_photo("доказ"),
            "voice": phone.sends_voice,
            "file": lambda: phone.sends_document("foto.jpg", b"x"),
            "contact": phone.shares_contact,
            "another's contact": lambda: phone.shares_contact("+380671112233"),
        }
        kinds[what]()

    return act


def strikes(kind: Kind, method: str, *, times: int = 1, seconds: float = 0, refusal: Refused | None = None) -> Act:
    """From now on, in her chat only."""

    async def act(her: Her) -> None:
        her.town.world.faults.order(
            Fault(kind, times, her.she.id, method, retry_after=1, seconds=seconds, refusal=refusal)
        )

    return act


def set_out(method: str) -> Act:
    """The bot has made that call since her last act; what it does may still be to come."""

    async def act(her: Her) -> None:
        async with asyncio.timeout(PATIENCE):
            while method not in her.calls_since(her.she.phone.chat.acted):  # noqa: ASYNC110 - no bell rings for calls
                await asyncio.sleep(0.001)

    return act


async def reported(her: Her) -> None:
    """Four presses; number and code are kept in her head."""
    her.comes_in()
    await again_reported(her)


async def again_reported(her: Her) -> None:
    number = await reports_danger(her.she)
    receipt = next(message.text for message in reversed(her.she.phone.heard) if number in message.text)
    found = her.she.speech.pattern(texts.CODE_IS_TOO).search(receipt)
    assert found is not None, receipt
    her.code = (digits(found["number"]), found["code"])
    her.secrets += her.code
    await her.she.asked("safety", "address")


async def left(her: Her) -> None:
    her.leaves_by_button()
    await her.gone(time.monotonic())
    await her.has_the_guide_line()


async def left_and_came_back(her: Her) -> None:
    """To «My requests», where number and code can be given."""
    await left(her)
    her.she.says(her.she.speech(texts.MY_REQUESTS))
    await her.she.hears(texts.NO_REQUESTS)
    her.comes_in()
    await her.she.presses(texts.OPEN_BY_CODE)


async def gave_number(her: Her) -> None:
    await wrote("number", her.code[0], "return")(her)


async def gave_code(her: Her) -> None:
    await wrote("code", her.code[1], "return")(her)


async def was_taken(her: Her) -> None:
    """A specialist takes her case, and a cover may come."""
    assert her.taker is not None
    async with her.one_at_a_time:
        await takes(her.taker, her.code[0])


async def chose_the_other_language(her: Her) -> None:
    other = UK if her.she.speech is EN else EN
    her.she.says("/language")
    await her.she.presses("English" if other is EN else "Українська")
    her.she.speech = other


async def read_the_guide(her: Her) -> None:
    """A section, and the first item of it."""
    section = CENTRE.guide_sections[0]
    item = next(each for each in CENTRE.guide if each.section == section.key)
    her.she.says(her.she.speech(texts.GUIDE))
    await her.she.presses(section.name)
    await her.she.presses(item.title)
    await hears(texts.GUIDE_CHECKED, texts.GUIDE_NOT_CHECKED, texts.GUIDE_OLD)(her)
