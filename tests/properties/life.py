"""A town in which one woman writes from two phones, and a second book that is kept of what she chose.

The whole bot runs. Beside it the book says who holds the case, what she chose and what she has not read yet, from what
people did and saw on their screens alone. Everything that ever reached a chat is looked at against that book.
"""

import itertools
import shutil
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Literal, Self

from telegram.error import NetworkError, TelegramError

from bot.core.discretion import telling
from tests.people import Person, Standing, Telegram, Town, TownClock
from tests.properties.oracle import KYIV, MINUTE, Choice

PREPARED_AT = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)
FIRST_ID = 100_000
"""Of messages and updates: the prepared town has used the smaller numbers."""
PLAIN = "The guide has an update."
TITLES = {"office_hours": "Office hours", "find_us": "How to find us", "first_talk": "What happens at the office"}
HARMLESS = "The centre is open "
EARLIEST_DELAY, LONGEST_DELAY = timedelta(minutes=15), timedelta(minutes=61)
"""Within which the centre promises that somebody looks; no promise is broken before the first of them."""
HOURS_OF_WINDOWS = (0, 8, 12, 16, 20)


@dataclass(frozen=True, slots=True)
class Fault:
    """A call that Telegram answers with an error; `arrives` when it has done what was asked all the same."""

    error: TelegramError
    arrives: bool = False


@dataclass(frozen=True, slots=True)
class Sent:
    """Something that reached a chat. `asked`: in answer to what that same account did; `looked`: at card or talk."""

    at: datetime
    chat: int
    method: str
    text: str
    buttons: tuple[str, ...]
    protected: bool
    asked: bool
    looked: bool


class Wire(Telegram):
    """Telegram that remembers when it was told what, and because of whom."""

    def __init__(self, clock: TownClock) -> None:
        super().__init__()
        self._ids = itertools.count(FIRST_ID)
        self.clock = clock
        self.log: list[Sent] = []
        self.faulty: list[Fault | None] = []
        self.troubles = 0
        self.dead = False
        self.asking = 0
        self.looking = False

    async def call(self, method: str, parameters: dict[str, Any]) -> Any:
        if self.dead:
            raise NetworkError("the process has ended")
        fault = self.faulty.pop(0) if self.faulty and method != "answerCallbackQuery" else None
        if fault is not None:
            self.troubles += 1
            if not fault.arrives:
                raise fault.error
        answer = await super().call(method, parameters)
        if method in ("sendMessage", "editMessageText"):
            self._note(method, parameters["chat_id"], answer["message_id"])
        if fault is not None:
            raise fault.error
        return answer

    def _note(self, method: str, chat: int, message_id: int) -> None:
        shown = self.chats[chat].standing[message_id]
        asked = chat == self.asking
        buttons = tuple(shown.buttons)
        sent = Sent(
            self.clock.at, chat, method, shown.text, buttons, shown.protected, asked, looked=asked and self.looking
        )
        self.log.append(sent)


@dataclass
class Answer:
    """Words of a specialist. `owed`: by when she must have learnt that they are there; None when nothing is owed."""

    words: str
    at: datetime
    read: bool = False
    told: bool = False
    owed: datetime | None = None


@dataclass
class Told:
    """The case, as the book has it."""

    form: str
    number: str
    code: str
    holder: Person
    choice: Choice
    filed_at: datetime
    second: str = ""
    asking: list[Person] = field(default_factory=list)
    answers: list[Answer] = field(default_factory=list)
    letters: list[str] = field(default_factory=list)
    taken_at: datetime | None = None
    opened_at: datetime | None = None
    visit_at: datetime | None = None
    news_of_visit: bool = False
    closed: bool = False
    duress: bool = False

    @property
    def name(self) -> str:
        return f"K-{self.number}"

    @property
    def branch(self) -> bool:
        return self.form == "safety"

    @property
    def unread(self) -> list[Answer]:
        return [answer for answer in self.answers if not answer.read]

    def may(self, moment: datetime) -> bool:
        return not self.closed and not self.duress and self.choice.allows(moment)


