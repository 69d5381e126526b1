"""«Another time»: what is free, offered to the resident; the press that takes it moves the visit."""

from datetime import UTC, date, datetime, timedelta

from bot.core import slots, texts
from bot.core.buttons import Slot
from bot.core.buttons import Visit as Press
from bot.core.calendar import DAY
from bot.core.cases import Case
from bot.core.events import Message, Refused, Rows, Show
from bot.core.lines import NOTHING, Line, Wording, paragraphs
from handlers import tasks, visit_card, visits
from handlers.here import Here, column
from storage import rosters, series
from storage import visits as planned
from storage.people import Person
from storage.visits import Visit

NONE = 0
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
LATEST = 10**8
"""Minutes since 1970 that are still a date."""


def asked(here: Here, me: Person, button: Press) -> list[Message]:
    """What is free; without any, and from the branch, the specialist offers another time, as a person does."""
    case, visit = visits.hers(here, me, button.visit)
    times = _times(here, visit) if _may_choose(here, case, visit) else []
    if not times or planned.answer(here.tx, visit.id, "other", version=button.version) is None:
        return visits.pressed(here, me, button)
    return [_offer(here, visit, times), visits.says(case, visit, texts.SHE_ASKS_ANOTHER)]


def pressed(here: Here, me: Person, button: Slot) -> list[Message]:
    case, visit = visits.hers(here, me, button.visit)
    if not planned.stands(here.tx, visit.id, button.version) or not _may_choose(here, case, visit):
        return visits.stands_now(here, visit)
    if button.minute == NONE:
        return _none_suits(here, case, visit)
    moved = _taken(here, visit, button)
    return _arranged(here, case, visit, moved) if moved else _gone(here, case, visit)


def _may_choose(here: Here, case: Case, visit: Visit) -> bool:
    """From the branch nothing about a visit stands in a chat, what was withdrawn rests, and who is coming comes."""
    ahead = here.now < visit.starts_at and visit.on_way_at is None
    return ahead and not case.branch and case.withdrawn_at is None


def _taken(here: Here, visit: Visit, button: Slot) -> Visit | None:
    if not 0 < button.minute < LATEST:
        raise Refused(texts.VISIT_STALE)
    at = EPOCH + timedelta(minutes=button.minute)
    if not slots.offered(here.centre, at, here.now) or here.centre.wall_clock(at).date() in _away(here, visit):
        return None
    lasts = slots.length(here.centre)
    return planned.move_to_slot(here.tx, visit.id, version=button.version, starts_at=at, lasts=lasts)


def _arranged(here: Here, case: Case, was: Visit, visit: Visit) -> list[Message]:
    """She has chosen: both know, in the message where she pressed, and reminders are those of the new time."""
    if was.series_id is not None and was.series_day is not None:
        series.differs(here.tx, was.series_id, was.series_day, "moved")
    tasks.came_about(here, case.id, tasks.RESULT)
    visits.reminds(here, case, visit)
    said = texts.SLOT_YOURS(at=visit.starts_at)
    shown = Show(here.asker, visit_card.key(visit), said, visits.rsvp(visit, but="home"))
    return [shown, visits.says(case, visit, texts.SHE_CHOSE)]


def _gone(here: Here, case: Case, visit: Visit) -> list[Message]:
    """Somebody was quicker, or the day has come: what is free now."""
    times = _times(here, visit)
    return [_offer(here, visit, times, texts.SLOT_TAKEN)] if times else _none_suits(here, case, visit)


def _none_suits(here: Here, case: Case, visit: Visit) -> list[Message]:
    """A person has to talk to her, before the time that still stands: that is a task."""
    tasks.next_step(here, case, "call", min(tasks.in_working_days(here, 1), visit.starts_at))
    shown = Show(here.asker, visit_card.key(visit), texts.THANKS_ANOTHER, visits.rsvp(visit, but="other"))
    return [shown, visits.says(case, visit, texts.NONE_SUITS)]


def _offer(here: Here, visit: Visit, times: list[datetime], above: Wording = NOTHING) -> Message:
    return Show(here.asker, visit_card.key(visit), paragraphs(above, texts.WHICH_TIME), _ways(visit, times))


def _ways(visit: Visit, times: list[datetime]) -> Rows:
    at = (visit.id, visit.version)
    free = [(Line("{at}", {"at": each}), Slot(*at, int((each - EPOCH) / timedelta(minutes=1)))) for each in times]
    return column(*free, (texts.NONE_OF_THESE, Slot(*at, NONE)))


def _times(here: Here, visit: Visit) -> list[datetime]:
    busy = [each.starts_at for each in planned.of_specialist(here.tx, visit.specialist_id)]
    return slots.free(here.centre, busy, here.now, away=_away(here, visit))


def _away(here: Here, visit: Visit) -> set[date]:
    """Days on which whoever goes is on leave, and those of the family's other visits."""
    days = [here.local.date() + n * DAY for n in range(1, slots.AHEAD + 1)]
    others = [each for each in planned.all_of_case(here.tx, visit.case_id) if each.id != visit.id]
    theirs = {here.centre.wall_clock(each.starts_at).date() for each in others}
    return theirs | {day for day in days if visit.specialist_id in rosters.away(here.tx, day)}
