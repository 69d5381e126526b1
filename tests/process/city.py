"""A day and a night of a city centre, walked through once: 20 people, 8 districts, 60 reports.

Beside it the test keeps its own table of what must have become of every case; nothing of it is asked of the bot.
"""

import asyncio
import re
from collections import Counter
from collections.abc import Awaitable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path

from bot.core import profile, texts
from bot.core.lines import Own, Sentence
from bot.sandbox.chats import Message
from bot.sandbox.world import Change, What
from tests.process.acts import ALERTS, takes
from tests.process.console import Console
from tests.process.speech import CENTRE, UK, digits
from tests.process.town import Somebody, Town, at

DISTRICTS = {
    "amur": "Амур-Нижньодніпровський",
    "industrialnyi": "Індустріальний",
    "novokodatskyi": "Новокодацький",
    "samarskyi": "Самарський",
    "sobornyi": "Соборний",
    "tsentralnyi": "Центральний",
    "chechelivskyi": "Чечелівський",
    "shevchenkivskyi": "Шевченківський",
}
"""As in Dnipro."""
OF_DISTRICT = dict(zip(DISTRICTS, ("Олена", "Петро", "Ганна", "Юрій", "Софія", "Остап", "Надія", "Роман"), strict=True))
BY_DAY, BY_NIGHT = ("Ірина", "Тарас"), ("Богдан", "Лідія")
OTHERS = {
    "psychologist": ("Віра", "Любов"),
    "lawyer": ("Максим",),
    "foster_care": ("Дарина",),
    "dispatcher": ("Аліна", "Борис"),
    "head": ("Марія",),
    "deputy": ("Захар",),
}
ILL, DISMISSED = ("Ганна", "Віра"), "Остап"
HEAD, DEPUTY, DISPATCHER, LAWYER, FOSTER = "Марія", "Захар", "Аліна", "Максим", "Дарина"
DAY_TRIP = ("brigade_urgent_help", "service_decision_emergency")
FIRST, FIRST_AT_NIGHT = "first_human_answer", "first_human_answer_emergency"
OF_VIOLENCE = (*DAY_TRIP, "notify_police")
OF_A_CHILD = (*OF_VIOLENCE, "notify_child_services", "child_safety_assessment")
GOOD_FOR = 24 * 30
PUSHES_AN_HOUR = 6
"""As the profile says."""
BECAUSE = (texts.STILL_WAITS, texts.HEAD_CALLED, texts.BACK_IN_QUEUE, texts.YOUR_LOAD)
COUNTED = (texts.CAME_BACK, texts.BATCH, texts.BATCH_NEXT)
BESIDE = [
    *(UK.pattern(kind) for kind in BECAUSE),
    *(re.compile(re.sub(r"\d+", r"\\d+", re.escape(UK(kind(n))))) for kind in COUNTED for n in range(1, 41)),
]
"""The lines that an alert may have beside its own."""
LEASE = 30
"""Minutes, as the profile says."""


@dataclass
class Case:
    """What was told, and what the test says must have become of it. `had`: everybody who ever had it."""

    name: str
    form: str
    district: str
    told: str = ""
    number: str = ""
    holder: str | None = None
    state: str = "new"
    returns: int = 0
    missed: set[str] = field(default_factory=set)
    tasks: set[tuple[str, str]] = field(default_factory=set)
    had: set[str] = field(default_factory=set)
    visit: tuple[str, str] | None = None
    card: Message | None = None

    @property
    def word(self) -> str:
        """What only those who have the case may ever read."""
        return f"Таємниця{self.name}слово"


@dataclass(frozen=True)
class Said:
    """What came into a chat, or changed there, and when."""

    to: str
    at: float
    text: str
    labels: tuple[str, ...]
    new: bool


