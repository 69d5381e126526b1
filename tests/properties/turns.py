"""What can happen in a centre: arrivals, presses, duty, time, faults. What is not possible just now is refused.

A number in a move picks one of those whom, or which, it may concern at that moment, so that a history can be repeated
and made shorter.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from sqlite3 import Row
from typing import Literal, Protocol

from bot.core.buttons import (
    Accept,
    Action,
    Again,
    Air,
    Answer,
    Claim,
    Clock,
    Close,
    Contacted,
    Decline,
    Duty,
    Give,
    Hand,
    HandOn,
    HandOver,
    Kin,
    Lease,
    Mark,
    Mistaken,
    Own,
    Passed,
    PlanVisit,
    Road,
    Roster,
    TakeOver,
    Todo,
    Visit,
    encode,
)
from storage import cases, erasing
from storage.db import Transaction
from tests.people import Person
from tests.properties.ledger import KYIV, moment
from tests.properties.rounds import SCHOOL, Rounds

DISTRICTS = ("Centre", "Zarichchia")
STREETS = ("Terensvitna 12", "Ozhynova 3", "Sadova 7")
PHONES = ("067 123 45 67", "050 765 43 21", "063 111 22 33")
WHY_BACK = ("road", "busy", "known", "ill", "not_ours")
NOT_HELD = ("nobody_home", "refused", "another_time", "wrong_address", "moved_away", "not_safe", "called_off")
STEPS = ("visit_again", "call", "find", "with_police", "decision", "service")
FEWEST = 4
"""Cases in a history that are open at the same time at most, times two: more would hide each other."""
OPEN = "closed_at IS NULL AND withdrawn_at IS NULL AND joined_to IS NULL"
WAITING = f"{OPEN} AND claimed_by IS NULL"
TAKEN = f"{OPEN} AND claimed_by IS NOT NULL"


class Turn(Protocol):
    async def happens(self, life: Rounds) -> None: ...


def picked(life: Rounds, condition: str, n: int, table: str = "cases") -> Row | None:
    """One of the rows."""
    found = life.rows(f"SELECT * FROM {table} WHERE {condition} ORDER BY id")
    return found[n % len(found)] if found else None


def one(people: Sequence[Person], n: int) -> Person | None:
    return people[n % len(people)] if people else None


async def acts(life: Rounds, person: Person | None, *actions: Action) -> bool:
    """By the one whom it concerns; nothing without one."""
    if person is None:
        return False
    for action in actions:
        await life.presses(person, action)
    return True


@dataclass(frozen=True)
class Arrives:
    """A case, by one of the six ways in; `family` is whose phone and street are told."""

    way: Literal["help", "safety", "child", "other", "register", "notice"]
    who: int
    family: int
    district: int
    now: bool
    more: bool

    async def happens(self, life: Rounds) -> None:
        if len(life.rows(f"SELECT 1 FROM cases WHERE {OPEN}")) >= 2 * FEWEST:
            return
        before = life.rows("SELECT count(*) AS n FROM cases")[0]["n"]
        resident = life.residents[self.who % 3]
        if self.way in ("help", "safety", "child", "other"):
            await life.says(resident, "/cancel")
        await {
            "help": self._help,
            "safety": self._safety,
            "child": self._child,
            "other": self._other,
            "register": self._register,
            "notice": self._notice,
        }[self.way](life, resident)
        arrived = life.rows("SELECT count(*) AS n FROM cases")[0]["n"] > before
        life.seen[f"arrived: {self.way}"] += arrived
        for each in resident.heard:
            if found := re.search(r"number K-(\d+), code ([\w-]+)", each.text):
                life.codes[found[1]] = found[2]

    async def _help(self, life: Rounds, person: Person) -> None:
        await life.fills(person, ">I need help", "Me", "Money and benefits", "Skip", DISTRICTS[self.district],
                         "Call me", f">{PHONES[self.family]}", "I agree", "Send")  # fmt: skip

    async def _safety(self, life: Rounds, person: Person) -> None:
        danger = "The danger is now" if self.now else "Not this minute"
        write = "Yes, you can" if self.who % 2 else "Don't write. I will come back with a code"
        filed = await life.fills(person, ">Safety at home", danger, write, DISTRICTS[self.district])
        if filed and self.more:
            await life.fills(person, f">{STREETS[self.family]}", f">{PHONES[self.family]}", "Skip", "Yes", "Skip")
        if filed:
            await life.fills(person, "That is all")

    async def _child(self, life: Rounds, person: Person) -> None:
        danger = "The danger is now" if self.now else "Not this minute"
        filed = await life.fills(person, ">Safety at home", "I am under 18", danger,
                                 "Don't write. I will come back with a code", DISTRICTS[self.district])  # fmt: skip
        if filed:
            await life.fills(person, "That is all")

    async def _other(self, life: Rounds, person: Person) -> None:
        danger = "The danger is now" if self.now else "Not this minute"
        await life.fills(person, ">Help for another family", danger, f">The family at {STREETS[self.family]}",
                         DISTRICTS[self.district], "Skip", "Skip", "Skip", "I agree", "Send")  # fmt: skip

    async def _register(self, life: Rounds, _: Person) -> None:
        writer = one(life.at_work(), self.who)
        if writer is None:
            return
        urgency = "Urgent" if self.now else "Planned"
        whose = "I take it myself" if self.more and self.family else "To the team, as the rules say"
        filled = await life.fills(
            writer, ">Enter a case", "Notice from another body", "More · 1/3 ›", "Police", urgency, "Yes", "Skip",
            DISTRICTS[self.district], "A family", "1", ">Family", f">{PHONES[self.family]}",
            f">{STREETS[self.family]}", "Skip", whose,
        )  # fmt: skip
        if filled and self.more:
            at = (life.now - timedelta(hours=20)).astimezone(KYIV)
            await life.fills(writer, "Edit: Received", f">{at:%d.%m %H:%M}")
        await life.fills(writer, "Send")

    async def _notice(self, life: Rounds, _: Person) -> None:
        danger = "The danger is now" if self.now else "Not this minute"
        await life.fills(life.people[SCHOOL], ">Tell the centre", danger, DISTRICTS[self.district],
                         f">{STREETS[self.family]}", "2", f">{PHONES[self.family]}", "Skip", "Send")  # fmt: skip


@dataclass(frozen=True)
class Takes:
    case: int
    who: int

    async def happens(self, life: Rounds) -> None:
        case = picked(life, WAITING, self.case)
        if case is not None:
            await acts(life, one(able(life, case), self.who), Claim(case["id"]))


def able(life: Rounds, case: Row) -> list[Person]:
    """Whose team the case is; without them, whoever is at work."""
    roles = {"brigade": "brigade", "district_specialists": "specialist"}
    return life.at_work(roles.get(case["team"], "head"), "head") or life.at_work()


@dataclass(frozen=True)
class TakeTogether:
    """Two or three presses in the same moment: exactly one has it afterwards, and only that one reads so."""

    case: int
    who: int
    more: int

    async def happens(self, life: Rounds) -> None:
        case = picked(life, WAITING, self.case)
        if case is not None:
            await together(life, case, [(each, Claim(case["id"])) for each in able(life, case)][: 2 + self.more])


async def together(life: Rounds, case: Row, presses: Sequence[tuple[Person, Action]]) -> int:
    """All of them come in at once; how many have read that the case is theirs."""
    heard = {person.id: len(person.chat.sent) for person, _ in presses}
    history = len(life.rows("SELECT 1 FROM history WHERE case_id = :id AND what = 'claimed'", id=case["id"]))
    await life.does(*(person.pressing_data(encode(action)) for person, action in presses))
    took = len(life.rows("SELECT 1 FROM history WHERE case_id = :id AND what = 'claimed'", id=case["id"])) - history
    told = [text for person, _ in presses for text in _new(person, heard[person.id], f"K-{case['number']} is yours")]
    assert took <= 1, f"{took} have taken case {case['id']}"
    assert life.cuts or len(told) <= 1, f"{len(told)} were told that case {case['id']} is theirs"
    return took


def _new(person: Person, since: int, words: str) -> list[str]:
    return [message.text for message in person.chat.sent[since:] if words in message.text]


@dataclass(frozen=True)
class Declines:
    case: int
    who: int
    why: int

    async def happens(self, life: Rounds) -> None:
        case = picked(life, WAITING, self.case)
        if case is not None:
            await acts(
                life, one(able(life, case), self.who), Decline(case["id"]), Passed(case["id"], WHY_BACK[self.why % 5])
            )


@dataclass(frozen=True)
class HolderDoes:
    """What whoever has a case does about it by a press."""

    what: Literal["contacted", "extends", "gives_back", "hands_on", "asks_whom"]
    case: int
    why: int

    async def happens(self, life: Rounds) -> None:
        fresh = " AND contacted_at IS NULL" if self.what in ("contacted", "extends") else ""
        case = picked(life, TAKEN + fresh, self.case)
        if case is None:
            return
        id_ = case["id"]
        actions: dict[str, list[Action]] = {
            "contacted": [Contacted(id_)],
            "extends": [Lease(id_, "extend")],
            "gives_back": [Lease(id_, "back"), Lease(id_, WHY_BACK[self.why % 5])],
            "hands_on": [HandOn(id_)],
            "asks_whom": [Hand(id_)],
        }
        await acts(life, life.who(case["claimed_by"]), *actions[self.what])


@dataclass(frozen=True)
class Answers:
    """Behind her code, or in words where she may be written to: the first contact."""

    case: int

    async def happens(self, life: Rounds) -> None:
        case = picked(life, f"{TAKEN} AND form IN ('help', 'safety', 'child')", self.case)
        holder = life.who(case["claimed_by"]) if case else None
        if case is not None and holder is not None:
            await life.presses(holder, Answer(case["id"]))
            await life.fills(holder, ">We are here", "Send")


@dataclass(frozen=True)
class LeaseLapses:
    """Nobody does anything until it is over."""

    case: int

    async def happens(self, life: Rounds) -> None:
        case = picked(life, f"{TAKEN} AND contacted_at IS NULL", self.case)
        if case is None:
            return
        ends = life.rows("SELECT at FROM due WHERE kind = 'lease_over' AND subject_id = :id AND done_at IS NULL",
                         id=case["id"])  # fmt: skip
        for row in ends[:1]:
            minutes = (moment(row["at"]) - life.now) / timedelta(minutes=1)
            await life.passes(min(int(minutes) + 1, 24 * 60))


@dataclass(frozen=True)
class HandsOver:
    """The holder asks a colleague, who says yes, no, or nothing."""

    case: int
    to: int
    says: Literal["yes", "no", "nothing"]

    async def happens(self, life: Rounds) -> None:
        case = picked(life, TAKEN, self.case)
        holder = life.who(case["claimed_by"]) if case else None
        if case is None or holder is None:
            return
        to = one([each for each in able(life, case) if each is not holder], self.to)
        if to is None:
            return
        await acts(life, holder, Hand(case["id"]), Give(case["id"], life.numbers[to.id]))
        if self.says != "nothing":
            await life.presses(to, Accept(case["id"], case["claimed_by"], int(self.says == "yes")))


@dataclass(frozen=True)
class HeadAssigns:
    case: int
    by: int
    to: int

    async def happens(self, life: Rounds) -> None:
        case = picked(life, OPEN, self.case)
        by = one(life.at_work("head", "deputy", "dispatcher"), self.by)
        to = one(able(life, case), self.to) if case else None
        if case is not None and to is not None:
            await acts(life, by, Give(case["id"], life.numbers[to.id]))


@dataclass(frozen=True)
class PlansVisit:
    case: int
    days: int
    at: str

    async def happens(self, life: Rounds) -> None:
        case = picked(life, TAKEN, self.case)
        holder = life.who(case["claimed_by"]) if case else None
        if case is None or holder is None:
            return
        day = (life.now + timedelta(days=self.days)).astimezone(KYIV)
        await life.presses(holder, PlanVisit(case["id"]))
        await life.fills(holder, "First visit at home", f">{day:%d.%m}", f">{self.at}", "Send")


@dataclass(frozen=True)
class PlansMany:
    """Visits that recur, from so many days ahead."""

    case: int
    days: int
    how: str

    async def happens(self, life: Rounds) -> None:
        case = picked(life, TAKEN, self.case)
        holder = life.who(case["claimed_by"]) if case else None
        if case is None or holder is None:
            return
        day = (life.now + timedelta(days=self.days)).astimezone(KYIV)
        await life.presses(holder, PlanVisit(case["id"]))
        await life.fills(holder, "Support visit", f">{day:%d.%m}", ">14:00", self.how, "Skip", "Send")


@dataclass(frozen=True)
class ChangesMany:
    """One of them, or all from one on, moved or called off."""

    visit: int
    move: Literal["cancel.one", "cancel.on", "move.one", "move.on"]
    days: int

    async def happens(self, life: Rounds) -> None:
        visit = picked(life, "state = 'planned' AND series_id IS NOT NULL", self.visit, "visits")
        goes = life.who(visit["specialist_id"]) if visit else None
        if visit is None or goes is None:
            return
        await acts(life, goes, Again(visit["id"], visit["version"], self.move))
        if self.move.startswith("move"):
            day = (life.now + timedelta(days=self.days)).astimezone(KYIV)
            await life.fills(goes, f">{day:%d.%m}", ">10:00", "Send")


@dataclass(frozen=True)
class Goes:
    """On the way, inside, out, and what came of it."""

    visit: int
    move: Literal["on_way", "inside", "out", "longer", "police", "held", "not_held", "cancel", "step"]
    why: int

    async def happens(self, life: Rounds) -> None:
        visit = picked(life, "state = 'planned'", self.visit, "visits")
        if self.move == "step":
            visit = picked(life, "state <> 'planned'", self.visit, "visits")
        goes = life.who(visit["specialist_id"]) if visit else None
        if visit is None or goes is None:
            return
        id_, version = visit["id"], visit["version"]
        actions: dict[str, list[Action]] = {
            "held": [Visit(id_, version, "held")],
            "cancel": [Visit(id_, version, "cancel")],
            "not_held": [Road(id_, "no"), Road(id_, f"no.{NOT_HELD[self.why % len(NOT_HELD)]}")],
            "step": [Mark(visit["case_id"], "step", STEPS[self.why % len(STEPS)])],
        }
        await acts(life, goes, *actions.get(self.move, [Road(id_, self.move)]))


@dataclass(frozen=True)
class WholeVisit:
    """Set out, gone in, out again, some time between, and held or not."""

    visit: int
    minutes: int
    held: bool
    why: int

    async def happens(self, life: Rounds) -> None:
        for move in ("on_way", "inside"):
            await Goes(self.visit, move, 0).happens(life)
        await life.passes(self.minutes)
        for move in ("out", "held" if self.held else "not_held"):
            await Goes(self.visit, move, self.why).happens(life)  # type: ignore[arg-type]


@dataclass(frozen=True)
class Closes:
    case: int

    async def happens(self, life: Rounds) -> None:
        case = picked(life, "closed_at IS NULL AND joined_to IS NULL AND claimed_by IS NOT NULL", self.case)
        holder = life.who(case["claimed_by"]) if case else None
        if case is not None and holder is not None:
            await life.presses(holder, Close(case["id"]))
            await life.fills(holder, "Reduced", "Moved away", "Skip", "Send")


@dataclass(frozen=True)
class SheDoes:
    """On the page of her own case: withdraws, goes on, says that it was a mistake, keeps somebody away, erases."""

    what: Literal["withdraw", "go_on", "mistaken", "keeps_role", "keeps_name", "erase", "keep"]
    case: int
    whom: int

    async def happens(self, life: Rounds) -> None:
        form = "form IN ('help', 'safety', 'child')"
        stands = "withdrawn_at IS NOT NULL" if self.what == "go_on" else "withdrawn_at IS NULL"
        case = picked(life, f"closed_at IS NULL AND erased_at IS NULL AND {form} AND {stands}", self.case)
        if case is None:
            return
        she = await self._opens(life, case)
        if she is None:
            return
        id_ = case["id"]
        name = ("Olena", "Iryna", "Petro", "Maria")[self.whom % 4]
        actions: dict[str, Action] = {
            "withdraw": Own(id_, "rights.withdraw_yes"),
            "go_on": Own(id_, "rights.go_on"),
            "mistaken": Mistaken(id_),
            "keeps_role": Own(id_, f"away.role.{('specialist', 'brigade', 'head')[self.whom % 3]}"),
            "keeps_name": Own(id_, "awayname"),
            "erase": Own(id_, "erase" if case["branch"] else "rights.erase_yes"),
            "keep": Own(id_, "rights.keep"),
        }
        await life.presses(she, actions[self.what])
        if self.what == "keeps_name":
            await life.says(she, name)
        if self.what == "erase" and case["branch"]:
            await life.says(she, life.codes.get(case["number"], "?"))

    async def _opens(self, life: Rounds, case: Row) -> Person | None:
        """With number and code, where it is asked for."""
        link = life.rows("SELECT person_id FROM links WHERE case_id = :id AND standing = 'holds'", id=case["id"])
        she = next((each for each in life.residents if link and life.numbers[each.id] == link[0]["person_id"]), None)
        if she is not None and case["branch"]:
            await life.says(she, "/cancel")
            code = life.codes.get(case["number"], "?")
            await life.fills(she, ">My requests", "Open by number and code", f">{case['number']}", f">{code}",
                             "Yes, it is safe")  # fmt: skip
        return she


@dataclass(frozen=True)
class Erases:
    """As an operator does by the command, at once."""

    case: int

    async def happens(self, life: Rounds) -> None:
        row = picked(life, "erased_at IS NULL AND closed_at IS NOT NULL", self.case)

        def erase(tx: Transaction) -> None:
            case = cases.by_id(tx, row["id"]) if row else None
            if case is not None:
                erasing.erase(tx, case, now=life.now)

        await life.beside(erase)
        await life.settles()
        await life.looks()


@dataclass(frozen=True)
class OnDuty:
    who: int
    on: bool

    async def happens(self, life: Rounds) -> None:
        await acts(life, one(life.at_work(), self.who), Duty(int(self.on)))


@dataclass(frozen=True)
class EverybodyGoes:
    """The last one puts out the light."""

    role: Literal["brigade", "specialist"]

    async def happens(self, life: Rounds) -> None:
        for person in life.at_work(self.role):
            await life.presses(person, Duty(0))


@dataclass(frozen=True)
class HandsDuty:
    who: int
    to: int
    yes: bool

    async def happens(self, life: Rounds) -> None:
        giver = one(life.at_work("brigade", "specialist"), self.who)
        others = [each for each in life.at_work("brigade", "specialist") if each is not giver]
        to = one(others, self.to)
        if giver is None or to is None:
            return
        await acts(life, giver, HandOver(life.numbers[to.id]))
        await acts(life, to, TakeOver(life.numbers[giver.id], int(self.yes)))


@dataclass(frozen=True)
class TakesLeave:
    who: int
    first: int
    days: int

    async def happens(self, life: Rounds) -> None:
        person = one(life.at_work(), self.who)
        if person is None:
            return
        first = (life.now + timedelta(days=self.first)).astimezone(KYIV)
        last = first + timedelta(days=self.days)
        await life.presses(person, Roster(life.numbers[person.id], "leave"))
        await life.fills(person, f">{first:%d.%m}", f">{last:%d.%m}", "Send")


@dataclass(frozen=True)
class NoLeave:
    who: int

    async def happens(self, life: Rounds) -> None:
        person = one(life.at_work(), self.who)
        await acts(life, person, *([Roster(life.numbers[person.id], "back")] if person else []))


@dataclass(frozen=True)
class ShiftPlanned:
    """The head plans somebody's days, or clears the week."""

    who: int
    starts: str
    ends: str
    clear: bool

    async def happens(self, life: Rounds) -> None:
        head = one(life.at_work("head", "deputy"), 0)
        person = one(life.at_work("brigade", "specialist"), self.who)
        if head is None or person is None:
            return
        if self.clear:
            await life.presses(head, Roster(life.numbers[person.id], "clear"))
            return
        await life.presses(head, Roster(life.numbers[person.id], "shift"))
        await life.fills(head, "Mo", "We", "Fr", "Su", "Done", f">{self.starts}", f">{self.ends}", "all teams", "Send")


