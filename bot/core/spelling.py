"""What people mean by what they typed: so that «б'є», «бьє», «Бє» and «б’єєє» are one word."""

import re
import unicodedata
from typing import Final

LONG: Final = 5
"""From so many letters on, и, і, ї, ы and о, а may be mixed up. Shorter ones would turn into others: біль, бил, был."""

_SAME: Final = str.maketrans(dict(zip("ёєэґѐѝў", "ееегеиу", strict=True)) | dict.fromkeys("ьъ", ""))
_MIXED_UP: Final = str.maketrans("іїыо", "иииа")
_LATIN: Final = "aeopcxyikmthb"
_CYRILLIC: Final = "аеорсхуікмтнв"
_TO_CYRILLIC: Final = str.maketrans(_LATIN + "ïë0346", _CYRILLIC + "їеозчб")
_TO_LATIN: Final = str.maketrans(_CYRILLIC, _LATIN)

_UNSEEN: Final = re.compile("[\u00ad\u0300-\u036f\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]")
_APOSTROPHE: Final = re.compile(r"""(?<=[^\W_])['"`’‘‛ʼʹ′ˈ“”*]+(?=[^\W_])""")
_PAUSE: Final = re.compile(r"\.{2,}|[,:;()\n—–]+|(?<=\s)-+(?=\s)")
_STOP: Final = re.compile(r"[.!?]+")
_TOKEN: Final = re.compile(r"[^\W_]+|[.,]")
_FOREIGN: Final = re.compile("[a-zïë0346]")
_AGAIN: Final = re.compile(r"([^\W\d_])\1+")


def normalised(text: str) -> str:
    """Words with a space between, as lists are compared: `,` is a pause, `.` the end of a sentence.

    Case, apostrophes, ё and є, soft signs, letters typed twice, letters of the other alphabet and what cannot be seen
    make no difference.
    """
    plain = unicodedata.normalize("NFKC", text.replace("´", "'")).casefold()  # else it would become a space
    plain = _UNSEEN.sub("", plain).translate(_SAME)
    plain = _STOP.sub(" . ", _PAUSE.sub(" , ", _APOSTROPHE.sub("", plain)))
    return " ".join(_AGAIN.sub(r"\1", _one_alphabet(word)) for word in _TOKEN.findall(plain))


def loose(word: str) -> str:
    """The normalised word with the vowels that are mixed up made one, if it is long enough."""
    return word.translate(_MIXED_UP) if len(word) >= LONG else word


def _one_alphabet(word: str) -> str:
    """A word of mostly Cyrillic letters gets them all, also for 0, 3, 4 and 6; a mostly Latin one the other way."""
    if word.isascii() or not _FOREIGN.search(word):
        return word
    cyrillic = sum("а" <= letter <= "ӿ" for letter in word)
    latin = sum("a" <= letter <= "z" for letter in word)
    if cyrillic > 1 and cyrillic >= latin:
        return word.translate(_TO_CYRILLIC)
    return word.translate(_TO_LATIN) if cyrillic and latin else word
