import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from aiohttp import web

from bot.sandbox.phone import Phone
from bot.sandbox.webhook import SECRET_HEADER
from bot.sandbox.world import World
from tests.sandbox.caller import Caller

SECRET = "s3cret"  # noqa: S105 - an example


@dataclass
class Listener:
    """A bot's webhook that can be told how to answer."""

    url: str = ""
    answers: list[int] = field(default_factory=list)
    got: list[tuple[str, Any]] = field(default_factory=list)

    async def hook(self, request: web.Request) -> web.Response:
        self.got.append((request.headers.get(SECRET_HEADER, ""), await request.json()))
        return web.Response(status=self.answers.pop(0) if self.answers else 200)


@pytest.fixture
async def listener() -> AsyncIterator[Listener]:
    listener, app = Listener(), web.Application()
    app.router.add_post("/hook", listener.hook)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    listener.url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    yield listener
    await runner.cleanup()


async def taken(world: World) -> None:
    await asyncio.wait_for(world.updates.all_taken.wait(), 5)


async def test_an_update_is_brought_until_it_is_taken(
    call: Caller, ana: Phone, listener: Listener, world: World
) -> None:
    listener.answers = [503, 500]
    await call("setWebhook", url=listener.url, secret_token=SECRET, max_connections=1)
    ana.says("two")
    await taken(world)
    assert [secret for secret, _ in listener.got] == [SECRET] * 4
    assert [body["message"]["text"] for _, body in listener.got] == ["/start", "/start", "/start", "two"]
    info = await call("getWebhookInfo")
    assert info["last_error_message"] == "Wrong response from the webhook: 500"
    assert info["pending_update_count"] == 0


async def test_a_dropped_update_is_not_brought(call: Caller, ana: Phone, listener: Listener, world: World) -> None:
    await call("setWebhook", url=listener.url, drop_pending_updates=True)
    ana.says("new")
    await taken(world)
    assert [body["message"]["text"] for _, body in listener.got] == ["new"]


@pytest.mark.parametrize(
    "given",
    [
        {"url": "http://example.org/hook"},
        {"url": "https://example.org", "secret_token": "not allowed!"},
        {},
    ],
)
async def test_a_webhook_that_telegram_would_not_take(call: Caller, given: dict[str, Any]) -> None:
    assert (await call.refused("setWebhook", **given)).code == 400
    assert (await call("getWebhookInfo"))["url"] == ""
