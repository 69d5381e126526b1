"""R16: two programmes of one audience are two rows within its own, and what is of none is a third beside them."""

from datetime import date

from bot.core.profile import find, load
from bot.core.report import Period
from bot.core.tables.found import Found, Taught
from bot.core.tables.learning import Learning

WITHIN = ("value",)
COLUMNS = Period(date(2026, 1, 1), date(2026, 3, 31)).columns


def inside(*taught: Taught) -> dict[str, tuple[int | None, int | None]]:
    """Sessions and those who came, of the rows within the audience's own."""
    found = Found(load(find("demo")), COLUMNS, {}, taught=taught)
    row = next(row for row in Learning().made(found).rows if row.key == "candidates")
    whole = row.counts["value"]
    parts = {each.key: each.counts["value"] for each in row.rows}
    assert not parts or all(whole[unit] == sum(each[unit] or 0 for each in parts.values()) for unit in whole)
    return {key: (each["session"], each["came"]) for key, each in parts.items()}


def test_each_programme_is_a_row() -> None:
    future_guardians = Taught("candidates", 2, 40, 37, WITHIN, programme="Майбутні опікуни")
    mentors = Taught("candidates", 3, 31, 31, WITHIN, programme="Наставники")
    again = Taught("candidates", 3, 9, 5, WITHIN, programme="Наставники")
    rows = {"майбутні опікуни": (1, 37), "наставники": (2, 36)}
    assert inside(future_guardians, mentors, again) == rows
    assert inside(future_guardians, mentors, again, Taught("candidates", 1, 3, 2, WITHIN)) == rows | {"unknown": (1, 2)}


def test_without_any_programme_there_is_nothing_inside() -> None:
    assert inside(Taught("candidates", 1, 3, 2, WITHIN)) == {}