class Life:
    """One history, from an empty chat to the last look."""

    def __init__(self, place: Path, start: datetime) -> None:
        self.town = Town(place, at=start)
        self.wire = Wire(self.town.clock)
        self.town.telegram = self.wire
        self.town._updates = itertools.count(FIRST_ID)
        people = [self.town.person(name, language="en") for name in NAMES]
        self.ana, self.bea, self.olena, self.petro, self.iryna, self.dana = people
        self.case: Told | None = None
        self.seen = Counter[str]()
        self.covers_due = 0
        self.crashing: Literal["", "sent", "unsent"] = ""
        self.crashing_after = 0
        self._checked = 0
        self._began = start
        self._words = itertools.count(1)

    async def __aenter__(self) -> Self:
        await self.town.open()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.town.app.close()

    @property
    def now(self) -> datetime:
        return self.town.clock.at

    @property
    def taker(self) -> Person:
        return self.olena if self.case is None or self.case.branch else self.iryna

    def word(self, kind: str) -> str:
        """A word that stands nowhere else."""
        return f"{kind}{next(self._words)}"

    # What people do

    async def says(self, person: Person, text: str, then: Callable[[], None] | None = None) -> bool:
        if person.chat.blocked:
            return False
        await self._does(person, person.saying(text), then)
        return True

    async def presses(
        self,
        person: Person,
        label: str,
        within: str = "",
        then: Callable[[], None] | None = None,
        *,
        looks: bool = False,
    ) -> bool:
        """The newest such button below a message with these words; False where there is none."""
        message = self.shows(person, label, within)
        if person.chat.blocked or message is None:
            return False
        await self._does(person, person.pressing_data(message.buttons[label], message.id), then, looks=looks)
        return True

    async def blocks(self, person: Person) -> None:
        self.waive(person)
        self.wire.asking = person.id
        await person.blocks()
        self.wire.asking = 0
        self.check()

    def shows(self, person: Person, label: str, within: str = "") -> Standing | None:
        """The newest message on that screen with that button and these words."""
        found = (each for each in reversed(person.heard) if label in each.buttons and within in each.text)
        return next(found, None)

    async def _does(
        self, person: Person, update: dict[str, Any], then: Callable[[], None] | None, *, looks: bool = False
    ) -> None:
        """It is stored, handled and answered, however long Telegram makes the answer wait; then the book is kept."""
        self._began = self.now
        self.wire.asking, self.wire.looking, troubles = person.id, looks, self.wire.troubles
        await self.town.keeps([{"update_id": next(self.town._updates), **update}])
        self.crashing_after -= 1
        if self.crashing and self.crashing_after < 0:
            await self._crashes()
        await self.town.settles()
        for _ in range(30 if self.wire.troubles > troubles else 0):
            self.town.clock.at += timedelta(seconds=5)
            await self.town.settles()
        self.wire.asking = 0
        if then is not None:
            then()
        self.check()

    async def _crashes(self) -> None:
        """The process ends when some of it is sent, or about to be, and nothing of that is noted."""
        self.wire.dead, self.crashing = self.crashing == "unsent", ""
        self.wire.troubles += 1
        while await self.town.app.worker.turn():
            pass
        await self.town.app.sender.turn()
        await self.town.app.sender.landed()
        self.wire.dead = False
        await self.town.app.worker.answered()
        await self.town.restarts()

    # Time

    async def passes(self, minutes: int) -> None:
        """From one moment at which something could happen to the next."""
        end = self.now + MINUTE * minutes
        while self.now < end:
            ahead = [*await self._due(), *_edges(self.now)]
            self.town.clock.at = min([end, *(moment for moment in ahead if moment > self.now)])
            await self.town.app.ticker.tick()
            await self.town.settles()
            self.check()

    async def rests(self, minutes: int) -> None:
        """The bot is off for so long: windows that pass meanwhile are nobody's fault."""
        await self.town.app.close()
        self.town.clock.at += MINUTE * minutes
        for answer in self.case.answers if self.case else ():
            answer.owed = self.case.choice.by(self.now) if self.case and answer.owed else None
        await self.town.open()
        await self.town.app.ticker.tick()
        await self.town.settles()
        self.check()

    async def _due(self) -> list[datetime]:
        look = "SELECT at FROM due WHERE done_at IS NULL UNION ALL SELECT not_before FROM outbox WHERE state = 'queued'"
        rows = await self.town.app.reader.look(lambda tx: tx.all(look))
        return [datetime.fromisoformat(str(row["at"])) for row in rows]

    # The book

    def chose(self, **changed: Any) -> None:
        """From now on as she has chosen."""
        if self.case is not None:
            self.case.choice = replace(self.case.choice, **changed)
            self.seen["choices"] += 1
            self.owe()

    def owe(self) -> None:
        """What she has not been told of, she is to be told of as the book stands now."""
        case = self.case
        for answer in case.unread if case else ():
            assert case is not None
            open_ = not (case.closed or case.duress or case.holder.chat.blocked or answer.told)
            answer.owed = case.choice.by(self._began) if open_ else None
            self.covers_due += 1

    def waive(self, person: Person) -> None:
        """Nothing reaches a phone that has stopped the bot."""
        for answer in self.case.unread if self.case and self.case.holder is person else ():
            answer.told, answer.owed = True, None

    def read(self, person: Person) -> None:
        """The page of the case is on the screen."""
        case = self.case
        assert case is not None
        assert case.holder is person
        said = [answer.words for answer in case.answers] + case.letters
        newest = sorted(said, key=lambda words: int(words.lstrip("finchlark")))[-3:]
        assert all(person.sees(words) for words in newest), f"{newest} is not on the page"
        for answer in case.unread:
            answer.read, answer.owed = True, None
            self.seen["answers read"] += 1
        case.news_of_visit, case.opened_at = False, self.now

    # What reached the chats

    def check(self) -> None:
        """Everything that was sent since the last look."""
        new, self._checked = self.wire.log[self._checked :], len(self.wire.log)
        for sent in new:
            self._looked_at(sent)
        for answer in self.case.answers if self.case else ():
            late = answer.owed is not None and answer.owed <= self.now
            assert not late, (
                f"she was to learn of {answer.words} by {answer.owed}; it is {self.now} and she was not told"
            )

    def _looked_at(self, sent: Sent) -> None:
        if sent.chat in (self.ana.id, self.bea.id, self.dana.id):
            if is_cover(sent.text):
                self._cover(sent)
            elif not sent.asked:
                self._unasked(sent)
        self._content(sent)

    def _unasked(self, sent: Sent) -> None:
        """Not a cover and not an answer: outside the branch in words, where she may be written to; else nothing."""
        if sent.method == "editMessageText" and sent.text.startswith(HARMLESS):
            return
        case = self.case
        assert case is not None, sent
        assert not case.branch, f"the branch speaks first in words: {sent}"
        self._may(case, sent)
        self.seen["pushes in words"] += 1
        if "pecialist will come" in sent.text:
            at = case.visit_at.astimezone(KYIV) if case.visit_at else None
            assert at, f"a visit that does not stand: {sent}"
            assert sent.at < at, f"a visit that has begun: {sent}"
            assert f"{at:%a} {at.day} {at:%B}, {at.hour}:{at:%M}" in sent.text, f"another time than {at}: {sent}"
        for answer in case.answers:
            if answer.words in sent.text:
                answer.told, answer.owed = True, None

    def _cover(self, sent: Sent) -> None:
        case = self.case
        assert case is not None, sent
        assert case.branch, sent
        self._may(case, sent)
        title = TITLES.get(case.choice.cover)
        assert sent.text == (f"Guide: “{title}” has changed." if title else PLAIN), f"another cover than hers: {sent}"
        assert not telling(sent.text), sent
        assert not sent.protected, sent
        assert sent.buttons == ("Open the guide",), sent
        assert sent.method == "sendMessage", sent
        assert self._has_cause(case, sent.at), f"for no reason: {sent}"
        self.seen["pushes as covers"] += 1
        for answer in case.unread:
            answer.told, answer.owed = True, None

    def _may(self, case: Told, sent: Sent) -> None:
        assert sent.chat == case.holder.id, f"not the one whose case it is: {sent}"
        assert case.may(sent.at), f"outside what she chose, {case.choice} at {sent.at.astimezone(KYIV)}: {sent}"

    def _has_cause(self, case: Told, at: datetime) -> bool:
        waited = (case.taken_at or at) - case.filed_at
        opened_since = case.opened_at is not None and case.opened_at >= case.filed_at + LONGEST_DELAY
        visit_ahead = case.visit_at is not None and at <= case.visit_at
        late = waited >= EARLIEST_DELAY and not opened_since
        return bool(case.unread) or case.news_of_visit or visit_ahead or late

    def _content(self, sent: Sent) -> None:
        """Her words and ours: before the eyes of the two who talk, and of nobody else."""
        case = self.case
        for answer in case.answers if case else ():
            if answer.words in sent.text:
                assert case is not None
                to_her = sent.chat == case.holder.id and (sent.asked or not case.branch)
                assert to_her or (sent.chat == self.taker.id and sent.asked), f"somebody else reads an answer: {sent}"
        for letter in case.letters if case else ():
            if letter in sent.text:
                assert case is not None
                to_her = sent.chat == case.holder.id and sent.asked
                assert to_her or (sent.chat == self.taker.id and sent.looked), f"somebody else reads hers: {sent}"


