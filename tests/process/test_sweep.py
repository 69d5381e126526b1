"""Nobody leaves: the branch goes by itself an hour after the last step, and never stands for 47 hours (S07)."""

import asyncio
import time
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
import pytest_asyncio

from bot.core import texts
from bot.sandbox.chats import Message
from bot.sandbox.faults import Kind
from tests.process.branch import Act, Her, asked, chose, hears, is_guide_line, presses, says, strikes
from tests.process.places import CODE, NONSENSE, NOTICE, PHONE, WHOLE, WRITE
from tests.process.speech import EN, UK, Speech
from tests.process.town import Registry, Town

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.safety("S07")]

HOUR = 3600.0
LATEST = 47 * HOUR
DELETABLE = 48 * HOUR
CONSENT = (presses(texts.CONSENT_WHOLE), hears(WHOLE))
SAYING = ("sendMessage", "sendDocument", "sendPhoto")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def town(registry: Registry, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Town]:
    """Its clock goes forward from test to test; each brings people of its own."""
    async with Town.opened(tmp_path_factory.mktemp("sweep"), registry) as town:
        yield town


@pytest.mark.parametrize("speech", [UK, EN], ids=["uk", "en"])
async def test_an_hour_after_the_last_step_it_goes_and_nothing_is_said(town: Town, speech: Speech) -> None:
    unwritten = (*WRITE, chose("write", "no"), chose("district", "center"), asked("address"))
    everybody = [await _somebody(town, *acts, speech=speech) for acts in (NOTICE, unwritten, (*NOTICE, *CONSENT))]
    standing = [_screen(her) for her in everybody]
    began = town.world.event()
    await _passes(town, minutes=59)
    assert [_screen(her) for her in everybody] == standing
    await _passes(town, minutes=1, seconds=5)
    for her in everybody:
        assert her.sees_of_the_branch() == []
        assert [each for each in her.calls_since(began) if each in SAYING] == []
        assert her.guide_lines() == []


async def test_every_step_puts_it_off(town: Town) -> None:
    """A press, and a word typed."""
    her = await _somebody(town, *NOTICE)
    for step in (CONSENT, (says(NONSENSE), hears(texts.MENU))):
        await _passes(town, minutes=50)
        assert her.sees_of_the_branch() != []
        for act in step:
            await act(her)
        await town.rests()
    await _passes(town, minutes=59)
    assert her.sees_of_the_branch() != []
    await _passes(town, minutes=1, seconds=5)
    assert her.sees_of_the_branch() == []


async def test_a_talk_that_never_rests_loses_its_old_messages_before_the_forty_seventh_hour(town: Town) -> None:
    her = await _somebody(town, *NOTICE)
    began = town.world.clock.now()
    while town.world.clock.now() - began < 46.25 * HOUR:
        await _talks_on(her)
        town.world.clock.forward(45 * 60)
    first = min(each.sent_at for each in _of_the_branch(her))
    assert first - began < HOUR
    for _ in range(4):
        await _talks_on(her)
        await _passes(town, minutes=15)
        assert max(town.world.clock.now() - each.sent_at for each in _of_the_branch(her)) < LATEST
    young = [each for each in _of_the_branch(her) if town.world.clock.now() - each.sent_at < 30 * HOUR]
    assert len(young) >= 30
    for each in her.she.phone.chat.deleted.values():
        assert (each.deleted_at or 0) - each.sent_at < LATEST
    await _passes(town, minutes=60, seconds=5)
    assert her.sees_of_the_branch() == []


async def test_a_bot_that_was_down_when_the_hour_was_over_sweeps_at_its_start(town: Town) -> None:
    everybody = [await _somebody(town, *acts) for acts in (NOTICE, PHONE, CODE)]
    began = town.world.event()
    await town.bot.kill()
    town.world.clock.forward(2 * HOUR)
    took = await _starts(town, everybody)
    assert max(took) < 2.0
    for her in everybody:
        assert [each for each in her.calls_since(began) if each in SAYING] == []


