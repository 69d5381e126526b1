"""The year's plan: reminded of on working mornings, marked with a press, counted; and nothing that is no longer so."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest

from bot.core import plan as rules
from bot.core import sheets
from bot.core.buttons import PlanItem, PlanSay, encode
from handlers import dismissal, plan_morning
from handlers import plan as pages
from storage import people, plan, rosters
from storage.db import Transaction
from tests.people import Person, Town

SAMPLE = Path(__file__).parents[1] / "plan.csv"
PAGE = "Plan for this"
HEAD = "item,title,periodicity,responsible,term"
TUESDAY, WEDNESDAY = date(2026, 11, 24), date(2026, 11, 25)
REPORT = "7.3,Report,2026-11-24,specialists,"


async def imports(town: Town, *lines: str, year: int = 2026, body: bytes = b"") -> None:
    """As `plan import` does, beside the bot that runs."""
    given = body or "\n".join((HEAD, *lines)).encode()
    read = sheets.read(given, rules.table(year, town.app.centre), file="plan.csv")

    def put(tx: Transaction) -> None:
        number = plan.begin(tx, year, now=town.clock.at)
        for values in read:
            plan.put(tx, number, year, rules.row(values))
        pages.finish(tx, number, year, town.clock.at)

    await town.app.writer.transact(put)


async def until(town: Town, day: date, hour: int = 8, minute: int = 0) -> None:
    """Kyiv's winter clock; a minute after the hour, so that what is due then has happened."""
    at = datetime.combine(day, time(hour, minute), town.app.centre.zone).astimezone(UTC)
    await town.passes(minutes=(at - town.clock.at).total_seconds() / 60 + 1)


def told(person: Person, words: str = "Plan for") -> list[str]:
    """Every message of the plan that ever sounded."""
    return [each.text for each in person.chat.sent if each.text.startswith(words) and PAGE not in each.text]


def standing(person: Person, words: str = "Plan for") -> list[str]:
    return [each.text for each in person.heard if each.text.startswith(words) and PAGE not in each.text]


async def known(town: Town, person: Person) -> people.Person:
    now = town.clock.at
    return await town.app.writer.transact(lambda tx: people.meet(tx, person.id, kind="private", language="en", now=now))


async def on_leave(town: Town, person: Person, last: date) -> None:
    who = await known(town, person)

    def leave(tx: Transaction) -> None:
        rosters.take_leave(tx, who.id, town.clock.at.date(), last)

    await town.app.writer.transact(leave)


# Reminders


async def test_who_answers_for_it_hears_it_the_working_morning_before_and_on_the_day(
    iryna: Person, head: Person, town: Town
) -> None:
    await imports(town, "3.5,Evening,2026-11-25,specialists,", "3.6,Morning,2026-11-25,specialists,")
    await until(town, TUESDAY, 7)
    assert told(iryna) == []
    await until(town, TUESDAY)
    assert told(iryna) == ["Plan for Wed 25 November: 3.5, 3.6."]
    await until(town, WEDNESDAY)
    assert told(iryna) == ["Plan for Wed 25 November: 3.5, 3.6."] * 2
    assert standing(iryna) == ["Plan for Wed 25 November: 3.5, 3.6."]
    await until(town, date(2026, 11, 30))
    assert len(told(iryna)) == 2
    assert standing(iryna) == []
    assert told(head) == []


async def test_the_day_after_a_weekend_is_told_on_friday_and_a_day_of_the_weekend_too(
    iryna: Person, town: Town
) -> None:
    await imports(town, "1,A,2026-11-30,specialists,", "2,B,2026-11-28,specialists,")
    await until(town, date(2026, 11, 27))
    assert told(iryna) == ["Plan for Sat 28 November: 2.\nPlan for Mon 30 November: 1."]
    await until(town, date(2026, 11, 29), 12)
    assert len(told(iryna)) == 1
    await until(town, date(2026, 11, 30))
    assert told(iryna)[1:] == ["Plan for Mon 30 November: 1."]