@dataclass
class City:
    town: Town
    runs: Console
    place: Path
    sunday: date
    staff: dict[str, Somebody] = field(default_factory=dict)
    cases: dict[str, Case] = field(default_factory=dict)
    said: list[Said] = field(default_factory=list)
    marks: dict[str, int] = field(default_factory=dict)
    lapses: int = 0
    seconds: float = 0.0
    updates: int = 0
    ids: dict[int, str] = field(default_factory=dict)
    _of: dict[int, str] = field(default_factory=dict)
    _partner: Somebody | None = None

    def hears_all(self, change: Change) -> None:
        name = self._of.get(change.chat.id)
        if name is not None and change.message is not None and change.what in (What.CAME, What.EDITED):
            message = change.message
            if message.from_bot:
                labels = tuple(message.labels)
                new = change.what is What.CAME
                self.said.append(Said(name, self.town.world.clock.now(), message.text, labels, new))

    def mark(self, name: str) -> None:
        """From here on, in what was said."""
        self.marks[name] = len(self.said)

    def between(self, first: str, last: str) -> list[Said]:
        return self.said[self.marks[first] : self.marks[last]]

    def calls(self, number: str, said: Iterable[Said] | None = None) -> Counter[str]:
        """How often each was called to that case by a new message."""
        every = self.said if said is None else said
        return Counter(each.to for each in every if each.new and alert_of(each.text) == number)

    def returned_to(self, name: str) -> int:
        """What came back is urgent, and outside the budget of the hour."""
        return sum(case.returns for case in self.cases.values() if self.calls(case.number)[name])

    def figures(self) -> dict[str, object]:
        told = Counter(each.to for each in self.said if each.new and alert_of(each.text))
        return {
            "reports": len(self.cases),
            "updates": self.updates,
            "sent": self.town.world.calls.get("sendMessage", 0),
            "edited": self.town.world.calls.get("editMessageText", 0),
            "alerts": dict(told.most_common()),
            "lapses": self.lapses,
            "missed": sum(len(case.missed) for case in self.cases.values()),
            "seconds": round(self.seconds, 1),
        }

    @property
    def monday(self) -> date:
        return self.sunday + timedelta(days=1)

    async def comes(self, clock: str, *, days: int = 1) -> None:
        await self.town.passes_to(at(self.sunday + timedelta(days=days), clock))

    # People

    async def joins(self, name: str, role: str, *more: str) -> Somebody:
        issued = await self.runs("invite", role, *more, "--plain", "--hours", str(GOOD_FOR))
        assert issued.status == 0, issued.err
        person = self.town.arrives(name)
        person.says(f"/start {issued.out.strip()}")
        welcome = texts.WELCOME_PARTNER if role == "partner" else texts.WELCOME_STAFF
        await person.hears(welcome)
        if role == "partner":
            self._partner = person
        else:
            self.staff[name] = person
            self._of[person.id] = name
        return person

    # What is told

    async def file(self, name: str, form: str, district: str, **more: str) -> Case:
        case = self.cases[name] = Case(name, form, district)
        resident = (
            await self.town.resident(f"Мешканка {name}") if form in ("help", "safety", "child", "other") else None
        )
        match form:
            case "help":
                assert resident is not None
                await self._help(resident, case, more.get("need", "care"))
            case "safety" | "child":
                assert resident is not None
                await self._safety(resident, case, more.get("danger", "now"), more.get("write", "yes"))
            case "other":
                assert resident is not None
                await self._other(resident, case, more.get("danger", "later"))
            case _:
                await self._notice(case, more.get("danger", "later"))
        return case

    async def _help(self, her: Somebody, case: Case, need: str) -> None:
        her.says(UK(texts.HELP_NEEDED))
        await self._asked_for_help(her, case, need)

    async def _asked_for_help(self, her: Somebody, case: Case, need: str) -> None:
        await her.answers("help", "who", "me")
        await her.answers("help", "need", need)
        await her.writes("help", "story", case.word)
        await self._district(her, "help", case)
        await her.answers("help", "contact", "here")
        await her.answers("help", "consent", "yes")
        case.number = await self._sends(her, texts.RECEIPT_PLANNED)

    async def _safety(self, her: Somebody, case: Case, danger: str, write: str) -> None:
        child = case.form == "child"
        her.says(UK(texts.UNDER_18 if child else texts.SAFETY_AT_HOME))
        await her.answers(case.form, "danger", danger)
        await her.answers(case.form, "write", write)
        await self._district(her, case.form, case)
        receipts = (texts.CHILD_RECEIPT, texts.CHILD_RECEIPT_NOBODY, texts.RECEIPT, texts.RECEIPT_NOBODY)
        heard = await her.phone.until(
            lambda: next((each for kind in receipts for each in her.all_heard(kind)), None), "gets a receipt"
        )
        case.number = heard.number
        await her.writes(case.form, "address", case.word)
        await her.moves(case.form, "phone", texts.ENOUGH)

    async def _other(self, him: Somebody, case: Case, danger: str) -> None:
        him.says(UK(texts.OTHER_FAMILY))
        await him.answers("other", "danger", danger)
        await him.writes("other", "family", case.word)
        await self._district(him, "other", case)
        await him.moves("other", "seen", texts.SKIP)
        await him.answers("other", "reporter", "third_person")
        await him.moves("other", "phone", texts.SKIP)
        await him.answers("other", "consent", "yes")
        case.number = await self._sends(him, texts.RECEIPT_OTHER)

    async def _notice(self, case: Case, danger: str) -> None:
        police = self._partner
        assert police is not None
        police.says(UK(texts.TELL_CENTRE))
        await police.answers("notice", "danger", danger)
        await self._district(police, "notice", case)
        await police.writes("notice", "about", case.word)
        await police.moves("notice", "children", texts.SKIP)
        await police.writes("notice", "phone", "067 123 45 67")
        await police.moves("notice", "incoming", texts.SKIP)
        case.number = await self._sends(police, texts.RECEIPT_NOTICE)

    async def enters(self, name: str, district: str, *, urgency: str = "planned", violence: str = "no",
                     category: str = "", received: str = "") -> Case:  # fmt: skip
        """The dispatcher writes down what reached the centre by telephone or on paper."""
        case = self.cases[name] = Case(name, "register", district)
        by = self.staff[DISPATCHER]
        by.says(UK(texts.ENTER_A_CASE))
        await by.answers("register", "intake", "subject_notification")
        await self._on_some_page(by, await by.asked("register", "source"), "Поліція")
        await by.answers("register", "urgency", urgency)
        await by.answers("register", "violence", violence)
        if category:
            label = UK.option("register", "category", category)
            await self._on_some_page(by, await by.asked("register", "category"), label)
        else:
            await by.moves("register", "category", texts.SKIP)
        await self._district(by, "register", case)
        await by.answers("register", "unit", "family")
        await by.presses("0", message=await by.asked("register", "children"))
        for question in ("name", "phone", "address"):
            await by.moves("register", question, texts.SKIP)
        await by.writes("register", "story", case.word)
        await by.answers("register", "for_whom", "queue")
        if received:
            summary = await by.phone.hears(UK(texts.SUMMARY))
            await by.presses(UK(texts.EDIT_LINE(question=Sentence("Received")())), message=summary)
            await by.writes("register", "received", received)
        case.number = await self._sends(by, texts.RECEIPT_STAFF)
        return case

    async def _on_some_page(self, by: Somebody, question: Message, label: str) -> None:
        while label not in question.labels:
            await self._turns(by, question)
        await by.presses(label, message=question)

    async def _turns(self, by: Somebody, question: Message) -> None:
        further = next(each for each in question.labels if each.endswith("›") and "/" in each)
        await by.presses(further, message=question)
        await by.phone.until(lambda: further not in question.labels, "turns the page")

    async def _district(self, somebody: Somebody, form: str, case: Case) -> None:
        await somebody.presses(DISTRICTS[case.district], message=await somebody.asked(form, "district"))

    async def _sends(self, somebody: Somebody, receipt: Sentence) -> str:
        await somebody.presses(texts.SEND, message=await somebody.phone.hears(UK(texts.SUMMARY)))
        return (await somebody.hears(receipt)).number

    def arrives(self, name: str, form: str, district: str) -> Awaitable[Case]:
        """Asks for help while the bot is dead: the first words wait at Telegram, the answers follow."""
        case = self.cases[name] = Case(name, form, district)
        her = self.town.arrives(f"Мешканка {name}")
        her.says("/start")
        her.says(UK(texts.HELP_NEEDED))

        async def goes_on() -> Case:
            await self._asked_for_help(her, case, "care")
            return case

        return goes_on()

    # What the staff do

    async def take_batch(self, who: str, *names: str) -> None:
        """One alert tells of all of them: each is taken below the same message, the first that waits."""
        mine = self.staff[who]
        for name in names:
            case = self.cases[name]
            alert = await self._first_of_batch(mine, case.number)
            await mine.presses(texts.TAKE, message=alert)
            case.card = await self._card(mine, case)
            self.has(case, who)
            await self.in_touch(name)
            await self.town.rests()

    async def _first_of_batch(self, mine: Somebody, number: str) -> Message:
        return await mine.phone.until(
            lambda: next(
                (
                    heard.message
                    for heard in mine.all_heard(texts.ALERT_PLANNED, number=number)
                    if UK(texts.TAKE) in heard.message.labels
                ),
                None,
            ),
            f"sees {number} in the batch",
        )

    async def air(self, label: Sentence) -> None:
        """The head notes that an alarm sounds, or is over."""
        head = self.staff[HEAD]
        head.says(UK(texts.ON_DUTY))
        page = (await head.hears(texts.YOU_ARE_ON_DUTY)).message
        await head.presses(label, message=page)
        await self.town.rests()

    async def dismisses(self, who: str, *names: str) -> None:
        """The operator ends the access of one person."""
        listed = await self.runs("staff", "list")
        number = next(line.split("\t")[0] for line in listed.out.splitlines() if line.split("\t")[1] == who)
        ended = await self.runs("staff", "revoke", number)
        assert ended.status == 0, ended.err
        await self.town.settles()
        self.back(*names)

    async def reached(self, by: str, name: str) -> None:
        """The head has spoken to the one who did not come out in time."""
        caller, case = self.staff[by], self.cases[name]
        called = next(caller.all_heard(texts.NOBODY_OUT, number=case.number))
        await caller.presses(texts.THEY_ARE_OUT, message=called.message)
        await caller.hears(texts.IS_OUT, number=case.number)

    async def closes(self, who: str, name: str) -> None:
        case, mine = self.cases[name], self.staff[who]
        assert case.card is not None
        await mine.presses(texts.CLOSE_CASE, message=case.card)
        await mine.answers("close", "outcome", "overcome")
        await mine.answers("close", "closing", "overcome_or_minimised")
        await mine.moves("close", "note", texts.SKIP)
        await mine.presses(texts.SEND, message=await mine.phone.hears(UK(texts.SUMMARY)))
        await mine.hears(texts.CASE_CLOSED, number=case.number)
        case.state, case.tasks = "closed", set()

    def lapsed(self, name: str) -> None:
        """The table: nobody was in touch in time."""
        self.lapses += 1
        self.back(name)

    async def take(self, who: str, *names: str, contact: bool = True) -> None:
        for name in names:
            case = self.cases[name]
            await takes(self.staff[who], case.number)
            case.card = await self._card(self.staff[who], case)
            self.has(case, who)
            if contact:
                await self.in_touch(name)

    def has(self, case: Case, who: str) -> None:
        case.holder, case.state = who, "claimed"
        case.had.add(who)
        case.tasks = {(kind, who) for kind, _ in case.tasks}

    async def in_touch(self, name: str) -> None:
        case, who = self.cases[name], self.staff[self.cases[name].holder or ""]
        card = case.card
        assert card is not None
        await who.presses(texts.MARK_CONTACTED, message=card)
        await who.phone.until(lambda: UK(texts.MARK_CONTACTED) not in card.labels, f"is in touch about {name}")
        case.state = "contacted"
        case.tasks = set() if case.visit and case.visit[0] == "planned" else {("look_again", case.holder or "")}

    def late(self, *names: str, missed: tuple[str, ...] = (FIRST,), to: str = HEAD) -> None:
        """The table: a deadline passed, and whoever answers for it has a task."""
        for name in names:
            case = self.cases[name]
            case.missed |= set(missed)
            if case.state in ("new", "claimed"):
                case.tasks = {*case.tasks, ("missed_deadline", case.holder or to)}

    def back(self, *names: str, to: str = HEAD) -> None:
        """The table: it waits again; what is open about it is the head's meanwhile."""
        for name in names:
            case = self.cases[name]
            case.holder, case.state, case.returns = None, "new", case.returns + 1
            case.tasks = {(kind, to) for kind, _ in case.tasks}

    async def gives(self, by: str, name: str, to: str) -> None:
        """The dispatcher or the head gives a case that waits."""
        giver, case = self.staff[by], self.cases[name]
        alert = next(
            heard.message
            for kind in ALERTS
            for heard in giver.all_heard(kind, number=case.number)
            if UK(texts.GIVE_TO) in heard.message.labels or UK(texts.TAKE) in heard.message.labels
        )
        await giver.presses(texts.GIVE_TO, message=alert)
        await self._picks(giver, case, to)
        await giver.hears(texts.NOW_WITH, number=case.number, name=to)
        await self._opens(to, case, texts.GIVEN_TO_YOU)
        self.has(case, to)

    async def hands_over(self, name: str, to: str) -> None:
        """Whoever has it asks a colleague, who says yes."""
        case = self.cases[name]
        giver = self.staff[case.holder or ""]
        assert case.card is not None
        await giver.presses(texts.HAND_OVER, message=case.card)
        await self._picks(giver, case, to)
        await giver.hears(texts.ASKED_TO_TAKE, number=case.number)
        offer = next(self.staff[to].all_heard(texts.OFFERED, number=case.number))
        state, tasks = case.state, case.tasks
        await self.staff[to].presses(texts.I_TAKE_IT_OVER, message=offer.message)
        await self._opens(to, case, texts.GIVEN_TO_YOU)
        case.tasks = tasks
        self.has(case, to)
        case.state = state

    async def _picks(self, giver: Somebody, case: Case, to: str) -> None:
        asks = await giver.hears(texts.GIVE_TO_WHOM, number=case.number)
        label = await giver.phone.until(
            lambda: next((each for each in asks.message.labels if each.startswith(f"{to} ·")), None),
            f"may give to {to}",
        )
        await giver.presses(label, message=asks.message)

    async def _opens(self, who: str, case: Case, news: Sentence) -> None:
        mine = self.staff[who]
        heard = await mine.phone.until(
            lambda: next(mine.all_heard(news, number=case.number), None), f"is told of {case.name}"
        )
        await mine.presses(texts.OPEN_CARD, message=heard.message)
        case.card = await self._card(mine, case)

    async def _card(self, mine: Somebody, case: Case) -> Message:
        """The card, with all its ways; a line of My day looks like its first."""
        return await mine.phone.until(
            lambda: next(
                (
                    heard.message
                    for heard in mine.all_heard(texts.CARD, number=case.number)
                    if UK(texts.CLOSE_CASE) in heard.message.labels
                ),
                None,
            ),
            f"sees the card of {case.name}",
        )

    async def falls_ill(self, who: str, *names: str) -> None:
        """Leave from today on; each open case is handed on."""
        mine, today = self.staff[who], self.town.local.date()
        mine.says(UK(texts.ON_DUTY))
        await mine.presses(texts.MY_WEEK, message=(await mine.hears(texts.YOU_ARE_ON_DUTY)).message)
        await mine.presses(texts.TAKE_LEAVE)
        for question in ("first", "last"):
            page = await mine.asked("leave", question)
            await mine.presses(str(today.day), message=page)
        await mine.presses(texts.SEND, message=await mine.phone.hears(UK(texts.SUMMARY)))
        for name in names:
            label = UK(texts.HAND_ON(number=Own(f"К-{self.cases[name].number}")))
            await mine.presses(label, message=await self._shows(mine, label))
            await self.town.rests()
            self.back(name)

    async def _shows(self, mine: Somebody, label: str) -> Message:
        return await mine.phone.until(
            lambda: next((each for each in reversed(mine.phone.heard) if label in each.labels), None), f"sees {label}"
        )

    async def plans(self, name: str, clock: str) -> None:
        case = self.cases[name]
        goes = self.staff[case.holder or ""]
        assert case.card is not None
        await goes.presses(texts.PLAN_VISIT, message=case.card)
        await goes.answers("visit", "kind", "first_home_visit")
        await goes.presses(str(self.town.local.day), message=await goes.asked("visit", "day"))
        await goes.writes("visit", "time", clock)
        await goes.presses(texts.SEND, message=await goes.phone.hears(UK(texts.SUMMARY)))
        await goes.hears(texts.VISIT_PLANNED, number=case.number)
        case.state, case.visit = "visit_planned", ("planned", case.holder or "")
        case.tasks -= {("look_again", case.holder or "")}

    async def goes(self, name: str, *moves: Sentence) -> None:
        """On the page of the visit: on the way, inside, out, it took place."""
        case = self.cases[name]
        goes = self.staff[case.holder or ""]
        page = await self._visit_page(goes, case)
        for move in moves:
            await goes.presses(move, message=page)
            await self.town.rests()
        if texts.HELD in moves:
            case.state, case.visit = "visited", ("held", case.holder or "")
            case.tasks = {("look_again", case.holder or "")}

    async def _visit_page(self, goes: Somebody, case: Case) -> Message:
        goes.says(f"/case К-{case.number}")
        await self.town.rests()
        await goes.presses(texts.THE_VISIT, message=await self._card(goes, case))
        return await goes.phone.until(
            lambda: next(
                (each for each in goes.phone.heard if case.number in each.text and UK(texts.HELD) in each.labels), None
            ),
            "sees the visit",
        )


