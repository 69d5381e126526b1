"""The bot broken on purpose, a way a function: each must be seen by the histories of test_reminders.py.

What of it they call it is the second word: wrong, lost or doubled.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from bot.core.events import Due, Message
from bot.core.reminders import Hours
from bot.run.outbox import Sender
from handlers import bells, keeping, reminding, rsvp, visits
from handlers.here import Here
from storage import due, trainings
from storage.db import Transaction
from storage.trainings import Session
from storage.visits import Visit
from tests.properties import street

Breaks = Callable[[pytest.MonkeyPatch], None]


def nothing(*_: Any, **__: Any) -> list[Any]:
    return []


def outages(patch: pytest.MonkeyPatch, *minutes: int) -> None:
    """No other weather."""
    patch.setattr(street, "WEATHER", ("line_is_down",))
    patch.setattr(street, "OUTAGES", minutes)


def whoever_said_no_is_reminded(patch: pytest.MonkeyPatch) -> None:
    def concerned(here: Here, session_id: int, version: int, person_id: int) -> Session | None:  # noqa: ARG001 - as it is
        return trainings.by_id(here.tx, session_id) if trainings.stands(here.tx, session_id, version) else None

    patch.setattr(rsvp, "_concerned", concerned)


def it_is_decided_when_it_rings_and_never_again(patch: pytest.MonkeyPatch) -> None:
    def at_once(sender: Sender, tx: Transaction, letter: Any, now: datetime) -> datetime:  # noqa: ARG001 - as above
        return now

    patch.setattr(Sender, "_from", at_once)
    outages(patch, 20, 150)


def rows_of_the_old_time_still_ring(patch: pytest.MonkeyPatch) -> None:
    def stands(tx: Transaction, row: int, version: int) -> bool:  # noqa: ARG001 - as above
        session = trainings.by_id(tx, row)
        return session is not None and session.state == "planned"

    patch.setattr(trainings, "stands", stands)
    patch.setattr(due, "cancel", nothing)


def what_was_said_rings_again(patch: pytest.MonkeyPatch) -> None:
    said = rsvp.reminded

    def reminded(here: Here, bell: Due) -> list[Message]:
        messages = said(here, bell)
        if messages:
            due.put_off(here.tx, bell, until=here.now + timedelta(hours=1))
        return messages

    patch.setitem(bells.OF, "training_day", reminded)


def the_night_is_like_the_day(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(Hours, "quiet_at", lambda *_: False)


def what_comes_too_late_is_dropped(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(rsvp, "_missed", nothing)
    patch.setattr(visits, "_missed", nothing)


def nobody_hears_of_a_chat_that_is_gone(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(reminding, "undelivered", nothing)


def an_outage_ends_it(patch: pytest.MonkeyPatch) -> None:
    """Outages that outlast the sender's patience are seldom in other weathers."""
    patch.setattr(reminding, "unsent", nothing)
    outages(patch, 200)


def with_the_specialist_goes_what_was_due_to_her(patch: pytest.MonkeyPatch) -> None:
    go = visits._go

    def goes(here: Here, visit: Visit, to: Any) -> None:
        due.cancel(here.tx, visits.KINDS, visit.id, now=here.now)
        go(here, visit, to)

    patch.setattr(visits, "_go", goes)


def nobody_is_asked_two_days_before(patch: pytest.MonkeyPatch) -> None:
    patch.setitem(bells.OF, "training_keep", nothing)


def whoever_has_said_it_again_is_asked(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(keeping, "_settled", lambda *_: False)


WAYS: dict[Breaks, set[str]] = {
    whoever_said_no_is_reminded: {"wrong"},
    it_is_decided_when_it_rings_and_never_again: {"wrong", "doubled"},
    rows_of_the_old_time_still_ring: {"wrong", "doubled"},
    what_was_said_rings_again: {"doubled"},
    the_night_is_like_the_day: {"wrong"},
    what_comes_too_late_is_dropped: {"lost"},
    nobody_hears_of_a_chat_that_is_gone: {"lost"},
    an_outage_ends_it: {"lost"},
    with_the_specialist_goes_what_was_due_to_her: {"lost"},
    nobody_is_asked_two_days_before: {"lost"},
    whoever_has_said_it_again_is_asked: {"wrong"},
}