async def test_a_day_in_the_next_year_is_told_on_the_last_morning_of_this_one(iryna: Person, town: Town) -> None:
    await imports(town, "1,A,2027-01-04,specialists,", year=2027)
    await until(town, date(2027, 1, 2))
    assert told(iryna) == ["Plan for Mon 4 January: 1."]


async def test_what_is_done_removed_or_changed_never_fires(iryna: Person, town: Town) -> None:
    await imports(town, REPORT, "7.4,Other,2026-11-24,specialists,")
    await iryna.says("Plan")
    await iryna.presses("Item 7.3")
    await iryna.presses("It is done")
    await imports(town, REPORT)
    await town.passes(days=4)
    assert told(iryna) == []
    await imports(town, "7.3,Report,2026-11-30,head,")
    await town.passes(days=4)
    assert told(iryna) == []


async def test_what_changes_between_ringing_and_sending_is_told_as_it_is_then(iryna: Person, town: Town) -> None:
    """Telegram takes nothing for a while; meanwhile a new plan is imported."""
    await imports(town, "7.3,Report,2026-11-25,specialists,", "7.4,Other,2026-11-25,specialists,")
    at = datetime.combine(TUESDAY, time(8), town.app.centre.zone).astimezone(UTC)
    await town.passes(minutes=(at - town.clock.at).total_seconds() / 60 - 15)
    town.clock.at = at
    await town.app.ticker.tick()
    assert await town.count("outbox", "state = 'queued' AND guard LIKE '[\"plan:%'") == 1
    await imports(town, "7.4,Other,2026-11-25,specialists,")
    await town.settles()
    assert told(iryna) == []
    await town.ticks()
    assert told(iryna) == ["Plan for Wed 25 November: 7.4."]
    await town.app.ticker.tick()
    await imports(town, "9,Nothing,2026-12-30,specialists,")
    await town.passes(hours=2)
    assert len(told(iryna)) == 1


async def test_a_plan_that_comes_during_the_day_is_told_the_same_day(iryna: Person, head: Person, town: Town) -> None:
    await imports(town, "1,A,2026-11-23;2026-11-24,specialists,", "2,B,2026-12-24,specialists,")
    await town.ticks()
    assert told(iryna) == ["Plan for Mon 23 November: 1.\nPlan for Tue 24 November: 1."]
    await imports(town, "1,A,2026-11-24,specialists,", "3,B,2026-11-24,director,")
    await town.ticks()
    assert told(iryna) == ["Plan for Mon 23 November: 1.\nPlan for Tue 24 November: 1."]
    assert standing(iryna) == ["Plan for Tue 24 November: 1."]
    assert told(head) == ["Plan for Tue 24 November: 3."]
    await town.passes(hours=12)
    await imports(town, "4,C,2026-11-24,director,")
    await town.ticks()
    assert len(told(head)) == 1
    await until(town, TUESDAY)
    assert told(head)[1:] == ["Plan for Tue 24 November: 4."]


async def test_a_reminder_that_stands_in_a_chat_follows_what_a_colleague_presses(iryna: Person, town: Town) -> None:
    sofia = await town.staff("Sofia", "specialist", language="en")
    await imports(town, REPORT, "7.4,Other,2026-11-24,specialists,")
    await until(town, TUESDAY)
    await iryna.presses("Item 7.3")
    await iryna.presses("It is done")
    assert standing(sofia) == standing(iryna) == ["Plan for Tue 24 November: 7.4."]
    assert len(told(sofia)) == 2
    await sofia.presses("Item 7.4")
    await sofia.presses("It was not done")
    assert standing(sofia) == standing(iryna) == []


async def test_two_who_press_at_once_make_one_mark(iryna: Person, town: Town) -> None:
    sofia = await town.staff("Sofia", "specialist", language="en")
    await imports(town, REPORT)
    done = encode(PlanSay(1, TUESDAY.toordinal(), 0, "done"))
    await town.hears(iryna.pressing_data(done), sofia.pressing_data(done.replace("done", "not")))
    assert await town.count("plan_marks", "undone_at IS NULL") == 1
    assert town.telegram.toasts[-1] == "It has a mark already, or the plan has changed."
    assert "Tue 24 November (done)" in sofia.last


