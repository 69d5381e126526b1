"""R15: families that care for children, as of the last day of each column; and other figures as of a day."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from bot.core import activities, texts
from bot.core.activities import AS_OF
from bot.core.centre import Words, folded, identifier
from bot.core.counting import Ask, added
from bot.core.lines import Own, Wording
from bot.core.report import COLUMNS, Check, Counts, Row, Table
from bot.core.tables import sums
from bot.core.tables.found import Activity, Found

CARED: Final = ("family", "child")
OF_FAMILIES: Final = frozenset(AS_OF) - {"mentors"}
"""What the total is made of: a figure that somebody noted beside them may be about anything."""


@dataclass(frozen=True, slots=True)
class Care:
    """What was noted last is what there is; where nothing was, the cases of that category that are open."""

    id: str = "R15"
    title: Words = Words("Сімейні форми виховання", "Family forms of care")
    basis: str = "as_of"
    asks: dict[str, Ask] = field(default_factory=lambda: {"R15": Ask("cases", ("category",), "at_end", children=True)})

    def made(self, found: Found) -> Table:
        noted = sums.of(found, self.id)
        kinds = dict.fromkeys([*AS_OF, *(_figure(each) for each in noted)])
        rows = tuple(Row(kind, _called(kind, noted), _as_of(found, noted, kind)) for kind in kinds)
        total = sums.adding([row for row in rows if row.key in OF_FAMILIES], CARED)
        check = Check(ok=True, note=texts.ADDS_UP)
        return Table(self.id, self.title, (*CARED, "figure"), self.basis, rows, total, check, parts=False)


def _figure(activity: Activity) -> str:
    """`figure` has its key in the title."""
    kind = activities.canonical(activity.kind)
    return activities.canonical(folded(activity.title).replace(" ", "_")) if kind == "figure" else kind


def _called(kind: str, noted: Sequence[Activity]) -> Wording:
    if kind in AS_OF:
        return AS_OF[kind].words
    return next((Own(each.title or kind) for each in noted if _figure(each) == kind), Own(kind))


def _as_of(found: Found, noted: Sequence[Activity], kind: str) -> dict[str, Counts]:
    own = [each for each in noted if _figure(each) == kind]
    cases = [cell for cell in found.cells["R15"] if identifier(found.centre.categories, cell.codes[0]) == kind]
    of_cases = added(cases, ("case", "child"), COLUMNS)
    counts: dict[str, Counts] = {}
    for column, period in found.columns.items():
        until = [each for each in own if each.day <= period.last]
        last = max((each.day for each in until), default=None)
        known = [each for each in until if each.day == last]
        open_ = {"family": of_cases[column]["case"], "child": of_cases[column]["child"]}
        there = open_ if kind in AS_OF or any(open_.values()) else {}
        counts[column] = _noted_of(kind, known) if known else there
    return counts


def _noted_of(kind: str, known: Sequence[Activity]) -> Counts:
    """A figure of things has `items`, and no families."""
    children = sum(each.persons or 0 for each in known)
    if kind not in AS_OF and any(each.items is not None for each in known):
        return {"figure": sum(each.items or 0 for each in known)} | ({"child": children} if children else {})
    return {"family": sum(each.count for each in known), "child": children}
