"""The kinds of question. A kind knows which options it offers, what a typed answer means, and how an answer reads.

To add a kind: a dataclass here with `options`, `read` and `shown`; every form can use it at once.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, tzinfo
from typing import Any, ClassVar

import phonenumbers

from bot.core import codes, discretion, texts
from bot.core.centre import Centre, Words
from bot.core.lines import Joined, Line, Own, Sentence, Wording

Answers = Mapping[str, Any]
"""By question name; values are JSON's. None is a skip, which is an answer too."""
When = Callable[[Answers], bool]
Means = Callable[[str, Wording], bool]
"""Whether typed words are that wording, in either language."""


class NotUnderstood(Exception):  # noqa: N818 - it is said to the person, kindly
    """The answer cannot be taken; the line says what is wrong and gives an example."""

    def __init__(self, line: Wording) -> None:
        super().__init__()
        self.line = line


def always(_: Answers) -> bool:
    return True


def chose(question: str, *options: str) -> When:
    """True when that question was answered with one of these options."""
    return lambda answers: answers.get(question) in options


def answered(question: str) -> When:
    """True when that question was answered and not skipped."""
    return lambda answers: answers.get(question) not in (None, [])


@dataclass(frozen=True, slots=True)
class Option:
    key: str
    label: Wording


def option(key: str, label: str) -> Option:
    """An option in our own words, extracted for translation."""
    return Option(key, Sentence(label))


@dataclass(frozen=True, slots=True)
class Asking:
    """What a question may look at: the centre's lists, the other answers, the local time."""

    centre: Centre
    answers: Answers
    now: datetime


PLAIN_COVER = "guide"
YEAR = 366
FARTHEST = 40 * YEAR
"""A day that lies farther off is a slip of the finger."""
OptionList = Callable[[Asking], Sequence[Option]]


def centre_list(name: str) -> OptionList:
    """The options that the centre's profile lists under that name."""
    return lambda asking: tuple(Option(item.key, item.name) for item in getattr(asking.centre, name))


def outside_list(name: str) -> OptionList:
    """As centre_list, without what must not stand outside the branch (S01)."""
    of_centre = centre_list(name)
    return lambda asking: tuple(each for each in of_centre(asking) if not _tells(each.label))


def _tells(label: Wording) -> bool:
    return isinstance(label, Words) and bool(discretion.on_the_outside(f"{label.uk}\n{label.en}"))


def covers(asking: Asking) -> tuple[Option, ...]:
    """Items of the guide that a notification may look like; the first option is the plain one (S09)."""
    plain = Option(PLAIN_COVER, texts.GUIDE_UPDATED)
    return (plain, *(Option(item.key, item.title) for item in discretion.covers(asking.centre)))


def only(*options: Option) -> OptionList:
    return lambda _: options


NO_OPTIONS = only()


@dataclass(frozen=True)
class Question:
    """What every kind has: a name that is its column, a title for lists, the words, whether and when it applies.

    An answer behind the `glass` says who or where somebody is: on a card of the branch it needs a second press (S25).
    """

    name: str
    title: str
    ask: str
    optional: bool = False
    when: When = always
    glass: bool = False
    typed: ClassVar[bool] = False

    @property
    def heading(self) -> Sentence:
        return Sentence(self.title)

    @property
    def words(self) -> Sentence:
        return Sentence(self.ask)

    def options(self, asking: Asking) -> Sequence[Option]:  # noqa: ARG002 - kinds that offer something override it
        return ()

    def read(self, text: str, asking: Asking, means: Means) -> object:
        """The answer that typed words mean. Raises NotUnderstood."""
        for choice in self.options(asking):
            if means(text, choice.label):
                return choice.key
        raise NotUnderstood(texts.PRESS_ONE_OF_THESE)

    def chosen(self, key: str, asking: Asking) -> object:
        """The answer that an option's key stands for. Raises NotUnderstood for a key that is not offered now."""
        if key not in (choice.key for choice in self.options(asking)):
            raise NotUnderstood(texts.PRESS_ONE_OF_THESE)
        return key

    def shown(self, value: Any, asking: Asking) -> Wording:  # noqa: ANN401 - an answer is any JSON value
        """The answer as a person reads it."""
        return next((choice.label for choice in self.options(asking) if choice.key == value), Own(str(value)))


