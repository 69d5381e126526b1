"""How words from outside become codes, and codes become rows."""

import pytest

from bot.core import identifiers
from bot.core.centre import (
    District,
    Item,
    Words,
    folded,
    identifier,
    known_districts,
    known_words,
)

SOURCES = (
    Item("citizen", Words("Мешканець", "Resident"), "citizen"),
    Item("hospital", Words("Лікарня", "Hospital"), "health", printed="Лікарні та поліклініки"),
    Item("maternity", Words("Пологовий будинок", "Maternity hospital"), "health"),
    Item("vocational", Words("Училище", "Vocational school"), "education_vocational_higher"),
    Item("family", Words("Відділ сім'ї", "Family office"), "family_youth_sport"),
)
DISTRICTS = (
    District("amur", Words("Амур-Нижньодніпровський", "Amur-Nyzhnodniprovskyi"), "amur_nyzhnodniprovskyi"),
    District("sobornyi", Words("Соборний район", "Sobornyi district")),
    District("unknown", Words("не вказано", "not said")),
)


@pytest.mark.parametrize(
    ("code", "row"),
    [
        ("maternity", "health"),
        ("health", "health"),
        ("vocational", "education_vocational_higher"),
        ("police", "police"),
    ],
)
def test_a_stored_code_is_reported_under_its_identifier(code: str, row: str) -> None:
    assert identifier(SOURCES, code) == row


@pytest.mark.parametrize(
    ("word", "code"),
    [
        ("citizen", "citizen"),
        ("МЕШКАНЕЦЬ ", "citizen"),
        ("resident", "citizen"),
        ("vocational", "education_vocational_higher"),
        ("education_vocational_higher", "education_vocational_higher"),
        ("health", "health"),
        ("maternity", "maternity"),
        ("лікарні  та поліклініки", "hospital"),
        ("Відділ сім’ї", "family_youth_sport"),
        ("відділ сімʼї", "family_youth_sport"),
        ("Відділ сім'ї", "family_youth_sport"),
        ("Національна поліція", "police"),
        ("police", "police"),
    ],
)
def test_a_word_from_outside_is_known_by_key_identifier_name_and_printed_wording(word: str, code: str) -> None:
    assert known_words(SOURCES, identifiers.SOURCES)[folded(word)] == code


def test_a_word_that_nobody_uses_is_not_known() -> None:
    assert folded("сусідка") not in known_words(SOURCES, identifiers.SOURCES)
    assert "police" not in known_words(SOURCES)


def test_a_name_of_two_lines_is_not_guessed_and_their_keys_still_are_known() -> None:
    twins = (Item("idp", Words("Сім'ї", "One"), "idp"), Item("military", Words("сімʼї", "Two"), "military_families"))
    known = known_words(twins)
    assert folded("Сім'ї") not in known
    assert (known["idp"], known["military"]) == ("idp", "military_families")


@pytest.mark.parametrize(
    ("word", "code"),
    [
        ("amur", "amur_nyzhnodniprovskyi"),
        ("amur_nyzhnodniprovskyi", "amur_nyzhnodniprovskyi"),
        ("Амур-Нижньодніпровський", "amur_nyzhnodniprovskyi"),
        ("Амур-Нижньодніпровський район", "amur_nyzhnodniprovskyi"),
        ("соборний", "sobornyi"),
        ("Соборний район", "sobornyi"),
        ("Sobornyi district", "sobornyi"),
        ("mobile_brigade", "mobile_brigade"),
        ("мобільна бригада", "mobile_brigade"),
        ("unknown", "unknown"),
        ("Не вказано", "unknown"),
    ],
)
def test_a_district_is_known_with_and_without_the_word_and_the_brigade_is_among_them(word: str, code: str) -> None:
    assert known_districts(DISTRICTS, identifiers.PLACES)[folded(word)] == code


def test_every_shared_identifier_is_known_to_a_centre_that_has_none_of_them() -> None:
    for names in identifiers.EVERY.values():
        known = known_words((), names)
        for code, words in names.items():
            assert known[code] == known[folded(words.uk)] == known[folded(words.en)] == code
