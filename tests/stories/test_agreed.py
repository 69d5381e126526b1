"""A call that was agreed: at the time that she set its step happens once, unless she says that she is all right."""

import asyncio
import contextlib
import itertools
import re
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from storage import exclusions, people
from storage.db import Transaction
from tests.people import Person, Town
from tests.stories.test_power_cut import Power, PowerCut
from tests.stories.test_urgent import reports

CALL, BRIGADE, NOTHING = "A specialist calls me", "The brigade comes to me", "Nothing, only note it"
CALL_NOW = re.compile(
    r"K-\d+: the agreed call\. She has not said that all is well\. Call now, the number is on the card\."
)


async def opens_from_the_receipt(ana: Person) -> None:
    await ana.presses("That is all")
    await ana.presses("‹ Back to the request")


async def agrees(ana: Person, step: str = CALL, *, told: str = "067 123 45 67", day: str = "23", at: str) -> None:
    """Monday is the 23rd, and it is eleven o'clock."""
    await ana.presses("Change it" if "Change it" in ana.labels else "Agree on a call")
    await ana.presses(step)
    if told:
        await ana.says(told)
    await ana.presses(day)
    await ana.says(at)


async def comes_back(ana: Person, key: tuple[str, str]) -> None:
    await ana.says("My requests")
    await ana.presses("Open by number and code")
    await ana.says(key[0])
    await ana.says(key[1])
    await ana.presses("Yes, it is safe")


def number_and_code(ana: Person) -> tuple[str, str]:
    receipt = next(message.text for message in ana.heard if "code" in message.text)
    number, code = receipt.split("number ")[1].split(", code ")
    return number, code.split(".")[0]


def calls_heard(person: Person) -> list[str]:
    return [message.text for message in person.chat.sent if "the agreed call. She has not" in message.text]


async def history(town: Town) -> list[str]:
    rows = await town.app.reader.look(
        lambda tx: tx.all("SELECT what FROM history WHERE what LIKE 'agreed%' ORDER BY id")
    )
    return [str(row["what"]).removeprefix("agreed_") for row in rows]


@pytest.fixture
async def case(ana: Person, olena: Person) -> tuple[str, str]:
    """Olena has Ana's case, Ana has it open before her; its number and code."""
    await reports(ana)
    key = number_and_code(ana)
    await olena.presses("Take")
    await opens_from_the_receipt(ana)
    return key


@pytest.mark.safety("S12")
@pytest.mark.usefixtures("case")
async def test_she_sets_a_time_and_sees_it_and_the_specialist_learns_number_and_time(
    ana: Person, olena: Person, town: Town
) -> None:
    await agrees(ana, at="18:00")
    assert (
        "Agreed for Mon 23 November, 18:00. If you don't press “I am all right” before, a specialist calls" in ana.last
    )
    assert ana.heard[-1].protected
    assert "Leave now" in ana.heard[-1].buttons
    assert re.fullmatch(r"K-\d+: a call is agreed for Mon 23 November, 18:00\.", olena.last)
    await ana.presses("‹ Back to the request")
    assert "Agreed for Mon 23 November, 18:00." in ana.last
    assert "I am all right" in ana.labels
    await olena.presses("Open the card")
    assert "Agreed for Mon 23 November, 18:00: call, unless there is word that all is well." in olena.last
    await olena.presses("Name, address, phone")
    assert "Phone: +380 67 123 4567" in olena.last
    assert await history(town) == ["set"]


@pytest.mark.safety("S12")
async def test_every_screen_of_it_can_be_left_at_once_and_what_is_typed_goes(ana: Person, olena: Person) -> None:
    await reports(ana)
    await olena.presses("Take")
    await opens_from_the_receipt(ana)
    await ana.presses("Agree on a call")
    assert "If the danger is now, don't wait: 102." in ana.last
    for act in (ana.presses(CALL), ana.says("067 123 45 67"), ana.presses("23"), ana.presses("18:00")):
        assert "Leave now" in ana.heard[-1].buttons
        await act
    assert not any("067 123" in message.text for message in ana.chat.standing.values())
    await ana.presses("Leave now")
    assert [message.text for message in ana.heard if "Agreed" in message.text] == []


