"""`trainings import`: all rows or every fault, nothing sent, and the same table again changes nothing."""

from pathlib import Path

import pytest

from bot.core.centre import AUDIENCES
from tests import people
from tests.process.test_operators import command

pytestmark = pytest.mark.asyncio(loop_scope="function")

HEAD = "programme,audience,title,starts_at,hours,place,capacity,invited,came,certificate\n"
GOOD = (
    HEAD
    + "Прив'язаність,foster_parents,Втрата,2025-03-05T10:00,4,Зала,20,18,15,2025/001;2025/002\n"
    + "Прив'язаність,foster_parents,Злість,2025-04-05T10:00,4,,20,18,15,12\n"
    + "Вигорання,guardians,Зустріч,2099-04-05T10:00,2,Зала,12,,,\n"
)


async def run(place: Path, *words: str) -> tuple[int, str, str]:
    return await command(place, *words, DATA_DIR="data", MASTER_KEY=people.KEY)


@pytest.fixture
async def place(tmp_path: Path) -> Path:
    """A centre with a carer, and the bot that is off."""
    async with people.Town(tmp_path / "data") as town:
        await town.carer("Галина")
    return tmp_path


async def count(place: Path, table: str, condition: str = "1 = 1") -> int:
    async with people.Town(place / "data") as town:
        return await town.count(table, condition)


async def test_a_table_is_imported_once_and_tells_nobody(place: Path) -> None:
    (place / "t.csv").write_text(GOOD, encoding="utf-8-sig")
    would = (0, "trainings that would be new: 2 held, 1 ahead, 0 known already\n", "")
    assert await run(place, "trainings", "import", "t.csv", "--dry-run") == would
    assert await count(place, "imported_sessions") == 0
    assert await run(place, "trainings", "import", "t.csv") == (0, "trainings: 2 held, 1 ahead, 0 known already\n", "")
    assert await run(place, "trainings", "import", "t.csv") == (0, "trainings: 0 held, 0 ahead, 3 known already\n", "")
    assert await count(place, "imported_sessions", "certificates IN (2, 12)") == 2
    assert await count(place, "programmes") == 2
    assert await count(place, "sessions") == await count(place, "seats") == 0


async def test_what_is_new_in_a_longer_table_is_added(place: Path) -> None:
    (place / "t.csv").write_text(GOOD, encoding="utf-8")
    await run(place, "trainings", "import", "t.csv")
    (place / "t.csv").write_text(GOOD + "Нове,mentors,Перша,2025-05-05T10:00,1,,,,,\n", encoding="utf-8")
    assert await run(place, "trainings", "import", "t.csv") == (0, "trainings: 1 held, 0 ahead, 3 known already\n", "")


async def test_every_fault_is_told_and_nothing_is_imported(place: Path) -> None:
    bad = (
        GOOD
        + "П,aunts,Т,2025-03-05T10:00,4,,,,,\n"
        + "П,guardians,Т,2025-03-05T10:00,4,,,5,6,\n"
        + "П,guardians,Т,2025-03-06T10:00,4,,,8,6,7\n"
        + "П,guardians,Т,2099-03-05T10:00,4,,,,,\n"
        + "П,guardians,Т,2099-03-06T10:00,4,,9,,3,\n"
    )
    (place / "t.csv").write_text(bad, encoding="utf-8")
    status, out, err = await run(place, "trainings", "import", "t.csv")
    assert (status, out) == (2, "")
    assert err.splitlines() == [
        f"t.csv, line 5, column audience: «aunts» is unknown; allowed: {', '.join(AUDIENCES)}",
        "t.csv, line 6, column came: 6 came; allowed: at most the 5 who were invited",
        "t.csv, line 7, column certificate: 7 certificates; allowed: at most 6, who came",
        "t.csv, line 8, column capacity: nothing stands here, and the session is ahead; allowed: how many seats it has",
        "t.csv, line 9, column came: 3, but the session is still ahead; allowed: nothing yet",
    ]
    assert await count(place, "imported_sessions") == await count(place, "programmes") == 0


async def test_more_than_a_piece_becomes_visible_together(place: Path) -> None:
    rows = "".join(f"П{n % 7},guardians,Т{n},2024-03-05T10:00,2,,,9,8,\n" for n in range(1203))
    (place / "t.csv").write_text(HEAD + rows, encoding="utf-8")
    assert (await run(place, "trainings", "import", "t.csv"))[1] == "trainings: 1203 held, 0 ahead, 0 known already\n"
    assert await count(place, "imported_sessions") == 1203
    assert await count(place, "programmes") == 7
    assert await count(place, "training_imports", "current_at IS NOT NULL") == 1
