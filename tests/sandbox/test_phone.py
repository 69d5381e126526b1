"""The language that other tests are written in."""

import asyncio

import pytest

from bot.sandbox.phone import NotThere, Phone
from tests.sandbox.caller import Caller, keys


async def test_hearing_waits_for_what_is_new_since_the_last_act(call: Caller, ana: Phone) -> None:
    sent = await call("sendMessage", chat_id=1001, text="old words")
    ana.says("next")
    waiting = asyncio.create_task(ana.hears("words"))
    await asyncio.sleep(0.02)
    assert not waiting.done()
    await call("editMessageText", chat_id=1001, message_id=sent["message_id"], text="new words")
    assert (await waiting).text == "new words"


async def test_seeing_waits_for_a_button(call: Caller, ana: Phone) -> None:
    waiting = asyncio.create_task(ana.sees("ok"))
    await call("sendMessage", chat_id=1001, text="a", reply_markup=keys(["ok"]))
    assert (await waiting) == ana.heard[0]
    await call("sendMessage", chat_id=1001, text="b", reply_markup={"keyboard": [["key"]]})
    assert await ana.sees("key") is True
    ana.presses("key")
    assert ana.said[-1].text == "key"


async def test_what_does_not_come_is_told_with_what_is_there(call: Caller, ana: Phone) -> None:
    await call("sendMessage", chat_id=1001, text="a", reply_markup=keys(["ok"]))
    with pytest.raises(NotThere, match=r"""Анна never hears "z"; on the screen: \['/start', "a \['ok'\]"\]"""):
        await ana.hears("z", within=0.01)
    with pytest.raises(NotThere, match="is rid of"):
        await ana.forgets("a", within=0.01)
    assert ana.world.watchers == []
