"""A sentence under a table says the numbers of that table, and never one that is hidden."""

import pytest

from bot.core import prose
from bot.core.centre import Words
from bot.core.lines import NOTHING
from bot.core.report import Check, Counts, Row, Table

NAME = Words("Рядок", "Row")


def table(units: tuple[str, ...], total: Counts, **rows: Counts) -> Table:
    made = tuple(Row(key, NAME, {"value": counts, "previous": {units[0]: 99}}) for key, counts in rows.items())
    return Table("R9", NAME, units, "in_period", made, {"value": total}, Check(ok=True, note=NOTHING))


CALLS = table(("call",), {"call": 658}, silent={"call": 24})
SERVICES = table(
    ("family", "person", "child", "service"),
    {"family": 700, "person": 44, "child": 300, "service": 1000},
    counselling={"family": 5, "person": 2, "child": 1, "service": 12},
)


@pytest.mark.parametrize(
    ("table", "sentence", "said"),
    [
        (CALLS, "Дзвінків: {total}, мовчазних – {silent}.", "Дзвінків: 658, мовчазних – 24."),
        (CALLS, "Без чисел.", "Без чисел."),
        (CALLS, "Про погоду: {weather}.", ""),
        (
            CALLS,
            "У м. Дніпрі дзвінків: {total}. Про погоду: {weather}. Мовчазних – {silent}, дивних – {odd}.",
            "У м. Дніпрі дзвінків: 658. Мовчазних – 24, дивних – 0.",
        ),
        (CALLS, "Дужки {{лишаються}}.", "Дужки {лишаються}."),
        (SERVICES, "Отримувачів: {total}, послуг: {total.service}.", "Отримувачів: 744, послуг: 1000."),
        (SERVICES, "Сімей: {total.family}, дітей: {total.child}.", "Сімей: 700, дітей: 300."),
        (SERVICES, "Порад: {counselling.service} для {counselling}.", "Порад: 12 для 7."),
    ],
)
def test_a_blank_is_the_number_of_its_row_in_its_unit(table: Table, sentence: str, said: str) -> None:
    assert prose.filled(sentence, table) == said


def test_a_sentence_with_a_hidden_number_is_left_out_and_the_others_are_not() -> None:
    masked = table(("trip",), {"trip": 80}, physical={"trip": 70}, sexual={"trip": None})
    assert prose.filled("Сексуальне – {sexual}.", masked) == ""
    assert prose.filled("Фізичне – {physical}.", masked) == "Фізичне – 70."


@pytest.mark.parametrize(
    "sentence", ["{}", "{усього}", "{total.letters}", "{total!r}", "{total:3}", "{a[0]}", "{total.}"]
)
def test_what_is_no_blank_is_refused(sentence: str) -> None:
    with pytest.raises(prose.NoBlankError):
        prose.blanks(sentence)


@pytest.mark.parametrize("sentence", ["{total", "total}", "{total}}"])
def test_a_brace_alone_is_refused(sentence: str) -> None:
    with pytest.raises(ValueError, match=r"brace|Single|expected"):
        prose.blanks(sentence)


def test_a_sentence_of_noughts_alone_is_not_said() -> None:
    assert prose.filled("Дзвінків: {total}. Дивних – {odd}, смішних – {funny}.", CALLS) == "Дзвінків: 658."
