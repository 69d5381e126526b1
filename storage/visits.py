"""Planned visits. A visit that moves is the same visit in the next version; reminders name the version they mean."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.core.cases import Case
from bot.core.whom import Colleague
from storage import keys
from storage.db import Transaction

COLUMNS = (
    "id, case_id, specialist_id, kind, starts_at, state, version, answer, on_way_at, inside_at, out_due_at, out_at, "
    "act_no, reason_not_held, attempt, escort, series_id, series_day"
)
ACT_NO = "visits.act_no"
UNDER_WAY = "on_way_at IS NOT NULL AND out_at IS NULL AND (inside_at IS NOT NULL OR state = 'planned')"
"""Whoever goes is on the way or inside; who has gone in is so until out, whatever becomes of the visit."""


@dataclass(frozen=True, slots=True)
class Visit:
    """`state`: planned, cancelled, held or not_held. `answer`: the resident's, home or other.

    `series_day`: of a visit that recurs, the day on which the rule has it, wherever it was moved.
    """

    id: int
    case_id: int
    specialist_id: Colleague
    kind: str
    starts_at: datetime
    state: str
    version: int
    answer: str | None
    on_way_at: datetime | None = None
    inside_at: datetime | None = None
    out_due_at: datetime | None = None
    out_at: datetime | None = None
    act_no: bytes | None = None
    reason_not_held: str | None = None
    attempt: int = 1
    escort: bool = False
    series_id: int | None = None
    series_day: date | None = None

    @property
    def inside(self) -> bool:
        return self.inside_at is not None and self.out_at is None


def plan(tx: Transaction, case_id: int, *, by: int, kind: str, starts_at: datetime, now: datetime) -> Visit:
    """A new visit; after one that was not held it is the next attempt."""
    row = tx.one(
        f"""
        INSERT INTO visits (case_id, specialist_id, kind, starts_at, state, planned_at, attempt)
        SELECT :case_id, :by, :kind, :starts_at, 'planned', :now,
               1 + (SELECT count(*) FROM visits WHERE case_id = :case_id AND state = 'not_held')
        RETURNING {COLUMNS}
        """,
        case_id=case_id,
        by=by,
        kind=kind,
        starts_at=starts_at,
        now=now,
    )
    assert row is not None  # noqa: S101 - RETURNING gives the row that was inserted
    return Visit(**row)


def move(tx: Transaction, visit_id: int, *, kind: str, starts_at: datetime) -> Visit | None:
    """The visit at its new time, in its next version, the resident's answer open again; None unless it is planned."""
    row = tx.one(
        f"""
        UPDATE visits SET starts_at = :starts_at, kind = :kind, version = version + 1, answer = NULL,
               on_way_at = CASE WHEN inside_at IS NULL THEN NULL ELSE on_way_at END
        WHERE  id = :id AND state = 'planned'
        RETURNING {COLUMNS}
        """,
        id=visit_id,
        kind=kind,
        starts_at=starts_at,
    )
    return Visit(**row) if row else None


def move_to_slot(
    tx: Transaction, visit_id: int, *, version: int, starts_at: datetime, lasts: timedelta
) -> Visit | None:
    """The resident's own choice of time, so she will be in. None when the visit has changed, or whoever goes is taken.

    Looking and taking are this one statement: of two who press the same time one gets it.
    """
    row = tx.one(
        f"""
        UPDATE visits SET starts_at = :starts_at, version = version + 1, answer = 'home', on_way_at = NULL
        WHERE  id = :id AND version = :version AND state = 'planned' AND inside_at IS NULL
        AND    NOT EXISTS (SELECT 1 FROM visits AS other
                           WHERE  other.specialist_id = visits.specialist_id AND other.id <> visits.id
                           AND    other.state = 'planned' AND other.starts_at > :after AND other.starts_at < :before)
        RETURNING {COLUMNS}
        """,
        id=visit_id,
        version=version,
        starts_at=starts_at,
        after=starts_at - lasts,
        before=starts_at + lasts,
    )
    return Visit(**row) if row else None


def give(tx: Transaction, visit_id: int, *, to: int) -> Visit | None:
    """Another specialist will go; time and answer stay, so the resident need not be asked again."""
    row = tx.one(
        f"UPDATE visits SET specialist_id = :to WHERE id = :id AND state = 'planned' RETURNING {COLUMNS}",
        id=visit_id,
        to=to,
    )
    return Visit(**row) if row else None


def end(tx: Transaction, visit_id: int, state: str) -> Visit | None:
    """Held or cancelled; None unless it is planned."""
    row = tx.one(
        f"""
        UPDATE visits SET state = :state, version = version + 1 WHERE id = :id AND state = 'planned'
        RETURNING {COLUMNS}
        """,
        id=visit_id,
        state=state,
    )
    return Visit(**row) if row else None


