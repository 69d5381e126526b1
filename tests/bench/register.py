"""A full register against a small one: the bot's own time for what a specialist does all day."""

import asyncio
import contextlib
import sys
import time
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

from bot.core import profile
from bot.core.buttons import Action, Claim, Open, encode
from bot.core.cases import with_check_digit
from storage import seal
from storage.cases import CONTENT, NOTE
from storage.db import Transaction, connect
from storage.seal import Vault
from tests.bench import processes
from tests.bench.figures import percentile
from tests.people import MONDAY, Person, Town

PIECE = 5000
ACTS_EACH, WARM_UP = 300, 20
ACTS = {"My day": "Мій день", "a queue page": "Черга"}
TOLD = {
    "need": "care", "contact": "call", "name": "Мешканка міста", "phone": "+380501234567",
    "address": "вул. Соборна, 1, кв. 2", "story": "Потрібна допомога вдома, поки я в лікарні. " * 4,
}  # fmt: skip
STATES = ("claimed", "contacted", "visit_planned", "visited")


@dataclass(frozen=True, slots=True)
class Size:
    """`mine`: open cases of one specialist; `waiting`: that nobody has; `others`: open ones of colleagues."""

    name: str
    cases: int
    mine: int
    waiting: int
    others: int


SMALL = Size("small", 1_000, 50, 50, 100)
FULL = Size("full", 100_000, 500, 500, 2_000)
COLLEAGUES = 20


@dataclass(slots=True)
class Seen:
    """Milliseconds of each act, and how long the register took to build."""

    size: Size
    built: float
    file: int
    acts: dict[str, list[float]] = field(default_factory=dict)


def play(acts: int) -> list[Seen]:
    """Both registers on the disk, and each act in both in turn: what the machine does to one it does to the other."""
    return asyncio.run(_played(acts))


async def _played(acts: int) -> list[Seen]:
    async with contextlib.AsyncExitStack() as stack:
        desks = [await stack.enter_async_context(_opened(size)) for size in (SMALL, FULL)]
        for turn in range(acts + WARM_UP):
            for desk in desks:
                await desk.works(turn, counts=turn >= WARM_UP)
        return [desk.seen for desk in desks]


@contextlib.asynccontextmanager
async def _opened(size: Size) -> AsyncIterator["Desk"]:
    """A town with that register, and one specialist of it at work."""
    with processes.place() as place:
        town = Town(place / "data", centre=_without_limit(place))
        async with town:
            team = [await town.staff(f"Колега {number}", "specialist") for number in range(COLLEAGUES)]
            ids = [await _id(town, each) for each in team]
        since = time.perf_counter()
        _fill(town, size, ids)
        seen = Seen(size, time.perf_counter() - since, town.settings.database.stat().st_size)
        _say(seen)
        async with town:
            mine = await _numbers(town, f"claimed_by = {ids[0]} AND closed_at IS NULL")
            waiting = await _numbers(town, "claimed_by IS NULL AND closed_at IS NULL")
            yield Desk(town, team[0], ids[0], mine, waiting, seen)


def _without_limit(place: Path) -> str:
    """The demo's profile for somebody with five hundred cases in hand."""
    words = profile.find("demo").read_text(encoding="utf-8")
    ours = place / "ours.toml"
    ours.write_text(words.replace("load_limit = 150", "load_limit = 10000"), encoding="utf-8")
    return str(ours)


@dataclass(frozen=True, slots=True)
class Desk:
    town: Town
    me: Person
    my_id: int
    mine: list[int]
    waiting: list[int]
    seen: Seen

    async def works(self, turn: int, *, counts: bool) -> None:
        """Each act once; the case that was taken waits again afterwards, so that the register stays as it is."""
        opened, taken = self.mine[turn % len(self.mine)], self.waiting[turn % len(self.waiting)]
        once = {name: await _timed(self.town, self.me.saying(words)) for name, words in ACTS.items()}
        once["a card"] = await _timed(self.town, _press(self.me, Open(opened)))
        once["Take"] = await _timed(self.town, _press(self.me, Claim(taken)))
        assert await self.town.count("cases", f"id = {taken} AND claimed_by = {self.my_id}"), "nothing was taken"
        await self.town.app.writer.transact(lambda tx: _put_back(tx, taken))
        for name, milliseconds in once.items() if counts else ():
            self.seen.acts.setdefault(name, []).append(milliseconds)


async def _timed(town: Town, update: dict[str, Any]) -> float:
    """The worker's handling of one update that lies in the inbox, with both of its commits; nothing of the sending."""
    await town.keeps([{"update_id": next(town._updates), **update}])
    since = time.perf_counter()
    await town.app.worker.turn()
    taken = (time.perf_counter() - since) * 1000
    await town.settles()
    return taken


def _press(me: Person, action: Action) -> dict[str, Any]:
    return me.pressing_data(encode(action), me.heard[-1].id)


def _put_back(tx: Transaction, case: int) -> None:
    """Waits again as before, so that each act finds the same register."""
    tx.run(
        "UPDATE cases SET claimed_by = NULL, claimed_at = NULL, state = 'new', lease_until = NULL WHERE id = :id",
        id=case,
    )
    tx.run("DELETE FROM due WHERE subject_id = :id", id=case)


