"""What two centres have published, from registers made of it: every figure comes out, and what did not close is named.

Where each figure stands in the report is said here once more, by hand: the command is not asked where it looks.
"""

import io
import json
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import chdir, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest

from bot.core.published_file import NotPublishedError, read
from bot.run.commands.cli import app
from tests import people
from tests.reports.registers import MADE, SEEDS, Figures, seed

SHARED = Path(os.environ.get("PORUCH_SHARED", Path(__file__).parents[3] / "shared")) / "seeds"
CENTRES = ("dnipro", "kalush")
OF_CASES = "family+person"
TOTAL = "published_total"

# Published table → key of its row → table of ours / keys of rows within rows : units. «*» is the key itself.
# Children are the same place's children; the year before is the same place a year ago.
DNIPRO: Mapping[str, Mapping[str, str]] = {
    "services": {
        "support_orphan_care_families": "R9/support_orphan_care:service",
        "emergency_crisis_intervention": "R9/crisis_intervention:service",
        "support_difficult_circumstances": "R9/support_sjo:service",
        "*": "R9/*:service",
        TOTAL: "R9:service",
    },
    "notifications_by_district": {"*": f"R3/*:{OF_CASES}", TOTAL: f"R3:{OF_CASES}"},
    "active_support_by_district": {"*": f"R10/end/*:{OF_CASES}", TOTAL: f"R10/end:{OF_CASES}"},
    "overcome_by_district": {"*": f"R11/overcome/*:{OF_CASES}", TOTAL: f"R11/overcome:{OF_CASES}"},
    "outcomes": {"*": f"R11/*:{OF_CASES}"},
    "support_idp_ato": {
        "idp": f"R4/idp:{OF_CASES}",
        "ato": f"R4/ato_participants:{OF_CASES}",
        TOTAL: f"R4/idp:{OF_CASES} R4/ato_participants:{OF_CASES}",
    },
    "birth_grant_checks_by_district": {"*": "R13/birth_grant_check/*:visit", TOTAL: "R13/birth_grant_check:visit"},
    "newborn_refusal_by_district": {"*": "R4/newborn_refusal/*:person", TOTAL: "R4/newborn_refusal:person"},
    "newborn_refusal_outcomes": {
        "*": "R15/newborn_refusal_outcomes_*:figure",
        TOTAL:
            "R15/newborn_refusal_outcomes_kept_child:figure R15/newborn_refusal_outcomes_intended_not_refused:figure",
    },
    "dv_trips_by_type": {"*": "R6/*:trip", TOTAL: "R6:trip"},
    "brigade_results": {
        "families_taken_into_support": "R10/opened/mobile_brigade:family",
        "placed_dept_1": "R19/placed_dept_1:family",
        "placed_dept_2": "R19/placed_dept_2:family",
        "placed_oblast_centre_mothers": "R19/centre_of_oblast:family",
        "persons_counselled": "R15/brigade_results_persons_counselled:figure",
    },
    "dv_families_with_children": {"affected": "R4/dv_survivors:family", "*": "R15/dv_families_with_children_*:family"},
    "primary_counselling_persons": {
        "women": f"R6/victims/woman:{OF_CASES}",
        "men": f"R6/victims/man:{OF_CASES}",
        "children": f"R6/victims/child:{OF_CASES}",
        TOTAL: f"R6/victims/woman:{OF_CASES} R6/victims/man:{OF_CASES} R6/victims/child:{OF_CASES}",
    },
    "helpline_topics": {"*": "R17/*:call", TOTAL: "R17:call"},
    "foster_care": {"family_type_homes": "R15/family_type_home:family", "*": "R15/*:family"},
    "patronage_children": {"now": "R15/patronage_families:child", "*": "R15/patronage_children_*:child"},
    "trainings": {
        "foster_parents_training":
            "R16/foster_parents/навчання прийомних батьків та батьків-вихователів (програма, березень 2021):came",
        "guardian_adopter_candidates": "R16/candidates/кандидати в опікуни, піклувальники, усиновлювачі:came",
        "mentor_candidates": "R16/candidates/кандидати у наставники:came",
        "group_events_participants": "R20/group_event:person",
        "campaign_adoption_day": "R20/campaign:person",
    },
    "in_kind_aid": {"*": "R20/*:person", TOTAL: "R20/food_kits:person R20/hygiene_kits:person"},
    "other_checks": {"single_parent_needs_assessments": "R13/single_parent_check:visit"},
    "day_centre_capacity": {
        "places": "R18/places:place",
        "max_stay_days": "R18/max_stay_days:day",
        "round_the_clock_rooms": "R18/rooms:room",
    },
    "inclusive_assistants": {"*": "R15/inclusive_assistants_*:figure"},
    "information_materials": {
        "*": "R20/*:material",
    },
}  # fmt: skip
KALUSH: Mapping[str, Mapping[str, str]] = {
    "intake_total": {"intake_all_kinds": "R1/appeal:case"},
    "work_volumes": {
        "needs_assessments": "R13/needs_assessment:visit",
        "dv_referrals": f"R6:{OF_CASES}",
        "birth_grant_checks": "R13/birth_grant_check:visit",
    },
    "families_served": {"families_served": f"R9:{OF_CASES}"},
    "recipient_categories": {
        "dv_and_cruelty_survivors": f"R4/dv_survivors:{OF_CASES}",
        "conflict_affected_ato_idp": f"R4/conflict_idp:{OF_CASES}",
        "sick_child_carer_benefit": f"R4/sick_child_carer:{OF_CASES}",
        "disability_in_family": f"R4/disability:{OF_CASES}",
        "labour_migrant_families": f"R4/labour_migrants:{OF_CASES}",
        "low_income_families": f"R4/low_income:{OF_CASES}",
        "*": f"R4/*:{OF_CASES}",
        TOTAL: f"R9:{OF_CASES}",
    },
    "social_support": {
        "families_under_support": f"R10/served:{OF_CASES}",
        "of_which_villages": f"R10/served/villages:{OF_CASES}",
    },
    "service_list": {},
}
PLACES = {"dnipro": DNIPRO, "kalush": KALUSH}
COLUMNS = {
    "value": ("value", ""),
    "children": ("value", "child"),
    "prev_value": ("year_ago", ""),
    "prev_children": ("year_ago", "child"),
}
LOWER_BOUNDS = {("information_materials", TOTAL)}