@dataclass(frozen=True)
class Choice(Question):
    """One of several."""

    of: OptionList = NO_OPTIONS

    def options(self, asking: Asking) -> Sequence[Option]:
        return self.of(asking)


@dataclass(frozen=True)
class Several(Choice):
    """Any number of several; a press puts one in or takes it out, and Done goes on."""

    def shown(self, value: Any, asking: Asking) -> Wording:  # noqa: ANN401 - an answer is any JSON value
        return Joined(tuple(choice.label for choice in self.options(asking) if choice.key in value), by=", ")


@dataclass(frozen=True)
class Place(Question):
    """A district of the centre, or "not said"."""

    def options(self, asking: Asking) -> Sequence[Option]:
        return tuple(Option(district.key, district.name) for district in asking.centre.districts)


@dataclass(frozen=True)
class Text(Question):
    """A few words of the person's own."""

    limit: int = 500
    typed: ClassVar[bool] = True

    def read(self, text: str, asking: Asking, means: Means) -> object:  # noqa: ARG002 - any words will do
        words = text.strip()
        if not words:
            raise NotUnderstood(texts.WRITE_A_FEW_WORDS)
        if len(words) > self.limit:
            raise NotUnderstood(texts.TOO_LONG(limit=self.limit, length=len(words)))
        return words


@dataclass(frozen=True)
class Discreet(Text):
    """Words that stand on lock screens of people who may not be alone: no word that tells, no link (S01, S30)."""

    def read(self, text: str, asking: Asking, means: Means) -> object:
        telling = discretion.at_the_entrance(text)
        plain = [word for word in re.findall(r"[\w'’]+", text) if discretion.at_the_entrance(word)] or telling
        if found := [*plain, *discretion.links(text), *discretion.numbers_of_cases(text)]:
            raise NotUnderstood(texts.NEWS_TELLS(words=Own(", ".join(found[:3]))))
        return super().read(text, asking, means)


@dataclass(frozen=True)
class Code(Text):
    """Words or digits of her own that open a case; what is too easy to guess is not taken (S10)."""

    def read(self, text: str, asking: Asking, means: Means) -> object:
        if codes.too_easy(text):
            raise NotUnderstood(texts.CODE_TOO_EASY)
        return super().read(text, asking, means)


@dataclass(frozen=True)
class Phone(Question):
    """A number to call, typed or shared; kept in the international form."""

    typed: ClassVar[bool] = True

    def read(self, text: str, asking: Asking, means: Means) -> object:  # noqa: ARG002 - numbers are of no language
        try:
            number = phonenumbers.parse(text, "UA")
        except phonenumbers.NumberParseException:
            raise NotUnderstood(texts.NO_PHONE_NUMBER) from None
        if not phonenumbers.is_possible_number(number):
            raise NotUnderstood(texts.NO_PHONE_NUMBER)
        return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)

    def shown(self, value: Any, asking: Asking) -> Wording:  # noqa: ANN401, ARG002 - as in Question
        number = phonenumbers.parse(str(value))
        return Own(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL))


@dataclass(frozen=True)
class Number(Question):
    """A whole number between bounds."""

    least: int = 0
    most: int = 99
    quick: tuple[int, ...] = ()
    typed: ClassVar[bool] = True

    def options(self, asking: Asking) -> Sequence[Option]:  # noqa: ARG002 - the same for everybody
        return tuple(Option(str(number), Own(str(number))) for number in self.quick)

    def read(self, text: str, asking: Asking, means: Means) -> object:  # noqa: ARG002 - digits are of no language
        digits = text.strip()
        if not digits.isdecimal() or not self.least <= int(digits) <= self.most:
            raise NotUnderstood(texts.WRITE_A_NUMBER(least=self.least, most=self.most))
        return int(digits)

    def chosen(self, key: str, asking: Asking) -> object:
        return int(str(super().chosen(key, asking)))

    def shown(self, value: Any, asking: Asking) -> Wording:  # noqa: ANN401, ARG002 - as in Question
        return Own(str(value))


