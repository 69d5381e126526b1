"""What somebody curious, hurried or unlucky might do to a case, and what the queue lets them."""

from datetime import timedelta

import pytest

from bot.core.buttons import Accept, Hand, Kin, Lease, List, Mark, Talk, encode
from bot.core.duty import OneDay
from handlers import dismissal
from storage import alarms, cases, erasing, people, rosters, signals
from storage.db import Transaction
from tests.people import Person, Town
from tests.stories.test_contact import comes_back, receipt_of, reports_writing
from tests.stories.test_exclusions import keeps_away
from tests.stories.test_family import danger, resident
from tests.stories.test_rights import withdraws
from tests.stories.test_urgent import reports
from tests.stories.test_visits import plans

FISHED = "067 123 45 68"
LONG = timedelta(hours=12)
FEW = 3
"""As the head, as who is asked again, and once more for whoever stands in."""


async def id_of(town: Town, person: Person) -> int:
    """The person's row."""

    def look(tx: Transaction) -> int:
        found = people.found(tx, person.id)
        assert found is not None
        return found.id

    return await town.app.reader.look(look)


async def holder(town: Town, case: int) -> int | None:
    rows = await town.app.reader.look(lambda tx: tx.all("SELECT claimed_by FROM cases WHERE id = :id", id=case))
    has: int | None = rows[0]["claimed_by"]
    return has


async def enters_own(person: Person, phone: str) -> None:
    """A case that the colleague has made up, with somebody else's phone, and takes."""
    for label in ("Enter a case", "Found by a specialist", "Planned", "No"):
        await (person.says if label == "Enter a case" else person.presses)(label)
    for label in ("Skip", "Centre", "A family", "1", "Skip"):
        await person.presses(label)
    await person.says(phone)
    for label in ("Skip", "Skip", "I take it myself", "Send"):
        await person.presses(label)


async def dismissed(town: Town, person: Person) -> None:
    """In this second, and before the bell that moves the cases."""
    number = await id_of(town, person)
    assert await town.app.writer.transact(lambda tx: dismissal.revoke(tx, number, now=town.clock.at))


async def broken(town: Town) -> int:
    return await town.count("inbox", "fault IS NOT NULL")


@pytest.mark.safety("S25")
async def test_nobody_learns_by_a_made_up_case_that_a_family_is_known_to_another_team(
    ana: Person, iryna: Person, town: Town
) -> None:
    first = await danger(ana, phone=FISHED)
    await enters_own(iryna, FISHED)
    assert await town.count("likenesses") == 1
    assert all(first not in each.text for each in iryna.heard)
    await town.hears(iryna.pressing_data(encode(Kin(2, 1, "join"))))
    assert town.telegram.toasts[-1] == "You have no access to this."
    assert await holder(town, 1) is None


@pytest.mark.safety("S25")
async def test_nobody_gets_a_colleagues_case_by_joining_it_to_an_own_one(
    ana: Person, olena: Person, petro: Person, town: Town
) -> None:
    other = await resident(town, "Oksana")
    await danger(ana)
    await olena.presses("Take")
    await danger(other)
    await petro.presses("Take")
    assert await holder(town, 2) == await id_of(town, petro)
    await town.hears(olena.pressing_data(encode(Kin(1, 2, "join"))))
    assert town.telegram.toasts[-1] == "These two cannot be joined."
    assert await holder(town, 2) == await id_of(town, petro)


@pytest.mark.safety("S25")
async def test_nobody_takes_a_case_over_that_they_were_not_asked_to_take(
    ana: Person, olena: Person, petro: Person, town: Town
) -> None:
    await reports(ana)
    await olena.presses("Take")
    giver = await id_of(town, olena)
    await town.hears(petro.pressing_data(encode(Accept(1, giver, 1))))
    assert await holder(town, 1) == giver
    await olena.presses("Open the card")
    await olena.presses("Hand over")
    await olena.presses(next(label for label in olena.labels if label.startswith("Petro")))
    old = petro.pressing("I take it over")
    await petro.presses("I can't take it")
    await town.hears(old)
    assert await holder(town, 1) == giver


async def test_an_offer_is_over_when_the_case_has_gone_round_meanwhile(
    ana: Person, olena: Person, petro: Person, town: Town
) -> None:
    await reports(ana)
    await olena.presses("Take")
    await olena.presses("Open the card")
    await olena.presses("Hand over")
    await olena.presses(next(label for label in olena.labels if label.startswith("Petro")))
    old = petro.pressing("I take it over")
    await olena.presses("I can't go on with it")
    await olena.presses("I am ill")
    await town.passes(minutes=1)
    await olena.presses("Take")
    await town.hears(old)
    assert await holder(town, 1) == await id_of(town, olena)


