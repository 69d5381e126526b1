"""What can happen in a history: hers, the staff's, the world's. A move that is not possible just now does nothing."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal, Protocol

from telegram.error import NetworkError, RetryAfter, TelegramError, TimedOut

from tests.people import Person
from tests.properties.life import Answer, Fault, Life, Told
from tests.properties.oracle import KYIV, MINUTE, Choice
from tests.stories.test_contact import receipt_of

Phone = Literal["ana", "bea"]
Hours = tuple[tuple[int, int], ...]

CHANNELS = {
    "here": "Yes, you can",
    "hours": "Only at certain hours",
    "call": "Better call me",
    "none": "Don't write. I will come back with a code",
}
HOURS = {(8, 12): "In the morning, 8 to 12", (12, 16): "At midday, 12 to 16", (16, 20): "Towards evening, 16 to 20"}
DAYS = {
    frozenset(range(7)): "Any day",
    frozenset(range(5)): "Monday to Friday",
    frozenset({5, 6}): "Saturday and Sunday",
    frozenset[int](): "Skip",
}
COVERS = {
    "": "Skip",
    "guide": "The guide has an update.",
    "office_hours": "Office hours",
    "find_us": "How to find us",
    "first_talk": "What happens at the office",
}
WAYS = {"here": "Write to me here", "call": "Call me", "come": "I will come to the centre"}
ENOUGH = "That is all"
ASKS_HOURS, ASKS_DAYS = "At which hours may we write?", "On which days?"
ASKS_COVER = "What may our notification look like?"
SECOND_CODE = "cherry garden"
A_DAY = timedelta(days=1)


class Move(Protocol):
    async def happens(self, life: Life) -> None: ...


# Hers


@dataclass(frozen=True)
class Reports:
    """Safety at home: filed with three answers; hours are named at once, or later, or never."""

    channel: Literal["here", "hours", "none"]
    hours: Hours = ()

    async def happens(self, life: Life) -> None:
        ana = life.ana
        await life.says(ana, "Safety at home")
        for label in ("Not this minute", CHANNELS[self.channel]):
            if not await life.presses(ana, label):
                return
        await life.presses(ana, "Centre", then=lambda: self._filed(life))
        if life.case is not None:
            life.case.number, life.case.code = await receipt_of(ana)
            life.case.number = life.case.number.removeprefix("K-")
            if self.hours:
                await NamesHours(self.hours).happens(life)

    def _filed(self, life: Life) -> None:
        if life.ana.sees("Received, K-"):
            life.case = Told("safety", "", "", life.ana, Choice(self.channel), life._began)


@dataclass(frozen=True)
class AsksForHelp:
    """Outside the branch: words may come in words."""

    way: Literal["here", "call", "come"]

    async def happens(self, life: Life) -> None:
        ana = life.ana
        await life.says(ana, "I need help")
        await life.presses(ana, "Me")
        await life.presses(ana, "Money and benefits")
        await life.presses(ana, "Skip")
        await life.presses(ana, "Centre")
        await life.presses(ana, WAYS[self.way])
        if self.way == "call":
            await life.says(ana, "067 123 45 67")
        await life.presses(ana, "I agree")
        await life.presses(ana, "Send", "Please check.", lambda: self._filed(life))

    def _filed(self, life: Life) -> None:
        receipt = next((each.text for each in life.ana.heard if each.text.startswith("Received, K-")), None)
        if receipt is not None:
            number = receipt.removeprefix("Received, K-").split(".")[0]
            life.case = Told("help", number, "", life.ana, Choice(self.way), life._began)


@dataclass(frozen=True)
class NamesHours:
    """On the sheet below the receipt, for as long as it works."""

    hours: Hours

    async def happens(self, life: Life) -> None:
        chosen = life.case.choice.hours if life.case else ()
        if life.case is None or life.shows(life.ana, ENOUGH, ASKS_HOURS) is None or chosen:
            return
        for span in self.hours:
            await life.presses(life.ana, HOURS[span], ASKS_HOURS)
        await life.presses(life.ana, "Done" if self.hours else "Skip", ASKS_HOURS, _taken(life, hours=self.hours))


@dataclass(frozen=True)
class GoesOn:
    """Down the sheet to its end, with days and a cover where they are asked; or no more than that."""

    days: frozenset[int]
    cover: str
    all_the_way: bool

    async def happens(self, life: Life) -> None:
        for _ in range(14 if self.all_the_way else 1):
            sheet = life.shows(life.ana, ENOUGH)
            if life.case is None or sheet is None:
                return
            before = sheet.text
            await self._answers(life, before)
            after = life.shows(life.ana, ENOUGH)
            if after is None or after.text == before:
                return
        if not self.all_the_way:
            await life.presses(life.ana, ENOUGH)

    async def _answers(self, life: Life, asked: str) -> None:
        if ASKS_DAYS in asked:
            await life.presses(life.ana, DAYS[self.days], ASKS_DAYS, _taken(life, days=self.days))
        elif ASKS_COVER in asked:
            await life.presses(life.ana, COVERS[self.cover], ASKS_COVER, _taken(life, cover=self.cover))
        elif ASKS_HOURS in asked:
            await life.presses(life.ana, "Skip", ASKS_HOURS, _taken(life, hours=()))
        else:
            await life.presses(life.ana, "Skip", asked)


def _taken(life: Life, **changed: object) -> Callable[[], None]:
    """The sheet went on to another question, so the answer counts, if the case is still this account's."""
    before = life.shows(life.ana, ENOUGH)
    asked = before.text if before else ""

    def taken() -> None:
        after = life.shows(life.ana, ENOUGH)
        if (after is None or after.text != asked) and life.case and life.case.holder is life.ana:
            life.chose(**changed)

    return taken