@dataclass(frozen=True, slots=True)
class Office:
    """A centre's console in an empty place of its own."""

    place: Path
    centre: str

    def __call__(self, *words: str, **settings: str) -> tuple[int, str, str]:
        """Exit status and both outputs, in this process: a start of its own takes a second."""
        out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8") for _ in range(2))
        usual = {"DATA_DIR": "data", "MASTER_KEY": people.KEY, "CENTRE": self.centre, **settings}
        here = {f"PORUCH_{name}": word for name, word in usual.items()}
        with patch.dict(os.environ, here), chdir(self.place), redirect_stdout(out), redirect_stderr(err):
            status = _status(words)
        return status, _said(out), _said(err)

    def changed(self, change: Mapping[tuple[str, str, str], int], name: str = "changed.json") -> str:
        """The centre's published file with other numbers: by table, key of the row (or none), column."""
        figures = seed(self.centre)
        for (table, key, column), number in change.items():
            of = figures["tables"][table]
            row = next(row for row in of["rows"] if row["key"] == key) if key else of
            row[column] = number
        return self.file(figures, name)

    def file(self, figures: object, name: str = "own.json") -> str:
        (self.place / name).write_text(json.dumps(figures, ensure_ascii=False), encoding="utf-8")
        return name


def _status(words: Sequence[str]) -> int:
    try:
        app(list(words))
    except SystemExit as end:
        return int(end.code or 0)
    return 0


def _said(stream: io.TextIOWrapper) -> str:
    stream.seek(0)
    return stream.read()


def opened(place: Path, centre: str) -> Office:
    office = Office(place, centre)
    assert office("init")[0] == 0
    return office


@pytest.fixture(scope="module")
def offices(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Office]:
    """Each with the register that is made of what it has published."""
    return {centre: imported(opened(tmp_path_factory.mktemp(centre), centre)) for centre in CENTRES}


