"""Where and when an update is handled: what every handler is given besides the person."""

from dataclasses import dataclass
from datetime import datetime

from bot.core.buttons import Action, Enter
from bot.core.centre import Centre
from bot.core.events import Button, Delete, Message, Rows, Send, Show
from bot.core.lines import Wording
from bot.core.questions import Means
from bot.core.whom import NOBODY, Asker
from storage import outbox
from storage.db import Transaction
from storage.people import Person


@dataclass(frozen=True, slots=True)
class Here:
    """One transaction, one centre, one moment.

    `heard_at` is when the person acted, by Telegram's clock where it tells; deadlines run from it. `typed` says that
    the person wrote rather than pressed; `message_id` is the message written, or the one whose button was pressed.
    `public_url` is where the bot's own pages can be reached from outside; empty where they cannot.
    """

    tx: Transaction
    centre: Centre
    now: datetime
    heard_at: datetime
    means: Means
    asker: Asker = NOBODY
    typed: bool = False
    message_id: int = 0
    public_url: str = ""

    @property
    def local(self) -> datetime:
        """The wall clock of the centre."""
        return self.centre.wall_clock(self.now)


def screen(
    here: Here, me: Person, key: str, text: Wording, buttons: Rows = (), *, branch: bool = False, protect: bool = False
) -> list[Message]:
    """What the person looks at now: the pressed message itself, or else a new one at the end of the chat.

    In the branch it is always the one message, so that a word typed leaves no trail of questions.
    """
    pressed = not here.typed and outbox.standing(here.tx, me.id, key) == here.message_id
    if not pressed and not branch:
        return [Delete(here.asker, key), Send(here.asker, text, buttons, key=key, protect=protect)]
    return [Show(here.asker, key, text, buttons, branch=branch, protect=protect)]


def column(*buttons: tuple[Wording, Action]) -> Rows:
    """One button a row."""
    return tuple((Button(label, action),) for label, action in buttons)


def row(*buttons: tuple[Wording, Action]) -> Rows:
    """All buttons side by side."""
    return (tuple(Button(label, action) for label, action in buttons),)


def to_entry(label: Wording, entry: str) -> Rows:
    return row((label, Enter(entry)))
