"""Every button of trainings, plans, broadcasts and calendars, pressed by somebody whose it is not: nothing changes."""

import random
from typing import Any

import pytest

from bot.core import plan as rules
from bot.core import sheets
from bot.core.buttons import ACTIONS, FIELDS, LIMIT
from handlers import plan as pages
from storage import plan
from storage.db import Transaction
from tests.people import Person, Town
from tests.stories.test_couples import adds
from tests.stories.test_forms import asks_for_help
from tests.stories.test_programmes import makes_programme
from tests.stories.test_trainings import invites

NEW = tuple(letter for letter in ACTIONS if len(letter) > 1)
KNOWN = ("0", "1", "2", "3", "7", "-1", "999999999999999", "739580", "2026", "12", "99")
MOVES = [
    "yes",
    "no",
    "other",
    "keep",
    "wait",
    "first",
    "show",
    "why.illness",
    "why.work",
    "missed.illness",
    "all",
    "mark",
    "add",
    "close",
    "again",
    "list",
    "others",
    "who",
    "new",
    "end",
    "join",
    "leave",
    "stop",
    "go",
    "test",
    "cancel",
    "edit",
    "missed",
    "invite",
    "door",
    "remove",
    "gone",
    "rename",
    "plan",
    "group",
    "elsewhere",
    "done",
    "not",
    "undo",
    "one",
    "several",
    "happened",
    "note",
    "cancel.one",
    "cancel.on",
    "move.one",
    "move.on",
    "move",
    "kind",
    "trainer",
    "district",
    "instead",
    "quiet.never",
    "zone.pl",
    "week",
    "late",
    "s7",
    "99999999999999999999999",
    "٣",
    "';",
    "🙂",
    "\x00",
]
TABLES = [
    "sessions",
    "seats",
    "learners",
    "programmes",
    "study_groups",
    "members",
    "credits",
    "series",
    "series_days",
    "visits",
    "plan_marks",
    "broadcasts",
    "broadcast_people",
    "subscribers",
    "feeds",
    "drafts",
    "cases",
    "tasks",
    "carers",
    "roles",
]


@pytest.fixture
async def full(town: Town, head: Person, ana: Person, iryna: Person) -> None:
    """One of everything."""
    halyna = await town.carer("Halyna", language="en")
    await adds(halyna)
    await invites(head)
    await halyna.presses("Halyna: I will come")
    await makes_programme(head)
    await head.presses("New group")
    await head.says("First")
    await asks_for_help(ana)
    await ana.presses("Send")
    await iryna.presses("Take")
    await iryna.presses("Plan a visit")
    await iryna.presses("Support visit")
    for words in ("30", "14:00", "Every week", "Skip", "Send"):
        await iryna.presses(words)
    assert await town.count("visits") > 1
    body = b"item,title,periodicity,responsible,term\n7.3,Secret item,2026-11-24,head,\n7.4,Events,as_needed,head,\n"
    read = sheets.read(body, rules.table(2026, town.app.centre), file="plan.csv")

    def put(tx: Transaction) -> None:
        number = plan.begin(tx, 2026, now=town.clock.at)
        for values in read:
            plan.put(tx, number, 2026, rules.row(values))
        pages.finish(tx, number, 2026, town.clock.at)

    await town.app.writer.transact(put)
    await head.says("Broadcast")
    for words in ("To carers", "Foster parents"):
        await head.presses(words)
    await head.says("Таємний лист")
    await head.says("A secret letter")
    for words in ("As soon as I say so", "Show how it will look"):
        await head.presses(words)


async def state(town: Town) -> dict[str, list[Any]]:
    def look(tx: Transaction) -> dict[str, list[Any]]:
        return {table: [tuple(dict(row).values()) for row in tx.all(f"SELECT * FROM {table}")] for table in TABLES}

    return await town.app.reader.look(look)


def presses(letter: str, chance: random.Random, many: int) -> list[str]:
    """Data of this button's class: each move on the first of everything, and numbers and moves at random."""
    shape = FIELDS[ACTIONS[letter]]

    def one(move: str = "") -> str:
        return ":".join(
            [
                letter,
                *(("1" if whole else move) if move else chance.choice(KNOWN if whole else MOVES) for _, whole in shape),
            ]
        )

    found = {one() for _ in range(many)} | {one(move) for move in MOVES if move}
    return sorted(each for each in found if len(each.encode()) <= LIMIT)


@pytest.mark.usefixtures("full")
@pytest.mark.parametrize("letter", NEW)
@pytest.mark.safety("S25")
async def test_nobody_changes_or_learns_anything_by_a_button_that_is_not_theirs(town: Town, letter: str) -> None:
    outsider = town.person("Outsider")
    await outsider.says("/start")
    other = await town.carer("Other", language="en")
    lawyer = await town.staff("Lawyer", "lawyer", language="en")
    await town.ticks()
    chance = random.Random(letter)
    for who in (outsider, other, lawyer):
        before = await state(town)
        seen = len(who.chat.sent)
        for data in presses(letter, chance, 40):
            await town.hears(who.pressing_data(data, who.heard[-1].id if who.heard else 1))
        assert await town.count("inbox", "fault IS NOT NULL") == 0, letter
        after = await state(town)
        own = OWN.get(letter, ())
        for table in TABLES:
            if table not in own:
                assert after[table] == before[table], (letter, who.name, table)
        said = "\n".join(each.text for each in who.chat.sent[seen:])
        for secret in ("Secret item", "secret letter", "Таємний", "Halyna", "Vasyl"):
            assert secret not in said, (letter, who.name, said)


OWN: dict[str, tuple[str, ...]] = {
    "Ca": ("feeds",),
    "Bb": ("subscribers",),
    "Lg": ("seats",),
    "Lh": ("drafts",),
    "Li": ("drafts",),
}
"""What of one's own a button may change."""


@pytest.mark.usefixtures("full")
@pytest.mark.parametrize("letter", NEW)
async def test_no_press_of_whoever_may_breaks_anything(town: Town, head: Person, iryna: Person, letter: str) -> None:
    chance = random.Random(letter + "x")
    for who in (head, iryna):
        for data in presses(letter, chance, 60):
            await town.hears(who.pressing_data(data, who.heard[-1].id))
            assert await town.count("inbox", "fault IS NOT NULL") == 0, data
