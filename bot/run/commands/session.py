"""What the commands share: settings with one plain line when they are wrong, and the database opened for a moment."""

import asyncio
import base64
import os
import sys
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import NoReturn, TypeVar

from bot.core.centre import Centre
from bot.core.profile import ProfileError, find, load
from bot.run import keyring, upkeep
from bot.run.clock import Clock
from bot.run.settings import Settings, SettingsError
from storage import backups, disk, keys, schema
from storage.db import Reader, Transaction, Writer
from storage.seal import Vault, WrongKeyError, new_key

T = TypeVar("T")
WRONG_USE = 2
UNFINISHED = (
    "Somebody still reads the database, the bot or a backup: what is left in its log goes as soon as they are done, "
    "by the running bot or at its next start"
)


@contextmanager
def plainly() -> Iterator[None]:
    """A wrong setting, profile or file is one line and exit status 2."""
    try:
        yield
    except (SettingsError, ProfileError, schema.InUseError, backups.BackupError, disk.BusyError) as error:
        fail(str(error))
    except WrongKeyError:
        fail("PORUCH_MASTER_KEY: this is not the key of this database. Give the one that init made with it")
    except OSError as error:
        fail(f"{error.filename or error}: {error.strerror or type(error).__name__}")


def fail(line: str) -> NoReturn:
    print(line, file=sys.stderr)
    raise SystemExit(WRONG_USE)


def centre_of(settings: Settings) -> Centre:
    return load(find(settings.centre))


def file_of(settings: Settings) -> str:
    """The profile's file, as its own errors name it."""
    return find(settings.centre).name


def make_key(settings: Settings) -> None:
    """A new key file that nobody else can read, unless there is one; said on standard error."""
    file = settings.key_file
    if settings.master_key or file.exists():
        return
    file.parent.mkdir(parents=True, exist_ok=True)
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as target:
        target.write(base64.b64encode(new_key()) + b"\n")
    said = f"{file}: made. Keep a copy of it apart from the data: without it nothing can be read."
    print(said, file=sys.stderr)


def progress(what: str) -> Callable[[float], None]:
    """Shows on a terminal how far it is, and is silent elsewhere."""

    def show(share: float) -> None:
        if sys.stderr.isatty():
            print(f"\r{what}: {share:.0%}", end="" if share < 1 else "\n", file=sys.stderr, flush=True)

    return show


def first_start(settings: Settings) -> None:
    """Where there is no database yet, a key is made as `init` would; a missing key of an old one is a fault."""
    if not settings.database.exists():
        make_key(settings)


def transact(settings: Settings, work: Callable[[Transaction], T]) -> T:
    """Does the work in the database, whether or not the bot runs beside it."""
    return asyncio.run(_transact(settings, work))


def look(settings: Settings, work: Callable[[Transaction], T]) -> T:
    """Looks into the database, read-only, beside a bot that runs."""
    return asyncio.run(_look(settings, work))


async def _look(settings: Settings, work: Callable[[Transaction], T]) -> T:
    if not settings.database.exists():
        fail(f"{settings.database}: there is no database yet. Run: python -m bot init")
    schema.prepare(settings.database)
    known = keyring.vault(settings)
    now = Clock(settings.clock_file).now()
    async with Reader(settings.database, known) as reader:
        known.root = await reader.look(lambda tx: keys.root(tx, now=now))
        return await reader.look(work)


async def _transact(settings: Settings, work: Callable[[Transaction], T]) -> T:
    async with opened(settings) as writer:
        return await writer.transact(work)


async def vault(settings: Settings) -> Vault:
    """The vault that opens the database, its root key with it. Raises WrongKeyError."""
    async with opened(settings) as writer:
        return writer.vault


def finish_erasures(settings: Settings) -> bool:
    """As far as nobody else reads the log; whether all is done."""

    async def finish() -> bool:
        async with opened(settings) as writer:
            return await upkeep.finish_erasures(writer, settings)

    return asyncio.run(finish())


@asynccontextmanager
async def opened(settings: Settings) -> AsyncIterator[Writer]:
    """The database at its newest tables, under its own key. Raises WrongKeyError."""
    first_start(settings)
    schema.prepare(settings.database)
    known = keyring.vault(settings)
    now = Clock(settings.clock_file).now()
    async with Writer(settings.database, known) as writer:
        known.root = await writer.transact(lambda tx: keys.root(tx, now=now))
        yield writer
