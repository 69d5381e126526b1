"""Many trainings and visits that live side by side through three weeks of one centre, in all weathers.

The whole bot runs on one database: its worker, its ticker, its sender, its restarts. What people do are updates in its
inbox; only forms are handed over filled. The clock goes from one moment at which something can happen to the next.
Beside it the diary (diary.py) says what is true, from what people did alone.
"""

import heapq
import itertools
import json
import random
import shutil
import sqlite3
import traceback
from collections import Counter
from collections.abc import Awaitable, Callable
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from telegram.error import Forbidden, NetworkError, RetryAfter, TelegramError, TimedOut

from bot.core.buttons import Give, Teach, Visit, encode
from bot.core.cases import Case, Facts
from bot.core.events import Message, Refused
from bot.core.filling import Draft
from bot.core.forms import FORMS
from bot.core.whom import Asker
from bot.run.inbox import BATCH
from handlers import series, trainings
from handlers.here import Here
from storage import alarms, cases, keys, learners, people
from storage.db import Transaction
from storage.people import Person as Known
from tests.people import Town, TownClock
from tests.properties.diary import (
    GROUP,
    KYIV,
    LATE,
    MINUTE,
    TO_SPECIALIST,
    Debt,
    Night,
    Phone,
    Place,
    Subject,
    WrongReminderError,
    is_reminder,
)

PREPARED_AT = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)
HEADS, SPECIALISTS = 4, 8
FIRST_CHAT, FIRST_ID = 10_000, 100_000
DAYS = 18
HOUR = timedelta(hours=1)
GRID = 10
"""Minutes between moments at which people act."""
DISTRICTS = ("center", "zarichchia", "vokzalnyi", "sadovyi")
STARTS = (
    datetime(2026, 3, 16, 6, tzinfo=UTC),
    datetime(2026, 10, 12, 6, tzinfo=UTC),
    datetime(2027, 3, 15, 6, tzinfo=UTC),
    datetime(2027, 10, 18, 6, tzinfo=UTC),
    datetime(2026, 11, 23, 7, tzinfo=UTC),
    datetime(2028, 2, 18, 7, tzinfo=UTC),
)
"""Four of them about two weeks before the clocks are changed, one before a leap day."""
NIGHTS = (
    Night(start=22 * 60, end=7 * 60),
    Night(start=0, end=0),
    Night(start=20 * 60, end=10 * 60),
    Night(start=60, end=9 * 60),
    Night(zone=ZoneInfo("Europe/Warsaw")),
    Night(zone=ZoneInfo("America/Toronto"), start=21 * 60 + 30, end=7 * 60 + 30),
)
HOURS = [(9, 0), (10, 0), (10, 0), (11, 30), (14, 0), (17, 45), (19, 0), (8, 0), (8, 15), (22, 30), (3, 30), (6, 0)]
AHEAD = [0, 0, 1, 1, 1, 2, 2, 3, 5, 6, 7, 8, 8, 9, 10, 12]
ANSWERS = ("yes", "no", "home", "other", "keep")
WILLING = ("yes", "home", "keep")
ACTS = ("answers", "answers", "answers", "old", "moves", "moves", "off", "blocks", "back", "given", "given", "does")
WEATHER = (
    "alarm_sounds", "alarm_sounds", "line_is_down", "line_is_rough", "line_is_rough", "restarts", "is_away", "crashes",
    "crashes", "clock_jumps",
)  # fmt: skip
OUTAGES = (3, 20, 50, 150)
"""Minutes for which Telegram takes nothing; the sender's patience is half an hour."""

Happens = Callable[[], Awaitable[None]]


