"""A carer's own hours: when not to disturb her, and by whose clock she lives."""

from datetime import time

from bot.core import texts, zones
from bot.core.buttons import Enter, MyHours
from bot.core.events import Message, Refused
from bot.core.filling import Draft
from bot.core.lines import Line, Wording, paragraphs
from bot.core.reminders import clock
from bot.core.zones import BY_KEY, COUNTRIES, NEVER, QUIET
from handlers import menu, plan_warnings, rsvp
from handlers.here import Here, column, row, screen
from storage import learners, people, trainings
from storage.people import Person


def pressed(here: Here, me: Person, button: MyHours) -> list[Message]:
    """A page of choices, or one of them; typed hours are a form, begun by the router."""
    match button.move.partition("."):
        case ("quiet", _, ""):
            return _quiet(here, me)
        case ("quiet", _, key):
            return _kept(here, me, zone=me.zone, quiet=_chosen(key))
        case ("zone", _, ""):
            return _zones(here, me)
        case ("zone", _, key) if key in BY_KEY:
            zone = BY_KEY[key].zone
            return _kept(here, me, zone=None if zone == here.centre.timezone else zone, quiet=_own(me), then="zone")
        case _:
            raise Refused(texts.STALE)


def typed(here: Here, me: Person, draft: Draft) -> list[Message]:
    start, end = (time.fromisoformat(draft.answers[name]) for name in ("start", "end"))
    return _kept(here, me, zone=me.zone, quiet=(start.hour * 60 + start.minute, end.hour * 60 + end.minute))


def lines(me: Person) -> list[Wording]:
    """What is held of it, for the person's own file."""
    own = _own(me)
    quiet = [texts.FILE_HOURS_OWN(start=clock(own[0]), end=clock(own[1]))] if own else []
    country = zones.of(me.zone)
    return [*quiet, *([texts.FILE_ZONE(zone=country.name)] if country else [])]


def _quiet(here: Here, me: Person) -> list[Message]:
    start, end = here.centre.quiet
    choices: list[tuple[Wording, MyHours]] = [
        (texts.HOURS_OF_CENTRE(start=start, end=end), MyHours("quiet.centre")),
        *((_from_to(quiet), MyHours(f"quiet.{key}")) for key, quiet in QUIET.items()),
        (texts.HOURS_NEVER, MyHours("quiet.never")),
        (texts.HOURS_TYPED, MyHours("typed")),
    ]
    return screen(here, me, menu.KEY, _as_it_is(here, me), (*column(*choices), *row((texts.BACK, Enter("visits")))))


def _zones(here: Here, me: Person) -> list[Message]:
    mine = zones.of(me.zone or here.centre.timezone)
    text = paragraphs(texts.MY_ZONE_PAGE, texts.MY_ZONE_IS(country=mine.name)) if mine else texts.MY_ZONE_PAGE
    choices = column(*((country.name, MyHours(f"zone.{country.key}")) for country in COUNTRIES))
    return screen(here, me, menu.KEY, text, (*choices, *row((texts.BACK, Enter("visits")))))


def _kept(
    here: Here, me: Person, *, zone: str | None, quiet: tuple[int, int] | None, then: str = "quiet"
) -> list[Message]:
    """Stored; what is still to ring rings by it, and what has rung does not ring again."""
    people.keep_hours(here.tx, me.id, zone=zone, quiet=quiet)
    now_is = people.person(here.tx, me.id)
    for session in trainings.ahead_for(here.tx, me.id, now=here.now):
        rsvp.shift_reminders_of(here, session, now_is)
    for mine in learners.of_person(here.tx, me.id):
        known = learners.known(here.tx, mine.id)
        if known is not None:
            plan_warnings.shifted(here, known)
    return _zones(here, now_is) if then == "zone" else _quiet(here, now_is)


def _as_it_is(here: Here, me: Person) -> Wording:
    own = _own(me)
    start, end = (clock(own[0]), clock(own[1])) if own else here.centre.quiet
    return texts.MY_HOURS_NEVER if start == end else texts.MY_HOURS_PAGE(start=start, end=end)


def _own(me: Person) -> tuple[int, int] | None:
    return None if me.quiet_from is None or me.quiet_to is None else (me.quiet_from, me.quiet_to)


def _chosen(key: str) -> tuple[int, int] | None:
    if key == "centre":
        return None
    if key != "never" and key not in QUIET:
        raise Refused(texts.STALE)
    return QUIET.get(key, NEVER)


def _from_to(quiet: tuple[int, int]) -> Line:
    return texts.HOURS_FROM_TO(start=clock(quiet[0]), end=clock(quiet[1]))
