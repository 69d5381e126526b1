"""«Visits»: today's by time with district, number and what to mind, then the later ones; each one press away."""

from bot.core import risk, texts
from bot.core.buttons import Visit as Press
from bot.core.events import Message
from bot.core.lines import NOTHING, Joined, Wording, paragraphs, rows
from handlers import agenda, menu, visit_card
from handlers.here import Here, column, screen
from storage import cases, visits
from storage.people import Person
from storage.visits import Visit

MOST = 20


def shown(here: Here, me: Person) -> list[Message]:
    mine = visits.of_specialist(here.tx, me.id)[:MOST]
    today = [visit for visit in mine if _is_today(here, visit)]
    later = [visit for visit in mine if not _is_today(here, visit)]
    parts = [_part(here, texts.VISITS_TODAY, today), _part(here, texts.VISITS_LATER, later)]
    head = texts.YOUR_VISITS if mine else texts.NO_VISITS
    opens = column(*((_label(here, visit), Press(visit.id, visit.version, "show")) for visit in mine))
    return screen(
        here, me, menu.KEY, paragraphs(head, *parts), (*opens, *agenda.ways(here, me), *menu.back()), protect=True
    )


def _part(here: Here, head: Wording, planned: list[Visit]) -> Wording:
    return rows(head, *(_line(here, visit) for visit in planned)) if planned else NOTHING


def _line(here: Here, visit: Visit) -> Wording:
    case = cases.by_id(here.tx, visit.case_id)
    if case is None:
        return NOTHING
    district = here.centre.district(case.district).name
    line = texts.ROUTE_LINE(at=visit.starts_at, number=case.name, district=district)
    found = visit_card.risks(here, case, visit)
    marks = [texts.ROUTE_POLICE] if visit.escort or risk.with_police(found) else [texts.ROUTE_RISK] if found else []
    return Joined((line, *marks), by=" · ")


def _label(here: Here, visit: Visit) -> Wording:
    case = cases.by_id(here.tx, visit.case_id)
    return texts.VISIT_LINE(at=visit.starts_at, number=case.name) if case else NOTHING


def _is_today(here: Here, visit: Visit) -> bool:
    """What was to be yesterday and is still planned stands with today's: it must not be lost."""
    return here.centre.wall_clock(visit.starts_at).date() <= here.local.date()
