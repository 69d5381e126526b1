"""A row of the register: every cell in one form, whatever it was written in; and what its days show to have ended."""

import csv
import io
from datetime import UTC, date, datetime
from functools import partial

import pytest

from bot.core import activity_table, centre, identifiers, register, sheets
from bot.core.profile import find, load
from bot.core.register import NAMES, Clocks, Met
from bot.core.sheets import Table, Unfit

DEMO = load(find("demo"))
TABLE = register.table(DEMO)


def body(*rows: dict[str, str], names: tuple[str, ...] = NAMES) -> bytes:
    """A file with these cells; every other one is empty."""
    text = io.StringIO(newline="")
    lines = csv.DictWriter(text, names, restval="")
    lines.writeheader()
    lines.writerows(rows)
    return text.getvalue().encode("utf-8-sig")


def read(table: Table = TABLE, **given: str) -> dict[str, str]:
    """The cells of a row that say something, apart from the count of one."""
    [row] = sheets.read(body(given), table, file="f.csv")
    cells = dict(zip(NAMES, register.cells(row), strict=True))
    return {name: cell for name, cell in cells.items() if cell and (name, cell) != ("count", "1")}


def faults(*rows: dict[str, str]) -> list[str]:
    with pytest.raises(Unfit) as unfit:
        sheets.read(body(*rows), TABLE, file="f.csv")
    return [str(fault) for fault in unfit.value.faults]


def test_a_row_of_the_contract_comes_back_as_it_was_written() -> None:
    row = {
        "number": "К-4823", "registered_on": "2021-03-05", "intake": "subject_notification", "source": "police",
        "reporter": "other_body", "unit": "family", "children": "2", "category": "dv_survivors",
        "circumstances": "violence;divorce", "district": "mobile_brigade", "team": "brigade", "urgency": "emergency",
        "violence_forms": "physical;psychological", "violence_main": "physical", "victim_group": "woman",
        "child_role": "witness", "repeat": "yes", "services": "counselling;legal_help*3",
        "visits": "emergency_brigade@2021-03-05T21:40;needs_assessment@2021-03-07", "needs_met": "legal;housing",
        "outcome": "minimised", "closing": "overcome_or_minimised", "closed_on": "2021-06-01",
        "referred_to": "legal_aid;police;own_body_7", "helpline_topic": "family", "incoming_no": "вх. 17/2",
        "received_at": "2021-03-05T20:10", "sent_for_decision_on": "2021-03-08", "decided_by": "УСЗН",
        "decided_on": "2021-03-12", "police_notified_at": "2021-03-05T22:00",
        "child_services_notified_at": "2021-03-06", "count": "1",
    }  # fmt: skip
    assert read(**row) == {name: cell for name, cell in row.items() if name != "count"}


@pytest.mark.parametrize(
    ("column", "written", "kept"),
    [
        ("number", "K4823", "К-4823"),
        ("number", "к – 4823", "К-4823"),
        ("number", "4823", "4823"),
        ("number", "К-4824", "К-4824"),
        ("number", " 17 /  2021 ", "17 / 2021"),
        ("number", "-5", "'-5"),
        ("source_detail", "=1+1", "'=1+1"),
        ("source_detail", "'=1+1", "'=1+1"),
        ("source_detail", "ГО «Світло»,\nвідділ 2", "ГО «Світло», відділ 2"),
        ("decided_by", "@відділ", "'@відділ"),
        ("repeat", "Так", "yes"),
        ("repeat", "0", "no"),
        ("source", "Національна поліція", "police"),
        ("source", "education_vocational", "education_vocational_higher"),
        ("category", "Малозабезпечені сім’ї", "low_income"),
        ("category", "hiv_families", "hiv_families"),
        ("services", "legal_help*2;counselling;Legal_help", "legal_help*3;counselling"),
        ("services", "residential_check", "residential_assessment"),
        ("needs_met", "legal;legal;;housing", "legal;housing"),
        ("visits", "needs_assessment @ 2021-03-07 09:05:59", "needs_assessment@2021-03-07T09:05"),
        ("visits", "foster_visit@2021-03-07;foster_visit@2021-03-07", "foster_visit@2021-03-07;foster_visit@2021-03-07"),
        ("received_at", "2021-03-28T03:30", "2021-03-28T03:30"),
        ("received_at", "2021-03-05 21:40:00.5", "2021-03-05T21:40"),
        ("violence_main", "economic", "economic"),
        ("children", "007", "7"),
        ("count", "190", "190"),
    ],
)  # fmt: skip
def test_a_cell_is_kept_in_its_one_form_which_is_read_as_itself(column: str, written: str, kept: str) -> None:
    assert read(**{column: written, "reporter": "self"}) == {column: kept, "reporter": "self"}
    assert read(**{column: kept, "reporter": "self"}) == {column: kept, "reporter": "self"}


