"""Where a published figure stands in our report: tables of centres by name, and lists whose rows have our codes."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import Final

from bot.core import identifiers
from bot.core.centre import Words, folded
from bot.core.report import Counts, Table

LEFT: Final[Mapping[str, str]] = {
    "R1": "unknown", "R2": "unknown", "R3": "unknown", "R4": "none", "R5": "unknown", "R9": "unknown",
    "R11": "unknown", "R12": "unknown", "R17": "unknown",
}  # fmt: skip
"""The row of what is not said, which a published table may have left out."""
FAMILIES: Final = ("family", "person")
OWN, TITLED = "*", "~"
"""In a path: the published row's own key; the row that has its Ukrainian words for a title, or its key."""


@dataclass(frozen=True, slots=True)
class Spot:
    """`path`: keys of rows within rows, the total without any. `units` are added up. `less`: but without that row."""

    id: str
    path: tuple[str, ...] = ()
    units: tuple[str, ...] = FAMILIES
    less: str = ""


ALIASES: Final[Mapping[str, str]] = {
    "ato": "ato_participants",
    "children": "child",
    "conflict_affected_ato_idp": "conflict_idp",
    "disability_in_family": "disability",
    "dv_and_cruelty_survivors": "dv_survivors",
    "emergency_crisis_intervention": "crisis_intervention",
    "family_type_homes": "family_type_home",
    "labour_migrant_families": "labour_migrants",
    "low_income_families": "low_income",
    "men": "man",
    "sick_child_carer_benefit": "sick_child_carer",
    "support_difficult_circumstances": "support_sjo",
    "support_orphan_care_families": "support_orphan_care",
    "women": "woman",
}
"""Codes of published tables that are called otherwise than our own."""

CAME: Final = ("came",)
PERSONS: Final = ("person",)
KNOWN: Final[Mapping[str, Mapping[str, Spot]]] = {
    "intake_total": {"intake_all_kinds": Spot("R1", (), ("case",), less="unknown")},
    "work_volumes": {
        "needs_assessments": Spot("R13", ("needs_assessment",), ("visit",)),
        "dv_referrals": Spot("R6"),
        "birth_grant_checks": Spot("R13", ("birth_grant_check",), ("visit",)),
    },
    "families_served": {"families_served": Spot("R9")},
    "social_support": {
        "families_under_support": Spot("R10", ("served",)),
        "of_which_villages": Spot("R10", ("served", "villages")),
    },
    "active_support_by_district": {OWN: Spot("R10", ("end", OWN)), "": Spot("R10", ("end",))},
    "overcome_by_district": {OWN: Spot("R11", ("overcome", OWN)), "": Spot("R11", ("overcome",))},
    "support_idp_ato": {OWN: Spot("R4", (OWN,))},
    "birth_grant_checks_by_district": {
        OWN: Spot("R13", ("birth_grant_check", OWN), ("visit",)),
        "": Spot("R13", ("birth_grant_check",), ("visit",)),
    },
    "newborn_refusal_by_district": {OWN: Spot("R4", ("newborn_refusal", OWN)), "": Spot("R4", ("newborn_refusal",))},
    "brigade_results": {
        "placed_dept_1": Spot("R19", (OWN,)),
        "placed_dept_2": Spot("R19", (OWN,)),
        "placed_oblast_centre_mothers": Spot("R19", ("centre_of_oblast",)),
    },
    "primary_counselling_persons": {OWN: Spot("R6", ("victims", OWN))},
    "foster_care": {OWN: Spot("R15", (OWN,), ("family",))},
    "patronage_children": {"now": Spot("R15", ("patronage_families",), ("child",))},
    "trainings": {
        "foster_parents_training": Spot("R16", ("foster_parents", TITLED), CAME),
        "guardian_adopter_candidates": Spot("R16", ("candidates", TITLED), CAME),
        "mentor_candidates": Spot("R16", ("candidates", TITLED), CAME),
        "group_events_participants": Spot("R20", ("group_event",), PERSONS),
        "campaign_adoption_day": Spot("R20", ("campaign",), PERSONS),
    },
    "in_kind_aid": {OWN: Spot("R20", (OWN,), PERSONS)},
    "other_checks": {"single_parent_needs_assessments": Spot("R13", ("single_parent_check",), ("visit",))},
    "day_centre_capacity": {
        "places": Spot("R18", ("places",), ("place",)),
        "max_stay_days": Spot("R18", ("max_stay_days",), ("day",)),
        "round_the_clock_rooms": Spot("R18", ("rooms",), ("room",)),
    },
    "information_materials": {OWN: Spot("R20", (OWN,), ("material",)), "": Spot("R20", (), ("material",))},
}
"""By the name of the published table and the key of its row; the total without any key."""


