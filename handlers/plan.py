"""«Plan»: the year's plan of the staff, what is due when, and what came of it."""

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime, timedelta

from bot.core import plan, texts
from bot.core.access import HEADS
from bot.core.buttons import PlanItem, PlanPage, PlanSay
from bot.core.events import Button, Message, Refused, Rows, Toast
from bot.core.filling import Draft
from bot.core.lines import Line, Own, Wording, paragraphs, rows
from bot.core.plan import COUNTER, Due, Item
from handlers import menu, paging, plan_card
from handlers import plan_morning as mornings
from handlers.here import Here, row, screen
from storage import due
from storage import plan as kept
from storage.db import Transaction
from storage.people import Person

MORNING, AGAIN, IMPORTED = mornings.MORNING, mornings.AGAIN, mornings.IMPORTED
rung, told_anew, told_at, imported = mornings.rung, mornings.told_anew, mornings.told_at, mornings.imported
plan_morning = mornings.plan_morning
FORMS = {"note": "plan_note", "several": "plan_count", "happened": "plan_event"}
"""What a press begins a short form with."""
HEADINGS = {"week": texts.PLAN_HEAD_WEEK, "month": texts.PLAN_HEAD_MONTH, "late": texts.PLAN_HEAD_LATE}


def shown(here: Here, me: Person) -> list[Message]:
    return page(here, me, PlanPage("week", 0))


def page(here: Here, me: Person, pressed: PlanPage) -> list[Message]:
    """A list of what is due, or of the items of a section."""
    items = _mine(here, me, _items(here, pressed.what))
    if not items:
        return screen(here, me, menu.KEY, texts.PLAN_NONE(year=str(here.local.year)), menu.back(), protect=True)
    if pressed.what == "year":
        text = paragraphs(_heading(here, "year"), plan_card.tally(here, items))
        return screen(here, me, menu.KEY, text, (*_sections(items), *_views()), protect=True)
    if pressed.what.startswith("s"):
        found = [each for each in items if plan.section(each) == pressed.what[1:]]
        lines: list[tuple[Wording, PlanItem]] = [(_title(each), PlanItem(each.id, 0, 0)) for each in found]
    else:
        lines = [(_line(here, each), _card_of(each)) for each in _due(here, items, pressed.what)]
        lines += _happened(items) if pressed.what == "week" else []
    return screen(here, me, menu.KEY, *_page(here, items, pressed, lines), protect=True)


def card(here: Here, me: Person, pressed: PlanItem) -> list[Message]:
    """All of an item, and what can be said about the day or the event in front."""
    item = _item(here, me, pressed.item)
    text, ways = plan_card.shown(here, item, plan_card.front(here, item, pressed))
    return screen(here, me, menu.KEY, text, (*ways, *_views()), protect=True)


def said(here: Here, me: Person, pressed: PlanSay) -> list[Message]:
    """Done, not done, one more, or the mark taken back; the card shows it, and so does what stands in other chats."""
    item = _item(here, me, pressed.item)
    if not _say(here, me, item, pressed):
        return [Toast(texts.PLAN_STALE), *card(here, me, PlanItem(item.id, pressed.day, pressed.mark))]
    front = PlanItem(item.id, pressed.day, pressed.mark)
    return [*card(here, me, front), *mornings.kept_up(here)]


def subject(here: Here, me: Person, pressed: PlanSay) -> int:
    """Which row a short form is about: the mark for its note, else the item. Raises Refused."""
    item = _item(here, me, pressed.item)
    if pressed.move != "note":
        return item.id
    if pressed.mark not in (mark.id for mark in item.marks):
        raise Refused(texts.PLAN_STALE)
    return pressed.mark


def noted(here: Here, me: Person, draft: Draft) -> list[Message]:
    """The form's answer: a mark has a note."""
    found = kept.mark(here.tx, draft.subject_id)
    if found is None:
        raise Refused(texts.PLAN_STALE)
    _item(here, me, found.item_id)
    kept.note(here.tx, found.mark.id, str(draft.answers["words"]))
    day = found.mark.day.toordinal() if found.mark.day else 0
    return card(here, me, PlanItem(found.item_id, day, found.mark.id))


def counted(here: Here, me: Person, draft: Draft) -> list[Message]:
    """The form's answer: so many more, with a note."""
    item, given = _item(here, me, draft.subject_id), draft.answers
    words = str(given.get("words") or "")
    kept.count(here.tx, item.id, here.local.date(), given["amount"], words, by=me.id, now=here.now)
    return card(here, me, PlanItem(item.id, 0, 0))


def happened(here: Here, me: Person, draft: Draft) -> list[Message]:
    """The form's answer: what the item waits for has come, with a day by which it is to be done."""
    item, given = _item(here, me, draft.subject_id), draft.answers
    day = date.fromisoformat(given["day"]) if given.get("day") else None
    mark = kept.happened(here.tx, item.id, day, str(given.get("words") or ""), by=me.id, now=here.now)
    return [*card(here, me, PlanItem(item.id, 0, mark)), *mornings.kept_up(here)]


def _say(here: Here, me: Person, item: Item, pressed: PlanSay) -> bool:
    """Whether it could be said: a day or an event has one mark, whoever was first."""
    today = here.local.date()
    mark = next((each for each in item.marks if each.id == pressed.mark), None)
    match pressed.move:
        case "one" if item.row.rhythm.kind == COUNTER and not item.closed:
            return bool(kept.count(here.tx, item.id, today, 1, "", by=me.id, now=here.now))
        case "undo" if mark is not None:
            return kept.undo(here.tx, mark.id, now=here.now)
        case "done" | "not" as move:
            state = "done" if move == "done" else "not_done"
            if mark is not None:
                return kept.settle_event(here.tx, mark.id, state, by=me.id, now=here.now)
            day = next((each for each in item.row.rhythm.days if each.toordinal() == pressed.day), None)
            known = day is not None and not item.closed
            return bool(known and day and kept.settle(here.tx, item.id, day, state, by=me.id, now=here.now))
        case _:
            return False


