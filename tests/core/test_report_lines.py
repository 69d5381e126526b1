"""A table as lines: which columns it has, what is computed of them, and what stays hidden."""

from datetime import date
from typing import Any

import pytest

from bot.core import report_words as words
from bot.core.report import UNITS, Period
from bot.core.report_charts import charts
from bot.core.report_lines import Cell, Column, distinct, grid, heads, printed, shown, titled, verdict
from tests.outputs.figures import QUARTER, SECRET, YEAR, report


def of(id_: str, language: str = "uk", period: Period = YEAR, **more: Any) -> Any:
    return grid(next(each for each in report(language, period, **more)["tables"] if each["id"] == id_))


def at(of_: Any, *path: str) -> dict[str, Cell]:
    line = next(line for line in of_.whole if line.path == path)
    own = [(column.what, cell) for column, cell in zip(of_.columns, line.cells, strict=True)]
    return dict(reversed(own))


def test_every_unit_of_a_report_has_its_words() -> None:
    assert set(words.UNITS) == set(UNITS)


@pytest.mark.parametrize(
    ("many", "uk", "en"),
    [
        (1, "1 сім'я", "1 family"),
        (3, "3 сім'ї", "3 families"),
        (5, "5 сімей", "5 families"),
        (11, "11 сімей", "11 families"),
        (21, "21 сім'я", "21 families"),
        (112, "112 сімей", "112 families"),
        (5037, "5 037 сімей", "5,037 families"),
    ],
)
def test_a_unit_agrees_with_its_number(many: int, uk: str, en: str) -> None:
    said = [words.counted(many, "family", language).replace(words.SPACE, " ") for language in ("uk", "en")]
    assert said == [uk, en]


@pytest.mark.parametrize(
    ("first", "last", "uk", "en"),
    [
        ("2021-01-01", "2021-12-31", "2021 рік", "2021"),
        ("2021-01-01", "2021-03-31", "січень–березень 2021 року", "January–March 2021"),
        ("2021-02-01", "2021-02-28", "лютий 2021 року", "February 2021"),
        ("2021-01-01", "2021-06-30", "перше півріччя 2021 року", "the first half of 2021"),
        ("2021-07-01", "2021-12-31", "друге півріччя 2021 року", "the second half of 2021"),
        ("2020-11-01", "2021-01-31", "листопад 2020 року – січень 2021 року", "November 2020 – January 2021"),
        ("2021-01-05", "2021-03-17", "5 січня – 17 березня 2021 року", "5 January – 17 March 2021"),
        ("2021-01-05", "2021-01-05", "5 січня 2021 року", "5 January 2021"),
    ],
)
def test_a_period_is_named_as_people_name_it(first: str, last: str, uk: str, en: str) -> None:
    at = Period(date.fromisoformat(first), date.fromisoformat(last))
    assert [words.period(at, language) for language in ("uk", "en")] == [uk, en]


def test_a_row_says_how_much_it_was_and_by_how_much_it_changed() -> None:
    police = at(of("R2"), "police")
    assert {what: cell.number for what, cell in police.items()} == {
        "value": 108, "previous": 97, "year_ago": 97, "difference": 11, "percent": 11, "year_to_date": 108,
    }  # fmt: skip


def test_there_is_no_percent_of_a_base_under_ten() -> None:
    foster = at(of("R4"), "foster_families")
    assert (foster["previous"].number, foster["difference"].number, foster["percent"]) == (9, 1, Cell(None))


def test_inner_rows_know_where_they_belong() -> None:
    lines = [(line.path, line.level) for line in of("R2").lines]
    assert lines[:3] == [(("police",), 0), (("police", "patrol"), 1), (("police", "juvenile"), 1)]


def test_what_is_computed_of_a_hidden_number_is_hidden() -> None:
    economic = at(of("R6", public=True), "economic")
    hidden = {what for what, cell in economic.items() if cell.hidden}
    assert hidden == {"value", "difference", "percent", "year_to_date"}
    assert all(economic[what].number is None for what in hidden)
    assert economic["previous"].number == 47


def test_a_hidden_number_of_several_units_is_hidden_alone() -> None:
    row = {"key": "a", "title": "A", "value": {"family": None, "child": 7}, "masked": ["value"], "rows": []}
    table = {
        "id": "R6", "title": "T", "units": ["family", "child"], "basis": "in_period", "parts": True, "rows": [row],
        "totals": {"value": {"family": None, "child": 7}}, "check": {"ok": True, "note": ""},
    }  # fmt: skip
    made = grid(table)
    assert [cell.hidden for cell in made.lines[0].cells] == [True, False]
    assert made.total is not None
    assert [cell.hidden for cell in made.total.cells] == [True, False]


def test_a_total_that_is_missing_beside_a_hidden_row_is_hidden() -> None:
    row = {"key": "a", "title": "A", "value": None, "previous": 12, "masked": ["value"], "rows": []}
    table = {
        "id": "R6", "title": "T", "units": ["person"], "basis": "in_period", "rows": [row],
        "totals": {"value": None, "previous": 12}, "check": {"ok": True, "note": ""},
    }  # fmt: skip
    total = grid(table).total
    assert total is not None
    assert total.cells[0] == Cell(None, hidden=True)


