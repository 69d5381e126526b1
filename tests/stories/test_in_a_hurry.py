"""A trainer in a hurry, hours of the night, somebody who leaves: what must not follow from it."""

import pytest

from bot.core.buttons import Arrive, encode
from handlers import dismissal
from storage import cases, erasing, people, unreminded
from storage.db import Transaction
from tests.people import Person, Town
from tests.stories.test_broadcasts import ENGLISH, TEXT, got
from tests.stories.test_couples import adds
from tests.stories.test_forms import asks_for_help
from tests.stories.test_posters import drawn, prints  # noqa: F401 - a fixture
from tests.stories.test_programmes import makes_programme
from tests.stories.test_programmes import plans as plans_sessions
from tests.stories.test_trainings import invites

SESSION = "Sat 5 December, 10:00 · Attachment and loss"


async def opens(head: Person) -> None:
    await head.says("Trainings")
    await head.presses(SESSION)


async def moves(head: Person) -> None:
    await opens(head)
    await head.presses("Move")
    await head.says("19.12")
    await head.says("10:00")
    await head.presses("Send")


async def test_who_was_ticked_before_it_moved_has_not_come_to_it_yet(head: Person, town: Town) -> None:
    halyna = await town.carer("Halyna", language="en")
    await invites(head)
    await halyna.presses("I will come")
    await town.passes(days=11, hours=22)
    await opens(head)
    await head.presses("Who came")
    await head.presses("Everybody came")
    await moves(head)
    assert await town.count("seats", "came IS NOT NULL OR via IS NOT NULL") == 0
    await town.passes(days=15)
    await head.says("Trainings")
    await head.presses("Sat 19 December, 10:00 · Attachment and loss")
    await head.presses("Who came")
    await head.presses("Done")
    assert await town.count("credits") == 0


async def test_the_code_at_the_door_is_of_no_use_once_the_session_has_moved(
    head: Person,
    town: Town,
    drawn: list[dict[str, object]],  # noqa: F811 - the fixture
) -> None:
    halyna = await town.carer("Halyna", language="en")
    await adds(halyna)
    await invites(head)
    await town.passes(days=11, hours=22, minutes=50)
    await opens(head)
    start = await prints(head, "For the door", drawn)
    await halyna.says(f"/start {start}")
    assert "Vasyl" in halyna.labels
    await moves(head)
    await town.hears(halyna.pressing_data(encode(Arrive(1, 0))))
    assert await town.count("seats", "came IS NOT NULL") == 0


async def test_the_list_is_not_closed_before_it_begins(head: Person, town: Town) -> None:
    """Closed by a slip in the morning, everybody would have been missed, and nobody reminded any more."""
    halyna = await town.carer("Halyna", language="en")
    await invites(head)
    await halyna.presses("I will come")
    await town.passes(days=11, hours=20)
    await opens(head)
    await head.presses("Who came")
    sent = len(halyna.chat.sent)
    await head.presses("Done")
    assert town.telegram.toasts[-1] == "It begins at Sat 5 December, 10:00. The list can be closed from then on."
    await town.passes(hours=2)
    assert len(halyna.chat.sent) == sent + 1
    await town.passes(hours=2)
    await head.presses("Done")
    assert await town.count("sessions", "state = 'held'") == 1


async def test_several_dates_planned_at_night_wait_for_the_morning_as_one_does(head: Person, town: Town) -> None:
    halyna = await town.carer("Halyna", language="en")
    await town.passes(hours=12)
    await makes_programme(head)
    sent = len(halyna.chat.sent)
    await plans_sessions(head, "Every week", "3")
    assert len(halyna.chat.sent) == sent
    await town.passes(hours=10)
    assert len(halyna.chat.sent) == sent + 1


async def quiet_from_six(person: Person) -> None:
    await person.says("Visits and trainings")
    await person.presses("Quiet hours")
    await person.presses("Other hours")
    await person.says("18:00")
    await person.says("9:00")