@pytest.mark.safety("S12")
@pytest.mark.usefixtures("case")
async def test_who_changes_her_mind_in_the_middle_is_back_in_her_request(ana: Person, town: Town) -> None:
    await ana.presses("Agree on a call")
    await ana.presses(CALL)
    await ana.presses("✕ Cancel")
    assert "a specialist has taken it" in ana.last
    assert "Agree on a call" in ana.labels
    assert await town.count("agreed_calls") == 0
    assert await town.count("drafts") == 0


@pytest.mark.safety("S12")
async def test_a_number_or_an_address_that_we_have_is_not_asked_again(ana: Person, olena: Person) -> None:
    await reports(ana)
    await olena.presses("Take")
    await ana.says("12 Shevchenka street")
    await ana.says("067 123 45 67")
    await opens_from_the_receipt(ana)
    await agrees(ana, told="", at="18:00")
    assert "a specialist calls you" in ana.last
    assert not ana.sees("067")
    await agrees(ana, BRIGADE, told="", at="19:00")
    assert "the brigade comes to you" in ana.last


@pytest.mark.safety("S12")
async def test_what_she_tells_for_it_is_not_lost_to_additions_that_are_still_open(
    ana: Person, olena: Person, town: Town
) -> None:
    await reports(ana)
    key = number_and_code(ana)
    await olena.presses("Take")
    await ana.presses("Skip")
    additions = ana.pressing("Skip")
    await comes_back(ana, key)
    await agrees(ana, at="18:00")
    await town.hears(additions)
    await olena.presses("Open the card")
    await olena.presses("Name, address, phone")
    assert "Phone: +380 67 123 4567" in olena.last


@pytest.mark.safety("S12")
async def test_one_press_before_the_time_and_nothing_happens(
    ana: Person, olena: Person, town: Town, case: tuple[str, str]
) -> None:
    await agrees(ana, at="18:00")
    await town.passes(hours=6, minutes=45)
    await comes_back(ana, case)
    await ana.presses("I am all right")
    assert "It is good that you are all right. Nothing happens at Mon 23 November, 18:00." in ana.last
    assert "all is well, the agreed call, Mon 23 November, 18:00, is not needed." in olena.last
    await town.passes(days=1)
    assert calls_heard(olena) == []
    assert await history(town) == ["set", "well"]


@pytest.mark.safety("S12")
@pytest.mark.usefixtures("case")
async def test_without_her_word_the_one_who_has_the_case_is_called_at_the_time_with_the_number_only(
    ana: Person, olena: Person, petro: Person, town: Town
) -> None:
    await agrees(ana, at="18:00")
    await town.passes(hours=6, minutes=45)
    assert calls_heard(olena) == []
    await town.passes(minutes=15)
    assert CALL_NOW.fullmatch(olena.last)
    assert olena.heard[-1].protected
    assert calls_heard(petro) == []
    await olena.presses("Open the card")
    assert "It was agreed for Mon 23 November, 18:00. There was no word that all is well." in olena.last
    await olena.presses("Name, address, phone")
    assert "Phone: +380 67 123 4567" in olena.last


@pytest.mark.safety("S12")
@pytest.mark.usefixtures("case")
async def test_it_is_carried_out_once_however_often_the_bell_rings(ana: Person, olena: Person, town: Town) -> None:
    await agrees(ana, at="18:00")
    town.clock.at = datetime(2026, 11, 23, 16, 0, tzinfo=UTC)
    await asyncio.gather(*(town.app.ticker.tick() for _ in range(5)))
    await town.app.writer.transact(lambda tx: tx.run("UPDATE due SET done_at = NULL WHERE kind = 'agreed_call'"))
    await town.app.ticker.tick()
    await town.settles()
    assert len(calls_heard(olena)) == 1
    assert await history(town) == ["set", "fired"]


