"""Whether two cases may be about one family: what of the answers is compared, and when it counts as the same.

Only what was written the same way by two people matches; a likeness that was missed costs a second visit, one that
was made up shows a family to strangers.
"""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

import phonenumbers

from bot.core.centre import UNKNOWN

KINDS: Final = ("phone", "address", "name")
MEET: Final = {
    ("phone", "phone"): "phone",
    ("address", "address"): "address",
    ("name", "name"): "name",
    ("initials", "initials"): "name",
    ("initials", "initials_of"): "name",
    ("initials_of", "initials"): "name",
}
"""Which marks are compared. A full name meets initials; two full names with the same initials are two people."""

OWN_PHONE: Final = ("help", "safety", "child", "register")
"""Forms whose phone is the family's; in the others it is that of whoever tells."""

_ONE_LETTER: Final = str.maketrans(
    {"і": "и", "ї": "и", "ы": "и", "є": "е", "э": "е", "ё": "е", "ґ": "г", "ь": None, "ъ": None,
     "'": None, "’": None, "ʼ": None, "`": None, "´": None, "‘": None, "ʹ": None, "′": None}
)  # fmt: skip
_PART: Final = re.compile(r"\d+[^\W\d_]?(?![^\W\d_])|[^\W\d_]+|\d+|[,;\n/]")
_SMALL: Final = frozenset({
    "вул", "вулиця", "вулици", "ул", "улица", "улице", "буд", "будинок", "дом", "д", "кв", "квартира", "корп",
    "корпус", "обл", "область", "район", "р", "н", "street", "st", "str", "house", "apt", "flat", "building",
})  # fmt: skip
_SETTLEMENT: Final = frozenset({
    "м", "мисто", "г", "город", "city", "of",
})  # fmt: skip
_OTHER_STREET: Final = {
    "просп": "проспект", "пр": "проспект", "прт": "проспект", "бр": "булвар", "бул": "булвар", "булв": "булвар",
    "пров": "провулок", "переулок": "провулок", "пер": "провулок", "пл": "площа", "площад": "площа",
}  # fmt: skip
_NO_STREET: Final = frozenset({
    "школа", "школи", "школе", "лицей", "лицеи", "гимназия", "садок", "детсад", "клас", "класс", "група", "группа",
    "поверх", "етаж", "пидизд", "подезд", "дити", "дитей", "детей", "людей", "осиб", "раз", "номер", "приблизно",
    "близько", "около", "бо", "та", "и", "або", "на", "по", "за", "до", "о", "в", "у", "з", "от", "вид", "пид",
    "маршрут", "автобус", "кабинет", "палата", "school", "form", "class", "floor", "children", "kids", "people",
    "about", "at", "the", "age", "aged",
})  # fmt: skip
_NO_HOUSE: Final = frozenset({
    "рокив", "роки", "рик", "року", "лет", "год", "года", "мисяц", "мисяцив", "мисяци", "дний", "днив", "дни", "дня",
    "дитей", "детей", "дити", "дитини", "людей", "осиб", "поверх", "етаж", "клас", "класс", "раз", "рази", "разив",
    "годин", "година", "години", "вечора", "ранку", "школа", "лицей", "years", "year", "months", "days", "children",
    "floor", "grade", "times", "oclock", "pm", "am",
})  # fmt: skip
_WEAK: Final = frozenset({
    "не", "знаю", "знаемо", "невидомо", "невидома", "невидомий", "неизвестно", "неизвестна", "нема", "немае", "нет",
    "незнаю", "скажу", "скажем", "важливо", "вказано", "анонимно", "анонимна", "аноним", "хтос", "сусид", "сусиди",
    "сусидка", "сосед", "соседи", "родина", "симя", "семя", "мати", "мама", "батко", "тато", "дитина", "жинка",
    "чоловик", "бабуся", "дидус", "пани", "пан", "тест", "unknown", "none", "nobody", "no", "name", "not", "known",
    "anonymous", "neighbour", "neighbours", "family", "mother", "father", "child", "the", "woman", "man", "test",
})  # fmt: skip
_PATRONYMIC: Final = re.compile(r"(вич|вна|ична|ич)$")
_WHOLE_NAME: Final = 3


@dataclass(frozen=True, slots=True, order=True)
class Key:
    """Something that two cases may have in common: of what kind, and its words brought to one form."""

    kind: str
    text: str


def keys(form: str, answers: Mapping[str, Any], *, district: str, cities: Collection[str] = ()) -> frozenset[Key]:
    """What of these answers is compared. `cities`: names of the centre's own city, which everybody may leave out."""
    told = _told(answers.get("family")) if form == "other" else _told(answers.get("about"))
    found = {Key("phone", number) for number in _numbers(told)}
    if form in OWN_PHONE and (own := phone(_told(answers.get("phone")))):
        found.add(Key("phone", own))
    for words in (_told(answers.get("address")), _without_numbers(told)):
        found |= {Key("address", place) for place in [address(words, cities)] if place}
    names = [_told(answers.get("name")), *_named(told)]
    return frozenset(found | {key for words in names for key in _of_name(words, district)})


def alike(first: Iterable[tuple[str, object]], second: Iterable[tuple[str, object]]) -> tuple[str, ...]:
    """In what the two are the same, strongest first; pairs of kind and words, or of kind and mark."""
    others = list(second)
    met = {MEET.get((kind, other)) for kind, it in first for other, its in others if it == its}
    return tuple(kind for kind in KINDS if kind in met)


