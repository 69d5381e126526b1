"""What a report must say of a register and of activities, counted again from the words of their files.

Plain loops over the cells, by what domain.md and docs/register.md say of them. Nothing here is the bot's: neither its
lists, nor its periods, nor its way to count; the centre is the TOML file that anybody may read.
"""

import csv
import io
import tomllib
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

KYIV = ZoneInfo("Europe/Kyiv")
DAY = timedelta(days=1)
Row = dict[str, str]
Path_ = tuple[str, ...]
Book = dict[tuple[str, Path_, str, str], int]
"""A number by table, keys on the way to the row (none for the total), column and unit; what is nought stands not."""
GROUPS = ("woman", "man", "child")
TRIPS = ("emergency_brigade", "planned_brigade")
CARE = ("foster_families", "family_type_home", "guardian_families", "patronage_families", "mentors")
MATERIALS = ("posters", "booklets", "leaflets", "cards", "materials", "media_appearances", "web_articles",
             "social_media", "media")  # fmt: skip
EVENTS = ("group_event", "campaign", "lecture", "round_table", "court_hearing", "commission")


# The four columns


@dataclass(frozen=True)
class Span:
    first: date
    last: date

    def has(self, day: str) -> bool:
        return bool(day) and self.first.isoformat() <= day[:10] <= self.last.isoformat()


def spans(first: date, last: date) -> dict[str, Span]:
    months = first.day == 1 and (last + DAY).day == 1
    if months:
        many = (last.year * 12 + last.month) - (first.year * 12 + first.month) + 1
        before = Span(first_of(first, -many), first - DAY)
        year_ago = Span(first_of(first, -12), first_of(last, -11) - DAY)
    else:
        before = Span(first - (last - first) - DAY, first - DAY)
        year_ago = Span(year_before(first), year_before(last))
    return {"value": Span(first, last), "previous": before, "year_ago": year_ago,
            "year_to_date": Span(date(last.year, 1, 1), last)}  # fmt: skip


def first_of(day: date, months: int) -> date:
    year, month = day.year, day.month + months
    while month < 1:
        year, month = year - 1, month + 12
    while month > 12:
        year, month = year + 1, month - 12
    return date(year, month, 1)


def year_before(day: date) -> date:
    try:
        return date(day.year - 1, day.month, day.day)
    except ValueError:
        return date(day.year - 1, 2, 28)


# The centre, as its file has it


class Profile:
    def __init__(self, file: Path) -> None:
        self.toml = tomllib.loads(file.read_text(encoding="utf-8"))

    def under(self, what: str, code: str) -> str:
        """The identifier that a key counts under."""
        return next((self._identifier(each) for each in self.lines(what) if each["key"] == code), code)

    def lines_of(self, what: str, identifier: str) -> list[str]:
        return [each["key"] for each in self.lines(what) if self._identifier(each) == identifier]

    def lines(self, what: str) -> list[dict[str, Any]]:
        return list(self.toml.get(what, []))

    @staticmethod
    def _identifier(line: Mapping[str, Any]) -> str:
        return str(line.get("counts_under") or line["key"])


# What a row of the register says


