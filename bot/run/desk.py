"""Where updates and bells meet the handlers, and what they say becomes rows of the outbox. All of it in one thread."""

import base64
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from bot.core import acts, agenda, discretion, doors, month, printing, texts
from bot.core.acts import Act
from bot.core.agenda import Agenda
from bot.core.centre import Centre
from bot.core.doors import Placard
from bot.core.events import (
    Alarm,
    Delete,
    Edit,
    File,
    Guard,
    Incoming,
    Lane,
    LeaveChat,
    Menu,
    Message,
    News,
    Overwrite,
    Pages,
    Paper,
    Press,
    Push,
    Remove,
    Rows,
    Send,
    Show,
    Toast,
)
from bot.core.lines import NOTHING, Own, Wording
from bot.core.month import Picture
from bot.core.report import as_json
from bot.core.whom import NOBODY, Asker
from bot.run import report_text, telegram
from bot.run.language import Abroad, Languages, Tongue
from handlers import covers, leaving, menu, route
from handlers.here import Here
from storage import cases, outbox, people, signals
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


Written = Send | Push | News | Show | Edit | Delete | Remove | Overwrite | File | Pages | Menu | LeaveChat
"""What becomes a row of the outbox."""


@dataclass(frozen=True, slots=True)
class Desk:
    """One centre and its languages: everything that handling needs besides the transaction and the moment."""

    centre: Centre
    languages: Languages
    public_url: str = ""

    def here(
        self,
        tx: Transaction,
        now: datetime,
        *,
        heard_at: datetime | None = None,
        asker: Asker = NOBODY,
        typed: bool = False,
        message_id: int = 0,
    ) -> Here:
        return Here(
            tx, self.centre, now, heard_at or now, self.languages.means, asker, typed, message_id, self.public_url
        )

    def answer(self, tx: Transaction, incoming: Incoming, *, received_at: datetime, now: datetime) -> str:
        """Handles what a person did; the line to show over the chat for a press."""
        kind = "private" if incoming.private else "group"
        me = people.meet(tx, incoming.telegram_id, kind=kind, language="uk", now=now)
        typed = not isinstance(incoming.event, Press)
        here = self.here(
            tx,
            now,
            heard_at=min(incoming.at or received_at, now),
            asker=Asker(me.id),
            typed=typed,
            message_id=incoming.message_id,
        )
        messages = route.answer(here, me, incoming)
        self._remember(here, me, messages)
        self.write(tx, messages, now=now, readers=_known(tx, me, messages))
        toast = next((message.text for message in messages if isinstance(message, Toast)), NOTHING)
        return self.languages.say(toast, me.language) if toast is not NOTHING else ""

    def apologise(self, tx: Transaction, incoming: Incoming, code: str, now: datetime) -> None:
        """To the person whose update broke something; in the branch without a number to call on the screen."""
        me = people.meet(tx, incoming.telegram_id, kind="private", language="uk", now=now)
        branch = leaving.in_branch(self.here(tx, now), me)
        words = texts.OUR_FAULT_QUIET if branch else texts.OUR_FAULT
        ways = menu.leave() if branch else ()
        said = Send(Asker(me.id), words(code=code), ways, branch=branch)
        self.write(tx, [said], now=now, readers=_known(tx, me, []))

    def _remember(self, here: Here, me: people.Person, messages: list[Message]) -> None:
        """What she wrote can be cleared away later; a step in the branch puts the sweep off (S07)."""
        speaks = any(isinstance(message, Send | Show | File) and message.branch for message in messages)
        wrote = here.typed and here.message_id
        branch = speaks or (bool(wrote) and leaving.in_branch(here, me))
        if wrote:
            outbox.remember(here.tx, me.id, here.message_id, key=None, ours=False, branch=branch, now=here.now)
        if branch:
            leaving.planned(here, me.id)

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
            if isinstance(message, Alarm):
                signals.put(tx, message.reason, now=now)
                continue
            if message.to not in readers:
                readers[message.to] = people.reader(tx, message.to)
            if _goes(message, readers[message.to]):
                self._write(tx, message, _tongue(message, readers[message.to]), now)

    def _write(
        self,
        tx: Transaction,
        message: Written,
        language: Tongue,
        now: datetime,
    ) -> None:
        match message:
            case Send():
                self._send(tx, message, language, now)
            case Push():
                self._push(tx, message, language, now)
            case News():
                body = self._body(message.text, message.buttons, language) | {"silent": False}
                guard = _guard(message.guard)
                outbox.put(tx, message.to, "send", body, lane=message.lane, key=message.key, guard=guard, now=now)
            case Show():
                body = self._body(message.text, message.buttons, language, protect=message.protect)
                body |= {"silent": message.branch}
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
                body = {"ids": list(message.message_ids), "ours": list(message.ours)}
                outbox.put(tx, message.to, "remove", body, lane=message.lane, now=now)
            case Overwrite():
                harmless = self.languages.say(texts.LEFT(hours=leaving.office_hours(self.here(tx, now))), language)
                for number in message.message_ids:
                    body = {"id": number, "text": harmless}
                    outbox.put(tx, message.to, "overwrite", body, lane=message.lane, now=now)
            case File() | Pages():
                self._printed(tx, message, language, now)
            case LeaveChat():
                outbox.put(tx, message.to, "leave", {}, lane=message.lane, now=now)
            case Menu():
                names = COMMANDS_OF_STAFF if message.staff else COMMANDS
                body = {"names": {name: self.languages.say(words, language) for name, words in names.items()}}
                outbox.put(tx, message.to, "commands", body, lane=Lane.BROADCAST, key="commands", now=now)

    def _send(self, tx: Transaction, message: Send, language: Tongue, now: datetime) -> None:
        body = self._body(message.text, message.buttons, language, protect=message.protect)
        body |= {"silent": message.silent or message.branch}
        if message.ask_number is not None:
            leave = self.languages.say(texts.EXIT, language) if message.branch else ""
            body["markup"] = telegram.ask_number(self.languages.say(message.ask_number, language), leave)
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

    def _file(self, tx: Transaction, message: File, language: Tongue, now: datetime) -> None:
        """Sealed in the row like every other word; text is UTF-8 with a mark, or old phones show it garbled."""
        body = self._body(message.caption, message.buttons, language, protect=message.protect) | {
            "name": self.languages.say(message.name, language),
            "silent": message.branch,
            "photo": message.photo,
            **self._content(message.content, message.language or language),
        }
        key, branch = message.key or None, message.branch
        outbox.put(tx, message.to, "file", body, lane=message.lane, key=key, branch=branch, now=now)

    def _printed(self, tx: Transaction, message: File | Pages, language: Tongue, now: datetime) -> None:
        if isinstance(message, Pages):
            self._pages(tx, message, language, now)
        else:
            self._file(tx, message, language, now)

    def _pages(self, tx: Transaction, message: Pages, language: Tongue, now: datetime) -> None:
        say, plain = partial(self.languages.say, language=language), self.languages.plain(language)
        for page, text in enumerate(report_text.text(as_json(message.report, say), plain)):
            body = self._body(Own(text), (), language, protect=True) | {"silent": True}
            op, key = ("send", None) if page else ("show", message.key)
            outbox.put(tx, message.to, op, body, lane=message.lane, key=key, now=now)

    def _content(
        self, said: Wording | bytes | Act | Agenda | Placard | Picture | Paper, language: Tongue
    ) -> dict[str, Any]:
        """What has to be drawn or encoded is so when it is sent: here it would hold up everybody."""
        say = partial(self.languages.say, language=language)
        match said:
            case Act():
                return {"act": acts.in_words(said, partial(say, language=acts.LANGUAGE))}
            case Agenda():
                return {"agenda": agenda.in_words(said, say)}
            case Placard():
                return {"placard": doors.in_words(said, say)}
            case Picture():
                return {"month": month.in_words(said, say)}
            case Paper(report, centre, form, chart):
                body, extra = printing.paper(report, centre, self.languages.plain(language), say)
                return {f"report_{form}": {"report": body, "extra": extra | {"chart": chart}}}
            case bytes():
                content = said
            case _:
                content = say(said).encode("utf-8-sig")
        return {"content": base64.b64encode(content).decode()}

    def _push(self, tx: Transaction, message: Push, language: Tongue, now: datetime) -> None:
        """Words where the permit has them; otherwise a cover, which holds nothing of its reason (S09)."""
        words = message.permit.words
        key = message.key if words else covers.key(message.case_id)
        body: dict[str, Any] = {"cover": message.case_id, "protect": False}
        if words:
            body = self._body(message.text, message.buttons, language, protect=message.protect)
        body |= {"silent": False}
        guard = _guard(message.guard)
        outbox.put(tx, message.to, "push", body, lane=message.lane, key=key or None, guard=guard, now=now)

    def cover(self, tx: Transaction, person_id: int, case_id: int) -> dict[str, Any]:
        """What a push looks like as she has chosen by now, in the language that she speaks by now (S09)."""
        case = cases.by_id(tx, case_id)
        text, buttons = covers.shown(self.centre, case.cover if case else "")
        return self._body(text, buttons, people.reader(tx, person_id).language)

    def _body(self, text: Wording, buttons: Rows, language: Tongue, *, protect: bool = False) -> dict[str, Any]:
        """What bears a case number cannot be passed on, whoever forgot to say so (S30)."""
        say = self.languages.say
        words, markup = say(text, language), telegram.markup(buttons, lambda label: say(label, language))
        numbered = discretion.bears_number(f"{words}\n{markup}")
        return {"text": words, "markup": markup, "protect": protect or numbered}


