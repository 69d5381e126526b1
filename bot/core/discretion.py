"""What must not stand where it is seen over her shoulder: lists of words, as data per language (S01, S09, S17)."""

import re
import tomllib
from collections.abc import Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import Final

from bot.core.centre import Centre, GuideItem
from bot.core.spelling import normalised

LISTS: Final = Path(__file__).parent / "discretion.toml"
NUMBERS: Final = "numbers"
WHOLE: Final = "="
"""Before a stem that is a whole word."""

_CASE_NUMBER: Final = re.compile(r"(?<!\w)[КKкk]\s?[-–—−‑]\s?\d{4,8}(?!\d)")
_PHONE: Final = re.compile(r"(?<!\d)\+?\d(?:[\s()‑–-]?\d){8,}")
_LINK: Final = re.compile(
    r"https?:|\bwww\.\w|\bt\.me\b|\btg:|(?<!\w)@\w+|\b[\w-]+\.(?:ua|com|org|net|me|info)\b", re.IGNORECASE
)
_WHY: Final = re.compile(r"(?<!\w)(?:чому|навіщо|нащо|why)(?!\w)[^.!?\n]*\?", re.IGNORECASE)


def telling(text: str) -> list[str]:
    """What of the text a push must not say: words of the push list, numbers of crisis lines, cases, phones."""
    return [*_found("push", text), *_numbers(text), *_CASE_NUMBER.findall(text), *_PHONE.findall(text)]


def covers(centre: Centre) -> list[GuideItem]:
    """Items of the guide that a push may look like: nothing in the title says what a push must not say."""
    return [item for item in centre.guide if not telling(item.title.uk) + telling(item.title.en)]


def on_the_outside(text: str) -> list[str]:
    """The words that nothing before the branch may have (S01)."""
    return _found("outside", text)


def at_the_entrance(text: str) -> list[str]:
    """The words that no command, entry, section or file name may have, which everybody sees at once (S01)."""
    return [*_found("outside", text), *_found("entrance", text)]


def unkind(text: str) -> list[str]:
    """Blame, advice to leave or to stay, promises for others, a «why», a raised voice (S17)."""
    return [*_found("unkind", text), *_WHY.findall(text), *(["!"] if "!" in text else [])]


def bears_number(text: str) -> bool:
    """Whether a case number stands in it, so that the message is not to be passed on (S30)."""
    return _CASE_NUMBER.search(text) is not None


def numbers_of_cases(text: str) -> list[str]:
    return _CASE_NUMBER.findall(text)


def links(text: str) -> list[str]:
    """What a phone would make a link or a preview of."""
    return _LINK.findall(text)


def _numbers(text: str) -> list[str]:
    return [match.group() for match in _number_pattern().finditer(text)]


@lru_cache(maxsize=4096)
def _found(name: str, text: str) -> list[str]:
    """The stems of that list which the text has; `normalised` makes the alphabets and apostrophes one."""
    words = normalised(text).split()
    starts = {stem[0] for stem in _stems(name)}
    return [
        " ".join(words[place : place + len(stem)])
        for place, word in enumerate(words)
        if any(_begins(word, start) for start in starts)
        for stem in _stems(name)
        if _stands(words[place : place + len(stem)], stem)
    ]


def _stands(words: Sequence[str], stem: Sequence[str]) -> bool:
    return len(words) == len(stem) and all(_begins(word, part) for word, part in zip(words, stem, strict=True))


def _begins(word: str, part: str) -> bool:
    return word == part.removeprefix(WHOLE) if part.startswith(WHOLE) else word.startswith(part)


@cache
def _stems(name: str) -> tuple[tuple[str, ...], ...]:
    lists = _kept()[name]
    return tuple(_parts(stem) for language, stems in lists.items() if language != NUMBERS for stem in stems)


def _parts(stem: str) -> tuple[str, ...]:
    return tuple(WHOLE * part.startswith(WHOLE) + normalised(part) for part in stem.split())


@cache
def _number_pattern() -> re.Pattern[str]:
    """The digits with anything between that phones are written with."""
    spaced = "|".join(r"[\s()‑–-]*".join(number) for number in _kept()["push"][NUMBERS])
    return re.compile(rf"(?<!\d)(?:{spaced})(?!\d)")


@cache
def _kept() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads(LISTS.read_text(encoding="utf-8"))
