"""The log of who looked at what, each row linked to the one before: what is changed, missing or added shows (S25).

A link is a keyed hash over the link before and the row. Whoever writes into the file without the key can spoil the
log, but cannot mend it again. An older copy of the whole file cannot be told from the file itself.
"""

import hmac
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from storage.db import Row, Transaction

PURPOSE = "audit"
PAGE = 2000


@dataclass(frozen=True, slots=True)
class Entry:
    """Who, when, did what with which case, and why. `by` is None for the operator and for residents."""

    id: int
    at: datetime
    by: int | None
    action: str
    reason: str


def note(
    tx: Transaction, action: str, *, now: datetime, by: int | None = None, case_id: int | None = None, reason: str = ""
) -> None:
    """A new row at the end.

    Actions: opened, page, act, passed_on, duty, claimed, lapsed, given, given back, glass, glass_asked, glass_allowed,
    excluded, readmitted, joined, revoked, exported, joined_cases, parted, told_apart, group_joined.
    """
    begin(tx)
    row = tx.one(
        """
        INSERT INTO audit (at, by, action, case_id, reason) VALUES (:now, :by, :action, :case_id, :reason)
        RETURNING id, CAST(at AS TEXT) AS at, by, action, case_id, reason
        """,
        now=now,
        by=by,
        action=action,
        case_id=case_id,
        reason=reason,
    )
    last = tx.one("SELECT chain FROM audit_end")
    assert row is not None  # noqa: S101 - RETURNING gives the row that was inserted
    assert last is not None  # noqa: S101 - begin has made it
    chain = _linked(tx.vault.derived(PURPOSE), last["chain"], row)
    tx.run("UPDATE audit SET chain = :chain WHERE id = :id", id=row["id"], chain=chain)
    tx.run("UPDATE audit_end SET last_id = :id, chain = :chain", id=row["id"], chain=chain)


def begin(tx: Transaction) -> None:
    """From the first start on there is an end to compare with; rows from before the chain are bound into it."""
    if tx.one("SELECT 1 FROM audit_end") is not None:
        return
    key, chain, last_id = tx.vault.derived(PURPOSE), b"", 0
    for row in _rows(tx):
        chain, last_id = _linked(key, chain, row), row["id"]
    sealed = _linked_end(key, chain)
    tx.run("INSERT INTO audit_end (id, last_id, chain) VALUES (1, :last_id, :chain)", last_id=last_id, chain=sealed)


def verify(tx: Transaction) -> int | None:
    """The first row at which the log is not as it was written, counting one that is missing at the end."""
    end = tx.one("SELECT last_id, chain FROM audit_end")
    if end is None:
        return 1 if _used(tx) else None
    key, chain, last_id, chained = tx.vault.derived(PURPOSE), b"", 0, False
    for row in _rows(tx):
        if row["chain"] is not None and not chained:
            chain, chained = _linked_end(key, chain), True
        chain, last_id = _linked(key, chain, row), int(row["id"])
        if chained and (row["chain"] is None or not hmac.compare_digest(row["chain"], chain)):
            return last_id
    ends = chain if chained else _linked_end(key, chain)
    whole = end["last_id"] == last_id and hmac.compare_digest(end["chain"], ends)
    return None if whole else last_id + 1


def count(tx: Transaction) -> int:
    """How many rows there are: noted elsewhere from time to time, it tells of an older copy put in the place."""
    row = tx.one("SELECT count(*) AS n FROM audit")
    return int(row["n"]) if row else 0


def of_case(tx: Transaction, case_id: int) -> list[Entry]:
    """What was noted about the case, oldest first."""
    rows = tx.all("SELECT id, at, by, action, reason FROM audit WHERE case_id = :case_id ORDER BY id", case_id=case_id)
    return [Entry(row["id"], row["at"], row["by"], row["action"], row["reason"] or "") for row in rows]


def _rows(tx: Transaction) -> Iterator[Row]:
    """All rows in order, a page at a time."""
    last_id = -(2**62)
    while page := tx.all(
        "SELECT id, CAST(at AS TEXT) AS at, by, action, case_id, reason, chain FROM audit "
        "WHERE id > :last_id ORDER BY id LIMIT :most",
        last_id=last_id,
        most=PAGE,
    ):
        yield from page
        last_id = page[-1]["id"]


def _linked(key: bytes, before: bytes, row: Row) -> bytes:
    """The link of a row: over its values as they lie there, whatever somebody may have made of them."""
    values = [row["id"], row["at"], row["by"], row["action"], row["case_id"], row["reason"]]
    return hmac.digest(key, before + json.dumps(values, ensure_ascii=False, default=repr).encode(), "sha256")


def _linked_end(key: bytes, before: bytes) -> bytes:
    """Where the chain begins: over the rows from before it."""
    return hmac.digest(key, before + b"begin", "sha256")


def _used(tx: Transaction) -> bool:
    """Whether somebody works here already: then the log has begun, and its end was taken away."""
    used = tx.one("SELECT EXISTS (SELECT 1 FROM audit) OR EXISTS (SELECT 1 FROM roles) AS used")
    return used is not None and bool(used["used"])