async def test_an_invitation_and_a_broadcast_keep_to_her_own_hours(head: Person, town: Town) -> None:
    halyna = await town.carer("Halyna", language="en")
    await quiet_from_six(halyna)
    await town.passes(hours=7.5)
    sent = len(halyna.chat.sent)
    await invites(head)
    await head.says("Broadcast")
    await head.presses("To carers")
    await head.presses("Foster parents")
    await head.says(TEXT)
    await head.says(ENGLISH)
    await head.presses("As soon as I say so")
    await head.presses("Show how it will look")
    await head.presses("Send")
    await town.passes(hours=1)
    assert len(halyna.chat.sent) == sent
    await town.passes(hours=14)
    assert len(halyna.chat.sent) == sent + 2
    assert got(halyna) == [ENGLISH]


@pytest.mark.safety("S22")
async def test_erasing_a_case_takes_no_unfinished_form_of_something_else_of_that_number(
    ana: Person, head: Person, town: Town
) -> None:
    await asks_for_help(ana)
    await ana.presses("Send")
    await invites(head)
    await head.presses("More")
    await head.presses("Change the seats")
    assert await town.count("cases", "id = 1") == await town.count("sessions", "id = 1") == 1

    def erases(tx: Transaction) -> None:
        case = cases.by_id(tx, 1)
        assert case is not None
        unreminded.note(tx, "visit", 1, 1, "visit_day", now=town.clock.at)
        tx.run("INSERT INTO visits (id, case_id, specialist_id, kind, starts_at, state, planned_at, attempt) "
               "VALUES (1, 1, 1, 'x', :now, 'planned', :now, 1)", now=town.clock.at)  # fmt: skip
        erasing.erase(tx, case, now=town.clock.at)

    await town.app.writer.transact(erases)
    await head.says("30")
    await head.presses("Send")
    assert await town.count("sessions", "capacity = 30") == 1
    assert await town.count("unreminded") == 0


@pytest.mark.safety("S29")
async def test_who_has_everything_erased_is_named_by_no_row_of_trainings(head: Person, town: Town) -> None:
    halyna = await town.carer("Halyna", language="en")
    await invites(head)
    await halyna.presses("I will come")
    me = await town.app.writer.transact(
        lambda tx: people.meet(tx, halyna.id, kind="private", language="en", now=town.clock.at)
    )
    await town.app.writer.transact(
        lambda tx: unreminded.note(tx, "training", 1, me.id, "training_day", now=town.clock.at)
    )
    await halyna.says("/mydata")
    await halyna.presses("Erase what is held about me")
    await halyna.presses("Yes, erase")
    sent = len(halyna.chat.sent)
    await town.passes(days=14)
    for table in ("learners", "seats", "feeds", "subscribers", "broadcast_people", "unreminded"):
        assert await town.count(table, f"person_id = {me.id}") == 0
    assert await town.count("members") == 0
    assert not [each.text for each in halyna.chat.sent[sent:] if "Soon" in each.text]


@pytest.mark.safety("S28")
async def test_what_a_dismissed_colleague_was_about_to_send_is_the_heads_to_stop(head: Person, town: Town) -> None:
    halyna = await town.carer("Halyna", language="en")
    oksana = await town.staff("Oksana", "foster_care", language="en")
    await oksana.says("Broadcast")
    await oksana.presses("To carers")
    await oksana.presses("Foster parents")
    await oksana.says(TEXT)
    await oksana.says(ENGLISH)
    await oksana.presses("Later")
    await oksana.says("25.11")
    await oksana.says("12:00")
    await oksana.presses("Show how it will look")
    await oksana.presses("Plan it")

    def dismisses(tx: Transaction) -> None:
        her = people.meet(tx, oksana.id, kind="private", language="en", now=town.clock.at)
        dismissal.revoke(tx, her.id, now=town.clock.at)

    await town.app.writer.transact(dismisses)
    await town.passes(minutes=15)
    assert head.last == "Broadcast no. 1 goes Wed 25 November, 12:00."
    await head.presses("Send to me")
    assert got(head) == [ENGLISH]
    await head.presses("Call it off")
    await town.passes(days=3)
    assert got(halyna) == []
