"""«Another time»: what is free is offered, and a press moves the visit; nobody is promised to two at once."""

from datetime import UTC, date, datetime, timedelta
from itertools import combinations

import pytest

from bot.core.buttons import Slot, decode, encode
from storage import people, rosters, visits
from storage.db import Row, Transaction
from tests.people import Person, Town
from tests.stories.test_forms import asks_for_help
from tests.stories.test_recurring import repeats
from tests.stories.test_visits import plans

NONE = "None of these"


async def has_a_visit(person: Person, iryna: Person, day: str = "27", time: str = "14:00") -> None:
    """Somebody who may be written to; Iryna comes."""
    await asks_for_help(person)
    await person.presses("Send")
    await iryna.presses("Take")
    await iryna.presses("Plan a visit")
    await plans(iryna, day, time)


@pytest.fixture
async def planned(ana: Person, iryna: Person) -> None:
    await has_a_visit(ana, iryna)


@pytest.fixture
async def borys(town: Town) -> Person:
    """Another resident."""
    borys = town.person("Borys")
    await borys.says("/start")
    await borys.speaks("en")
    await borys.says("/start")
    return borys


def offered(person: Person) -> list[str]:
    return [label for label in person.heard[-1].buttons if label != NONE]


async def starts(town: Town) -> list[datetime]:
    rows: list[Row] = await town.app.reader.look(
        lambda tx: tx.all("SELECT starts_at FROM visits WHERE state = 'planned' ORDER BY id")
    )
    return [row["starts_at"] for row in rows]


@pytest.mark.usefixtures("planned")
async def test_six_times_on_six_days_are_offered(ana: Person, iryna: Person) -> None:
    await ana.presses("Another time")
    assert ana.last == "Which time suits you?"
    assert offered(ana) == [
        "Tue 24 November, 10:00",
        "Wed 25 November, 14:00",
        "Thu 26 November, 17:00",
        "Fri 27 November, 12:00",
        "Mon 30 November, 10:00",
        "Tue 1 December, 14:00",
    ]
    assert "asks for another time instead of Fri 27 November, 14:00" in iryna.last


@pytest.mark.usefixtures("planned")
async def test_a_press_moves_the_visit_and_both_know(ana: Person, iryna: Person, town: Town) -> None:
    await ana.presses("Another time")
    standing = len(ana.heard)
    await ana.presses("Wed 25 November, 14:00")
    assert ana.last == "Agreed. A specialist will come to you: Wed 25 November, 14:00."
    assert len(ana.heard) == standing
    assert "has chosen another time, Wed 25 November, 14:00" in iryna.last
    assert await town.count("visits", "version = 2 AND answer = 'home'") == 1
    await town.passes(days=5)
    heard = [message.text for message in (*ana.chat.sent, *iryna.chat.sent)]
    assert any("tomorrow: Wed 25 November, 14:00" in text for text in heard)
    assert any(text.startswith("Tomorrow, Wed 25 November, 14:00") for text in heard)
    assert not any("omorrow, Fri 27" in text or "tomorrow: Fri 27" in text for text in heard)


async def test_of_two_who_press_the_same_time_one_gets_it(
    ana: Person, borys: Person, iryna: Person, town: Town
) -> None:
    await has_a_visit(ana, iryna)
    await has_a_visit(borys, iryna, "27", "16:00")
    await ana.presses("Another time")
    await borys.presses("Another time")
    label = "Tue 24 November, 10:00"
    await town.hears(ana.pressing(label), borys.pressing(label))
    assert ana.last == f"Agreed. A specialist will come to you: {label}."
    assert borys.last == "That time has just been taken.\n\nWhich time suits you?"
    assert label not in offered(borys)
    assert await town.count("visits", "version = 2") == 1
    await borys.presses(offered(borys)[0])
    assert borys.last.startswith("Agreed. A specialist will come to you:")


async def test_fifty_who_choose_at_once_are_promised_to_nobody_twice(town: Town) -> None:
    """Whatever the order in which they press, no two visits of one specialist are within an hour of one another."""
    at = datetime(2026, 12, 1, 8, tzinfo=UTC)

    def crowd(tx: Transaction) -> None:
        goes = people.meet(tx, 900, kind="private", language="uk", now=town.clock.at).id
        for n in range(50):
            first = visits.plan(
                tx, 1000 + n, by=goes, kind="support_visit", starts_at=at - timedelta(days=9 + n), now=at
            )
            visits.move_to_slot(
                tx, first.id, version=1, starts_at=at + timedelta(minutes=30 * (n % 7)), lasts=timedelta(hours=1)
            )

    await town.app.writer.execute("PRAGMA foreign_keys = OFF")
    await town.app.writer.transact(crowd)
    taken = [each for each in await starts(town) if each >= at]
    assert len(taken) == 4
    assert all(abs(one - other) >= timedelta(hours=1) for one, other in combinations(taken, 2))


@pytest.mark.usefixtures("planned")
async def test_when_nothing_suits_the_specialist_has_a_task(ana: Person, iryna: Person, town: Town) -> None:
    await ana.presses("Another time")
    await ana.presses(NONE)
    assert ana.last == "Understood. The specialist will offer another time."
    assert "no other time suits instead of Fri 27 November, 14:00" in iryna.last
    assert await town.count("tasks", "kind = 'call' AND done_at IS NULL") == 1
    await town.passes(days=1)
    assert any(each.text.endswith("Call") for each in iryna.heard)


