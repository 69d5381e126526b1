"""A carer's plan: what she sees of it, when she hears of it, and who of the staff learns that she is behind."""

from datetime import UTC, date, datetime, timedelta

import pytest
from telegram.error import NetworkError

from storage import credits, learners
from storage.db import Transaction
from tests.people import Person, Town
from tests.stories.test_programmes import REMINDERS, makes_programme, plans
from tests.stories.test_trainings import invites

WARNING = "Your training plan: 10 hours to do by 01.03.2027."


@pytest.fixture
async def halyna(town: Town) -> Person:
    return await town.carer("Halyna", "foster_parents", language="en")


async def has_done(town: Town, hours: int, on: str = "2025-03-01", *, learner: int = 1) -> None:
    """So many hours were entered; the nightly look then plans what is to be said."""

    def enter(tx: Transaction) -> None:
        credits.elsewhere(
            tx, learner, hours=hours, earned_on=date.fromisoformat(on), certificate="", note="", by=1, now=town.clock.at
        )

    await town.app.writer.transact(enter)


async def behind(town: Town) -> None:
    """Her last plan was completed on 1 March 2025; of the one that runs she has 20 of 30 hours."""
    await has_done(town, 30)
    await has_done(town, 20, "2026-11-23")


async def until(town: Town, day: str, hour: int = 12) -> None:
    """Days pass a working hour at a time, so that the test ends."""
    end = datetime.fromisoformat(f"{day}T{hour:02}:00").replace(tzinfo=UTC)
    while town.clock.at < end:
        town.clock.at = min(end, town.clock.at + timedelta(hours=1))
        await town.ticks()


def warnings(person: Person) -> list[str]:
    return [message.text for message in person.chat.sent if "Your training plan" in message.text]


async def test_the_card_says_what_is_done_what_is_left_and_what_fits(head: Person, halyna: Person, town: Town) -> None:
    await behind(town)
    await makes_programme(head)
    await plans(head)
    await halyna.says("Visits and trainings")
    await halyna.presses("My plan")
    assert halyna.last == (
        "██████░░░░ 20 of 30 hours\nTo do: 10 hours by 01.03.2027.\n"
        "The plan was completed on 01.03.2025; the next one has begun.\n"
        "The centre has not checked this norm yet.\n\nWhat fits, with free seats:"
    )
    await halyna.presses("Sat 5 December, 10:00 · Attachment · 4 hours")
    await halyna.presses("I will come")
    await halyna.says("Visits and trainings")
    await halyna.presses("My plan")
    assert "You have a seat: Sat 5 December, 10:00, “Attachment”, 4 hours." in halyna.last
    assert "What fits" not in halyna.last


async def test_a_training_without_a_free_seat_does_not_fit(head: Person, halyna: Person, town: Town) -> None:
    nadia = await town.carer("Nadia", "foster_parents", language="en")
    await invites(head, seats="1")
    await nadia.presses("I will come")
    await halyna.says("Visits and trainings")
    await halyna.presses("My plan")
    assert "There is no training with free seats yet." in halyna.last


async def test_who_joined_after_the_invitation_takes_a_seat_from_her_card(head: Person, town: Town) -> None:
    await invites(head)
    nadia = await town.carer("Nadia", "foster_parents", language="en")
    await nadia.says("Visits and trainings")
    await nadia.presses("My plan")
    await nadia.presses("Sat 5 December, 10:00 · Attachment and loss · 4 hours")
    await nadia.presses("I will come")
    assert await town.count("due", f"{REMINDERS} AND person_id <> 1") == 3


async def test_somebody_of_an_audience_without_a_norm_sees_the_hours_alone(town: Town) -> None:
    olha = await town.carer("Olha", "mentors", language="en")
    await olha.says("Visits and trainings")
    await olha.presses("My plan")
    assert olha.last.startswith("Credited so far: 0 hours.")


async def test_she_hears_of_it_three_times_while_hours_are_missing(halyna: Person, town: Town) -> None:
    await behind(town)
    await until(town, "2026-11-30")
    assert warnings(halyna) == []
    await until(town, "2026-12-02")
    assert warnings(halyna) == [WARNING + "\n\nThere is no training with free seats yet. We will write as soon as "
                                "there is one."]  # fmt: skip
    await until(town, "2027-03-10")
    assert len(warnings(halyna)) == 3


