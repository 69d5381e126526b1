"""The register as a table (contract, section 4): what each column may hold, and how it is written.

A row is kept as it is written: a cell a column, each in its one canonical form. So what goes out comes in as the same.
"""

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import Final

from bot.core import calendar, deadlines, identifiers, sheets
from bot.core.cases import read_number, shown
from bot.core.centre import TRIPS, UNKNOWN, Centre, Line, Team, Words, folded, known_districts, known_words
from bot.core.sheets import YEARS, Column, Kind, Row, Table, Wrong

NAMES: Final = (
    "number", "registered_on", "intake", "source", "source_detail", "reporter", "unit", "children", "category",
    "circumstances", "district", "team", "urgency", "violence_forms", "violence_main", "victim_group", "child_role",
    "repeat", "services", "visits", "needs_met", "outcome", "closing", "closed_on", "referred_to", "helpline_topic",
    "incoming_no", "received_at", "sent_for_decision_on", "decided_by", "decided_on", "police_notified_at",
    "child_services_notified_at", "count",
)  # fmt: skip
Cells = tuple[str, ...]
"""A row: the canonical cell of each column, empty where nothing is known."""

NUMBER, DETAIL, INCOMING, DECIDED_BY = 40, 300, 100, 200
MOST_CHILDREN, MOST_ALIKE = 10_000, 10_000_000
REPEAT: Final = {
    "yes": "yes", "так": "yes", "true": "yes", "1": "yes", "no": "no", "ні": "no", "false": "no", "0": "no",
}  # fmt: skip
GBV: Final = {"gbv": Words("Насильство поза сім'єю", "Violence outside the family")}
"""Stands among the forms of violence and is none of the four: where it was."""
FORMS: Final = {**identifiers.VIOLENCE, **GBV}
BODIES: Final = (
    "legal_aid", "shelter", "employment_service", "pension_fund", "rehabilitation", "court", "prosecutor",
    "centre_of_oblast",
)  # fmt: skip
"""To whom somebody is sent, besides those from whom cases come."""
CODE: Final = re.compile(r"[a-z0-9_]{1,40}")
DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
MOMENT: Final = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})(?:[T ]([0-9]{2}:[0-9]{2})(?::[0-9]{2}(?:\.[0-9]+)?)?)?")
OURS: Final = re.compile(r"[КKкk] ?[-–—]? ?([0-9]{4,8})")
FORMULA: Final = frozenset("=+-@")
"""What begins so, a spreadsheet computes; an apostrophe before it says that these are words."""
DAY_ALLOWED: Final = f"a date as 2026-03-05, from {YEARS[0]} to {YEARS[-1]}"
MOMENT_ALLOWED: Final = f"a date as 2026-03-05, or with its time, 2026-03-05T21:40, from {YEARS[0]} to {YEARS[-1]}"
CACHED: Final = 4096
ZERO: Final = timedelta()


def table(centre: Centre) -> Table:
    """What the centre's register may hold; the values of a row are its canonical cells."""
    kinds = {**_plain(), **_of(centre)}
    columns = (Column(name, kinds[name], empty="1" if name == "count" else "") for name in NAMES)
    return Table(tuple(columns), rule=_fits)


def cells(row: Row) -> Cells:
    return tuple(row[name] for name in NAMES)


def canonical(words: Mapping[str, str], of: Table) -> Cells:
    """The cells of what this bot has itself; a code that the profile has no longer stays as it is."""
    return tuple(_canonical(words.get(column.name, ""), column) for column in of.columns)


def ours(number: str) -> str | None:
    """The digits of a number that looks like one of this bot's own cases: К-4823."""
    found = OURS.fullmatch(number)
    return read_number(found[1]) if found else None


def written_by(number: str) -> str:
    """As the register has the number of a case of this bot."""
    return shown(number).uk


def order(row: Cells) -> tuple[str, str, Cells]:
    """By the day, then by the number."""
    return row[1], row[0], row


def text(most: int) -> Kind:
    """Words on one line, which no spreadsheet takes for a formula."""
    plain = sheets.text(most)

    def read(word: str) -> str:
        line = " ".join(word.split())
        plain(line.removeprefix("'"))
        return f"'{line}" if line[:1] in FORMULA else line

    return read


def day(word: str) -> str:
    if DAY.fullmatch(word) and _is_day(word):
        return word
    raise Wrong(f"{sheets.said(word)} is no date", DAY_ALLOWED)


def moment(word: str) -> str:
    """A day, or a day and a time on the centre's clock; the hour that clocks skip is left as it was written."""
    found = MOMENT.fullmatch(word)
    if not found or not _is_day(found[1]) or not _is_clock(found[2]):
        raise Wrong(f"{sheets.said(word)} is no date", MOMENT_ALLOWED)
    return f"{found[1]}T{found[2]}" if found[2] else found[1]


