"""R22: whether the report closes: every total against its rows, every flow, and tables against each other."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from bot.core import texts
from bot.core.centre import Words
from bot.core.lines import Wording, rows
from bot.core.report import Check, Row, Table
from bot.core.tables.found import Found

ID: Final = "R22"
TITLE: Final = Words("Звірка", "Reconciliation")
ALIKE: Final = (("R1", "R2"), ("R2", "R3"), ("R3", "R4"))
"""Tables that count the same cases by something else."""
LEFT: Final[Mapping[str, str]] = {"R1": "unknown", "R2": "unknown", "R3": "unknown", "R12": "unknown"}
"""The row by which a table closes without saying where its cases belong. Having no category is an answer of its own."""
UNITS: Final = ("difference",)


@dataclass(frozen=True, slots=True)
class Since:
    """In how many figures a report differs from the edition that was printed last."""

    edition: int
    differences: int


def made(tables: Sequence[Table], found: Found, *, undated: int = 0, since: Since | None = None) -> Table:
    lines = [*_own(tables), *_alike(tables), *_left(tables, found), *_undated(undated), *_printed(since)]
    ok = all(check.ok for _, check in lines)
    notes = [texts.CHECK_OF(what=row.title, note=check.note) for row, check in lines if check.note != texts.ADDS_UP]
    cases = tuple(dict.fromkeys(number for _, check in lines for number in check.cases))
    check = Check(ok, rows(*notes) if notes else texts.EVERYTHING_ADDS_UP, cases)
    return Table(ID, TITLE, UNITS, "in_period", tuple(row for row, _ in lines), {}, check, parts=False)


def _own(tables: Iterable[Table]) -> Iterable[tuple[Row, Check]]:
    """Each table's own check."""
    for table in tables:
        yield _line(table.id, table.title, 0 if table.check.ok else _widest(table)), table.check


def _widest(table: Table) -> int:
    """How far the total is from its rows, where they are its parts; 1 where another rule of the table is broken."""
    if not table.parts:
        return 1
    far = [
        abs((many or 0) - sum(row.counts.get("value", {}).get(unit) or 0 for row in table.rows))
        for unit, many in table.total.get("value", {}).items()
    ]
    return max(far, default=0) or 1


def _alike(tables: Iterable[Table]) -> Iterable[tuple[Row, Check]]:
    by_id = {table.id: table for table in tables}
    for first, second in ALIKE:
        if first in by_id and second in by_id:
            one, other = _cases(by_id[first]), _cases(by_id[second])
            title = _both(by_id[first], by_id[second])
            note: Wording = (
                texts.ADDS_UP if one == other else texts.TABLES_DIFFER(one=one, other=other, difference=one - other)
            )
            yield _line(f"{first}.{second}", title, one - other), Check(one == other, note)


def _cases(table: Table) -> int:
    return sum(many or 0 for unit, many in table.total["value"].items() if unit in ("case", "family", "person"))


def _left(tables: Iterable[Table], found: Found) -> Iterable[tuple[Row, Check]]:
    """What closes only because a row says «not said»: how many, and the numbers of those cases.

    What nobody ever writes down, so that it is not said of any case, is not kept, and is no gap.
    """
    for table in tables:
        key = LEFT.get(table.id)
        row = next((row for row in table.rows if row.key == key), None)
        many = sum(row.counts["value"].get(unit) or 0 for unit in ("case", "family", "person")) if row else 0
        if row and 0 < many < _cases(table):
            numbers = tuple(found.numbers(f"{table.id}.{key}"))
            title = _within(table, row)
            yield _line(f"{table.id}.{key}", title, many), Check(ok=True, note=texts.NOT_SAID_OF(n=many), cases=numbers)


def _both(first: Table, second: Table) -> Words:
    return Words(f"«{_uk(first.title)}» і «{_uk(second.title)}»", f"“{_en(first.title)}” and “{_en(second.title)}”")


def _within(table: Table, row: Row) -> Words:
    return Words(f"{_uk(table.title)}, рядок «{_uk(row.title)}»", f"{_en(table.title)}, row “{_en(row.title)}”")


def _uk(title: Wording) -> str:
    return title.uk if isinstance(title, Words) else ""


def _en(title: Wording) -> str:
    return title.en if isinstance(title, Words) else ""


def _undated(many: int) -> Iterable[tuple[Row, Check]]:
    if many:
        yield _line("undated", Words("Без дати", "Without a date"), many), Check(ok=True, note=texts.NO_DAY(n=many))


def _printed(since: Since | None) -> Iterable[tuple[Row, Check]]:
    """Against the last edition. What was corrected since is no fault: the next edition lists it."""
    if since:
        title = Words(f"Видання {since.edition}", f"Edition {since.edition}")
        note: Wording = texts.DIFFERS_FROM_EDITION(since.differences) if since.differences else texts.ADDS_UP
        yield _line("edition", title, since.differences), Check(ok=True, note=note)


def _line(key: str, title: Wording, difference: int) -> Row:
    return Row(key, title, {"value": {"difference": difference}})
