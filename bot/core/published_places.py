"""Where a published figure stands in our report: tables of centres by name, and lists whose rows have our codes."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from bot.core import identifiers
from bot.core.centre import Words, folded
from bot.core.report import Table

LEFT: Final[Mapping[str, str]] = {
    "R1": "unknown", "R2": "unknown", "R3": "unknown", "R4": "none", "R5": "unknown", "R9": "unknown",
    "R11": "unknown", "R12": "unknown", "R17": "unknown",
}  # fmt: skip
"""The row of what is not said, which a published table may have left out."""
FAMILIES: Final = ("family", "person")
OWN, WORDS = "*", "~"
"""In a path: the published row's own key; its Ukrainian words."""


@dataclass(frozen=True, slots=True)
class Place:
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
KNOWN: Final[Mapping[str, Mapping[str, Place]]] = {
    "intake_total": {"intake_all_kinds": Place("R1", (), ("case",), less="unknown")},
    "work_volumes": {
        "needs_assessments": Place("R13", ("needs_assessment",), ("visit",)),
        "dv_referrals": Place("R6"),
        "birth_grant_checks": Place("R13", ("birth_grant_check",), ("visit",)),
    },
    "families_served": {"families_served": Place("R9")},
    "social_support": {
        "families_under_support": Place("R10", ("served",)),
        "of_which_villages": Place("R10", ("served", "villages")),
    },
    "active_support_by_district": {OWN: Place("R10", ("end", OWN)), "": Place("R10", ("end",))},
    "overcome_by_district": {OWN: Place("R11", ("overcome", OWN)), "": Place("R11", ("overcome",))},
    "support_idp_ato": {OWN: Place("R4", (OWN,))},
    "birth_grant_checks_by_district": {
        OWN: Place("R13", ("birth_grant_check", OWN), ("visit",)),
        "": Place("R13", ("birth_grant_check",), ("visit",)),
    },
    "newborn_refusal_by_district": {OWN: Place("R4", ("newborn_refusal", OWN)), "": Place("R4", ("newborn_refusal",))},
    "brigade_results": {
        "families_taken_into_support": Place("R10", ("opened", "mobile_brigade"), ("family",)),
        "placed_dept_1": Place("R19", (OWN,)),
        "placed_dept_2": Place("R19", (OWN,)),
        "placed_oblast_centre_mothers": Place("R19", ("centre_of_oblast",)),
    },
    "dv_families_with_children": {"affected": Place("R4", ("dv_survivors",))},
    "primary_counselling_persons": {OWN: Place("R6", ("victims", OWN))},
    "foster_care": {OWN: Place("R15", (OWN,), ("family",))},
    "patronage_children": {"now": Place("R15", ("patronage_families",), ("child",))},
    "trainings": {
        "foster_parents_training": Place("R16", ("foster_parents", WORDS), CAME),
        "guardian_adopter_candidates": Place("R16", ("candidates", WORDS), CAME),
        "mentor_candidates": Place("R16", ("candidates", WORDS), CAME),
        "group_events_participants": Place("R20", ("group_event",), PERSONS),
        "campaign_adoption_day": Place("R20", ("campaign",), PERSONS),
    },
    "in_kind_aid": {OWN: Place("R20", (OWN,), PERSONS)},
    "other_checks": {"single_parent_needs_assessments": Place("R13", ("single_parent_check",), ("visit",))},
    "day_centre_capacity": {
        "places": Place("R18", ("places",), ("place",)),
        "max_stay_days": Place("R18", ("max_stay_days",), ("day",)),
        "round_the_clock_rooms": Place("R18", ("rooms",), ("room",)),
    },
    "information_materials": {OWN: Place("R20", (OWN,), ("material",)), "": Place("R20", (), ("material",))},
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

Places = Mapping[str, tuple[Place, ...]]
Rows = Mapping[str, str]
"""Keys of published rows, and their Ukrainian words."""


def of(name: str, unit: str, rows: Rows, tables: Mapping[str, Table]) -> Places:
    """Where each row stands, and under the empty key the total; what is nowhere is not there."""
    found = _by_name(name, rows) if name in KNOWN else _by_list(name, unit, rows, tables)
    places = {**_figures(name, rows, tables), **found}
    if "" in places or not all(key in places for key in rows):
        return places
    return {**places, "": tuple(place for key in rows for place in places[key])}


def _by_name(name: str, rows: Rows) -> Places:
    known = KNOWN[name]
    named = {key: known.get(key, known.get(OWN)) for key in rows}
    placed = {key: (_filled(place, key, rows[key]),) for key, place in named.items() if place is not None}
    return {**placed, "": (known[""],)} if "" in known else placed


def _filled(place: Place, key: str, words: str) -> Place:
    blanks = {OWN: ALIASES.get(key, key), WORDS: folded(words)}
    return replace(place, path=tuple(blanks.get(part, part) for part in place.path))


def _by_list(name: str, unit: str, rows: Rows, tables: Mapping[str, Table]) -> Places:
    """Where every row is a row of one list of ours, and of no other."""
    fits = [(each, codes) for each in LISTS if (codes := _codes(each, name, rows, tables))]
    if len(fits) != 1:
        return {}
    each, codes = fits[0]
    units = next(units for word, units in each.units.items() if word in unit)
    return {"": (Place(each.id, (), units),), **{key: (Place(each.id, (code,), units),) for key, code in codes.items()}}


def _codes(listed: Coded, name: str, rows: Rows, tables: Mapping[str, Table]) -> dict[str, str]:
    """Our code of each row; nothing where one is none of this list's."""
    if listed.called and not any(word in name for word in listed.called):
        return {}
    called = {code: words.uk for code, words in listed.names.items()}
    called |= {row.key: str(getattr(row.title, "uk", "")) for row in tables[listed.id].rows}
    by_words = {folded(words): code for code, words in called.items() if words}
    codes = {key: _code(key, words, called, by_words) for key, words in rows.items()}
    return {key: code for key, code in codes.items() if code} if all(codes.values()) else {}


def _code(key: str, words: str, called: Mapping[str, str], by_words: Mapping[str, str]) -> str:
    tried = (key, ALIASES.get(key, ""), key.removesuffix("s"))
    return next((code for code in tried if code in called), by_words.get(folded(words), ""))


def _figures(name: str, rows: Rows, tables: Mapping[str, Table]) -> Places:
    """What no table of ours counts may be noted as a figure as of a day, under the name of its table and its key."""
    there = {row.key for row in tables["R15"].rows}
    named = {key: folded(f"{name}_{key}") for key in rows}
    return {
        key: (Place("R15", (figure,), ("family", "item", "child")),) for key, figure in named.items() if figure in there
    }
