"""A visit: planned by buttons, reminded of on both sides while it stands, and only then."""

from datetime import date, timedelta

import pytest

from bot.core import texts
from bot.sandbox.chats import Message
from tests.process.acts import a_case_with_its_taker, reports_danger, takes
from tests.process.speech import EN, UK
from tests.process.town import Somebody, Town, at

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_both_sides_are_reminded_a_day_and_two_hours_before(town: Town) -> None:
    ana, olena = await town.resident("Анна", EN), await town.joins("specialist", "Олена")
    number, card = await a_case_with_its_taker(town, ana, olena)
    day = town.local.date() + timedelta(days=3)
    await _plans(olena, card, day, "14:00")
    await ana.hears(texts.VISIT_ARRANGED)
    await olena.hears(texts.VISIT_PLANNED, number=number)

    await town.passes_to(at(day - timedelta(days=1), "13:55"))
    assert _reminders(olena, number) == []
    await town.passes_to(at(day - timedelta(days=1), "14:01"))
    assert _reminders(olena, number) == ["tomorrow"]
    tomorrow = await ana.hears(texts.VISIT_TOMORROW)
    assert tomorrow["at"].endswith("14:00")
    await town.passes_to(at(day, "11:55"))
    assert _reminders(olena, number) == ["tomorrow"]
    await town.passes_to(at(day, "12:01"))
    assert _reminders(olena, number) == ["tomorrow", "soon"]
    assert (await ana.hears(texts.VISIT_TODAY))["at"].endswith("14:00")
    assert all(message.protected for message in olena.phone.heard if number in message.text)


async def test_the_resident_says_that_she_will_be_in(town: Town) -> None:
    ana, olena = await town.resident("Анна"), await town.joins("specialist", "Олена", EN)
    number, card = await a_case_with_its_taker(town, ana, olena)
    day = town.local.date() + timedelta(days=2)
    await _plans(olena, card, day, "15:30")
    await ana.hears(texts.VISIT_ARRANGED)
    await town.passes_to(at(day - timedelta(days=1), "15:31"))
    reminder = await ana.hears(texts.VISIT_TOMORROW)
    await ana.presses(texts.WILL_BE_IN, message=reminder.message)
    await ana.hears(texts.THANKS_BE_IN)
    told = await olena.hears(texts.SHE_WILL_BE_IN, number=number)
    assert told["at"].endswith("15:30")


async def test_a_visit_that_was_moved_is_reminded_of_at_its_new_time_only(town: Town) -> None:
    ana, olena = await town.resident("Анна"), await town.joins("specialist", "Олена")
    number, card = await a_case_with_its_taker(town, ana, olena)
    old, new = town.local.date() + timedelta(days=2), town.local.date() + timedelta(days=4)
    await _plans(olena, card, old, "14:00")
    planned = await olena.hears(texts.VISIT_PLANNED, number=number)
    await ana.hears(texts.VISIT_ARRANGED)
    await olena.presses(texts.MOVE, message=planned.message)
    await _fills(olena, new, "16:00")
    moved = await ana.hears(texts.VISIT_MOVED)
    assert moved["at"].endswith("16:00")
    await town.settles()
    before = len(ana.phone.heard)

    await town.passes_to(at(old, "14:30"))
    assert _reminders(olena, number) == []
    assert len(ana.phone.heard) == before
    await town.passes_to(at(new, "14:01"))
    assert _reminders(olena, number) == ["tomorrow", "soon"]
    assert all(heard["at"].endswith("16:00") for heard in ana.all_heard(texts.VISIT_TODAY))
    assert ana.has_heard(texts.VISIT_TODAY)


async def test_a_visit_that_was_cancelled_is_never_reminded_of(town: Town) -> None:
    ana, olena = await town.resident("Анна"), await town.joins("specialist", "Олена")
    number, card = await a_case_with_its_taker(town, ana, olena)
    day = town.local.date() + timedelta(days=2)
    await _plans(olena, card, day, "14:00")
    planned = await olena.hears(texts.VISIT_PLANNED, number=number)
    await ana.hears(texts.VISIT_ARRANGED)
    await olena.presses(texts.CALL_OFF, message=planned.message)
    await ana.hears(texts.VISIT_CANCELLED)
    await town.settles()
    before = len(ana.phone.heard)
    await town.passes_to(at(day, "14:30"))
    assert _reminders(olena, number) == []
    assert len(ana.phone.heard) == before


async def test_a_restart_between_planning_and_reminding_changes_nothing(town: Town) -> None:
    ana, olena = await town.resident("Анна"), await town.joins("specialist", "Олена")
    number, card = await a_case_with_its_taker(town, ana, olena)
    day = town.local.date() + timedelta(days=2)
    await _plans(olena, card, day, "14:00")
    await ana.hears(texts.VISIT_ARRANGED)
    assert await town.bot.stop() == 0
    town.world.clock.forward((at(day - timedelta(days=1), "14:01") - town.local).total_seconds())
    town.bot = town.another_life()
    await town.bot.start()
    await town.settles()
    assert _reminders(olena, number) == ["tomorrow"]
    assert len(list(ana.all_heard(texts.VISIT_TOMORROW))) == 1


@pytest.mark.safety("S09")
@pytest.mark.parametrize("speech", [UK, EN], ids=["uk", "en"])
async def test_from_the_branch_a_visit_is_never_spoken_of(town: Town, speech: type) -> None:
    ana, olena = await town.resident("Анна", speech), await town.joins("brigade", "Олена")  # type: ignore[arg-type]
    number = await reports_danger(ana)
    await ana.moves("safety", "address", texts.ENOUGH)
    card = await takes(olena, number)
    await town.settles()
    before = len(ana.phone.heard)
    day = town.local.date() + timedelta(days=2)
    await _plans(olena, card, day, "14:00")
    await olena.hears(texts.VISIT_PLANNED, number=number)
    await town.passes_to(at(day, "12:01"))
    assert _reminders(olena, number) == ["tomorrow", "soon"]
    pushed = ana.phone.heard[before:]
    assert {message.text for message in pushed} <= {ana.speech(texts.GUIDE_UPDATED)}


async def _plans(specialist: Somebody, card: Message, day: date, clock: str) -> None:
    await specialist.presses(texts.PLAN_VISIT, message=card)
    await _fills(specialist, day, clock)


async def _fills(specialist: Somebody, day: date, clock: str) -> None:
    await specialist.answers("visit", "kind", "first_home_visit")
    await specialist.picks("visit", day, clock)
    summary = await specialist.phone.hears(specialist.speech(texts.SUMMARY))
    await specialist.presses(texts.SEND, message=summary)


def _reminders(specialist: Somebody, number: str) -> list[str]:
    """Which reminders of that case stand in the specialist's chat, oldest first."""
    kinds = {"tomorrow": texts.VISIT_TOMORROW_STAFF, "soon": texts.VISIT_SOON_STAFF}
    heard = [
        (each.message.touched, name)
        for name, sentence in kinds.items()
        for each in specialist.all_heard(sentence, number=number)
    ]
    return [name for _, name in sorted(heard)]
