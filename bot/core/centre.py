"""A centre's profile: who works there and when, in whose words, by which deadlines.

Whatever a centre may decide, or a law may change, is a row of its TOML file.
"""

import re
import tomllib
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import count
from pathlib import Path
from typing import Final, NoReturn, Protocol, TypeVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.core import routing
from bot.core.routing import NOT_SAID, Route

STAFF_ROLES: Final = (
    "specialist",
    "psychologist",
    "lawyer",
    "brigade",
    "foster_care",
    "dispatcher",
    "head",
    "deputy",
    "admin",
)
NO_TAKERS: Final = ("dispatcher", "admin")
"""Roles that no case can be with."""
PARTNER: Final = "partner"
"""A school or the police: tells the centre of families, and works here no more than a resident does."""
ROLES: Final = (*STAFF_ROLES, PARTNER)
UNITS: Final = ("minutes", "hours", "days", "working_days", "months")
MARKS: Final = ("S", "S2", "M", "P")
COUNTS_FROM: Final = (
    "report", "receipt", "decision", "violence_found", "cruelty_found", "request", "last_training",
)  # fmt: skip
URGENCIES: Final = ("emergency", "planned", "info")
FORMS: Final = ("help", "safety", "child", "other", "staff")
DEADLINES: Final = (
    "brigade_urgent_help", "needs_assessment", "service_decision", "service_decision_emergency",
    "decision_notice", "notify_police", "notify_child_services", "child_safety_assessment",
    "privacy_request", "first_human_answer", "first_human_answer_emergency", "carer_training",
)  # fmt: skip
CIRCUMSTANCES_OF_A_DUTY: Final = ("danger_now", "child", "told_by_her", "entered")

# The identifiers that all centres share; a line of a profile says which of them it counts under.
INTAKE: Final = ("self_referral", "appeal", "subject_notification", "found_by_specialist")
SOURCES: Final = (
    "citizen", "education_school", "education_vocational_higher", "education_department", "council_appeals",
    "child_services", "social_protection", "health", "police", "probation", "penal_institution",
    "family_youth_sport", "hotline_1547", "emergency_112", "centre_itself", "mobile_brigade", "other",
)  # fmt: skip
CATEGORIES: Final = (
    "dv_survivors", "single_mothers", "conflict_idp", "parental_neglect", "conflict_with_law",
    "substance_dependence", "sick_child_carer", "disability", "guardian_families", "foster_families",
    "family_type_home", "care_leavers", "labour_migrants", "roma_families", "large_families",
    "birth_grant_check", "covid_appeals", "divorce_conflict", "low_income", "ato_participants", "idp",
    "fallen_defender_families", "released_from_prison", "minors_in_conflict_with_law", "newborn_refusal",
    "hiv_families", "military_families", "patronage_families",
)  # fmt: skip
CIRCUMSTANCES: Final = (
    "fallen_veteran_family", "unemployment", "disability_or_treatment", "idp_war_affected", "orphanhood_risk",
    "parental_neglect", "conflict_with_law", "violence", "family_relations", "former_boarding_children",
    "low_parenting_capacity", "housing_or_material_hardship", "divorce", "newborn_refusal_risk",
    "removal_risk",
)  # fmt: skip
SERVICES: Final = (
    "informing", "counselling", "online_counselling", "mediation", "advocacy", "social_prevention",
    "social_adaptation", "social_integration", "crisis_intervention", "support_sjo", "support_orphan_care",
    "in_kind_aid", "shelter", "residential_assessment", "psychological_help", "legal_help",
    "inclusive_support", "mentoring", "patronage",
)  # fmt: skip
NEEDS_MET: Final = (
    "psychological", "legal", "employment", "education", "treatment", "housing", "family_ties", "registration",
    "humanitarian_aid", "documents",
)  # fmt: skip
AUDIENCES: Final = (
    "foster_parents", "family_type_home", "guardians", "patronage_carers", "mentors", "candidates",
)  # fmt: skip

UNKNOWN: Final = "unknown"
DUTY_CHECK: Final = time(14)
"""While there is still somebody at the centre to ask [P]."""
KEY_BYTES: Final = 20
LABEL: Final = 40
TITLE: Final = 100
PRINTED: Final = 250
GUIDE_TEXT: Final = 900
WEEKDAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
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


@dataclass(frozen=True, slots=True)
class Words:
    uk: str
    en: str


