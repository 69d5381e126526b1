"""Which further numbers must be hidden so that the hidden ones cannot be computed back from sums.

For each number that is to be protected we look for another table of whole numbers which a reader could not tell from
the true one: all sums hold, all that is shown is the same, and this number is another. Whatever differs between the
two is hidden. Such a second table is a proof, so a number is never held to be safe by oversight; where the search
gives up, more is hidden than needed.
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from heapq import heappop, heappush
from typing import Final

Sum = tuple[tuple[int, int], ...]
"""Numbers and their signs; what they add up to is taken to be known to every reader."""
Moves = Mapping[int, int]

PATIENCE: Final = 1000
"""Steps of one search, about 10 ms; then the next, less picky one."""
LONG: Final = 10 * PATIENCE
"""Steps of all long searches of a report together."""
CURIOSITY: Final = 200
"""Steps of a search that need not succeed."""
HASTE: Final = 20
"""What a sum that is out counts beside the prices: the higher, the sooner a way is found, and the dearer."""


@dataclass(frozen=True, slots=True)
class Cell:
    """`low`, `high`: between what a reader who knows the rules knows it to be, if it is hidden.

    `guarded`: a small number. `dear`: to be hidden only where a small number would otherwise be told. `shown`: it was
    published before.
    """

    value: int
    low: int
    high: float
    hidden: bool = False
    guarded: bool = False
    dear: bool = False
    shown: bool = False

    @property
    def price(self) -> int:
        """Grows with the number: the smallest go first."""
        close = 8 if self.low and self.value < self.low + 3 else 0
        return round(8 * math.log2(2 + self.value)) + (40 if self.dear else 0) + close


def chosen(cells: Sequence[Cell], sums: Sequence[Sum]) -> frozenset[int]:
    """All that is hidden in the end: what was, and what protects it."""
    search = _Search(list(cells), sums)
    guarded = [n for n, cell in enumerate(cells) if cell.guarded]
    for n in guarded:
        search.protect(n)
    for n in guarded:
        search.widen(n)
    return frozenset(search.hidden)


@dataclass(slots=True)
class _Search:
    cells: list[Cell]
    sums: Sequence[Sum]
    hidden: set[int] = field(init=False)
    of: list[list[tuple[int, int]]] = field(init=False)
    prices: list[int] = field(init=False)
    left: int = LONG
    known: dict[tuple[int, int], Moves] = field(init=False, default_factory=dict)
    """By number and another value of it: the table in which it has that value, as differences from the true one."""

    def __post_init__(self) -> None:
        self.hidden = {n for n, cell in enumerate(self.cells) if cell.hidden}
        self.prices = [cell.price for cell in self.cells]
        self.of = [[] for _ in self.cells]
        for which, terms in enumerate(self.sums):
            for n, sign in terms:
                self.of[n].append((which, sign))

    def protect(self, n: int) -> None:
        """One more value is possible for who guesses what is small and has the earlier copies; or for each of these."""
        if not any(self._known(n) or self._goes(n, step, {}, within) for within in PICKY for step in (1, -1)):
            found = [any(self._goes(n, step, {}, within) for step in (1, -1)) for within in EITHER]
            if not any(found):
                self._neighbours(n)

    def widen(self, n: int) -> None:
        """As many of the values that a small number may have as can be had without hiding what is dear."""
        for step in (1, -1):
            value = self.cells[n].value
            while self.cells[n].low <= value + step <= self.cells[n].high and self._further(n, value, step):
                value += step

    def _further(self, n: int, value: int, step: int) -> bool:
        if (n, value + step) in self.known:
            return True
        start = self.known.get((n, value), {})
        return any(self._goes(n, step, start, within) for within in CURIOUS)

    def _known(self, n: int) -> bool:
        return any((n, self.cells[n].value + step) in self.known for step in (1, -1))

    def _goes(self, n: int, step: int, start: Moves, within: "_Within") -> bool:
        found = self._way(n, step, start, within)
        if found is None:
            return False
        self._learn(start, found)
        return True

    def _learn(self, start: Moves, found: Moves) -> None:
        self.hidden.update(found)
        other = dict(start)
        for n, step in found.items():
            other[n] = other.get(n, 0) + step
        for n, by in other.items():
            if by and self.cells[n].guarded:
                self.known.setdefault((n, self.cells[n].value + by), other)

    def _neighbours(self, n: int) -> None:
        for which, _ in self.of[n]:
            self.hidden.update(other for other, _ in self.sums[which])

    def _way(self, n: int, step: int, start: Moves, within: "_Within") -> Moves | None:
        """The cheapest set of changes beside this one after which every sum is what it was."""
        if not self._may(n, step, start, within):
            return None
        first = _State({n: step}, {which: sign * step for which, sign in self.of[n]})
        limit = self.left if within.patience == LONG else within.patience
        heap, turn, seen = [(len(first.owed), 0, 0, first)], 0, set[frozenset[tuple[int, int]]]()
        while heap and turn < limit:
            _, _, spent, state = heappop(heap)
            if not state.owed:
                return state.moves
            for cell, by in self._next(state, start, within):
                after = self._moved(state, cell, by)
                if (mark := frozenset(after.moves.items())) not in seen:
                    seen.add(mark)
                    turn += 1
                    costs = spent + 2 + (0 if cell in self.hidden else self.prices[cell])
                    heappush(heap, (costs + HASTE * len(after.owed), turn, costs, after))
        self.left -= turn if within.patience == LONG else 0
        return None

    def _next(self, state: "_State", start: Moves, within: "_Within") -> Iterator[tuple[int, int]]:
        """What could make up for the shortest of the sums that are out."""
        which = min(state.owed, key=lambda each: (len(self.sums[each]), each))
        for cell, sign in self.sums[which]:
            by = -state.owed[which] * sign
            if cell not in state.moves and self._may(cell, by, start, within):
                yield cell, by

    def _may(self, n: int, by: int, start: Moves, within: "_Within") -> bool:
        cell = self.cells[n] if within.bounded else _unbounded(self.cells[n])
        if (cell.shown and within.told) or (n not in self.hidden and (within.free or (cell.dear and not within.dear))):
            return False
        return cell.low <= cell.value + start.get(n, 0) + by <= cell.high

    def _moved(self, state: "_State", n: int, by: int) -> "_State":
        owed = dict(state.owed)
        for which, sign in self.of[n]:
            owed[which] = owed.get(which, 0) + sign * by
            if not owed[which]:
                del owed[which]
        return _State({**state.moves, n: by}, owed)


@dataclass(frozen=True, slots=True)
class _Within:
    """`free`: only what is hidden anyway.

    `bounded`: as somebody sees it who guesses which are the small ones. `told`: and who has the earlier copies.
    """

    free: bool = False
    dear: bool = True
    bounded: bool = True
    told: bool = True
    patience: int = PATIENCE


PICKY: Final = (_Within(free=True, patience=CURIOSITY), _Within(), _Within(patience=LONG))
EITHER: Final = (_Within(bounded=False), _Within(told=False))
CURIOUS: Final = (_Within(free=True, patience=CURIOSITY), _Within(dear=False, patience=CURIOSITY))


@dataclass(frozen=True, slots=True)
class _State:
    """What was changed, and by how much each sum is out now."""

    moves: Mapping[int, int]
    owed: Mapping[int, int]


def _unbounded(cell: Cell) -> Cell:
    return replace(cell, low=min(0, cell.value), high=math.inf)
