"""«Month»: what the whole centre has in it, as a picture and as text; no names, no numbers of cases."""

from datetime import date

from bot.core import month, texts
from bot.core import plan as rules
from bot.core.buttons import Enter
from bot.core.buttons import Month as Turned
from bot.core.events import Button, Delete, File, Message, Refused, Rows, Send
from bot.core.lines import Joined, Own, Wording, paragraphs, rows
from bot.core.month import Day, Month, Picture
from handlers import menu
from handlers.here import Here, row
from storage import month as dates
from storage import plan
from storage.people import Person

KEY = "month"
YEARS = range(2020, 2100)
MONTHS = 12
ROOM = 3500
"""Letters; Telegram takes 4096 a message (Bot API, sendMessage)."""
A_DAY, A_TEAM, A_TRAINING, A_DATE, TITLE = 36, 44, 22, 60, 48
"""About how many the head of a day, a team, the frame of a training, a date of the plan take; a title at most."""


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
        plan=[(due.day, texts.PLAN_ITEM(item=due.item.row.item)) for due in _of_plan(here, first)],
    )


def _of_plan(here: Here, first: date) -> list[rules.Due]:
    """By their numbers: a title may be long, and may name what is not for everybody's eyes."""
    return rules.between(plan.items(here.tx, first.year), *rules.month(first))


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
    """By day; where that would be more than a message holds, days are counts, and teams stand below in all."""
    full = sum(_letters(day) for day in found.days) > ROOM
    say = _counts if full else _whole
    lines = [_line(found, day, say(here, day)) for day in found.days if not day.empty]
    in_all = [_of_teams(here, found.teams)] if full else []
    return paragraphs(_title(found.first), rows(*lines) if lines else texts.MONTH_EMPTY, *in_all)


def _letters(day: Day) -> int:
    """About how many the day takes when everything is named; a day with nothing takes none."""
    titles = sum(A_TRAINING + min(len(title), TITLE) for _, title in day.trainings)
    return 0 if day.empty else A_DAY + A_TEAM * len(day.visits) + titles + A_DATE * len(day.plan)


def _line(found: Month, day: Day, what: list[Wording]) -> Wording:
    said = texts.MONTH_TODAY if day.day == found.today else texts.MONTH_DAY
    return said(day=day.day, what=Joined(tuple(what), by="; "))


def _whole(here: Here, day: Day) -> list[Wording]:
    visits = [texts.MONTH_VISITS(day.count, teams=_of_teams(here, day.visits))] if day.visits else []
    named = [texts.MONTH_TRAINING(at=at, title=Own(_short(title))) for at, title in day.trainings]
    return [*visits, *named, *day.plan]


def _counts(_: Here, day: Day) -> list[Wording]:
    visits = [texts.MONTH_VISITS_ALL(day.count)] if day.visits else []
    trainings = [texts.MONTH_TRAININGS(len(day.trainings))] if day.trainings else []
    plan = [texts.MONTH_DATES(len(day.plan))] if day.plan else []
    return [*visits, *trainings, *plan]


def _of_teams(here: Here, teams: tuple[tuple[str, int], ...]) -> Wording:
    return Joined(tuple(texts.MONTH_OF_TEAM(team=_team(here, team), n=many) for team, many in teams), by=", ")


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
