"""Rosters: each person's week, the days that differ, leave; and whether somebody is on duty now."""

from collections.abc import Collection, Sequence
from datetime import date, datetime

from bot.core.duty import Leave, OneDay, Roster, Shift, Standing
from storage import people
from storage.db import Transaction, named


def roster(tx: Transaction, person_id: int) -> Roster:
    return Roster(
        tuple(shift for _, shift in _shifts(tx, person_id)),
        tuple(day for _, day in _days(tx, person_id)),
        tuple(leave for _, leave in _leaves(tx, person_id)),
    )


def rosters(tx: Transaction) -> dict[int, Roster]:
    """Of everybody for whom anything is planned."""
    shifts, days, leaves = _shifts(tx), _days(tx), _leaves(tx)
    return {
        person_id: Roster(
            tuple(shift for of, shift in shifts if of == person_id),
            tuple(day for of, day in days if of == person_id),
            tuple(leave for of, leave in leaves if of == person_id),
        )
        for person_id in sorted({of for of, _ in (*shifts, *days, *leaves)})
    }


def add_shift(tx: Transaction, person_id: int, shift: Shift) -> None:
    """The same one again changes nothing."""
    tx.run(
        """
        INSERT INTO shifts (person_id, team, weekday, starts, ends)
        SELECT :person_id, :team, :weekday, :starts, :ends
        WHERE  NOT EXISTS (SELECT 1 FROM shifts WHERE person_id = :person_id AND team = :team AND weekday = :weekday
                           AND starts = :starts AND ends = :ends)
        """,
        person_id=person_id,
        team=shift.team,
        weekday=shift.weekday,
        starts=shift.starts,
        ends=shift.ends,
    )


def drop_shifts(tx: Transaction, person_id: int) -> None:
    """The person has no week any more."""
    tx.run("DELETE FROM shifts WHERE person_id = :person_id", person_id=person_id)


def add_day(tx: Transaction, person_id: int, day: OneDay) -> None:
    tx.run(
        """
        INSERT INTO shift_days (person_id, team, day, off, starts, ends)
        VALUES (:person_id, :team, :day, :off, :starts, :ends)
        """,
        person_id=person_id,
        team=day.team,
        day=day.day,
        off=day.off,
        starts=day.starts,
        ends=day.ends,
    )


def drop_day(tx: Transaction, person_id: int, day: date) -> None:
    """The day is like any other of its weekday again."""
    tx.run("DELETE FROM shift_days WHERE person_id = :person_id AND day = :day", person_id=person_id, day=day)


def drop_days(tx: Transaction, person_id: int) -> None:
    tx.run("DELETE FROM shift_days WHERE person_id = :person_id", person_id=person_id)


def take_leave(tx: Transaction, person_id: int, first_day: date, last_day: date) -> None:
    """The same one again changes nothing."""
    tx.run(
        """
        INSERT INTO leaves (person_id, first_day, last_day)
        SELECT :person_id, :first_day, :last_day
        WHERE  NOT EXISTS (SELECT 1 FROM leaves WHERE person_id = :person_id AND first_day = :first_day
                           AND last_day = :last_day AND ended_at IS NULL)
        """,
        person_id=person_id,
        first_day=first_day,
        last_day=last_day,
    )


def end_leave(tx: Transaction, person_id: int, *, today: date, now: datetime) -> bool:
    """Back sooner, or not going: every leave that is not over ends now; whether there was one."""
    return bool(
        tx.run(
            "UPDATE leaves SET ended_at = :now "
            "WHERE person_id = :person_id AND last_day >= :today AND ended_at IS NULL",
            person_id=person_id,
            today=today,
            now=now,
        )
    )


def away(tx: Transaction, today: date) -> set[int]:
    """Who is on leave that day."""
    rows = tx.all(
        "SELECT person_id FROM leaves WHERE first_day <= :today AND last_day >= :today AND ended_at IS NULL",
        today=today,
    )
    return {row["person_id"] for row in rows}


def standing(tx: Transaction, person_id: int) -> Standing | None:
    """Whether on duty now; None for somebody who never was."""
    row = tx.one("SELECT on_duty, since, teams, until FROM duty WHERE person_id = :person_id", person_id=person_id)
    if row is None:
        return None
    return Standing(bool(row["on_duty"]), row["since"], _teams(row["teams"]), row["until"])


def unsettled(tx: Transaction, kinds: Sequence[str], *, now: datetime) -> list[int]:
    """Whose shift has begun or ended by now, as the rows of these kinds say, and who does not stand so yet.

    Rows that ring at this very moment are marked as done before the first of them is handled.
    """
    among, values = named("kind", kinds)
    rows = tx.all(
        f"""
        SELECT DISTINCT due.subject_id FROM due JOIN duty ON duty.person_id = due.subject_id
        WHERE  (due.done_at IS NULL OR due.done_at = :now) AND due.at <= :now AND due.kind IN {among}
        AND    duty.since < due.at
        ORDER BY due.subject_id
        """,
        now=now,
        **values,
    )
    return [int(row["subject_id"]) for row in rows]


def stand(tx: Transaction, person_id: int, state: Standing) -> None:
    """On or off duty from now on."""
    people.go_on_duty(
        tx, person_id, on=state.on, teams=state.teams if state.on else (), until=state.until, now=state.since
    )


def _teams(written: str) -> tuple[str, ...]:
    return tuple(team for team in written.split(",") if team)


def _shifts(tx: Transaction, person_id: int = 0) -> list[tuple[int, Shift]]:
    rows = tx.all(
        "SELECT person_id, weekday, starts, ends, team FROM shifts WHERE :of = 0 OR person_id = :of "
        "ORDER BY person_id, weekday, starts, id",
        of=person_id,
    )
    return [(row["person_id"], Shift(row["weekday"], row["starts"], row["ends"], row["team"])) for row in rows]


def _days(tx: Transaction, person_id: int = 0) -> list[tuple[int, OneDay]]:
    rows = tx.all(
        "SELECT person_id, day, off, starts, ends, team FROM shift_days WHERE :of = 0 OR person_id = :of "
        "ORDER BY person_id, day, starts, id",
        of=person_id,
    )
    return [
        (row["person_id"], OneDay(row["day"], bool(row["off"]), row["starts"], row["ends"], row["team"]))
        for row in rows
    ]


def _leaves(tx: Transaction, person_id: int = 0) -> list[tuple[int, Leave]]:
    rows = tx.all(
        "SELECT person_id, first_day, last_day, ended_at FROM leaves WHERE :of = 0 OR person_id = :of "
        "ORDER BY person_id, first_day, id",
        of=person_id,
    )
    return [(row["person_id"], Leave(row["first_day"], row["last_day"], row["ended_at"])) for row in rows]


def forget(tx: Transaction, person_ids: Collection[int]) -> None:
    """Nothing is planned for them any more."""
    for person_id in person_ids:
        drop_shifts(tx, person_id)
        drop_days(tx, person_id)
        tx.run("DELETE FROM leaves WHERE person_id = :person_id", person_id=person_id)


def count_over(tx: Transaction, *, before: date) -> int:
    """Days that differed, and leaves, that are over since before that day."""
    row = tx.one(
        "SELECT (SELECT count(*) FROM shift_days WHERE day < :before) + "
        "(SELECT count(*) FROM leaves WHERE last_day < :before) AS n",
        before=before,
    )
    return int(row["n"]) if row else 0


def forget_over(tx: Transaction, *, before: date) -> int:
    days = tx.run("DELETE FROM shift_days WHERE day < :before", before=before)
    return days + tx.run("DELETE FROM leaves WHERE last_day < :before", before=before)