def imported(office: Office) -> Office:
    MADE[office.centre]().written(office.place)
    for what in ("cases", "trainings", "activities"):
        status, said, wrong = office(what, "import", f"{what}.csv")
        assert (status, wrong) == (0, ""), wrong
        assert said.startswith(f"{what}: ")
    return office


@pytest.fixture(params=CENTRES)
def office(request: pytest.FixtureRequest, offices: Mapping[str, Office]) -> Office:
    return offices[request.param]


@pytest.fixture
def dnipro(offices: Mapping[str, Office]) -> Office:
    return offices["dnipro"]


@pytest.fixture
def kalush(offices: Mapping[str, Office]) -> Office:
    return offices["kalush"]


@pytest.fixture
def empty(tmp_path: Path) -> Office:
    return opened(tmp_path, "dnipro")


# Every published figure


@dataclass(frozen=True, slots=True)
class Figure:
    table: str
    key: str
    column: str
    number: int

    @property
    def place(self) -> str:
        return f"{self.table}, {self.key}, {self.column}"


def every(figures: Figures) -> Iterator[Figure]:
    """The totals of the year before are left to what the file says of itself."""
    for name, table in figures["tables"].items():
        for row in table["rows"]:
            for column in COLUMNS:
                if row.get(column) is not None:
                    yield Figure(name, row["key"], column, row[column])
        if table.get(TOTAL) is not None:
            yield Figure(name, TOTAL, "value", table[TOTAL])


def given(report: Mapping[str, Any], place: str, column: str, unit: str) -> int:
    """The number that stands there, of these units."""
    return sum(_given(report, each, column, unit) for each in _places(place))


def _places(place: str) -> list[str]:
    """Several are parted by the name of the next table."""
    parts = place.replace(" R", "\n R").split("\n R")
    return [parts[0], *(f"R{each}" for each in parts[1:])]


def _given(report: Mapping[str, Any], place: str, column: str, unit: str) -> int:
    path, _, units = place.rpartition(":")
    name, *keys = path.split("/")
    [table] = [each for each in report["tables"] if each["id"] == name]
    found: Mapping[str, Any] = table["totals"]
    rows = table["rows"]
    for key in keys:
        [row] = [each for each in rows if each["key"] == key]
        found, rows = row, row["rows"]
    number = found[column]
    wanted = [unit] if unit else units.split("+")
    if isinstance(number, int):
        assert table["units"][0] in wanted, (place, table["units"])
        return number
    return sum(number.get(each, 0) for each in wanted)


@pytest.fixture(scope="module")
def reports(offices: Mapping[str, Office]) -> Mapping[str, Mapping[str, Any]]:
    words = ("report", "--from", "2021-01-01", "--to", "2021-12-31", "--format", "json")
    return {centre: json.loads(office(*words)[1]) for centre, office in offices.items()}


FIGURES = [(centre, each) for centre in CENTRES for each in every(seed(centre))]


@pytest.mark.parametrize(("centre", "figure"), FIGURES, ids=[f"{centre}: {each.place}" for centre, each in FIGURES])
def test_the_report_gives_every_published_figure(
    reports: Mapping[str, Mapping[str, Any]], centre: str, figure: Figure
) -> None:
    where = PLACES[centre][figure.table]
    if (figure.table, figure.key) in LOWER_BOUNDS:
        assert given(reports[centre], "R20:material", "value", "") == 10160 >= figure.number
        return
    place = where.get(figure.key) or where["*"].replace("*", figure.key)
    column, unit = COLUMNS[figure.column]
    assert given(reports[centre], place, column, unit) == figure.number


def test_there_are_as_many_published_figures_as_were_compared(office: Office) -> None:
    _, said, _ = office("report", "check", "--published", str(SEEDS / f"{office.centre}.json"))
    many = len(list(every(seed(office.centre))))
    assert said.splitlines()[-1] == f"compared {many}, equal {many}, not compared 0, nothing in the register 0"


@pytest.mark.parametrize("centre", CENTRES)
def test_the_figures_here_are_those_that_are_shared(centre: str) -> None:
    if not SHARED.is_dir():
        pytest.skip("shared/seeds is not beside this tree; its figures stand in tests/reports/seeds")
    assert (SHARED / f"{centre}.json").read_bytes() == (SEEDS / f"{centre}.json").read_bytes()


