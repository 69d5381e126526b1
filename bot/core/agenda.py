"""What somebody has ahead, as a calendar outside shows it: neutral titles, nothing that leads to a case (S01, S26).

A calendar is kept by other firms and read on lock screens, so it has dates, «Meeting» and «Training», and the place
of a training, which is public. bot/run/calendars.py makes a file of it.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from bot.core.lines import NOTHING, Wording

VISIT_LASTS: Final = timedelta(hours=1)
"""Nobody has said how long; an hour is what a calendar shows when it does not know."""
CALLED_OFF_FOR: Final = timedelta(days=30)
"""So long a calendar is told that something is off, counted from when it was to be."""


@dataclass(frozen=True, slots=True)
class Event:
    """`uid` says nothing and stays when the event moves; `version` grows then. `settled`: it is certain to come."""

    uid: str
    version: int
    title: Wording
    starts_at: datetime
    ends_at: datetime
    place: Wording = NOTHING
    called_off: bool = False
    settled: bool = True

    def worth(self, now: datetime) -> bool:
        """Not over yet; or called off, and its time is less than a month ago."""
        return self.starts_at > now - CALLED_OFF_FOR if self.called_off else self.ends_at > now


@dataclass(frozen=True, slots=True)
class Agenda:
    zone: str
    made_at: datetime
    events: tuple[Event, ...]


def ends(starts_at: datetime, hours: int) -> datetime:
    """When something of so many hours is over; what has none takes one all the same."""
    return starts_at + timedelta(hours=max(hours, 1))


def ahead(events: Iterable[Event], zone: str, *, now: datetime) -> Agenda:
    """What is worth to be shown, by time."""
    worth = sorted((event for event in events if event.worth(now)), key=lambda event: (event.starts_at, event.uid))
    return Agenda(zone, now, tuple(worth))


def in_words(agenda: Agenda, say: Callable[[Wording], str]) -> dict[str, Any]:
    """The same in words, as JSON can carry it."""
    return {
        "zone": agenda.zone,
        "made_at": _moment(agenda.made_at),
        "events": [_event(event, say) for event in agenda.events],
    }


def _event(event: Event, say: Callable[[Wording], str]) -> dict[str, Any]:
    return {
        "uid": event.uid,
        "version": event.version,
        "title": say(event.title),
        "starts_at": _moment(event.starts_at),
        "ends_at": _moment(event.ends_at),
        "place": say(event.place),
        "status": "CANCELLED" if event.called_off else "CONFIRMED" if event.settled else "TENTATIVE",
    }


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).isoformat()
