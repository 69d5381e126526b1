"""`init`: key, database, checks."""

import base64
import os
from pathlib import Path

from bot.run import settings
from bot.run.commands import doctor, session
from bot.run.settings import Settings
from storage import schema, seal


def init() -> None:
    """Makes what is missing: the key file, the data folder, the database. Nothing that is there is touched."""
    with session.plainly():
        given = settings.read()
        make_key(given)
        given.data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
        settings.master_key(given)
        made = schema.prepare(given.database)
        print(f"{given.database}: {'made' if made else 'is there'}")
        doctor.report(given)


def make_key(given: Settings) -> None:
    """A new key file that nobody else can read, unless there is one."""
    file = given.key_file
    if given.master_key or file.exists():
        return
    _write(file, base64.b64encode(seal.new_key()))
    print(f"{file}: made. Keep a copy of it apart from the data: without it nothing can be read.")


def _write(file: Path, key: bytes) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as target:
        target.write(key + b"\n")