# What does not close


def differences(said: str) -> list[str]:
    """Every line but the last, without the folder of the file."""
    return [line.replace(f"{SEEDS}/", "") for line in said.splitlines()[:-1]]


def test_dnipro_is_told_of_89_families_without_a_district_and_of_nothing_else(dnipro: Office) -> None:
    status, said, wrong = dnipro("report", "check", "--published", str(SEEDS / "dnipro.json"), "--all")
    assert (status, wrong) == (1, "")
    [line] = differences(said)
    assert line == (
        "dnipro.json: notifications_by_district (R3): published 5037, its rows give 4948, difference 89; the register "
        "gives 5037, 89 of them in none of its rows: Д-1/2021, Д-2/2021, Д-3/2021, Д-4/2021, Д-5/2021 and 84 more"
    )


def test_kalush_is_told_of_635_against_1911_and_of_nothing_else(kalush: Office) -> None:
    status, said, wrong = kalush("report", "check", "--published", str(SEEDS / "kalush.json"), "--all")
    assert (status, wrong) == (1, "")
    assert differences(said) == [
        "kalush.json: recipient_categories (R4), prev_value: published 635, its rows give 1911, difference -1276"
    ]


def test_r22_of_the_register_names_the_89_and_nothing_else(reports: Mapping[str, Mapping[str, Any]]) -> None:
    [proof] = [table for table in reports["dnipro"]["tables"] if table["id"] == "R22"]
    assert {row["key"]: row["value"] for row in proof["rows"] if row["value"]} == {"R3.unknown": 89}
    assert proof["check"]["ok"] is True
    assert {f"Д-{n}/2021" for n in range(1, 6)} <= set(proof["check"]["cases"])


def test_a_register_that_has_nothing_leaves_what_the_file_says_of_itself(empty: Office) -> None:
    status, said, _ = empty("report", "check", "--published", str(SEEDS / "dnipro.json"))
    assert status == 1
    assert differences(said) == [
        "dnipro.json: notifications_by_district (R3): published 5037, its rows give 4948, difference 89"
    ]
    assert said.splitlines()[-1].startswith("compared 3, equal 3, not compared ")
    _, whole, _ = empty("report", "check", "--published", str(SEEDS / "dnipro.json"), "--all")
    assert "dnipro.json: services (R9), counselling: published 2624, nothing in the register" in differences(whole)
    assert "dnipro.json: inclusive_assistants, working: published 15, not compared" in differences(whole)


def test_the_word_of_the_file_that_it_adds_up_is_not_believed(dnipro: Office) -> None:
    file = dnipro.changed({("outcomes", "", TOTAL): 498, ("in_kind_aid", "", TOTAL): 105})
    status, said, _ = dnipro("report", "check", "--published", file)
    assert status == 1
    assert [line for line in differences(said) if "its rows give" in line][1:] == [
        "changed.json: outcomes (R11): published 498, its rows give 497, difference 1; the register gives 497",
        "changed.json: in_kind_aid (R20): published 105, its rows give 104, difference 1; the register gives 104",
    ]


@pytest.mark.parametrize(
    ("where", "number", "told"),
    [
        (("services", "counselling", "value"), 2625,
         "services (R9), counselling: published 2625, the register gives 2624, difference 1"),
        (("foster_care", "foster_families", "children"), 90,
         "foster_care (R15), foster_families, children: published 90, the register gives 97, difference -7"),
        (("dv_trips_by_type", "", TOTAL), 916,
         "dv_trips_by_type (R6): published 916, its rows give 915, difference 1; the register gives 915"),
        (("information_materials", "", TOTAL), 10161,
         "information_materials (R20): published 10161, its rows give 10160, difference 1; the register gives 10160"),
        (("trainings", "mentor_candidates", "value"), 68,
         "trainings (R16), mentor_candidates: published 68, the register gives 31, difference 37"),
        (("inclusive_assistants", "working", "value"), 14,
         "inclusive_assistants (R15), working: published 14, the register gives 15, difference -1"),
        (("day_centre_capacity", "places", "value"), 8,
         "day_centre_capacity (R18), places: published 8, the register gives 6, difference 2"),
    ],
)  # fmt: skip
def test_a_changed_figure_is_found(dnipro: Office, where: tuple[str, str, str], number: int, told: str) -> None:
    status, said, _ = dnipro("report", "check", "--published", dnipro.changed({where: number}))
    assert status == 1
    assert f"changed.json: {told}" in differences(said)


