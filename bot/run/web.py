"""What the bot itself listens on: health and metrics for the operator, the webhook for Telegram, calendars."""

import hmac
import json
from collections.abc import Callable
from datetime import datetime, timedelta

from aiohttp import web
from prometheus_client import generate_latest

from bot.core.events import Lane
from bot.run import feeds
from bot.run.feeds import Feeds
from bot.run.house import House
from bot.run.inbox import POLLED
from handlers import route
from storage import cases, deadlines, due, inbox, outbox
from storage.db import Reader, Transaction

STUCK = timedelta(seconds=60)
SILENT = timedelta(seconds=120)
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the name of a header
LARGEST_UPDATE = 1024 * 1024


class Pages:
    """`/healthz`, `/metrics`; with a webhook `/telegram`, with a public address people's calendars."""

    def __init__(
        self, house: House, reader: Reader, wake: Callable[[], None], *, secret: str, public: bool = False
    ) -> None:
        self._house = house
        self._reader = reader
        self._registry = house.counts.registry()
        self._wake = wake
        self._secret = secret
        self._feeds = Feeds(house, reader) if public else None

    def application(self) -> web.Application:
        application = web.Application(client_max_size=LARGEST_UPDATE)
        application.router.add_get("/healthz", self.health)
        application.router.add_get("/metrics", self.metrics)
        if self._feeds:
            application.router.add_get(feeds.PLACE, self._feeds.answer)
        if self._secret:
            application.router.add_post("/telegram", self.webhook)
        return application

    async def health(self, _: web.Request) -> web.Response:
        """200 only if inbox, outbox and database move."""
        faults = await self._reader.look(self._faults)
        return web.json_response({"ok": not faults, "faults": faults}, status=503 if faults else 200)

    async def metrics(self, _: web.Request) -> web.Response:
        await self._reader.look(self._measure)
        return web.Response(body=generate_latest(self._registry), headers={"Content-Type": "text/plain; version=0.0.4"})

    async def webhook(self, request: web.Request) -> web.Response:
        """Confirmed with 200 only after the commit; anything else Telegram sends again."""
        given = request.headers.get(SECRET_HEADER, "")
        if not hmac.compare_digest(given.encode(), self._secret.encode()):
            return web.Response(status=403)
        try:
            update = json.loads(await request.read())
            number = int(update["update_id"])
        except (ValueError, KeyError, TypeError):
            return web.Response(status=400)
        now = self._house.clock.now()
        await self._house.writer.transact(
            lambda tx: inbox.save(tx, [update | {"update_id": number}], heard_at=now, now=now)
        )
        self._house.counts.updates.inc()
        self._wake()
        return web.Response()

    def _faults(self, tx: Transaction) -> list[str]:
        now = self._house.clock.now()
        faults = []
        if _older(inbox.oldest(tx), now, STUCK):
            faults.append("inbox stands still")
        if _older(outbox.oldest_ready(tx, now=now), now, STUCK):
            faults.append("outbox stands still")
        if _older(inbox.marked(tx, inbox.TICKED), now, STUCK):
            faults.append("nothing ticks")
        if not self._secret and _older(inbox.marked(tx, POLLED), now, SILENT):
            faults.append("no poll has finished")
        return faults

    def _measure(self, tx: Transaction) -> None:
        now = self._house.clock.now()
        oldest = inbox.oldest(tx)
        waiting = outbox.waiting(tx)
        next_due = due.next_at(tx, but=route.STANDING)
        self._house.counts.inbox.set(inbox.waiting(tx))
        self._house.counts.lag.set((now - oldest).total_seconds() if oldest else 0)
        for lane in Lane:
            self._house.counts.outbox.labels(lane.name.lower()).set(waiting.get(lane, 0))
        self._house.counts.cases.set(cases.count_waiting(tx))
        self._house.counts.late.set(deadlines.count_late(tx, now=now))
        self._house.counts.due.set(next_due.timestamp() if next_due else 0)


def _older(at: datetime | None, now: datetime, than: timedelta) -> bool:
    return at is not None and now - at > than
