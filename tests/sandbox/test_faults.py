import asyncio

import aiohttp
import pytest

from bot.sandbox.faults import Fault, Kind
from bot.sandbox.phone import Phone
from bot.sandbox.refusals import Refused
from bot.sandbox.world import World
from tests.sandbox.caller import Caller


async def test_a_flood_holds_one_chat_and_no_other(call: Caller, ana: Phone, olena: Phone, world: World) -> None:
    olena.says("/start")
    world.faults.order(Fault(Kind.FLOOD, times=2, chat=1001, retry_after=7))
    for _ in range(2):
        said = await call.refused("sendMessage", chat_id=1001, text="a")
        assert (said.code, said.parameters) == (429, {"retry_after": 7})
        assert said.description == "Too Many Requests: retry after 7"
    await call("sendMessage", chat_id=1002, text="a")
    await call("sendMessage", chat_id=1001, text="a")
    assert len(ana.heard) == len(olena.heard) == 1


async def test_a_bad_gateway_does_nothing(call: Caller, ana: Phone, world: World) -> None:
    world.faults.order(Fault(Kind.BAD_GATEWAY))
    assert (await call.refused("sendMessage", chat_id=1001, text="a")).code == 502
    assert ana.heard == []


@pytest.mark.parametrize(("kind", "arrives"), [(Kind.CUT, False), (Kind.LOST_ANSWER, True)])
async def test_a_connection_is_cut_before_or_after(
    call: Caller, ana: Phone, world: World, kind: Kind, *, arrives: bool
) -> None:
    world.faults.order(Fault(kind))
    with pytest.raises(aiohttp.ClientError):
        await call("sendMessage", chat_id=1001, text="a")
    assert bool(ana.heard) is arrives


async def test_silence_after_delivery(call: Caller, ana: Phone, world: World) -> None:
    world.faults.order(Fault(Kind.SILENCE))
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(call("sendMessage", chat_id=1001, text="a"), 0.2)
    assert ana.last == "a"


async def test_silence_can_end_in_a_cut(call: Caller, ana: Phone, world: World) -> None:
    world.faults.order(Fault(Kind.SILENCE, seconds=0.05))
    with pytest.raises(aiohttp.ClientError):
        await call("sendMessage", chat_id=1001, text="a")
    assert ana.last == "a"


async def test_a_slow_call_happens_later_even_when_nobody_waits_any_more(
    call: Caller, ana: Phone, world: World
) -> None:
    world.faults.order(Fault(Kind.SLOW, seconds=0.1, times=2))
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(call("sendMessage", chat_id=1001, text="a"), 0.03)
    assert ana.heard == []
    await ana.hears("a")
    await call("sendMessage", chat_id=1001, text="b")
    assert ana.last == "b"


async def test_every_call_is_kept_in_its_place_among_what_happened(call: Caller, ana: Phone, world: World) -> None:
    await call("sendMessage", chat_id=1001, text="a")
    ana.says("b")
    world.faults.order(Fault(Kind.BAD_GATEWAY))
    await call.refused("sendMessage", chat_id=1001, text="c")
    before, after = [each for each in world.log if each.method == "sendMessage"]
    assert (before.chat, after.chat) == (1001, 1001)
    assert before.event < ana.chat.acted < after.event


async def test_any_refusal_can_be_ordered(call: Caller, ana: Phone, world: World) -> None:
    moved = Refused(400, "Bad Request: group chat was upgraded to a supergroup chat", migrate_to_chat_id=-1001)
    world.faults.order(Fault(Kind.REFUSAL, method="getUpdates", refusal=moved))
    await call("sendMessage", chat_id=1001, text="a")
    said = await call.refused("getUpdates")
    assert said.parameters == {"migrate_to_chat_id": -1001}
    assert ana.last == "a"


@pytest.mark.usefixtures("ana")
async def test_faults_can_be_ordered_over_http(call: Caller, world: World) -> None:
    address = call.url.partition("/bot")[0] + "/sandbox/faults"
    refusal = {"code": 403, "description": "Forbidden: no"}
    for order in ({"kind": "flood", "times": 5}, {"kind": "refusal", "refusal": refusal}):
        async with call.session.post(address, json=order) as answer:
            assert answer.status == 200
    async with call.session.post(address, json={"kind": "earthquake"}) as answer:
        assert answer.status == 400
    assert (await call.refused("sendMessage", chat_id=1001, text="a")).code == 429
    async with call.session.delete(address) as answer:
        assert answer.status == 200
    assert list(world.faults) == []
    await call("sendMessage", chat_id=1001, text="a")
