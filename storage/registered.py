"""Cases of this bot as rows of the register: read all at once, in a few statements."""

from collections.abc import Callable, Collection
from datetime import datetime
from typing import Any

from bot.core.deadlines import DECISION
from bot.core.sheets import UNSEEN
from storage import cases, keys
from storage.db import Row, Transaction, named

Local = Callable[[datetime], datetime]
COUNTED = "NOT mistaken"
OF_COUNTED = f"case_id IN (SELECT id FROM cases WHERE {COUNTED})"
NOTIFIED = {"notify_police": "police_notified_at", "notify_child_services": "child_services_notified_at"}


def numbers(tx: Transaction) -> set[str]:
    """Of every case, also of those that were a mistake."""
    return {row["number"] for row in tx.all("SELECT number FROM cases")}


def every(tx: Transaction, local: Local, *, detailed: Collection[str]) -> dict[str, dict[str, str]]:
    """By its number, what is known of each, by the register's columns.

    `local`: a moment on the centre's clock. `detailed`: the sources that were asked which one exactly.
    """
    rows = tx.all(
        f"""
        SELECT id, number, reported_at, intake, source, reporter, unit, children, category, district, team, urgency,
               main_form, victim_group, child_role, repeat, outcome, closing, closed_at
        FROM   cases WHERE {COUNTED}
        """
    )
    found = {row["id"]: _facts(row, local) for row in rows}
    for parts in (_services(tx), _visits(tx, local), _needs(tx), _sent(tx), _codes(tx), _details(tx, detailed)):
        for case_id, name, part in parts:
            found[case_id][name] = f"{found[case_id][name]};{part}" if name in found[case_id] else part
    for case_id, name, word in _decisions(tx, local):
        found[case_id][name] = word
    for case in found.values():
        _main_is_among(case)
    return {row["number"]: found[row["id"]] for row in rows}


Part = tuple[int, str, str]


def _facts(row: Row, local: Local) -> dict[str, str]:
    """What stands in the case's own row."""
    over = row["closed_at"] is not None
    known: dict[str, Any] = {
        "registered_on": local(row["reported_at"]).date().isoformat(),
        "received_at": _minute(local(row["reported_at"])),
        "violence_main": row["main_form"],
        "repeat": "yes" if row["repeat"] else "",
        "outcome": row["outcome"] if over else "in_progress",
        "closing": row["closing"] if over else "",
        "closed_on": local(row["closed_at"]).date().isoformat() if over else "",
        **{name: row[name] for name in ("intake", "source", "reporter", "unit", "children", "category", "district",
                                        "team", "urgency", "victim_group", "child_role")},
    }  # fmt: skip
    return {name: str(word) for name, word in known.items() if word is not None and word != ""}


def _services(tx: Transaction) -> list[Part]:
    rows = tx.all(f"SELECT case_id, service, sum(count) AS n FROM services WHERE {OF_COUNTED} "
                  "GROUP BY case_id, service ORDER BY case_id, min(id)")  # fmt: skip
    return [(row["case_id"], "services", f"{row['service']}*{row['n']}") for row in rows]


def _visits(tx: Transaction, local: Local) -> list[Part]:
    """Those that were held; when somebody went in, where that is known."""
    rows = tx.all(f"SELECT case_id, kind, starts_at, inside_at FROM visits WHERE state = 'held' AND {OF_COUNTED} "
                  "ORDER BY case_id, starts_at, id")  # fmt: skip
    return [
        (row["case_id"], "visits", f"{row['kind']}@{_minute(local(row['inside_at'] or row['starts_at']))}")
        for row in rows
    ]


def _needs(tx: Transaction) -> list[Part]:
    rows = tx.all(f"SELECT case_id, need FROM needs_met WHERE {OF_COUNTED} ORDER BY id")
    return [(row["case_id"], "needs_met", row["need"]) for row in rows]


def _sent(tx: Transaction) -> list[Part]:
    rows = tx.all(f"SELECT case_id, body FROM referrals WHERE sent_at IS NOT NULL AND {OF_COUNTED} ORDER BY id")
    return [(row["case_id"], "referred_to", row["body"]) for row in rows]


def _codes(tx: Transaction) -> list[Part]:
    rows = tx.all(f"SELECT case_id, kind, code FROM case_codes WHERE kind IN ('circumstances', 'violence_forms') "
                  f"AND {OF_COUNTED} ORDER BY id")  # fmt: skip
    return [(row["case_id"], row["kind"], row["code"]) for row in rows]


def _details(tx: Transaction, sources: Collection[str]) -> list[Part]:
    """Of which body exactly a case came; of an erased one nobody knows."""
    among, values = named("source", list(sources))
    rows = tx.all(
        f"""
        SELECT cases.id AS case_id, key_id, content, wrapped FROM cases JOIN keys ON keys.id = key_id
        WHERE  source IN {among} AND {COUNTED} AND erased_at IS NULL AND wrapped IS NOT NULL
        """,
        **values,
    )
    return [(row["case_id"], "source_detail", words) for row in rows if (words := _detail(tx, row))]


def _detail(tx: Transaction, row: Row) -> str:
    keys.know(tx, row["key_id"], row["wrapped"])
    content = keys.take(tx, row["key_id"], row["content"], of=cases.CONTENT)
    tx.data_keys.pop(row["key_id"])
    words = content.get("source_detail") if isinstance(content, dict) else None
    return UNSEEN.sub("", str(words or ""))


def _decisions(tx: Transaction, local: Local) -> list[Part]:
    """When another body was asked to decide, when it or we did, and when those were told whom the law has us tell."""
    among, values = named("key", [*DECISION, *NOTIFIED])
    rows = tx.all(
        f"SELECT case_id, key, body, sent_at, met_at FROM deadlines WHERE key IN {among} AND {OF_COUNTED} ORDER BY id",
        **values,
    )
    return [part for row in rows for part in _of_deadline(row, local)]


def _of_deadline(row: Row, local: Local) -> list[Part]:
    case_id, sent, met = row["case_id"], row["sent_at"], row["met_at"]
    if row["key"] in NOTIFIED:
        return [(case_id, NOTIFIED[row["key"]], _minute(local(met)))] if met else []
    asked = [(case_id, "sent_for_decision_on", local(sent).date().isoformat()), (case_id, "decided_by", row["body"])]
    decided = [(case_id, "decided_on", local(met).date().isoformat())]
    return [*(asked if sent else []), *(decided if met else [])]


def _main_is_among(case: dict[str, str]) -> None:
    """The main form of violence is one of the forms, where any are named."""
    main, forms = case.get("violence_main"), case.get("violence_forms")
    if main and forms and main not in forms.split(";"):
        case["violence_forms"] = f"{forms};{main}"


def _minute(at: datetime) -> str:
    return f"{at:%Y-%m-%dT%H:%M}"
