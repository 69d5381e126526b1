"""Editions of a report: its figures frozen as they were printed, in both languages; and what differs between two."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Final

from bot.core import texts
from bot.core.centre import Words
from bot.core.lines import Line, Own, Wording
from bot.core.report import COLUMNS, Check, Counts, Period, Report, Row, Table, as_json
from bot.core.report_words import UNITS

Frozen = Mapping[str, Any]
"""A report as JSON whose titles are in both languages. Notes of checks are left out: they are about that day."""
MOST: Final = 60
"""Differences that a report lists one by one; a reader is lost in more, and the two editions are there."""
PROOF: Final = "R22"
"""The reconciliation is about the figures and not one of them."""


def frozen(report: Report) -> dict[str, Any]:
    return as_json(report, _both)


def _both(wording: Wording) -> dict[str, str]:
    match wording:
        case Words(uk, en):
            return {"uk": uk, "en": en}
        case Own(text):
            return {"uk": text, "en": text}
        case _:
            return {"uk": "", "en": ""}


def thawed(kept: Frozen, *, made_at: datetime) -> Report:
    """The report as it was printed; of a check only whether it closed, and the cases behind it."""
    period = Period(date.fromisoformat(kept["period"]["from"]), date.fromisoformat(kept["period"]["to"]))
    tables = tuple(_table(each) for each in kept["tables"])
    return Report(kept["centre"], _words(kept["name"]), period, made_at, tables, kept["edition"])


def _words(said: Mapping[str, str]) -> Words:
    return Words(said["uk"], said["en"])


def _table(kept: Frozen) -> Table:
    check = Check(kept["check"]["ok"], texts.ADDS_UP if kept["check"]["ok"] else texts.NOT_CLOSED)
    return Table(
        kept["id"],
        _words(kept["title"]),
        tuple(kept["units"]),
        kept["basis"],
        tuple(_row(row, kept["unit"]) for row in kept["rows"]),
        {column: _counts(shown, kept["unit"]) for column, shown in kept["totals"].items() if shown is not None},
        replace(check, cases=tuple(kept["check"]["cases"])),
        kept["parts"],
    )


def _row(kept: Frozen, unit: str) -> Row:
    counts = {column: _counts(kept[column], unit) for column in COLUMNS if kept[column] is not None}
    return Row(kept["key"], _words(kept["title"]), counts, tuple(_row(inner, unit) for inner in kept["rows"]))


def _counts(shown: int | Counts, unit: str) -> Counts:
    return {unit: shown} if isinstance(shown, int) else shown


@dataclass(frozen=True, slots=True)
class Change:
    """One number: of which table and row (the total has no row), in which column and unit."""

    table: str
    row: Words
    column: str
    unit: str
    before: int
    now: int


def changes(before: Frozen, now: Frozen) -> list[Change]:
    """In the order of the newer one; what only one of them has counts as zero in the other. Titles may change."""
    first, second = dict(_numbers(before)), dict(_numbers(now))
    names = _names(before) | _names(now)
    return [
        Change(table, names[table, keys], column, unit, before=first.get(place, 0), now=second.get(place, 0))
        for place in dict.fromkeys([*second, *first])
        if first.get(place, 0) != second.get(place, 0)
        for table, keys, column, unit in [place]
    ]


def told(changed: list[Change]) -> tuple[Line, ...]:
    """A line each: «R3, Соборний: було 12, стало 13»; only the period's own figures, unless nothing else differs."""
    own = [each for each in changed if each.column == "value"] or changed
    lines = [texts.CHANGED_SINCE(what=_what(each), before=each.before, now=each.now) for each in own[:MOST]]
    return (*lines, *([texts.CHANGED_MORE(len(own) - MOST)] if len(own) > MOST else []))


def _what(change: Change) -> Words:
    """The total stands without a row; the unit is said, because a row may have several."""
    unit = UNITS[change.unit].head
    uk, en = (
        f"{', '.join(part for part in (change.table, name) if part)} ({of})"
        for name, of in ((change.row.uk, unit.uk), (change.row.en, unit.en))
    )
    return Words(uk, en)


Keys = tuple[str, ...]
Place = tuple[str, Keys, str, str]
"""Of a number: its table, the keys on the way to its row (none for the total), column, unit."""


def _names(report: Frozen) -> dict[tuple[str, Keys], Words]:
    found: dict[tuple[str, Keys], Words] = {(table["id"], ()): Words("", "") for table in report["tables"]}
    for table in report["tables"]:
        for keys, row in _rows(table["rows"]):
            own, above = _words(row["title"]), found[table["id"], keys[:-1]]
            found[table["id"], keys] = (
                Words(f"{above.uk} › {own.uk}", f"{above.en} › {own.en}") if len(keys) > 1 else own
            )
    return found


def _numbers(report: Frozen) -> Iterator[tuple[Place, int]]:
    for table in report["tables"]:
        if table["id"] != PROOF:
            for column, shown in table["totals"].items():
                yield from _of(table, (), column, shown)
            for keys, row in _rows(table["rows"]):
                for column in COLUMNS:
                    yield from _of(table, keys, column, row[column])


def _rows(rows: Sequence[Frozen], above: Keys = ()) -> Iterator[tuple[Keys, Frozen]]:
    for row in rows:
        yield (*above, row["key"]), row
        yield from _rows(row["rows"], (*above, row["key"]))


def _of(table: Frozen, keys: Keys, column: str, shown: int | Counts | None) -> Iterator[tuple[Place, int]]:
    if shown is not None:
        for unit, many in _counts(shown, table["unit"]).items():
            yield (table["id"], keys, column, unit), many or 0
