"""On the way, inside, out: whoever goes in comes out, or is looked for."""

import pytest

from bot.core.buttons import Road, encode
from handlers import dismissal
from storage import visits
from tests.people import Person, Town
from tests.stories.test_forms import asks_for_help
from tests.stories.test_urgent import reports
from tests.stories.test_visits import plans


@pytest.fixture
async def planned(ana: Person, olena: Person) -> None:
    """Olena has the case; a weapon is at home; she comes on Friday at 14:00."""
    await reports(ana)
    await ana.says("12 Shevchenka street")
    for _ in range(4):
        await ana.presses("Skip")
    await ana.presses("Yes")
    await ana.presses("That is all")
    await olena.presses("Take")
    await olena.presses("First contact made")
    await olena.presses("Plan a visit")
    await plans(olena)


async def on_road(town: Town, person: int) -> bool:
    return await town.app.reader.look(lambda tx: visits.on_road(tx, person))


async def ticks(town: Town, minutes: int) -> None:
    """Time passes minute by minute."""
    for _ in range(minutes):
        await town.passes(minutes=1)


@pytest.mark.usefixtures("planned")
async def test_whoever_goes_knows_of_the_weapon_and_asks_the_police_along(olena: Person, town: Town) -> None:
    assert any("A weapon at home: go with the police." in message.text for message in olena.heard)
    await olena.presses("The police go along")
    assert "The police go along." in olena.last
    assert await town.count("visits", "escort") == 1
    await olena.presses("Open the card")
    assert "A weapon at home: go with the police." in olena.last
    await olena.says("Visits")
    assert "Later:" in olena.last
    assert "Fri 27 November, 14:00 · K-" in olena.last
    assert "· Centre · with the police" in olena.last


@pytest.mark.safety("S25")
@pytest.mark.usefixtures("planned")
async def test_the_route_of_the_day_has_district_and_number_and_the_address_behind_the_glass(
    olena: Person, town: Town
) -> None:
    await town.passes(days=4)
    await olena.says("Visits")
    assert "Today:\nFri 27 November, 14:00 · K-" in olena.last
    assert "Shevchenka" not in olena.last
    await olena.presses(next(label for label in olena.heard[-1].buttons if label.startswith("Fri 27")))
    assert "Shevchenka" not in olena.last
    await olena.presses("Name, address, phone")
    assert "12 Shevchenka street" in olena.last


@pytest.mark.usefixtures("planned")
async def test_on_the_way_and_inside_count_as_on_the_road_and_out_ends_it(olena: Person, town: Town) -> None:
    assert not await on_road(town, 2)
    await olena.presses("On the way")
    assert "On the way since 11:00." in olena.last
    assert await on_road(town, 2)
    await olena.presses("I am inside")
    assert "Inside since 11:00, out by 12:00." in olena.last
    assert await on_road(town, 2)
    await olena.presses("I am out")
    assert "Out: 11:00." in olena.last
    assert not await on_road(town, 2)


@pytest.mark.usefixtures("planned")
async def test_out_in_time_calls_nobody(olena: Person, petro: Person, head: Person, town: Town) -> None:
    await olena.presses("I am inside")
    sent = len(petro.chat.sent), len(head.chat.sent)
    await ticks(town, 50)
    await olena.presses("I am out")
    await town.passes(hours=3)
    assert (len(petro.chat.sent), len(head.chat.sent)) == sent
    assert not olena.sees("Is all well?")


@pytest.mark.usefixtures("planned")
async def test_whoever_is_inside_is_asked_once_five_minutes_before_the_time_is_over(olena: Person, town: Town) -> None:
    await olena.presses("I am inside")
    await ticks(town, 54)
    assert not olena.sees("Is all well?")
    await ticks(town, 1)
    assert olena.last.endswith("By 12:00 you were to be out. Is all well?")
    await ticks(town, 3)
    assert len([each for each in olena.chat.sent if "Is all well?" in each.text]) == 1


@pytest.mark.safety("S26")
@pytest.mark.usefixtures("planned")
async def test_not_out_in_time_calls_the_colleague_on_duty_and_the_head_every_quarter_of_an_hour(
    olena: Person, petro: Person, head: Person, town: Town
) -> None:
    ivan = await town.staff("Ivan", "brigade", language="en")
    await ivan.says("On duty")
    await ivan.presses("End my duty")
    await olena.presses("I am inside")
    await ticks(town, 59)
    assert not head.sees("is inside since")
    await ticks(town, 1)
    for person in (petro, head):
        assert "Centre. Olena is inside since 11:00 and was to be out by 12:00." in person.last
        assert "Shevchenka" not in person.last
        assert "weapon" not in person.last
        assert not person.heard[-1].silent
    assert not ivan.sees("is inside since")
    await ticks(town, 15)
    assert len([each for each in head.chat.sent if "is inside since" in each.text]) == 2
    assert len([each for each in head.heard if "is inside since" in each.text]) == 1
    await olena.presses("I am out")
    assert "Olena is out, 12:15." in head.last
    sent = len(head.chat.sent)
    await ticks(town, 40)
    assert len(head.chat.sent) == sent


