"""A small bot that the sandbox is tried with: it polls, answers, edits, deletes, and shows numbers.

It knows of the sandbox what every bot knows: an address, a token, a clock file.
"""

import asyncio
import os
import signal
import time
from pathlib import Path
from typing import Any

import aiohttp
from aiohttp import web

from tests.sandbox.caller import form

MENU = {
    "inline_keyboard": [
        [{"text": "Потрібна допомога", "callback_data": "help"}],
        [
            {"text": "Безпека вдома", "callback_data": "safety"},
            {"text": "Мій номер", "callback_data": "number"},
        ],
        [{"text": "Прибрати все", "callback_data": "leave", "style": "danger"}],
    ]
}
STEP = {
    "inline_keyboard": [
        [{"text": "Так, можна писати", "callback_data": "yes", "style": "primary"}],
        [{"text": "‹ Назад", "callback_data": "back"}, {"text": "✕ Скасувати", "callback_data": "leave"}],
    ]
}
NUMBER = {"keyboard": [[{"text": "Поділитися номером", "request_contact": True}], ["Не зараз"]]}
GREETING = (
    "<b>Довідник соціальних послуг міста.</b>\nГрафік, виплати, документи, телефони. Тут можна й звернутися до фахівця."
)
COMMANDS = [
    {"command": "start", "description": "Почати"},
    {"command": "help", "description": "Телефони"},
]


class Parrot:
    def __init__(self, session: aiohttp.ClientSession) -> None:
        self.session = session
        self.url = os.environ["PORUCH_BOT_API_URL"] + os.environ["PORUCH_BOT_TOKEN"]
        self.due = clock() + 3 * 3600
        self.seen: dict[int, list[int]] = {}

    async def call(self, method: str, **given: Any) -> Any:
        async with self.session.post(f"{self.url}/{method}", data=form(given)) as answer:
            return (await answer.json()).get("result")

    async def run(self) -> None:
        await self.call("setMyCommands", commands=COMMANDS)
        offset = 0
        while True:
            for update in await self.call("getUpdates", offset=offset, timeout=20) or []:
                await self.take(update)
                offset = update["update_id"] + 1

    async def take(self, update: dict[str, Any]) -> None:
        if message := update.get("message"):
            self.seen.setdefault(message["chat"]["id"], []).append(message["message_id"])
            await self.hear(message["chat"]["id"], message)
        elif query := update.get("callback_query"):
            await self.feel(query["message"]["chat"]["id"], query)

    async def hear(self, chat: int, message: dict[str, Any]) -> None:
        text = message.get("text", "")
        if text.startswith("/start"):
            await self.say(chat, GREETING, parse_mode="HTML", reply_markup=MENU)
        elif "contact" in message:
            await self.say(chat, "Дякуємо.", reply_markup={"remove_keyboard": True}, protect_content=True)
        elif "voice" in message:
            await self.say(chat, "Це голосове. Напишіть словами.", disable_notification=True)
        else:
            await self.call("sendChatAction", chat_id=chat, action="typing")
            await self.say(chat, f"Ви написали: {text}")

    async def feel(self, chat: int, query: dict[str, Any]) -> None:
        await self.call("answerCallbackQuery", callback_query_id=query["id"], text=words(query["data"]))
        about = {"chat_id": chat, "message_id": query["message"]["message_id"]}
        match query["data"]:
            case "leave":
                await self.call("deleteMessages", chat_id=chat, message_ids=self.seen.pop(chat, []))
            case "number":
                await self.say(chat, "Який у вас номер?", reply_markup=NUMBER)
            case "back":
                await self.call("editMessageText", **about, text="Довідник", reply_markup=MENU)
            case _:
                text = "Крок 1 з 3. Чи безпечно писати вам сюди?"
                await self.call("editMessageText", **about, text=text, reply_markup=STEP)

    async def say(self, chat: int, text: str, **more: Any) -> None:
        sent = await self.call("sendMessage", chat_id=chat, text=text, **more)
        if sent:
            self.seen.setdefault(chat, []).append(sent["message_id"])

    async def metrics(self, _request: web.Request) -> web.Response:
        return web.Response(
            text=(
                "# TYPE poruch_inbox_waiting gauge\nporuch_inbox_waiting 0\n"
                'poruch_outbox_waiting{lane="urgent"} 1\nporuch_outbox_waiting{lane="reply"} 2\n'
                f"poruch_next_due_timestamp_seconds {self.due if self.due > clock() else 0}\n"
            )
        )

    async def health(self, _request: web.Request) -> web.Response:
        return web.Response(text="ok")


def clock() -> float:
    return time.time() + float(Path(os.environ["PORUCH_CLOCK_FILE"]).read_text(encoding="ascii"))  # noqa: TID251


def words(data: str) -> str:
    return "Прибираємо" if data == "leave" else ""


async def main() -> None:
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, asyncio.current_task().cancel)  # type: ignore[union-attr]
    async with aiohttp.ClientSession() as session:
        parrot = Parrot(session)
        host, port = os.environ["PORUCH_LISTEN"].split(":")
        app = web.Application()
        app.add_routes([web.get("/metrics", parrot.metrics), web.get("/healthz", parrot.health)])
        runner = web.AppRunner(app)
        await runner.setup()
        await web.TCPSite(runner, host, int(port)).start()
        print("the parrot listens", flush=True)
        try:
            await parrot.run()
        finally:
            await runner.cleanup()


if __name__ == "__main__":
    try:
        asyncio.run(main())
    except asyncio.CancelledError:
        print("the parrot said goodbye", flush=True)
