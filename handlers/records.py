"""«Records»: what is no case and the report counts: calls, stays at the day centre, information work."""

from bot.core import texts
from bot.core.buttons import Helpline, Information, Stay
from bot.core.events import Message, Rows
from handlers import menu
from handlers.here import Here, column, screen, to_entry
from storage.people import Person


def shown(here: Here, me: Person) -> list[Message]:
    place = ((texts.DAY_CENTRE, Stay(0, 0, "page")),) if here.centre.day_centre else ()
    ways = ((texts.HELPLINE, Helpline(0, "", "show")), *place, (texts.INFORMATION, Information(0, "page")))
    return screen(here, me, menu.KEY, texts.RECORDS_PAGE, (*column(*ways), *menu.back()), protect=True)


def back() -> Rows:
    return to_entry(texts.TO_RECORDS, "records")
