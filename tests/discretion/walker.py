"""Walks the bot by itself: everybody presses, writes and waits, and always does what has been done least.

It knows no flow. What can be done is read off the screens: every button, an answer for whatever kind of question is in
front, the commands, the entries by name, a shared number, a voice message, a word of leaving, a pause. The same seed
walks the same way.
"""

import random
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass, field, fields
from datetime import datetime, timedelta
from typing import Any

from bot.core import access
from bot.core.buttons import (
    Action,
    Attend,
    Choose,
    Correct,
    Enter,
    Leave,
    Own,
    ShareNumber,
    Step,
    Turn,
    Visit,
    decode,
)
from bot.core.centre import PARTNER
from bot.core.forms import FORMS
from bot.core.questions import Code, Date, Day, Number, Phone, Question, Time
from bot.core.questions import Text as Words
from bot.run.desk import COMMANDS_OF_STAFF
from handlers import leaving, menu
from storage.db import Transaction
from tests.discretion import rules
from tests.discretion.watch import Watch
from tests.people import Person, Standing, Town

IDS = ("draft", "case", "person", "visit", "version", "session", "section", "item")
"""Fields of buttons that say which row, and not what."""
IN_SIGHT = 6
"""Messages at the end of a chat whose buttons somebody would press."""
BACKWARDS = 2
"""Leaving, cancelling and going back are done too, but later: else no form would ever be filled."""
ASIDE = 1
ONWARD = 0.25
A_WHILE = 12
ATTENTIVE = 0.85
PAUSES = 0.3
BUSY = {"resident": 6, "head": 6, "foster_care": 5, "brigade": 4, "specialist": 4, "carer": 2}
"""Who does more than others."""
HARD_WORDS = ("не хочу жити", "він мене б'є", "I want to die")
ANSWERS = set().union(*(rules.options(form) for form in FORMS.values())) - {
    question.ask for form in FORMS.values() for question in form.questions
}
FOR_ALL, OF_STAFF = ({entry for entry, _ in entries} for entries in (menu.FOR_ALL, menu.FOR_STAFF))
FIXED = {option.key for form in FORMS.values() for question in form.questions for option in rules.fixed(question)}
OF_DRAFT = (Choose, Turn, Step, Correct, ShareNumber)

Key = tuple[object, ...]


@dataclass(frozen=True)
class Option:
    """Something that can be done now; `key` says what, apart from which row."""

    key: Key
    do: Callable[[], Awaitable[None]]
    cost: int = 0
    in_front: bool = False
    onward: bool = False