@pytest.mark.safety("S12")
async def test_a_power_cut_after_any_statement_of_the_bell_neither_loses_nor_doubles_it(tmp_path: Path) -> None:
    power = Power()
    async with Town(tmp_path / "dark", pulse=power) as town:
        olena = await town.staff("Olena", "brigade", language="en")
        ana = town.person("Ana")
        await ana.says("/start")
        await ana.speaks("en")
        await ana.says("/start")
        await reports(ana)
        await olena.presses("Take")
        await opens_from_the_receipt(ana)
        await agrees(ana, at="18:00")
        town.clock.at = datetime(2026, 11, 23, 16, 0, tzinfo=UTC)
        cuts = 0
        for after in itertools.count():
            heard, noted = len(calls_heard(olena)), len(await history(town))
            power.left = after
            with contextlib.suppress(PowerCut):
                await town.app.ticker.tick()
            whole, power.left = power.left is not None, None
            await town.app.ticker.tick()
            await town.settles()
            assert (len(calls_heard(olena)), len(await history(town))) == (heard + 1, noted + 1)
            await town.app.writer.transact(_as_before)
            cuts += not whole
            if whole:
                break
    assert cuts > 15


@pytest.mark.safety("S12")
@pytest.mark.usefixtures("case")
async def test_a_time_that_was_changed_is_kept_and_the_old_one_is_silent(
    ana: Person, olena: Person, town: Town
) -> None:
    await agrees(ana, at="18:00")
    await agrees(ana, told="", at="20:30")
    assert "Agreed for Mon 23 November, 20:30." in ana.last
    assert "the agreed call is now for Mon 23 November, 20:30." in olena.last
    old = "UPDATE due SET done_at = NULL WHERE kind = 'agreed_call' AND version = 1"
    assert await town.app.writer.transact(lambda tx: tx.run(old)) == 1
    await town.passes(hours=9, minutes=15)
    assert calls_heard(olena) == []
    await town.passes(minutes=15)
    assert len(calls_heard(olena)) == 1
    assert await history(town) == ["set", "changed", "fired"]


@pytest.mark.safety("S12")
@pytest.mark.usefixtures("case")
async def test_what_was_cancelled_does_not_happen(ana: Person, olena: Person, town: Town) -> None:
    await agrees(ana, at="18:00")
    await ana.presses("Cancel it")
    assert ana.last.startswith("Cancelled. Nothing happens at Mon 23 November, 18:00.")
    assert "the agreed call, Mon 23 November, 18:00, is cancelled." in olena.last
    await town.passes(days=1)
    assert calls_heard(olena) == []
    assert await history(town) == ["set", "cancelled"]


@pytest.mark.safety("S12")
@pytest.mark.usefixtures("case")
async def test_nobody_presses_done_and_everybody_hears_it_and_hears_it_again_every_hour(
    ana: Person, olena: Person, petro: Person, head: Person, town: Town
) -> None:
    await agrees(ana, at="18:00")
    await town.passes(hours=7, minutes=15)
    for each in (olena, petro, head):
        assert each.last.startswith("It was due Mon 23 November, 18:00, and nobody has pressed “Done” yet.")
        assert len([message for message in each.heard if "She has not said" in message.text]) == 1
    so_far = len(calls_heard(head))
    await town.passes(hours=3)
    assert len(calls_heard(head)) == so_far + 3
    await petro.presses("Done")
    assert re.match(r"K-\d+: what was agreed is done\. Petro, 21:15\.", petro.last)
    assert "what was agreed is done. Petro" in olena.last
    assert "what was agreed is done. Petro" in head.last
    await town.passes(hours=5)
    assert len(calls_heard(head)) == so_far + 3
    assert await history(town) == ["set", "fired", "done"]


@pytest.mark.safety("S12")
@pytest.mark.usefixtures("case")
async def test_of_two_who_press_done_one_was_first(ana: Person, olena: Person, head: Person, town: Town) -> None:
    await agrees(ana, at="18:00")
    await town.passes(hours=7, minutes=15)
    await town.hears(olena.pressing("Done"), head.pressing("Done"))
    assert "A colleague was first." in town.telegram.toasts
    assert (await history(town)).count("done") == 1


