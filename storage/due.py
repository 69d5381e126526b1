"""What is due is a row (kind, subject, person, version, moment); the ticker rings those whose time has come."""

from collections.abc import Sequence
from datetime import datetime

from bot.core.events import Due
from storage.db import Row, Transaction, named

BELL = "kind, subject_id, person_id, version, at, planned_for"
THIS = "kind = :kind AND subject_id = :subject_id AND person_id = :person_id AND version = :version"


def plan(tx: Transaction, kind: str, subject_id: int, *, at: datetime, person_id: int = 0, version: int = 0) -> None:
    """Plans it once: the same thing of the same version for the same person is one row, moved if need be."""
    tx.run(
        """
        INSERT INTO due (kind, subject_id, person_id, version, at)
        VALUES (:kind, :subject_id, :person_id, :version, :at)
        ON CONFLICT (kind, subject_id, person_id, version) DO UPDATE SET at = :at, planned_for = NULL, done_at = NULL
        """,
        kind=kind,
        subject_id=subject_id,
        person_id=person_id,
        version=version,
        at=at,
    )


def plan_once(tx: Transaction, kind: str, subject_id: int, *, at: datetime) -> None:
    """Plans it unless it is planned already."""
    tx.run(
        """
        INSERT INTO due (kind, subject_id, at) VALUES (:kind, :subject_id, :at)
        ON CONFLICT (kind, subject_id, person_id, version) DO NOTHING
        """,
        kind=kind,
        subject_id=subject_id,
        at=at,
    )


def cancel(tx: Transaction, kinds: tuple[str, ...], subject_id: int, *, now: datetime) -> None:
    """Nothing of these kinds is due about that subject any more."""
    for kind in kinds:
        tx.run(
            "UPDATE due SET done_at = :now WHERE kind = :kind AND subject_id = :subject_id AND done_at IS NULL",
            kind=kind,
            subject_id=subject_id,
            now=now,
        )


def cancel_other(tx: Transaction, kinds: Sequence[str], subject_id: int, *, version: int, now: datetime) -> None:
    """Of that subject nothing of these kinds is due any more but in that version."""
    among, named_kinds = named("kind", kinds)
    tx.run(
        f"UPDATE due SET done_at = :now WHERE kind IN {among} AND subject_id = :subject_id AND version <> :version "
        "AND done_at IS NULL",
        subject_id=subject_id,
        version=version,
        now=now,
        **named_kinds,
    )


def answered(tx: Transaction, kind: str, subject_id: int, person_id: int, *, version: int, now: datetime) -> bool:
    """Whether this was due for that person in that version; it is not any more."""
    return bool(
        tx.run(
            "UPDATE due SET done_at = :now WHERE kind = :kind AND subject_id = :subject_id AND person_id = :person_id "
            "AND version = :version AND done_at IS NULL",
            kind=kind,
            subject_id=subject_id,
            person_id=person_id,
            version=version,
            now=now,
        )
    )


def planned(tx: Transaction, kind: str, subject_id: int) -> datetime | None:
    """When this is due; None when it is not."""
    row = tx.one(
        "SELECT at FROM due WHERE kind = :kind AND subject_id = :subject_id AND done_at IS NULL ORDER BY at LIMIT 1",
        kind=kind,
        subject_id=subject_id,
    )
    return row["at"] if row else None


def awaited(tx: Transaction, kind: str, subject_id: int, person_id: int) -> bool:
    """Whether this is still due about that subject for that person."""
    condition = "kind = :kind AND subject_id = :subject_id AND person_id = :person_id AND done_at IS NULL"
    row = tx.one(f"SELECT id FROM due WHERE {condition}", kind=kind, subject_id=subject_id, person_id=person_id)
    return row is not None


def waits(tx: Transaction, kind: str, subject_id: int, person_id: int, *, version: int) -> bool:
    """Whether this is still due for that person in that version."""
    row = tx.one(f"SELECT id FROM due WHERE {THIS} AND done_at IS NULL", **_this(kind, subject_id, person_id, version))
    return row is not None


def person(tx: Transaction, kind: str, subject_id: int) -> int | None:
    """Whom it is about that is due; None when nothing is."""
    row = tx.one(
        "SELECT person_id FROM due WHERE kind = :kind AND subject_id = :subject_id AND done_at IS NULL "
        "ORDER BY id DESC LIMIT 1",
        kind=kind,
        subject_id=subject_id,
    )
    return int(row["person_id"]) if row else None