@dataclass(frozen=True)
class ComesBack:
    """With number and code, from either phone; it is safe now, or not."""

    phone: Phone
    safe: bool = True

    async def happens(self, life: Life) -> None:
        case, person = life.case, _person(life, self.phone)
        if case is None:
            return
        if not case.branch:
            await _looks_at_request(life, person, case)
        elif await _gives_code(life, person, case, case.code):
            safe = "Yes, it is safe" if self.safe else "Not now"
            await life.presses(person, safe, then=lambda: self._shown(life, person) if self.safe else None)

    def _shown(self, life: Life, person: Person) -> None:
        case = life.case
        assert case is not None
        if case.holder is person:
            assert life.shows(person, "Write to the specialist", f"{case.name}, "), "the code does not open the case"
            life.read(person)
            life.seen["came back"] += 1
        else:
            assert person.sees("a specialist first makes sure that it is you")
            case.asking = [*(each for each in case.asking if each is not person), person]


@dataclass(frozen=True)
class IsMadeToOpenIt:
    """The second code, from either phone."""

    phone: Phone

    async def happens(self, life: Life) -> None:
        case, person = life.case, _person(life, self.phone)
        if case is not None and not case.second:
            await ChoosesSecondCode("ana").happens(life)
        if case is not None and case.second and await _gives_code(life, person, case, case.second):
            await life.presses(person, "Yes, it is safe", then=lambda: self._opened(life, person))

    def _opened(self, life: Life, person: Person) -> None:
        assert life.case is not None
        assert person.sees("a question about benefits")
        life.case.duress = True
        life.seen["duress"] += 1
        life.owe()


@dataclass(frozen=True)
class ChoosesSecondCode:
    phone: Phone

    async def happens(self, life: Life) -> None:
        person = _person(life, self.phone)
        if await _has_page(life, person) and life.case is not None and life.case.branch:
            await life.presses(person, "Number and code")
            await life.presses(person, "A second code")
            if person.sees("Write the second code here:"):
                await life.says(person, SECOND_CODE, lambda: self._set(life, person))

    def _set(self, life: Life, person: Person) -> None:
        assert life.case is not None
        assert person.sees("The second code is set.")
        life.case.second = SECOND_CODE
        life.read(person)


