"""Tables of what is no case: what their rows add up from."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from bot.core import activities
from bot.core.report import COLUMNS, Counts, Row
from bot.core.tables.found import Activity, Found

Counted = Mapping[str, Counts]
Measure = Callable[[Sequence[Activity]], Counts]


def by_column(doings: Sequence[Activity], measure: Measure) -> dict[str, Counts]:
    return {column: measure([each for each in doings if column in each.within]) for column in COLUMNS}


def of(found: Found, table: str) -> list[Activity]:
    """What counts in that table."""
    return [each for each in found.activities if activities.of(each.kind).table == table]


def adding(rows: Iterable[Row], units: Sequence[str]) -> dict[str, Counts]:
    every = list(rows)
    return {
        column: {unit: sum(row.counts.get(column, {}).get(unit) or 0 for row in every) for unit in units}
        for column in COLUMNS
    }
