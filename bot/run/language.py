"""From wordings to a person's language: the one place where the bot's sentences become words."""

import gettext
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import lru_cache
from pathlib import Path
from zoneinfo import ZoneInfo

from babel.dates import format_date

import locales
from bot.core import texts
from bot.core.centre import Centre, Words
from bot.core.lines import By, Hour, Joined, Line, Own, Sentence, Value, Wording

LANGUAGES = ("uk", "en")
PHONES = {"police": "police", "emergency": "emergency", "helpline": "line_1547"}
"""Blanks that any sentence may have, and the profile's row behind each."""
DAY = {"uk": "EEE, d MMMM", "en": "EEE d MMMM"}


@dataclass(frozen=True, slots=True)
class Abroad:
    """Somebody who reads by another clock than the centre's."""

    language: str
    zone: ZoneInfo


Tongue = str | Abroad
"""In which language to say it; for somebody abroad also by which clock."""


class Languages:
    """Both catalogues, complete; a missing one is a fault at the start, not a silent English."""

    def __init__(self, centre: Centre) -> None:
        where = Path(next(iter(locales.__path__)))
        self._catalogues = {
            language: gettext.translation("bot", localedir=where, languages=[language]) for language in LANGUAGES
        }
        self._zone = centre.zone
        self._phones = {blank: centre.phone(key).number for blank, key in PHONES.items()}

    def plain(self, language: Tongue) -> str:
        """Without the clock."""
        return language if isinstance(language, str) else language.language

    def say(self, wording: Value, language: Tongue) -> str:  # noqa: PLR0911 - a kind a line
        plain = self.plain(language)
        match wording:
            case Own(text):
                return text
            case Words():
                return wording.uk if plain == "uk" else wording.en
            case Sentence(msgid):
                said = self._catalogues[plain].gettext(msgid)
                return said.format_map(self._phones) if "{" in said else said
            case Line():
                return self._line(wording, language)
            case Joined(parts, by):
                return by.join(said for part in parts if (said := self.say(part, language)))
            case str() | int():
                return str(wording)
            case _:
                return self._moment(wording, language)

    def means(self, typed: str, wording: Wording) -> bool:
        """Whether somebody who typed this meant that wording, in either language."""
        return _plain(typed) in (_plain(self.say(wording, language)) for language in LANGUAGES)

    def _line(self, line: Line, to: Tongue) -> str:
        catalogue = self._catalogues[to if isinstance(to, str) else to.language]
        form = catalogue.ngettext(line.msgid, line.plural, line.count) if line.plural else catalogue.gettext(line.msgid)
        return form.format_map(self._phones | self._values(line.values, to)) if "{" in form else form

    def _values(self, values: Mapping[str, Value], to: Tongue) -> dict[str, str]:
        return {name: self.say(value, to) for name, value in values.items()}

    def _moment(self, moment: Hour | By | datetime | date | time, to: Tongue) -> str:
        """By the reader's own clock; where it shows another time than the centre's, with that one beside it."""
        if isinstance(to, str):
            return self._time(moment, to, self._zone)
        at = moment.at if isinstance(moment, Hour | By) else moment
        own = self._time(moment, to.language, to.zone)
        if not isinstance(at, datetime) or at.astimezone(to.zone).utcoffset() == at.astimezone(self._zone).utcoffset():
            return own
        same_day = at.astimezone(to.zone).date() == at.astimezone(self._zone).date()
        beside = self._time(Hour(at) if same_day else at, to.language, self._zone)
        return self._line(texts.TWO_CLOCKS(own=own, centre=beside), to.language)

    def _time(self, moment: Hour | By | datetime | date | time, language: str, zone: ZoneInfo) -> str:
        match moment:
            case Hour(at):
                return _clock(at.astimezone(zone).time())
            case By(at, now):
                same = at.astimezone(zone).date() == now.astimezone(zone).date()
                return self._time(Hour(at) if same else at, language, zone)
            case datetime():
                local = moment.astimezone(zone)
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