@dataclass(frozen=True)
class DaysOfStay(Number):
    """How many days somebody stays at the day centre: as many as it allows."""

    def options(self, asking: Asking) -> Sequence[Option]:
        return [each for each in super().options(asking) if int(each.key) <= self._longest(asking)]

    def read(self, text: str, asking: Asking, means: Means) -> object:
        return Number.read(replace(self, most=self._longest(asking)), text, asking, means)

    def _longest(self, asking: Asking) -> int:
        place = asking.centre.day_centre
        return min(self.most, place.days) if place else self.most


@dataclass(frozen=True)
class Day(Question):
    """A day from today on, picked in a month's grid or typed as 24.11; kept as 2026-11-24.

    `back` and `ahead`: how many days before and after today it may be.
    """

    back: int = 0
    ahead: int = 730
    typed: ClassVar[bool] = True

    def read(self, text: str, asking: Asking, means: Means) -> object:  # noqa: ARG002 - digits are of no language
        return self.chosen(_typed_day(text, asking.now.date()).isoformat(), asking)

    def chosen(self, key: str, asking: Asking) -> object:
        try:
            day = date.fromisoformat(key)
        except ValueError:
            raise NotUnderstood(texts.WRITE_A_DAY) from None
        if not -self.back <= (day - asking.now.date()).days <= self.ahead:
            raise NotUnderstood(texts.DAY_HAS_PASSED)
        return day.isoformat()

    def shown(self, value: Any, asking: Asking) -> Wording:  # noqa: ANN401 - as in Question
        return said(date.fromisoformat(str(value)), asking.now.date())


def said(day: date, today: date) -> Line:
    """A day; of another year with its year."""
    return Line("{day}", {"day": day}) if day.year == today.year else texts.DAY_OF_YEAR(day=day, year=str(day.year))


@dataclass(frozen=True)
class Date(Question):
    """A day that is written out, as 12.03.2025: up to today, or, `ahead`, from today on; kept as 2025-03-12."""

    ahead: bool = False
    typed: ClassVar[bool] = True

    def read(self, text: str, asking: Asking, means: Means) -> object:  # noqa: ARG002 - digits are of no language
        today = asking.now.date()
        day = _typed_day(text, today) if self.ahead else _past(text, today)
        if self.ahead and day < today:
            raise NotUnderstood(texts.DAY_HAS_PASSED)
        if abs((day - today).days) > FARTHEST:
            raise NotUnderstood(texts.WRITE_A_DAY)
        if not self.ahead and day > today:
            raise NotUnderstood(texts.DAY_IS_AHEAD)
        return day.isoformat()

    def shown(self, value: Any, asking: Asking) -> Wording:  # noqa: ANN401, ARG002 - as in Question
        return Own(f"{date.fromisoformat(str(value)):%d.%m.%Y}")