@dataclass(frozen=True, slots=True)
class District:
    key: str
    name: Words


@dataclass(frozen=True, slots=True)
class Item:
    """A choice of a list: `name` is its button, `printed` the centre's own full wording for reports."""

    key: str
    name: Words
    counts_under: str = ""
    printed: str = field(default="", kw_only=True)


EVERY_NEED: Final = (
    Item("psychological", Words("Психологічна підтримка", "Psychological support"), "psychological"),
    Item("legal", Words("Правова допомога", "Legal advice"), "legal"),
    Item("employment", Words("Робота", "Work"), "employment"),
    Item("education", Words("Навчання", "Education"), "education"),
    Item("treatment", Words("Лікування", "Treatment"), "treatment"),
    Item("housing", Words("Житло", "Housing"), "housing"),
    Item("family_ties", Words("Родинні зв'язки", "Family ties"), "family_ties"),
    Item("registration", Words("Реєстрація місця проживання", "Registration of residence"), "registration"),
    Item("humanitarian_aid", Words("Гуманітарна допомога", "Humanitarian aid"), "humanitarian_aid"),
    Item("documents", Words("Документи", "Documents"), "documents"),
)
"""Needs that may be met, where a profile has no list of its own."""
VISIT_MINUTES: Final = 60
"""How long somebody is inside before the bot asks, where a profile does not say [P]."""


@dataclass(frozen=True, slots=True)
class Category(Item):
    valid_from: date | None = None
    valid_to: date | None = None

    def valid_on(self, day: date) -> bool:
        """Both ends belong to the period; an empty end is open."""
        return (self.valid_from or day) <= day <= (self.valid_to or day)


@dataclass(frozen=True, slots=True)
class Team:
    key: str
    name: Words
    roles: tuple[str, ...]
    by_district: bool


@dataclass(frozen=True, slots=True)
class Hours:
    """Monday is 0. A closing at 0:00 is the end of that day."""

    days: frozenset[int]
    opens: time
    closes: time
    verified_on: date | None = None

    def cover(self, local: datetime) -> bool:
        started = local.weekday() in self.days and self.opens <= local.time()
        return started and (self.closes == time.min or local.time() < self.closes)


@dataclass(frozen=True, slots=True)
class Deadline:
    """`in_hours`: it runs only while the centre is open.

    `decided_by`: the body, by its shared identifier, that ends it, where it is not ours to end. `only_when`: the
    circumstances, one of which must be there, or it never begins; empty for any.
    """

    key: str
    value: int
    unit: str
    basis: str
    mark: str
    verified_on: date | None
    counts_from: str
    in_hours: bool = False
    decided_by: str = ""
    only_when: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Phone:
    """`urgent`: shown where the danger may be now; `child`: a line for children."""

    key: str
    number: str
    name: Words
    mark: str
    verified_on: date | None
    urgent: bool
    child: bool


@dataclass(frozen=True, slots=True)
class Rung:
    """A step of a ladder: whom, how many minutes after the case began to wait, and whether the operator's alarm runs.

    `whom`: duty (the team's people on duty), team (all of it), dispatcher, head, deputy.
    """

    whom: str
    after: int
    alarm: bool = False


@dataclass(frozen=True, slots=True)
class Ladder:
    """Who is called while nobody takes a case. `again`: minutes after which the last step is repeated, for ever.

    `any_hour`: its minutes run day and night; otherwise only while the centre is open.
    """

    rungs: tuple[Rung, ...]
    again: int
    any_hour: bool


EMERGENCY_LADDER: Final = Ladder(
    (Rung("duty", 0), Rung("team", 5), Rung("dispatcher", 10), Rung("head", 15, alarm=True),
     Rung("deputy", 20, alarm=True)),
    again=60, any_hour=True,
)  # fmt: skip
"""[P]: first_human_answer leaves 15 minutes, so the head hears of it no later than that."""
PLANNED_LADDER: Final = Ladder(
    (Rung("duty", 0), Rung("team", 15), Rung("dispatcher", 20), Rung("head", 25), Rung("deputy", 35)),
    again=60, any_hour=False,
)  # fmt: skip
"""[P]: the whole team when first_human_answer is over, the head ten minutes later."""
LADDERS: Final = {"emergency": EMERGENCY_LADDER, "planned": PLANNED_LADDER}


