"""An air-raid alarm, as somebody who answers for the centre notes it, everywhere or in one district.

While it sounds nobody need be in touch and nobody is reminded. Afterwards what was to begin meanwhile gets new times.
"""

from datetime import datetime

from bot.core import texts
from bot.core.buttons import Air, Teach
from bot.core.centre import UNKNOWN
from bot.core.events import Message, Rows, Send, Toast
from bot.core.lines import NOTHING, Wording
from handlers import lease, menu, sight, visit_card, visits
from handlers.here import Here, column, row, screen
from storage import alarms, cases, people, trainings
from storage import visits as planned
from storage.people import Person
from storage.trainings import Session
from storage.visits import Visit


def noted(here: Here, me: Person, button: Air) -> list[Message]:
    """Its beginning or its end; no case comes back to the queue in between."""
    if button.move == "on":
        if alarms.begin(here.tx, button.district, by=me.id, now=here.now):
            lease.held(here, district=button.district)
        return [Toast(texts.AIR_ON)]
    began = alarms.end(here.tx, button.district, now=here.now)
    if began is None:
        return [Toast(texts.AIR_OFF)]
    lease.resumed(here, district=button.district)
    return [Toast(texts.AIR_OFF), *_afterwards(here, button.district, began)]


def asked(here: Here, me: Person) -> list[Message]:
    """In which district: those where it sounds can be cleared, the others begin."""
    each = column(*(_of(here, key, name) for key, name in _districts(here)))
    return screen(here, me, menu.KEY, texts.AIR_WHERE, (*each, *menu.back()), protect=True)


def ways(here: Here, me: Person) -> Rows:
    if not sight.gives(me):
        return ()
    pick = row((texts.AIR_IN_DISTRICT, Air("pick", ""))) if len(_districts(here)) > 1 else ()
    return (*row(_of(here, "", NOTHING)), *pick)


def _of(here: Here, district: str, name: Wording) -> tuple[Wording, Air]:
    sounds = alarms.begun(here.tx, district)
    words = texts.AIR_CLEAR if sounds else texts.AIR_ALARM
    label = texts.AIR_AT(what=words, district=name) if district else words
    return label, Air("off" if sounds else "on", district)


def _districts(here: Here) -> list[tuple[str, Wording]]:
    return [(each.key, each.name) for each in here.centre.districts if each.key != UNKNOWN]


def _afterwards(here: Here, district: str, began: datetime) -> list[Message]:
    """What was to begin while it sounded, and did not."""
    missed = planned.missed(here.tx, district, since=began, until=here.now)
    sessions = trainings.between(here.tx, district, since=began, until=here.now)
    return [
        *(message for visit in missed for message in _new_time(here, visit)),
        *(message for session in sessions for message in _of_session(here, session)),
    ]


def _new_time(here: Here, visit: Visit) -> list[Message]:
    """Whoever goes can move it at once; the resident is asked for another time, as she may be."""
    case = cases.by_id(here.tx, visit.case_id)
    if case is None:
        return []
    said = texts.VISIT_IN_ALARM_STAFF(number=case.name, at=visit.starts_at)
    ways = visit_card.ways(here, case, visit)
    mine = Send(visit.specialist_id, said, ways, key=visit_card.key(visit), protect=True)
    return [mine, *visits.asks_anew(here, case, visit, texts.VISIT_IN_ALARM(at=visit.starts_at))]


def _of_session(here: Here, session: Session) -> list[Message]:
    trainer = people.person(here.tx, session.made_by)
    at = (session.id, session.version)
    ways = row((texts.MOVE, Teach(*at, "move")), (texts.CALL_OFF, Teach(*at, "cancel")))
    said = texts.TRAINING_IN_ALARM(at=session.starts_at)
    return [Send(trainer.colleague, said, ways, key=f"teach:{session.id}")] if trainer.staff else []
