"""Pages of one's own lists."""

from bot.core import texts
from bot.core.buttons import List
from bot.core.events import Button, Rows

A_PAGE = 8


def ways(what: str, page: int, *, more: bool) -> Rows:
    """Before and after, where there is any."""
    before = [Button(texts.PAGE_BEFORE, List(what, page - 1))] if page else []
    after = [Button(texts.PAGE_AFTER, List(what, page + 1))] if more else []
    return (tuple(before + after),) if before or after else ()
