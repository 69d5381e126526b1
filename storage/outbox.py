"""What is to be sent: rows by lane, merged by key, taken one a chat, erased when sent."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from storage import keys
from storage.db import Row, Transaction, named

PAYLOAD = "outbox.payload"
PASSED = (
    "outbox WHERE done_at < :before AND state IN ('sent', 'dropped', 'unknown')",
    "messages WHERE at < :before AND key IS NULL AND NOT branch",
    "signals WHERE done_at < :before",
)
PARKED = "outbox WHERE done_at < :before AND state = 'parked'"


@dataclass(frozen=True, slots=True)
class Letter:
    """A row on its way: what to do, with what, in whose chat, and the message that stands there under its key.

    `bare`: that message was sent so that it can be passed on, and no edit changes this.
    """

    id: int
    person_id: int
    lane: int
    op: str
    key: str | None
    attempts: int
    guard: str | None
    branch: bool
    body: dict[str, Any]
    address: bytes
    standing: int | None
    bare: bool = False


@dataclass(frozen=True, slots=True)
class Told:
    """A message that stands in a chat, of either side."""

    message_id: int
    ours: bool
    at: datetime


def put(
    tx: Transaction,
    person_id: int,
    op: str,
    body: dict[str, Any],
    *,
    lane: int,
    now: datetime,
    key: str | None = None,
    guard: str | None = None,
    branch: bool = False,
) -> None:
    """Queues it. What still waits under the same key in the same chat is replaced: it would be out of date."""
    key_id = keys.passing(tx, now=now)
    payload = keys.put(tx, key_id, body, of=PAYLOAD)
    if key and _replaced(
        tx, person_id, key, op=op, key_id=key_id, payload=payload, lane=lane, guard=guard, branch=branch, now=now
    ):
        return
    tx.run(
        """
        INSERT INTO outbox (person_id, lane, op, key, state, not_before, key_id, payload, guard, branch, queued_at)
        VALUES (:person_id, :lane, :op, :key, 'queued', :now, :key_id, :payload, :guard, :branch, :now)
        """,
        person_id=person_id,
        lane=lane,
        op=op,
        key=key,
        now=now,
        key_id=key_id,
        payload=payload,
        guard=guard,
        branch=branch,
    )


def drop(
    tx: Transaction, person_id: int, *, now: datetime, branch_only: bool = False, but_removals: bool = False
) -> int:
    """Takes back what waits for that chat; how many. Removals that she asked for by leaving may be spared."""
    return tx.run(
        """
        UPDATE outbox SET state = 'dropped', payload = NULL, done_at = :now
        WHERE  person_id = :person_id AND state = 'queued' AND (branch OR NOT :branch_only)
        AND    (op NOT IN ('remove', 'overwrite') OR NOT :but_removals)
        """,
        person_id=person_id,
        branch_only=branch_only,
        but_removals=but_removals,
        now=now,
    )


def drop_pushes(tx: Transaction, person_id: int, case_id: int, *, now: datetime) -> int:
    """Takes back every push about that case that waits for that chat."""
    return tx.run(
        """
        UPDATE outbox SET state = 'dropped', payload = NULL, done_at = :now
        WHERE  person_id = :person_id AND state = 'queued' AND op = 'push' AND (key = :cover OR guard LIKE :guard)
        """,
        person_id=person_id,
        cover=f"cover:{case_id}",
        guard=f'["push:%", {case_id}, %',
        now=now,
    )


def guards(tx: Transaction, person_id: int) -> list[tuple[str, int, int]]:
    """What the reminders that wait for that chat, or are on their way to it, are bound to."""
    of = "SELECT guard FROM outbox WHERE person_id = :id AND guard IS NOT NULL AND state ="
    rows = tx.all(f"{of} 'queued' UNION ALL {of} 'sending'", id=person_id)
    return [(str(subject), int(number), int(version)) for subject, number, version in map(_read, rows)]


def drop_keyed(tx: Transaction, person_id: int, key: str, *, now: datetime) -> int:
    """Takes back a message that was not sent yet; whether there was one."""
    return tx.run(
        """
        UPDATE outbox SET state = 'dropped', payload = NULL, done_at = :now
        WHERE  person_id = :person_id AND key = :key AND state = 'queued'
        """,
        person_id=person_id,
        key=key,
        now=now,
    )


def ready(tx: Transaction, *, lanes: tuple[int, int], most: int, now: datetime) -> list[Row]:
    """Rows of these lanes, from the first to the last, that may go now: the first of each chat with nothing in flight.

    What takes messages away does not wait for what is in flight: leaving overtakes everything (S05).
    """
    rows = tx.all(
        """
        SELECT outbox.id, person_id, lane, op, people.kind, people.address,
               (SELECT message_id FROM messages
                WHERE  messages.person_id = outbox.person_id AND messages.key = outbox.key
                ORDER  BY messages.id DESC LIMIT 1) AS standing,
               (SELECT NOT protected FROM messages
                WHERE  messages.person_id = outbox.person_id AND messages.key = outbox.key
                ORDER  BY messages.id DESC LIMIT 1) AS bare
        FROM   outbox
        JOIN   people ON people.id = outbox.person_id
        WHERE  state = 'queued' AND lane BETWEEN :first AND :last AND not_before <= :now
        AND    (op = 'remove' OR NOT EXISTS (SELECT 1 FROM outbox AS flying
                WHERE flying.state = 'sending' AND flying.person_id = outbox.person_id))
        ORDER  BY lane, outbox.id
        LIMIT  :most
        """,
        first=lanes[0],
        last=lanes[1],
        now=now,
        most=most,
    )
    first: dict[int, Row] = {}
    for row in rows:
        first.setdefault(row["person_id"], row)
    return list(first.values())


def depart(tx: Transaction, ready: Sequence[Row]) -> list[Letter]:
    """Marks the rows as being sent, before they are: after a crash it is known that they may have arrived."""
    if not ready:
        return []
    found = {row["id"]: row for row in ready}
    among, values = named("id", list(found))
    rows = tx.all(
        f"""
        UPDATE outbox SET state = 'sending', attempts = attempts + 1
        WHERE  id IN {among} AND state = 'queued'
        RETURNING id, person_id, lane, op, key, attempts, guard, branch, key_id, payload
        """,
        **values,
    )
    return [_letter(tx, row, found[row["id"]]) for row in sorted(rows, key=lambda row: (row["lane"], row["id"]))]


def sent(tx: Transaction, ids: Sequence[int], *, now: datetime) -> None:
    """They have arrived and are erased."""
    if ids:
        among, values = named("id", ids)
        tx.run(
            f"UPDATE outbox SET state = 'sent', done_at = :now, payload = NULL WHERE id IN {among}", now=now, **values
        )


def settle(tx: Transaction, outbox_id: int, state: str, *, now: datetime, error: str | None = None) -> None:
    """sent, dropped or parked. What was sent or dropped is erased; what is parked waits for a person."""
    tx.run(
        """
        UPDATE outbox SET state = :state, done_at = :now, error = :error,
               payload = CASE WHEN :state = 'parked' THEN payload END
        WHERE  id = :id
        """,
        id=outbox_id,
        state=state,
        now=now,
        error=error,
    )


def wait(tx: Transaction, outbox_id: int, *, until: datetime) -> None:
    """The row goes back into the queue, and with it the whole chat waits. What was erased meanwhile is dropped."""
    tx.run(
        """
        UPDATE outbox SET not_before = :until, state = CASE WHEN payload IS NULL THEN 'dropped' ELSE 'queued' END,
               done_at = CASE WHEN payload IS NULL THEN :until END
        WHERE  id = :id
        """,
        id=outbox_id,
        until=until,
    )
    tx.run(
        """
        UPDATE outbox SET not_before = :until
        WHERE  state = 'queued' AND not_before < :until
        AND    person_id = (SELECT person_id FROM outbox WHERE id = :id)
        """,
        id=outbox_id,
        until=until,
    )


def hold(tx: Transaction, outbox_id: int, *, until: datetime) -> None:
    """A row that the chat's own pace keeps back."""
    tx.run("UPDATE outbox SET not_before = :until WHERE id = :id AND state = 'queued'", id=outbox_id, until=until)


