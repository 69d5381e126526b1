"""Programmes: what they are, who is in their groups, and sessions that come again and again."""

from pathlib import Path

import pytest

from bot.core import sheets, training_table
from storage import imported
from storage.db import Transaction
from tests.people import Person, Town

REMINDERS = "kind IN ('training_week', 'training_day', 'training_hours') AND done_at IS NULL"


@pytest.fixture
async def halyna(town: Town) -> Person:
    return await town.carer("Halyna", "foster_parents", language="en")


@pytest.fixture
async def nadia(town: Town) -> Person:
    return await town.carer("Nadia", "foster_parents", language="en")


async def makes_programme(head: Person, title: str = "Attachment", audience: str = "Foster parents") -> None:
    await head.says("Trainings")
    await head.presses("Programmes")
    await head.presses("New programme")
    await head.says(title)
    await head.presses("Training for current carers")
    await head.presses(audience)
    await head.presses("4")
    await head.says("12.03.2025")
    await head.says("Oblast centre")
    await head.says("31.12.2028")
    await head.presses("Send")


async def plans(head: Person, repeats: str = "Once", times: str = "", *, day: str = "05.12", seats: str = "12") -> None:
    await head.presses("Plan a session")
    await head.says(day)
    await head.says("10:00")
    await head.says("Library hall")
    await head.says(seats)
    await head.presses(repeats)
    if times:
        await head.says(times)
    await head.presses("Send")


async def test_a_programme_says_what_it_is_by_whom_it_was_approved_and_how_long_it_holds(head: Person) -> None:
    await makes_programme(head)
    assert head.last == (
        "“Attachment”. Training for current carers, Foster parents. One session: 4 hours.\n"
        "Approved: 12.03.2025, Oblast centre.\nValid until 31.12.2028.\n\nNo sessions yet."
    )


async def test_a_session_of_a_programme_is_like_any_other(head: Person, halyna: Person, town: Town) -> None:
    await makes_programme(head)
    await plans(head)
    assert "“Attachment”: 1 session planned, 1 person invited." in head.last
    assert halyna.last == "Training “Attachment”, Sat 5 December, 10:00, 4 hours. Library hall. 12 seats."
    await halyna.presses("I will come")
    assert await town.count("due", REMINDERS) == 3
    await head.presses("To the programme")
    assert "Session 1 of 1: Sat 5 December, 10:00" in head.last


async def test_a_group_is_invited_and_nobody_else(head: Person, halyna: Person, nadia: Person) -> None:
    await makes_programme(head)
    await head.presses("New group")
    await head.says("Evening")
    assert head.last.startswith("Group “Evening”, “Attachment”: 0 learners.")
    await head.presses("Plan a session")
    await head.presses("✕ Cancel")
    await head.says("Trainings")
    await head.presses("Programmes")
    await head.presses("Attachment")
    await head.presses("Evening · 0 learners")
    await head.presses("Halyna")
    assert "1 learner" in head.last
    assert "✓ Halyna" in head.labels
    sent = len(nadia.chat.sent)
    await plans(head)
    assert "Training “Attachment”" in halyna.last
    assert len(nadia.chat.sent) == sent


async def test_a_long_list_for_a_group_has_pages(head: Person, town: Town) -> None:
    for number in range(11):
        await town.carer(f"Carer {number}", "foster_parents")
    await makes_programme(head)
    await head.presses("New group")
    await head.says("Evening")
    assert "Carer 7" in head.labels
    assert "Carer 8" not in head.labels
    await head.presses("More ›")
    await head.presses("Carer 10")
    assert "✓ Carer 10" in head.labels
    await head.presses("✓ Carer 10")
    assert "Carer 10" in head.labels
    await head.presses("‹ Before")
    assert "Carer 0" in head.labels


async def test_a_group_without_anybody_has_no_session(head: Person, town: Town) -> None:
    await makes_programme(head)
    await head.presses("New group")
    await head.says("Evening")
    assert "Nobody in this audience has joined the bot yet." in head.last
    await plans(head)
    assert "There is nobody in the group yet. Put somebody in first." in town.telegram.toasts
    assert await town.count("sessions") == 0


