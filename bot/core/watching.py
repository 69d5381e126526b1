"""When somebody outside the bot is to be called because it is silent, and when because it is back."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

AGAIN = timedelta(minutes=30)
"""While it stays silent [P]."""


@dataclass(frozen=True, slots=True)
class Watched:
    """`moved_at`: when it was last known to move; `called_at`: when somebody was last called about it, if it is so."""

    moved_at: datetime
    called_at: datetime | None = None

    def seen(self, at: datetime | None) -> "Watched":
        """What a look has shown: a moment at which it moved, or nothing."""
        return self if at is None or at <= self.moved_at else replace(self, moved_at=at)

    def silent(self, *, after: timedelta, now: datetime) -> bool:
        return now - self.moved_at >= after

    def calls(self, *, after: timedelta, now: datetime) -> bool:
        """It is silent, and nobody was called about it in the last half hour."""
        return self.silent(after=after, now=now) and (self.called_at is None or now - self.called_at >= AGAIN)

    def is_back(self, *, after: timedelta, now: datetime) -> bool:
        """Somebody was called about it, and it moves again."""
        return self.called_at is not None and not self.silent(after=after, now=now)
