"""Who may see which case. What each role may at all stands in bot/core/access.py; here is what depends on the case."""

from collections.abc import Sequence

from bot.core import texts
from bot.core.access import HEADS, OVERSEERS
from bot.core.buttons import Hand
from bot.core.cases import Case
from bot.core.events import Button, Rows
from handlers.here import Here
from storage import calls, cases, exclusions, people, rosters
from storage.people import Person

ASSIGNED = "assigned"
AGREED = "agreed_call"
OVERSIGHT = "head"
IN_LINE = ("head", "deputy", "dispatcher", "admin")


def reason(here: Here, me: Person, case: Case) -> str:
    """Why the card may be opened: one has the case, is called by an agreed call, or is the head; else empty."""
    if exclusions.excludes(here.tx, case.id, me) or not me.may("button Open"):
        return ""
    if case.claimed_by == me.id:
        return ASSIGNED
    if me.id in cases.called(here.tx, case.id) and calls.burning(here.tx, case.id) is not None:
        return AGREED
    return OVERSIGHT if me.has(*HEADS) else ""


def takes(here: Here, me: Person, case: Case) -> bool:
    """Whether the case may be this person's."""
    fits = me.has(*here.centre.team(case.team).roles, *HEADS) and me.may("button Claim")
    return fits and not exclusions.excludes(here.tx, case.id, me)


def gives(me: Person) -> bool:
    """Whether this person gives cases to others."""
    return me.has(*OVERSEERS)


def assigns(me: Person, case: Case) -> Rows:
    """The way to give the case to somebody, for who may."""
    return ((Button(texts.GIVE_TO, Hand(case.id)),),) if gives(me) else ()


def teams(here: Here, me: Person) -> tuple[str, ...]:
    """Whose queues this person sees."""
    every = here.centre.teams
    return tuple(team.key for team in every if me.has(*team.roles, *OVERSEERS)) if me.may("entry queue") else ()


def knows(here: Here, me: Person, case: Case) -> bool:
    """Whether the case stands in this person's queue: number, district, deadline."""
    fits = me.has(*here.centre.team(case.team).roles, *OVERSEERS) and me.may("entry queue")
    return fits and not exclusions.excludes(here.tx, case.id, me)


def overseers(here: Here, case: Case, roles: Sequence[str] = ("head", "deputy", "dispatcher")) -> list[Person]:
    """The head, the deputy and the dispatchers, as far as they are not kept from the case and not on leave."""
    return present(here, _over(here, case, roles))


def answerable(here: Here, case: Case) -> list[Person]:
    """Who answers for the case when nobody has it: the head; where there is none, or on leave, the next in line."""
    return _first(here, [_over(here, case, (role,)) for role in IN_LINE])


def in_charge(here: Here) -> list[Person]:
    """Who answers for the centre today: the head; where there is none, or on leave, the next in line."""
    return _first(here, [people.team(here.tx, (role,)) for role in IN_LINE])


def away(here: Here) -> set[int]:
    """Who is on leave today."""
    return rosters.away(here.tx, here.local.date())


def present(here: Here, found: list[Person]) -> list[Person]:
    """Those who are not on leave; when all are, that counts for nothing: somebody is to hear it."""
    absent = away(here)
    return [each for each in found if each.id not in absent] or found


def _over(here: Here, case: Case, roles: Sequence[str]) -> list[Person]:
    return exclusions.spared(here.tx, case.id, people.team(here.tx, roles))


def _first(here: Here, in_line: list[list[Person]]) -> list[Person]:
    absent = away(here)
    there = [[each for each in found if each.id not in absent] for found in in_line]
    return next((found for found in (*there, *in_line) if found), [])


def members(here: Here, case: Case, *, duty: bool) -> list[Person]:
    """The team's people, by district where the team is divided so; a district without anybody there has all of them."""
    team = here.centre.team(case.team)
    district = case.district if team.by_district and case.district != "unknown" else ""
    every = exclusions.spared(here.tx, case.id, people.team(here.tx, team.roles, duty=duty, of=team.key))
    theirs = people.team(here.tx, team.roles, district=district, duty=duty, of=team.key) if district else []
    near, absent = exclusions.spared(here.tx, case.id, theirs), away(here)
    return [each for each in near if each.id not in absent] or present(here, every)
