"""The page, and what it can do: people's acts, the clock, the bot's plug."""

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from importlib.resources import files
from typing import Any

from aiohttp import web
from aiohttp.typedefs import Handler

from bot.sandbox import view
from bot.sandbox.gauges import Reading, reading
from bot.sandbox.phone import NotThere, Phone
from bot.sandbox.play import Play
from bot.sandbox.process import BotProcess
from bot.sandbox.refusals import Refused
from bot.sandbox.schema import Json
from bot.sandbox.world import Change, World

LOOKED_AT_EVERY = 2.0
"""Seconds between two looks at the bot's numbers, while a page is open."""
BACKLOG = 2000
"""Events that a slow page may be behind; beyond that it starts afresh."""
LONGEST_JUMP = 400 * 24 * 3600
HOSTS = frozenset({"127.0.0.1", "localhost"})
POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'"
PAGE = {
    "index.html": "text/html",
    "style.css": "text/css",
    "app.js": "text/javascript",
    "words.json": "application/json",
    "story.json": "application/json",
    "plays.json": "application/json",
}


class Stage:
    """Adds the page to the application that serves the Bot API."""

    def __init__(self, play: Play, world: World, bot: BotProcess) -> None:
        self.play = play
        self.world = world
        self.bot = bot
        self.seen = Reading()
        self._pages: set[asyncio.Queue[str]] = set()
        world.watchers.append(self._changed)
        bot.watchers.append(self._tell_operator)

    def build(self, app: web.Application) -> None:
        app.middlewares.append(only_from_here)
        add = app.router.add_route
        add("GET", "/", self._page)
        add("GET", "/{name:index.html|style.css|app.js|words.json|story.json|plays.json}", self._page)
        add("GET", "/sandbox/events", self._events)
        add("POST", "/sandbox/people/{key}/{act:[a-z]+}", self._act)
        add("GET", "/sandbox/people/{key}/files/{file}", self._file)
        add("POST", "/sandbox/clock", self._jump)
        add("POST", "/sandbox/bot/{act:start|cut}", self._bot)
        app.on_shutdown.append(self._close)
        app.cleanup_ctx.append(self._looking)

    async def _page(self, request: web.Request) -> web.Response:
        name = request.match_info.get("name", "index.html")
        if name == "story.json" and self.play.story:
            return web.json_response([dict(step) for step in self.play.story])
        if name == "plays.json":
            return web.json_response([dict(each) for each in self.play.plays])
        body = files(__package__).joinpath("page", name).read_bytes()
        headers = {"Content-Security-Policy": POLICY, "Cache-Control": "no-cache"}
        return web.Response(body=body, content_type=PAGE[name], charset="utf-8", headers=headers)

    async def _events(self, request: web.Request) -> web.StreamResponse:
        """Server-sent events: everything once, then each change."""
        stream = web.StreamResponse(headers={"Content-Type": "text/event-stream", "Cache-Control": "no-store"})
        await stream.prepare(request)
        queue: asyncio.Queue[str] = asyncio.Queue(BACKLOG)
        queue.put_nowait(_event("everything", view.everything(self.world)))
        queue.put_nowait(_event("operator", view.operator(self.bot, self.seen)))
        self._pages.add(queue)
        try:
            while queue in self._pages or not queue.empty():
                await stream.write((await queue.get()).encode())
        except ConnectionError:
            return stream  # the page was closed
        finally:
            self._pages.discard(queue)
        return stream

    async def _act(self, request: web.Request) -> web.Response:
        phone = self._phone(request)
        act = ACTS.get(request.match_info["act"])
        if act is None:
            raise web.HTTPNotFound
        try:
            act(phone, await _body(request))
        except (NotThere, Refused) as error:
            raise web.HTTPConflict(text=str(error)) from error
        except (KeyError, TypeError, ValueError) as error:
            raise web.HTTPBadRequest(text=f"not understood: {error}") from error
        return web.json_response({"ok": True})

    async def _file(self, request: web.Request) -> web.Response:
        self._phone(request)
        try:
            stored = self.world.files.by_id(request.match_info["file"])
        except Refused as refused:
            raise web.HTTPNotFound from refused
        headers = {"X-Content-Type-Options": "nosniff", "Content-Security-Policy": "sandbox"}
        if not stored.mime.startswith("image/"):
            headers["Content-Disposition"] = "attachment"
        return web.Response(body=stored.body, content_type=stored.mime, headers=headers)

    async def _jump(self, request: web.Request) -> web.Response:
        """`{"forward": seconds}`, or `{"to": "next"}`: the moment that the bot itself calls next."""
        wanted = await _body(request)
        seconds = await self._until_next() if wanted.get("to") == "next" else wanted.get("forward")
        if seconds is None:
            return web.json_response({"jumped": False, "why": "nothing" if self.seen.next_due else "none"})
        if not isinstance(seconds, (int, float)) or not 0 < seconds <= LONGEST_JUMP:
            raise web.HTTPBadRequest(text="forward: a number of seconds, at most 400 days")
        self.world.clock.forward(seconds)
        self._tell("clock", view.clock(self.world))
        return web.json_response({"jumped": True, "seconds": seconds})

    async def _until_next(self) -> float | None:
        """Seconds to one second after the next reminder; None when there is none to wait for."""
        self.seen = await reading(self.play.metrics_url)
        wait = self.seen.next_due - self.world.clock.now()
        return wait + 1 if wait > 1 else None

    async def _bot(self, request: web.Request) -> web.Response:
        does: dict[str, Callable[[], Awaitable[None]]] = {
            "start": self.bot.start,
            "cut": self.bot.pull_the_plug,
        }
        await does[request.match_info["act"]]()
        return web.json_response({"ok": True})

    async def _close(self, _app: web.Application) -> None:
        """The streams end; a page then tries again until there is a new sandbox."""
        closing, self._pages = self._pages, set()
        for queue in closing:
            with contextlib.suppress(asyncio.QueueFull):
                queue.put_nowait("")

    async def _looking(self, _app: web.Application) -> AsyncIterator[None]:
        task = asyncio.create_task(self._look())
        yield
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task

    async def _look(self) -> None:
        while True:
            if self._pages:
                self.seen = await reading(self.play.metrics_url)
                self._tell_operator()
            await asyncio.sleep(LOOKED_AT_EVERY)

    def _phone(self, request: web.Request) -> Phone:
        key = request.match_info["key"]
        if key not in {person.key for person in self.play.people}:
            raise web.HTTPNotFound
        return self.world.phone(key)

    def _changed(self, happened: Change) -> None:
        if self._pages:
            self._tell("change", view.change(self.world, happened))

    def _tell_operator(self) -> None:
        self._tell("operator", view.operator(self.bot, self.seen))

    def _tell(self, name: str, said: Json) -> None:
        for queue in tuple(self._pages):
            if queue.full():
                self._pages.discard(queue)
            else:
                queue.put_nowait(_event(name, said))