def test_a_figure_of_the_year_before_is_found(kalush: Office) -> None:
    file = kalush.changed({("social_support", "families_under_support", "prev_value"): 72})
    _, said, _ = kalush("report", "check", "--published", file)
    told = "changed.json: social_support (R10), families_under_support, prev_value: published 72, "
    assert f"{told}the register gives 71, difference 1" in differences(said)


def test_where_all_closes_the_exit_status_says_so(dnipro: Office) -> None:
    file = dnipro.changed({("notifications_by_district", "", TOTAL): 4948})
    status, said, _ = dnipro("report", "check", "--published", file)
    assert (status, differences(said)) == (0, [])


# The command


def test_several_files_are_given_either_way(dnipro: Office) -> None:
    right = dnipro.changed({("notifications_by_district", "", TOTAL): 4948}, "right.json")
    wrong = dnipro.changed({("notifications_by_district", "", TOTAL): 4949}, "wrong.json")
    one = dnipro("report", "check", "--published", right, wrong)
    assert one == dnipro("report", "check", "--published", right, "--published", wrong)
    assert one[0] == 1
    assert one[1].startswith("wrong.json: notifications_by_district (R3): published 4949, its rows give 4948")
    assert "compared 258" in one[1]


def test_as_json_it_says_the_same(dnipro: Office) -> None:
    status, said, _ = dnipro("report", "check", "--published", str(SEEDS / "dnipro.json"), "--format", "json")
    found = json.loads(said)
    [difference] = found["differences"]
    assert status == 1
    assert (difference["id"], difference["published"], difference["found"]) == ("R3", 5037, 4948)
    assert (difference["behind"], difference["cases"][0]) == (89, "Д-1/2021")
    assert found["counts"]["equal"] == found["counts"]["compared"]


def test_another_centres_file_is_refused(dnipro: Office) -> None:
    file = str(SEEDS / "kalush.json")
    assert dnipro("report", "check", "--published", file) == (
        2, "", f"{file}: centre_key is «kalush», and PORUCH_CENTRE is «dnipro»\n",
    )  # fmt: skip


def test_without_a_file_it_says_which_option_is_missing(dnipro: Office) -> None:
    assert dnipro("report", "check") == (2, "", "--published is missing: a file of published figures\n")
    status, _, wrong = dnipro("report", "check", "--published", "nowhere.json")
    assert (status, wrong) == (2, "nowhere.json: No such file or directory\n")


DAYS = {"period_start": "2021-01-01", "period_end": "2021-12-31"}


@pytest.mark.parametrize(
    ("figures", "told"),
    [
        ([], "the whole file: allowed: {…} with names and values"),
        ({"tables": {}}, "period_start: «» is no date; allowed: as 2021-12-31"),
        ({**DAYS, "period_end": "2020-12-31"}, "period_end 2020-12-31 is before period_start"),
        ({**DAYS, "period_end": 2021}, "period_end: «2021» is no date; allowed: as 2021-12-31"),
        ({**DAYS, "centre_key": 5}, "centre_key: allowed: words"),
        ({**DAYS, "tables": []}, None),
        ({**DAYS, "tables": [1]}, "tables: allowed: {…} with names and values"),
        ({**DAYS, "tables": {"services": 5}}, "tables.services: allowed: {…} with names and values"),
        ({**DAYS, "tables": {"services": {"rows": {"a": 1}}}}, "tables.services.rows: allowed: a list of rows"),
        ({**DAYS, "tables": {"services": {"rows": [{"value": 1}]}}},
         "tables.services.rows[0].key: nothing stands here; allowed: a code of the row"),
        ({**DAYS, "tables": {"services": {"rows": [{"key": "a"}, {"key": "b", "value": "п'ять"}]}}},
         "tables.services.rows[1].value: «п'ять» is no whole number"),
        ({**DAYS, "tables": {"services": {"published_total": 1.5}}},
         "tables.services.published_total: «1.5» is no whole number"),
        ({**DAYS, "tables": {"services": {"published_total": float("inf")}}},
         "tables.services.published_total: «inf» is no whole number"),
        ({**DAYS, "tables": {"services": {"published_total_other_columns": {"children": True}}}},
         "tables.services.published_total_other_columns.children: «True» is no whole number"),
    ],
)  # fmt: skip
def test_a_broken_file_is_one_line_that_says_which_key(empty: Office, figures: object, told: str | None) -> None:
    status, said, wrong = empty("report", "check", "--published", empty.file(figures))
    if told is None:
        assert (status, said, wrong) == (0, "compared 0, equal 0, not compared 0, nothing in the register 0\n", "")
    else:
        assert (status, said, wrong.count("\n")) == (2, "", 1)
        assert told in wrong


