"""Shifts begin and end by themselves; duty is handed over; leave; what nobody will cover is known beforehand."""

from datetime import UTC, date, datetime, timedelta

import pytest

from bot.core.buttons import HandOn, Roster, TakeOver, encode
from bot.core.duty import OneDay, Shift
from handlers import roster
from storage import people, rosters
from storage.db import Transaction
from tests.people import Person, Town
from tests.stories.test_forms import asks_for_help
from tests.stories.test_revoked import revokes
from tests.stories.test_urgent import reports

NINE_TO_SIX = [Shift(weekday, 9 * 60, 18 * 60) for weekday in range(5)]
"""11:00 in Kyiv, when the town opens, is inside of it."""


async def works(town: Town, person: Person, *shifts: Shift, days: tuple[OneDay, ...] = ()) -> None:
    """As `duty import` does, beside the bot that runs."""

    def plan(tx: Transaction) -> None:
        known = people.meet(tx, person.id, kind="private", language="uk", now=town.clock.at)
        before = rosters.roster(tx, known.id)
        for shift in shifts:
            rosters.add_shift(tx, known.id, shift)
        for day in days:
            rosters.add_day(tx, known.id, day)
        roster.changed(tx, town.app.centre, known.id, before, now=town.clock.at)

    await town.app.writer.transact(plan)


async def stands(town: Town, person: Person) -> bool:
    return (await known(town, person)).on_duty


async def number(town: Town, person: Person) -> int:
    return (await known(town, person)).id


async def known(town: Town, person: Person) -> people.Person:
    now = town.clock.at
    return await town.app.writer.transact(lambda tx: people.meet(tx, person.id, kind="private", language="uk", now=now))


async def until(town: Town, hour: int, minute: int = 0, *, days: int = 0) -> None:
    """Kyiv's winter clock."""
    local = town.clock.at.astimezone(town.app.centre.zone)
    target = local.replace(hour=hour, minute=minute) + timedelta(days=days)
    await town.passes(minutes=(target - local).total_seconds() / 60)


# Shifts


async def test_a_shift_ends_and_begins_by_itself(olena: Person, town: Town) -> None:
    await works(town, olena, *NINE_TO_SIX)
    assert await stands(town, olena)
    await until(town, 18)
    assert not await stands(town, olena)
    await until(town, 9, days=1)
    assert await stands(town, olena)
    await olena.says("On duty")
    assert "You are on duty: alerts come to you.\nUntil: 18:00" in olena.last


async def test_whoever_has_no_shift_stays_on_duty_until_one_says_otherwise(olena: Person, town: Town) -> None:
    await town.passes(days=8)
    assert await stands(town, olena)


@pytest.mark.parametrize(("days", "hour", "on"), [(1, 12, True), (1, 20, False), (5, 12, False), (4, 12, True)])
async def test_after_an_outage_everybody_stands_where_the_roster_says(
    olena: Person,
    town: Town,
    days: int,
    hour: int,
    on: bool,
) -> None:
    await works(town, olena, *NINE_TO_SIX)
    await town.app.close()
    local = town.clock.at.astimezone(town.app.centre.zone)
    town.clock.at = (local.replace(hour=hour) + timedelta(days=days)).astimezone(UTC)
    await town.open()
    assert await stands(town, olena) == on


async def test_what_was_set_by_hand_outlives_a_restart_until_the_roster_changes(olena: Person, town: Town) -> None:
    await works(town, olena, *NINE_TO_SIX)
    await olena.says("On duty")
    await olena.presses("End my duty")
    await town.restarts()
    await town.passes(hours=2)
    assert not await stands(town, olena)
    await until(town, 9, days=1)
    assert await stands(town, olena)


async def test_three_weeks_of_nights_are_planned_a_few_days_ahead_and_none_is_missed(olena: Person, town: Town) -> None:
    await works(town, olena, *NINE_TO_SIX)
    await town.passes(days=21)
    assert await stands(town, olena)
    assert await town.count("due", "kind IN ('shift_starts', 'shift_ends') AND done_at IS NULL") <= 8
    assert await town.count("due", "kind = 'roster' AND done_at IS NULL") == 1


