"""Reads a centre's profile from its TOML file; what is wrong with it is one plain line that says where.

Every row has its reader here; what it becomes stands in bot/core/centre.py.
"""

import re
import tomllib
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date, time
from pathlib import Path
from typing import Final, NoReturn, TypeVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.core import discretion, prose, report, routing
from bot.core.centre import (
    AUDIENCES,
    CATEGORIES,
    CIRCUMSTANCES,
    CIRCUMSTANCES_OF_A_DUTY,
    COUNTS_FROM,
    DEADLINES,
    DIVIDED_BY,
    DUTY_CHECK,
    ENTRY_ROUTES,
    EVERY_NEED,
    EVERY_TOPIC,
    GUIDE_TEXT,
    IDENTIFIER_LETTERS,
    INTAKE,
    KEY_BYTES,
    LABEL,
    LADDERS,
    MARKS,
    NEEDS_MET,
    NO_TAKERS,
    PLAN_ON,
    PRINTED,
    PROSE,
    QUIET,
    SERVICES,
    SIGNED_BY,
    SOURCES,
    STAFF_ROLES,
    TITLE,
    TOPICS,
    UNITS,
    UNKNOWN,
    VISIT_MINUTES,
    WEEKDAYS,
    Campaign,
    Category,
    Centre,
    DayCentre,
    Deadline,
    District,
    GuideItem,
    Hours,
    Item,
    Keyed,
    Ladder,
    Phone,
    PrintedTable,
    QueueRules,
    Retention,
    Rung,
    Team,
    TrainingNorm,
    Words,
    askable,
    keys_of,
)
from bot.core.recurrence import DEFAULT_SHIFT, SHIFTS, Shift
from bot.core.routing import NOT_SAID, Route

CENTRES: Final = Path(__file__).parent.parent / "centres"

# Safety rules S07 and S23: no profile may keep longer than this.
_KEPT_AT_MOST: Final = {
    "branch_draft_minutes": 24 * 60,
    "branch_sweep_minutes": 47 * 60,
    "chat_copy_hours": 47,
    "key_hours": 48,
    "draft_days": 366,
    "erase_wait_days": 30,
}


class ProfileError(ValueError):
    """What is wrong with a profile, where, and what is allowed there; rows are counted from 1."""


def find(name_or_path: str) -> Path:
    """`kalush` is the profile of that name that comes with the bot, `/etc/poruch/ours.toml` is a file."""
    if name_or_path.endswith(".toml"):
        return Path(name_or_path)
    known = sorted(path.stem for path in CENTRES.glob("*.toml"))
    if name_or_path not in known:
        raise ProfileError(f"«{name_or_path}» is not a centre; allowed: {', '.join(known)}, or a path to a .toml file")
    return CENTRES / f"{name_or_path}.toml"


