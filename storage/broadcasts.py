"""Broadcasts: what is written to many at once, to whom it still has to go, and what came of it.

A person's row is waiting, queued, sent, failed, unreachable or stopped. When a broadcast is over, the numbers stay on
it; of those who joined a campaign no row is left, of carers those whom it did not reach.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.core.whom import Carer, Subscriber
from storage import seal
from storage.db import Row, Transaction

CONTENT = "broadcasts.content"
KEY = "news:"
"""Of the message in each chat: the broadcast's id follows."""
COLUMNS = "id, audience, campaign, content, state, at, made_by, sent, failed, unreachable, stopped"
AUDIENCE = """
        SELECT people.id FROM people
        WHERE  people.silent_since IS NULL
        AND    (people.id IN (SELECT person_id FROM subscribers WHERE :campaign AND subscribers.campaign = :audience)
                OR people.id IN (SELECT person_id FROM carers WHERE NOT :campaign AND carers.audience = :audience))
"""


PASSED = (
    "broadcast_people WHERE broadcast_id IN (SELECT id FROM broadcasts WHERE ended_at < :before)",
    "broadcasts WHERE state IN ('draft', 'cancelled') AND made_at < :before",
)


@dataclass(frozen=True, slots=True)
class Counts:
    waiting: int = 0
    queued: int = 0
    sent: int = 0
    failed: int = 0
    unreachable: int = 0
    stopped: int = 0

    @property
    def ahead(self) -> int:
        return self.waiting + self.queued

    @property
    def total(self) -> int:
        return self.ahead + self.sent + self.failed + self.unreachable + self.stopped


@dataclass(frozen=True, slots=True)
class Broadcast:
    """`state`: draft, planned, sending, stopped, done or cancelled. `at`: None for as soon as it is said."""

    id: int
    audience: str
    campaign: bool
    uk: str
    en: str
    state: str
    at: datetime | None
    made_by: int
    counts: Counts


@dataclass(frozen=True, slots=True)
class Running:
    """What has to be so when a message is picked."""

    audience: str
    campaign: bool


def draft(
    tx: Transaction,
    *,
    audience: str,
    campaign: bool,
    uk: str,
    en: str,
    at: datetime | None,
    by: int,
    now: datetime,
) -> Broadcast:
    row = tx.one(
        f"""
        INSERT INTO broadcasts (audience, campaign, content, state, at, made_by, made_at)
        VALUES (:audience, :campaign, :content, 'draft', :at, :by, :now)
        RETURNING {COLUMNS}
        """,
        audience=audience,
        campaign=campaign,
        content=seal.seal(tx.vault.derived("broadcasts"), {"uk": uk, "en": en}, of=CONTENT),
        at=at,
        by=by,
        now=now,
    )
    assert row is not None  # noqa: S101 - RETURNING gives the row that was inserted
    return _broadcast(tx, row)


def by_id(tx: Transaction, broadcast_id: int) -> Broadcast | None:
    row = tx.one(f"SELECT {COLUMNS} FROM broadcasts WHERE id = :id", id=broadcast_id)
    return _broadcast(tx, row) if row else None


def newest(tx: Transaction, *, campaigns: bool, most: int) -> list[Broadcast]:
    """Those to campaigns only if they are asked for."""
    rows = tx.all(
        f"SELECT {COLUMNS} FROM broadcasts WHERE :campaigns OR NOT campaign ORDER BY id DESC LIMIT :most",
        campaigns=campaigns,
        most=most,
    )
    return [_broadcast(tx, row) for row in rows]


def not_over(tx: Transaction, person_id: int) -> list[Broadcast]:
    """What that person wrote and has not gone to everybody yet."""
    among = "state IN ('draft', 'planned', 'sending')"
    rows = tx.all(f"SELECT {COLUMNS} FROM broadcasts WHERE made_by = :id AND {among} ORDER BY id", id=person_id)
    return [_broadcast(tx, row) for row in rows]


def give(tx: Transaction, broadcast_id: int, *, to: int) -> None:
    """Somebody else answers for it."""
    tx.run("UPDATE broadcasts SET made_by = :to WHERE id = :id", id=broadcast_id, to=to)


def reachable(tx: Transaction, audience: str, *, campaign: bool) -> int:
    """How many it would go to now."""
    row = tx.one(f"SELECT count(*) AS n FROM ({AUDIENCE}) AS found", audience=audience, campaign=campaign)
    return int(row["n"]) if row else 0


