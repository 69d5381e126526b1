"""What was found for a report: the answers to everything that its tables ask."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from bot.core.centre import Centre
from bot.core.counting import Cell, Columns
from bot.core.plan import Item


@dataclass(frozen=True, slots=True)
class Clocked:
    """Deadlines of a kind that were due: `state` is in_time, late, open_late or running."""

    key: str
    state: str
    within: tuple[str, ...]
    n: int


@dataclass(frozen=True, slots=True)
class Answered:
    """How many minutes from a report to the brigade's first trip, `n` times."""

    minutes: int
    within: tuple[str, ...]
    n: int


@dataclass(frozen=True, slots=True)
class Activity:
    """What is no case; `within` the columns to which its day belongs."""

    kind: str
    title: str
    day: date
    district: str
    audience: str
    persons: int | None
    items: int | None
    count: int
    within: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Taught:
    """A training that was held: of which audience, for how many hours; `group` where it is one of a group's.

    `programme`: the title of its programme, empty where it is of none.
    """

    audience: str
    hours: int
    invited: int
    came: int
    within: tuple[str, ...]
    group: int = 0
    programme: str = ""


def nobody(_: str) -> Sequence[str]:
    return ()


@dataclass(frozen=True, slots=True)
class Found:
    """`cells` by the names of the asks; `details` of sources; `numbers`, when asked, of cases by what they lack.

    `overdue` carers by column; `plans` the year's plan by the column whose last day lies in that year.
    """

    centre: Centre
    columns: Columns
    cells: Mapping[str, list[Cell]]
    details: Mapping[str, str] = field(default_factory=dict)
    clocked: Sequence[Clocked] = ()
    answered: Sequence[Answered] = ()
    activities: Sequence[Activity] = ()
    taught: Sequence[Taught] = ()
    overdue: Mapping[str, int] = field(default_factory=dict)
    plans: Mapping[str, Sequence[Item]] = field(default_factory=dict)
    numbers: Callable[[str], Sequence[str]] = nobody