async def test_a_yes_to_somebody_whose_access_has_just_ended_is_still_an_answer(
    ana: Person, olena: Person, petro: Person, town: Town
) -> None:
    await reports(ana)
    await olena.presses("Take")
    await olena.presses("Open the card")
    await olena.presses("Hand over")
    await olena.presses(next(label for label in olena.labels if label.startswith("Petro")))
    await dismissed(town, olena)
    await petro.presses("I take it over")
    await town.ticks()
    assert await broken(town) == 0
    assert await holder(town, 1) in (None, await id_of(town, petro))


async def test_an_alarm_that_nobody_ends_again_and_again_holds_no_case_for_ever(
    ana: Person, olena: Person, head: Person, town: Town
) -> None:
    await reports(ana)
    await olena.presses("Take")
    for _ in range(4):
        await head.says("On duty")
        await head.presses("Air-raid alarm")
        await town.passes(hours=2)
        await head.says("On duty")
        await head.presses("All clear")
    assert await holder(town, 1) is None


async def test_after_its_end_a_lease_is_not_made_longer(ana: Person, olena: Person, town: Town) -> None:
    await reports(ana)
    await olena.presses("Take")
    more = olena.pressing("I need more time")
    town.clock.at += LONG
    await town.hears(more)
    assert not olena.sees("you have until")
    assert await town.count("cases", "extended") == 0


async def test_old_presses_about_a_case_that_is_somebody_elses_by_now_do_nothing(
    ana: Person, olena: Person, petro: Person, town: Town
) -> None:
    await reports(ana)
    await olena.presses("Take")
    old = [olena.pressing(label) for label in ("I need more time", "I can't go on with it")]
    old.append(olena.pressing_data(encode(Lease(1, "known"))))
    await town.passes(minutes=31)
    await petro.presses("Take")
    await town.hears(*old)
    assert await holder(town, 1) == await id_of(town, petro)
    assert await town.count("cases", "extended OR returns <> 1") == 0


async def test_after_an_outage_nobody_hears_of_one_case_many_times_in_the_same_moment(
    ana: Person, olena: Person, head: Person, town: Town
) -> None:
    await reports(ana)
    since = len(head.chat.sent), len(olena.chat.sent)
    town.clock.at += timedelta(days=2)
    await town.ticks()
    told = [
        sum("ase K-" in each.text for each in person.chat.sent[n:])
        for person, n in zip((head, olena), since, strict=True)
    ]
    assert told <= [3, 3], [each.text for each in head.chat.sent[since[0] :]]


async def test_one_person_who_is_everything_hears_of_a_case_once_at_a_time(ana: Person, town: Town) -> None:
    maria = await town.staff("Maria", "brigade", language="en")
    for role in ("specialist", "head", "dispatcher"):
        await maria.says(f"/start {await town.invites(role)}")
    await reports(ana)
    for _ in range(120):
        since = len(maria.chat.sent)
        await town.passes(minutes=1)
        told = [each.text for each in maria.chat.sent[since:] if "K-" in each.text]
        assert len(told) <= 1, told


async def test_with_nobody_at_all_nothing_breaks_and_whoever_comes_finds_what_waits(
    ana: Person, town: Town, caplog: pytest.LogCaptureFixture
) -> None:
    await reports(ana)
    await town.passes(days=3)
    assert "failed" not in caplog.text
    maria = await town.staff("Maria", "head", language="en")
    await town.passes(hours=2)
    assert maria.sees("K-")


async def test_when_everybody_has_lost_every_role_nothing_breaks(
    ana: Person, olena: Person, head: Person, town: Town, caplog: pytest.LogCaptureFixture
) -> None:
    await reports(ana)
    await olena.presses("Take")
    await olena.presses("Open the card")
    await olena.presses("First contact made")
    await olena.presses("Plan a visit")
    await plans(olena)
    for person in (olena, head):
        await dismissed(town, person)
    since = len(olena.chat.sent), len(head.chat.sent)
    await town.passes(days=5)
    assert "failed" not in caplog.text
    told = [each.text for person, n in zip((olena, head), since, strict=True) for each in person.chat.sent[n:]]
    assert not [each for each in told if "K-" in each], told
    maria = await town.staff("Maria", "head", language="en")
    await town.passes(days=3)
    number = await id_of(town, maria)
    assert maria.sees("K-")
    assert await town.count("tasks", f"done_at IS NULL AND person_id <> {number}") == 0
    assert await town.count("tasks", "kind = 'missed_deadline' AND done_at IS NULL") == 1


