"""Calendars under private addresses: whoever knows one reads its dates, and nobody learns whether another exists.

Read through a read-only connection, kept by no cache on the way; neither the address nor who asked is logged.
"""

import asyncio
import hashlib
import json
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from aiohttp import web

from bot.core import agenda
from bot.run import easel
from bot.run.house import House
from handlers import agenda as agendas
from storage import feeds, people
from storage.db import Reader, Transaction

PLACE = "/calendar/{token:[A-Za-z0-9_-]{16,64}}.ics"
APART = timedelta(seconds=1)
"""An address answers so often at most; calendars ask a few times a day."""
HEADERS = {
    "Cache-Control": "private, no-store",
    "Content-Disposition": 'inline; filename="calendar.ics"',
    "X-Content-Type-Options": "nosniff",
}


class Feeds:
    def __init__(self, house: House, reader: Reader) -> None:
        self._house = house
        self._reader = reader
        self._asked: dict[int, datetime] = {}

    async def answer(self, request: web.Request) -> web.Response:
        """The calendar as it is now; 404 for whatever is none, with aiohttp's own words as for any other path."""
        now = self._house.clock.now()
        token = request.match_info["token"]
        found = await self._reader.look(
            lambda tx: self._found(tx, token, now)
        )  # in a partial a debug log would show it
        if found is None:
            raise web.HTTPNotFound
        person_id, given = found
        if self._too_soon(person_id, now):
            return web.Response(status=429, headers={"Retry-After": "1", **HEADERS})
        tag = _tag(given)
        if any(each.value in (tag, "*") for each in request.if_none_match or ()):
            return web.Response(status=304, headers={"ETag": f'"{tag}"', **HEADERS})
        body = await asyncio.to_thread(easel.encoded, given)
        headers = {"ETag": f'"{tag}"', "Content-Type": "text/calendar; charset=utf-8", **HEADERS}
        return web.Response(body=body, headers=headers)

    def _found(self, tx: Transaction, token: str, now: datetime) -> tuple[int, dict[str, Any]] | None:
        person_id = feeds.whose(tx, token)
        if person_id is None:
            return None
        person = people.person(tx, person_id)
        mine = agendas.of(self._house.desk.here(tx, now), person)
        return person_id, agenda.in_words(mine, partial(self._house.desk.languages.say, language=person.language))

    def _too_soon(self, person_id: int, now: datetime) -> bool:
        """By whose it is: what somebody makes up takes no memory."""
        last = self._asked.get(person_id)
        if last is not None and timedelta() <= now - last < APART:
            return True
        self._asked[person_id] = now
        return False


def _tag(given: dict[str, Any]) -> str:
    """The same as long as no event changes; when it was asked for does not count."""
    events = json.dumps(given["events"], ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(events.encode()).hexdigest()[:32]
