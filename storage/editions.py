"""What was printed, as it was printed: sealed, numbered by period, never changed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.core.report import Period
from storage import seal
from storage.db import Transaction

CONTENT, PURPOSE = "editions.content", "editions"


@dataclass(frozen=True, slots=True)
class Edition:
    """`content`: as bot/core/editions.py froze it."""

    edition: int
    made_at: datetime
    content: Mapping[str, Any]


def last(tx: Transaction, period: Period) -> Edition | None:
    return of(tx, period, 0)


def of(tx: Transaction, period: Period, edition: int) -> Edition | None:
    """That edition of the period; 0 for the last one."""
    row = tx.one(
        """
        SELECT edition, made_at, content FROM editions
        WHERE  first_day = :first AND last_day = :last AND (:edition = 0 OR edition = :edition)
        ORDER  BY edition DESC LIMIT 1
        """,
        first=period.first,
        last=period.last,
        edition=edition,
    )
    if row is None:
        return None
    content = seal.unseal(tx.vault.derived(PURPOSE), row["content"], of=CONTENT)
    assert isinstance(content, dict)  # noqa: S101 - keep stored one
    return Edition(int(row["edition"]), row["made_at"], content)


def keep(
    tx: Transaction, period: Period, edition: int, content: Mapping[str, Any], *, by: int | None, now: datetime
) -> bool:
    """False when that edition is there already."""
    return bool(
        tx.run(
            """
            INSERT INTO editions (edition, first_day, last_day, content, made_at, made_by)
            VALUES (:edition, :first, :last, :content, :now, :by)
            ON CONFLICT (first_day, last_day, edition) DO NOTHING
            """,
            edition=edition,
            first=period.first,
            last=period.last,
            content=seal.seal(tx.vault.derived(PURPOSE), dict(content), of=CONTENT),
            now=now,
            by=by,
        )
    )
