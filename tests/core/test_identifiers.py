import re

import pytest

from bot.core import centre, identifiers
from bot.core.centre import Words

NAMED = [
    pytest.param(code, words, id=f"{of}.{code}")
    for of, names in identifiers.EVERY.items()
    for code, words in names.items()
]


@pytest.mark.parametrize("of", identifiers.EVERY)
def test_every_shared_identifier_is_named_in_its_order_and_nothing_else(of: str) -> None:
    assert list(identifiers.EVERY[of]) == list(getattr(centre, of.upper()))


def test_no_shared_list_is_forgotten() -> None:
    elsewhere = {"STAFF_ROLES", "NO_TAKERS", "ROLES", "UNITS", "MARKS", "COUNTS_FROM", "FORMS", "TRIPS", "WEEKDAYS",
                 "CIRCUMSTANCES_OF_A_DUTY", "PLAN_ON", "QUIET", "DIVIDED_BY", "EVERY_TOPIC", "EVERY_NEED"}  # fmt: skip
    lists = {name for name in dir(centre) if name.isupper() and isinstance(getattr(centre, name), tuple)}
    assert lists - elsewhere == {of.upper() for of in identifiers.EVERY}


@pytest.mark.parametrize(("code", "words"), NAMED)
def test_every_name_is_written_in_both_languages(code: str, words: Words) -> None:
    assert re.search("[А-ЯІЇЄҐа-яіїєґ]", words.uk)
    assert re.search("[A-Za-z]", words.en)
    assert not re.search("[А-ЯІЇЄҐа-яіїєґ]", words.en)
    assert code not in {words.uk, words.en}


def test_two_rows_of_a_list_never_have_one_name() -> None:
    for names in identifiers.EVERY.values():
        assert len({words.uk for words in names.values()}) == len(names)
        assert len({words.en for words in names.values()}) == len(names)
