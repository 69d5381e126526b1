"""Who came: said in a minute, closed, corrected within a day; whoever was missed is asked once, kindly."""

import pytest

from bot.core import texts
from bot.core.buttons import Arrive, Teach, encode
from bot.core.events import Refused
from bot.core.whom import Asker
from handlers import attendance, dismissal
from storage import learners, people, trainings
from storage.db import Transaction
from tests.people import Person, Town
from tests.stories.test_trainings import invites

DAY = {"days": 12}  # Saturday, 5 December, 11:00: an hour after the beginning
ASKS = (
    "We missed you at “Attachment and loss”, Sat 5 December, 10:00. If you wish, tell us what got in the way. "
    "It helps us to choose better days."
)


async def comes(town: Town, head: Person, *names: str) -> list[Person]:
    found = [await town.carer(name, language="en") for name in names]
    await invites(head)
    for each in found:
        await each.presses("I will come")
    return found


async def opens(head: Person, title: str = "Sat 5 December, 10:00 · Attachment and loss") -> None:
    await head.says("Trainings")
    await head.presses(title)


async def test_the_trainer_says_who_came_in_a_few_presses(head: Person, town: Town) -> None:
    _, nadia, _ = await comes(town, head, "Halyna", "Nadia", "Roman")
    await town.passes(**DAY)
    await opens(head)
    await head.presses("Who came")
    assert head.last == "“Attachment and loss”, Sat 5 December, 10:00. Who came? Marked: 0, with a seat: 3."
    await head.presses("Nadia")
    assert "✓ Nadia" in head.labels
    await head.presses("✓ Nadia")
    assert "✓ Nadia" not in head.labels
    await head.presses("Halyna")
    await head.presses("Roman")
    await head.presses("Done")
    assert head.last == (
        "“Attachment and loss”, Sat 5 December, 10:00. Came: 2, missed: 1.\n\n"
        "Until Sun 6 December, 11:00 you can correct it."
    )
    assert await town.count("sessions", "state = 'held'") == 1
    sent = len(nadia.chat.sent)
    await town.passes(hours=23)
    assert len(nadia.chat.sent) == sent
    await town.passes(hours=2)
    assert [message.text for message in nadia.chat.sent[sent:]] == [ASKS]
    await nadia.presses("Illness")
    assert nadia.last == "Thank you, noted."
    await opens_closed(head, town)
    assert head.last.endswith("Came: 2. Missed: 1.\nWhy missed: Illness: 1.")


async def opens_closed(head: Person, town: Town) -> None:
    """By the button that was there before: closed ones leave the list after a day."""
    sessions = await town.app.reader.look(lambda tx: tx.all("SELECT id, version FROM sessions"))
    data = encode(Teach(sessions[0]["id"], sessions[0]["version"], "show"))
    await town.hears(head.pressing_data(data))


async def test_everybody_came_is_one_press(head: Person, town: Town) -> None:
    await comes(town, head, "Halyna", "Nadia")
    await town.passes(**DAY)
    await opens(head)
    for label in ("Who came", "Everybody came", "Done"):
        await head.presses(label)
    assert await town.count("seats", "came = 'yes' AND via = 'trainer'") == 2


async def test_before_its_day_nobody_can_say_who_came(head: Person, town: Town) -> None:
    await comes(town, head, "Halyna")
    await opens(head)
    assert "Who came" not in head.labels


async def test_whoever_came_without_a_seat_is_added(head: Person, town: Town) -> None:
    await comes(town, head, "Halyna")
    await town.carer("Olha", language="en")
    await town.passes(**DAY)
    await opens(head)
    for label in ("Who came", "Somebody came without a seat", "Olha"):
        await head.presses(label)
    assert {"Halyna", "✓ Olha"} <= set(head.labels)
    await head.presses("Somebody came without a seat")
    assert head.last == "Everybody in this audience is on the list."


