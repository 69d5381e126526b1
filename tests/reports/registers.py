"""Registers in the contract's shape, made of published figures: every figure has its facts, and no case counts twice.

What a report has published says how many of each, not which case is which; here the first that still fits is taken.
"""

import csv
import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

from bot.core import activity_table, register, training_table
from bot.core.published_places import ALIASES

SEEDS = Path(__file__).parent / "seeds"
Figures = Mapping[str, Any]
CLOSED = "2021-11-30"


@dataclass(slots=True, eq=False)
class Case:
    """A case before it is written beside its equals; `said` are cells that are set once."""

    said: dict[str, str]
    services: list[str] = field(default_factory=list)
    visits: list[str] = field(default_factory=list)

    @property
    def cells(self) -> tuple[tuple[str, str], ...]:
        lists = {"services": ";".join(self.services), "visits": ";".join(self.visits)}
        return tuple({**self.said, **{name: words for name, words in lists.items() if words}}.items())


@dataclass(slots=True)
class Book:
    """Cases of one centre, and what is no case."""

    cases: list[Case] = field(default_factory=list)
    calls: dict[str, int] = field(default_factory=dict)
    activities: list[dict[str, str]] = field(default_factory=list)
    trainings: list[dict[str, str]] = field(default_factory=list)

    def opened(self, many: int, **said: str) -> list[Case]:
        fresh = [Case(dict(said)) for _ in range(many)]
        self.cases += fresh
        return fresh

    def written(self, place: Path) -> None:
        alike = Counter(case.cells for case in self.cases)
        rows = [{**dict(cells), "count": str(many)} for cells, many in alike.items()]
        calls = [{"registered_on": "2021-06-30", "helpline_topic": topic, "count": str(many)}
                 for topic, many in self.calls.items()]  # fmt: skip
        _write(place / "cases.csv", register.NAMES, [*rows, *calls])
        _write(place / "activities.csv", activity_table.NAMES, self.activities)
        _write(place / "trainings.csv", training_table.NAMES, self.trainings)


def _write(file: Path, names: Sequence[str], rows: Iterable[Mapping[str, str]]) -> None:
    with file.open("w", encoding="utf-8", newline="") as target:
        table = csv.DictWriter(target, names, restval="")
        table.writeheader()
        table.writerows(rows)


def seed(name: str) -> Figures:
    return dict(json.loads((SEEDS / f"{name}.json").read_text(encoding="utf-8")))


def rows(figures: Figures, table: str) -> dict[str, dict[str, Any]]:
    return {row["key"]: row for row in figures["tables"][table]["rows"]}


def of(figures: Figures, table: str, column: str = "value") -> dict[str, int]:
    return {key: row[column] for key, row in rows(figures, table).items() if row.get(column) is not None}


def first(cases: Iterable[Case], many: int, *free: str) -> list[Case]:
    """So many in which nothing is said yet of these columns."""
    found = list(islice((case for case in cases if not any(name in case.said for name in free)), many))
    assert len(found) == many, (many, len(found), free)
    return found


def said(cases: Iterable[Case], **cells: str) -> None:
    for case in cases:
        assert not cells.keys() & case.said.keys(), (cells, case)
        case.said |= cells


def raised(cases: Sequence[Case], children: int) -> None:
    """So many children among them, as evenly as can be."""
    each, more = divmod(children, len(cases))
    for place, case in enumerate(cases):
        assert "children" not in case.said
        case.said["children"] = str(each + (place < more))


def given(cases: Iterable[Case], service: str) -> None:
    for case in cases:
        assert service not in case.services
        case.services.append(service)


def visited(cases: Iterable[Case], kind: str, day: str = "2021-06-20") -> None:
    for case in cases:
        case.visits.append(f"{kind}@{day}")


def code(key: str) -> str:
    return ALIASES.get(key, key)


# Дніпро, 2021


