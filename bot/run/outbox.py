"""What is queued goes out: by lane, chats in parallel and one chat in order, no faster than Telegram allows."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from bot.core import texts
from bot.core.events import Lane, Overwrite, Remove, Send
from bot.core.lines import Own
from bot.run import easel, telegram
from bot.run.desk import guarded
from bot.run.easel import Easel, Undrawn
from bot.run.house import House
from bot.run.pace import Pace
from bot.run.telegram import Arrived, Failed, Gone, Moved, NotNow, Outcome, Refused, Stuck, Unreachable, Unsure
from handlers import groups, leaving, route
from storage import broadcasts, outbox, people
from storage.db import Row, Transaction
from storage.outbox import Letter

FLYING = 48
"""Calls in flight at once."""
SOON = 0.2
"""A paced row whose moment is farther away is left in the queue: it is decided as late as it can be."""
TRIES = 12
REPLACING = ("push", "show", "edit")
"""If they come as a new message, the one that stands under their key goes."""
REPEATABLE = ("remove", "overwrite", "delete", "edit", "leave")
"""Done twice is done once, so what was not answered is simply done again."""
TAKES_AWAY = ("remove", "overwrite")
"""Tried again soon, and as long as it takes: nobody else will (S05, S07)."""
IDLE = 5.0


@dataclass(frozen=True, slots=True)
class Parcel:
    """A letter with its call made out."""

    letter: Letter
    method: str
    parameters: dict[str, Any]

    @property
    def prompt(self) -> bool:
        return self.letter.lane <= Lane.REPLY

    @property
    def rank(self) -> tuple[bool, int]:
        """What takes messages away goes first (S05), then by lane."""
        return self.letter.op not in TAKES_AWAY, self.letter.lane


@dataclass(frozen=True, slots=True)
class Batch:
    """What one turn is about: answers, rows of the branch on the dock, room in flight and for the paced lanes."""

    back: list[tuple[Letter, Outcome | Undrawn]]
    lying: list[int]
    free: int
    room: int
    at: float


class Sender:
    """One loop: notes what came back, picks what goes next, in one transaction a turn.

    What is picked lies on the dock until its moment: a turn may then be late and no start is.
    """

    def __init__(self, house: House, pace: Pace) -> None:
        self._house = house
        self._pace = pace
        self._easel = Easel(house.log)
        self._wake = asyncio.Event()
        self._dock: list[Parcel] = []
        self._timer: asyncio.TimerHandle | None = None
        self._flying: set[asyncio.Task[None]] = set()
        self._back: list[tuple[Letter, Outcome | Undrawn]] = []
        self._stopping = False
        self._next: datetime | None = None

    def wake(self) -> None:
        self._wake.set()

    def stop(self) -> None:
        self._stopping = True
        self._wake.set()

    async def prepare(self) -> None:
        """What a crash left in flight is queued once more, or cleared away where she has left since."""
        await self._house.writer.transact(self._prepare)

    async def landed(self) -> None:
        """Until everything in flight is back."""
        if self._flying:
            await asyncio.wait(self._flying)

    async def run(self) -> None:
        await self.prepare()
        while not self._stopping:
            self._wake.clear()
            if not await self.turn():
                await self._rest()
        if self._flying:
            await asyncio.wait(self._flying, timeout=8)
        await self._noted()

    async def turn(self) -> bool:
        """Notes and picks; whether there was anything of either."""
        back, self._back = self._back, []
        at = asyncio.get_running_loop().time()
        free = FLYING - len(self._flying) - len(self._dock)
        batch = Batch(
            back, [each.letter.id for each in self._dock if each.letter.branch], free, self._room(at, free), at
        )
        parcels, unwanted = await self._house.writer.transact(lambda tx: self._turn(tx, batch))
        self._call_back(unwanted)
        self._dock = sorted([*self._dock, *parcels], key=lambda parcel: parcel.rank)
        self._let_go()
        return bool(parcels or back)

    def _room(self, at: float, free: int) -> int:
        """How many of the paced lanes may be made out."""
        if not self._pace.rate:
            return free
        lying = sum(not parcel.prompt for parcel in self._dock)
        return max(0, min(free, self._pace.ahead - lying)) if self._pace.paced_in(at) < SOON else 0

    def _call_back(self, unwanted: set[int]) -> None:
        """Somebody has left while words of the branch lay on the dock: they do not go."""
        left = [parcel for parcel in self._dock if parcel.letter.id in unwanted]
        self._dock = [parcel for parcel in self._dock if parcel not in left]
        self._back += [(parcel.letter, Failed("left meanwhile")) for parcel in left]

    def _let_go(self) -> None:
        """What may start does; the first of the rest has its moment."""
        loop = asyncio.get_running_loop()
        if self._timer is not None:
            self._timer.cancel()
        while self._dock and not self._stopping:
            if wait := self._wait(self._dock[0], loop.time()):
                self._timer = loop.call_later(wait, self._let_go)
                return
            self._start(self._dock.pop(0), loop.time())

    def _wait(self, parcel: Parcel, at: float) -> float:
        if parcel.letter.op in TAKES_AWAY:
            return 0.0
        return self._pace.prompt_in(at) if parcel.prompt else self._pace.paced_in(at)

    def _start(self, parcel: Parcel, at: float) -> None:
        self._pace.started(at, prompt=parcel.prompt)
        task = asyncio.create_task(self._send(parcel, at))
        self._flying.add(task)
        task.add_done_callback(self._flying.discard)
        if not self._dock:
            self._wake.set()

    async def _noted(self) -> None:
        """At the end: what came back is noted, and what still lay on the dock is queued as it was."""
        back, self._back = self._back, []
        left, self._dock = self._dock, []
        await self._house.writer.transact(lambda tx: self._note_last(tx, back, left))

    async def _rest(self) -> None:
        """Until there is news, the pace opens, or a row that was held may go."""
        at = asyncio.get_running_loop().time()
        waits = [IDLE]
        if not self._dock and (wait := self._pace.paced_in(at)):
            waits.append(wait)
        if self._next is not None:
            waits.append(max(0.02, (self._next - self._house.clock.now()).total_seconds()))
        if self._back:
            return
        try:
            await asyncio.wait_for(self._wake.wait(), timeout=min(waits))
        except TimeoutError:
            self._pace.forget(at)

    async def _send(self, parcel: Parcel, at: float) -> None:
        try:
            outcome = await self._attempt(parcel)
        finally:
            landed = asyncio.get_running_loop().time()
            self._pace.landed(landed, trip=landed - at)
        self._house.counts.sends.labels(type(outcome).__name__.lower()).inc()
        self._back.append((parcel.letter, outcome))
        self._wake.set()

    async def _attempt(self, parcel: Parcel) -> Outcome | Undrawn:
        """What came of it, after what is to be drawn has been."""
        body = parcel.letter.body
        if not easel.to_draw(body):
            return await telegram.attempt(self._house.bot, parcel.method, parcel.parameters)
        content = await self._drawn(body)
        if content is None:
            return Undrawn()
        whole = telegram.with_file(parcel.parameters, body["name"], content)
        return await telegram.attempt(self._house.bot, parcel.method, whole)

    async def _drawn(self, body: Mapping[str, Any]) -> bytes | None:
        try:
            return await self._easel.drawn(body, self._house.bot.username)
        except Exception as error:  # noqa: BLE001 - one file that cannot be made must not hold its chat
            self._house.log.error("not_drawn", error=type(error).__name__)  # noqa: TRY400 - words may be a person's
            return None

    # Inside the transaction

    def _prepare(self, tx: Transaction) -> None:
        now = self._house.clock.now()
        strayed = outbox.unwanted(tx)
        outbox.interrupted(tx, now=now)
        for person_id in strayed:
            self._house.desk.write(tx, leaving.strays(self._house.desk.here(tx, now), person_id), now=now)

    def _turn(self, tx: Transaction, batch: Batch) -> tuple[list[Parcel], set[int]]:
        now = self._house.clock.now()
        self._note_all(tx, batch.back, now)
        unwanted = {each for each in batch.lying if outbox.is_unwanted(tx, each)}
        parcels: list[Parcel | None] = [None]
        while batch.free > 0 and not self._stopping and parcels and not any(parcels):
            parcels = self._pick(tx, batch, now)
        made_out = [parcel for parcel in parcels if parcel is not None]
        self._next = outbox.next_at(tx, after=now) if not made_out else None
        return made_out, unwanted

    def _note_last(self, tx: Transaction, back: list[tuple[Letter, Outcome | Undrawn]], left: list[Parcel]) -> None:
        now = self._house.clock.now()
        self._note_all(tx, back, now)
        for parcel in left:
            outbox.put_off(tx, parcel.letter.id, until=now)

    def _note_all(self, tx: Transaction, back: list[tuple[Letter, Outcome | Undrawn]], now: datetime) -> None:
        outbox.sent(tx, [letter.id for letter, outcome in back if isinstance(outcome, Arrived)], now=now)
        for letter, outcome in back:
            if isinstance(outcome, Undrawn):
                outbox.settle(tx, letter.id, "dropped", now=now, error="not drawn")
            else:
                self._note(tx, letter, outcome, now)

    def _pick(self, tx: Transaction, batch: Batch, now: datetime) -> list[Parcel | None]:
        """The next calls; None for each row that turned out to need none now."""
        chosen: list[Row] = []
        held = 0
        for row in _ready(tx, batch, now):
            if len(chosen) == batch.free:
                break
            if self._held(tx, row, batch.at, now):
                held += 1
            else:
                chosen.append(row)
        return [*([None] * held), *(self._made_out(tx, letter, now) for letter in outbox.depart(tx, chosen))]

    def _held(self, tx: Transaction, row: Row, at: float, now: datetime) -> bool:
        """Only new messages count against a chat's pace, and what is urgent does not wait for it."""
        if not (row["op"] in ("send", "push", "file") or (row["op"] == "show" and row["standing"] is None)):
            return False
        wait = self._pace.wait(row["person_id"], at, group=row["kind"] == "group")
        if not wait or row["lane"] == Lane.URGENT:
            return False
        outbox.hold(tx, row["id"], until=now + timedelta(seconds=wait))
        return True

    def _from(self, tx: Transaction, letter: Letter, now: datetime) -> datetime | None:
        """A reminder or a push is decided once more, here, when it is picked: from when it may go, if at all."""
        guard = guarded(letter.guard)
        return now if guard is None else route.still(self._house.desk.here(tx, now), guard)

    def _made_out(self, tx: Transaction, letter: Letter, now: datetime) -> Parcel | None:
        """The call; None, and the row settled or put off, when there is nothing to do now."""
        at = self._from(tx, letter, now)
        if at is not None and at > now:
            outbox.put_off(tx, letter.id, until=at)
            return None
        if "cover" in letter.body:
            letter.body.update(self._house.desk.cover(tx, letter.person_id, letter.body["cover"]))
        made = _call(tx, letter, people.telegram_id(tx, letter.address)) if at is not None else None
        if made is None:
            outbox.settle(tx, letter.id, "dropped", now=now)
            return None
        method, parameters = made
        return Parcel(letter, method, telegram.addressed(parameters, self._house.bot.username))

    def _note(self, tx: Transaction, letter: Letter, outcome: Outcome, now: datetime) -> None:
        if letter.branch and not isinstance(outcome, Arrived | Unreachable) and outbox.is_unwanted(tx, letter.id):
            self._never_again(tx, letter, outcome, now)
            return
        match outcome:
            case Arrived(message_id):
                self._arrived(tx, letter, message_id, now)
            case Gone():
                self._gone(tx, letter, now)
            case NotNow(seconds):
                outbox.wait(tx, letter.id, until=now + timedelta(seconds=seconds + 0.1))
            case Unreachable():
                self._house.desk.write(tx, route.lost(self._house.desk.here(tx, now), letter.person_id), now=now)
                outbox.settle(tx, letter.id, "dropped", now=now, error="unreachable")
                outbox.drop(tx, letter.person_id, now=now)
            case Moved(to):
                outbox.wait(tx, letter.id, until=now)
                groups.moved(self._house.desk.here(tx, now), letter.person_id, to)
            case Stuck():
                self._stuck(tx, letter, now)
            case Unsure() if letter.op in REPEATABLE:
                outbox.wait(tx, letter.id, until=now + timedelta(seconds=1))
            case Unsure():
                outbox.unanswered(tx, letter.id, now=now)
            case Failed() if letter.op in TAKES_AWAY:
                outbox.wait(tx, letter.id, until=now + timedelta(seconds=min(60, 2**letter.attempts / 8)))
            case Failed() if letter.attempts < TRIES:
                outbox.wait(tx, letter.id, until=now + timedelta(seconds=min(300, 2**letter.attempts)))
            case Failed(why) | Refused(why):
                self._parked(tx, letter, why, now, refused=isinstance(outcome, Refused))

    def _never_again(self, tx: Transaction, letter: Letter, outcome: Outcome, now: datetime) -> None:
        """She has left while it was on its way: it is not sent once more, and what may have arrived unseen goes."""
        outbox.settle(tx, letter.id, "dropped", now=now, error="left meanwhile")
        if isinstance(outcome, Unsure):
            self._house.desk.write(tx, leaving.strays(self._house.desk.here(tx, now), letter.person_id), now=now)

    def _arrived(self, tx: Transaction, letter: Letter, message_id: int | None, now: datetime) -> None:
        if letter.key is not None and letter.key.startswith(broadcasts.KEY):
            broadcasts.arrived(tx, letter.key, letter.person_id)
        if letter.op == "delete" and letter.body.get("message_id"):
            outbox.gone(tx, letter.person_id, [letter.body["message_id"]])
        if message_id is not None and letter.op != "overwrite" and not letter.body.get("edited"):
            self._stands(tx, letter, message_id, now)

    def _stands(self, tx: Transaction, letter: Letter, message_id: int, now: datetime) -> None:
        """A new message is in the chat. If she has left meanwhile it goes again; what it stands for goes in its place.

        That is the last cover, or a screen that could be passed on before a case number stood on it.
        """
        if letter.branch and outbox.is_unwanted(tx, letter.id):
            self._house.desk.write(tx, [Remove(letter.person_id, (message_id,), lane=Lane.URGENT)], now=now)
            return
        outbox.remember(
            tx,
            letter.person_id,
            message_id,
            key=letter.key,
            ours=True,
            branch=letter.branch,
            now=now,
            protected=bool(letter.body.get("protect")),
        )
        if letter.op in REPLACING and letter.standing is not None:
            outbox.gone(tx, letter.person_id, [letter.standing])
            self._house.desk.write(tx, [Remove(letter.person_id, (letter.standing,))], now=now)

    def _stuck(self, tx: Transaction, letter: Letter, now: datetime) -> None:
        """Telegram refuses to delete: several are tried one by one, what is ours is overwritten, the rest stays."""
        outbox.settle(tx, letter.id, "dropped", now=now, error="too old")
        ids, ours = letter.body.get("ids", []), letter.body.get("ours", [])
        singly = [Remove(letter.person_id, (number,), (number,) if number in ours else (), lane=Lane.URGENT)
                  for number in ids] if len(ids) > 1 else []  # fmt: skip
        covered = [Overwrite(letter.person_id, tuple(ours), lane=Lane.URGENT)] if len(ids) == 1 and ours else []
        self._house.desk.write(tx, [*singly, *covered], now=now)

    def _gone(self, tx: Transaction, letter: Letter, now: datetime) -> None:
        """The person has cleared the message away: a screen is shown anew, a card that only changed is not."""
        outbox.gone(tx, letter.person_id, [letter.standing] if letter.standing is not None else [])
        if letter.op == "show":
            outbox.wait(tx, letter.id, until=now)
        else:
            outbox.settle(tx, letter.id, "sent", now=now)

    def _parked(self, tx: Transaction, letter: Letter, why: str, now: datetime, *, refused: bool) -> None:
        """It will not go by itself: kept, counted, and a person is told. A reminder that an outage kept rings again."""
        rings = not refused and route.unsent(self._house.desk.here(tx, now), guarded(letter.guard))
        if rings or letter.op in ("commands", "delete", "remove", "overwrite", "leave"):
            outbox.settle(tx, letter.id, "dropped", now=now, error=why)
            return
        outbox.settle(tx, letter.id, "parked", now=now, error=why)
        self._house.log.error("message_parked", row=letter.id, lane=letter.lane, op=letter.op)
        keepers = people.team(tx, ("admin",)) or people.team(tx, ("head",))
        line = texts.NOT_DELIVERED(why=Own(why), row=letter.id)
        told = [Send(keeper.colleague, line) for keeper in keepers if keeper.id != letter.person_id]
        self._house.desk.write(tx, told, now=now)


