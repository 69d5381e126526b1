"""What the bot's sentences read like on a phone: taken from the catalogues, so that a new wording breaks no test."""

import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from bot.core import profile
from bot.core.forms import FORMS
from bot.core.lines import Line, Own, Sentence, Value
from bot.core.questions import Asking, Question
from bot.run.language import Languages

CENTRE = profile.load(profile.find("demo"))
LANGUAGES = Languages(CENTRE)
BLANK = re.compile(r"\{(\w+)\}")


class Speech:
    """One language of the two; calling it says a wording."""

    def __init__(self, language: str) -> None:
        self.language = language

    def __call__(self, wording: Value) -> str:
        return LANGUAGES.say(wording, self.language)

    def pattern(self, sentence: Sentence) -> re.Pattern[str]:
        """Finds the sentence whatever stands in its blanks; each blank is a group of its name."""
        blanks = {name: Own(f"\0{name}\0") for name in BLANK.findall(sentence.msgid)}
        pieces = self(Line(sentence.msgid, blanks)).split("\0")
        seen: set[str] = set()
        return re.compile("".join(_piece(place, piece, seen) for place, piece in enumerate(pieces)))

    def question(self, form: str, name: str) -> str:
        return self(question(form, name).words)

    def option(self, form: str, name: str, key: str, answers: Mapping[str, Any] | None = None) -> str:
        """The button of an option."""
        asking = Asking(CENTRE, answers or {}, datetime.min.replace(tzinfo=CENTRE.zone))
        return next(self(each.label) for each in question(form, name).options(asking) if each.key == key)

    def month(self, title: Sentence, day: date) -> str:
        return self(title(year=day.year))


UK, EN = Speech("uk"), Speech("en")


def question(form: str, name: str) -> Question:
    found = FORMS[form].question(name)
    assert found is not None, f"the form {form} has no question {name}"
    return found


def digits(number: str) -> str:
    """К-4823 and K-4823 are the same case."""
    return "".join(sign for sign in number if sign.isdecimal())


def _piece(place: int, piece: str, seen: set[str]) -> str:
    if place % 2 == 0:
        return re.escape(piece)
    if piece in seen:
        return f"(?P={piece})"
    seen.add(piece)
    return f"(?P<{piece}>[^\n]+?)"
