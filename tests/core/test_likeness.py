"""What makes two cases look like one family, and what does not: pairs written by hand."""

from typing import Any

import pytest

from bot.core import likeness

CITY = ("Калуш", "Kalush")


def alike(first: dict[str, Any], second: dict[str, Any], *, there: str = "center") -> tuple[str, ...]:
    """Two cases entered by staff, or what the words «form» says, in the centre and in some other district."""
    one, other = (
        likeness.pairs(likeness.keys(each.pop("form", "register"), each, district=district, cities=CITY))
        for each, district in ((dict(first), "center"), (dict(second), there))
    )
    found = likeness.alike(one, other)
    assert found == likeness.alike(other, one)
    return found


PHONES = [
    ("+380671112233", "067 111 22 33", True),
    ("0671112233", "+38 (067) 111-22-33", True),
    ("380671112233", "0671112233", True),
    ("+48 601 111 222", "+48601111222", True),
    ("0671112233", "0671112234", False),
    ("0671112233", "0501112233", False),
    ("", "", False),
    ("не знаю", "не знаю", False),
    ("0000000000", "0000000000", False),
]
ADDRESSES = [
    ("вул. Садова, 5", "Садова 5", True),
    ("вул. Садова, буд. 5, кв. 12", "вулиця Садова 5/12", True),
    ("ул. Мира, 10", "Мира 10", True),
    ("вул. Миру, 10", "ВУЛ. МИРУ 10", True),
    ("вул. Сербська, 7а", "Сербська 7-А", True),
    ("Сербська, буд. 7 а", "сербська 7а", True),
    ("м. Калуш, вул. Пушкіна, 3", "вул. Пушкина 3", True),
    ("Калуш Хіміків 3", "вул. Химиков 3", False),
    ("вул. Івана Франка 8", "Франка Івана, 8", True),
    ("вул. Комунарська, 4", "Комунарська,4", True),
    ("пр-т Миру 10", "просп. Миру, 10", True),
    ("бульв. Незалежності, 2", "б-р Незалежності 2", True),
    ("вул. 24 Серпня, 7", "24 Серпня 7", True),
    ("вул. В'ячеслава Чорновола 12", "Вячеслава Чорновола, 12", True),
    ("вул. Ольжича 6", "Олжича 6", True),
    ("вул. Єсеніна 1", "ул. Есенина, 1", True),
    ("Садова 5, код 48, другий під'їзд", "Садова 5", True),
    ("вул. Садова, 5", "вул. Садова, 6", False),
    ("вул. Садова, 5", "вул. Лісова, 5", False),
    ("вул. Садова, 5, кв. 12", "вул. Садова, 5, кв. 21", False),
    ("вул. Садова, 5", "вул. Садова, 5а", False),
    ("вул. Садова, 15", "вул. Садова, 1, кв. 5", False),
    ("пров. Садовий, 5", "вул. Садова, 5", False),
    ("просп. Миру 10", "вул. Миру 10", False),
    ("с. Підгірки Шевченка 5", "с. Студінка Шевченка 5", False),
    ("вул. Садова", "вул. Садова", False),
    ("не знаю", "не знаю", False),
    ("третій поверх, зелені двері", "третій поверх, зелені двері", False),
    ("3 поверх", "3 поверх", False),
    ("біля школи 5", "біля школи 5", False),
    ("хлопець 5 років", "хлопець 5 років", False),
    ("", "", False),
]
NAMES = [
    ("Коваленко Олена", "Олена Коваленко", True),
    ("Коваленко Олена Петрівна", "Коваленко Олена", True),
    ("Юркевич Олена Петрівна", "Олена Юркевич", True),
    ("КОВАЛЕНКО ОЛЕНА", "Коваленко Олена", True),
    ("Коваленко О.", "Коваленко Олена", True),
    ("О. П. Коваленко", "Коваленко Олена Петрівна", True),
    ("Коваленко О.П.", "О. Коваленко", True),
    ("Григор'єва Марія", "Григорьева Мария", True),
    ("Кравець-Мороз Іван", "Іван Кравець Мороз", False),
    ("Коваленко Олена", "Коваленко Ольга", False),
    ("Коваленко Олена", "Ковальчук Олена", False),
    ("Коваленко О.", "Коваленко І.", False),
    ("Коваленко", "Коваленко", False),
    ("Олена", "Олена", False),
    ("не знаю", "не знаю", False),
    ("Невідома жінка", "Невідома жінка", False),
    ("", "", False),
]


@pytest.mark.parametrize(("one", "other", "same"), PHONES)
def test_phones_are_the_same_however_they_are_written(one: str, other: str, *, same: bool) -> None:
    assert alike({"phone": one}, {"phone": other}) == (("phone",) if same else ())


@pytest.mark.parametrize(("one", "other", "same"), ADDRESSES)
def test_addresses_are_the_same_by_street_house_and_flat(one: str, other: str, *, same: bool) -> None:
    assert alike({"address": one}, {"address": other}) == (("address",) if same else ())


@pytest.mark.parametrize(("one", "other", "same"), NAMES)
def test_names_are_the_same_in_any_order_and_with_initials(one: str, other: str, *, same: bool) -> None:
    assert alike({"name": one}, {"name": other}) == (("name",) if same else ())


def test_the_same_name_in_another_district_is_somebody_else() -> None:
    names = {"name": "Коваленко Олена"}
    assert alike(names, names, there="sadovyi") == ()
    assert alike(names, names, there="unknown") == ()


def test_the_same_address_in_another_district_is_the_same_house() -> None:
    house = {"address": "Садова 5"}
    assert alike(house, house, there="sadovyi") == ("address",)


def test_everything_that_is_the_same_is_named_the_strongest_first() -> None:
    told = {"name": "Коваленко Олена", "phone": "0671112233", "address": "Садова 5"}
    assert alike(told, told) == ("phone", "address", "name")


def test_a_neighbour_s_words_hold_a_name_an_address_and_a_number() -> None:
    told = {"form": "other", "family": "Коваленко Олена, вул. Садова 5, тел. 067 111 22 33"}
    known = {"form": "safety", "phone": "+380671112233", "address": "Садова, 5"}
    assert alike(told, known) == ("phone", "address")
    assert alike(told, {"name": "Олена Коваленко"}) == ("name",)


def test_the_number_of_whoever_tells_is_not_the_family_s() -> None:
    told = {"form": "other", "family": "Зелений будинок", "phone": "0671112233"}
    assert alike(told, told) == ()
    assert alike({"form": "notice", "about": "Діти самі", "phone": "0671112233"}, {"phone": "0671112233"}) == ()


def test_a_story_is_never_compared() -> None:
    told = {"form": "help", "story": "Коваленко Олена, Садова 5, 067 111 22 33"}
    assert alike(told, told) == ()


def test_words_that_say_nothing_make_no_key() -> None:
    for words in ("не знаю", "невідомо", "-", "?", "немає", "Не Скажу", "unknown", "5", "00", "Мама Тато"):
        given = {"name": words, "phone": words, "address": words}
        assert not likeness.keys("register", given, district="center"), words
