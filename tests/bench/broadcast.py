"""Thousands of reminders are due at once, some sends are refused for a second or two, and dangers are reported."""

import asyncio
import base64
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

from bot.core.events import Lane
from storage import keys, outbox, people
from storage.db import Transaction, Writer
from storage.seal import Vault
from tests.bench import clock, figures, processes
from tests.bench.processes import BenchError, Emulator
from tests.bench.subjects import OURS, settings

CARERS = 2000
FIRST_CARER = 20_000_000
HEAD, BRIGADE = 7, 8
RATE = 30
REFUSED_EVERY = 97  # sends; about 20 refusals in all
LIMIT = 180.0
PIECE = 500
REMINDER = "Завтра, сб 28.11, 10:00: навчання «Прив'язаність і втрата»."


@dataclass(frozen=True, slots=True)
class Broadcast:
    people: int
    reached: int
    doubled: int
    attempts: int
    refused: int
    too_soon: int
    busiest_second: int
    busiest_of_broadcast: int
    seconds: float
    over: int
    left_by_replies: float
    alerts: int
    unheard: int
    alert_p50: float
    alert_p99: float
    reply_p50: float
    reply_p99: float


def play(many: int = CARERS) -> Broadcast:
    """So many reminders are due when the bot starts; while they go out, people fill forms and report dangers."""
    with processes.place() as place, processes.emulator() as api:
        OURS.prepare(api, place)
        with OURS.running(api, place):
            staff(api, place)
        asyncio.run(queue(place, many))
        since = api.ask("faults", every=REFUSED_EVERY, first=FIRST_CARER, rate=RATE, on_duty=BRIGADE)["since"]
        with OURS.running(api, place, RATE):
            who = {"since": since, "first": FIRST_CARER, "people": many}
            return account(api.ask("watch", **who, replies=OURS.talk, limit=LIMIT + many / 20), many)


def staff(api: Emulator, place: Path) -> None:
    """A head, and a brigade on duty that hears of every danger."""
    for chat, role in ((HEAD, "head"), (BRIGADE, "brigade")):
        (code,) = codes(api, place, role, count=1)
        walk(api, chat, f"/start {code}", {}, until=".")
    walk(api, BRIGADE, "Чергування", {"": "Починаю чергування"}, until="сповіщення приходять вам")


async def queue(place: Path, many: int) -> None:
    """As if so many reminders had just been written, a piece at a time."""
    master = base64.b64decode((place / "master.key").read_bytes())
    now = datetime.fromtimestamp(clock.wall(), UTC)
    async with Writer(place / "data" / "poruch.db", Vault((master,))) as writer:
        writer.vault.root = await writer.transact(partial(keys.root, now=now))
        for done in range(0, many, PIECE):
            chats = range(FIRST_CARER + done, FIRST_CARER + min(many, done + PIECE))
            await writer.transact(partial(reminders, chats=chats, now=now))


def reminders(tx: Transaction, chats: range, now: datetime) -> None:
    for chat in chats:
        person = people.meet(tx, chat, kind="private", language="uk", now=now)
        outbox.put(tx, person.id, "send", {"text": REMINDER, "markup": ""}, lane=Lane.REMINDER, now=now)


def codes(api: Emulator, place: Path, *role: str, count: int) -> list[str]:
    command = [sys.executable, "-m", "bot", "invite", *role, "--count", str(count), "--plain"]
    found = processes.run(command, place, settings(api, place, 0)).split()
    if len(found) != count:
        raise BenchError(f"asked for {count} codes of {role[0]}, got {len(found)}")
    return found


def walk(api: Emulator, chat: int, opening: str, answers: Mapping[str, str], *, until: str) -> None:
    how = {"answers": dict(answers), "until": until, "after": 0}
    found = api.ask("walk", chat=chat, opening=opening, limit=30.0, **how)
    if not found["arrived"]:
        raise BenchError(f"After «{opening}» the walk did not get to /{until}/. Last heard: {found['heard'][-3:]}")


def account(found: dict[str, Any], many: int) -> Broadcast:
    replies, alerts = found.pop("replies"), found.pop("alerts")
    (reply_p50, reply_p99), (alert_p50, alert_p99) = (
        [figures.percentile(each, hundredth) for hundredth in (50, 99)] for each in (replies, alerts)
    )
    return Broadcast(
        people=many,
        alerts=len(alerts),
        alert_p50=alert_p50,
        alert_p99=alert_p99,
        reply_p50=reply_p50,
        reply_p99=reply_p99,
        **found,
    )


def say(line: str) -> None:
    print(f"broadcast: {line}", file=sys.stderr)
