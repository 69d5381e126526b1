"""The facts that reports are counted from, as this bot has them and as a register from tables has them.

A fact has a case behind it (`n` of them where a register has totals), the day or moment it came, the end of its
case (`went`), codes, and how many times. Facts of this bot stand in tables of their own; a row of the register holds
all of its facts but the visits.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from bot.core.centre import SUPPORT, TRIPS

CURRENT: Final = "import_id IN (SELECT id FROM register_imports WHERE current_at IS NOT NULL)"
TRIP: Final = f"IN ({', '.join(repr(kind) for kind in TRIPS)})"


def _district(of: str) -> str:
    """A case of the brigade that has no district is the brigade's own row (domain.md, section 7, R3)."""
    return (
        f"CASE WHEN COALESCE({of}.district, '') NOT IN ('', 'unknown') THEN {of}.district "
        f"WHEN {of}.team = 'brigade' THEN 'mobile_brigade' ELSE 'unknown' END AS district"
    )


# Of this bot

CODES: Final = """
    cases.intake, cases.source, cases.category, cases.main_form, cases.victim_group, cases.child_role, cases.closing,
    CASE WHEN cases.repeat THEN 'yes' ELSE 'no' END AS repeat,
    COALESCE(cases.outcome, CASE WHEN cases.closed_at IS NULL THEN 'in_progress' END) AS outcome, 0 AS detail_id
"""
VIOLENT: Final = """
    (cases.main_form IS NOT NULL OR cases.category = 'dv_survivors'
     OR EXISTS (SELECT 1 FROM case_codes WHERE case_codes.case_id = cases.id AND kind = 'violence_forms'))
"""
FORMS: Final = """
    LEFT JOIN (SELECT case_id, code FROM case_codes WHERE kind = 'violence_forms'
               UNION SELECT id, main_form FROM cases WHERE main_form IS NOT NULL) AS form ON form.case_id = cases.id
"""
NAMED: Final = "LEFT JOIN case_codes ON case_codes.case_id = cases.id AND case_codes.kind = 'circumstances'"
SUPPORTED: Final = f"""
    JOIN (SELECT case_id, min(given_at) AS began FROM services WHERE service = '{SUPPORT}' GROUP BY case_id)
         AS support ON support.case_id = cases.id
"""
BEGAN: Final = "CASE WHEN support.began > cases.closed_at THEN cases.closed_at ELSE support.began END"


def _live(
    code: str = "''", *, joined: str = "", came: str = "cases.reported_at", times: str = "1", only: str = ""
) -> str:
    return (
        f"SELECT cases.id, cases.unit, 1 AS n, {times} AS times, cases.children, {_district('cases')}, {came} AS came, "
        f"cases.closed_at AS went, {code} AS code, {CODES} FROM cases {joined} WHERE NOT cases.mistaken {only}"
    )


def _on_case(table: str, code: str, came: str, *, times: str = "1", only: str = "") -> str:
    """Rows of a table that hang on a case, with their own moment."""
    joined = f"JOIN {table} ON {table}.case_id = cases.id"
    return _live(f"{table}.{code}", joined=joined, came=f"{table}.{came}", times=times, only=only)


APART: Final = "AND cases.joined_to IS NULL"
"""What comes is counted as often as it comes; a family in work is one, whatever was joined to its case."""
HELD: Final = "AND visits.state = 'held'"
SHELTERED: Final = (
    "AND EXISTS (SELECT 1 FROM services WHERE services.case_id = cases.id AND services.service = 'shelter')"
)
TOLD: Final = """
    (SELECT case_id, body, sent_at FROM referrals WHERE sent_at IS NOT NULL
     UNION SELECT case_id, CASE WHEN key = 'notify_police' THEN 'police' ELSE 'child_services' END, met_at
     FROM  deadlines WHERE key IN ('notify_police', 'notify_child_services') AND met_at IS NOT NULL) AS told
"""
"""Whom the law has us tell is told by a referral or by whatever other way: a press on the card says so."""
PASSED_ON: Final = f"AND EXISTS (SELECT 1 FROM {TOLD} WHERE told.case_id = cases.id)"


def _trips(only: str = "") -> str:
    return _on_case("visits", "kind", "starts_at", only=f"{HELD} AND visits.kind {TRIP} {only}")


