"""Every number of a report is what its rows say: counted again, by other means, from the words of random registers."""

import csv
import io
import json
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, redirect_stdout
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any
from unittest.mock import patch

import pytest

from bot.core.activity_table import NAMES as ACTIVITIES
from bot.core.profile import find
from bot.core.register import NAMES
from bot.core.report import IDS, Period, as_json
from bot.run import settings
from bot.run.commands import activities, cases, session
from bot.run.language import Languages
from handlers import printing, reports
from handlers.here import Here
from storage.db import Transaction
from tests import people, tables
from tests.properties import counting
from tests.properties.counting import Book, Profile

LONG = bool(os.environ.get("PORUCH_LONG"))
HISTORIES = int(os.environ.get("PORUCH_HISTORIES", "1000" if LONG else "30"))
SEED = int(os.environ.get("PORUCH_SEED", "0"))
CENTRES = ("kalush", "dnipro", "zhytomyr", "pokrov", "kamianske", "demo")
COUNTED = tuple(f"R{n}" for n in (*range(1, 8), *range(9, 16), *range(17, 21)))
COLUMNS = ("value", "previous", "year_ago", "year_to_date")
NOW = datetime(2025, 3, 3, 10, 0, tzinfo=UTC)
PERIODS = tuple(
    (date.fromisoformat(first), date.fromisoformat(last))
    for first, last in (
        ("2021-04-01", "2021-06-30"), ("2021-01-01", "2021-12-31"), ("2020-02-01", "2020-02-29"),
        ("2021-02-01", "2021-02-28"), ("2020-02-29", "2020-03-15"), ("2021-01-17", "2021-03-02"),
        ("2020-12-20", "2021-01-10"), ("2021-01-01", "2021-06-30"), ("2020-02-29", "2020-02-29"),
        ("2020-10-01", "2021-03-31"), ("2021-01-01", "2021-01-31"), ("2021-03-28", "2021-10-31"),
    )
)  # fmt: skip
EDGES = tuple(
    day
    for period in PERIODS
    for span in counting.spans(*period).values()
    for day in (span.first - timedelta(days=1), span.first, span.last, span.last + timedelta(days=1))
)
INTAKE = ("self_referral", "appeal", "subject_notification", "found_by_specialist")
SOURCES = (
    "citizen", "education_school", "education_vocational_higher", "education_department", "council_appeals",
    "child_services", "social_protection", "health", "police", "probation", "penal_institution", "family_youth_sport",
    "hotline_1547", "emergency_112", "centre_itself", "mobile_brigade", "other", "other", "other",
)  # fmt: skip
CATEGORIES = (
    "dv_survivors", "dv_survivors", "single_mothers", "conflict_idp", "parental_neglect", "conflict_with_law",
    "disability", "guardian_families", "foster_families", "family_type_home", "patronage_families", "roma_families",
    "large_families", "birth_grant_check", "covid_appeals", "low_income", "ato_participants",
    "fallen_defender_families", "minors_in_conflict_with_law", "released_from_prison",
)  # fmt: skip
CIRCUMSTANCES = (
    "fallen_veteran_family", "unemployment", "disability_or_treatment", "parental_neglect", "violence",
    "housing_or_material_hardship", "removal_risk", "low_parenting_capacity", "former_boarding_children",
)  # fmt: skip
VIOLENCE = ("physical", "psychological", "economic", "sexual", "gbv")
SERVICES = (
    "informing", "counselling", "online_counselling", "crisis_intervention", "support_sjo", "support_sjo", "shelter",
    "residential_assessment", "legal_help", "psychological_help", "support_orphan_care",
)  # fmt: skip
VISITS = (
    "emergency_brigade", "emergency_brigade", "planned_brigade", "needs_assessment", "support_visit", "foster_visit",
    "birth_grant_check",
)  # fmt: skip
NEEDS = ("psychological", "legal", "employment", "housing", "documents", "family_ties")
OUTCOMES = ("overcome", "minimised", "not_achieved", "in_progress")
CLOSINGS = (
    "overcome_or_minimised", "contract_not_met", "crime", "died", "moved_away", "contract_expired", "declined",
    "not_confirmed", "transferred", "duplicate",
)  # fmt: skip
BODIES = ("police", "child_services", "legal_aid", "health", "court", "shelter", "rehabilitation", "own_body")
TOPICS = ("interpersonal", "family", "addiction", "hiv_aids", "socio_economic", "other", "silent")
KINDS = (
    "posters", "booklets", "web_articles", "group_event", "campaign", "court_hearing", "commission", "day_centre_stay",
    "day_centre_stay", "foster_families", "guardian_families", "mentors", "helpline_call", "own_kind",
)  # fmt: skip
DETAILS = ("Фонд «Світло»", "Церква", "ОСББ Зоряне", "церква")
TITLES = {
    "day_centre_stay": ("phone", "in_person", "brigade", "police", ""), "helpline_call": (*TOPICS, ""),
    "campaign": ("16 днів", "День сім'ї", "день  сім'ї"), "group_event": ("Гра", "", ""),
}  # fmt: skip


