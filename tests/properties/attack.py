"""A reader of the published copy who has a solver, knows the rules, and has read all earlier reports.

It knows nothing of how the copy was made: only tables, sums, columns and links, and what is shown. It is told by how
much a sum is out, too.
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

from bot.core.masking import LINKS, public
from bot.core.report import Counts, Report, Row

Place = tuple[str, tuple[str, ...], str, str]
Terms = dict[Place, int]
Columns = Sequence[tuple[str, tuple[str, ...]]]

SENSITIVE: Final[Mapping[str, tuple[str, ...]]] = {
    "R3": ("brigade",),
    "R4": ("dv_survivors",),
    "R5": ("violence",),
    "R6": (),
    "R7": (),
    "R8": ("notify_police", "notify_child_services"),
    "R19": (),
}
PLENTY: Final = 10**6
SAME_DAYS: Final[Mapping[str, Columns]] = {
    "first quarter": [("year_to_date", ("value",))],
    "second quarter": [("year_to_date", ("value", "previous"))],
    "third quarter": [("year_to_date", ("value", "previous", "earlier"))],
    "year": [("year_to_date", ("value",)), ("previous", ("year_ago",))],
}


def cells(report: Report) -> dict[Place, int | None]:
    return {
        (table.id, path, column, unit): many
        for table in report.tables
        for path, of in [((), table.total), *((path, row.counts) for path, row in rows(table.rows))]
        for column, counts in of.items()
        for unit, many in counts.items()
    }


def rows(inner: Sequence[Row], above: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Row]]:
    for row in inner:
        yield (*above, row.key), row
        yield from rows(row.rows, (*above, row.key))


def of_violence(place: Place) -> bool:
    keys = SENSITIVE.get(place[0])
    return keys is not None and (not keys or not set(keys).isdisjoint(place[1]))


def small(place: Place, many: int | None) -> bool:
    return of_violence(place) and many is not None and 0 < many < 5 and place[3] != "minute"


def sums(report: Report, numbers: Mapping[Place, int], columns: Columns) -> Iterator[tuple[Terms, float, float]]:
    """Each with how much less and more it may be than it is: nothing, but where one case stands in several rows."""
    overlapping = {table.id for table in report.tables if not table.parts}
    for at in numbers:
        table, path, column, unit = at
        inner = [
            each for each in numbers if each[0] == table and each[2:] == at[2:] and each[1] and each[1][:-1] == path
        ]
        if inner:
            more = sum(numbers[each] for each in inner) - numbers[at]
            loose = (math.inf, more if more >= 0 else math.inf) if table in overlapping and not path else (0, 0)
            yield {at: 1} | dict.fromkeys(inner, -1), *loose
        for whole, parts in columns:
            if column == whole:
                terms = {at: 1} | {(table, path, part, unit): -1 for part in parts}
                rest = {each: sign for each, sign in terms.items() if each in numbers}
                yield (
                    rest,
                    0 if rest == terms else sum(sign * numbers[each] for each, sign in rest.items()),
                    (0 if rest == terms else math.inf),
                )
    for link in LINKS:
        for column, unit in {at[2:] for at in numbers}:
            terms = {(at.table, at.keys, column, unit): 1 for at in link.one}
            terms |= {(at.table, at.keys, column, unit): -1 for at in link.other}
            out = sum(sign * numbers.get(at, 0) for at, sign in terms.items())
            less, more = (abs(out) - 1, 4 - abs(out)) if 0 < abs(out) < 5 else (0, 0)
            yield terms, *((less, more) if out > 0 else (more, less))


@dataclass
class Attack:
    """`seen`: values that each hidden number may have, as far as they were tried."""

    truth: Mapping[Place, int]
    hidden: list[Place]
    matrix: csr_array
    right: np.ndarray[tuple[int, int], np.dtype[np.float64]]
    bounds: Bounds
    seen: dict[Place, set[int]]

    def disclosed(self) -> list[Place]:
        """Small numbers that can be computed."""
        return [at for at in self.hidden if small(at, self.truth[at]) and len(self.values(at)) < 2]

    def values(self, at: Place) -> set[int]:
        for sign in (1, -1):
            if len(self.seen[at]) < 2:
                self._solve(at, sign)
        return self.seen[at]

    def range(self, at: Place) -> tuple[int, int]:
        self._solve(at, 1)
        self._solve(at, -1)
        return min(self.seen[at]), max(self.seen[at])

    def _solve(self, at: Place, sign: int) -> None:
        aim = np.zeros(len(self.hidden))
        aim[self.hidden.index(at)] = sign
        found = milp(
            aim, integrality=np.ones(len(self.hidden), dtype=int), bounds=self.bounds,
            constraints=LinearConstraint(self.matrix, self.right[:, 0], self.right[:, 1]),
        )  # fmt: skip
        assert found.success, found.message
        for place, value in zip(self.hidden, found.x, strict=True):
            self.seen[place].add(round(value))


def attack(
    report: Report,
    hidden: set[Place],
    columns: Columns,
    earlier: Report | None = None,
    last: Report | None = None,
    *,
    guesses: bool = True,
) -> Attack:
    """`earlier`: the report of the quarters that are missing in the year to date; its copy was published, too.

    `last`: the report of the period before, so was its.
    `guesses`: it knows of each hidden number, which nobody tells it, whether it is one of the small ones.
    """
    truth = {at: many for at, many in cells(report).items() if many is not None}
    if earlier:
        truth |= {before(at): many for at, many in cells(earlier).items() if many is not None and at[2] == "value"}
        hidden = hidden | {before(at) for at in hidden_in(public(earlier)) if at[2] == "value"}
    if last:
        told = {at for at in hidden_in(public(last)) if at[2] == "value"}
        hidden = {at for at in hidden if at[2] != "previous" or (*at[:2], "value", at[3]) in told}
    order = sorted(hidden)
    index = {at: n for n, at in enumerate(order)}
    left: list[tuple[int, int, int]] = []
    right: list[tuple[float, float]] = []
    for terms, less, more in sums(report, truth, columns):
        unknown = {at: sign for at, sign in terms.items() if at in index}
        if unknown and all(at in truth for at in terms):
            left += [(len(right), index[at], sign) for at, sign in unknown.items()]
            known_to_be = sum(sign * truth[at] for at, sign in unknown.items())
            right.append((known_to_be - less, known_to_be + more))
    which, cell, sign = np.array(left or [(0, 0, 0)]).T
    matrix = csr_array((sign, (which, cell)), shape=(max(len(right), 1), max(len(order), 1)))
    bounds = Bounds(*np.array([known(at, truth) if guesses else (0, PLENTY) for at in order] or [(0, 0)]).T)
    return Attack(
        truth, order, matrix, np.array(right or [(0, 0)], dtype=float), bounds, {at: {truth[at]} for at in order}
    )


def before(at: Place) -> Place:
    return (at[0], at[1], "earlier", at[3])


def known(at: Place, truth: Mapping[Place, int]) -> tuple[float, float]:
    """What the rule tells of a number that is hidden, to somebody who has guessed right why it is."""
    if at[3] == "minute" or not of_violence(at):
        return 0, np.inf
    above = (at[0], at[1][:-1], *at[2:])
    if (truth[at] < 5 and at[1] and small(above, truth.get(above))) or (truth[at] == 0 and small_above(at, truth)):
        return 0, 4
    return (1, 4) if small(at, truth[at]) else (min(truth[at], 5), np.inf)


def small_above(at: Place, truth: Mapping[Place, int]) -> bool:
    return any(small(up := (at[0], at[1][:n], *at[2:]), truth.get(up)) for n in range(len(at[1])))


def hidden_in(copy: Report) -> set[Place]:
    return {at for at, many in cells(copy).items() if many is None}


def only_small(report: Report) -> set[Place]:
    """A copy as it would be without the numbers that protect the small ones."""
    return {at for at, many in cells(report).items() if small(at, many)}


def counts_of(copy: Report) -> list[Counts]:
    return [counts for table in copy.tables for _, row in rows(table.rows) for counts in row.counts.values()]
