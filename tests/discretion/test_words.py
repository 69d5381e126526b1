"""The lists of words: they find what must not stand there, in any form and alphabet, and leave honest words alone."""

import pytest

from bot.core import discretion
from bot.core.profile import CENTRES, find, load

PROFILES = sorted(path.stem for path in CENTRES.glob("*.toml"))
NEVER_PUSHED = (
    "насильство",
    "насильством",
    "про домашнє насилля",
    "Мобільна бригада",
    "з бригадою",
    "психологиня",
    "ПОЛІЦІЯ",
    "поліцією",
    "у притулку",
    "звернення",
    "Ваших звернень",
    "справа",
    "по справі",
    "візит",
    "код",
    "коду",
    "чергові",
    "чергу",
    "адресу",
    "під'їзд",
    "під’їзд",
    "вул. Шевченка",
    "безпека",
    "К-4823",
    "K-4823",
    "к 4823 і k–4823",
    "102",
    "15-47",
    "15 47",
    "1547",
    "116 111",
    "116-123",
    "0 800 500 225",
    "067 123 45 67",
    "+380671234567",
    "бригaда",
    "Hасильство",
    "nasylstvo",
    "bryhada",
    "violence",
    "domestic abuse",
    "the brigade",
    "police",
    "your request",
    "case",
    "visit",
    "the code",
    "on duty",
    "shelter",
    "address",
    "Safety at home",
)
FIT_FOR_A_PUSH = (
    "Довідник: є оновлення.",
    "Графік прийому",
    "Місце в дитячому садку",
    "Народилася дитина",
    "Візок, милиці, ходунки",
    "Коли не вистачає грошей",
    "The guide has an update.",
    "Office hours",
    "What happens at the office",
    "8:00–20:00",
    "25.11.2026",
)
NOT_OUTSIDE = (
    "Насильство",
    "мобільна бригада",
    "кривдник",
    "агресор",
    "у притулку",
    "побиття",
    "abuse",
    "Shelter",
    "an abusive home",
    "violent",
    "nasyllia",
    "домашнє насильство",
    "постраждалі",
)
HONEST = (
    "Справді, це безоплатно.",
    "Фахівець прийде додому",
    "102: Поліція",
    "Безпека вдома",
    "Safety at home",
    "Суботній прийом",
    "Побоюєтесь черг? Записуватися не треба.",
    "the battery is low",
    "a beautiful street",
    "Domivka",
)
UNKIND = (
    "Чому ви не пішли раніше?",
    "Навіщо ви це зробили?",
    "Ви самі винні",
    "Підіть від нього",
    "Залиште його",
    "Залишайтеся з ним",
    "Потерпіть",
    "Поліція приїде за годину",
    "Бригада приїде",
    "Все буде добре",
    "Why did you stay?",
    "You should leave",
    "It is your fault",
    "Leave him",
    "Police will come",
    "We promise",
    "Пишіть!",
    "Не хвилюйтеся",
)
KIND = (
    "Чи безпечно писати вам сюди?",
    "Подробиці не потрібні.",
    "Why: to help you.",
    "Навіщо: щоб допомогти.",
    "Швидкий вихід",
    "Leave now",
    "If you wish, say it in a few words.",
    "We must tell child services.",
    "Розкажете, якщо захочете.",
)


@pytest.mark.safety("S09")
@pytest.mark.parametrize("words", NEVER_PUSHED)
def test_no_push_says_this_in_any_form_or_alphabet(words: str) -> None:
    assert discretion.telling(words)


@pytest.mark.parametrize("words", FIT_FOR_A_PUSH)
def test_a_push_may_say_this(words: str) -> None:
    assert not discretion.telling(words)


@pytest.mark.safety("S01")
@pytest.mark.parametrize("words", NOT_OUTSIDE)
def test_nothing_on_the_outside_says_this(words: str) -> None:
    assert discretion.on_the_outside(words)


@pytest.mark.parametrize("words", HONEST)
def test_the_outside_may_say_this(words: str) -> None:
    assert not discretion.on_the_outside(words)


@pytest.mark.safety("S17")
@pytest.mark.parametrize("words", UNKIND)
def test_this_blames_or_advises_or_promises(words: str) -> None:
    assert discretion.unkind(words)


@pytest.mark.parametrize("words", KIND)
def test_this_is_said_to_her(words: str) -> None:
    assert not discretion.unkind(words)


@pytest.mark.parametrize("words", ["К-4823", "K-4823", "Прийнято, К-48234567.", "k–4823"])
def test_a_case_number_is_known_in_either_alphabet(words: str) -> None:
    assert discretion.bears_number(words)


@pytest.mark.parametrize("words", ["15-47", "8:00–20:00", "К-12", "SK-48231", "2026"])
def test_what_is_no_case_number_is_not_taken_for_one(words: str) -> None:
    assert not discretion.bears_number(words)


@pytest.mark.parametrize("words", ["https://a.b", "www.kalush.ua", "t.me/poruch", "@poruch_bot"])
def test_a_link_is_known(words: str) -> None:
    assert discretion.links(words)


@pytest.mark.parametrize("profile", PROFILES)
def test_every_profile_has_covers_enough_to_choose_from(profile: str) -> None:
    assert len(discretion.covers(load(find(profile)))) > 10
