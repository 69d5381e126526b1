"""Hours are credited to whoever came: once, with one number, and taken back when the list was wrong."""

import asyncio
from datetime import UTC, datetime

import pytest

from bot.core.events import Message
from handlers import credits
from storage import credits as credited
from storage import seats, trainings
from storage.db import Transaction, Writer
from storage.seal import unseal
from tests.people import Person, Town
from tests.stories.test_trainings import invites


@pytest.fixture
async def halyna(town: Town) -> Person:
    return await town.carer("Halyna", "foster_parents", language="en")


async def closes(town: Town, *came: str, session_id: int = 1, reopens: bool = False) -> None:
    """The trainer has said for each, in the order of their joining, whether they came."""

    def close(tx: Transaction) -> list[Message]:
        here = town.app.desk.here(tx, town.clock.at)
        session = trainings.by_id(tx, session_id)
        assert session is not None
        said: list[Message] = credits.reopened(here, session) if reopens else []
        for seat, word in zip(seats.of_session(tx, session_id), came, strict=False):
            tx.run("UPDATE seats SET came = :came WHERE id = :id", came=word, id=seat.id)
        said += credits.credit(here, session)
        town.app.desk.write(tx, said, now=town.clock.at)
        return said

    await town.app.writer.transact(close)
    await town.settles()


async def numbers(town: Town) -> list[str]:
    rows = await town.app.reader.look(lambda tx: tx.all("SELECT certificate FROM credits ORDER BY id"))
    key = town.app.writer.vault.derived(credited.PURPOSE)
    return [str(unseal(key, row["certificate"], of=credited.CERTIFICATE)) for row in rows if row["certificate"]]


async def test_whoever_came_has_hours_a_number_and_what_is_left(head: Person, halyna: Person, town: Town) -> None:
    nadia = await town.carer("Nadia", "foster_parents", language="en")
    await invites(head)
    await town.passes(days=13)
    sent = len(nadia.chat.sent)
    await closes(town, "yes", "no")
    assert halyna.last == (
        "Credited: “Attachment and loss”, 4 hours. Certificate no. 2026/001.\n"
        "█░░░░░░░░░ 4 of 30 hours\nTo do: 26 hours by 23.11.2028.\nThe centre has not checked this norm yet."
    )
    assert len(nadia.chat.sent) == sent


async def test_closing_twice_credits_once(head: Person, halyna: Person, town: Town) -> None:
    await invites(head)
    await town.passes(days=13)
    await closes(town, "yes")
    sent = len(halyna.chat.sent)
    await closes(town, "yes")
    assert len(halyna.chat.sent) == sent
    assert await town.count("credits") == 1
    assert await numbers(town) == ["2026/001"]


async def test_a_list_that_was_wrong_takes_the_hours_back_and_says_so(head: Person, halyna: Person, town: Town) -> None:
    await invites(head)
    await town.passes(days=13)
    await closes(town, "yes")
    await closes(town, "no", reopens=True)
    assert "these hours are not credited" in halyna.last
    assert await town.count("credits", "undone_at IS NULL") == 0
    await closes(town, "yes", reopens=True)
    assert halyna.last.startswith("Credited: “Attachment and loss”, 4 hours. Certificate no. 2026/001.")
    assert await numbers(town) == ["2026/001"]


async def test_while_the_list_is_open_again_nothing_counts(head: Person, halyna: Person, town: Town) -> None:
    await invites(head)
    await town.passes(days=13)
    await closes(town, "yes")

    def reopen(tx: Transaction) -> None:
        session = trainings.by_id(tx, 1)
        assert session is not None
        here = town.app.desk.here(tx, town.clock.at)
        town.app.desk.write(tx, credits.reopened(here, session), now=town.clock.at)

    await town.app.writer.transact(reopen)
    await town.settles()
    assert halyna.last.endswith("the list of those who came is being checked. We will write what stays credited.")
    await halyna.says("Visits and trainings")
    await halyna.presses("My plan")
    assert "0 of 30 hours" in halyna.last


