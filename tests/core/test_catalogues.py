"""Both languages are complete: Babel checks neither braces nor a missing plural form, so this does."""

import ast
from collections import Counter
from pathlib import Path
from string import Formatter

import pytest
from babel.messages import Catalog, Message

from bot.core import texts
from locales import catalogues

FORMS = {"uk": 3, "en": 2}


def messages(catalogue: Catalog) -> list[Message]:
    return [message for message in catalogue if message.id]


def forms(message: Message) -> tuple[str, ...]:
    return tuple(message.string) if isinstance(message.string, tuple | list) else (str(message.string),)


def blanks(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


@pytest.mark.parametrize("language", catalogues.LANGUAGES)
def test_every_sentence_of_the_code_is_in_the_catalogue_and_no_other(language: str) -> None:
    known = {message.id for message in messages(catalogues.read(language))}
    assert known == {message.id for message in messages(catalogues.extracted())}


@pytest.mark.parametrize("language", catalogues.LANGUAGES)
def test_every_sentence_is_said_in_every_form(language: str) -> None:
    for message in messages(catalogues.read(language)):
        assert all(forms(message)), message.id
        assert "fuzzy" not in message.flags, message.id
        if isinstance(message.id, tuple):
            assert len(forms(message)) == FORMS[language], message.id


@pytest.mark.parametrize("language", catalogues.LANGUAGES)
def test_blanks_are_the_same_in_every_form(language: str) -> None:
    for message in messages(catalogues.read(language)):
        wanted = blanks(str(message.id[1]) if isinstance(message.id, tuple) else str(message.id))
        assert all(blanks(form) == wanted for form in forms(message)), message.id


@pytest.mark.parametrize("language", catalogues.LANGUAGES)
def test_nobody_is_shouted_at(language: str) -> None:
    for message in messages(catalogues.read(language)):
        assert not any("!" in form for form in forms(message)), message.id


def test_a_number_takes_the_right_ukrainian_form() -> None:
    message = next(each for each in messages(catalogues.read("uk")) if each.id == ("{n} day", "{n} days"))
    assert forms(message) == ("{n} день", "{n} дні", "{n} днів")


def test_no_sentence_takes_the_name_of_another() -> None:
    """The second would be said in the place of the first."""
    tree = ast.parse(Path(texts.__file__).read_text(encoding="utf-8"))
    names = Counter(node.targets[0].id for node in tree.body if isinstance(node, ast.Assign)
                    and isinstance(node.targets[0], ast.Name))  # fmt: skip
    assert [name for name, count in names.items() if count > 1] == []
