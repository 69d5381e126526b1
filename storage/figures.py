"""What a report counts. Nothing is counted that was counted before: every number comes from rows of this moment.

Whatever is asked about rows that are the same is answered by one look at them, in columns rather than rows, so that a
hundred thousand take about a second.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from bot.core.cases import shown
from bot.core.counting import Cell, Columns
from bot.core.report import Period
from storage import book, facts, register
from storage.book import NO_FLAGS, NOBODY, Asks, Counted
from storage.db import Columns as Values
from storage.db import Transaction

Tally = dict[str, list[Cell]]


def tallies(tx: Transaction, asks: Asks, columns: Columns, zone: ZoneInfo) -> Tally:
    """What was asked, by its name. Both ends of a period are days of the centre."""
    found: Tally = {name: [] for name in asks}
    differ = {period: [name for name in columns if columns[name] == period] for period in columns.values()}
    periods = {names[0]: period for period, names in differ.items()}
    for counted in (_live(tx, asks, periods, zone), book.counted(tx, asks, periods), _visits(tx, asks, periods)):
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
    """Visits of a register: one look at all of them, one at the trips."""
    of = {name: facts.OF_VISITS[ask.fact] for name, ask in asks.items() if ask.fact in facts.OF_VISITS}
    for source in dict.fromkeys(source for source, _ in of.values()):
        same = {name: asks[name] for name, (look, _) in of.items() if look == source}
        flags = {name: flag for name, (_, flag) in of.items() if name in same and flag}
        yield from _counted(tx, source, same, columns, bounds(columns, None), flags).items()


def _by_fact(asks: Asks) -> dict[str, Asks]:
    of = {ask.fact for ask in asks.values()}
    return {fact: {name: ask for name, ask in asks.items() if ask.fact == fact} for fact in of}


def _counted(
    tx: Transaction,
    source: str,
    asks: Asks,
    columns: Columns,
    edges: Mapping[str, date | datetime],
    flags: Mapping[str, str] = NO_FLAGS,
) -> dict[str, Counted]:
    """Facts that are rows of their own, from one look at them; `flags` says which rows an ask is about, if not all."""
    counts = {name: Counted() for name in asks}
    firsts: dict[str, dict[tuple[Any, ...], int]] = {name: {} for name, ask in asks.items() if ask.once}

    def take(given: Values) -> None:
        for name, ask in asks.items():
            wanted = ("id" if ask.once else "times", *ask.own, *ask.by)
            chosen = book.only(given, (f"m_{ask.basis}", *wanted), flags.get(name, ""))
            if ask.once:
                _first(firsts[name], chosen[0], zip(*chosen[1:], strict=True))
            else:
                counts[name].update(zip(*chosen, strict=True))

    codes = {*flags.values(), *(code for ask in asks.values() for code in ask.by)}
    own = {each for ask in asks.values() for each in ("id" if ask.once else "times", *ask.own)} - {"nobody"}
    names = [*sorted(own | codes), NOBODY]
    tx.in_columns(_statement(source, names, asks, columns), take, **edges)
    for name, seen in firsts.items():
        counts[name].update((mask, 1, *rest) for (_, *rest), mask in seen.items())
    return counts


def _first(seen: dict[tuple[Any, ...], int], masks: Iterable[int], whats: Iterable[tuple[Any, ...]]) -> None:
    """One and the same case may have a fact in several periods: it belongs to all of them, once each."""
    for mask, what in zip(masks, whats, strict=True):
        if mask:
            seen[what] = seen.get(what, 0) | mask


def _statement(source: str, names: list[str], asks: Asks, columns: Columns) -> str:
    return facts.masked(source, names, sorted({ask.basis for ask in asks.values()}), len(columns))


def _cells(counted: Counted, columns: Sequence[Sequence[str]]) -> list[Cell]:
    """`columns`: those that are one and the same period stand together."""
    sums: dict[tuple[Any, ...], list[int]] = {}
    for (mask, times, unit, n, children, *codes), often in counted.items():
        many = sums.setdefault((mask, unit, *codes), [0, 0, 0])
        many[0] += often * n
        many[1] += often * n * times
        many[2] += often * n * (children or 0)
    return [
        Cell(tuple(str(code or "") for code in codes), unit or "family", within, *many)
        for (mask, unit, *codes), many in sums.items()
        if (within := tuple(name for bit, names in enumerate(columns) if mask & 2**bit for name in names))
    ]


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


LACKING: Final[Mapping[str, Lacking]] = {
    "R1.unknown": Lacking("COALESCE(intake, '') = ''"),
    "R2.unknown": Lacking("COALESCE(source, '') = ''"),
    "R3.unknown": Lacking("district = 'unknown'"),
    "R12.unknown": Lacking("COALESCE(closing, '') = ''", basis="over"),
    "trips_without_form": Lacking("main_form IS NULL", "violent_trips"),
}
"""How the cases behind a row of «not said» are found again, so that somebody can say it."""


def behind(tx: Transaction, name: str, period: Period, zone: ZoneInfo, *, most: int = 20) -> list[str]:
    """The numbers of the cases behind that row (LACKING) in the period; a row without a number is «#12»."""
    lacking, numbers = LACKING[name], list[str]()
    for source, also, known, at in (
        (facts.LIVE[lacking.fact], "", number, zone),
        (*_in_register(lacking.fact), _of_register, None),
    ):
        within = facts.BASES[lacking.basis].format(n=0)
        sql = (
            f"SELECT DISTINCT id FROM ({source}) AS facts WHERE ({lacking.where}) AND {within} {also} "
            "ORDER BY id LIMIT :most"
        )
        numbers += [known(tx, int(row["id"])) for row in tx.all(sql, most=most, **bounds({"value": period}, at))]
    return numbers[:most]


def _in_register(fact: str) -> tuple[str, str]:
    """Where its rows are, and which of them."""
    if fact in facts.OF_VISITS:
        source, flag = facts.OF_VISITS[fact]
        return source, f"AND {flag} = 1" if flag else ""
    return facts.BOOK, f"AND {facts.IN_ROW[fact].flag} = 1"


def number(tx: Transaction, case_id: int) -> str:
    row = tx.one("SELECT number FROM cases WHERE id = :id", id=case_id)
    return shown(str(row["number"])).uk if row else ""


def _of_register(tx: Transaction, row_id: int) -> str:
    return register.number(tx, row_id) or f"#{row_id}"
