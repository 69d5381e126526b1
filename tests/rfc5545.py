"""Reads a calendar file by the letter of RFC 5545, with the standard library alone, and complains of everything else.

It shares nothing with what writes the files. Times are made UTC by the file's own VTIMEZONE, not by this machine's.
"""

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, timezone

LINE = 75
"""Octets of a line without its end (3.1)."""
NAME = re.compile(r"[A-Za-z0-9-]+")
PARAMETER = re.compile(r';([A-Za-z0-9-]+)=("[^"\x00-\x08\x0a-\x1f\x7f]*"|[^";:,\x00-\x08\x0a-\x1f\x7f]*)')
TEXTS = {"SUMMARY", "LOCATION", "UID", "PRODID", "TZID", "TZNAME", "STATUS", "CLASS", "COMMENT", "DESCRIPTION"}
STATUS = {"TENTATIVE", "CONFIRMED", "CANCELLED"}
LOCAL = re.compile(r"\d{8}T\d{6}")


class BrokenRuleError(Exception):
    """What the file does and the standard does not allow."""


@dataclass
class Property:
    name: str
    parameters: dict[str, str]
    value: str


@dataclass
class Component:
    name: str
    properties: list[Property] = field(default_factory=list)
    inside: list["Component"] = field(default_factory=list)

    def all(self, name: str) -> list[Property]:
        return [each for each in self.properties if each.name == name]

    def one(self, name: str) -> Property:
        found = self.all(name)
        check(len(found) == 1, f"{self.name} has {len(found)} {name}")
        return found[0]

    def named(self, name: str) -> list["Component"]:
        return [each for each in self.inside if each.name == name]


@dataclass(frozen=True)
class Read:
    """An event as any calendar would show it."""

    uid: str
    sequence: int
    title: str
    place: str
    starts_at: datetime
    ends_at: datetime
    status: str


def read(content: bytes) -> list[Read]:
    """The events. Raises BrokenRuleError."""
    calendar = component(content)
    check(calendar.name == "VCALENDAR", "no VCALENDAR")
    check(calendar.one("VERSION").value == "2.0", "VERSION is not 2.0")
    text(calendar.one("PRODID").value)
    zones = {text(zone.one("TZID").value): onsets(zone) for zone in calendar.named("VTIMEZONE")}
    events = [event(each, zones) for each in calendar.named("VEVENT")]
    check(len({each.uid for each in events}) == len(events), "one UID twice")
    return events


def component(content: bytes) -> Component:
    top = Component("")
    stack = [top]
    for line in lines(content):
        given = split(line)
        if given.name == "BEGIN":
            stack.append(Component(given.value))
        elif given.name == "END":
            done = stack.pop()
            check(done.name == given.value and bool(stack), f"END:{given.value} closes {done.name}")
            stack[-1].inside.append(done)
        else:
            check(len(stack) > 1, f"{given.name} outside of any component")
            stack[-1].properties.append(given)
    check(len(stack) == 1 and len(top.inside) == 1, "not one whole component")
    return top.inside[0]


def lines(content: bytes) -> list[str]:
    """Unfolded; each physical line by itself is UTF-8, at most 75 octets, ended by CRLF."""
    check(content.endswith(b"\r\n"), "the last line does not end")
    physical = content[:-2].split(b"\r\n")
    for each in physical:
        check(b"\r" not in each and b"\n" not in each, "a bare CR or LF")
        check(0 < len(each) <= LINE, f"a line of {len(each)} octets")
    decoded = [line.decode("utf-8") for line in physical]
    check(not decoded[0].startswith((" ", "\t")), "begins with a continuation")
    whole: list[str] = []
    for line in decoded:
        if line.startswith((" ", "\t")):
            whole[-1] += line[1:]
        else:
            whole.append(line)
    return whole


def split(line: str) -> Property:
    check(not re.search(r"[\x00-\x08\x0a-\x1f\x7f]", line), "a control character")
    name = NAME.match(line)
    check(name is not None, f"no name: {line[:20]}")
    assert name is not None
    rest, parameters = line[name.end() :], {}
    while found := PARAMETER.match(rest):
        parameters[found[1].upper()] = found[2].strip('"')
        rest = rest[found.end() :]
    check(rest.startswith(":"), f"no value: {line[:40]}")
    return Property(name[0].upper(), parameters, rest[1:])