@dataclass
class Walker:
    """`kinds`: who is what. Answers are planted words, so that they are known wherever they turn up."""

    town: Town
    watch: Watch
    seed: int = 1
    people: list[tuple[str, Person]] = field(default_factory=list)
    done: Counter[Key] = field(default_factory=Counter)
    planted: int = 0
    pairs: dict[int, tuple[str, str]] = field(default_factory=dict)
    drafts: dict[int, tuple[str, str]] = field(default_factory=dict)
    pressed: dict[int, list[str]] = field(default_factory=dict)
    last: list[Key] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.chance = random.Random(self.seed)

    async def gather(self) -> None:
        """Residents in both languages, carers, one of every role."""
        for name, language in (("Оля", "uk"), ("Ana", "en"), ("Ніна", "uk")):
            person = self.town.person(name)
            await person.says("/start")
            await person.speaks(language)
            self.people.append(("resident", person))
        for audience in self.town.app.desk.centre.audiences[:2]:
            self.people.append(("carer", await self.town.carer("Галина", audience.key)))
        for number, role in enumerate(menu.ROLE_NAMES):
            language = ("uk", "en")[number % 2]
            scope = ("education_school",) if role == PARTNER else ()
            self.people.append((role, await self.town.staff(f"Працівник {number}", role, *scope, language=language)))

    async def walk(self, steps: int) -> None:
        """One after another takes the phone for a while; between them time may pass."""
        for _ in range(steps // A_WHILE):
            kind, person = self.chance.choices(self.people, [BUSY.get(kind, 1) for kind, _ in self.people])[0]
            for _ in range(A_WHILE):
                await self._does(person, [option async for option in self._options(kind, person)])
            if self.chance.random() < PAUSES:
                await self._does(None, [option async for option in self._waits()])

    async def _does(self, person: Person | None, options: list[Option]) -> None:
        """What was done least; mostly on the newest screen, so that long forms are filled."""
        in_front = [option for option in options if option.in_front]
        if in_front and person is not None and self.chance.random() < ATTENTIVE:
            options = in_front
        least = min(self._worn(option) for option in options)
        option = self.chance.choice([each for each in options if self._worn(each) == least])
        self.done[option.key] += 1
        self.last = [*self.last[-4:], option.key]
        await option.do()

    def _worn(self, option: Option) -> float:
        """How little it would bring: what leads on wears off more slowly than what leads back."""
        return self.done[option.key] * (ONWARD if option.onward else 1) + option.cost

    # What can be done

    async def _options(self, kind: str, person: Person) -> Any:
        if person.chat.blocked:
            yield Option(("comes back", kind), lambda: self._comes_back(person))
            return
        newest = max(
            (message for message in person.heard if message.buttons),
            key=lambda message: self.watch.touched.get((person.id, message.id), 0),
            default=None,
        )
        for message in person.heard[-IN_SIGHT:]:
            for option in self._presses(kind, person, message, in_front=message is newest):
                yield option
        question = await self._in_front(person)
        for option in self._typed(kind, person, question) if question else ():
            yield option
        for option in self._aside(kind, person, question[0] if question else ""):
            yield option

    def _presses(self, kind: str, person: Person, message: Standing, *, in_front: bool) -> Iterator[Option]:
        shape = tuple(dict.fromkeys(each for each in self.watch.shapes.get(message.text, ()) if each not in ANSWERS))
        for data in message.buttons.values():
            action = decode(data)
            if action is not None:
                key = (_as(kind, action), shape, *_what(action))
                yield Option(
                    key,
                    self._pressing(person, data, message.id),
                    BACKWARDS * _goes_back(action),
                    in_front,
                    _leads_on(action),
                )

    def _pressing(self, person: Person, data: str, message_id: int) -> Callable[[], Awaitable[None]]:
        async def press() -> None:
            self.pressed.setdefault(person.id, []).append(data)
            await self.town.hears(person.pressing_data(data, message_id))

        return press

    def _typed(self, kind: str, person: Person, question: tuple[str, str, Question]) -> Iterator[Option]:
        form, subject, asked = question
        samples = {
            "valid": lambda: self._sample(person, subject, asked),
            "nonsense": lambda: "?? ",
            "long": lambda: self._plant() + "щ" * 1700,
            "soft": self._plant,
        }
        for sort, sample in samples.items():
            yield Option(
                (kind if FORMS[form].staff else _whole(kind), "types", form, asked.name, sort),
                self._saying(person, sample),
                ASIDE * (sort != "valid"),
                sort == "valid",
                sort == "valid",
            )

    def _aside(self, kind: str, person: Person, form: str) -> Iterator[Option]:
        """What anybody may do at any time, whatever is on the screen."""
        branch = "branch" if form and FORMS[form].branch else "form" if form else ""
        staff, role, kind = kind in menu.ROLE_NAMES, kind, _whole(kind)
        for name in COMMANDS_OF_STAFF:
            yield Option((kind, branch, "/", name), self._saying(person, f"/{name}"), ASIDE)
        numbers = [number for number, _ in self.watch.codes] or ["K-1234"]
        yield Option((kind, "/case"), self._saying(person, f"/case {self.chance.choice(numbers)}"), 0 if staff else 1)
        yield Option((kind, branch, "/start code"), self._saying(person, "/start nonsense"), ASIDE)
        for entry, label in (*menu.FOR_ALL, *menu.FOR_STAFF) if staff else menu.FOR_ALL:
            word = self.town.languages.say(label, person.language)
            whose = role if entry in OF_STAFF else kind
            yield Option((whose, branch, "entry", entry), self._saying(person, word), ASIDE)
        for words in (*HARD_WORDS, leaving.WORDS[0]):
            yield Option((kind, branch, "says", words), self._saying(person, words), ASIDE + 0)
        yield Option((kind, branch, "words"), self._saying(person, self._plant), ASIDE)
        yield Option((kind, branch, "number"), lambda: person.shares("+380671234567"), ASIDE)
        yield Option((kind, branch, "another's number"), lambda: person.shares("+380671234567", of=1), ASIDE)
        yield Option((kind, branch, "voice"), person.sends_voice, ASIDE)
        yield Option((kind, branch, "nonsense"), lambda: self.town.hears(person.pressing_data("Z:1")), ASIDE)
        for data in self.pressed.get(person.id, ())[-20:]:
            action = decode(data)
            if action is not None:
                yield Option((kind, "again", type(action)), self._pressing(person, data, 1), ASIDE)
        yield Option((kind, "language", person.language), lambda: self._changes_language(person), BACKWARDS)
        if not staff:
            yield Option((kind, branch, "blocks"), person.blocks, BACKWARDS)

    async def _waits(self) -> Any:
        def ahead(tx: Transaction) -> dict[str, datetime]:
            rows = tx.all("SELECT kind, at FROM due WHERE done_at IS NULL ORDER BY at DESC")
            return {row["kind"]: row["at"] for row in rows}

        for kind, at in (await self.town.app.reader.look(ahead)).items():
            yield Option(("due", kind), self._until(at))
        yield Option(("a while",), self._until(self.town.clock.at + timedelta(minutes=7)))
        yield Option(("hours",), self._until(self.town.clock.at + timedelta(hours=5)))
        group = {"id": -5, "type": "group", "title": "Group"}
        yield Option(("group",), lambda: self._group_asks(group))

    # Doing it

    def _saying(self, person: Person, words: str | Callable[[], str]) -> Callable[[], Awaitable[None]]:
        """Words, or what makes them when their turn has come."""
        return lambda: person.says(words if isinstance(words, str) else words())

    def _until(self, at: datetime) -> Callable[[], Awaitable[None]]:
        async def wait() -> None:
            self.town.clock.at = max(at, self.town.clock.at)
            await self.town.app.ticker.tick()
            await self.town.settles()
            await self.town.app.ticker.forget()

        return wait

    async def _comes_back(self, person: Person) -> None:
        person.chat.blocked = False
        await person.says("/start")

    async def _changes_language(self, person: Person) -> None:
        person.language = "en" if person.language == "uk" else "uk"
        await person.says("/language")
        await person.presses("English" if person.language == "en" else "Українська")

    async def _group_asks(self, group: dict[str, Any]) -> None:
        update = self.people[0][1].saying("/start")
        await self.town.hears({"message": update["message"] | {"chat": group}})

    def _plant(self) -> str:
        self.planted += 1
        return f"Слово{self.planted:04}ника"

    def _sample(self, person: Person, subject: str, question: Question) -> str:
        """A valid answer to that kind of question; to a number and a code, such as somebody was told."""
        match question:
            case Phone() | Number() | Day() | Date() | Time():
                return _usual(question, self.town.clock.at)
            case Code():
                code = f"{self._plant()} кава"
                self.watch.codes.append((subject, code))
                return code
            case Words(name="number"):
                known = self.watch.codes or [("K-1234", "nonsense")]
                self.pairs[person.id] = self.chance.choice(known[-12:])
                return self.pairs[person.id][0]
            case _:
                return self.pairs.get(person.id, ("", "nonsense"))[1] if question.name == "code" else self._plant()

    # What is in front

    async def _in_front(self, person: Person) -> tuple[str, str, Question] | None:
        """Form, number of the case it is about, question: read off the newest button that answers one."""
        for message in reversed(person.heard[-IN_SIGHT:]):
            for data in message.buttons.values():
                action = decode(data)
                if isinstance(action, OF_DRAFT):
                    form, subject = await self._draft(action.draft)
                    question = FORMS[form].question(action.question) if form else None
                    return (form, subject, question) if question else None
        return None

    async def _draft(self, draft: int) -> tuple[str, str]:
        def look(tx: Transaction) -> tuple[str, str]:
            row = tx.one("SELECT form, subject_id FROM drafts WHERE id = :id", id=draft)
            case = tx.one("SELECT number FROM cases WHERE id = :id", id=row["subject_id"]) if row else None
            return (row["form"] if row else "", f"K-{case['number']}" if case else "")

        if draft not in self.drafts:
            self.drafts[draft] = await self.town.app.reader.look(look)
        return self.drafts[draft]


def _what(action: Action) -> Key:
    """The button, without which row it is about and which day or number it stands for."""
    if isinstance(action, Choose) and action.option not in FIXED:
        return (Choose, action.question)
    values = [getattr(action, each.name) for each in fields(action) if each.name not in IDS]
    return (type(action), *("".join("#" if sign.isdigit() else sign for sign in str(value)) for value in values))


def _whole(kind: str) -> str:
    """All of staff meet the same screens of residents."""
    return "staff" if kind in menu.ROLE_NAMES else kind


def _as(kind: str, action: Action) -> str:
    """What only staff may press is pressed by every role for itself."""
    return kind if _of_staff(action) else _whole(kind)


def _of_staff(action: Action) -> bool:
    what = f"entry {action.entry}" if isinstance(action, Enter) else access.pressing(action)
    return access.RESIDENT not in access.TABLE.get(what, ())


def _leads_on(action: Action) -> bool:
    on = isinstance(action, Step) and action.move in ("skip", "done", "send", "enough", "go_on")
    on = on or (isinstance(action, Enter) and action.entry not in FOR_ALL | {"menu"})
    return on or _of_staff(action) or isinstance(action, Choose | Own | Visit | Attend)


def _goes_back(action: Action) -> bool:
    away = isinstance(action, Step) and action.move in ("back", "cancel", "again", "keep")
    return away or isinstance(action, Leave)


def _usual(question: Phone | Number | Day | Date | Time, now: datetime) -> str:
    match question:
        case Phone():
            return "067 123 45 67"
        case Number():
            return str(question.least)
        case Date(ahead=ahead):
            return f"{now + timedelta(days=400 if ahead else -400):%d.%m.%Y}"
        case Day():
            return f"{now + timedelta(days=3):%d.%m}"
        case Time():
            return "14:30"
