"""Calling people to a case that waits: number, district, danger, deadline, and nothing else (S26)."""

from collections.abc import Sequence

from bot.core import texts
from bot.core.buttons import Claim, Decline
from bot.core.cases import Case
from bot.core.events import Delete, Lane, Message, Rows, Send
from bot.core.lines import By, Line, Wording, paragraphs
from handlers import day, sight
from handlers.here import Here, row
from storage import cases
from storage.people import Person


def key(case: Case) -> str:
    return f"case:{case.id}"


def sent(here: Here, case: Case, whom: Sequence[Person], because: Wording | None = None) -> list[Message]:
    """One card a person, whatever the number of their roles; what came back or is an emergency goes first."""
    lane = Lane.URGENT if case.urgency == "emergency" or case.returns else Lane.REPLY
    text = paragraphs(*([because] if because else []), head(here, case))
    called_each = {person.id: person for person in whom}.values()
    return [message for person in called_each for message in _to(here, case, person, text, lane)]


def shown_too(here: Here, case: Case, person: Person) -> list[Message]:
    """Whoever comes on duty hears of a case that waits for them now, unless it is on the screen already."""
    known = person.id in cases.called(here.tx, case.id) or not sight.takes(here, person, case)
    theirs = not known and person.id in {each.id for each in sight.members(here, case, duty=True)}
    return sent(here, case, [person]) if theirs else []


def head(here: Here, case: Case) -> Line:
    kind = texts.ALERT_PLANNED
    if case.urgency == "emergency":
        known = {"now": texts.ALERT_URGENT, "later": texts.ALERT_NOT_NOW}
        kind = known.get(case.danger or "", texts.ALERT_EMERGENCY)
    district = here.centre.district(case.district).name
    return kind(number=case.name, district=district, by=By(case.answer_due_at, here.now))


def ways(case: Case) -> Rows:
    return row((texts.TAKE, Claim(case.id)), (texts.CANNOT_TAKE, Decline(case.id)))


def load(here: Here, person: Person) -> Line:
    """How much the person has in hand, before taking more."""
    return texts.YOUR_LOAD(load=str(cases.load(here.tx, person.id)), limit=str(here.centre.queue.load_limit))


def _to(here: Here, case: Case, person: Person, text: Wording, lane: Lane) -> list[Message]:
    """A second call takes the first card away, so that no old «Take» is left. Who cannot take it has none to press."""
    first = cases.call(here.tx, case.id, person.id, now=here.now)
    takes = sight.takes(here, person, case)
    if lane is Lane.REPLY and first and day.beyond_budget(here, person):
        return day.instead(here, person)
    if not takes:
        cases.decline(here.tx, case.id, person.id, now=here.now)
    buttons = (*(ways(case) if takes else ()), *sight.assigns(person, case))
    with_load = paragraphs(text, load(here, person)) if takes and case.urgency != "emergency" else text
    alert = Send(person.colleague, with_load, buttons, key=key(case), lane=lane, protect=True)
    return [alert] if first else [Delete(person.colleague, key(case), lane=lane), alert]
