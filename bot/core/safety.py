"""The gate: whether, when and with what the bot may write first to a resident (S08, S09, S14).

Nothing else makes a Permit, and a message to somebody who has not just written is made with one or not at all.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Literal

from bot.core.cases import Case

Reason = Literal["taken", "reply", "visit", "late", "agreed_call"]
"""Why she would be written to: somebody has it, an answer waits, a visit, our delay, the call that she set."""

WRITTEN_TO = ("here", "hours")
EVERY_DAY = "0123456"
AHEAD = 15
"""Days."""


@dataclass(frozen=True, slots=True)
class Permit:
    """From when she may be written to, and whether in words; otherwise with a cover that tells nothing (S09)."""

    at: datetime
    words: bool


def may_contact(case: Case, reason: Reason, now: datetime) -> Permit | None:
    """As she chose for this case; `now` on the centre's own clock. None: not at all, she comes back by herself.

    Never about another person's case (S14), never after the end, after she withdrew, or at a sign of duress.
    «Only at certain hours» is silence until she has named them. The branch always has covers, whatever the reason.
    """
    own = case.form in ("help", "safety", "child")
    over = case.closed_at or case.withdrawn_at or case.erase_at or case.erased_at or case.duress_at
    if not own or over or case.contact not in WRITTEN_TO:
        return None
    if reason == "late" and not case.branch:
        return None
    at = _opens(case, now)
    return Permit(at, words=not case.branch) if at else None


def _opens(case: Case, now: datetime) -> datetime | None:
    """The first moment from now on that lies within her days and hours; days alone are not the hours she spoke of."""
    if case.contact == "hours" and not case.contact_hours:
        return None
    if not case.contact_hours and not case.contact_days:
        return now
    reach = now.astimezone(UTC)
    return next((max(opens, reach) for opens, closes in _spans(case, now) if closes > max(opens, reach)), None)


def _spans(case: Case, now: datetime) -> Iterator[tuple[datetime, datetime]]:
    """Her hours, day by day, in UTC: two wall times of one zone lie when the clock is changed.

    A week ahead, and another one for an hour that the change in spring skips: that day has none of it.
    """
    hours = [span for code in (case.contact_hours or "00-24").split(",") if (span := _hours(code))]
    for later in range(AHEAD):
        day = now.date() + timedelta(days=later)
        if str(day.weekday()) in (case.contact_days or EVERY_DAY):
            for first, last in sorted(hours):
                midnight = datetime.combine(day, time.min, now.tzinfo)
                yield _at(midnight, first), _at(midnight, last)


def _at(midnight: datetime, hour: int) -> datetime:
    """That hour of the wall clock of that day; 24 is the next midnight."""
    day = midnight + timedelta(days=hour // 24)
    return day.replace(hour=hour % 24).astimezone(UTC)


def _hours(code: str) -> tuple[int, int] | None:
    first, _, last = code.partition("-")
    if not (first.isdecimal() and last.isdecimal()):
        return None
    span = int(first), int(last)
    return span if 0 <= span[0] < span[1] <= 24 else None  # noqa: PLR2004 - hours of a day