@dataclass(frozen=True)
class IsRevoked:
    """Anybody, rather somebody who has a task, as long as somebody is left who answers for the centre."""

    who: int

    async def happens(self, life: Rounds) -> None:
        heads = life.at_work("head", "deputy")
        tasked = {row["person_id"] for row in life.rows("SELECT person_id FROM tasks WHERE done_at IS NULL")}
        free = [each for each in life.at_work() if heads != [each]]
        busy = [each for each in free if life.numbers[each.id] in tasked]
        person = one(busy if busy and self.who > 2 else free, self.who)
        if person is not None and len(life.at_work()) > 4:
            await life.revokes(person)
            await life.settles()
            await life.looks()
            await life.passes(2)


@dataclass(frozen=True)
class Joins:
    role: Literal["brigade", "specialist", "deputy"]
    district: bool

    async def happens(self, life: Rounds) -> None:
        await life.joins(self.role, *(["center"] if self.district and self.role == "specialist" else []))


@dataclass(frozen=True)
class Restarts:
    """The process ends and begins again, some minutes later."""

    minutes: int

    async def happens(self, life: Rounds) -> None:
        await life.rests(self.minutes)


@dataclass(frozen=True)
class PowerFails:
    """At the n-th statement of what happens next."""

    after: int

    async def happens(self, life: Rounds) -> None:
        life.power.left = self.after