@pytest.mark.usefixtures("planned")
async def test_the_call_survives_a_restart_and_a_closed_case(olena: Person, head: Person, town: Town) -> None:
    await olena.presses("I am inside")
    await olena.presses("Open the card")
    await olena.presses("Close the case")
    for label in ("Reduced", "Overcome or reduced", "Skip"):
        await olena.presses(label)
    assert "you are inside: press “I am out” when you leave" in olena.last
    await olena.presses("Send")
    await town.restarts()
    await ticks(town, 61)
    assert "Olena is inside since 11:00" in head.last


@pytest.mark.usefixtures("planned")
async def test_half_an_hour_more_puts_it_off_and_a_word_after_the_time_calms_everybody(
    olena: Person, head: Person, town: Town
) -> None:
    await olena.presses("I am inside")
    await olena.presses("+30 minutes")
    assert "out by 12:30" in olena.last
    await ticks(town, 70)
    assert not head.sees("is inside since")
    await ticks(town, 25)
    assert "was to be out by 12:30" in head.last
    await olena.presses("I am safe, 30 minutes more")
    assert "Olena was reached, all is well, 12:35. We ask again at 13:05." in head.last
    await ticks(town, 28)
    assert not head.sees("is inside since")
    await ticks(town, 5)
    assert "was to be out by 13:05" in head.last


@pytest.mark.usefixtures("planned")
async def test_a_colleague_who_has_reached_them_stops_the_calls_for_half_an_hour(
    olena: Person, head: Person, town: Town
) -> None:
    await olena.presses("I am inside")
    await ticks(town, 61)
    await head.presses("Reached: all is well")
    assert "was reached, all is well" in head.last
    sent = len(head.chat.sent)
    await ticks(town, 25)
    assert len(head.chat.sent) == sent
    await ticks(town, 6)
    assert "was to be out by 12:31" in head.last


@pytest.mark.usefixtures("planned")
async def test_a_colleague_who_knows_that_they_are_out_ends_the_calls(olena: Person, head: Person, town: Town) -> None:
    await olena.presses("I am inside")
    await ticks(town, 61)
    await head.presses("Reached: they are out")
    assert "Olena is out, 12:01." in head.last
    assert not await on_road(town, 2)
    assert not olena.sees("Is all well?")
    sent = len(head.chat.sent)
    await ticks(town, 60)
    assert len(head.chat.sent) == sent


@pytest.mark.usefixtures("planned")
async def test_whoever_is_inside_is_asked_and_says_out_also_when_the_visit_was_given_on(
    olena: Person, head: Person, town: Town
) -> None:
    await olena.presses("I am inside")
    await town.app.writer.transact(lambda tx: visits.give(tx, 1, to=3))
    await ticks(town, 56)
    assert "Is all well?" in olena.last
    await olena.presses("I am out")
    assert town.telegram.toasts[-1] == "Out: 11:56."
    await ticks(town, 60)
    assert not head.sees("is inside since")
    await town.hears(olena.pressing_data(encode(Road(1, "act"))))
    assert town.telegram.toasts[-1] == "You have no access to this."


@pytest.mark.safety("S28")
@pytest.mark.usefixtures("planned")
async def test_whoever_is_inside_is_looked_for_even_if_the_work_here_ends_meanwhile(
    olena: Person, head: Person, town: Town
) -> None:
    await olena.presses("I am inside")
    await town.app.writer.transact(lambda tx: dismissal.revoke(tx, 2, now=town.clock.at))
    await ticks(town, 61)
    assert "Olena is inside since 11:00 and was to be out by 12:00." in head.last
    await head.presses("Reached: all is well")
    await ticks(town, 31)
    assert "Olena is inside since 11:00 and was to be out by 12:31." in head.last
    await head.presses("Reached: they are out")
    assert "Olena is out, 12:32." in head.last


@pytest.mark.usefixtures("planned")
async def test_nobody_else_says_that_somebody_is_out(olena: Person, iryna: Person, town: Town) -> None:
    await olena.presses("I am inside")
    for move in ("on_way", "inside", "out", "longer", "safe", "gone", "police", "act", "no", "no.nobody_home"):
        await town.hears(iryna.pressing_data(encode(Road(1, move))))
        assert town.telegram.toasts[-1] == "You have no access to this."
    assert await town.count("visits", "inside_at IS NOT NULL AND out_at IS NULL AND state = 'planned'") == 1


@pytest.mark.usefixtures("planned")
async def test_a_way_that_never_arrives_ends_after_three_hours(olena: Person, town: Town) -> None:
    await olena.presses("On the way")
    await town.passes(hours=3)
    assert not await on_road(town, 2)