def put_off(tx: Transaction, outbox_id: int, *, until: datetime) -> None:
    """What was picked may not go yet; nothing else in that chat waits for it."""
    tx.run(
        "UPDATE outbox SET state = 'queued', not_before = :until, attempts = attempts - 1 WHERE id = :id",
        id=outbox_id,
        until=until,
    )


def reconsider(tx: Transaction, person_id: int, *, now: datetime) -> None:
    """What was put off for this person is looked at again: she has chosen anew."""
    tx.run(
        "UPDATE outbox SET not_before = :now WHERE person_id = :person_id AND state = 'queued' AND op = 'push'",
        person_id=person_id,
        now=now,
    )


def interrupted(tx: Transaction, *, now: datetime) -> int:
    """After a start: what was in flight may never have left, so it is sent again, unless nobody wants it; how many."""
    _doubted(tx, "state = 'sending' AND branch", now=now)
    unwanted = "state = 'sending' AND (unwanted OR payload IS NULL)"
    tx.run(f"UPDATE outbox SET state = 'dropped', payload = NULL, done_at = :now WHERE {unwanted}", now=now)
    return tx.run("UPDATE outbox SET state = 'queued', not_before = :now WHERE state = 'sending'", now=now)


def unanswered(tx: Transaction, outbox_id: int, *, now: datetime) -> None:
    """It may have arrived. The first time it is repeated; the second time it is left as unknown."""
    _doubted(tx, "id = :id AND branch", now=now, id=outbox_id)
    tx.run(
        """
        UPDATE outbox
        SET    state = CASE WHEN unanswered = 0 AND payload IS NOT NULL THEN 'queued' ELSE 'unknown' END,
               done_at = CASE WHEN unanswered = 0 AND payload IS NOT NULL THEN NULL ELSE :now END,
               payload = CASE WHEN unanswered = 0 THEN payload END,
               unanswered = unanswered + 1
        WHERE  id = :id
        """,
        id=outbox_id,
        now=now,
    )