LIVE: Final[Mapping[str, str]] = {
    "cases": _live(),
    "families": _live(only=APART),
    "outcomes": _live(only="AND (cases.outcome IS NOT NULL OR cases.closed_at IS NULL)"),
    "violence": _live(only=f"AND {VIOLENT}"),
    "forms": _live("form.code", joined=FORMS, only=f"AND {VIOLENT}"),
    "circumstances": _live("case_codes.code", joined=NAMED, only=APART),
    "services": _on_case("services", "service", "given_at", times="services.count"),
    "support": _live(f"'{SUPPORT}'", joined=SUPPORTED, came=BEGAN, only=APART),
    "needs_met": _on_case("needs_met", "need", "met_at"),
    "referred_to": _live("told.body", joined=f"JOIN {TOLD} ON told.case_id = cases.id", came="told.sent_at"),
    "visits": _on_case("visits", "kind", "starts_at", only=HELD),
    "acts": _on_case("visits", "kind", "starts_at", only=f"{HELD} AND visits.act_no IS NOT NULL"),
    "trips": _trips(),
    "violent_trips": _trips(f"AND {VIOLENT}"),
    "placed": _trips(SHELTERED),
    "trips_referred": _trips(PASSED_ON),
}
CALLS: Final = """
    SELECT id, 'call' AS unit, 1 AS n, 1 AS times, 0 AS children, day AS came, day AS went, topic AS code FROM helpline
"""


# Of a register

CALL: Final = "(register.topic IS NOT NULL AND register.intake IS NULL)"
"""A row with a topic of the helpline and no way in is a call, and no case."""
BOOK_VIOLENT: Final = (
    "(register.main_form IS NOT NULL OR register.violence_forms IS NOT NULL OR register.category = 'dv_survivors')"
)
SENT_ON: Final = """
    (register.referred_to IS NOT NULL OR register.police_notified_at IS NOT NULL
     OR register.child_services_notified_at IS NOT NULL)
"""


NEAR: Final = (
    "AND (register.registered_on IS NULL OR register.registered_on <= :last) "
    "AND (register.registered_on >= :first OR register.closed_on IS NULL "
    "OR register.closed_on >= :first)"
)
"""What could belong to one of the periods by any of its days: a register may be older than anybody asks about."""


def _flag(condition: str, name: str) -> str:
    return f"CASE WHEN {condition} THEN 1 ELSE 0 END AS {name}"


FLAGS: Final = ", ".join(
    _flag(condition, name)
    for name, condition in {
        "is_case": f"NOT {CALL}",
        "violent": BOOK_VIOLENT,
        "served": "register.services IS NOT NULL",
        "supported": f"';' || replace(register.services, '*', ';') || ';' LIKE '%;{SUPPORT};%'",
        "met": "register.needs_met IS NOT NULL",
        "ended": f"register.outcome IS NOT NULL AND NOT {CALL}",
        "sent": SENT_ON,
        "called": "register.topic IS NOT NULL",
    }.items()
)
BOOK: Final = f"""
    SELECT register.id, register.unit, register.count AS n, register.children, {_district("register")},
           CAST(register.registered_on AS TEXT) AS came, CAST(register.closed_on AS TEXT) AS went, register.intake,
           register.source,
           register.category, register.main_form, register.victim_group, register.child_role, register.closing,
           register.repeat, register.outcome, register.detail_id, register.topic, register.circumstances,
           register.services, register.needs_met,
           COALESCE(register.referred_to, '')
           || CASE WHEN register.police_notified_at IS NULL THEN '' ELSE ';police' END
           || CASE WHEN register.child_services_notified_at IS NULL THEN '' ELSE ';child_services' END AS passed_on,
           COALESCE(register.violence_forms || ';', '') || COALESCE(register.main_form, '') AS forms, {FLAGS}
    FROM   register WHERE register.{CURRENT}
"""
BOOK_VISITS: Final = f"""
    SELECT register.id, register.unit, register.count AS n, 1 AS times, register.children, {_district("register")},
           visit.day AS came, register.closed_on AS went, visit.kind AS code, register.main_form,
           {_flag(BOOK_VIOLENT, "violent")}, {_flag("register.services LIKE '%shelter%'", "sheltered")},
           {_flag(SENT_ON, "passed_on")}
    FROM   register JOIN register_visits AS visit ON visit.row_id = register.id WHERE register.{CURRENT}
"""
BOOK_TRIPS: Final = f"{BOOK_VISITS} AND visit.kind {TRIP}"
Found = list[tuple[str, int]]
"""Codes that a row has of a fact, each with how many times."""


