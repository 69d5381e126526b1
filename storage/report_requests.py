"""Reports that somebody asked for in the chat: counted beside the database's thread, so they wait as rows."""

from dataclasses import dataclass
from datetime import date, datetime

from bot.core.report import Period
from storage.db import Transaction

COLUMNS = "id, person_id, first_day, last_day, what, attempts"


@dataclass(frozen=True, slots=True)
class Request:
    """`what`: a table's id or a form of file; `attempts` counts this one."""

    id: int
    person_id: int
    first_day: date
    last_day: date
    what: str
    attempts: int

    @property
    def period(self) -> Period:
        return Period(self.first_day, self.last_day)


def put(tx: Transaction, person_id: int, period: Period, what: str, *, now: datetime) -> bool:
    """False when the very same is asked for already and not there yet."""
    return bool(
        tx.run(
            """
            INSERT INTO report_requests (person_id, first_day, last_day, what, asked_at, not_before)
            SELECT :person_id, :first, :last, :what, :now, :now
            WHERE  NOT EXISTS (SELECT 1 FROM report_requests WHERE done_at IS NULL AND person_id = :person_id
                               AND first_day = :first AND last_day = :last AND what = :what)
            """,
            person_id=person_id,
            first=period.first,
            last=period.last,
            what=what,
            now=now,
        )
    )


def take(tx: Transaction, *, until: datetime, now: datetime) -> Request | None:
    """The oldest; not taken again before `until`, unless the bot dies with it."""
    row = tx.one(
        f"""
        UPDATE report_requests SET attempts = attempts + 1, not_before = :until
        WHERE  id = (SELECT id FROM report_requests WHERE done_at IS NULL AND not_before <= :now ORDER BY id LIMIT 1)
        RETURNING {COLUMNS}
        """,
        until=until,
        now=now,
    )
    return Request(**row) if row else None


def done(tx: Transaction, request_id: int, *, now: datetime) -> bool:
    """False when it was done before."""
    return bool(
        tx.run("UPDATE report_requests SET done_at = :now WHERE id = :id AND done_at IS NULL", id=request_id, now=now)
    )


def interrupted(tx: Transaction, *, now: datetime) -> None:
    """After a start: what was being counted is counted at once."""
    tx.run("UPDATE report_requests SET not_before = :now WHERE done_at IS NULL", now=now)