def next_at(tx: Transaction, *, after: datetime) -> datetime | None:
    """When the earliest row that is held may go."""
    row = tx.one(
        "SELECT not_before FROM outbox WHERE state = 'queued' AND not_before > :after ORDER BY not_before LIMIT 1",
        after=after,
    )
    return row["not_before"] if row else None


def oldest_ready(tx: Transaction, *, now: datetime) -> datetime | None:
    """Since when the oldest row that may go has been allowed to."""
    row = tx.one(
        """
        SELECT not_before FROM outbox WHERE state = 'queued' AND lane <= 1 AND not_before <= :now
        ORDER  BY not_before LIMIT 1
        """,
        now=now,
    )
    return row["not_before"] if row else None


def waiting(tx: Transaction) -> dict[int, int]:
    """How many wait in each lane."""
    rows = tx.all("SELECT lane, count(*) AS n FROM outbox WHERE state IN ('queued', 'sending') GROUP BY lane")
    return {int(row["lane"]): int(row["n"]) for row in rows}


def forget(tx: Transaction, *, before: datetime) -> int:
    """Drops the rows of what was sent before, and the record of messages that can no longer be deleted; how many."""
    return sum(tx.run(f"DELETE FROM {what}", before=before) for what in PASSED)


def count_passed(tx: Transaction, *, before: datetime) -> int:
    return sum(_count(tx, what, before=before) for what in PASSED)


def forget_parked(tx: Transaction, *, before: datetime) -> int:
    """What could not be delivered, and nobody has asked about since; how many."""
    return tx.run(f"DELETE FROM {PARKED}", before=before)


def count_parked(tx: Transaction, *, before: datetime) -> int:
    return _count(tx, PARKED, before=before)


