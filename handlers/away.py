"""Whom she keeps from her case (S25): her own page of it, by role or by a name that she writes."""

from bot.core import texts
from bot.core.access import TAKERS
from bot.core.buttons import Own
from bot.core.cases import Case
from bot.core.events import Message, Refused
from bot.core.filling import Draft
from bot.core.lines import NOTHING, Wording, paragraphs, rows
from bot.core.lines import Own as Quoted
from handlers import exclusion, menu, page
from handlers.here import Here, column
from storage import exclusions, people
from storage.exclusions import Exclusion
from storage.people import Person

ROLES = tuple(role for role in menu.ROLE_NAMES if role in TAKERS)


def pressed(here: Here, me: Person, case: Case, move: str) -> list[Message]:
    """A role more, or somebody less; «name» is a form, which the router begins."""
    what, _, which = move.partition(".")
    if what == "role" and which in ROLES:
        told = exclusion.exclude_role(here, case, which)
        return [*shown(here, me, case), *told]
    if what == "lift" and which.isdecimal():
        exclusions.lift(here.tx, int(which), case_id=case.id)
        return shown(here, me, case)
    if what == "show":
        return shown(here, me, case)
    raise Refused(texts.STALE)


def shown(here: Here, me: Person, case: Case, problem: Wording = NOTHING) -> list[Message]:
    """Who does not see it now, with a way to let them see it again; and whom else she may name."""
    kept = exclusions.of_case(here.tx, case.id)
    lines = rows(*(texts.KEPT_AWAY_LINE(who=_who(here, each)) for each in kept)) if kept else texts.NOBODY_KEPT_AWAY
    lifts = [(texts.SEE_AGAIN(who=_who(here, each)), Own(case.id, f"away.lift.{each.id}")) for each in kept]
    roles = [role for role in ROLES if role not in {each.role for each in kept}]
    keeps = [(texts.NOT_SEE_ROLE(role=menu.ROLE_NAMES[role]), Own(case.id, f"away.role.{role}")) for role in roles]
    ways = column(*lifts, (texts.NOT_SEE_NAME, Own(case.id, "awayname")), *keeps)
    return page.turned(here, me, case, paragraphs(problem, texts.KEEP_AWAY_PAGE, lines), ways)


def named(here: Here, me: Person, case: Case, draft: Draft) -> list[Message]:
    """Everybody of that first name who works here; whoever it is learns nothing but that the case went on."""
    found = exclusion.named(here, str(draft.answers["name"]))
    told = [message for person in found for message in exclusion.exclude_person(here, case, person.id)]
    return [*shown(here, me, case, NOTHING if found else texts.NO_SUCH_NAME), *told]


def _who(here: Here, kept: Exclusion) -> Wording:
    if kept.role is not None:
        return menu.ROLE_NAMES.get(kept.role, Quoted(kept.role))
    return Quoted(people.person(here.tx, kept.person_id or 0).name or "—")
