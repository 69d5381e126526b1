"""Places at the day centre, day by day."""

from datetime import date, timedelta

from bot.core.stays import Stay, taken, too_many

MONDAY = date(2026, 11, 23)


def on(day: int) -> date:
    return MONDAY + timedelta(days=day)


def test_a_stay_covers_its_days_and_frees_the_place_on_the_day_after() -> None:
    stay = Stay(MONDAY, 3, 2)
    assert [taken([stay], on(day)) for day in range(-1, 4)] == [0, 2, 2, 2, 0]


def test_all_days_of_a_stay_must_have_room() -> None:
    there = [Stay(MONDAY, 2, 2), Stay(on(2), 5, 4)]
    assert too_many(there, Stay(MONDAY, 2, 4), 6) is None
    assert too_many(there, Stay(MONDAY, 3, 4), 6) == (on(2), 8)
    assert too_many([], Stay(MONDAY, 1, 7), 6) == (MONDAY, 7)


def test_who_leaves_frees_the_place_that_day_but_was_there_for_one_at_least() -> None:
    stay = Stay(MONDAY, 10, 1)
    assert [stay.until(on(day)) for day in range(4)] == [1, 1, 2, 3]