@pytest.mark.parametrize("page", [-1, -(10**17), 10**6, 10**30])
async def test_a_page_that_cannot_be_breaks_nothing(ana: Person, olena: Person, town: Town, page: int) -> None:
    await reports(ana)
    await olena.presses("Take")
    for press in (List("mine", page), List("queue", page), List("something", page), Talk(1, page)):
        await town.hears(olena.pressing_data(encode(press)))
    assert await broken(town) == 0


async def test_duty_for_one_team_brings_no_word_of_another_teams_deadlines(ana: Person, town: Town) -> None:
    lev = await town.staff("Lev", "brigade", language="en")
    await lev.says(f"/start {await town.invites('foster_care')}")
    number = await id_of(town, lev)
    await town.app.writer.transact(
        lambda tx: people.go_on_duty(tx, number, on=True, now=town.clock.at, teams=("foster_care",))
    )
    petro = await town.staff("Petro", "brigade", language="en")
    await reports(ana)
    await town.passes(hours=24)
    heard = {person.name: "".join(each.text for each in person.chat.sent) for person in (lev, petro)}
    assert "there is little time left" in heard["Petro"]
    assert "there is little time left" not in heard["Lev"]


@pytest.mark.parametrize("how", ["dismissed", "kept away", "lapsed"])
async def test_nobody_is_called_to_a_case_that_she_has_withdrawn(
    ana: Person, olena: Person, petro: Person, head: Person, town: Town, how: str
) -> None:
    await reports(ana)
    await olena.presses("Take")
    await ana.presses("That is all")
    await ana.presses("‹ Back to the request")
    since = len(petro.chat.sent), len(head.chat.sent)
    await withdraws(ana)
    if how == "dismissed":
        await dismissed(town, olena)
    elif how == "kept away":
        await keeps_away(town, olena)
    await town.passes(hours=3)
    told = [each.text for person, n in zip((petro, head), since, strict=True) for each in person.chat.sent[n:]]
    assert not [each for each in told if each.startswith(("Urgent", "Back", "The team", "Still"))], told


async def test_a_yes_to_the_duty_of_somebody_whose_access_has_just_ended_breaks_nothing(
    olena: Person, petro: Person, town: Town
) -> None:
    await olena.says("On duty")
    await olena.presses("Hand over")
    await olena.presses("Petro")
    await dismissed(town, olena)
    await petro.presses(next(label for label in petro.labels if label.startswith(("Yes", "I take"))))
    assert await broken(town) == 0


@pytest.mark.safety("S26")
async def test_a_next_step_that_becomes_due_tells_nothing_of_the_police(ana: Person, olena: Person, town: Town) -> None:
    await reports(ana)
    await olena.presses("Take")
    await olena.presses("First contact made")
    await town.hears(olena.pressing_data(encode(Mark(1, "step", "with_police"))))
    since = len(olena.chat.sent)
    await town.passes(days=5)
    told = [each.text for each in olena.chat.sent[since:] if "K-" in each.text]
    assert told
    assert not [each for each in told if "police" in each.casefold()], told
    await olena.presses("Open the card")
    assert olena.sees("Next: Visit with the police")


@pytest.mark.safety("S25")
async def test_a_queue_and_a_day_count_nothing_that_somebody_is_kept_from(
    ana: Person, olena: Person, petro: Person, town: Town
) -> None:
    await reports(ana)
    await keeps_away(town, olena)
    for words in ("Queue", "My day"):
        await olena.says(words)
        assert "K-" not in olena.last
        assert "1 case" not in olena.last
    await petro.says("Queue")
    assert "K-" in petro.last


async def test_what_grows_for_ever_goes(olena: Person, town: Town) -> None:
    number, day = await id_of(town, olena), town.clock.at.date()

    def fills(tx: Transaction) -> None:
        alarms.begin(tx, "", by=number, now=town.clock.at)
        alarms.end(tx, "", now=town.clock.at)
        signals.put(tx, "unclaimed", now=town.clock.at)
        tx.run("UPDATE signals SET done_at = :now", now=town.clock.at)
        rosters.add_day(tx, number, OneDay(day))
        rosters.take_leave(tx, number, day, day)

    await town.app.writer.transact(fills)
    kept = ("alarms", "signals", "shift_days", "leaves")
    town.clock.at += timedelta(days=400)
    await town.app.ticker.forget()
    assert [await town.count(table) for table in kept] == [0, 0, 0, 0]


