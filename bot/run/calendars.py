"""A calendar file (RFC 5545) of what somebody has ahead; bot/core/agenda.py says what is in it."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, Timezone, vDatetime

PRODUCT = "-//calendar//1.0//UK"
"""Stands in every file; it names nobody (S01)."""
SUNDAY = 6
SECOND = timedelta(seconds=1)
HOURS = 3
"""How often a calendar should ask anew; most ask when they like."""


def encoded(agenda: Mapping[str, Any]) -> bytes:
    made_at = datetime.fromisoformat(agenda["made_at"])
    zone = ZoneInfo(agenda["zone"])
    calendar = Calendar()
    calendar.add("PRODID", PRODUCT)
    calendar.add("VERSION", "2.0")
    calendar.add("CALSCALE", "GREGORIAN")
    calendar.add("REFRESH-INTERVAL", timedelta(hours=HOURS), parameters={"VALUE": "DURATION"})
    calendar.add("X-PUBLISHED-TTL", f"PT{HOURS}H")
    calendar.add_component(_rules(zone, made_at.year))
    for event in agenda["events"]:
        calendar.add_component(_event(event, zone, made_at))
    written: bytes = calendar.to_ical()
    return written


@lru_cache(maxsize=4)
def _rules(zone: ZoneInfo, year: int) -> Timezone:
    """The zone's clock changes since last year, as a rule where they follow one; those since 1970 fill a page."""
    rules = Timezone.from_tzinfo(zone, zone.key, date(year - 1, 1, 1), date(year + 3, 12, 31))
    rules.pop("COMMENT", None)
    changes: Sequence[Any] = rules.subcomponents
    for change in changes:
        if "RDATE" in change and _on_last_sundays([change["DTSTART"], *change["RDATE"].dts]):
            change.add("RRULE", {"FREQ": "YEARLY", "BYMONTH": change["DTSTART"].dt.month, "BYDAY": "-1SU"})
            del change["RDATE"]
            change["DTSTART"] = vDatetime(_onset(change, zone))
    return rules


def _onset(change: Mapping[str, Any], zone: ZoneInfo) -> datetime:
    """When it begins, on the wall as it was until then (3.6.5); the library says it on the wall as it is after."""
    given: datetime = change["DTSTART"].dt.replace(tzinfo=None)
    before, after = change["TZOFFSETFROM"].td, change["TZOFFSETTO"].td
    begins = (given - before).replace(tzinfo=UTC)
    is_so = begins.astimezone(zone).utcoffset() == after != (begins - SECOND).astimezone(zone).utcoffset()
    return given if is_so else given - (after - before)


def _on_last_sundays(changes: Sequence[Any]) -> bool:
    """Whether they are on the last Sunday of one month, year by year, at one hour; some readers know only that."""
    moments = [change.dt for change in changes]
    last = all(at.weekday() == SUNDAY and (at + timedelta(days=7)).month != at.month for at in moments)
    years = [at.year for at in moments]
    return last and len({(at.month, at.time()) for at in moments}) == 1 and years == [*range(years[0], years[-1] + 1)]


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
    r"""Line ends as the format means them, no control characters, which it forbids, and no backslash.

    The library itself takes a backslash and an n for a line end, also where they are just that.
    """
    lines = words.replace("\r\n", "\n").replace("\r", "\n").replace("\\", "/")
    return "".join(sign for sign in lines if sign in "\n\t" or (sign >= " " and sign != "\x7f"))