def test_a_table_without_totals_has_no_line_of_them() -> None:
    assert of("R10").total is None


def test_a_column_that_says_nothing_is_not_there() -> None:
    assert [column.what for column in of("R20").columns] == ["value", "year_to_date"]


def test_of_a_year_no_column_stands_twice() -> None:
    whole = of("R1")
    assert [column.what for column in distinct(whole, YEAR).columns] == ["value", "previous", "difference", "percent"]


def test_of_a_quarter_later_in_the_year_all_six_stand() -> None:
    second = Period(date(2021, 4, 1), date(2021, 6, 30))
    columns = [column.what for column in distinct(of("R1", period=second), second).columns]
    assert columns == ["value", "previous", "year_ago", "difference", "percent", "year_to_date"]


def test_on_paper_other_units_say_the_period_alone() -> None:
    columns = printed(of("R9"), QUARTER).columns
    assert [column for column in columns if column.unit != "family"] == [
        Column("value", "person"), Column("value", "service"),
    ]  # fmt: skip


def test_on_paper_there_is_room_for_so_many_columns() -> None:
    assert len(printed(of("R16", period=QUARTER), QUARTER, 6).columns) == 6
    whats = [column.what for column in printed(of("R16", period=QUARTER), QUARTER, 6).columns if column.unit == "group"]
    assert whats == ["value", "previous"]


def test_on_paper_nothing_stands_inside_of_a_nought() -> None:
    table = next(each for each in report()["tables"] if each["id"] == "R2")
    inner = table["rows"][0]["rows"][0]
    for row in (table["rows"][0], inner):
        row.update(value=0, previous=0, year_ago=0, year_to_date=0)
    paths = [line.path for line in printed(grid(table), YEAR).lines]
    assert ("police",) in paths
    assert ("police", "patrol") not in paths
    assert ("police", "juvenile") in paths, "a number is never left out"
    assert ("police", "patrol") in [line.path for line in grid(table).lines]


def test_a_total_is_a_sum_only_where_it_is_one() -> None:
    assert of("R2").sums(0)
    assert not of("R3").sums(0), "5037 is not what the districts give"
    assert not of("R6", public=True).sums(0), "a row is hidden"
    assert not of("R7").sums(0), "not parts of a whole"


def test_where_only_last_year_is_known_the_difference_is_from_it() -> None:
    row = {"key": "a", "title": "A", "value": 30, "previous": None, "year_ago": 20, "year_to_date": 30, "rows": []}
    table = {
        "id": "R4", "title": "T", "units": ["family"], "basis": "in_period", "rows": [row], "totals": {},
        "check": {"ok": True, "note": ""},
    }  # fmt: skip
    made = grid(table)
    assert (made.compared, at(made, "a")["difference"].number) == ("year_ago", 10)


@pytest.mark.parametrize(
    ("cell", "what", "uk", "en"),
    [
        (Cell(5037), "value", "5 037", "5,037"),
        (Cell(-18), "difference", "−18", "−18"),
        (Cell(11), "percent", "+11 %", "+11%"),
        (Cell(None), "value", "—", "—"),
        (Cell(None, hidden=True), "value", "к", "c"),
    ],
)
def test_a_cell_is_shown_as_each_language_writes_it(cell: Cell, what: str, uk: str, en: str) -> None:
    assert [shown(cell, what, language).replace(words.SPACE, " ") for language in ("uk", "en")] == [uk, en]


def test_a_title_names_its_unit_once() -> None:
    assert titled(of("R1"), "uk") == "Надходження за видами, звернення"
    assert titled(of("R8"), "uk") == "Строки"


def test_what_does_not_close_is_said_with_by_how_much() -> None:
    assert verdict(of("R3"), "uk") == ["Не сходиться: разом 5037, у рядках 4948, різниця 89."]
    assert verdict(of("R1", "en"), "en") == ["Adds up."]


def test_what_the_reconciliation_lists_stands_line_by_line() -> None:
    assert verdict(of("R22"), "uk") == [
        "Не сходиться:", "· Надходження за районами: різниця 89", "· R3: Не вказано: закрито рядком «не вказано»: 12",
    ]  # fmt: skip


def test_a_remark_does_not_make_a_table_open() -> None:
    assert verdict(of("R8"), "uk") == ["Сходиться; запізнилися: 1."]


def test_a_difference_is_no_column_of_the_period() -> None:
    assert heads(of("R22"), QUARTER, "uk") == ["різниця"]


def test_no_line_holds_what_is_hidden() -> None:
    assert str(SECRET) not in repr([grid(table) for table in report(public=True)["tables"]])
    assert str(SECRET) in repr([grid(table) for table in report()["tables"]])


def test_bars_of_what_is_not_said_are_no_chart() -> None:
    whole = report()
    assert "R3" in {chart.id for chart in charts(whole)}
    for table in whole["tables"]:
        table["rows"] = [line for line in table["rows"] if line["key"] == "unknown"]
    assert not charts(whole)
