"""The year's plan from a table, and what was done of it: by the command line, beside a bot that is off."""

import csv
from pathlib import Path

import pytest

from bot.run.commands.importing import PIECE
from storage.db import Transaction
from tests import people
from tests.process.test_operators import command

pytestmark = pytest.mark.asyncio(loop_scope="function")

SAMPLE = Path(__file__).parents[1] / "plan.csv"
HEAD = "item,title,periodicity,responsible,term\n"


@pytest.fixture
async def place(tmp_path: Path) -> Path:
    async with people.Town(tmp_path / "data") as town:
        await town.staff("Марія", "head")
    (tmp_path / "plan.csv").write_bytes(SAMPLE.read_bytes())
    return tmp_path


async def run(place: Path, *words: str) -> tuple[int, str, str]:
    return await command(place, "plan", *words, DATA_DIR="data", MASTER_KEY=people.KEY)


async def rows(place: Path) -> list[tuple[object, ...]]:
    """Every row of every import."""
    async with people.Town(place / "data") as town:
        return await town.app.reader.look(_rows)


def _rows(tx: Transaction) -> list[tuple[object, ...]]:
    return [tuple(row) for row in tx.all("SELECT id, import_id, item_id, days, roles FROM plan_rows ORDER BY id")]


async def test_a_plan_is_imported_and_the_same_file_again_changes_nothing(place: Path) -> None:
    assert await run(place, "import", "plan.csv", "--year", "2026", "--dry-run") == (
        0, "would be the plan of 2026: 11 new, 0 changed, 0 closed, 0 as they were\n", "",
    )  # fmt: skip
    assert await rows(place) == []
    said = "plan of 2026: 11 new, 0 changed, 0 closed, 0 as they were\n"
    assert await run(place, "import", "plan.csv", "--year", "2026") == (0, said, "")
    once = await rows(place)
    assert len(once) == 11
    said = "plan of 2026: 0 new, 0 changed, 0 closed, 11 as they were\n"
    assert await run(place, "import", "plan.csv", "--year", "2026") == (0, said, "")
    assert await rows(place) == once
    lines = SAMPLE.read_text(encoding="utf-8").replace("Зустрічі", "Зустріч").splitlines(keepends=True)
    (place / "new.csv").write_text("".join(lines[:-1]), encoding="utf-8-sig")
    said = "plan of 2026: 0 new, 1 changed, 1 closed, 9 as they were\n"
    assert await run(place, "import", "new.csv", "--year", "2026") == (0, said, "")


async def test_all_faults_are_told_and_nothing_is_imported(place: Path) -> None:
    (place / "bad.csv").write_text(HEAD + "1,A,monthly,director,\n2,B,sometimes,nobody,\n1,C,2020-01-01,director,\n")
    status, out, err = await run(place, "import", "bad.csv", "--year", "2026")
    assert (status, out) == (2, "")
    assert [line.split(":")[0] for line in err.splitlines()] == [
        "bad.csv, line 3, column periodicity",
        "bad.csv, line 3, column responsible",
        "bad.csv, line 4, column periodicity",
        "bad.csv, line 4, column item",
    ]
    assert "«nobody» is unknown; allowed: director" in err
    assert await rows(place) == []
    status, _, err = await run(place, "import", "none.csv")
    assert (status, err) == (2, "none.csv: No such file or directory\n")


async def test_show_prints_a_line_an_item_also_as_a_table(place: Path) -> None:
    await run(place, "import", "plan.csv", "--year", "2026")
    status, out, _ = await run(place, "show", "--year", "2026", "--csv")
    table = list(csv.DictReader(out.splitlines()))
    assert status == 0
    assert [row["item"] for row in table] == [
        "1.1",
        "1.2",
        "2.1",
        "2.3",
        "2.7",
        "3.2",
        "3.5",
        "5.1",
        "5.5",
        "7.2",
        "7.3",
    ]
    assert table[4] == {
        "item": "2.7", "periodicity": "year_round", "responsible": "head;deputy", "done": "0", "not_done": "0",
        "overdue": "0", "ahead": "0", "quarter": "0", "year": "0", "title": "Супервізії",
    }  # fmt: skip
    _, out, _ = await run(place, "show", "--year", "2026")
    assert out.splitlines()[1].startswith("1.1\tquarterly\thead\t0\t0\t")
    assert (await run(place, "show", "--year", "2030"))[1].count("\n") == 1


async def test_a_long_plan_is_written_in_pieces_and_stands_as_a_whole(place: Path) -> None:
    lines = [f"{section}.{n},Щось,year_round,director,\n" for section in range(1, 3) for n in range(PIECE + 10)]
    (place / "long.csv").write_text(HEAD + "".join(lines), encoding="utf-8")
    status, out, err = await run(place, "import", "long.csv", "--year", "2026")
    assert (status, out, err) == (0, f"plan of 2026: {len(lines)} new, 0 changed, 0 closed, 0 as they were\n", "")
    assert {row[1] for row in await rows(place)} == {1}


async def test_the_help_says_what_may_stand_in_the_table(place: Path) -> None:
    _, out, _ = await run(place, "import", "--help")
    for word in ("item,title,periodicity,responsible,term", "weekly_monday", "on_court_decision", "psychologist"):
        assert word in out