@dataclass(frozen=True)
class Passes:
    minutes: int

    async def happens(self, life: Rounds) -> None:
        await life.passes(self.minutes)


@dataclass(frozen=True)
class Sounds:
    """An air-raid alarm, or its end."""

    on: bool

    async def happens(self, life: Rounds) -> None:
        await acts(life, one(life.at_work("head", "deputy", "dispatcher"), 0), Air("on" if self.on else "off", ""))


@dataclass(frozen=True)
class Families:
    """Two cases that look alike are joined, parted, or told apart."""

    pair: int
    move: Literal["join", "part", "apart"]
    head: bool

    async def happens(self, life: Rounds) -> None:
        state = "joined" if self.move == "part" else "likely"
        found = life.rows("SELECT * FROM likenesses WHERE state = :state ORDER BY first_id, second_id", state=state)
        if not found:
            return
        pair = found[self.pair % len(found)]
        first = picked(life, f"id = {pair['first_id']}", 0)
        holder = life.who(first["claimed_by"]) if first and not self.head else None
        by = holder or one(life.at_work("head"), 0)
        await acts(life, by, Kin(pair["first_id"], pair["second_id"], self.move))


@dataclass(frozen=True)
class Clocks:
    """A deadline is met, or sent to the body that decides."""

    deadline: int
    move: Literal["met", "sent"]

    async def happens(self, life: Rounds) -> None:
        runs = "met_at IS NULL AND dropped_at IS NULL AND case_id IN (SELECT id FROM cases WHERE claimed_by > 0)"
        keys = "('service_decision', 'service_decision_emergency')" if self.move == "sent" else "(SELECT key)"
        deadline = picked(life, f"{runs} AND key IN {keys}", self.deadline, "deadlines")
        case = picked(life, f"id = {deadline['case_id']}", 0) if deadline else None
        if deadline is not None and case is not None:
            await acts(life, life.who(case["claimed_by"]), Clock(deadline["id"], self.move))


@dataclass(frozen=True)
class Tasks:
    task: int
    move: Literal["done", "later"]

    async def happens(self, life: Rounds) -> None:
        task = picked(life, "done_at IS NULL", self.task, "tasks")
        if task is not None:
            await acts(life, life.who(task["person_id"]), Todo(task["id"], task["version"], self.move))


async def ends(life: Rounds) -> None:
    """Whatever the history has left is looked at for another day; what was written into the cases is counted."""
    life.power.left = None
    await life.passes(26 * 60)
    for row in life.rows("SELECT what, count(*) AS n FROM history GROUP BY what"):
        life.seen[f"written: {row['what'].partition('.')[0]}"] += row["n"]