def drop_stale(tx: Transaction, *, now: datetime) -> int:
    """After going back to a backup: what waited then is not said now; what takes messages away still does; how many."""
    return tx.run(
        """
        UPDATE outbox SET state = 'dropped', payload = NULL, done_at = :now
        WHERE  state IN ('queued', 'sending', 'parked') AND op NOT IN ('remove', 'overwrite', 'delete')
        """,
        now=now,
    )


# What stands in the chats


def remember(
    tx: Transaction,
    person_id: int,
    message_id: int,
    *,
    key: str | None,
    ours: bool,
    branch: bool,
    now: datetime,
    protected: bool = False,
) -> None:
    """Notes a message of either side, so that it can be edited or cleared away."""
    tx.run(
        """
        INSERT INTO messages (person_id, key, message_id, ours, branch, protected, at)
        VALUES (:person_id, :key, :message_id, :ours, :branch, :protected, :now)
        """,
        person_id=person_id,
        key=key,
        message_id=message_id,
        ours=ours,
        branch=branch,
        protected=protected,
        now=now,
    )


def waits(tx: Transaction, person_id: int, key: str) -> bool:
    """Whether something under that key is still to be sent."""
    row = tx.one(
        "SELECT id FROM outbox WHERE person_id = :person_id AND key = :key AND state = 'queued' LIMIT 1",
        person_id=person_id,
        key=key,
    )
    return row is not None


def standing(tx: Transaction, person_id: int, key: str) -> int | None:
    """Telegram's number of our message under that key."""
    row = tx.one(
        "SELECT message_id FROM messages WHERE person_id = :person_id AND key = :key ORDER BY id DESC LIMIT 1",
        person_id=person_id,
        key=key,
    )
    return int(row["message_id"]) if row else None


def unsure(tx: Transaction, person_id: int, key: str) -> bool:
    """Whether a message under that key was sent without our knowing whether it arrived."""
    row = tx.one(
        "SELECT 1 FROM outbox WHERE person_id = :person_id AND key = :key AND state = 'unknown'",
        person_id=person_id,
        key=key,
    )
    return row is not None


def ours(tx: Transaction, person_id: int, *, until: datetime) -> list[tuple[int, str]]:
    """Our messages in that chat apart from the branch, sent up to then: number and key."""
    rows = tx.all(
        "SELECT message_id, key FROM messages WHERE person_id = :person_id AND ours AND NOT branch AND at <= :until",
        person_id=person_id,
        until=until,
    )
    return [(int(row["message_id"]), row["key"] or "") for row in rows]


def take_over(tx: Transaction, person_id: int, message_id: int, key: str) -> None:
    """Our message whose button was pressed goes on as a screen of the branch: nothing new is pushed (S09)."""
    tx.run(
        """
        UPDATE messages SET key = :key, branch = TRUE
        WHERE  person_id = :person_id AND message_id = :message_id AND ours AND key IS NOT NULL
        """,
        person_id=person_id,
        message_id=message_id,
        key=key,
    )


def of_branch(tx: Transaction, person_id: int) -> list[Told]:
    """Every message of the branch in that chat, both sides, oldest first."""
    rows = tx.all(
        "SELECT message_id, ours, at FROM messages WHERE person_id = :person_id AND branch ORDER BY message_id",
        person_id=person_id,
    )
    return [Told(**row) for row in rows]


def spread(tx: Transaction, person_id: int) -> list[int]:
    """The numbers that are known in that chat and not of the branch, so that a wide sweep spares them."""
    rows = tx.all("SELECT message_id FROM messages WHERE person_id = :person_id AND NOT branch", person_id=person_id)
    return [int(row["message_id"]) for row in rows]


def unwant(tx: Transaction, person_id: int, *, now: datetime) -> None:
    """What of the branch is in flight there goes as soon as it has arrived (S05); it may have arrived already."""
    flying = "person_id = :person_id AND state = 'sending' AND branch"
    _doubted(tx, flying, now=now, person_id=person_id)
    tx.run(f"UPDATE outbox SET unwanted = TRUE WHERE {flying}", person_id=person_id)


