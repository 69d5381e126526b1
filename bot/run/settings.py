"""The settings: `PORUCH_…` in the environment or in a `.env` file. A wrong one is one plain line."""

import base64
import binascii
import shlex
import stat
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import Field, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

LOOPBACK = ("127.0.0.1", "localhost", "::1")
TELEGRAM = "https://api.telegram.org/bot"
TELEGRAM_FILES = "https://api.telegram.org/file/bot"


class SettingsError(Exception):
    """One line for the operator, naming the setting."""


class Settings(BaseSettings):
    model_config = SettingsConfigDict(env_prefix="PORUCH_", env_file=".env", extra="ignore", hide_input_in_errors=True)

    bot_token: str = ""
    bot_api_url: str = TELEGRAM
    bot_file_url: str = TELEGRAM_FILES
    database_url: str = ""
    data_dir: Path = Path("data")
    send_rate: Annotated[int, Field(ge=0, le=1000)] = 30
    clock_file: Path | None = None
    master_key: str = ""
    master_key_file: Path | None = None
    centre: str = "demo"
    webhook_url: str = ""
    webhook_secret: str = ""
    listen: str = "127.0.0.1:8081"
    public_url: str = ""
    alarm_command: str = ""
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"
    log_format: Literal["json", "console", ""] = ""

    @field_validator("database_url")
    @classmethod
    def _sqlite(cls, value: str) -> str:
        if value and not value.startswith("sqlite:///"):
            raise ValueError("write sqlite:///PATH; other databases come later")
        return value

    @field_validator("listen")
    @classmethod
    def _host_and_port(cls, value: str) -> str:
        host, _, port = value.rpartition(":")
        if not host or not port.isdecimal():
            raise ValueError("write HOST:PORT, for example 127.0.0.1:8081")
        return value

    @field_validator("public_url")
    @classmethod
    def _reached_from_outside(cls, value: str) -> str:
        """Whatever passes there is somebody's own, so nobody on the way may read it."""
        where = urlsplit(value)
        at_home = where.scheme == "http" and where.hostname in LOOPBACK
        if value and not ((where.scheme == "https" and where.hostname) or at_home):
            raise ValueError("write https://HOST or https://HOST/PATH, as people reach LISTEN from outside")
        if where.query or where.fragment or where.username:
            raise ValueError("only https://HOST/PATH; no ?, no #, no name of a user")
        return value.rstrip("/")

    @field_validator("alarm_command")
    @classmethod
    def _command_line(cls, value: str) -> str:
        try:
            shlex.split(value)
        except ValueError as error:
            raise ValueError(f"write it as in a shell; here: {str(error).lower()}") from None
        return value

    @model_validator(mode="after")
    def _moved_clock_stays_at_home(self) -> "Settings":
        if self.clock_file is not None and urlsplit(self.bot_api_url).hostname not in LOOPBACK:
            raise ValueError("clock_file: a moved clock is for a Bot API on this machine only")
        if self.webhook_url and not self.webhook_secret:
            raise ValueError("webhook_secret: a webhook needs one, 1 to 256 of A-Za-z0-9_-")
        return self

    @property
    def database(self) -> Path:
        return Path(self.database_url.removeprefix("sqlite:///")) if self.database_url else self.data_dir / "poruch.db"

    @property
    def key_file(self) -> Path:
        """Where `init` puts the key: beside the data, never inside it."""
        return self.master_key_file or Path(f"{self.data_dir}.key")

    @property
    def erased_file(self) -> Path:
        """The list of erasures, beside the data too: a backup of the data does not bring back what stands there."""
        return Path(f"{self.data_dir}.erased")

    @property
    def backups(self) -> Path:
        return self.data_dir / "backups"

    @property
    def alarm(self) -> tuple[str, ...]:
        """The operator's own command, in words; none is set when there are none."""
        return tuple(shlex.split(self.alarm_command))

    @property
    def address(self) -> tuple[str, int]:
        host, _, port = self.listen.rpartition(":")
        return host.strip("[]"), int(port)


def read() -> Settings:
    """The settings as they are now. Raises SettingsError."""
    try:
        return Settings()
    except ValidationError as error:
        raise SettingsError(_said(error)) from None


def master_keys(settings: Settings) -> tuple[bytes, ...]:
    """32 bytes each: the first wraps, all open. Raises SettingsError, saying what to do.

    There are several only while `keys rotate` is at work, or was interrupted.
    """
    if settings.master_key:
        return (_decoded("PORUCH_MASTER_KEY", settings.master_key),)
    file = settings.key_file
    if not file.exists():
        raise SettingsError(
            f"PORUCH_MASTER_KEY_FILE: there is no {file}. "
            "Put the key of this database back, or, for a new one, run: python -m bot init"
        )
    mode = stat.S_IMODE(file.stat().st_mode)
    if mode & 0o077:
        raise SettingsError(
            f"PORUCH_MASTER_KEY_FILE: other users can read the key file (mode {mode:04o}). Run: chmod 600 {file}"
        )
    if file.resolve().is_relative_to(settings.data_dir.resolve()):
        raise SettingsError(
            f"PORUCH_MASTER_KEY_FILE: {file} lies inside PORUCH_DATA_DIR; a stolen copy of the data would bring the key"
        )
    lines = file.read_text(encoding="ascii", errors="replace").split() or [""]
    return tuple(_decoded("PORUCH_MASTER_KEY_FILE", line) for line in lines)


def require_token(settings: Settings) -> None:
    if not settings.bot_token:
        raise SettingsError(
            "PORUCH_BOT_TOKEN: not set. In Telegram write /newbot to @BotFather, answer its two questions, "
            "and put the token that it gives you into .env as PORUCH_BOT_TOKEN=…"
        )


def _decoded(name: str, text: str) -> bytes:
    try:
        key = base64.b64decode(text.strip(), validate=True)
    except (binascii.Error, ValueError):
        key = b""
    if len(key) != 32:  # noqa: PLR2004 - the contract's 32 bytes
        raise SettingsError(f"{name}: not a key. It is 32 bytes in base64; python -m bot init makes one")
    return key


def _said(error: ValidationError) -> str:
    first = error.errors()[0]
    why = str(first["msg"]).removeprefix("Value error, ")
    if first["loc"]:
        return f"PORUCH_{str(first['loc'][0]).upper()}: {why}"
    name, _, rest = why.partition(": ")
    return f"PORUCH_{name.upper()}: {rest}"
