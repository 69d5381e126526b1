"""What staff have changed in the guide; the rest stands in the centre's profile."""

from dataclasses import dataclass
from datetime import date, datetime

from storage import seal
from storage.db import Row, Transaction

CONTENT = "guide.content"


@dataclass(frozen=True, slots=True)
class Amended:
    """An item as staff left it. Empty texts mean that the profile's stand."""

    key: str
    uk: str
    en: str
    verified_on: date | None


def amended(tx: Transaction) -> dict[str, Amended]:
    return {row["key"]: _item(tx, row) for row in tx.all("SELECT key, content, verified_on FROM guide")}


def rewrite(tx: Transaction, key: str, *, uk: str, en: str, by: int, on: date, now: datetime) -> None:
    """New words, which whoever wrote them has checked today."""
    content = seal.seal(tx.vault.derived("guide"), {"uk": uk, "en": en}, of=CONTENT)
    tx.run(
        """
        INSERT INTO guide (key, content, verified_on, by, at) VALUES (:key, :content, :on, :by, :now)
        ON CONFLICT (key) DO UPDATE SET content = :content, verified_on = :on, by = :by, at = :now
        """,
        key=key,
        content=content,
        on=on,
        by=by,
        now=now,
    )


def confirm(tx: Transaction, key: str, *, by: int, on: date, now: datetime) -> None:
    """The words still hold."""
    known = amended(tx).get(key)
    rewrite(tx, key, uk=known.uk if known else "", en=known.en if known else "", by=by, on=on, now=now)


def _item(tx: Transaction, row: Row) -> Amended:
    content = seal.unseal(tx.vault.derived("guide"), row["content"], of=CONTENT)
    assert isinstance(content, dict)  # noqa: S101 - rewrite stored one
    return Amended(row["key"], content["uk"], content["en"], row["verified_on"])