class Case:
    def __init__(self, row: Row, profile: Profile) -> None:
        self.row, self.profile = row, profile
        self.n = int(row["count"] or 1)
        self.children = int(row["children"] or 0) * self.n
        self.unit = row["unit"] or "family"
        self.came, self.went = row["registered_on"], row["closed_on"]

    @property
    def is_call(self) -> bool:
        return bool(self.row["helpline_topic"]) and not self.row["intake"]

    def code(self, column: str, what: str = "") -> str:
        return self.profile.under(what, self.row[column]) if what else self.row[column]

    def listed(self, column: str, what: str = "") -> list[str]:
        return list(dict.fromkeys(self.profile.under(what, part) for part in parts(self.row[column])))

    @property
    def services(self) -> dict[str, int]:
        found: dict[str, int] = defaultdict(int)
        for part in parts(self.row["services"]):
            name, _, times = part.partition("*")
            found[self.profile.under("services", name)] += int(times or 1)
        return found

    @property
    def visits(self) -> list[tuple[str, str]]:
        return [(kind, when) for kind, _, when in (part.partition("@") for part in parts(self.row["visits"]))]

    @property
    def trips(self) -> list[tuple[str, str]]:
        return [(kind, when) for kind, when in self.visits if kind in TRIPS]

    @property
    def district(self) -> str:
        known = self.code("district", "districts")
        if known in {"", "unknown"}:
            return "mobile_brigade" if self.row["team"] == "brigade" else "unknown"
        return known

    @property
    def forms(self) -> list[str]:
        return list(dict.fromkeys([*parts(self.row["violence_forms"]), *parts(self.row["violence_main"])]))

    @property
    def violent(self) -> bool:
        return bool(self.forms) or self.code("category", "categories") == "dv_survivors"

    @property
    def passed_to(self) -> list[str]:
        told = [body for body in ("police", "child_services") if self.row[f"{body}_notified_at"]]
        return list(dict.fromkeys([*self.listed("referred_to", "sources"), *told]))

    def open_on(self, day: date) -> bool:
        """At the end of that day."""
        return bool(self.came) and self.came <= day.isoformat() and (not self.went or self.went > day.isoformat())


def parts(cell: str) -> list[str]:
    return [part.strip() for part in cell.split(";") if part.strip()]


# Counting


class Counting:
    def __init__(self, first: date, last: date, profile: Profile) -> None:
        self.columns = spans(first, last)
        self.profile = profile
        self.book: Book = defaultdict(int)

    def add(self, table: str, path: Path_, column: str, **units: int) -> None:
        for unit, many in units.items():
            self.book[table, path, column, unit] += many

    def cases(self, table: str, path: Path_, column: str, case: Case, *, children: bool = False) -> None:
        self.add(table, path, column, **{case.unit: case.n}, **({"child": case.children} if children else {}))


def expected(register: str, activities: str, first: date, last: date, profile: Profile) -> Book:
    """Every number of R1 to R7, R9 to R15, R17 to R20 that is not nought."""
    counting = Counting(first, last, profile)
    cases = [Case(row, profile) for row in csv.DictReader(io.StringIO(register))]
    doings = list(csv.DictReader(io.StringIO(activities)))
    for count in (came, circumstances, violence, brigade, services, support, ended, visits, needs, passed_on, calls):
        count(counting, cases)
    for note in (care, calls_noted, stays, information):
        note(counting, doings, cases)
    return {place: many for place, many in counting.book.items() if many}


def came(counting: Counting, cases: list[Case]) -> None:
    """R1 to R4: the same cases by four things."""
    told = detailed(counting, cases)
    for column, case in within(counting, cases, lambda case: case.came):
        if case.is_call:
            continue
        for path in ((), (case.code("intake", "intake") or "unknown",)):
            counting.add("R1", path, column, case=case.n)
        category = case.code("category", "categories") or "none"
        places: list[Path_] = [(), (category,), (category, case.district)]
        for place in ((), *source(case, told)):
            counting.cases("R2", place, column, case)
        for place in [*places[:1], (case.district,)]:
            counting.cases("R3", place, column, case)
        for place in places:
            counting.cases("R4", place, column, case, children=True)


def detailed(counting: Counting, cases: list[Case]) -> set[str]:
    """Sources of which somebody said which one exactly."""
    return {
        case.code("source", "sources") or "unknown"
        for case in cases
        if not case.is_call and case.row["source_detail"] and any(s.has(case.came) for s in counting.columns.values())
    }


def source(case: Case, told: set[str]) -> Iterator[Path_]:
    code = case.code("source", "sources") or "unknown"
    yield (code,)
    lines, detail = case.profile.lines_of("sources", code), " ".join(case.row["source_detail"].casefold().split())
    if detail or (code in told and len(lines) < 2):
        yield code, detail or "unknown"
    elif len(lines) > 1:
        yield code, case.row["source"] if case.row["source"] in lines else "unknown"


