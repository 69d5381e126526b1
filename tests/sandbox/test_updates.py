import asyncio

from bot.sandbox.phone import Phone
from bot.sandbox.world import World
from tests.sandbox.caller import Caller, Said, keys
from tests.sandbox.conformity import update_deviations


async def test_an_update_leaves_only_when_a_higher_one_is_asked_for(call: Caller, ana: Phone) -> None:
    ana.says("one")
    first = await call("getUpdates")
    assert await call("getUpdates") == first
    assert await call("getUpdates", offset=first[-1]["update_id"]) == first[-1:]
    assert await call("getUpdates", offset=first[-1]["update_id"] + 1) == []
    assert await call("getUpdates") == []


async def test_a_negative_offset_forgets_all_but_the_last(call: Caller, ana: Phone) -> None:
    for word in ("a", "b", "c"):
        ana.says(word)
    assert [u["message"]["text"] for u in await call("getUpdates", offset=-2)] == ["b", "c"]
    assert len(await call("getUpdates")) == 2


async def test_a_long_poll_ends_when_something_comes(call: Caller, ana: Phone) -> None:
    seen = await call("getUpdates")
    poll = asyncio.create_task(call("getUpdates", offset=seen[-1]["update_id"] + 1, timeout=20, limit=1))
    await asyncio.sleep(0.05)
    ana.says("now")
    assert [u["message"]["text"] for u in await asyncio.wait_for(poll, 1)] == ["now"]


async def test_a_second_poller_ends_the_first(call: Caller) -> None:
    first = asyncio.create_task(call.refused("getUpdates", timeout=20))
    await asyncio.sleep(0.05)
    assert await call("getUpdates") == []
    said = await asyncio.wait_for(first, 1)
    assert (said.code, said.description) == (
        409,
        "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running",
    )


async def test_only_wanted_kinds_come_from_then_on(call: Caller, ana: Phone) -> None:
    await call("getUpdates", allowed_updates=["message"], offset=-1)
    ana.blocks()
    ana.says("a")
    assert [list(u)[1] for u in await call("getUpdates")] == ["message", "message"]


async def test_everything_people_do_is_told_as_telegram_tells_it(call: Caller, ana: Phone) -> None:
    await call("sendMessage", chat_id=1001, text="a", reply_markup=keys(["ok"]))
    ana.presses("ok")
    ana.edits(ana.says("/help now"), "/help later")
    ana.shares_contact()
    ana.sends_voice()
    ana.sends_photo("дім")
    ana.sends_document("a.txt", b"a")
    ana.says("yes", reply_to=ana.heard[0].id)
    ana.blocks()
    updates = await call("getUpdates")
    assert [wrong for update in updates for wrong in update_deviations(update)] == []
    assert [next(iter(update.keys() - {"update_id"})) for update in updates] == [
        "message", "callback_query", "message", "edited_message", *["message"] * 5, "my_chat_member",
    ]  # fmt: skip
    assert updates[2]["message"]["entities"] == [{"type": "bot_command", "offset": 0, "length": 5}]
    assert updates[3]["edited_message"]["text"] == "/help later"


async def test_a_poller_is_sent_away_when_a_webhook_is_set(call: Caller, world: World) -> None:
    poll = asyncio.create_task(call.refused("getUpdates", timeout=20))
    await asyncio.sleep(0.05)
    await call("setWebhook", url="http://127.0.0.1:9/hook")
    assert (await asyncio.wait_for(poll, 1)).code == 409
    said: Said = await call.refused("getUpdates")
    assert said.description.startswith("Conflict: can't use getUpdates method while webhook is active")
    await call("deleteWebhook", drop_pending_updates=True)
    assert await call("getUpdates") == []
    assert world.webhook is None
