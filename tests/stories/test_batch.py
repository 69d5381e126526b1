"""What is entered by hand: true times and deadlines from them, one alert for a batch, and under a minute a case."""

from datetime import UTC, datetime

import pytest

from tests.people import Person, Town

A_PRESS, A_WORD, A_SCREEN = 1.3, 1.7, 0.7
"""Seconds: to find and press a button (Card, Moran and Newell's keystroke-level model: 1.1 + 0.2), to type a word on a
phone (36 words a minute, Palin and others 2019), for the next screen to come."""


async def enters(
    person: Person, *, urgency: str = "Urgent", received: str = "", district: str = "Centre", name: str = "Family"
) -> None:
    """A notice of the police."""
    await person.says("Enter a case")
    for label in (
        "Notice from another body",
        "More · 1/3 ›",
        "Police",
        urgency,
        "Yes",
        "Skip",
        district,
        "A family",
        "1",
    ):
        await person.presses(label)
    await person.says(name)
    await person.presses("Skip")
    await person.says("12 Shevchenka street")
    await person.presses("Skip")
    await person.presses("To the team, as the rules say")
    if received:
        await person.presses("Edit: Received")
        await person.says(received)
    await person.presses("Send")


@pytest.fixture
async def daria(town: Town) -> Person:
    return await town.staff("Daria", "dispatcher", language="en")


def alerts(person: Person, sent: int = 0) -> list[str]:
    return [message.text for message in person.chat.sent[sent:] if "case K-" in message.text.replace("Case", "case")]


async def test_the_time_is_now_unless_somebody_says_another(daria: Person, olena: Person, town: Town) -> None:
    await enters(daria)
    assert await town.count("cases", "reported_at = opened_at") == 1
    await olena.presses("Take")
    assert not olena.sees("Received")


async def test_deadlines_run_from_the_true_time(daria: Person, olena: Person, town: Town) -> None:
    await enters(daria, received="22.11 21:40")
    case = (await town.app.reader.look(lambda tx: tx.all("SELECT reported_at FROM cases")))[0]
    assert case["reported_at"] == datetime(2026, 11, 22, 19, 40, tzinfo=UTC)
    await olena.presses("Take")
    assert olena.sees("Reported Sun 22 November, 21:40")
    assert olena.sees("Urgent help on the spot: by 21:40.")


async def test_what_is_late_when_it_is_entered_is_one_task_at_once(
    daria: Person, olena: Person, head: Person, town: Town
) -> None:
    await enters(daria, received="20.11 18:00")
    await town.app.ticker.tick()
    await town.settles()
    assert await town.count("tasks", "kind = 'missed_deadline'") == 1
    assert await town.count("deadlines", "missed_at IS NOT NULL") == 5
    assert head.sees("Urgent help on the spot: was due by Sat 21 November, 18:00.")
    assert olena.last.startswith("Urgent case K-")
    assert "Take" in olena.heard[-1].buttons


async def test_a_weekend_of_notices_is_one_alert_to_each_and_says_how_many(
    daria: Person, olena: Person, petro: Person, town: Town
) -> None:
    before = len(olena.chat.sent), len(petro.chat.sent)
    for number in range(12):
        await enters(daria, received=f"22.11 {8 + number}:00", name=f"Family {number}")
        town.clock.at = town.clock.at.replace(minute=town.clock.at.minute + number % 2)
    assert len(alerts(olena, before[0])) == 1
    assert len(alerts(petro, before[1])) == 1
    assert "12 cases have been entered for you. The first:" in olena.last
    assert "11 more wait in the queue." in olena.last
    assert {"Take", "Queue"} <= olena.heard[-1].buttons.keys()
    assert await town.count("cases", "claimed_by IS NULL") == 12