def go(tx: Transaction, broadcast_id: int, *, at: datetime) -> bool:
    """Whether it was still a draft."""
    sql = "UPDATE broadcasts SET state = 'planned', at = :at WHERE id = :id AND state = 'draft'"
    return bool(tx.run(sql, id=broadcast_id, at=at))


def cancel(tx: Transaction, broadcast_id: int, *, now: datetime) -> bool:
    """Whether nobody had got it yet."""
    sql = "UPDATE broadcasts SET state = 'cancelled', ended_at = :now WHERE id = :id AND state IN ('draft', 'planned')"
    return bool(tx.run(sql, id=broadcast_id, now=now))


def begin(tx: Transaction, broadcast_id: int, *, now: datetime) -> bool:
    """Whoever belongs to the audience at this moment gets a row; whether it was planned until now."""
    found = tx.one(
        """
        UPDATE broadcasts SET state = 'sending', began_at = :now WHERE id = :id AND state = 'planned'
        RETURNING audience, campaign
        """,
        id=broadcast_id,
        now=now,
    )
    if found is None:
        return False
    tx.run(
        f"INSERT INTO broadcast_people (broadcast_id, person_id, state) SELECT :id, found.id, 'waiting' "
        f"FROM ({AUDIENCE}) AS found WHERE TRUE ON CONFLICT (broadcast_id, person_id) DO NOTHING",
        id=broadcast_id,
        audience=found["audience"],
        campaign=found["campaign"],
    )
    return True


def carers(tx: Transaction, broadcast_id: int, *, most: int) -> list[Carer]:
    """The next of a carers' audience, queued from now on."""
    return [Carer(person_id) for person_id in _next(tx, broadcast_id, most)]


def subscribers(tx: Transaction, broadcast_id: int, *, most: int) -> list[Subscriber]:
    """The next of those who joined, queued from now on."""
    return [Subscriber(person_id) for person_id in _next(tx, broadcast_id, most)]


def running(tx: Transaction, broadcast_id: int) -> Running | None:
    """None when it is stopped or over."""
    row = tx.one("SELECT audience, campaign FROM broadcasts WHERE id = :id AND state = 'sending'", id=broadcast_id)
    return Running(row["audience"], bool(row["campaign"])) if row else None


def arrived(tx: Transaction, key: str, person_id: int) -> None:
    """The message under that key has arrived."""
    tx.run(
        "UPDATE broadcast_people SET state = 'sent' WHERE broadcast_id = :id AND person_id = :person_id",
        id=int(key.removeprefix(KEY)),
        person_id=person_id,
    )


def stop(tx: Transaction, broadcast_id: int, *, now: datetime) -> bool:
    """Nobody else gets it, apart from what is in flight; whether it was running."""
    sql = "UPDATE broadcasts SET state = 'stopped', ended_at = :now WHERE id = :id AND state = 'sending'"
    if not tx.run(sql, id=broadcast_id, now=now):
        return False
    tx.run(
        """
        UPDATE broadcast_people SET state = 'stopped' WHERE broadcast_id = :id AND state IN ('waiting', 'queued')
        AND NOT EXISTS (SELECT 1 FROM outbox WHERE outbox.state = 'sending'
                        AND outbox.person_id = broadcast_people.person_id AND outbox.key = :key)
        """,
        id=broadcast_id,
        key=f"{KEY}{broadcast_id}",
    )
    return True


def drop_stale(tx: Transaction, *, now: datetime) -> None:
    """After going back to a backup: what ran or was due then may have gone to everybody since, so nobody gets it."""
    tx.run(
        """
        UPDATE broadcast_people SET state = 'stopped' WHERE state IN ('waiting', 'queued')
        AND broadcast_id IN (SELECT id FROM broadcasts WHERE state IN ('sending', 'stopped'))
        """
    )
    tx.run("UPDATE broadcasts SET state = 'stopped', ended_at = :now WHERE state = 'sending'", now=now)
    tx.run("UPDATE broadcasts SET state = 'cancelled', ended_at = :now WHERE state = 'planned' AND at <= :now", now=now)