async def test_a_bot_that_was_down_around_the_forty_seventh_hour_is_still_in_time(town: Town) -> None:
    her = await _somebody(town, *NOTICE)
    began = town.world.clock.now()
    while town.world.clock.now() - began < 45.5 * HOUR:
        await _talks_on(her)
        town.world.clock.forward(45 * 60)
    await _talks_on(her)
    await town.bot.kill()
    town.world.clock.forward(46.75 * HOUR - (town.world.clock.now() - began))
    await _starts(town, [])
    await town.settles()
    assert max((town.world.clock.now() - each.sent_at for each in _of_the_branch(her)), default=0) < LATEST
    for each in her.she.phone.chat.deleted.values():
        assert (each.deleted_at or 0) - each.sent_at < LATEST


async def test_a_power_cut_in_the_middle_of_the_sweep_leaves_nothing(town: Town) -> None:
    her = await _somebody(town, *NOTICE, *CONSENT * 3)
    began = town.world.event()
    await strikes(Kind.SLOW, "deleteMessages", seconds=0.3)(her)
    town.world.clock.forward(HOUR + 5)
    async with asyncio.timeout(5):
        while "deleteMessages" not in her.calls_since(began):  # noqa: ASYNC110 - no bell rings for calls
            await asyncio.sleep(0.002)
    await town.bot.kill()
    assert her.sees_of_the_branch() != []
    town.world.faults.clear()
    assert max(await _starts(town, [her])) < 2.0


@pytest.mark.safety("S05")
async def test_what_became_too_old_while_the_bot_was_down_reads_as_the_guide_line(town: Town) -> None:
    """Three days, so nothing can be deleted: whoever comes back to leave, and whoever does not."""
    swept, leaves = await _somebody(town, *NOTICE, *CONSENT), await _somebody(town, *NOTICE, *CONSENT)
    began = town.world.event()
    await town.bot.kill()
    town.world.clock.forward(3 * 24 * HOUR)
    leaves.leaves_by_button()
    assert max(await _starts(town, [swept, leaves])) < 2.0
    await town.rests()
    for her in (swept, leaves):
        assert her.sees_of_the_branch() == []
        old = [each for each in her.guide_lines() if town.world.clock.now() - each.sent_at > DELETABLE]
        assert len(old) == 2
    assert [each for each in swept.calls_since(began) if each in SAYING] == []
    assert [each for each in leaves.calls_since(began) if each in SAYING] == ["sendMessage"]


async def _somebody(town: Town, *acts: Act, speech: Speech = UK) -> Her:
    her = Her(town, town.arrives("Анна", speech))
    await her.has_the_menu()
    for act in acts:
        await act(her)
    await town.rests()
    return her


async def _talks_on(her: Her) -> None:
    """A step in the branch, whatever is left of it on the screen."""
    if UK(texts.CONSENT_WHOLE) not in her.she.phone.labels:
        her.she.says(UK(texts.SAFETY_AT_HOME))
        await her.she.asked("safety", "danger")
    for act in CONSENT:
        await act(her)


async def _passes(town: Town, **span: float) -> None:
    town.world.clock.forward(timedelta(**span).total_seconds())
    await town.settles()


async def _starts(town: Town, everybody: list[Her]) -> list[float]:
    """Seconds from «running» to a clean chat, each."""
    town.bot = town.another_life()
    await town.bot.start()
    since = time.monotonic()
    return list(await asyncio.gather(*(her.gone(since) for her in everybody)))


def _screen(her: Her) -> dict[int, str]:
    return {each.id: each.text for each in her.she.phone.messages}


def _of_the_branch(her: Her) -> list[Message]:
    """Hers and ours that came since she entered."""
    fresh = [each for each in her.she.phone.messages if her.before.get(each.id) != each.touched]
    return [each for each in fresh if not is_guide_line(each)]
