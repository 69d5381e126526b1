"""Every profile, and one of a centre that we have never heard of, begins to work by two commands."""

from pathlib import Path

import pytest

from bot.core import profile
from tests.process.test_operators import command

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
