"""The suite on two cores: what shares a town runs in one worker, and what workers have seen comes together at the end.

`pytest -n 2` hands out the other tests one by one.
"""

import os
import shutil
from pathlib import Path

import pytest
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling

SHARING = ("tests/process/", "tests/browser/")
"""Folders whose files each have a town of their own, opened once."""
CALENDARS = ("tests/process/test_visits.py", "tests/process/test_trainings.py")
"""Both are walked at the same time."""
MEMORY = Path("/dev/shm")  # noqa: S108 - each run makes a folder of its own there
ROOM = 2 * 1024**3


class ByTown(LoadScopeScheduling):  # type: ignore[misc] # the plugin comes without types
    """The largest pieces first; each test that shares nothing is a piece of its own."""

    def _split_scope(self, nodeid: str) -> str:
        file = nodeid.partition("::")[0]
        if file in CALENDARS:
            return CALENDARS[0]
        return file if file.startswith(SHARING) else nodeid


class Workers:
    def pytest_xdist_make_scheduler(self, config: pytest.Config, log: Producer) -> ByTown:
        return ByTown(config, log)


def in_memory() -> None:
    """Towns stand in memory where there is room: no test proves that the disk is waited for, and half the time went so.

    What a power failure leaves is proved by ending the process, which loses nothing that was written.
    """
    if MEMORY.is_dir() and os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free >= ROOM:
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(MEMORY))


def keeps_apart(process_id: int) -> None:
    """A bot keeps to its highest core (bot/run/commands/run.py): the bots of each worker are given another one."""
    worker = os.environ.get("PYTEST_XDIST_WORKER", "")
    if worker and hasattr(os, "sched_setaffinity"):
        cores = sorted(os.sched_getaffinity(0))
        os.sched_setaffinity(process_id, {cores[-1 - int(worker.removeprefix("gw")) % len(cores)]})


def is_worker(config: pytest.Config) -> bool:
    """Whether this process only runs tests for another, which counts them."""
    return hasattr(config, "workerinput")
