"""`backup [FILE]`: the whole database at one moment, encrypted, while the bot runs."""

import asyncio
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from bot.run import settings
from bot.run.clock import Clock
from bot.run.commands import session
from bot.run.settings import Settings
from storage import backups, disk, schema


def backup(
    file: Annotated[Path | None, typer.Argument(help="default: in DATA_DIR/backups, named by the moment")] = None,
) -> None:
    """Encrypted under the master key; the bot may run. Keep the key apart from it."""
    with session.plainly():
        given = settings.read()
        now = Clock(given.clock_file).now()
        target = file or _default(given, now)
        if target.exists():
            session.fail(f"backup: {target} is there already; name another file")
        if schema.revision(given.database) is None:
            session.fail(f"backup: there is no database at {given.database}")
        _make(given, target, now)
        print(f"{target}: {target.stat().st_size} bytes. It opens with the master key only: keep the two apart")


def _default(given: Settings, now: datetime) -> Path:
    local = session.centre_of(given).wall_clock(now)
    given.backups.mkdir(parents=True, exist_ok=True, mode=0o700)
    return given.backups / f"poruch-{local:%Y-%m-%d-%H%M}{backups.SUFFIX}"


def _make(given: Settings, target: Path, now: datetime) -> None:
    """The tables are brought to the newest first, and the key is the right one, or nothing is written."""
    with disk.alone(given.database):
        vault = asyncio.run(session.vault(given))
        backups.make(given.database, target, vault, made_at=now, progress=session.progress("backup"))
