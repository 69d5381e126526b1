"""«Centre news»: what anybody may join and leave by their own choice. Only this lets the centre write to them."""

from bot.core import texts
from bot.core.buttons import Campaign, Enter
from bot.core.centre import Campaign as Offered
from bot.core.events import Message, Refused, Rows
from bot.core.lines import NOTHING, Own, Wording, paragraphs
from handlers import menu
from handlers.here import Here, column, row, screen, to_entry
from storage import subscribers
from storage.people import Person


def way(here: Here) -> Rows:
    """The button to it, where the centre has such news."""
    return row((texts.CENTRE_NEWS, Enter("news"))) if here.centre.campaigns else ()


def page(here: Here, me: Person) -> list[Message]:
    joined = {each.campaign for each in subscribers.of_person(here.tx, me.id)}
    opens = column(*((_label(each, joined), Campaign(each.key, "show")) for each in here.centre.campaigns))
    return screen(here, me, menu.KEY, texts.CENTRE_NEWS_PAGE, (*opens, *menu.back()))


def pressed(here: Here, me: Person, button: Campaign) -> list[Message]:
    """What is no longer offered can still be left."""
    if button.move in ("leave", "stop"):
        subscribers.leave(here.tx, me.id, button.campaign)
    offered = here.centre.campaign(button.campaign)
    if button.move == "stop":
        name = offered.name if offered else Own(button.campaign)
        return screen(here, me, menu.KEY, texts.NEWS_LEFT(name=name), (*way(here), *menu.back()))
    if offered is None:
        raise Refused(texts.STALE)
    if button.move == "join":
        subscribers.join(here.tx, me.id, offered.key, now=here.now)
    return _one(here, me, offered)


def stop(campaign: str) -> Rows:
    """Under every message of it."""
    return row((texts.NEWS_NO_MORE, Campaign(campaign, "stop")))


def _one(here: Here, me: Person, offered: Offered) -> list[Message]:
    """What one would get, and that it shows on the lock screen, before one joins."""
    joined = subscribers.joined(here.tx, me.id, offered.key)
    about = texts.NEWS_ABOUT(name=offered.name, about=offered.about)
    text = paragraphs(about, texts.NEWS_ON_LOCK_SCREEN, texts.NEWS_YOU_JOINED if joined else NOTHING)
    label, move = (texts.NEWS_LEAVE, "leave") if joined else (texts.NEWS_JOIN, "join")
    ways = (*row((label, Campaign(offered.key, move))), *to_entry(texts.CENTRE_NEWS, "news"), *menu.back())
    return screen(here, me, menu.KEY, text, ways)


def _label(offered: Offered, joined: set[str]) -> Wording:
    return texts.NEWS_JOINED_MARK(name=offered.name) if offered.key in joined else offered.name