async def test_a_morning_that_was_missed_is_told_when_the_bot_is_there_again(iryna: Person, town: Town) -> None:
    await imports(town, REPORT, "7.4,Other,2026-11-26,specialists,")
    await town.app.close()
    town.clock.at = datetime(2026, 11, 24, 20, 0, tzinfo=UTC)
    await town.open()
    await town.ticks()
    assert told(iryna) == []
    await until(town, WEDNESDAY)
    said = "The plan had for Tue 24 November: 7.3. It has no mark yet.\nPlan for Thu 26 November: 7.4."
    assert told(iryna, "The plan had") == [said]


async def test_after_a_long_outage_a_morning_tells_no_more_than_a_week(iryna: Person, head: Person, town: Town) -> None:
    await imports(town, REPORT, "7.4,Other,2026-12-14,specialists,")
    await town.app.close()
    town.clock.at = datetime(2026, 12, 16, 9, 0, tzinfo=UTC)
    await town.open()
    await town.ticks()
    assert told(iryna, "The plan had") == ["The plan had for Mon 14 December: 7.4. It has no mark yet."]
    assert told(head, "2 items") == ["2 items of the plan are overdue:\n7.3 · Tue 24 November\n7.4 · Mon 14 December"]


async def test_restarts_neither_lose_nor_double_a_morning(iryna: Person, town: Town) -> None:
    await imports(town, "7.3,Report,2026-11-25,specialists,")
    for _ in range(5):
        await town.restarts()
        await town.passes(hours=10)
    await town.restarts()
    await town.passes(hours=1)
    assert told(iryna) == ["Plan for Wed 25 November: 7.3."] * 2
    assert await town.count("due", "kind = 'plan_morning' AND done_at IS NULL") == 1


async def test_without_anybody_of_that_role_the_head_hears_it_and_without_a_head_the_deputy(
    iryna: Person, head: Person, town: Town
) -> None:
    await imports(town, "1,A,2026-11-25,psychologist,", "2,B,2026-11-25,specialist,", "3,C,2026-11-26,director,")
    await on_leave(town, iryna, TUESDAY)
    await until(town, TUESDAY)
    assert told(head) == ["Plan for Wed 25 November: 1, 2."]
    assert told(iryna) == []
    deputy = await town.staff("Dmytro", "deputy", language="en")
    await on_leave(town, head, date(2026, 11, 30))
    await until(town, WEDNESDAY)
    assert told(deputy) == ["Plan for Wed 25 November: 1.\nPlan for Thu 26 November: 3."]
    assert told(iryna) == ["Plan for Wed 25 November: 2."]


async def test_whoever_left_the_centre_is_told_nothing_more(iryna: Person, town: Town) -> None:
    await imports(town, REPORT, "7.4,Other,2026-11-25,specialists,")
    await until(town, TUESDAY)
    who = await known(town, iryna)
    await town.app.writer.transact(lambda tx: dismissal.revoke(tx, who.id, now=town.clock.at))
    await town.passes(days=3)
    assert standing(iryna) == []
    assert len(told(iryna)) == 2


@pytest.mark.safety("S26")
async def test_what_is_told_unasked_names_numbers_and_days_only(head: Person, town: Town) -> None:
    await imports(town, "10.1,Облік повідомлень про насильство,2026-11-24,director,негайно")
    await until(town, TUESDAY)
    await until(town, date(2026, 11, 30))
    unasked = [each.text for each in head.chat.sent if "10.1" in each.text]
    assert len(unasked) == 3
    assert not any("насильство" in text or "негайно" in text for text in unasked)


# Overdue