async def test_who_has_done_her_hours_hears_nothing_more(halyna: Person, town: Town) -> None:
    await behind(town)
    await until(town, "2026-12-02")
    await has_done(town, 10, "2026-12-02")
    await until(town, "2027-03-10")
    assert len(warnings(halyna)) == 1


async def test_joining_plans_what_is_to_be_said(town: Town) -> None:
    await town.carer("Nadia", "foster_parents")
    await town.carer("Olha", "mentors")
    assert await town.count("due", "kind LIKE 'learning_%' AND done_at IS NULL") == 3


async def test_a_warning_that_waits_is_not_said_when_the_hours_are_done_meanwhile(halyna: Person, town: Town) -> None:
    await behind(town)
    await until(town, "2026-12-01", 7)
    town.telegram.faults = [NetworkError("down")] * 50
    await until(town, "2026-12-01", 8)
    assert len(town.telegram.faults) < 50
    await has_done(town, 10, "2026-12-01")
    town.telegram.faults = []
    await until(town, "2026-12-03")
    assert warnings(halyna) == []


async def test_a_warning_that_comes_late_says_so(halyna: Person, town: Town) -> None:
    await behind(town)
    await until(town, "2026-11-24")
    town.clock.at = datetime(2026, 12, 3, 12, tzinfo=UTC)
    await town.ticks()
    assert warnings(halyna)[0].startswith("This reminder comes later than it should. " + WARNING)
    assert len(warnings(halyna)) == 1


@pytest.mark.usefixtures("halyna")
async def test_a_month_before_the_end_staff_learn_it_once_and_on_mondays_who_is_past(town: Town) -> None:
    ivan = await town.staff("Ivan", "foster_care", language="en")
    await behind(town)
    await until(town, "2027-01-29")
    assert not any("training plan" in message.text for message in ivan.chat.sent)
    await until(town, "2027-02-05")
    soon = "1 carer has 30 days or less for the training plan, and hours are missing."
    assert [message.text for message in ivan.chat.sent if "training plan" in message.text] == [soon]
    await until(town, "2027-03-15", 5)
    over = "1 carer is past the deadline of the training plan."
    assert [message.text for message in ivan.chat.sent if "past the deadline" in message.text] == [over]
    await until(town, "2027-03-19")
    assert sum("past the deadline" in message.text for message in ivan.chat.sent) == 2
    await ivan.presses("Who is behind")
    await ivan.presses("Halyna · 20 of 30 hours · the deadline was 01.03.2027")
    assert "The deadline was 01.03.2027. Still to do: 10 hours." in ivan.last
    assert "Credited:\n23.11.2026 · 20 hours · taught elsewhere\n01.03.2025 · 30 hours · taught elsewhere" in ivan.last


async def test_the_list_has_pages_and_says_whom_messages_do_not_reach(head: Person, town: Town) -> None:
    carers = [await town.carer(f"Carer {number}", "foster_parents") for number in range(10)]
    await carers[-1].blocks()
    await head.says("Trainings")
    await head.presses("Who is behind")
    assert sum("0 of 30 hours" in label for label in head.labels) == 8
    await head.presses("More ›")
    await head.presses("Carer 9 · 0 of 30 hours · by 23.11.2028")
    assert "The bot's messages do not reach this phone." in head.last
    await head.presses("‹ Back")
    await head.presses("More ›")
    await head.presses("‹ Before")
    assert "Carer 0 · 0 of 30 hours · by 23.11.2028" in head.labels


async def test_a_learner_who_left_is_behind_no_more(halyna: Person, head: Person, town: Town) -> None:
    await behind(town)
    await town.app.writer.transact(lambda tx: learners.leave(tx, 1, now=town.clock.at))
    await until(town, "2026-12-04")
    assert warnings(halyna) == []
    await head.says("Trainings")
    await head.presses("Who is behind")
    assert head.last == "Nobody has hours to do."
