"""Groups of teams: number, team, deadline and the way into the private chat, nothing else (S26).

The bot stays where somebody with a code of `invite group` has asked it in, and leaves every other group.
"""

from datetime import timedelta

from bot.core import texts
from bot.core.cases import Case
from bot.core.events import (
    Blocked,
    Button,
    Command,
    Delete,
    Due,
    Edit,
    Incoming,
    Lane,
    LeaveChat,
    Link,
    Message,
    Migrated,
    Rows,
    Send,
)
from bot.core.lines import By, Line, Sentence
from bot.core.whom import Group
from handlers.here import Here
from storage import audit, due, groups, invites, outbox, people
from storage.people import Person

ASKED = "group_asked"
CODE_WITHIN = timedelta(minutes=5)
"""How long a colleague who has added the bot may look for the code [P]."""
START = "case-"


def answered(here: Here, me: Person, incoming: Incoming) -> list[Message]:
    """Whatever happens in a chat with more readers than one."""
    stays = groups.joined(here.tx, me.id) is not None
    match incoming.event:
        case Blocked(blocked):
            return _added_or_gone(here, me, incoming, blocked=blocked, stays=stays)
        case Migrated(to):
            return moved(here, me.id, to)
        case Command("start", code) if code:
            return _invited(here, me, code)
        case Command():
            return [Send(here.asker, texts.WRITE_TO_ME_IN_PRIVATE)] if stays else _unasked(here, me)
        case _:
            return [] if stays else _unasked(here, me)


def waited(here: Here, bell: Due) -> list[Message]:
    """The minutes for the code are over."""
    return [] if groups.joined(here.tx, bell.subject_id) else [LeaveChat(bell.subject_id)]


def alerted(here: Here, case: Case) -> list[Message]:
    """The team's groups hear that a case waits; a second time in the place of the first."""
    text = texts.GROUP_ALERT(
        number=case.name, team=here.centre.team(case.team).name, by=By(case.answer_due_at, here.now)
    )
    heard = groups.of_team(here.tx, case.team, case.district)
    return [message for group in heard for message in _anew(here, case, group, text)]


def told(here: Here, case: Case, words: Sentence) -> list[Message]:
    """What stands in the groups says how it is by now, without a name."""
    heard = groups.of_team(here.tx, case.team, case.district)
    return [Edit(group, _key(case), words(number=case.name)) for group in heard]


def moved(here: Here, person_id: int, to: int) -> list[Message]:
    """The group has become another one for Telegram; it is still the same team's."""
    if groups.joined(here.tx, person_id) is not None:
        language = people.person(here.tx, person_id).language
        new = people.meet(here.tx, to, kind="group", language=language, now=here.now)
        groups.move(here.tx, person_id, new.id)
    return []


def gone(here: Here, person_id: int) -> None:
    """Messages no longer reach the chat: it was left."""
    groups.leave(here.tx, person_id, now=here.now)


def _added_or_gone(here: Here, me: Person, incoming: Incoming, *, blocked: bool, stays: bool) -> list[Message]:
    """A colleague has some minutes for the code; brought in by anybody else, it leaves at once."""
    due.cancel(here.tx, (ASKED,), me.id, now=here.now)
    if blocked:
        groups.leave(here.tx, me.id, now=here.now)
    if blocked or stays:
        return []
    brought_by = people.found(here.tx, incoming.by)
    if brought_by is None or not brought_by.staff:
        return _leaves(here, me)
    due.plan(here.tx, ASKED, me.id, at=here.now + CODE_WITHIN)
    return [Send(here.asker, texts.GROUP_ASKS_CODE)]


def _invited(here: Here, me: Person, code: str) -> list[Message]:
    invite = invites.redeem(here.tx, code, by=me.id, now=here.now, group=True)
    if invite is None:
        return [] if groups.joined(here.tx, me.id) else _leaves(here, me)
    team, district = (*invite.scope, "")[:2]
    groups.join(here.tx, me.id, team, district, now=here.now)
    audit.note(here.tx, "group_joined", reason=f"{team} {district}".strip(), now=here.now)
    due.cancel(here.tx, (ASKED,), me.id, now=here.now)
    return [Send(here.asker, texts.GROUP_JOINED(team=here.centre.team(team).name))]


def _unasked(here: Here, me: Person) -> list[Message]:
    """While a colleague looks for the code nothing is said; otherwise nobody has asked it in."""
    return [] if due.planned(here.tx, ASKED, me.id) else _leaves(here, me)


def _leaves(here: Here, me: Person) -> list[Message]:
    due.cancel(here.tx, (ASKED,), me.id, now=here.now)
    return [Send(here.asker, texts.GROUP_NOT_ASKED, lane=Lane.URGENT), LeaveChat(me.id)]


def _anew(here: Here, case: Case, group: Group, text: Line) -> list[Message]:
    key = _key(case)
    older = [Delete(group, key)] if outbox.standing(here.tx, group, key) is not None else []
    return [*older, Send(group, text, _link(case), key=key, protect=True)]


def _link(case: Case) -> Rows:
    """Into the private chat, where `sight` decides as it does for a number that was typed."""
    return ((Button(texts.OPEN_IN_PRIVATE, Link(f"{START}{case.number}")),),)


def _key(case: Case) -> str:
    return f"case:{case.id}"
