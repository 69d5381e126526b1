"""«For the report»: what a case is counted by, set by whoever has it: category, circumstances, violence."""

from collections.abc import Callable, Mapping
from functools import partial

from bot.core import discretion, texts
from bot.core.access import HEADS
from bot.core.buttons import Mark, Page
from bot.core.cases import Case
from bot.core.centre import Category, Item
from bot.core.events import Button, Message, Refused, Rows
from bot.core.lines import NOTHING, Joined, Own, Sentence, Wording, paragraphs, rows
from handlers import clocks, paging
from handlers.here import Here, column
from storage import case_codes, cases
from storage.case_codes import CIRCUMSTANCES, VIOLENCE, Counted
from storage.people import Person

NAME = "report"
BY_CONSENT = {"roma_families"}
"""Of these it is asked whether the person agrees: they say where a family comes from."""
PARTS = {"reasons": texts.CIRCUMSTANCES, "category": texts.CATEGORY, "violence": texts.VIOLENCE_FOUND}
ONE_OF: Mapping[str, tuple[str, Mapping[str, Sentence]]] = {
    "victim": ("victim_group", texts.VICTIMS),
    "child": ("child_role", texts.CHILD_IS),
}
"""Lists of which one is chosen, with its column."""


def page(here: Here, case: Case, of: str, mine: bool) -> tuple[Wording, Rows]:  # noqa: FBT001 - a page like every other
    """All of it to read; to whoever has the case, a part at a time to change."""
    part, _, about = of.partition(".")
    if not mine or part not in (*PARTS, "agrees"):
        ways = column(*((label, Page(case.id, f"{NAME}.{each}")) for each, label in PARTS.items())) if mine else ()
        return paragraphs(texts.FOR_REPORT_PAGE, rows(*_lines(here, case))), ways
    match part:
        case "reasons":
            return texts.CIRCUMSTANCES_PAGE, _reasons(here, case)
        case "category":
            return texts.CATEGORY_PAGE, _categories(here, case, int(about) if about.isdecimal() else 0)
        case "agrees":
            return _agrees(here, case, about)
        case _:
            return texts.VIOLENCE_PAGE, _violence(here, case)


def changes(me: Person, case: Case) -> bool:
    """Whoever has the case, also when it is closed; of a closed one the head too, for whom a report does not close."""
    heads = case.closed_at is not None and me.has(*HEADS)
    return case.erased_at is None and (case.claimed_by == me.id or heads)


def told(here: Here, case: Case) -> list[Wording]:
    """For her own file; outside the branch nothing that somebody over her shoulder must not read (S01)."""
    codes = case_codes.of_case(here.tx, case.id, CIRCUMSTANCES)
    names = [item.name for item in here.centre.circumstances if item.key in codes and (case.branch or not _tells(item))]
    forms = (
        [texts.VIOLENCE_FORMS[each] for each in case_codes.of_case(here.tx, case.id, VIOLENCE)] if case.branch else []
    )
    said = [texts.COUNTED_REASONS(reasons=Joined(tuple(names), by=", "))] if names else []
    return [*said, *([texts.COUNTED_FORMS(forms=Joined(tuple(forms), by=", "))] if forms else [])]


# What is pressed


def turned(kind: str, what: str, here: Here, me: Person, case: Case, key: str) -> list[Message]:
    """One of several put in or taken out."""
    if key not in _known(here)[what]:
        raise Refused(texts.STALE)
    applies = case_codes.turn(here.tx, case.id, kind, key, by=me.id, now=here.now)
    _noted(here, me, case, what if applies else f"{what}_off", key)
    if kind == VIOLENCE:
        _lead(here, case)
        _found(here, case)
    return []


def chosen(what: str, here: Here, me: Person, case: Case, key: str) -> list[Message]:
    """The one of a list; pressed again, none of it."""
    column_, known = ONE_OF[what]
    if key not in known:
        raise Refused(texts.STALE)
    off = getattr(case_codes.counted(here.tx, case.id), column_) == key
    case_codes.put(here.tx, case.id, column_, None if off else key)
    _noted(here, me, case, f"{what}_off" if off else what, key)
    _found(here, case)
    return []