NAMES = ("Ana", "Bea", "Olena", "Petro", "Iryna", "Dana")


def is_cover(text: str) -> bool:
    return text == PLAIN or (text.startswith("Guide: “") and text.endswith("” has changed."))


def _edges(now: datetime) -> Iterator[datetime]:
    """When hours that she may have chosen begin and end."""
    local = now.astimezone(KYIV)
    for later in (0, 1):
        day = (local + timedelta(days=later)).date()
        for hour in HOURS_OF_WINDOWS:
            yield datetime(day.year, day.month, day.day, hour, tzinfo=KYIV).astimezone(UTC)


async def prepare(place: Path) -> None:
    """A town to begin each history in: the team has joined, and Dana has a case of her own, which Petro has."""
    async with Town(place, at=PREPARED_AT) as town:
        ana, bea, *_ = people = [town.person(name, language="en") for name in NAMES]
        _, _, olena, petro, iryna, dana = people
        for person, role in ((olena, "brigade"), (petro, "brigade"), (iryna, "specialist")):
            await person.says(f"/start {await town.invites(role)}")
            await person.speaks("en")
        for person in (ana, bea, dana):
            await person.says("/start")
            await person.speaks("en")
        await dana.says("Safety at home")
        for label in ("Not this minute", "Yes, you can", "Centre"):
            await dana.presses(label)
        await petro.presses("Take")
        await petro.presses("First contact made")
    with closing(sqlite3.connect(place / "poruch.db")) as connection:
        connection.execute("DELETE FROM messages")
        connection.commit()


def copied(prepared: Path, place: Path) -> Path:
    """A town of one's own: making one takes longer than copying one."""
    shutil.copytree(prepared, place)
    return place
