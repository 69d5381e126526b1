"""What must not stand where it could be seen over her shoulder: lists of words, as data per language (S01, S09)."""

import re
import tomllib
from functools import cache
from pathlib import Path

from bot.core.centre import Centre, GuideItem

LISTS = Path(__file__).parent / "discretion.toml"


def telling(text: str) -> list[str]:
    """The words of the push list that the text has; empty for a text that tells nothing."""
    return _found("push", text)


def covers(centre: Centre) -> list[GuideItem]:
    """Items of the guide that a push may look like: nothing in the title says what a push must not say."""
    return [item for item in centre.guide if not telling(item.title.uk) + telling(item.title.en)]


def on_the_outside(text: str) -> list[str]:
    """The words that no command, entry, button of the outside or file name may have (S01)."""
    return _found("outside", text)


def _found(name: str, text: str) -> list[str]:
    return [match.group() for match in _pattern(name).finditer(text)]


@cache
def _pattern(name: str) -> re.Pattern[str]:
    """Stems at the beginning of a word, in any language, in any case."""
    kept = tomllib.loads(LISTS.read_text(encoding="utf-8"))[name]
    stems = "|".join(re.escape(stem) for language in kept.values() for stem in language)
    return re.compile(rf"(?<!\w)(?:{stems})\w*", re.IGNORECASE)
