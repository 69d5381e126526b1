"""Everything that is so at the moment: the people, their chats, what waits for the bot.

A test of anything that talks to Telegram can take it like this::

    world = World([Person("ana", 1001, "Ana"), Person("olena", 1002, "Olena")])
    async with LocalApi(world) as api:              # bot.sandbox.api
        ...                                         # a bot that talks to api.base_url + world.token
        ana = world.phone("ana")                    # bot.sandbox.phone
        ana.says("/start")
        await ana.hears("City guide")               # waits until the bot has said so
        ana.presses("Safety at home")
        world.faults.order(Fault(Kind.FLOOD, times=3, retry_after=2))    # bot.sandbox.faults
        world.clock.forward(3600)

What people do happens at once and without `await`; only waiting for the bot is a coroutine.
"""

import random
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from bot.sandbox.chats import Chat, Message, Push
from bot.sandbox.clock import Clock
from bot.sandbox.entities import Formatted
from bot.sandbox.faults import Faults
from bot.sandbox.menus import Menus
from bot.sandbox.play import TOKEN, Person
from bot.sandbox.refusals import WEBHOOK_CAME, bad
from bot.sandbox.schema import Json
from bot.sandbox.storedfiles import Files
from bot.sandbox.updates import Updates

if TYPE_CHECKING:
    from bot.sandbox.phone import Phone

QUERY_LIVES = 30
"""Seconds a press may wait for its answer."""
CALLS_KEPT = 20_000
NUMBERING_BEGAN = 1_700_000_000
"""Message numbers count seconds since then, so that they rise from one start of the sandbox to the next."""


class What(StrEnum):
    """Kinds of change that a watcher hears of."""

    CAME = "came"
    EDITED = "edited"
    DELETED = "deleted"
    TOAST = "toast"
    TYPING = "typing"
    PHONE = "phone"
    """Something of the phone itself: keyboard, commands, blocked or not."""


@dataclass(frozen=True, slots=True)
class Change:
    what: What
    chat: Chat
    message: Message | None = None
    words: str = ""


@dataclass(frozen=True, slots=True)
class Call:
    """A call of the bot's, whatever came of it; `event` places it among all that happened."""

    method: str
    chat: int
    event: int


@dataclass(slots=True)
class Query:
    """A press that waits for its answer."""

    chat: Chat
    pressed_at: float


@dataclass(slots=True)
class Webhook:
    url: str
    secret: str = ""
    max_connections: int = 40
    failed_at: float | None = None
    failure: str = ""


@dataclass
class Profile:
    """What the bot calls itself, by language."""

    names: dict[str, str] = field(default_factory=dict)
    descriptions: dict[str, str] = field(default_factory=dict)
    short_descriptions: dict[str, str] = field(default_factory=dict)


Watcher = Callable[[Change], None]


class World:
    def __init__(self, people: Iterable[Person], *, token: str = TOKEN, clock: Clock | None = None) -> None:
        self.clock = clock or Clock()
        self.token = token
        self.bot: Json = {
            "id": int(token.partition(":")[0]),
            "is_bot": True,
            "first_name": "Sandbox",
            "username": "sandbox_bot",
        }
        first_message = max(1, int(self.clock.now()) - NUMBERING_BEGAN)
        self.chats = {person.id: Chat(person, self.bot, first_message) for person in people}
        self.updates = Updates(random.randrange(10**8, 10**9))
        self.files = Files()
        self.menus = Menus()
        self.faults = Faults()
        self.profile = Profile()
        self.webhook: Webhook | None = None
        self.calls: dict[str, int] = {}
        """How often each method was called."""
        self.log: deque[Call] = deque(maxlen=CALLS_KEPT)
        """The latest calls, in order."""
        self.numbers: Iterator[int] | None = None
        """Where it is given, all chats share it: Telegram numbers a bot's private messages in one row."""
        self.watchers: list[Watcher] = []
        self._queries: dict[str, Query] = {}
        self._events = 0

    def phone(self, key: str) -> "Phone":
        """The phone of the person with this key."""
        from bot.sandbox.phone import Phone  # noqa: PLC0415 - a phone is made of a world, not the other way

        return Phone(self, next(chat for chat in self.chats.values() if chat.person.key == key))

    @property
    def phones(self) -> "list[Phone]":
        return [self.phone(chat.person.key) for chat in self.chats.values()]

    def chat(self, chat_id: int | str) -> Chat:
        if not isinstance(chat_id, int) or chat_id not in self.chats:
            raise bad("chat not found")
        return self.chats[chat_id]

    def event(self) -> int:
        """The number of the next event; later ones are greater."""
        self._events += 1
        return self._events

    def tell(self, change: Change) -> None:
        for watcher in tuple(self.watchers):
            watcher(change)

    def called(self, method: str, chat: int) -> None:
        self.calls[method] = self.calls.get(method, 0) + 1
        self.log.append(Call(method, chat, self.event()))

    def write(self, chat: Chat, content: Json, *, from_bot: bool, silent: bool = False) -> Message:
        """A new message at the end of the chat."""
        if self.numbers is not None:
            chat.next_id = next(self.numbers)
        message = Message(chat.next_id, chat, from_bot, self.clock.now(), content, silent=silent)
        message.touched = self.event()
        chat.next_id += 1
        chat.messages[message.id] = message
        if from_bot:
            chat.push = Push(message.preview, message.sent_at, silent)
            chat.typing_at = None
        self.tell(Change(What.CAME, chat, message))
        return message

    def edit(self, message: Message, content: Json, *, quietly: bool = False) -> None:
        """Quietly: only the buttons changed, which no phone marks as edited."""
        message.content = content
        message.touched = self.event()
        if not quietly:
            message.edited_at = self.clock.now()
        self.tell(Change(What.EDITED, message.chat, message))

    def delete(self, message: Message) -> None:
        chat = message.chat
        message.deleted_at = self.clock.now()
        message.touched = self.event()
        chat.deleted[message.id] = chat.messages.pop(message.id)
        self.tell(Change(What.DELETED, chat, message))

    def ask(self, chat: Chat) -> str:
        """The id of a new press, good for one answer."""
        now = self.clock.now()
        query_id = str(random.getrandbits(62))
        self._queries = {q: a for q, a in self._queries.items() if now - a.pressed_at <= QUERY_LIVES}
        self._queries[query_id] = Query(chat, now)
        return query_id

    def answered(self, query_id: str) -> Query | None:
        """The press that this answer is for; None when there is none, or none any more."""
        query = self._queries.pop(query_id, None)
        fresh = query is not None and self.clock.now() - query.pressed_at <= QUERY_LIVES
        return query if fresh else None

    def set_webhook(self, webhook: Webhook | None, *, drop: bool) -> None:
        self.webhook = webhook
        if drop:
            self.updates.drop()
        if webhook is not None:
            self.updates.end_poll(WEBHOOK_CAME)
        self.updates.stirred.set()


def words_in(said: Formatted, name: str) -> Json:
    """Text or caption as a message holds it."""
    entities = "entities" if name == "text" else f"{name}_entities"
    return {name: said.text, **({entities: said.entities} if said.entities else {})}