class Wire:
    """Telegram: takes calls, or answers as the weather has it, and says to the diary what was handed over."""

    username = "town_bot"

    def __init__(self, street: "Street") -> None:
        self.street = street
        self.blocked: set[int] = set()
        self.buttons: dict[int, dict[str, str]] = {}
        self.ids = FIRST_ID

    async def initialize(self) -> None:
        """Nothing to connect to."""

    async def shutdown(self) -> None:
        """Nothing to leave."""

    async def call(self, method: str, parameters: dict[str, Any]) -> Any:
        chat = parameters.get("chat_id", 0)
        if method == "answerCallbackQuery":
            return self._said(method, chat, parameters)
        fault = self._fault(chat)
        lost = isinstance(fault, TimedOut)
        arrives = fault is None or (lost and self.street.chance.random() < 0.5)
        if fault is not None and not lost:
            raise fault
        answer = self._said(method, chat, parameters, arrived=arrives, sure=fault is None)
        if fault is not None:
            raise fault
        return answer

    def _fault(self, chat: int) -> TelegramError | None:
        street = self.street
        if street.down:
            return NetworkError("Bad Gateway")
        if chat in self.blocked:
            return Forbidden("Forbidden: bot was blocked by the user")
        kinds: list[Callable[[], TelegramError]] = [
            lambda: RetryAfter(street.chance.choice([5, 20, 300])),
            TimedOut,
            lambda: NetworkError("Connection reset"),
        ]
        return street.chance.choice(kinds)() if street.chance.random() < street.roughness else None

    def _said(
        self, method: str, chat: int, parameters: dict[str, Any], *, arrived: bool = True, sure: bool = True
    ) -> dict[str, int] | bool:
        if method not in ("sendMessage", "editMessageText"):
            return True
        self.ids += 1
        markup = parameters.get("reply_markup")
        self.street.heard(chat, parameters["text"], arrived=arrived, sure=sure and not self.street.ending)
        if markup and arrived:
            rows = json.loads(markup).get("inline_keyboard", [])
            self.buttons.setdefault(chat, {}).update(
                {each["callback_data"]: each["text"] for row in rows for each in row if "callback_data" in each}
            )
        return {"message_id": parameters.get("message_id") or self.ids}


@dataclass(order=True)
class Planned:
    """Something that will happen."""

    at: datetime
    number: int
    what: Happens = field(compare=False)