async def test_a_monthly_seminar_stays_on_its_weekday_and_invites_once(
    head: Person, halyna: Person, town: Town
) -> None:
    await makes_programme(head)
    sent = len(halyna.chat.sent)
    await plans(head, "Every month, the same weekday", "4")
    assert len(halyna.chat.sent) == sent + 1
    assert halyna.last == "“Attachment”, 4 sessions, 4 hours each. Library hall. Open a date to answer for it."
    opens = [label for label in halyna.heard[-1].buttons if "Attachment" in label]
    assert opens == [
        "Sat 5 December, 10:00 · Attachment (1/4)",
        "Sat 2 January, 10:00 · Attachment (2/4)",
        "Sat 6 February, 10:00 · Attachment (3/4)",
        "Sat 6 March, 10:00 · Attachment (4/4)",
    ]
    await halyna.presses(opens[1])
    await halyna.presses("I will come")
    assert halyna.last == "You will come: “Attachment (2/4)”, Sat 2 January, 10:00. Library hall."
    assert await town.count("due", REMINDERS) == 4 * 3


@pytest.mark.parametrize(("repeats", "second"), [("Every week", "12 December"), ("Every two weeks", "19 December")])
async def test_sessions_come_weekly_or_every_two_weeks(head: Person, halyna: Person, repeats: str, second: str) -> None:
    await makes_programme(head)
    await plans(head, repeats, "2")
    assert f"Sat {second}, 10:00 · Attachment (2/2)" in halyna.labels


async def test_a_programme_that_is_closed_is_in_no_list_and_its_sessions_stay(head: Person, halyna: Person) -> None:
    await makes_programme(head)
    await plans(head)
    await head.presses("To the programme")
    await head.presses("Close the programme")
    assert head.last == "The programme “Attachment” is closed. What is planned stays."
    await head.presses("‹ Back")
    assert head.last == "There are no programmes yet."
    await halyna.says("Visits and trainings")
    assert "Sat 5 December, 10:00 · Attachment" in halyna.labels


# From a table

TABLE = """programme,audience,title,starts_at,hours,place,capacity,invited,came,certificate
Attachment,foster_parents,Loss,2025-03-05T10:00,4,Hall,20,18,15,2025/001;2025/002
Attachment,foster_parents,Anger,2027-01-16T10:00,4,Hall,2,,,
"""


async def comes_from_a_table(town: Town, tmp_path: Path) -> None:
    file, now = tmp_path / "t.csv", town.clock.at
    file.write_text(TABLE, encoding="utf-8")
    rows = sheets.read(file.read_bytes(), training_table.table(town.app.centre, now), file="t.csv")

    def write(tx: Transaction) -> None:
        of = imported.begin(tx, now=now)
        known = imported.programmes_of(tx, rows, import_id=of, now=now)
        for row in rows:
            imported.put(tx, of, row, programme_id=known[row["programme"], row["audience"]])
        imported.finish(tx, of, now=now)

    await town.app.writer.transact(write)


async def test_what_came_from_a_table_tells_nobody_until_somebody_invites(
    head: Person, halyna: Person, town: Town, tmp_path: Path
) -> None:
    sent = len(halyna.chat.sent)
    await comes_from_a_table(town, tmp_path)
    await town.passes(hours=1)
    assert len(halyna.chat.sent) == sent
    await head.says("Trainings")
    await head.presses("Sat 16 January, 10:00 · Anger · to invite")
    assert head.last == "“Anger”, Sat 16 January, 10:00, 4 hours. Hall. 2 seats. Nobody is invited yet."
    await head.presses("Invite")
    assert halyna.last == "Training “Anger”, Sat 16 January, 10:00, 4 hours. Hall. 2 seats."
    await head.presses("To the programme")
    assert "Held before, from a table: 1 session. Came: 15." in head.last
    await head.says("Trainings")
    assert not any("to invite" in label for label in head.labels)


async def test_two_who_import_the_same_table_at_once_bring_it_once(town: Town) -> None:
    now = town.clock.at
    rows = sheets.read(TABLE.encode(), training_table.table(town.app.centre, now), file="t.csv")

    def both(tx: Transaction) -> None:
        begun = [imported.begin(tx, now=now) for _ in range(2)]
        for of in begun:
            known = imported.programmes_of(tx, rows, import_id=of, now=now)
            for row in rows:
                imported.put(tx, of, row, programme_id=known[row["programme"], row["audience"]])
        for of in begun:
            imported.finish(tx, of, now=now)

    await town.app.writer.transact(both)
    assert await town.count("imported_sessions") == len(rows)
    assert await town.count("programmes") == 1