@web.middleware
async def only_from_here(request: web.Request, handler: Handler) -> web.StreamResponse:
    """No other site, open in the same browser, may reach in."""
    host = request.host.rpartition(":")[0] or request.host
    origin = request.headers.get("Origin")
    if host not in HOSTS or (origin is not None and origin != f"http://{request.host}"):
        raise web.HTTPForbidden
    return await handler(request)


async def _body(request: web.Request) -> Json:
    text = await request.text()
    try:
        found = json.loads(text or "{}")
    except ValueError:
        found = None
    if not isinstance(found, dict):
        raise web.HTTPBadRequest(text="a JSON object expected")
    return found


def _event(name: str, said: Json) -> str:
    return f"event: {name}\ndata: {json.dumps(said, ensure_ascii=False, separators=(',', ':'))}\n\n"


def _says(phone: Phone, given: Json) -> None:
    text = given["text"].strip()
    if not text:
        raise ValueError("nothing was said")
    phone.says(text)


def _presses(phone: Phone, given: Json) -> None:
    """The button that was drawn, even if the message has changed since: real phones do that too."""
    message = phone.chat.messages.get(given["message"])
    if message is None:
        raise NotThere("the message is gone")
    phone.sends_press(message, given["data"])


ACTS: dict[str, Callable[[Phone, Json], Any]] = {
    "say": _says,
    "press": _presses,
    "key": lambda phone, given: phone.presses_key(given["label"]),
    "contact": lambda phone, _given: phone.shares_contact(),
    "voice": lambda phone, _given: phone.sends_voice(),
    "photo": lambda phone, _given: phone.sends_photo(),
    "block": lambda phone, _given: phone.blocks(),
    "unblock": lambda phone, _given: phone.unblocks(),
}
