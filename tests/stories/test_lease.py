"""Who takes a case is in touch in time, or it waits again: a claim that never ends is how a case is forgotten."""

import pytest

from storage import alarms, leases
from tests.people import Person, Town
from tests.stories.test_contact import comes_back, is_answered, receipt_of
from tests.stories.test_forms import asks_for_help
from tests.stories.test_urgent import reports
from tests.stories.test_visits import plans


async def taken(ana: Person, olena: Person) -> None:
    await reports(ana)
    await olena.presses("Take")


async def holder(town: Town) -> int | None:
    rows = await town.app.reader.look(lambda tx: tx.all("SELECT claimed_by FROM cases WHERE id = 1"))
    return int(rows[0]["claimed_by"]) if rows[0]["claimed_by"] else None


async def test_by_when_to_be_in_touch_stands_in_the_answer_to_take_and_on_the_card(ana: Person, olena: Person) -> None:
    await taken(ana, olena)
    assert olena.sees("is yours since 11:00.\n\nGet in touch by 11:30.")
    assert "Get in touch by 11:30, or it goes back to the queue." in olena.last


async def test_without_a_contact_it_waits_again_and_the_taker_is_told(
    ana: Person, olena: Person, petro: Person, town: Town
) -> None:
    await taken(ana, olena)
    await town.passes(minutes=29)
    assert await holder(town) is not None
    await town.passes(minutes=1)
    assert await holder(town) is None
    assert olena.sees("is back in the queue: no first contact in 30 minutes.")
    assert petro.last.startswith("Back in the queue: no contact in 30 minutes.\n\nUrgent case K-")
    assert "Take" in petro.labels
    assert not olena.sees("Now: The danger is now")


async def test_ten_minutes_before_its_end_the_holder_is_asked(ana: Person, olena: Person, town: Town) -> None:
    await taken(ana, olena)
    await town.passes(minutes=19)
    assert not olena.sees("nobody has been in touch yet")
    await town.passes(minutes=1)
    assert olena.last.endswith("nobody has been in touch yet. At 11:30 it goes back to the queue.")
    assert not olena.heard[-1].silent


async def test_more_time_is_given_once(ana: Person, olena: Person, town: Town) -> None:
    await taken(ana, olena)
    again = olena.pressing("I need more time")
    await olena.presses("I need more time")
    assert olena.sees("you have until 12:00.")
    await town.hears(again)
    assert town.telegram.toasts[-1] == "More time was given once already."
    await town.passes(minutes=59)
    assert await holder(town) is not None
    await town.passes(minutes=1)
    assert await holder(town) is None


async def test_a_first_contact_ends_it_for_good(ana: Person, olena: Person, town: Town) -> None:
    await taken(ana, olena)
    await olena.presses("First contact made")
    await town.passes(hours=3)
    assert await holder(town) is not None
    assert not olena.sees("is back in the queue")


@pytest.mark.safety("S08")
async def test_an_answer_behind_her_code_is_first_contact_where_nothing_may_be_sent(
    ana: Person, olena: Person, town: Town
) -> None:
    await reports(ana)
    number, code = await receipt_of(ana)
    await is_answered(olena, "We can come tomorrow.")
    await town.passes(hours=1)
    assert await holder(town) is not None
    await comes_back(ana, number, code)
    assert ana.sees("We can come tomorrow.")


async def test_what_is_planned_counts_only_the_hours_in_which_the_centre_is_open(
    ana: Person, iryna: Person, town: Town
) -> None:
    await town.passes(hours=8, minutes=50)
    await asks_for_help(ana)
    await ana.presses("Send")
    await iryna.presses("Take")
    assert iryna.sees("Get in touch by 8:20.")
    await town.passes(hours=12, minutes=29)
    assert await holder(town) is not None
    await town.passes(minutes=1)
    assert await holder(town) is None


