"""A message as somebody reads it: whole, and with the person's own words left out, in every language."""

from collections.abc import Iterator
from dataclasses import dataclass, field, fields, is_dataclass
from typing import Any

from bot.core.agenda import Agenda
from bot.core.buttons import Action
from bot.core.centre import Centre, Words
from bot.core.doors import Placard
from bot.core.events import Button, Link, Message
from bot.core.lines import Joined, Line, Own, Sentence, Wording
from bot.core.month import Picture
from bot.run.language import LANGUAGES, Languages

WORDINGS = (Sentence, Line, Joined, Own, Words)
DRAWN = (Agenda, Placard, Picture)
LEFT_OUT = Own("…")


@dataclass(frozen=True)
class Put:
    """What the desk made of it: a row of the outbox."""

    op: str
    body: dict[str, Any]
    branch: bool


@dataclass(frozen=True)
class Reading:
    """One language of it."""

    language: str
    text: str
    labels: tuple[str, ...]

    @property
    def all(self) -> str:
        return "\n".join((self.text, *self.labels))


@dataclass(frozen=True)
class Said:
    """One message to one reader. `kind`: resident, carer, staff, group; `asked`: it answers the reader's own update."""

    message: Message
    kind: str
    asked: bool
    centre: Centre
    languages: Languages
    wordings: tuple[Wording, ...]
    buttons: tuple[Button, ...]
    puts: tuple[Put, ...] = ()
    of_branch: tuple[str, ...] = ()
    """Numbers of cases of the branch."""
    secret: tuple[str, ...] = ()
    """What others have written, and this reader is not to read."""
    names: tuple[str, ...] = ()
    """Of colleagues."""
    cause: str = ""

    @property
    def branch(self) -> bool:
        return bool(getattr(self.message, "branch", False))

    @property
    def actions(self) -> tuple[Action, ...]:
        return tuple(button.does for button in self.buttons if not isinstance(button.does, Link))

    @property
    def readings(self) -> list[Reading]:
        return [self._read(language, whole=True) for language in LANGUAGES]

    @property
    def ours(self) -> list[Reading]:
        """Without what people wrote themselves."""
        return [self._read(language, whole=False) for language in LANGUAGES]

    @property
    def msgids(self) -> list[str]:
        return [each.msgid for wording in self.wordings for each in parts(wording) if isinstance(each, Sentence | Line)]

    def _read(self, language: str, *, whole: bool) -> Reading:
        def say(wording: Wording) -> str:
            return self.languages.say(wording if whole else without_own(wording), language)

        shown = [wording for wording in self.wordings if not any(wording is button.label for button in self.buttons)]
        labels = tuple(say(button.label) for button in self.buttons)
        return Reading(language, "\n".join(say(wording) for wording in shown), labels)


def wordings(message: object) -> tuple[Wording, ...]:
    """Every wording in the fields of a message, buttons with the rest: a new kind of message needs nothing here."""
    found: list[Wording] = []
    for name in fields(message):  # type: ignore[arg-type]
        value = getattr(message, name.name)
        found += [value] if isinstance(value, WORDINGS) else [button.label for button in buttons(value)]
        found += drawn(value) if isinstance(value, DRAWN) else []
    return tuple(found)


def drawn(value: object) -> list[Wording]:
    """What stands in a file that is made when it is sent: a calendar, a sheet, a month."""
    if isinstance(value, WORDINGS):
        return [value]
    inside = value if isinstance(value, tuple) else ()
    if is_dataclass(value):
        inside = tuple(getattr(value, each.name) for each in fields(value))
    return [wording for each in inside for wording in drawn(each)]


def buttons(rows: object) -> Iterator[Button]:
    if isinstance(rows, Button):
        yield rows
    elif isinstance(rows, tuple):
        for each in rows:
            yield from buttons(each)


def all_buttons(message: object) -> tuple[Button, ...]:
    return tuple(button for name in fields(message) for button in buttons(getattr(message, name.name)))  # type: ignore[arg-type]


def parts(wording: object) -> Iterator[object]:
    """The wording and all that stands in it."""
    yield wording
    inside = wording.parts if isinstance(wording, Joined) else ()
    for each in inside if not isinstance(wording, Line) else wording.values.values():
        yield from parts(each)


def without_own(wording: Any) -> Any:
    """The same, with a person's own words left out."""
    match wording:
        case Own():
            return LEFT_OUT
        case Joined(inside, by):
            return Joined(tuple(without_own(each) for each in inside), by)
        case Line(msgid, values, plural, count):
            return Line(msgid, {name: without_own(value) for name, value in values.items()}, plural, count)
        case _:
            return wording


@dataclass
class Heard:
    """What was said and pressed in all: msgids of sentences, kinds of buttons."""

    sentences: set[str] = field(default_factory=set)
    pressed: set[type] = field(default_factory=set)

    def add(self, other: "Heard") -> None:
        self.sentences |= other.sentences
        self.pressed |= other.pressed
