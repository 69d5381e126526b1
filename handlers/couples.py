"""Two carers who share a phone are two, with seats, hours and certificates of their own."""

from bot.core import texts
from bot.core.buttons import Enter, Partner
from bot.core.events import Message, Refused, Rows
from bot.core.filling import Draft
from bot.core.lines import Joined, Own
from handlers import menu, plan_warnings, waiting
from handlers.here import Here, column, row, screen
from storage import learners
from storage.learners import Learner
from storage.people import Person

MOST = 2
"""A couple; a phone for more is the centre's own affair [P]."""


def shown(here: Here, me: Person) -> list[Message]:
    mine = learners.of_person(here.tx, me.id)
    text = texts.PARTNER_TWO(names=_names(mine)) if len(mine) > 1 else texts.PARTNER_ONE
    return screen(here, me, menu.KEY, text, (*_ways(mine), *row((texts.BACK, Enter("visits")))))


def pressed(here: Here, me: Person, button: Partner) -> list[Message]:
    """Shown, or taken off, after a second press; what begins a form is answered by the router."""
    match button.move:
        case "remove":
            return _sure(here, me, _mine(here, me, button.learner))
        case "gone":
            return _removed(here, me, _mine(here, me, button.learner))
        case _:
            return shown(here, me)


def notes(here: Here, me: Person) -> dict[str, bool]:
    """What the form knows: whether the first one has a name already. Raises Refused where two are here."""
    mine = learners.of_person(here.tx, me.id)
    if len(mine) >= MOST:
        raise Refused(texts.PARTNER_MOST)
    return {"_named": bool(mine and mine[0].name)}


def added(here: Here, me: Person, draft: Draft) -> list[Message]:
    """The second one has a seat to answer for wherever the first was invited."""
    notes(here, me)
    learners.join(here.tx, me.id, now=here.now)
    first = learners.of_person(here.tx, me.id)[0]
    own, name = draft.answers.get("own") or first.name, draft.answers["name"]
    if own.casefold() == name.casefold():
        raise Refused(texts.PARTNER_IS_HERE(name=Own(name)))
    learners.name(here.tx, first.id, own)
    second = learners.add(here.tx, me.id, name, now=here.now)
    learners.take_seats(here.tx, second.id, now=here.now)
    plan_warnings.joined(here, me.id)
    return shown(here, me)


def renamed(here: Here, me: Person, draft: Draft) -> list[Message]:
    mine = _mine(here, me, draft.subject_id)
    name = draft.answers["name"]
    others = [each.name.casefold() for each in learners.of_person(here.tx, me.id) if each.id != mine.id]
    if name.casefold() in others:
        raise Refused(texts.PARTNER_IS_HERE(name=Own(name)))
    learners.name(here.tx, mine.id, name)
    return shown(here, me)


def renames(here: Here, me: Person, learner_id: int) -> int:
    return _mine(here, me, learner_id).id


def _sure(here: Here, me: Person, mine: Learner) -> list[Message]:
    name = Own(mine.name)
    ways = (*row((texts.PARTNER_SURE_YES(name=name), Partner(mine.id, "gone"))), *row((texts.BACK, Partner(0, "show"))))
    return screen(here, me, menu.KEY, texts.PARTNER_SURE(name=name), ways)


def _removed(here: Here, me: Person, mine: Learner) -> list[Message]:
    """No seats ahead any more; what was credited stays."""
    if len(learners.of_person(here.tx, me.id)) < MOST:
        raise Refused(texts.PARTNER_LAST)
    free = learners.give_up_seats(here.tx, mine.id, now=here.now)
    learners.leave(here.tx, mine.id, now=here.now)
    plan_warnings.ended(here, mine.id)
    said = texts.PARTNER_GONE(name=Own(mine.name))
    shown = screen(here, me, menu.KEY, said, row((texts.BACK, Partner(0, "show"))))
    return [*shown, *waiting.left(here, free)]


def _ways(mine: list[Learner]) -> Rows:
    if len(mine) < MOST:
        return column((texts.ADD_PARTNER, Partner(0, "add")))
    return tuple(
        line
        for each in mine
        for line in row(
            (texts.RENAME_PARTNER(name=Own(each.name)), Partner(each.id, "rename")),
            (texts.REMOVE_PARTNER(name=Own(each.name)), Partner(each.id, "remove")),
        )
    )


def _names(mine: list[Learner]) -> Joined:
    return Joined(tuple(Own(each.name or "—") for each in mine), by=", ")


def _mine(here: Here, me: Person, learner_id: int) -> Learner:
    """Raises Refused for a learner of another phone, or one who has left."""
    found = next((each for each in learners.of_person(here.tx, me.id) if each.id == learner_id), None)
    if found is None:
        raise Refused(texts.NOT_FOR_YOU)
    return found
