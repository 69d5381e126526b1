"""The library that the project uses, against the sandbox: what it parses and what it raises."""

import io
from collections.abc import AsyncIterator

import pytest
import telegram
from telegram import InlineKeyboardButton, InlineKeyboardMarkup, KeyboardButton, ReplyKeyboardMarkup, Update

from bot.sandbox.api import LocalApi
from bot.sandbox.faults import Fault, Kind
from bot.sandbox.phone import Phone
from bot.sandbox.world import World


@pytest.fixture
async def library(api: LocalApi) -> AsyncIterator[telegram.Bot]:
    bot = telegram.Bot(api.world.token, base_url=api.base_url, base_file_url=api.base_file_url)
    async with bot:
        yield bot


async def test_the_library_talks_and_listens(library: telegram.Bot, ana: Phone) -> None:
    assert library.username == "sandbox_bot"
    markup = InlineKeyboardMarkup([[InlineKeyboardButton("Взяти", callback_data="c:1", style="primary")]])
    sent = await library.send_message(1001, "<b>К-4823</b>", parse_mode="HTML", reply_markup=markup)
    ana.presses("Взяти")
    ana.shares_contact()
    ana.sends_voice()
    ana.edits(ana.says("a"), "b")
    ana.blocks()
    updates = await library.get_updates(allowed_updates=Update.ALL_TYPES)
    press = updates[1].callback_query
    assert press is not None
    assert press.message == sent
    assert await press.answer("Гаразд") is True
    assert updates[2].effective_message is not None
    assert updates[2].effective_message.contact is not None
    assert [update.api_kwargs for update in updates] == [{}] * len(updates)


async def test_the_library_sends_edits_and_deletes(library: telegram.Bot, ana: Phone) -> None:
    keyboard = ReplyKeyboardMarkup([[KeyboardButton("Номер", request_contact=True)]], resize_keyboard=True)
    await library.send_message(1001, "?", reply_markup=keyboard, disable_notification=True)
    sent = await library.send_document(1001, io.BytesIO(b"report"), filename="r.txt", caption="Звіт")
    assert sent.document is not None
    file = await (await sent.document.get_file()).download_as_bytearray()
    assert bytes(file) == b"report"
    await library.edit_message_caption(1001, sent.message_id, caption="Звіт 2")
    assert ana.last == "Звіт 2"
    await library.delete_messages(1001, [message.id for message in ana.messages])
    assert ana.messages == []
    assert (await library.get_chat(1001)).first_name == "Анна"


@pytest.mark.filterwarnings("ignore::telegram.warnings.PTBDeprecationWarning")
async def test_the_library_raises_what_it_should(library: telegram.Bot, ana: Phone, world: World) -> None:
    with pytest.raises(telegram.error.Forbidden, match="initiate conversation"):
        await library.send_message(1002, "a")
    with pytest.raises(telegram.error.BadRequest, match="Message text is empty"):
        await library.send_message(1001, " ")
    world.faults.order(Fault(Kind.FLOOD, retry_after=3))
    with pytest.raises(telegram.error.RetryAfter):
        await library.send_message(1001, "a")
    world.faults.order(Fault(Kind.SILENCE))
    with pytest.raises(telegram.error.TimedOut):
        await library.send_message(1001, "b", read_timeout=0.2)
    assert ana.last == "b"
    await library.set_webhook("http://127.0.0.1:9/")
    with pytest.raises(telegram.error.Conflict):
        await library.get_updates()