async def test_on_monday_the_head_hears_what_is_overdue_in_one_message(iryna: Person, head: Person, town: Town) -> None:
    await imports(town, REPORT, "7.4,Other,2026-11-25,specialists,", "7.5,Before,2026-11-20,specialists,")
    await until(town, date(2026, 11, 30), 7)
    assert told(head, "2 items") == []
    await until(town, date(2026, 11, 30))
    said = "2 items of the plan are overdue:\n7.3 · Tue 24 November\n7.4 · Wed 25 November"
    assert told(head, "2 items") == [said]
    assert not any("overdue" in each.text for each in iryna.chat.sent)
    await head.presses("Overdue")
    assert head.last.startswith("Overdue by the plan\n\nTue 24 November · 7.3. Report (overdue)")
    await head.presses("Item 7.3")
    await head.presses("It was not done")
    assert standing(head, "1 item") == ["1 item of the plan is overdue:\n7.4 · Wed 25 November"]
    await until(town, date(2026, 12, 7))
    assert told(head, "1 item") == ["1 item of the plan is overdue:\n7.4 · Wed 25 November"]


async def test_what_the_old_year_left_is_overdue_in_the_new_one(head: Person, town: Town) -> None:
    await imports(town, "1,A,2026-12-30,director,")
    await imports(town, "1,A,2027-01-04,director,", year=2027)
    town.clock.at = datetime(2026, 12, 31, 12, 0, tzinfo=UTC)
    await town.ticks()
    await until(town, date(2027, 1, 4))
    assert told(head, "1 item")[-1] == "1 item of the plan is overdue:\n1 · Wed 30 December"
    await head.presses("Overdue")
    await head.presses("Item 1")
    assert "Wed 30 December (overdue)" in head.last
    await head.presses("This week")
    assert head.last == "Plan for this week\n\nMon 4 January · 1. A"


async def test_overdue_is_never_told_to_nobody(iryna: Person, town: Town) -> None:
    admin = await town.staff("Adam", "admin", language="en")
    await imports(town, REPORT)
    await until(town, date(2026, 11, 30))
    assert told(admin, "1 item") == ["1 item of the plan is overdue:\n7.3 · Tue 24 November"]
    await admin.presses("Overdue")
    await admin.presses("Item 7.3")
    assert "7.3. Report" in admin.last
    assert iryna.chat.sent


async def test_a_long_list_says_how_many_more_there_are(head: Person, town: Town) -> None:
    await imports(town, *(f"1.{n},A,2026-11-24,director," for n in range(1, 25)))
    await until(town, date(2026, 11, 30))
    assert told(head, "24 items")[0].endswith("\n1.20 · Tue 24 November\nAnd 4 more.")


# Pages


async def test_one_sees_what_one_answers_for_and_the_head_sees_all(iryna: Person, head: Person, town: Town) -> None:
    await imports(town, body=SAMPLE.read_bytes())
    await iryna.says("Plan")
    assert "7.3. Звіт громаді" in iryna.last
    assert "2.1" not in iryna.last
    await head.says("Plan")
    assert "Mon 23 November · 2.1. Наради з планування роботи" in head.last
    await head.presses("The whole year")
    assert head.last == "Plan of 2026\n\nDone: 0. Not done: 0. Overdue: 0. Ahead: 14."
    await head.presses("Section 2")
    assert head.last.splitlines() == [
        "Plan of 2026, section 2",
        "",
        "2.1. Наради з планування роботи",
        "2.3. Наради щодо запобігання корупції",
        "2.7. Супервізії",
    ]
    await head.presses("This month")
    assert "Mon 30 November · 1.2." in head.last
    await head.presses("2.1 · Mon 30 November")
    assert "This is about Mon 30 November." in head.last
    mine = await town.app.reader.look(lambda tx: [each.id for each in plan.items(tx, 2026) if each.row.item == "2.1"])
    await town.hears(iryna.pressing_data(encode(PlanItem(mine[0], 0, 0))))
    assert town.telegram.toasts[-1] == "You have no access to this."
    await town.hears(iryna.pressing_data(encode(PlanSay(mine[0], date(2026, 11, 23).toordinal(), 0, "done"))))
    assert town.telegram.toasts[-1] == "You have no access to this."
    assert await town.count("plan_marks") == 0


async def test_without_a_plan_the_page_says_so(head: Person) -> None:
    await head.says("Plan")
    assert head.last == "The plan of 2026 is not here yet. The administrator imports it."


