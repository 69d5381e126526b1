"""The square code of a session: made for its trainer, and what happens to whoever scans it."""

from bot.core import doors, texts
from bot.core.agenda import ends
from bot.core.buttons import Enter, Poster, Teach
from bot.core.doors import Placard, Scanned
from bot.core.events import Delete, File, Message, Refused
from bot.core.lines import Own
from handlers import attendance, invited, menu, rsvp, trainings
from handlers.here import Here, column, screen
from storage import holdings
from storage import trainings as sessions
from storage.people import Person
from storage.trainings import Session


def pressed(here: Here, me: Person, button: Poster) -> list[Message]:
    session = sessions.by_id(here.tx, button.session)
    if session is None or session.state != "planned":
        raise Refused(texts.TRAINING_GONE)
    match button.move:
        case "invite" | "door":
            return _sheet(here, session, door=button.move == "door")
        case _:
            return _choice(here, me, session)


def scanned(here: Here, me: Person, found: Scanned) -> list[Message]:
    """The session's page, for a carer of its audience and for who holds trainings; others are told whom to ask."""
    session = sessions.by_id(here.tx, found.session)
    if session is None or not _holds(here, found, session):
        return [*screen(here, me, menu.KEY, texts.CODE_NOT_VALID, menu.back())]
    if me.may("button Teach"):
        return trainings.taught(here, me, Teach(session.id, session.version, "show"))
    if session.audience not in holdings.audiences(here.tx, me.id):
        return screen(here, me, menu.KEY, texts.NOT_OF_AUDIENCE, column((texts.GUIDE, Enter("guide"))))
    if found.kind == doors.DOOR:
        return attendance.arrived(here, me, session)
    rsvp.invited_too(here, session, me)
    return screen(here, me, invited.key(session), *invited.seen(here, me.id, session))


def _holds(here: Here, found: Scanned, session: Session) -> bool:
    """An invitation until the session is over; the code at the door only around the time itself."""
    key, over = here.tx.vault.derived(doors.PURPOSE), ends(session.starts_at, session.hours)
    if session.state != "planned":
        return False
    if doors.invites(key, found):
        return here.now < over
    day = here.centre.wall_clock(session.starts_at).date()
    at_door = doors.opens(key, found, version=session.version, day=day)
    return at_door and doors.is_open(session.starts_at, over, now=here.now)


def _choice(here: Here, me: Person, session: Session) -> list[Message]:
    ways = column(
        (texts.POSTER_INVITE, Poster(session.id, "invite")),
        (texts.POSTER_DOOR, Poster(session.id, "door")),
        (texts.BACK, Teach(session.id, session.version, "show")),
    )
    text = texts.POSTER_WHICH(title=Own(session.title), at=session.starts_at)
    return screen(here, me, f"teach:{session.id}", text, ways)


def _sheet(here: Here, session: Session, *, door: bool) -> list[Message]:
    """A document and no photo: it is for the printer."""
    key = here.tx.vault.derived(doors.PURPOSE)
    day = here.centre.wall_clock(session.starts_at).date()
    start = doors.code(key, session.id, session.version, day) if door else doors.invitation(key, session.id)
    line = texts.POSTER_SCAN_DOOR if door else texts.POSTER_SCAN
    placard = Placard(Own(session.title), texts.POSTER_AT(at=session.starts_at), Own(session.place), line, start)
    caption = (texts.POSTER_CAPTION_DOOR if door else texts.POSTER_CAPTION)(
        title=Own(session.title), at=session.starts_at
    )
    name = texts.POSTER_FILE_DOOR if door else texts.POSTER_FILE
    under = f"poster:{session.id}:{'door' if door else 'invite'}"
    return [Delete(here.asker, under), File(here.asker, name, placard, caption, key=under)]
