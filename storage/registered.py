"""Cases of this bot as rows of the register: read all at once, in a few statements."""

from collections.abc import Callable, Collection, Iterator
from datetime import datetime
from typing import Any

from bot.core.deadlines import DECISION
from bot.core.sheets import UNSEEN
from storage import cases, keys
from storage.db import Row, Transaction, named

Local = Callable[[datetime], datetime]
OF_PAGE = "case_id > :after AND case_id <= :last"
NOTIFIED = {"notify_police": "police_notified_at", "notify_child_services": "child_services_notified_at"}
AS_THEY_ARE = (
    "number", "intake", "source", "reporter", "unit", "children", "category", "district", "team", "urgency",
    "victim_group", "child_role",
)  # fmt: skip
PAGE = 2000
Bounds = dict[str, int]
"""`after` which case and up to which `last` one; every statement is about the cases of one page."""


def numbers(tx: Transaction) -> set[str]:
    """Of every case, also of those that were a mistake."""
    return {row["number"] for row in tx.all("SELECT number FROM cases")}


def every(tx: Transaction, local: Local, *, detailed: Collection[str]) -> Iterator[dict[str, str]]:
    """What is known of each case that was no mistake, by the register's columns; its number as digits.

    `local`: a moment on the centre's clock. `detailed`: the sources that were asked which one exactly.
    """
    last = 0
    while page := tx.all(_FACTS, after=last, most=PAGE):
        bounds = {"after": last, "last": page[-1]["id"]}
        found = {row["id"]: _facts(row, local) for row in page}
        for part in (_services(tx, bounds), _visits(tx, local, bounds), _needs(tx, bounds), _sent(tx, bounds),
                     _codes(tx, bounds), _details(tx, detailed, bounds)):  # fmt: skip
            _add(found, part)
        for case_id, name, word in _decisions(tx, local, bounds):
            found.get(case_id, {})[name] = word
        yield from map(_main_is_among, found.values())
        last = page[-1]["id"]


_FACTS = """
    SELECT id, number, reported_at, intake, source, reporter, unit, children, category, district, team, urgency,
           main_form, victim_group, child_role, repeat, outcome, closing, closed_at
    FROM   cases WHERE NOT mistaken AND id > :after ORDER BY id LIMIT :most
"""
Part = tuple[int, str, str]
"""Of which case, in which column, what."""


def _add(found: dict[int, dict[str, str]], parts: list[Part]) -> None:
    """Each at the end of its list; what belongs to a mistake is left out."""
    for case_id, name, part in parts:
        case = found.get(case_id, {})
        case[name] = f"{case[name]};{part}" if name in case else part


def _facts(row: Row, local: Local) -> dict[str, str]:
    """What stands in the case's own row."""
    over = row["closed_at"] is not None
    known: dict[str, Any] = {
        "registered_on": _day(local(row["reported_at"])),
        "received_at": _minute(local(row["reported_at"])),
        "violence_main": row["main_form"],
        "repeat": "yes" if row["repeat"] else "no",
        "outcome": row["outcome"] or ("" if over else "in_progress"),
        "closing": row["closing"] if over else "",
        "closed_on": _day(local(row["closed_at"])) if over else "",
        **{name: row[name] for name in AS_THEY_ARE},
    }
    return {name: str(word) for name, word in known.items() if word is not None and word != ""}


def _services(tx: Transaction, bounds: Bounds) -> list[Part]:
    rows = tx.all(f"SELECT case_id, service, sum(count) AS n FROM services WHERE {OF_PAGE} "
                  "GROUP BY case_id, service ORDER BY case_id, min(id)", **bounds)  # fmt: skip
    return [(row["case_id"], "services", f"{row['service']}*{row['n']}") for row in rows]


