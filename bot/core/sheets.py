"""Tables that come from outside as CSV: UTF-8, a header, commas, ISO dates, lists with `;`.

What a table may hold is declared as data. Every row is looked at and every fault is told, with its line, its column,
what is wrong and what is allowed; whoever reads a table has either all of its rows or `Unfit`.
"""

import csv
import io
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

Row = Mapping[str, Any]
"""The values of a row by the names of its columns, and `line`, the line of the file in which it begins."""
LINE: Final = "line"
YEARS: Final = range(1990, 2101)
"""What lies farther off is a slip of the finger."""
UNSEEN: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
LONGEST: Final = 10_000
"""Characters of a cell; a message has 4096, and what is longer is a file that lacks a quotation mark."""
AT_MOST: Final = 15
"""Digits of a number."""
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
CLOCK = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}")
SHOWN: Final = 40
"""Characters of a wrong value that its fault repeats."""


class Wrong(ValueError):  # noqa: N818 - a finding about one cell, told in its line
    """What is wrong with a cell, and what would be right."""

    def __init__(self, what: str, allowed: str = "", *, column: str = "") -> None:
        super().__init__(f"{what}; allowed: {allowed}" if allowed else what)
        self.column = column


Kind = Callable[[str], Any]
"""Makes a value of a cell that is not empty. Raises Wrong."""


@dataclass(frozen=True, slots=True)
class Column:
    """`required`: every row has a value; a column that is not may be left out of the file. `empty` stands for none."""

    name: str
    kind: Kind
    required: bool = False
    empty: Any = None


@dataclass(frozen=True, slots=True)
class Table:
    """`unique`: columns that together name a row. `rule` raises Wrong for what no cell shows alone."""

    columns: tuple[Column, ...]
    unique: tuple[str, ...] = ()
    rule: Callable[[Row], object] | None = None

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(column.name for column in self.columns)


@dataclass(frozen=True, slots=True)
class Fault:
    file: str
    line: int
    column: str
    what: str

    def __str__(self) -> str:
        column = f", column {self.column}" if self.column else ""
        return f"{self.file}, line {self.line}{column}: {self.what}"


class Unfit(Exception):  # noqa: N818 - an answer about a file, with everything that is wrong in it
    """The table is not taken; every fault, in the order of the file."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__("\n".join(map(str, faults)))
        self.faults = tuple(faults)


def read(body: bytes, table: Table, *, file: str) -> list[Row]:
    """All rows of the file. Raises Unfit, and nothing else, whatever the bytes are."""
    rows: list[Row] = []
    faults: list[Fault] = []
    for row, found in scan(io.StringIO(_text(body, file), newline=""), table, file=file):
        rows.append(row)
        faults += found
    faults += _doubled(rows, table, file)
    if faults:
        raise Unfit(sorted(faults, key=lambda fault: fault.line))
    return rows


def scan(lines: Iterable[str], table: Table, *, file: str) -> Iterator[tuple[Row, list[Fault]]]:
    """Row by row, each with what is wrong in it; whether two are of one name is for the caller to see.

    Raises Unfit where it is no such table.
    """
    records = _lines(lines, file)
    first, line = next(records, ([], 1))
    faults = list(_wrong_header(first, table, file, line))
    if faults:
        raise Unfit(faults)
    header = [name.strip() for name in first]
    for cells, line in records:
        yield _row(cells, line, header, table, file)


# Kinds of value


def text(most: int = LONGEST) -> Kind:
    def read_text(word: str) -> str:
        if len(word) > most:
            raise Wrong(f"{len(word)} characters", f"at most {most}")
        if UNSEEN.search(word):
            raise Wrong("there is a character that nobody sees")
        return word

    return read_text


def whole(least: int = 0, most: int = 10**AT_MOST - 1) -> Kind:
    def read_number(word: str) -> int:
        if not (word.isascii() and word.isdecimal() and len(word) <= AT_MOST and least <= int(word) <= most):
            raise Wrong(said(word), f"a whole number from {least} to {most}")
        return int(word)

    return read_number


def day(word: str) -> date:
    try:
        if DAY.fullmatch(word):
            return date.fromisoformat(word)
    except ValueError:
        pass
    raise Wrong(f"{said(word)} is no date", "a date as 2026-03-05")


def _on_the_clock(at: datetime, zone: ZoneInfo) -> datetime:
    moment = at.replace(tzinfo=zone).astimezone(UTC)
    if moment.astimezone(zone).replace(tzinfo=None) != at:
        raise Wrong(f"{said(f'{at:%Y-%m-%dT%H:%M}')}: on that day clocks skip that hour")
    return moment


def moment(zone: ZoneInfo) -> Kind:
    """A time on the centre's wall clock, as a moment in UTC; of two equal hours the first."""

    def read_moment(word: str) -> datetime:
        try:
            if CLOCK.fullmatch(word) and int(word[:4]) in YEARS:
                return _on_the_clock(datetime.fromisoformat(word), zone)
        except Wrong:
            raise
        except ValueError:
            pass
        raise Wrong(f"{said(word)} is no time", "a date and a time as 2026-03-05T21:40")

    return read_moment


def one_of(allowed: Collection[str]) -> Kind:
    def read_key(word: str) -> str:
        if word not in allowed:
            raise Wrong(f"{said(word)} is unknown", ", ".join(allowed))
        return word

    return read_key


