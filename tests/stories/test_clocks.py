"""Deadlines of a case: first answer, visit, decision, what the law wants told. Soon comes before late."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.core.buttons import Clock, encode
from handlers import clocks
from storage import cases, deadlines
from storage.db import Transaction
from tests.people import Person, Standing, Town
from tests.stories.test_forms import asks_for_help
from tests.stories.test_rights import opens_it, withdraws
from tests.stories.test_urgent import reports
from tests.stories.test_visits import plans

SOON = "there is little time left"


async def running(town: Town, case_id: int = 1) -> list[str]:
    """The keys of what runs, the earliest first."""
    rows = await town.app.reader.look(lambda tx: deadlines.of_case(tx, case_id))
    return [each.key for each in rows]


async def tasks_of(town: Town, kind: str = "missed_deadline") -> int:
    return await town.count("tasks", f"kind = '{kind}' AND done_at IS NULL")


def told_since(person: Person, sent: int) -> list[Standing]:
    return person.chat.sent[sent:]


async def asks(ana: Person) -> None:
    await asks_for_help(ana)
    await ana.presses("Send")


async def test_every_case_has_three_clocks(ana: Person, iryna: Person, town: Town) -> None:
    await asks(ana)
    assert await running(town) == ["first_human_answer", "needs_assessment", "service_decision"]
    await iryna.presses("Take")
    assert iryna.sees("First answer: by 11:15. Пропозиція: 15 хвилин")
    assert iryna.sees("Assessment of needs in time: by the end of Mon 30 November. Закон № 2671-VIII, ст. 20.")
    assert iryna.sees("The basis is not verified.")


async def test_of_what_is_verified_the_card_does_not_say_that_it_is_not(ana: Person, iryna: Person, town: Town) -> None:
    await asks(ana)
    today = town.clock.at.date()
    profile = town.app.centre
    verified = {key: replace(row, verified_on=today) for key, row in profile.deadlines.items()}
    object.__setattr__(profile, "deadlines", verified)
    await iryna.presses("Take")
    assert iryna.sees("Assessment of needs in time")
    assert not iryna.sees("not verified")


async def test_the_first_answer_is_a_contact_and_not_the_taking(ana: Person, iryna: Person, town: Town) -> None:
    await asks(ana)
    await iryna.presses("Take")
    assert "first_human_answer" in await running(town)
    await iryna.presses("First contact made")
    assert "first_human_answer" not in await running(town)
    assert await town.count("deadlines", "met_at IS NOT NULL AND missed_at IS NULL") == 1


async def test_an_answer_behind_her_code_is_the_first_answer(ana: Person, olena: Person, town: Town) -> None:
    await reports(ana)
    await olena.presses("Take")
    await olena.presses("Write an answer")
    await olena.says("We are here")
    await olena.presses("Send")
    assert await town.count("deadlines", "key = 'first_human_answer' AND met_at IS NOT NULL") == 1
    await olena.presses("First contact made")
    assert await town.count("deadlines", "key = 'first_human_answer'") == 1


async def test_soon_is_said_before_late_to_whoever_has_the_case_and_to_nobody_else(
    ana: Person, iryna: Person, head: Person, town: Town
) -> None:
    other = await town.staff("Other", "specialist", language="en")
    await asks(ana)
    await iryna.presses("Take")
    before = len(other.chat.sent), len(head.chat.sent)
    await town.passes(minutes=10)
    assert f"First answer: by 11:15, {SOON}." in iryna.last
    assert "Open the card" in iryna.heard[-1].buttons
    assert await tasks_of(town) == 0
    await town.passes(minutes=5)
    assert iryna.last.endswith("First answer: was due by 11:15.")
    assert not iryna.sees(SOON)
    assert await tasks_of(town) == 1
    assert before == (len(other.chat.sent), len(head.chat.sent))


@pytest.mark.safety("S26")
async def test_a_missed_deadline_is_a_task_of_the_head_while_nobody_has_the_case(
    ana: Person, olena: Person, head: Person, town: Town
) -> None:
    await reports(ana)
    await town.passes(minutes=15)
    told = next(message.text for message in head.heard if "First answer" in message.text)
    assert told.splitlines()[0].endswith(". Centre.")
    assert told.splitlines()[1:] == ["First answer: was due by 11:15."]
    assert await town.count("deadlines", "missed_at IS NOT NULL") == 1
    assert await town.count("tasks", "person_id = (SELECT person_id FROM roles WHERE role = 'head')") == 1
    assert olena.sees("Still waits")


async def test_where_there_is_no_head_the_task_is_somebodys_all_the_same(
    ana: Person, olena: Person, town: Town
) -> None:
    await reports(ana)
    await town.passes(minutes=15)
    assert await tasks_of(town) == 1
    assert olena.last.startswith("Still waits")
    await town.passes(days=1)
    assert olena.sees("First answer: was due by ")


async def test_what_was_met_in_time_is_never_called_late(ana: Person, iryna: Person, town: Town) -> None:
    await asks(ana)
    await iryna.presses("Take")
    await iryna.presses("First contact made")
    sent = len(iryna.chat.sent)
    await town.passes(hours=8)
    assert not told_since(iryna, sent)
    assert await town.count("deadlines", "missed_at IS NOT NULL") == 0


async def test_a_late_answer_ends_the_task_and_stays_missed(ana: Person, iryna: Person, town: Town) -> None:
    await asks(ana)
    await iryna.presses("Take")
    await town.passes(minutes=20)
    assert await tasks_of(town) == 1
    await iryna.presses("First contact made")
    assert await tasks_of(town) == 0
    assert await town.count("deadlines", "key = 'first_human_answer' AND missed_at IS NOT NULL") == 1
    assert await town.count("deadlines", "key = 'first_human_answer' AND met_at IS NOT NULL") == 1


async def test_an_answer_after_the_time_is_missed_even_if_no_bell_could_ring(
    ana: Person, iryna: Person, town: Town
) -> None:
    """The ticker stood still: the deadline passed all the same, and who answered for it is on record."""
    await asks(ana)
    await iryna.presses("Take")
    town.clock.at += timedelta(minutes=40)
    await iryna.presses("First contact made")
    await town.app.ticker.tick()
    await town.settles()
    assert await town.count("deadlines", "missed_at IS NOT NULL AND met_at IS NOT NULL") == 1
    assert await town.count("tasks", "kind = 'missed_deadline' AND done_at IS NOT NULL") == 1
    assert not iryna.sees("was due by")


async def test_a_visit_that_was_held_stops_the_clock_of_the_visit(ana: Person, olena: Person, town: Town) -> None:
    await reports(ana)
    await olena.presses("Take")
    await olena.presses("Plan a visit")
    await plans(olena, "24", "10:00")
    assert "brigade_urgent_help" in await running(town)
    await olena.presses("It took place")
    assert "brigade_urgent_help" not in await running(town)
    assert "first_human_answer" not in await running(town)


async def test_a_day_of_the_law_runs_over_the_weekend(ana: Person, olena: Person, town: Town) -> None:
    await town.passes(days=4, hours=2)
    await reports(ana)
    await olena.presses("Take")
    await olena.presses("First contact made")
    await town.passes(hours=18)
    soon = [each.text for each in olena.chat.sent if SOON in each.text]
    assert len(soon) == 1
    assert f"Urgent help on the spot: by 13:00, {SOON}." in soon[0]
    assert f"Decision on services: by 13:00, {SOON}." in soon[0]
    await town.passes(hours=6)
    assert await town.count("deadlines", "key = 'brigade_urgent_help' AND missed_at IS NOT NULL") == 1
    assert olena.sees("Urgent help on the spot: was due by 13:00.")


async def test_what_ends_with_a_day_is_told_in_the_morning_and_never_at_midnight(
    ana: Person, iryna: Person, town: Town
) -> None:
    await asks(ana)
    await iryna.presses("Take")
    await iryna.presses("First contact made")
    await town.passes(days=6, hours=20)
    assert not iryna.sees(SOON)
    await town.passes(hours=2)
    assert iryna.sees(f"Assessment of needs in time: by the end of Mon 30 November, {SOON}.")
    sent = len(iryna.chat.sent)
    await town.passes(hours=20)
    assert await town.count("deadlines", "key = 'needs_assessment' AND missed_at IS NOT NULL") == 1
    assert await tasks_of(town) == 1
    assert not told_since(iryna, sent)
    await town.passes(hours=4)
    assert iryna.sees("Assessment of needs in time: was due by the end of Mon 30 November.")


@pytest.mark.safety("S21")
async def test_children_near_begin_the_day_of_child_services(ana: Person, olena: Person, town: Town) -> None:
    await reports(ana)
    await olena.presses("Take")
    assert await town.count("deadlines", "key = 'notify_police'") == 1
    assert await town.count("deadlines", "key = 'notify_child_services'") == 0
    await ana.presses("Skip")
    await ana.presses("Skip")
    await town.passes(minutes=3)
    await ana.presses("Yes")
    begins = await town.app.reader.look(lambda tx: deadlines.of_case(tx, 1))
    theirs = next(each for each in begins if each.key == "notify_child_services")
    assert theirs.starts_at == town.clock.at
    assert theirs.due_at - theirs.starts_at == timedelta(hours=24)
    await ana.presses("Yes, the police know")
    assert await town.count("deadlines", "key = 'notify_child_services'") == 1


@pytest.mark.safety("S21")
async def test_of_a_child_who_writes_everybody_is_to_know_within_a_day(ana: Person, olena: Person, town: Town) -> None:
    await ana.presses("Safety at home")
    for label in ("I am under 18", "The danger is now", "Don't write. I will come back with a code", "Centre"):
        await ana.presses(label)
    await olena.presses("Take")
    for words in ("Notice to the police", "Notice to child services", "Assessment of the child's safety"):
        assert olena.sees(f"{words}: by Tue 24 November, 11:00.")
    for label in ("Child services have the notice", "The child's safety is assessed", "The police have the notice"):
        await olena.presses(label)
    assert await running(town) == ["first_human_answer", "brigade_urgent_help", "service_decision_emergency"]


async def test_a_request_for_data_has_its_own_clock(ana: Person, iryna: Person, town: Town) -> None:
    await asks(ana)
    await iryna.presses("Take")

    def ask(tx: Transaction) -> None:
        case = cases.by_id(tx, 1)
        assert case is not None
        clocks.begin(town.app.desk.here(tx, town.clock.at), case, "privacy_request")

    await town.app.writer.transact(ask)
    await iryna.presses("Open the card")
    assert iryna.sees("Answer about personal data: by the end of Wed 23 December.")
    await iryna.presses("The answer about data is sent")
    assert "privacy_request" not in await running(town)


@pytest.mark.safety("S26")
async def test_an_alert_does_not_say_whom_the_law_makes_us_tell(ana: Person, olena: Person, town: Town) -> None:
    await reports(ana)
    await olena.presses("Take")
    await olena.presses("First contact made")
    assert olena.sees("Notice to the police: by ")
    sent = len(olena.chat.sent)
    await town.passes(days=1)
    heard = [message.text for message in told_since(olena, sent)]
    assert any("Notice to another body" in text for text in heard)
    assert not any("police" in text.casefold() for text in heard)


async def test_what_nothing_else_ends_is_ended_by_a_press_on_the_card(ana: Person, olena: Person, town: Town) -> None:
    await reports(ana)
    await olena.presses("Take")
    await olena.presses("The police have the notice")
    assert "notify_police" not in await running(town)
    assert "The police have the notice" not in olena.labels


async def test_only_who_has_the_case_says_so(ana: Person, olena: Person, petro: Person, town: Town) -> None:
    await reports(ana)
    await olena.presses("Take")
    clock = next(
        each for each in await town.app.reader.look(lambda tx: deadlines.of_case(tx, 1)) if each.key == "notify_police"
    )
    await town.hears(petro.pressing_data(encode(Clock(clock.id, "met"))))
    assert "notify_police" in await running(town)
    assert town.telegram.toasts[-1] == "You have no access to this."


async def test_a_decision_of_another_body_is_tracked_as_theirs(ana: Person, iryna: Person, town: Town) -> None:
    await asks(ana)
    await iryna.presses("Take")
    await iryna.presses("First contact made")
    await iryna.presses("Sent for a decision")
    assert iryna.sees(
        "Decision on services: with Social protection since Mon 23 November, 11:00, due by the end of Mon 7 Dec"
    )
    await town.passes(days=15)
    assert await tasks_of(town, "wait_decision") == 1
    assert iryna.sees("Ask about the decision")
    assert await town.count("deadlines", "body = 'social_protection' AND missed_at IS NOT NULL") == 1
    await iryna.presses("Open the card")
    await iryna.presses("The decision is made")
    assert await tasks_of(town, "wait_decision") == 0
    assert iryna.sees("Decision on services: decided by Social protection")
    assert "decision_notice" in await running(town)
    await iryna.presses("The notice of the decision is sent")
    assert "decision_notice" not in await running(town)


async def test_closing_drops_what_runs_and_what_was_missed_stays_missed(ana: Person, iryna: Person, town: Town) -> None:
    await asks(ana)
    await iryna.presses("Take")
    await town.passes(minutes=20)
    await iryna.presses("Close the case")
    for label in ("Reduced", "Overcome or reduced", "Skip", "Send"):
        await iryna.presses(label)
    assert await running(town) == []
    assert await town.count("deadlines", "missed_at IS NOT NULL AND met_at IS NULL AND dropped_at IS NOT NULL") == 1
    assert await town.count("tasks", "done_at IS NULL") == 0
    sent = len(iryna.chat.sent)
    await town.passes(days=16)
    assert not any("K-" in message.text for message in told_since(iryna, sent))


@pytest.mark.safety("S20")
async def test_what_she_withdrew_has_no_clock_until_she_goes_on(ana: Person, olena: Person, town: Town) -> None:
    await opens_it(ana)
    await olena.presses("Take")
    await olena.presses("First contact made")
    await withdraws(ana)
    assert await running(town) == []
    await town.passes(minutes=10)
    await ana.presses("Go on with my request")
    assert await running(town) == ["brigade_urgent_help", "service_decision_emergency", "notify_police"]


async def test_to_meet_it_twice_or_to_begin_it_twice_is_to_do_it_once(ana: Person, town: Town) -> None:
    await reports(ana)
    count = await town.count("deadlines")
    await town.app.writer.transact(lambda tx: _open(town, tx))
    assert await town.count("deadlines") == count
    for _ in range(2):
        await town.app.writer.transact(lambda tx: _met(town, tx))
        await town.passes(minutes=1)
    assert await town.count("deadlines", "met_at IS NOT NULL") == 1


async def test_the_operator_sees_how_many_deadlines_are_late(ana: Person, iryna: Person, town: Town) -> None:
    await asks(ana)
    await iryna.presses("Take")
    assert await late(town) == 0
    await town.passes(minutes=20)
    assert await late(town) == 1
    await iryna.presses("First contact made")
    assert await late(town) == 0


async def test_many_that_pass_together_are_one_message(head: Person, town: Town) -> None:
    """The bot was down over the time of several cases."""
    for number in range(3):
        someone = town.person(f"Someone {number}")
        await someone.says("/start")
        await someone.speaks("en")
        await someone.says("/start")
        await reports(someone)
    sent = len(head.chat.sent)
    town.clock.at += timedelta(minutes=30)
    await town.app.ticker.tick()
    await town.settles()
    passed = [message for message in told_since(head, sent) if "was due by" in message.text]
    assert len(passed) == 1
    assert head.sees("3 cases have passed a deadline.")
    assert await tasks_of(town) == 3


async def late(town: Town) -> int:
    return await town.app.reader.look(lambda tx: deadlines.count_late(tx, now=town.clock.at))


def _open(town: Town, tx: Transaction) -> None:
    here = town.app.desk.here(tx, town.clock.at)
    clocks.opened(here, cases.by_id(tx, 1), starts_at=town.clock.at)  # type: ignore[arg-type]


def _met(town: Town, tx: Transaction) -> None:
    here = town.app.desk.here(tx, town.clock.at)
    clocks.met(here, cases.by_id(tx, 1), "first_human_answer")  # type: ignore[arg-type]


async def test_what_is_met_after_its_task_was_done_leaves_no_task_that_nobody_hears_of(
    ana: Person, olena: Person, town: Town
) -> None:
    """Two deadlines are late, the task that said so is done; then one of the two is met."""
    await reports(ana)
    await olena.presses("Take")
    await town.passes(minutes=20)
    await olena.presses("I need more time")
    await town.passes(minutes=20)
    assert await tasks_of(town) == 1
    await olena.presses("Done with it")
    late = "UPDATE deadlines SET missed_at = :now WHERE key = 'brigade_urgent_help'"
    await town.app.writer.transact(lambda tx: tx.run(late, now=town.clock.at))
    await olena.presses("First contact made")
    assert await tasks_of(town) == 0