def code(known: Mapping[str, str], allowed: Collection[str]) -> Kind:
    """A word that means one code: itself, a key, a name."""

    def read(word: str) -> str:
        found = known.get(word, known.get(folded(word)))
        if found is None:
            raise Wrong(f"{sheets.said(word)} is unknown", ", ".join(allowed))
        return found

    return read


def several(kind: Kind) -> Kind:
    every = sheets.several(kind)
    return lambda word: ";".join(every(word))


def times(kind: Kind) -> Kind:
    counted = sheets.times(kind)
    return lambda word: ";".join(f"{what}*{n}" if n > 1 else what for what, n in counted(word).items())


def visits(kind: Kind) -> Kind:
    def one(part: str) -> str:
        name, sign, when = part.partition("@")
        if not sign:
            raise Wrong(f"{sheets.said(part)} has no date", "what@2021-03-07 or what@2021-03-05T21:40")
        return f"{kind(name.strip())}@{moment(when.strip())}"

    return lambda word: ";".join(one(part.strip()) for part in word.split(";") if part.strip())


# The columns


def _plain() -> dict[str, Kind]:
    """What no profile changes."""
    days = ("registered_on", "closed_on", "sent_for_decision_on", "decided_on")
    moments = ("received_at", "police_notified_at", "child_services_notified_at")
    shared = {
        "reporter": identifiers.REPORTERS, "unit": identifiers.FAMILY_OR_PERSON, "urgency": identifiers.URGENCIES,
        "violence_main": FORMS, "victim_group": identifiers.VICTIM_GROUPS,
        "child_role": identifiers.CHILD_ROLES, "outcome": identifiers.OUTCOMES, "closing": identifiers.CLOSINGS,
    }  # fmt: skip
    return {
        "number": number,
        "source_detail": text(DETAIL),
        "incoming_no": text(INCOMING),
        "decided_by": text(DECIDED_BY),
        "children": whole(0, MOST_CHILDREN),
        "count": whole(1, MOST_ALIKE),
        "repeat": code(REPEAT, REPEAT),
        "violence_forms": _kept(several(_lines((), FORMS))),
        "visits": _kept(visits(_lines((), identifiers.VISITS))),
        **dict.fromkeys(days, _kept(day)),
        **dict.fromkeys(moments, _kept(moment)),
        **{name: _lines((), names) for name, names in shared.items()},
    }


def _of(centre: Centre) -> dict[str, Kind]:
    """What has the centre's own lines beside the shared identifiers."""
    sources = _lines(centre.sources, identifiers.SOURCES)
    return {
        "intake": _lines(centre.intake, identifiers.INTAKE),
        "source": sources,
        "category": _lines(centre.categories, identifiers.CATEGORIES),
        "circumstances": _kept(several(_lines(centre.circumstances, identifiers.CIRCUMSTANCES))),
        "services": _kept(times(_lines(centre.services, identifiers.SERVICES))),
        "needs_met": _kept(several(_lines(centre.needs_met, identifiers.NEEDS_MET))),
        "helpline_topic": _lines(centre.helpline_topics, identifiers.TOPICS),
        "referred_to": _kept(several(_body(sources))),
        "district": district(centre),
        "team": _team(centre.teams),
    }


def _lines(lines: Sequence[Line], shared: Mapping[str, Words]) -> Kind:
    return code(known_words(lines, shared), tuple(dict.fromkeys((*shared, *_codes(lines)))))


def _codes(lines: Iterable[Line]) -> list[str]:
    return [word for line in lines for word in (line.identifier, line.key)]


def district(centre: Centre) -> Kind:
    known = known_districts(centre.districts, identifiers.PLACES)
    allowed = tuple(dict.fromkeys((*_codes(centre.districts), *identifiers.PLACES)))
    read = code(known, allowed)
    return lambda word: "" if (found := read(word)) == UNKNOWN else found


def _team(teams: Sequence[Team]) -> Kind:
    named = {folded(word): team.key for team in teams for word in (team.name.uk, team.name.en)}
    shared = {folded(word): key for key, words in identifiers.TEAMS.items() for word in (words.uk, words.en)}
    keys = tuple(dict.fromkeys((*identifiers.TEAMS, *(team.key for team in teams))))
    return code({**shared, **named, **{key: key for key in keys}}, keys)