def answer(tx: Transaction, visit_id: int, answer: str, *, version: int) -> Visit | None:
    """Notes the resident's answer to this version of the visit; None when the visit has changed since."""
    row = tx.one(
        f"""
        UPDATE visits SET answer = :answer WHERE id = :id AND version = :version AND state = 'planned'
        RETURNING {COLUMNS}
        """,
        id=visit_id,
        version=version,
        answer=answer,
    )
    return Visit(**row) if row else None


def by_id(tx: Transaction, visit_id: int) -> Visit | None:
    row = tx.one(f"SELECT {COLUMNS} FROM visits WHERE id = :id", id=visit_id)
    return Visit(**row) if row else None


def not_held(tx: Transaction, visit_id: int, reason: str) -> Visit | None:
    """It came to nothing, and why; None unless it is planned."""
    row = tx.one(
        f"""
        UPDATE visits SET state = 'not_held', reason_not_held = :reason, version = version + 1
        WHERE  id = :id AND state = 'planned'
        RETURNING {COLUMNS}
        """,
        id=visit_id,
        reason=reason,
    )
    return Visit(**row) if row else None


def number_act(tx: Transaction, case: Case, act_no: str) -> Visit | None:
    """The number of the act, for the case's newest visit that was held."""
    row = tx.one(
        f"""
        UPDATE visits SET act_no = :act_no
        WHERE  id = (SELECT max(id) FROM visits WHERE case_id = :case_id AND state = 'held')
        RETURNING {COLUMNS}
        """,
        case_id=case.id,
        act_no=keys.put(tx, case.key_id, act_no, of=ACT_NO),
    )
    return Visit(**row) if row else None


def act_no(tx: Transaction, case: Case, visit: Visit) -> str:
    """The number of its act; empty as long as nobody has written one."""
    return str(keys.take(tx, case.key_id, visit.act_no, of=ACT_NO)) if visit.act_no else ""


def with_police(tx: Transaction, visit_id: int) -> Visit | None:
    """The police go along from now on, or, if they were to, do not after all."""
    row = tx.one(
        f"UPDATE visits SET escort = NOT escort WHERE id = :id AND state = 'planned' RETURNING {COLUMNS}", id=visit_id
    )
    return Visit(**row) if row else None


# The way there, and back


def set_out(tx: Transaction, visit_id: int, *, now: datetime) -> Visit | None:
    row = tx.one(
        f"""
        UPDATE visits SET on_way_at = :now
        WHERE  id = :id AND state = 'planned' AND on_way_at IS NULL AND inside_at IS NULL
        RETURNING {COLUMNS}
        """,
        id=visit_id,
        now=now,
    )
    return Visit(**row) if row else None


def turn_back(tx: Transaction, visit_id: int) -> None:
    """On the way for hours and never inside: nobody is on that way any more."""
    tx.run("UPDATE visits SET on_way_at = NULL WHERE id = :id AND inside_at IS NULL", id=visit_id)


def go_in(tx: Transaction, visit_id: int, *, until: datetime, now: datetime) -> Visit | None:
    """None when somebody is inside already, or the visit is not planned."""
    row = tx.one(
        f"""
        UPDATE visits SET on_way_at = COALESCE(on_way_at, :now), inside_at = :now, out_due_at = :until
        WHERE  id = :id AND state = 'planned' AND inside_at IS NULL
        RETURNING {COLUMNS}
        """,
        id=visit_id,
        now=now,
        until=until,
    )
    return Visit(**row) if row else None


def stay(tx: Transaction, visit_id: int, *, until: datetime) -> Visit | None:
    """Out by then; None when nobody is inside."""
    row = tx.one(
        f"""
        UPDATE visits SET out_due_at = :until WHERE id = :id AND inside_at IS NOT NULL AND out_at IS NULL
        RETURNING {COLUMNS}
        """,
        id=visit_id,
        until=until,
    )
    return Visit(**row) if row else None


def come_out(tx: Transaction, visit_id: int, *, now: datetime) -> Visit | None:
    row = tx.one(
        f"""
        UPDATE visits SET out_at = :now WHERE id = :id AND inside_at IS NOT NULL AND out_at IS NULL
        RETURNING {COLUMNS}
        """,
        id=visit_id,
        now=now,
    )
    return Visit(**row) if row else None


def on_road(tx: Transaction, person_id: int) -> bool:
    """Whether this person is on the way to a visit, or inside."""
    return tx.one(f"SELECT 1 FROM visits WHERE specialist_id = :id AND {UNDER_WAY}", id=person_id) is not None


def recurs(tx: Transaction, visit_id: int, series_id: int, day: date) -> Visit | None:
    """The visit is of that series from now on."""
    row = tx.one(
        f"UPDATE visits SET series_id = :series_id, series_day = :day WHERE id = :id RETURNING {COLUMNS}",
        id=visit_id,
        series_id=series_id,
        day=day,
    )
    return Visit(**row) if row else None