async def test_a_long_list_has_pages(head: Person, town: Town) -> None:
    await comes(town, head, *(f"Carer {n:02}" for n in range(12)))
    await town.passes(**DAY)
    await opens(head)
    await head.presses("Who came")
    assert "Carer 09" in head.labels
    assert "Carer 10" not in head.labels
    await head.presses("More ›")
    await head.presses("Carer 11")
    assert {"Carer 10", "✓ Carer 11"} <= set(head.labels)


async def test_within_a_day_it_can_be_corrected_and_nobody_is_asked_wrongly(head: Person, town: Town) -> None:
    halyna, _ = await comes(town, head, "Halyna", "Nadia")
    await town.passes(**DAY)
    await opens(head)
    for label in ("Who came", "Nadia", "Done", "Correct it", "Halyna", "Done"):
        await head.presses(label)
    assert await town.count("seats", "came = 'yes'") == 2
    sent = len(halyna.chat.sent)
    old = head.pressing("Correct it")
    await town.passes(days=3)
    assert len(halyna.chat.sent) == sent
    await town.hears(old)
    assert town.telegram.toasts[-1] == "This was closed more than a day ago and cannot be corrected here."


async def test_what_nobody_closes_is_a_task_on_monday_and_the_heads_on_wednesday(head: Person, town: Town) -> None:
    sofia = await town.staff("Sofia", "foster_care", language="en")
    await town.carer("Halyna", language="en")
    await invites(sofia)
    await town.passes(days=13, hours=20)  # Monday, 7 December, 7:00
    told = "The training of Sat 5 December, 10:00 is over. Please say who came."
    assert not any(told in message.text for message in sofia.chat.sent)
    await town.passes(hours=2)
    assert sofia.last == told
    await sofia.says("My day")
    assert "Say who came to the training · " in sofia.last
    left = "The training of Sat 5 December, 10:00: nobody has said yet who came. It is with Sofia."
    await town.passes(days=1)
    assert not head.sees(left)
    await town.passes(days=1)
    assert head.sees(left)
    await sofia.presses("Open the training")
    for label in ("Who came", "Done"):
        await sofia.presses(label)
    assert await town.count("tasks", "kind = 'close_training' AND done_at IS NULL") == 0


async def test_a_moved_training_is_not_asked_about_at_its_old_time(head: Person, town: Town) -> None:
    await comes(town, head, "Halyna")
    await head.presses("Move")
    for word in ("19.12", "10:00"):
        await head.says(word)
    await head.presses("Send")
    await town.passes(days=15)
    assert await town.count("tasks", "kind = 'close_training'") == 0


async def test_an_empty_training_and_one_that_has_begun_say_so(head: Person, town: Town) -> None:
    halyna = await town.carer("Halyna", language="en")
    await invites(head)
    await opens(head)
    await head.presses("Who answered")
    assert head.last == "Nobody has answered yet."
    await town.passes(**DAY)
    await town.hears(halyna.pressing("I will come"))
    assert halyna.last == "The training “Attachment and loss”, Sat 5 December, 10:00, has begun already."
    assert await town.count("seats", "answer IS NOT NULL") == 0


async def test_the_page_tells_of_the_line_and_of_those_who_fell_silent(head: Person, town: Town) -> None:
    found = [await town.carer(name, language="en") for name in ("Halyna", "Nadia", "Roman", "Vira", "Olha")]
    await invites(head, seats="1")
    await found[0].presses("I will come")
    for each in found[1:4]:
        await each.says("Visits and trainings")
        await each.presses("Sat 5 December, 10:00 · Attachment and loss")
        await each.presses("Wait for a seat")
    await found[4].presses("Another date")
    await opens(head)
    assert head.last.endswith("Can't: 1. No answer yet: 0.\nWaiting for a seat: 3.\nWould like another date: 1.")
    await town.passes(days=11, hours=6)
    await opens(head)
    await head.presses("Who answered")
    assert "Is offered a seat until Fri 4 December, 21:00: Nadia" in head.last
    await town.passes(hours=5)
    await opens(head)
    await head.presses("Who answered")
    assert head.last.splitlines()[1:] == [
        "Waits: Roman",
        "Waits: Vira",
        "Can't: Halyna (did not confirm)",
        "Can't: Nadia (did not answer the offer)",
        "Can't: Olha (another date)",
    ]
    await found[0].says("/mydata")
    assert "Noted as the reason: did not confirm" in found[0].read
    await town.passes(hours=10, minutes=30)
    for each in found[2:4]:
        assert each.last.startswith("There is a free seat after all: “Attachment and loss”, Sat 5 December, 10:00.")
    await town.hears(*(each.pressing("I will come") for each in (found[3], found[2])))
    assert found[3].last.startswith("You will come")
    assert await town.count("seats", "answer = 'yes'") == 1


