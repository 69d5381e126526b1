"""A calendar file (RFC 5545) of what somebody has ahead; bot/core/agenda.py says what is in it."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, Timezone

PRODUCT = "-//calendar//1.0//UK"
"""Stands in every file; it names nobody (S01)."""
LOOK_AGAIN = timedelta(hours=3)
"""How often a calendar should ask anew; most ask when they like."""


def encoded(agenda: Mapping[str, Any]) -> bytes:
    made_at = datetime.fromisoformat(agenda["made_at"])
    zone = ZoneInfo(agenda["zone"])
    calendar = Calendar()
    calendar.add("PRODID", PRODUCT)
    calendar.add("VERSION", "2.0")
    calendar.add("CALSCALE", "GREGORIAN")
    calendar.add("REFRESH-INTERVAL", LOOK_AGAIN, parameters={"VALUE": "DURATION"})
    calendar.add("X-PUBLISHED-TTL", LOOK_AGAIN)
    calendar.add_component(_rules(zone, made_at))
    for event in agenda["events"]:
        calendar.add_component(_event(event, zone, made_at))
    written: bytes = calendar.to_ical()
    return written


def _rules(zone: ZoneInfo, around: datetime) -> Timezone:
    """The zone's clock changes from last year to three years on; those since 1970 would be most of the file."""
    return Timezone.from_tzinfo(zone, zone.key, date(around.year - 1, 1, 1), date(around.year + 3, 12, 31))


def _event(given: Mapping[str, Any], zone: ZoneInfo, made_at: datetime) -> Event:
    event = Event()
    event.add("UID", given["uid"])
    event.add("SEQUENCE", given["version"])
    event.add("DTSTAMP", made_at)
    event.add("LAST-MODIFIED", made_at)
    event.add("DTSTART", _wall(given["starts_at"], zone))
    event.add("DTEND", _wall(given["ends_at"], zone))
    event.add("SUMMARY", _plain(given["title"]))
    if given["place"]:
        event.add("LOCATION", _plain(given["place"]))
    event.add("STATUS", given["status"])
    event.add("CLASS", "PRIVATE")
    return event


def _wall(moment: str, zone: ZoneInfo) -> datetime:
    """The time on the wall; in UTC in the hour that autumn has twice, which wall time cannot tell apart."""
    at = datetime.fromisoformat(moment)
    local = at.astimezone(zone)
    return at.astimezone(UTC) if local.fold else local


def _plain(words: str) -> str:
    """Line ends as the format means them, no control characters, which it forbids, and no backslash.

    The library itself takes a backslash and an n for a line end, also where they are just that.
    """
    lines = words.replace("\r\n", "\n").replace("\r", "\n").replace("\\", "/")
    return "".join(sign for sign in lines if sign in "\n\t" or (sign >= " " and sign != "\x7f"))
