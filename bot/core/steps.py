"""Whether a case has a next step: a case without one cannot exist."""

from bot.core.cases import Case


def has_next(case: Case, *, visit: bool, tasks: int, with_others: bool) -> bool:
    """Whether somebody or something will bring the case up again.

    Until the first contact its ladder and its lease do; afterwards a planned visit, an open task, or a deadline that
    runs at another body, whose end makes a task.
    """
    over = case.closed_at is not None or case.withdrawn_at is not None
    on_the_way = case.claimed_by is None or case.contacted_at is None
    return over or on_the_way or visit or tasks > 0 or with_others