class Chance(Random):
    """Rows of a register, all columns of it, with what is unknown."""

    def __init__(self, seed: int, centre: str) -> None:
        super().__init__(seed)
        self.profile = Profile(find(centre))
        self.known = self.random()
        """How much of a register somebody has filled in."""

    def register(self) -> str:
        return written(NAMES, [self.row(n) for n in range(self.randint(60, 200))])

    def activities(self) -> str:
        return written(ACTIVITIES, [self.activity() for _ in range(self.randint(0, 60))])

    def row(self, n: int) -> dict[str, str]:
        came = self.day()
        began = self.maybe(self.moment(came))
        main = self.maybe(self.choice(VIOLENCE)) if self.random() < 0.4 else ""
        forms = self.some(VIOLENCE) if main else ""
        went = self.maybe((came + timedelta(days=self.choice((0, 1, 5, 30, 200, 500)))).isoformat())
        call = self.random() < 0.15
        return {
            "number": self.maybe(f"{n}/21"),
            "registered_on": came.isoformat() if self.random() < 0.97 else "",
            "intake": "" if call else self.maybe(self.choice(INTAKE)),
            "source": self.maybe(self.line("sources", SOURCES)),
            "source_detail": self.choice(DETAILS) if self.random() < 0.2 else "",
            "reporter": self.maybe(self.choice(("self", "third_person", "other_body"))),
            "unit": self.maybe(self.choice(("family", "family", "person"))),
            "children": self.maybe(str(self.randint(0, 5))),
            "category": self.maybe(self.line("categories", CATEGORIES)),
            "circumstances": self.maybe(self.some(CIRCUMSTANCES)),
            "district": self.maybe(self.choice((*self.districts, "mobile_brigade", "unknown"))),
            "team": self.maybe(self.choice(("brigade", "district_specialists", "psychologist"))),
            "urgency": self.maybe(self.choice(("emergency", "planned", "info"))),
            "violence_forms": ";".join(dict.fromkeys([main, *forms.split(";")])) if forms else "",
            "violence_main": main,
            "victim_group": self.maybe(self.choice(counting.GROUPS)),
            "child_role": self.maybe(self.choice(("victim", "witness"))),
            "repeat": self.maybe(self.choice(("yes", "no"))),
            "services": self.maybe(self.times()),
            "visits": self.maybe(self.visits(came)),
            "needs_met": self.maybe(self.some(NEEDS)),
            "outcome": self.maybe(self.choice(OUTCOMES)),
            "closing": self.maybe(self.choice(CLOSINGS)) if went else "",
            "closed_on": went,
            "referred_to": self.maybe(self.some(BODIES)),
            "helpline_topic": self.choice(TOPICS) if call or self.random() < 0.05 else "",
            "incoming_no": "",
            "received_at": began,
            "sent_for_decision_on": "",
            "decided_by": "",
            "decided_on": "",
            "police_notified_at": self.later(came),
            "child_services_notified_at": self.later(came),
            "count": str(self.choice((2, 7, 40))) if self.random() < 0.1 else self.choice(("1", "")),
        }

    def activity(self) -> dict[str, str]:
        kind = self.choice(KINDS)
        return {
            "date": self.day().isoformat(),
            "kind": kind,
            "title": self.choice(TITLES.get(kind, ("",))),
            "district": "",
            "audience": "",
            "persons": self.maybe(str(self.randint(0, 40))),
            "items": self.maybe(str(self.randint(0, 300))),
            "count": self.choice(("", "1", "3", "12")),
            "note": "",
        }

    @property
    def districts(self) -> list[str]:
        return [str(each.get("counts_under") or each["key"]) for each in self.profile.lines("districts")]

    def line(self, what: str, shared: Sequence[str]) -> str:
        """An identifier, or the centre's own key."""
        own = [str(each["key"]) for each in self.profile.lines(what)]
        return self.choice(own) if own and self.random() < 0.5 else self.choice(shared)

    def maybe(self, word: str) -> str:
        return word if self.random() < 0.3 + 0.7 * self.known else ""

    def some(self, codes: Sequence[str]) -> str:
        return ";".join(dict.fromkeys(self.choices(codes, k=self.choice((1, 1, 2, 3)))))

    def times(self) -> str:
        often = {code: self.choice((1, 1, 2, 9)) for code in self.some(SERVICES).split(";")}
        return ";".join(f"{code}*{n}" if n > 1 else code for code, n in often.items())

    def visits(self, came: date) -> str:
        each = [came + timedelta(days=self.choice((0, 0, 1, 2, 40))) for _ in range(self.choice((1, 1, 2, 4)))]
        return ";".join(f"{self.choice(VISITS)}@{self.moment(day)}" for day in each)

    def later(self, came: date) -> str:
        return self.moment(came + timedelta(days=self.choice((0, 1, 1, 2, 9)))) if self.random() < 0.2 else ""

    def moment(self, day: date) -> str:
        return f"{day}T{self.randint(0, 23):02}:{self.randint(0, 59):02}" if self.random() < 0.6 else day.isoformat()

    def day(self) -> date:
        near = self.choice(EDGES) if self.random() < 0.5 else date(2019, 6, 1) + timedelta(days=self.randint(0, 950))
        return near + timedelta(days=self.choice((0, 0, 0, 1, -1)))


