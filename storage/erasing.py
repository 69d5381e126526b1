"""Erasing a case: its key is destroyed and everything that could lead to its words; the counts stay (S23).

It is finished in three steps: the commit; the list of erasures beside the key, from which `restore` erases once more
what an older backup would bring back; and the emptying of the write-ahead log. `UNFINISHED` stands until the last.
"""

import fcntl
import os
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from bot.core.cases import Case
from bot.core.events import Lane
from storage import cases, deadlines, disk, inbox, keys, likeness, outbox, people, register, series, tasks
from storage.db import Transaction, named

UNFINISHED = "wal_to_truncate"
OF_CASES = ("ladder", "answer_late", "lease_over", "lease_soon", "offered", "erase")
OF_VISITS = ("visit_day", "visit_hours", "visit_unsaid")
OF_SERIES = ("series_ahead",)
OF_CLOCKS, OF_TASKS = ("deadline_soon", "deadline_late"), ("task_due",)
"""Kinds of due rows whose subject is a case, a visit, a series of visits, a deadline, a task."""
MESSAGES = (
    "card", "case", "receipt", "own", "cover", "glass", "grown", "why", "talk", "code", "file", "consents", "agreed",
    "lease", "hand", "deadline", "act", "letter",
)  # fmt: skip
"""The nouns of the keys under which messages about a case stand in chats."""
OF_OTHERS = (
    "moved", "guide", "leave", "shift", "room", "link", "tell", "lesson", "study_group", "elsewhere", "renamed",
    "plan_note", "plan_count", "plan_event",
)  # fmt: skip
"""Forms whose subject is no case; every other draft about that number goes, whatever form comes later."""
MARK_LENGTH = 64
NOTHING = b""


def erase(tx: Transaction, case: Case, *, now: datetime) -> bool:
    """Whether there still was something to erase. What was told can be read by nobody afterwards, with any key."""
    return erase_all(tx, [case], now=now) == 1


def erase_row(tx: Transaction, number: str, *, now: datetime) -> bool:
    """The same for a row of the register with that number; False where there is none."""
    erased = register.erase(tx, number)
    if erased:
        inbox.mark(tx, UNFINISHED, at=now)
    return erased


def erase_all(tx: Transaction, doomed: Sequence[Case], *, now: datetime) -> int:
    """How many of the cases were not erased before."""
    for case in doomed:
        _parted(tx, case, now=now)
    fresh = [case for case in doomed if _blanked(tx, case, now=now)]
    for case in fresh:
        _let_go(tx, case, now=now)
    if fresh:
        _passed_is_noise(tx, now=now)
        inbox.mark(tx, UNFINISHED, at=now)
    return len(fresh)


def look_again(tx: Transaction, *, now: datetime) -> None:
    """If anything was ever erased, the list is compared once more."""
    if tx.one("SELECT 1 FROM cases WHERE erased_at IS NOT NULL LIMIT 1"):
        inbox.mark(tx, UNFINISHED, at=now)


def finished(tx: Transaction, since: datetime) -> None:
    """The list has it and the log is empty, as of that mark; a later erasure has made a later one."""
    tx.run("DELETE FROM marks WHERE name = :name AND at = :since", name=UNFINISHED, since=since)


# The list of erasures


def mark(tx: Transaction, case: Case) -> str:
    """By what the list knows a case: without the root key nobody can tell which it is."""
    told = f"{case.number}:{case.key_id}:{case.reported_at.isoformat()}"
    return tx.vault.fingerprint(told, of="erasures").hex()


def write_down(tx: Transaction, file: Path) -> int:
    """Every erasure that the list lacks is in it afterwards, safe from a power failure; how many those were."""
    known = listed(file)
    erased = _cases(tx, "erased_at IS NOT NULL")
    lines = [f"{mark(tx, case)} {case.erased_at:%Y-%m-%d}\n" for case in erased if mark(tx, case) not in known]
    lines += [f"{row.hex()} register\n" for row in register.erased(tx) if row.hex() not in known]
    if lines:
        _append(file, lines)
    return len(lines)


def listed(file: Path) -> frozenset[str]:
    """The marks in the list; a line that a power failure has torn is none."""
    if not file.exists():
        return frozenset()
    marks = (line.partition(" ")[0] for line in file.read_text(encoding="ascii", errors="replace").splitlines())
    return frozenset(mark for mark in marks if len(mark) == MARK_LENGTH)


def replay(tx: Transaction, marks: frozenset[str], *, now: datetime) -> int:
    """Erases what stands in the list and is there again; how many."""
    if not marks:
        return 0
    again = [case for case in _cases(tx, "erased_at IS NULL") if mark(tx, case) in marks]
    rows = [row for row in register.marks(tx) if row.hex() in marks]
    return erase_all(tx, again, now=now) + sum(register.erase_marked(tx, row) for row in rows)


def closed_before(tx: Transaction, before: datetime, *, most: int) -> list[Case]:
    """Cases closed so long ago whose content is still there."""
    return _cases(tx, "closed_at < :before AND erased_at IS NULL ORDER BY closed_at LIMIT :most",
                  before=before, most=most)  # fmt: skip


