"""The test that earns the architecture its keep: the power fails after n statements, for every n."""

import shutil
from collections import Counter
from collections.abc import Awaitable, Callable
from copy import deepcopy
from functools import partial
from pathlib import Path

import pytest

from tests.people import Person, Town

STEPS = ("Safety at home", "The danger is now", "Yes, you can", "Centre")

PARTS = 4
"""So that two workers share the statements."""


class PowerCut(BaseException):
    """Not an Exception: nothing in the program may catch it and go on."""


class Power:
    """Fails once, at the n-th statement from when it is switched on."""

    def __init__(self, after: int | None = None) -> None:
        self.left = after
        self.statements = 0

    def __call__(self, _: str) -> None:
        self.statements += 1
        if self.left is None:
            return
        if self.left == 0:
            self.left = None
            raise PowerCut
        self.left -= 1


@pytest.fixture
async def evening(tmp_path: Path) -> Town:
    """A town where two are on duty and Ana has the menu before her; the bot is off."""
    town = Town(tmp_path / "before")
    async with town:
        for name in ("Olena", "Petro"):
            await town.staff(name, "brigade", language="en")
        ana = town.person("Ana")
        await ana.says("/start")
        await ana.speaks("en")
        await ana.says("/start")
    return town


@pytest.mark.parametrize("part", range(PARTS))
async def test_a_report_survives_a_power_cut_after_every_statement(evening: Town, tmp_path: Path, part: int) -> None:
    whole = await night(evening, tmp_path / "whole", Power())
    assert whole.statements > 100
    for after in range(part, whole.statements, PARTS):
        await night(evening, tmp_path / str(after), Power(after))
        shutil.rmtree(tmp_path / str(after))


async def night(evening: Town, folder: Path, power: Power) -> Power:
    """A whole report on a copy of that evening, with one cut; what must hold afterwards."""
    shutil.copytree(evening.settings.data_dir, folder)
    town = Town(folder, pulse=power)
    town.telegram = deepcopy(evening.telegram)
    olena, petro, ana = (
        Person(town, number, name, "en") for number, name in ((101, "Olena"), (102, "Petro"), (103, "Ana"))
    )
    before = {person.id: len(person.chat.sent) for person in (olena, petro, ana)}
    await switched_on(town)
    for number, label in enumerate(STEPS, start=1000):
        await through(town, partial(handed_over, town, ana, number, label))
    assert await town.count("cases") == 1
    heard = {person.id: [m.text for m in person.chat.sent[before[person.id] :]] for person in (olena, petro, ana)}
    await town.app.close()
    for person in (olena, petro):
        assert sum("Urgent case" in text for text in heard[person.id]) in (1, 2)
    assert sum("Received, K-" in text for text in heard[ana.id]) in (1, 2)
    assert max(Counter(text for texts in heard.values() for text in set(texts)).values()) <= len(heard)
    assert all(count <= 2 for texts in heard.values() for count in Counter(texts).values())
    return power


async def switched_on(town: Town) -> None:
    try:
        await town.open()
    except PowerCut:
        await town.app.close()
        await town.open()
    await through(town, town.settles)


async def handed_over(town: Town, ana: Person, number: int, label: str) -> None:
    """Telegram hands the press over again until it was confirmed; the same press, by its number."""
    if number not in town.kept:
        town.kept[number] = {"update_id": number} | ana.pressing(label)
    await town.keeps([town.kept[number]])
    await town.settles()


async def through(town: Town, act: Callable[[], Awaitable[None]]) -> None:
    try:
        await act()
    except PowerCut:
        await town.restarts()
        await town.settles()
        await act()
