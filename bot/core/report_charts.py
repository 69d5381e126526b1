"""Which charts a report has, as data: bars by district, two years beside each other, deadlines kept.

What is drawn is taken from the tables' grids, so that no picture says another number than its table.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from bot.core import report_words as words
from bot.core.report import Period
from bot.core.report_lines import Cell, Column, Grid, Line, grid, period_of

BY_DISTRICT: Final = ("R3", "R7")
TWO_YEARS: Final = ("R2", "R4")
DEADLINES: Final = "R8"
KEPT: Final = ("in_time", "late", "open_late")
"""Keys of the rows inside a deadline's."""
DISTRICTS_AT_LEAST: Final = 2
NOT_SAID: Final = frozenset({"unknown", "none"})
FEW: Final = 12
"""Bars that a phone's screen takes; the largest are shown, and how many more there are."""


@dataclass(frozen=True, slots=True)
class Series:
    """`lines`: whose cells they are, None where there is none. `column`: which of the grid's; `what`: what it says."""

    key: str
    title: str
    lines: tuple[Line | None, ...]
    column: int = 0
    what: str = "value"

    @property
    def cells(self) -> tuple[Cell, ...]:
        return tuple(line.cells[self.column] if line else Cell(None) for line in self.lines)


@dataclass(frozen=True, slots=True)
class Chart:
    """`kind`: bars, years (beside each other), kept (stacked by how deadlines ended), stacked."""

    id: str
    kind: str
    title: str
    unit: str
    basis: str
    labels: tuple[str, ...]
    series: tuple[Series, ...]


def charts(report: Mapping[str, Any]) -> list[Chart]:
    grids = {table["id"]: grid(table) for table in report["tables"]}
    districts = {line.path[0] for line in grids["R3"].lines} if "R3" in grids else set()
    found = [
        *(_by_district(grids[each], districts) for each in BY_DISTRICT if each in grids),
        *(_two_years(grids[each], period_of(report)) for each in TWO_YEARS if each in grids),
        *([_kept(grids[DEADLINES])] if DEADLINES in grids else []),
    ]
    return [chart for chart in found if chart is not None and _says(chart)]


def drawable(report: Mapping[str, Any], language: str, only: str = "") -> dict[str, Any] | None:
    """The same in words and numbers, as JSON can carry it to the process that draws; None where there is nothing.

    `only` that table's chart, or all in one long picture.
    """
    found = [chart for chart in charts(report) if only in {"", chart.id}]
    if not found:
        return None
    hidden = any(cell.hidden for chart in found for series in chart.series for cell in series.cells)
    period = words.period(period_of(report), language)
    return {
        "title": report["name"],
        "under": words.say(words.FOR, language, period=period),
        "charts": [_drawable(chart, report, language) for chart in found],
        "hidden": words.say(words.HIDDEN, language),
        "note": words.say(words.HIDDEN_NOTE, language) if hidden else "",
    }


def name(series: Series, chart: Chart, report: Mapping[str, Any], language: str) -> str:
    if chart.kind == "kept":
        return words.say(words.SERIES[series.key], language)
    return series.title or words.head(series.what, chart.unit, chart.basis, period_of(report), language)


def titled(chart: Chart, language: str) -> str:
    unit = words.unit(chart.unit, language)
    return chart.title if unit in chart.title.lower() else f"{chart.title}, {unit}"


def _drawable(chart: Chart, report: Mapping[str, Any], language: str) -> dict[str, Any]:
    shown = _largest(chart)
    more = len(chart.labels) - len(shown)
    return {
        "kind": chart.kind,
        "title": titled(chart, language),
        "labels": [chart.labels[place] for place in shown],
        "series": [
            {
                "name": name(series, chart, report, language),
                "bars": [_bar(series.cells[each], language) for each in shown],
            }
            for series in chart.series
        ],
        "more": words.say(words.MORE, language, n=more) if more else "",
    }  # fmt: skip


def _bar(cell: Cell, language: str) -> dict[str, Any]:
    said = "" if cell.number is None else words.number(cell.number, language)
    return {"number": cell.number, "said": said, "hidden": cell.hidden}


def _largest(chart: Chart) -> list[int]:
    """Their places in the table's own order. A hidden number is as good as none, or its place would tell of it."""
    weight = [sum(series.cells[place].number or 0 for series in chart.series) for place in range(len(chart.labels))]
    return sorted(sorted(range(len(weight)), key=lambda place: -weight[place])[:FEW])


def _says(chart: Chart) -> bool:
    """A bar of what is not said alone says nothing."""
    return any(
        line.cells[series.column].number and line.path[-1] not in NOT_SAID
        for series in chart.series
        for line in series.lines
        if line
    )


def _by_district(of: Grid, districts: set[str]) -> Chart | None:
    """Its rows are districts, or have districts inside: then each such row is a part of the bars."""
    outer = [line for line in of.lines if not line.level and (of.id == "R3" or line.path[0] in districts)]
    if len(outer) >= DISTRICTS_AT_LEAST:
        return _bars(of, [Series("value", "", tuple(outer))], outer)
    parted = {
        line: inner for line in of.lines if not line.level
        and len(inner := _inside(of, line)) >= DISTRICTS_AT_LEAST
        and (not districts or any(each.path[-1] in districts for each in inner))
    }  # fmt: skip
    places = {each.path[-1]: each for inner in parted.values() for each in inner}
    series = [_ordered(line, inner, list(places)) for line, inner in parted.items()]
    return _bars(of, series, list(places.values())) if series else None


def _ordered(of: Line, inner: Sequence[Line], keys: Sequence[str]) -> Series:
    by_key = {line.path[-1]: line for line in inner}
    return Series(of.path[-1], of.title, tuple(by_key.get(key) for key in keys))


def _bars(of: Grid, series: Sequence[Series], labelled: Sequence[Line]) -> Chart:
    kind = "bars" if len(series) == 1 else "stacked"
    return Chart(of.id, kind, of.title, of.units[0], of.basis, tuple(line.title for line in labelled), tuple(series))


def _two_years(of: Grid, period: Period) -> Chart | None:
    """Where last year is the previous period, it is taken as that, which is the column that all forms have."""
    earlier = "previous" if period.year_ago == period.previous else "year_ago"
    columns = [Column(what, of.units[0]) for what in (earlier, "value")]
    if any(column not in of.columns for column in columns):
        return None
    places = [of.columns.index(column) for column in columns]
    outer = tuple(line for line in of.lines if not line.level and any(_weighs(line, place) for place in places))
    series = tuple(Series(column.what, "", outer, of.columns.index(column), column.what) for column in columns)
    return Chart(of.id, "years", of.title, of.units[0], of.basis, tuple(line.title for line in outer), series)


def _kept(of: Grid) -> Chart | None:
    """Of those that there were any of."""
    outer = [
        line
        for line in of.lines
        if not line.level and any(each.path[-1] in KEPT and _weighs(each) for each in _inside(of, line))
    ]
    series = []
    for key in KEPT:
        lines = tuple(next((each for each in _inside(of, line) if each.path[-1] == key), None) for line in outer)
        if any(lines):
            series.append(Series(key, "", lines))
    labels = tuple(line.title for line in outer)
    return Chart(of.id, "kept", of.title, of.units[0], of.basis, labels, tuple(series)) if series else None


def _weighs(line: Line, place: int = 0) -> bool:
    return bool(line.cells[place].number or line.cells[place].hidden)


def _inside(of: Grid, line: Line) -> list[Line]:
    return [each for each in of.lines if each.path[:-1] == line.path]
