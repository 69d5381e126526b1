import io
import json
from typing import Any

import aiohttp
import pytest

from bot.sandbox.phone import Phone, grey_square
from bot.sandbox.world import World
from tests.sandbox.caller import Caller, keys


async def test_a_message_arrives_with_its_formatting(call: Caller, ana: Phone) -> None:
    sent = await call("sendMessage", chat_id=1001, text="  <b>Добрий</b> день &amp; 🙂<i>!</i>", parse_mode="HTML")
    assert ana.last == sent["text"] == "Добрий день & 🙂!"
    assert sent["entities"] == [
        {"type": "bold", "offset": 0, "length": 6},
        {"type": "italic", "offset": 16, "length": 1},
    ]


async def test_markdown_is_read_too(call: Caller, ana: Phone) -> None:
    text = r"*a _b_* __c__ ~d~ ||e|| `f.` [g\.](http://x.ua) 1\. "
    sent = await call("sendMessage", chat_id=1001, text=text, parse_mode="MarkdownV2")
    assert ana.last == "a b c d e f. g. 1."
    assert [e["type"] for e in sent["entities"]] == [
        "bold", "italic", "underline", "strikethrough", "spoiler", "code", "text_link",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("<b>a", 'Can\'t find end tag corresponding to start tag "b"'),
        ("<b><i>a</b></i>", 'Unmatched end tag at byte offset 7, expected "</i>", found "</b>"'),
        ("<blink>a</blink>", 'Unsupported start tag "blink" at byte offset 0'),
        ("я</b>", "Unexpected end tag at byte offset 2"),
        ("a < b", "Unclosed start tag at byte offset 2"),
        ('<span class="x">a</span>', 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
    ],
)
async def test_html_that_does_not_parse_is_refused(call: Caller, ana: Phone, text: str, why: str) -> None:
    said = await call.refused("sendMessage", chat_id=1001, text=text, parse_mode="HTML")
    assert (said.code, said.description) == (400, f"Bad Request: can't parse entities: {why}")
    assert ana.heard == []


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("a.", r"Character '.' is reserved and must be escaped with the preceding '\'"),
        ("*a", "Can't find end of Bold entity at byte offset 0"),
        ("`a", "Can't find end of Code entity at byte offset 0"),
    ],
)
async def test_markdown_that_does_not_parse_is_refused(call: Caller, ana: Phone, text: str, why: str) -> None:
    said = await call.refused("sendMessage", chat_id=1001, text=text, parse_mode="MarkdownV2")
    assert said.description == f"Bad Request: can't parse entities: {why}"
    assert ana.heard == []


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({"text": ""}, "message text is empty"),
        ({"text": " \n "}, "message text is empty"),
        ({"text": "<b></b>", "parse_mode": "HTML"}, "message text is empty"),
        ({}, "message text is empty"),
        ({"text": "я" * 4097}, "message is too long"),
        ({"text": "🙂" * 2049}, "message is too long"),
        ({"text": "a", "parse_mode": "Word"}, "unsupported parse_mode"),
        ({"text": "a", "reply_parameters": {"message_id": 1}}, "message to be replied not found"),
        ({"text": "a", "reply_markup": "no"}, 'can\'t parse "reply_markup": it is not JSON'),
        ({"text": "a", "reply_markup": {"keys": []}}, "can't parse reply keyboard markup JSON object"),
        ({"text": "a", "colour": "red"}, 'sendMessage has no parameter "colour"'),
        ({"text": "a", "entities": [{"type": "bold", "offset": 0, "length": 2}]}, "ENTITY_BOUNDS_INVALID"),
    ],
)
@pytest.mark.usefixtures("ana")
async def test_what_telegram_would_refuse_is_refused(call: Caller, given: dict[str, Any], why: str) -> None:
    said = await call.refused("sendMessage", chat_id=1001, **given)
    assert (said.code, said.description) == (400, f"Bad Request: {why}")


async def test_the_longest_text_is_taken(call: Caller, ana: Phone) -> None:
    await call("sendMessage", chat_id=1001, text=f"<b>{'я' * 4096}</b>", parse_mode="HTML")
    assert len(ana.last) == 4096