@dataclass(frozen=True, slots=True)
class Coded:
    """A table of ours that is a list of codes. `units` by a word that stands in the published unit, the last without.

    `called`: words of which the published name has one; without it, the rows alone tell.
    """

    id: str
    names: Mapping[str, Words]
    units: Mapping[str, tuple[str, ...]]
    called: tuple[str, ...] = ()


OF_FAMILIES: Final = {"": FAMILIES}
LISTS: Final = (
    Coded("R1", identifiers.INTAKE, {"": ("case",)}),
    Coded("R2", identifiers.SOURCES, OF_FAMILIES),
    Coded("R3", identifiers.PLACES, OF_FAMILIES, called=("notification", "intake")),
    Coded("R4", identifiers.CATEGORIES, OF_FAMILIES),
    Coded("R5", identifiers.CIRCUMSTANCES, OF_FAMILIES),
    Coded("R6", identifiers.VIOLENCE, {"виїзд": ("trip",), "": FAMILIES}),
    Coded("R9", identifiers.SERVICES, {"сім": FAMILIES, "осіб": FAMILIES, "особ": FAMILIES, "": ("service",)}),
    Coded("R11", identifiers.OUTCOMES, OF_FAMILIES),
    Coded("R12", identifiers.CLOSINGS, OF_FAMILIES),
    Coded("R13", identifiers.VISITS, {"": ("visit",)}),
    Coded("R14", identifiers.NEEDS_MET, OF_FAMILIES),
    Coded("R17", identifiers.TOPICS, {"": ("call",)}),
)

Spots = Mapping[str, tuple[Spot, ...]]
Rows = Mapping[str, str]
"""Keys of published rows, and their Ukrainian words."""


def of(name: str, unit: str, rows: Rows, tables: Mapping[str, Table]) -> Spots:
    """Where each row stands, and under the empty key the total; what is nowhere is not there."""
    found = _by_name(name, rows, tables) if name in KNOWN else _by_list(name, unit, rows, tables)
    places = {**found, **_figures(name, rows, tables)}
    if "" in places or not all(key in places for key in rows):
        return places
    return {**places, "": tuple(place for key in rows for place in places[key])}


def _by_name(name: str, rows: Rows, tables: Mapping[str, Table]) -> Spots:
    known = KNOWN[name]
    named = {key: known.get(key, known.get(OWN)) for key in rows}
    placed = {key: (_filled(place, key, rows[key], tables),) for key, place in named.items() if place is not None}
    return {**placed, "": (known[""],)} if "" in known else placed


def _filled(place: Spot, key: str, words: str, tables: Mapping[str, Table]) -> Spot:
    there = {inner.key for row in tables[place.id].rows for inner in row.rows}
    blanks = {OWN: ALIASES.get(key, key), TITLED: key if key in there else folded(words)}
    return replace(place, path=tuple(blanks.get(part, part) for part in place.path))


def _by_list(name: str, unit: str, rows: Rows, tables: Mapping[str, Table]) -> Spots:
    """Where every row is a row of one list of ours, and of no other."""
    fits = [(each, codes) for each in LISTS if (codes := _codes(each, name, rows, tables))]
    if len(fits) != 1:
        return {}
    each, codes = fits[0]
    units = next(units for word, units in each.units.items() if word in unit)
    return {"": (Spot(each.id, (), units),), **{key: (Spot(each.id, (code,), units),) for key, code in codes.items()}}


def _codes(listed: Coded, name: str, rows: Rows, tables: Mapping[str, Table]) -> dict[str, str]:
    """Our code of each row; nothing where one is none of this list's."""
    if listed.called and not any(word in name for word in listed.called):
        return {}
    shared = {folded(words.uk): code for code, words in listed.names.items()}
    own = {folded(row.title.uk): row.key for row in tables[listed.id].rows if isinstance(row.title, Words)}
    ours = {*listed.names, *(row.key for row in tables[listed.id].rows)}
    codes = {key: _code(key, words, ours, {**shared, **own}) for key, words in rows.items()}
    return {key: code for key, code in codes.items() if code} if all(codes.values()) else {}


def _code(key: str, words: str, ours: Collection[str], by_words: Mapping[str, str]) -> str:
    tried = (key, ALIASES.get(key, ""), key.removesuffix("s"))
    return next((code for code in tried if code in ours), by_words.get(folded(words), ""))


def _figures(name: str, rows: Rows, tables: Mapping[str, Table]) -> Spots:
    """What no table of ours counts may be noted as a figure as of a day, under the name of its table and its key."""
    there = {row.key: row.counts.get("value", {}) for row in tables["R15"].rows}
    named = {key: folded(f"{name}_{key}").replace(" ", "_") for key in rows}
    return {
        key: (Spot("R15", (figure,), _counted_in(there[figure])),) for key, figure in named.items() if figure in there
    }


def _counted_in(counts: Counts) -> tuple[str, ...]:
    """A figure has one unit, and children beside families."""
    return next(((unit,) for unit in ("figure", "family", "child") if counts.get(unit)), ("family",))
