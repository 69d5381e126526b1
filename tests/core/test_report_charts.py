"""Which charts a report has, and that they say what its tables say."""

from typing import Any

from bot.core.report_charts import FEW, charts, drawable
from tests.outputs.figures import SECRET, report


def only(*ids: str, language: str = "uk", **more: Any) -> dict[str, Any]:
    whole = report(language, **more)
    return {**whole, "tables": [table for table in whole["tables"] if table["id"] in ids]}


def test_a_report_has_bars_by_district_two_years_and_deadlines() -> None:
    found = [(chart.id, chart.kind) for chart in charts(report())]
    assert found == [("R3", "bars"), ("R7", "stacked"), ("R2", "years"), ("R4", "years"), ("R8", "kept")]


def test_trips_by_district_are_stacked_by_their_kind() -> None:
    (chart,) = charts(only("R7"))
    assert [series.title for series in chart.series] == ["Екстрені виїзди", "Планові виїзди"]
    assert chart.labels[0] == "Амур-Нижньодніпровський"
    assert [series.cells[0].number for series in chart.series] == [211, 105]


def test_trips_may_have_districts_outside_and_kinds_inside() -> None:
    whole = only("R3", "R7")
    for table in whole["tables"]:
        if table["id"] == "R7":
            table.update(whole["tables"][0], id="R7")
    assert [(chart.id, chart.kind, len(chart.labels)) for chart in charts(whole)] == [
        ("R3", "bars", 9),
        ("R7", "bars", 9),
    ]


def test_deadlines_are_in_time_late_or_still_open() -> None:
    (chart,) = charts(only("R8"))
    assert [series.key for series in chart.series] == ["in_time", "late", "open_late"]
    assert [series.cells[1].number for series in chart.series] == [905, 10, 2]


def test_a_deadline_that_nothing_had_is_not_drawn() -> None:
    whole = only("R8")
    for row in whole["tables"][0]["rows"][0]["rows"]:
        row["value"] = 0
    (chart,) = charts(whole)
    assert "Перша відповідь людини" not in chart.labels
    assert len(chart.labels) == 3


def test_of_two_years_without_any_there_is_no_bar() -> None:
    whole = only("R2")
    whole["tables"][0]["rows"][1].update(value=0, previous=0, year_ago=0)
    (chart,) = charts(whole)
    assert "Служба у справах дітей" not in chart.labels


def test_two_years_need_two() -> None:
    lone = only("R4")
    for row in lone["tables"][0]["rows"]:
        row.update(previous=None, year_ago=None)
    lone["tables"][0]["totals"].update(previous=None, year_ago=None)
    assert charts(lone) == []


def test_where_nothing_can_be_drawn_there_is_nothing() -> None:
    assert drawable(only("R5", "R9"), "uk") is None
    empty = only("R3")
    empty["tables"][0]["rows"] = []
    assert drawable(empty, "uk") is None


def test_one_chart_can_be_had_alone() -> None:
    drawn = drawable(report(), "uk", "R8")
    assert drawn is not None
    assert [chart["kind"] for chart in drawn["charts"]] == ["kept"]
    assert drawable(report(), "uk", "R1") is None


def test_a_phone_gets_the_largest_and_how_many_more_there_are() -> None:
    drawn = drawable(only("R4"), "uk")
    assert drawn is not None
    (chart,) = drawn["charts"]
    assert len(chart["labels"]) == FEW
    assert chart["more"] == "та ще рядків: 7"
    assert [series["name"] for series in chart["series"]] == ["2020 рік", "2021 рік"]
    assert all(len(series["bars"]) == FEW for series in chart["series"])


def test_a_hidden_number_is_a_mark_in_every_chart() -> None:
    masked = only("R3", language="en")
    masked["tables"][0]["rows"][0] |= {"value": None, "masked": ["value"]}
    drawn = drawable(masked, "en")
    assert drawn is not None
    bar = drawn["charts"][0]["series"][0]["bars"][0]
    assert bar == {"number": None, "said": "", "hidden": True}
    assert drawn["hidden"] == "c"
    assert "under 5" in drawn["note"]
    assert str(SECRET) not in repr(drawable(report(public=True), "uk"))
