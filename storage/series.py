"""What comes again and again, of a visit, a session or a plan item; and the days of it that differ.

Its occurrences are rows of their subject's table that name the series and the rule's own day: no day is made twice.
"""

from dataclasses import dataclass
from datetime import date, datetime, time

from bot.core.recurrence import SHIFTS, Rule
from storage.db import Row, Transaction

COLUMNS = (
    "id, subject, subject_id, person_id, kind, pattern, rule, first_day, clock, zone, last_day, times, shift, "
    "pause_from, pause_to, made_until, ended_at"
)
OF_VISITS = "visit"


@dataclass(frozen=True, slots=True)
class Series:
    """`subject` and `subject_id`: what recurs, of visits the case. `made_until`: up to when there are rows of it."""

    id: int
    subject: str
    subject_id: int
    person_id: int | None
    kind: str | None
    pattern: str
    rule: Rule
    made_until: datetime | None
    ended_at: datetime | None


def begin(
    tx: Transaction, subject: str, subject_id: int, rule: Rule, *, pattern: str, by: int, kind: str, now: datetime
) -> Series:
    asleep, awake = rule.pause or (None, None)
    row = tx.one(
        f"""
        INSERT INTO series (subject, subject_id, person_id, kind, pattern, rule, first_day, clock, zone, last_day,
                            times, shift, pause_from, pause_to, made_at)
        VALUES (:subject, :subject_id, :by, :kind, :pattern, :rule, :first, :clock, :zone, :until,
                :times, :shift, :asleep, :awake, :now)
        RETURNING {COLUMNS}
        """,
        subject=subject,
        subject_id=subject_id,
        by=by,
        kind=kind,
        pattern=pattern,
        rule=rule.text,
        first=rule.first,
        clock=f"{rule.clock:%H:%M}",
        zone=rule.zone,
        until=rule.until,
        times=rule.times,
        shift=rule.shift,
        asleep=asleep,
        awake=awake,
        now=now,
    )
    assert row is not None  # noqa: S101 - RETURNING gives the row that was inserted
    for kind_of_day, days in (("without", rule.without), ("besides", rule.besides)):
        for day in days:
            differs(tx, row["id"], day, kind_of_day)
    return _series(tx, row)


def differs(tx: Transaction, series_id: int, day: date, kind: str) -> None:
    """That day is left out (without), was moved (moved), or comes as well (besides)."""
    tx.run(
        "INSERT INTO series_days (series_id, day, kind) VALUES (:id, :day, :kind) "
        "ON CONFLICT (series_id, day) DO UPDATE SET kind = :kind",
        id=series_id,
        day=day,
        kind=kind,
    )


def by_id(tx: Transaction, series_id: int) -> Series | None:
    row = tx.one(f"SELECT {COLUMNS} FROM series WHERE id = :id", id=series_id)
    return _series(tx, row) if row else None


def made(tx: Transaction, series_id: int, until: datetime) -> None:
    """There are rows of it up to that moment."""
    tx.run("UPDATE series SET made_until = :until WHERE id = :id", id=series_id, until=until)


def end(tx: Transaction, series_id: int, *, now: datetime) -> None:
    tx.run("UPDATE series SET ended_at = :now WHERE id = :id AND ended_at IS NULL", id=series_id, now=now)


def end_all(tx: Transaction, subject: str, subject_id: int, *, now: datetime) -> None:
    """Nothing of that subject comes again."""
    tx.run(
        "UPDATE series SET ended_at = :now WHERE subject = :subject AND subject_id = :id AND ended_at IS NULL",
        subject=subject,
        id=subject_id,
        now=now,
    )


def give(tx: Transaction, subject: str, subject_id: int, *, to: int) -> None:
    """Another goes on with it."""
    tx.run(
        "UPDATE series SET person_id = :to WHERE subject = :subject AND subject_id = :id AND ended_at IS NULL",
        subject=subject,
        id=subject_id,
        to=to,
    )


def _series(tx: Transaction, row: Row) -> Series:
    rows = tx.all("SELECT day, kind FROM series_days WHERE series_id = :id", id=row["id"])
    days = {day["day"]: day["kind"] for day in rows}
    rule = Rule(
        row["rule"],
        row["first_day"],
        time.fromisoformat(row["clock"]),
        row["zone"],
        without=frozenset(day for day, kind in days.items() if kind != "besides"),
        besides=frozenset(day for day, kind in days.items() if kind == "besides"),
        until=row["last_day"],
        times=row["times"],
        shift=next(shift for shift in SHIFTS if shift == row["shift"]),
        pause=(row["pause_from"], row["pause_to"]) if row["pause_from"] else None,
    )
    kept = ("id", "subject", "subject_id", "person_id", "kind", "pattern", "made_until", "ended_at")
    return Series(rule=rule, **{name: row[name] for name in kept})
