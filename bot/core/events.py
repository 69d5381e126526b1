"""What comes in, and what goes out. Neither knows Telegram."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import IntEnum

from bot.core.acts import Act
from bot.core.agenda import Agenda
from bot.core.buttons import Action
from bot.core.centre import Centre
from bot.core.doors import Placard
from bot.core.lines import NOTHING, Wording
from bot.core.month import Picture
from bot.core.report import Report
from bot.core.safety import Permit, Reason
from bot.core.whom import Carer, Subscriber, To

# What a person did


@dataclass(frozen=True, slots=True)
class Command:
    """`/name argument`."""

    name: str
    argument: str = ""


@dataclass(frozen=True, slots=True)
class Say:
    text: str


@dataclass(frozen=True, slots=True)
class Press:
    """A button; `action` is None when its data means nothing today."""

    action: Action | None


@dataclass(frozen=True, slots=True)
class Contact:
    """A shared phone number; `own` when Telegram says that it is the sender's."""

    phone: str
    own: bool


@dataclass(frozen=True, slots=True)
class Media:
    """A photo, a voice message, a file, a place: what is not text."""

    kind: str


@dataclass(frozen=True, slots=True)
class Blocked:
    """The person stopped the bot, or came back to it."""

    blocked: bool


@dataclass(frozen=True, slots=True)
class Migrated:
    """The group goes on under another number."""

    to: int


@dataclass(frozen=True, slots=True)
class Other:
    """Anything that we do not ask for."""


Event = Command | Say | Press | Contact | Media | Blocked | Migrated | Other


@dataclass(frozen=True, slots=True)
class Incoming:
    """One update: who, when, where, what. `at` is Telegram's time of the message; a press has none.

    `telegram_id` is the chat's, `by` that of whoever changed our place in a group.
    """

    telegram_id: int
    private: bool
    first_name: str
    event: Event
    message_id: int = 0
    at: datetime | None = None
    callback_id: str = ""
    by: int = 0


# What the bot does


class Lane(IntEnum):
    """The order in which what waits is sent; the last two are paced by what the first two leave."""

    URGENT = 0
    REPLY = 1
    REMINDER = 2
    BROADCAST = 3


@dataclass(frozen=True, slots=True)
class Link:
    """Into the private chat with the bot, with these words after /start."""

    start: str


@dataclass(frozen=True, slots=True)
class Button:
    label: Wording
    does: Action | Link


Rows = tuple[tuple[Button, ...], ...]


@dataclass(frozen=True, slots=True)
class Guard:
    """What must still be true when the message is picked for sending: this visit, in this version."""

    subject: str
    id: int
    version: int


@dataclass(frozen=True, slots=True)
class Send:
    """A new message. Under a `key` it can be edited or deleted later."""

    to: To
    text: Wording
    buttons: Rows = ()
    key: str = ""
    lane: Lane = Lane.REPLY
    protect: bool = False
    silent: bool = False
    branch: bool = False
    ask_number: Wording | None = None
    drop_keyboard: bool = False
    guard: Guard | None = None


@dataclass(frozen=True, slots=True)
class Push:
    """To a resident who has not just written: what the gate let out (S08), by the desk alone turned into words.

    Without leave for words the text and the buttons are not looked at: a cover goes instead, the one that she has
    chosen by the time it goes.
    """

    to: int
    permit: Permit
    case_id: int
    reason: Reason
    text: Wording = NOTHING
    buttons: Rows = ()
    key: str = ""
    lane: Lane = Lane.REPLY
    guard: Guard | None = None
    protect: bool = False


@dataclass(frozen=True, slots=True)
class News:
    """To one of an audience or of a campaign that they joined: nothing of a case, and nothing else goes this way."""

    to: Carer | Subscriber
    text: Wording
    buttons: Rows
    key: str
    guard: Guard
    lane: Lane = Lane.BROADCAST


@dataclass(frozen=True, slots=True)
class Show:
    """The message under the key shows this; where there is none yet, it is sent."""

    to: To
    key: str
    text: Wording
    buttons: Rows = ()
    lane: Lane = Lane.REPLY
    branch: bool = False
    protect: bool = False


@dataclass(frozen=True, slots=True)
class Edit:
    """As Show, but a message that was never sent stays unsent."""

    to: To
    key: str
    text: Wording
    buttons: Rows = ()
    lane: Lane = Lane.REPLY


@dataclass(frozen=True, slots=True)
class Delete:
    """Our message under the key goes."""

    to: To
    key: str
    lane: Lane = Lane.REPLY


@dataclass(frozen=True, slots=True)
class Remove:
    """Messages of either side go, by Telegram's own numbers. No one is notified, so it may be anybody's chat.

    Those of `ours` that turn out to be too old to be deleted are overwritten.
    """

    to: int
    message_ids: tuple[int, ...]
    ours: tuple[int, ...] = ()
    lane: Lane = Lane.REPLY


@dataclass(frozen=True, slots=True)
class Overwrite:
    """Our messages that are too old to be deleted say something harmless (S05); the words are not the caller's."""

    to: int
    message_ids: tuple[int, ...]
    lane: Lane = Lane.REPLY


@dataclass(frozen=True, slots=True)
class File:
    """A document, or a `photo`. `content` is words, which go as plain text, bytes as they are, or what is drawn later.

    Words are in the reader's language, unless a `language` is named: what goes to a Ukrainian body is in Ukrainian.

    Its name stands in the chat and in the phone's list of files, so it says nothing (S01).
    """

    to: To
    name: Wording
    content: "Wording | bytes | Act | Agenda | Placard | Picture | Paper"
    caption: Wording = NOTHING
    buttons: Rows = ()
    key: str = ""
    lane: Lane = Lane.REPLY
    protect: bool = False
    branch: bool = False
    language: str = ""
    photo: bool = False


@dataclass(frozen=True, slots=True)
class Paper:
    """A report as a file: docx, xlsx or png, with the phrases of its centre; `chart`: that table's alone."""

    report: Report
    centre: Centre
    form: str
    chart: str = ""


@dataclass(frozen=True, slots=True)
class Pages:
    """The tables of a report, as text, in as many messages as it takes. They bear numbers of cases.

    The first takes the place of the message under the key, so that no notification shows what stands in it.
    """

    to: To
    report: Report
    key: str
    lane: Lane = Lane.REPLY


@dataclass(frozen=True, slots=True)
class Menu:
    """The list of commands behind the person's menu button."""

    to: int
    staff: bool


@dataclass(frozen=True, slots=True)
class LeaveChat:
    """The bot goes out of a group."""

    to: int
    lane: Lane = Lane.URGENT


@dataclass(frozen=True, slots=True)
class Toast:
    """A line over the chat, in answer to a press; it is gone in a moment and never waits."""

    text: Wording = NOTHING


@dataclass(frozen=True, slots=True)
class Alarm:
    """The operator's own command is run, with nothing of a case: an SMS, a call. `reason` is a code."""

    reason: str


Message = (
    Send | Push | News | Show | Edit | Delete | Remove | Overwrite | File | Pages | Menu | LeaveChat | Toast | Alarm
)


class Refused(Exception):  # noqa: N818 - it is an answer, not an error
    """What was asked is not done, and this says why."""

    def __init__(self, line: Wording) -> None:
        super().__init__()
        self.line = line


# What becomes due


@dataclass(frozen=True, slots=True)
class Due:
    """A row whose time has come: what, about which row, for whom, in which version of it."""

    kind: str
    subject_id: int
    person_id: int
    version: int
    at: datetime = field(compare=False)
