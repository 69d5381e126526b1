"""The same reminders as date jobs of APScheduler 3 in its SQLAlchemy store: its own process, and its rows in bulk."""

import asyncio
import pickle
import sqlite3
import sys
from collections.abc import Iterable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from apscheduler.jobstores.sqlalchemy import SQLAlchemyJobStore
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.date import DateTrigger

from tests.bench.clock import now, today

INSERT = "INSERT INTO apscheduler_jobs (id, next_run_time, job_state) VALUES (?, ?, ?)"


async def remind(subject: int, person: int, version: int) -> None:
    """What a bot would do; here only how it is called counts."""


def store(database: Path) -> SQLAlchemyJobStore:
    return SQLAlchemyJobStore(f"sqlite:///{database}")


def fill(database: Path, moments: Iterable[datetime]) -> None:
    """Jobs as `add_job` writes them, but in one transaction: one by one they take milliseconds each."""
    scheduler = BackgroundScheduler(timezone=UTC, jobstores={"default": store(database)})
    scheduler.start(paused=True)
    never = today() + timedelta(days=3650)
    model = scheduler.add_job(remind, "date", run_date=never, args=(1, 1, 1), misfire_grace_time=None)
    state = model.__getstate__()
    model.remove()
    scheduler.shutdown()
    rows = (_row(state, number, moment) for number, moment in enumerate(moments))
    with closing(sqlite3.connect(database)) as connection, connection:
        connection.executemany(INSERT, rows)


def _row(state: dict[str, Any], number: int, moment: datetime) -> tuple[str, float, bytes]:
    own = {
        "id": f"reminder-{number}",
        "args": (number // 100, number, 1),
        "trigger": DateTrigger(moment),
        "next_run_time": moment,
    }
    return own["id"], moment.timestamp(), pickle.dumps(state | own, pickle.HIGHEST_PROTOCOL)


async def main(database: Path) -> None:
    """Says «running» when it has looked for the first time, and how long the loop stood still until then."""
    scheduler = AsyncIOScheduler(timezone=UTC, jobstores={"default": store(database)})
    scheduler.start()
    began = now()
    await asyncio.sleep(0.01)
    print(f"running {now() - began - 0.01:.3f}", flush=True)
    await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1])))
