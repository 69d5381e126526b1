"""`demo`: the sandbox. The same bot as in production; only the address of the Bot API is another."""

import asyncio
import os
import shutil
import sys
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Annotated

import typer

from bot.run import rehearsal
from bot.run.clock import Clock
from bot.run.commands import session
from bot.run.settings import Settings
from bot.sandbox.play import TOKEN, Person, Play
from bot.sandbox.serve import serve
from storage import invites, schema
from storage.db import Transaction

FOLDER = Path("data/demo")
KEY_FILE = Path("data/demo.key")
CODES_LIVE = timedelta(days=365)
CAST: tuple[tuple[Person, str], ...] = (
    (Person("resident", 100_001, "Оксана", "Мешканка", "Resident"), ""),
    (Person("brigade_1", 100_002, "Олена", "Мобільна бригада", "Mobile brigade", lane="duty"), "brigade"),
    (Person("brigade_2", 100_003, "Петро", "Мобільна бригада", "Mobile brigade", lane="team"), "brigade"),
    (Person("specialist", 100_004, "Ірина", "Фахівець", "Specialist"), "specialist"),
    (Person("head", 100_005, "Марія", "Керівниця центру", "Head of the centre", lane="head"), "head"),
    (Person("carer", 100_006, "Галина", "Прийомна мати", "Foster carer"), "carer"),
    (Person("carer_2", 100_009, "Богдан", "Прийомний батько", "Foster carer"), "carer"),
    (Person("dispatcher", 100_007, "Дарина", "Диспетчерка", "Dispatcher", lane="dispatcher"), "dispatcher"),
    (Person("deputy", 100_008, "Степан", "Заступник керівниці", "Deputy head", lane="deputy"), "deputy"),
)
"""Invented people; each but the resident joins by an invitation, as everybody does."""


def demo(
    port: Annotated[int, typer.Option(min=1, max=65534)] = 8080,
    fresh: Annotated[bool, typer.Option(help="begin anew, with an empty database")] = False,
) -> None:
    """The sandbox: the bot, a Bot API on this machine, a page with everybody's phones."""
    with session.plainly():
        if fresh:
            shutil.rmtree(FOLDER, ignore_errors=True)
        given = _settings(port)
        FOLDER.mkdir(parents=True, exist_ok=True, mode=0o700)
        session.make_key(given)
        schema.prepare(given.database)
        asyncio.run(serve(_play(given, port)))


def _settings(port: int) -> Settings:
    """The bot's settings in the sandbox; the environment's own are left aside."""
    return Settings(
        _env_file=None,  # type: ignore[call-arg]
        bot_token=TOKEN,
        bot_api_url=f"http://127.0.0.1:{port}/bot",
        bot_file_url=f"http://127.0.0.1:{port}/file/bot",
        data_dir=FOLDER,
        master_key="",
        master_key_file=KEY_FILE,
        database_url="",
        clock_file=FOLDER / "clock",
        centre="demo",
        webhook_url="",
        listen=f"127.0.0.1:{port + 1}",
        log_level="INFO",
        log_format="json",
        send_rate=30,
        alarm_command="",
    )


def _play(given: Settings, port: int) -> Play:
    return Play(
        people=tuple(_ready(person, line) for person, line in zip((p for p, _ in CAST), _lines(given), strict=True)),
        token=TOKEN,
        bot_command=(sys.executable, "-m", "bot", "run"),
        bot_environment=_environment(given),
        clock_file=given.clock_file or FOLDER / "clock",
        port=port,
        metrics_url=f"http://{given.listen}",
        plays=rehearsal.plays(session.centre_of(given)),
    )


def _ready(person: Person, line: str) -> Person:
    return replace(person, says=(line,))


def _lines(given: Settings) -> list[str]:
    """What each says first: the resident just starts, the others use their invitations."""
    until = Clock(given.clock_file).now() + CODES_LIVE

    def issue(tx: Transaction) -> list[str]:
        scope = {"carer": ["foster_parents"]}
        return [
            f"/start {invites.issue(tx, role, scope.get(role, []), expires_at=until)}" if role else "/start"
            for _, role in CAST
        ]

    return session.transact(given, issue)


def _environment(given: Settings) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PORUCH_")}
    return kept | {f"PORUCH_{name.upper()}": str(value) for name, value in given.model_dump().items() if value}