def categorised(here: Here, me: Person, case: Case, key: str) -> list[Message]:
    """The category that the report counts it under; pressed again, none."""
    now = case_codes.counted(here.tx, case.id).category
    if key not in (each.key for each in _offered(here, case, now)):
        raise Refused(texts.STALE)
    case_codes.put(here.tx, case.id, "category", None if now == key else key)
    _noted(here, me, case, "category_off" if now == key else "category", key)
    return []


def leads(here: Here, me: Person, case: Case, key: str) -> list[Message]:
    """Another of the forms is the main one."""
    if key not in case_codes.of_case(here.tx, case.id, VIOLENCE):
        raise Refused(texts.STALE)
    case_codes.put(here.tx, case.id, "main_form", key)
    _noted(here, me, case, "main", key)
    return []


def again(here: Here, me: Person, case: Case, key: str) -> list[Message]:  # noqa: ARG001 - a mark like every other
    """It is not the first time, or is after all."""
    repeat = not case_codes.counted(here.tx, case.id).repeat
    case_codes.put(here.tx, case.id, "repeat", repeat)
    cases.note(here.tx, case.id, "repeat" if repeat else "repeat_off", by=me.id, now=here.now)
    return []


MARKS: Mapping[str, Callable[[Here, Person, Case, str], list[Message]]] = {
    "reason": partial(turned, CIRCUMSTANCES, "reason"),
    "violence": partial(turned, VIOLENCE, "violence"),
    "main": leads,
    "victim": partial(chosen, "victim"),
    "child": partial(chosen, "child"),
    "again": again,
    "category": categorised,
}
SHOWS = {
    "reason": f"{NAME}.reasons", "category": NAME,
    **dict.fromkeys(("violence", "main", "victim", "child", "again"), f"{NAME}.violence"),
}  # fmt: skip
"""The page that is there after each of them."""


def _lead(here: Here, case: Case) -> None:
    """The first form is the main one, until another is named or it is taken out."""
    forms = case_codes.of_case(here.tx, case.id, VIOLENCE)
    if case_codes.counted(here.tx, case.id).main_form not in forms:
        case_codes.put(here.tx, case.id, "main_form", forms[0] if forms else None)


def _found(here: Here, case: Case) -> None:
    """What the law wants told follows from it; of a closed case nothing runs any more."""
    if case.closed_at is None:
        clocks.found(here, case)


def _noted(here: Here, me: Person, case: Case, what: str, key: str) -> None:
    cases.note(here.tx, case.id, f"{what}.{key}", by=me.id, now=here.now)


# What is shown


def _lines(here: Here, case: Case) -> list[Wording]:
    now = case_codes.counted(here.tx, case.id)
    codes = case_codes.of_case(here.tx, case.id, CIRCUMSTANCES)
    reasons = [item.name for item in here.centre.circumstances if {item.key, item.counts_under} & set(codes)]
    return [
        texts.COUNTED_CATEGORY(category=category_name(here, now.category) if now.category else texts.COUNTED_NOT),
        texts.COUNTED_REASONS(reasons=Joined(tuple(reasons), by=", ") if reasons else texts.COUNTED_NOT),
        *_violence_lines(here, case, now),
    ]


def _violence_lines(here: Here, case: Case, now: Counted) -> list[Wording]:
    forms = case_codes.of_case(here.tx, case.id, VIOLENCE)
    names = tuple(_form(each, now.main_form if len(forms) > 1 else None) for each in forms)
    lines: list[Wording] = [texts.COUNTED_FORMS(forms=Joined(names, by=", "))] if forms else []
    lines += [texts.COUNTED_VICTIM(who=texts.VICTIMS[now.victim_group])] if now.victim_group else []
    lines += [texts.CHILD_IS[now.child_role]] if now.child_role else []
    return [*lines, *([texts.NOT_FIRST_TIME] if now.repeat else [])]


