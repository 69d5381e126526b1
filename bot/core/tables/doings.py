"""R15, R16, R18, R20: what is no case: families that care as of a day, trainings, the day centre, information work."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from bot.core import activities, identifiers, texts
from bot.core.activities import AS_OF, EVENTS, MATERIALS, MEDIA, Kind
from bot.core.centre import Words, folded, identifier, known_words
from bot.core.counting import Ask, Cell, added
from bot.core.lines import Own, Wording
from bot.core.report import COLUMNS, Check, Counts, Row, Table
from bot.core.tables import checks
from bot.core.tables.found import Activity, Found, Taught
from bot.core.tables.listed import NOT_SAID, Counting, Listed, Rows, title

Counted = Mapping[str, Counts]
Measure = Callable[[Sequence[Activity]], Counts]


def _by_column(doings: Sequence[Activity], measure: Measure) -> dict[str, Counts]:
    return {column: measure([each for each in doings if column in each.within]) for column in COLUMNS}


def _of(found: Found, table: str) -> list[Activity]:
    return [each for each in found.activities if activities.of(each.kind).table == table]


def _adding(rows: Iterable[Row], units: Sequence[str]) -> dict[str, Counts]:
    every = list(rows)
    return {
        column: {unit: sum(row.counts.get(column, {}).get(unit) or 0 for row in every) for unit in units}
        for column in COLUMNS
    }


# R15: as of the last day of each column


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
        noted = _of(found, self.id)
        kinds = dict.fromkeys([*AS_OF, *(_figure(each) for each in noted)])
        rows = tuple(Row(kind, _called(kind, noted), _as_of(found, noted, kind)) for kind in kinds)
        total = _adding([row for row in rows if row.key in OF_FAMILIES], CARED)
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


# R16


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
        noted = [each for each in _of(found, self.id) if each.within]
        kinds = dict.fromkeys(activities.canonical(each.kind) for each in noted)
        rows += [Row(kind, activities.of(kind).words, _noted(noted, kind)) for kind in kinds]
        late = {column: {"learner": many} for column, many in found.overdue.items()}
        total = _adding(rows, LEARNING[:-1])
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
    return _by_column(
        own,
        lambda some: {
            "session": sum(each.count for each in some),
            "came": sum(each.persons or 0 for each in some),
        },
    )


# R17


HEARD: Final = Listed(
    "R17",
    Words("Телефон довіри та бот", "The helpline and the bot"),
    Rows(lambda centre: centre.helpline_topics, identifiers.TOPICS),
    (Counting(Ask("calls", ("code",)), ("call",)),),
    (Counting(Ask("calls"), ("call",)),),
)


@dataclass(frozen=True, slots=True)
class Calls:
    """Calls that staff and residents made one by one, and those that stand among the activities, topic in the title."""

    id: str = HEARD.id
    title: Words = HEARD.title
    basis: str = HEARD.basis
    asks: dict[str, Ask] = field(default_factory=lambda: HEARD.asks)

    def made(self, found: Found) -> Table:
        noted = [
            Cell((_topic(found, each.title),), "call", each.within, each.count, each.count, 0)
            for each in _of(found, self.id)
        ]
        return HEARD.made(
            replace(found, cells={**found.cells, **{ask: [*found.cells[ask], *noted] for ask in self.asks}})
        )


def _topic(found: Found, words: str) -> str:
    known = known_words(found.centre.helpline_topics, identifiers.TOPICS)
    return known.get(words) or known.get(folded(words), folded(words))


# R18


STAYS: Final = ("place", "room", "day", "stay", "person")


@dataclass(frozen=True, slots=True)
class DayCentre:
    """Places, rooms, days allowed stand in the profile; stays are noted, each with its days and persons."""

    id: str = "R18"
    title: Words = Words("Денний центр", "The day centre")
    basis: str = "in_period"
    asks: dict[str, Ask] = field(default_factory=dict)

    def made(self, found: Found) -> Table:
        stays = [replace(each, title=_route(each.title)) for each in _of(found, self.id)]
        routes = {*identifiers.ENTRY_ROUTES, *(each.title for each in stays if each.title)}
        order = [*identifiers.ENTRY_ROUTES, *sorted(routes - {*identifiers.ENTRY_ROUTES})]
        rows = [Row(key, identifiers.ENTRY_ROUTES.get(key, Own(key)), _stays(stays, key)) for key in order]
        if any(not each.title for each in stays):
            rows.append(Row("unknown", NOT_SAID, _stays(stays, "")))
        total = _adding(rows, ("stay", "person", "day"))
        every = (*_has(found), *rows)
        return Table(self.id, self.title, STAYS, self.basis, every, total, _within_capacity(found, stays), parts=False)


def _route(words: str) -> str:
    return known_words((), identifiers.ENTRY_ROUTES).get(folded(words), words)


def _has(found: Found) -> Iterable[Row]:
    house = found.centre.day_centre
    if house is None:
        return
    for key, words, unit, many in (
        ("places", Words("Місць одночасно", "Places at a time"), "place", house.places),
        ("rooms", Words("Кімнат цілодобового перебування", "Rooms day and night"), "room", house.rooms),
        ("max_stay_days", Words("Строк перебування, діб", "Days that a stay may last"), "day", house.days),
    ):
        yield Row(key, words, {column: {unit: many} for column in COLUMNS})


def _stays(stays: Sequence[Activity], route: str) -> dict[str, Counts]:
    own = [each for each in stays if each.title == route]
    return _by_column(
        own,
        lambda some: {
            "stay": sum(each.count for each in some),
            "person": sum(each.persons or 0 for each in some),
            "day": sum(each.items or 0 for each in some),
        },
    )


def _within_capacity(found: Found, stays: Sequence[Activity]) -> Check:
    """Nobody is there beyond the places; a stay of one row has one day of arrival, totals of a year do not."""
    house, single = found.centre.day_centre, [each for each in stays if each.count == 1 and each.items]
    if house is None:
        return Check(ok=True, note=texts.ADDS_UP)
    for each in sorted(single, key=lambda stay: stay.day):
        there = sum(
            other.persons or 0
            for other in single
            if other.day <= each.day and (each.day - other.day).days < (other.items or 0)
        )
        if there > house.places:
            note = texts.OVER_CAPACITY(persons=there, day=each.day, places=house.places)
            return Check(ok=False, note=note)
    return Check(ok=True, note=texts.ADDS_UP)


# R20


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
        own = _of(found, self.id)
        kinds = dict.fromkeys([*MATERIALS, *MEDIA, *EVENTS, *sorted({activities.canonical(each.kind) for each in own})])
        rows = tuple(
            self._row(kind, [each for each in own if activities.canonical(each.kind) == kind]) for kind in kinds
        )
        table = Table(self.id, self.title, INFORMED, self.basis, rows, _adding(rows, INFORMED), checks.NONE)
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

    return _by_column(own, measure)
