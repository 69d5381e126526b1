"""An air-raid alarm, as somebody who answers for the centre notes it: while it sounds, nobody need be in touch."""

from bot.core import texts
from bot.core.buttons import Air
from bot.core.events import Message, Rows, Toast
from handlers import lease, sight
from handlers.here import Here, row
from storage import alarms
from storage.people import Person


def noted(here: Here, me: Person, *, on: bool) -> list[Message]:
    """Its beginning or its end; no case comes back to the queue in between."""
    news = alarms.begin(here.tx, "", by=me.id, now=here.now) if on else alarms.end(here.tx, "", now=here.now)
    if news:
        (lease.held if on else lease.resumed)(here)
    return [Toast(texts.AIR_ON if on else texts.AIR_OFF)]


def ways(here: Here, me: Person) -> Rows:
    if not sight.gives(me):
        return ()
    sounds = alarms.sounds(here.tx, "")
    return row((texts.AIR_CLEAR, Air(0)) if sounds else (texts.AIR_ALARM, Air(1)))