def finish(tx: Transaction, import_id: int, year: int, now: datetime) -> None:
    """From now on this import is the plan of its year, and the bot beside it looks at what that changes today."""
    kept.finish(tx, import_id, now=now)
    due.plan(tx, IMPORTED, year, at=now)


# Lists


def _items(here: Here, what: str) -> list[Item]:
    """The plan of this year; of what is overdue also of the last one, and of both whose days the week has."""
    first, last = _week(here)
    year = here.local.year
    years = {"late": (year - 1, year), "week": range(first.year, last.year + 1)}.get(what, (year,))
    return [item for each in years for item in kept.items(here.tx, each)]


def _due(here: Here, items: Sequence[Item], what: str) -> list[Due]:
    today = here.local.date()
    if what == "late":
        return plan.overdue(items, today)
    return plan.between(items, *(plan.month(today) if what == "month" else _week(here)))


def _week(here: Here) -> tuple[date, date]:
    monday = here.local.date() - timedelta(days=here.local.weekday())
    return monday, monday + timedelta(days=6)


def _happened(items: Sequence[Item]) -> list[tuple[Wording, PlanItem]]:
    """What happened and was given no day stands in the week until it is done."""
    return [
        (
            texts.PLAN_HAS_HAPPENED(item=item.row.item, title=Own(item.row.title)),
            PlanItem(item.id, 0, mark.id),
        )
        for item in items
        for mark in plan.open_events(item)
    ]


def _page(
    here: Here, items: Sequence[Item], pressed: PlanPage, lines: Sequence[tuple[Wording, PlanItem]]
) -> tuple[Wording, Rows]:
    turn = max(pressed.page, 0)
    part = lines[turn * paging.A_PAGE : (turn + 1) * paging.A_PAGE]
    text = paragraphs(_heading(here, pressed.what), rows(*(line for line, _ in part)) if part else texts.PLAN_EMPTY)
    opens = _opens(items, [to for _, to in part])
    return text, (
        *(opens[start : start + 2] for start in range(0, len(opens), 2)),
        *_turns(pressed.what, turn, more=len(lines) > (turn + 1) * paging.A_PAGE),
        *_views(),
    )


def _opens(items: Sequence[Item], part: Sequence[PlanItem]) -> tuple[Button, ...]:
    """By the item's number; one that stands there for several days says which."""
    numbers, often = {item.id: item.row.item for item in items}, Counter(to.item for to in part)
    return tuple(
        Button(
            texts.PLAN_ITEM_ON(item=numbers[to.item], day=date.fromordinal(to.day))
            if to.day and often[to.item] > 1
            else texts.PLAN_ITEM(item=numbers[to.item]),
            to,
        )
        for to in part
    )


def _turns(what: str, turn: int, *, more: bool) -> Rows:
    before = [(texts.PAGE_BEFORE, PlanPage(what, turn - 1))] if turn else []
    after = [(texts.PAGE_AFTER, PlanPage(what, turn + 1))] if more else []
    return row(*before, *after) if before or after else ()


def _views() -> Rows:
    return (
        *row((texts.PLAN_WEEK, PlanPage("week", 0)), (texts.PLAN_MONTH, PlanPage("month", 0))),
        *row((texts.PLAN_YEAR, PlanPage("year", 0)), (texts.PLAN_LATE, PlanPage("late", 0))),
        *menu.back(),
    )


def _sections(items: Sequence[Item]) -> Rows:
    known = list(dict.fromkeys(plan.section(item) for item in items))
    each = tuple(Button(texts.PLAN_SECTION(section=one), PlanPage(f"s{one}", 0)) for one in known)
    return tuple(each[start : start + 2] for start in range(0, len(each), 2))


def _heading(here: Here, what: str) -> Wording:
    year = str(here.local.year)
    if what.startswith("s"):
        return texts.PLAN_HEAD_SECTION(year=year, section=what[1:])
    return HEADINGS.get(what) or texts.PLAN_HEAD_YEAR(year=year)


def _title(item: Item) -> Line:
    return texts.PLAN_TITLE(item=item.row.item, title=Own(item.row.title))


def _line(here: Here, of: Due) -> Wording:
    line = texts.PLAN_LINE(day=of.day, item=of.item.row.item, title=Own(of.item.row.title))
    return plan_card.stated(here, of, line)


def _card_of(of: Due) -> PlanItem:
    event = of.mark is not None and of.mark.kind == "event"
    return PlanItem(of.item.id, of.day.toordinal(), of.mark.id if event and of.mark else 0)


def _item(here: Here, me: Person, item_id: int) -> Item:
    """Raises Refused for an item that others answer for."""
    found = kept.of(here.tx, item_id)
    if found is None:
        raise Refused(texts.PLAN_STALE)
    if not _mine(here, me, [found]):
        raise Refused(texts.NOT_FOR_YOU)
    return found


def _mine(here: Here, me: Person, items: Sequence[Item]) -> list[Item]:
    """Those of one's roles; whoever leads sees all."""
    if me.has(*HEADS) or any(each.id == me.id for each in mornings.crew(here).leading()):
        return list(items)
    return [item for item in items if me.has(*item.row.roles)]
