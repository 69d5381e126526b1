"""Telegram as it is on a bad day: a person who blocked the bot, a wait for one chat, a lost answer, a second poller."""

import asyncio
import json
from collections import Counter
from dataclasses import dataclass
from datetime import timedelta

import aiohttp
import pytest
import pytest_asyncio

from bot.core import texts
from bot.sandbox.chats import Message
from bot.sandbox.faults import Fault, Kind
from bot.sandbox.play import TOKEN
from bot.sandbox.refusals import Refused
from tests.process.acts import a_case_with_its_taker
from tests.process.speech import UK
from tests.process.town import Somebody, Town

pytestmark = pytest.mark.asyncio(loop_scope="module")

RETRY_AFTER = 2
MANY = 100
BLOCKED = Refused(403, "Forbidden: bot was blocked by the user")


@dataclass
class Silence:
    """What a case is like once its person has stopped the bot, and its specialist has gone on working."""

    taker: Somebody
    number: str
    tries: int


@pytest_asyncio.fixture(scope="module", loop_scope="module", params=["told by Telegram", "told by a refusal"])
async def silence(request: pytest.FixtureRequest, town: Town) -> Silence:
    """A visit is planned and called off after the person blocked the bot: two messages that have nowhere to go."""
    ana, olena = await town.resident("Анна"), await town.joins("specialist", "Олена")
    number, card = await a_case_with_its_taker(town, ana, olena)
    if request.param == "told by Telegram":
        ana.phone.blocks()
        await olena.hears(texts.PERSON_UNREACHABLE, number=number)
    refusals = Fault(Kind.REFUSAL, times=MANY, chat=ana.id, refusal=BLOCKED)
    town.world.faults.order(refusals)
    await _plans_a_visit(town, olena, card, "14:00")
    await town.rests()
    planned = next(olena.all_heard(texts.VISIT_PLANNED, number=number))
    await olena.presses(texts.CALL_OFF, message=planned.message)
    await town.rests()
    town.world.faults.clear()
    return Silence(olena, number, MANY - refusals.times - (request.param == "told by a refusal"))


@pytest.mark.safety("S13")
async def test_whoever_has_the_case_learns_that_the_person_blocked_the_bot(silence: Silence) -> None:
    assert silence.taker.has_heard(texts.PERSON_UNREACHABLE, number=silence.number)


@pytest.mark.safety("S13")
async def test_the_specialist_is_told_once_and_not_at_every_message(silence: Silence) -> None:
    assert len(list(silence.taker.all_heard(texts.PERSON_UNREACHABLE, number=silence.number))) == 1


@pytest.mark.safety("S13")
async def test_nothing_more_is_tried_with_a_person_who_blocked_the_bot(silence: Silence) -> None:
    assert silence.tries == 0


async def test_a_person_who_comes_back_is_heard_again(town: Town) -> None:
    ana = await town.resident("Анна")
    ana.phone.blocks()
    await town.rests()
    ana.phone.unblocks()
    ana.says("/help")
    await ana.hears(texts.HELP)


async def test_a_wait_for_one_chat_holds_nobody_else(town: Town) -> None:
    ana, ivan = await town.resident("Анна"), await town.resident("Іван")
    town.world.faults.order(Fault(Kind.FLOOD, times=1, chat=ana.id, retry_after=RETRY_AFTER))
    began = town.world.clock.now()
    ana.says("/help")
    ivan.says("/help")
    await ivan.hears(texts.HELP, within=RETRY_AFTER / 2)
    assert not any(ana.all_heard(texts.HELP))
    heard = await ana.hears(texts.HELP)
    assert heard.message.sent_at - began >= RETRY_AFTER
    assert len(list(ana.all_heard(texts.HELP))) == 1


@pytest.mark.parametrize("times", [1, 2, 5])
async def test_a_lost_answer_doubles_a_message_once_at_most(town: Town, times: int) -> None:
    ana = await town.resident("Анна")
    town.world.faults.order(Fault(Kind.LOST_ANSWER, times=times, chat=ana.id))
    ana.says("/help")
    await ana.hears(texts.HELP)
    await town.rests()
    assert len(list(ana.all_heard(texts.HELP))) == 2
    town.world.faults.clear()
    ana.says("/mydata")
    await ana.phone.hears(UK(texts.KEPT_APART))


async def test_a_connection_cut_before_anything_happened_loses_no_message(town: Town) -> None:
    ana = await town.resident("Анна")
    town.world.faults.order(Fault(Kind.CUT, times=1, chat=ana.id))
    ana.says("/help")
    await ana.hears(texts.HELP)
    await town.rests()
    assert len(list(ana.all_heard(texts.HELP))) == 1


async def test_a_second_poller_is_noticed_and_said(town: Town) -> None:
    ana = await town.resident("Анна")
    before = len(town.lines)
    async with aiohttp.ClientSession() as session:
        async with asyncio.timeout(10):
            while not _said(town.lines[before:]):
                async with session.post(f"{town.api.base_url}{TOKEN}/getUpdates", json={"timeout": 0}) as answer:
                    await answer.read()
    ana.says("/help")
    await ana.hears(texts.HELP)


async def test_every_line_of_the_log_is_json_and_none_bears_the_token(town: Town) -> None:
    ana = await town.resident("Анна")
    town.world.faults.order(Fault(Kind.BAD_GATEWAY, times=1, chat=ana.id))
    ana.says("/help")
    await ana.hears(texts.HELP, within=10)
    assert town.lines
    events = Counter(json.loads(line)["event"] for line in town.lines)
    assert events["running"] == 1
    assert not [line for line in town.lines if TOKEN.partition(":")[2] in line]


def _said(lines: list[str]) -> bool:
    return any('"another_poller"' in line for line in lines)


async def _plans_a_visit(town: Town, specialist: Somebody, card: Message, clock: str) -> None:
    await specialist.presses(texts.PLAN_VISIT, message=card)
    await specialist.answers("visit", "kind", "support_visit")
    await specialist.picks("visit", town.local.date() + timedelta(days=2), clock)
    await specialist.answers("visit", "repeat", "once")
    await specialist.presses(texts.SEND, message=await specialist.phone.hears(specialist.speech(texts.SUMMARY)))