@pytest.mark.safety("S12")
@pytest.mark.usefixtures("case")
async def test_only_who_was_called_may_say_that_it_is_done(ana: Person, olena: Person, town: Town) -> None:
    ivan = await town.staff("Ivan", "lawyer", language="en")
    await agrees(ana, at="18:00")
    await town.passes(hours=7)
    stolen = next(message.buttons["Done"] for message in olena.heard if "Done" in message.buttons)
    await town.hears(ivan.pressing_data(stolen), ana.pressing_data(stolen))
    assert await town.count("agreed_calls", "state = 'fired'") == 1
    assert town.telegram.toasts[-2:] == ["You have no access to this."] * 2


@pytest.mark.safety("S12")
async def test_a_case_that_nobody_has_calls_its_team_on_duty_and_the_head(
    ana: Person, olena: Person, petro: Person, head: Person, town: Town
) -> None:
    await petro.says("On duty")
    await petro.presses("End my duty")
    await reports(ana)
    await opens_from_the_receipt(ana)
    await agrees(ana, at="18:00")
    await town.passes(hours=7)
    assert len(calls_heard(olena)) == len(calls_heard(head)) == 1
    assert calls_heard(petro) == []


@pytest.mark.safety("S12")
@pytest.mark.usefixtures("case")
async def test_who_was_dismissed_meanwhile_is_not_counted_on(
    ana: Person, olena: Person, petro: Person, head: Person, town: Town
) -> None:
    await agrees(ana, at="18:00")
    await town.app.writer.transact(lambda tx: _dismissed(tx, town.clock.at))
    await town.passes(hours=7)
    assert calls_heard(olena) == []
    assert len(calls_heard(petro)) == len(calls_heard(head)) == 1


@pytest.mark.safety("S12")
async def test_the_brigade_of_the_district_is_sent_with_the_one_who_has_the_case_and_the_head(
    ana: Person, iryna: Person, head: Person, town: Town
) -> None:
    near = await town.staff("Near", "brigade", "center", language="en")
    far = await town.staff("Far", "brigade", "sadovyi", language="en")
    taker = await town.staff("Taker", "head", language="en")
    await reports(ana)
    await taker.says("Queue")
    await taker.presses(number_and_code(ana)[0])
    await opens_from_the_receipt(ana)
    await agrees(ana, BRIGADE, told="Sadova 5, flat 12", at="18:00")
    await town.passes(hours=7)
    told = [each for each in (near, far, taker, head, iryna) if "Go now, the address is on the card." in each.last]
    assert told == [near, taker, head]
    assert "Sadova" not in near.last
    await near.presses("Open the card")
    await near.presses("Name, address, phone")
    assert "Where to come: Sadova 5, flat 12" in near.last
    assert await town.count("audit", "reason = 'agreed_call'") == 2
    await head.presses("Open the card")
    assert "There was no word that all is well." in head.last
    opened = near.pressing("Open the card")
    await near.presses("Done")
    await town.hears(opened)
    assert town.telegram.toasts[-1] == "You have no access to this."


@pytest.mark.safety("S25")
async def test_a_colleague_whom_she_keeps_from_her_case_is_not_called(
    ana: Person, olena: Person, petro: Person, head: Person, town: Town
) -> None:
    await reports(ana)
    await opens_from_the_receipt(ana)
    await agrees(ana, at="18:00")
    await town.app.writer.transact(lambda tx: _kept_from_it(tx, "Petro", town.clock.at))
    await town.passes(hours=9)
    assert calls_heard(petro) == []
    assert calls_heard(olena)
    assert calls_heard(head)
    done = next(message.buttons["Done"] for message in olena.heard if "Done" in message.buttons)
    await town.hears(petro.pressing_data(done))
    assert town.telegram.toasts[-1] == "You have no access to this."


