"""A register's rows, counted: whatever is asked about them is answered by one look, in columns rather than rows.

A hundred thousand rows are read once and counted some thirty times; a day or a list that comes again is read once.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial
from itertools import compress
from operator import and_
from typing import Any

from bot.core.counting import Ask, Columns
from bot.core.report import Period
from storage import facts
from storage.db import Columns as Values
from storage.db import Transaction

NOBODY = "0 AS nobody"
"""In the place of the children where they are not counted: fewer rows differ then."""
Asks = Mapping[str, Ask]
Counted = Counter[tuple[Any, ...]]
"""How often a row of mask, times, unit, n, children and codes was there."""
NO_FLAGS: Mapping[str, str] = {}


@dataclass(frozen=True, slots=True)
class Look:
    """What is counted: of which rows, which columns. Asks that want the same share it."""

    flag: str
    names: tuple[str, ...]


class Mask:
    """To which periods rows belong, as bits, by their days."""

    def __init__(self, basis: str, columns: Columns) -> None:
        self._periods = [(period.first.isoformat(), period.last.isoformat()) for period in columns.values()]
        came, went = facts.BY_DAYS[basis]
        self._came, self._went = cache(partial(self._bits, came)), cache(partial(self._bits, went))
        self._latest = basis == "ended"
        self._came_alone = went is facts.always

    def of(self, given: Values) -> tuple[int, ...]:
        came, went = given["came"], given["went"]
        if self._latest:
            came = tuple(last or first for first, last in zip(came, went, strict=True))
        if self._came_alone:
            return tuple(map(self._came, came))
        return tuple(map(and_, map(self._came, came), map(self._went, went)))

    def _bits(self, stands: facts.Days, day: str | None) -> int:
        return sum(2**bit for bit, period in enumerate(self._periods) if stands(day, *period))


def counted(tx: Transaction, asks: Asks, columns: Columns) -> Iterable[tuple[str, Counted]]:
    """By the name of the ask. A row has a fact once, so `once` changes nothing."""
    own = {name: ask for name, ask in asks.items() if ask.fact in facts.IN_ROW}
    looks = {name: _look(ask) for name, ask in own.items()}
    masks = {basis: Mask(basis, columns) for basis in {ask.basis for ask in own.values()}}
    counts = _looked(tx, list(columns.values()), set(looks.values()), masks)
    said = {fact: cache(told.read) for fact, told in facts.IN_ROW.items()}
    found: dict[tuple[Look, bool], Counted] = {}
    for name, ask in own.items():
        same = (looks[name], "code" in ask.by)
        if same not in found:
            rows = counts[looks[name]]
            found[same] = _by_words(rows, ask, said[ask.fact]) if facts.IN_ROW[ask.fact].words else _plain(rows)
        yield name, found[same]


def _look(ask: Ask) -> Look:
    told = facts.IN_ROW[ask.fact]
    words = (told.words,) if told.words else ()
    return Look(told.flag, (f"m_{ask.basis}", *ask.own, *words, *(code for code in ask.by if code != "code")))


def _looked(
    tx: Transaction, periods: Sequence[Period], looks: Iterable[Look], masks: Mapping[str, Mask]
) -> dict[Look, Counted]:
    counts = {look: Counted() for look in looks}
    flags = {look.flag: [each for each in counts if each.flag == look.flag] for look in counts}
    wanted = {flag: {name for look in same for name in look.names} for flag, same in flags.items()}
    bases = {flag: [basis for basis in masks if f"m_{basis}" in names] for flag, names in wanted.items()}
    needed = {
        flag: sorted({"came", "went", *(name for name in names if not name.startswith("m_"))})
        for flag, names in wanted.items()
    }

    def take(given: Values) -> None:
        for flag, same in flags.items():
            chosen = dict(zip(needed[flag], only(given, needed[flag], flag), strict=True))
            chosen |= {f"m_{basis}": masks[basis].of(chosen) for basis in bases[flag]}
            for look in same:
                counts[look].update(zip(*(chosen[name] for name in look.names), strict=True))

    names = {name for every in needed.values() for name in every} | set(flags)
    if counts:
        listed = ", ".join([*sorted(names - {"nobody"}), NOBODY])
        edges = {"first": min(each.first for each in periods), "last": max(each.last for each in periods)}
        tx.in_columns(f"SELECT {listed} FROM ({facts.BOOK} {facts.NEAR}) AS facts", take, **edges)
    return counts


def only(given: Values, names: Sequence[str], flag: str) -> list[tuple[Any, ...]]:
    """Those columns, of the rows that have the flag."""
    if not flag:
        return [given[name] for name in names]
    return [tuple(compress(given[name], given[flag])) for name in names]


def _plain(rows: Counted) -> Counted:
    return Counted({(mask, 1, *rest): often for (mask, *rest), often in rows.items()})


def _by_words(rows: Counted, ask: Ask, said: Callable[[str | None], facts.Found]) -> Counted:
    """With the codes that lists hold, where they are asked for, and with how many there are, where they are not."""
    found = Counted()
    coded = "code" in ask.by
    all_of_it = cache(lambda words: [("", sum(times for _, times in said(words)))])
    read = said if coded else all_of_it
    for (mask, unit, n, children, words, *rest), often in rows.items():
        for code, times in read(words) if mask else ():
            key = (mask, times, unit, n, children, code, *rest) if coded else (mask, times, unit, n, children, *rest)
            found[key] = found.get(key, 0) + often
    return found
