"""A report in words: for a phone, and for a terminal."""

from bot.core import report_words as words
from bot.run import report_text
from tests.outputs.figures import QUARTER, SECRET, YEAR, big, extra, report


def plain(said: str) -> str:
    return said.replace(words.SPACE, " ")


def test_a_row_says_what_it_was_and_by_how_much_it_changed() -> None:
    (said,) = report_text.text(report(), "uk", ["R2"])
    assert plain(said).startswith(
        "Дніпровський міський центр соціальних служб\nза 2021 рік\n\nНадходження за суб'єктами, сім'ї\n"
        "Національна поліція — 108 (було 97, +11, +11 %)\n  · патрульна поліція — 81"
    )
    assert "\nРазом — 2 391 (було 2 162, +229, +11 %)\nСходиться." in plain(said)


def test_with_several_units_each_number_has_its_own() -> None:
    (said,) = report_text.text(report("en"), "en", ["R9"])
    assert "Counselling — 2,099 families, 2,624 persons, 2,624 services (was 2,364, −265, −11%)" in plain(said)


def test_what_does_not_close_names_its_cases_inside_and_not_in_public() -> None:
    (inside,) = report_text.text(report(), "uk", ["R3"])
    assert "Не сходиться: разом 5037, у рядках 4948, різниця 89.\nЗвернення: К-4823, К-9917" in inside
    (outside,) = report_text.text(report(public=True), "uk", ["R3"])
    assert "К-4823" not in outside


def test_a_hidden_number_is_a_letter_that_is_explained() -> None:
    (said,) = report_text.text(report(public=True), "uk", ["R6"])
    assert "Економічне — к (було 47)" in said
    assert said.endswith("к: число приховано, бо воно менше за 5 або за ним можна обчислити таке число.")
    whole = [*report_text.text(report(public=True), "uk"), report_text.wide(report(public=True), extra())]
    assert not any(
        digits in plain(each).replace(" ", "") for each in whole for digits in (str(SECRET), str(2 * SECRET))
    )


def test_no_message_is_longer_than_a_chat_takes() -> None:
    messages = report_text.text(big(200), "uk")
    assert all(len(each) <= 3800 for each in messages)
    assert sum(each.count("Рядок 199 ") for each in messages) == 22, "nothing is lost"
    assert any("(далі)" in each for each in messages)


def test_an_edition_says_what_it_changes() -> None:
    said = report_text.text(report(edition=2, changes=(words.REPORT,)), "uk", ["R1"])[0]
    assert "Видання 2\nЩо змінилося:\n· ЗВІТ" in said


def test_a_terminal_gets_columns_that_stand_under_their_heads() -> None:
    said = plain(report_text.wide(report(period=QUARTER), extra()))
    lines = said.splitlines()
    head = next(line for line in lines if "попередній період" in line)
    row = next(line for line in lines if line.startswith("Повідомлення"))
    assert head.index("за період") + len("за період") == row.index("1 911") + len("1 911")
    assert max(map(len, lines)) < 160
    assert "Протягом 2021 року" in said


def test_a_year_is_named_over_its_column() -> None:
    assert "2021 рік  2020 рік" in report_text.wide(report(period=YEAR), extra())
