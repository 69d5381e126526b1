"""The part of a Bot API that a bench needs: updates are handed out, messages come in, sends are timed."""

import asyncio
import json
from collections import Counter, deque
from collections.abc import Callable
from dataclasses import dataclass
from itertools import count
from typing import Any

from tests.bench import acts, walk
from tests.bench.clock import now, wall
from tests.bench.wire import Fields, Wire

Listener = Callable[[int, acts.Message, float], None]
QUIET = {"sendchataction", "sendmessagedraft"}
RESULTS: dict[str, Any] = {
    "getme": acts.BOT | {"can_join_groups": False, "can_read_all_group_messages": False},
    "getwebhookinfo": {"url": "", "has_custom_certificate": False, "pending_update_count": 0},
    "getmycommands": [],
}
CONFLICT = b'{"ok":false,"error_code":409,"description":"Conflict: terminated by other getUpdates request"}'


@dataclass(slots=True)
class Update:
    id: int
    body: bytes
    put_at: float
    handed_at: float = 0.0


@dataclass(slots=True)
class Poll:
    wire: Wire
    limit: int
    timer: asyncio.TimerHandle | None = None


@dataclass(frozen=True, slots=True)
class Sent:
    """A send as it arrived; `wait` is the retry_after that it got instead of a message."""

    at: float
    chat: int
    wait: int


@dataclass(slots=True)
class Faults:
    """Every n-th send to the chats from `first` on is told to wait one second or two, in turn."""

    every: int = 0
    first: int = 0
    _seen: int = 0

    def wait(self, chat: int) -> int:
        if not self.every or chat < self.first:
            return 0
        self._seen += 1
        return 0 if self._seen % self.every else 1 + self._seen // self.every % 2


class Telegram:
    def __init__(self) -> None:
        self.polled = asyncio.Event()
        self.first_poll = 0.0
        self.calls: Counter[str] = Counter()
        self.sends: list[Sent] = []
        self.faults = Faults()
        self.listener: Listener | None = None
        self._queue: deque[Update] = deque()
        self._poll: Poll | None = None
        self._numbers = count(1)
        self._texts: dict[int, str] = {}

    def put(self, chat: int, act: acts.Act) -> Update:
        """The resident's act is at Telegram; a bot that waits for it gets it at once."""
        number = next(self._numbers)
        update = Update(number, acts.update(number, chat, act), now())
        self._queue.append(update)
        if self._poll is not None:
            asyncio.get_running_loop().call_soon(self._hand_out)
        return update

    def answer(self, path: str, fields: Fields, wire: Wire) -> None:
        method = path.rpartition("/")[2].lower()
        self.calls[method] += 1
        if method == "getupdates":
            self._wait(fields, wire)
        elif "chat_id" in fields and method.startswith(("send", "edit", "copy", "forward")):
            self._hear(method, fields, wire)
        else:
            wire.reply(ok(RESULTS.get(method, True)))

    def _wait(self, fields: Fields, wire: Wire) -> None:
        if not self.polled.is_set():
            self.first_poll = now()
            self.polled.set()
        self._confirm(int(fields.get("offset") or 0))
        if self._poll is not None:
            self._poll.wire.reply(CONFLICT, 409)
        self._poll = Poll(wire, int(fields.get("limit") or 100))
        self._answer_poll(self._poll, float(fields.get("timeout") or 0))

    def _answer_poll(self, poll: Poll, seconds: float) -> None:
        if self._queue or not seconds:
            self._hand_out()
        else:
            poll.timer = asyncio.get_running_loop().call_later(min(seconds, 60), self._hand_out)

    def _confirm(self, offset: int) -> None:
        while self._queue and self._queue[0].id < offset:
            self._queue.popleft()

    def _hand_out(self) -> None:
        if (poll := self._poll) is None:
            return
        self._poll = None
        if poll.timer is not None:
            poll.timer.cancel()
        batch = [self._queue[n] for n in range(min(poll.limit, len(self._queue)))]
        poll.wire.reply(b'{"ok":true,"result":[' + b",".join(update.body for update in batch) + b"]}")
        note_handed(batch)

    def _hear(self, method: str, fields: Fields, wire: Wire) -> None:
        at, chat = now(), int(fields["chat_id"])
        wait = self.faults.wait(chat) if method.startswith("send") else 0
        if method.startswith("send") and method not in QUIET:
            self.sends.append(Sent(at, chat, wait))
        if wait:
            wire.reply(too_many(wait), 429)
        else:
            self._deliver(method, chat, fields, wire, at)

    def _deliver(self, method: str, chat: int, fields: Fields, wire: Wire, at: float) -> None:
        if method in QUIET:
            wire.reply(ok(result=True))
            return
        message = self._message(chat, fields)
        wire.reply(ok(message if method != "sendmediagroup" else [message]))
        if self.listener is not None and is_news(method, message):
            self.listener(chat, message | keyboard(fields), at)

    def _message(self, chat: int, fields: Fields) -> acts.Message:
        number = int(fields.get("message_id") or next(self._numbers))
        text = str(fields.get("text") or fields.get("caption") or self._texts.get(chat, ""))
        self._texts[chat] = text
        inline = walk.markup(fields.get("reply_markup")).get("inline_keyboard")
        shown = {"reply_markup": {"inline_keyboard": inline}} if inline else {}
        who = {"chat": acts.chat(chat), "from": acts.BOT}
        return {"message_id": number, "date": wall(), "text": text} | who | shown


def keyboard(fields: Fields) -> acts.Message:
    """What the resident sees under the message, her own keyboard too, which Telegram does not send back."""
    return {"reply_markup": walk.markup(fields.get("reply_markup"))}


def is_news(method: str, message: acts.Message) -> bool:
    """Taking buttons away is no answer; a changed keyboard is."""
    return method != "editmessagereplymarkup" or "reply_markup" in message


def note_handed(batch: list[Update]) -> None:
    at = now()
    for update in batch:
        update.handed_at = update.handed_at or at


def ok(result: Any) -> bytes:
    return json.dumps({"ok": True, "result": result}).encode()


def too_many(wait: int) -> bytes:
    told = {"description": f"Too Many Requests: retry after {wait}", "parameters": {"retry_after": wait}}
    return json.dumps({"ok": False, "error_code": 429} | told).encode()
