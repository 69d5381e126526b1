"""A town with the bot in it: people with phones, a clock that can be moved, and the bot as a process beside us."""

import asyncio
import base64
import contextlib
import re
import shutil
import sqlite3
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Self

import aiohttp

from bot.core import texts
from bot.core.lines import Own, Sentence, Wording
from bot.core.questions import Answers
from bot.sandbox.api import LocalApi
from bot.sandbox.chats import Chat, Message
from bot.sandbox.clock import Clock
from bot.sandbox.phone import PATIENCE, Phone
from bot.sandbox.play import TOKEN, Person
from bot.sandbox.world import World
from tests.ports import free_port
from tests.process.running import Running, environment
from tests.process.speech import CENTRE, EN, UK, Speech, digits

MASTER_KEY = base64.b64encode(b"a key of thirty-two bytes, ours.").decode()
FIRST_ID = 7_714_399_001
FIRST_MESSAGE = 101
LOOK_EVERY = 0.02
SETTLING = 10.0


@dataclass(frozen=True, slots=True)
class Registry:
    """A data directory in which codes were given out, to be copied by each town: making one takes seconds."""

    data: Path
    codes: dict[str, list[str]]
    opened: Path
    """The clock file of the moment at which every town begins."""


@dataclass(slots=True)
class Somebody:
    """A person with a phone, who waits for the question before the answer."""

    phone: Phone
    speech: Speech

    @property
    def id(self) -> int:
        return self.phone.person.id

    def says(self, text: str) -> Message:
        return self.phone.says(text)

    async def asked(self, form: str, name: str, *, within: float = PATIENCE) -> Message:
        """The question in front, news since this person's last act."""
        return await self.phone.hears(self.speech.question(form, name), within=within)

    async def answers(self, form: str, name: str, key: str, answers: Answers | None = None) -> None:
        """Presses an option of the question, when it is asked."""
        message = await self.asked(form, name)
        self.phone.presses(self.speech.option(form, name, key, answers), message=message)

    async def writes(self, form: str, name: str, text: str) -> Message:
        """Types an answer to the question, when it is asked."""
        await self.asked(form, name)
        return self.says(text)

    async def moves(self, form: str, name: str, label: Wording) -> None:
        """Back, Skip, Cancel … below the question, when it is asked."""
        message = await self.asked(form, name)
        self.phone.presses(self.speech(label), message=message)

    async def picks(self, form: str, day: date, clock: str) -> None:
        """A day in the grid, a month further where need be, and a time."""
        title = self.speech.month(texts.MONTHS[day.month - 1], day)
        message = await self.asked(form, "day")
        for _ in range(2):
            if title not in message.labels:
                self.phone.presses("›", message=message)
                message = await self.asked(form, "day")
        self.phone.presses(str(day.day), message=message)
        message = await self.asked(form, "time")
        self.phone.presses(clock, message=message)

    async def presses(self, label: Wording | str, *, message: Message | None = None) -> None:
        """The newest such button, when there is one."""
        words = label if isinstance(label, str) else self.speech(label)
        if message is None:
            await self.phone.sees(words)
        else:
            await self.phone.until(lambda: words in message.labels, f'sees "{words}" below "{message.text}"')
        self.phone.presses(words, message=message)

    async def hears(self, sentence: Sentence, *, within: float = PATIENCE, **blanks: str) -> "Heard":
        """The sentence with these blanks, news since this person's last act."""
        return await self.phone.until(
            lambda: next(self._said(sentence, self.phone.chat.acted, blanks), None),
            f"hears “{sentence.msgid}” with {blanks}",
            within=within,
        )

    def all_heard(self, sentence: Sentence, *, since: int = 0, **blanks: str) -> "Iterator[Heard]":
        """Every message on the screen that says so, newest first; a number matches in either alphabet."""
        return self._said(sentence, since, blanks)

    def _said(self, sentence: Sentence, since: int, blanks: Mapping[str, str]) -> "Iterator[Heard]":
        pattern = self.speech.pattern(sentence)
        for message in sorted(self.phone.heard, key=lambda each: each.touched, reverse=True):
            found = pattern.search(message.text) if message.touched > since else None
            if found and all(_same(found[name], wanted) for name, wanted in blanks.items()):
                yield Heard(message, found)

    def has_heard(self, sentence: Sentence, **blanks: str) -> bool:
        return any(self._said(sentence, 0, blanks))


@dataclass(frozen=True, slots=True)
class Heard:
    """A message, and what stood in the blanks of its sentence."""

    message: Message
    found: re.Match[str]

    def __getitem__(self, blank: str) -> str:
        return self.found[blank]

    @property
    def number(self) -> str:
        """The digits of the case."""
        return digits(self["number"])


