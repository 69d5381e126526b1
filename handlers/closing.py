"""Before a case is closed: what is still open about it, said while it can be thought over."""

from bot.core import texts
from bot.core.filling import Draft
from bot.core.lines import NOTHING, Wording, rows
from handlers import clocks
from handlers import tasks as todo
from handlers.here import Here
from storage import cases, tasks, visits


def before(here: Here, draft: Draft) -> Wording:
    """On the summary of the form: deadlines, tasks, the visit, and that somebody is still inside."""
    case = cases.by_id(here.tx, draft.subject_id) if draft.form.name == "close" and draft.question is None else None
    if case is None:
        return NOTHING
    visit, newest = visits.of_case(here.tx, case.id), visits.newest(here.tx, case.id)
    lines: list[Wording] = [*clocks.on_card(here, case)]
    lines += [
        texts.OPEN_STEP(step=todo.WORDS.get(task.kind, texts.STEP_OTHER), at=task.due_at)
        for task in tasks.of_case(here.tx, case.id)
    ]
    lines += [texts.OPEN_VISIT(at=visit.starts_at)] if visit else []
    lines += [texts.OPEN_INSIDE] if newest is not None and newest.inside else []
    return rows(texts.STILL_OPEN, *lines) if lines else NOTHING