def _visits(tx: Transaction, local: Local, bounds: Bounds) -> list[Part]:
    """Those that were held."""
    rows = tx.all(f"SELECT case_id, kind, starts_at FROM visits WHERE state = 'held' AND {OF_PAGE} "
                  "ORDER BY case_id, starts_at, id", **bounds)  # fmt: skip
    return [(row["case_id"], "visits", f"{row['kind']}@{_minute(local(row['starts_at']))}") for row in rows]


def _needs(tx: Transaction, bounds: Bounds) -> list[Part]:
    rows = tx.all(f"SELECT case_id, need FROM needs_met WHERE {OF_PAGE} ORDER BY id", **bounds)
    return [(row["case_id"], "needs_met", row["need"]) for row in rows]


def _sent(tx: Transaction, bounds: Bounds) -> list[Part]:
    rows = tx.all(f"SELECT case_id, body FROM referrals WHERE sent_at IS NOT NULL AND {OF_PAGE} ORDER BY id", **bounds)
    return [(row["case_id"], "referred_to", row["body"]) for row in rows]


def _codes(tx: Transaction, bounds: Bounds) -> list[Part]:
    rows = tx.all(f"SELECT case_id, kind, code FROM case_codes WHERE kind IN ('circumstances', 'violence_forms') "
                  f"AND {OF_PAGE} ORDER BY id", **bounds)  # fmt: skip
    return [(row["case_id"], row["kind"], row["code"]) for row in rows]


def _details(tx: Transaction, sources: Collection[str], bounds: Bounds) -> list[Part]:
    """Of which body exactly a case came; of an erased one nobody knows."""
    among, values = named("source", list(sources))
    rows = tx.all(
        f"""
        SELECT cases.id AS case_id, key_id, content, wrapped FROM cases JOIN keys ON keys.id = key_id
        WHERE  cases.id > :after AND cases.id <= :last AND source IN {among} AND NOT mistaken
        AND    erased_at IS NULL AND wrapped IS NOT NULL
        """,
        **bounds,
        **values,
    )
    return [(row["case_id"], "source_detail", words) for row in rows if (words := _detail(tx, row))]


def _detail(tx: Transaction, row: Row) -> str:
    keys.know(tx, row["key_id"], row["wrapped"])
    content = keys.take(tx, row["key_id"], row["content"], of=cases.CONTENT)
    tx.data_keys.pop(row["key_id"])
    words = content.get("source_detail") if isinstance(content, dict) else None
    return UNSEEN.sub("", str(words or ""))


def _decisions(tx: Transaction, local: Local, bounds: Bounds) -> list[Part]:
    """When another body was asked to decide, when it or we did, and when those were told whom the law has us tell."""
    among, values = named("key", [*DECISION, *NOTIFIED])
    rows = tx.all(
        f"SELECT case_id, key, body, sent_at, met_at FROM deadlines WHERE key IN {among} AND {OF_PAGE} ORDER BY id",
        **bounds,
        **values,
    )
    return [part for row in rows for part in _of_deadline(row, local)]


def _of_deadline(row: Row, local: Local) -> list[Part]:
    case_id, sent, met = row["case_id"], row["sent_at"], row["met_at"]
    if row["key"] in NOTIFIED:
        return [(case_id, NOTIFIED[row["key"]], _minute(local(met)))] if met else []
    parts = []
    if sent:
        parts += [(case_id, "sent_for_decision_on", _day(local(sent))), (case_id, "decided_by", str(row["body"]))]
    if met:
        parts.append((case_id, "decided_on", _day(local(met))))
    return parts


def _main_is_among(case: dict[str, str]) -> dict[str, str]:
    """The main form of violence is one of the forms, where any are named."""
    main, forms = case.get("violence_main"), case.get("violence_forms")
    if main and forms and main not in forms.split(";"):
        case["violence_forms"] = f"{forms};{main}"
    return case


def _day(at: datetime) -> str:
    return at.date().isoformat()


def _minute(at: datetime) -> str:
    return f"{at:%Y-%m-%dT%H:%M}"
