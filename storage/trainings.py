"""Trainings: sessions. Who is invited and what they answered stands in storage/seats.py."""

from dataclasses import dataclass
from datetime import datetime

from storage import seal
from storage.db import Row, Transaction

CONTENT = "sessions.content"
COLUMNS = (
    "id, content, audience, starts_at, hours, capacity, state, version, made_by, district, "
    "kind, trainer_id, makes_up_for, held_at"
)


@dataclass(frozen=True, slots=True)
class Session:
    """`state`: planned, cancelled or held. `hours` are those credited; `link` is for those who come."""

    id: int
    title: str
    place: str
    audience: str
    starts_at: datetime
    hours: int
    capacity: int
    state: str
    version: int
    made_by: int
    district: str | None = None
    kind: str | None = None
    trainer_id: int | None = None
    makes_up_for: int | None = None
    held_at: datetime | None = None
    link: str = ""

    @property
    def trainer(self) -> int:
        """Who holds it: whoever planned it, unless somebody else was named."""
        return self.trainer_id or self.made_by


def plan(
    tx: Transaction,
    *,
    title: str,
    place: str,
    audience: str,
    starts_at: datetime,
    hours: int,
    capacity: int,
    by: int,
    now: datetime,
) -> Session:
    content = {"title": title, "place": place}
    row = tx.one(
        f"""
        INSERT INTO sessions (content, audience, starts_at, hours, capacity, state, made_by, made_at)
        VALUES (:content, :audience, :starts_at, :hours, :capacity, 'planned', :by, :now)
        RETURNING {COLUMNS}
        """,
        content=seal.seal(tx.vault.derived("sessions"), content, of=CONTENT),
        audience=audience,
        starts_at=starts_at,
        hours=hours,
        capacity=capacity,
        by=by,
        now=now,
    )
    assert row is not None  # noqa: S101 - RETURNING gives the row that was inserted
    return _session(tx, row)


def move(tx: Transaction, session_id: int, *, starts_at: datetime) -> Session | None:
    """The session at its new time, in its next version; None unless it is planned."""
    row = tx.one(
        f"""
        UPDATE sessions SET starts_at = :starts_at, version = version + 1 WHERE id = :id AND state = 'planned'
        RETURNING {COLUMNS}
        """,
        id=session_id,
        starts_at=starts_at,
    )
    if row is None:
        return None
    return _session(tx, row)


def cancel(tx: Transaction, session_id: int) -> Session | None:
    """None unless it is planned."""
    row = tx.one(
        f"""
        UPDATE sessions SET state = 'cancelled', version = version + 1 WHERE id = :id AND state = 'planned'
        RETURNING {COLUMNS}
        """,
        id=session_id,
    )
    return _session(tx, row) if row else None


def hold(tx: Transaction, session_id: int, *, now: datetime) -> Session | None:
    """It took place, and who came is known; None unless it was planned."""
    row = tx.one(
        f"UPDATE sessions SET state = 'held', held_at = :now WHERE id = :id AND state = 'planned' RETURNING {COLUMNS}",
        id=session_id,
        now=now,
    )
    return _session(tx, row) if row else None


def reopen(tx: Transaction, session_id: int, *, held_since: datetime) -> Session | None:
    """Who came is looked at again; None when it was closed before that moment, or is not closed."""
    row = tx.one(
        f"""
        UPDATE sessions SET state = 'planned', held_at = NULL
        WHERE  id = :id AND state = 'held' AND held_at > :since
        RETURNING {COLUMNS}
        """,
        id=session_id,
        since=held_since,
    )
    return _session(tx, row) if row else None


def room_for(tx: Transaction, session_id: int, capacity: int) -> None:
    tx.run("UPDATE sessions SET capacity = :capacity WHERE id = :id", id=session_id, capacity=capacity)


def of_kind(tx: Transaction, session_id: int, kind: str) -> None:
    tx.run("UPDATE sessions SET kind = :kind WHERE id = :id", id=session_id, kind=kind)