@dataclass(frozen=True)
class Chooses:
    """Anew, in her opened case."""

    phone: Phone
    choice: Choice

    async def happens(self, life: Life) -> None:
        person, chosen = _person(life, self.phone), self.choice
        if not await _has_page(life, person):
            return
        await life.presses(person, "How we may write to you")
        if not await life.presses(person, CHANNELS[chosen.channel], "May we write to you here from now on?"):
            return
        if chosen.channel == "hours":
            for span in chosen.hours:
                await life.presses(person, HOURS[span], ASKS_HOURS)
            await life.presses(person, "Done" if chosen.hours else "Skip", ASKS_HOURS)
            await life.presses(person, DAYS[chosen.days], ASKS_DAYS)
        if chosen.channel == "call":
            await life.says(person, "067 123 45 67")
        if chosen.channel in ("here", "hours"):
            await life.presses(person, COVERS[chosen.cover], ASKS_COVER)
        await life.presses(person, "Send", "Please check.", lambda: self._noted(life, person))

    def _noted(self, life: Life, person: Person) -> None:
        if person.sees("Noted. From now on we keep to this.") and not life.shows(person, "Send", "Please check."):
            assert life.case is not None
            assert life.case.holder is person, "who does not hold the case has chosen for her"
            life.read(person)
            life.chose(
                channel=self.choice.channel, hours=self.choice.hours, days=self.choice.days, cover=self.choice.cover
            )


@dataclass(frozen=True)
class Writes:
    """To the specialist, from whichever phone shows a way to."""

    phone: Phone

    async def happens(self, life: Life) -> None:
        person = _person(life, self.phone)
        if life.case is None or not await life.presses(person, "Write to the specialist"):
            return
        if not person.sees("Your words leave this chat as soon as we have them."):
            return
        word = life.word("lark")
        life.case.letters.append(word)
        await life.says(person, f"Dear {word}.")
        assert person.sees("We have your words."), "her words were not taken"


@dataclass(frozen=True)
class LeavesNow:
    phone: Phone

    async def happens(self, life: Life) -> None:
        await life.says(_person(life, self.phone), "стоп")


@dataclass(frozen=True)
class Blocks:
    phone: Phone

    async def happens(self, life: Life) -> None:
        person = _person(life, self.phone)
        if not person.chat.blocked:
            await life.blocks(person)


@dataclass(frozen=True)
class Unblocks:
    phone: Phone

    async def happens(self, life: Life) -> None:
        person = _person(life, self.phone)
        if person.chat.blocked:
            person.chat.blocked = False
            await life.says(person, "/start")


# The staff's


@dataclass(frozen=True)
class Takes:
    async def happens(self, life: Life) -> None:
        await _is_taken(life)


@dataclass(frozen=True)
class Answers:
    async def happens(self, life: Life) -> None:
        if not await _is_taken(life) or not await life.presses(life.taker, "Write an answer"):
            return
        word = life.word("finch")
        await life.says(life.taker, f"Hello {word}.")
        await life.presses(life.taker, "Send", "Please check.", lambda: self._written(life, word))

    def _written(self, life: Life, word: str) -> None:
        case = life.case
        assert case is not None
        said = next(each.text for each in reversed(life.taker.heard) if each.text.startswith(f"{case.name}: "))
        case.answers.append(Answer(word, life._began, told=case.holder.chat.blocked))
        life.seen["answers"] += 1
        life.owe()
        if not case.holder.chat.blocked:
            self._is_promised(case, said, life._began)

    def _is_promised(self, case: Told, said: str, now: datetime) -> None:
        """The specialist sees when she will know of it, and it is so."""
        at = None if case.closed or case.duress else case.choice.first(now)
        if at is None:
            assert said.endswith("It will be read when the person comes back with number and code."), said
        elif at == now:
            assert said.endswith("goes now." if case.branch else "goes to the person now."), said
        else:
            local = at.astimezone(KYIV)
            assert f"{local.hour}:{local.minute:02}" in said, said