def plan_again(
    tx: Transaction, series_id: int, day: date, *, case_id: int, by: int, kind: str, starts_at: datetime, now: datetime
) -> Visit | None:
    """The series' visit of that day; None when there was one ever, whatever became of it."""
    row = tx.one(
        f"""
        INSERT INTO visits (case_id, specialist_id, kind, starts_at, state, planned_at, series_id, series_day)
        VALUES (:case_id, :by, :kind, :starts_at, 'planned', :now, :series_id, :day)
        ON CONFLICT (series_id, series_day) DO NOTHING
        RETURNING {COLUMNS}
        """,
        series_id=series_id,
        day=day,
        case_id=case_id,
        by=by,
        kind=kind,
        starts_at=starts_at,
        now=now,
    )
    return Visit(**row) if row else None


def of_series(tx: Transaction, series_id: int, *, since: date) -> list[Visit]:
    """What is planned of it from that day of the rule on, the earliest first."""
    rows = tx.all(
        f"SELECT {COLUMNS} FROM visits WHERE series_id = :series_id AND series_day >= :since AND state = 'planned' "
        "ORDER BY starts_at",
        series_id=series_id,
        since=since,
    )
    return [Visit(**row) for row in rows]


def all_of_case(tx: Transaction, case_id: int) -> list[Visit]:
    """Everything that is planned for the case, the earliest first."""
    rows = tx.all(
        f"SELECT {COLUMNS} FROM visits WHERE case_id = :case_id AND state = 'planned' ORDER BY starts_at",
        case_id=case_id,
    )
    return [Visit(**row) for row in rows]


def single(tx: Transaction, case_id: int) -> Visit | None:
    """The case's planned visit that is of no series."""
    row = tx.one(
        f"SELECT {COLUMNS} FROM visits WHERE case_id = :case_id AND state = 'planned' AND series_id IS NULL "
        "ORDER BY starts_at LIMIT 1",
        case_id=case_id,
    )
    return Visit(**row) if row else None


def of_case(tx: Transaction, case_id: int) -> Visit | None:
    """The case's next planned visit."""
    row = tx.one(
        f"SELECT {COLUMNS} FROM visits WHERE case_id = :case_id AND state = 'planned' ORDER BY starts_at LIMIT 1",
        case_id=case_id,
    )
    return Visit(**row) if row else None


def newest(tx: Transaction, case_id: int) -> Visit | None:
    """The case's last visit, whatever became of it."""
    row = tx.one(f"SELECT {COLUMNS} FROM visits WHERE case_id = :case_id ORDER BY id DESC LIMIT 1", case_id=case_id)
    return Visit(**row) if row else None


def of_specialist(tx: Transaction, person_id: int) -> list[Visit]:
    rows = tx.all(
        f"SELECT {COLUMNS} FROM visits WHERE specialist_id = :person_id AND state = 'planned' ORDER BY starts_at",
        person_id=person_id,
    )
    return [Visit(**row) for row in rows]


def of_specialist_until(tx: Transaction, person_id: int, *, until: datetime, most: int) -> list[Visit]:
    """What is planned up to then, by time."""
    rows = tx.all(
        f"SELECT {COLUMNS} FROM visits WHERE specialist_id = :person_id AND state = 'planned' AND starts_at < :until "
        "ORDER BY starts_at LIMIT :most",
        person_id=person_id,
        until=until,
        most=most,
    )
    return [Visit(**row) for row in rows]


def of_resident(tx: Transaction, person_id: int) -> list[Visit]:
    """Planned visits for cases that the person told of here, apart from the branch and from other people's cases.

    Of a series the next one.
    """
    rows = tx.all(
        f"""
        SELECT {COLUMNS} FROM visits
        WHERE  state = 'planned' AND case_id IN (
               SELECT case_id FROM links JOIN cases ON cases.id = links.case_id
               WHERE  links.person_id = :person_id AND links.part = 'self' AND NOT cases.branch)
        AND    NOT EXISTS (SELECT 1 FROM visits AS sooner WHERE sooner.series_id = visits.series_id
                           AND sooner.state = 'planned' AND sooner.starts_at < visits.starts_at)
        ORDER  BY starts_at
        """,
        person_id=person_id,
    )
    return [Visit(**row) for row in rows]


def missed(tx: Transaction, district: str, *, since: datetime, until: datetime) -> list[Visit]:
    """What was to begin in that time, there or, with no district named, anywhere, and nobody set out for."""
    rows = tx.all(
        f"""
        SELECT {COLUMNS} FROM visits
        WHERE  state = 'planned' AND on_way_at IS NULL AND inside_at IS NULL
        AND    starts_at >= :since AND starts_at < :until
        AND    case_id IN (SELECT id FROM cases WHERE closed_at IS NULL AND (:district = '' OR district = :district))
        ORDER  BY starts_at
        """,
        district=district,
        since=since,
        until=until,
    )
    return [Visit(**row) for row in rows]


def stands(tx: Transaction, visit_id: int, version: int) -> bool:
    """Whether the visit is still planned as it was in that version."""
    return (
        tx.one(
            "SELECT 1 FROM visits WHERE id = :id AND version = :version AND state = 'planned'",
            id=visit_id,
            version=version,
        )
        is not None
    )
