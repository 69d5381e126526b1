"""The guide: what most people come for, and the cover for the rest. Staff keep it true."""

import zlib
from datetime import date, timedelta

from bot.core import texts
from bot.core.access import HEADS
from bot.core.buttons import Amend, Enter, Read
from bot.core.centre import GuideItem, Words
from bot.core.events import Message, Refused, Rows, Send
from bot.core.filling import Draft
from bot.core.lines import NOTHING, Line, Sentence, Wording, paragraphs, rows
from handlers import menu
from handlers.here import Here, column, row, screen
from storage import due, guide, people
from storage.people import Person

CHECK = "guide_check"
WEEK = timedelta(days=7)


def sections(here: Here, me: Person) -> list[Message]:
    choices = column(*((section.name, Read(section.key, "")) for section in here.centre.guide_sections))
    checked = all(phone.verified_on for phone in here.centre.urgent_phones)
    text = paragraphs(texts.GUIDE_HEAD, menu.phones(here), NOTHING if checked else texts.PHONES_NOT_CHECKED)
    return screen(here, me, menu.KEY, text, (*choices, *row((texts.TO_MENU, Enter("menu")))))


def read(here: Here, me: Person, button: Read) -> list[Message]:
    """A section's items, or an item's text."""
    if not button.item:
        return _section(here, me, button.section)
    item = next((each for each in here.centre.guide if each.key == button.item), None)
    if item is None:
        return sections(here, me)
    return screen(here, me, menu.KEY, _text(here, item), _buttons(me, item))


def confirmed(here: Here, me: Person, item: str) -> list[Message]:
    """Staff say that the words still hold."""
    _owner(here, me, item)
    guide.confirm(here.tx, item, by=me.id, on=here.local.date(), now=here.now)
    return [Send(here.asker, texts.GUIDE_SAVED)]


def rewritten(here: Here, me: Person, draft: Draft) -> list[Message]:
    """The form's answer: new words, checked today."""
    item = next(each for each in here.centre.guide if number(each.key) == draft.subject_id)
    _owner(here, me, item.key)
    uk, en = draft.answers["uk"], draft.answers.get("en") or ""
    guide.rewrite(here.tx, item.key, uk=uk, en=en, by=me.id, on=here.local.date(), now=here.now)
    return [Send(here.asker, texts.GUIDE_SAVED), *screen(here, me, menu.KEY, _text(here, item), _buttons(me, item))]


def may_amend(here: Here, me: Person, item: str) -> int:
    """The number under which the form knows the item. Raises Refused."""
    _owner(here, me, item)
    return number(item)


def ask_owners(here: Here, version: int) -> list[Message]:
    """Once a week, whoever owns an item that was not checked for a quarter is asked to; then again in a week."""
    due.plan(here.tx, CHECK, 0, at=here.now + WEEK, version=version + 1)
    old = [item for item in here.centre.guide if _stale(here, _verified_on(here, item))]
    asked = {item.owner: [each for each in old if each.owner == item.owner] for item in old}
    return [
        Send(person.colleague, _ask(items), _items(items))
        for owner, items in asked.items()
        for person in people.team(here.tx, (owner,)) or people.team(here.tx, ("head",))
    ]


def number(key: str) -> int:
    """A stable number for the item, where a row or a button needs one."""
    return zlib.crc32(key.encode())


def _section(here: Here, me: Person, section: str) -> list[Message]:
    items = [item for item in here.centre.guide if item.section == section]
    return screen(here, me, menu.KEY, texts.GUIDE_HEAD, (*_items(items), *row((texts.TO_GUIDE, Enter("guide")))))


def _items(items: list[GuideItem]) -> Rows:
    return column(*((item.title, Read(item.section, item.key)) for item in items[:20]))


def _ask(items: list[GuideItem]) -> Wording:
    return rows(*(texts.GUIDE_CHECK(title=item.title) for item in items))


def _text(here: Here, item: GuideItem) -> Wording:
    kept = guide.amended(here.tx).get(item.key)
    words = Words(uk=kept.uk, en=kept.en or kept.uk) if kept and kept.uk else item.text
    return paragraphs(item.title, words, _checked(here, item))


def _checked(here: Here, item: GuideItem) -> Sentence | Line:
    """When it was checked; what was not says so, so that nobody comes in vain."""
    on = _verified_on(here, item)
    if on is None:
        return texts.GUIDE_NOT_CHECKED
    return (texts.GUIDE_OLD if _stale(here, on) else texts.GUIDE_CHECKED)(day=on)


def _verified_on(here: Here, item: GuideItem) -> date | None:
    kept = guide.amended(here.tx).get(item.key)
    return kept.verified_on if kept else item.verified_on


def _stale(here: Here, on: date | None) -> bool:
    return on is None or here.local.date() - on > timedelta(days=here.centre.guide_check_days)


def _buttons(me: Person, item: GuideItem) -> Rows:
    staff = row((texts.GUIDE_RIGHT, Amend(item.key, 1)), (texts.GUIDE_EDIT, Amend(item.key, 0))) if me.staff else ()
    return (*staff, *row((texts.TO_GUIDE, Read(item.section, ""))))


def _owner(here: Here, me: Person, key: str) -> None:
    """The item's owner and the head keep it. Raises Refused."""
    item = next((each for each in here.centre.guide if each.key == key), None)
    if item is None or not me.has(item.owner, *HEADS):
        raise Refused(texts.NOT_FOR_YOU)
