"""Whatever is imported, pressed, missed or restarted: each morning tells exactly what is so when it is sent."""

import random
import re
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.core import calendar
from bot.core.buttons import PlanSay, encode
from bot.core.lines import Line
from storage import people, plan
from storage.db import Transaction
from tests.people import Person, Telegram, Town
from tests.stories.test_plan import imports

HISTORIES, STEPS = 12, 14
ROLES = ("specialist", "psychologist", "head")
DAYS = [date(2026, 11, 24) + timedelta(days=n) for n in range(30)]
ITEMS = ("1", "2.1", "2.10", "3")
FOUND = re.compile(r"(?:Plan for|The plan had for) \w+ (\d+ \w+): ([\d., ]+?)\.(?:\s|$)")


class Listening(Telegram):
    """Holds every reminder that goes out to what the tables say in that moment."""

    town: Town
    sounded: list[tuple[int, date]]

    async def call(self, method: str, parameters: dict[str, Any]) -> Any:
        text = str(parameters.get("text", ""))
        if method in ("sendMessage", "editMessageText") and FOUND.match(text):
            assert told(text) <= await waits(self.town, parameters["chat_id"]), f"wrong: {text}"
            if method == "sendMessage":
                self.sounded.append((parameters["chat_id"], today(self.town)))
        return await super().call(method, parameters)


def told(text: str) -> set[tuple[str, str]]:
    return {(item, day) for day, items in FOUND.findall(text) for item in items.split(", ")}


async def waits(town: Town, telegram_id: int) -> set[tuple[str, str]]:
    """By the tables alone: what is open, from a week ago up to the next working day, and this person's to do."""

    def look(tx: Transaction) -> set[tuple[str, str]]:
        me = people.found(tx, telegram_id)
        assert me is not None
        now, centre = town.clock.at, town.app.centre
        opened = calendar.last_opening(now + timedelta(seconds=1), centre)
        last, first = calendar.working_day(opened, 1, centre), centre.wall_clock(opened).date() - timedelta(days=7)
        return {
            (item.row.item, named(town, day))
            for item in plan.items(tx, 2026)
            for day in item.row.rhythm.days
            if not item.closed and first <= day <= last and item.row.roles[0] in [role for role, _ in me.roles]
            and not any(mark.day == day for mark in item.marks)
        }  # fmt: skip

    return await town.app.reader.look(look)


def named(town: Town, day: date) -> str:
    return town.languages.say(Line("{day}", {"day": day}), "en").split(" ", 1)[1]


def today(town: Town) -> date:
    return town.app.centre.wall_clock(town.clock.at).date()


async def goes_to(town: Town, at: datetime) -> None:
    town.clock.at = at
    await town.ticks()


def opening(town: Town, n: int) -> datetime:
    """Of the n-th working day after this one."""
    return calendar.opens_on(calendar.working_day(town.clock.at, n, town.app.centre), town.app.centre)


async def next_morning(town: Town, _: random.Random) -> None:
    await goes_to(town, opening(town, 1))


async def after_an_outage(town: Town, chance: random.Random) -> None:
    """Up to three mornings that nobody saw."""
    await goes_to(town, opening(town, chance.randint(2, 4)))


def a_plan(chance: random.Random) -> list[str]:
    rows = chance.sample(ITEMS, chance.randint(1, len(ITEMS)))
    return [f"{item},Щось,{';'.join(map(str, chance.sample(DAYS, 6)))},{chance.choice(ROLES)}," for item in rows]


async def presses(town: Town, chance: random.Random, staff: list[Person]) -> None:
    items = await town.app.reader.look(lambda tx: plan.items(tx, 2026))
    item = chance.choice(items)
    day = chance.choice(item.row.rhythm.days)
    mark = next((each.id for each in item.marks if each.day == day), 0)
    move = "undo" if mark else chance.choice(("done", "not"))
    await town.hears(chance.choice(staff).pressing_data(encode(PlanSay(item.id, day.toordinal(), mark, move))))


async def changes_in_between(town: Town, chance: random.Random) -> None:
    """It rings, and another plan comes before anything is sent."""
    town.clock.at = opening(town, 1)
    await town.app.ticker.tick()
    await imports(town, *a_plan(chance))
    await town.settles()
    await town.ticks()


def stands(person: Person) -> set[tuple[str, str]]:
    return {each for message in person.heard for each in told(message.text)}


async def all_is_told(town: Town, staff: list[Person], since: date) -> None:
    """After a morning everybody has what waits of them from the first day that nobody was told of."""
    for person in staff:
        missed = {named(town, since - timedelta(days=n)) for n in range(1, 40)}
        wanted = {each for each in await waits(town, person.id) if each[1] not in missed}
        assert stands(person) == wanted, f"{person.name}: {stands(person)} stands, {wanted} waits"


@pytest.mark.parametrize("seed", range(HISTORIES))
async def test_each_morning_tells_what_is_so_and_nothing_else(seed: int, tmp_path: Path) -> None:
    town = Town(tmp_path)
    listening = Listening()
    town.telegram, listening.town, listening.sounded = listening, town, []
    async with town:
        await lived(town, random.Random(seed))
    assert len(set(listening.sounded)) == len(listening.sounded), "told twice in one morning"


async def lived(town: Town, chance: random.Random) -> None:
    staff = [await town.staff(role, role, language="en") for role in ROLES]
    await imports(town, *a_plan(chance))
    since = calendar.working_day(town.clock.at, 1, town.app.centre)
    for _ in range(STEPS):
        match chance.choice(("morning", "morning", "press", "press", "import", "restart", "outage", "between")):
            case "press":
                await presses(town, chance, staff)
            case "import":
                await imports(town, *a_plan(chance))
            case "restart":
                await town.restarts()
            case kind:
                await {"morning": next_morning, "outage": after_an_outage, "between": changes_in_between}[kind](
                    town, chance
                )
                await all_is_told(town, staff, since)
                since = calendar.working_day(town.clock.at, 1, town.app.centre)
