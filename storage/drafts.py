"""Unfinished forms. Each has a data key of its own, which becomes the case's key when the form is filed."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from bot.core.forms import FORMS
from storage import helpline, keys
from storage.db import Row, Transaction, named

ANSWERS = "drafts.answers"
OF_BRANCH = tuple(form.name for form in FORMS.values() if form.branch)
ENTRANCES = ("safety", "child")
"""Forms that the branch opens with; all its others are begun in a case that stands open."""


@dataclass(frozen=True, slots=True)
class Stored:
    """A draft as its row says; the form is known by name."""

    id: int
    person_id: int
    form: str
    subject_id: int
    case_id: int | None
    key_id: int
    answers: dict[str, Any]
    at: str


def begin(
    tx: Transaction,
    person_id: int,
    form: str,
    *,
    subject_id: int,
    notes: dict[str, Any] | None = None,
    expires_at: datetime,
    now: datetime,
) -> Stored:
    """A fresh draft with nothing but notes in it; an older one of the same form is destroyed with its key.

    Its number is its key's, which is never used again: a button of a sheet that is gone works on no later one.
    """
    older = _one(tx, "person_id = :person_id AND form = :form", person_id=person_id, form=form)
    if older is not None:
        destroy(tx, older, now=now)
    key_id = keys.make(tx, "case", now=now)
    row = tx.one(
        """
        INSERT INTO drafts (id, person_id, form, subject_id, key_id, answers, at, language, touched_at, expires_at)
        VALUES (:id, :person_id, :form, :subject_id, :key_id, :answers, '', '', :now, :expires_at)
        RETURNING id
        """,
        id=key_id,
        person_id=person_id,
        form=form,
        subject_id=subject_id,
        key_id=key_id,
        answers=keys.put(tx, key_id, notes or {}, of=ANSWERS),
        now=now,
        expires_at=expires_at,
    )
    assert row is not None  # noqa: S101 - RETURNING gives the row that was inserted
    return Stored(row["id"], person_id, form, subject_id, None, key_id, notes or {}, "")


def current(tx: Transaction, person_id: int, *, now: datetime) -> Stored | None:
    """The draft that the person touched last, if it has not expired."""
    return _one(
        tx,
        "person_id = :person_id AND expires_at > :now ORDER BY touched_at DESC, drafts.id DESC",
        person_id=person_id,
        now=now,
    )


def of_form(tx: Transaction, person_id: int, form: str, *, now: datetime) -> Stored | None:
    return _one(
        tx,
        "person_id = :person_id AND form = :form AND expires_at > :now",
        person_id=person_id,
        form=form,
        now=now,
    )


def of_person(tx: Transaction, person_id: int) -> list[Stored]:
    """All that the person has begun, expired or not."""
    rows = tx.all("SELECT * FROM drafts WHERE person_id = :person_id", person_id=person_id)
    return [_stored(tx, row) for row in rows]


def by_id(tx: Transaction, draft_id: int, *, person_id: int, now: datetime) -> Stored | None:
    """That draft, if it is this person's and has not expired."""
    return _one(
        tx,
        "drafts.id = :id AND person_id = :person_id AND expires_at > :now",
        id=draft_id,
        person_id=person_id,
        now=now,
    )


def keep(tx: Transaction, draft: Stored, *, expires_at: datetime, now: datetime) -> None:
    """Stores where the draft stands now."""
    tx.run(
        """
        UPDATE drafts SET answers = :answers, at = :at, case_id = :case_id, touched_at = :now, expires_at = :expires_at
        WHERE  id = :id
        """,
        id=draft.id,
        answers=keys.put(tx, draft.key_id, draft.answers, of=ANSWERS),
        at=draft.at,
        case_id=draft.case_id,
        now=now,
        expires_at=expires_at,
    )


def finish(tx: Transaction, draft: Stored) -> None:
    """The draft is done with; its key lives on in the case that came of it."""
    tx.run("DELETE FROM drafts WHERE id = :id", id=draft.id)


def end_additions(tx: Transaction, case_id: int) -> None:
    """Nothing is added to the case from an older sheet any more."""
    tx.run("DELETE FROM drafts WHERE case_id = :case_id", case_id=case_id)


def destroy(tx: Transaction, draft: Stored, *, now: datetime) -> None:
    """The draft goes, and its key with it, unless a case was filed from it."""
    finish(tx, draft)
    if draft.case_id is None:
        keys.destroy(tx, draft.key_id, now=now)


def given_up(tx: Transaction, draft: Stored, *, day: date, now: datetime) -> None:
    """Left without filing, on that day of the centre: it goes, and of the branch a silent call is counted."""
    if draft.form in ENTRANCES and draft.case_id is None:
        helpline.silent(tx, day)
    destroy(tx, draft, now=now)


def expire(tx: Transaction, *, branch: bool, day: date, now: datetime) -> int:
    """Gives up what was left lying too long, in the branch or outside it; how many."""
    among, values = named("form", OF_BRANCH)
    rows = tx.all(f"SELECT * FROM drafts WHERE {_expired(among)}", branch=branch, now=now, **values)
    for row in rows:
        given_up(tx, _stored(tx, row), day=day, now=now)
    return len(rows)


def count_expired(tx: Transaction, *, branch: bool, now: datetime) -> int:
    among, values = named("form", OF_BRANCH)
    row = tx.one(f"SELECT count(*) AS n FROM drafts WHERE {_expired(among)}", branch=branch, now=now, **values)
    return int(row["n"]) if row else 0


def _expired(among: str) -> str:
    return f"expires_at <= :now AND (form IN {among}) = :branch"


def _one(tx: Transaction, condition: str, **values: object) -> Stored | None:
    row = tx.one(
        f"SELECT drafts.*, keys.wrapped FROM drafts JOIN keys ON keys.id = drafts.key_id WHERE {condition} LIMIT 1",
        **values,
    )
    if row is None:
        return None
    keys.know(tx, row["key_id"], row["wrapped"])
    return _stored(tx, row)


def _stored(tx: Transaction, row: Row) -> Stored:
    answers = keys.take(tx, row["key_id"], row["answers"], of=ANSWERS)
    assert isinstance(answers, dict)  # noqa: S101 - keep stored one
    return Stored(
        row["id"],
        row["person_id"],
        row["form"],
        row["subject_id"],
        row["case_id"],
        row["key_id"],
        answers,
        row["at"],
    )
