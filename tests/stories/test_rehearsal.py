"""What the sandbox's page plays by itself, played on the whole bot: every button is there when it is wanted."""

from datetime import datetime, time, timedelta
from typing import Any

import pytest

from bot.core import profile
from bot.run import rehearsal
from bot.run.commands.demo import CAST
from tests.people import Person, Town

PLAYS = rehearsal.plays(profile.load(profile.find("demo")))
TO_SAY = ("says", "presses", "forward", "until")
SEAT = next(play for play in PLAYS if play["en"] == "A seat at a training")


@pytest.fixture
async def cast(town: Town) -> dict[str, Person]:
    """Everybody of the sandbox, joined as there."""
    found = {}
    for person, role in CAST:
        if role:
            scope = ("foster_parents",) if role == "carer" else ()
            found[person.key] = await town.staff(person.first_name, role, *scope)
        else:
            found[person.key] = town.person(person.first_name)
            await found[person.key].says("/start")
    return found


@pytest.mark.parametrize("play", PLAYS, ids=lambda play: play["en"])
async def test_every_play_comes_to_its_end(play: Any, cast: dict[str, Person], town: Town) -> None:
    await performed(play, cast, town)


async def test_a_seat_goes_on_and_whoever_came_has_hours(cast: dict[str, Person], town: Town) -> None:
    await performed(SEAT, cast, town)
    assert cast["carer_2"].last.startswith("Зараховано: «Межі й довіра», 4 години.")
    assert "Записали: «Хвороба»." in cast["carer"].last
    assert not any("запізнилося" in message.text for message in cast["carer_2"].chat.sent)


def test_every_step_is_said_in_both_languages_or_in_none() -> None:
    steps = [step for play in PLAYS for step in play["steps"]]
    assert all(("uk" in step) == ("en" in step) for step in steps)
    assert all(any(name in step for name in TO_SAY) or "uk" in step for step in steps)


async def performed(play: Any, cast: dict[str, Person], town: Town) -> None:
    """As the page does it; a button that is not there fails."""
    began = town.app.desk.centre.wall_clock(town.clock.at)
    for step in play["steps"]:
        if "says" in step:
            day = (began + timedelta(days=step.get("day", 0))).strftime("%d.%m.%Y")
            await cast[step["person"]].says(step["says"].replace("{day}", day))
        elif "presses" in step:
            await _presses(cast[step["person"]], step)
        else:
            await town.passes(minutes=_minutes(step, began, town))


async def _presses(person: Person, step: Any) -> None:
    def wanted(label: str) -> bool:
        return any(words in label if step.get("among") else words == label for words in step["presses"])

    found = [label for message in reversed(person.heard) for label in message.buttons if wanted(label)]
    if found or not step.get("optional"):
        await person.presses(found[0] if found else step["presses"][0])


def _minutes(step: Any, began: datetime, town: Town) -> float:
    if "until" not in step:
        return float(step.get("forward", 0)) / 60
    day = (began + timedelta(days=step["day"])).date()
    hour, minute = step["until"].split(":")
    moment = datetime.combine(day, time(int(hour), int(minute)), began.tzinfo)
    return (moment - town.clock.at).total_seconds() / 60
