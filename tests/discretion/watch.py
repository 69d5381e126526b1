"""Looks over every shoulder: each message that the bot makes, each call that reaches Telegram, is held to the rules.

`Watch` stands between the handlers and the outbox in every test of the suite; no test has to ask for it.
"""

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import pytest

from bot.core import discretion, texts
from bot.core.cases import read_number
from bot.core.events import Incoming, Menu, Message, Overwrite, Press, Push, Say, Send
from bot.core.lines import Line, Sentence, Wording
from bot.run.desk import COMMANDS, COMMANDS_OF_STAFF, Desk
from handlers import covers, menu
from storage import cases, outbox, people
from storage.db import Transaction
from tests.discretion import rules
from tests.discretion.said import Heard, Put, Said, all_buttons, parts, wordings
from tests.people import Chat, Standing, Telegram

SHORTEST = 6
"""What somebody typed is looked for elsewhere if it is at least so long and no number, command or entry."""


@dataclass
class Watch:
    """What was said in one test, and what was wrong with it."""

    heard: Heard = field(default_factory=Heard)
    counted: Counter[str] = field(default_factory=Counter)
    faults: dict[str, None] = field(default_factory=dict)
    typed: dict[str, set[int]] = field(default_factory=dict)
    """What people wrote, and who."""
    shapes: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """By text as it stands in a chat: the sentences that it was made of."""
    codes: list[tuple[str, str]] = field(default_factory=list)
    """Number and code, as somebody was told them."""
    touched: dict[tuple[int, int], int] = field(default_factory=dict)
    """When a message in a chat was last made an answer: what its reader looks at."""
    answers: set[str] = field(default_factory=set)
    cause: str = ""

    @contextmanager
    def standing(self) -> Iterator["Watch"]:
        """Between the handlers and the outbox, and behind Telegram's door."""
        with pytest.MonkeyPatch.context() as patch:
            self._patch(patch)
            yield self

    def wrong(self, fault: str) -> None:
        self.faults.setdefault(fault)

    def _patch(self, patch: pytest.MonkeyPatch) -> None:
        write, answer, call = Desk.write, Desk.answer, Telegram.call
        puts: list[Put] = []
        put = outbox.put

        def noted_put(tx: Transaction, person_id: int, op: str, body: dict[str, Any], **given: Any) -> None:
            puts.append(Put(op, body, bool(given.get("branch"))))
            put(tx, person_id, op, body, **given)

        def noted_write(
            desk: Desk,
            tx: Transaction,
            messages: Iterable[Message],
            *,
            now: datetime,
            readers: dict[int, people.Reader] | None = None,
        ) -> None:
            known = dict(readers or {})
            asker = next(iter(known), 0)
            for message in messages:
                puts.clear()
                write(desk, tx, [message], now=now, readers=known)
                try:
                    self._message(desk, tx, message, asker, tuple(puts))
                except Exception as error:  # noqa: BLE001 - the bot goes on, and the test fails at its end
                    self.wrong(f"cannot be read: {type(message).__name__}: {error!r}")

        def noted_answer(desk: Desk, tx: Transaction, incoming: Incoming, **given: Any) -> str:
            self._incoming(desk, tx, incoming, given)
            return answer(desk, tx, incoming, **given)

        async def noted_call(telegram: Telegram, method: str, parameters: dict[str, Any]) -> Any:
            result = await call(telegram, method, parameters)
            if isinstance(result, dict) and parameters.get("text", "") in self.answers:
                self.touched[parameters["chat_id"], result["message_id"]] = len(telegram.calls)
            self._call(telegram, method, {name: value for name, value in parameters.items() if value is not None})
            return result

        patch.setattr(outbox, "put", noted_put)
        patch.setattr(Desk, "write", noted_write)
        patch.setattr(Desk, "answer", noted_answer)
        patch.setattr(Telegram, "call", noted_call)

    # What comes in

    def _incoming(self, desk: Desk, tx: Transaction, incoming: Incoming, given: dict[str, Any]) -> None:
        self.cause = type(incoming.event).__name__
        if isinstance(incoming.event, Press) and incoming.event.action is not None:
            self.heard.pressed.add(type(incoming.event.action))
        if isinstance(incoming.event, Say) and self._personal(desk, incoming.event.text):
            me = people.meet(tx, incoming.telegram_id, kind="private", language="uk", now=given["now"])
            self.typed.setdefault(incoming.event.text.strip(), set()).add(me.id)

    def _personal(self, desk: Desk, text: str) -> bool:
        entries = (*menu.FOR_ALL, *menu.FOR_STAFF)
        known = any(desk.languages.means(text, label) for _, label in entries)
        return len(text.strip()) >= SHORTEST and not known and read_number(text) is None and not text[:1].isdigit()

    # What goes out

    def _message(self, desk: Desk, tx: Transaction, message: Message, asker: int, puts: tuple[Put, ...]) -> None:
        to = getattr(message, "to", asker)
        if not to:
            return
        if isinstance(message, Push) and not message.permit.words:
            puts = tuple(Put(put.op, put.body | desk.cover(tx, to, message.case_id), put.branch) for put in puts)
        said = self._said(desk, tx, message, to, asked=to == asker, puts=puts)
        self.counted[f"{said.kind}, {_sort(said)}"] += 1
        self.heard.sentences.update(said.msgids)
        self._remember(said)
        for fault in rules.faults(said):
            self.wrong(fault)

    def _said(
        self, desk: Desk, tx: Transaction, message: Message, to: int, *, asked: bool, puts: tuple[Put, ...]
    ) -> Said:
        shown, buttons = _shown(message), all_buttons(message)
        if isinstance(message, Push) and not message.permit.words:
            case = cases.by_id(tx, message.case_id)
            cover, rows = covers.shown(desk.centre, case.cover if case else "")
            buttons = tuple(button for row in rows for button in row)
            shown = (cover, *(button.label for button in buttons))
        person = people.person(tx, to)
        return Said(
            message,
            _kind(tx, person),
            asked,
            desk.centre,
            desk.languages,
            shown,
            buttons,
            puts,
            of_branch=tuple(row["number"] for row in tx.all("SELECT number FROM cases WHERE branch")),
            secret=self._secret(tx, person, asked=asked),
            names=tuple(
                people.person(tx, row["id"]).name for row in tx.all("SELECT id FROM people WHERE name NOT NULL")
            ),
            cause=self.cause,
        )

    def _secret(self, tx: Transaction, reader: people.Person, *, asked: bool) -> tuple[str, ...]:
        """A colleague who asks may read; whoever holds or held the same case may; nobody else.

        A code that the bot has made is not the words of whoever typed it: its owner may look at it again.
        """
        if reader.staff and asked:
            return ()
        with_her = {
            row["person_id"]
            for row in tx.all(
                "SELECT person_id FROM links WHERE standing <> 'asks' AND case_id IN "
                "(SELECT case_id FROM links WHERE person_id = :id AND standing <> 'asks')",
                id=reader.id,
            )
        }
        own = {reader.id, *with_her, *(() if reader.staff else _staff(tx))}
        ours = {code for _, code in self.codes}
        return tuple(words for words, by in self.typed.items() if by.isdisjoint(own) and words not in ours)

    def _remember(self, said: Said) -> None:
        for wording in said.wordings:
            for part in parts(wording):
                if isinstance(part, Line) and {"number", "code"} <= part.values.keys():
                    number, code = (said.languages.say(part.values[name], "en") for name in ("number", "code"))
                    self.codes.append((number, code))
        for put in said.puts:
            if "text" in put.body:
                self.shapes[put.body["text"]] = tuple(said.msgids)
                (self.answers.add if said.asked else self.answers.discard)(put.body["text"])

    # What reaches Telegram

    def _call(self, telegram: Telegram, method: str, given: dict[str, Any]) -> None:
        if "text" in given and method != "answerCallbackQuery":
            if json.loads(given.get("link_preview_options", "{}")) != {"is_disabled": True}:
                self.wrong(f"S30: {method} may show a preview")
            self._protected_where_it_stands(telegram.chats.get(given["chat_id"], Chat()), given)
        for words in _names(given):
            if found := discretion.at_the_entrance(words):
                self.wrong(f"S01: {method} names “{words}”: {found}")
        if method == "answerCallbackQuery" and (found := discretion.on_the_outside(given.get("text", ""))):
            self.wrong(f"S01: a line over the chat says {found}")

    def _protected_where_it_stands(self, chat: Chat, given: dict[str, Any]) -> None:
        """An edit never changes what the message was sent with, so protection is looked for in the chat itself."""
        for message in chat.standing.values():
            if message.text == given["text"] and _bears(message) and not message.protected:
                shape = self.shapes.get(message.text, ("",))[0]
                self.wrong(
                    f"S30: a case number stands unprotected in a chat{' after an edit' * message.edited}: {shape}"
                )


