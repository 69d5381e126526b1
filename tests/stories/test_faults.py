"""What goes wrong, and how nothing is lost by it."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from telegram.error import BadRequest, Forbidden, NetworkError, RetryAfter, TelegramError, TimedOut

from bot.run import telegram
from bot.run.telegram import Arrived, Failed, Gone, NotNow, Refused, Stuck, Unreachable, Unsure
from handlers import holdings
from storage import people
from tests.people import Person, Town
from tests.stories.test_forms import asks_for_help

pytestmark = pytest.mark.filterwarnings("ignore:Deprecated since version v22.2")


@pytest.mark.parametrize(
    ("error", "outcome"),
    [
        (Forbidden("Forbidden: bot was blocked by the user"), Unreachable),
        (Forbidden("Forbidden: user is deactivated"), Unreachable),
        (Forbidden("Forbidden: bot can't initiate conversation with a user"), Unreachable),
        (BadRequest("Bad Request: chat not found"), Unreachable),
        (Forbidden("Forbidden: bot is not a member of the channel chat"), Refused),
        (BadRequest("Bad Request: message text is empty"), Refused),
        (BadRequest("Bad Request: BUTTON_DATA_INVALID"), Refused),
        (BadRequest("Bad Request: message is not modified: specified new message content"), Arrived),
        (BadRequest("Bad Request: message to delete not found"), Arrived),
        (BadRequest("Bad Request: message can't be deleted for everyone"), Stuck),
        (BadRequest("Bad Request: message to edit not found"), Gone),
        (TimedOut("ServerTimeoutError"), Unsure),
        (NetworkError("Bad Gateway"), Failed),
    ],
    ids=lambda value: str(value)[:40],
)
def test_every_refusal_is_read_word_for_word(error: TelegramError, outcome: type[telegram.Outcome]) -> None:
    assert type(telegram.outcome(error)) is outcome


def test_a_wait_is_as_long_as_telegram_says() -> None:
    assert telegram.outcome(RetryAfter(7)) == NotNow(7.0)


async def test_a_wait_for_one_chat_holds_no_other(ana: Person, town: Town) -> None:
    petro = town.person("Petro")
    town.telegram.faults = [RetryAfter(30)]
    await town.hears(ana.saying("/help"), petro.saying("/start"))
    assert not ana.sees("Press an entry")
    assert petro.heard
    town.clock.at += timedelta(seconds=31)
    await town.settles()
    assert ana.sees("Press an entry")


async def test_a_send_that_may_have_arrived_is_repeated_once(ana: Person, town: Town) -> None:
    before = town.telegram.calls.count("sendMessage")
    town.telegram.faults = [TimedOut(), TimedOut(), TimedOut()]
    await ana.says("/help")
    assert town.telegram.calls.count("sendMessage") - before == 2
    assert await town.count("outbox", "state = 'unknown'") == 1


async def test_a_wait_before_it_costs_no_repeat(ana: Person, town: Town) -> None:
    town.telegram.faults = [RetryAfter(1), TimedOut()]
    await ana.says("/help")
    town.clock.at += timedelta(seconds=5)
    await town.settles()
    assert ana.sees("Press an entry")


async def test_what_telegram_refuses_is_kept_and_the_head_is_told(ana: Person, town: Town) -> None:
    head = await town.staff("Maria", "head", language="en")
    town.telegram.faults = [BadRequest("Bad Request: message is too long")]
    await ana.says("/help")
    assert await town.count("outbox", "state = 'parked' AND payload IS NOT NULL") == 1
    assert "could not be delivered" in head.last


@pytest.mark.safety("S13")
async def test_who_blocked_the_bot_gets_nothing_more_and_the_specialist_knows(ana: Person, town: Town) -> None:
    iryna = await town.staff("Iryna", "specialist", language="en")
    await asks_for_help(ana)
    await ana.presses("Send")
    await iryna.presses("Take")
    await ana.blocks()
    assert "messages no longer reach the person" in iryna.last
    await iryna.presses("Open the card")
    assert "The bot was stopped on the other side" in iryna.last


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """`/privacy` fails after it has changed something."""

    def fails(here: Any, me: people.Person) -> None:
        people.speak(here.tx, me.id, "uk")
        raise RuntimeError("a fault of ours")

    monkeypatch.setattr(holdings, "privacy", fails)
    yield
    monkeypatch.undo()


@pytest.mark.usefixtures("broken")
async def test_a_fault_is_tried_three_times_told_once_and_changes_nothing(ana: Person, town: Town) -> None:
    await ana.says("/privacy")
    assert ana.last.startswith("Something broke on our side. Your message is kept. Error no. ")
    assert ana.last.endswith("If it is urgent: 102, 15-47.")
    assert await town.count("inbox", "attempts = 3 AND fault IS NOT NULL AND payload IS NOT NULL") == 1


@pytest.mark.usefixtures("broken")
async def test_after_a_fault_the_next_update_has_its_turn(ana: Person, town: Town) -> None:
    petro = town.person("Petro")
    await town.hears(ana.saying("/privacy"), petro.saying("/start"))
    assert petro.heard
    await ana.says("/help")
    assert ana.sees("Press an entry")


async def test_an_update_that_is_none_stops_nothing(ana: Person, town: Town) -> None:
    await town.hears({"message": {"nonsense": True}}, {"unheard_of": {}}, ana.saying("/help"))
    assert ana.sees("Press an entry")


async def test_the_same_update_twice_is_handled_once(ana: Person, town: Town) -> None:
    update = {"update_id": 5000, **ana.saying("/help")}
    await town.keeps([update, update])
    await town.keeps([update])
    await town.settles()
    assert sum("Press an entry" in message.text for message in ana.chat.sent) == 1


async def test_update_numbers_may_jump_backwards(ana: Person, town: Town) -> None:
    await town.keeps([{"update_id": 9000, **ana.saying("/help")}])
    await town.keeps([{"update_id": 20, **ana.saying("/mydata")}])
    await town.settles()
    assert ana.sees("Press an entry")
    assert ana.sees("What we hold about you")


@pytest.mark.safety("S23")
async def test_the_keys_of_what_passed_through_are_destroyed(ana: Person, town: Town) -> None:
    await ana.says("/help")
    await town.passes(hours=50)
    await town.app.ticker.forget()
    assert await town.count("keys", "kind = 'hour' AND wrapped IS NOT NULL") <= 2
    assert await town.count("keys", "kind = 'hour' AND destroyed_at IS NOT NULL") >= 1
