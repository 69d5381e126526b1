"""The words of printed reports, as data in both languages: heads, units, periods, notes. Titles are the tables' own."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from bot.core.centre import Words
from bot.core.report import Period

HIDDEN: Final = Words("к", "c")
"""In place of a hidden number; as statistics offices mark what is confidential."""
NOTHING: Final = "—"
SPACE, MINUS = "\u00a0", "\u2212"
"""Neither is a place to break a line."""

REPORT: Final = Words("ЗВІТ", "REPORT")
FOR_PUBLICATION: Final = Words("для оприлюднення", "copy for publication")
AS_OF: Final = Words("станом на {day}", "as of {day}")
MADE: Final = Words("Складено {day}", "Made on {day}")
PREVIOUS: Final = Words("Попередній період: {period}.", "Previous period: {period}.")
YEAR_AGO: Final = Words("Той самий період торік: {period}.", "Same period last year: {period}.")
INDICATOR: Final = Words("Показник", "Indicator")
TOTAL: Final = Words("Разом", "Total")
CLOSES: Final = Words("Сходиться", "Adds up")
CLOSES_NOT: Final = Words("Не сходиться", "Does not add up")
ALL_CLOSE: Final = Words("Усі таблиці сходяться.", "All tables add up.")
NOT_ALL_CLOSE: Final = Words("Не всі таблиці сходяться.", "Not all tables add up.")
RECONCILIATION: Final = Words("Звірка", "Reconciliation")
CASES: Final = Words("Звернення: {cases}", "Cases: {cases}")
UNKNOWN: Final = Words("не вказано", "not stated")
HIDDEN_NOTE: Final = Words(
    "к: число приховано, бо воно менше за 5 або за ним можна обчислити таке число.",
    "c: the number is hidden, because it is under 5 or such a number could be computed from it.",
)
NO_PERCENT: Final = Words(
    "Відсоток не подано там, де база менша за 10.", "No percentage is given where the base is under 10."
)
DRAFT: Final = Words("Чернетка: ще не друковано", "Draft: not printed yet")
EDITION: Final = Words("Видання {n}", "Edition {n}")
CHANGES: Final = Words("Що змінилося:", "What has changed:")
SIGNATURE: Final = Words(
    "{who} ____________ ____________________ (ПІБ)", "{who} ____________ ____________________ (name)"
)
SIGNED_BY: Final = Words("Директор центру", "Director of the centre")
CITY: Final = Words("м. {city}", "{city}")
CONTENTS: Final = Words("Зміст", "Contents")
CHARTS: Final = Words("Діаграми", "Charts")
NUMBER: Final = Words("№", "No.")
TABLE: Final = Words("Таблиця", "Table")
UNIT: Final = Words("Одиниця", "Unit")
CHECK: Final = Words("Звірка", "Check")
DIFFERS: Final = Words("Що не сходиться", "What does not add up")
CASE_NUMBERS: Final = Words("Номери звернень", "Case numbers")
PERIOD: Final = Words("Період", "Period")
WAS: Final = Words("було {n}", "was {n}")
WAS_A_YEAR_AGO: Final = Words("торік {n}", "last year {n}")
CONTINUED: Final = Words("{title} (далі)", "{title} (continued)")
MORE: Final = Words("та ще рядків: {n}", "and more rows: {n}")
NO_FIGURES: Final = Words("За цей період записів немає.", "There are no records for this period.")
BACK: Final = Words("‹ Зміст", "‹ Contents")

HEADS: Final[Mapping[str, Words]] = {
    "value": Words("за період", "in the period"),
    "previous": Words("попередній період", "previous period"),
    "year_ago": Words("торік", "last year"),
    "difference": Words("різниця", "difference"),
    "percent": Words("%", "%"),
    "year_to_date": Words("з початку року", "year to date"),
}
AS_OF_HEADS: Final[Mapping[str, Words]] = {
    **HEADS,
    "value": Words("на кінець періоду", "at the end"),
    "previous": Words("на кінець попереднього", "end of the previous"),
    "year_ago": Words("торік на цю дату", "a year before"),
    "year_to_date": Words("на кінець періоду", "at the end"),
}
YEAR_HEAD: Final = Words("{year} рік", "{year}")
SERIES: Final[Mapping[str, Words]] = {
    "in_time": Words("вчасно", "in time"),
    "late": Words("із запізненням", "late"),
    "open_late": Words("прострочено, ще не зроблено", "overdue, still open"),
}


@dataclass(frozen=True, slots=True)
class Unit:
    """`head` stands alone over a column; the others after 1, 2 and 5."""

    head: Words
    one: Words
    few: Words
    many: Words


def _unit(head: str, uk: tuple[str, str, str], en_head: str, en: tuple[str, str]) -> Unit:
    (one, few, many), (single, plural) = uk, en
    return Unit(Words(head, en_head), Words(one, single), Words(few, plural), Words(many, plural))


UNITS: Final[Mapping[str, Unit]] = {
    "case": _unit("звернення", ("звернення", "звернення", "звернень"), "cases", ("case", "cases")),
    "family": _unit("сім'ї", ("сім'я", "сім'ї", "сімей"), "families", ("family", "families")),
    "person": _unit("особи", ("особа", "особи", "осіб"), "persons", ("person", "persons")),
    "child": _unit("діти", ("дитина", "дитини", "дітей"), "children", ("child", "children")),
    "service": _unit("послуги", ("послуга", "послуги", "послуг"), "services", ("service", "services")),
    "visit": _unit("відвідування", ("відвідування", "відвідування", "відвідувань"), "visits", ("visit", "visits")),
    "trip": _unit("виїзди", ("виїзд", "виїзди", "виїздів"), "trips", ("trip", "trips")),
    "act": _unit("акти", ("акт", "акти", "актів"), "acts", ("act", "acts")),
    "call": _unit("дзвінки", ("дзвінок", "дзвінки", "дзвінків"), "calls", ("call", "calls")),
    "deadline": _unit("строки", ("строк", "строки", "строків"), "deadlines", ("deadline", "deadlines")),
    "minute": _unit("хвилини", ("хвилина", "хвилини", "хвилин"), "minutes", ("minute", "minutes")),
    "group": _unit("групи", ("група", "групи", "груп"), "groups", ("group", "groups")),
    "session": _unit("заняття", ("заняття", "заняття", "занять"), "sessions", ("session", "sessions")),
    "hour": _unit("години", ("година", "години", "годин"), "hours", ("hour", "hours")),
    "invited": _unit(
        "запрошено", ("запрошена особа", "запрошені особи", "запрошених осіб"), "invited", ("invited", "invited")
    ),
    "came": _unit("прийшло", ("особа прийшла", "особи прийшли", "осіб прийшло"), "came", ("came", "came")),
    "learner": _unit("слухачі", ("слухач", "слухачі", "слухачів"), "learners", ("learner", "learners")),
    "place": _unit("місця", ("місце", "місця", "місць"), "places", ("place", "places")),
    "room": _unit("кімнати", ("кімната", "кімнати", "кімнат"), "rooms", ("room", "rooms")),
    "day": _unit("дні", ("день", "дні", "днів"), "days", ("day", "days")),
    "stay": _unit("перебування", ("перебування", "перебування", "перебувань"), "stays", ("stay", "stays")),
    "material": _unit("матеріали", ("матеріал", "матеріали", "матеріалів"), "materials", ("material", "materials")),
    "event": _unit("заходи", ("захід", "заходи", "заходів"), "events", ("event", "events")),
    "item": _unit("пункти", ("пункт", "пункти", "пунктів"), "items", ("item", "items")),
    "figure": _unit("кількість", ("одиниця", "одиниці", "одиниць"), "number", ("unit", "units")),
    "difference": _unit("різниця", ("різниця", "різниці", "різниць"), "difference", ("difference", "differences")),
}

MONTHS: Final = (
    Words("січень", "January"), Words("лютий", "February"), Words("березень", "March"), Words("квітень", "April"),
    Words("травень", "May"), Words("червень", "June"), Words("липень", "July"), Words("серпень", "August"),
    Words("вересень", "September"), Words("жовтень", "October"), Words("листопад", "November"),
    Words("грудень", "December"),
)  # fmt: skip
OF_MONTHS: Final = (
    "січня", "лютого", "березня", "квітня", "травня", "червня", "липня", "серпня", "вересня", "жовтня", "листопада",
    "грудня",
)  # fmt: skip
"""As they stand after a day in Ukrainian."""
FOR: Final = Words("за {period}", "for {period}")
FROM_TO: Final = Words("{first} – {last}", "{first} – {last}")
HALVES: Final = (
    Words("перше півріччя {year} року", "the first half of {year}"),
    Words("друге півріччя {year} року", "the second half of {year}"),
)
A_YEAR: Final = Words("{year} рік", "{year}")
OF_A_YEAR: Final = Words("{months} {year} року", "{months} {year}")


def say(words: Words, language: str, **values: str | int) -> str:
    said = words.uk if language == "uk" else words.en
    return said.format_map(values) if values else said


def day(at: date, language: str) -> str:
    if language == "uk":
        return f"{at.day} {OF_MONTHS[at.month - 1]} {at.year} року"
    return f"{at.day} {MONTHS[at.month - 1].en} {at.year}"


def period(at: Period, language: str) -> str:
    """A year, a half of it, months, or days, as one says it."""
    first, last = at.first, at.last
    if at == _year(first.year):
        return say(A_YEAR, language, year=first.year)
    if at in _halves(first.year):
        return say(HALVES[_halves(first.year).index(at)], language, year=first.year)
    if first == last:
        return day(first, language)
    if not at.whole_months:
        return say(FROM_TO, language, first=_shortly(first, last, language), last=day(last, language))
    if first.year == last.year:
        return _months(first, last, language)
    return say(FROM_TO, language, first=_months(first, first, language), last=_months(last, last, language))


def _shortly(first: date, last: date, language: str) -> str:
    """The day without its year where the next one says it."""
    if first.year != last.year:
        return day(first, language)
    return f"{first.day} {OF_MONTHS[first.month - 1] if language == 'uk' else MONTHS[first.month - 1].en}"


def _year(year: int) -> Period:
    return Period(date(year, 1, 1), date(year, 12, 31))


def _halves(year: int) -> tuple[Period, Period]:
    return Period(date(year, 1, 1), date(year, 6, 30)), Period(date(year, 7, 1), date(year, 12, 31))


def is_year(at: Period) -> bool:
    return at == _year(at.first.year)


def _months(first: date, last: date, language: str) -> str:
    named = [say(MONTHS[each.month - 1], language) for each in (first, last)]
    return say(OF_A_YEAR, language, months="–".join(dict.fromkeys(named)), year=last.year)


def head(what: str, of: str, basis: str, at: Period, language: str) -> str:
    """Over a column of that unit. Where it is a calendar year that is reported, the years say it shortest."""
    if of == "difference":
        return unit(of, language)
    if is_year(at) and basis != "as_of" and what in {"value", "previous", "year_ago"}:
        return say(YEAR_HEAD, language, year=at.first.year - (what != "value"))
    return say((AS_OF_HEADS if basis == "as_of" else HEADS)[what], language)


def unit(name: str, language: str) -> str:
    return say(UNITS[name].head, language)


def counted(many: int, name: str, language: str) -> str:
    """`5 сімей`."""
    said = UNITS[name]
    form = said.one if _is_one(many, language) else said.few if _is_few(many) else said.many
    return f"{number(many, language)}{SPACE}{say(form, language)}"


def _is_one(many: int, language: str) -> bool:
    return many % 10 == 1 and many % 100 != 11 if language == "uk" else many == 1  # noqa: PLR2004 - of Unicode's rules


def _is_few(many: int) -> bool:
    return 2 <= many % 10 <= 4 and not 12 <= many % 100 <= 14  # noqa: PLR2004 - as above


def number(many: int, language: str) -> str:
    digits = f"{abs(many):,}"
    return (MINUS if many < 0 else "") + (digits.replace(",", SPACE) if language == "uk" else digits)


def signed(many: int, language: str) -> str:
    return f"+{number(many, language)}" if many > 0 else number(many, language)


def percent(many: int, language: str) -> str:
    return f"{signed(many, language)}{SPACE if language == 'uk' else ''}%"