async def test_numbers_have_no_gap_and_no_double_where_two_programs_credit_at_once(town: Town) -> None:
    """Two connections, each taking fifty numbers of one year, some of them in vain."""

    def take(tx: Transaction) -> int:
        return credited.next_number(tx, 2026)

    def in_vain(tx: Transaction) -> int:
        credited.next_number(tx, 2026)
        raise LookupError

    async with Writer(town.settings.database, town.app.writer.vault) as other:
        both = [
            writer.transact(work) for _ in range(50) for writer in (town.app.writer, other) for work in (take, in_vain)
        ]
        taken = await asyncio.gather(*both, return_exceptions=True)
    assert sorted(number for number in taken if isinstance(number, int)) == list(range(1, 101))


async def test_another_year_begins_with_one(head: Person, halyna: Person, town: Town) -> None:
    await invites(head)
    await head.says("Trainings")
    await town.passes(days=13)
    await closes(town, "yes")
    town.clock.at = datetime(2027, 1, 10, 9, tzinfo=UTC)
    await town.ticks()
    await head.says("Trainings")
    await head.presses("New training")
    for words in ("Anger", "Foster parents", "16.01", "10:00", "4", "Hall", "12"):
        await head.says(words)
    await head.presses("Send")
    await town.passes(days=7)
    await closes(town, "yes", session_id=2)
    assert await numbers(town) == ["2026/001", "2027/001"]
    assert "8 of 30 hours" in halyna.last


async def test_hours_from_elsewhere_are_entered_on_her_card(head: Person, halyna: Person) -> None:
    await head.says("Trainings")
    await head.presses("Who is behind")
    await head.presses("Halyna · 0 of 30 hours · by 23.11.2028")
    await head.presses("Hours from elsewhere")
    await head.says("72")
    await head.says("01.12.2027")
    assert "That day is still ahead." in head.last
    await head.says("12.03.2025")
    await head.says("77-A")
    await head.says("Oblast centre")
    await head.presses("Send")
    assert head.last == "Noted: 72 hours, 12.03.2025."
    await head.presses("To the learner")
    assert "12.03.2025 · 72 hours · Oblast centre, no. 77-A" in head.last
    assert "To do: 30 hours by 12.03.2027." in head.last
    await halyna.says("Visits and trainings")
    await halyna.presses("My plan")
    assert "The plan was completed on 12.03.2025; the next one has begun." in halyna.last


@pytest.mark.safety("S29")
async def test_her_data_has_her_hours_and_erasing_leaves_only_figures(head: Person, halyna: Person, town: Town) -> None:
    await invites(head)
    await town.passes(days=13)
    await closes(town, "yes")
    await halyna.says("/mydata")
    assert "05.12.2026 · 4 hours · Attachment and loss, no. 2026/001" in halyna.read
    await halyna.presses("Erase what is held about me")
    await halyna.presses("Yes, erase")
    await town.passes(days=15)
    assert await town.count("learners") == 0
    assert await town.count("credits", "hours = 4 AND learner_id IS NULL AND certificate IS NULL") == 1


async def test_the_trainer_closes_the_list_and_whoever_came_is_credited(
    head: Person, halyna: Person, town: Town
) -> None:
    await invites(head)
    await halyna.presses("I will come")
    town.clock.at = datetime(2026, 12, 5, 8, 30, tzinfo=UTC)
    await town.ticks()
    await head.says("Trainings")
    await head.presses("Sat 5 December, 10:00 · Attachment and loss")
    for label in ("Who came", "Halyna", "Done"):
        await head.presses(label)
    assert "Credited: “Attachment and loss”, 4 hours. Certificate no. 2026/001." in halyna.last
    await head.presses("Correct it")
    assert halyna.last.endswith("We will write what stays credited.")
    await head.presses("✓ Halyna")
    await head.presses("Done")
    assert "these hours are not credited" in halyna.last
