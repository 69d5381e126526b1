"""What a report counts. Nothing is counted that was counted before: every number comes from rows of this moment.

Whatever is asked about rows that are the same is answered by one look at them, in columns rather than rows, so that a
hundred thousand take about a second.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import compress
from typing import Any
from zoneinfo import ZoneInfo

from bot.core.cases import shown
from bot.core.counting import Ask, Cell, Columns
from bot.core.report import Period
from storage import facts, register
from storage.db import Columns as Values
from storage.db import Transaction

NOBODY = "0 AS nobody"
"""In the place of the children where they are not counted: fewer rows differ then."""


Asks = Mapping[str, Ask]
Tally = dict[str, list[Cell]]
Counted = Counter[tuple[Any, ...]]
"""How often a row of mask, unit, n, times, children and codes was there."""


def tallies(tx: Transaction, asks: Asks, columns: Columns, zone: ZoneInfo) -> Tally:
    """What was asked, by its name. Both ends of a period are days of the centre."""
    found: Tally = {name: [] for name in asks}
    differ = {period: [name for name in columns if columns[name] == period] for period in columns.values()}
    periods = {names[0]: period for period, names in differ.items()}
    for counted in (_live(tx, asks, periods, zone), _book(tx, asks, periods), _visits(tx, asks, periods)):
        for name, counts in counted:
            found[name] += _cells(counts, list(differ.values()))
    return found


def _live(tx: Transaction, asks: Asks, columns: Columns, zone: ZoneInfo) -> Iterable[tuple[str, Counted]]:
    """Facts of this bot; moments, but for calls, of which only the day is kept."""
    for fact, same in _by_fact(asks).items():
        by_day = fact == "calls"
        source = facts.CALLS if by_day else facts.LIVE[fact]
        yield from _counted(tx, source, same, columns, bounds(columns, None if by_day else zone)).items()


def _visits(tx: Transaction, asks: Asks, columns: Columns) -> Iterable[tuple[str, Counted]]:
    for fact, same in _by_fact(asks).items():
        if fact in facts.OF_VISITS:
            yield from _counted(tx, facts.OF_VISITS[fact], same, columns, bounds(columns, None)).items()


def _by_fact(asks: Asks) -> dict[str, Asks]:
    of = {ask.fact for ask in asks.values()}
    return {fact: {name: ask for name, ask in asks.items() if ask.fact == fact} for fact in of}


def _counted(
    tx: Transaction, source: str, asks: Asks, columns: Columns, edges: Mapping[str, date | datetime]
) -> dict[str, Counted]:
    """Facts that are rows of their own: one look for all that is asked about one of them."""
    counts = {name: Counted() for name in asks}
    firsts: dict[str, dict[tuple[Any, ...], int]] = {name: {} for name, ask in asks.items() if ask.once}

    def take(given: Values) -> None:
        for name, ask in asks.items():
            mask, codes = given[f"m_{ask.basis}"], [given[code] for code in ask.by]
            if ask.once:
                _first(firsts[name], mask, zip(given["id"], *(given[each] for each in ask.own), *codes, strict=True))
            else:
                counts[name].update(zip(mask, *(given[each] for each in (*ask.own, "times")), *codes, strict=True))

    names = [
        "id",
        "unit",
        "n",
        "children",
        NOBODY,
        "times",
        *sorted({code for ask in asks.values() for code in ask.by}),
    ]
    tx.in_columns(_statement(source, names, asks, columns), take, **edges)
    for name, seen in firsts.items():
        counts[name].update(
            (mask, unit, n, children, 1, *codes) for (_, unit, n, children, *codes), mask in seen.items()
        )
    return counts


def _first(seen: dict[tuple[Any, ...], int], masks: Iterable[int], whats: Iterable[tuple[Any, ...]]) -> None:
    """One and the same case may have a fact in several periods: it belongs to all of them, once each."""
    for mask, what in zip(masks, whats, strict=True):
        if mask:
            seen[what] = seen.get(what, 0) | mask


@dataclass(frozen=True, slots=True)
class Look:
    """What is counted of the rows of a register: of which of them, which columns. Asks that want the same share it."""

    flag: str
    names: tuple[str, ...]


def _look(ask: Ask) -> Look:
    told = facts.IN_ROW[ask.fact]
    words = (told.words,) if told.words else ()
    return Look(told.flag, (f"m_{ask.basis}", *ask.own, *words, *(code for code in ask.by if code != "code")))


def _book(tx: Transaction, asks: Asks, columns: Columns) -> Iterable[tuple[str, Counted]]:
    """Facts of a register, all from one look at its rows; a row has a fact once, so `once` changes nothing."""
    looks = {name: _look(ask) for name, ask in asks.items() if ask.fact in facts.IN_ROW}
    counts = {look: Counted() for look in looks.values()}
    flags = {look.flag: [each for each in counts if each.flag == look.flag] for look in counts}
    needed = {flag: {name for look in same for name in look.names} for flag, same in flags.items()}

    def take(given: Values) -> None:
        for flag, same in flags.items():
            chosen = {name: tuple(compress(given[name], given[flag])) for name in needed[flag]}
            for look in same:
                counts[look].update(zip(*(chosen[name] for name in look.names), strict=True))

    if looks:
        codes = {name for names in needed.values() for name in names if not name.startswith("m_")} - {"nobody"}
        tx.in_columns(
            _statement(facts.BOOK, [*sorted({*codes, *flags}), NOBODY], asks, columns), take, **bounds(columns, None)
        )
    read = {(look, asks[name].by): _read(counts[look], asks[name]) for name, look in looks.items()}
    for name, look in looks.items():
        yield name, read[look, asks[name].by]


def _read(rows: Counted, ask: Ask) -> Counted:
    """Rows of a register with the codes that their lists hold; what belongs to no period is left out."""
    told = facts.IN_ROW[ask.fact]
    counted, at = Counted(), ask.by.index("code") if "code" in ask.by else None
    for (mask, unit, n, children, *rest), often in rows.items():
        if not mask:
            continue
        found = told.read(rest.pop(0)) if told.words else [("", 1)]
        if at is None:
            counted[(mask, unit, n, children, sum(times for _, times in found), *rest)] += often
            continue
        for code, times in found:
            counted[(mask, unit, n, children, times, *rest[:at], code, *rest[at:])] += often
    return counted


def _statement(source: str, names: list[str], asks: Asks, columns: Columns) -> str:
    return facts.masked(source, names, sorted({ask.basis for ask in asks.values()}), len(columns))


def _cells(counted: Counted, columns: Sequence[Sequence[str]]) -> list[Cell]:
    """`columns`: those that are one and the same period stand together."""
    cells = []
    for (mask, unit, n, children, times, *codes), often in counted.items():
        within = tuple(name for bit, names in enumerate(columns) if mask & 2**bit for name in names)
        if within:
            found = tuple(str(code or "") for code in codes)
            many = (often * n, often * n * times, often * n * (children or 0))
            cells.append(Cell(found, unit or "family", within, *many))
    return cells


def bounds(columns: Columns, zone: ZoneInfo | None) -> dict[str, date | datetime]:
    """From the first moment of the first day until the first of the day after the last; days where no zone is given."""
    edges: dict[str, date | datetime] = {}
    for n, period in enumerate(columns.values()):
        first, after = period.first, period.last + timedelta(days=1)
        edges[f"a{n}"] = datetime.combine(first, time(), zone) if zone else first
        edges[f"b{n}"] = datetime.combine(after, time(), zone) if zone else after
    return edges


@dataclass(frozen=True, slots=True)
class Lacking:
    """Cases of a fact of which something is not said; `basis`: by which days they belong to a period."""

    where: str
    fact: str = "cases"
    basis: str = "came"


def behind(tx: Transaction, lacking: Lacking, period: Period, zone: ZoneInfo, *, most: int = 20) -> list[str]:
    """The numbers of those in the period; a row without a number is «#12»."""
    book = facts.OF_VISITS.get(lacking.fact, f"{facts.BOOK} AND NOT {facts.CALL}")
    numbers: list[str] = []
    for source, known, at in ((facts.LIVE[lacking.fact], number, zone), (book, _of_register, None)):
        edges = bounds({"value": period}, at)
        within = facts.BASES[lacking.basis].format(n=0)
        sql = (
            f"SELECT DISTINCT id FROM ({source}) AS facts WHERE ({lacking.where}) AND {within} ORDER BY id LIMIT :most"
        )
        numbers += [known(tx, int(row["id"])) for row in tx.all(sql, most=most, **edges)]
    return numbers[:most]


def number(tx: Transaction, case_id: int) -> str:
    row = tx.one("SELECT number FROM cases WHERE id = :id", id=case_id)
    return shown(str(row["number"])).uk if row else ""


def _of_register(tx: Transaction, row_id: int) -> str:
    return register.number(tx, row_id) or f"#{row_id}"
