"""The tables: known by name, prepared on a copy, swapped in whole."""

import contextlib
import sqlite3
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine

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


def test_who_was_invited_before_there_were_seats_has_one_with_the_same_answer(tmp_path: Path) -> None:
    """Also somebody who was invited and is in no audience any more; what is over waits for nobody's word."""
    path = tmp_path / "poruch.db"
    _at(path, "0003")
    with contextlib.closing(sqlite3.connect(path)) as connection:
        for number in (1, 2, 3):
            person = "INSERT INTO people (id, fingerprint, address, kind, language, met_at) VALUES (?, ?, ?, ?, ?, ?)"
            connection.execute(person, (number, b"%d" % number, b"", "private", "uk", "2026-11-01"))
        carers = "INSERT INTO carers (person_id, audience, joined_at) VALUES (?, 'guardians', '2026-11-01')"
        connection.executemany(carers, [(1,), (2,)])
        session = (
            "INSERT INTO sessions (id, content, audience, starts_at, hours, capacity, state, made_by, made_at) "
            "VALUES (?, x'00', 'guardians', ?, 2, 9, 'planned', 1, '2026-11-01')"
        )
        connection.executemany(session, [(7, "2099-12-05 08:00:00.000000+00:00"), (8, "2020-12-05 08:00:00+00:00")])
        invited = (
            "INSERT INTO invitations (session_id, person_id, answer, invited_at, answered_at) "
            "VALUES (7, ?, ?, '2026-11-02', ?)"
        )
        connection.executemany(invited, [(1, "yes", "2026-11-03"), (2, None, None), (3, "no", "2026-11-04")])
        connection.commit()
    assert schema.prepare(path)
    with contextlib.closing(sqlite3.connect(path)) as connection:
        seats = connection.execute(
            "SELECT seats.person_id, learners.person_id, answer, invited_at, answered_at, seats.version, came "
            "FROM seats JOIN learners ON learners.id = learner_id WHERE session_id = 7 ORDER BY 1"
        ).fetchall()
        states = connection.execute("SELECT id, state FROM sessions ORDER BY id").fetchall()
    assert seats == [
        (1, 1, "yes", "2026-11-02", "2026-11-03", 1, None),
        (2, 2, None, "2026-11-02", None, 1, None),
        (3, 3, "no", "2026-11-02", "2026-11-04", 1, None),
    ]
    assert states == [(7, "planned"), (8, "held")]


def _at(path: Path, revision: str) -> None:
    """A database as an older version has left it."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    engine = create_engine(f"sqlite:///{path}")
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, revision)
    engine.dispose()