async def test_by_hand_outside_of_a_shift_it_is_until_the_next_one_is_over(olena: Person, town: Town) -> None:
    await works(town, olena, *NINE_TO_SIX)
    await until(town, 19)
    await olena.says("On duty")
    await olena.presses("Start my duty")
    assert "Until: Tue 24 November, 18:00" in olena.last
    await until(town, 12, days=1)
    assert await stands(town, olena)
    await until(town, 18)
    assert not await stands(town, olena)


async def test_duty_for_one_team_is_no_duty_for_another(ana: Person, iryna: Person, town: Town) -> None:
    """One person, two roles: this shift is the brigade's, so what is planned goes to the specialist on duty."""
    both = await town.staff("Solomiia", "specialist", language="en")
    await both.says(f"/start {await town.invites('brigade')}")
    await works(town, both, Shift(0, 9 * 60, 18 * 60, "brigade"))
    await asks_for_help(ana)
    await ana.presses("Send")
    assert iryna.last.startswith("Case K-")
    assert not both.sees("Case K-")
    await reports(ana)
    assert both.sees("Urgent case K-")
    await both.says("On duty")
    assert "For: Mobile brigade" in both.last


async def test_who_comes_on_duty_hears_what_waits(ana: Person, olena: Person, petro: Person, town: Town) -> None:
    await works(town, olena, *NINE_TO_SIX)
    await works(town, petro, Shift(0, 11 * 60 + 3, 20 * 60))
    await reports(ana)
    assert olena.last.startswith("Urgent case K-")
    assert not petro.sees("Urgent case K-")
    await until(town, 11, 3)
    assert petro.last.startswith("Urgent case K-")
    assert "Take" in petro.labels


async def test_at_the_end_of_a_shift_one_press_hands_on_what_nobody_was_spoken_to_about(
    ana: Person, olena: Person, petro: Person, town: Town
) -> None:
    await works(town, olena, Shift(0, 9 * 60, 11 * 60 + 20))
    await reports(ana)
    await olena.presses("Take")
    await until(town, 11, 20)
    assert olena.last.startswith("Your duty is over. 1 case is still with you, without a first contact.")
    label = next(label for label in olena.labels if label.startswith("Hand on K-"))
    await olena.presses(label)
    assert olena.sees("Handed on. Nothing is left.")
    assert petro.last.startswith("Back in the queue")
    assert await town.count("cases", "claimed_by IS NULL") == 1


async def test_what_is_not_handed_on_stays(ana: Person, olena: Person, town: Town) -> None:
    await works(town, olena, Shift(0, 9 * 60, 11 * 60 + 20))
    for _ in range(2):
        await reports(ana)
        await ana.presses("Leave now")
        await ana.says("/start")
        await olena.presses("Take")
    await until(town, 11, 20)
    assert olena.last.startswith("Your duty is over. 2 cases are still with you")
    await olena.presses(next(label for label in olena.labels if label.startswith("Hand on K-")))
    assert olena.sees("Handed on. 1 open case is left.")
    assert await town.count("cases", "claimed_by IS NULL") == 1


async def test_only_ones_own_case_can_be_handed_on(ana: Person, olena: Person, petro: Person, town: Town) -> None:
    await reports(ana)
    await olena.presses("Take")
    maria = await town.staff("Maria", "head", language="en")
    for other in (petro, maria):
        await town.hears(other.pressing_data(encode(HandOn(1))))
        assert town.telegram.toasts[-1] == "You have no access to this."
    assert await town.count("cases", "claimed_by IS NULL") == 0


# Handing over


async def test_duty_and_the_alerts_that_wait_move_when_the_colleague_says_yes(
    ana: Person, olena: Person, petro: Person, town: Town
) -> None:
    await petro.says("On duty")
    await petro.presses("End my duty")
    await works(town, olena, *NINE_TO_SIX)
    await reports(ana)
    await olena.says("On duty")
    await olena.presses("Hand over")
    await olena.presses("Petro")
    assert "Until there is a yes, you are on duty." in olena.last
    assert petro.last == "Olena asks you to take over duty now. Alerts will come to you.\nUntil: 18:00"
    assert await stands(town, olena)
    await petro.presses("I take it over")
    assert not await stands(town, olena)
    assert petro.last.startswith("Urgent case K-")
    assert olena.sees("is with your colleague on duty now.")
    assert olena.sees("Petro has taken over: you are off duty.")
    await until(town, 18)
    assert not await stands(town, petro)