def test_what_is_no_json_is_said_in_one_line() -> None:
    for body in (b"{", b"\xff\xfe", b"", b"[" * 100_000, b"9" * 5000):
        with pytest.raises(NotPublishedError, match="this is not JSON in UTF-8"):
            read(body, "f.json")


# Tables of other centres, which nobody has named to the command


CASES = (
    "registered_on,intake,source,unit,category,circumstances,district,services,visits,outcome,helpline_topic,count\n"
    "2026-02-03,appeal,police,family,low_income,violence,Заводський,counselling*2,first_home_visit@2026-02-04,,,7\n"
    "2026-02-03,appeal,health,person,idp,unemployment,,informing,,minimised,,5\n"
    "2026-02-03,,,,,,,,,,family,4\n"
)
FEW = "date,kind,title,count,persons\n2026-03-31,figure,mentors_by_age Під Сорок,6,2\n"
QUARTER = {"period_start": "2026-01-01", "period_end": "2026-03-31"}


@pytest.fixture(scope="module")
def kamianske(tmp_path_factory: pytest.TempPathFactory) -> Office:
    office = opened(tmp_path_factory.mktemp("kamianske"), "kamianske")
    for what, body in (("cases", CASES), ("activities", FEW)):
        (office.place / f"{what}.csv").write_text(body, encoding="utf-8")
        assert office(what, "import", f"{what}.csv")[0] == 0
    return office


def told(office: Office, name: str, rows: Mapping[str, int], **more: object) -> list[str]:
    """What is said of one table with these rows; a key that is Ukrainian words stands as such."""
    of = [{"key": key, "value": value} if key.isascii() else {"uk": key, "value": value} for key, value in rows.items()]
    file = office.file({**QUARTER, "tables": {name: {"rows": of, **more}}})
    status, said, wrong = office("report", "check", "--published", file, "--all")
    assert wrong == ""
    lines = said.splitlines()
    assert status == any("difference" in line for line in lines)
    return [line.removeprefix("own.json: ") for line in lines]


@pytest.mark.parametrize(
    ("name", "rows", "unit", "ours", "right"),
    [
        ("who_told", {"police": 7, "health": 5}, "", "R2", 12),
        ("who_told", {"Національна поліція": 7, "health": 5}, "", "R2", 12),
        ("intake_by_district", {"zavodskyi": 7}, "", "R3", 12),
        ("kinds", {"low_income_families": 7, "idp": 5}, "сім’ї", "R4", 12),
        ("why", {"unemployment": 5, "violence": 7}, "сім’ї", "R5", 12),
        ("given", {"counselling": 14, "informing": 5}, "послуги", "R9", 19),
        ("served", {"counselling": 7, "informing": 5}, "сім’ї", "R9", 12),
        ("ended", {"minimised": 5}, "", "R11", 5),
        ("went", {"first_home_visits": 7}, "", "R13", 7),
        ("calls", {"family": 4}, "", "R17", 4),
    ],
)
def test_a_table_whose_rows_are_of_one_list_is_compared_with_it(
    kamianske: Office, name: str, rows: Mapping[str, int], unit: str, ours: str, right: int
) -> None:
    many = len(rows) + 1
    whole = {"published_total": right, "check": "not_a_partition", "unit": unit}
    assert told(kamianske, name, rows, **whole) == [
        f"compared {many}, equal {many}, not compared 0, nothing in the register 0"
    ]
    first, *_ = rows
    [line, *_] = told(kamianske, name, {**rows, first: rows[first] + 1}, unit=unit)
    assert line.startswith(f"{name} ({ours}), {first}: published {rows[first] + 1}, the register gives {rows[first]}")