async def test_a_week_without_anything_says_so_and_long_lists_have_pages(head: Person, town: Town) -> None:
    await imports(town, *(f"1.{n},A,2026-12-15,director," for n in range(1, 11)))
    await head.says("Plan")
    assert head.last == "Plan for this week\n\nNothing here."
    await head.presses("The whole year")
    await head.presses("Section 1")
    assert "1.8. A" in head.last
    assert "1.9. A" not in head.last
    await head.presses("More ›")
    assert "1.10. A" in head.last
    await head.presses("‹ Before")
    assert "1.1. A" in head.last


async def test_the_card_says_what_it_is_and_a_mark_can_have_a_note_and_be_taken_back(iryna: Person, town: Town) -> None:
    await imports(town, "7.3,Report,2026-11-24;2026-12-01,specialists;head,in autumn")
    await iryna.says("Plan")
    await iryna.presses("Item 7.3")
    assert iryna.last == (
        "7.3. Report\nWhen: in autumn\nWho: specialist, head\n\n"
        "Tue 24 November\nTue 1 December\n\n"
        "Done: 0. Not done: 0. Overdue: 0. Ahead: 2.\n\nThis is about Tue 24 November."
    )
    await iryna.presses("It was not done")
    await iryna.presses("Add a note")
    await iryna.says("The council did not meet")
    assert "Tue 24 November (not done)\nTue 1 December" in iryna.last
    assert "Tue 24 November: The council did not meet" in iryna.last
    await iryna.presses("Take the mark back")
    assert "Done: 0. Not done: 0. Overdue: 0. Ahead: 2." in iryna.last
    assert "council" not in iryna.last
    await iryna.presses("It is done")
    assert "Done: 1. Not done: 0." in iryna.last


async def test_a_counter_counts_with_a_press_or_with_a_number_and_a_note(iryna: Person, town: Town) -> None:
    await imports(town, "5.5,Groups,year_round_as_needed,specialists,")
    await iryna.says("Plan")
    await iryna.presses("The whole year")
    await iryna.presses("Section 5")
    await iryna.presses("Item 5.5")
    await iryna.presses("+1")
    await iryna.presses("+1")
    assert "This quarter: 2. This year: 2." in iryna.last
    await iryna.presses("Take the mark back")
    assert "This quarter: 1. This year: 1." in iryna.last
    await iryna.presses("A number or a note")
    await iryna.says("12")
    await iryna.says("A summer camp")
    assert "This quarter: 13. This year: 13." in iryna.last
    assert "Mon 23 November: A summer camp" in iryna.last
    await iryna.presses("A number or a note")
    await iryna.presses("2")
    await iryna.presses("Skip")
    assert "This quarter: 15. This year: 15." in iryna.last
    await town.hears(iryna.pressing_data(encode(PlanSay(1, 0, 0, "+1"))))
    assert await town.count("plan_marks", "undone_at IS NULL") == 3


async def test_what_happens_gets_a_day_and_is_reminded_of(iryna: Person, town: Town) -> None:
    await imports(town, "3.2,Information,on_receipt,specialists,")
    await iryna.says("Plan")
    for label in ("The whole year", "Section 3", "Item 3.2"):
        await iryna.presses(label)
    assert "It waits for its event." in iryna.last
    await iryna.presses("It happened")
    await iryna.says("25.11")
    await iryna.presses("Skip")
    assert "This is about Wed 25 November." in iryna.last
    await until(town, TUESDAY)
    assert told(iryna) == ["Plan for Wed 25 November: 3.2."]
    await iryna.presses("Item 3.2")
    await iryna.presses("It is done")
    assert "Wed 25 November (done)" in iryna.last
    await until(town, WEDNESDAY)
    assert len(told(iryna)) == 1
    await iryna.presses("Take the mark back")
    assert "This is about Wed 25 November." in iryna.last
    assert await town.count("plan_marks", "state = 'open' AND undone_at IS NULL") == 1