@dataclass
class Town:
    """Everything begins on a Monday at ten in the morning, by the centre's clock."""

    place: Path
    registry: Registry
    world: World
    api: LocalApi
    settings: dict[str, str] = field(default_factory=dict)
    lines: list[str] = field(default_factory=list)
    _people: int = 0

    @classmethod
    @contextlib.asynccontextmanager
    async def opened(cls, place: Path, registry: Registry, **settings: str) -> AsyncIterator[Self]:
        """The town while it lasts; its bot runs."""
        shutil.copytree(registry.data, place / "data")
        moved = shutil.copy(registry.opened, place / "clock")
        world = World([], clock=Clock(file=Path(moved)))
        async with LocalApi(world) as api:
            town = cls(place, registry, world, api)
            town.settings = town.environment(**settings)
            town.bot = town.another_life()
            await town.bot.start()
            try:
                yield town
            finally:
                await town.bot.kill()

    bot: Running = field(init=False)

    def environment(self, **settings: str) -> dict[str, str]:
        usual: dict[str, str | Path] = {
            "BOT_TOKEN": TOKEN,
            "BOT_API_URL": self.api.base_url,
            "DATA_DIR": self.data,
            "MASTER_KEY": MASTER_KEY,
            "CLOCK_FILE": self.place / "clock",
            "LISTEN": f"127.0.0.1:{free_port()}",
            "SEND_RATE": "0",
            "LOG_FORMAT": "json",
        }
        return environment(**(usual | settings))

    @property
    def data(self) -> Path:
        return self.place / "data"

    @property
    def local(self) -> datetime:
        """The wall clock of the centre."""
        return datetime.fromtimestamp(self.world.clock.now(), UTC).astimezone(CENTRE.zone)

    def another_life(self) -> Running:
        return Running(self.settings, self.place, self.lines)

    async def restarts(self) -> int:
        """Asked to stop, and started again; the exit status of the life before."""
        status = await self.bot.stop()
        self.bot = self.another_life()
        await self.bot.start()
        return status

    def arrives(self, name: str, speech: Speech = UK) -> Somebody:
        """Somebody new, with a phone that has never spoken to the bot."""
        person = Person(f"p{self._people}", FIRST_ID + self._people, name, language=speech.language)
        self._people += 1
        self.world.chats[person.id] = Chat(person, self.world.bot, FIRST_MESSAGE)
        return Somebody(self.world.phone(person.key), speech)

    async def resident(self, name: str, speech: Speech = UK) -> Somebody:
        """Has pressed Start, and speaks the language with the bot."""
        somebody = self.arrives(name, speech)
        await self.begins_with(somebody)
        return somebody

    async def begins_with(self, somebody: Somebody) -> None:
        """The first press on Start, and the language."""
        somebody.says("/start")
        await somebody.phone.hears(UK(texts.WELCOME))
        await self._speaks(somebody)

    async def joins(self, role: str, name: str, speech: Speech = UK) -> Somebody:
        """Has used an invitation: a role of the team, or carer."""
        somebody = self.arrives(name, speech)
        somebody.says(f"/start {self.registry.codes[role][self._people]}")
        welcome = {"carer": texts.WELCOME_CARER, "partner": texts.WELCOME_PARTNER}.get(role, texts.WELCOME_STAFF)
        await somebody.phone.until(
            lambda: any(UK.pattern(welcome).search(each.text) for each in somebody.phone.heard), "is welcomed"
        )
        await self._speaks(somebody)
        return somebody

    async def passes_to(self, moment: datetime) -> None:
        """The clock jumps there, and everything that has become due by then has been said."""
        self.world.clock.forward(max(0.0, (moment - self.local).total_seconds()))
        await self.settles()

    async def settles(self) -> None:
        """The bot has looked at what is due now, and has nothing left to handle or to say at once."""
        asked = _stored(self.world.clock.now())
        ticked = f"SELECT count(*) FROM marks WHERE name = 'ticked' AND at >= '{asked}'"
        await self._waits_for(lambda: self.count(ticked) > 0)
        rung = f"SELECT count(*) FROM due WHERE done_at IS NULL AND at <= '{asked}'"
        await self._waits_for(lambda: self.count(rung) == 0)  # a step of a ladder plans the one after it
        await self.rests()

    async def rests(self) -> None:
        """What people did is handled, and what is to be said at once has been said."""
        await self._waits_for(self._rested)

    def count(self, sql: str) -> int:
        """What a read-only look into the database counts."""
        with contextlib.closing(sqlite3.connect(f"file:{self.data / 'poruch.db'}?mode=ro", uri=True)) as connection:
            return int(connection.execute(sql).fetchone()[0])

    async def page(self, path: str) -> str:
        """One of the bot's own pages."""
        async with aiohttp.ClientSession() as session, session.get(f"http://{self._listens}{path}") as answer:
            return await answer.text()

    @property
    def _listens(self) -> str:
        return self.settings["PORUCH_LISTEN"]

    async def _speaks(self, somebody: Somebody) -> None:
        if somebody.speech is EN:
            somebody.says("/language")
            await somebody.presses(Own("English"))
            await somebody.phone.hears(EN(texts.LANGUAGE_CHOSEN))

    async def _waits_for(self, look: Callable[[], bool]) -> None:
        async with asyncio.timeout(SETTLING):
            while not look():  # noqa: ASYNC110 - another process's database rings no bell here
                await asyncio.sleep(LOOK_EVERY)

    def _rested(self) -> bool:
        """In the order in which things move: from Telegram to the inbox, from there to the outbox, and out."""
        now = _stored(self.world.clock.now())
        ahead = f"state = 'sending' OR (state = 'queued' AND not_before <= '{now}')"
        return (
            self.world.updates.all_taken.is_set()
            and self.count("SELECT count(*) FROM inbox WHERE handled_at IS NULL") == 0
            and self.count(f"SELECT count(*) FROM outbox WHERE {ahead}") == 0
        )


def opening(real: datetime) -> datetime:
    """Ten o'clock of the first Monday after today."""
    local = real.astimezone(CENTRE.zone)
    monday = local.date() + timedelta(days=7 - local.weekday())
    return datetime.combine(monday, time(10), CENTRE.zone)


def at(day: date, clock: str) -> datetime:
    """A wall time of the centre."""
    return datetime.combine(day, time.fromisoformat(clock), CENTRE.zone)


def _stored(moment: float) -> str:
    """As the database writes moments."""
    return datetime.fromtimestamp(moment, UTC).isoformat(sep=" ", timespec="microseconds")


def _same(found: str, wanted: str) -> bool:
    return found == wanted or (bool(digits(wanted)) and digits(wanted) == wanted and digits(found) == wanted)