@pytest.mark.usefixtures("planned")
async def test_two_presses_go_in_once(olena: Person, town: Town) -> None:
    twice = olena.pressing("I am inside")
    await town.hears(twice)
    await ticks(town, 5)
    await town.hears({"callback_query": twice["callback_query"] | {"id": "again"}})
    assert await town.count("visits", "out_due_at = '2026-11-23 10:00:00.000000+00:00'") == 1


async def test_danger_the_one_who_is_feared_a_second_time_and_the_night_are_said(
    ana: Person, olena: Person, town: Town
) -> None:
    await reports(ana)
    for _ in range(4):
        await ana.presses("Skip")
    await ana.presses("The person I fear is here")
    await ana.presses("That is all")
    await town.app.writer.transact(lambda tx: tx.run("UPDATE cases SET repeat = TRUE"))
    await olena.presses("Take")
    await olena.presses("Plan a visit")
    await olena.presses("More · 1/2 ›")
    assert "Visit after release from prison" in olena.labels
    await olena.presses("More · 2/2 ›")
    await olena.presses("Urgent visit of the brigade")
    await olena.presses("27")
    await olena.says("21:30")
    await olena.presses("Send")
    for words in (
        "The danger was now",
        "The one who is feared may be there.",
        "Not the first time.",
        "do not go alone.",
    ):
        assert any(words in message.text for message in olena.heard)


async def test_a_visit_with_a_risk_says_so_on_the_route(ana: Person, olena: Person) -> None:
    await reports(ana)
    await olena.presses("Take")
    await olena.presses("Plan a visit")
    await plans(olena)
    await olena.says("Visits")
    assert "· Centre · look at the risk first" in olena.last


# What came of it


@pytest.mark.parametrize(
    ("why", "step", "at"),
    [
        ("Nobody was at home", "Go there again", "Wed 25 November, 11:00"),
        ("They did not want it", "Call", "Thu 26 November, 11:00"),
        ("They asked for another time", "Call", "Thu 26 November, 11:00"),
        ("The address is wrong", "Find out where they are", "Tue 24 November, 11:00"),
        ("They have moved away", "Find out where they are", "Tue 24 November, 11:00"),
        ("It was not safe", "Visit with the police", "Tue 24 November, 11:00"),
        ("We called it off", "Go there again", "Wed 25 November, 11:00"),
    ],
)
@pytest.mark.usefixtures("planned")
async def test_a_visit_that_was_not_held_says_why_and_what_is_next(
    olena: Person, town: Town, why: str, step: str, at: str
) -> None:
    await olena.presses("It did not take place")
    await olena.presses(why)
    assert any(f"the visit did not take place. {why}." in message.text for message in olena.heard)
    await olena.presses(f"Next: {step}")
    assert any(f"Noted: {step}, {at}." in message.text for message in olena.heard)
    assert await town.count("visits", "state = 'not_held' AND reason_not_held IS NOT NULL") == 1
    assert await town.count("tasks", "done_at IS NULL") == 1
    await olena.presses("Open the card")
    assert f"Next: {step}, {at}." in olena.last
    assert " · in touch\n" in olena.last


@pytest.mark.usefixtures("planned")
async def test_the_next_visit_is_the_next_attempt(olena: Person) -> None:
    await olena.presses("It did not take place")
    await olena.presses("Nobody was at home")
    await olena.presses("Plan a visit")
    await plans(olena, "30", "10:00")
    await olena.presses("Open the card")
    assert "Visit: Mon 30 November, 10:00.\nAttempt 2." in olena.last


@pytest.mark.usefixtures("planned")
async def test_a_visit_that_was_not_held_reminds_nobody(olena: Person, town: Town) -> None:
    await olena.presses("It did not take place")
    await olena.presses("Nobody was at home")
    sent = len(olena.chat.sent)
    await town.passes(days=5)
    assert not any("visit for K-" in message.text for message in olena.chat.sent[sent:])


async def test_she_hears_of_a_visit_that_we_called_off(ana: Person, iryna: Person) -> None:
    await asks_for_help(ana)
    await ana.presses("Send")
    await iryna.presses("Take")
    await iryna.presses("Plan a visit")
    await plans(iryna)
    await iryna.presses("It did not take place")
    await iryna.presses("We called it off")
    assert ana.last == "The visit on Fri 27 November, 14:00 is cancelled."


@pytest.mark.usefixtures("planned")
async def test_a_visit_that_was_held_gets_the_number_of_its_act_and_a_next_step(olena: Person, town: Town) -> None:
    await olena.presses("I am inside")
    await olena.presses("It took place")
    assert await town.count("visits", "state = 'held'") == 1
    assert await on_road(town, 2)
    await olena.presses("Number of the act")
    await olena.says("12/АОП")
    assert "Number of the act: 12/АОП." in olena.last
    assert await town.count("visits", "act_no = '12/АОП'") == 0
    await olena.presses("Next: Prepare the decision")
    assert any("Noted: Prepare the decision, Mon 30 November, 11:00." in each.text for each in olena.heard)
    await olena.presses("I am out")
    assert not await on_road(town, 2)
