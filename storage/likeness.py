"""Cases that look like one family: marks that nobody can read, pairs with their state, joining and its undoing.

A mark is a keyed hash of a key of bot/core/likeness.py. Marks of different kinds that may meet are made alike, so
that a full name meets its initials.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.core.cases import Case
from bot.core.likeness import Key, alike
from storage import cases
from storage.cases import COLUMNS
from storage.db import Transaction, named

OF = {"phone": "blind.phone", "address": "blind.address"}
NAMES = "blind.name"
OWN = ("claimed_by", "claimed_at", "contacted_at", "state", "waits_since", "lease_until", "held_since", "extended",
       "returns", "rung")  # fmt: skip
MOST = 100
"""Marks that are looked at: an address that hundreds share, a shelter say, is nobody's family."""
LED = ("urgency", "danger", "team", "answer_due_at")


@dataclass(frozen=True, slots=True)
class Likeness:
    """A pair of cases. `kinds`: phone, address, name, with commas. `state`: likely, joined, apart."""

    first_id: int
    second_id: int
    kinds: str
    state: str

    def other(self, case_id: int) -> int:
        return self.second_id if case_id == self.first_id else self.first_id


def mark(tx: Transaction, case_id: int, keys: Iterable[Key]) -> None:
    """The case's marks are these from now on."""
    tx.run("DELETE FROM blind WHERE case_id = :case_id", case_id=case_id)
    for key in keys:
        tx.run(
            "INSERT INTO blind (case_id, kind, mark) VALUES (:case_id, :kind, :mark) "
            "ON CONFLICT (case_id, kind, mark) DO NOTHING",
            case_id=case_id,
            kind=key.kind,
            mark=tx.vault.fingerprint(key.text, of=OF.get(key.kind, NAMES)),
        )


def find(tx: Transaction, case_id: int, *, now: datetime) -> None:
    """Notes who shares a mark with the case. What a person has decided about a pair stays decided."""
    mine = _marks(tx, "case_id = :id", id=case_id).get(case_id, [])
    shared = "case_id <> :id AND mark IN (SELECT mark FROM blind WHERE case_id = :id) ORDER BY case_id DESC LIMIT :most"
    tx.run("DELETE FROM likenesses WHERE (first_id = :id OR second_id = :id) AND state = 'likely'", id=case_id)
    for other, theirs in _marks(tx, shared, id=case_id, most=MOST).items():
        if kinds := alike(mine, theirs):
            _note(tx, case_id, other, ",".join(kinds), now=now)


def unmarked(tx: Transaction, *, after: int, most: int) -> list[int]:
    """Cases without marks, by number of the row: filed before there were any, or with nothing to compare."""
    rows = tx.all(
        "SELECT id FROM cases WHERE id > :after AND erased_at IS NULL "
        "AND NOT EXISTS (SELECT 1 FROM blind WHERE blind.case_id = cases.id) ORDER BY id LIMIT :most",
        after=after,
        most=most,
    )
    return [int(row["id"]) for row in rows]


def of_case(tx: Transaction, case_id: int) -> list[Likeness]:
    """Every pair that the case is one of, the strongest likeness first."""
    rows = tx.all(
        "SELECT first_id, second_id, kinds, state FROM likenesses WHERE first_id = :id OR second_id = :id "
        "ORDER BY length(kinds) DESC, first_id, second_id",
        id=case_id,
    )
    return [Likeness(**row) for row in rows]


def decide(tx: Transaction, first: int, second: int, state: str, *, by: int | None, now: datetime) -> bool:
    """likely, joined or apart; False when there is no such pair."""
    return bool(
        tx.run(
            "UPDATE likenesses SET state = :state, by = :by, at = :now WHERE first_id = :first AND second_id = :second",
            **_pair(first, second),
            state=state,
            by=by,
            now=now,
        )
    )


def joined(tx: Transaction, case_id: int) -> list[Case]:
    """What is joined to the case."""
    rows = tx.all(f"SELECT {COLUMNS} FROM cases WHERE joined_to = :id ORDER BY id", id=case_id)
    return [Case(**row) for row in rows]


# Joining


