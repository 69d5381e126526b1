"""R16: trainings by audience and programme, those that a table brought and those that were only noted."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from bot.core import activities, identifiers, texts
from bot.core.centre import Words, folded, identifier
from bot.core.counting import Ask
from bot.core.lines import Own
from bot.core.report import COLUMNS, Check, Counts, Row, Table
from bot.core.tables import sums
from bot.core.tables.found import Activity, Found, Taught
from bot.core.tables.listed import NOT_SAID, title

LEARNING: Final = ("group", "session", "hour", "invited", "came", "learner")


@dataclass(frozen=True, slots=True)
class Learning:
    id: str = "R16"
    title: Words = Words("Навчання", "Trainings")
    basis: str = "in_period"
    asks: dict[str, Ask] = field(default_factory=dict)

    def made(self, found: Found) -> Table:
        lines = found.centre.audiences
        keys = dict.fromkeys([*(line.key for line in lines), *(each.audience for each in found.taught)])
        rows = [
            Row(
                identifier(lines, key),
                title(identifier(lines, key), lines, identifiers.AUDIENCES),
                _taught(own := [each for each in found.taught if each.audience == key]),
                tuple(_by_programme(own)),
            )
            for key in keys
        ]
        noted = [each for each in sums.of(found, self.id) if each.within]
        kinds = dict.fromkeys(activities.canonical(each.kind) for each in noted)
        rows += [Row(kind, activities.of(kind).words, _noted(noted, kind)) for kind in kinds]
        late = {column: {"learner": many} for column, many in found.overdue.items()}
        total = sums.adding(rows, LEARNING[:-1])
        rows.append(Row("overdue", Words("Не навчалися понад строк", "Overdue for training"), late))
        check = Check(ok=True, note=texts.ADDS_UP)
        return Table(self.id, self.title, LEARNING, self.basis, tuple(rows), total, check, parts=False)


def _by_programme(taught: Sequence[Taught]) -> Iterable[Row]:
    """One audience may have several programmes; what is of none is a row only beside one that is."""
    titles = {
        folded(each): each for each in sorted({each.programme for each in taught if each.programme}, reverse=True)
    }
    for key in sorted(titles, key=titles.__getitem__):
        yield Row(key, Own(titles[key]), _taught([each for each in taught if folded(each.programme) == key]))
    rest = [each for each in taught if not each.programme]
    if titles and rest:
        yield Row("unknown", NOT_SAID, _taught(rest))


def _taught(taught: Sequence[Taught]) -> dict[str, Counts]:
    counts: dict[str, Counts] = {}
    for column in COLUMNS:
        own = [each for each in taught if column in each.within]
        counts[column] = {
            "group": len({each.group for each in own if each.group}),
            "session": len(own),
            "hour": sum(each.hours for each in own),
            "invited": sum(each.invited for each in own),
            "came": sum(each.came for each in own),
        }
    return counts


def _noted(noted: Sequence[Activity], kind: str) -> dict[str, Counts]:
    own = [each for each in noted if activities.canonical(each.kind) == kind]
    return sums.by_column(
        own,
        lambda some: {
            "session": sum(each.count for each in some),
            "came": sum(each.persons or 0 for each in some),
        },
    )
