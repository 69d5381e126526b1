"""Programmes of trainings, their groups, and which session is of which."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from bot.core.whom import Carer
from storage import learners, seal
from storage.db import Row, Transaction

CONTENT, GROUP = "programmes.content", "study_groups.content"
PURPOSE = "programmes"
COLUMNS = "id, content, kind, audience, hours, approved_on, valid_until, closed_at"

IS_THERE = "(import_id IS NULL OR import_id IN (SELECT id FROM training_imports WHERE current_at IS NOT NULL))"


@dataclass(frozen=True, slots=True)
class Programme:
    """`hours` are those of one session. `approved_by`: who approved it, where somebody did."""

    id: int
    title: str
    kind: str
    audience: str
    hours: int
    approved_on: date | None
    approved_by: str
    valid_until: date | None
    closed_at: datetime | None


@dataclass(frozen=True, slots=True)
class Group:
    id: int
    programme_id: int
    name: str
    members: int


@dataclass(frozen=True, slots=True)
class Candidate:
    """A learner of the programme's audience, and whether they are in the group."""

    learner_id: int
    person_id: Carer
    name: str
    member: bool


def make(
    tx: Transaction,
    *,
    title: str,
    kind: str,
    audience: str,
    hours: int,
    approved_on: date | None = None,
    approved_by: str = "",
    valid_until: date | None = None,
    import_id: int | None = None,
    by: int | None,
    now: datetime,
) -> Programme:
    row = tx.one(
        f"""
        INSERT INTO programmes (content, kind, audience, hours, approved_on, valid_until, import_id, made_by,
                                made_at)
        VALUES (:content, :kind, :audience, :hours, :approved_on, :valid_until, :import_id, :by, :now)
        RETURNING {COLUMNS}
        """,
        content=_sealed(tx, {"title": title, "approved_by": approved_by}, CONTENT),
        kind=kind,
        audience=audience,
        hours=hours,
        approved_on=approved_on,
        valid_until=valid_until,
        import_id=import_id,
        by=by,
        now=now,
    )
    assert row is not None  # noqa: S101 - RETURNING gives the row that was inserted
    return _programme(tx, row)


def by_id(tx: Transaction, programme_id: int) -> Programme | None:
    row = tx.one(f"SELECT {COLUMNS} FROM programmes WHERE id = :id", id=programme_id)
    return _programme(tx, row) if row else None


def standing(tx: Transaction) -> list[Programme]:
    """Those that were not closed, the newest first."""
    rows = tx.all(f"SELECT {COLUMNS} FROM programmes WHERE closed_at IS NULL AND {IS_THERE} ORDER BY id DESC")
    return [_programme(tx, row) for row in rows]


def every(tx: Transaction, *, import_id: int = 0) -> list[Programme]:
    """Those that were closed too, and those that an import is just bringing, the newest first."""
    rows = tx.all(
        f"SELECT {COLUMNS} FROM programmes WHERE {IS_THERE} OR import_id = :import_id ORDER BY id DESC",
        import_id=import_id,
    )
    return [_programme(tx, row) for row in rows]


def close(tx: Transaction, programme_id: int, *, now: datetime) -> bool:
    """Whether it was open until now."""
    closed = "UPDATE programmes SET closed_at = :now WHERE id = :id AND closed_at IS NULL"
    return bool(tx.run(closed, id=programme_id, now=now))


# Groups


def make_group(tx: Transaction, programme_id: int, name: str, *, now: datetime) -> int:
    row = tx.one(
        "INSERT INTO study_groups (programme_id, content, made_at) VALUES (:programme_id, :content, :now) RETURNING id",
        programme_id=programme_id,
        content=_sealed(tx, {"name": name}, GROUP),
        now=now,
    )
    assert row is not None  # noqa: S101 - RETURNING gives the row that was inserted
    return int(row["id"])


def groups(tx: Transaction, programme_id: int) -> list[Group]:
    rows = tx.all(f"{_GROUPS} WHERE study_groups.programme_id = :id ORDER BY study_groups.id", id=programme_id)
    return [_group(tx, row) for row in rows]


def group(tx: Transaction, group_id: int) -> Group | None:
    row = tx.one(f"{_GROUPS} WHERE study_groups.id = :id", id=group_id)
    return _group(tx, row) if row else None


def candidates(tx: Transaction, group_id: int, *, most: int, since: int = 0) -> list[Candidate]:
    """The learners of the audience, in the order in which they joined; `since`: so many are left out before."""
    rows = tx.all(
        f"""
        SELECT learners.id, learners.person_id, {learners.CALLED},
               EXISTS (SELECT 1 FROM members WHERE group_id = study_groups.id AND learner_id = learners.id) AS member
        FROM   study_groups
        JOIN   programmes ON programmes.id = study_groups.programme_id
        JOIN   carers ON carers.audience = programmes.audience
        JOIN   learners ON learners.person_id = carers.person_id AND learners.left_at IS NULL
        JOIN   people ON people.id = learners.person_id
        WHERE  study_groups.id = :id ORDER BY learners.id LIMIT :most OFFSET :since
        """,
        id=group_id,
        most=most,
        since=since,
    )
    return [
        Candidate(row["id"], Carer(row["person_id"]), learners.full_name(tx, row), bool(row["member"])) for row in rows
    ]