async def test_an_alert_that_the_colleague_may_not_take_stays_with_who_has_it(
    ana: Person, olena: Person, petro: Person, town: Town
) -> None:
    """Olena is the lawyer too; Petro is not, so what waits for the lawyer is not lost between them."""
    await olena.says(f"/start {await town.invites('lawyer')}")
    await ana.says("I need help")
    for label in ("Me", "Divorce or a family dispute", "Skip", "Centre", "Write to me here", "I agree", "Send"):
        await ana.presses(label)
    assert olena.last.startswith("Case K-")
    await olena.says("On duty")
    await olena.presses("Hand over")
    await olena.presses("Petro")
    await petro.presses("I take it over")
    assert not petro.sees("Case K-")
    assert not olena.sees("is with your colleague")
    assert "Take" in olena.labels


async def test_without_a_yes_nothing_changes_and_who_asked_hears_it(olena: Person, petro: Person, town: Town) -> None:
    await olena.says("On duty")
    await olena.presses("Hand over")
    await olena.presses("Petro")
    await petro.presses("I can't take it over")
    assert petro.last == "Noted. Your duty has not changed."
    assert olena.last == "Petro can't take over. You are still on duty."
    await olena.says("On duty")
    await olena.presses("Hand over")
    await olena.presses("Petro")
    await town.passes(hours=1)
    assert olena.last == "Petro has not answered. You are still on duty."
    assert petro.last == "This is no longer asked."
    await town.hears(petro.pressing_data(encode(TakeOver(await number(town, olena), 1))))
    assert town.telegram.toasts[-1] == "This is no longer asked."
    assert await stands(town, olena)


# Leave


async def takes_leave(person: Person, first: str, last: str) -> None:
    await person.says("On duty")
    await person.presses("My week")
    await person.presses("Leave")
    await person.says(first)
    await person.says(last)
    await person.presses("Send")


async def test_leave_takes_off_duty_tells_the_head_and_offers_to_hand_on(
    ana: Person, olena: Person, petro: Person, head: Person, town: Town
) -> None:
    await reports(ana)
    await olena.presses("Take")
    await takes_leave(olena, "23.11", "24.11")
    assert not await stands(town, olena)
    assert head.last == "Olena is on leave, Mon 23 November – Tue 24 November. With them: 1 open case."
    assert olena.last.startswith("1 open case is affected.")
    await olena.presses(next(label for label in olena.labels if label.startswith("Hand on K-")))
    assert petro.last.startswith("Back in the queue")
    await until(town, 7, days=2)
    assert not olena.sees("Your leave is over.")
    await until(town, 8)
    assert olena.last.startswith("Your leave is over.")
    await olena.presses("Start my duty")
    assert await stands(town, olena)


async def test_a_leave_that_leaves_a_team_with_nobody_is_told_at_once(
    olena: Person, petro: Person, head: Person
) -> None:
    await takes_leave(olena, "24.11", "24.11")
    assert not head.sees("Because of this leave")
    await takes_leave(petro, "24.11", "25.11")
    assert head.last == "Because of this leave nobody will be on duty then:\n\nTue 24 November, 8:00 – 20:00"
    await head.presses("Which team has nobody")
    assert "Mobile brigade: Tue 24 November, 8:00 – 20:00" in head.last


async def test_whoever_is_on_leave_is_not_called_while_a_colleague_can_be(
    ana: Person, olena: Person, petro: Person
) -> None:
    """Nobody is on duty, so the whole team is called, but for who is on leave."""
    await takes_leave(olena, "23.11", "24.11")
    await petro.says("On duty")
    await petro.presses("End my duty")
    await reports(ana)
    assert petro.last.startswith("Urgent case K-")
    assert not olena.sees("Urgent case K-")


async def test_when_the_whole_team_is_on_leave_it_is_called_all_the_same(ana: Person, olena: Person) -> None:
    await takes_leave(olena, "23.11", "24.11")
    await reports(ana)
    assert olena.last.startswith("Urgent case K-")