def join(tx: Transaction, younger: Case, older: Case, *, paused: Sequence[str], by: int | None, now: datetime) -> None:
    """The younger goes on in the older: one holder, the earlier deadlines, the more pressing of both.

    What this changes is noted with the pair beforehand. `paused`: kinds of due rows about a case of its own.
    """
    _note(tx, younger.id, older.id, "", now=now)
    before = _before(tx, younger, older, paused)
    tx.run(
        "UPDATE likenesses SET state = 'joined', by = :by, at = :now, before = :before "
        "WHERE first_id = :first AND second_id = :second",
        **_pair(younger.id, older.id),
        by=by,
        now=now,
        before=json.dumps(before, default=_written),
    )
    _stop(tx, [*before["due"], *(before["older_due"] if younger.claimed_by else [])], before["alerts"], now=now)
    _earliest(tx, before["deadlines"], before["older_deadlines"], older.id, now=now)
    for task in before["tasks"]:
        tx.run("UPDATE tasks SET case_id = :to WHERE id = :id", id=task["id"], to=older.id)
    _lead(tx, younger, older)
    tx.run("UPDATE cases SET joined_to = :to, lease_until = NULL WHERE id = :id", id=younger.id, to=older.id)
    cases.hold_alike(tx, older.id)


def part(tx: Transaction, younger: Case, *, now: datetime) -> bool:
    """Each is again what it was; False when it is not joined to anything. What has ended stays ended."""
    row = tx.one(
        "SELECT before FROM likenesses WHERE state = 'joined' AND first_id = :first AND second_id = :second",
        **_pair(younger.id, younger.joined_to or 0),
    )
    if row is None:
        return False
    before: dict[str, Any] = json.loads(row["before"], object_hook=_read)
    tx.run("UPDATE cases SET joined_to = NULL WHERE id = :id", id=younger.id)
    if younger.closed_at is None:
        _bring_back(tx, before)
    return decide(tx, younger.id, younger.joined_to or 0, "likely", by=None, now=now)


def _bring_back(tx: Transaction, before: dict[str, Any]) -> None:
    _put_back(tx, "cases", before["younger"])
    _put_back(tx, "cases", _still(tx, before))
    for table in ("due", "older_due", "deadlines", "older_deadlines", "tasks"):
        for each in before[table]:
            _put_back(tx, table.removeprefix("older_"), each)
    for each in before["alerts"]:
        tx.run(
            "INSERT INTO alerts (case_id, person_id, called_at, declined_at) "
            "VALUES (:case_id, :person_id, :called_at, :declined_at) ON CONFLICT (case_id, person_id) DO NOTHING",
            **each,
        )


def _before(tx: Transaction, younger: Case, older: Case, paused: Sequence[str]) -> dict[str, Any]:
    """What joining changes; of the older one the holder only if it gets the younger's."""
    led = _fields(tx, older.id, LED)
    if older.claimed_by is None:
        led |= _fields(tx, older.id, OWN) | {"taken_by": younger.claimed_by}
    return {
        "younger": _fields(tx, younger.id, OWN),
        "older": led,
        "due": _due(tx, younger.id, paused),
        "older_due": _due(tx, older.id, paused) if older.claimed_by is None else [],
        "deadlines": _deadlines(tx, younger.id),
        "older_deadlines": _deadlines(tx, older.id),
        "tasks": _rows(tx, "SELECT id, case_id FROM tasks WHERE case_id = :id AND done_at IS NULL", younger.id),
        "alerts": _rows(
            tx, "SELECT case_id, person_id, called_at, declined_at FROM alerts WHERE case_id = :id", younger.id
        ),
    }


def _stop(tx: Transaction, clocks: list[dict[str, Any]], alerts: list[dict[str, Any]], *, now: datetime) -> None:
    """Nothing is due about a case that goes on elsewhere, and nobody is called to it."""
    for each in clocks:
        tx.run("UPDATE due SET done_at = :now WHERE id = :id", id=each["id"], now=now)
    for each in alerts:
        tx.run("DELETE FROM alerts WHERE case_id = :case_id", case_id=each["case_id"])


def _earliest(
    tx: Transaction, theirs: list[dict[str, Any]], mine: list[dict[str, Any]], older_id: int, *, now: datetime
) -> None:
    """Of two deadlines of one key the earlier counts; what only the younger has goes on with the older."""
    kept = {each["key"]: each for each in mine}
    for each in theirs:
        twin = kept.get(each["key"])
        if twin is None and _moved(tx, each["id"], older_id):
            continue
        tx.run("UPDATE deadlines SET dropped_at = :now WHERE id = :id", id=each["id"], now=now)
        if twin is not None:
            earlier = "UPDATE deadlines SET due_at = :at WHERE id = :id AND due_at > :at"
            tx.run(earlier, id=twin["id"], at=each["due_at"])


def _moved(tx: Transaction, deadline_id: int, older_id: int) -> bool:
    """False when the older has kept the very same one already: it began at the same moment."""
    return bool(
        tx.run(
            """
            UPDATE deadlines SET case_id = :to
            WHERE  id = :id AND NOT EXISTS (
                   SELECT 1 FROM deadlines AS kept
                   WHERE  kept.case_id = :to AND kept.key = deadlines.key AND kept.starts_at = deadlines.starts_at)
            """,
            id=deadline_id,
            to=older_id,
        )
    )