def in_district(tx: Transaction, session_id: int, district: str | None) -> None:
    tx.run("UPDATE sessions SET district = :district WHERE id = :id", id=session_id, district=district)


def held_by(tx: Transaction, session_id: int, person_id: int) -> None:
    tx.run("UPDATE sessions SET trainer_id = :person_id WHERE id = :id", id=session_id, person_id=person_id)


def make_up_for(tx: Transaction, session_id: int, other_id: int | None) -> None:
    tx.run("UPDATE sessions SET makes_up_for = :other WHERE id = :id", id=session_id, other=other_id)


def link(tx: Transaction, session: Session, link: str) -> None:
    """Where it is held over the network."""
    content = {"title": session.title, "place": session.place, "link": link}
    sealed = seal.seal(tx.vault.derived("sessions"), content, of=CONTENT)
    tx.run("UPDATE sessions SET content = :content WHERE id = :id", id=session.id, content=sealed)


def of_trainer(tx: Transaction, person_id: int) -> list[Session]:
    """What that person has still to hold, or to close."""
    rows = tx.all(
        f"SELECT {COLUMNS} FROM sessions WHERE state = 'planned' AND COALESCE(trainer_id, made_by) = :id ORDER BY id",
        id=person_id,
    )
    return [_session(tx, row) for row in rows]


def before(tx: Transaction, starts_at: datetime, *, but: int, most: int) -> list[Session]:
    """The newest that were held or called off before that moment."""
    rows = tx.all(
        f"""
        SELECT {COLUMNS} FROM sessions
        WHERE  state IN ('held', 'cancelled') AND starts_at < :starts_at AND id <> :but
        ORDER  BY starts_at DESC LIMIT :most
        """,
        starts_at=starts_at,
        but=but,
        most=most,
    )
    return [_session(tx, row) for row in rows]


def past(tx: Transaction, *, now: datetime, since: datetime) -> list[Session]:
    """What has begun and is not closed, and what was closed since then."""
    rows = tx.all(
        f"""
        SELECT {COLUMNS} FROM sessions
        WHERE  (state = 'planned' AND starts_at <= :now) OR (state = 'held' AND held_at > :since)
        ORDER  BY starts_at
        """,
        now=now,
        since=since,
    )
    return [_session(tx, row) for row in rows]


def by_id(tx: Transaction, session_id: int) -> Session | None:
    row = tx.one(f"SELECT {COLUMNS} FROM sessions WHERE id = :id", id=session_id)
    return _session(tx, row) if row else None


def ahead(tx: Transaction, *, now: datetime) -> list[Session]:
    """Every planned session from now on."""
    rows = tx.all(
        f"SELECT {COLUMNS} FROM sessions WHERE state = 'planned' AND starts_at > :now ORDER BY starts_at",
        now=now,
    )
    return [_session(tx, row) for row in rows]


def ahead_for(tx: Transaction, person_id: int, *, now: datetime) -> list[Session]:
    """The planned sessions that the person is invited to."""
    rows = tx.all(
        f"""
        SELECT {COLUMNS} FROM sessions
        WHERE  state = 'planned' AND starts_at > :now
        AND    id IN (SELECT session_id FROM seats WHERE person_id = :person_id)
        ORDER  BY starts_at
        """,
        person_id=person_id,
        now=now,
    )
    return [_session(tx, row) for row in rows]


def stands(tx: Transaction, session_id: int, version: int) -> bool:
    """Whether the session is still planned as it was in that version."""
    row = tx.one(
        "SELECT 1 FROM sessions WHERE id = :id AND version = :version AND state = 'planned'",
        id=session_id,
        version=version,
    )
    return row is not None


def _session(tx: Transaction, row: Row) -> Session:
    content = seal.unseal(tx.vault.derived("sessions"), row["content"], of=CONTENT)
    assert isinstance(content, dict)  # noqa: S101 - plan stored one
    kept = {name: row[name] for name in COLUMNS.split(", ") if name != "content"}
    return Session(title=content["title"], place=content["place"], link=content.get("link", ""), **kept)
