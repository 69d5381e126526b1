"""Where updates and bells meet the handlers, and what they say becomes rows of the outbox. All of it in one thread."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.core import texts
from bot.core.centre import Centre
from bot.core.events import (
    Delete,
    Edit,
    Guard,
    Incoming,
    Lane,
    Menu,
    Message,
    Press,
    Remove,
    Send,
    Show,
    Toast,
)
from bot.core.lines import NOTHING, Wording
from bot.run import telegram
from bot.run.language import Languages
from handlers import leaving, route
from handlers.here import Here
from storage import outbox, people
from storage.db import Transaction

COMMANDS = {
    "start": texts.CMD_START,
    "help": texts.CMD_HELP,
    "cancel": texts.CMD_CANCEL,
    "language": texts.CMD_LANGUAGE,
    "privacy": texts.CMD_PRIVACY,
    "mydata": texts.CMD_MYDATA,
}
COMMANDS_OF_STAFF = COMMANDS | {"case": texts.CMD_CASE}


@dataclass(frozen=True, slots=True)
class Desk:
    """One centre and its languages: everything that handling needs besides the transaction and the moment."""

    centre: Centre
    languages: Languages

    def here(
        self,
        tx: Transaction,
        now: datetime,
        *,
        heard_at: datetime | None = None,
        typed: bool = False,
        message_id: int = 0,
    ) -> Here:
        return Here(tx, self.centre, now, heard_at or now, self.languages.means, typed, message_id)

    def answer(self, tx: Transaction, incoming: Incoming, *, received_at: datetime, now: datetime) -> str:
        """Handles what a person did; the line to show over the chat for a press."""
        kind = "private" if incoming.private else "group"
        me = people.meet(tx, incoming.telegram_id, kind=kind, language="uk", now=now)
        typed = not isinstance(incoming.event, Press)
        here = self.here(
            tx,
            now,
            heard_at=min(incoming.at or received_at, now),
            typed=typed,
            message_id=incoming.message_id,
        )
        messages = route.answer(here, me, incoming)
        if typed and here.message_id:
            branch = leaving.in_branch(here, me)
            outbox.remember(tx, me.id, here.message_id, key=None, ours=False, branch=branch, now=now)
        self.write(tx, messages, now=now, readers=_known(me, messages))
        toast = next((message.text for message in messages if isinstance(message, Toast)), NOTHING)
        return self.languages.say(toast, me.language) if toast is not NOTHING else ""

    def write(
        self,
        tx: Transaction,
        messages: Iterable[Message],
        *,
        now: datetime,
        readers: dict[int, people.Reader] | None = None,
    ) -> None:
        """Each message, in its reader's language, becomes a row of the outbox; `readers` are those known already."""
        readers = readers or {}
        for message in messages:
            if isinstance(message, Toast):
                continue
            if message.to not in readers:
                readers[message.to] = people.reader(tx, message.to)
            if readers[message.to].reachable:
                self._write(tx, message, readers[message.to].language, now)

    def _write(
        self, tx: Transaction, message: Send | Show | Edit | Delete | Remove | Menu, language: str, now: datetime
    ) -> None:
        match message:
            case Send():
                self._send(tx, message, language, now)
            case Show():
                body = self._body(message.text, message.buttons, language) | {
                    "protect": message.protect,
                    "silent": message.branch,
                }
                outbox.put(
                    tx, message.to, "show", body, lane=message.lane, key=message.key, branch=message.branch, now=now
                )
            case Edit():
                body = self._body(message.text, message.buttons, language)
                outbox.put(tx, message.to, "edit", body, lane=message.lane, key=message.key, now=now)
            case Delete():
                outbox.drop_keyed(tx, message.to, message.key, now=now)
                outbox.put(tx, message.to, "delete", {"key": message.key}, lane=message.lane, now=now)
            case Remove():
                outbox.put(tx, message.to, "remove", {"ids": list(message.message_ids)}, lane=message.lane, now=now)
            case Menu():
                names = COMMANDS_OF_STAFF if message.staff else COMMANDS
                body = {"names": {name: self.languages.say(words, language) for name, words in names.items()}}
                outbox.put(tx, message.to, "commands", body, lane=Lane.BROADCAST, key="commands", now=now)

    def _send(self, tx: Transaction, message: Send, language: str, now: datetime) -> None:
        body = self._body(message.text, message.buttons, language)
        body |= {"protect": message.protect, "silent": message.silent or message.branch}
        if message.ask_number is not None:
            body["markup"] = telegram.ask_number(self.languages.say(message.ask_number, language))
        if message.drop_keyboard:
            body["markup"] = telegram.drop_keyboard()
        outbox.put(
            tx,
            message.to,
            "send",
            body,
            lane=message.lane,
            key=message.key or None,
            guard=_guard(message.guard),
            branch=message.branch,
            now=now,
        )

    def _body(self, text: Wording, buttons: Any, language: str) -> dict[str, Any]:  # noqa: ANN401 - rows of buttons
        say = self.languages.say
        return {"text": say(text, language), "markup": telegram.markup(buttons, lambda label: say(label, language))}


def _known(me: people.Person, messages: list[Message]) -> dict[int, people.Reader]:
    """The person who acted is known, unless she has just chosen another language, which brings a new menu."""
    changed = any(isinstance(message, Menu) for message in messages)
    return {} if changed else {me.id: people.Reader(me.language, reachable=True)}


def guarded(text: str | None) -> Guard | None:
    """The guard that a row carries."""
    return Guard(*json.loads(text)) if text else None


def _guard(guard: Guard | None) -> str | None:
    return json.dumps([guard.subject, guard.id, guard.version]) if guard else None
