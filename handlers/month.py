"""«Month»: what the whole centre has in it, as a picture and as text; no names, no numbers of cases."""

from datetime import date

from bot.core import month, texts
from bot.core.buttons import Enter
from bot.core.buttons import Month as Turned
from bot.core.events import Button, Delete, File, Message, Refused, Rows, Send
from bot.core.lines import Joined, Own, Wording, paragraphs, rows
from bot.core.month import Day, Month, Picture
from handlers import menu
from handlers.here import Here, row
from storage import month as dates
from storage.people import Person

KEY = "month"
YEARS = range(2020, 2100)
TITLES = 60
"""So many trainings are named in the text; a message has room for about 4000 letters."""
TITLE = 48
MONTHS = 12


def way(me: Person) -> Rows:
    return row((texts.MONTH, Enter("month"))) if me.may("entry month") else ()


def shown(here: Here) -> list[Message]:
    return _page(here, here.local.date().replace(day=1))


def turned(here: Here, button: Turned) -> list[Message]:
    if button.year not in YEARS or not 1 <= button.month <= MONTHS:
        raise Refused(texts.STALE)
    return _page(here, date(button.year, button.month, 1))


def _page(here: Here, first: date) -> list[Message]:
    """The picture above, the text with the ways below it; where no picture can be drawn, the text alone goes."""
    found = _found(here, first)
    drawn = File(here.asker, texts.MONTH_FILE, _picture(here, found), _title(first), key=f"{KEY}:drawn", photo=True)
    text = Send(here.asker, _text(here, found), (*_turns(first), *menu.back()), key=KEY)
    return [Delete(here.asker, f"{KEY}:drawn"), drawn, Delete(here.asker, KEY), text]


def _found(here: Here, first: date) -> Month:
    since, until = month.span(first, here.centre.zone)
    return month.of(
        first,
        here.local.date(),
        zone=here.centre.zone,
        works=here.centre.works_on,
        visits=dates.visits(here.tx, since=since, until=until),
        sessions=[(each.starts_at, each.title) for each in dates.sessions(here.tx, since=since, until=until)],
    )


def _picture(here: Here, found: Month) -> Picture:
    return Picture(
        found,
        _title(found.first),
        texts.WEEKDAYS,
        tuple((team, _team(here, team)) for team, _ in found.teams),
        texts.MONTH_HEAD_VISITS,
        texts.MONTH_HEAD_TRAININGS,
        texts.MONTH_HEAD_PLAN,
        texts.MONTH_EMPTY,
    )


def _title(first: date) -> Wording:
    return texts.MONTHS[first.month - 1](year=str(first.year))


def _text(here: Here, found: Month) -> Wording:
    full = sum(len(day.trainings) for day in found.days) > TITLES
    lines = [_line(here, found, day, most=1 if full else TITLES) for day in found.days if not day.empty]
    return paragraphs(_title(found.first), rows(*lines) if lines else texts.MONTH_EMPTY)


def _line(here: Here, found: Month, day: Day, *, most: int) -> Wording:
    said = texts.MONTH_TODAY if day.day == found.today else texts.MONTH_DAY
    left = len(day.trainings) - most
    named = [texts.MONTH_TRAINING(at=at, title=Own(_short(title))) for at, title in day.trainings[:most]]
    more = [texts.MONTH_MORE(left)] if left > 0 else []
    return said(day=day.day, what=Joined((*_visits(here, day), *named, *more, *day.plan), by="; "))


def _visits(here: Here, day: Day) -> list[Wording]:
    if not day.visits:
        return []
    teams = [texts.MONTH_OF_TEAM(team=_team(here, team), n=many) for team, many in day.visits]
    return [texts.MONTH_VISITS(day.count, teams=Joined(tuple(teams), by=", "))]


def _team(here: Here, key: str) -> Wording:
    """A team that the profile no longer has keeps its key: its visits count all the same."""
    return {team.key: team.name for team in here.centre.teams}.get(key, Own(key))


def _short(title: str) -> str:
    return title if len(title) <= TITLE else f"{title[: TITLE - 1].rstrip()}…"


def _turns(first: date) -> Rows:
    before, after = month.earlier(first), month.later(first)
    return ((Button(_to("‹ {}", before), _turn(before)), Button(_to("{} ›", after), _turn(after))),)


def _to(shape: str, first: date) -> Wording:
    left, _, right = shape.partition("{}")
    return Joined(tuple(part for part in (Own(left), _title(first), Own(right)) if part != Own("")), by="")


def _turn(first: date) -> Turned:
    return Turned(first.year, first.month)