def _goes(message: Message, reader: people.Reader) -> bool:
    """Whether it is worth a row: it would arrive, and its reader still belongs here or has just written (S28)."""
    return reader.reachable and (
        reader.insider or isinstance(message, Push | News | Remove | Overwrite | Menu | LeaveChat)
    )


def _known(tx: Transaction, me: people.Person, messages: list[Message]) -> dict[int, people.Reader]:
    """The person who acted hears the answer, whoever she is; a new menu means that she has just chosen a language."""
    changed = any(isinstance(message, Menu) for message in messages)
    language = people.reader(tx, me.id).language if changed else me.language
    return {me.id: people.Reader(language, reachable=True, zone=None if me.staff else me.zone)}


def _tongue(message: Written, reader: people.Reader) -> Tongue:
    """A carer abroad reads by her own clock; what concerns a case is said by the centre's."""
    if reader.zone is None or isinstance(message, Push) or getattr(message, "branch", False):
        return reader.language
    return Abroad(reader.language, ZoneInfo(reader.zone))


def guarded(text: str | None) -> Guard | None:
    """The guard that a row carries."""
    return Guard(*json.loads(text)) if text else None


def _guard(guard: Guard | None) -> str | None:
    return json.dumps([guard.subject, guard.id, guard.version]) if guard else None