@dataclass(frozen=True)
class PlansVisit:
    """The first time, or another time for the same visit."""

    days: int
    clock: str

    async def happens(self, life: Life) -> None:
        if not await _is_taken(life):
            return
        staff = life.taker
        if not (await life.presses(staff, "Move") or await life.presses(staff, "Plan a visit")):
            return
        day = life.now.astimezone(KYIV).date() + timedelta(days=self.days)
        await life.presses(staff, "First visit at home")
        await life.says(staff, f"{day:%d.%m.%Y}")
        await life.says(staff, self.clock)
        hour, minute = map(int, self.clock.split(":"))
        starts_at = datetime(day.year, day.month, day.day, hour, minute, tzinfo=KYIV)
        planned = sum("visit planned for" in each.text for each in staff.chat.sent)
        await life.presses(staff, "Send", "Please check.", lambda: self._planned(life, starts_at, planned))

    def _planned(self, life: Life, starts_at: datetime, before: int) -> None:
        if sum("visit planned for" in each.text for each in life.taker.chat.sent) > before:
            assert life.case is not None
            life.case.visit_at, life.case.news_of_visit = starts_at, True
            life.covers_due += 3
            life.seen["visits"] += 1


@dataclass(frozen=True)
class EndsVisit:
    label: Literal["Cancel it", "It took place"]

    async def happens(self, life: Life) -> None:
        if life.case is not None and life.case.visit_at is None:
            await PlansVisit(1, "14:00").happens(life)
        await life.presses(life.taker, self.label, then=lambda: self._ended(life))

    def _ended(self, life: Life) -> None:
        assert life.case is not None
        life.case.visit_at = None
        if self.label == "Cancel it":
            life.case.news_of_visit = True
            life.covers_due += 1


@dataclass(frozen=True)
class ClosesCase:
    async def happens(self, life: Life) -> None:
        if not await _is_taken(life) or not await life.presses(life.taker, "Close the case"):
            return
        for label in ("Overcome", "Overcome or reduced", "Skip"):
            await life.presses(life.taker, label)
        await life.presses(life.taker, "Send", "Please check.", lambda: self._closed(life))

    def _closed(self, life: Life) -> None:
        assert life.case is not None
        life.case.closed = life.taker.sees(f"{life.case.name} is closed.")
        life.owe()


@dataclass(frozen=True)
class SaysSafeAgain:
    async def happens(self, life: Life) -> None:
        if life.case is not None and life.case.duress and await _is_taken(life):
            await life.presses(life.taker, "Open the card", looks=True)
            await life.presses(life.taker, "It is safe again", then=lambda: self._safe(life), looks=True)

    def _safe(self, life: Life) -> None:
        assert life.case is not None
        life.case.duress = False
        life.owe()


@dataclass(frozen=True)
class Checks:
    """The other account: hers, or somebody else's."""

    same: bool

    async def happens(self, life: Life) -> None:
        if not await _is_taken(life) or life.case is None:
            return
        if not life.case.asking:
            await ComesBack("bea" if life.case.holder is life.ana else "ana").happens(life)
        if len(life.case.asking) != 1:
            return
        label = "It is the same person" if self.same else "It is somebody else"
        await life.presses(life.taker, label, then=lambda: self._decided(life), looks=True)

    def _decided(self, life: Life) -> None:
        case = life.case
        assert case is not None
        [person], case.asking = case.asking, []
        if self.same:
            assert life.taker.sees("goes on with the new account")
            case.holder = person
            for answer in case.unread:
                answer.told = person.chat.blocked
            life.seen["accounts changed"] += 1
            life.owe()


@dataclass(frozen=True)
class RenewsCode:
    async def happens(self, life: Life) -> None:
        if life.case is None or not life.case.branch or not await _is_taken(life):
            return
        if await life.presses(life.taker, "A new code"):
            told = next(each.text for each in reversed(life.taker.heard) if "new code: " in each.text)
            life.case.code = told.split("new code: ")[1].split(".")[0]


@dataclass(frozen=True)
class ReadsTalk:
    async def happens(self, life: Life) -> None:
        await life.presses(life.taker, "Messages", looks=True)


# The world's


@dataclass(frozen=True)
class Passes:
    minutes: int

    async def happens(self, life: Life) -> None:
        await life.passes(self.minutes)


@dataclass(frozen=True)
class Rests:
    """The bot is stopped and started again after so many minutes."""

    minutes: int

    async def happens(self, life: Life) -> None:
        await life.rests(self.minutes)


