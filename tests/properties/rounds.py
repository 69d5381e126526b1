"""A centre through days and nights: its people, its phones, its clock; after every step the ledger is looked at."""

import itertools
import shutil
import sqlite3
import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Self

from bot.core.buttons import Action, encode
from handlers import dismissal
from storage import people
from storage.db import Transaction
from tests.people import Person, Telegram, Town, TownClock
from tests.properties.ledger import Ledger, Sent
from tests.stories.test_power_cut import Power, PowerCut

MINUTE = timedelta(minutes=1)
PREPARED_AT = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)
FIRST_ID = 100_000
"""Of messages and updates: the prepared town has used the smaller numbers."""
RESIDENTS = ("Ana", "Bea", "Dana")
TEAM = (
    ("Olena", "brigade"),
    ("Petro", "brigade"),
    ("Iryna", "specialist"),
    ("Sofia", "specialist"),
    ("Maria", "head"),
    ("Zoia", "deputy"),
    ("Daria", "dispatcher"),
)
SCHOOL = "School"
NEW = ("Nina", "Taras", "Vira", "Lev", "Yana", "Oleh", "Mykola", "Solomiia")
"""Who may join later."""
STOPS = timedelta(minutes=40)
"""Over hours nobody looks at every minute: the next thing that is due, but not sooner than this."""


class Wire(Telegram):
    """Telegram that remembers which new messages it was told to send, when, and to whom."""

    def __init__(self, clock: TownClock) -> None:
        super().__init__()
        self._ids = itertools.count(FIRST_ID)
        self.clock = clock
        self.asking: set[int] = set()
        self.log: list[tuple[datetime, int, str, bool]] = []

    async def call(self, method: str, parameters: dict[str, Any]) -> Any:
        if method == "setMyCommands" and "scope" in parameters:
            return True
        answer = await super().call(method, parameters)
        if method == "sendMessage":
            chat = parameters["chat_id"]
            self.log.append((self.clock.at, chat, parameters["text"], chat in self.asking))
        return answer


