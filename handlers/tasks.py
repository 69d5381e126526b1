"""What is to be done next about a case."""

from datetime import datetime

from bot.core.cases import Case
from handlers.here import Here
from storage import tasks


def next_step(here: Here, case: Case, kind: str, due_at: datetime) -> None:
    """Stand-in."""
    if case.claimed_by is not None:
        tasks.make(here.tx, kind, to=case.claimed_by, case_id=case.id, due_at=due_at, now=here.now)


def ensure_step(here: Here, case: Case) -> None:
    """Stand-in."""