@dataclass(frozen=True)
class Fails:
    """What Telegram does to the next calls, after so many that go well."""

    kinds: tuple[Literal["wait", "network", "lost", "late"], ...]
    after: int

    async def happens(self, life: Life) -> None:
        errors = [Fault(self._error(kind), arrives=kind == "late") for kind in self.kinds]
        life.wire.faulty = [*[None] * self.after, *errors]

    def _error(self, kind: str) -> TelegramError:
        return {"wait": RetryAfter(20), "network": NetworkError("Bad Gateway")}.get(kind) or TimedOut()


@dataclass(frozen=True)
class Crashes:
    """At an update soon after: the first of the answers have gone, or were about to."""

    how: Literal["sent", "unsent"]
    after: int

    async def happens(self, life: Life) -> None:
        life.crashing, life.crashing_after = self.how, self.after


# The end


async def is_looked_back_at(life: Life) -> None:
    """What is owed comes; then she returns from the phone that holds the case, and every answer can be read."""
    case = life.case
    life.wire.faulty, life.crashing = [], ""
    if case is None:
        return
    if case.unread or case.visit_at:
        owed = [answer.owed for answer in case.answers if answer.owed]
        await life.passes(int((max([life.now + A_DAY, *owed]) - life.now) / MINUTE) + 1)
    her = case.holder
    await Unblocks("ana" if her is life.ana else "bea").happens(life)
    await _opens_guide(life, her)
    allowed = life.covers_due + 2 + 2 * life.wire.troubles
    assert life.seen["pushes as covers"] <= allowed, f"{life.seen['pushes as covers']} covers for {allowed} reasons"
    await ComesBack("ana" if her is life.ana else "bea").happens(life)
    missing = {answer.words for answer in case.answers}
    await life.presses(her, "Messages", f"{case.name}, ")
    while True:
        missing -= {words for words in missing if her.sees(words)}
        if not missing or not await life.presses(her, "Earlier ›"):
            break
    assert not missing, f"answers that she cannot read: {missing}"
    assert await life.town.count("letters", "NOT from_staff") == len(case.letters), "words of hers are lost"
    life.seen["answers found"] += len(case.answers)


async def _opens_guide(life: Life, her: Person) -> None:
    """A cover opens what it says, and never asks for a code."""
    standing = [
        each for each in her.heard if "Open the guide" in each.buttons and each.text.startswith(("The g", "Gui"))
    ]
    assert len(standing) <= 1 + life.wire.troubles, "covers pile up"
    if standing:
        cover = standing[-1].text
        await life.presses(her, "Open the guide", cover)
        title = cover.removeprefix("Guide: “").removesuffix("” has changed.")
        assert her.sees("What are you looking for?" if title == cover else f"{title}\n"), her.last
        assert not her.sees("Code:")


async def _looks_at_request(life: Life, person: Person, case: Told) -> None:
    """Outside the branch it opens without a code, for the account that asked."""
    if person is case.holder:
        await life.says(person, "My requests")
        await life.presses(person, case.name, then=lambda: life.read(person))


async def _gives_code(life: Life, person: Person, case: Told, code: str) -> bool:
    await life.says(person, "My requests")
    await life.presses(person, "Open by number and code")
    await life.says(person, case.number)
    return await life.says(person, code) and person.sees("Is it safe to read and to write here now?")


async def _has_page(life: Life, person: Person) -> bool:
    """Her case is open on this phone, opened by the code if need be."""
    if life.case is None or life.case.holder is not person or life.case.closed or person.chat.blocked:
        return False
    if life.shows(person, "How we may write to you") is None:
        await ComesBack("ana" if person is life.ana else "bea").happens(life)
    return life.shows(person, "How we may write to you") is not None


async def _is_taken(life: Life) -> bool:
    """Somebody has it, takes it now, or it is closed."""
    case = life.case
    if case is None or case.closed:
        return False
    if case.taken_at is None:
        await life.presses(life.taker, "Take", then=lambda: _note_taken(life), looks=True)
        await life.presses(life.taker, "First contact made", looks=True)
    return case.taken_at is not None


def _note_taken(life: Life) -> None:
    assert life.case is not None
    if life.taker.sees("is yours since"):
        life.case.taken_at = life.now


def _person(life: Life, phone: Phone) -> Person:
    return life.ana if phone == "ana" else life.bea