def mapped(known: Mapping[str, Any]) -> Kind:
    """What a word of the file stands for."""
    key = one_of(known)
    return lambda word: known[key(word)]


def several(kind: Kind, *, by: str = ";") -> Kind:
    """A list with `;`; empty parts are left out, and what stands twice counts once."""
    return lambda word: tuple(dict.fromkeys(kind(part) for part in _parts(word, by)))


def times(kind: Kind) -> Kind:
    """`counselling;legal_help*3`: how often each; what is named twice is added up."""

    def read_counts(word: str) -> dict[Any, int]:
        found: dict[Any, int] = {}
        for part in _parts(word, ";"):
            name, star, often = part.partition("*")
            key = kind(name.strip())
            found[key] = found.get(key, 0) + (whole(1)(often.strip()) if star else 1)
        return found

    return read_counts


@dataclass(frozen=True, slots=True)
class Dated:
    """Something on a day; `at` where the time is known."""

    what: Any
    day: date
    at: datetime | None = None


def dated(kind: Kind, zone: ZoneInfo) -> Kind:
    """`emergency_brigade@2021-03-05T21:40;needs_assessment@2021-03-07`."""

    def one(part: str) -> Dated:
        name, sign, when = part.partition("@")
        if not sign:
            raise Wrong(f"{said(part)} has no date", "what@2021-03-07 or what@2021-03-05T21:40")
        what, when = kind(name.strip()), when.strip()
        if "T" not in when:
            return Dated(what, day(when))
        return Dated(what, day(when.partition("T")[0]), moment(zone)(when))

    return lambda word: tuple(one(part) for part in _parts(word, ";"))


# How a file becomes cells


def _text(body: bytes, file: str) -> str:
    try:
        return body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = body[: error.start].count(b"\n") + 1
        why = "this is not UTF-8; save the table as «CSV UTF-8»"
        raise Unfit([Fault(file, line, "", why)]) from None


def _lines(lines: Iterable[str], file: str) -> Iterator[tuple[list[str], int]]:
    """Every row that is not empty, with the line in which it begins."""
    reader, line = csv.reader(lines, strict=True), 1
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            why = "this is not a table with commas; perhaps a quotation mark is missing"
            raise Unfit([Fault(file, line, "", why)]) from None
        if any(cell.strip() for cell in cells):
            yield cells, line
        line = reader.line_num + 1


def _wrong_header(header: Sequence[str], table: Table, file: str, line: int) -> Iterator[Fault]:
    names, allowed = [name.strip() for name in header], ",".join(table.names)
    if not names:
        yield Fault(file, line, "", f"the file is empty; its first line names the columns: {allowed}")
        return
    if len(names) == 1 and ";" in names[0]:
        yield Fault(file, line, "", f"the columns are parted by «;»; save the table with commas: {allowed}")
        return
    for place, name in enumerate(names):
        if name not in table.names:
            yield Fault(file, line, _short(name) or str(place + 1), f"there is no such column; allowed: {allowed}")
        elif name in names[:place]:
            yield Fault(file, line, name, "the column stands twice; allowed: once")
    for column in table.columns:
        if column.required and column.name not in names:
            yield Fault(file, line, column.name, f"the column is missing; allowed: {allowed}")


def _row(cells: Sequence[str], line: int, header: Sequence[str], table: Table, file: str) -> tuple[Row, list[Fault]]:
    if len(cells) != len(header):
        last = header[min(len(cells), len(header) - 1)]
        return {LINE: line}, [Fault(file, line, last, f"{len(cells)} cells; allowed: {len(header)}, as in line 1")]
    words = dict(zip(header, cells, strict=True))
    row: dict[str, Any] = {LINE: line}
    faults = []
    for column in table.columns:
        try:
            row[column.name] = _value(words.get(column.name, "").strip(), column)
        except Wrong as wrong:
            faults.append(Fault(file, line, column.name, str(wrong)))
    return row, faults or _ruled(row, table, file)


def _value(word: str, column: Column) -> object:
    if not word:
        if column.required:
            raise Wrong("nothing stands here", "a value in every row")
        return column.empty
    if len(word) > LONGEST:
        raise Wrong(f"{len(word)} characters", f"at most {LONGEST}")
    return column.kind(word)


def _ruled(row: Row, table: Table, file: str) -> list[Fault]:
    try:
        if table.rule is not None:
            table.rule(row)
    except Wrong as wrong:
        return [Fault(file, row[LINE], wrong.column, str(wrong))]
    return []


def _doubled(rows: Sequence[Row], table: Table, file: str) -> Iterator[Fault]:
    """A row whose name another one before it has."""
    seen: dict[tuple[object, ...], int] = {}
    for row in rows if table.unique else ():
        if not all(name in row for name in table.unique):
            continue
        name = tuple(row[each] for each in table.unique)
        if name in seen:
            yield Fault(file, row[LINE], table.unique[-1], f"the same as in line {seen[name]}; allowed: each once")
        seen.setdefault(name, row[LINE])


def _parts(word: str, by: str) -> list[str]:
    return [part.strip() for part in word.split(by) if part.strip()]


def said(word: str) -> str:
    return f"«{_short(word)}»"


def _short(word: str) -> str:
    """No more of it than a terminal's line has room for, and nothing that moves the cursor."""
    plain = "".join(letter if letter.isprintable() else "?" for letter in word)
    return plain if len(plain) <= SHOWN else plain[: SHOWN - 1] + "…"