class Street:
    """One database with its subjects, from the first day to the last."""

    def __init__(self, prepared: Path, place: Path, chance: random.Random, subjects: int) -> None:
        shutil.copytree(prepared, place)
        self.chance = chance
        self.town = Town(place, at=chance.choice(STARTS))
        self.began = self.clock.at
        self.wire = Wire(self)
        self.town.telegram = self.wire  # type: ignore[assignment]
        self.count = subjects
        self.subjects: list[Subject] = []
        self.by_group: dict[int, Subject] = {}
        self.by_number: dict[int, Subject] = {}
        self.by_chat: dict[int, Subject] = {}
        self.specialists: list[tuple[int, int]] = []
        self.heads: list[tuple[int, int]] = []
        self.makers: dict[int, tuple[int, int]] = {}
        self.down = self.ending = False
        self.roughness = 0.0
        self.sounding: set[str] = set()
        self.set_back_until = self.clock.at
        self.agenda: list[Planned] = []
        self.updates: list[dict[str, Any]] = []
        self.after: list[Callable[[], None]] = []
        self.busy: set[int] = set()
        self.faults: list[str] = []
        self.wrong: WrongReminderError | None = None
        self.seen: Counter[str] = Counter()
        self._numbers = itertools.count(1)
        self._chats = itertools.count(FIRST_CHAT)
        self._updates = itertools.count(FIRST_ID)
        self._looks = sqlite3.connect(f"file:{(place / 'poruch.db').resolve()}?mode=ro", uri=True, isolation_level=None)

    @property
    def clock(self) -> TownClock:
        return self.town.clock

    @property
    def now(self) -> datetime:
        return self.clock.at

    # The whole of it

    async def lives(self) -> Counter[str]:
        await self._opens()
        try:
            await self.town.app.writer.transact(self._knows_staff)
            self._plans_births()
            self._plans_weather()
            self._at(self.began + 2 * HOUR, self._day_is_done)
            while self._goes_on():
                self.clock.at = self._next()
                await self._steps()
            self._looked_back()
        finally:
            await self.town.app.close()
            self._looks.close()
        return self.seen

    def _goes_on(self) -> bool:
        return len(self.subjects) < self.count or any(
            each.stands and self.now <= each.starts_at + 60 * MINUTE for each in self.subjects
        )

    def _next(self) -> datetime:
        """The next moment at which something can happen, on the full minute."""
        found = [self._look("SELECT min(at) FROM due WHERE done_at IS NULL AND at > ?")]
        found += [self._look("SELECT min(not_before) FROM outbox WHERE state = 'queued' AND not_before > ?")]
        moments = [datetime.fromisoformat(at) for at in found if at]
        moments += [self.agenda[0].at] if self.agenda else [self.now + 60 * MINUTE]
        at = max(self.now, min(moments))
        return at if at.second == at.microsecond == 0 else at.replace(second=0, microsecond=0) + MINUTE

    def _look(self, sql: str) -> str | None:
        now = self.now.astimezone(UTC).isoformat(sep=" ", timespec="microseconds")
        found: str | None = self._looks.execute(sql, (now,)).fetchone()[0]
        return found

    async def _steps(self) -> None:
        """What is due and what people do, in either order; then the diary is looked at."""
        acts = bool(self.agenda) and self.agenda[0].at <= self.now
        if not acts or self.chance.random() < 0.6:
            await self._ticks()
        self.busy.clear()
        while self.agenda and self.agenda[0].at <= self.now:
            await heapq.heappop(self.agenda).what()
        if self.updates:
            await self._handles()
        if acts:
            await self._ticks()
        self._judges()

    async def _ticks(self) -> None:
        self._grows()
        await self._rings()
        await self._sends()

    async def _rings(self) -> None:
        """A tick without what is looked after between the bells."""
        ticker = self.town.app.ticker
        while await self.town.app.writer.transact(ticker._ring):
            pass

    async def _sends(self) -> None:
        while await self.town.app.sender.turn():
            await self.town.app.sender.landed()
        if self.wrong is not None:
            raise self.wrong

    async def _handles(self) -> None:
        """The updates of this moment; what they change is true before anything is sent."""
        await self.town.keeps([{"update_id": next(self._updates), **update} for update in self.updates])
        for _ in range(-(-len(self.updates) // BATCH)):
            await self.town.app.worker.turn()
        for note in self.after:
            note()
        self.updates, self.after = [], []
        await self.town.app.worker.answered()
        await self._sends()

    # The diary

    def heard(self, chat: int, text: str, *, arrived: bool, sure: bool) -> None:
        subject, phone = self._meant(chat, text)
        if subject is not None and phone is not None:
            self.seen["reminders" if is_reminder(text) else "other messages"] += 1
            self.seen["late reminders"] += LATE in text
            try:
                subject.heard(phone, self.now, text, arrived=arrived, sure=sure)
            except WrongReminderError as wrong:  # inside a task of the sender, where nobody would hear of it
                self.wrong = self.wrong or wrong

    def _meant(self, chat: int, text: str) -> tuple[Subject | None, Phone | None]:
        group, visit = GROUP.search(text), TO_SPECIALIST.search(text)
        subject = self.by_chat.get(chat)
        if group is not None:
            subject = self.by_group.get(int(group[1]))
        elif visit is not None:
            subject = self.by_number.get(int(visit[2]))
        found = next((each for each in subject.phones if each.chat == chat), None) if subject else None
        return subject, found

    def _grows(self) -> None:
        for subject in self.subjects:
            if subject.next_at is not None and (subject.next_at <= self.now or subject.next_at <= subject.reach):
                subject.grows(self.now)

    def _judges(self) -> None:
        assert not self.faults, "\n".join(self.faults)
        self._grows()
        for subject in self.subjects:
            for phone in subject.phones if subject.next_at is not None and subject.next_at <= subject.reach else ():
                stopped = self.down or self.roughness > 0 or self.now < self.set_back_until or self._alarm(subject)
                debt = subject.owed_since(phone, self.now, stopped=stopped) if phone.debts else None
                if debt is not None:
                    self._is_a_task(subject, phone, debt)
                    subject.settle(phone)

    def _alarm(self, subject: Subject) -> bool:
        return bool(self.sounding & {"", subject.district})

    def _is_a_task(self, subject: Subject, phone: Phone, debt: Debt) -> None:
        """Nothing was said, so somebody has to know: whom it is about, and a task that was not done before."""
        kind = f"{subject.kind}_{debt.kind}"
        noted = self._looks.execute(
            "SELECT count(*) FROM unreminded WHERE subject = ? AND subject_id = ? AND person_id = ? AND kind = ?",
            (subject.kind, subject.row, phone.person, kind),
        ).fetchone()[0]
        about, row = ("case_id", subject.case) if subject.kind == "visit" else ("session_id", subject.row)
        tasks = self._looks.execute(
            f"SELECT count(*) FROM tasks WHERE kind LIKE 'unreminded%' AND {about} = ? "
            "AND (done_at IS NULL OR done_at >= ?)",
            (row, debt.moment.isoformat(sep=" ", timespec="microseconds")),
        ).fetchone()[0]
        if not noted or not tasks or phone.staff:
            raise WrongReminderError("lost", f"{kind} for {phone.name}, due {debt.moment.astimezone(KYIV)}", subject)
        subject.note(self.now, f"{debt.kind} for {phone.name} became a task")
        self.seen["tasks"] += 1

    def _looked_back(self) -> None:
        """The bot's tables say the same as the diary: what people did was understood alike."""
        for subject in self.subjects:
            table = "visits" if subject.kind == "visit" else "sessions"
            row = self._looks.execute(f"SELECT state, version, starts_at FROM {table} WHERE id = ?", (subject.row,))
            state, version, starts_at = row.fetchone()
            if subject.stands:
                assert (state, version) == ("planned", subject.version), f"{state} {version}: {subject}"
                assert datetime.fromisoformat(starts_at) == subject.starts_at, subject
            else:
                assert state == "cancelled", subject
            for number, seat in subject.seats.items():
                asked = "SELECT answer, confirmed_at FROM seats WHERE id = ?"
                answer, confirmed = self._looks.execute(asked, (number,)).fetchone()
                assert (answer or "", confirmed is not None) == (seat.answer, seat.confirmed), (
                    f"seat {number} says {answer}, {confirmed}, not {seat}: {subject}\n" + "\n".join(subject.steps)
                )

    # What people do

    def _plans_births(self) -> None:
        for _ in range(self.count):
            self._at(self._some_moment(8), self._born)

    def _some_moment(self, days: int) -> datetime:
        """Mostly by day."""
        minutes = self.chance.randrange(0, days * 24 * 60, GRID)
        hour = (self.began + minutes * MINUTE).astimezone(KYIV).hour
        return self.began + (minutes + (0 if 7 <= hour < 22 or self.chance.random() < 0.3 else 10 * 60)) * MINUTE

    def _at(self, at: datetime, what: Happens) -> None:
        heapq.heappush(self.agenda, Planned(at, next(self._numbers), what))

    async def _born(self) -> None:
        number = len(self.subjects) + 1
        born = self._new_training if self.chance.random() < 0.5 else self._new_visit
        subject = await self.town.app.writer.transact(lambda tx: born(tx, number))
        subject.planned(self.now)
        subject.note(self.now, f"planned for {subject.starts_at.astimezone(KYIV):%a %d.%m %H:%M}")
        self.subjects.append(subject)
        self._lives_on(subject)
        await self._sends()

    def _lives_on(self, subject: Subject) -> None:
        """Some moments until its beginning, and shortly after, at which somebody does something about it."""
        ahead = (subject.starts_at - self.now) / MINUTE + 30
        for _ in subject.phones if self.chance.random() < 0.7 else ():
            self._at(
                self.now + self.chance.choice([1, 1, 2, 20]) * GRID * MINUTE, partial(self._acts, subject, "answers")
            )
        for _ in range(self.chance.choice([1, 2, 3, 4, 6])):
            later = self.chance.random() ** self.chance.choice([1, 1, 0.2]) * ahead
            act = self.chance.choice(ACTS)
            self._at(self.now + int(later / GRID + 1) * GRID * MINUTE, partial(self._acts, subject, act))

    async def _acts(self, subject: Subject, act: str) -> None:
        if subject.number in self.busy:
            self._at(self.now + GRID * MINUTE, partial(self._acts, subject, act))
            return
        self.busy.add(subject.number)
        self.seen[act] += 1
        match act:
            case "moves":
                await self._moves(subject)
            case "off":
                self._calls_off(subject)
            case "given":
                self._is_given(subject)
            case "does":
                await self._does(subject)
            case "blocks":
                self._blocks(self.chance.choice([each for each in subject.phones if not each.staff]))
            case "back":
                self._comes_back(subject)
            case _:
                self._answers(subject, old=act == "old")

    def _answers(self, subject: Subject, *, old: bool) -> None:
        phone = self.chance.choice([each for each in subject.phones if not each.staff])
        known = list(self.wire.buttons.get(phone.chat, {}))
        ours = [data for data in known if data.count(":") == 3 and data.rpartition(":")[2] in ANSWERS]
        if not ours or phone.chat in self.wire.blocked:
            return
        willing = [data for data in ours[-4:] if data.rpartition(":")[2] in WILLING]
        data = self.chance.choice(ours if old else willing if willing and self.chance.random() < 0.6 else ours[-2:])
        _, row, version, move = data.split(":")
        self._presses(phone.chat, data)
        subject.note(self.now, f"{phone.name} presses {move} of version {version}")
        if subject.kind == "training":
            self.after.append(lambda: subject.answered(int(row), int(version), move, self.now))
        elif int(version) != subject.version:
            phone.asked += 1
        self.after.append(partial(subject.knows, phone, int(version)))

    def _calls_off(self, subject: Subject) -> None:
        if not subject.stands or self.chance.random() < 0.5:
            return
        action = Visit if subject.kind == "visit" else Teach
        self._presses(self._maker(subject)[0], encode(action(subject.row, subject.version, "cancel")))
        subject.note(self.now, "is called off")
        self.after.append(subject.called_off)

    def _is_given(self, subject: Subject) -> None:
        """By the head, to another specialist."""
        if subject.kind == "training" or not subject.stands:
            return
        chat, person = self.chance.choice([each for each in self.specialists if each != self._maker(subject)])
        self._presses(self.heads[0][0], encode(Give(subject.case, person)))
        to = next((each for each in subject.phones if each.chat == chat), None) or Phone(chat, person, None, staff=True)
        subject.note(self.now, f"is given to {to.name}")
        self.makers[subject.number] = (chat, person)
        self.after.append(lambda: subject.given(to, self.now))

    def _blocks(self, phone: Phone) -> None:
        if phone.chat in self.wire.blocked:
            return
        self.wire.blocked.add(phone.chat)
        phone.blocked = True
        self._subject(phone).note(self.now, f"{phone.name} stops the bot")
        if self.chance.random() < 0.7:
            change = self._from(phone.chat)
            old, new = {"user": change["from"], "status": "member"}, {"user": change["from"], "status": "kicked"}
            change |= {"old_chat_member": old, "new_chat_member": new | {"until_date": 0}}
            self.updates.append({"my_chat_member": change})

    def _comes_back(self, subject: Subject) -> None:
        for phone in subject.phones:
            if phone.chat in self.wire.blocked:
                self.wire.blocked.discard(phone.chat)
                phone.blocked = False
                subject.note(self.now, f"{phone.name} is back")
                entities = [{"type": "bot_command", "offset": 0, "length": 6}]
                self.wire.ids += 1
                message = {"message_id": self.wire.ids, "text": "/start", "entities": entities}
                self.updates.append({"message": message | self._from(phone.chat)})

    async def _does(self, subject: Subject) -> None:
        """Whoever had to call has called."""
        about, row = ("case_id", subject.case) if subject.kind == "visit" else ("session_id", subject.row)
        what = f"UPDATE tasks SET done_at = :now WHERE kind LIKE 'unreminded%' AND done_at IS NULL AND {about} = :row"
        if await self.town.app.writer.transact(lambda tx: tx.run(what, now=self.now, row=row)):
            subject.note(self.now, "the task is done")

    async def _day_is_done(self) -> None:
        """Twice a day nothing is left lying; else most of what is sent would be about tasks."""
        await self.town.app.writer.transact(
            lambda tx: tx.run("UPDATE tasks SET done_at = :now WHERE done_at IS NULL", now=self.now)
        )
        self._at(self.now + 12 * HOUR, self._day_is_done)

    async def _moves(self, subject: Subject) -> None:
        if not subject.stands:
            return
        starts_at, answers = self._some_start(past=self.chance.random() < 0.1)
        form, handler, row = ("visit", series.planned, subject.case)
        if subject.kind == "training":
            form, handler, row = ("moved", trainings.moved, subject.row)
        draft = Draft(0, FORMS[form], answers, subject_id=row)
        maker = self._maker(subject)[1]
        said = await self.town.app.writer.transact(lambda tx: self._filled(tx, maker, handler, draft))
        assert said == (starts_at > self.now), f"moved to {starts_at} at {self.now}: {said}"
        subject.note(self.now, f"moves to {starts_at.astimezone(KYIV):%a %d.%m %H:%M}{'' if said else ', refused'}")
        if said:
            subject.starts_at, subject.version = starts_at, subject.version + 1
            subject.seats = {number: Place(seat.phone) for number, seat in subject.seats.items()}
            subject.planned(self.now)
        await self._sends()

    def _some_start(self, *, past: bool = False) -> tuple[datetime, dict[str, Any]]:
        """A moment ahead, as a form has it."""
        local = self.now.astimezone(KYIV)
        while True:
            day = local.date() + timedelta(days=-1 if past else self.chance.choice(AHEAD))
            hour, minute = self.chance.choice(HOURS)
            starts_at = datetime(day.year, day.month, day.day, hour, minute, tzinfo=KYIV).astimezone(UTC)
            if past or starts_at > self.now:
                given = {"day": day.isoformat(), "time": f"{hour:02}:{minute:02}", "kind": "first_home_visit"}
                return starts_at, given

    def _presses(self, chat: int, data: str) -> None:
        given = self._from(chat)
        message = {"message_id": 1, "date": given["date"], "chat": given["chat"]}
        query = {"id": str(next(self._numbers)), "from": given["from"], "chat_instance": "1", "data": data}
        self.updates.append({"callback_query": query | {"message": message}})

    def _from(self, chat: int) -> dict[str, Any]:
        user, private = {"id": chat, "is_bot": False, "first_name": "X"}, {"id": chat, "type": "private"}
        return {"chat": private, "from": user, "date": int(self.now.timestamp())}

    def _maker(self, subject: Subject) -> tuple[int, int]:
        return self.makers[subject.number]

    def _subject(self, phone: Phone) -> Subject:
        return next(each for each in self.subjects if phone in each.phones)

    # New subjects, inside one transaction

    def _filled(
        self, tx: Transaction, maker: int, handler: Callable[[Here, Known, Draft], list[Message]], draft: Draft
    ) -> bool:
        """A form with all its answers; whether it was taken."""
        here = self.town.app.desk.here(tx, self.now, asker=Asker(maker), typed=True)
        try:
            messages = handler(here, people.person(tx, maker), draft)
        except Refused:
            return False
        self.town.app.desk.write(tx, messages, now=self.now)
        return True

    def _somebody(self, tx: Transaction) -> Phone:
        chat, night = next(self._chats), Night()
        person = people.meet(tx, chat, kind="private", language="en", now=self.now).id
        people.speak(tx, person, "en")
        if self.chance.random() < 0.2:
            night = self.chance.choice(NIGHTS)
            zone = None if night.zone == KYIV else night.zone.key
            people.keep_hours(tx, person, zone=zone, quiet=(night.start, night.end))
        return Phone(chat, person, night)

    def _new_training(self, tx: Transaction, number: int) -> Subject:
        phones = [self._somebody(tx) for _ in range(self.chance.choice([1, 1, 2, 3, 4]))]
        for phone in phones:
            people.join_audience(tx, phone.person, f"group{number}", now=self.now)
            learners.join(tx, phone.person, now=self.now)
            if self.chance.random() < 0.15:
                learners.add(tx, phone.person, "Taras", now=self.now)
        starts_at, answers = self._some_start()
        capacity = 12  # nobody waits for a seat here: what comes of that is lived through in test_seats.py
        answers |= {"title": f"Group {number}", "place": "Hall", "audience": f"group{number}", "hours": 4}
        maker = self.chance.choice(self.heads)
        assert self._filled(
            tx, maker[1], trainings.planned, Draft(0, FORMS["training"], answers | {"capacity": capacity})
        )
        row = int(tx.all("SELECT max(id) AS id FROM sessions")[0]["id"])
        district = self.chance.choice(("", "", *DISTRICTS))
        tx.run("UPDATE sessions SET district = :district WHERE id = :row", district=district or None, row=row)
        subject = Subject("training", number, row, 0, district, starts_at, phones, capacity)
        by_person = {phone.person: phone for phone in phones}
        for seat in tx.all("SELECT id, person_id FROM seats WHERE session_id = :row", row=row):
            subject.seats[seat["id"]] = Place(by_person[seat["person_id"]])
        self.by_group[number], self.makers[number] = subject, maker
        return subject

    def _new_visit(self, tx: Transaction, _: int) -> Subject:
        resident, maker = self._somebody(tx), self.chance.choice(self.specialists)
        district = self.chance.choice(DISTRICTS)
        case = self._case(tx, resident.person, maker[1], district)
        starts_at, answers = self._some_start()
        assert self._filled(tx, maker[1], series.planned, Draft(0, FORMS["visit"], answers, subject_id=case.id))
        row = int(tx.all("SELECT max(id) AS id FROM visits")[0]["id"])
        phones = [resident, Phone(maker[0], maker[1], None, staff=True)]
        subject = Subject("visit", int(case.number), row, case.id, district, starts_at, phones)
        self.by_number[subject.number] = self.by_chat[resident.chat] = subject
        self.makers[subject.number] = maker
        return subject

    def _case(self, tx: Transaction, resident: int, specialist: int, district: str) -> Case:
        facts = Facts(
            form="help", intake="self_referral", source="citizen", reporter="self", urgency="planned", unit="family",
            children=0, need="care", category=None, danger=None, contact="here", district=district,
        )  # fmt: skip
        key, now = keys.make(tx, "case", now=self.now), self.now
        by = now + timedelta(days=1)
        case = cases.open_case(
            tx, facts, {}, key_id=key, team="district_specialists", reported_at=now, answer_due_at=by, now=now
        )
        cases.link(tx, case.id, resident, "self", open_until=now, now=now)
        taken = cases.claim(tx, case.id, by=specialist, now=now)
        assert taken is not None
        return taken

    # The weather

    def _plans_weather(self) -> None:
        for _ in range(self.chance.choice([4, 12, 30])):
            happens: Happens = getattr(self, f"_{self.chance.choice(WEATHER)}")
            self._at(self._some_moment(DAYS), happens)

    def _says(self, what: str) -> None:
        self.seen[what.partition(":")[0]] += 1
        for subject in self.subjects:
            if subject.stands and self.now <= subject.starts_at:
                subject.note(self.now, f"[{what}]")

    async def _alarm_sounds(self) -> None:
        district = self.chance.choice(["", *DISTRICTS])
        if district in self.sounding:
            return
        self.sounding.add(district)
        self._says(f"air-raid alarm: {district or 'everywhere'}")
        await self.town.app.writer.transact(lambda tx: alarms.begin(tx, district, by=None, now=self.now))
        self._at(self.now + self.chance.choice([20, 90, 240, 700]) * MINUTE, partial(self._all_clear, district))

    async def _all_clear(self, district: str) -> None:
        self.sounding.discard(district)
        self._says(f"all clear: {district or 'everywhere'}")
        await self.town.app.writer.transact(lambda tx: alarms.end(tx, district, now=self.now))

    async def _line_is_down(self) -> None:
        self.down = True
        self._says("Telegram is gone: until further notice")
        self._at(self.now + self.chance.choice(OUTAGES) * MINUTE, self._line_is_well)

    async def _line_is_rough(self) -> None:
        self.roughness = self.chance.choice([0.1, 0.3])
        self._says("Telegram is rough: until further notice")
        self._at(self.now + self.chance.choice([60, 300, 1000]) * MINUTE, self._line_is_well)

    async def _line_is_well(self) -> None:
        self.down, self.roughness = False, 0.0
        self._says("Telegram is well: again")

    async def _restarts(self) -> None:
        self._says("restart: at once")
        await self.town.app.close()
        await self._opens()

    async def _is_away(self) -> None:
        await self.town.app.close()
        minutes = self.chance.choice([2, 14, 17, 45, 130, 600, 26 * 60, 60 * 60])
        self._says(f"the bot is away: {minutes} minutes")
        self.clock.at += minutes * MINUTE
        await self._opens()

    async def _crashes(self) -> None:
        """In the middle of sending: what went out is not noted."""
        self._says("crash: what is in flight is not noted")
        self.ending = True
        self._grows()
        await self._rings()
        await self.town.app.sender.turn()
        await self.town.app.sender.landed()
        self.ending = False
        await self.town.app.close()
        await self._opens()

    async def _clock_jumps(self) -> None:
        minutes = self.chance.choice([-1440, -300, -70, -16, -3, 3, 16, 70, 300, 1440])
        self._says(f"the clock jumps: {minutes} minutes")
        self.set_back_until = max(self.set_back_until, self.now + 11 * MINUTE) if minutes < 0 else self.set_back_until
        self.clock.at += minutes * MINUTE

    async def _opens(self) -> None:
        await self.town.open()
        self.town.app.ticker._failed = self._failed  # type: ignore[method-assign]
        self.town.app.worker._failed = self._not_handled  # type: ignore[method-assign,assignment]

    def _failed(self, event: str, error: Exception, **where: Any) -> None:
        self.faults.append(f"{event} {where}: " + "".join(traceback.format_exception(error)[-6:]))

    def _not_handled(self, *given: Any) -> None:
        self._failed("update_failed", given[3])
        raise given[3]

    def _knows_staff(self, tx: Transaction) -> None:
        staff = [(101 + number, people.found(tx, 101 + number)) for number in range(HEADS + SPECIALISTS)]
        known = [(chat, person.id) for chat, person in staff if person is not None]
        self.heads, self.specialists = known[:HEADS], known[HEADS:]


async def prepare(place: Path) -> None:
    """A centre with its staff, and nothing that is due."""
    async with Town(place, at=PREPARED_AT) as town:
        for number in range(HEADS + SPECIALISTS):
            await town.staff(f"Staff {number}", "head" if number < HEADS else "specialist", language="en")
    with closing(sqlite3.connect(place / "poruch.db")) as connection:
        connection.execute("DELETE FROM messages")
        connection.execute("DELETE FROM due")
        connection.commit()
