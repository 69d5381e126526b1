"""R20: information work: materials, media, events, and whatever else was noted."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from bot.core import activities
from bot.core.activities import EVENTS, MATERIALS, MEDIA, Kind
from bot.core.centre import Words, folded
from bot.core.counting import Ask
from bot.core.lines import Own, Wording
from bot.core.report import Counts, Row, Table
from bot.core.tables import checks, sums
from bot.core.tables.found import Activity, Found
from bot.core.tables.listed import NOT_SAID

INFORMED: Final = ("material", "event", "person")
_OF_MATERIAL: Final[Mapping[str, Kind]] = {**MATERIALS, **MEDIA}


@dataclass(frozen=True, slots=True)
class Information:
    """A kind that nobody foresaw has a row of its own."""

    id: str = "R20"
    title: Words = Words("Інформаційна робота", "Information work")
    basis: str = "in_period"
    asks: dict[str, Ask] = field(default_factory=dict)

    def made(self, found: Found) -> Table:
        own = sums.of(found, self.id)
        kinds = dict.fromkeys([*MATERIALS, *MEDIA, *EVENTS, *sorted({activities.canonical(each.kind) for each in own})])
        rows = tuple(
            self._row(kind, [each for each in own if activities.canonical(each.kind) == kind]) for kind in kinds
        )
        table = Table(self.id, self.title, INFORMED, self.basis, rows, sums.adding(rows, INFORMED), checks.NONE)
        return checks.checked(table, checks.closes(table))

    def _row(self, kind: str, own: list[Activity]) -> Row:
        known = activities.KINDS.get(kind)
        name: Wording = known.words if known else Own(kind)
        titles = {folded(each.title): each.title for each in sorted(own, key=_titled, reverse=True) if each.title}
        inside = [
            Row(key, Own(titles[key]), _informed(kind, [each for each in own if folded(each.title) == key]))
            for key in sorted(titles, key=titles.__getitem__)
        ]
        rest = [each for each in own if not each.title]
        if inside and rest:
            inside.append(Row("unknown", NOT_SAID, _informed(kind, rest)))
        return Row(kind, name, _informed(kind, own), tuple(inside))


def _titled(activity: Activity) -> str:
    return activity.title


def _informed(kind: str, own: Sequence[Activity]) -> dict[str, Counts]:
    """Materials by `items`, or by `count` where a table has no items; events by `count`, with their persons."""

    def measure(each: Sequence[Activity]) -> Counts:
        persons = sum(one.persons or 0 for one in each)
        if kind in _OF_MATERIAL:
            return {
                "material": sum(one.count if one.items is None else one.items for one in each),
                "event": 0,
                "person": persons,
            }
        items = sum(one.items or 0 for one in each)
        return {"material": items, "event": sum(one.count for one in each), "person": persons}

    return sums.by_column(own, measure)
