"""Somebody's work here ends: access in the same second, what they had moves on, nobody is told why (S28)."""

import pytest

from handlers import dismissal
from storage import people
from storage.db import Transaction
from tests.people import Person, Town
from tests.stories.test_audit import verified
from tests.stories.test_forms import asks_for_help
from tests.stories.test_glass import ADDRESS, tells_where
from tests.stories.test_urgent import reports
from tests.stories.test_visits import plans

pytestmark = pytest.mark.safety("S28")


async def revokes(town: Town, person: Person) -> None:
    """As `staff revoke` does, beside the bot that runs."""

    def end(tx: Transaction) -> bool:
        known = people.meet(tx, person.id, kind="private", language="uk", now=town.clock.at)
        return dismissal.revoke(tx, known.id, now=town.clock.at)

    assert await town.app.writer.transact(end)


async def rings(town: Town) -> None:
    await town.app.ticker.tick()
    await town.settles()


async def test_in_the_same_second_no_old_button_no_command_and_no_form_works(
    ana: Person, iryna: Person, town: Town
) -> None:
    await asks_for_help(ana)
    await ana.presses("Send")
    await iryna.presses("Take")
    await iryna.presses("Close the case")
    await iryna.presses("Reduced")
    number = iryna.heard[0].text.split("K-")[-1][:4]
    sent = len(iryna.chat.sent)
    old = [iryna.pressing(label) for label in ("Open the card", "First contact made", "Plan a visit", "Close the case")]
    form = iryna.pressing("Overcome or reduced")
    await revokes(town, iryna)
    await town.hears(*old)
    assert town.telegram.toasts[-4:] == ["You have no access to this."] * 4
    assert len(iryna.chat.sent) == sent
    await town.hears(form)
    await iryna.says(f"/case {number}")
    await iryna.says("Queue")
    assert iryna.last == "What would you like to see?"
    assert "Queue" not in iryna.heard[-1].buttons
    assert await town.count("drafts", "form = 'close'") == 0
    assert await town.count("cases", "closed_at IS NOT NULL") == 0


async def test_their_cases_wait_again_and_the_team_is_called_with_the_deadline_kept(
    ana: Person, olena: Person, petro: Person, town: Town
) -> None:
    await tells_where(ana)
    await olena.presses("Take")
    heard = len(petro.chat.sent)
    await revokes(town, olena)
    await rings(town)
    assert petro.last.startswith("Back in the queue: it waits again.")
    assert "By 11:15." in petro.last
    assert "Olena" not in "".join(message.text for message in petro.chat.sent[heard:])
    assert await town.count("history", "what = 'released'") == 1
    await town.passes(minutes=15)
    assert petro.sees("Still waits: nobody has taken it.")
    await petro.presses("Take")
    assert petro.sees("Now: The danger is now")
    assert await town.count("audit", "action = 'revoked'") == 1
    assert await verified(town) is None


async def test_alerts_cards_and_addresses_go_from_the_chat_and_so_do_the_commands(
    ana: Person, olena: Person, town: Town
) -> None:
    await tells_where(ana)
    await olena.presses("Take")
    await olena.presses("Name, address, phone")
    assert olena.sees(ADDRESS)
    assert "case" in olena.chat.commands
    await revokes(town, olena)
    await rings(town)
    assert not any("K-" in message.text or ADDRESS in message.text for message in olena.heard)
    assert "case" not in olena.chat.commands
    assert "start" in olena.chat.commands


async def test_what_waited_to_be_sent_to_them_is_dropped(ana: Person, olena: Person, town: Town) -> None:
    await town.keeps([{"update_id": 9001 + at} | each for at, each in enumerate([ana.saying("/help")])])
    await reports(ana)
    await town.app.writer.transact(
        lambda tx: tx.run("UPDATE outbox SET state = 'queued', not_before = '2027-01-01' WHERE person_id = 2")
    )
    await revokes(town, olena)
    assert await town.count("outbox", "person_id = 2 AND state = 'queued'") == 0


async def test_their_visits_are_the_heads_and_the_resident_is_not_bothered(
    ana: Person, iryna: Person, head: Person, town: Town
) -> None:
    await asks_for_help(ana)
    await ana.presses("Send")
    await iryna.presses("Take")
    await iryna.presses("Plan a visit")
    await plans(iryna)
    told = len(ana.chat.sent)
    await revokes(town, iryna)
    await rings(town)
    assert "the visit on Fri 27 November, 14:00 is with you until somebody takes the case." in head.last
    assert len(ana.chat.sent) == told
    await ana.presses("I will be in")
    assert "will be in, Fri 27 November, 14:00" in head.last
    sent = len(iryna.chat.sent)
    await town.passes(days=5)
    assert any("visit for K-" in message.text for message in head.chat.sent)
    assert len([message for message in ana.chat.sent if "will come to you" in message.text]) == 3
    assert len(iryna.chat.sent) == sent


async def test_without_a_head_a_visit_is_called_off_rather_than_waited_for(
    ana: Person, iryna: Person, town: Town
) -> None:
    await asks_for_help(ana)
    await ana.presses("Send")
    await iryna.presses("Take")
    await iryna.presses("Plan a visit")
    await plans(iryna)
    await revokes(town, iryna)
    await rings(town)
    assert ana.last == "The visit on Fri 27 November, 14:00 is cancelled."


async def test_what_they_have_here_as_a_resident_stays(iryna: Person, olena: Person, town: Town) -> None:
    await asks_for_help(iryna)
    await iryna.presses("Send")
    assert iryna.sees("Received, K-")
    await revokes(town, iryna)
    await rings(town)
    assert iryna.sees("Received, K-")
    await iryna.says("My requests")
    assert "we have it" in iryna.last
    assert olena.id != iryna.id


async def test_by_a_new_invitation_it_works_again(ana: Person, olena: Person, town: Town) -> None:
    await revokes(town, olena)
    await rings(town)
    await reports(ana)
    assert not olena.sees("Urgent case K-")
    await olena.says(f"/start {await town.invites('brigade')}")
    await town.passes(minutes=15)
    assert olena.sees("Still waits")
    await olena.presses("Take")
    assert olena.sees("Now: The danger is now")
    assert "case" in olena.chat.commands


async def test_who_is_back_before_the_bell_keeps_the_commands_and_loses_the_cases(
    ana: Person, olena: Person, town: Town
) -> None:
    await reports(ana)
    await olena.presses("Take")
    await revokes(town, olena)
    await olena.says(f"/start {await town.invites('brigade')}")
    await town.passes(minutes=5)
    assert "case" in olena.chat.commands
    assert await town.count("cases", "claimed_by IS NULL") == 1
    assert olena.sees("Back in the queue")
