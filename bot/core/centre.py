"""A centre's profile: who works there and when, in whose words, by which deadlines.

Whatever a centre may decide, or a law may change, is a row of its TOML file.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import count
from typing import Final, Protocol
from zoneinfo import ZoneInfo

from bot.core.recurrence import DEFAULT_SHIFT, Shift
from bot.core.routing import Route

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
TOPICS: Final = (
    "interpersonal", "intrapersonal", "family", "addiction", "health", "hiv_aids", "employment", "socio_economic",
    "other", "silent",
)  # fmt: skip
"""What calls to the line of trust are about; a silent one is counted too."""
VIOLENCE: Final = ("physical", "psychological", "economic", "sexual")
"""Law 2229-VIII, art. 1; all four are always printed."""
VICTIM_GROUPS: Final = ("woman", "man", "child")
CHILD_ROLES: Final = ("victim", "witness")
REPORTERS: Final = ("self", "legal_representative", "third_person", "other_body")
FAMILY_OR_PERSON: Final = ("family", "person")
VISITS: Final = (
    "emergency_brigade", "planned_brigade", "first_home_visit", "needs_assessment", "social_inspection",
    "support_visit", "joint_visit", "birth_grant_check", "single_parent_check", "custody_assessment",
    "idp_child_status", "idp_residence_check", "foster_visit", "released_prisoner_visit",
)  # fmt: skip
TRIPS: Final = ("emergency_brigade", "planned_brigade")
"""Visits that are the mobile brigade's trips."""
OUTCOMES: Final = ("overcome", "minimised", "not_achieved", "in_progress")
CLOSINGS: Final = (
    "overcome_or_minimised", "contract_not_met", "crime", "died", "moved_away", "contract_expired", "declined",
    "not_confirmed", "transferred", "duplicate",
)  # fmt: skip
ENTRY_ROUTES: Final = ("phone", "in_person", "brigade", "police")
"""How somebody came to the day centre."""
SUPPORT: Final = "support_sjo"
"""The service whose beginning and end are the flow of support."""
AUDIENCES: Final = (
    "foster_parents", "family_type_home", "guardians", "patronage_carers", "mentors", "candidates",
)  # fmt: skip


UNKNOWN: Final = "unknown"
MOBILE_BRIGADE: Final = "mobile_brigade"
"""What came to the brigade itself stands among the districts in reports, in every centre."""
IDENTIFIER_LETTERS: Final = 60
DIVIDED_BY: Final = ("district", "category")
PROSE: Final = 500
DUTY_CHECK: Final = time(14)
"""While there is still somebody at the centre to ask [P]."""
QUIET: Final = (time(21), time(8))
"""Nobody outside the staff is reminded then, unless the profile or the person says otherwise [P]."""
KEY_BYTES: Final = 20
LABEL: Final = 40
TITLE: Final = 100
PRINTED: Final = 250
GUIDE_TEXT: Final = 900
WEEKDAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


@dataclass(frozen=True, slots=True)
class Words:
    uk: str
    en: str


NO_NAMES: Final[Mapping[str, Words]] = {}


@dataclass(frozen=True, slots=True)
class District:
    """`counts_under`: its identifier in tables and reports, where that is longer than a key."""

    key: str
    name: Words
    counts_under: str = ""

    @property
    def identifier(self) -> str:
        return self.counts_under or self.key


@dataclass(frozen=True, slots=True)
class Item:
    """A choice of a list: `name` is its button, `printed` the centre's own full wording for reports."""

    key: str
    name: Words
    counts_under: str = ""
    printed: str = field(default="", kw_only=True)

    @property
    def identifier(self) -> str:
        return self.counts_under or self.key


EVERY_TOPIC: Final = (
    Item("interpersonal", Words("Міжособистісні проблеми", "Between people"), "interpersonal"),
    Item("intrapersonal", Words("Внутрішньоособистісні проблеми", "Within oneself"), "intrapersonal"),
    Item("family", Words("Проблеми сім'ї", "Family"), "family"),
    Item("addiction", Words("Залежності", "Addiction"), "addiction"),
    Item("health", Words("Здоров'я", "Health"), "health"),
    Item("hiv_aids", Words("ВІЛ/СНІД", "HIV/AIDS"), "hiv_aids"),
    Item("employment", Words("Зайнятість", "Work"), "employment"),
    Item("socio_economic", Words("Соціально-економічні проблеми", "Money and living"), "socio_economic"),
    Item("other", Words("Інше", "Other"), "other"),
    Item("silent", Words("Мовчазний дзвінок", "Silent call"), "silent"),
)
"""Topics of calls, where a profile has no list of its own."""
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
PLAN_ON: Final = ("last", "first")
"""On which working day of its month or quarter something of the plan is due; «last», where none is said [P]."""


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
class Campaign:
    """News that anybody may join and leave; `about` says what one will get."""

    key: str
    name: Words
    about: Words


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
class TrainingNorm:
    """How many hours carers of an audience learn within how many months; `basis` and `mark` as of a deadline."""

    audience: str
    hours: int
    months: int
    basis: str
    mark: str
    verified_on: date | None


SIGNED_BY: Final = Words("Директор центру", "Director of the centre")


