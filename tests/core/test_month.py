"""Each thing on its day on the wall of the centre."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from bot.core import month
from bot.core.month import Month

KYIV = ZoneInfo("Europe/Kyiv")
FIRST = date(2026, 11, 1)


def of(visits: list[tuple[datetime, str]], sessions: list[tuple[datetime, str]] | None = None) -> Month:
    return month.of(
        FIRST, FIRST, zone=KYIV, works=lambda day: day.weekday() < 5, visits=visits, sessions=sessions or []
    )


def test_a_visit_at_midnight_belongs_to_the_day_on_the_wall() -> None:
    late, early = datetime(2026, 11, 2, 21, 59, tzinfo=UTC), datetime(2026, 11, 2, 22, 0, tzinfo=UTC)
    days = {day.day.day: day.visits for day in of([(late, "brigade"), (early, "brigade")]).days if not day.empty}
    assert days == {2: (("brigade", 1),), 3: (("brigade", 1),)}


def test_teams_are_counted_by_day_and_in_all() -> None:
    at = [datetime(2026, 11, day, 9, tzinfo=UTC) for day in (3, 3, 4)]
    found = of([(at[0], "brigade"), (at[1], "psychologist"), (at[2], "brigade")])
    assert found.days[2].visits == (("brigade", 1), ("psychologist", 1))
    assert found.days[2].count == 2
    assert found.teams == (("brigade", 2), ("psychologist", 1))


def test_trainings_stand_by_their_hour() -> None:
    found = of([], [(datetime(2026, 11, 3, 12, tzinfo=UTC), "B"), (datetime(2026, 11, 3, 7, 30, tzinfo=UTC), "A")])
    assert found.days[2].trainings == ((time(9, 30), "A"), (time(14), "B"))


def test_a_month_spans_its_midnights_also_where_the_clocks_change() -> None:
    since, until = month.span(date(2026, 10, 1), KYIV)
    assert (since, until) == (datetime(2026, 9, 30, 21, tzinfo=UTC), datetime(2026, 10, 31, 22, tzinfo=UTC))
    assert (until - since).total_seconds() == (31 * 24 + 1) * 3600


def test_months_follow_each_other() -> None:
    assert month.later(date(2026, 12, 1)) == date(2027, 1, 1)
    assert month.later(date(2027, 1, 1)) == date(2027, 2, 1)
    assert month.earlier(date(2027, 1, 1)) == date(2026, 12, 1)
    assert len(month.days_of(date(2028, 2, 1))) == 29


def test_an_empty_month_is_empty_and_knows_its_working_days() -> None:
    found = of([])
    assert found.empty
    assert [day.day.day for day in found.days if not day.works][:3] == [1, 7, 8]