class Rounds:
    """One history of the centre."""

    def __init__(self, place: Path, start: datetime) -> None:
        self.power = Power()
        self.town = Town(place, at=start, pulse=self.power)
        self.wire = Wire(self.town.clock)
        self.town.telegram = self.wire
        self.town._updates = itertools.count(FIRST_ID)
        self.people = {name: self.town.person(name, language="en") for name in NAMES}
        self.numbers: dict[int, int] = {}
        self.codes: dict[str, str] = {}
        self.faults: list[str] = []
        self.cuts = 0
        self.alarm = False
        self.seen = Counter[str]()
        self.ledger = Ledger(self.town.settings.database, self.seen)
        self.trace: list[str] = []
        self._joined = len(TEAM)

    async def __aenter__(self) -> Self:
        await self._open()
        await self.looks()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.town.app.close()

    @property
    def now(self) -> datetime:
        return self.town.clock.at

    # Who is there

    @property
    def residents(self) -> list[Person]:
        return [self.people[name] for name in RESIDENTS]

    @property
    def staff(self) -> list[Person]:
        """Everybody who ever joined, whether they still work here or not."""
        return [self.people[name] for name in (*(name for name, _ in TEAM), *NEW[: self._joined - len(TEAM)])]

    def at_work(self, *roles: str) -> list[Person]:
        """Who has one of these roles now; none named, any."""
        known = self.ledger.last.staff if self.ledger.last else {}
        return [
            person
            for person in self.staff
            if (each := known.get(self.numbers.get(person.id, 0))) and (not roles or each.roles & {*roles})
        ]

    def who(self, number: int | None) -> Person | None:
        """The member of the staff behind the row's number."""
        return next((person for person in self.staff if self.numbers.get(person.id) == number), None)

    def rows(self, sql: str, **values: Any) -> list[sqlite3.Row]:
        with closing(sqlite3.connect(f"file:{self.town.settings.database.resolve()}?mode=ro", uri=True)) as connection:
            connection.row_factory = sqlite3.Row
            return connection.execute(sql, values).fetchall()

    # What people do

    async def says(self, person: Person, text: str) -> None:
        await self.does(person.saying(text))

    async def presses(self, person: Person, action: Action) -> None:
        """Whether or not there is such a button on the screen: who may not, is refused."""
        await self.does(person.pressing_data(encode(action)))

    async def fills(self, person: Person, *steps: str) -> bool:
        """A form, answer by answer: «>words» are written, all else is pressed. Where that is not asked, it is left."""
        for step in steps:
            if step.startswith(">"):
                await self.says(person, step[1:])
                continue
            message = next((each for each in reversed(person.heard) if step in each.buttons), None)
            if message is None:
                self.seen[f"no button «{step}»"] += 1
                await self.says(person, "/cancel")
                return False
            await self.does(person.pressing_data(message.buttons[step], message.id))
        return True

    async def does(self, *updates: dict[str, Any]) -> None:
        """They come in together and are handled, however often the power is cut; then the ledger is looked at."""
        self.wire.asking = {_of(update) for update in updates}
        with self._powered():
            await self.town.keeps([{"update_id": next(self.town._updates), **update} for update in updates])
        await self.settles()
        self.wire.asking = set()
        await self.looks()

    async def settles(self) -> None:
        """Until nothing is left to handle, to ring or to send at this moment."""
        for _ in range(3):
            try:
                await self.town.settles()
                await self.town.ticks()
            except PowerCut:
                self.cuts += 1
                self.seen["power cuts"] += 1
                await self.restarts()
            else:
                return

    async def revokes(self, person: Person) -> None:
        """As `staff revoke` does, beside the bot that runs."""
        number, now = self.numbers[person.id], self.now
        await self.beside(lambda tx: dismissal.revoke(tx, number, now=now))

    async def joins(self, role: str, *districts: str) -> None:
        if self._joined - len(TEAM) >= len(NEW):
            return
        person = self.people[NEW[self._joined - len(TEAM)]]
        self._joined += 1
        with self._powered():
            code = await self.town.invites(role, *districts)
            await self.knows(person)
            await person.says(f"/start {code}")
            await person.speaks("en")
        await self.settles()
        await self.looks()

    async def knows(self, person: Person) -> None:
        def found(tx: Transaction) -> int:
            return people.meet(tx, person.id, kind="private", language="en", now=self.now).id

        self.numbers[person.id] = await self.town.app.writer.transact(found)

    # Time

    async def passes(self, minutes: int) -> None:
        """From one moment at which something is due to the next; over many hours from stop to stop."""
        end = self.now + MINUTE * minutes
        least = STOPS if minutes > 6 * 60 else timedelta()
        while self.now < end:
            ahead = [datetime.fromisoformat(row["at"]) for row in self.rows("SELECT at FROM due WHERE done_at IS NULL")]
            ahead += [self.now + timedelta(hours=3)]
            after = self.now + least
            self.town.clock.at = min(end, max(after, min(at for at in ahead if at > self.now)))
            await self.settles()
            await self.looks()

    async def rests(self, minutes: int) -> None:
        """The bot is off for so long."""
        await self.town.app.close()
        self.town.clock.at += MINUTE * minutes
        await self._open()
        await self.settles()
        await self.looks()

    async def restarts(self) -> None:
        await self.town.app.close()
        await self._open()

    async def beside(self, work: Callable[[Transaction], object]) -> None:
        """By an operator's command, beside the bot that runs; the power holds so long."""
        with self._powered():
            await self.town.app.writer.transact(work)

    @contextmanager
    def _powered(self) -> Iterator[None]:
        cut, self.power.left = self.power.left, None
        yield
        self.power.left = cut

    async def _open(self) -> None:
        try:
            await self.town.open()
        except PowerCut:
            await self.town.app.close()
            await self.town.open()
        self._listens()
        with self._powered():
            for person in (*self.staff, *self.residents, self.people[SCHOOL]):
                if person.id not in self.numbers:
                    await self.knows(person)

    def _listens(self) -> None:
        """Whatever the bot catches and counts is a fault here, with the place where it happened."""
        ticker, worker = self.town.app.ticker, self.town.app.worker
        bell_failed, update_failed = ticker._failed, worker._failed

        def rang(event: str, error: Exception, **where: Any) -> None:
            self._fault(event, error, where)
            bell_failed(event, error, **where)

        def handled(*given: Any) -> None:
            self._fault("update_failed", given[3], {})
            update_failed(*given)

        ticker._failed = rang  # type: ignore[method-assign]
        worker._failed = handled  # type: ignore[method-assign,assignment]

    def _fault(self, event: str, error: Exception, where: dict[str, Any]) -> None:
        self.faults.append(f"{event} {where}: " + "".join(traceback.format_exception(error)[-6:]))

    # The look

    async def looks(self) -> None:
        """Everything that must be true, after every step."""
        by_chat = self.numbers
        sent = [Sent(at, by_chat.get(chat, 0), text, asked) for at, chat, text, asked in self.wire.log]
        faults = self.faults.copy()
        self.wire.log.clear()
        self.faults.clear()
        self.seen["looks"] += 1
        self.ledger.check(self.now, sent, faults)


NAMES = (*RESIDENTS, *(name for name, _ in TEAM), SCHOOL, *NEW)


def _of(update: dict[str, Any]) -> int:
    content = update.get("callback_query") or update.get("message") or {}
    return int(content["from"]["id"])


async def prepare(place: Path) -> None:
    """A centre to begin each history in: the team has joined, residents have the menu before them."""
    async with Town(place, at=PREPARED_AT) as town:
        known = {name: town.person(name, language="en") for name in NAMES}
        for name, role in TEAM:
            await known[name].says(f"/start {await town.invites(role)}")
            await known[name].speaks("en")
        await known[SCHOOL].says(f"/start {await town.invites('partner', 'education_school')}")
        await known[SCHOOL].speaks("en")
        for name in RESIDENTS:
            await known[name].says("/start")
            await known[name].speaks("en")
    with closing(sqlite3.connect(place / "poruch.db")) as connection:
        connection.execute("DELETE FROM messages")
        connection.execute("UPDATE due SET done_at = at")
        connection.execute("DELETE FROM due")
        connection.commit()


def copied(prepared: Path, place: Path) -> Path:
    shutil.copytree(prepared, place)
    return place