def written(names: Sequence[str], rows: Sequence[Mapping[str, str]]) -> str:
    text = io.StringIO()
    table = csv.DictWriter(text, names, lineterminator="\n")
    table.writeheader()
    table.writerows(rows)
    return text.getvalue()


@dataclass(frozen=True)
class Centre:
    """A centre that has taken in a register; its reports as JSON."""

    name: str
    place: Path

    def takes(self, register: str, doings: str) -> None:
        for name, text, command in (("r.csv", register, cases.import_), ("a.csv", doings, activities.import_)):
            (self.place / name).write_text(text, encoding="utf-8")
            command(self.place / name, dry_run=False)

    def report(self, first: date, last: date, *, public: bool = False) -> dict[str, Any]:
        given = settings.read()
        centre = session.centre_of(given)
        languages = Languages(centre)

        def made(tx: Transaction) -> dict[str, Any]:
            here = Here(tx, centre, NOW, NOW, languages.means)
            whole = printing.shown(reports.made(here, Period(first, last)), IDS, public=public)
            return as_json(whole, lambda wording: languages.say(wording, "en"))

        return json.loads(json.dumps(session.look(given, made)))  # type: ignore[no-any-return]


@contextmanager
def at(name: str, place: Path) -> Iterator[Centre]:
    here = {"PORUCH_DATA_DIR": str(place / "data"), "PORUCH_MASTER_KEY": people.KEY, "PORUCH_CENTRE": name}
    with patch.dict(os.environ, here), redirect_stdout(io.StringIO()):
        tables.laid(place / "data" / "poruch.db")
        session.transact(settings.read(), lambda _: None)
        yield Centre(name, place)


@dataclass(frozen=True)
class Story:
    chance: Chance
    register: str
    activities: str
    centre: Centre

    def agrees(self, first: date, last: date) -> dict[str, Any]:
        """The report of that period, which says the same as the files."""
        report = self.centre.report(first, last)
        of = [{**table, "rows": table["rows"]} for table in report["tables"] if table["id"] in COUNTED]
        counted = counting.expected(self.register, self.activities, first, last, self.chance.profile)
        differ = differences(counting.said({"tables": of}), counted)
        assert not differ, f"{self.centre.name}, {first} to {last}:\n" + "\n".join(differ[:20])
        return report


def differences(said: Book, counted: Book) -> list[str]:
    return [
        f"{place}: the report says {said.get(place, 0)}, its rows {counted.get(place, 0)}"
        for place in sorted({*said, *counted})
        if said.get(place, 0) != counted.get(place, 0)
    ]