@dataclass(frozen=True)
class Time(Question):
    """A time of the chosen day, on the half hour or typed as 14:20; kept as 14:20. `hours` are those on buttons."""

    day: str = "day"
    hours: range = range(8, 20)
    typed: ClassVar[bool] = True

    def options(self, asking: Asking) -> Sequence[Option]:
        slots = (time(hour, minute) for hour in self.hours for minute in (0, 30))
        return tuple(_slot(slot) for slot in slots if self._still_ahead(slot, asking))

    def read(self, text: str, asking: Asking, means: Means) -> object:  # noqa: ARG002 - digits are of no language
        return self.chosen(text.strip(), asking)

    def chosen(self, key: str, asking: Asking) -> object:
        try:
            moment = datetime.strptime(key.replace(".", ":"), "%H:%M").time()  # noqa: DTZ007 - a time of day has no zone
        except ValueError:
            raise NotUnderstood(texts.WRITE_A_TIME) from None
        if not self._still_ahead(moment, asking):
            raise NotUnderstood(texts.TIME_HAS_PASSED)
        return f"{moment:%H:%M}"

    def shown(self, value: Any, asking: Asking) -> Wording:  # noqa: ANN401, ARG002 - as in Question
        return Own(str(value))

    def _still_ahead(self, moment: time, asking: Asking) -> bool:
        day = asking.answers.get(self.day)
        return day != asking.now.date().isoformat() or moment > asking.now.time()


@dataclass(frozen=True)
class Received(Question):
    """When something reached us: now, or typed as 14:30 or 21.11 14:30; kept as 2026-11-21T14:30 on the wall clock."""

    typed: ClassVar[bool] = True

    def options(self, asking: Asking) -> Sequence[Option]:  # noqa: ARG002 - the same for everybody
        return (Option("now", texts.RECEIVED_NOW),)

    def read(self, text: str, asking: Asking, means: Means) -> object:
        if means(text, texts.RECEIVED_NOW):
            return "now"
        day, _, clock = text.strip().replace(",", " ").rpartition(" ")
        today = asking.now.date()
        on = _past_day(day, today) if day.strip() else today
        try:
            at = datetime.combine(on, datetime.strptime(clock.replace(".", ":"), "%H:%M").time())  # noqa: DTZ007 - as in Time
        except ValueError:
            raise NotUnderstood(texts.WRITE_A_MOMENT) from None
        if at > asking.now.replace(tzinfo=None):
            raise NotUnderstood(texts.MOMENT_AHEAD)
        if (today - on).days > YEAR:
            raise NotUnderstood(texts.MOMENT_TOO_OLD)
        return f"{at:%Y-%m-%dT%H:%M}"

    def shown(self, value: Any, asking: Asking) -> Wording:  # noqa: ANN401 - as in Question
        at = received({self.name: value}, asking.centre.zone)
        return Line("{at}", {"at": at}) if at else texts.RECEIVED_NOW


def received(answers: Answers, zone: tzinfo) -> datetime | None:
    """When it reached us, if that was not now; of the autumn's two equal hours the first, whose deadline is earlier."""
    typed = answers.get("received")
    return datetime.fromisoformat(typed).replace(tzinfo=zone).astimezone(UTC) if typed not in (None, "now") else None


def _past_day(text: str, today: date) -> date:
    """21.11, 21.11.2026 or 2026-11-21; without a year, the last such day. Raises NotUnderstood."""
    try:
        day = _typed_day(text, today)
    except NotUnderstood:
        raise NotUnderstood(texts.WRITE_A_MOMENT) from None
    typed_year = str(day.year) in text
    return day if day <= today or typed_year else day.replace(year=day.year - 1)


def _past(text: str, today: date) -> date:
    """As `_past_day`, told as a day."""
    day = _typed_day(text, today)
    return day if day <= today or str(day.year) in text else day.replace(year=day.year - 1)


def _slot(moment: time) -> Option:
    return Option(f"{moment:%H:%M}", Own(f"{moment:%H:%M}"))


def _typed_day(text: str, today: date) -> date:
    """24.11, 24.11.2026 or 2026-11-24; without a year, the next such day. Raises NotUnderstood."""
    words = text.strip().rstrip(".")
    for pattern in ("%d.%m.%Y", "%Y-%m-%d"):
        try:
            return datetime.strptime(words, pattern).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
    try:
        day = datetime.strptime(f"{words}.{today.year}", "%d.%m.%Y").date()  # noqa: DTZ007 - as above
        return day if day >= today else day.replace(year=today.year + 1)
    except ValueError:
        raise NotUnderstood(texts.WRITE_A_DAY) from None
