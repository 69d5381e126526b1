"""The day centre: who arrives takes places for some days, and leaves; how many there are, never who."""

from datetime import date, timedelta

from bot.core import stays as places
from bot.core import texts
from bot.core.buttons import Stay
from bot.core.centre import DayCentre
from bot.core.events import Message, Refused
from bot.core.filling import Draft
from bot.core.forms import day_of
from bot.core.lines import NOTHING, Line, Wording, paragraphs, rows
from handlers import menu, records
from handlers.here import Here, column, screen
from storage import activities
from storage.activities import Activity
from storage.people import Person

LONGEST = timedelta(days=366)
"""No stay that began earlier is looked at."""


def pressed(here: Here, me: Person, button: Stay) -> list[Message]:
    if button.move == "page":
        return _page(here, me)
    stay = activities.by_id(here.tx, button.row)
    if stay is None or stay.kind != activities.STAY:
        return _page(here, me, texts.RECORD_GONE)
    match button.move:
        case "show":
            return _card(here, me, stay)
        case "ends":
            return _ends(here, me, stay)
        case "on":
            return _goes_on(here, me, stay, button.days)
        case "undo":
            gone = activities.undo(here.tx, stay.id, by=me.id, now=here.now)
            return _page(here, me, texts.STAY_UNDONE if gone else texts.RECORD_GONE)
        case _:
            raise Refused(texts.STALE)


def arrived(here: Here, me: Person, draft: Draft) -> list[Message]:
    """The form's answer: they stay, if there is room for them on every day."""
    given = draft.answers
    wanted = places.Stay(day_of(given, here.local.date()), given["days"], given["persons"])
    if full := _full(here, wanted):
        return _page(here, me, full)
    row = activities.note(
        here.tx,
        day=wanted.first,
        kind=activities.STAY,
        title=given["route"],
        persons=wanted.persons,
        items=wanted.days,
        by=me.id,
        now=here.now,
    )
    stay = activities.by_id(here.tx, row)
    return _card(here, me, stay, texts.RECORD_NOTED) if stay else _page(here, me)


def _ends(here: Here, me: Person, stay: Activity) -> list[Message]:
    """They leave today; the number of days that were meant stands in the button that takes it back."""
    meant, today = _of(stay), here.local.date()
    if not meant.covers(today) or not activities.lasts(here.tx, stay.id, meant.until(today), instead_of=meant.days):
        return _page(here, me, texts.RECORD_GONE)
    said = texts.STAY_ENDED if meant.first < today else texts.STAY_ENDED_FIRST_DAY
    back = ((texts.STAY_GOES_ON, Stay(stay.id, meant.days, "on")),) if meant.until(today) < meant.days else ()
    return _page(here, me, said, *back)


def _goes_on(here: Here, me: Person, stay: Activity, days: int) -> list[Message]:
    """As many days as before, if nobody has taken the place meanwhile."""
    now = _of(stay)
    wanted = places.Stay(now.first, days, now.persons)
    if not now.days < days <= _house(here).days:
        raise Refused(texts.STALE)
    if full := _full(here, wanted, but=stay.id):
        return _page(here, me, full)
    activities.lasts(here.tx, stay.id, days, instead_of=now.days)
    changed = activities.by_id(here.tx, stay.id) or stay
    return _card(here, me, changed, texts.RECORD_NOTED)


def _page(here: Here, me: Person, said: Wording = NOTHING, *more: tuple[Wording, Stay]) -> list[Message]:
    """How many places are taken, and each stay by its days."""
    house, today = _house(here), here.local.date()
    every = _stays(here)
    taken = places.taken([_of(each) for each in every], today)
    ahead = [(_line(each), Stay(each.id, 0, "show")) for each in every if _of(each).last >= today]
    ways = (*column(*more, (texts.STAY_NEW, Stay(0, 0, "arrive")), *ahead), *records.back())
    head = texts.DAY_CENTRE_NOW(house.places, taken=taken)
    return screen(here, me, menu.KEY, paragraphs(said, head, texts.DAY_CENTRE_PAGE), ways, protect=True)


def _card(here: Here, me: Person, stay: Activity, said: Wording = NOTHING) -> list[Message]:
    """How they came, and what can be said: they leave, or, by whoever noted it, it was a mistake."""
    of = _of(stay)
    route = texts.STAY_ROUTES.get(stay.title)
    text = rows(_line(stay), texts.STAY_CAME(route=route) if route else NOTHING)
    ends = [(texts.STAY_ENDS, Stay(stay.id, 0, "ends"))] if of.covers(here.local.date()) else []
    undo = [(texts.RECORD_UNDO, Stay(stay.id, 0, "undo"))] if stay.made_by == me.id else []
    ways = (*column(*ends, *undo, (texts.DAY_CENTRE, Stay(0, 0, "page"))), *records.back())
    return screen(here, me, menu.KEY, paragraphs(said, text), ways, protect=True)


def _full(here: Here, wanted: places.Stay, but: int = 0) -> Wording | None:
    """Why there is no room; None when there is."""
    house = _house(here)
    others = [_of(each) for each in _stays(here, wanted.first) if each.id != but]
    crowd = places.too_many(others, wanted, house.places)
    return texts.STAY_FULL(house.places, day=crowd[0], taken=crowd[1]) if crowd else None


def _stays(here: Here, day: date | None = None) -> list[Activity]:
    """All that may last until that day or today, or begin later."""
    since = (day or here.local.date()) - LONGEST
    return list(activities.stays(here.tx, since=since))


def _house(here: Here) -> DayCentre:
    """Raises Refused where the centre has none."""
    if here.centre.day_centre is None:
        raise Refused(texts.STALE)
    return here.centre.day_centre


def _of(stay: Activity) -> places.Stay:
    return places.Stay(stay.day, stay.items or 1, stay.persons or 1)


def _line(stay: Activity) -> Line:
    of = _of(stay)
    if of.days == 1:
        return texts.STAY_OF_A_DAY(first=of.first, persons=texts.PERSONS(of.persons))
    return texts.STAY_LINE(first=of.first, last=of.last, persons=texts.PERSONS(of.persons))
