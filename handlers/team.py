"""Who works here: joining by a one-time invitation."""

from bot.core import texts
from bot.core.centre import PARTNER
from bot.core.events import Menu, Message, Send
from bot.core.lines import Own, Wording
from handlers import menu, plan_warnings
from handlers.here import Here
from storage import audit, invites, learners, people
from storage.people import Person


def join(here: Here, me: Person, code: str, first_name: str) -> list[Message]:
    """Uses an invitation up: a role, or for a carer the audiences. Without one that is valid, just the greeting."""
    invite = invites.redeem(here.tx, code, by=me.id, now=here.now)
    if invite is None:
        return [Send(here.asker, texts.CODE_NOT_VALID), *menu.start(here, me)]
    people.call_by(here.tx, me.id, first_name)
    if invite.role == "carer":
        for audience in invite.scope:
            people.join_audience(here.tx, me.id, audience, now=here.now)
        learners.join(here.tx, me.id, now=here.now)
        plan_warnings.joined(here, me.id)
        return [Send(here.asker, texts.WELCOME_CARER), *menu.start(here, me)]
    people.appoint(here.tx, me.id, invite.role, invite.scope, now=here.now)
    audit.note(here.tx, "joined", by=me.id, reason=invite.role, now=here.now)
    joined = people.person(here.tx, me.id)
    welcome: Wording = texts.WELCOME_STAFF(name=Own(first_name), role=menu.ROLE_NAMES[invite.role])
    if invite.role == PARTNER:
        welcome = texts.WELCOME_PARTNER
    return [Send(here.asker, welcome), *menu.start(here, joined), Menu(here.asker, staff=joined.may("command case"))]
