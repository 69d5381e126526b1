"""What a card says of cases that look like the same family, to whoever may know of both."""

from bot.core import likeness as compared
from bot.core import texts
from bot.core.buttons import Kin, Open
from bot.core.cases import Case
from bot.core.events import Due, Message, Rows
from bot.core.lines import Joined, Wording
from handlers import sight
from handlers.here import Here, column
from storage import cases, due, exclusions, likeness
from storage.likeness import Likeness
from storage.people import Person

CATCH_UP = "marks"
A_PIECE = 20
"""Cases in one go: their words are opened for it, and nobody waits long meanwhile."""
SHOWN = 3
"""Likenesses on a card; a house of many cases would fill it [P]."""
WHAT = {"phone": texts.LIKE_PHONE, "address": texts.LIKE_ADDRESS, "name": texts.LIKE_NAME}


def noted(here: Here, case_id: int) -> None:
    """What was told, or told in addition, is compared with every other case."""
    case = cases.by_id(here.tx, case_id)
    if case is None or case.erased_at is not None:
        return
    city = here.centre.city
    told = cases.content(here.tx, case)
    keys = compared.keys(case.form, told, district=case.district, cities=(city.uk, city.en))
    likeness.mark(here.tx, case.id, keys)
    likeness.find(here.tx, case.id, now=here.now)


def catches_up(here: Here, bell: Due) -> list[Message]:
    """Cases filed before there were marks get theirs, some at a time; `version` says how far it has come."""
    found = likeness.unmarked(here.tx, after=bell.version, most=A_PIECE)
    for case_id in found:
        noted(here, case_id)
    if found:
        due.plan(here.tx, CATCH_UP, 0, at=here.now, version=found[-1])
    return []


def known(here: Here, me: Person, case: Case) -> list[tuple[Likeness, Case]]:
    """The pairs of which this person may know (S25): not those with a case that they are kept from.

    Of the branch only where the case stands in their own queue: whoever makes up a case with a neighbour's phone does
    not learn by it that the family is known.
    """
    alike = [pair for pair in likeness.of_case(here.tx, case.id) if pair.state != "apart"]
    both = [(pair, cases.by_id(here.tx, pair.other(case.id))) for pair in alike]
    seen = [(pair, other) for pair, other in both if other and _may_know(here, me, other)]
    return sorted(seen, key=lambda each: each[0].state != "joined")[:SHOWN]


def on_card(here: Here, me: Person, case: Case) -> list[Wording]:
    """Numbers, and in what they are the same; nothing of the other case."""
    return [_line(case, pair, other) for pair, other in known(here, me, case)]


def ways(here: Here, me: Person, case: Case) -> Rows:
    """Join, say that it is another family, take apart again; the other card, where it may be seen."""
    return tuple(row for pair, other in known(here, me, case) for row in _ways(here, me, case, pair, other))


def open_both(case: Case, other: Case) -> bool:
    return all(each.closed_at is None and each.withdrawn_at is None for each in (case, other))


def _may_know(here: Here, me: Person, other: Case) -> bool:
    if other.branch and not (sight.knows(here, me, other) or sight.reason(here, me, other)):
        return False
    return not exclusions.excludes(here.tx, other.id, me)


def _line(case: Case, pair: Likeness, other: Case) -> Wording:
    if pair.state == "joined":
        says = texts.CARD_JOINED_TO if case.joined_to == other.id else texts.CARD_JOINED_HERE
        return says(number=other.name)
    what = Joined(tuple(WHAT[kind] for kind in pair.kinds.split(",")), by=", ")
    return texts.CARD_LIKE(number=other.name, what=what)


def _ways(here: Here, me: Person, case: Case, pair: Likeness, other: Case) -> Rows:
    opens = [(texts.OPEN_NUMBER(number=other.name), Open(other.id))] if sight.reason(here, me, other) else []
    if pair.state == "joined":
        parts = [(texts.PART(number=other.name), Kin(case.id, other.id, "part"))] if open_both(case, other) else []
        return column(*opens, *parts)
    joins = [(texts.JOIN(number=other.name), Kin(case.id, other.id, "join"))] if open_both(case, other) else []
    return column(*opens, *joins, (texts.NOT_THE_SAME(number=other.name), Kin(case.id, other.id, "apart")))