def count_closed_before(tx: Transaction, before: datetime) -> int:
    row = tx.one("SELECT count(*) AS n FROM cases WHERE closed_at < :before AND erased_at IS NULL", before=before)
    return int(row["n"]) if row else 0


# The parts of erasing


def _parted(tx: Transaction, case: Case, *, now: datetime) -> None:
    """Whatever was one family with it is again a case of its own."""
    for younger in (case, *likeness.joined(tx, case.id)):
        likeness.part(tx, younger, now=now)


def _blanked(tx: Transaction, case: Case, *, now: datetime) -> bool:
    """Counts, codes and dates stay, so that figures do; an open case is closed, as declined."""
    return bool(
        tx.run(
            """
            UPDATE cases
            SET    content = :nothing, code = NULL, code_hash = NULL, duress_hash = NULL, duress_at = NULL,
                   contact_days = '', contact_hours = '', cover = '', erased_at = :now, state = 'closed',
                   closing = CASE WHEN closed_at IS NULL THEN 'declined' ELSE closing END,
                   closed_at = COALESCE(closed_at, :now)
            WHERE  id = :id AND erased_at IS NULL
            """,
            id=case.id,
            nothing=NOTHING,
            now=now,
        )
    )


def _let_go(tx: Transaction, case: Case, *, now: datetime) -> None:
    """Everything that belongs to the case, as far as it holds words or leads to a person."""
    keys.destroy(tx, case.key_id, now=now)
    _end_drafts(tx, case.id, now=now)
    _end_plans(tx, case.id, now=now)
    _take_back(tx, _message_keys(tx, case.id), case.id, now=now)
    _drop_given_up(tx, case.id)
    for table in ("links", "letters", "exclusions", "glass", "blind", "household"):
        tx.run(f"DELETE FROM {table} WHERE case_id = :id", id=case.id)
    of_visits = "SELECT id FROM visits WHERE case_id = :id"
    tx.run(f"DELETE FROM unreminded WHERE subject = 'visit' AND subject_id IN ({of_visits})", id=case.id)
    tx.run("DELETE FROM likenesses WHERE first_id = :id OR second_id = :id", id=case.id)
    tx.run("UPDATE referrals SET words = NULL WHERE case_id = :id", id=case.id)
    tx.run("UPDATE visits SET act_no = NULL WHERE case_id = :id", id=case.id)
    tx.run("UPDATE history SET note = NULL WHERE case_id = :id", id=case.id)
    cases.note(tx, case.id, "erased", by=None, now=now)


def _end_drafts(tx: Transaction, case_id: int, *, now: datetime) -> None:
    """Additions to the case, and what staff have begun to write about it."""
    among, values = named("form", OF_OTHERS)
    about = f"case_id = :id OR (subject_id = :id AND form NOT IN {among})"
    for row in tx.all(f"DELETE FROM drafts WHERE {about} RETURNING key_id", id=case_id, **values):
        keys.destroy(tx, row["key_id"], now=now)


def _end_plans(tx: Transaction, case_id: int, *, now: datetime) -> None:
    """What is due about it, the call that was agreed, the visit that was planned."""
    of_cases, cases_named = named("case", OF_CASES)
    of_visits, visits_named = named("visit", OF_VISITS)
    of_series, series_named = named("series", OF_SERIES)
    of_clocks, clocks_named = named("clock", OF_CLOCKS)
    of_tasks, tasks_named = named("task", OF_TASKS)
    tx.run(
        f"""
        UPDATE due SET done_at = :now
        WHERE  done_at IS NULL
        AND    ((kind IN {of_cases} AND subject_id = :id)
                OR (kind IN {of_visits} AND subject_id IN (SELECT id FROM visits WHERE case_id = :id))
                OR (kind IN {of_series} AND subject_id IN (SELECT id FROM series
                                                           WHERE subject = '{series.OF_VISITS}' AND subject_id = :id))
                OR (kind IN {of_clocks} AND subject_id IN (SELECT id FROM deadlines WHERE case_id = :id))
                OR (kind IN {of_tasks} AND subject_id IN (SELECT id FROM tasks WHERE case_id = :id)))
        """,
        id=case_id,
        now=now,
        **cases_named,
        **visits_named,
        **series_named,
        **clocks_named,
        **tasks_named,
    )
    deadlines.drop(tx, case_id, now=now)
    tasks.end_of_case(tx, case_id, now=now)
    tx.run("UPDATE agreed_calls SET state = 'ended', ended_at = :now WHERE case_id = :id AND ended_at IS NULL",
           id=case_id, now=now)  # fmt: skip
    tx.run("UPDATE visits SET state = 'cancelled', version = version + 1 WHERE case_id = :id AND state = 'planned'",
           id=case_id)  # fmt: skip
    series.end_all(tx, series.OF_VISITS, case_id, now=now)