@pytest.mark.parametrize(
    ("name", "rows"),
    [
        ("mixed", {"parental_neglect": 7, "conflict_with_law": 5}),
        ("ended_by_district", {"zavodskyi": 7}),
        ("something", {"police": 7, "nobody_knows": 5}),
    ],
)
def test_what_may_be_several_tables_or_none_is_not_compared(
    kamianske: Office, name: str, rows: Mapping[str, int]
) -> None:
    first, many = next(iter(rows.items()))
    lines = told(kamianske, name, rows)
    assert lines[0] == f"{name}, {first}: published {many}, not compared"
    assert lines[-1] == f"compared 0, equal 0, not compared {len(rows)}, nothing in the register 0"


def test_a_figure_noted_under_the_names_of_table_and_row_is_compared(kamianske: Office) -> None:
    assert told(kamianske, "mentors_by_age", {"Під Сорок": 6}) == [
        "compared 1, equal 1, not compared 0, nothing in the register 0"
    ]


def test_a_row_that_stands_empty_may_be_what_a_total_lacks(kamianske: Office) -> None:
    rows = [{"key": "police", "value": 7}, {"key": "health", "value": None}]
    for total, status in ((12, 0), (6, 1)):
        table = {"rows": rows, "published_total": total, "check": "ok"}
        file = kamianske.file({**QUARTER, "tables": {"who_told": table}})
        assert ("its rows give 7" in kamianske("report", "check", "--published", file)[1]) is bool(status)


@pytest.mark.parametrize(
    ("says", "closes"),
    [
        ({"check": "consistent_lower_bound"}, True),
        ({"note": "Опубліковано «понад 11»."}, True),
        ({"check": "ok", "note": "Опубліковано «понад 11»."}, False),
        ({"check": "not_a_partition"}, True),
        ({}, False),
    ],
)
def test_a_total_may_be_a_lower_bound(kamianske: Office, says: Mapping[str, str], closes: bool) -> None:
    lines = told(kamianske, "who_told", {"police": 7, "health": 5}, published_total=11, **says)
    assert any("its rows give 12" in line for line in lines) is not (closes)
    fewer = told(kamianske, "who_told", {"police": 7, "health": 5}, published_total=13, **says)
    assert any("its rows give 12" in line for line in fewer) is (says.get("check") != "not_a_partition")


def test_nothing_of_a_file_moves_the_cursor_of_a_terminal(kamianske: Office) -> None:
    assert told(kamianske, "some\x1b[2J", {"row\n": 3})[0] == "some?[2J, row?: published 3, not compared"


# What the tables keep apart


def table(report: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    return next(each for each in report["tables"] if each["id"] == name)


def test_the_total_of_families_that_care_leaves_other_figures_out(reports: Mapping[str, Mapping[str, Any]]) -> None:
    cared = table(reports["dnipro"], "R15")
    assert cared["total"] == {"family": 68 + 11 + 164 + 2, "child": 97 + 85 + 209 + 5}
    things = {row["key"]: row["value"] for row in cared["rows"]}
    assert things["inclusive_assistants_working"] == {"figure": 15}


def test_those_under_support_are_in_a_district_each(reports: Mapping[str, Mapping[str, Any]]) -> None:
    flow = {row["key"]: row for row in table(reports["dnipro"], "R10")["rows"]}
    for unit in ("family", "person", "child"):
        assert sum(row["value"][unit] for row in flow["served"]["rows"]) == flow["served"]["value"][unit] > 0
    assert sum(flow["served"]["value"][unit] for unit in ("family", "person")) == 374
    assert sum(flow["closed"]["value"][unit] for unit in ("family", "person")) == 374 - 354


def test_families_and_services_are_two_numbers(reports: Mapping[str, Mapping[str, Any]]) -> None:
    total = table(reports["dnipro"], "R9")["total"]
    assert (total["family"] + total["person"], total["child"], total["service"]) == (3778, 4174, 4665)
