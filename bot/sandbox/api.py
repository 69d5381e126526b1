"""The Bot API over HTTP, on this machine only."""

import asyncio
import contextlib
import inspect
import json
from collections.abc import Iterator
from types import TracebackType
from typing import Any, Self

from aiohttp import web

from bot.sandbox import parameters, schema
from bot.sandbox.faults import Fault, Kind
from bot.sandbox.methods import METHODS
from bot.sandbox.refusals import Refused, flooded
from bot.sandbox.schema import Json
from bot.sandbox.webhook import Postman
from bot.sandbox.world import World

HOST = "127.0.0.1"
LARGEST_UPLOAD = 50 * 1024 * 1024
FOR_EVER = 3600
UNAUTHORIZED = Refused(401, "Unauthorized")
BAD_GATEWAY = Refused(502, "Bad Gateway")

WORLD = web.AppKey("world", World)
WHAT_THEY_DO = {name.lower(): method for name, method in METHODS.items()}


def application(world: World) -> web.Application:
    """The Bot API, and `/sandbox/faults` to order bad days; pages can be added to it."""
    app = web.Application(client_max_size=LARGEST_UPLOAD)
    app[WORLD] = world
    app.router.add_route("*", "/bot{token:[^/]+}/{method}", _call)
    app.router.add_get("/file/bot{token:[^/]+}/{path:.+}", _file)
    app.router.add_post("/sandbox/faults", _order)
    app.router.add_delete("/sandbox/faults", _clear)
    app.on_shutdown.append(_let_go)
    app.cleanup_ctx.append(_post)
    return app


class LocalApi:
    """The Bot API of a world, served on a free port while the `async with` lasts.

    `base_url` and `base_file_url` are what python-telegram-bot calls so: the token comes behind them.
    """

    def __init__(self, world: World, *, port: int = 0, app: web.Application | None = None) -> None:
        self.world = world
        self.port = port
        self._runner = web.AppRunner(app or application(world), access_log=None, shutdown_timeout=0.2)

    async def __aenter__(self) -> Self:
        await self._runner.setup()
        site = web.TCPSite(self._runner, HOST, self.port)
        await site.start()
        self.port = self._runner.addresses[0][1]
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._runner.cleanup()

    @property
    def address(self) -> str:
        return f"http://{HOST}:{self.port}"

    @property
    def base_url(self) -> str:
        return f"{self.address}/bot"

    @property
    def base_file_url(self) -> str:
        return f"{self.address}/file/bot"


async def _call(request: web.Request) -> web.StreamResponse:
    try:
        return await _answered(request)
    except Refused as refused:
        return _answer(refused.body, refused.code)


async def _answered(request: web.Request) -> web.StreamResponse:
    world = request.app[WORLD]
    if request.match_info["token"] != world.token:
        raise UNAUTHORIZED
    method = _known(request.match_info["method"])
    sent = await parameters.sent_with(request)
    world.called(method.name, _chat(sent))
    fault = world.faults.strike(method.name, _chat(sent))
    if fault:
        await _strike_before(fault, request)
    result = await _result(world, method, sent)
    if fault:
        await _strike_after(fault, request)
    return _answer({"ok": True, "result": result})


def _known(name: str) -> schema.Method:
    """501 and not 404: a bot takes a 404 for a wrong token."""
    if name.lower() not in WHAT_THEY_DO:
        raise Refused(501, f"Not Implemented: the sandbox does not know the method {name}")
    return schema.methods()[name.lower()]


async def _result(world: World, method: schema.Method, sent: Json) -> Any:  # noqa: ANN401 - each its own
    result = WHAT_THEY_DO[method.name.lower()](world, parameters.typed(method, sent))
    return await result if inspect.isawaitable(result) else result


def _chat(sent: Json) -> int:
    words = str(sent.get("chat_id", ""))
    return int(words) if words.removeprefix("-").isdigit() else 0


async def _strike_before(fault: Fault, request: web.Request) -> None:
    if fault.kind is Kind.FLOOD:
        raise flooded(fault.retry_after)
    if fault.kind is Kind.BAD_GATEWAY:
        raise BAD_GATEWAY
    if fault.kind is Kind.REFUSAL:
        raise fault.refusal or BAD_GATEWAY
    if fault.kind is Kind.CUT:
        _cut(request)
    if fault.kind is Kind.SLOW:
        await asyncio.sleep(fault.seconds)


async def _strike_after(fault: Fault, request: web.Request) -> None:
    if fault.kind is Kind.SLOW:
        return
    if fault.kind is Kind.SILENCE:
        await asyncio.sleep(fault.seconds or FOR_EVER)
    _cut(request)


def _cut(request: web.Request) -> None:
    """What is answered from here on reaches nobody."""
    if request.transport is not None:
        request.transport.abort()
    raise BAD_GATEWAY


def _answer(body: Json, status: int = 200) -> web.Response:
    text = json.dumps(body, ensure_ascii=False, separators=(",", ":"))
    return web.Response(text=text, status=status, content_type="application/json")


async def _file(request: web.Request) -> web.Response:
    world = request.app[WORLD]
    stored = world.files.at(request.match_info["path"])
    if request.match_info["token"] != world.token or stored is None:
        return _answer(Refused(404, "Not Found").body, 404)
    return web.Response(body=stored.body, content_type=stored.mime)


async def _order(request: web.Request) -> web.Response:
    """A fault by HTTP: the fields of `Fault` as JSON; `refusal` as `{"code": …, "description": …}`."""
    wanted = await request.json()
    refusal = wanted.pop("refusal", None)
    with _told():
        fault = Fault(**{**wanted, "kind": Kind(wanted["kind"])})
        fault.refusal = Refused(**refusal) if refusal else None
        request.app[WORLD].faults.order(fault)
    return web.json_response({"ok": True})


async def _clear(request: web.Request) -> web.Response:
    request.app[WORLD].faults.clear()
    return web.json_response({"ok": True})


@contextlib.contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except (KeyError, TypeError, ValueError) as error:
        raise web.HTTPBadRequest(text=f"no such fault: {error}") from error


async def _let_go(app: web.Application) -> None:
    """Nobody keeps polling a server that is going away."""
    app[WORLD].updates.stir()


async def _post(app: web.Application) -> Any:  # noqa: ANN401 - aiohttp's own shape of a context
    postman = asyncio.create_task(Postman(app[WORLD]).run())
    yield
    postman.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await postman