def _reasons(here: Here, case: Case) -> Rows:
    codes = case_codes.of_case(here.tx, case.id, CIRCUMSTANCES)
    items = here.centre.circumstances
    return column(*((_ticked(each.name, each.key in codes), Mark(case.id, "reason", each.key)) for each in items))


def _categories(here: Here, case: Case, turn: int) -> Rows:
    """A page of them; what needs consent leads to the question first."""
    now = case_codes.counted(here.tx, case.id).category
    every = _offered(here, case, now)
    part = every[turn * paging.A_PAGE : (turn + 1) * paging.A_PAGE]
    ways = column(*((_ticked(each.name, each.key == now), _category(case, each, now)) for each in part))
    before = [Button(texts.PAGE_BEFORE, Page(case.id, f"{NAME}.category.{turn - 1}"))] if turn else []
    more = len(every) > (turn + 1) * paging.A_PAGE
    after = [Button(texts.PAGE_AFTER, Page(case.id, f"{NAME}.category.{turn + 1}"))] if more else []
    return (*ways, *([(*before, *after)] if before or after else []))


def _category(case: Case, item: Category, now: str | None) -> Mark | Page:
    asks = not BY_CONSENT.isdisjoint({item.key, item.counts_under}) and item.key != now
    return Page(case.id, f"{NAME}.agrees.{item.key}") if asks else Mark(case.id, "category", item.key)


def _agrees(here: Here, case: Case, key: str) -> tuple[Wording, Rows]:
    return (
        texts.CATEGORY_CONSENT(category=category_name(here, key)),
        column((texts.CATEGORY_AGREED, Mark(case.id, "category", key))),
    )


def _violence(here: Here, case: Case) -> Rows:
    now = case_codes.counted(here.tx, case.id)
    groups = (_one_of(case, now, what, of, labels) for what, (of, labels) in ONE_OF.items())
    repeat = column((_ticked(texts.NOT_FIRST_TIME, now.repeat), Mark(case.id, "again", "yes")))
    return (*_forms(here, case, now), *groups, *repeat)


def _forms(here: Here, case: Case, now: Counted) -> Rows:
    """Every form, ticked or not; where there are several, a way to make another one the main form."""
    forms = case_codes.of_case(here.tx, case.id, VIOLENCE)
    main = now.main_form if len(forms) > 1 else None
    every = (
        (_ticked(_form(each, main), each in forms), Mark(case.id, "violence", each)) for each in texts.VIOLENCE_FORMS
    )
    others = (
        (texts.MAKE_MAIN(form=texts.VIOLENCE_FORMS[each]), Mark(case.id, "main", each))
        for each in forms
        if main and each != main
    )
    return column(*every, *others)


def _one_of(case: Case, now: Counted, what: str, of: str, labels: Mapping[str, Sentence]) -> tuple[Button, ...]:
    return tuple(
        Button(_ticked(label, getattr(now, of) == each), Mark(case.id, what, each)) for each, label in labels.items()
    )


def _offered(here: Here, case: Case, now: str | None) -> list[Category]:
    """The categories that held on the day the case came in, and the one that it has."""
    day = here.centre.wall_clock(case.reported_at).date()
    return [each for each in here.centre.categories if each.valid_on(day) or each.key == now]


def category_name(here: Here, key: str) -> Wording:
    found = (item.name for item in here.centre.categories if key in (item.key, item.counts_under))
    return next(found, Own(key))


def _known(here: Here) -> Mapping[str, tuple[str, ...]]:
    return {
        "reason": tuple(item.key for item in here.centre.circumstances),
        "violence": tuple(texts.VIOLENCE_FORMS),
    }


def _form(key: str, main: str | None) -> Wording:
    name = texts.VIOLENCE_FORMS.get(key, NOTHING)
    return texts.MAIN_FORM(form=name) if key == main else name


def _ticked(label: Wording, ticked: bool) -> Wording:  # noqa: FBT001 - a label either way
    return texts.TICKED(label=label) if ticked else label


def _tells(item: Item) -> bool:
    return bool(discretion.on_the_outside(f"{item.name.uk}\n{item.name.en}"))