@dataclass(frozen=True, slots=True)
class QueueRules:
    """What the centre allows itself. All [P].

    `lease_minutes`: from taking to the first contact. `load_limit`: weight of open cases beyond which only the head
    gives more. `pushes_an_hour`: new messages about planned work that one person gets; the rest waits on My day.
    """

    lease_minutes: int = 30
    load_limit: int = 150
    pushes_an_hour: int = 6


@dataclass(frozen=True, slots=True)
class GuideItem:
    key: str
    section: str
    title: Words
    text: Words
    owner: str
    verified_on: date | None


@dataclass(frozen=True, slots=True)
class Retention:
    """`closed_case_months`: the archive's rule for what closed cases hold; 0: not set, nothing goes by itself."""

    branch_draft_minutes: int
    branch_sweep_minutes: int
    chat_copy_hours: int
    key_hours: int
    draft_days: int
    erase_wait_days: int
    closed_case_months: int = 0


@dataclass(frozen=True, slots=True)
class Centre:
    """`lawyer_confirmed`: the centre's lawyer has confirmed what is said before children are asked about.

    `duty_check`: when the head learns, on a working day, on which hours until the next one a team has nobody.
    `second_person`: outside of emergencies, name, address and phone of a case of the branch need another's word (S25).
    `working_days`: weekends that are worked because the working day was moved there.
    `visit_minutes`: so long after somebody went in the bot asks whether all is well.
    """

    key: str
    name: Words
    city: Words
    timezone: str
    hours: tuple[Hours, ...]
    holidays: frozenset[date]
    districts: tuple[District, ...]
    teams: tuple[Team, ...]
    needs: tuple[Item, ...]
    categories: tuple[Category, ...]
    circumstances: tuple[Item, ...]
    sources: tuple[Item, ...]
    services: tuple[Item, ...]
    intake: tuple[Item, ...]
    audiences: tuple[Item, ...]
    deadlines: Mapping[str, Deadline]
    phones: tuple[Phone, ...]
    routes: tuple[Route, ...]
    guide_sections: tuple[Item, ...]
    guide: tuple[GuideItem, ...]
    retention: Retention
    guide_check_days: int
    lawyer_confirmed: bool
    second_person: bool = False
    queue: QueueRules = QueueRules()
    ladders: Mapping[str, Ladder] = field(default_factory=lambda: LADDERS)
    working_days: frozenset[date] = frozenset()
    duty_check: time = DUTY_CHECK
    needs_met: tuple[Item, ...] = EVERY_NEED
    visit_minutes: int = VISIT_MINUTES

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)

    @property
    def urgent_phones(self) -> tuple[Phone, ...]:
        return tuple(phone for phone in self.phones if phone.urgent)

    @property
    def child_phones(self) -> tuple[Phone, ...]:
        """What a child sees: the lines for children, and only then the urgent ones."""
        own = tuple(phone for phone in self.phones if phone.child)
        return own + tuple(phone for phone in self.urgent_phones if not phone.child)

    def district(self, key: str) -> District:
        """A district that the profile no longer has is `unknown`, so that totals still close."""
        known = {district.key: district for district in self.districts}
        return known.get(key, known[UNKNOWN])

    def team(self, key: str) -> Team:
        return {team.key: team for team in self.teams}[key]

    def phone(self, key: str) -> Phone:
        return {phone.key: phone for phone in self.phones}[key]

    def deadline(self, key: str) -> Deadline:
        return self.deadlines[key]

    def wall_clock(self, moment: datetime) -> datetime:
        """The same moment on the centre's own clock."""
        if moment.tzinfo is None:
            raise ValueError("a moment without a time zone is no moment")
        return moment.astimezone(self.zone)

    def works_on(self, day: date) -> bool:
        return bool(self._hours_of(day))

    def ladder(self, name: str) -> Ladder:
        """A ladder that the profile no longer has is the one for emergencies: rather too early than never."""
        return self.ladders.get(name, self.ladders["emergency"])

    def open_at(self, local: datetime) -> bool:
        here = self.wall_clock(local)
        return any(hours.cover(here) for hours in self._hours_of(here.date()))

    def spans(self, day: date) -> list[tuple[datetime, datetime]]:
        """From when until when it is open on that day, in UTC, earliest first; hours that overlap are one."""
        whole: list[tuple[datetime, datetime]] = []
        for opens, closes in sorted(self._span(day, hours) for hours in self._hours_of(day)):
            if whole and opens <= whole[-1][1]:
                whole[-1] = (whole[-1][0], max(closes, whole[-1][1]))
            else:
                whole.append((opens, closes))
        return whole

    def next_opening(self, local: datetime) -> datetime:
        """The first opening after this moment, even if the centre is open now."""
        here = self.wall_clock(local)
        days = (here.date() + timedelta(days=later) for later in count())
        openings = (opening for day in days for opening in self._openings(day))
        return next(opening for opening in openings if opening > here.astimezone(UTC)).astimezone(self.zone)

    def _openings(self, day: date) -> list[datetime]:
        """In UTC, because two moments of one zone are compared by the wall clock, which jumps."""
        times = {hours.opens for hours in self._hours_of(day)}
        return [datetime.combine(day, opens, self.zone).astimezone(UTC) for opens in sorted(times)]

    @property
    def facts(self) -> Mapping[str, Collection[str]]:
        """What a route may ask about, and which answers there are."""
        return _facts(
            need=self.needs, category=self.categories, intake=self.intake, district=self.districts
        )  # fmt: skip

    def _hours_of(self, day: date) -> list[Hours]:
        """The hours of that day. A working day that was moved to a weekend has those of the week's first."""
        weekday = day.weekday()
        if day in self.working_days and not any(weekday in hours.days for hours in self.hours):
            weekday = min(first for hours in self.hours for first in hours.days)
        elif day in self.holidays:
            return []
        return [replace(hours, days=hours.days | {day.weekday()}) for hours in self.hours if weekday in hours.days]

    def _span(self, day: date, hours: Hours) -> tuple[datetime, datetime]:
        closing_day = day + timedelta(days=1) if hours.closes == time.min else day
        opens, closes = (day, hours.opens), (closing_day, hours.closes)
        first, last = (datetime.combine(*each, self.zone).astimezone(UTC) for each in (opens, closes))
        return first, last


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
        _keys(teams),
        _facts(need=needs, category=categories, intake=intake, district=districts),
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
        guide=_guide(top["guide"], _keys(sections)),
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
    )


