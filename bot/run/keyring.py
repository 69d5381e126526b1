"""The master keys: read from their place, noticed when they change, changed one for another."""

import base64
import contextlib
import os
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from bot.run import settings
from bot.run.settings import Settings, SettingsError
from storage import disk, keys
from storage.db import Writer
from storage.seal import Vault

PIECE = 500
"""Keys that are wrapped anew in one transaction."""


def vault(given: Settings) -> Vault:
    """A vault that looks into the key file again when something does not open. Raises SettingsError."""
    return Vault(settings.master_keys(given), look=partial(_look, given))


def write(file: Path, masters: Sequence[bytes]) -> None:
    """The key file holds these keys, a line each, or what it held before: nothing in between, whatever fails."""
    target = file.resolve()
    part = target.with_name(f"{target.name}.part")
    with disk.new(part) as stream:
        _belongs_as(target, stream.fileno())
        stream.writelines(base64.b64encode(key) + b"\n" for key in masters)
        disk.settle(stream)
    part.replace(target)
    disk.sync(target.parent)


async def rewrap(writer: Writer) -> int:
    """Every key of the database is wrapped by the first master key; how many were not. Others write in between."""
    last, total = await writer.transact(partial(keys.rewrap, after=0, most=PIECE))
    while last is not None:
        last, more = await writer.transact(partial(keys.rewrap, after=last, most=PIECE))
        total += more
    return total


class Watch:
    """Notices once in a while that the key file is another one; to ask costs one look at its name."""

    def __init__(self, given: Settings, vault: Vault) -> None:
        self._file = given.key_file
        self._vault = vault
        self._seen = self._standing()

    def look(self) -> None:
        standing = self._standing()
        if standing != self._seen:
            self._seen = standing
            self._vault.renew()

    def _standing(self) -> tuple[int, int] | None:
        try:
            found = self._file.stat()
        except OSError:
            return None
        return found.st_ino, found.st_mtime_ns


def _look(given: Settings) -> tuple[bytes, ...]:
    """Nothing, when it cannot be read just now: what is known goes on opening."""
    try:
        return settings.master_keys(given)
    except (SettingsError, OSError):
        return ()


def _belongs_as(target: Path, handle: int) -> None:
    """To whom the file belonged before, so that the bot can read it when somebody else changed the key."""
    if target.exists():
        owner = target.stat()
        with contextlib.suppress(PermissionError):
            os.fchown(handle, owner.st_uid, owner.st_gid)