async def test_on_the_road_it_stands_still_and_afterwards_what_was_left_is_left(
    ana: Person, olena: Person, town: Town
) -> None:
    await taken(ana, olena)
    await olena.presses("Plan a visit")
    await plans(olena)
    await olena.presses("On the way")
    await town.passes(hours=1)
    assert await holder(town) is not None
    await olena.presses("Open the card")
    assert "The time to get in touch stands still" in olena.last
    await olena.presses("The visit")
    await olena.presses("I am inside")
    await olena.presses("I am out")
    await town.passes(minutes=29)
    assert await holder(town) is not None
    await town.passes(minutes=1)
    assert await holder(town) is None


async def test_a_way_that_nobody_ended_holds_no_case_for_ever(ana: Person, olena: Person, town: Town) -> None:
    await taken(ana, olena)
    await olena.presses("Plan a visit")
    await plans(olena)
    await olena.presses("On the way")
    await town.passes(hours=4)
    assert await holder(town) is None


async def test_during_an_air_raid_alarm_nothing_comes_back(
    ana: Person, olena: Person, head: Person, town: Town
) -> None:
    await taken(ana, olena)
    await head.says("On duty")
    await head.presses("Air-raid alarm")
    assert town.telegram.toasts[-1] == "Air-raid alarm noted. The time to get in touch stands still."
    await town.passes(hours=1)
    assert await holder(town) is not None
    await head.presses("All clear")
    assert town.telegram.toasts[-1] == "All clear noted. The time to get in touch runs on."
    await town.passes(minutes=29)
    assert await holder(town) is not None
    await town.passes(minutes=1)
    assert await holder(town) is None


async def test_only_who_answers_for_the_centre_notes_an_alarm(olena: Person) -> None:
    await olena.says("On duty")
    assert "Air-raid alarm" not in olena.labels


async def test_what_is_taken_during_an_alarm_stands_still_from_the_beginning(
    ana: Person, olena: Person, head: Person, town: Town
) -> None:
    await head.says("On duty")
    await head.presses("Air-raid alarm")
    await taken(ana, olena)
    assert await town.app.reader.look(lambda tx: alarms.sounds(tx, "center"))
    held = await town.app.reader.look(lambda tx: leases.running(tx, held=True))
    assert len(held) == 1


async def test_who_cannot_go_on_says_why_and_the_others_are_called(
    ana: Person, olena: Person, petro: Person, town: Town
) -> None:
    await taken(ana, olena)
    await olena.presses("I can't go on with it")
    assert "goes back to the queue. Why?" in olena.last
    await olena.presses("I know these people")
    assert olena.sees("is back in the queue. Thank you for saying so.")
    assert petro.last.startswith("Back in the queue: it waits again.")
    assert await town.count("history", "what = 'given_back.known'") == 1


async def test_the_second_time_that_it_comes_back_the_head_hears_of_it(
    ana: Person, olena: Person, head: Person, town: Town
) -> None:
    await taken(ana, olena)
    await town.passes(minutes=30)
    assert not head.sees("Urgent case K-")
    await olena.presses("Take")
    await town.passes(minutes=30)
    assert head.last.startswith("Back in the queue: no contact in 30 minutes.")


async def test_what_came_back_stands_first_of_its_like(ana: Person, olena: Person, town: Town) -> None:
    other = town.person("Oksana", language="en")
    await other.says("/start")
    await other.speaks("en")
    await other.says("/start")
    await reports(other)
    await reports(ana)
    numbers = [text.text.split("K-")[1][:4] for text in olena.heard if text.text.startswith("Urgent case")]
    await town.hears(olena.pressing_data("T:2"))
    await olena.presses("I can't go on with it")
    await olena.presses("I am ill")
    await olena.says("Queue")
    assert olena.last.index(numbers[1]) < olena.last.index(numbers[0])


async def test_a_restart_after_the_end_makes_up_for_it(ana: Person, olena: Person, petro: Person, town: Town) -> None:
    await taken(ana, olena)
    await town.app.close()
    town.clock.at = town.clock.at.replace(hour=12)
    await town.open()
    await town.ticks()
    assert await holder(town) is None
    assert petro.last.startswith("Back in the queue")
