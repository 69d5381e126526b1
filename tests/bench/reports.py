"""All tables of a report from ten and from a hundred thousand cases; beside it, merely reading the same file.

Every command runs as a process of its own, as an operator types it; its seconds include the start.
"""

import csv
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

from bot.core import centre as known
from bot.core.register import NAMES
from tests.bench.processes import ROOT, BenchError

SIZES = (10_000, 100_000)
ROUNDS = 3
YEARS = 730
PERIOD = ("--from", "2021-01-01", "--to", "2021-12-31")
READS = "import csv, sys; print(sum(1 for _ in csv.DictReader(open(sys.argv[1], encoding='utf-8'))))"
"""The peer: Python's own csv, which counts nothing."""


@dataclass(slots=True)
class Ran:
    seconds: float
    mebibytes: float


@dataclass(slots=True)
class Seen:
    """Of a register of so many cases."""

    cases: int
    imported: Ran
    reports: list[Ran] = field(default_factory=list)
    reads: list[Ran] = field(default_factory=list)


def play() -> list[Seen]:
    with tempfile.TemporaryDirectory() as folder:
        places = [Path(folder, str(cases)) for cases in SIZES]
        seen = [Seen(cases, _laid(place, cases)) for place, cases in zip(places, SIZES, strict=True)]
        for _ in range(ROUNDS):
            for place, each in zip(places, seen, strict=True):
                each.reports.append(_poruch(place, "report", *PERIOD, "--format", "json", "-o", str(place / "report")))
                each.reads.append(_ran([sys.executable, "-c", READS, str(place / "cases.csv")], {}))
        return seen


def _laid(place: Path, cases: int) -> Ran:
    place.mkdir()
    with (place / "cases.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, NAMES, restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(_rows(cases))
    _poruch(place, "init", bad=True)
    return _poruch(place, "cases", "import", str(place / "cases.csv"))


def _rows(cases: int) -> Iterator[dict[str, object]]:
    """Two years of a city: everything that a row may have, by the same seed each time."""
    chance = random.Random(20211)
    for number in range(cases):
        came = date(2020, 1, 1) + timedelta(days=chance.randrange(YEARS))
        went = came + timedelta(days=chance.randrange(300)) if chance.random() < 0.5 else None
        violent = chance.random() < 0.2
        form = chance.choice(known.VIOLENCE) if violent else ""
        trip = f";emergency_brigade@{came}T21:40" if violent else ""
        services = (f"{each}*{chance.randint(1, 3)}" for each in chance.sample(known.SERVICES, chance.randrange(4)))
        yield {
            "number": f"{number}/Р", "registered_on": came, "intake": chance.choice(known.INTAKE),
            "source": chance.choice(known.SOURCES), "unit": chance.choice(known.FAMILY_OR_PERSON),
            "children": chance.randrange(4), "category": chance.choice(known.CATEGORIES),
            "circumstances": ";".join(chance.sample(known.CIRCUMSTANCES, chance.randrange(3))),
            "district": chance.choice(("city", "villages", "")), "violence_forms": form, "violence_main": form,
            "victim_group": chance.choice(known.VICTIM_GROUPS) if violent else "", "services": ";".join(services),
            "visits": f"{chance.choice(known.VISITS)}@{came}{trip}", "needs_met": chance.choice(known.NEEDS_MET),
            "outcome": chance.choice(known.OUTCOMES) if went else "", "closed_on": went or "",
            "closing": chance.choice(known.CLOSINGS) if went else "", "received_at": f"{came}T10:00",
            "referred_to": chance.choice(("", "police", "legal_aid;health")),
        }  # fmt: skip


def _poruch(place: Path, *command: str, bad: bool = False) -> Ran:
    """`bad`: the command may find something wrong."""
    settings = {
        "PORUCH_DATA_DIR": str(place / "data"),
        "PORUCH_MASTER_KEY_FILE": str(place / "key"),
        "PORUCH_CENTRE": "kalush",
    }
    return _ran([sys.executable, "-m", "bot", *command], settings, bad=bad)


def _ran(command: list[str], settings: dict[str, str], *, bad: bool = False) -> Ran:
    begun = time.perf_counter()
    process = subprocess.Popen(
        command, cwd=ROOT, env=os.environ | settings, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    )
    said = process.stderr.read() if process.stderr else b""
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode and not bad:
        raise BenchError(f"{' '.join(command)}: {said.decode(errors='replace')}")
    return Ran(time.perf_counter() - begun, used.ru_maxrss / 1024)
