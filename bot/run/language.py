"""From wordings to a person's language: the one place where the bot's sentences become words."""

import gettext
from collections.abc import Mapping
from datetime import date, datetime, time
from functools import lru_cache
from pathlib import Path

from babel.dates import format_date

import locales
from bot.core.centre import Centre, Words
from bot.core.lines import By, Hour, Joined, Line, Own, Sentence, Value, Wording

LANGUAGES = ("uk", "en")
PHONES = {"police": "police", "emergency": "emergency", "helpline": "line_1547"}
"""Blanks that any sentence may have, and the profile's row behind each."""
DAY = {"uk": "EEE, d MMMM", "en": "EEE d MMMM"}


class Languages:
    """Both catalogues, complete; a missing one is a fault at the start, not a silent English."""

    def __init__(self, centre: Centre) -> None:
        where = Path(next(iter(locales.__path__)))
        self._catalogues = {
            language: gettext.translation("bot", localedir=where, languages=[language]) for language in LANGUAGES
        }
        self._zone = centre.zone
        self._phones = {blank: centre.phone(key).number for blank, key in PHONES.items()}

    def say(self, wording: Value, language: str) -> str:  # noqa: PLR0911 - a kind a line
        match wording:
            case Own(text):
                return text
            case Words():
                return wording.uk if language == "uk" else wording.en
            case Sentence(msgid):
                said = self._catalogues[language].gettext(msgid)
                return said.format_map(self._phones) if "{" in said else said
            case Line():
                return self._line(wording, language)
            case Joined(parts, by):
                return by.join(said for part in parts if (said := self.say(part, language)))
            case str() | int():
                return str(wording)
            case _:
                return self._time(wording, language)

    def means(self, typed: str, wording: Wording) -> bool:
        """Whether somebody who typed this meant that wording, in either language."""
        return _plain(typed) in (_plain(self.say(wording, language)) for language in LANGUAGES)

    def _line(self, line: Line, language: str) -> str:
        catalogue = self._catalogues[language]
        form = catalogue.ngettext(line.msgid, line.plural, line.count) if line.plural else catalogue.gettext(line.msgid)
        return form.format_map(self._phones | self._values(line.values, language)) if "{" in form else form

    def _values(self, values: Mapping[str, Value], language: str) -> dict[str, str]:
        return {name: self.say(value, language) for name, value in values.items()}

    def _time(self, moment: Hour | By | datetime | date | time, language: str) -> str:
        match moment:
            case Hour(at):
                return _clock(at.astimezone(self._zone).time())
            case By(at, now):
                same = at.astimezone(self._zone).date() == now.astimezone(self._zone).date()
                return self._time(Hour(at) if same else at, language)
            case datetime():
                local = moment.astimezone(self._zone)
                return f"{_day(local.date(), language)}, {_clock(local.time())}"
            case date():
                return _day(moment, language)
            case time():
                return _clock(moment)


@lru_cache(maxsize=512)
def _day(day: date, language: str) -> str:
    return format_date(day, DAY[language], locale=language)


def _clock(moment: time) -> str:
    return f"{moment.hour}:{moment.minute:02}"


def _plain(words: str) -> str:
    return " ".join(words.casefold().replace("’", "'").replace("ʼ", "'").strip("‹✕✓ .").split())
