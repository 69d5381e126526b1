"""Who works here: joining by a one-time invitation, being on duty."""

from dataclasses import replace

from bot.core import texts
from bot.core.access import HEADS
from bot.core.buttons import Duty
from bot.core.centre import PARTNER
from bot.core.events import Menu, Message, Send
from bot.core.lines import Own, Wording
from handlers import menu
from handlers.here import Here, row, screen
from storage import audit, invites, people
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
        return [Send(here.asker, texts.WELCOME_CARER), *menu.start(here, me)]
    people.appoint(here.tx, me.id, invite.role, invite.scope, now=here.now)
    audit.note(here.tx, "joined", by=me.id, reason=invite.role, now=here.now)
    joined = people.person(here.tx, me.id)
    welcome: Wording = texts.WELCOME_STAFF(name=Own(first_name), role=menu.ROLE_NAMES[invite.role])
    if invite.role == PARTNER:
        welcome = texts.WELCOME_PARTNER
    return [Send(here.asker, welcome), *menu.start(here, joined), Menu(here.asker, staff=joined.may("command case"))]


def duty(here: Here, me: Person) -> list[Message]:
    state = texts.YOU_ARE_ON_DUTY if me.on_duty else texts.YOU_ARE_OFF_DUTY
    way = (texts.GO_OFF_DUTY, Duty(0)) if me.on_duty else (texts.GO_ON_DUTY, Duty(1))
    return screen(here, me, menu.KEY, state, (*row(way), *menu.back()), protect=True)


def change_duty(here: Here, me: Person, *, on: bool) -> list[Message]:
    """On or off duty; when nobody of a team is left, the head is told."""
    people.go_on_duty(here.tx, me.id, on=on, now=here.now)
    messages = duty(here, replace(me, on_duty=on))
    return messages if on else [*messages, *_head_told(here, me)]


def _head_told(here: Here, me: Person) -> list[Message]:
    roles = tuple(role for role, _ in me.roles if role not in (*HEADS, "admin"))
    if not roles or people.team(here.tx, roles, duty=True):
        return []
    heads = [head for head in people.team(here.tx, ("head",)) if head.id != me.id]
    gone = texts.TEAM_HAS_NOBODY(name=Own(me.name))
    return [Send(here.asker, texts.LAST_ONE_ON_DUTY), *(Send(head.colleague, gone) for head in heads)]
