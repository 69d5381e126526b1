"""The square code of a session, to hang up or to pass on: what its link says, and until when it holds.

Two kinds. An invitation leads to the session's page and holds until it is over, wherever it has moved to. The one at
the door says «I am here»; it is of this version of the session, on its day, so that last month's sheet opens nothing.
The link holds no words, and without the key (`vault.derived(PURPOSE)`) nobody can make one.
"""

import base64
import hmac
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from bot.core.lines import Wording

PURPOSE: Final = "doors"
"""Of which derived key the codes are made."""
INVITE, DOOR = "go", "at"
MARK_BYTES: Final = 16
CODE: Final = re.compile(r"(go|at)-(\d{1,15})-([A-Za-z0-9_-]{22})")
BEFORE = AFTER = timedelta(hours=1)
"""The door is open so long before the beginning and after the end."""


@dataclass(frozen=True, slots=True)
class Scanned:
    """What a link claims; whether it is true, `invites` and `opens` say."""

    kind: str
    session: int
    mark: str


@dataclass(frozen=True, slots=True)
class Placard:
    """A sheet to print: what, when, where, what scanning does, and the code."""

    title: Wording
    at: Wording
    place: Wording
    line: Wording
    start: str


def invitation(key: bytes, session: int) -> str:
    """The start parameter that leads to the session's page."""
    return f"{INVITE}-{session}-{_mark(key, INVITE, session)}"


def code(key: bytes, session: int, version: int, day: date) -> str:
    """The start parameter that says «I am here», for the session as it is planned in this version, on that day."""
    return f"{DOOR}-{session}-{_mark(key, DOOR, session, version, day.isoformat())}"


def read(start: str) -> Scanned | None:
    """What the words after /start claim; None when they are none of ours."""
    found = CODE.fullmatch(start)
    return Scanned(found[1], int(found[2]), found[3]) if found else None


def invites(key: bytes, scanned: Scanned) -> bool:
    return scanned.kind == INVITE and hmac.compare_digest(scanned.mark, _mark(key, INVITE, scanned.session))


def opens(key: bytes, scanned: Scanned, *, version: int, day: date) -> bool:
    """Whether it is the code at the door of that session, as it stands now. Ask `is_open` besides."""
    wanted = _mark(key, DOOR, scanned.session, version, day.isoformat())
    return scanned.kind == DOOR and hmac.compare_digest(scanned.mark, wanted)


def is_open(starts_at: datetime, ends_at: datetime, *, now: datetime) -> bool:
    return starts_at - BEFORE <= now <= ends_at + AFTER


def in_words(placard: Placard, say: Callable[[Wording], str]) -> dict[str, Any]:
    """The same in words, as JSON can carry it."""
    words = {name: say(getattr(placard, name)) for name in ("title", "at", "place", "line")}
    return words | {"start": placard.start}


def _mark(key: bytes, *told: object) -> str:
    whole = hmac.digest(key, ":".join(map(str, told)).encode(), "sha256")
    return base64.urlsafe_b64encode(whole[:MARK_BYTES]).rstrip(b"=").decode()