def circumstances(counting: Counting, cases: list[Case]) -> None:
    """R5: of the families in work."""
    for column, span in counting.columns.items():
        for case in cases:
            if case.is_call or not case.came or case.came > span.last.isoformat():
                continue
            if case.went and case.went < span.first.isoformat():
                continue
            codes = case.listed("circumstances", "circumstances") or ["unknown"]
            for path in ((), *((code,) for code in codes)):
                counting.cases("R5", path, column, case, children=True)


def violence(counting: Counting, cases: list[Case]) -> None:
    """R6: cases of violence by the day they came, trips to them by their own day."""
    violent = [case for case in cases if case.violent]
    for column, case in within(counting, violent, lambda case: case.came):
        group = case.row["victim_group"] or "unknown"
        paths: list[Path_] = [(), ("victims",), ("victims", group)]
        for form in case.forms or ["unknown"]:
            paths += [(form,), (form, group)]
        paths += [("repeat",)] if case.row["repeat"] == "yes" else []
        for path in paths:
            counting.cases("R6", path, column, case)
        if case.row["child_role"] == "witness":
            counting.cases("R6", ("child_witnesses",), column, case, children=True)
    for column, span in counting.columns.items():
        for case in violent:
            many = case.n * sum(span.has(when) for _, when in case.trips)
            for path in ((), (case.row["violence_main"] or "unknown",)):
                counting.add("R6", path, column, trip=many)