@dataclass(frozen=True, slots=True)
class DayCentre:
    """Places at a time, rooms day and night, days that a stay may last; `routes`: how people come."""

    places: int
    rooms: int
    days: int
    routes: tuple[str, ...] = ENTRY_ROUTES


@dataclass(frozen=True, slots=True)
class PrintedTable:
    """A table that the centre's report has. `by`: what its rows are divided by: district, category (R9), or nothing.

    `title` and `prose` are the centre's own phrases; in prose `{total}` and `{key}` of a row are its numbers, and
    `{key.unit}` where it has several units. Where they are empty, the usual ones stand.
    """

    id: str
    by: str = ""
    title: str = ""
    prose: str = ""


class Keyed(Protocol):
    @property
    def key(self) -> str: ...


def keys_of(items: Collection[Keyed]) -> tuple[str, ...]:
    return tuple(item.key for item in items)


class Line(Keyed, Protocol):
    """A line of a centre's list, or a district: what it is called, and the identifier under which it is reported."""

    @property
    def name(self) -> Words: ...
    @property
    def identifier(self) -> str: ...


def identifier(lines: Iterable[Line], code: str) -> str:
    """Under which identifier a stored code, the key of a line or an identifier itself, is reported."""
    return next((line.identifier for line in lines if line.key == code), code)


def folded(word: str) -> str:
    """As words from outside are compared: apostrophes are one, capitals and spaces mean nothing."""
    return " ".join(word.casefold().replace("’", "'").replace("ʼ", "'").split())


def known_words(lines: Sequence[Line], shared: Mapping[str, Words] = NO_NAMES) -> Mapping[str, str]:
    """The code to be stored, by every folded word that means one line: identifier, key, names, printed wording.

    The code is the identifier; the key where several lines count under one and a line of them is meant.
    `shared`: what identifiers are called where no line does.
    """
    alone = Counter(line.identifier for line in lines)
    codes = {line.key: line.identifier if alone[line.identifier] == 1 else line.key for line in lines}
    return {
        **_unmistakable((word, code) for code, words in shared.items() for word in (words.uk, words.en)),
        **_unmistakable((word, codes[line.key]) for line in lines for word in _called(line)),
        **{code: code for code in (*shared, *alone)},
        **codes,
    }


def _unmistakable(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Without what would mean two."""
    found: dict[str, set[str]] = {}
    for word, code in pairs:
        found.setdefault(folded(word), set()).add(code)
    return {word: codes.pop() for word, codes in found.items() if len(codes) == 1}


def _called(line: Line) -> tuple[str, ...]:
    printed = (line.printed,) if isinstance(line, Item) and line.printed else ()
    return (line.name.uk, line.name.en, *printed)


def known_districts(districts: Sequence[District], shared: Mapping[str, Words] = NO_NAMES) -> Mapping[str, str]:
    """As `known_words`; with or without the word «район», and with the brigade among them."""
    words = {MOBILE_BRIGADE: MOBILE_BRIGADE, UNKNOWN: UNKNOWN, **known_words(districts, shared)}
    bare = {word.removesuffix(_DISTRICT): code for word, code in words.items()}
    return {**{word + _DISTRICT: code for word, code in bare.items()}, **bare, **words}


_DISTRICT: Final = " район"


def askable(**lists: Collection[Keyed]) -> Mapping[str, Collection[str]]:
    answers = {name: keys_of(items) for name, items in lists.items()}
    yes_no = ("yes", "no")
    return {
        "urgency": URGENCIES, "form": FORMS, "child": yes_no, **answers, "violence": yes_no, "time": ("day", "night"),
    }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Centre:
    """`lawyer_confirmed`: the centre's lawyer has confirmed what is said before children are asked about.

    `duty_check`: when the head learns, on a working day, on which hours until the next one a team has nobody.
    `quiet`: from when until when nobody outside the staff is reminded, unless they keep other hours.
    `second_person`: outside of emergencies, name, address and phone of a case of the branch need another's word (S25).
    `working_days`: weekends that are worked because the working day was moved there.
    `visit_minutes`: so long after somebody went in the bot asks whether all is well.
    `working_day_shift`: where what recurs goes when the centre does not work on its day.
    `plan_on`: on which working day of a month or a quarter the plan's items are due, the last or the first.
    `report_tables`: what the centre prints, in its order; empty for every table. `signed_by`: who signs a report.
    `training_plans`: the norms of carers; `certificates`: how a certificate's number is written, empty for none.
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
    quiet: tuple[time, time] = QUIET
    working_day_shift: Shift = DEFAULT_SHIFT
    plan_on: str = PLAN_ON[0]
    campaigns: tuple[Campaign, ...] = ()
    training_plans: tuple[TrainingNorm, ...] = ()
    certificates: str = ""
    helpline_topics: tuple[Item, ...] = EVERY_TOPIC
    day_centre: DayCentre | None = None
    report_tables: tuple[PrintedTable, ...] = ()
    signed_by: Words = SIGNED_BY

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

    def campaign(self, key: str) -> Campaign | None:
        return next((each for each in self.campaigns if each.key == key), None)

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
        return askable(
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