async def test_no_leave_after_all(olena: Person, town: Town) -> None:
    await takes_leave(olena, "24.11", "26.11")
    assert "On leave: Tue 24 November – Thu 26 November" in "".join(message.text for message in olena.heard)
    await olena.presses("No leave after all")
    assert not olena.sees("On leave: ")
    await town.passes(days=2)
    assert await stands(town, olena)


async def test_while_the_head_is_on_leave_the_deputy_is_asked(ana: Person, head: Person, town: Town) -> None:
    deputy = await town.staff("Dana", "deputy", language="en")
    await takes_leave(head, "23.11", "24.11")
    solomiia = await town.staff("Solomiia", "brigade", language="en")
    await solomiia.says("On duty")
    await solomiia.presses("End my duty")
    assert deputy.last == "Solomiia has gone off duty, and nobody else of the team is on duty."
    await reports(ana)
    await town.passes(minutes=30)
    assert deputy.last.startswith("The team has not taken it.")
    assert not head.sees("The team has not taken it.")


# Who plans


async def plans(person: Person, name: str, *days: str, starts: str, ends: str, team: str = "all teams") -> None:
    await person.says("On duty")
    await person.presses("Colleagues' weeks")
    await person.presses(name)
    await person.presses("Add a shift")
    for day in days:
        await person.presses(day)
    await person.presses("Done")
    await person.says(starts)
    await person.says(ends)
    await person.presses(team)
    await person.presses("Send")


async def test_the_head_plans_a_week_and_clears_it(olena: Person, head: Person, town: Town) -> None:
    await plans(head, "Olena", "Mo", "Tu", starts="20:00", ends="8:00", team="Mobile brigade")
    assert "Mo 20:00–8:00, Mobile brigade\nTu 20:00–8:00, Mobile brigade" in head.last
    assert "Mon 23 November, 20:00 – Tue 24 November, 8:00, Mobile brigade" in head.last
    assert not await stands(town, olena)
    assert olena.last == "Maria has changed what is planned for you."
    await olena.presses("My week")
    assert "Mo 20:00–8:00, Mobile brigade" in olena.last
    await until(town, 20)
    assert await stands(town, olena)
    await until(town, 8, days=1)
    assert not await stands(town, olena)
    await head.says("On duty")
    for label in ("Colleagues' weeks", "Olena", "Clear the week"):
        await head.presses(label)
    assert "No shifts are planned" in head.last


async def test_the_head_enters_the_leave_of_somebody_who_is_ill(
    ana: Person, olena: Person, petro: Person, head: Person, town: Town
) -> None:
    await reports(ana)
    await olena.presses("Take")
    await head.says("On duty")
    for label in ("Colleagues' weeks", "Olena", "Leave"):
        await head.presses(label)
    await head.says("23.11")
    await head.says("25.11")
    await head.presses("Send")
    assert not await stands(town, olena)
    assert olena.last == "On leave: Mon 23 November – Wed 25 November"
    assert await stands(town, petro)
    assert head.last.startswith("1 open case is affected.")
    await head.presses(next(label for label in head.labels if label.startswith("Hand on K-")))
    assert petro.last.startswith("Back in the queue")
    assert "K-" in olena.last
    assert await town.count("cases", "claimed_by IS NULL") == 1


async def test_a_specialist_plans_nobody(olena: Person, petro: Person, town: Town) -> None:
    await olena.says("On duty")
    assert "Colleagues' weeks" not in olena.labels
    await olena.presses("My week")
    assert "Add a shift" not in olena.labels
    assert "No shifts are planned" in olena.last
    for move in ("show", "leave", "back", "shift", "clear"):
        await town.hears(olena.pressing_data(encode(Roster(await number(town, petro), move))))
        assert town.telegram.toasts[-1] == "You have no access to this."


# Nobody is there


@pytest.mark.safety("S02")
async def test_the_first_screen_says_when_the_next_shift_of_the_urgent_team_begins(
    ana: Person, olena: Person, town: Town
) -> None:
    await works(town, olena, Shift(0, 15 * 60, 20 * 60, "brigade"))
    await ana.presses("Safety at home")
    assert "Nobody is on duty now. We read it from Mon 23 November, 15:00" in ana.last
    await ana.presses("Leave now")
    await until(town, 15)
    await ana.says("/start")
    await ana.presses("Safety at home")
    assert "Nobody is on duty now" not in ana.last


