"""The copy for publication has none of the words in which somebody noted who told of a case."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from bot.core import editions, masking
from bot.core.centre import Words
from bot.core.lines import NOTHING, Own
from bot.core.report import Check, Period, Report, Row, Table, as_json

COUNTS = {column: {"family": 7} for column in ("value", "previous", "year_ago", "year_to_date")}


def report() -> Report:
    inside = (Row("neighbour", Own("сусідка Марта"), COUNTS),)
    hospital = (Row("maternity", Words("Пологовий будинок", "Maternity hospital"), COUNTS),)
    rows = (Row("other", Words("Інші", "Others"), COUNTS, inside), Row("health", Words("М", "H"), COUNTS, hospital))
    table = Table("R2", Words("Т", "T"), ("family",), "in_period", rows, {}, Check(ok=True, note=NOTHING), parts=False)
    period = Period(date(2026, 1, 1), date(2026, 3, 31))
    return Report("demo", Words("Ц", "C"), period, datetime(2026, 4, 1, tzinfo=UTC), (table,))


def thawed() -> Report:
    return editions.thawed(editions.frozen(report()), made_at=report().made_at)


def say(wording: Any) -> str:
    return str(getattr(wording, "text", getattr(wording, "uk", "")))


@pytest.mark.safety("S26")
@pytest.mark.parametrize("made", [report, thawed])
def test_who_told_of_a_case_is_not_published(made: Any) -> None:
    assert "Марта" in str(as_json(made(), say))
    public = str(as_json(masking.public(made()), say))
    assert "Марта" not in public
    assert "Пологовий будинок" in public