async def test_what_was_closed_as_one_family_stays_quiet_when_one_of_them_is_erased(
    ana: Person, olena: Person, head: Person, town: Town
) -> None:
    other = await resident(town, "Oksana")
    first = await danger(ana)
    await olena.presses("Take")
    await olena.presses("First contact made")
    await danger(other)
    await olena.says(f"/case {first}")
    await olena.presses(next(label for label in olena.labels if label.startswith("Join K-")))
    for label in ("Close the case", "Overcome", "Overcome or reduced", "Skip", "Send"):
        await olena.presses(label)
    assert await town.count("cases", "closed_at IS NULL") == 0

    def erase(tx: Transaction) -> bool:
        doomed = cases.by_id(tx, 1)
        return doomed is not None and erasing.erase(tx, doomed, now=town.clock.at)

    assert await town.app.writer.transact(erase)
    since = len(head.chat.sent), len(olena.chat.sent)
    await town.passes(days=3)
    told = [each.text for person, n in zip((head, olena), since, strict=True) for each in person.chat.sent[n:]]
    assert not [each for each in told if "K-" in each], told
    assert await town.count("cases", "state <> 'closed'") == 0
    assert await town.count("tasks", "done_at IS NULL") == 0


@pytest.mark.safety("S10")
async def test_whoever_answers_while_another_account_asks_is_told_who_will_read_it(
    ana: Person, olena: Person, town: Town
) -> None:
    await reports_writing(ana, "Yes, you can", "That is all")
    number, code = await receipt_of(ana)
    await olena.presses("Take")
    other = await resident(town, "Oksana")
    await comes_back(other, number, code)
    await olena.presses("Write an answer")
    assert town.telegram.toasts[-1].startswith("Another account knows number and code")


async def test_what_comes_back_a_second_time_calls_nobody_twice_in_that_moment(ana: Person, town: Town) -> None:
    maria = await town.staff("Maria", "brigade", language="en")
    await maria.says(f"/start {await town.invites('head')}")
    await reports(ana)
    for _ in range(2):
        await maria.presses("Take")
        await maria.presses("I can't go on with it")
        since = len(maria.chat.sent)
        await maria.presses("I am ill")
        called = [each.text for each in maria.chat.sent[since:] if "Urgent case" in each.text]
        assert len(called) == 1, called


@pytest.mark.safety("S28")
async def test_a_lease_that_ends_in_the_second_of_a_dismissal_tells_nobody_who_is_gone(
    ana: Person, olena: Person, petro: Person, town: Town
) -> None:
    await reports(ana)
    await olena.presses("Take")
    town.clock.at += timedelta(minutes=30)
    since = len(olena.chat.sent)
    await dismissed(town, olena)
    await town.ticks()
    assert len(olena.chat.sent) == since
    assert await holder(town, 1) is None
    assert petro.labels[-2:] == ["Take", "I can't take it"]


@pytest.mark.safety("S25")
async def test_the_head_gives_a_case_of_the_branch_unopened_and_reads_nothing_of_it(
    ana: Person, olena: Person, head: Person, town: Town
) -> None:
    await danger(ana)
    since = len(head.chat.sent)
    await head.says("Queue")
    await town.hears(head.pressing_data(encode(Hand(1))))
    await head.presses(next(label for label in head.labels if label.startswith("Olena")))
    told = "".join(each.text for each in head.chat.sent[since:])
    assert not [words for words in ("Сонцедара", "123 45 68", "iolence") if words in told]
    assert await holder(town, 1) == await id_of(town, olena)
    assert await town.count("audit", "action = 'opened'") == 0


async def test_what_was_taken_apart_again_has_one_ladder_and_goes_on_where_it_stood(
    ana: Person, olena: Person, head: Person, town: Town
) -> None:
    other = await resident(town, "Oksana")
    first = await danger(ana)
    await olena.presses("Take")
    await olena.presses("First contact made")
    second = await danger(other)
    await town.passes(minutes=6)
    await olena.says(f"/case {first}")
    await olena.presses(f"Join K-{second}")
    await town.passes(minutes=30)
    since = len(head.chat.sent)
    await olena.presses(f"Take K-{second} apart again")
    assert await town.count("due", "kind = 'ladder' AND subject_id = 2 AND done_at IS NULL") == 1
    await town.ticks()
    assert len([each for each in head.chat.sent[since:] if "Urgent case" in each.text]) <= FEW
