"""The roster from a table, who is on duty when, and which row takes a case: by the command line."""

from pathlib import Path

import pytest

from tests import people
from tests.process.test_operators import command

pytestmark = pytest.mark.asyncio(loop_scope="function")

HEAD = "person,team,weekday_or_date,from,to,off\n"
GOOD = (
    HEAD
    + "Олена,brigade,mon,8:00,20:00,\n"
    + "Олена,,tue,20:00,8:00,\n"
    + "Петро,,wed,0:00,24:00,no\n"
    + "Олена,,2030-01-07,,,yes\n"
    + "Олена,,2030-01-08,9:00,12:00,\n"
)


@pytest.fixture
async def place(tmp_path: Path) -> Path:
    """A centre with two of the brigade, and the bot that is off."""
    async with people.Town(tmp_path / "data") as town:
        for name in ("Олена", "Петро"):
            await town.staff(name, "brigade")
    return tmp_path


async def run(place: Path, *words: str) -> tuple[int, str, str]:
    return await command(place, *words, DATA_DIR="data", MASTER_KEY=people.KEY)


async def planned(place: Path) -> list[tuple[object, ...]]:
    async with people.Town(place / "data") as town:
        rows = await town.app.reader.look(
            lambda tx: [
                *tx.all("SELECT person_id, team, weekday, starts, ends FROM shifts ORDER BY id"),
                *tx.all("SELECT person_id, team, day, off, starts, ends FROM shift_days ORDER BY id"),
            ]
        )
    return [tuple(row)[1:] for row in rows]


async def test_a_table_is_imported_and_the_same_table_again_changes_nothing(place: Path) -> None:
    (place / "week.csv").write_text(GOOD, encoding="utf-8-sig")
    assert await run(place, "duty", "import", "week.csv", "--dry-run") == (0, "good: 5 rows for 2 people\n", "")
    assert await planned(place) == []
    assert await run(place, "duty", "import", "week.csv") == (0, "planned: 5 rows for 2 people\n", "")
    once = await planned(place)
    assert [row[:4] for row in once[:3]] == [("brigade", 0, 480, 1200), ("", 1, 1200, 1920), ("", 2, 0, 1440)]
    await run(place, "duty", "import", "week.csv")
    assert await planned(place) == once


async def test_a_bad_table_is_told_by_line_and_column_and_nothing_of_it_is_planned(place: Path) -> None:
    (place / "bad.csv").write_text(
        HEAD
        + "Олена,,mon,8:00,20:00,\n"
        + "Олена,lawyer,mon,8:00,20:00,\n"
        + "Ніхто,,mon,8:00,20:00,\n"
        + "Олена,,someday,8:00,20:00,\n"
        + "Олена,,mon,8:70,20:00,\n"
        + "Олена,,mon,8:00,25:00,\n"
        + "Олена,,mon,,,yes\n"
        + "Олена,,mon,8:00\n",
        encoding="utf-8",
    )
    status, out, err = await run(place, "duty", "import", "bad.csv")
    assert (status, out) == (2, "")
    assert [line.split(":")[0] for line in err.splitlines()] == [
        f"bad.csv, line {line}, column {column}"
        for line, column in enumerate(("team", "person", "weekday_or_date", "from", "to", "off", "to"), 3)
    ]
    assert "«lawyer» is no team of Олена; allowed: brigade, or nothing for all" in err
    assert await planned(place) == []
    (place / "bad.csv").write_text("name,day\n", encoding="utf-8")
    status, _, err = await run(place, "duty", "import", "bad.csv")
    assert (status, err) == (2, f"bad.csv, line 1: the columns are not: {HEAD}")


async def test_show_names_each_person_with_state_and_next_shift(place: Path) -> None:
    status, out, _ = await run(place, "duty", "show")
    assert status == 0
    assert [line.split("\t")[1:] for line in out.splitlines()] == [
        [name, "on duty", "no shifts planned"] for name in ("Олена", "Петро")
    ]
    (place / "week.csv").write_text(GOOD, encoding="utf-8")
    await run(place, "duty", "import", "week.csv")
    _, out, _ = await run(place, "duty", "show", "--week")
    assert "next: " in out
    assert "\tbrigade" in out
    assert "nobody\tbrigade\tthu " in out


async def test_routes_are_explained_and_checked(place: Path) -> None:
    status, out, _ = await run(place, "routes", "explain", "urgency=emergency", "district=center", "time=night")
    assert (status, out.splitlines()[:2]) == (0, ["routes[1] of demo.toml takes it", "team: brigade"])
    for word, said in (
        ("colour=red", "no rule can ask about «colour»; allowed: urgency, form, child"),
        ("urgency=soon", "urgency is never «soon»; allowed: emergency, planned, info"),
        ("urgency", "«urgency» is not FIELD=VALUE"),
    ):
        status, out, err = await run(place, "routes", "explain", word)
        assert (status, out, len(err.splitlines())) == (2, "", 1)
        assert err.startswith(f"routes explain: {said}")
    assert (await run(place, "routes", "check"))[0] == 0


async def test_doctor_names_the_teams_that_nobody_is_in(place: Path) -> None:
    _, out, _ = await run(place, "doctor")
    assert "good  routes: 6 rows, every case has one." in out
    assert "BAD   teams: nobody is in: district_specialists (Фахівці районів)," in out
