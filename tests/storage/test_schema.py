"""The tables: known by name, prepared on a copy, swapped in whole."""

import contextlib
import sqlite3
from pathlib import Path

import pytest
from alembic.config import Config
from alembic.script import ScriptDirectory

from storage import schema

MIGRATIONS = Path(schema.__file__).parent / "migrations"


def test_the_newest_migration_is_the_one_that_schema_names() -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    assert ScriptDirectory.from_config(config).get_current_head() == schema.NEWEST


def test_an_empty_place_gets_the_newest_tables_once(tmp_path: Path) -> None:
    path = tmp_path / "new" / "poruch.db"
    assert schema.prepare(path)
    assert schema.revision(path) == schema.NEWEST
    assert not schema.prepare(path)


def test_a_change_that_fails_changes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "poruch.db"
    with contextlib.closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE cases (id INTEGER)")
        connection.commit()
    before = path.read_bytes()
    with pytest.raises(Exception, match="already exists"):
        schema.prepare(path)
    assert path.read_bytes() == before
    monkeypatch.undo()


def test_the_tables_are_not_swapped_under_a_running_bot(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "poruch.db"
    schema.prepare(path)
    monkeypatch.setattr(schema, "NEWEST", "9999")
    monkeypatch.setattr(schema, "PATIENCE", 1)
    with schema.in_use(path), pytest.raises(schema.InUseError, match="Stop it"):
        schema.prepare(path)
