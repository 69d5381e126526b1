"""The part of a Bot API that a bench needs: updates are handed out, messages come in, sends are timed."""

import asyncio
import json
import re
from collections import Counter, deque
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from tests.bench import acts, walk
from tests.bench.clock import now, wall
from tests.bench.wire import Fields, Wire

Listener = Callable[[int, acts.Message, float], None]
CHAT_BURST = 12.0  # messages; then one a second
RECEIPT = r"[КK]-\d{4,8}"
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
    """A send, or another call for a chat, as it arrived; `wait` is the retry_after that it got instead of a message."""

    at: float
    chat: int
    wait: int


@dataclass(slots=True)
class Faults:
    """Every n-th send to the chats from `first` on is told to wait one second or two, in turn; and the limits.

    With a rate, whatever comes above it in any second is told to wait, and so is a chat that gets more than one
    message a second when its burst is used up.
    """

    every: int = 0
    first: int = 0
    rate: int = 0
    over: int = 0
    _seen: int = 0
    _second: deque[float] = field(default_factory=deque)
    _chats: dict[int, tuple[float, float]] = field(default_factory=dict)

    def wait(self, chat: int, at: float, method: str) -> int:
        new = method.startswith("send")
        if self.rate and self._is_over(chat, at, new=new):
            self.over += 1
            return 1
        if not new or not self.every or chat < self.first:
            return 0
        self._seen += 1
        return 0 if self._seen % self.every else 1 + self._seen // self.every % 2

    def _is_over(self, chat: int, at: float, *, new: bool) -> bool:
        while self._second and self._second[0] <= at - 1:
            self._second.popleft()
        self._second.append(at)
        left, since = self._chats.get(chat, (CHAT_BURST, at))
        left = min(CHAT_BURST, left + at - since)
        self._chats[chat] = (max(0.0, left - new), at)
        return len(self._second) > self.rate or left < new


class Telegram:
    def __init__(self) -> None:
        self.polled = asyncio.Event()
        self.first_poll = 0.0
        self.calls: Counter[str] = Counter()
        self.sends: list[Sent] = []
        self.acted: dict[int, float] = {}
        self.alerted: dict[str, float] = {}
        self.on_duty = 0
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
        self.acted[chat] = update.put_at
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
            if "chat_id" in fields:
                self.sends.append(Sent(now(), int(fields["chat_id"]), 0))
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
        wait = self.faults.wait(chat, at, method) if method not in QUIET else 0
        if method not in QUIET:
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
        for number in re.findall(RECEIPT, message["text"]) if chat == self.on_duty else ():
            self.alerted.setdefault(number, at)
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
