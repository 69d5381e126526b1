"""The calendar file is one that others read: by the letter of the standard, by another parser, and back again."""

from datetime import UTC, datetime, timedelta
from typing import Any

import icalendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core import agenda
from bot.core.agenda import Agenda, Event
from bot.core.lines import Own, Wording
from bot.run import calendars
from tests import rfc5545
from tests.rfc5545 import BrokenRuleError, Read

MADE = datetime(2026, 11, 23, 9, tzinfo=UTC)
NASTY = st.one_of(
    st.text(st.characters(codec="utf-8"), min_size=1, max_size=200),
    st.text(";,:\\\"'\n\r\t їЖ🌻«»—nN=", min_size=1, max_size=120),
    st.sampled_from(
        ("BEGIN:VEVENT", "a\r\nEND:VCALENDAR\r\nb", "їжак" * 60, "🌻" * 40, "\\n is no line end", "x" * 73)
    ),
)
MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2029, 12, 1), timezones=st.just(UTC))  # noqa: DTZ001 - its zone is given


@st.composite
def agendas(draw: st.DrawFn) -> Agenda:
    events = [
        Event(
            f"{number:032x}", draw(st.integers(1, 10**6)), Own(draw(NASTY)), starts_at,
            starts_at + timedelta(minutes=draw(st.integers(1, 6000))), Own(draw(st.one_of(st.just(""), NASTY))),
            called_off=draw(st.booleans()), settled=draw(st.booleans()),
        )
        for number, starts_at in enumerate(draw(st.lists(MOMENTS, max_size=4)))
    ]  # fmt: skip
    return Agenda("Europe/Kyiv", MADE, tuple(events))


def said(wording: Wording) -> str:
    assert isinstance(wording, Own)
    return wording.text


def plain(words: str) -> str:
    """As other readers can carry it: one kind of line end, no control characters, no backslash."""
    lines = words.replace("\r\n", "\n").replace("\r", "\n").replace("\\", "/")
    return "".join(sign for sign in lines if sign in "\n\t" or (ord(sign) >= 32 and ord(sign) != 127))


def wanted(mine: Agenda) -> list[Read]:
    return [
        Read(event.uid, event.version, plain(said(event.title)), plain(said(event.place)),
             event.starts_at.replace(microsecond=0), event.ends_at.replace(microsecond=0),
             "CANCELLED" if event.called_off else "CONFIRMED" if event.settled else "TENTATIVE")
        for event in mine.events
    ]  # fmt: skip


def encoded(mine: Agenda) -> bytes:
    return calendars.encoded(agenda.in_words(mine, said))


@given(agendas())
def test_what_is_written_is_read_the_same_by_the_letter_of_the_standard(mine: Agenda) -> None:
    assert rfc5545.read(encoded(mine)) == wanted(mine)


@given(agendas())
def test_what_is_written_is_read_the_same_by_a_library(mine: Agenda) -> None:
    found: Any = icalendar.Calendar.from_ical(encoded(mine))
    events = found.walk("VEVENT")
    assert [(str(each["UID"]), int(each["SEQUENCE"]), str(each["SUMMARY"])) for each in events] == [
        (each.uid, each.sequence, each.title) for each in wanted(mine)
    ]
    assert [(each["DTSTART"].dt.astimezone(UTC), str(each["STATUS"])) for each in events] == [
        (each.starts_at, each.status) for each in wanted(mine)
    ]
    assert not found.errors


@pytest.mark.parametrize(
    ("starts_at", "shown"),
    [
        ("2026-10-24T06:00+00:00", "DTSTART;TZID=Europe/Kyiv:20261024T090000"),
        ("2026-10-25T00:30+00:00", "DTSTART;TZID=Europe/Kyiv:20261025T033000"),
        ("2026-10-25T01:30+00:00", "DTSTART:20261025T013000Z"),
        ("2026-10-26T07:00+00:00", "DTSTART;TZID=Europe/Kyiv:20261026T090000"),
        ("2027-03-28T00:30+00:00", "DTSTART;TZID=Europe/Kyiv:20270328T023000"),
        ("2027-03-28T01:30+00:00", "DTSTART;TZID=Europe/Kyiv:20270328T043000"),
    ],
)
def test_the_wall_time_is_right_across_the_change_of_the_clocks(starts_at: str, shown: str) -> None:
    """Of the autumn's two equal hours the second can be told in UTC only."""
    at = datetime.fromisoformat(starts_at)
    one = Event("a" * 32, 1, Own("x"), at, at + timedelta(hours=1))
    content = encoded(Agenda("Europe/Kyiv", MADE, (one,)))
    assert shown in content.decode().split("\r\n")
    assert rfc5545.read(content)[0].starts_at == at


def test_the_clocks_change_when_they_do_on_the_wall_as_it_was_until_then() -> None:
    lines = encoded(Agenda("Europe/Kyiv", MADE, ())).decode().split("\r\n")
    spring, autumn = lines.index("BEGIN:DAYLIGHT"), len(lines) - 1 - lines[::-1].index("BEGIN:STANDARD")
    assert lines[spring + 1 : spring + 3] == ["DTSTART:20250330T030000", "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3"]
    assert lines[autumn + 1 : autumn + 3] == ["DTSTART:20251026T040000", "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10"]


@pytest.mark.parametrize(
    "broken",
    [
        b"SUMMARY:a\n", b"SUMMARY:a;b\r\n", b"SUMMARY:a\\x\r\n", b"SUMMARY:" + b"x" * 80 + b"\r\n", b"SUMMARY:\x01\r\n",
        b"SUMMARY x\r\n", b"UID:b\r\n", b"STATUS:MAYBE\r\n", b"DURATION:PT1H\r\n", b"DTSTAMP:20261123T090000\r\n",
        b"BEGIN:VALARM\r\nEND:VALARM\r\n", b"BEGIN:VALARM\r\n", b"SUMMARY:\xd1\r\n \x8f\r\n",
    ],
)  # fmt: skip
def test_the_reader_of_this_test_takes_nothing_that_the_standard_does_not(broken: bytes) -> None:
    one = Event("a" * 32, 1, Own("x"), MADE, MADE + timedelta(hours=1))
    content = encoded(Agenda("Europe/Kyiv", MADE, (one,)))
    name = broken.partition(b":")[0].partition(b" ")[0]
    without = b"\r\n".join(
        line for line in content.split(b"\r\n") if not line.startswith(name + b":") or name == b"UID"
    )
    rfc5545.read(content)
    with pytest.raises((BrokenRuleError, UnicodeDecodeError)):
        rfc5545.read(without.replace(b"END:VEVENT", broken + b"END:VEVENT"))