def brigade(counting: Counting, cases: list[Case]) -> None:
    """R7."""
    for column, span in counting.columns.items():
        for case in cases:
            went(counting, column, case, [kind for kind, when in case.trips if span.has(when)])
        took = sorted(took for case in cases for took in soon(case, span))
        counting.add("R7", ("within_a_day",), column, trip=sum(minutes <= 24 * 60 for minutes in took))
        if took:
            low, high = took[(len(took) - 1) // 2], took[len(took) // 2]
            counting.add("R7", ("median",), column, minute=round((low + high) / 2))
            counting.add("R7", ("longest",), column, minute=took[-1])


def went(counting: Counting, column: str, case: Case, kinds: list[str]) -> None:
    for kind in kinds:
        for path in ((), (kind,), (kind, case.district)):
            counting.add("R7", path, column, trip=case.n)
    told: dict[Path_, bool] = {(): True, ("placed",): "shelter" in case.services, ("referred",): bool(case.passed_to)}
    for place in [place for place, true in told.items() if kinds and true]:
        counting.cases("R7", place, column, case)


def soon(case: Case, span: Span) -> list[int]:
    """Minutes from the report to the first emergency trip, where both times are known and it was in the period."""
    trips = sorted(when for kind, when in case.visits if kind == "emergency_brigade")
    first = [when for when in trips if when[:10] == trips[0][:10] and "T" in when]
    if not first or "T" not in case.row["received_at"] or not span.has(first[0]):
        return []
    minutes = int((moment(first[0]) - moment(case.row["received_at"])).total_seconds() // 60)
    return [minutes] * case.n if minutes >= 0 else []


def moment(word: str) -> datetime:
    return datetime.fromisoformat(word).replace(tzinfo=KYIV).astimezone(UTC)


def services(counting: Counting, cases: list[Case]) -> None:
    """R9: families that got any, how many of each; by category where the centre prints it so."""
    divided = {"R9", "category"} <= {word for each in counting.profile.lines("report_tables") for word in each.values()}
    for column, case in within(counting, cases, lambda case: case.came):
        if case.services:
            counting.cases("R9", (), column, case, children=True)
        for name, times in case.services.items():
            inner = [(name, case.code("category", "categories") or "none")] if divided else []
            for path in [(name,), *inner]:
                counting.cases("R9", path, column, case, children=True)
            for place in [(), (name,), *inner]:
                counting.add("R9", place, column, service=times * case.n)


def support(counting: Counting, cases: list[Case]) -> None:
    """R10: a flow, which has no total."""
    for column, span in counting.columns.items():
        for case in [case for case in cases if "support_sjo" in case.services and case.came]:
            was, came, gone = case.open_on(span.first - DAY), span.has(case.came), span.has(case.went)
            flows = {
                "start": was,
                "opened": came,
                "served": was or came,
                "closed": gone,
                "end": case.open_on(span.last),
            }
            for flow in [flow for flow, true in flows.items() if true]:
                counting.cases("R10", (flow,), column, case, children=True)
                counting.cases("R10", (flow, case.district), column, case, children=True)


def ended(counting: Counting, cases: list[Case]) -> None:
    """R11 by the end, or by the day it came while there is none; R12 by the end."""
    for column, case in within(counting, cases, lambda case: case.went or case.came):
        if case.row["outcome"] and not case.is_call:
            for path in ((), (case.row["outcome"],), (case.row["outcome"], case.district)):
                counting.cases("R11", path, column, case)
    for column, case in within(counting, cases, lambda case: case.went):
        if not case.is_call:
            for path in ((), (case.row["closing"] or "unknown",)):
                counting.cases("R12", path, column, case)


def visits(counting: Counting, cases: list[Case]) -> None:
    """R13."""
    for column, span in counting.columns.items():
        for case in cases:
            for kind, when in case.visits:
                for path in ((), (kind,), (kind, case.district)) if span.has(when) else ():
                    counting.add("R13", path, column, visit=case.n)


def needs(counting: Counting, cases: list[Case]) -> None:
    """R14."""
    for column, case in within(counting, cases, lambda case: case.came):
        met = case.listed("needs_met", "needs_met")
        for path in ((), *((need,) for need in met)) if met else ():
            counting.cases("R14", path, column, case)


def passed_on(counting: Counting, cases: list[Case]) -> None:
    """R19; the notices that the law wants, by the day until which they had to go."""
    for column, case in within(counting, cases, lambda case: case.came):
        for path in ((), *((body,) for body in case.passed_to)) if case.passed_to else ():
            counting.cases("R19", path, column, case, children=True)
    for column, span in counting.columns.items():
        for case in cases:
            for body in ("police", "child_services"):
                until, kept = notice(case, body)
                if until and span.has(until):
                    counting.add("R19", (f"{body}_{'in_time' if kept else 'late'}",), column, deadline=case.n)


def notice(case: Case, body: str) -> tuple[str, bool]:
    """The day by which it had to go, and whether it did; whole days where a time is missing."""
    began, told = case.row["received_at"] or case.came, case.row[f"{body}_notified_at"]
    if not began or not told:
        return "", False
    if "T" not in began:
        until = date.fromisoformat(began) + DAY
        return until.isoformat(), told[:10] <= until.isoformat()
    due = moment(began) + timedelta(hours=24)
    return due.astimezone(KYIV).isoformat(), moment(told if "T" in told else told[:10]) <= due


def calls(counting: Counting, cases: list[Case]) -> None:
    """R17."""
    for column, case in within(counting, cases, lambda case: case.came):
        if topic := case.code("helpline_topic", "helpline_topics"):
            for path in ((), (topic,)):
                counting.add("R17", path, column, call=case.n)


# What is no case


def care(counting: Counting, doings: list[Row], cases: list[Case]) -> None:
    """R15: what was noted last; else the open cases of that category. Mentors are no families."""
    for column, span in counting.columns.items():
        for kind in CARE:
            noted = [row for row in doings if row["kind"] == kind and row["date"] <= span.last.isoformat()]
            if noted:
                newest = max(row["date"] for row in noted)
                here = [row for row in noted if row["date"] == newest]
                families, children = (
                    sum(int(row["count"] or 1) for row in here),
                    sum(whole(row, "persons") for row in here),
                )
            else:
                still = [
                    case for case in cases
                    if case.code("category", "categories") == kind and not case.is_call and case.open_on(span.last)
                ]  # fmt: skip
                families, children = sum(case.n for case in still), sum(case.children for case in still)
            for path in ((kind,),) if kind == "mentors" else ((), (kind,)):
                counting.add("R15", path, column, family=families, child=children)


def calls_noted(counting: Counting, doings: list[Row], _: list[Case]) -> None:
    """R17 again: calls that stand among the activities, their topic in the title."""
    for column, span in counting.columns.items():
        for row in doings:
            if row["kind"] == "helpline_call" and span.has(row["date"]):
                for path in ((), (row["title"] or "unknown",)):
                    counting.add("R17", path, column, call=int(row["count"] or 1))


def stays(counting: Counting, doings: list[Row], _: list[Case]) -> None:
    """R18."""
    house = counting.profile.toml.get("day_centre")
    for column, span in counting.columns.items():
        if house:
            counting.add("R18", ("places",), column, place=house["places"])
            counting.add("R18", ("rooms",), column, room=house["rooms"])
            counting.add("R18", ("max_stay_days",), column, day=house["days"])
        for row in doings:
            if row["kind"] == "day_centre_stay" and span.has(row["date"]):
                for path in ((), (row["title"] or "unknown",)):
                    counting.add("R18", path, column, stay=int(row["count"] or 1), person=whole(row, "persons"),
                                 day=whole(row, "items"))  # fmt: skip


def information(counting: Counting, doings: list[Row], _: list[Case]) -> None:
    """R20: materials by how many of them, everything else by how often."""
    until = counting.columns["value"].last.isoformat()
    titled = {row["kind"] for row in doings if row["title"] and row["date"] <= until}
    for column, span in counting.columns.items():
        for row in doings:
            kind = row["kind"]
            if kind not in {*MATERIALS, *EVENTS, "own_kind"} or not span.has(row["date"]):
                continue
            paths: list[Path_] = [(), (kind,)]
            if kind in titled:
                paths.append((kind, " ".join(row["title"].casefold().split()) or "unknown"))
            many, items = int(row["count"] or 1), whole(row, "items")
            for path in paths:
                if kind in MATERIALS:
                    counting.add("R20", path, column, material=items if row["items"] else many)
                else:
                    counting.add("R20", path, column, material=items, event=many)
                counting.add("R20", path, column, person=whole(row, "persons"))


def whole(row: Row, column: str) -> int:
    return int(row[column] or 0)


def within(counting: Counting, cases: Iterable[Case], day: Callable[[Case], str]) -> Iterator[tuple[str, Case]]:
    for case in cases:
        for column, span in counting.columns.items():
            if span.has(day(case)):
                yield column, case


# What a report says, from its JSON


def said(report: Mapping[str, Any]) -> Book:
    """Every number of every table that is not nought."""
    book: Book = {}
    for table in report["tables"]:
        for column in ("value", "previous", "year_ago", "year_to_date"):
            book |= numbers(table, (), column, table["totals"][column])
        for row in table["rows"]:
            book |= of_row(table, row, ())
    return {place: many for place, many in book.items() if many}


def of_row(table: Mapping[str, Any], row: Mapping[str, Any], above: Path_) -> Book:
    path = (*above, row["key"])
    book: Book = {}
    for column in ("value", "previous", "year_ago", "year_to_date"):
        book |= numbers(table, path, column, row[column])
    for inner in row["rows"]:
        found = of_row(table, inner, path)
        assert not found.keys() & book.keys(), f"two rows of {table['id']} have the key {inner['key']}"
        book |= found
    return book


def numbers(table: Mapping[str, Any], path: Path_, column: str, shown: Any) -> Book:
    if shown is None:
        return {}
    units = shown if isinstance(shown, dict) else {table["unit"]: shown}
    return {(table["id"], path, column, unit): many for unit, many in units.items() if many is not None}
