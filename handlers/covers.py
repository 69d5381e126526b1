"""What a push to her looks like: an item of the guide that she chose, or that the guide has an update (S09)."""

from bot.core import discretion, texts
from bot.core.buttons import Enter, Read
from bot.core.centre import Centre
from bot.core.events import Rows
from bot.core.lines import Wording
from handlers.here import row


def shown(centre: Centre, cover: str) -> tuple[Wording, Rows]:
    """The words of the push and what pressing opens: the item itself, never a question for a code."""
    item = next((each for each in discretion.covers(centre) if each.key == cover), None)
    if item is None:
        return texts.GUIDE_UPDATED, row((texts.GUIDE_OPEN, Enter("guide")))
    return texts.GUIDE_ITEM_NEW(title=item.title), row((texts.GUIDE_OPEN, Read(item.section, item.key)))


def key(case_id: int) -> str:
    """One cover a case in the chat: the next one takes its place."""
    return f"cover:{case_id}"