def pairs(found: Iterable[Key]) -> list[tuple[str, object]]:
    return [(key.kind, key.text) for key in found]


def phone(words: str) -> str:
    """The number with its country; empty when it is none."""
    try:
        number = phonenumbers.parse(words, "UA")
    except phonenumbers.NumberParseException:
        return ""
    if not phonenumbers.is_possible_number(number) or _dull(str(number.national_number)):
        return ""
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def address(words: str, cities: Collection[str] = ()) -> str:
    """«садова 5 12»: street, house and flat, without what stands before them; empty when there is no such thing."""
    left_out = {part for city in cities for part in _PART.findall(_plain(city))}
    parts = [part for part in _PART.findall(_plain(words)) if part not in left_out]
    houses = (n for n in range(len(parts)) if _is_house(parts, n))
    found = ([*street, *_and_flat(parts[n:])] for n in houses if (street := _street(parts[:n])))
    return " ".join(next(found, []))


def name(words: str) -> tuple[str, ...]:
    """The words of a name, in no order and without a patronymic; initials stay letters. Empty when it is no name."""
    parts = [part for part in _PART.findall(_plain(words.replace("-", ""))) if part.isalpha()]
    if len(parts) >= _WHOLE_NAME and not any(len(part) == 1 for part in parts):
        of_father = next((part for part in reversed(parts) if _PATRONYMIC.search(part)), "")
        parts = [part for part in parts if part != of_father]
    whole = [part for part in parts if len(part) > 1]
    if not whole or len(parts) < 2 or len(parts) > _WHOLE_NAME or _WEAK.intersection(parts):  # noqa: PLR2004 - surname and one more
        return ()
    return tuple(sorted(whole)) if len(whole) > 1 else (whole[0], next(part for part in parts if len(part) == 1))


def _of_name(words: str, district: str) -> set[Key]:
    """The same name in another district is somebody else's."""
    found = name(words)
    if not found or district in ("", UNKNOWN):
        return set()
    if len(found[-1]) == 1:
        return {Key("initials", f"{district} {found[0]} {found[-1]}")}
    initials = {Key("initials_of", f"{district} {surname} {other[0]}")
                for surname in found for other in found if other != surname}  # fmt: skip
    return {Key("name", " ".join((district, *found)))} | initials


def _named(told: str) -> list[str]:
    """Pieces of free words that are nothing but a name: two or three words, each with a capital."""
    pieces = [piece.strip() for piece in re.split(r"[,;:\n()]|(?<=\w{3})\.\s", told)]
    return [piece for piece in pieces if _looks_like_a_name(piece)]


def _looks_like_a_name(piece: str) -> bool:
    words = [word for word in re.split(r"[\s.]+", piece) if word]
    capitals = all(word[0].isupper() and word.replace("-", "").replace("'", "").replace("’", "").isalpha()
                   for word in words)  # fmt: skip
    return capitals and 1 < len(words) <= _WHOLE_NAME


def _numbers(told: str) -> set[str]:
    found = phonenumbers.PhoneNumberMatcher(told, "UA")
    return {number for match in found if (number := phone(match.raw_string))}


def _without_numbers(told: str) -> str:
    for match in list(phonenumbers.PhoneNumberMatcher(told, "UA")):
        told = told.replace(match.raw_string, ";")
    return told


def _told(answer: object) -> str:
    return answer if isinstance(answer, str) else ""


def _plain(words: str) -> str:
    """Lower case, one letter for those that are mixed up, and letters of a house beside its number."""
    low = re.sub(r"(?<=\w)-(?=\w\b)", "", words.casefold().translate(_ONE_LETTER))
    low = re.sub(r"(?<=\d)\s+(?=[абвгд]\b)", "", low)
    return re.sub(r"(?<=\d)-(?=\d)", "/", low)


def _is_house(parts: list[str], n: int) -> bool:
    """A number with which a house can be found, not an age, a floor or an hour."""
    after = next(iter(parts[n + 1 :]), "")
    return parts[n][0].isdigit() and len(parts[n]) < 6 and after not in _NO_HOUSE  # noqa: PLR2004 - longer ones are phones


def _street(before: list[str]) -> list[str]:
    """The words of the piece right before the number; of the one before it, when the number begins a piece."""
    pieces: list[list[str]] = [[]]
    for part in before:
        if part in ",;\n":
            pieces.append([])
        else:
            pieces[-1].append(part)
    for piece in reversed(pieces):
        words = [_OTHER_STREET.get(part, part) for part in piece if part not in _SMALL | _SETTLEMENT and part != "/"]
        if words:
            proper = any(len(word) > 3 for word in words) and not _NO_STREET.union(_WEAK).intersection(words)  # noqa: PLR2004 - a word
            return sorted(words) if proper else []
    return []


def _and_flat(parts: list[str]) -> list[str]:
    """The house and, right behind it, a flat."""
    numbers: list[str] = []
    for n, part in enumerate(parts):
        if part[0].isdigit():
            if not _is_house(parts, n):
                break
            numbers.append(part)
        elif part not in _SMALL and part not in ",/":
            break
    return numbers[:3]


def _dull(digits: str) -> bool:
    """000 000 000 and its like are typed to get past a question."""
    return len(set(digits[-7:])) == 1
