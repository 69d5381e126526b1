"""An item of the plan: what it says, who answers for it, its days, and what can be said about the one in front."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.core import plan, texts
from bot.core.buttons import PlanItem, PlanSay
from bot.core.events import Rows
from bot.core.lines import NOTHING, Joined, Line, Own, Wording, paragraphs, rows
from bot.core.plan import COUNTER, TRIGGER, Due, Item, Mark
from handlers import menu
from handlers.here import Here, column, row

AROUND, NOTES = 3, 3
"""Days before and after now; and the last notes."""
ONE_MORE = Own("+1")


@dataclass(frozen=True, slots=True)
class Front:
    """What a press is about: one of the item's days, or something that happened, or what was counted last."""

    day: date | None
    mark: Mark | None

    @property
    def open(self) -> bool:
        return self.mark is None or self.mark.state == "open"


def front(here: Here, item: Item, pressed: PlanItem) -> Front | None:
    """What was pressed, if it is still there; else what is next."""
    mark = next((each for each in item.marks if each.id == pressed.mark), None)
    if mark is not None:
        return Front(mark.day, mark)
    own = [each for each in plan.dues([item]) if each.mark is None or each.mark.kind == "date"]
    due = next((each for each in own if each.day.toordinal() == pressed.day), None)
    return Front(due.day, due.mark) if due else _next(here, item)


def shown(here: Here, item: Item, at: Front | None) -> tuple[Wording, Rows]:
    text = paragraphs(
        _head(item),
        texts.PLAN_IS_CLOSED if item.closed else NOTHING,
        rows(*_days(here, item)),
        _tally(here, item),
        rows(*_notes(item)),
        texts.PLAN_WAITS if item.row.rhythm.kind == TRIGGER and not item.closed else NOTHING,
        _about(at),
    )
    return text, (*_answers(item, at), *_begins(item))


def stated(here: Here, of: Due, line: Line) -> Line:
    """The line with what came of it, if anything did."""
    state = "late" if of.late(here.local.date()) else of.state
    return texts.PLAN_WITH_STATE(line=line, state=texts.PLAN_STATES[state]) if state in texts.PLAN_STATES else line


def tally(here: Here, items: Sequence[Item]) -> Line:
    """Of all these items together."""
    every = plan.figures(items, here.local.date())
    return texts.PLAN_TALLY(
        done=sum(each.done for each in every),
        not_done=sum(each.not_done for each in every),
        overdue=sum(each.overdue for each in every),
        ahead=sum(each.ahead for each in every),
    )


def _next(here: Here, item: Item) -> Front | None:
    """The oldest that is overdue, else the next; of what is counted what was counted today."""
    today = here.local.date()
    last = next((mark for mark in reversed(item.marks) if mark.kind == "count" and mark.day == today), None)
    if last is not None:
        return Front(last.day, last)
    waits = [each for each in plan.dues([item]) if each.late(today) or (each.state == "open" and each.day >= today)]
    if waits:
        return Front(waits[0].day, waits[0].mark)
    return next((Front(None, mark) for mark in plan.open_events(item)), None)


def _head(item: Item) -> Wording:
    roles = Joined(tuple(menu.ROLE_NAMES[role] for role in item.row.roles), by=", ")
    return rows(
        texts.PLAN_TITLE(item=item.row.item, title=Own(item.row.title)),
        texts.PLAN_TERM(term=Own(item.row.term)) if item.row.term else NOTHING,
        texts.PLAN_WHO(roles=roles) if item.row.roles else NOTHING,
    )


def _days(here: Here, item: Item) -> list[Line]:
    """Those nearest to now."""
    every = plan.dues([item])
    now = sum(each.day < here.local.date() for each in every)
    return [stated(here, each, texts.PLAN_DAY(day=each.day)) for each in every[max(now - AROUND, 0) : now + AROUND]]


def _tally(here: Here, item: Item) -> Wording:
    if item.row.rhythm.kind != COUNTER:
        return tally(here, [item])
    (counts,) = plan.figures([item], here.local.date())
    return texts.PLAN_COUNTED(quarter=counts.quarter, year=counts.year)


def _notes(item: Item) -> list[Wording]:
    noted = [mark for mark in item.marks if mark.note][-NOTES:]
    return [texts.PLAN_NOTED(day=mark.day, words=Own(mark.note)) if mark.day else Own(mark.note) for mark in noted]


def _about(at: Front | None) -> Wording:
    if at is None or (at.mark is not None and at.mark.kind == "count"):
        return NOTHING
    return texts.PLAN_ABOUT_DAY(day=at.day) if at.day else texts.PLAN_ABOUT_EVENT


def _answers(item: Item, at: Front | None) -> Rows:
    if at is None:
        return ()
    day, mark = at.day.toordinal() if at.day else 0, at.mark.id if at.mark else 0
    answers = (
        (texts.PLAN_DONE, PlanSay(item.id, day, mark, "done")),
        (texts.PLAN_NOT_DONE, PlanSay(item.id, day, mark, "not")),
    )
    after = (
        (texts.PLAN_UNDO, PlanSay(item.id, day, mark, "undo")),
        (texts.PLAN_ADD_NOTE, PlanSay(item.id, day, mark, "note")),
    )
    return (*(row(*answers) if at.open and not item.closed else ()), *(row(*after) if at.mark else ()))


def _begins(item: Item) -> Rows:
    """One more, or that it has happened."""
    if item.closed:
        return ()
    if item.row.rhythm.kind == COUNTER:
        return row((ONE_MORE, PlanSay(item.id, 0, 0, "one")), (texts.PLAN_SEVERAL, PlanSay(item.id, 0, 0, "several")))
    if item.row.rhythm.kind == TRIGGER:
        return column((texts.PLAN_HAPPENED, PlanSay(item.id, 0, 0, "happened")))
    return ()
