"""What each of the five centres is known to print stands in its profile, under the identifiers that all share."""

import re
from collections.abc import Iterable
from datetime import date

import pytest

from bot.core import centre, identifiers, profile, prose, tables
from bot.core.centre import MOBILE_BRIGADE, UNKNOWN, Centre, Line, folded, known_districts, known_words
from bot.core.report import Period, Table
from bot.core.tables.found import Found

DISTRICTS = {
    "kalush": ["city", "villages"],
    "zhytomyr": ["bohunskyi", "korolovskyi"],
    "dnipro": [
        "amur_nyzhnodniprovskyi", "industrialnyi", "novokodatskyi", "samarskyi", "sobornyi", "tsentralnyi",
        "chechelivskyi", "shevchenkivskyi",
    ],
    "kamianske": ["dniprovskyi", "zavodskyi", "pivdennyi"],
    "pokrov": ["city"],
}  # fmt: skip
FIVE = {key: profile.load(profile.find(key)) for key in DISTRICTS}
EACH = pytest.mark.parametrize("ours", FIVE.values(), ids=FIVE)
LISTS = {
    "intake": "intake", "sources": "sources", "categories": "categories", "circumstances": "circumstances",
    "services": "services", "needs_met": "needs_met", "helpline_topics": "topics", "audiences": "audiences",
}  # fmt: skip
"""The lists of a profile, and the names of what they count under."""
NINE = centre.CIRCUMSTANCES[:9]


def of_nothing(id_: str, ours: Centre) -> Table:
    declared = tables.BY_ID[id_]
    columns = Period(date(2026, 1, 1), date(2026, 3, 31)).columns
    return declared.made(Found(ours, columns, {name: [] for name in declared.asks}))


def under(lines: Iterable[Line]) -> set[str]:
    return {line.identifier for line in lines}


@EACH
def test_a_centre_has_its_districts_and_not_said(ours: Centre) -> None:
    assert [district.identifier for district in ours.districts] == [*DISTRICTS[ours.key], UNKNOWN]


@EACH
def test_every_district_is_known_from_outside_and_so_is_the_brigade(ours: Centre) -> None:
    known = known_districts(ours.districts, identifiers.PLACES)
    for district in ours.districts:
        for word in (
            district.key,
            district.identifier,
            district.name.uk,
            f"{district.name.uk} район",
            district.name.en,
        ):
            assert known[folded(word)] == district.identifier
    assert known["мобільна бригада"] == known["mobile_brigade"] == "mobile_brigade"


@EACH
@pytest.mark.parametrize("of", LISTS)
def test_every_shared_identifier_may_be_imported_whether_the_centre_prints_it_or_not(ours: Centre, of: str) -> None:
    lines, names = getattr(ours, of), identifiers.EVERY[LISTS[of]]
    known = known_words(lines, names)
    assert {code: centre.identifier(lines, known[code]) for code in names} == {code: code for code in names}


@EACH
@pytest.mark.parametrize("of", LISTS)
def test_every_line_of_a_list_is_known_by_all_that_it_is_called(ours: Centre, of: str) -> None:
    lines = getattr(ours, of)
    known = known_words(lines, identifiers.EVERY[LISTS[of]])
    for line in lines:
        for word in (line.key, line.name.uk, line.name.en, line.printed):
            assert centre.identifier(lines, known[folded(word or line.key)]) == line.identifier


@EACH
@pytest.mark.parametrize("of", LISTS)
def test_no_key_of_a_centre_is_the_identifier_of_something_else(ours: Centre, of: str) -> None:
    names = identifiers.EVERY[LISTS[of]]
    assert not [line for line in getattr(ours, of) if line.key in names and line.key != line.identifier]