async def test_what_happened_without_a_day_stands_in_the_week_until_it_is_done(iryna: Person, town: Town) -> None:
    await imports(town, "3.2,Information,on_receipt,specialists,")
    await town.hears(iryna.pressing_data(encode(PlanSay(1, 0, 0, "happened"))))
    await iryna.presses("Skip")
    await iryna.says("From the school")
    assert "This is about what happened, with no day named." in iryna.last
    await town.passes(days=14)
    await iryna.says("Plan")
    assert "It happened, and is still to be done: 3.2. Information" in iryna.last
    await iryna.presses("Item 3.2")
    assert "From the school" in iryna.last
    await iryna.presses("It is done")
    await iryna.presses("This week")
    assert "Nothing here." in iryna.last
    await town.hears(iryna.pressing_data(encode(PlanSay(1, 0, 1, "done"))))
    assert town.telegram.toasts[-1] == "It has a mark already, or the plan has changed."


# A new import


async def test_a_new_import_changes_and_closes_rows_and_leaves_the_marks(iryna: Person, town: Town) -> None:
    await imports(town, "1,First,2026-11-24;2026-11-25,specialists,", "2,Second,year_round,specialists,")
    await town.hears(iryna.pressing_data(encode(PlanSay(1, TUESDAY.toordinal(), 0, "done"))))
    await town.hears(iryna.pressing_data(encode(PlanSay(2, 0, 0, "one"))))
    await imports(town, "1,First of all,2026-12-01,specialists,")
    first, second = await town.app.reader.look(lambda tx: plan.items(tx, 2026))
    assert (first.row.title, first.closed, second.closed) == ("First of all", False, True)
    assert [(each.day, each.state) for each in rules.dues([first])] == [
        (TUESDAY, "done"),
        (date(2026, 12, 1), "open"),
    ]
    assert rules.figures([second], WEDNESDAY)[0].year == 1
    await town.hears(iryna.pressing_data(encode(PlanItem(2, 0, 0))))
    assert "The plan does not have this item any more." in iryna.last
    assert "+1" not in iryna.heard[-1].buttons
    await town.hears(iryna.pressing_data(encode(PlanSay(2, 0, 0, "one"))))
    assert await town.count("plan_marks") == 2
    await imports(town, "1,First of all,2026-12-01,specialists,", "2,Second,year_round,specialists,")
    (second,) = [each for each in await town.app.reader.look(lambda tx: plan.items(tx, 2026)) if each.row.item == "2"]
    assert (second.closed, rules.figures([second], WEDNESDAY)[0].year) == (False, 1)


async def test_rows_of_an_import_that_has_not_ended_are_seen_by_nobody(iryna: Person, town: Town) -> None:
    await imports(town, REPORT)

    def half(tx: Transaction) -> None:
        number = plan.begin(tx, 2026, now=town.clock.at)
        plan.put(tx, number, 2026, rules.Row("9", "Half", rules.Rhythm("dated", "x", (TUESDAY,)), ("specialist",)))

    await town.app.writer.transact(half)
    await iryna.says("Plan")
    assert "Half" not in iryna.last
    await until(town, TUESDAY)
    assert told(iryna) == ["Plan for Tue 24 November: 7.3."] * 2
    later = town.clock.at + timedelta(hours=2)
    await town.app.writer.transact(lambda tx: plan.drop_unfinished(tx, 2026, begun_before=later))
    assert await town.count("plan_rows") == 1


def test_the_one_message_of_a_morning_is_about_days_that_are_distinct() -> None:
    """What a message says and what stands behind it makes its mark; nothing else does."""
    item = rules.Item(1, rules.Row("1", "A", rules.Rhythm("dated", "", (TUESDAY,)), ("head",)))
    same: Iterable[rules.Due] = rules.dues([item])
    other = rules.dues([rules.Item(1, rules.Row("1", "B", item.row.rhythm, ("head",)))])
    assert plan_morning._mark(list(same)) == plan_morning._mark(rules.dues([item]))
    assert plan_morning._mark(other) != plan_morning._mark(rules.dues([item]))
