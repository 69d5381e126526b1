"""Who talks to the bot: one who says the next thing after each echo, and one who fills forms."""

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import chain, count, islice
from typing import Literal, Protocol

from tests.bench import walk
from tests.bench.acts import Act, Message, Say
from tests.bench.api import RECEIPT

URGENT = "Безпека вдома"
ENTRIES = ("Потрібна допомога", "I need help")
PATIENCE = 40  # acts without arriving
Step = Act | Literal["leaves"] | None
Newcomers = Iterator["Resident"]


class Resident(Protocol):
    chat: int
    heard: list[str]

    def opens(self) -> Act: ...
    def hears(self, message: Message) -> Step: ...


class Talker:
    """Says something, waits for any answer, says the next thing."""

    def __init__(self, chat: int) -> None:
        self.chat = chat
        self.heard: list[str] = []
        self._said = count(1)

    def opens(self) -> Act:
        return Say(f"Доброго дня, повідомлення {next(self._said)}")

    def hears(self, message: Message) -> Step:
        del message
        return self.opens()


class Walker:
    """Opens a form and answers until a message matches `until`, then leaves."""

    def __init__(self, chat: int, opening: str, answers: walk.Answers, *, until: str, after: int = 0) -> None:
        self.chat = chat
        self.heard: list[str] = []
        self.acts = 0
        self._opening, self._answers = opening, answers
        self._until, self._after = re.compile(until), after
        self._asked, self._tries = "", 0

    def opens(self) -> Act:
        return Say(self._opening)

    def hears(self, message: Message) -> Step:
        text = str(message.get("text", ""))
        self.heard.append(text)
        if self._arrived(text):
            return "leaves"
        self.acts += 1
        return self._entered(message) or walk.step(message, self._answers, self._again(text))

    def _arrived(self, text: str) -> bool:
        """A number seen before anything was answered is an earlier case, not a receipt."""
        return self.acts >= PATIENCE or (self.acts >= self._after and bool(self._until.search(text)))

    def _entered(self, message: Message) -> Act | None:
        """The menu came instead of the form: its entry is a button there."""
        entries = [button for button in walk.buttons(message) if button.says((self._opening, *ENTRIES))]
        return entries[0].used(message) if entries else None

    def _again(self, text: str) -> int:
        self._tries = self._tries + 1 if text == self._asked else 0
        self._asked = text
        return self._tries


class Reporter(Walker):
    """Reports a danger in four presses; `filed` hears which number her report got."""

    def __init__(self, chat: int, filed: Callable[[int, str], None]) -> None:
        super().__init__(chat, URGENT, {}, until=RECEIPT, after=3)
        self._filed = filed

    def hears(self, message: Message) -> Step:
        step = super().hears(message)
        if step == "leaves" and (found := re.search(RECEIPT, self.heard[-1])):
            self._filed(self.chat, found[0])
        return step


def with_reporters(others: Newcomers, first: int, filed: Callable[[int, str], None]) -> Newcomers:
    """One who reports a danger among three others, without end."""
    for chat in count(first):
        yield from chain([Reporter(chat, filed)], islice(others, 3))


def talkers(first: int) -> Newcomers:
    return map(Talker, count(first))


def walkers(first: int, opening: str, answers: walk.Answers, until: str = RECEIPT) -> Newcomers:
    """People without end, each with one form to fill."""
    return (Walker(chat, opening, answers, until=until, after=2) for chat in count(first))


def joiners(first: int, openings: Iterable[str], answers: walk.Answers, until: str) -> Newcomers:
    """One person for each opening, who leaves when she is in."""
    return (Walker(first + n, opening, answers, until=until) for n, opening in enumerate(openings))