def _body(sources: Kind) -> Kind:
    """A source, one of the other bodies, or any code that a centre uses for one."""

    def read(word: str) -> str:
        try:
            return str(sources(word))
        except Wrong:
            if CODE.fullmatch(word):
                return word
            allowed = (*identifiers.SOURCES, *BODIES, "or a code of small Latin letters, digits and _")
            raise Wrong(f"{sheets.said(word)} is unknown", ", ".join(allowed)) from None

    return read


_words_of_number: Final = text(NUMBER)


def number(word: str) -> str:
    """К-4823 as this bot writes its own; any other as it is. Raises Wrong."""
    digits = ours(word)
    return written_by(digits) if digits else str(_words_of_number(word))


def whole(least: int, most: int) -> Kind:
    counted = sheets.whole(least, most)
    return lambda word: str(counted(word))


def _kept(kind: Callable[[str], str]) -> Kind:
    """Cells repeat themselves, a day a hundred times."""
    return lru_cache(CACHED)(kind)


def _canonical(word: str, column: Column) -> str:
    try:
        return str(column.kind(word)) if word else str(column.empty)
    except Wrong:
        return word


def _fits(row: Row) -> None:
    """Raises Wrong."""
    if row["closed_on"] and row["registered_on"] and row["closed_on"] < row["registered_on"]:
        raise Wrong(f"{row['closed_on']} is before {row['registered_on']}, when it was registered",
                    "the same day or later", column="closed_on")  # fmt: skip
    main, forms = row["violence_main"], row["violence_forms"]
    if main and forms and main not in forms.split(";"):
        raise Wrong(f"«{main}» is none of violence_forms «{forms}»", f"one of {forms}", column="violence_main")


def _is_day(word: str) -> bool:
    try:
        return date.fromisoformat(word).year in YEARS
    except ValueError:
        return False


def _is_clock(word: str | None) -> bool:
    return not word or (word < "24:00" and word[3:] < "60")


# Deadlines that the days of a row show to have ended


@dataclass(frozen=True, slots=True)
class Met:
    key: str
    starts_on: date
    due_at: datetime
    met_at: datetime


class Clocks:
    """By when what a row tells of had to be done, on the centre's own calendar.

    Where a row has days without a time, whole days are compared: the last one still is in time.
    """

    def __init__(self, centre: Centre) -> None:
        self._centre = centre
        self._due = lru_cache(CACHED)(self._due_at)
        self._at = lru_cache(CACHED)(self._moment)

    def of(self, row: Mapping[str, str]) -> list[Met]:
        starts = row["received_at"] or row["registered_on"]
        if not starts:
            return []
        return [self._met(key, starts, met) for key, met in _ended(row) if self._known(key)]

    def _known(self, key: str) -> bool:
        return key in self._centre.deadlines and self._centre.deadline(key).unit in deadlines.MINUTES

    def _met(self, key: str, starts: str, met: str) -> Met:
        timed = "T" in starts and "T" in met
        return Met(key, date.fromisoformat(starts[:10]), self._due(key, starts), self._at(met if timed else met[:10]))

    def _moment(self, when: str) -> datetime:
        return datetime.fromisoformat(when).replace(tzinfo=self._centre.zone).astimezone(UTC)

    def _due_at(self, key: str, starts: str) -> datetime:
        """The last moment that is in time."""
        deadline = self._centre.deadline(key)
        began = self._moment(starts)
        due = deadlines.ends(deadline, began, self._centre)
        if deadlines.by_the_day(deadline):
            return due - timedelta.resolution
        return due if "T" in starts else self._end_of(began, due)

    def _end_of(self, began: datetime, due: datetime) -> datetime:
        """Of a whole day the next is the last, also where clocks are put back and 24 hours end on the same."""
        started, ended = self._centre.wall_clock(began), self._centre.wall_clock(due)
        last = ended.replace(tzinfo=None) + ((started.utcoffset() or ZERO) - (ended.utcoffset() or ZERO))
        return calendar.day_ends(last.date(), self._centre) - timedelta.resolution


def _ended(row: Mapping[str, str]) -> list[tuple[str, str]]:
    """Which deadlines, and when they were met."""
    went = [visit.partition("@") for visit in row["visits"].split(";") if visit]
    brigade = [when for kind, _, when in went if kind in TRIPS]
    urgent = row["urgency"] == "emergency"
    called = urgent or any(kind == "emergency_brigade" for kind, _, _ in went)
    found = (
        ("brigade_urgent_help", min(brigade, default="") if called else ""),
        ("needs_assessment", min((when for kind, _, when in went if kind == "needs_assessment"), default="")),
        ("service_decision_emergency" if urgent else "service_decision", row["decided_on"]),
        ("notify_police", row["police_notified_at"]),
        ("notify_child_services", row["child_services_notified_at"]),
    )
    return [(key, when) for key, when in found if when]
