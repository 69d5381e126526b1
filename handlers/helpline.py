"""Calls to the helpline: a topic, noted by one press, taken back by another."""

from bot.core import texts
from bot.core.buttons import Helpline
from bot.core.events import Message, Refused, Rows
from bot.core.lines import NOTHING, Wording, paragraphs, rows
from handlers import menu, records
from handlers.here import Here, column, screen
from storage import helpline
from storage.people import Person


def pressed(here: Here, me: Person, button: Helpline) -> list[Message]:
    match button.move:
        case "show":
            return _page(here, me)
        case "note":
            return _noted(here, me, button)
        case "undo":
            topic = helpline.undo(here.tx, button.row, by=me.id)
            said = texts.HELPLINE_UNDONE(topic=_name(here, topic)) if topic else texts.RECORD_GONE
            return _page(here, me, said)
        case _:
            raise Refused(texts.STALE)


def _noted(here: Here, me: Person, button: Helpline) -> list[Message]:
    """One call, however often the button was pressed before the page was there anew."""
    if button.topic not in (each.key for each in here.centre.helpline_topics):
        raise Refused(texts.STALE)
    row = helpline.note(here.tx, here.local.date(), button.topic, by=me.id, after=button.row)
    if row is None:
        return _page(here, me)
    back = column((texts.RECORD_UNDO, Helpline(row, "", "undo")))
    return _page(here, me, texts.HELPLINE_NOTED(topic=_name(here, button.topic)), back)


def _page(here: Here, me: Person, said: Wording = NOTHING, back: Rows = ()) -> list[Message]:
    last = helpline.newest(here.tx, by=me.id)
    topics = [(each.name, Helpline(last, each.key, "note")) for each in here.centre.helpline_topics]
    text = paragraphs(said, _today(here), texts.HELPLINE_PAGE)
    return screen(here, me, menu.KEY, text, (*back, *column(*topics), *records.back()), protect=True)


def _today(here: Here) -> Wording:
    """How many calls, and about what; by whom they were noted does not matter."""
    counts = helpline.by_topic(here.tx, here.local.date())
    lines = [texts.TIMES(label=_name(here, topic), n=number) for topic, number in counts.items()]
    return rows(texts.HELPLINE_TODAY(sum(counts.values())), *lines)


def _name(here: Here, topic: str) -> Wording:
    names = {each.key: each.name for each in here.centre.helpline_topics}
    return names.get(topic, texts.STEP_OTHER)