def _lead(tx: Transaction, younger: Case, older: Case) -> None:
    """An emergency stays one, with its team, whichever of the two it came in by."""
    pressing = younger if younger.urgency == "emergency" and older.urgency != "emergency" else older
    tx.run(
        """
        UPDATE cases
        SET    urgency = :urgency, team = :team, answer_due_at = :by,
               danger = CASE WHEN danger = 'now' OR :danger = 'now' THEN 'now' ELSE danger END,
               claimed_at = CASE WHEN claimed_by IS NULL THEN :claimed_at ELSE claimed_at END,
               contacted_at = CASE WHEN claimed_by IS NULL THEN :contacted_at ELSE contacted_at END,
               state = CASE WHEN claimed_by IS NULL AND :holder > 0 THEN 'claimed' ELSE state END,
               claimed_by = CASE WHEN claimed_by IS NULL AND :holder > 0 THEN :holder ELSE claimed_by END
        WHERE  id = :id
        """,
        id=older.id,
        urgency=pressing.urgency,
        team=pressing.team,
        by=min(younger.answer_due_at, older.answer_due_at),
        danger=younger.danger,
        holder=younger.claimed_by or 0,
        claimed_at=younger.claimed_at,
        contacted_at=younger.contacted_at,
    )


def _still(tx: Transaction, before: dict[str, Any]) -> dict[str, Any]:
    """The holder and the clocks of the older go back only while nobody else has taken it."""
    older = before["older"]
    now_by = _fields(tx, older["id"], ("claimed_by",))["claimed_by"]
    if now_by == older.pop("taken_by", 0):
        return dict(older)
    before["older_due"] = []
    return {name: value for name, value in older.items() if name in ("id", *LED)}


def _put_back(tx: Transaction, table: str, row: dict[str, Any]) -> None:
    """The row's columns are again what they were."""
    values = {name: value for name, value in row.items() if name not in ("id", "key")}
    among = ", ".join(f"{name} = :{name}" for name in values)
    tx.run(f"UPDATE {table} SET {among} WHERE id = :id", id=row["id"], **values)


def _fields(tx: Transaction, case_id: int, names: tuple[str, ...]) -> dict[str, Any]:
    return _rows(tx, f"SELECT id, {', '.join(names)} FROM cases WHERE id = :id", case_id)[0]


def _due(tx: Transaction, case_id: int, kinds: Sequence[str]) -> list[dict[str, Any]]:
    among, values = named("kind", kinds)
    return _rows(
        tx,
        f"SELECT id, at, done_at FROM due WHERE subject_id = :id AND kind IN {among} AND done_at IS NULL",
        case_id,
        **values,
    )


def _deadlines(tx: Transaction, case_id: int) -> list[dict[str, Any]]:
    still_open = "met_at IS NULL AND dropped_at IS NULL"
    return _rows(
        tx, f"SELECT id, key, case_id, due_at, dropped_at FROM deadlines WHERE case_id = :id AND {still_open}", case_id
    )


def _rows(tx: Transaction, sql: str, case_id: int, **values: object) -> list[dict[str, Any]]:
    return [dict(row) for row in tx.all(sql, id=case_id, **values)]


def _note(tx: Transaction, one: int, other: int, kinds: str, *, now: datetime) -> None:
    """A likely pair; one that somebody has decided about stays as it is."""
    tx.run(
        "INSERT INTO likenesses (first_id, second_id, kinds, state, at) "
        "VALUES (:first, :second, :kinds, 'likely', :now) ON CONFLICT (first_id, second_id) DO NOTHING",
        **_pair(one, other),
        kinds=kinds,
        now=now,
    )


def _pair(one: int, other: int) -> dict[str, int]:
    return {"first": min(one, other), "second": max(one, other)}


def _marks(tx: Transaction, condition: str, **values: object) -> dict[int, list[tuple[str, object]]]:
    found: dict[int, list[tuple[str, object]]] = {}
    for row in tx.all(f"SELECT case_id, kind, mark FROM blind WHERE {condition}", **values):
        found.setdefault(row["case_id"], []).append((row["kind"], bytes(row["mark"])))
    return found


def _written(value: object) -> dict[str, str]:
    """A moment, in JSON."""
    assert isinstance(value, datetime)  # noqa: S101 - nothing else in these rows is foreign to JSON
    return {"at": value.isoformat()}


def _read(value: dict[str, Any]) -> Any:  # noqa: ANN401 - JSON of any shape
    return datetime.fromisoformat(value["at"]) if value.keys() == {"at"} else value
