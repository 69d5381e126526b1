"""What is to be said, before anybody has chosen a language.

Handlers speak in these; bot/run/language.py, and nothing else, turns them into a person's words.
The English sentence is the catalogue's key, so it is written where it is used and extracted from there.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time

from bot.core.centre import Words


@dataclass(frozen=True, slots=True)
class Own:
    """A person's own words, or a name: shown as they are."""

    text: str


@dataclass(frozen=True, slots=True)
class Hour:
    """A moment of which only the clock time is said: «14:30»."""

    at: datetime


@dataclass(frozen=True, slots=True)
class By:
    """A moment not later than which: «14:30» on the same day, with weekday and date on another."""

    at: datetime
    now: datetime


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence with its blanks filled; with a plural and a count, the right form is chosen."""

    msgid: str
    values: Mapping[str, "Value"] = field(default_factory=dict)
    plural: str = ""
    count: int = 0


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of ours; calling it fills its {blanks}."""

    msgid: str

    def __call__(self, **values: "Value") -> Line:
        return Line(self.msgid, values)


@dataclass(frozen=True, slots=True)
class Counted:
    """A sentence that agrees with a whole number, which stands in it as {n}."""

    one: str
    many: str

    def __call__(self, count: int, **values: "Value") -> Line:
        return Line(self.one, {"n": count, **values}, self.many, count)


@dataclass(frozen=True, slots=True)
class Joined:
    """Several wordings one after another; what is empty leaves no gap."""

    parts: tuple["Wording", ...]
    by: str = "\n\n"


Wording = Sentence | Line | Joined | Own | Words
Value = Wording | Hour | By | datetime | date | time | str | int

NOTHING = Own("")


def paragraphs(*parts: Wording) -> Joined:
    return Joined(parts)


def rows(*parts: Wording) -> Joined:
    return Joined(parts, by="\n")