@cache
def alert_of(text: str) -> str:
    """The digits of the case that an alert calls to; empty for anything else."""
    for kind in ALERTS:
        found = UK.pattern(kind).search(text)
        if found:
            return digits(found["number"])
    return ""


def is_planned(text: str) -> bool:
    return bool(UK.pattern(texts.ALERT_PLANNED).search(text)) and not any(
        UK.pattern(kind).search(text) for kind in ALERTS if kind is not texts.ALERT_PLANNED
    )


def is_plain_alert(text: str) -> bool:
    """Every line is one of those that an alert may have, and the district is one of the city's."""
    return all(_is_head(line) or any(each.fullmatch(line) for each in BESIDE) for line in text.split("\n") if line)


def _is_head(line: str) -> bool:
    heads = [UK.pattern(kind).fullmatch(line) for kind in ALERTS]
    return any(found is not None and found["district"] in DISTRICTS.values() for found in heads)


def lapse_is_told(text: str) -> bool:
    told = re.escape(UK(texts.LEASE_OVER(LEASE, number=Own("\0")))).replace("\0", ".+")
    return re.fullmatch(told.replace("\\.+", ".+"), text) is not None


def sunday_after(now: float) -> date:
    """The first Sunday after today."""
    today = datetime.fromtimestamp(now, CENTRE.zone).date()
    return today + timedelta(days=7 - (today.weekday() + 1) % 7)


