"""Who she is stands apart from her case, and sealed (S24)."""

from functools import partial
from typing import Any

import pytest

from storage.db import Transaction
from tests.people import Person, Town
from tests.stories.test_urgent import reports


def _everything(table: str, tx: Transaction) -> list[tuple[Any, ...]]:
    return [tuple(row) for row in tx.all(f"SELECT * FROM {table}")]


@pytest.mark.safety("S24")
async def test_her_telegram_id_stands_in_no_column_and_her_case_names_nobody(ana: Person, town: Town) -> None:
    await reports(ana)
    tables = await town.app.reader.look(
        lambda tx: [row["name"] for row in tx.all("SELECT name FROM sqlite_master WHERE type = 'table'")]
    )
    for table in tables:
        rows = await town.app.reader.look(partial(_everything, table))
        assert not [row for row in rows if ana.id in row or str(ana.id) in row], table
    (case,) = await town.app.reader.look(lambda tx: [dict(row) for row in tx.all("SELECT * FROM cases")])
    assert not [column for column in case if "person" in column or "reporter_id" in column]
    assert await town.count("links") == 1


@pytest.mark.safety("S24")
async def test_no_name_of_a_resident_is_kept(ana: Person, town: Town) -> None:
    await reports(ana)
    assert await town.count("people", "name IS NOT NULL") == 0