async def test_when_the_first_is_taken_the_others_see_the_next(
    daria: Person, olena: Person, petro: Person, town: Town
) -> None:
    for number in range(3):
        await enters(daria, received="22.11 8:00", name=f"Family {number}")
    await olena.presses("Take")
    assert await town.count("cases", "id = 1 AND claimed_by IS NOT NULL") == 1
    assert "3 cases have been entered for you. The first:" in petro.last
    assert "1 more waits in the queue." in petro.last
    rest = next(message for message in reversed(olena.heard) if "have been entered for you" in message.text)
    assert "1 more waits in the queue." in rest.text
    assert "Take" in rest.buttons
    await petro.presses("Take")
    assert await town.count("cases", "id = 2 AND claimed_by IS NOT NULL") == 1


async def test_the_day_after_it_is_a_new_alert(daria: Person, olena: Person, town: Town) -> None:
    await enters(daria, received="22.11 8:00")
    town.clock.at = town.clock.at.replace(minute=11)
    sent = len(olena.chat.sent)
    await enters(daria, received="22.11 9:00")
    assert len(alerts(olena, sent)) == 1


async def test_what_burns_now_sounds_for_itself(daria: Person, olena: Person) -> None:
    await enters(daria, received="22.11 8:00")
    await enters(daria, received="22.11 9:00")
    sent = len(olena.chat.sent)
    await enters(daria)
    assert len(alerts(olena, sent)) == 1


async def test_another_team_and_another_colleague_are_another_batch(
    daria: Person, olena: Person, iryna: Person, town: Town
) -> None:
    other = await town.staff("Other", "dispatcher", language="en")
    await enters(daria, received="22.11 8:00")
    sent = len(olena.chat.sent)
    await enters(other, received="22.11 8:00")
    assert len(alerts(olena, sent)) == 1
    await enters(daria, urgency="Planned", received="22.11 8:00")
    assert "have been entered" not in olena.last
    assert iryna.chat.sent


async def test_who_is_called_for_the_first_time_in_a_batch_hears_it(daria: Person, town: Town) -> None:
    here = await town.staff("Here", "specialist", "center", language="en")
    there = await town.staff("There", "specialist", "sadovyi", language="en")
    await plain(daria, "Centre")
    sent = len(here.chat.sent), len(there.chat.sent)
    await plain(daria, "Sadovyi")
    assert len(here.chat.sent) == sent[0]
    assert there.last.startswith("Case K-")
    await plain(daria, "Sadovyi")
    assert "2 cases have been entered for you." in there.last


async def plain(daria: Person, district: str) -> None:
    await daria.says("Enter a case")
    for label in ("Somebody called or wrote", "Resident", "Planned", "No", "Skip", district, "A family", "0"):
        await daria.presses(label)
    for _ in range(4):
        await daria.presses("Skip")
    await daria.presses("To the team, as the rules say")
    await daria.presses("Send")


@pytest.mark.parametrize("received", ["", "22.11 21:40"])
async def test_a_case_is_entered_in_under_a_minute(daria: Person, received: str) -> None:
    """Counted, not felt: presses, typed words and screens, each with its time."""
    made = daria.presses_made
    await enters(daria, received=received, name="Olha Koval")
    presses = daria.presses_made - made + 1
    words = len(["Olha", "Koval", "12", "Shevchenka", "street"]) + len(received.split())
    screens = presses + 2 + bool(received)
    assert presses * A_PRESS + words * A_WORD + screens * A_SCREEN < 60


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("soon", "Please press “now” or write a time"),
        ("23:30", "That time has not come yet."),
        ("1.1.2020 10:00", "That is more than a year ago."),
        ("30.02 10:00", "Please press “now” or write a time"),
    ],
)
async def test_a_time_that_cannot_be_is_said_kindly(daria: Person, typed: str, says: str) -> None:
    await daria.says("Enter a case")
    for label in ("Found by a specialist", "Planned", "No", "Skip", "Centre", "A family", "0", *["Skip"] * 4):
        await daria.presses(label)
    await daria.presses("To the team, as the rules say")
    assert "Received: now" in daria.last
    await daria.presses("Edit: Received")
    await daria.says(typed)
    assert says in daria.last
    await daria.says("9:05")
    assert "Received: Mon 23 November, 9:05" in daria.last
    await daria.presses("Edit: Received")
    await daria.presses("now")
    assert "Received: now" in daria.last