def load(path: Path) -> Centre:
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise ProfileError(f"{path.name}: the file cannot be read: {error.strerror}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ProfileError(f"{path.name}: this is not TOML in UTF-8: {error}") from error
    return parse(data, file=path.name)


def parse(data: Mapping[str, object], *, file: str) -> Centre:
    top = _Entry(file, "", data).table(*_SECTIONS, optional=_OPTIONAL)
    districts = _districts(top["districts"])
    teams = _keyed(top["teams"], _team)
    needs = _keyed(top["needs"], _choice)
    categories = _keyed(top["categories"], _category)
    intake = _shared(top["intake"], INTAKE)
    sections = _keyed(top["guide_sections"], _choice)
    deadlines = _deadlines(top["deadlines"])
    asked = _Asked(
        keys_of(teams),
        askable(need=needs, category=categories, intake=intake, district=districts),
        (*LADDERS, *(top["ladders"].names() if "ladders" in top else ())),
        tuple(deadlines),
    )
    return Centre(
        key=top["key"].key(),
        name=top["name"].words(TITLE),
        city=top["city"].words(LABEL),
        timezone=_timezone(top["timezone"]),
        hours=top["hours"].each(_hours),
        holidays=frozenset(day.day() for day in top["holidays"].rows(at_least=0)),
        districts=districts,
        teams=teams,
        needs=needs,
        categories=categories,
        circumstances=_shared(top["circumstances"], CIRCUMSTANCES),
        sources=_shared(top["sources"], SOURCES),
        services=_shared(top["services"], SERVICES),
        intake=intake,
        audiences=_shared(top["audiences"], AUDIENCES),
        deadlines=deadlines,
        phones=_phones(top["phones"]),
        routes=_routes(top["routes"], asked),
        guide_sections=sections,
        guide=_guide(top["guide"], keys_of(sections)),
        retention=_retention(top["retention"]),
        guide_check_days=top["guide_check"].table("days")["days"].number(at_most=366),
        lawyer_confirmed=top["lawyer_confirmed"].flag(),
        second_person="second_person" in top and top["second_person"].flag(),
        queue=_queue(top["queue"]) if "queue" in top else QueueRules(),
        ladders=LADDERS | (_ladders(top["ladders"]) if "ladders" in top else {}),
        working_days=_working_days(top),
        duty_check=top["duty_check"].clock() if "duty_check" in top else DUTY_CHECK,
        needs_met=_shared(top["needs_met"], NEEDS_MET) if "needs_met" in top else EVERY_NEED,
        visit_minutes=top["visit_minutes"].number(at_least=10, at_most=600)
        if "visit_minutes" in top
        else VISIT_MINUTES,
        quiet=_quiet(top["quiet"]) if "quiet" in top else QUIET,
        working_day_shift=_shift(top["working_day_shift"]) if "working_day_shift" in top else DEFAULT_SHIFT,
        plan_on=top["plan_on"].one_of(PLAN_ON, "a working day") if "plan_on" in top else PLAN_ON[0],
        campaigns=_keyed(top["campaigns"], _campaign) if "campaigns" in top else (),
        training_plans=_training_plans(top["training_plans"], deadlines) if "training_plans" in top else (),
        certificates=_certificates(top["certificates"]) if "certificates" in top else "",
        helpline_topics=_topics(top["helpline_topics"]) if "helpline_topics" in top else EVERY_TOPIC,
        day_centre=_day_centre(top["day_centre"]) if "day_centre" in top else None,
        report_tables=_report_tables(top["report_tables"]) if "report_tables" in top else (),
        signed_by=top["signed_by"].words(TITLE) if "signed_by" in top else SIGNED_BY,
    )


_SECTIONS: Final = (
    "key", "name", "city", "timezone", "lawyer_confirmed", "hours", "holidays", "districts", "teams", "needs",
    "categories", "circumstances", "sources", "services", "intake", "audiences", "deadlines", "phones",
    "routes", "guide_sections", "guide", "retention", "guide_check",
)  # fmt: skip
_OPTIONAL: Final = (
    "second_person", "queue", "ladders", "working_days", "duty_check", "needs_met", "visit_minutes",
    "quiet",
    "working_day_shift",
    "plan_on",
    "campaigns",
    "training_plans",
    "certificates",
    "helpline_topics", "day_centre", "report_tables", "signed_by",
)  # fmt: skip
_ROW: Final = ("key", "name")
_LINE: Final = ("counts_under", "printed")
_BLANKS: Final = "{total} or {key of a row}, with a unit where it has several: {total.child}"


T = TypeVar("T")
K = TypeVar("K", bound=Keyed)


@dataclass(frozen=True, slots=True)
class _Entry:
    """A value of the file that knows where it stands."""

    file: str
    path: str
    value: object

    def refuse(self, why: str) -> NoReturn:
        where = f"{self.path}: " if self.path else ""
        raise ProfileError(f"{self.file}: {where}{why}")

    def inside(self, name: str, value: object) -> "_Entry":
        return _Entry(self.file, f"{self.path}.{name}".lstrip("."), value)

    def names(self) -> dict[str, "_Entry"]:
        if not isinstance(self.value, Mapping):
            self.refuse(f"{self.shown()} is not a table of names and values")
        return {str(name): self.inside(str(name), value) for name, value in self.value.items()}

    def table(self, *needed: str, optional: Collection[str] = ()) -> dict[str, "_Entry"]:
        entries = self.names()
        for name in entries:
            if name not in {*needed, *optional}:
                self.refuse(f"«{name}» is not known here; allowed: {', '.join([*needed, *optional])}")
        for name in needed:
            if name not in entries:
                self.refuse(f"«{name}» is missing")
        return entries

    def rows(self, *, at_least: int = 1) -> "list[_Entry]":
        if not isinstance(self.value, list):
            self.refuse(f"{self.shown()} is not a list")
        if len(self.value) < at_least:
            self.refuse(f"the list is too short; at least {at_least} needed")
        return [_Entry(self.file, f"{self.path}[{n}]", value) for n, value in enumerate(self.value, 1)]

    def each(self, read: Callable[["_Entry"], T]) -> tuple[T, ...]:
        return tuple(read(row) for row in self.rows())

    def shown(self) -> str:
        return f"«{str(self.value)[:LABEL]}»"

    def text(self, limit: int) -> str:
        if not isinstance(self.value, str) or not self.value.strip():
            self.refuse(f"{self.shown()} is not a text; write some words in quotes")
        text = self.value.strip()
        if len(text) > limit:
            self.refuse(f"the text has {len(text)} characters; allowed: {limit} at most")
        return text

    def words(self, limit: int) -> Words:
        languages = self.table("uk", "en")
        return Words(languages["uk"].text(limit), languages["en"].text(limit))

    def key(self, letters: int = KEY_BYTES, what: str = "a key") -> str:
        if not isinstance(self.value, str) or not re.fullmatch(rf"[a-z0-9_]{{1,{letters}}}", self.value):
            self.refuse(f"{self.shown()} is not {what}; allowed: 1 to {letters} of a-z, 0-9 and _")
        return self.value

    def one_of(self, allowed: Collection[str], what: str) -> str:
        if not isinstance(self.value, str) or self.value not in allowed:
            self.refuse(f"{self.shown()} is not {what}; allowed: {', '.join(allowed)}")
        return self.value

    def several_of(self, allowed: Collection[str], what: str) -> tuple[str, ...]:
        """Names the list, not the place in it: a list of words is short."""
        return tuple(_Entry(self.file, self.path, row.value).one_of(allowed, what) for row in self.rows())

    def flag(self) -> bool:
        if not isinstance(self.value, bool):
            self.refuse(f"{self.shown()} is not yes or no; allowed: true, false")
        return self.value

    def number(self, *, at_most: int, at_least: int = 1) -> int:
        if type(self.value) is not int or not at_least <= self.value <= at_most:
            self.refuse(f"{self.shown()} does not fit; allowed: a whole number from {at_least} to {at_most}")
        return self.value

    def day(self) -> date:
        if type(self.value) is not date:
            self.refuse(f"{self.shown()} is not a date; write it as 2026-11-26, without quotes")
        return self.value

    def day_or_none(self) -> date | None:
        return None if self.value == "" else self.day()

    def clock(self) -> time:
        if not isinstance(self.value, str) or not re.fullmatch(r"([01]?[0-9]|2[0-3]):[0-5][0-9]", self.value):
            self.refuse(f'{self.shown()} is not a time of day; write it as "8:00"')
        return time.fromisoformat(self.value.zfill(5))


def _keyed(entry: _Entry, read: Callable[[_Entry], K]) -> tuple[K, ...]:
    items = entry.each(read)
    keys = keys_of(items)
    for row, key in enumerate(keys):
        if key in keys[:row]:
            entry.refuse(f"the key «{key}» stands there twice")
    return items


def _verified_on(row: Mapping[str, _Entry]) -> date | None:
    return row["verified_on"].day_or_none() if "verified_on" in row else None


def _timezone(entry: _Entry) -> str:
    name = entry.text(LABEL)
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        entry.refuse(f"«{name}» is not a time zone; write it as Europe/Kyiv")
    return name


def _hours(entry: _Entry) -> Hours:
    row = entry.table("days", "opens", "closes", optional=("verified_on",))
    days = row["days"].several_of(WEEKDAYS, "a day of the week")
    opens, closes = row["opens"].clock(), row["closes"].clock()
    if closes != time.min and closes <= opens:
        row["closes"].refuse("it closes before it opens; 0:00 is the end of the day, a night is two rows")
    return Hours(frozenset(map(WEEKDAYS.index, days)), opens, closes, _verified_on(row))


def _working_days(top: Mapping[str, _Entry]) -> frozenset[date]:
    if "working_days" not in top:
        return frozenset()
    days = top["working_days"].rows(at_least=0)
    off = {row.day() for row in top["holidays"].rows(at_least=0)}
    for row in days:
        if row.day() in off:
            row.refuse(f"«{row.day()}» is a day off, see «holidays»; it stands in one list only")
    return frozenset(row.day() for row in days)


def _shift(entry: _Entry) -> Shift:
    said = entry.one_of(SHIFTS, "a way to move what recurs")
    return next(shift for shift in SHIFTS if shift == said)


def _training_plans(entry: _Entry, deadlines: Mapping[str, Deadline]) -> tuple[TrainingNorm, ...]:
    norms = entry.each(lambda row: _training_norm(row, deadlines["carer_training"]))
    doubled = {norm.audience for norm in norms if [each.audience for each in norms].count(norm.audience) > 1}
    if doubled:
        entry.refuse(f"«{', '.join(sorted(doubled))}» stands twice; an audience has one norm")
    return norms


def _training_norm(entry: _Entry, term: Deadline) -> TrainingNorm:
    row = entry.table("audience", "hours", "basis_uk", "mark", "verified_on", optional=("months",))
    if "months" not in row and term.unit != "months":
        entry.refuse("«months» is missing, and deadlines.carer_training is not in months")
    return TrainingNorm(
        audience=row["audience"].one_of(AUDIENCES, "an audience"),
        hours=row["hours"].number(at_most=1000),
        months=row["months"].number(at_most=120) if "months" in row else term.value,
        basis=row["basis_uk"].text(PRINTED),
        mark=row["mark"].one_of(MARKS, "a mark"),
        verified_on=_verified_on(row),
    )


def _certificates(entry: _Entry) -> str:
    pattern = entry.text(LABEL)
    try:
        different = {pattern.format(year=2026, n=1), pattern.format(year=2026, n=2), pattern.format(year=2027, n=1)}
    except (IndexError, KeyError, ValueError):
        different = set()
    if len(different) != 3:  # noqa: PLR2004 - two numbers of a year, and one of the next
        entry.refuse(f'{entry.shown()} does not tell numbers apart; write {{year}} and {{n}}, as "{{year}}/{{n:03}}"')
    return pattern


def _district(entry: _Entry) -> District:
    row = entry.table(*_ROW, optional=("counts_under",))
    counts_under = row["counts_under"].key(IDENTIFIER_LETTERS, "an identifier") if "counts_under" in row else ""
    return District(row["key"].key(), row["name"].words(LABEL), counts_under)


def _districts(entry: _Entry) -> tuple[District, ...]:
    districts = _keyed(entry, _district)
    if UNKNOWN in keys_of(districts):
        return districts
    return (*districts, District(UNKNOWN, Words("не вказано", "not said")))


def _team(entry: _Entry) -> Team:
    row = entry.table(*_ROW, "roles", "by_district")
    roles = row["roles"].several_of(STAFF_ROLES, "a role")
    if set(roles) <= set(NO_TAKERS):
        row["roles"].refuse(f"nobody in this team could take a case; it needs a role besides {', '.join(NO_TAKERS)}")
    return Team(row["key"].key(), row["name"].words(LABEL), roles, row["by_district"].flag())


def _choice(entry: _Entry) -> Item:
    row = entry.table(*_ROW)
    key = row["key"].key()
    return Item(key, row["name"].words(LABEL), key)


def _shared(entry: _Entry, identifiers: Collection[str]) -> tuple[Item, ...]:
    return _keyed(entry, lambda row: _line(row.table(*_ROW, optional=_LINE), identifiers))


def _line(row: Mapping[str, _Entry], identifiers: Collection[str]) -> Item:
    key, name = row["key"].key(), row["name"].words(LABEL)
    counts_under = row.get("counts_under", row["key"]).one_of(identifiers, "a shared identifier")
    return Item(key, name, counts_under, printed=row["printed"].text(PRINTED) if "printed" in row else name.uk)


def _topics(entry: _Entry) -> tuple[Item, ...]:
    topics = _shared(entry, TOPICS)
    if "silent" not in {topic.identifier for topic in topics}:
        entry.refuse("«silent» is missing; calls in which nobody speaks are counted too")
    return topics


def _day_centre(entry: _Entry) -> DayCentre:
    row = entry.table("places", "rooms", "days", optional=("routes",))
    numbers = (row["places"].number(at_most=1000), row["rooms"].number(at_most=1000), row["days"].number(at_most=366))
    return DayCentre(*numbers, row["routes"].several_of(ENTRY_ROUTES, "a way in") if "routes" in row else ENTRY_ROUTES)


def _report_tables(entry: _Entry) -> tuple[PrintedTable, ...]:
    tables = entry.each(_report_table)
    ids = [table.id for table in tables]
    for row, id_ in enumerate(ids):
        if id_ in ids[:row]:
            entry.refuse(f"the table «{id_}» stands there twice")
    return tables


def _report_table(entry: _Entry) -> PrintedTable:
    row = entry.table("id", optional=("by", "title", "prose"))
    return PrintedTable(
        row["id"].one_of(report.IDS, "a table"),
        by=_divided(row["by"]) if "by" in row else "",
        title=row["title"].text(TITLE) if "title" in row else "",
        prose=_prose(row["prose"]) if "prose" in row else "",
    )


def _divided(entry: _Entry) -> str:
    return "" if entry.value == "" else entry.one_of(DIVIDED_BY, "what a table is divided by")


def _prose(entry: _Entry) -> str:
    text = entry.text(PROSE)
    try:
        prose.blanks(text)
    except prose.NoBlankError as blank:
        entry.refuse(f"«{{{blank}}}» is not a blank; write {_BLANKS}")
    except ValueError:
        entry.refuse(f"a brace is open or closed alone; a blank is written {_BLANKS}")
    return text


def _category(entry: _Entry) -> Category:
    row = entry.table(*_ROW, optional=(*_LINE, "valid_from", "valid_to"))
    line = _line(row, CATEGORIES)
    first, last = (row[name].day_or_none() if name in row else None for name in ("valid_from", "valid_to"))
    if first and last and last < first:
        row["valid_to"].refuse(f"«{last}» is before «{first}», the day it starts")
    return Category(line.key, line.name, line.counts_under, first, last, printed=line.printed)


def _deadlines(entry: _Entry) -> dict[str, Deadline]:
    entries = entry.names()
    for key in DEADLINES:
        if key not in entries:
            entry.refuse(f"«{key}» is missing")
    return {key: _deadline(key, inner) for key, inner in entries.items()}


def _deadline(key: str, entry: _Entry) -> Deadline:
    row = entry.table(
        "value", "unit", "from", "basis_uk", "mark", "verified_on", optional=("in_hours", "decided_by", "only_when")
    )
    return Deadline(
        key=key,
        value=row["value"].number(at_most=1000),
        unit=row["unit"].one_of(UNITS, "a unit"),
        basis=row["basis_uk"].text(PRINTED),
        mark=row["mark"].one_of(MARKS, "a mark"),
        verified_on=_verified_on(row),
        counts_from=row["from"].one_of(COUNTS_FROM, "a beginning"),
        in_hours="in_hours" in row and row["in_hours"].flag(),
        decided_by=row["decided_by"].one_of(SOURCES, "a body") if "decided_by" in row else "",
        only_when=row["only_when"].several_of(CIRCUMSTANCES_OF_A_DUTY, "a circumstance") if "only_when" in row else (),
    )


def _phones(entry: _Entry) -> tuple[Phone, ...]:
    phones = _keyed(entry, _phone)
    if not any(phone.urgent for phone in phones):
        entry.refuse("no phone is urgent; at least one needs «urgent = true»")
    if not any(phone.child for phone in phones):
        entry.refuse("no phone is for children; at least one needs «child = true»")
    return phones


def _phone(entry: _Entry) -> Phone:
    row = entry.table(*_ROW, "number", "mark", "verified_on", optional=("urgent", "child"))
    return Phone(
        key=row["key"].key(),
        number=_number(row["number"]),
        name=row["name"].words(LABEL),
        mark=row["mark"].one_of(MARKS, "a mark"),
        verified_on=_verified_on(row),
        urgent="urgent" in row and row["urgent"].flag(),
        child="child" in row and row["child"].flag(),
    )


def _number(entry: _Entry) -> str:
    number = entry.text(LABEL)
    if not re.fullmatch(r"\+?[0-9 ()-]{3,}", number):
        entry.refuse(f"«{number}» is not a phone; allowed: digits, spaces, brackets, dashes")
    return number


@dataclass(frozen=True, slots=True)
class _Asked:
    """What a route may name."""

    teams: Collection[str]
    facts: Mapping[str, Collection[str]]
    ladders: Collection[str]
    deadlines: Collection[str]


def _routes(entry: _Entry, asked: _Asked) -> tuple[Route, ...]:
    """Refused where a case would have no row, with that case, or where a row could never be reached."""
    routes = entry.each(lambda row: _route(row, asked))
    answers = {name: (*values, *_may_be_missing(name)) for name, values in asked.facts.items()}
    example = routing.uncovered(routes, answers)
    if example is not None:
        entry.refuse(f"{routing.described(example)}: no route; add one, or let the last have no «when»")
    last = next(n for n in range(1, len(routes) + 1) if routing.uncovered(routes[:n], answers) is None)
    if last < len(routes):
        entry.refuse(f"route {last} takes every case; those after it are never read")
    return routes


def _may_be_missing(field: str) -> tuple[str, ...]:
    return (NOT_SAID,) if field in ("need", "category") else ()


def _route(entry: _Entry, asked: _Asked) -> Route:
    row = entry.table("team", optional=("when", "priority", "ladder", "deadlines"))
    when = row["when"].table(optional=asked.facts) if "when" in row else {}
    return Route(
        row["team"].one_of(asked.teams, "a team of this profile"),
        {name: values.several_of(asked.facts[name], "an answer") for name, values in when.items()},
        priority=row["priority"].number(at_least=0, at_most=9) if "priority" in row else 0,
        ladder=row["ladder"].one_of(asked.ladders, "a ladder of this profile") if "ladder" in row else "",
        deadlines=row["deadlines"].several_of(asked.deadlines, "a deadline") if "deadlines" in row else (),
    )


def _quiet(entry: _Entry) -> tuple[time, time]:
    row = entry.table("from", "to")
    return row["from"].clock(), row["to"].clock()


def _queue(entry: _Entry) -> QueueRules:
    most = {"lease_minutes": 24 * 60, "load_limit": 10_000, "pushes_an_hour": 1000}
    row = entry.table(optional=most)
    return QueueRules(**{name: value.number(at_most=most[name]) for name, value in row.items()})


def _ladders(entry: _Entry) -> dict[str, Ladder]:
    return {entry.inside(name, name).key(): _ladder(row) for name, row in entry.names().items()}


def _ladder(entry: _Entry) -> Ladder:
    row = entry.table("steps", "again", "any_hour")
    rungs = row["steps"].each(_rung)
    if rungs[0] != Rung("duty", 0):
        row["steps"].refuse('the first step must be { whom = "duty", after = 0 }')
    if "head" not in {rung.whom for rung in rungs}:
        row["steps"].refuse("no step calls the head; a case could wait in silence")
    if [rung.after for rung in rungs] != sorted(rung.after for rung in rungs):
        row["steps"].refuse("the steps are not in the order of their minutes")
    return Ladder(rungs, again=row["again"].number(at_most=24 * 60), any_hour=row["any_hour"].flag())


def _rung(entry: _Entry) -> Rung:
    row = entry.table("whom", "after", optional=("alarm",))
    whom = row["whom"].one_of(("duty", "team", "dispatcher", "head", "deputy"), "somebody of a ladder")
    after = row["after"].number(at_least=0, at_most=7 * 24 * 60)
    return Rung(whom, after, alarm="alarm" in row and row["alarm"].flag())


def _guide(entry: _Entry, sections: Collection[str]) -> tuple[GuideItem, ...]:
    guide = _keyed(entry, lambda row: _guide_item(row, sections))
    for section in sections:
        if section not in {item.section for item in guide}:
            entry.refuse(f"the section «{section}» has no item, its button would open nothing")
    return guide


def _guide_item(entry: _Entry, sections: Collection[str]) -> GuideItem:
    row = entry.table("key", "section", "title", "text", "owner", "verified_on")
    return GuideItem(
        key=row["key"].key(),
        section=row["section"].one_of(sections, "a section of this guide"),
        title=row["title"].words(LABEL),
        text=row["text"].words(GUIDE_TEXT),
        owner=row["owner"].one_of(STAFF_ROLES, "a role"),
        verified_on=_verified_on(row),
    )


def _campaign(entry: _Entry) -> Campaign:
    """Its words stand on lock screens, so they are held to the rules of the outside (S01)."""
    row = entry.table(*_ROW, "about")
    name, about = row["name"].words(LABEL), row["about"].words(PRINTED)
    if found := discretion.at_the_entrance(f"{name.uk} {name.en} {about.uk} {about.en}"):
        entry.refuse(f"«{found[0]}» must not stand where anybody reads it over a shoulder")
    return Campaign(row["key"].key(), name, about)


def _retention(entry: _Entry) -> Retention:
    row = entry.table(*_KEPT_AT_MOST, optional=("closed_case_months",))
    archive = row["closed_case_months"].number(at_least=0, at_most=1200) if "closed_case_months" in row else 0
    kept = {name: row[name].number(at_most=most) for name, most in _KEPT_AT_MOST.items()}
    return Retention(**kept, closed_case_months=archive)