async def _numbers(town: Town, condition: str) -> list[int]:
    rows = await town.app.reader.look(lambda tx: tx.all(f"SELECT id FROM cases WHERE {condition} ORDER BY id"))
    return [int(row["id"]) for row in rows]


async def _id(town: Town, person: Person) -> int:
    mark = town.app.writer.vault.fingerprint(str(person.id), of="people")
    rows = await town.app.reader.look(lambda tx: tx.all("SELECT id FROM people WHERE fingerprint = :mark", mark=mark))
    return int(rows[0]["id"])


# The register


def _fill(town: Town, size: Size, team: list[int]) -> None:
    """Straight into the tables, in pieces; every word sealed under its case's own key, as the bot would."""
    vault = town.app.writer.vault
    connection = connect(town.settings.database)
    connection.execute("PRAGMA synchronous=OFF").fetchall()
    first_key = int(connection.execute("SELECT coalesce(max(id), 0) + 1 FROM keys").fetchone()[0])
    for piece in _pieces(range(size.cases)):
        connection.execute("BEGIN IMMEDIATE")
        rows = [_row(number, size, team, first_key + number, vault) for number in piece]
        for table in rows[0]:
            _insert(connection, table, [row for each in rows for row in each[table]])
        connection.execute("COMMIT")
    connection.close()


def _pieces(numbers: range) -> Iterator[range]:
    for start in range(0, len(numbers), PIECE):
        yield numbers[start : start + PIECE]


def _insert(connection: Any, table: str, rows: list[dict[str, Any]]) -> None:
    if rows:
        columns = ", ".join(rows[0])
        values = ", ".join(f":{name}" for name in rows[0])
        connection.executemany(f"INSERT INTO {table} ({columns}) VALUES ({values})", rows)


def _row(number: int, size: Size, team: list[int], key_id: int, vault: Vault) -> dict[str, list[dict[str, Any]]]:
    """What a case leaves in every table: the youngest are open, the rest was closed in the last years."""
    holder, state = _standing(number, size, team)
    key, at = seal.new_key(), MONDAY - timedelta(minutes=1 + 13 * number)
    closed = at + timedelta(days=20) if state == "closed" else None
    case = {
        "id": number + 1, "number": with_check_digit(str(1_000_000 + number)), "key_id": key_id,
        "form": "help", "intake": "request", "source": "bot", "reporter": "self", "urgency": "planned",
        "unit": "family", "children": number % 4, "need": "care", "danger": None, "contact": "call",
        "district": "center", "team": "district_specialists", "state": state, "branch": False, "mistaken": False,
        "reported_at": at, "opened_at": at, "answer_due_at": at + timedelta(days=1), "claimed_by": holder,
        "claimed_at": at if holder else None, "contacted_at": at if holder and state != "claimed" else None,
        "lease_until": at + timedelta(days=3650) if state == "claimed" else None, "waits_since": at,
        "closed_at": closed, "outcome": "helped" if closed else None, "closing": "done" if closed else None,
        "content": seal.seal(key, TOLD, of=CONTENT),
    }  # fmt: skip
    what = ["opened", "claimed", "contacted", "closed"] if closed else ["opened", "claimed"] if holder else ["opened"]
    note = seal.seal(key, "Домовились про зустріч", of=NOTE)
    history = [{"case_id": number + 1, "at": at, "by": holder, "what": each, "note": note} for each in what]
    alerts = [{"case_id": number + 1, "person_id": each, "called_at": at} for each in team[:3]]
    due = [{"kind": "ladder", "subject_id": number + 1, "at": at + timedelta(days=365 * 9),
            "done_at": None if state == "new" else at}]  # fmt: skip
    tasks = [{"case_id": number + 1, "person_id": holder, "kind": "look_again", "due_at": at + timedelta(days=3650),
              "made_at": at, "done_at": closed}] if holder else []  # fmt: skip
    far = at + timedelta(days=3650)
    deadlines = [{"case_id": number + 1, "key": "service_decision", "starts_at": at, "due_at": far, "met_at": closed}]
    keys = [{"id": key_id, "kind": "case", "wrapped": vault.wrap(key), "made_at": at}]
    return {"keys": keys, "cases": [case], "history": history, "alerts": alerts, "due": due, "tasks": tasks,
            "deadlines": deadlines}  # fmt: skip


def _standing(number: int, size: Size, team: list[int]) -> tuple[int | None, str]:
    """Who has it, and how far it is."""
    if number < size.waiting:
        return None, "new"
    if number < size.waiting + size.mine:
        return team[0], STATES[number % len(STATES)]
    holder = team[1 + number % (len(team) - 1)]
    is_open = number < size.waiting + size.mine + size.others
    return holder, STATES[number % len(STATES)] if is_open else "closed"


def _say(seen: Seen) -> None:
    size = f"{seen.size.cases} cases, {seen.file / 2**20:.0f} MiB, built in {seen.built:.0f} s"
    print(f"{seen.size.name} register: {size}", file=sys.stderr)


def figures(seen: Seen, name: str) -> tuple[float, float]:
    """p50 and p99."""
    return percentile(seen.acts[name], 50), percentile(seen.acts[name], 99)