def text(value: str) -> str:
    """A TEXT without its escapes (3.3.11)."""
    check(re.fullmatch(r"(?:[^\\;,]|\\[\\;,nN])*", value) is not None, f"not escaped: {value!r}")
    return re.sub(r"\\(.)", lambda found: "\n" if found[1] in "nN" else found[1], value)


def event(given: Component, zones: dict[str, list[tuple[datetime, timedelta]]]) -> Read:
    for each in given.properties:
        if each.name in TEXTS:
            text(each.value)
    check(not given.inside, "an alarm or something else inside an event")
    check(not (given.all("DTEND") and given.all("DURATION")), "DTEND and DURATION")
    for name in ("DTSTAMP", "LAST-MODIFIED"):
        check(given.one(name).value.endswith("Z"), f"{name} is not UTC")
        moment(given.one(name), zones)
    starts_at, ends_at = moment(given.one("DTSTART"), zones), moment(given.one("DTEND"), zones)
    check(ends_at > starts_at, "ends before it starts")
    status = given.one("STATUS").value
    check(status in STATUS, f"STATUS {status}")
    place = text(given.one("LOCATION").value) if given.all("LOCATION") else ""
    uid, sequence = text(given.one("UID").value), int(given.one("SEQUENCE").value)
    check(bool(uid) and sequence >= 0, "no UID or a SEQUENCE below 0")
    return Read(uid, sequence, text(given.one("SUMMARY").value), place, starts_at, ends_at, status)


def moment(given: Property, zones: dict[str, list[tuple[datetime, timedelta]]]) -> datetime:
    zone = given.parameters.get("TZID")
    if zone is None:
        check(given.value.endswith("Z"), f"{given.name} floats")
        return local(given.value[:-1]).replace(tzinfo=UTC)
    check(zone in zones, f"TZID {zone} is not defined in the file")
    wall = local(given.value)
    before = [(onset, offset) for onset, offset in zones[zone] if onset <= wall]
    check(bool(before), f"no rule of {zone} for {wall}")
    return wall.replace(tzinfo=timezone(max(before)[1])).astimezone(UTC)


def onsets(zone: Component) -> list[tuple[datetime, timedelta]]:
    """From which wall time on which offset holds (3.6.5)."""
    parts = [*zone.named("STANDARD"), *zone.named("DAYLIGHT")]
    check(bool(parts) and len(parts) == len(zone.inside), "a VTIMEZONE without rules, or with strange ones")
    found = []
    for part in parts:
        offset(part.one("TZOFFSETFROM").value)
        to = offset(part.one("TZOFFSETTO").value)
        dates = [part.one("DTSTART").value, *(day for each in part.all("RDATE") for day in each.value.split(","))]
        found += [(local(each), to) for each in dates]
        found += [(each, to) for rule in part.all("RRULE") for each in yearly(rule.value, local(dates[0]))]
    return found


def yearly(rule: str, first: datetime) -> list[datetime]:
    """The last Sunday of a month, each year: the one rule that clocks in Europe follow."""
    found = re.fullmatch(r"FREQ=YEARLY;BYDAY=-1SU;BYMONTH=(\d+)", rule)
    check(found is not None and int(found[1]) == first.month, f"a rule that this reader does not know: {rule}")
    ends = (first.replace(year=first.year + later, day=31) for later in range(30))
    return [end - timedelta(days=(end.weekday() + 1) % 7) for end in ends]


def offset(value: str) -> timedelta:
    found = re.fullmatch(r"([+-])(\d\d)(\d\d)(\d\d)?", value)
    check(found is not None, f"offset {value}")
    assert found is not None
    return (1 if found[1] == "+" else -1) * timedelta(hours=int(found[2]), minutes=int(found[3]))


def local(value: str) -> datetime:
    check(LOCAL.fullmatch(value) is not None, f"no moment: {value}")
    return datetime.strptime(value, "%Y%m%dT%H%M%S")  # noqa: DTZ007 - wall time has no zone


def check(holds: bool, why: str) -> None:
    if not holds:
        raise BrokenRuleError(why)