class Dnipro:
    """Everything hangs on the 5037 families of whom something was notified."""

    def __init__(self) -> None:
        self.told, self.book = seed("dnipro"), Book()
        by_district = of(self.told, "notifications_by_district")
        brigade = by_district.pop("mobile_brigade")
        left = self.told["tables"]["notifications_by_district"]["published_total"] - sum(by_district.values()) - brigade
        came = {"registered_on": "2021-06-15", "intake": "subject_notification", "unit": "family"}
        self.in_district = {key: self.book.opened(many, **came, district=key) for key, many in by_district.items()}
        self.brigade = self.book.opened(brigade, **came, team="brigade")
        self.nowhere = self.book.opened(left, **came)
        for number, case in enumerate(self.nowhere, 1):
            case.said["number"] = f"Д-{number}/2021"

    @property
    def everywhere(self) -> list[Case]:
        return [case for cases in self.in_district.values() for case in cases]

    def made(self) -> Book:
        self._women()
        supported = self._supported()
        self._of_brigade(supported)
        self._outcomes(supported)
        self._checks()
        self._services(supported)
        self._no_cases()
        return self.book

    def _women(self) -> None:
        """Who meant to give up a newborn: women, not families."""
        for district, many in of(self.told, "newborn_refusal_by_district").items():
            for case in first(self.in_district[district], many, "category"):
                case.said |= {"unit": "person", "category": "newborn_refusal"}

    def _supported(self) -> list[Case]:
        """Those under support at the end, by district, and those of whom it has ended."""
        at_end = of(self.told, "active_support_by_district")
        with_brigade = first(self.brigade, at_end.pop("mobile_brigade"))
        taken = rows(self.told, "brigade_results")["families_taken_into_support"]
        raised(with_brigade[: taken["value"]], taken["children"])
        for case in with_brigade[taken["value"] :]:
            case.said |= {"unit": "person", "children": "0"}
        here = [case for key, many in at_end.items() for case in first(self.in_district[key], many, "category")]
        ended = of(self.told, "services")["support_difficult_circumstances"] - len(here) - len(with_brigade)
        over = first((case for case in self.everywhere if case not in here), ended, "category")
        for key, row in rows(self.told, "support_idp_ato").items():
            own = first(here, row["value"], "category")
            said(own, category=code(key))
            raised(own, row["children"])
        said(over, closed_on=CLOSED)
        given([*here, *with_brigade, *over], "support_sjo")
        return [*here, *with_brigade, *over]

    def _of_brigade(self, supported: Sequence[Case]) -> None:
        """A trip each, of one form. Nothing says which kind of trip it was."""
        visited(self.brigade, "planned_brigade")
        for form, many in of(self.told, "dv_trips_by_type").items():
            said(first(self.brigade, many, "violence_main"), violence_main=form)
        for group, many in of(self.told, "primary_counselling_persons").items():
            said(first(self.brigade, many, "victim_group"), victim_group=code(group))
        results, placed = rows(self.told, "brigade_results"), [case for case in self.brigade if case not in supported]
        for key in ("placed_dept_1", "placed_dept_2"):
            said(first(placed, results[key]["value"], "referred_to"), referred_to=key)
        mothers = first(placed, results["placed_oblast_centre_mothers"]["value"], "referred_to")
        said(mothers, referred_to="centre_of_oblast")
        raised(mothers, results["placed_oblast_centre_mothers"]["children"])
        given(self.brigade[: results["persons_counselled"]["value"]], "counselling")
        hurt = rows(self.told, "dv_families_with_children")["affected"]
        families = first((case for case in self.everywhere if case.said["unit"] == "family"), hurt["value"],
                         "category", "children")  # fmt: skip
        said(families, category="dv_survivors")
        raised(families, hurt["children"])

    def _outcomes(self, supported: Sequence[Case]) -> None:
        """Of other families than those whose support goes on: the ends of support alone are too few for them."""
        reached = of(self.told, "outcomes")
        over = [case for case in supported if "closed_on" in case.said]
        going = set(supported) - set(over)
        for district, many in of(self.told, "overcome_by_district").items():
            own = [case for case in self.in_district[district] if case not in going and case.said["unit"] == "family"]
            self._ended(first(own, many, "outcome"), "overcome")
        rest = [case for case in dict.fromkeys([*over, *self.everywhere])
                if case not in going and case.said["unit"] == "family"]  # fmt: skip
        self._ended(first(rest, reached["minimised"], "outcome"), "minimised")
        self._ended(first(rest, reached["not_achieved"], "outcome"), "not_achieved")

    def _ended(self, cases: Iterable[Case], outcome: str) -> None:
        """For which reasons was not published."""
        for case in cases:
            case.said |= {"outcome": outcome, "closed_on": CLOSED}

    def _checks(self) -> None:
        for district, many in of(self.told, "birth_grant_checks_by_district").items():
            visited(self.in_district[district][-many:], "birth_grant_check")
        visited(self.nowhere[: of(self.told, "other_checks")["single_parent_needs_assessments"]], "single_parent_check")

    def _services(self, supported: Sequence[Case]) -> None:
        """4665 services to 3778 families and persons with 4174 children, as the report says beside its table."""
        left = {code(key): many for key, many in of(self.told, "services").items()}
        left["support_sjo"] -= len(supported)
        left["counselling"] -= sum("counselling" in case.services for case in self.brigade)
        once, wanted = [case for case in self.book.cases if not case.services], 3778
        wanted -= len(self.book.cases) - len(once)
        queue = [service for service in ("counselling", "social_prevention", "support_orphan_care",
                                         "social_integration", "advocacy", "crisis_intervention", "informing")
                 for _ in range(left[service])]  # fmt: skip
        for case, service in zip(once[:wanted], queue, strict=False):
            given([case], service)
        again = queue[wanted:]
        for service in dict.fromkeys(again):
            able = [case for case in self.book.cases if len(case.services) == 1 and service not in case.services]
            given(able[: again.count(service)], service)
        served = [case for case in self.book.cases if case.services]
        raised([case for case in served if "children" not in case.said],
               4174 - sum(int(case.said.get("children", 0)) for case in served))  # fmt: skip

    def _no_cases(self) -> None:
        self.book.calls = of(self.told, "helpline_topics")
        at_end = self.told["period_end"]
        for key, row in rows(self.told, "foster_care").items():
            self._noted(at_end, code(key), count=row["value"], persons=row["children"])
        self._noted(at_end, "patronage_families", count=2, persons=of(self.told, "patronage_children")["now"])
        for table in ("newborn_refusal_outcomes", "dv_families_with_children", "inclusive_assistants"):
            for key, row in rows(self.told, table).items():
                self._figure(table, key, row)
        for key in ("families_taken_into_support", "persons_counselled"):
            self._figure("brigade_results", key, rows(self.told, "brigade_results")[key])
        for key, many in of(self.told, "patronage_children").items():
            self._figure("patronage_children", key, {"value": 0, "children": many})
        for key, many in of(self.told, "information_materials").items():
            self._noted("2021-06-30", key, items=many)
        for key, many in of(self.told, "in_kind_aid").items():
            self._noted("2021-06-30", key, persons=many)
        self._taught()

    def _taught(self) -> None:
        held = rows(self.told, "trainings")
        self._noted("2021-06-30", "group_event", count=7, persons=held["group_events_participants"]["value"])
        self._noted("2021-09-30", "campaign", persons=held["campaign_adoption_day"]["value"])
        for key, audience, at in (
            ("foster_parents_training", "foster_parents", "2021-03-15T10:00"),
            ("guardian_adopter_candidates", "candidates", "2021-05-15T10:00"),
            ("mentor_candidates", "candidates", "2021-06-15T10:00"),
        ):
            row, many = held[key], str(held[key]["value"])
            self.book.trainings.append(
                {"programme": row["uk"], "audience": audience, "title": row["uk"], "starts_at": at, "hours": "1",
                 "invited": many, "came": many}
            )  # fmt: skip

    def _noted(self, day: str, kind: str, **numbers: int) -> None:
        told = {name: str(many) for name, many in numbers.items()}
        self.book.activities.append({"date": day, "kind": kind, **told})

    def _figure(self, table: str, key: str, row: Mapping[str, int]) -> None:
        """What no table counts: families with their children, or things."""
        families = {"count": row["value"], "persons": row.get("children", 0)}
        self._noted(self.told["period_end"], "figure", **families if "children" in row else {"items": row["value"]})
        self.book.activities[-1]["title"] = f"{table} {key}"