def _message_keys(tx: Transaction, case_id: int) -> list[str]:
    visits = tx.all("SELECT id FROM visits WHERE case_id = :id", id=case_id)
    looks = tx.all("SELECT id FROM glass WHERE case_id = :id", id=case_id)
    todo = tx.all("SELECT id FROM tasks WHERE case_id = :id", id=case_id)
    of_rows = [
        *(f"{noun}:{row['id']}" for row in todo for noun in ("task", "lying")),
        *(f"{noun}:{row['id']}" for row in visits for noun in ("visit", "road")),
        *(f"ask:{row['id']}" for row in looks),
    ]
    return [*(f"{noun}:{case_id}" for noun in MESSAGES), *of_rows]


def _take_back(tx: Transaction, about: Sequence[str], case_id: int, *, now: datetime) -> None:
    """Nothing about it is sent any more; what stands in chats, or arrives just now, goes as far as Telegram lets it."""
    among, values = named("key", about)
    ours, push = f"(key IN {among} OR guard LIKE :push)", f'["push:%", {case_id}, %'
    waiting = f"state IN ('queued', 'parked') AND {ours}"
    tx.run(f"UPDATE outbox SET state = 'dropped', payload = NULL, done_at = :now WHERE {waiting}",
           now=now, push=push, **values)  # fmt: skip
    flying = f"UPDATE outbox SET payload = NULL WHERE state = 'sending' AND {ours} RETURNING person_id, key"
    for row in tx.all(flying, push=push, **values):
        if row["key"]:
            outbox.put(tx, row["person_id"], "delete", {"key": row["key"]}, lane=Lane.URGENT, now=now)
    _clear_chats(tx, among, values, now=now)
    tx.run(f"UPDATE outbox SET key = NULL, guard = NULL WHERE done_at IS NOT NULL AND {ours}", push=push, **values)


def _clear_chats(tx: Transaction, among: str, values: dict[str, object], *, now: datetime) -> None:
    for row in tx.all(f"DELETE FROM messages WHERE key IN {among} RETURNING person_id, message_id, ours", **values):
        body = {"ids": [row["message_id"]], "ours": [row["message_id"]] if row["ours"] else []}
        outbox.put(tx, row["person_id"], "remove", body, lane=Lane.URGENT, now=now)


def _drop_given_up(tx: Transaction, case_id: int) -> None:
    """Updates of its people that could not be handled and were kept for somebody to look at."""
    linked = tx.all("SELECT address FROM people JOIN links ON links.person_id = people.id WHERE case_id = :id",
                    id=case_id)  # fmt: skip
    theirs = {people.telegram_id(tx, row["address"]) for row in linked}
    for row in tx.all("SELECT id, key_id, payload FROM inbox WHERE fault IS NOT NULL AND payload IS NOT NULL"):
        if theirs.intersection(_numbers(keys.take(tx, row["key_id"], row["payload"], of=inbox.PAYLOAD))):
            tx.run("UPDATE inbox SET payload = NULL WHERE id = :id", id=row["id"])


def _numbers(update: Any) -> Iterator[int]:  # noqa: ANN401 - JSON of any shape
    """Every whole number in an update, whatever Telegram calls it."""
    if isinstance(update, int):
        yield update
    inner = update.values() if isinstance(update, dict) else update if isinstance(update, list) else ()
    for each in inner:
        yield from _numbers(each)


def _passed_is_noise(tx: Transaction, *, now: datetime) -> None:
    """What passed through inbox and outbox may have left bytes in the file: every key that could open them goes.

    What still waits, of anybody, is sealed anew under a key that is younger than all that.
    """
    fresh = keys.fresh_hour(tx, now=now)
    for table, place in (("inbox", inbox.PAYLOAD), ("outbox", outbox.PAYLOAD)):
        for row in tx.all(f"SELECT id, key_id, payload FROM {table} WHERE payload IS NOT NULL"):
            payload = keys.put(tx, fresh, keys.take(tx, row["key_id"], row["payload"], of=place), of=place)
            moved = f"UPDATE {table} SET key_id = :fresh, payload = :payload WHERE id = :id"
            tx.run(moved, id=row["id"], fresh=fresh, payload=payload)
    keys.destroy_hours(tx, but=fresh, now=now)


def _cases(tx: Transaction, condition: str, **values: object) -> list[Case]:
    return [Case(**row) for row in tx.all(f"SELECT {cases.COLUMNS} FROM cases WHERE {condition}", **values)]


def _append(file: Path, lines: Sequence[str]) -> None:
    """At the end of the list, on a line of its own, and on the disk before this returns."""
    with os.fdopen(os.open(file, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600), "a+b", buffering=0) as stream:
        fcntl.flock(stream, fcntl.LOCK_EX)
        end = os.fstat(stream.fileno()).st_size
        torn = bool(end) and os.pread(stream.fileno(), 1, end - 1) != b"\n"
        stream.write(("\n" * torn + "".join(lines)).encode("ascii"))
        os.fsync(stream.fileno())
    disk.sync(file.parent)
