"""`doctor`: settings, key, database, clock, profile, catalogues, disk, token: a line each."""

import asyncio
import os
import shutil
from collections.abc import Callable
from datetime import timedelta

from bot.run import settings, telegram
from bot.run.clock import Clock
from bot.run.commands import session
from bot.run.language import Languages
from bot.run.settings import Settings, SettingsError
from storage import inbox, people, schema

LEAST_DISK = 200 * 1024 * 1024
FOUND_WRONG = 1


class Wrong(Exception):  # noqa: N818 - a finding, said in its own line
    """A check that found something."""


def doctor() -> None:
    """Looks at everything that the bot needs; exit status 1 if anything is bad."""
    with session.plainly():
        if not report(settings.read()):
            raise SystemExit(FOUND_WRONG)


def report(given: Settings) -> bool:
    """Prints a line a check; whether all are good."""
    checks: dict[str, Callable[[Settings], str]] = {
        "settings": _settings,
        "key": _key, "database": _database, "profile": _profile, "routes": _routes, "teams": _teams,
        "catalogues": _catalogues, "clock": _clock, "disk": _disk, "alarm": _alarm, "token": _token,
        "calendars": _calendars,
    }  # fmt: skip
    results = [_line(name, check, given) for name, check in checks.items()]
    return all(results)


def _line(name: str, check: Callable[[Settings], str], given: Settings) -> bool:
    try:
        print(f"good  {name}: {check(given)}")
    except (Wrong, SettingsError, ValueError, OSError) as why:
        print(f"BAD   {name}: {why}")
        return False
    return True


def _settings(given: Settings) -> str:
    return f"centre {given.centre}, {given.send_rate} sends a second, listens on {given.listen}"


def _key(given: Settings) -> str:
    if len(settings.master_keys(given)) > 1:
        raise Wrong("a change of the key was interrupted. Finish it: python -m bot keys rotate")
    return "readable by you alone" if not given.master_key else "from PORUCH_MASTER_KEY"


def _database(given: Settings) -> str:
    standing = schema.revision(given.database)
    if standing is None:
        raise Wrong(f"there is no {given.database}. Run: python -m bot init")
    waiting = session.transact(given, inbox.waiting)
    return f"{given.database}, tables {standing}, {waiting} updates waiting"


def _profile(given: Settings) -> str:
    centre = session.centre_of(given)
    unchecked = sum(phone.verified_on is None for phone in centre.phones)
    deadlines = sum(deadline.verified_on is None for deadline in centre.deadlines.values())
    norms = sum(norm.verified_on is None for norm in centre.training_plans)
    plans = f", {norms} training norms" if centre.training_plans else ""
    lawyer = "" if centre.lawyer_confirmed else "; the lawyer has not confirmed the words about children"
    return f"{centre.name.uk}; not yet checked: {unchecked} phones, {deadlines} deadlines{plans}{lawyer}"


def _routes(given: Settings) -> str:
    """A profile that leaves a case without a row does not load: then this line and the one above are bad."""
    centre = session.centre_of(given)
    return f"{len(centre.routes)} rows, every case has one. See: python -m bot routes explain --help"


def _teams(given: Settings) -> str:
    """A new centre has nobody yet, and that is no fault."""
    centre = session.centre_of(given)
    held = {role for person in session.look(given, people.everybody) for role, _ in person.roles}
    called = [team for team in centre.teams if team.key in {route.team for route in centre.routes}]
    empty = [team for team in called if held.isdisjoint(team.roles)]
    if held and empty:
        named = ", ".join(f"{team.key} ({team.name.uk})" for team in empty)
        raise Wrong(f"nobody is in: {named}. Run: python -m bot invite {empty[0].roles[0]}")
    return f"{len(called)} that cases go to, each with people" if held else "nobody has joined yet"


def _catalogues(given: Settings) -> str:
    try:
        Languages(session.centre_of(given))
    except FileNotFoundError as error:
        raise Wrong(f"{error.filename}: not compiled. Run: python -m locales.catalogues") from None
    return "Ukrainian and English"


def _clock(given: Settings) -> str:
    moved = Clock(given.clock_file).now() - Clock().now()
    if abs(moved) > timedelta(seconds=1) and given.clock_file is None:
        raise Wrong("the clock is moved")
    return "the machine's own" if given.clock_file is None else f"moved by {round(moved.total_seconds())} s"


def _disk(given: Settings) -> str:
    folder = given.data_dir if given.data_dir.exists() else given.data_dir.resolve().parent
    free = shutil.disk_usage(folder).free
    if free < LEAST_DISK:
        raise Wrong(f"{free // 1024**2} MiB free in {folder}; 200 are needed")
    if given.data_dir.exists() and not os.access(given.data_dir, os.W_OK):
        raise Wrong(f"PORUCH_DATA_DIR: {folder} cannot be written")
    return f"{free // 1024**3} GiB free"


def _alarm(given: Settings) -> str:
    if not given.alarm:
        return "no command; the last steps of the ladder reach people in Telegram alone"
    if shutil.which(given.alarm[0]) is None:
        raise Wrong(f"PORUCH_ALARM_COMMAND: {given.alarm[0]} is not there or cannot be run. Try it by hand")
    return f"{given.alarm[0]}, with one word: alarm, silent or back"


def _calendars(given: Settings) -> str:
    if not given.public_url:
        return "no subscriptions: PORUCH_PUBLIC_URL is not set. Files on request work without it"
    return f"subscriptions under {given.public_url}/calendar/; your web server hands that path on to {given.listen}"


def _token(given: Settings) -> str:
    settings.require_token(given)
    try:
        return asyncio.run(_name(given))
    except telegram.ApiError as error:
        raise Wrong(f"PORUCH_BOT_TOKEN: the Bot API says {type(error).__name__}") from None


async def _name(given: Settings) -> str:
    async with telegram.client(given.bot_token, given.bot_api_url, given.bot_file_url, poll_seconds=1) as bot:
        return f"@{bot.username}"
