"""What happened with a case, in words: who, when, what."""

from collections.abc import Sequence

from bot.core import consents, texts
from bot.core.buttons import Page
from bot.core.cases import Case
from bot.core.centre import Item
from bot.core.events import Rows
from bot.core.lines import NOTHING, Own, Sentence, Wording, rows
from handlers import late, papers, tasks
from handlers.here import Here, column
from storage import history, people
from storage.history import Entry

A_PAGE = 12
WHAT = {
    "opened": texts.WHAT_OPENED,
    "claimed": texts.WHAT_CLAIMED,
    "released": texts.WHAT_RELEASED,
    "contacted": texts.WHAT_CONTACTED,
    "visit_planned": texts.WHAT_VISIT_PLANNED,
    "visited": texts.WHAT_VISITED,
    "closed": texts.WHAT_CLOSED,
    "mistaken": texts.WHAT_MISTAKEN,
    "duress": texts.WHAT_DURESS,
    "duress_over": texts.WHAT_DURESS_OVER,
    "note": texts.WHAT_NOTE,
    "reached": texts.WHAT_REACHED,
    "member": texts.WHAT_MEMBER,
    "member_off": texts.WHAT_MEMBER_OFF,
    "act": texts.WHAT_ACT,
    "act_no": texts.WHAT_ACT_NO,
    "consented": texts.WHAT_CONSENTED,
    "consent withdrawn": texts.WHAT_CONSENT_BACK,
    "code renewed": texts.WHAT_CODE,
    "account changed": texts.WHAT_ACCOUNT,
    "erase wished": texts.WHAT_ERASE,
    "kept": texts.WHAT_KEPT,
    "erased": texts.WHAT_ERASED,
    "lapsed": texts.WHAT_LAPSED,
    "joined_cases": texts.WHAT_JOINED,
    "parted": texts.WHAT_PARTED,
    "told_apart": texts.WHAT_TOLD_APART,
    "repeat": texts.WHAT_REPEAT,
    "repeat_off": texts.WHAT_REPEAT_OFF,
}
"""Codes that say it all; what is about something more stands in `_of`."""


def page(here: Here, case: Case, of: str, mine: bool) -> tuple[Wording, Rows]:  # noqa: ARG001, FBT001 - a page like every other
    turn = int(of) if of.isdecimal() else 0
    entries = history.of_case(here.tx, case.id, most=A_PAGE + 1, skip=turn * A_PAGE)
    text = rows(*(_line(here, each) for each in entries[:A_PAGE])) if entries else texts.HISTORY_EMPTY
    return text, turns(case, "history", turn, more=len(entries) > A_PAGE)


def turns(case: Case, name: str, turn: int, *, more: bool) -> Rows:
    older = [(texts.LETTERS_OLDER, Page(case.id, f"{name}.{turn + 1}"))] if more else []
    newer = [(texts.LETTERS_NEWER, Page(case.id, f"{name}.{turn - 1}"))] if turn else []
    return column(*older, *newer)


def named(here: Here, person_id: int) -> Wording:
    return Own(people.person(here.tx, person_id).name or "—")


def _line(here: Here, entry: Entry) -> Wording:
    what = _what(here, entry.what)
    if entry.by is None:
        return texts.HISTORY_LINE(at=entry.at, what=what)
    return texts.HISTORY_LINE_BY(at=entry.at, name=named(here, entry.by), what=what)


def _what(here: Here, code: str) -> Wording:
    kind, _, about = code.partition(".")
    if code.startswith("agreed_"):
        return texts.WHAT_AGREED
    return _of(here, kind, about) if about else WHAT.get(code, texts.WHAT_OTHER)


def _of(here: Here, kind: str, about: str) -> Wording:
    bodies: dict[str, Wording] = {each.kind.removeprefix("pass_"): each.label for each in consents.PASSING_ON}
    known: dict[str, tuple[Sentence, Wording]] = {
        **_counted(here, about),
        "service": (texts.WHAT_SERVICE, _item(here.centre.services, about)),
        "undone": (texts.WHAT_UNDONE, _item(here.centre.services, about)),
        "need": (texts.WHAT_NEED, _item(here.centre.needs_met, about)),
        "need_off": (texts.WHAT_NEED_OFF, _item(here.centre.needs_met, about)),
        "paper": (texts.WHAT_PAPER, papers.PAPERS.get(about, Own(about))),
        "paper_off": (texts.WHAT_PAPER_OFF, papers.PAPERS.get(about, Own(about))),
        "letter": (texts.WHAT_PREPARED, bodies.get(about, Own(about))),
        "sent": (texts.WHAT_SENT, bodies.get(about, Own(about))),
        "duty": (texts.WHAT_DUTY, bodies.get(about, Own(about))),
        "step": (texts.WHAT_STEP, tasks.WORDS.get(about, texts.STEP_OTHER)),
        "given_back": (texts.WHAT_GIVEN_BACK, texts.BACK_REASONS.get(about, texts.STEP_OTHER)),
        "passed": (texts.WHAT_PASSED, texts.BACK_REASONS.get(about, texts.STEP_OTHER)),
        "given": (texts.WHAT_GIVEN, named(here, int(about)) if about.isdecimal() else NOTHING),
        "visit_not_held": (texts.WHAT_NOT_HELD, texts.NOT_HELD_WHY.get(about, texts.STEP_OTHER)),
    }
    sentence, what = known.get(kind, (texts.WHAT_OTHER, NOTHING))
    return sentence(what=what, why=what)


def _counted(here: Here, about: str) -> dict[str, tuple[Sentence, Wording]]:
    """What the report counts the case by, and the duties that began with it."""
    form, victim = texts.VIOLENCE_FORMS.get(about, Own(about)), texts.VICTIMS.get(about, Own(about))
    child, body = texts.CHILD_IS.get(about, Own(about)), late.NAMES.get(about, texts.STEP_OTHER)
    reason, category = _item(here.centre.circumstances, about), _item(here.centre.categories, about)
    return {
        "reason": (texts.WHAT_REASON, reason),
        "reason_off": (texts.WHAT_REASON_OFF, reason),
        "category": (texts.WHAT_CATEGORY, category),
        "category_off": (texts.WHAT_CATEGORY_OFF, category),
        "violence": (texts.WHAT_VIOLENCE, form),
        "violence_off": (texts.WHAT_VIOLENCE_OFF, form),
        "main": (texts.WHAT_MAIN, form),
        "victim": (texts.WHAT_VICTIM, victim),
        "victim_off": (texts.WHAT_VICTIM_OFF, victim),
        "child": (texts.WHAT_CHILD, child),
        "child_off": (texts.WHAT_CHILD_OFF, child),
        "found": (texts.WHAT_TO_TELL, body),
        "found_off": (texts.WHAT_NOT_TO_TELL, body),
    }


def _item(items: Sequence[Item], key: str) -> Wording:
    return next((item.name for item in items if item.key == key), Own(key))