def test_a_district_that_nobody_knows_is_an_empty_cell() -> None:
    assert read(district="unknown", unit="person") == read(unit="person") == {"unit": "person"}


@pytest.mark.parametrize("name", ["demo", "kalush"])
def test_every_shared_identifier_is_known_to_every_centre(name: str) -> None:
    table = register.table(load(find(name)))
    lists = {
        "intake": centre.INTAKE, "source": centre.SOURCES, "reporter": centre.REPORTERS, "team": identifiers.TEAMS,
        "unit": centre.FAMILY_OR_PERSON, "category": centre.CATEGORIES, "circumstances": centre.CIRCUMSTANCES,
        "urgency": centre.URGENCIES, "violence_forms": centre.VIOLENCE, "victim_group": centre.VICTIM_GROUPS,
        "child_role": centre.CHILD_ROLES, "services": centre.SERVICES, "needs_met": centre.NEEDS_MET,
        "outcome": centre.OUTCOMES, "closing": centre.CLOSINGS, "helpline_topic": centre.TOPICS,
        "referred_to": (*centre.SOURCES, *register.BODIES),
    }  # fmt: skip
    for column, codes in lists.items():
        for code in codes:
            assert read(table, **{column: code}) == {column: code}
    for kind in centre.VISITS:
        assert read(table, visits=f"{kind}@2021-03-07") == {"visits": f"{kind}@2021-03-07"}


def test_every_fault_says_where_it_is_what_is_wrong_and_what_is_allowed() -> None:
    days = "a date as 2026-03-05, from 1990 to 2100"
    times = "a date as 2026-03-05, or with its time, 2026-03-05T21:40, from 1990 to 2100"
    assert faults(
        {"registered_on": "05.03.2021", "count": "0"},
        {"registered_on": "2021-03-05", "closed_on": "2021-03-04"},
        {"violence_main": "sexual", "violence_forms": "physical;economic"},
        {"received_at": "2021-03-05T24:00", "unit": "clan", "repeat": "perhaps"},
        {"visits": "flight@2021-03-05"},
        {"visits": "foster_visit", "number": "9" * 41},
        {"referred_to": "Суд", "children": "-1", "registered_on": "1821-03-05"},
    ) == [
        f"f.csv, line 2, column registered_on: «05.03.2021» is no date; allowed: {days}",
        "f.csv, line 2, column count: «0»; allowed: a whole number from 1 to 10000000",
        (
            "f.csv, line 3, column closed_on: 2021-03-04 is before 2021-03-05, when it was registered; "
            "allowed: the same day or later"
        ),
        (
            "f.csv, line 4, column violence_main: «sexual» is none of violence_forms «physical;economic»; "
            "allowed: one of physical;economic"
        ),
        "f.csv, line 5, column unit: «clan» is unknown; allowed: family, person",
        f"f.csv, line 5, column repeat: «perhaps» is unknown; allowed: {', '.join(register.REPEAT)}",
        f"f.csv, line 5, column received_at: «2021-03-05T24:00» is no date; allowed: {times}",
        f"f.csv, line 6, column visits: «flight» is unknown; allowed: {', '.join(centre.VISITS)}",
        "f.csv, line 7, column number: 41 characters; allowed: at most 40",
        "f.csv, line 7, column visits: «foster_visit» has no date; allowed: what@2021-03-07 or what@2021-03-05T21:40",
        f"f.csv, line 8, column registered_on: «1821-03-05» is no date; allowed: {days}",
        "f.csv, line 8, column children: «-1»; allowed: a whole number from 0 to 10000",
        (
            "f.csv, line 8, column referred_to: «Суд» is unknown; allowed: "
            f"{', '.join((*centre.SOURCES, *register.BODIES))}, or a code of small Latin letters, digits and _"
        ),
    ]


