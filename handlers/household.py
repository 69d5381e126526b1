"""Who belongs to the family: noted one by one; in the branch the names lie behind the glass (S25)."""

from bot.core import texts
from bot.core.buttons import Mark
from bot.core.cases import Case
from bot.core.events import Message, Rows
from bot.core.filling import Draft
from bot.core.lines import NOTHING, Joined, Own, Wording, paragraphs, rows
from handlers import pages, talk
from handlers.here import Here, column
from storage import cases, household
from storage.household import Member
from storage.people import Person


def page(here: Here, case: Case, of: str, mine: bool) -> tuple[Wording, Rows]:  # noqa: ARG001, FBT001 - a page like every other
    members = household.of_case(here.tx, case)
    lines = [_line(n, each, name=not case.branch) for n, each in enumerate(members, 1)]
    hidden = texts.HOUSEHOLD_GLASS if case.branch and any(each.told.get("name") for each in members) else NOTHING
    text = paragraphs(counts(here, case), rows(*lines), hidden) if members else texts.HOUSEHOLD_EMPTY
    if not mine:
        return text, ()
    out = [(texts.TAKE_OUT(n=n), Mark(case.id, "member", str(each.id))) for n, each in enumerate(members, 1)]
    return text, column((texts.ADD_MEMBER, Mark(case.id, "form", "member")), *out)


def count(here: Here, case: Case) -> int:
    return sum(household.count(here.tx, case.id, kind) for kind in ("adult", "child"))


def counts(here: Here, case: Case) -> Wording:
    """«2 adults, 1 child»."""
    numbers = ((texts.ADULTS, "adult"), (texts.CHILDREN, "child"))
    said = [words(n) for words, kind in numbers if (n := household.count(here.tx, case.id, kind))]
    return Joined(tuple(said), by=", ")


def added(here: Here, me: Person, draft: Draft) -> list[Message]:
    """The register counts at least the children who are named here."""
    case = talk.mine(here, me, draft.subject_id)
    kind = str(draft.answers["kind"])
    told = {name: draft.answers.get(name) for name in ("who", "born", "name")}
    household.add(here.tx, case, kind, told, now=here.now)
    cases.note(here.tx, case.id, "member", by=me.id, now=here.now)
    children = household.count(here.tx, case.id, "child")
    if children > (household.children(here.tx, case.id) or 0):
        household.count_children(here.tx, case.id, children)
    return pages.shown(here, me, case, "family")


def taken_out(here: Here, me: Person, case: Case, key: str) -> list[Message]:
    """Where the register counted exactly those who are named, it counts one less."""
    before = household.count(here.tx, case.id, "child")
    kind = household.remove(here.tx, case.id, int(key) if key.isdecimal() else 0)
    if kind is None:
        return []
    cases.note(here.tx, case.id, "member_off", by=me.id, now=here.now)
    if kind == "child" and household.children(here.tx, case.id) == before:
        household.count_children(here.tx, case.id, before - 1)
    return []


def lines(here: Here, case: Case) -> list[Wording]:
    """Everybody with everything, for her own file."""
    return [_line(n, each, name=True) for n, each in enumerate(household.of_case(here.tx, case), 1)]


def behind_glass(here: Here, case: Case) -> list[Wording]:
    """Their names, for the second press."""
    if case.erased_at is not None:
        return []
    members = household.of_case(here.tx, case)
    return [_line(n, each, name=True) for n, each in enumerate(members, 1) if each.told.get("name")]


def _line(n: int, member: Member, *, name: bool) -> Wording:
    told = member.told
    born = [texts.MEMBER_BORN(year=Own(str(told["born"])))] if told.get("born") else []
    named = [Own(str(told["name"]))] if name and told.get("name") else []
    return Joined((texts.MEMBER(n=n, who=Own(str(told["who"]))), *born, *named), by=", ")