def ring(tx: Transaction, *, now: datetime, most: int) -> list[tuple[int, Due]]:
    """What is due now, oldest first, with the rows' ids."""
    rows = tx.all(
        f"SELECT id, {BELL} FROM due WHERE done_at IS NULL AND at <= :now ORDER BY at, id LIMIT :most",
        now=now,
        most=most,
    )
    return [(row["id"], _bell(row)) for row in rows]


def done(tx: Transaction, due_id: int, *, now: datetime) -> None:
    tx.run("UPDATE due SET done_at = :now WHERE id = :id", id=due_id, now=now)


def again(tx: Transaction, due_id: int, *, at: datetime) -> None:
    """A row that could not be handled is due once more; for which moment it was planned stays known."""
    tx.run(
        "UPDATE due SET planned_for = COALESCE(planned_for, at), at = :at, done_at = NULL WHERE id = :id",
        id=due_id,
        at=at,
    )


def bell(tx: Transaction, kind: str, subject_id: int, person_id: int, *, version: int) -> Due | None:
    """The row, rung or not, with the moment for which it was planned."""
    row = tx.one(f"SELECT {BELL} FROM due WHERE {THIS}", **_this(kind, subject_id, person_id, version))
    return _bell(row) if row else None


def put_off(tx: Transaction, bell: Due, *, until: datetime) -> None:
    """It rings once more, then; for which moment it was planned stays known."""
    this = _this(bell.kind, bell.subject_id, bell.person_id, bell.version)
    tx.run(
        f"UPDATE due SET planned_for = COALESCE(planned_for, at), at = :until, done_at = NULL WHERE {THIS}",
        until=until,
        **this,
    )


def shift(tx: Transaction, kind: str, subject_id: int, *, at: datetime, person_id: int = 0, version: int = 0) -> bool:
    """What has not rung yet is due at another moment; what has rung does not ring again. Whether one was moved."""
    return bool(
        tx.run(
            f"UPDATE due SET at = :at, planned_for = NULL WHERE {THIS} AND done_at IS NULL",
            at=at,
            **_this(kind, subject_id, person_id, version),
        )
    )


def unplan(tx: Transaction, kind: str, subject_id: int, *, person_id: int = 0, version: int = 0) -> None:
    """As if it had never been planned, unless it has rung."""
    this = _this(kind, subject_id, person_id, version)
    tx.run(f"DELETE FROM due WHERE {THIS} AND done_at IS NULL", **this)


def later(tx: Transaction, kinds: Sequence[str], bell: Due) -> list[datetime]:
    """The moments of what else was planned of the same thing for the same person, after this one."""
    among, named_kinds = named("kind", kinds)
    rows = tx.all(
        f"""
        SELECT {BELL} FROM due
        WHERE  kind IN {among} AND subject_id = :subject_id AND person_id = :person_id AND version = :version
        AND    COALESCE(planned_for, at) > :at
        """,
        subject_id=bell.subject_id,
        person_id=bell.person_id,
        version=bell.version,
        at=bell.at,
        **named_kinds,
    )
    return [_bell(row).at for row in rows]


def rang(tx: Transaction, kinds: Sequence[str], bell: Due, *, since: datetime) -> bool:
    """Whether anything of these kinds has rung since then, of the same thing for the same person."""
    among, named_kinds = named("kind", kinds)
    row = tx.one(
        f"SELECT id FROM due WHERE kind IN {among} AND subject_id = :subject_id AND person_id = :person_id "
        "AND version = :version AND done_at >= :since",
        subject_id=bell.subject_id,
        person_id=bell.person_id,
        version=bell.version,
        since=since,
        **named_kinds,
    )
    return row is not None


def next_at(tx: Transaction, *, but: Sequence[str]) -> datetime | None:
    """The moment of the next row that is due, some kinds left out."""
    among, kinds = named("kind", but)
    row = tx.one(f"SELECT at FROM due WHERE done_at IS NULL AND kind NOT IN {among} ORDER BY at LIMIT 1", **kinds)
    return row["at"] if row else None


def forget(tx: Transaction, *, before: datetime) -> int:
    """Rows that were done before; how many."""
    return tx.run("DELETE FROM due WHERE done_at < :before", before=before)


def count_done(tx: Transaction, *, before: datetime) -> int:
    row = tx.one("SELECT count(*) AS n FROM due WHERE done_at < :before", before=before)
    return int(row["n"]) if row else 0


def _this(kind: str, subject_id: int, person_id: int, version: int) -> dict[str, str | int]:
    return {"kind": kind, "subject_id": subject_id, "person_id": person_id, "version": version}


def _bell(row: Row) -> Due:
    return Due(row["kind"], row["subject_id"], row["person_id"], row["version"], row["planned_for"] or row["at"])
