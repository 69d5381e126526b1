"""The centre's own rows decide who hears of a case, and what stands with it."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.core import profile
from tests.people import Person, Town
from tests.stories.test_forms import asks_for_help

ROWS = """routes = [
  { team = "brigade", when = { violence = ["yes"] }, priority = 9 },
  { team = "lawyer", when = { time = ["night"], urgency = ["planned"] }, priority = 3, ladder = "emergency" },
  { team = "district_specialists", deadlines = ["privacy_request"] },
]
"""


def profiled(folder: Path, rows: str) -> str:
    """The demo's profile with rows of its own."""
    before, _, after = profile.find("demo").read_text(encoding="utf-8").partition("routes = [")
    ours = folder / "ours.toml"
    ours.write_text(before + rows + after.partition("\n]\n")[2], encoding="utf-8")
    return str(ours)


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Town]:
    async with Town(tmp_path / "data", centre=profiled(tmp_path, ROWS)) as town:
        yield town


async def test_a_row_may_ask_about_the_hour_and_its_priority_and_ladder_stand_with_the_case(
    ana: Person, iryna: Person, town: Town
) -> None:
    lev = await town.staff("Lev", "lawyer", language="en")
    await asks_for_help(ana)
    await ana.presses("Send")
    assert iryna.last.startswith("Case K-")
    assert await town.count("cases", "priority = 0 AND ladder IS NULL AND team = 'district_specialists'") == 1
    assert await town.count("deadlines", "key = 'privacy_request'") == 1
    town.clock.at += timedelta(hours=12)
    await asks_for_help(ana)
    await ana.presses("Send")
    assert lev.last.startswith("Case K-")
    assert await town.count("cases", "priority = 3 AND ladder = 'emergency' AND team = 'lawyer'") == 1


async def test_a_profile_that_leaves_a_case_to_nobody_does_not_start_and_names_the_case(tmp_path: Path) -> None:
    some = '{ team = "district_specialists", when = { district = ["center"] } }'
    ours = profiled(tmp_path, ROWS.replace('{ team = "district_specialists", deadlines = ["privacy_request"] }', some))
    with pytest.raises(profile.ProfileError, match="routes: district=zarichchia, violence=no, time=day: no route"):
        async with Town(tmp_path / "data", centre=ours):
            pass