@pytest.mark.safety("S12")
@pytest.mark.usefixtures("case")
async def test_all_of_the_brigade_is_sent_when_nobody_of_it_is_on_duty(
    ana: Person, olena: Person, petro: Person, town: Town
) -> None:
    await agrees(ana, BRIGADE, told="Sadova 5", at="18:00")
    for each in (olena, petro):
        await each.says("On duty")
        await each.presses("End my duty")
    await town.passes(hours=7)
    assert "Go now" in olena.last
    assert "Go now" in petro.last


@pytest.mark.safety("S12")
@pytest.mark.usefixtures("case")
async def test_nothing_means_a_note_in_the_history_and_no_more(ana: Person, olena: Person, town: Town) -> None:
    await agrees(ana, NOTHING, told="", at="18:00")
    sent = len(olena.chat.sent)
    await town.passes(days=1)
    assert not any("Done" in message.buttons for message in olena.chat.sent[sent:])
    assert await history(town) == ["set", "fired"]


@pytest.mark.safety("S12")
@pytest.mark.usefixtures("case")
async def test_a_bot_that_was_down_carries_it_out_at_its_start_and_says_how_late(
    ana: Person, olena: Person, town: Town
) -> None:
    await agrees(ana, at="18:00")
    await town.app.close()
    town.clock.at = datetime(2026, 11, 23, 16, 47, tzinfo=UTC)
    await town.open()
    await town.app.ticker.tick()
    await town.settles()
    assert olena.last.startswith("It was due Mon 23 November, 18:00; we are 47 minutes late.")
    assert len(calls_heard(olena)) == 1


@pytest.mark.safety("S12")
@pytest.mark.usefixtures("case")
async def test_a_case_that_was_closed_calls_nobody_and_the_specialist_knows(
    ana: Person, olena: Person, town: Town
) -> None:
    await agrees(ana, at="18:00")
    await olena.presses("Open the card")
    await olena.presses("Close the case")
    await olena.presses("Overcome")
    await olena.presses("Overcome or reduced")
    await olena.presses("Skip")
    await olena.presses("Send")
    assert any("is off, because the case has ended" in message.text for message in olena.heard)
    await town.passes(days=1)
    assert calls_heard(olena) == []
    assert await history(town) == ["set", "over"]


@pytest.mark.safety("S12")
@pytest.mark.parametrize("column", ["withdrawn_at", "erase_at", "erased_at"])
@pytest.mark.usefixtures("case")
async def test_a_case_that_she_withdrew_or_had_erased_calls_nobody_and_the_specialist_knows(
    ana: Person, olena: Person, town: Town, column: str
) -> None:
    await agrees(ana, at="18:00")
    now = town.clock.at
    await town.app.writer.transact(lambda tx: tx.run(f"UPDATE cases SET {column} = :now", now=now))
    await town.passes(hours=7)
    assert "is off, because the case has ended" in olena.last
    assert calls_heard(olena) == []
    await town.passes(days=1)
    assert calls_heard(olena) == []


@pytest.mark.safety("S12")
@pytest.mark.usefixtures("case")
async def test_to_withdraw_the_consent_puts_an_end_to_what_was_agreed_at_once(
    ana: Person, olena: Person, town: Town
) -> None:
    await agrees(ana, at="18:00")
    await ana.presses("‹ Back to the request")
    await ana.presses("My data and consents")
    await ana.presses("Withdraw my consent")
    await ana.presses("Yes, withdraw")
    assert olena.sees("the agreed call, Mon 23 November, 18:00, is off, because the case has ended.")
    await town.passes(days=1)
    assert calls_heard(olena) == []
    assert await history(town) == ["set", "over"]


@pytest.mark.safety("S29")
@pytest.mark.usefixtures("case")
async def test_what_was_agreed_stands_in_the_file_of_what_is_held(ana: Person) -> None:
    await agrees(ana, at="18:00")
    await ana.presses("‹ Back to the request")
    await ana.presses("My data and consents")
    await ana.presses("What is held here")
    assert "Agreed for Mon 23 November, 18:00." in ana.read


