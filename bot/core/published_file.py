"""A file of figures that a centre has published, in the shape of shared/seeds; what is missing or null is nothing."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from bot.core.report import Period
from bot.core.sheets import said

VALUE: Final = "value"
COLUMNS: Final = (VALUE, "children", "prev_value", "prev_children")
NO_COLUMNS: Final = frozenset({"n", "uk", "key", "en", "note"})
MORE_THAN: Final = "понад"


class NotPublishedError(ValueError):
    """A file that is not of that shape: where, and what is wrong."""


@dataclass(frozen=True, slots=True)
class Printed:
    """A row as it was published; `numbers` by column, None where the column stands empty."""

    key: str
    words: str
    numbers: Mapping[str, int | None]


@dataclass(frozen=True, slots=True)
class PrintedTable:
    """`totals` by column. `whole`: the rows are its parts. `at_least`: the total says «more than»."""

    name: str
    unit: str
    rows: tuple[Printed, ...]
    totals: Mapping[str, int]
    whole: bool
    at_least: bool


@dataclass(frozen=True, slots=True)
class Published:
    file: str
    centre: str
    period: Period
    tables: tuple[PrintedTable, ...]


# Reading


def read(body: bytes, file: str) -> Published:
    """Raises NotPublishedError."""
    try:
        data = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise NotPublishedError(f"{file}: this is not JSON in UTF-8: {error}") from None
    top = _Entry(file, "", data)
    days = {name: top.day(name) for name in ("period_start", "period_end")}
    if days["period_end"] < days["period_start"]:
        raise NotPublishedError(f"{file}: period_end {days['period_end']} is before period_start")
    tables = top.inner("tables")
    return Published(
        file,
        top.text("centre_key"),
        Period(days["period_start"], days["period_end"]),
        tuple(_table(_plain(name), tables.inner(name)) for name in tables.known()),
    )


@dataclass(frozen=True, slots=True)
class _Entry:
    """A part of the file, with the keys that lead to it. What is missing or null is nothing."""

    file: str
    place: str
    data: Any

    def __post_init__(self) -> None:
        if not isinstance(self.data, dict):
            raise self.wrong("", "allowed: {…} with names and values")

    def wrong(self, key: str, why: str) -> NotPublishedError:
        place = _plain(".".join(part for part in (self.place, key) if part)) or "the whole file"
        return NotPublishedError(f"{self.file}: {place}: {why}")

    def known(self) -> list[str]:
        return [key for key, value in self.data.items() if value is not None]

    def inner(self, key: str) -> "_Entry":
        return _Entry(self.file, ".".join(filter(None, (self.place, key))), self.data.get(key) or {})

    def every(self, key: str) -> list["_Entry"]:
        found = self.data.get(key) or []
        if not isinstance(found, list):
            raise self.wrong(key, "allowed: a list of rows")
        place = ".".join(filter(None, (self.place, key)))
        return [_Entry(self.file, f"{place}[{n}]", each) for n, each in enumerate(found)]

    def text(self, key: str) -> str:
        found = self.data.get(key)
        if found is not None and not isinstance(found, str):
            raise self.wrong(key, "allowed: words")
        return found or ""

    def day(self, key: str) -> date:
        try:
            return date.fromisoformat(self.text(key))
        except ValueError:
            written = said(str(self.data.get(key) or ""))
            raise self.wrong(key, f"{written} is no date; allowed: as 2021-12-31") from None

    def whole(self, key: str) -> int | None:
        found = self.data.get(key)
        if found is None:
            return None
        if isinstance(found, bool) or not isinstance(found, int | float) or found % 1 != 0:
            raise self.wrong(key, f"{said(str(found))} is no whole number")
        return int(found)


def _plain(word: str) -> str:
    """Nothing that moves a terminal's cursor."""
    return "".join(letter if letter.isprintable() else "?" for letter in word)


def _table(name: str, entry: _Entry) -> PrintedTable:
    check = entry.text("check")
    totals = {VALUE: entry.whole("published_total")}
    others = entry.inner("published_total_other_columns")
    totals |= {column: others.whole(column) for column in others.known()}
    return PrintedTable(
        name,
        entry.text("unit"),
        tuple(_row(row) for row in entry.every("rows")),
        {column: total for column, total in totals.items() if total is not None},
        whole=check != "not_a_partition",
        at_least="lower_bound" in check or (not check and MORE_THAN in entry.text("note").casefold()),
    )


def _row(entry: _Entry) -> Printed:
    key = entry.text("key") or entry.text("uk")
    if not key:
        raise entry.wrong("key", "nothing stands here; allowed: a code of the row")
    columns = [
        column
        for column, value in entry.data.items()
        if column in COLUMNS or (column not in NO_COLUMNS and isinstance(value, int) and not isinstance(value, bool))
    ]
    return Printed(_plain(key), entry.text("uk"), {column: entry.whole(column) for column in columns})
