"""Whom nothing could be said in time: they are not forgotten, somebody of the centre calls them."""

from datetime import datetime

from storage.db import Transaction


def note(tx: Transaction, subject: str, subject_id: int, person_id: int, kind: str, *, now: datetime) -> bool:
    """Whether that is news."""
    return bool(
        tx.run(
            """
            INSERT INTO unreminded (subject, subject_id, person_id, kind, at)
            VALUES (:subject, :subject_id, :person_id, :kind, :now)
            ON CONFLICT (subject, subject_id, person_id, kind) DO NOTHING
            """,
            subject=subject,
            subject_id=subject_id,
            person_id=person_id,
            kind=kind,
            now=now,
        )
    )


def forget(tx: Transaction, subject: str, subject_id: int) -> None:
    """It is planned for another time: who was not told of the old one may be told of this."""
    tx.run(
        "DELETE FROM unreminded WHERE subject = :subject AND subject_id = :subject_id",
        subject=subject,
        subject_id=subject_id,
    )


def forget_person(tx: Transaction, person_id: int) -> None:
    """Nothing of trainings says any more whom it was about."""
    tx.run("DELETE FROM unreminded WHERE person_id = :id AND subject <> 'visit'", id=person_id)


def count(tx: Transaction, subject: str, subject_id: int) -> int:
    """How many people."""
    row = tx.one(
        "SELECT count(DISTINCT person_id) AS n FROM unreminded WHERE subject = :subject AND subject_id = :subject_id",
        subject=subject,
        subject_id=subject_id,
    )
    return int(row["n"]) if row else 0
