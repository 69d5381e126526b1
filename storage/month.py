"""What stands in the calendar of the whole centre between two moments: counts and titles, nobody's name."""

from datetime import datetime

from storage import trainings
from storage.db import Transaction
from storage.trainings import Session


def visits(tx: Transaction, *, since: datetime, until: datetime) -> list[tuple[datetime, str]]:
    """When, and of which team; planned ones and those that were held."""
    rows = tx.all(
        """
        SELECT visits.starts_at, cases.team FROM visits JOIN cases ON cases.id = visits.case_id
        WHERE  visits.starts_at >= :since AND visits.starts_at < :until AND visits.state IN ('planned', 'held')
        ORDER  BY visits.starts_at, visits.id
        """,
        since=since,
        until=until,
    )
    return [(row["starts_at"], str(row["team"])) for row in rows]


def sessions(tx: Transaction, *, since: datetime, until: datetime) -> list[Session]:
    """Those that were not called off."""
    rows = tx.all(
        """
        SELECT id FROM sessions WHERE starts_at >= :since AND starts_at < :until AND state <> 'cancelled'
        ORDER  BY starts_at, id
        """,
        since=since,
        until=until,
    )
    known = [trainings.by_id(tx, row["id"]) for row in rows]
    return [session for session in known if session]