@dataclass(frozen=True, slots=True)
class InRow:
    """Rows with the `flag` have the fact; `words` is the column that lists its codes, and `read` what it says."""

    flag: str
    words: str = ""
    read: Callable[[str | None], Found] = lambda _: [("", 1)]


def _listed(words: str | None) -> Found:
    """`counselling;legal_help*3`, each code once."""
    if not words:
        return [("", 1)]
    if "*" not in words:
        return [(code, 1) for code in words.split(";")]
    parts = (part.partition("*") for part in words.split(";"))
    return [(code, int(times) if star else 1) for code, star, times in parts]


def _together(words: str | None) -> Found:
    """Several lists one after another: what stands in two of them counts once."""
    return [(code, 1) for code in dict.fromkeys((words or "").split(";")) if code] or [("", 1)]


IN_ROW: Final[Mapping[str, InRow]] = {
    "cases": InRow("is_case"),
    "families": InRow("is_case"),
    "violence": InRow("violent"),
    "outcomes": InRow("ended"),
    "forms": InRow("violent", "forms", _together),
    "circumstances": InRow("is_case", "circumstances", _listed),
    "services": InRow("served", "services", _listed),
    "support": InRow("supported"),
    "needs_met": InRow("met", "needs_met", _listed),
    "referred_to": InRow("sent", "passed_on", _together),
    "calls": InRow("called", "topic", _listed),
}
OF_VISITS: Final[Mapping[str, tuple[str, str]]] = {
    "visits": (BOOK_VISITS, ""),
    "trips": (BOOK_TRIPS, ""),
    "violent_trips": (BOOK_TRIPS, "violent"),
    "placed": (BOOK_TRIPS, "sheltered"),
    "trips_referred": (BOOK_TRIPS, "passed_on"),
}
"""Facts that are visits: at which look, and with which flag."""


# Which facts belong to a period; both of its ends do

BASES: Final[Mapping[str, str]] = {
    "came": "came >= :a{n} AND came < :b{n}",
    "went": "came IS NOT NULL AND went >= :a{n} AND went < :b{n}",
    "over": "went >= :a{n} AND went < :b{n}",
    "ended": "COALESCE(went, came) >= :a{n} AND COALESCE(went, came) < :b{n}",
    "in_work": "came < :b{n} AND (went IS NULL OR went >= :a{n})",
    "at_start": "came < :a{n} AND (went IS NULL OR went >= :a{n})",
    "at_end": "came < :b{n} AND (went IS NULL OR went >= :b{n})",
}


Days = Callable[[str | None, str, str], bool]
"""Whether a day stands to the first and the last of a period as it should; days are text that sorts as they come."""


def _ever(day: str | None, _first: str, _last: str) -> bool:
    return day is not None


def always(_day: str | None, _first: str, _last: str) -> bool:
    return True


def _within(day: str | None, first: str, last: str) -> bool:
    return day is not None and first <= day <= last


def _by_end(day: str | None, _first: str, last: str) -> bool:
    return day is not None and day <= last


def _before(day: str | None, first: str, _last: str) -> bool:
    return day is not None and day < first


def _not_before(day: str | None, first: str, _last: str) -> bool:
    return day is None or day >= first


def _not_by_end(day: str | None, _first: str, last: str) -> bool:
    return day is None or day > last


BY_DAYS: Final[Mapping[str, tuple[Days, Days]]] = {
    "came": (_within, always),
    "went": (_ever, _within),
    "over": (always, _within),
    "ended": (_within, always),
    "in_work": (_by_end, _not_before),
    "at_start": (_before, _not_before),
    "at_end": (_by_end, _not_by_end),
}
"""The same of a register, by the days on which a case came and went: few days, many rows. What ended did so on the day
it went, or, where nobody wrote that down, when it came."""


def masked(source: str, columns: list[str], bases: list[str], periods: int) -> str:
    """Those columns of a source; `m_came` and its like say as bits to which of the periods a row belongs."""
    masks = [
        " + ".join(f"CASE WHEN {BASES[basis].format(n=n)} THEN {2**n} ELSE 0 END" for n in range(periods))
        + f" AS m_{basis}"
        for basis in bases
    ]
    return f"SELECT {', '.join([*columns, *masks])} FROM ({source}) AS facts"
