"""The one door to a resident who has not just written: as she chose, or not at all (S08, S09)."""

from datetime import datetime

from bot.core import safety
from bot.core.cases import Case
from bot.core.events import Guard, Lane, Message, Push, Rows
from bot.core.lines import NOTHING, Wording
from bot.core.safety import Reason
from handlers.here import Here
from storage import cases, letters, people

PUSH = "push"


def told(
    here: Here,
    case: Case,
    reason: Reason,
    text: Wording = NOTHING,
    buttons: Rows = (),
    *,
    key: str = "",
    lane: Lane = Lane.REPLY,
    guard: Guard | None = None,
    protect: bool = False,
) -> list[Message]:
    """A push, if the gate lets one out; asked once more when it is picked for sending."""
    permit = safety.may_contact(case, reason, here.local)
    resident = cases.holder(here.tx, case.id)
    if permit is None or resident is None:
        return []
    still_so = guard or Guard(f"{PUSH}:{reason}", case.id, 0)
    return [Push(resident, permit, case.id, reason, text, buttons, key, lane, still_so, protect)]


def reachable(here: Here, case: Case) -> bool:
    """Whether a message would arrive: she has not stopped the bot (S13)."""
    resident = cases.holder(here.tx, case.id)
    return resident is not None and people.reader(here.tx, resident).reachable


def unread(here: Here, case_id: int) -> list[Message]:
    """A cover for answers of which nothing could tell her before: the gate has opened, or her account has changed."""
    case = cases.by_id(here.tx, case_id)
    waits = case is not None and case.branch and letters.unread(here.tx, case_id, from_staff=True)
    return told(here, case, "reply") if case and waits else []


def allowed_at(here: Here, case_id: int, reason: Reason) -> datetime | None:
    """From when a push that waits may go, as she has chosen by now; None when it may not any more."""
    case = cases.by_id(here.tx, case_id)
    permit = safety.may_contact(case, reason, here.local) if case else None
    return permit.at if permit else None