def _bears(message: Standing) -> bool:
    return message.ours and discretion.bears_number("\n".join((message.text, *message.buttons)))


def _names(given: dict[str, Any]) -> list[str]:
    """Commands with their descriptions, and what a file is called."""
    listed = json.loads(given.get("commands", "[]"))
    files = [value for value in given.values() if hasattr(value, "filename")]
    return [*(str(word) for each in listed for word in each.values()), *(str(each.filename) for each in files)]


def _shown(message: Message) -> tuple[Wording, ...]:
    """The words of the message, also where the desk and not the handler chooses them."""
    match message:
        case Menu():
            return tuple((COMMANDS_OF_STAFF if message.staff else COMMANDS).values())
        case Overwrite():
            return (texts.LEFT(hours=""),)
        case Send(ask_number=Sentence(), branch=True):
            return (*wordings(message), texts.EXIT)
        case _:
            return wordings(message)


def _kind(tx: Transaction, person: people.Person) -> str:
    if person.kind == "group":
        return "group"
    if person.staff:
        return "staff"
    return "carer" if tx.one("SELECT 1 FROM carers WHERE person_id = :id", id=person.id) else "resident"


def _staff(tx: Transaction) -> set[int]:
    return {row["person_id"] for row in tx.all("SELECT person_id FROM roles")}


def _sort(said: Said) -> str:
    name = type(said.message).__name__.lower()
    if name == "push":
        return "cover" if not getattr(said.message, "permit").words else "push"  # noqa: B009 - a Push has one
    where = "branch " if said.branch else ""
    return f"{where}{name}" if said.asked else f"unasked {name}"
