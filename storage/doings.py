"""What else a report finds: deadlines by how they ended, how soon the brigade came, trainings, what is no case."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from bot.core.cases import shown
from bot.core.counting import Columns
from bot.core.tables.found import Activity, Answered, Clocked, Taught
from storage import activities as noted
from storage import facts, figures, programmes, register, seal
from storage.db import Transaction


def details(tx: Transaction, ids: Iterable[str]) -> dict[str, str]:
    """What a register says of its sources, by the number that stands for it."""
    rows = tx.all("SELECT id, words FROM register_details")
    wanted, key = set(ids), tx.vault.derived(register.PURPOSE)
    return {
        str(row["id"]): str(seal.unseal(key, row["words"], of=register.DETAIL))
        for row in rows
        if str(row["id"]) in wanted
    }


def clocked(tx: Transaction, columns: Columns, zone: ZoneInfo, *, now: datetime) -> list[Clocked]:
    """Deadlines by the day on which they ended. One that was dropped with its case counts only if it was late."""
    live = """
        SELECT key, due_at AS came, 1 AS n,
               CASE WHEN met_at IS NOT NULL AND missed_at IS NULL THEN 'in_time' WHEN met_at IS NOT NULL THEN 'late'
                    WHEN dropped_at IS NOT NULL THEN 'late' WHEN due_at < :now THEN 'open_late' ELSE 'running' END
               AS state
        FROM   deadlines JOIN cases ON cases.id = deadlines.case_id
        WHERE  NOT cases.mistaken AND (dropped_at IS NULL OR missed_at IS NOT NULL)
    """
    book = f"""
        SELECT key, due_at AS came, count AS n, CASE WHEN met_at <= due_at THEN 'in_time' ELSE 'late' END AS state
        FROM   register_met JOIN register ON register.id = row_id WHERE register.{facts.CURRENT}
    """
    edges = figures.bounds(columns, zone)
    found: Counter[tuple[str, str, int, int]] = Counter()

    def take(given: Mapping[str, tuple[Any, ...]]) -> None:
        found.update(zip(given["key"], given["state"], given["m_came"], given["n"], strict=True))

    tx.in_columns(_stated(live, len(columns)), take, now=now, **edges)
    tx.in_columns(_stated(book, len(columns)), take, **edges)
    return [
        Clocked(key, state, _within(mask, columns), n * often) for (key, state, mask, n), often in found.items() if mask
    ]


def _stated(source: str, periods: int) -> str:
    return facts.masked(source, ["key", "state", "n"], ["came"], periods)


def late(tx: Transaction, columns: Columns, zone: ZoneInfo, *, now: datetime, most: int = 50) -> list[str]:
    """Numbers of the cases of this bot with a deadline that was not kept in the period."""
    edges = figures.bounds({"value": columns["value"]}, zone)
    rows = tx.all(
        """
        SELECT DISTINCT cases.id, cases.number FROM deadlines JOIN cases ON cases.id = case_id
        WHERE  due_at >= :a0 AND due_at < :b0 AND NOT cases.mistaken
        AND    (missed_at IS NOT NULL OR (met_at IS NULL AND dropped_at IS NULL AND due_at < :now))
        ORDER  BY cases.id LIMIT :most
        """,
        now=now,
        most=most,
        **edges,
    )
    return [shown(str(row["number"])).uk for row in rows]


def answered(tx: Transaction, columns: Columns, zone: ZoneInfo) -> list[Answered]:
    """From the report of a case to its first emergency trip, where both times are known; once for every case."""
    live = """
        SELECT min(COALESCE(visits.inside_at, visits.starts_at)) AS came, cases.reported_at AS began, 1 AS n
        FROM   visits JOIN cases ON cases.id = visits.case_id
        WHERE  visits.kind = 'emergency_brigade' AND visits.state = 'held' AND NOT cases.mistaken
        GROUP  BY cases.id, cases.reported_at
    """
    found = tx.all(_there(live, ["CAST(came AS TEXT) AS came", "CAST(began AS TEXT) AS began", "n"], ["came"],
                                  len(columns)),
                   **figures.bounds(columns, zone))  # fmt: skip
    book = f"""
        SELECT min(visit.at) AS at, min(visit.day) AS came, max(register.received_at) AS began,
               max(register.count) AS n
        FROM   register JOIN register_visits AS visit ON visit.row_id = register.id
        WHERE  visit.kind = 'emergency_brigade' AND register.{facts.CURRENT} AND register.received_at LIKE '%T%'
        GROUP  BY register.id
    """
    first = _there(book, ["at", "CAST(came AS TEXT) AS day", "began", "n"], ["came"], len(columns))
    noted = tx.all(first, **figures.bounds(columns, None))
    alike = Counter((row["began"], row["came"], row["m_came"], row["n"]) for row in found)
    alike.update(
        (row["began"], row["at"], row["m_came"], row["n"])
        for row in noted
        if str(row["at"] or "").startswith(row["day"])
    )
    return [
        Answered(minutes, _within(mask, columns), n * often)
        for (began, came, mask, n), often in alike.items()
        if (minutes := _minutes(began, came, zone)) >= 0
    ]


def _there(source: str, columns: list[str], bases: list[str], periods: int) -> str:
    """Those that belong to one of the periods."""
    return f"SELECT * FROM ({facts.masked(source, columns, bases, periods)}) AS marked WHERE m_came > 0"


def _minutes(began: str, came: str, zone: ZoneInfo) -> int:
    """A register has both on the centre's clock, which is put back and forth once a year."""
    return int((_moment(came, zone) - _moment(began, zone)).total_seconds() // 60)


def _moment(word: str, zone: ZoneInfo) -> datetime:
    moment = datetime.fromisoformat(word)
    return (moment if moment.tzinfo else moment.replace(tzinfo=zone)).astimezone(UTC)


def activities(tx: Transaction, columns: Columns) -> list[Activity]:
    """Everything until the last day, so that a figure as of a day is found however old it is."""
    return [
        Activity(
            each.kind, each.title, each.day, each.district or "", each.audience or "", each.persons, each.items,
            each.count, tuple(name for name, period in columns.items() if period.first <= each.day <= period.last),
        )
        for each in noted.until(tx, max(period.last for period in columns.values()))
    ]  # fmt: skip


def taught(tx: Transaction, columns: Columns, zone: ZoneInfo) -> list[Taught]:
    """Sessions that were held here, and those that a table brought."""
    here = """
        SELECT sessions.audience, sessions.hours, COALESCE(sessions.group_id, 0) AS study_group,
               COALESCE(sessions.programme_id, 0) AS programme, sessions.starts_at AS came,
               (SELECT count(*) FROM seats WHERE seats.session_id = sessions.id) AS invited,
               (SELECT count(*) FROM seats WHERE seats.session_id = sessions.id AND seats.came = 'yes') AS came_there
        FROM   sessions WHERE sessions.state = 'held'
    """
    table = """
        SELECT audience, hours, 0 AS study_group, COALESCE(programme_id, 0) AS programme, starts_at AS came,
               COALESCE(invited, 0) AS invited, COALESCE(came, 0) AS came_there
        FROM   imported_sessions
        WHERE  session_id IS NULL
        AND    starts_at <= (SELECT begun_at FROM training_imports WHERE id = import_id AND current_at IS NOT NULL)
    """
    names = ["audience", "hours", "study_group", "programme", "invited", "came_there"]
    edges = figures.bounds(columns, zone)
    titles = {each.id: each.title for each in programmes.every(tx)}
    rows = [
        row for source in (here, table) for row in tx.all(facts.masked(source, names, ["came"], len(columns)), **edges)
    ]
    return [
        Taught(str(row["audience"]), int(row["hours"]), int(row["invited"]), int(row["came_there"]),
               _within(row["m_came"], columns), int(row["study_group"]), titles.get(row["programme"], ""))
        for row in rows
        if row["m_came"]
    ]  # fmt: skip


def undated(tx: Transaction) -> int:
    """How many cases of the register no period has."""
    row = tx.one(f"SELECT COALESCE(sum(count), 0) AS n FROM register WHERE registered_on IS NULL AND {facts.CURRENT}")
    return int(row["n"]) if row else 0


def _within(mask: int, columns: Columns) -> tuple[str, ...]:
    return tuple(name for bit, name in enumerate(columns) if mask & 2**bit)
