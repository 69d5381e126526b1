"""A file of the bot's own, through its own transport, as it stands on the phone."""

import base64

from bot.run import telegram
from bot.run.telegram import Arrived
from bot.sandbox import view
from bot.sandbox.api import LocalApi
from bot.sandbox.phone import Phone

WORDS = "Що центр зберігає про вас\n".encode("utf-8-sig")
BODY = {
    "name": "dovidka.txt",
    "content": base64.b64encode(WORDS).decode(),
    "text": "У цьому файлі.",
    "markup": '{"inline_keyboard":[[{"text":"Меню","callback_data":"e:menu"}]]}',
    "protect": True,
    "silent": True,
}


async def test_a_file_arrives_whole_with_its_name_its_caption_and_its_buttons(api: LocalApi, ana: Phone) -> None:
    bot = telegram.client(api.world.token, api.base_url, api.base_file_url, poll_seconds=1)
    async with bot:
        outcome = await telegram.attempt(bot, *telegram.new_file(1001, BODY))
        assert isinstance(outcome, Arrived)
        (message,) = ana.heard
        assert outcome.message_id == message.id
        assert message.text == "У цьому файлі."
        assert message.protected
        assert message.silent
        document = message.content["document"]
        assert api.world.files.by_id(document["file_id"]).body == WORDS
        shown = view.message(message)["document"]
        assert (shown["name"], shown["size"]) == ("dovidka.txt", len(WORDS))
        ana.presses("Меню")
        assert isinstance(await telegram.attempt(bot, *telegram.deleted(1001, [message.id])), Arrived)
        assert ana.heard == []