async def test_whoever_could_not_be_reminded_is_counted_on_the_page(head: Person, town: Town) -> None:
    (halyna,) = await comes(town, head, "Halyna")
    town.telegram.chats[halyna.id].blocked = True
    await town.passes(days=6)
    await opens(head)
    assert head.last.endswith("Could not be reached: 1 person.")


async def test_what_is_noted_of_somebodys_coming_stands_in_their_file(head: Person, town: Town) -> None:
    halyna, nadia = await comes(town, head, "Halyna", "Nadia")
    await town.passes(**DAY)
    await opens(head)
    for label in ("Who came", "Halyna", "Done"):
        await head.presses(label)
    for each, said in ((halyna, "You were there"), (nadia, "You were not there")):
        await each.says("/mydata")
        assert said in each.read


async def scans(town: Town, person: Person) -> None:
    """The code at the door was read: what its handler says reaches the phone."""

    def at_the_door(tx: Transaction) -> None:
        me = people.meet(tx, person.id, kind="private", language="uk", now=town.clock.at)
        here = town.app.desk.here(tx, town.clock.at, asker=Asker(me.id), typed=True)
        session = trainings.by_id(tx, 1)
        assert session is not None
        town.app.desk.write(tx, attendance.arrived(here, me, session), now=town.clock.at)

    await town.app.writer.transact(at_the_door)
    await town.settles()


async def test_the_code_at_the_door_marks_whoever_reads_it(head: Person, town: Town) -> None:
    halyna, _ = await comes(town, head, "Halyna", "Nadia")
    olha = await town.carer("Olha", language="en")
    await town.passes(**DAY)
    for each in (halyna, olha):
        await scans(town, each)
        assert each.last == "Noted, you are here: “Attachment and loss”, Sat 5 December, 10:00."
    await opens(head)
    await head.presses("Who came")
    assert {"✓ Halyna", "Nadia", "✓ Olha"} <= set(head.labels)
    await head.presses("Done")
    with pytest.raises(Refused) as refused:
        await scans(town, halyna)
    assert refused.value.line == texts.DOOR_CLOSED


@pytest.mark.parametrize(("says", "came"), [("Ivan", 1), ("All of us", 2)])
async def test_of_two_at_one_phone_it_is_asked_who_is_there(head: Person, town: Town, says: str, came: int) -> None:
    (halyna,) = await comes(town, head, "Halyna")

    def second(tx: Transaction) -> None:
        me = people.meet(tx, halyna.id, kind="private", language="uk", now=town.clock.at)
        learners.name(tx, learners.of_person(tx, me.id)[0].id, "Halyna")
        learners.add(tx, me.id, "Ivan", now=town.clock.at)

    await town.app.writer.transact(second)
    await town.passes(**DAY)
    forged = halyna.pressing_data(encode(Arrive(1, 0)))
    await town.hears(forged)
    assert await town.count("seats", "came = 'yes'") == 0
    await scans(town, halyna)
    assert halyna.last == "“Attachment and loss”, Sat 5 December, 10:00. Who of you is here?"
    await halyna.presses(says)
    assert await town.count("seats", "came = 'yes' AND via = 'door'") == came


