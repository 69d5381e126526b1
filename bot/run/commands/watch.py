"""`watch`: looks at the bot from outside, and runs PORUCH_ALARM_COMMAND when it is silent."""

import asyncio
from datetime import timedelta
from pathlib import Path
from typing import Annotated

import typer

from bot.run import logs, settings
from bot.run import watch as watching
from bot.run.commands import session

FOUND_SILENT = 1
EVERY = 30.0
AFTER = 300.0


def watch(
    once: Annotated[bool, typer.Option(help="one look, for a timer; exit status 1 when the bot is silent")] = False,
    after: Annotated[float, typer.Option(min=1, help="seconds of silence that are too many")] = AFTER,
    every: Annotated[float, typer.Option(min=0.1, help="seconds from look to look")] = EVERY,
    state: Annotated[Path | None, typer.Option(help="where it is kept who was called")] = None,
) -> None:
    """Calls somebody when the bot is silent: `silent`, again every half hour, and `back` once it moves."""
    with session.plainly():
        given = settings.read()
        logs.configure(given.log_level, given.log_format)
        look = watching.Watch(given, timedelta(seconds=after), state or given.data_dir / "watch.json")
        if not once:
            asyncio.run(watching.go_on(look, every))
        if not asyncio.run(look.look()):
            raise SystemExit(FOUND_SILENT)
