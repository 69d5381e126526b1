"""Why this case is first: danger, weapon, child, repeat, deadline, waiting time, in this order and in words."""

from datetime import datetime

from bot.core import texts
from bot.core.cases import Case
from bot.core.lines import By, Wording

Rank = tuple[bool, bool, bool, bool, bool, bool, int, datetime, datetime]


def rank(case: Case) -> Rank:
    """What is smaller is taken first; storage/cases.py orders by the same rules.

    A case that came back, because its lease ran out or its holder has left, stands before its like: it has lost time.
    """
    return (
        case.urgency != "emergency",
        case.danger != "now",
        case.returns == 0,
        case.weapon != "yes",
        not child(case),
        not case.repeat,
        -case.priority,
        case.answer_due_at,
        case.reported_at,
    )


def why(case: Case, now: datetime) -> list[Wording]:
    """The rules that put the case where it is, the strongest first. None of it tells what happened."""
    by = By(case.answer_due_at, now)
    reasons = (
        (case.urgency == "emergency", texts.FIRST_URGENT),
        (case.danger == "now", texts.FIRST_DANGER),
        (case.returns > 0, texts.FIRST_CAME_BACK),
        (case.weapon == "yes", texts.FIRST_WEAPON),
        (child(case), texts.FIRST_CHILD),
        (case.repeat, texts.FIRST_REPEAT),
        (case.priority > 0, texts.FIRST_RULE),
        (case.waits and case.answer_due_at < now, texts.FIRST_LATE(by=by)),
        (case.waits and case.answer_due_at >= now, texts.FIRST_BY(by=by)),
    )
    return [reason for holds, reason in reasons if holds]


def child(case: Case) -> bool:
    """A child is there, or writes."""
    return bool(case.children) or case.child_role is not None
