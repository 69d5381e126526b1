"""A town for every test that asks for one."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.people import Town


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Town]:
    async with Town(tmp_path / "data") as town:
        yield town