@pytest.mark.parametrize(
    ("key", "of", "printed"),
    [
        ("kalush", "categories", centre.CATEGORIES[:19]),
        ("zhytomyr", "categories", (
            "ato_participants", "idp", "fallen_defender_families", "released_from_prison",
            "minors_in_conflict_with_law", "newborn_refusal",
        )),
        ("dnipro", "categories", ("idp", "ato_participants", "newborn_refusal", "birth_grant_check")),
        ("pokrov", "categories", ("hiv_families", "military_families", "patronage_families")),
        ("kalush", "circumstances", NINE),
        ("zhytomyr", "circumstances", centre.CIRCUMSTANCES),
        ("dnipro", "circumstances", centre.CIRCUMSTANCES),
        ("pokrov", "circumstances", NINE),
        ("kalush", "sources", centre.SOURCES),
        ("zhytomyr", "sources", centre.SOURCES),
        ("dnipro", "sources", centre.SOURCES),
        ("pokrov", "sources", centre.SOURCES),
        ("zhytomyr", "services", centre.SERVICES),
        ("kamianske", "needs_met", centre.NEEDS_MET),
        ("dnipro", "helpline_topics", centre.TOPICS),
    ],
)  # fmt: skip
def test_a_centre_prints_what_it_is_known_to_print(key: str, of: str, printed: tuple[str, ...]) -> None:
    assert set(printed) <= under(getattr(FIVE[key], of))


@EACH
def test_every_centre_takes_in_the_four_kinds_and_trains_every_audience(ours: Centre) -> None:
    assert under(ours.intake) == set(centre.INTAKE)
    assert under(ours.audiences) == set(centre.AUDIENCES)


def test_pokrov_prints_nine_circumstances_and_kamianske_seven_sources() -> None:
    assert under(FIVE["pokrov"].circumstances) == set(NINE)
    assert len(FIVE["kamianske"].sources) == 7


def test_zhytomyr_has_rows_inside_of_a_source() -> None:
    health = [source.key for source in FIVE["zhytomyr"].sources if source.identifier == "health"]
    assert health == ["health", "maternity_hospital"]


def test_dnipro_has_a_day_centre_and_the_others_none() -> None:
    assert {key: ours.day_centre for key, ours in FIVE.items() if ours.day_centre} == {
        "dnipro": centre.DayCentre(places=6, rooms=2, days=10)
    }


@EACH
def test_the_specialists_of_a_large_centre_have_districts_of_their_own(ours: Centre) -> None:
    assert ours.team("district_specialists").by_district == (len(DISTRICTS[ours.key]) > 1 and ours.key != "kalush")


@EACH
def test_a_small_centre_where_one_person_does_several_things_leaves_no_team_empty(ours: Centre) -> None:
    if not ours.team("district_specialists").by_district:
        assert all("specialist" in team.roles for team in ours.teams)


@pytest.mark.parametrize(
    ("key", "printed"),
    [
        ("kalush", {"R1", "R4", "R9", "R10", "R13"}),
        ("zhytomyr", {"R2", "R4", "R5", "R9"}),
        ("dnipro", {"R3", "R6", "R7", "R10", "R11", "R13", "R15", "R16", "R17", "R18", "R20"}),
        ("kamianske", {"R2", "R12", "R14"}),
        ("pokrov", {"R5", "R9", "R21"}),
    ],
)
def test_a_centre_prints_the_tables_of_its_report(key: str, printed: set[str]) -> None:
    assert printed <= {table.id for table in FIVE[key].report_tables}


@EACH
def test_the_reconciliation_is_printed_last(ours: Centre) -> None:
    assert ours.report_tables[-1].id == "R22"


def test_dnipro_prints_by_district_what_it_has_published_by_district() -> None:
    divided = {table.id for table in FIVE["dnipro"].report_tables if table.by == "district"}
    assert divided == {"R4", "R10", "R11", "R13"}


@EACH
def test_a_sentence_of_a_report_names_rows_and_units_that_its_table_has(ours: Centre) -> None:
    for said in ours.report_tables:
        if said.id in tables.BY_ID:
            table = of_nothing(said.id, ours)
            there = {"total", UNKNOWN, MOBILE_BRIGADE, *(row.key for row in table.rows)}
            assert {blank.key for blank in prose.blanks(said.prose)} <= there
            assert {blank.unit for blank in prose.blanks(said.prose)} <= {"", *table.units}


@EACH
def test_a_report_of_nothing_says_no_sentence_of_zeros(ours: Centre) -> None:
    said = {each.id: prose.filled(each.prose, of_nothing(each.id, ours)) for each in ours.report_tables if each.prose}
    assert said["R9"] == ""
    assert all(re.search("[1-9]", text) and "{" not in text for text in said.values() if text)


@EACH
def test_the_words_of_a_report_are_ukrainian_and_do_not_cheer(ours: Centre) -> None:
    for text in (text for table in ours.report_tables for text in (table.title, table.prose) if text):
        assert re.search("[а-яіїєґ]", text)
        assert not re.search("[ыэъё!]", text, re.IGNORECASE)
