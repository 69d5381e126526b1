"""Support visits that recur: planned once, reminded of each, moved and called off one by one or from here on."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.core import reminders
from bot.core.buttons import Again, encode
from bot.core.series import HORIZON
from handlers import dismissal
from handlers import series as bells
from handlers import visits as going
from handlers.here import Here
from storage import cases, due, erasing, people, visits
from storage.db import Row, Transaction
from tests.people import Person, Town
from tests.stories.test_forms import asks_for_help


async def repeats(person: Person, how: str, day: str = "30", time: str = "14:00", until: str = "") -> None:
    """The form of the visit, from its kind to Send."""
    await person.presses("Support visit")
    await person.presses(day)
    await person.presses(time)
    await person.presses(how)
    if how != "Once":
        await (person.says(until) if until else person.presses("Skip"))
    await person.presses("Send")


@pytest.fixture
async def taken(ana: Person, iryna: Person) -> None:
    """Ana may be written to; Iryna has her case and is about to plan."""
    await asks_for_help(ana)
    await ana.presses("Send")
    await iryna.presses("Take")
    await iryna.presses("Plan a visit")


@pytest.fixture
async def weekly(taken: None, iryna: Person) -> None:  # noqa: ARG001 - one after the other
    await repeats(iryna, "Every week")


async def planned(town: Town) -> list[str]:
    """When visits are planned, on the wall of the centre."""
    rows: list[Row] = await town.app.reader.look(
        lambda tx: tx.all("SELECT starts_at FROM visits WHERE state = 'planned' ORDER BY starts_at")
    )
    return [f"{row['starts_at'].astimezone(town.app.desk.centre.zone):%m-%d %H:%M}" for row in rows]


@pytest.mark.usefixtures("weekly")
async def test_once_said_it_is_planned_for_weeks(ana: Person, iryna: Person, town: Town) -> None:
    assert await planned(town) == [
        "11-30 14:00", "12-07 14:00", "12-14 14:00", "12-21 14:00", "12-28 14:00", "01-04 14:00",
    ]  # fmt: skip
    assert ana.last == "A specialist will come to you: Mon 30 November, 14:00.\nAfter that every week."
    assert iryna.last.endswith("visit planned for Mon 30 November, 14:00.\nRecurs every week.")


@pytest.mark.usefixtures("weekly")
async def test_both_are_reminded_of_each(ana: Person, iryna: Person, town: Town) -> None:
    await town.passes(days=15)
    for day in ("30 November", "7 December"):
        assert any(f"A specialist will come to you tomorrow: Mon {day}, 14:00." in each.text for each in ana.chat.sent)
        assert any(each.text.startswith(f"Tomorrow, Mon {day}, 14:00: visit") for each in iryna.chat.sent)
        assert any(f"A specialist will come to you today: Mon {day}, 14:00." in each.text for each in ana.chat.sent)


@pytest.mark.usefixtures("weekly")
async def test_the_horizon_moves_on_night_by_night_and_no_bell_makes_a_visit_twice(town: Town) -> None:
    await town.passes(days=4)
    await town.restarts()

    def rings_thrice(tx: Transaction) -> None:
        for n in range(3):
            due.plan(tx, bells.AHEAD, 1, person_id=n, at=town.clock.at)

    await town.app.writer.transact(rings_thrice)
    await town.passes(days=1)
    days = await planned(town)
    assert days[-1] == "01-11 14:00"
    assert len(days) == len(set(days)) == 7
    assert await town.count("due", "kind = 'series_ahead' AND done_at IS NULL") >= 1


@pytest.mark.usefixtures("weekly")
async def test_one_that_is_called_off_leaves_the_others_and_never_comes_back(
    ana: Person, iryna: Person, town: Town
) -> None:
    await iryna.presses("Cancel it")
    assert "recurs every week. This one, or all from here on?" in iryna.last
    await iryna.presses("This one only")
    assert ana.last == "The visit on Mon 30 November, 14:00 is cancelled."
    await town.passes(days=2)
    assert (await planned(town))[0] == "12-07 14:00"
    assert "11-30 14:00" not in await planned(town)


@pytest.mark.usefixtures("weekly")
async def test_from_here_on_ends_them_all_and_she_is_told_once(ana: Person, iryna: Person, town: Town) -> None:
    sent = len(ana.chat.sent)
    await iryna.presses("Cancel it")
    await iryna.presses("From here on")
    await town.passes(days=50)
    assert [each.text for each in ana.chat.sent[sent:]] == ["The visits from Mon 30 November, 14:00 on are cancelled."]
    assert await planned(town) == []
    assert await town.count("tasks", "kind = 'look_again'") == 1


@pytest.mark.usefixtures("weekly")
async def test_one_moves_and_the_others_stay(ana: Person, iryna: Person, town: Town) -> None:
    await iryna.presses("Move")
    await iryna.presses("This one only")
    await iryna.presses("27")
    await iryna.presses("10:00")
    await iryna.presses("Send")
    assert ana.last == "The specialist will come at another time: Fri 27 November, 10:00."
    await town.passes(days=1)
    assert (await planned(town))[:3] == ["11-27 10:00", "12-07 14:00", "12-14 14:00"]


@pytest.mark.usefixtures("weekly")
async def test_all_move_from_here_on(ana: Person, iryna: Person, town: Town) -> None:
    await iryna.says("Visits")
    await iryna.presses(next(label for label in iryna.heard[-1].buttons if label.startswith("Mon 14 December")))
    await iryna.presses("Move")
    await iryna.presses("From here on")
    await iryna.says("16.12")
    await iryna.presses("10:00")
    await iryna.presses("Send")
    said = "The specialist will come at another time: Wed 16 December, 10:00.\nAfter that every week."
    assert ana.last == said
    assert await planned(town) == [
        "11-30 14:00", "12-07 14:00", "12-16 10:00", "12-23 10:00", "12-30 10:00", "01-06 10:00",
    ]  # fmt: skip
    await iryna.says("Visits")
    await iryna.presses(next(label for label in iryna.heard[-1].buttons if label.startswith("Mon 7 December")))
    await iryna.presses("Cancel it")  # of what has ended a single visit is left
    assert "12-07 14:00" not in await planned(town)


@pytest.mark.usefixtures("weekly")
async def test_a_press_on_what_has_changed_meanwhile_changes_nothing(iryna: Person, town: Town) -> None:
    await iryna.presses("Cancel it")
    old = iryna.pressing("From here on")
    await iryna.presses("This one only")
    await town.hears(old)
    assert len(await planned(town)) == 5
    assert town.telegram.toasts[-1] == "This visit has changed. Here is how it stands now."


@pytest.mark.usefixtures("weekly")
async def test_a_visit_that_nobody_opened_the_door_for_leaves_the_next(iryna: Person, town: Town) -> None:
    await town.passes(days=7, hours=5)
    await iryna.says("Visits")
    await iryna.presses(next(label for label in iryna.heard[-1].buttons if label.startswith("Mon 30")))
    await iryna.presses("It did not take place")
    await iryna.presses("Nobody was at home")
    assert (await planned(town))[0] == "12-07 14:00"
    assert await town.count("visits", "state = 'not_held'") == 1
    assert await town.count("cases", "state = 'visit_planned'") == 1


@pytest.mark.parametrize(
    ("how", "days"),
    [
        ("Every two weeks", ["11-30 14:00", "12-14 14:00", "12-28 14:00"]),
        ("Once a month", ["11-30 14:00", "12-30 14:00"]),
        ("Twice a week", ["11-30 14:00", "12-01 14:00", "12-03 14:00", "12-08 14:00"]),
        ("Three times a week", ["11-30 14:00", "12-02 14:00", "12-04 14:00", "12-07 14:00"]),
        ("Four times a week", ["11-30 14:00", "12-01 14:00", "12-03 14:00", "12-04 14:00"]),
        ("Five times a week", ["11-30 14:00", "12-01 14:00", "12-02 14:00", "12-03 14:00"]),
    ],
)
@pytest.mark.usefixtures("taken")
async def test_as_often_as_is_chosen(iryna: Person, town: Town, how: str, days: list[str]) -> None:
    await repeats(iryna, how)
    assert (await planned(town))[: len(days)] == days


@pytest.mark.usefixtures("taken")
async def test_a_day_on_which_the_centre_rests_is_moved(iryna: Person, town: Town) -> None:
    """Friday 25 December and 1 January are days off in the demo centre."""
    await repeats(iryna, "Every week", day="27")
    days = ["11-27 14:00", "12-04 14:00", "12-11 14:00", "12-18 14:00", "12-28 14:00", "01-04 14:00"]
    assert await planned(town) == days


@pytest.mark.usefixtures("taken")
async def test_it_ends_on_the_day_that_was_said(ana: Person, iryna: Person, town: Town) -> None:
    await repeats(iryna, "Every week", until="14.12")
    assert await planned(town) == ["11-30 14:00", "12-07 14:00", "12-14 14:00"]
    assert ana.last.endswith("After that every week, until Mon 14 December.")
    await town.passes(days=60)
    assert await town.count("visits") == 3
    assert await town.count("due", "kind = 'series_ahead' AND done_at IS NULL") == 0


@pytest.mark.usefixtures("taken")
async def test_guardianship_is_accompanied_in_its_first_and_last_year(ana: Person, iryna: Person, town: Town) -> None:
    await iryna.presses("Support visit")
    await iryna.presses("30")
    await iryna.presses("14:00")
    await iryna.presses("First and last year of guardianship")
    await iryna.says("15.03.2026")
    await iryna.says("15.03.2030")
    assert iryna.last.endswith("Guardianship since: Sun 15 March\nUntil: Fri 15 March 2030")
    await iryna.presses("Send")
    assert ana.last.endswith("After that once a month, until Fri 15 March 2030.")
    assert await planned(town) == ["11-30 14:00", "12-30 14:00"]
    town.clock.at = datetime(2027, 2, 20, 9, tzinfo=UTC)
    await town.ticks()
    assert (await planned(town))[-1] == "03-01 14:00"  # 28 February is a Sunday; the first year ends on 14 March
    town.clock.at = datetime(2029, 2, 20, 9, tzinfo=UTC)
    await town.ticks()
    assert (await planned(town))[-1] == "03-30 14:00"


async def test_the_wall_clock_stays_through_the_change_of_time(ana: Person, town: Town) -> None:
    town.clock.at = datetime(2027, 3, 15, 9, tzinfo=UTC)
    iryna = await town.staff("Iryna", "specialist", language="en")
    await asks_for_help(ana)
    await ana.presses("Send")
    await iryna.presses("Take")
    await iryna.presses("Plan a visit")
    await repeats(iryna, "Every week", day="22")
    assert (await planned(town))[:3] == ["03-22 14:00", "03-29 14:00", "04-05 14:00"]
    assert await town.count("visits", "starts_at LIKE '2027-03-22%12:00%'") == 1
    assert await town.count("visits", "starts_at LIKE '2027-03-29%11:00%'") == 1


@pytest.mark.usefixtures("weekly")
async def test_whoever_takes_the_case_over_goes_on_with_them(ana: Person, iryna: Person, town: Town) -> None:
    head = await town.staff("Maria", "head", language="en")
    sofia = await town.staff("Sofia", "specialist", language="en")
    me = await town.app.reader.look(lambda tx: tx.all("SELECT claimed_by FROM cases")[0]["claimed_by"])
    await town.app.writer.transact(lambda tx: dismissal.revoke(tx, me, now=town.clock.at))
    await town.ticks()
    given = [each.text for each in head.chat.sent if "is with you until somebody takes the case" in each.text]
    assert len(given) == 1
    await sofia.presses("Take")
    await sofia.presses("First contact made")
    await town.passes(days=5)
    hers = await town.app.reader.look(lambda tx: tx.all("SELECT claimed_by FROM cases")[0]["claimed_by"])
    assert hers != me
    assert await town.count("visits", f"specialist_id = {hers} AND state = 'planned'") == 7
    assert await town.count("visits", f"specialist_id <> {hers}") == 0
    await town.passes(days=1, hours=22)
    assert any(each.text.startswith("Tomorrow, Mon 30 November") for each in sofia.chat.sent)
    assert not any(each.text.startswith("Tomorrow") for each in iryna.chat.sent)
    assert ana.last.startswith("A specialist will come to you tomorrow")


@pytest.mark.usefixtures("weekly")
async def test_a_closed_case_has_no_more_visits(ana: Person, iryna: Person, town: Town) -> None:
    await iryna.presses("Open the card")
    await iryna.presses("Close the case")
    await iryna.presses("Reduced")
    await iryna.presses("Overcome or reduced")
    await iryna.presses("Skip")
    await iryna.presses("Send")
    sent = len(ana.chat.sent)
    await town.passes(days=60)
    assert await planned(town) == []
    assert not any("will come" in each.text for each in ana.chat.sent[sent:])
    assert await town.count("series", "ended_at IS NULL") == 0


@pytest.mark.safety("S23")
@pytest.mark.usefixtures("weekly")
async def test_an_erased_case_has_no_more_visits(town: Town) -> None:
    def erase(tx: Transaction) -> None:
        case = cases.by_id(tx, 1)
        assert case is not None
        erasing.erase(tx, case, now=town.clock.at)

    await town.app.writer.transact(erase)
    assert await town.count("due", "kind = 'series_ahead' AND done_at IS NULL") == 0
    await town.passes(days=60)
    assert await planned(town) == []
    assert await town.count("series", "ended_at IS NULL") == 0
    assert await town.count("due", "kind LIKE 'visit%' AND done_at IS NULL") == 0


@pytest.mark.usefixtures("weekly")
async def test_consent_withdrawn_leaves_the_next_to_be_called_off_and_none_after_it(
    ana: Person, iryna: Person, town: Town
) -> None:
    def withdraw(tx: Transaction) -> None:
        case = cases.by_id(tx, 1)
        assert case is not None
        going.withdrawn(Here(tx, town.app.desk.centre, town.clock.at, town.clock.at, lambda *_: False), case)

    await town.app.writer.transact(withdraw)
    await town.passes(days=2)
    assert await planned(town) == ["11-30 14:00"]
    sent = len(ana.chat.sent)
    await iryna.presses("Cancel it")
    assert [each.text for each in ana.chat.sent[sent:]] == ["The visit on Mon 30 November, 14:00 is cancelled."]


@pytest.mark.safety("S09")
async def test_from_the_branch_every_word_of_them_is_a_cover(ana: Person, town: Town) -> None:
    olena = await town.staff("Olena", "brigade", language="en")
    await ana.presses("Safety at home")
    await ana.presses("Not this minute")
    await ana.presses("Yes, you can")
    await ana.presses("Centre")
    await olena.presses("Take")
    await olena.presses("First contact made")
    sent = len(ana.chat.sent)
    await olena.presses("Plan a visit")
    await repeats(olena, "Every week")
    await town.passes(days=15)
    await olena.says("Visits")
    await olena.presses(next(label for label in olena.heard[-1].buttons if label.startswith("Mon")))
    await olena.presses("Cancel it")
    await olena.presses("From here on")
    heard = ana.chat.sent[sent:]
    assert heard
    assert {each.text for each in heard} == {"The guide has an update."}
    assert not {"I will be in", "Another time"}.intersection(label for each in heard for label in each.buttons)


@pytest.mark.usefixtures("weekly")
async def test_her_list_of_visits_names_the_next_of_them(ana: Person, town: Town) -> None:
    now = town.clock.at
    me = await town.app.writer.transact(lambda tx: people.meet(tx, ana.id, kind="private", language="en", now=now).id)
    listed = await town.app.reader.look(lambda tx: visits.of_resident(tx, me))
    assert [f"{each.starts_at:%m-%d}" for each in listed] == ["11-30"]


async def test_what_stands_once_becomes_the_first_of_many(ana: Person, iryna: Person, town: Town) -> None:
    await asks_for_help(ana)
    await ana.presses("Send")
    await iryna.presses("Take")
    await iryna.presses("Plan a visit")
    await repeats(iryna, "Once")
    assert await planned(town) == ["11-30 14:00"]
    await iryna.presses("Move")
    await repeats(iryna, "Every week")
    assert (await planned(town))[:2] == ["11-30 14:00", "12-07 14:00"]
    assert await town.count("visits", "version = 2") == 1


def test_the_horizon_is_longer_than_the_longest_reminder() -> None:
    assert max(reminders.VISIT.values()) + timedelta(days=1) < HORIZON


@pytest.mark.safety("S25")
@pytest.mark.usefixtures("weekly")
async def test_a_colleague_changes_nothing_of_what_recurs_for_another(town: Town) -> None:
    sofia = await town.staff("Sofia", "specialist", language="en")
    for move in ("move", "cancel", "move.on", "cancel.one", "cancel.on"):
        await town.hears(sofia.pressing_data(encode(Again(1, 1, move))))
        assert town.telegram.toasts[-1] == "You have no access to this."
    assert len(await planned(town)) == 6


@pytest.mark.usefixtures("weekly")
async def test_a_move_that_there_is_not_is_refused(iryna: Person, town: Town) -> None:
    await town.hears(iryna.pressing_data(encode(Again(1, 1, "burn"))))
    assert town.telegram.toasts[-1] == "This visit has changed. Here is how it stands now."


async def test_in_ukrainian_it_reads_like_this(town: Town) -> None:
    iryna, ana = await town.staff("Ірина", "specialist"), town.person("Ана")
    await ana.says("/start")
    for label in ("Потрібна допомога", "Мені", "Гроші й виплати"):
        await (ana.says if label == "Потрібна допомога" else ana.presses)(label)
    await ana.says("Тече дах")
    for label in ("Центр", "Напишіть мені сюди", "Погоджуюся", "Надіслати"):
        await ana.presses(label)
    for label in ("Взяти", "Запланувати відвідування"):
        await iryna.presses(label)
    for label in ("Відвідування під час супроводу", "30", "14:00", "Раз на два тижні"):
        await iryna.presses(label)
    await iryna.says("31.01.2027")
    await iryna.presses("Надіслати")
    assert (
        ana.last
        == "До вас прийде фахівець: пн, 30 листопада, 14:00.\nДалі раз на два тижні, до нд, 31 січня 2027 року."
    )
    await iryna.presses("Скасувати")
    assert iryna.last.endswith("пн, 30 листопада, 14:00, повторюється раз на два тижні. Лише це чи й усі наступні?")
    await iryna.presses("Це й усі наступні")
    assert ana.last == "Відвідування, пн, 30 листопада, 14:00, і всі наступні скасовано."