@pytest.mark.safety("S12")
async def test_all_right_after_the_time_is_told_to_those_who_were_called_and_stops_nothing(
    ana: Person, olena: Person, head: Person, town: Town, case: tuple[str, str]
) -> None:
    await agrees(ana, at="18:00")
    await town.passes(hours=7, minutes=5)
    await comes_back(ana, case)
    assert "The time you set, Mon 23 November, 18:00, has passed." in ana.last
    await ana.presses("I am all right")
    assert ana.last.startswith("Thank you, our people see this. The time had passed")
    assert re.search(r"K-\d+: “I am all right” was pressed at 18:05, after the agreed time\.", olena.last)
    await town.passes(minutes=15)
    assert head.sees("nobody has pressed “Done” yet")


@pytest.mark.safety("S09")
@pytest.mark.parametrize(
    ("may_write", "covers"), [("Yes, you can", 1), ("Don't write. I will come back with a code", 0)]
)
async def test_half_an_hour_before_a_cover_comes_to_her_who_may_be_written_to(
    ana: Person, olena: Person, town: Town, may_write: str, covers: int
) -> None:
    await ana.presses("Safety at home")
    await ana.presses("The danger is now")
    await ana.presses(may_write)
    await ana.presses("Centre")
    await olena.presses("Take")
    await opens_from_the_receipt(ana)
    await agrees(ana, at="18:00")
    await ana.presses("Leave now")
    seen = len(ana.chat.sent)
    await town.passes(hours=6, minutes=15)
    assert len(ana.chat.sent) == seen
    await town.passes(hours=4)
    assert [message.text for message in ana.chat.sent[seen:]] == ["The guide has an update."] * covers


@pytest.mark.safety("S08")
@pytest.mark.parametrize(("hours", "covers"), [("08-12", 0), ("16-20", 1)])
async def test_a_cover_outside_her_hours_would_come_too_late_and_does_not_come(
    ana: Person, olena: Person, town: Town, hours: str, covers: int
) -> None:
    await reports(ana)
    await olena.presses("Take")
    await opens_from_the_receipt(ana)
    await agrees(ana, at="18:00")
    await ana.presses("Leave now")
    chosen = "UPDATE cases SET contact = 'hours', contact_hours = :hours"
    await town.app.writer.transact(lambda tx: tx.run(chosen, hours=hours))
    seen = len(ana.chat.sent)
    await town.passes(hours=6, minutes=45)
    assert await town.count("outbox", "op = 'push' AND state = 'queued'") == 0
    await town.passes(days=2)
    assert [message.text for message in ana.chat.sent[seen:]] == ["The guide has an update."] * covers


@pytest.mark.safety("S08")
async def test_a_cover_that_waits_for_her_hours_is_dropped_when_she_says_that_all_is_well(
    ana: Person, olena: Person, town: Town
) -> None:
    await reports(ana)
    key = number_and_code(ana)
    await olena.presses("Take")
    await opens_from_the_receipt(ana)
    await agrees(ana, at="18:15")
    chosen = "UPDATE cases SET contact = 'hours', contact_hours = '18-20'"
    await town.app.writer.transact(lambda tx: tx.run(chosen))
    await ana.presses("Leave now")
    await town.passes(hours=6, minutes=50)
    assert await town.count("outbox", "op = 'push' AND state = 'queued'") == 1
    await comes_back(ana, key)
    await ana.presses("I am all right")
    await ana.presses("Leave now")
    seen = len(ana.chat.sent)
    await town.passes(hours=3)
    assert len(ana.chat.sent) == seen


@pytest.mark.safety("S09")
async def test_no_cover_comes_for_a_call_that_was_cancelled(ana: Person, olena: Person, town: Town) -> None:
    await ana.presses("Safety at home")
    await ana.presses("The danger is now")
    await ana.presses("Yes, you can")
    await ana.presses("Centre")
    await olena.presses("Take")
    await opens_from_the_receipt(ana)
    await agrees(ana, at="18:00")
    await ana.presses("Cancel it")
    await ana.presses("Leave now")
    seen = len(ana.chat.sent)
    await town.passes(hours=10)
    assert len(ana.chat.sent) == seen