# Калуш, 2021 і 2020


class Kalush:
    """1820 cases of 2021, 1744 of them with a category; of 2020 as many as the rows of its categories say."""

    def __init__(self) -> None:
        self.told, self.book = seed("kalush"), Book()

    def made(self) -> Book:
        self._year("2021", "value", "children")
        self._year("2020", "prev_value", "prev_children")
        return self.book

    def _year(self, year: str, value: str, children: str) -> None:
        categories = of(self.told, "recipient_categories", value)
        notified = of(self.told, "intake_total", value)["intake_all_kinds"]
        came = {"registered_on": f"{year}-06-15", "unit": "family"}
        own = {code(key): self.book.opened(many, **came, category=code(key)) for key, many in categories.items()}
        every = [case for cases in own.values() for case in cases]
        every += self.book.opened(max(0, notified - len(every)), **came)
        said(every[:notified], intake="appeal")
        visited(own["birth_grant_check"], "birth_grant_check", f"{year}-06-20")
        visited(every[: of(self.told, "work_volumes", value)["needs_assessments"]], "needs_assessment", f"{year}-06-20")
        supported = self._supported(year, value, children, [case for key in own for case in own[key]
                                                            if key != "dv_survivors"])  # fmt: skip
        hurt = of(self.told, "recipient_categories", children)["dv_and_cruelty_survivors"]
        raised(own["dv_survivors"], hurt)
        self._served(value, children, [*own["dv_survivors"], *supported], every)

    def _supported(self, year: str, value: str, children: str, cases: Sequence[Case]) -> list[Case]:
        known = rows(self.told, "social_support")
        whole, part = known["families_under_support"], known["of_which_villages"]
        villages = first(cases, part.get(value, 0))
        others = cases[len(villages) : whole[value]]
        said(villages, district="villages")
        said(others, district="city")
        if villages:
            raised(villages, part[children])
        raised(others, whole[children] - part.get(children, 0))
        given([*villages, *others], "support_sjo")
        if year == "2020":
            said(others, closed_on="2020-12-31")
        return [*villages, *others]

    def _served(self, value: str, children: str, known: Sequence[Case], every: Sequence[Case]) -> None:
        """Which services, nobody published: those under support had that, the others were informed."""
        served = rows(self.told, "families_served")["families_served"]
        rest = first(every, served[value] - len(known), "children")
        raised(rest, served[children] - sum(int(case.said["children"]) for case in known))
        given([case for case in [*known, *rest] if not case.services], "informing")


MADE: Mapping[str, Callable[[], Book]] = {"dnipro": lambda: Dnipro().made(), "kalush": lambda: Kalush().made()}
