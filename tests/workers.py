"""The suite on two cores: what shares a town runs in one worker, and what workers have seen comes together at the end.

`pytest -n 2 --dist loadgroup` hands out tests one by one, and the tests of a group as one piece.
"""

import os
import shutil
from pathlib import Path

import pytest

SHARING = {"process", "browser"}
"""Folders whose files each have a town of their own, opened once."""

MEMORY = Path("/dev/shm")  # noqa: S108 - each run makes a folder of its own there
ROOM = 2 * 1024**3


class Workers:
    """Says which tests belong together; the same in every worker."""

    @pytest.hookimpl(tryfirst=True)  # before the plugin reads the groups
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        for item in items:
            if item.get_closest_marker("xdist_group") is None and SHARING.intersection(item.path.parts):
                item.add_marker(pytest.mark.xdist_group(item.path.stem))


def in_memory() -> None:
    """Towns stand in memory where there is room: no test proves that the disk is waited for, and half the time went so.

    What a power failure leaves is proved by ending the process, which loses nothing that was written.
    """
    if MEMORY.is_dir() and os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free >= ROOM:
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(MEMORY))


def is_worker(config: pytest.Config) -> bool:
    """Whether this process only runs tests for another, which counts them."""
    return hasattr(config, "workerinput")