def _ready(tx: Transaction, batch: Batch, now: datetime) -> list[Row]:
    """The first row of each chat: what people wait for, then as many of the paced lanes as there is room for."""
    rows = outbox.ready(tx, lanes=(Lane.URGENT, Lane.REPLY), most=2 * batch.free, now=now)
    if not batch.room:
        return rows
    waiting = {row["person_id"] for row in rows}
    paced = outbox.ready(tx, lanes=(Lane.REMINDER, Lane.BROADCAST), most=2 * batch.room, now=now)
    return [*rows, *[row for row in paced if row["person_id"] not in waiting][: batch.room]]


def _call(tx: Transaction, letter: Letter, chat: int) -> tuple[str, dict[str, Any]] | None:
    """The Bot API call for a row; keys are resolved to Telegram's numbers here, at the last moment."""
    match letter.op:
        case "send" | "push":
            return telegram.new_message(chat, letter.body)
        case "file":
            return telegram.new_file(chat, letter.body)
        case "show" | "edit":
            return _edit(tx, letter, chat)
        case "delete":
            return _delete(tx, letter, chat)
        case "remove":
            return telegram.deleted(chat, letter.body["ids"])
        case "overwrite":
            return telegram.edited_message(chat, letter.body["id"], letter.body)
        case "leave":
            return telegram.left(chat)
        case "commands":
            return telegram.commands(chat, "", letter.body["names"])
        case _:
            return None


def _edit(tx: Transaction, letter: Letter, chat: int) -> tuple[str, dict[str, Any]] | None:
    if letter.standing is not None and not (letter.bare and letter.body.get("protect")):
        letter.body["edited"] = True
        return telegram.edited_message(chat, letter.standing, letter.body)
    if letter.op == "show" or letter.standing is not None or outbox.unsure(tx, letter.person_id, letter.key or ""):
        return telegram.new_message(chat, letter.body)
    return None


def _delete(tx: Transaction, letter: Letter, chat: int) -> tuple[str, dict[str, Any]] | None:
    standing = outbox.standing(tx, letter.person_id, letter.body["key"])
    if standing is None:
        return None
    letter.body["message_id"] = standing
    return telegram.deleted(chat, [standing])