@pytest.mark.safety("S02")
async def test_a_shift_of_another_team_of_the_same_person_is_not_named(ana: Person, olena: Person, town: Town) -> None:
    await olena.says(f"/start {await town.invites('lawyer')}")
    await works(town, olena, Shift(0, 15 * 60, 20 * 60, "lawyer"), Shift(2, 9 * 60, 10 * 60, "brigade"))
    await ana.presses("Safety at home")
    assert "We read it from Wed 25 November, 9:00" in ana.last


async def test_at_two_the_head_hears_which_team_has_nobody_until_the_next_working_day(
    olena: Person, iryna: Person, head: Person, town: Town
) -> None:
    await works(town, olena, *NINE_TO_SIX)
    await works(town, iryna, *[Shift(weekday, 0, 1440) for weekday in range(5)])
    await until(town, 14)
    assert head.last == ("Nobody will be on duty then:\n\nTue 24 November, 8:00 – 9:00\nTue 24 November, 18:00 – 20:00")
    await head.presses("Which team has nobody")
    assert "Mobile brigade: Tue 24 November, 8:00 – 9:00\n" in head.last
    assert "District specialists" not in head.last
    await until(town, 13, days=4)
    sent = len(head.chat.sent)
    await until(town, 14)
    assert head.last == (
        "Nobody will be on duty then:\n\n"
        "Sat 28 November, 0:00 – Sun 29 November, 0:00\n"
        "Sun 29 November, 0:00 – Mon 30 November, 0:00\n"
        "Mon 30 November, 8:00 – 9:00\n"
        "Mon 30 November, 18:00 – 20:00"
    )
    assert len(head.chat.sent) == sent + 1
    await town.passes(days=2)
    assert len(head.chat.sent) == sent + 1


async def test_where_somebody_is_there_at_every_hour_the_head_hears_nothing(
    olena: Person, head: Person, town: Town
) -> None:
    sent = len(head.chat.sent)
    await town.passes(days=3)
    assert await stands(town, olena)
    assert len(head.chat.sent) == sent
    for label in ("On duty", "Colleagues' weeks", "Which team has nobody"):
        await (head.says if label == "On duty" else head.presses)(label)
    assert "Mobile brigade: Sat" in head.last or "every team has somebody" in head.last


async def test_a_day_that_differs_goes_before_the_week(olena: Person, town: Town) -> None:
    await works(town, olena, *NINE_TO_SIX, days=(OneDay(date(2026, 11, 24), off=True),))
    await until(town, 12, days=1)
    assert not await stands(town, olena)
    await until(town, 12, days=1)
    assert await stands(town, olena)


@pytest.mark.parametrize(
    ("start", "hours"), [(datetime(2027, 3, 27, 12, tzinfo=UTC), 11), (datetime(2026, 10, 24, 12, tzinfo=UTC), 13)]
)
async def test_a_night_shift_over_the_clock_change_ends_at_eight_by_the_clock(
    olena: Person, town: Town, start: datetime, hours: int
) -> None:
    town.clock.at = start if start > town.clock.at else start.replace(year=2027, day=30)
    await works(town, olena, Shift(5, 20 * 60, 32 * 60))
    await until(town, 20)
    began = town.clock.at
    assert await stands(town, olena)
    while await stands(town, olena):
        await town.passes(minutes=15)
    assert town.clock.at - began == timedelta(hours=hours)


async def test_who_leaves_the_centre_has_no_shifts_left(olena: Person, town: Town) -> None:
    await works(town, olena, *NINE_TO_SIX)
    await revokes(town, olena)
    assert await town.count("shifts") == 0


async def test_the_file_of_what_is_held_has_ones_shifts_and_leave(olena: Person, town: Town) -> None:
    extra = OneDay(date(2026, 11, 28), starts=600, ends=660, team="brigade")
    await works(town, olena, Shift(0, 540, 1080), days=(OneDay(date(2026, 11, 30), off=True), extra))
    await takes_leave(olena, "24.11", "26.11")
    await olena.says("/mydata")
    for line in (
        "Mo 9:00–18:00, all teams",
        "Sat 28 November: 10:00–11:00, Mobile brigade",
        "Mon 30 November: off",
        "On leave: Tue 24 November – Thu 26 November",
    ):
        assert line in olena.read