def unwanted(tx: Transaction) -> list[int]:
    """After a start: in whose chats something may stand that was in flight when they left."""
    rows = tx.all("SELECT DISTINCT person_id FROM outbox WHERE state = 'sending' AND unwanted")
    return [int(row["person_id"]) for row in rows]


def is_unwanted(tx: Transaction, outbox_id: int) -> bool:
    row = tx.one("SELECT unwanted FROM outbox WHERE id = :id", id=outbox_id)
    return row is not None and bool(row["unwanted"])


def doubt(tx: Transaction, person_id: int) -> datetime | None:
    """Since when a message of the branch may stand there whose number nobody knows; asking settles it."""
    row = tx.one("SELECT doubt_at FROM people WHERE id = :id AND doubt_at IS NOT NULL", id=person_id)
    if row is None:
        return None
    tx.run("UPDATE people SET doubt_at = NULL WHERE id = :id", id=person_id)
    at: datetime = row["doubt_at"]
    return at


def newest(tx: Transaction, *, until: datetime) -> int:
    """The greatest number that any message had by then: Telegram numbers a bot's private messages in one row."""
    row = tx.one(
        """
        SELECT max(message_id) AS number FROM messages JOIN people ON people.id = messages.person_id
        WHERE  people.kind = 'private' AND messages.at <= :until
        """,
        until=until,
    )
    return int(row["number"] or 0) if row else 0


def _count(tx: Transaction, what: str, *, before: datetime) -> int:
    row = tx.one(f"SELECT count(*) AS n FROM {what}", before=before)
    return int(row["n"]) if row else 0


def _doubted(tx: Transaction, condition: str, *, now: datetime, **values: object) -> None:
    tx.run(
        f"UPDATE people SET doubt_at = :now WHERE id IN (SELECT person_id FROM outbox WHERE {condition})",
        now=now,
        **values,
    )


def gone(tx: Transaction, person_id: int, message_ids: Sequence[int]) -> None:
    """These messages are no longer in the chat."""
    for message_id in message_ids:
        tx.run(
            "DELETE FROM messages WHERE person_id = :person_id AND message_id = :message_id",
            person_id=person_id,
            message_id=message_id,
        )


def _replaced(
    tx: Transaction,
    person_id: int,
    key: str,
    *,
    op: str,
    key_id: int,
    payload: bytes,
    lane: int,
    guard: str | None,
    branch: bool,
    now: datetime,
) -> bool:
    """A waiting send stays a send; anything else takes the newer wish whole, and does not wait as the old one did.

    Unless Telegram has refused it for a while: then the chat waits on.
    """
    return bool(
        tx.run(
            """
            UPDATE outbox SET key_id = :key_id, payload = :payload, guard = :guard, branch = :branch,
                   not_before = CASE WHEN attempts = 0 THEN :now ELSE not_before END,
                   lane = CASE WHEN lane < :lane THEN lane ELSE :lane END,
                   op = CASE WHEN op = 'send' AND :op <> 'delete' THEN 'send' ELSE :op END
            WHERE  person_id = :person_id AND key = :key AND state = 'queued'
            """,
            person_id=person_id,
            key=key,
            op=op,
            key_id=key_id,
            payload=payload,
            lane=lane,
            guard=guard,
            branch=branch,
            now=now,
        )
    )


def _letter(tx: Transaction, row: Row, found: Row) -> Letter:
    body = keys.take(tx, row["key_id"], row["payload"], of=PAYLOAD)
    assert isinstance(body, dict)  # noqa: S101 - put stored one
    return Letter(
        id=row["id"],
        person_id=row["person_id"],
        lane=row["lane"],
        op=row["op"],
        key=row["key"],
        attempts=row["attempts"],
        guard=row["guard"],
        branch=row["branch"],
        body=body,
        address=found["address"],
        standing=found["standing"],
        bare=bool(found["bare"]),
    )


def _read(row: Row) -> list[Any]:
    found: list[Any] = json.loads(row["guard"])
    return found