def put_in(tx: Transaction, group_id: int, learner_id: int, *, now: datetime) -> bool:
    """Whether that is news; nobody is put in who is none."""
    return bool(
        tx.run(
            "INSERT INTO members (group_id, learner_id, joined_at) "
            "SELECT :group_id, id, :now FROM learners WHERE id = :learner_id "
            "ON CONFLICT (group_id, learner_id) DO NOTHING",
            group_id=group_id,
            learner_id=learner_id,
            now=now,
        )
    )


def take_out(tx: Transaction, group_id: int, learner_id: int) -> None:
    out = "DELETE FROM members WHERE group_id = :group_id AND learner_id = :learner_id"
    tx.run(out, group_id=group_id, learner_id=learner_id)


# Sessions


def link(
    tx: Transaction, session_id: int, *, programme: Programme, group_id: int | None = None, series_of: int | None = None
) -> None:
    """The session is one of that programme; `series_of`: the first of those that were planned together."""
    tx.run(
        """
        UPDATE sessions SET programme_id = :programme_id, kind = :kind, group_id = :group_id, series_of = :series_of
        WHERE  id = :id
        """,
        id=session_id,
        programme_id=programme.id,
        kind=programme.kind,
        group_id=group_id,
        series_of=series_of,
    )


def invite_group(tx: Transaction, session_id: int, group_id: int, *, now: datetime) -> int:
    """The group's members who are still here; how many there are."""
    return tx.run(
        """
        INSERT INTO seats (session_id, learner_id, person_id, invited_at)
        SELECT :session_id, learners.id, learners.person_id, :now
        FROM   members JOIN learners ON learners.id = members.learner_id
        JOIN   people ON people.id = learners.person_id
        WHERE  members.group_id = :group_id AND learners.left_at IS NULL AND people.silent_since IS NULL
        ORDER  BY learners.id
        ON CONFLICT (session_id, learner_id) DO NOTHING
        """,
        session_id=session_id,
        group_id=group_id,
        now=now,
    )


def sessions(tx: Transaction, programme_id: int, *, group_id: int = 0) -> list[int]:
    """What was not called off, the earliest first; of one group if one is given."""
    rows = tx.all(
        """
        SELECT id FROM sessions
        WHERE  programme_id = :id AND state <> 'cancelled' AND (:group_id = 0 OR group_id = :group_id)
        ORDER  BY starts_at, id
        """,
        id=programme_id,
        group_id=group_id,
    )
    return [int(row["id"]) for row in rows]


def series(tx: Transaction, first_id: int) -> list[int]:
    """The sessions that were planned together and still stand."""
    rows = tx.all("SELECT id FROM sessions WHERE series_of = :id AND state = 'planned' ORDER BY starts_at", id=first_id)
    return [int(row["id"]) for row in rows]


def fitting(tx: Transaction, learner_id: int, *, now: datetime, most: int) -> Sequence[int]:
    """Sessions ahead for which a learner may have a seat that is free and has not been taken yet, the nearest first."""
    rows = tx.all(
        """
        SELECT sessions.id FROM sessions
        WHERE  sessions.state = 'planned' AND sessions.starts_at > :now
        AND    sessions.audience IN (SELECT carers.audience FROM carers JOIN learners
                                     ON learners.person_id = carers.person_id WHERE learners.id = :learner_id)
        AND    (sessions.group_id IS NULL
                OR sessions.group_id IN (SELECT group_id FROM members WHERE learner_id = :learner_id))
        AND    NOT EXISTS (SELECT 1 FROM seats WHERE session_id = sessions.id AND learner_id = :learner_id
                           AND answer = 'yes')
        AND    (SELECT count(*) FROM seats WHERE session_id = sessions.id
                AND (answer = 'yes' OR (answer = 'wait' AND offered_until > :now))) < sessions.capacity
        ORDER  BY sessions.starts_at, sessions.id LIMIT :most
        """,
        learner_id=learner_id,
        now=now,
        most=most,
    )
    return [int(row["id"]) for row in rows]


def coming(tx: Transaction, learner_id: int, *, now: datetime) -> list[int]:
    """Sessions ahead to which the learner has said yes."""
    rows = tx.all(
        """
        SELECT sessions.id FROM sessions JOIN seats ON seats.session_id = sessions.id
        WHERE  seats.learner_id = :learner_id AND seats.answer = 'yes'
        AND    sessions.state = 'planned' AND sessions.starts_at > :now
        ORDER  BY sessions.starts_at
        """,
        learner_id=learner_id,
        now=now,
    )
    return [int(row["id"]) for row in rows]


_GROUPS = """
    SELECT study_groups.id, study_groups.programme_id, study_groups.content,
           (SELECT count(*) FROM members JOIN learners ON learners.id = members.learner_id
            WHERE members.group_id = study_groups.id AND learners.left_at IS NULL) AS members
    FROM   study_groups
"""


def _group(tx: Transaction, row: Row) -> Group:
    name = _opened(tx, row["content"], GROUP)["name"]
    return Group(row["id"], row["programme_id"], name, int(row["members"]))


def _programme(tx: Transaction, row: Row) -> Programme:
    kept = {name: row[name] for name in COLUMNS.split(", ") if name != "content"}
    content = _opened(tx, row["content"], CONTENT)
    return Programme(title=content["title"], approved_by=content["approved_by"], **kept)


def _sealed(tx: Transaction, content: object, place: str) -> bytes:
    return seal.seal(tx.vault.derived(PURPOSE), content, of=place)


def _opened(tx: Transaction, content: bytes, place: str) -> dict[str, str]:
    found = seal.unseal(tx.vault.derived(PURPOSE), content, of=place)
    assert isinstance(found, dict)  # noqa: S101 - only such are sealed here
    return found