@pytest.mark.parametrize(
    ("button", "why"),
    [
        ({"text": "a", "callback_data": "я" * 33}, "BUTTON_DATA_INVALID"),
        ({"text": "a", "callback_data": ""}, "BUTTON_DATA_INVALID"),
        ({"text": "a", "url": "ftp://x"}, "BUTTON_URL_INVALID"),
        ({"text": "a", "copy_text": {"text": "x" * 257}}, "BUTTON_COPY_TEXT_INVALID"),
        (
            {"text": "a"},
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
        ),
        (
            {"text": "a", "callback_data": "b", "url": "https://x.ua"},
            "can't parse inline keyboard button: exactly one action is allowed, found callback_data, url",
        ),
        (
            {"text": " ", "callback_data": "b"},
            'can\'t parse inline keyboard button: Field "text" must be a non-empty String',
        ),
        ({"text": "a", "callback_dato": "b"}, 'InlineKeyboardButton has no field "callback_dato"'),
    ],
)
@pytest.mark.usefixtures("ana")
async def test_a_button_must_be_sound(call: Caller, button: dict[str, Any], why: str) -> None:
    markup = {"inline_keyboard": [[button]]}
    said = await call.refused("sendMessage", chat_id=1001, text="a", reply_markup=markup)
    if why.startswith("InlineKeyboardButton") or said.description.endswith(why):
        return
    raise AssertionError(said.description)


@pytest.mark.parametrize(
    ("rows", "why"),
    [
        ([["a"] * 5] * 21, "reply markup is too long"),
        ([["a"] * 9], "too many buttons in a row of the keyboard"),
    ],
)
@pytest.mark.usefixtures("ana")
async def test_a_keyboard_has_its_bounds(call: Caller, rows: list[list[str]], why: str) -> None:
    said = await call.refused("sendMessage", chat_id=1001, text="a", reply_markup=keys(*rows))
    assert said.description == f"Bad Request: {why}"


async def test_a_keyboard_with_a_contact_button_is_laid_used_and_removed(call: Caller, ana: Phone) -> None:
    markup = {"keyboard": [[{"text": "Мій номер", "request_contact": True}, "Ні"]], "resize_keyboard": True}
    await call("sendMessage", chat_id=1001, text="Який у вас номер?", reply_markup=markup)
    assert ana.keyboard_labels == ["Мій номер", "Ні"]
    ana.presses("Мій номер")
    updates = await call("getUpdates")
    contact = updates[-1]["message"]["contact"]
    assert contact["user_id"] == updates[-1]["message"]["from"]["id"] == 1001
    await call("sendMessage", chat_id=1001, text="Дякуємо.", reply_markup={"remove_keyboard": True})
    assert ana.keyboard_labels == []


async def test_somebody_elses_contact_says_whose_it_is(call: Caller, ana: Phone, olena: Phone) -> None:
    ana.shares_contact(of=olena.person)
    ana.shares_contact("+380501234567")
    *_, theirs, nobodys = await call("getUpdates")
    assert theirs["message"]["contact"]["user_id"] == 1002
    assert "user_id" not in nobodys["message"]["contact"]


async def test_what_is_asked_of_a_message_is_remembered(call: Caller, ana: Phone) -> None:
    sent = await call(
        "sendMessage",
        chat_id=1001,
        text="a",
        protect_content=True,
        disable_notification=True,
        link_preview_options={"is_disabled": True},
        reply_parameters={"message_id": ana.said[0].id},
    )
    assert sent["has_protected_content"] is True
    assert sent["link_preview_options"] == {"is_disabled": True}
    assert sent["reply_to_message"]["text"] == "/start"
    assert ana.heard[0].protected
    assert ana.push is not None
    assert ana.push.silent


async def test_the_lock_screen_shows_the_beginning_and_edits_do_not_ring(call: Caller, ana: Phone) -> None:
    sent = await call("sendMessage", chat_id=1001, text="слово " * 40)
    await call("editMessageText", chat_id=1001, message_id=sent["message_id"], text="інше")
    assert ana.push is not None
    assert ana.push.text.startswith("слово слово")
    assert len(ana.push.text) == 80


async def test_a_chat_that_never_pressed_start_cannot_be_written_to(call: Caller, olena: Phone) -> None:
    said = await call.refused("sendMessage", chat_id=1002, text="a")
    assert (said.code, said.description) == (
        403, "Forbidden: bot can't initiate conversation with a user",
    )  # fmt: skip
    olena.says("hello")
    await call("sendMessage", chat_id=1002, text="a")


async def test_a_person_can_block_and_unblock(call: Caller, ana: Phone) -> None:
    ana.blocks()
    said = await call.refused("sendMessage", chat_id=1001, text="a")
    assert (said.code, said.description) == (403, "Forbidden: bot was blocked by the user")
    ana.unblocks()
    await call("sendMessage", chat_id=1001, text="a")
    changes = [u["my_chat_member"] for u in await call("getUpdates") if "my_chat_member" in u]
    assert [c["new_chat_member"]["status"] for c in changes] == ["kicked", "member"]


