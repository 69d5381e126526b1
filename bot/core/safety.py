"""When a resident may be written to first (S08, S14). Every proactive message passes here."""

from bot.core.cases import Case


def may_contact(case: Case) -> bool:
    """Whether the bot may write first about this case.

    «Only at certain hours» is not yet «at any hour»: until the hours are kept for her, nothing is pushed.
    """
    return case.contact == "here" and case.closed_at is None
