"""No case waits in silence: step by step somebody is called, until somebody has it."""

from datetime import timedelta

import pytest

from tests.people import Person, Town
from tests.stories.test_forms import asks_for_help
from tests.stories.test_urgent import reports


async def everybody(town: Town) -> dict[str, Person]:
    people = {role: await town.staff(role, role, language="en") for role in ("dispatcher", "head", "deputy")}
    return people | {"off": await town.staff("off", "brigade", language="en")}


async def goes_off(person: Person) -> None:
    await person.says("On duty")
    await person.presses("End my duty")


def calls(person: Person) -> int:
    return len([message for message in person.chat.sent if "case K-" in message.text or "Case K-" in message.text])


async def test_each_step_of_an_emergency_comes_at_its_minute(ana: Person, olena: Person, town: Town) -> None:
    people = await everybody(town)
    await goes_off(people["off"])
    await reports(ana)
    seen = {}
    for minute in range(1, 21):
        await town.passes(minutes=1)
        for name, person in people.items():
            if calls(person) and name not in seen:
                seen[name] = minute
    assert seen == {"off": 5, "dispatcher": 10, "head": 15, "deputy": 20}
    assert calls(olena) == 2


async def test_it_goes_on_every_hour_for_as_long_as_nobody_takes_it(ana: Person, olena: Person, town: Town) -> None:
    people = await everybody(town)
    await reports(ana)
    await town.passes(minutes=20)
    before = calls(people["head"])
    await town.passes(hours=5)
    assert calls(people["head"]) == before + 5
    await olena.presses("Take")
    await olena.presses("First contact made")
    await town.passes(hours=5)
    assert calls(people["head"]) == before + 5


async def test_the_last_steps_run_the_operators_command(ana: Person, olena: Person, town: Town) -> None:
    await everybody(town)
    await reports(ana)
    await town.passes(minutes=14)
    assert olena.sees("Urgent case")
    assert await town.count("signals") == 0
    await town.passes(minutes=1)
    assert await town.count("signals", "reason = 'unclaimed'") == 1


async def test_nobody_on_duty_calls_the_whole_team_and_the_head_at_once_and_the_operators_command(
    ana: Person, olena: Person, head: Person, town: Town
) -> None:
    await goes_off(olena)
    await reports(ana)
    assert calls(olena) == 1
    assert calls(head) == 1
    assert await town.count("signals", "reason = 'unclaimed'") == 1


async def test_what_is_planned_calls_the_team_again_when_its_time_is_over(
    ana: Person, iryna: Person, town: Town
) -> None:
    people = await everybody(town)
    await asks_for_help(ana)
    await ana.presses("Send")
    assert calls(iryna) == 1
    await town.passes(minutes=15)
    assert calls(iryna) == 2
    assert calls(people["head"]) == 0
    await town.passes(minutes=10)
    assert calls(people["head"]) == 1
    assert calls(people["deputy"]) == 0


async def test_what_is_planned_and_comes_at_night_calls_nobody_before_the_opening(
    ana: Person, iryna: Person, head: Person, town: Town
) -> None:
    await goes_off(iryna)
    town.clock.at += timedelta(hours=12)
    await asks_for_help(ana)
    await ana.presses("Send")
    await town.passes(hours=8)
    assert (calls(iryna), calls(head)) == (0, 0)
    await town.passes(hours=1)
    assert calls(iryna) == 1
    assert "Take" in iryna.labels


async def test_one_person_with_every_role_has_one_alert_a_step(ana: Person, town: Town) -> None:
    olena = await town.staff("Olena", "brigade", language="en")
    for role in ("head", "dispatcher"):
        await olena.says(f"/start {await town.invites(role)}")
    await reports(ana)
    assert len([message for message in olena.heard if message.text.startswith("Urgent case K-")]) == 1


async def test_when_everybody_has_passed_all_of_them_and_the_head_are_called_at_once_and_why_is_kept(
    ana: Person, olena: Person, head: Person, town: Town
) -> None:
    await reports(ana)
    await olena.presses("I can't take it")
    assert head.last.startswith("Nobody can take it so far.")
    await olena.presses("Busy with another case")
    assert await town.count("history", "what = 'passed.busy'") == 1
    await olena.presses("Take")
    assert await town.count("cases", "claimed_by IS NOT NULL") == 1


@pytest.mark.safety("S08")
async def test_late_is_said_to_her_once(ana: Person, olena: Person, town: Town) -> None:
    await ana.presses("Safety at home")
    for label in ("The danger is now", "Yes, you can", "Centre"):
        await ana.presses(label)
    await olena.presses("I can't take it")
    pushed = [message for message in ana.chat.sent if message.text == "The guide has an update."]
    await town.passes(hours=3)
    now = [message for message in ana.chat.sent if message.text == "The guide has an update."]
    assert len(now) == len(pushed) + 1


async def test_a_second_call_leaves_one_card_with_a_button(ana: Person, olena: Person, town: Town) -> None:
    await reports(ana)
    await town.passes(minutes=5)
    assert len([message for message in olena.heard if "Take" in message.buttons]) == 1


async def test_who_has_told_before_stands_before_who_tells_for_the_first_time(
    ana: Person, olena: Person, town: Town
) -> None:
    other = town.person("Oksana", language="en")
    await other.says("/start")
    await other.speaks("en")
    await other.says("/start")
    for person in (ana, other, ana):
        await reports(person)
        await person.presses("Leave now")
        await person.says("/start")
    await olena.says("Queue")
    assert await town.count("cases", "repeat") == 1
    await town.hears(olena.pressing_data("T:3"))
    assert "Why here: urgent, danger now, not the first time." in olena.last