async def test_an_account_can_be_gone(call: Caller, ana: Phone) -> None:
    ana.leaves_telegram()
    said = await call.refused("sendMessage", chat_id=1001, text="a")
    assert (said.code, said.description) == (403, "Forbidden: user is deactivated")


@pytest.mark.parametrize("chat", [77, "@nobody", "-100200"])
async def test_a_chat_that_is_not_there_is_not_found(call: Caller, chat: int | str) -> None:
    said = await call.refused("sendMessage", chat_id=chat, text="a")
    assert (said.code, said.description) == (400, "Bad Request: chat not found")


async def test_a_document_arrives_and_can_be_fetched(call: Caller, ana: Phone, world: World) -> None:
    body = io.BytesIO(b"BEGIN:VCALENDAR")
    body.name = "visit.ics"
    sent = await call("sendDocument", chat_id=1001, document=body, caption="<b>x</b>", parse_mode="HTML")
    assert sent["document"]["file_name"] == "visit.ics"
    assert ana.last == "x"
    again = await call("sendDocument", chat_id=1001, document=sent["document"]["file_id"])
    found = await call("getFile", file_id=again["document"]["file_id"])
    url = call.url.replace("/bot" + world.token, f"/file/bot{world.token}/{found['file_path']}")
    async with call.session.get(url) as answer:
        assert await answer.read() == b"BEGIN:VCALENDAR"


async def test_files_may_be_attached_under_another_name(call: Caller, ana: Phone) -> None:
    form = aiohttp.FormData({"chat_id": "1001", "photo": "attach://one"})
    form.add_field("one", grey_square(), filename="one.png", content_type="image/png")
    async with call.session.post(f"{call.url}/sendPhoto", data=form) as answer:
        assert answer.status == 200
    assert ana.heard[0].content["photo"]


@pytest.mark.usefixtures("ana")
async def test_a_caption_has_its_length_and_a_file_must_exist(call: Caller) -> None:
    long = await call.refused("sendPhoto", chat_id=1001, photo=io.BytesIO(grey_square()), caption="я" * 1025)
    assert long.description == "Bad Request: message caption is too long"
    empty = await call.refused("sendDocument", chat_id=1001, document=io.BytesIO())
    assert empty.description == "Bad Request: file must be non-empty"
    unknown = await call.refused("sendDocument", chat_id=1001, document="https://example.org/a.pdf")
    assert unknown.description == "Bad Request: wrong file identifier/HTTP URL specified"


async def test_parameters_may_come_in_any_way(call: Caller, ana: Phone) -> None:
    url = f"{call.url}/sendMessage"
    given = {"chat_id": 1001, "text": "json", "disable_notification": True, "reply_markup": keys(["a"])}
    async with call.session.post(url, json=given) as answer:
        assert answer.status == 200
    async with call.session.get(url, params={"chat_id": "1001", "text": "query"}) as answer:
        assert answer.status == 200
    parts = aiohttp.FormData(default_to_multipart=True)
    for name, value in (("chat_id", "1001"), ("text", "multipart"), ("reply_markup", json.dumps(keys(["b"])))):
        parts.add_field(name, value)
    async with call.session.post(url, data=parts) as answer:
        assert answer.status == 200
    assert [m.text for m in ana.heard] == ["json", "query", "multipart"]
    assert ana.labels == ["a", "b"]


async def test_numbers_of_messages_rise_within_a_chat(call: Caller, ana: Phone) -> None:
    ids = [(await call("sendMessage", chat_id=1001, text=str(n)))["message_id"] for n in range(3)]
    assert [ana.said[0].id, *ids] == sorted({ana.said[0].id, *ids})


async def test_typing_is_seen_until_the_message_comes(call: Caller, ana: Phone) -> None:
    await call("sendChatAction", chat_id=1001, action="typing")
    assert ana.chat.typing_at is not None
    await call("sendMessage", chat_id=1001, text="a")
    assert ana.chat.typing_at is None
    assert (await call.refused("sendChatAction", chat_id=1001, action="dancing")).code == 400


async def test_doors_that_are_not_there(call: Caller, world: World) -> None:
    assert (await call.refused("sendInvoice", chat_id=1001)).code == 501
    inline = await call.refused("editMessageText", inline_message_id="1", text="a")
    assert inline.code == 501
    wrong = Caller(call.session, call.url.replace(world.token, "700000001:AnotherTokenThatIsNotTheRightOne123"))
    assert (await wrong.refused("getMe")).description == "Unauthorized"
    assert (await call("getme"))["username"] == "sandbox_bot"
