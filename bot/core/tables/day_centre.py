"""R18: the day centre: what it has, who stayed and how they came."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from bot.core import identifiers, texts
from bot.core.centre import Words, folded, known_words
from bot.core.counting import Ask
from bot.core.lines import Own
from bot.core.report import COLUMNS, Check, Counts, Row, Table
from bot.core.tables import sums
from bot.core.tables.found import Activity, Found
from bot.core.tables.listed import NOT_SAID

STAYS: Final = ("place", "room", "day", "stay", "person")


@dataclass(frozen=True, slots=True)
class DayCentre:
    """Places, rooms, days allowed stand in the profile; stays are noted, each with its days and persons."""

    id: str = "R18"
    title: Words = Words("Денний центр", "The day centre")
    basis: str = "in_period"
    asks: dict[str, Ask] = field(default_factory=dict)

    def made(self, found: Found) -> Table:
        stays = [replace(each, title=_route(each.title)) for each in sums.of(found, self.id)]
        routes = {*identifiers.ENTRY_ROUTES, *(each.title for each in stays if each.title)}
        order = [*identifiers.ENTRY_ROUTES, *sorted(routes - {*identifiers.ENTRY_ROUTES})]
        rows = [Row(key, identifiers.ENTRY_ROUTES.get(key, Own(key)), _stays(stays, key)) for key in order]
        if any(not each.title for each in stays):
            rows.append(Row("unknown", NOT_SAID, _stays(stays, "")))
        total = sums.adding(rows, ("stay", "person", "day"))
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
    return sums.by_column(
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