async def test_the_page_tells_how_the_training_stands_and_who_answered_what(head: Person, town: Town) -> None:
    _, nadia, roman, vira = await comes(town, head, "Halyna", "Nadia", "Roman", "Vira")
    await town.carer("Olha", language="en")
    await nadia.presses("I can't")
    await nadia.presses("Work")
    await roman.presses("I can't")
    await vira.presses("I can't")
    await opens(head)
    assert head.last == (
        "“Attachment and loss”, Sat 5 December, 10:00. Will come: 1 of 12. Can't: 3. No answer yet: 0.\n"
        "Why not: not said: 2, Work: 1."
    )
    await head.presses("Who answered")
    assert head.last == (
        "Sat 5 December, 10:00 · Attachment and loss\nComes: Halyna\nCan't: Nadia (Work)\nCan't: Roman\nCan't: Vira"
    )


async def test_more_seats_go_to_those_who_wait(head: Person, town: Town) -> None:
    found = [await town.carer(name, language="en") for name in ("Halyna", "Nadia", "Roman")]
    await invites(head, seats="1")
    await found[0].presses("I will come")
    for each in found[1:]:
        await each.says("Visits and trainings")
        await each.presses("Sat 5 December, 10:00 · Attachment and loss")
        await each.presses("Wait for a seat")
    await opens(head)
    await head.presses("More")
    await head.presses("Change the seats")
    await head.says("2")
    await head.presses("Send")
    assert "A seat is free" in found[1].last
    assert "A seat is free" not in found[2].last
    await head.presses("Change the seats")
    await head.says("1")
    await head.presses("Send")
    assert town.telegram.toasts[-1].startswith("More people than that have a seat already")


async def test_what_else_is_known_stands_behind_more(head: Person, town: Town) -> None:
    await town.staff("Sofia", "foster_care", language="en")
    (halyna,) = await comes(town, head, "Halyna")
    await opens(head)
    await head.presses("More")
    for label in ("Kind ›", "Seminar for guardians", "Who holds it ›", "Sofia"):
        await head.presses(label)
    assert "Kind: Seminar for guardians\nHolds it: Sofia" in head.last
    await head.presses("District ›")
    await head.presses("Centre")
    assert "District: Centre" in head.last
    await head.presses("A link to join")
    await head.says("meet.example/17")
    await head.presses("Send")
    assert "To join: meet.example/17" in head.last
    await head.presses("Write to those who come")
    await head.says("Please bring a pencil")
    await head.presses("Send")
    assert halyna.last == "“Attachment and loss”, Sat 5 December, 10:00. From whoever holds it: Please bring a pencil"
    await halyna.says("Visits and trainings")
    await halyna.presses("Sat 5 December, 10:00 · Attachment and loss")
    assert halyna.last.endswith("To join: meet.example/17")
    await halyna.presses("I can't")
    assert "meet.example" not in halyna.last


async def test_a_training_makes_up_for_one_that_was_called_off(head: Person, town: Town) -> None:
    await comes(town, head, "Halyna")
    await head.presses("Cancel it")
    await invites(head, day="12.12")
    await opens(head, "Sat 12 December, 10:00 · Attachment and loss")
    await head.presses("More")
    await head.presses("Makes up for ›")
    await head.presses("Sat 5 December, 10:00 · Attachment and loss")
    assert head.last.endswith("Makes up for: Attachment and loss, Sat 5 December, 10:00")
    await head.presses("Makes up for ›")
    await head.presses("For none")
    assert "Makes up for" not in head.last


async def test_what_a_dismissed_trainer_held_is_the_heads(head: Person, town: Town) -> None:
    sofia = await town.staff("Sofia", "foster_care", language="en")
    await town.carer("Halyna", language="en")
    await invites(sofia)

    def ends(tx: Transaction) -> None:
        gone = people.found(tx, sofia.id)
        assert gone is not None
        dismissal.revoke(tx, gone.id, now=town.clock.at)

    await town.app.writer.transact(ends)
    await town.ticks()
    assert head.sees("You hold the training of Sat 5 December, 10:00 now.")
    await town.passes(days=14)
    assert head.sees("The training of Sat 5 December, 10:00 is over. Please say who came.")
