"""Carries updates to the bot's webhook: one after another, each again and again until it is taken."""

import asyncio

import aiohttp

from bot.sandbox.world import Webhook, World

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the name of a header
FIRST_PAUSE = 0.1
LONGEST_PAUSE = 5.0
PATIENCE = aiohttp.ClientTimeout(total=60)


class Postman:
    def __init__(self, world: World) -> None:
        self.world = world
        self.pause = FIRST_PAUSE

    async def run(self) -> None:
        """Until cancelled."""
        async with aiohttp.ClientSession(timeout=PATIENCE) as session:
            while True:
                await self.world.updates.stirred.wait()
                self.world.updates.stirred.clear()
                await self._empty_bag(session)

    async def _empty_bag(self, session: aiohttp.ClientSession) -> None:
        waiting = self.world.updates.waiting
        while waiting and (hook := self.world.webhook):
            update = waiting[0]
            if await self._hand_over(session, hook, update):
                self.pause = FIRST_PAUSE
                self.world.updates.strike_off(update)
            else:
                await asyncio.sleep(self.pause)
                self.pause = min(self.pause * 2, LONGEST_PAUSE)

    async def _hand_over(self, session: aiohttp.ClientSession, hook: Webhook, update: object) -> bool:
        headers = {SECRET_HEADER: hook.secret} if hook.secret else {}
        try:
            async with session.post(hook.url, json=update, headers=headers) as answer:
                failure = "" if answer.ok else f"Wrong response from the webhook: {answer.status}"
        except (aiohttp.ClientError, TimeoutError) as error:
            failure = f"Connection failed: {type(error).__name__}"
        if failure:
            hook.failed_at, hook.failure = self.world.clock.now(), failure
        return not failure
