"""What a printed report leaves out: times of which nothing is known, and words of a program."""

from dataclasses import replace
from datetime import UTC, date, datetime

from bot.core import printing
from bot.core.centre import Words
from bot.core.lines import NOTHING, Own
from bot.core.profile import find, load
from bot.core.report import Check, Counts, Period, Report, Row, Table

NAME = Words("Рядок", "Row")
DEMO = load(find("demo"))


def report(*tables: Table) -> Report:
    period = Period(date(2026, 1, 1), date(2026, 3, 31))
    return Report("demo", NAME, period, datetime(2026, 4, 1, tzinfo=UTC), tables)


def table(name: str, *rows: Row) -> Table:
    return Table(name, NAME, ("family",), "in_period", rows, {}, Check(ok=True, note=NOTHING))


def row(key: str, now: int, before: int | None, title: str = "") -> Row:
    counts: dict[str, Counts] = {"value": {"family": now}, "previous": {"family": before}, "year_ago": {"family": 0}}
    return Row(key, Own(title) if title else NAME, counts)


def columns(of: Report, place: int = 0) -> list[str]:
    return [*of.tables[place].rows[0].counts]


def test_a_time_of_which_nothing_is_known_is_no_column() -> None:
    laid = printing.laid_out(report(table("R1", row("appeal", 5, 0)), table("R2", row("police", 5, 3))), DEMO)
    assert columns(laid) == columns(laid, 1) == ["value", "previous"]


def test_the_places_of_a_day_centre_are_no_fact_of_last_year() -> None:
    laid = printing.laid_out(report(table("R1", row("appeal", 5, 0)), table("R18", row("places", 6, 6))), DEMO)
    assert columns(laid) == columns(laid, 1) == ["value"]


def test_a_hidden_number_is_a_fact() -> None:
    laid = printing.laid_out(report(table("R6", row("physical", 5, None))), DEMO)
    assert columns(laid) == ["value", "previous"]


def test_one_table_is_compared_where_others_have_something_to_compare() -> None:
    whole = report(table("R1", row("appeal", 5, 0)), table("R2", row("police", 5, 3)))
    one = replace(whole, tables=whole.tables[:1])
    assert columns(printing.laid_out(one, DEMO, whole)) == ["value", "previous"]


def test_a_figure_with_a_code_for_a_title_is_not_printed() -> None:
    named = [row("a", 1, 1, title) for title in ("aid_kits given", "Помічники", "social taxi", "now_open")]
    laid = printing.laid_out(report(table("R15", *named)), DEMO)
    assert [getattr(each.title, "text", "") for each in laid.tables[0].rows] == ["Помічники", "social taxi"]
