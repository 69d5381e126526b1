import pytest

from bot.sandbox.phone import Phone
from bot.sandbox.world import World
from tests.sandbox.caller import Caller, keys

DAY = 24 * 3600


async def test_an_edit_changes_words_and_takes_the_buttons_away(call: Caller, ana: Phone) -> None:
    sent = await call("sendMessage", chat_id=1001, text="a", reply_markup=keys(["ok"]))
    assert ana.labels == ["ok"]
    edited = await call("editMessageText", chat_id=1001, message_id=sent["message_id"], text="b")
    assert (ana.last, ana.labels) == ("b", [])
    assert "edit_date" in edited


async def test_the_same_again_is_refused(call: Caller, ana: Phone) -> None:
    sent = await call("sendMessage", chat_id=1001, text="<b>a</b>", parse_mode="HTML", reply_markup=keys(["x"]))
    same = {"chat_id": 1001, "message_id": sent["message_id"], "reply_markup": keys(["x"])}
    said = await call.refused("editMessageText", text="<b>a</b>", parse_mode="HTML", **same)
    assert said.description == (
        "Bad Request: message is not modified: specified new message content and reply markup are exactly "
        "the same as a current content and reply markup of the message"
    )
    assert (await call.refused("editMessageReplyMarkup", **same)).description == said.description
    await call("editMessageText", text="a", **same)
    assert ana.heard[0].content.get("entities") is None


async def test_buttons_alone_can_change(call: Caller, ana: Phone) -> None:
    sent = await call("sendMessage", chat_id=1001, text="a", reply_markup=keys(["x"]))
    await call("editMessageReplyMarkup", chat_id=1001, message_id=sent["message_id"])
    assert (ana.last, ana.labels, ana.heard[0].edited_at) == ("a", [], None)


async def test_only_own_plain_messages_with_text_can_be_edited(call: Caller, ana: Phone) -> None:
    async def refusal(message_id: int) -> str:
        said = await call.refused("editMessageText", chat_id=1001, message_id=message_id, text="b")
        return said.description

    assert await refusal(1) == "Bad Request: message to edit not found"
    assert await refusal(ana.said[0].id) == "Bad Request: message can't be edited"
    markup = {"keyboard": [["a"]]}
    laid = await call("sendMessage", chat_id=1001, text="a", reply_markup=markup)
    assert await refusal(laid["message_id"]) == "Bad Request: message can't be edited"
    photo = ana.sends_photo()
    sent = await call("sendPhoto", chat_id=1001, photo=photo.content["photo"][0]["file_id"], caption="c")
    assert await refusal(sent["message_id"]) == "Bad Request: there is no text in the message to edit"
    await call("editMessageCaption", chat_id=1001, message_id=sent["message_id"], caption="d")
    assert ana.last == "d"


async def test_both_sides_can_be_deleted_while_young(call: Caller, ana: Phone) -> None:
    sent = await call("sendMessage", chat_id=1001, text="a")
    await call("deleteMessage", chat_id=1001, message_id=sent["message_id"])
    await call("deleteMessage", chat_id=1001, message_id=ana.said[0].id)
    assert ana.messages == []
    said = await call.refused("deleteMessage", chat_id=1001, message_id=sent["message_id"])
    assert said.description == "Bad Request: message to delete not found"


async def test_after_two_days_nothing_can_be_deleted_but_everything_overwritten(
    call: Caller, ana: Phone, world: World
) -> None:
    sent = await call("sendMessage", chat_id=1001, text="a")
    world.clock.forward(2 * DAY)
    one = await call.refused("deleteMessage", chat_id=1001, message_id=sent["message_id"])
    many = await call.refused("deleteMessages", chat_id=1001, message_ids=[sent["message_id"]])
    assert one.description == many.description == "Bad Request: message can't be deleted for everyone"
    await call("editMessageText", chat_id=1001, message_id=sent["message_id"], text="Графік роботи")
    assert ana.last == "Графік роботи"


async def test_many_are_deleted_at_once_and_unknown_ones_skipped(call: Caller, ana: Phone) -> None:
    ids = [(await call("sendMessage", chat_id=1001, text=str(n)))["message_id"] for n in range(3)]
    assert await call("deleteMessages", chat_id=1001, message_ids=[*ids, 5, 6]) is True
    assert ana.heard == []
    for count in (0, 101):
        said = await call.refused("deleteMessages", chat_id=1001, message_ids=list(range(count)))
        assert said.code == 400


async def test_a_press_is_answered_once_and_in_time(call: Caller, ana: Phone, world: World) -> None:
    await call("sendMessage", chat_id=1001, text="a", reply_markup=keys(["ok"]))
    ana.presses("ok")
    query = (await call("getUpdates"))[-1]["callback_query"]
    assert (query["data"], query["message"]["text"]) == ("ok", "a")
    await call("answerCallbackQuery", callback_query_id=query["id"], text="Гаразд")
    assert ana.toasts == ["Гаразд"]
    late = ana.presses("ok")
    world.clock.forward(60)
    for query_id in (query["id"], late, "5"):
        said = await call.refused("answerCallbackQuery", callback_query_id=query_id)
        assert said.description == ("Bad Request: query is too old and response timeout expired or query ID is invalid")


async def test_a_phone_may_press_what_is_no_longer_there(call: Caller, ana: Phone) -> None:
    sent = await call("sendMessage", chat_id=1001, text="a", reply_markup=keys(["ok"]))
    shown = ana.heard[0]
    await call("editMessageText", chat_id=1001, message_id=sent["message_id"], text="b")
    ana.sends_press(shown, "ok")
    assert (await call("getUpdates"))[-1]["callback_query"]["data"] == "ok"
    with pytest.raises(AssertionError, match='no button "ok"'):
        ana.presses("ok")
