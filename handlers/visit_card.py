"""How a visit reads for the one who goes: where it stands, what to mind, what can be pressed."""

from bot.core import forms, risk, texts
from bot.core.buttons import Glass, Mark, Open, PlanVisit, Road
from bot.core.buttons import Visit as Press
from bot.core.cases import Case
from bot.core.events import Button, Message, Rows
from bot.core.lines import NOTHING, Hour, Own, Wording, paragraphs, rows
from bot.core.questions import said
from bot.core.steps import AFTER
from handlers import sight, tasks
from handlers.here import Here, column, row, screen
from storage import cases, series, visits
from storage.people import Person
from storage.visits import Visit

KIND_NAMES: dict[str, Wording] = {option.key: option.label for option in forms.VISIT_KINDS}
RISKS = {
    risk.WEAPON: texts.RISK_WEAPON,
    risk.DANGER: texts.RISK_DANGER,
    risk.FEARED: texts.RISK_FEARED,
    risk.REPEAT: texts.RISK_REPEAT,
    risk.NIGHT: texts.RISK_NIGHT,
}


def key(visit: Visit) -> str:
    return f"visit:{visit.id}"


def shown(here: Here, me: Person, visit: Visit, *, above: Wording = NOTHING) -> list[Message]:
    case = cases.by_id(here.tx, visit.case_id)
    if case is None:
        return []
    return screen(
        here, me, key(visit), paragraphs(above, text(here, case, visit)), ways(here, case, visit), protect=True
    )


def text(here: Here, case: Case, visit: Visit) -> Wording:
    district = here.centre.district(case.district).name
    what = texts.VISIT_WHAT(kind=kind(visit.kind), district=district)
    attempt = [texts.ATTEMPT(n=visit.attempt)] if visit.attempt > 1 else []
    when = texts.VISIT_LINE(at=visit.starts_at, number=case.name)
    head = rows(when, what, *again(here, visit), *attempt, *_ended(here, case, visit), *_road(here, visit))
    return paragraphs(head, rows(*warnings(here, case, visit)) if visit.state == "planned" else NOTHING, _next(visit))


def again(here: Here, visit: Visit) -> list[Wording]:
    """How it recurs, and until when; of a series that has ended nothing."""
    row = series.by_id(here.tx, visit.series_id) if visit.series_id is not None else None
    if row is None or row.ended_at is not None:
        return []
    how, until = texts.HOW_AGAIN.get(row.pattern, texts.AGAIN_MONTHLY), row.rule.until
    return [
        texts.VISIT_AGAIN_UNTIL(how=how, day=said(until, here.local.date())) if until else texts.VISIT_AGAIN(how=how)
    ]


def kind(name: str) -> Wording:
    return KIND_NAMES.get(name, Own(name))


def risks(here: Here, case: Case, visit: Visit | None) -> tuple[str, ...]:
    told = {} if case.erased_at else cases.content(here.tx, case)
    local = here.centre.wall_clock(visit.starts_at) if visit else None
    return risk.of_visit(told, danger=case.danger, repeat=cases.repeats(here.tx, case.id), local=local)


def warnings(here: Here, case: Case, visit: Visit | None) -> list[Wording]:
    """What those who go must know before; the first is what decides with whom."""
    police = [texts.WITH_POLICE] if visit is not None and visit.escort else []
    return [*police, *(RISKS[each] for each in risks(here, case, visit))]


def ways(here: Here, case: Case, visit: Visit) -> Rows:
    """What can be pressed next; after the end what follows, and a way out as long as somebody is inside."""
    out = (
        row((texts.OUT, Road(visit.id, "out")), (texts.HALF_AN_HOUR, Road(visit.id, "longer"))) if visit.inside else ()
    )
    card = column((texts.OPEN_CARD, Open(case.id)))
    if visit.state == "planned":
        return (*(out or _setting_out(visit)), *_planned(here, case, visit))
    return (*out, *(_after(visit) if case.closed_at is None else ()), *card)


def _setting_out(visit: Visit) -> Rows:
    on_way = [] if visit.on_way_at else [(texts.ON_THE_WAY, Road(visit.id, "on_way"))]
    return row(*on_way, (texts.INSIDE, Road(visit.id, "inside")))


def _planned(here: Here, case: Case, visit: Visit) -> Rows:
    at = (visit.id, visit.version)
    police = (texts.POLICE_STAY if visit.escort else texts.POLICE_GO, Road(visit.id, "police"))
    glass = [(texts.BEHIND_GLASS, Glass(case.id, sight.ASSIGNED))] if case.branch else []
    return (
        *row((texts.HELD, Press(*at, "held")), (texts.NOT_HELD, Road(visit.id, "no"))),
        *column(*([police] if visit.escort or risks(here, case, visit) else []), *glass),
        *row((texts.MOVE, Press(*at, "move")), (texts.CALL_OFF, Press(*at, "cancel"))),
        *row((texts.MAKE_ACT, Road(visit.id, "act")), (texts.OPEN_CARD, Open(visit.case_id))),
    )


def _after(visit: Visit) -> Rows:
    steps = AFTER.get(visit.reason_not_held or visit.state, AFTER["held"] if visit.state == "held" else ())
    named = [(texts.STEP_BUTTON(step=tasks.WORDS[each]), Mark(visit.case_id, "step", each)) for each in steps]
    act = [(texts.WRITE_ACT_NO, Mark(visit.case_id, "form", "act"))] if visit.state == "held" else []
    blank = [Button(texts.MAKE_ACT, Road(visit.id, "act"))] if visit.state == "held" else []
    return (
        *(tuple(Button(label, does) for label, does in named[start : start + 2]) for start in range(0, len(named), 2)),
        *column((texts.PLAN_VISIT, PlanVisit(visit.case_id)), *act),
        *((tuple(blank),) if blank else ()),
    )


def _next(visit: Visit) -> Wording:
    return texts.WHAT_NEXT if visit.state in ("held", "not_held") else NOTHING


def _ended(here: Here, case: Case, visit: Visit) -> list[Wording]:
    number = visits.act_no(here.tx, case, visit)
    act = [texts.ACT_NOTED(act_no=Own(number))] if number else []
    match visit.state:
        case "held":
            return [texts.VISIT_HELD(number=case.name), *act]
        case "not_held":
            why = texts.NOT_HELD_WHY.get(visit.reason_not_held or "", texts.STEP_OTHER)
            return [texts.WAS_NOT_HELD(number=case.name, why=why)]
        case "cancelled":
            return [texts.VISIT_CANCELLED(at=visit.starts_at)]
        case _:
            return []


def _road(here: Here, visit: Visit) -> list[Wording]:  # noqa: ARG001 - hours are said on the centre's clock
    if visit.inside and visit.inside_at and visit.out_due_at:
        return [texts.INSIDE_SINCE(at=Hour(visit.inside_at), by=Hour(visit.out_due_at))]
    if visit.out_at:
        return [texts.WAS_OUT(at=Hour(visit.out_at))]
    on_way = visit.on_way_at if visit.state == "planned" else None
    return [texts.ON_WAY_SINCE(at=Hour(on_way))] if on_way else []
