"""The life of a seat at a training, as pure answers: how long one is offered, when it is asked about, and how.

The times are proposals [P]. A day counts 24 hours here; where a reminder falls on the wall clock, bot/core/reminders.py
has said already.
"""

from datetime import UTC, datetime, timedelta
from enum import Enum
from typing import Final

from bot.core import reminders
from bot.core.reminders import Hours, Reminder

KINDS: Final = (
    "foster_in_service", "candidate_preparation", "burnout_seminar", "mutual_support_group", "guardian_seminar",
    "group_event", "campaign", "staff_training", "supervision",
)  # fmt: skip
KIND: Final = KINDS[0]
"""What a training is unless somebody says otherwise."""
REASONS: Final = ("work", "illness", "children", "far", "time", "other")
ANOTHER_DATE: Final = "another_date"
"""«I would come on another day»: a wish, counted apart from the reasons."""
UNKEPT, UNANSWERED = "unkept", "unanswered"
"""Why a seat went on without a word: nobody confirmed it, or nobody answered the offer."""

OFFER = timedelta(hours=24)
LEAST_OFFER = timedelta(hours=1)
TOO_SHORT = timedelta(minutes=30)
BEFORE_START = timedelta(hours=2)
"""A seat that is offered later than this before the start helps nobody."""

KEEPING: Final = "training_keep"
KEEP = timedelta(days=2)
FRESH = timedelta(days=2)
"""Whoever said yes so recently is not asked whether it still holds."""
TO_ANSWER = timedelta(hours=6)
"""So long after the reminder of the day the last question stands open."""
FOR_THE_NEXT = timedelta(hours=4)
"""A seat that is taken back later than this before the start could not be filled any more."""
WEEK_ENDS, TWO_DAYS_END = timedelta(hours=60), timedelta(hours=36)
"""Up to where a question belongs to the week, and to the two days: half-way to the next."""
UNDO = timedelta(days=1)
"""So long what was closed can be opened again; only then whoever did not come is asked why."""


class Asks(Enum):
    """What a message asks of whoever has a seat."""

    NOTHING = ""
    WHETHER = "whether"
    WARNING = "warning"
    LAST = "last"


def offer_until(now: datetime, starts_at: datetime, hours: Hours) -> datetime | None:
    """Until when a seat that is free now is held for the next; None when the training is too near.

    A day, but never more than half of the time that is left, so that another one can still be offered it after this
    one. It counts from the morning if now is night for her, and does not end in the night.
    """
    opens = hours.over_at(now) if hours.quiet_at(now) else now.astimezone(UTC)
    last = starts_at.astimezone(UTC) - BEFORE_START
    length = min(OFFER, (last - opens) / 2)
    if length < LEAST_OFFER:
        length = min(LEAST_OFFER, last - opens)
    if length < TOO_SHORT:
        return None
    return _in_daylight(opens, opens + length, last, hours)


def _in_daylight(opens: datetime, until: datetime, last: datetime, hours: Hours) -> datetime:
    """An end that falls into the night waits for the morning; where that is too late, it is the evening before."""
    if not hours.quiet_at(until):
        return until
    morning, evening = hours.over_at(until) + LEAST_OFFER, hours.began_at(until)
    if morning <= last:
        return morning
    return evening if evening - opens >= LEAST_OFFER else until


def keep_at(starts_at: datetime, hours: Hours, *, now: datetime) -> Reminder | None:
    """The question of two days before; None when that is past."""
    return next(iter(reminders.of({KEEPING: KEEP}, starts_at, hours, now=now)), None)


def answer_by(starts_at: datetime, hours: Hours) -> datetime | None:
    """The end of the last question, when a seat that nobody confirmed goes on; None if the next had no time left."""
    long_before = starts_at - timedelta(days=30)
    said = {each.kind: each.at for each in reminders.of_training(starts_at, hours, now=long_before)}
    by = said["training_day"] + TO_ANSWER
    if hours.quiet_at(by):
        by = hours.over_at(by) + LEAST_OFFER
    return by if by <= starts_at - FOR_THE_NEXT else None


def settled(answered_at: datetime | None, confirmed_at: datetime | None, *, now: datetime) -> bool:
    """Whether a yes needs no asking: it was confirmed once, or has only just been given."""
    return confirmed_at is not None or (answered_at is not None and now - answered_at < FRESH)


def asks(now: datetime, starts_at: datetime, by: datetime | None, *, pressed: bool, warned: bool) -> Asks:
    """What is asked of somebody whose yes is not settled.

    `pressed`: it is full and somebody waits. Only then silence may cost a seat, and only after a warning: where nobody
    wants it, an empty chair harms no one, and whoever forgot to press would be turned away for nothing.
    """
    left = starts_at - now
    open_still = by is not None and by - now >= LEAST_OFFER
    if left > WEEK_ENDS:
        return Asks.WHETHER
    if left > TWO_DAYS_END:
        return Asks.WARNING if pressed and open_still else Asks.WHETHER
    return Asks.LAST if pressed and warned and open_still else Asks.NOTHING
