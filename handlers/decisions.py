"""What a specialist says about a deadline on the card: done, decided, or sent to the body that decides."""

from bot.core import texts
from bot.core.buttons import Clock
from bot.core.events import Message, Refused, Toast
from handlers import cards, clocks, talk, tasks
from handlers.here import Here
from storage import cases, deadlines
from storage.people import Person


def pressed(here: Here, me: Person, button: Clock) -> list[Message]:
    """By the one who has the case; the card then shows how it stands."""
    deadline = deadlines.by_id(here.tx, button.deadline)
    if deadline is None:
        raise Refused(texts.NOT_FOR_YOU)
    case = talk.mine(here, me, deadline.case_id)
    if not deadline.runs or deadline.key not in clocks.ENDED_BY_HAND:
        return [Toast(texts.STALE), *cards.shown(here, me, case)]
    body = here.centre.deadline(deadline.key).decided_by
    if button.move == "sent" and body:
        clocks.sent_for_decision(here, case, body)
    elif deadline.key in clocks.DECISION:
        clocks.decided(here, case)
    else:
        clocks.met(here, case, deadline.key)
    cases.note(here.tx, case.id, f"{deadline.key} {button.move}", by=me.id, now=here.now)
    tasks.ensure_step(here, case)
    return [Toast(texts.CLOCK_STOPPED), *cards.shown(here, me, case)]