def met(**given: str) -> list[Met]:
    return Clocks(DEMO).of(dict.fromkeys(NAMES, "") | given)


def test_deadlines_that_the_days_of_a_row_show_to_have_ended() -> None:
    found = met(
        registered_on="2021-03-05", received_at="2021-03-05T20:10", urgency="emergency", decided_on="2021-03-06",
        visits="needs_assessment@2021-03-12T10:00;emergency_brigade@2021-03-06T20:10;needs_assessment@2021-03-20",
        police_notified_at="2021-03-06T20:11",
    )  # fmt: skip
    moment = partial(datetime, 2021, 3, tzinfo=UTC)
    end = {"second": 59, "microsecond": 999_999}
    assert [(each.key, each.due_at, each.met_at, each.met_at <= each.due_at) for each in found] == [
        ("brigade_urgent_help", moment(6, 18, 10), moment(6, 18, 10), True),
        ("needs_assessment", moment(12, 21, 59, **end), moment(12, 8), True),
        ("service_decision_emergency", moment(6, 18, 10), moment(5, 22), True),
        ("notify_police", moment(6, 18, 10), moment(6, 18, 11), False),
    ]
    assert {each.starts_on for each in found} == {date(2021, 3, 5)}


@pytest.mark.parametrize(
    ("given", "in_time"),
    [
        ({"registered_on": "2021-03-05", "police_notified_at": "2021-03-06"}, True),
        ({"registered_on": "2021-03-05", "police_notified_at": "2021-03-06T23:59"}, True),
        ({"registered_on": "2021-03-05", "police_notified_at": "2021-03-07"}, False),
        ({"received_at": "2021-03-05T21:40", "police_notified_at": "2021-03-06"}, True),
        ({"received_at": "2021-03-05T21:40", "police_notified_at": "2021-03-06T21:41"}, False),
        ({"received_at": "2021-03-05T21:40", "police_notified_at": "2021-03-07"}, False),
        ({"registered_on": "2021-03-05", "decided_on": "2021-03-19"}, True),
        ({"registered_on": "2021-03-05", "decided_on": "2021-03-20"}, False),
        ({"registered_on": "2021-03-05", "visits": "needs_assessment@2021-03-12"}, True),
        ({"registered_on": "2021-03-05", "visits": "needs_assessment@2021-03-13T00:00"}, False),
        ({"registered_on": "2021-03-05", "visits": "emergency_brigade@2021-03-06"}, True),
        ({"registered_on": "2021-03-05", "visits": "emergency_brigade@2021-03-07"}, False),
    ],
)
def test_where_a_day_has_no_time_the_whole_last_day_is_in_time(given: dict[str, str], in_time: bool) -> None:
    [only] = met(**given)
    assert (only.met_at <= only.due_at) is (only.met_at < only.due_at) is in_time


def test_what_has_no_beginning_or_no_end_has_no_deadline() -> None:
    assert met(decided_on="2021-03-06", police_notified_at="2021-03-06") == []
    assert met(registered_on="2021-03-05", urgency="emergency", visits="foster_visit@2021-03-06") == []
    assert met(registered_on="2021-03-05", urgency="planned", visits="planned_brigade@2021-03-06") == []


def test_an_activity_is_known_by_its_code_its_name_or_a_code_of_ones_own() -> None:
    rows = [
        {"date": "2021-03-05", "kind": "court_hearings", "district": "unknown", "audience": "Прийомні батьки"},
        {"date": "2021-03-05", "kind": "Плакати", "title": "=Стоп", "items": "30", "audience": "педагоги"},
        {"date": "2021-03-05", "kind": "own_kind", "count": "0"},
    ]
    table = activity_table.table(DEMO)
    found = sheets.read(body(*rows, names=activity_table.NAMES), table, file="f.csv")
    assert [activity_table.cells(row) for row in found] == [
        ("2021-03-05", "court_hearing", "", "", "foster_parents", "", "", "1", ""),
        ("2021-03-05", "posters", "'=Стоп", "", "педагоги", "", "30", "1", ""),
        ("2021-03-05", "own_kind", "", "", "", "", "", "0", ""),
    ]
    with pytest.raises(Unfit) as unfit:
        sheets.read(body({"kind": "Щось"}, names=activity_table.NAMES), table, file="f.csv")
    assert [fault.column for fault in unfit.value.faults] == ["date", "kind"]