@pytest.fixture
def story(seed: int, tmp_path: Path) -> Iterator[Story]:
    name = CENTRES[seed % len(CENTRES)]
    chance = Chance(seed, name)
    register, doings = chance.register(), chance.activities()
    with at(name, tmp_path) as centre:
        centre.takes(register, doings)
        yield Story(chance, register, doings, centre)


@pytest.mark.parametrize("seed", range(SEED, SEED + HISTORIES))
def test_every_number_is_what_the_rows_say(story: Story) -> None:
    for first, last in story.chance.sample(PERIODS, 4):
        story.agrees(first, last)


@pytest.mark.parametrize("seed", range(SEED + 100_000, SEED + 100_000 + max(6, HISTORIES // 5)))
def test_tables_close_in_themselves_and_among_each_other(story: Story) -> None:
    for first, last in story.chance.sample(PERIODS, 3):
        report = story.centre.report(first, last)
        by_id = {table["id"]: table for table in report["tables"]}
        broken = [rule.__name__ for rule in IDENTITIES if not rule(by_id, counting.said(report))]
        assert not broken, f"{story.centre.name}, {first} to {last}: {broken}"
        assert by_id["R22"]["check"]["ok"] == all(table["check"]["ok"] for table in report["tables"])


Tables = Mapping[str, Mapping[str, Any]]


def total_is_its_rows(tables: Tables, book: Book) -> bool:
    return all(sums(book, name, 1) == whole(book, name, ()) for name, table in tables.items() if table["parts"])


def row_is_what_is_in_it(_: Tables, book: Book) -> bool:
    """But for forms of violence, which tell of trips where their victims tell of families."""
    rows = {(name, path) for name, path, *_ in book if len(path) == 1}
    inner = {(name, path[:1]) for name, path, *_ in book if len(path) == 2}
    return all(
        within(book, name, path) == {place: n for place, n in whole(book, name, path).items() if place[1] != "trip"}
        if name == "R6"
        else within(book, name, path) == whole(book, name, path)
        for name, path in rows & inner
    )


def start_and_opened_less_closed_is_end(_: Tables, book: Book) -> bool:
    start, opened, closed, end = (whole(book, "R10", (flow,)) for flow in ("start", "opened", "closed", "end"))
    places = {*start, *opened, *closed, *end}
    return all(start.get(p, 0) + opened.get(p, 0) - closed.get(p, 0) == end.get(p, 0) for p in places)


def four_tables_count_the_same(_: Tables, book: Book) -> bool:
    """R1 in cases, the others in families and persons."""
    cases = [
        {column: sum(n for (at, _), n in whole(book, name, ()).items() if at == column) for column in COLUMNS}
        for name in ("R2", "R3")
    ]
    without = {column: sum(n for (at, unit), n in whole(book, "R4", ()).items() if at == column and unit != "child")
               for column in COLUMNS}  # fmt: skip
    first = {column: whole(book, "R1", ()).get((column, "case"), 0) for column in COLUMNS}
    return all(each == first for each in (*cases, without))


def families_are_no_more_than_services(_: Tables, book: Book) -> bool:
    return all(
        sum(book.get(("R9", path, column, unit), 0) for unit in ("family", "person"))
        <= book.get(("R9", path, column, "service"), 0)
        for path in {path for name, path, *_ in book if name == "R9"}
        for column in COLUMNS
    )


def trips_are_no_fewer_than_cases(_: Tables, book: Book) -> bool:
    trips = whole(book, "R7", ())
    return all(
        trips.get((at, "trip"), 0) >= sum(trips.get((at, unit), 0) for unit in ("family", "person")) for at in COLUMNS
    )


def trips_are_visits_too(_: Tables, book: Book) -> bool:
    return all(
        {at: n for (at, unit), n in whole(book, "R7", (kind,)).items() if unit == "trip"}
        == {at: n for (at, unit), n in whole(book, "R13", (kind,)).items() if unit == "visit"}
        for kind in counting.TRIPS
    )


def four_forms_of_violence_always(tables: Tables, _: Book) -> bool:
    rows = [row["key"] for row in tables["R6"]["rows"]]
    return rows[:4] == list(VIOLENCE[:4]) and all(
        [inner["key"] for inner in row["rows"]][:3] == list(counting.GROUPS) for row in tables["R6"]["rows"][:4]
    )


def brigade_and_what_is_not_said_stand_among_districts(tables: Tables, _: Book) -> bool:
    return {"mobile_brigade", "unknown"} <= {row["key"] for row in tables["R3"]["rows"]}


IDENTITIES: tuple[Callable[[Tables, Book], bool], ...] = (
    total_is_its_rows, row_is_what_is_in_it, start_and_opened_less_closed_is_end, four_tables_count_the_same,
    families_are_no_more_than_services, trips_are_no_fewer_than_cases, trips_are_visits_too,
    four_forms_of_violence_always, brigade_and_what_is_not_said_stand_among_districts,
)  # fmt: skip


def whole(book: Book, name: str, path: tuple[str, ...]) -> dict[tuple[str, str], int]:
    return {(column, unit): n for (table, at, column, unit), n in book.items() if (table, at) == (name, path)}


def sums(book: Book, name: str, deep: int) -> dict[tuple[str, str], int]:
    return added(
        (column, unit, n) for (table, at, column, unit), n in book.items() if table == name and len(at) == deep
    )


def within(book: Book, name: str, path: tuple[str, ...]) -> dict[tuple[str, str], int]:
    return added(
        (column, unit, n) for (table, at, column, unit), n in book.items() if table == name and at[:-1] == path and at
    )


def added(numbers: Iterable[tuple[str, str, int]]) -> dict[tuple[str, str], int]:
    found: dict[tuple[str, str], int] = {}
    for column, unit, n in numbers:
        found[column, unit] = found.get((column, unit), 0) + n
    return found


ADDITIVE = ("R1", "R2", "R3", "R4", "R9", "R11", "R12", "R13", "R14", "R17", "R18", "R19", "R20")
"""What belongs to one day each. Places and rooms are as many on all of them; inside of a row, what is not said stands
only beside something that is."""
STANDING = ("place", "room")


@pytest.mark.parametrize("seed", range(SEED + 200_000, SEED + 200_000 + max(6, HISTORIES // 5)))
def test_two_quarters_are_half_a_year(story: Story) -> None:
    first, second, half = (
        story.centre.report(date(2021, month, 1), last)
        for month, last in ((1, date(2021, 3, 31)), (4, date(2021, 6, 30)), (1, date(2021, 6, 30)))
    )
    books = [of_days(counting.said(each)) for each in (first, second, half)]
    in_first, in_second, in_half = ({place: n for (place, at), n in book.items() if at == "value"} for book in books)
    assert adding(in_first, in_second) == in_half
    before, to_date = (
        {place: n for (place, at), n in books[1].items() if at == name} for name in ("previous", "year_to_date")
    )
    assert before == in_first
    assert to_date == in_half


def of_days(book: Book) -> dict[tuple[tuple[str, tuple[str, ...], str], str], int]:
    return {
        ((name, path, unit), column): n
        for (name, path, column, unit), n in book.items()
        if name in ADDITIVE and unit not in STANDING and path != ("max_stay_days",) and path[1:] != ("unknown",)
    }


def adding(one: Mapping[Any, int], other: Mapping[Any, int]) -> dict[Any, int]:
    return {place: one.get(place, 0) + other.get(place, 0) for place in {*one, *other}}


SMALL = {
    "R3": ("mobile_brigade",), "R4": ("dv_survivors",), "R6": (), "R7": (), "R13": counting.TRIPS, "R19": (),
}  # fmt: skip
"""Tables of violence, or these of their rows."""


@pytest.mark.parametrize("seed", range(SEED + 300_000, SEED + 300_000 + max(6, HISTORIES // 5)))
def test_what_is_small_and_of_violence_is_nowhere_in_a_copy_for_publication(story: Story) -> None:
    first, last = story.chance.choice(PERIODS)
    true = counting.said(story.centre.report(first, last))
    copy = story.centre.report(first, last, public=True)
    shown = counting.said(copy)
    assert all(true.get(place) == n for place, n in shown.items() if place[0] != "R22")
    told = [
        place for place, n in true.items()
        if place[0] in SMALL and 0 < n < 5 and place[3] != "minute" and place in shown
        and (not SMALL[place[0]] or place[1][:1] in [(key,) for key in SMALL[place[0]]])
    ]  # fmt: skip
    assert not told
    assert not any(table["check"]["cases"] for table in copy["tables"])
