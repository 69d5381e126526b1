"""Every profile, and one of a centre that we have never heard of, begins to work by two commands."""

import re
from pathlib import Path

import pytest

from bot.core import profile
from tests.process.test_operators import command

EXAMPLE = re.findall(
    r"```toml\n(key = .*?)```",
    (Path(__file__).parents[2] / "docs" / "centres.md").read_text(encoding="utf-8"),
    re.DOTALL,
)

pytestmark = pytest.mark.asyncio(loop_scope="function")


@pytest.mark.parametrize("key", sorted(path.stem for path in profile.CENTRES.glob("*.toml")))
async def test_doctor_finds_nothing_wrong_with_a_profile(tmp_path: Path, key: str) -> None:
    status, out, _ = await command(tmp_path, "init", DATA_DIR="data", CENTRE=key)
    assert status == 0
    assert f"good  profile: {profile.load(profile.find(key)).name.uk}; not yet checked: " in out
    assert "good  routes: " in out
    assert [line for line in out.splitlines() if line.startswith("BAD")] == [
        line for line in out.splitlines() if line.startswith("BAD   token: ")
    ]


async def test_the_example_of_a_sixth_centre_is_a_whole_profile_and_needs_no_code(tmp_path: Path) -> None:
    (example,) = EXAMPLE
    (tmp_path / "ours.toml").write_text(example, encoding="utf-8")
    status, out, _ = await command(tmp_path, "init", DATA_DIR="data", CENTRE="ours.toml")
    assert status == 0
    assert "good  profile: Центр соціальних служб Липок; not yet checked: 4 phones, 12 deadlines" in out
    ours = profile.load(tmp_path / "ours.toml")
    assert [district.identifier for district in ours.districts] == ["town", "villages", "villages", "unknown"]
    assert [table.id for table in ours.report_tables] == ["R1", "R3", "R9", "R10", "R22"]