def of_a_city(place: Path) -> Path:
    """The demo's profile with the districts of a city."""
    demo = profile.find("demo").read_text(encoding="utf-8")
    lines = "".join(
        f'  {{ key = "{key}", name = {{ uk = "{name}", en = "{key.title()}" }} }},\n' for key, name in DISTRICTS.items()
    )
    city = re.sub(r"^districts = \[\n.*?^\]", f"districts = [\n{lines}]", demo, flags=re.DOTALL | re.MULTILINE)
    file = place / "city.toml"
    file.write_text(city, encoding="utf-8")
    return file


def roster() -> str:
    """Two shifts of the brigade every day; everybody else in the office's hours."""
    week = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
    rows = ["person,team,weekday_or_date,from,to,off"]
    rows += [f"{name},brigade,{day},8:00,20:00," for name in BY_DAY for day in week]
    rows += [f"{name},brigade,{day},20:00,8:00," for name in BY_NIGHT for day in week]
    office = [*OF_DISTRICT.values(), *(name for names in OTHERS.values() for name in names)]
    rows += [f"{name},,{day},8:00,20:00," for name in office for day in week[:5]]
    return "\n".join(rows) + "\n"


def together(*acts: Awaitable[object]) -> Awaitable[list[object]]:
    """Of different people at the same time."""
    return asyncio.gather(*acts)