@pytest.mark.safety("S12")
@pytest.mark.usefixtures("case")
async def test_a_time_that_passed_while_she_was_choosing_is_not_agreed(ana: Person, town: Town) -> None:
    await ana.presses("Agree on a call")
    await ana.presses(CALL)
    await ana.says("067 123 45 67")
    await town.passes(hours=0.2)
    await ana.presses("23")
    await ana.says("11:05")
    assert "That time has passed. Please pick another." in ana.last
    assert await town.count("agreed_calls") == 0


@pytest.mark.safety("S12")
async def test_what_was_agreed_survives_a_restart(
    ana: Person, olena: Person, town: Town, case: tuple[str, str]
) -> None:
    await agrees(ana, at="18:00")
    await town.restarts()
    await comes_back(ana, case)
    assert "Agreed for Mon 23 November, 18:00." in ana.last
    await town.restarts()
    await town.passes(hours=7)
    assert len(calls_heard(olena)) == 1


def _as_before(tx: Transaction) -> None:
    """The time has not come yet, and nobody has been told."""
    tx.run("UPDATE agreed_calls SET state = 'set', ended_at = NULL")
    tx.run("UPDATE due SET done_at = NULL WHERE kind = 'agreed_call'")
    tx.run("DELETE FROM due WHERE kind = 'agreed_again'")


def _kept_from_it(tx: Transaction, name: str, now: datetime) -> None:
    person = next(each for each in people.everybody(tx) if each.name == name)
    exclusions.exclude(tx, 1, person_id=person.id, now=now)


def _dismissed(tx: Transaction, now: datetime) -> None:
    taken = tx.one("SELECT claimed_by FROM cases")
    assert taken is not None
    people.dismiss(tx, taken["claimed_by"], now=now)


NIGHTS = [
    (datetime(2027, 3, 27, 12, 0, tzinfo=UTC), "28", "3:30", datetime(2027, 3, 28, 1, 30, tzinfo=UTC)),  # 3:30 is not
    (datetime(2027, 3, 27, 12, 0, tzinfo=UTC), "28", "4:15", datetime(2027, 3, 28, 1, 15, tzinfo=UTC)),
    (datetime(2026, 10, 24, 12, 0, tzinfo=UTC), "25", "3:30", datetime(2026, 10, 25, 0, 30, tzinfo=UTC)),  # the first
    (datetime(2026, 10, 24, 12, 0, tzinfo=UTC), "25", "4:15", datetime(2026, 10, 25, 2, 15, tzinfo=UTC)),
    (datetime(2026, 10, 25, 1, 10, tzinfo=UTC), "25", "3:30", datetime(2026, 10, 25, 1, 30, tzinfo=UTC)),  # the second
]


@pytest.fixture
async def night(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Town]:
    async with Town(tmp_path / "night", at=request.param) as town:
        yield town


@pytest.mark.safety("S12")
@pytest.mark.parametrize(("night", "day", "clock", "moment"), NIGHTS, indirect=["night"])
async def test_when_the_clock_is_changed_it_happens_once_at_the_wall_time_she_meant(
    night: Town, day: str, clock: str, moment: datetime
) -> None:
    olena = await night.staff("Olena", "brigade", language="en")
    ana = night.person("Ana")
    await ana.says("/start")
    await ana.speaks("en")
    await ana.says("/start")
    await reports(ana)
    await olena.presses("Take")
    await opens_from_the_receipt(ana)
    await agrees(ana, day=day, at=clock)
    rings = (moment - night.clock.at).total_seconds() / 60
    await night.passes(minutes=rings - 1)
    assert calls_heard(olena) == []
    await night.passes(minutes=1)
    assert len(calls_heard(olena)) == 1
    await olena.presses("Done")
    await night.passes(hours=6)
    assert len(calls_heard(olena)) == 1
