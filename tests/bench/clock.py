"""Two clocks: Telegram's own, which dates messages, and the one that measures."""

import time
from datetime import UTC, datetime


def wall() -> int:
    return int(time.time())  # noqa: TID251 - the emulator plays Telegram, whose clock is not the bot's


def now() -> float:
    """Seconds that all processes of this machine count alike."""
    return time.monotonic()


def in_days(days: int) -> str:
    """That day as one types it: 24.11.2026."""
    return f"{datetime.fromtimestamp(wall() + days * 86_400, UTC):%d.%m.%Y}"


def today() -> datetime:
    """This moment, as the bots that are measured see it."""
    return datetime.fromtimestamp(wall(), UTC)