@pytest.mark.usefixtures("planned")
async def test_a_time_of_an_earlier_version_moves_nothing(ana: Person, iryna: Person, town: Town) -> None:
    await ana.presses("Another time")
    old = ana.pressing("Tue 24 November, 10:00")
    await iryna.presses("Move")
    await plans(iryna, "30", "10:00")
    await town.hears(old)
    assert [f"{each:%m-%d %H:%M}" for each in await starts(town)] == ["11-30 08:00"]
    assert ana.last == "A specialist will come to you: Mon 30 November, 10:00."


@pytest.mark.usefixtures("planned")
async def test_after_the_visit_was_called_off_a_time_moves_nothing(ana: Person, iryna: Person, town: Town) -> None:
    await ana.presses("Another time")
    old = ana.pressing("Tue 24 November, 10:00")
    await iryna.presses("Cancel it")
    await town.hears(old)
    assert await starts(town) == []
    assert ana.last == "The visit on Fri 27 November, 14:00 is cancelled."


@pytest.mark.usefixtures("planned")
async def test_a_day_that_has_come_is_not_taken_any_more(ana: Person, town: Town) -> None:
    await ana.presses("Another time")
    old = ana.pressing("Tue 24 November, 10:00")
    await town.passes(hours=23)
    await town.hears(old)
    assert "That time has just been taken." in ana.last
    assert [f"{each:%m-%d %H:%M}" for each in await starts(town)] == ["11-27 12:00"]


@pytest.mark.usefixtures("planned")
async def test_whoever_is_on_the_way_is_not_turned_back_by_a_button(ana: Person, iryna: Person, town: Town) -> None:
    await ana.presses("Another time")
    old = ana.pressing("Wed 25 November, 14:00")
    await iryna.says("Visits")
    await iryna.presses(next(label for label in iryna.heard[-1].buttons if label.startswith("Fri 27")))
    await iryna.presses("On the way")
    await town.hears(old)
    assert [f"{each:%m-%d %H:%M}" for each in await starts(town)] == ["11-27 12:00"]
    await ana.presses("Another time")
    assert ana.last == "Understood. The specialist will offer another time."


@pytest.mark.usefixtures("planned")
async def test_a_visit_whose_time_has_passed_is_not_moved_by_a_button(ana: Person, town: Town) -> None:
    await town.passes(days=4, hours=4)
    await ana.presses("Another time")
    assert ana.last == "Understood. The specialist will offer another time."
    assert [f"{each:%m-%d %H:%M}" for each in await starts(town)] == ["11-27 12:00"]


@pytest.mark.parametrize(
    "at",
    [
        datetime(2026, 11, 29, 10, tzinfo=UTC),  # Sunday
        datetime(2026, 11, 25, 22, tzinfo=UTC),  # midnight
        datetime(2026, 11, 25, 17, 30, tzinfo=UTC),  # it would end after closing
        datetime(2026, 11, 25, 8, 10, tzinfo=UTC),  # no half hour
        datetime(2026, 11, 23, 10, tzinfo=UTC),  # today
        datetime(2025, 11, 25, 10, tzinfo=UTC),
    ],
)
@pytest.mark.usefixtures("planned")
async def test_nobody_makes_up_a_time(ana: Person, town: Town, at: datetime) -> None:
    await ana.presses("Another time")
    minute = int(at.timestamp()) // 60
    await town.hears(ana.pressing_data(encode(Slot(1, 1, minute))))
    assert [f"{each:%m-%d %H:%M}" for each in await starts(town)] == ["11-27 12:00"]


@pytest.mark.parametrize("minute", [-1, 10**14])
@pytest.mark.usefixtures("planned")
async def test_a_number_that_is_no_date_is_refused(ana: Person, town: Town, minute: int) -> None:
    await town.hears(ana.pressing_data(encode(Slot(1, 1, minute))))
    assert town.telegram.toasts[-1] == "This visit has changed. Here is how it stands now."


@pytest.mark.safety("S25")
@pytest.mark.usefixtures("planned")
async def test_nobody_moves_the_visit_of_somebody_else(borys: Person, town: Town) -> None:
    minute = int(datetime(2026, 11, 25, 10, tzinfo=UTC).timestamp()) // 60
    await town.hears(borys.pressing_data(encode(Slot(1, 1, minute))))
    assert [f"{each:%m-%d %H:%M}" for each in await starts(town)] == ["11-27 12:00"]


@pytest.mark.usefixtures("planned")
async def test_days_of_leave_are_not_offered(ana: Person, town: Town) -> None:
    me = await town.app.reader.look(lambda tx: tx.all("SELECT claimed_by FROM cases")[0]["claimed_by"])
    first, last = date(2026, 11, 24), date(2026, 11, 26)
    await town.app.writer.transact(lambda tx: rosters.take_leave(tx, me, first, last))
    await ana.presses("Another time")
    assert offered(ana)[0].startswith("Fri 27 November")


async def test_other_visits_of_the_family_and_of_the_specialist_are_left_alone(
    ana: Person, borys: Person, iryna: Person, town: Town
) -> None:
    await has_a_visit(borys, iryna, "24", "10:00")
    await asks_for_help(ana)
    await ana.presses("Send")
    await iryna.presses("Take")
    await iryna.presses("Plan a visit")
    await repeats(iryna, "Every week", day="25", time="14:00")
    await ana.presses("Another time")
    days = offered(ana)
    assert days[0] == "Tue 24 November, 9:00"  # an hour before the one at 10:00, and not 9:30
    assert not any(label.startswith("Wed 2 December") for label in days)
    await ana.presses(days[0])
    await town.passes(days=1)
    assert await town.count("visits", "state = 'planned' AND series_id IS NOT NULL") == 7
    assert await town.count("series_days", "kind = 'moved'") == 1


def test_a_time_fits_a_button() -> None:
    button = Slot(10**15 - 1, 10**6, 10**8)
    assert decode(encode(button)) == button
