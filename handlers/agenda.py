"""One's own dates outside the bot: as a file on request, and under a private address that a calendar app looks at."""

from datetime import datetime

from bot.core import agenda, texts
from bot.core.agenda import Agenda, Event
from bot.core.buttons import Enter, Feed
from bot.core.events import Delete, File, Message, Refused, Rows, Send, Toast
from bot.core.lines import NOTHING, Own, paragraphs
from handlers import menu
from handlers.here import Here, column, screen
from storage import agenda as dates
from storage import feeds
from storage.agenda import Met, Seated
from storage.people import Person

KEY = "calendar"
ADDRESS = "feed"
"""Under these keys the file and the address stand in the chat."""


def ways(here: Here, me: Person) -> Rows:
    """What the pages of visits and trainings offer: never less after the branch, or what is missing would tell."""
    has = bool(of(here, me).events)
    file = [(texts.TO_CALENDAR, Enter("calendar"))] if has else []
    feed = [(texts.FEED, Enter("feed"))] if here.public_url and (has or me.staff or me.carer) else []
    return column(*file, *feed)


def of(here: Here, me: Person) -> Agenda:
    """All that this person's calendar may know; nothing of the branch, whoever it is."""
    since = here.now - agenda.CALLED_OFF_FOR
    trainings = [_training(here, me, seated) for seated in dates.sessions(here.tx, me.id, since=since)]
    visits = [_visit(here, me, met) for met in _met(here, me, since)]
    return agenda.ahead((*trainings, *visits), here.centre.timezone, now=here.now)


def file(here: Here, me: Person) -> list[Message]:
    """The calendar as it is now."""
    mine = of(here, me)
    if not mine.events:
        return screen(here, me, menu.KEY, texts.NOTHING_PLANNED, menu.back())
    caption = paragraphs(texts.CALENDAR_CAPTION, texts.CALENDAR_NOT_ALL if me.staff else NOTHING)
    return [Delete(here.asker, KEY), File(here.asker, texts.CALENDAR_NAME, mine, caption, key=KEY)]


def page(here: Here, me: Person) -> list[Message]:
    """What a subscription is and who can read it, with the one press that makes, renews or ends it."""
    since = feeds.since(here.tx, me.id)
    if since is None and not here.public_url:
        return screen(here, me, menu.KEY, texts.NOTHING_PLANNED, menu.back())
    stands = texts.FEED_STANDS(at=since) if since else NOTHING
    not_all = texts.CALENDAR_NOT_ALL if me.staff else NOTHING
    return screen(here, me, menu.KEY, paragraphs(texts.FEED_PAGE, stands, not_all), _moves(here, since))


def pressed(here: Here, me: Person, button: Feed) -> list[Message]:
    match button.move:
        case "new" if here.public_url:
            return _renewed(here, me)
        case "end":
            feeds.end(here.tx, me.id)
            return [Delete(here.asker, ADDRESS), *screen(here, me, menu.KEY, texts.FEED_ENDED, menu.back())]
        case "new":
            return [Toast(texts.STALE)]
        case _:
            raise Refused(texts.STALE)


def _renewed(here: Here, me: Person) -> list[Message]:
    """The address is shown this once; the one before is dead, and goes from the chat."""
    address = f"{here.public_url}/calendar/{feeds.issue(here.tx, me.id, now=here.now)}.ics"
    text = texts.FEED_ADDRESS(address=Own(address), webcal=Own(f"webcal://{address.partition('://')[2]}"))
    stays = screen(here, me, menu.KEY, texts.FEED_PAGE, _moves(here, here.now))
    return [*stays, Delete(here.asker, ADDRESS), Send(here.asker, text, key=ADDRESS)]


def _moves(here: Here, since: datetime | None) -> Rows:
    new = [(texts.FEED_RENEW if since else texts.FEED_NEW, Feed("new"))] if here.public_url else []
    end = [(texts.FEED_END, Feed("end"))] if since else []
    return (*column(*new, *end), *menu.back())


def _met(here: Here, me: Person, since: datetime) -> list[Met]:
    of_work = dates.visits_of_work(here.tx, me.id, since=since) if me.staff else []
    return [*of_work, *dates.visits_at_home(here.tx, me.id, since=since)]


def _training(here: Here, me: Person, seated: Seated) -> Event:
    session = seated.session
    return Event(
        uid=dates.uid(here.tx, me.id, "session", session.id),
        version=session.version,
        title=texts.CALENDAR_TRAINING,
        starts_at=session.starts_at,
        ends_at=agenda.ends(session.starts_at, session.hours),
        place=Own(session.place),
        called_off=session.state != "planned",
        settled=seated.settled,
    )


def _visit(here: Here, me: Person, met: Met) -> Event:
    return Event(
        uid=dates.uid(here.tx, me.id, "visit", met.id),
        version=met.version,
        title=texts.CALENDAR_MEETING,
        starts_at=met.starts_at,
        ends_at=met.starts_at + agenda.VISIT_LASTS,
        called_off=met.state != "planned",
    )
