"""Where one gets from the pages of trainings: staff to programmes and plans, a carer to what is her own."""

from bot.core import texts
from bot.core.buttons import Behind, Enter, Imported, MyHours, MyPlan, Partner
from bot.core.events import Rows
from bot.core.lines import Line, Own
from handlers.here import Here, column, row
from storage import imported
from storage.imported import Waiting
from storage.people import Person

MOST = 12
"""Sessions of a table that are shown at once; the others follow when these are planned."""


def of_staff(here: Here) -> Rows:
    """What came from a table and waits for an invitation; programmes; who is behind."""
    waiting = imported.ahead(here.tx, now=here.now, most=MOST)
    lines = column(*((_line(each), Imported(each.id, "show")) for each in waiting))
    return (*lines, *row((texts.PROGRAMMES, Enter("programmes")), (texts.BEHIND, Behind(0))))


def of_carer(me: Person) -> Rows:
    if not me.carer:
        return ()
    return (
        *row((texts.MY_PLAN, MyPlan(0, 0)), (texts.ME_AND_PARTNER, Partner(0, "show"))),
        *row((texts.MY_HOURS, MyHours("quiet")), (texts.MY_ZONE, MyHours("zone"))),
    )


def _line(waiting: Waiting) -> Line:
    return texts.IMPORTED_LINE(at=waiting.starts_at, title=Own(waiting.title))
