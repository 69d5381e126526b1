"""Break glass: name, address and phone of a case of the branch, by a second press and never without a trace (S25)."""

from bot.core import texts
from bot.core.buttons import Allow, Glass
from bot.core.cases import Case
from bot.core.events import Delete, Edit, Lane, Message, Refused, Send, Show, Toast
from handlers import cards, sight
from handlers.here import Here, row
from storage import audit, cases, people
from storage import glass as looks
from storage.glass import Look
from storage.people import Person


def pressed(here: Here, me: Person, case_id: int, why: str) -> list[Message]:
    """At once in an emergency, or where the centre asks for nobody else; otherwise a second person is asked."""
    case, why = _seen(here, me, case_id, why)
    if here.centre.second_person and case.urgency != "emergency":
        look = looks.use(here.tx, case.id, by=me.id, now=here.now)
        if look is None:
            return _asked(here, me, case, why)
        why = look.reason
    audit.note(here.tx, "glass", by=me.id, case_id=case.id, reason=why, now=here.now)
    return cards.behind_glass(here, case)


def allowed(here: Here, me: Person, look_id: int) -> list[Message]:
    """The second person's word; the one who asked may look now, if the card is still theirs to see."""
    asked = looks.by_id(here.tx, look_id)
    case = cases.by_id(here.tx, asked.case_id) if asked else None
    if asked is None or case is None or asked.asked_by == me.id or me.id not in _seconds(here, case):
        raise Refused(texts.NOT_FOR_YOU)
    look = looks.allow(here.tx, look_id, by=me.id, now=here.now)
    asker = people.person(here.tx, asked.asked_by)
    if look is None or not sight.reason(here, asker, case):
        return [Toast(texts.GLASS_SETTLED), Show(here.asker, _key(asked), texts.GLASS_SETTLED, protect=True)]
    return [*_settled(here, me, case, look), *_told(here, me, asker, case, look)]


def _seen(here: Here, me: Person, case_id: int, why: str) -> tuple[Case, str]:
    """The case and the true reason: whoever has it needs no other. Raises Refused."""
    case = cases.by_id(here.tx, case_id)
    right = sight.reason(here, me, case) if case else ""
    if case is None or not case.branch or not right or (right == sight.OVERSIGHT and why not in cards.WHY):
        raise Refused(texts.NOT_FOR_YOU)
    return case, why if right == sight.OVERSIGHT else right


def _asked(here: Here, me: Person, case: Case, why: str) -> list[Message]:
    """The head and the dispatchers learn the number and who asks, nothing else."""
    seconds = [person for person in _seconds(here, case).values() if person.id != me.id]
    if not seconds:
        raise Refused(texts.GLASS_NOBODY)
    look = looks.ask(here.tx, case.id, by=me.id, reason=why, now=here.now)
    audit.note(here.tx, "glass_asked", by=me.id, case_id=case.id, reason=why, now=here.now)
    words, allow = texts.GLASS_ASKS(number=case.name, name=cards.name(me)), row((texts.ALLOW, Allow(look.id)))
    asks = [Show(each.colleague, _key(look), words, allow, lane=Lane.URGENT, protect=True) for each in seconds]
    return [Send(here.asker, texts.GLASS_ASKED(number=case.name), key=_key(look), protect=True), *asks]


def _told(here: Here, me: Person, asker: Person, case: Case, look: Look) -> list[Message]:
    """Nobody has pressed there now, so no name and no address: it may light up in anybody's sight (S26)."""
    audit.note(here.tx, "glass_allowed", by=me.id, case_id=case.id, reason=look.reason, now=here.now)
    words, see = texts.GLASS_ALLOWED(number=case.name), row((texts.BEHIND_GLASS, Glass(case.id, look.reason)))
    key = _key(look)
    return [Delete(asker.colleague, key), Send(asker.colleague, words, see, key=key, protect=True)]


def _settled(here: Here, me: Person, case: Case, look: Look) -> list[Message]:
    """The request is over for everybody who was asked."""
    words = texts.GLASS_ALLOWED(number=case.name)
    others = [each for each in _seconds(here, case).values() if each.id not in (me.id, look.asked_by)]
    edits = [Edit(each.colleague, _key(look), words) for each in others]
    return [Show(here.asker, _key(look), words, protect=True), *edits]


def _seconds(here: Here, case: Case) -> dict[int, Person]:
    return {person.id: person for person in sight.overseers(here, case)}


def _key(look: Look) -> str:
    return f"ask:{look.id}"
