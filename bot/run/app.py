"""The composition root: builds every part, owns every task, stops them in order."""

import asyncio
import contextlib
import signal
from contextlib import AsyncExitStack
from functools import partial
from pathlib import Path
from typing import Any

import structlog
from aiohttp import web
from structlog.stdlib import BoundLogger
from telegram.error import InvalidToken, TelegramError

from bot.core import danger, profile
from bot.core.centre import Centre
from bot.run import alarm, keyring, telegram
from bot.run.alarm import Caller
from bot.run.clock import Clock
from bot.run.counts import Counts
from bot.run.desk import COMMANDS, Desk
from bot.run.house import House
from bot.run.inbox import POLL_SECONDS, Poller, Worker
from bot.run.language import LANGUAGES, Languages
from bot.run.outbox import Sender
from bot.run.pace import Pace
from bot.run.printer import Printer
from bot.run.settings import Settings, SettingsError
from bot.run.ticker import Ticker
from bot.run.upkeep import Upkeep
from bot.run.web import Pages
from handlers import route
from storage import keys, schema
from storage.db import Pulse, Reader, Writer
from storage.seal import Vault

RETRY_SECONDS = 3


class App:
    """The whole bot. `pulse` is called before every statement: a test cuts the power with it."""

    def __init__(self, settings: Settings, bot: telegram.Api, clock: Clock, *, pulse: Pulse | None = None) -> None:
        self.settings = settings
        self.clock = clock
        self.bot = bot
        self.log: BoundLogger = structlog.get_logger()
        self.counts = Counts()
        self.centre: Centre = profile.load(profile.find(settings.centre))
        self.desk = Desk(self.centre, Languages(self.centre), settings.public_url)
        self._pulse = pulse
        self._stack = AsyncExitStack()

    async def open(self) -> None:
        """The database at its newest tables, and every part around it; nothing turns yet."""
        path = self.settings.database
        schema.prepare(path)
        self._stack.enter_context(schema.in_use(path))
        vault = keyring.vault(self.settings)
        self.writer = await self._stack.enter_async_context(_writer(path, vault, self._pulse))
        vault.root = await self.writer.transact(partial(keys.root, now=self.clock.now()))
        self.reader = await self._stack.enter_async_context(_reader(path, vault))
        self.house = House(self.desk, self.writer, self.bot, self.clock, self.counts, self.log)
        self.sender = Sender(self.house, Pace(self.settings.send_rate))
        self.caller = Caller(self.house, self.settings.alarm)
        self.printer = Printer(self.house, partial(_reader, path, vault), self.sender.wake)
        self.worker = Worker(self.house, self.sender.wake)
        self.upkeep = Upkeep(self.writer, self.clock, self.settings, self.centre, vault)
        await self.upkeep.begin()
        self.ticker = Ticker(self.house, self.upkeep, self._ticked)
        danger.found("")  # the lists are read now, not in the first transaction that needs them
        await self.writer.transact(lambda tx: route.plan_standing(self.desk.here(tx, self.clock.now())))

    async def close(self) -> None:
        await self._stack.aclose()

    async def run(self) -> None:
        """Until SIGTERM or SIGINT: then finishes what it holds."""
        stop = asyncio.Event()
        for each in (signal.SIGTERM, signal.SIGINT):
            asyncio.get_running_loop().add_signal_handler(each, stop.set)
        await self.open()
        try:
            await self._serve()
            if await self._introduced(stop):
                await self._turn(stop)
        finally:
            await self.bot.shutdown()
            await self.close()

    def _ticked(self) -> None:
        """What a tick has brought about is looked for at once."""
        self.sender.wake()
        self.caller.wake()
        self.printer.wake()

    async def _introduced(self, stop: asyncio.Event) -> bool:
        """Until Telegram has told who the bot is; False when it was stopped before. Raises SettingsError."""
        while not stop.is_set():
            try:
                await self.bot.initialize()
            except InvalidToken:
                raise SettingsError("PORUCH_BOT_TOKEN: Telegram does not know this token. Ask @BotFather") from None
            except TelegramError as error:
                self.log.warning("telegram_unreachable", error=type(error).__name__)
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(stop.wait(), RETRY_SECONDS)
            else:
                return True
        return False

    async def _turn(self, stop: asyncio.Event) -> None:
        """All parts at once; one that dies takes the process with it, so that somebody starts it again."""
        listening = asyncio.create_task(self._listen())
        turning = [asyncio.create_task(self.worker.run()), asyncio.create_task(self.sender.run())]
        printing = asyncio.create_task(self.printer.run())
        calling = asyncio.create_task(self.caller.run())
        greeting = asyncio.create_task(self._offer_commands())
        scheduler = self.ticker.scheduler()
        scheduler.start()
        self.log.info("running", address=self.settings.listen)
        waiting = asyncio.create_task(stop.wait())
        every: set[asyncio.Task[Any]] = {listening, waiting, calling, printing, *turning}
        done, _ = await asyncio.wait(every, return_when=asyncio.FIRST_COMPLETED)
        scheduler.shutdown(wait=False)
        for task in (listening, greeting, waiting):
            task.cancel()
        self.worker.stop()
        await turning[0]
        self.sender.stop()
        self.caller.stop()
        self.printer.stop()
        printing.cancel()
        await asyncio.gather(turning[1], asyncio.wait({calling}, timeout=alarm.GRACE))
        calling.cancel()
        for task in done - {waiting}:
            task.result()
        self.log.info("stopped")

    async def _listen(self) -> None:
        """Polling, or a webhook that was told to Telegram."""
        if self.settings.webhook_url:
            await self.bot.call("setWebhook", {
                "url": self.settings.webhook_url,
                "secret_token": self.settings.webhook_secret,
                "allowed_updates": _allowed(),
            })  # fmt: skip
            await asyncio.Event().wait()
        await telegram.attempt(self.bot, "deleteWebhook", {})
        poller = Poller(self.house, self.worker.wake)
        await poller.run()

    async def _serve(self) -> None:
        secret = self.settings.webhook_secret if self.settings.webhook_url else ""
        pages = Pages(self.house, self.reader, self.worker.wake, secret=secret, public=bool(self.settings.public_url))
        runner = web.AppRunner(pages.application(), access_log=None)
        await runner.setup()
        self._stack.push_async_callback(runner.cleanup)
        await web.TCPSite(runner, *self.settings.address).start()

    async def _offer_commands(self) -> None:
        """The commands behind everybody's menu button; neutral words only (S01)."""
        for language in ("", *LANGUAGES):
            say = partial(self.desk.languages.say, language=language or "uk")
            names = {name: say(words) for name, words in COMMANDS.items()}
            await telegram.attempt(self.bot, *telegram.commands(None, language, names))


def build(settings: Settings) -> App:
    """The bot as the settings describe it."""
    bot = telegram.client(settings.bot_token, settings.bot_api_url, settings.bot_file_url, poll_seconds=POLL_SECONDS)
    return App(settings, bot, Clock(settings.clock_file))


def _writer(path: Path, vault: Vault, pulse: Pulse | None) -> Writer:
    return Writer(path, vault, pulse)


def _reader(path: Path, vault: Vault) -> Reader:
    return Reader(path, vault)


def _allowed() -> str:
    return '["' + '","'.join(telegram.ALLOWED_UPDATES) + '"]'
