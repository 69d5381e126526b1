"""A training is announced to 2 000 carers while some sends are refused for a second or two."""

import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.bench import clock, figures, processes
from tests.bench.processes import BenchError, Emulator
from tests.bench.subjects import OURS, settings

CARERS = 2000
FIRST_CARER = 20_000_000
HEAD = 7
RATE = 30
REFUSED_EVERY = 97  # sends; about 20 refusals in all
LIMIT = 180.0
JOINED = "."  # any answer to /start CODE
CREATED = "invited"


def training(people: int) -> dict[str, str]:
    """The head's way, in English: part of a screen → part of a button, or words to type."""
    return {
        "trainings": "New training",
        "called?": "Прив'язаність і втрата",
        "whom": "Foster",
        "which day": clock.in_days(30),
        "what time": "10:00",
        "how many hours": "4",
        "where?": "вул. Шевченка, 1",
        "how many seats": str(people),
    }


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
    reply_p50: float
    reply_p99: float


def play(people: int = CARERS) -> Broadcast:
    """Everyone joins unpaced; then the bot starts again as a centre would run it."""
    with processes.place() as place, processes.emulator() as api:
        OURS.prepare(api, place)
        with OURS.running(api, place):
            gather(api, place, people)
        with OURS.running(api, place, RATE):
            return announce(api, people)


def gather(api: Emulator, place: Path, people: int) -> None:
    carers = codes(api, place, "carer", "--audience", "foster_parents", count=people)
    how = {"first": FIRST_CARER, "seats": 64, "answers": {}, "until": JOINED, "limit": LIMIT}
    joined = api.ask("join", openings=[f"/start {code}" for code in carers], **how)
    say(f"{joined['arrived']} of {people} carers joined in {joined['seconds']:.0f} s")
    (code,) = codes(api, place, "head", count=1)
    walk(api, f"/start {code}", {}, until=".")
    walk(api, "/language", {"": "English"}, until="in English")


def codes(api: Emulator, place: Path, *role: str, count: int) -> list[str]:
    command = [sys.executable, "-m", "bot", "invite", *role, "--count", str(count), "--plain"]
    found = processes.run(command, place, settings(api, place, 0)).split()
    if len(found) != count:
        raise BenchError(f"asked for {count} codes of {role[0]}, got {len(found)}")
    return found


def walk(api: Emulator, opening: str, answers: Mapping[str, str], *, until: str, after: int = 0) -> None:
    how = {"answers": dict(answers), "until": until, "after": after}
    found = api.ask("walk", chat=HEAD, opening=opening, limit=30.0, **how)
    if not found["arrived"]:
        raise BenchError(f"After «{opening}» the walk did not get to /{until}/. Last heard: {found['heard'][-3:]}")


def announce(api: Emulator, people: int) -> Broadcast:
    since = api.ask("faults", every=REFUSED_EVERY, first=FIRST_CARER)["since"]
    walk(api, "Trainings", training(people), until=CREATED, after=len(training(people)))
    who = {"since": since, "first": FIRST_CARER, "people": people}
    found = api.ask("watch", **who, replies=OURS.talk, limit=LIMIT)
    return account(found, people)


def account(found: dict[str, Any], people: int) -> Broadcast:
    replies = found.pop("replies")
    p50, p99 = (figures.percentile(replies, hundredth) for hundredth in (50, 99))
    return Broadcast(people=people, **found, reply_p50=p50, reply_p99=p99)


def say(line: str) -> None:
    print(f"broadcast: {line}", file=sys.stderr)