def settle(tx: Transaction, broadcast_id: int) -> None:
    """Whoever is queued and has no row in the outbox any more did not get it: stopped, unreachable, or failed."""
    tx.run(
        """
        UPDATE broadcast_people
        SET    state = CASE
                   WHEN EXISTS (SELECT 1 FROM people WHERE people.id = broadcast_people.person_id
                                AND people.silent_since IS NOT NULL) THEN 'unreachable'
                   WHEN EXISTS (SELECT 1 FROM broadcasts WHERE broadcasts.id = :id AND (broadcasts.state = 'stopped'
                                OR (broadcasts.campaign AND NOT EXISTS (SELECT 1 FROM subscribers
                                    WHERE subscribers.person_id = broadcast_people.person_id
                                    AND subscribers.campaign = broadcasts.audience)))) THEN 'stopped'
                   ELSE 'failed' END
        WHERE  broadcast_id = :id AND state = 'queued'
        AND    NOT EXISTS (SELECT 1 FROM outbox WHERE outbox.state = 'queued'
                           AND outbox.person_id = broadcast_people.person_id AND outbox.key = :key)
        AND    NOT EXISTS (SELECT 1 FROM outbox WHERE outbox.state = 'sending'
                           AND outbox.person_id = broadcast_people.person_id AND outbox.key = :key)
        """,
        id=broadcast_id,
        key=f"{KEY}{broadcast_id}",
    )


def counts(tx: Transaction, broadcast_id: int) -> Counts:
    rows = tx.all(
        "SELECT state, count(*) AS n FROM broadcast_people WHERE broadcast_id = :id GROUP BY state", id=broadcast_id
    )
    return Counts(**{row["state"]: int(row["n"]) for row in rows})


def shown(tx: Transaction, broadcast_id: int, settled: int) -> bool:
    """Notes how many were settled when the sender last saw it; whether that is something new."""
    sql = "UPDATE broadcasts SET shown = :settled WHERE id = :id AND shown <> :settled"
    return bool(tx.run(sql, id=broadcast_id, settled=settled))


def end(tx: Transaction, broadcast_id: int, counts: Counts, *, now: datetime) -> None:
    """Its numbers stay; of people only the carers whom it did not reach."""
    tx.run(
        """
        UPDATE broadcasts
        SET    state = CASE WHEN state = 'stopped' THEN 'stopped' ELSE 'done' END, ended_at = :now,
               sent = :sent, failed = :failed, unreachable = :unreachable, stopped = :stopped
        WHERE  id = :id
        """,
        id=broadcast_id,
        now=now,
        sent=counts.sent,
        failed=counts.failed,
        unreachable=counts.unreachable,
        stopped=counts.stopped,
    )
    tx.run(
        """
        DELETE FROM broadcast_people WHERE broadcast_id = :id
        AND (state NOT IN ('failed', 'unreachable') OR (SELECT campaign FROM broadcasts WHERE broadcasts.id = :id))
        """,
        id=broadcast_id,
    )


def missed(tx: Transaction, broadcast_id: int) -> list[tuple[int, str]]:
    """The carers whom it did not reach, and how."""
    rows = tx.all(
        """
        SELECT person_id, state FROM broadcast_people
        WHERE  broadcast_id = :id AND state IN ('failed', 'unreachable') ORDER BY person_id
        """,
        id=broadcast_id,
    )
    return [(int(row["person_id"]), str(row["state"])) for row in rows]


def forget(tx: Transaction, *, before: datetime) -> int:
    """Whom those that ended before did not reach, and what was never sent; how many rows."""
    return sum(tx.run(f"DELETE FROM {what}", before=before) for what in PASSED)


def count_over(tx: Transaction, *, before: datetime) -> int:
    found = [tx.one(f"SELECT count(*) AS n FROM {what}", before=before) for what in PASSED]
    return sum(int(row["n"]) for row in found if row)


def _next(tx: Transaction, broadcast_id: int, most: int) -> Sequence[int]:
    rows = tx.all(
        """
        UPDATE broadcast_people SET state = 'queued' WHERE broadcast_id = :id AND person_id IN (
            SELECT person_id FROM broadcast_people WHERE broadcast_id = :id AND state = 'waiting'
            ORDER BY person_id LIMIT :most)
        RETURNING person_id
        """,
        id=broadcast_id,
        most=most,
    )
    return sorted(int(row["person_id"]) for row in rows)


def _broadcast(tx: Transaction, row: Row) -> Broadcast:
    content = seal.unseal(tx.vault.derived("broadcasts"), row["content"], of=CONTENT)
    assert isinstance(content, dict)  # noqa: S101 - draft stored one
    kept = Counts(sent=row["sent"], failed=row["failed"], unreachable=row["unreachable"], stopped=row["stopped"])
    return Broadcast(
        id=row["id"],
        audience=row["audience"],
        campaign=bool(row["campaign"]),
        uk=content["uk"],
        en=content["en"],
        state=row["state"],
        at=row["at"],
        made_by=row["made_by"],
        counts=kept,
    )