_SECTIONS: Final = (
    "key", "name", "city", "timezone", "lawyer_confirmed", "hours", "holidays", "districts", "teams", "needs",
    "categories", "circumstances", "sources", "services", "intake", "audiences", "deadlines", "phones",
    "routes", "guide_sections", "guide", "retention", "guide_check",
)  # fmt: skip
_OPTIONAL: Final = (
    "second_person", "queue", "ladders", "working_days", "duty_check", "needs_met", "visit_minutes",
)  # fmt: skip
_ROW: Final = ("key", "name")
_LINE: Final = ("counts_under", "printed")


class _Keyed(Protocol):
    @property
    def key(self) -> str: ...


T = TypeVar("T")
K = TypeVar("K", bound=_Keyed)


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

    def key(self) -> str:
        if not isinstance(self.value, str) or not re.fullmatch(rf"[a-z0-9_]{{1,{KEY_BYTES}}}", self.value):
            self.refuse(f"{self.shown()} is not a key; allowed: 1 to {KEY_BYTES} of a-z, 0-9 and _")
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
    keys = _keys(items)
    for row, key in enumerate(keys):
        if key in keys[:row]:
            entry.refuse(f"the key «{key}» stands there twice")
    return items


def _keys(items: Collection[_Keyed]) -> tuple[str, ...]:
    return tuple(item.key for item in items)


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


def _district(entry: _Entry) -> District:
    row = entry.table(*_ROW)
    return District(row["key"].key(), row["name"].words(LABEL))


def _districts(entry: _Entry) -> tuple[District, ...]:
    districts = _keyed(entry, _district)
    if UNKNOWN in _keys(districts):
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


def _facts(**lists: Collection[_Keyed]) -> Mapping[str, Collection[str]]:
    answers = {name: _keys(items) for name, items in lists.items()}
    yes_no = ("yes", "no")
    return {
        "urgency": URGENCIES, "form": FORMS, "child": yes_no, **answers, "violence": yes_no, "time": ("day", "night"),
    }  # fmt: skip


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


def _retention(entry: _Entry) -> Retention:
    row = entry.table(*_KEPT_AT_MOST, optional=("closed_case_months",))
    archive = row["closed_case_months"].number(at_least=0, at_most=1200) if "closed_case_months" in row else 0
    kept = {name: row[name].number(at_most=most) for name, most in _KEPT_AT_MOST.items()}
    return Retention(**kept, closed_case_months=archive)
