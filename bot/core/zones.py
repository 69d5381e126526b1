"""Where carers are who have gone abroad: the countries that most went to, each with its clock."""

from dataclasses import dataclass
from typing import Final

from bot.core.centre import Words


@dataclass(frozen=True, slots=True)
class Country:
    key: str
    zone: str
    name: Words


COUNTRIES: Final = (
    Country("ua", "Europe/Kyiv", Words("Україна", "Ukraine")),
    Country("pl", "Europe/Warsaw", Words("Польща", "Poland")),
    Country("de", "Europe/Berlin", Words("Німеччина", "Germany")),
    Country("cz", "Europe/Prague", Words("Чехія", "Czechia")),
    Country("it", "Europe/Rome", Words("Італія", "Italy")),
    Country("es", "Europe/Madrid", Words("Іспанія", "Spain")),
    Country("gb", "Europe/London", Words("Велика Британія", "United Kingdom")),
    Country("ie", "Europe/Dublin", Words("Ірландія", "Ireland")),
    Country("us_east", "America/New_York", Words("США, східне узбережжя", "USA, east coast")),
    Country("us_west", "America/Los_Angeles", Words("США, західне узбережжя", "USA, west coast")),
    Country("ca", "America/Toronto", Words("Канада, Торонто", "Canada, Toronto")),
    Country("il", "Asia/Jerusalem", Words("Ізраїль", "Israel")),
)
BY_KEY: Final = {country.key: country for country in COUNTRIES}
QUIET: Final = {"2009": (20 * 60, 9 * 60), "2207": (22 * 60, 7 * 60), "2310": (23 * 60, 10 * 60)}
"""Hours of quiet that are one press, in minutes of the day."""
NEVER: Final = (0, 0)
"""From midnight to midnight of the same day: no hours of quiet at all."""


def of(zone: str | None) -> Country | None:
    return next((country for country in COUNTRIES if country.zone == zone), None)
