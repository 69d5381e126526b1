"""Who takes a case: the centre's own rows, the first that fits; and that no case is left without one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

Facts = Mapping[str, str]
"""What is known of a case, by the field that a rule may ask about; what was not said is not there."""
Box = dict[str, tuple[str, ...]]
"""Cases alike: for each field the answers that are still possible."""

NOT_SAID = ""


@dataclass(frozen=True, slots=True)
class Route:
    """`priority`: from 0 to 9, the higher the sooner. `ladder`: who is called when; empty, the centre's usual one.

    `deadlines`: keys of the profile's deadlines that such a case has besides the usual ones.
    """

    team: str
    when: Mapping[str, tuple[str, ...]]
    priority: int = 0
    ladder: str = ""
    deadlines: tuple[str, ...] = ()

    def takes(self, facts: Facts) -> bool:
        return self.stopped_by(facts) == ""

    def stopped_by(self, facts: Facts) -> str:
        """The first field that does not fit; empty when all do."""
        return next((name for name, allowed in self.when.items() if facts.get(name) not in allowed), "")


class Ruled(Protocol):
    """Whatever has routes: a centre."""

    @property
    def routes(self) -> tuple[Route, ...]: ...


@dataclass(frozen=True, slots=True)
class Missed:
    """A row before the one that won, and the field that it failed on; rows are counted from 1."""

    row: int
    field: str
    given: str
    asked: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Decision:
    """The row that takes a case, and why those before it do not.

    `foreseen` is False for facts that no list of the profile has: then the last row takes it, so that nothing is lost.
    """

    route: Route
    row: int
    why: tuple[Missed, ...]
    foreseen: bool = True

    @property
    def team(self) -> str:
        return self.route.team


def decide(facts: Facts, centre: Ruled) -> Decision:
    missed: list[Missed] = []
    for row, route in enumerate(centre.routes, 1):
        field = route.stopped_by(facts)
        if not field:
            return Decision(route, row, tuple(missed))
        missed.append(Missed(row, field, facts.get(field, NOT_SAID), route.when[field]))
    return Decision(centre.routes[-1], len(missed), tuple(missed[:-1]), foreseen=False)


def explain(decision: Decision, *, file: str) -> list[str]:
    """Why that row, in lines for an operator."""
    route = decision.route
    last = "" if decision.foreseen else ", the last one: no row was written for this"
    return [
        *(_missed(each) for each in decision.why),
        f"routes[{decision.row}] of {file} takes it{last}",
        f"team: {route.team}",
        f"priority: {route.priority}",
        f"ladder: {route.ladder or 'the usual one'}",
        f"deadlines: {', '.join(route.deadlines) or 'the usual ones'}",
    ]


def uncovered(routes: Sequence[Route], answers: Mapping[str, Sequence[str]]) -> dict[str, str] | None:
    """The first case that no row takes, by the fields that matter for it; None when every case has a row.

    `answers` are all that a field may have, NOT_SAID among them where it may be missing. Instead of looking at each
    combination, what a row leaves is cut off field by field: a profile may have millions of combinations.
    """
    asked = [name for name in answers if any(name in route.when for route in routes)]
    left = _left({name: tuple(answers[name]) for name in asked}, routes)
    if left is None:
        return None
    return {name: values[0] for name, values in left.items() if len(values) < len(answers[name])}


def described(example: Facts) -> str:
    """«urgency=planned, district=lypky»."""
    shown = (f"{name}={value}" if value else f"{name} not said" for name, value in example.items())
    return ", ".join(shown) or "any case"


def _left(box: Box, routes: Sequence[Route]) -> Box | None:
    if not routes:
        return box
    inside = dict(box)
    for name, allowed in routes[0].when.items():
        outside = tuple(value for value in inside[name] if value not in allowed)
        found = _left({**inside, name: outside}, routes[1:]) if outside else None
        if found is not None:
            return found
        inside[name] = tuple(value for value in inside[name] if value in allowed)
        if not inside[name]:
            return None
    return None


def _missed(each: Missed) -> str:
    given = each.given or "not said"
    return f"routes[{each.row}] does not: {each.field} is {given}; it asks for {', '.join(each.asked)}"
