"""Visits that recur: begun with the first, made ahead night by night, moved and called off singly or from here on."""

from datetime import UTC, date, datetime, time

from bot.core import recurrence, reminders, texts
from bot.core import series as patterns
from bot.core.buttons import Again
from bot.core.buttons import Visit as Press
from bot.core.calendar import DAY
from bot.core.cases import Case
from bot.core.events import Due, Message, Refused, Show
from bot.core.filling import Draft
from bot.core.lines import NOTHING, Wording
from bot.core.questions import said
from bot.core.recurrence import Rule
from handlers import cards, contact, tasks, visit_card, visits
from handlers.here import Here, column, screen
from storage import cases, due, people, series
from storage import visits as planned_visits
from storage.people import Person
from storage.series import Series
from storage.visits import Visit

AHEAD = "series_ahead"
AT_NIGHT = "02:40"
"""When nobody waits for anything else."""


def planned(here: Here, me: Person, draft: Draft) -> list[Message]:
    """The form's answer: one visit, or the first of many, or one of many at another time."""
    given = draft.answers
    if "_visit" in given:
        return _moved(here, me, draft)
    case, visit, moved = visits.stood(here, me, draft)
    if given.get("repeat", patterns.ONCE) == patterns.ONCE:
        return visits.announced(here, me, case, visit, moved=moved)
    rule = patterns.rule(given, _day(draft), _clock(draft), here.centre)
    first = _begun(here, case, visit, rule, str(given["repeat"]))
    return visits.announced(here, me, case, first, moved=moved, also=_then(here, rule, str(given["repeat"])))


def rung(here: Here, bell: Due) -> list[Message]:
    """Once a night: the horizon has moved on by a day."""
    row = series.by_id(here.tx, bell.subject_id)
    case = cases.by_id(here.tx, row.subject_id) if row else None
    if row is None or row.ended_at is not None:
        return []
    if case is None or case.closed_at or case.erased_at or case.withdrawn_at or _over(here, row):
        series.end(here.tx, row.id, now=here.now)
        return []
    _make(here, case, row)
    return []


def mine(here: Here, me: Person, button: Again) -> Visit:
    """The visit in the version that the button means. Raises Refused."""
    visit = planned_visits.by_id(here.tx, button.visit)
    if visit is None or visit.specialist_id != me.id:
        raise Refused(texts.NOT_FOR_YOU)
    if visit.series_id is None or not planned_visits.stands(here.tx, visit.id, button.version):
        raise Refused(texts.VISIT_STALE)
    return visit


def recurs(here: Here, visit: Visit) -> bool:
    """Whether it is of a series that goes on; what is left of one that has ended are single visits."""
    row = series.by_id(here.tx, visit.series_id) if visit.series_id is not None else None
    return row is not None and row.ended_at is None


def called_off(here: Here, me: Person, button: Press) -> list[Message]:
    """«Cancel it»: of a visit that recurs, which of them."""
    visit = planned_visits.by_id(here.tx, button.visit)
    asked = visit is not None and visit.specialist_id == me.id and recurs(here, visit)
    if visit is None or not asked or not planned_visits.stands(here.tx, visit.id, button.version):
        return visits.pressed(here, me, button)
    return asks(here, me, visit, "cancel")


def pressed(here: Here, me: Person, button: Again) -> list[Message]:
    visit = mine(here, me, button)
    if not recurs(here, visit):
        raise Refused(texts.VISIT_STALE)
    match button.move:
        case "cancel.one":
            series.differs(here.tx, visit.series_id or 0, _own_day(visit), "without")
            return visits.pressed(here, me, Press(visit.id, visit.version, "cancel"))
        case "cancel.on":
            return _rest_off(here, me, visit)
        case move:
            return asks(here, me, visit, move)


def asks(here: Here, me: Person, visit: Visit, what: str) -> list[Message]:
    """One only, or from here on."""
    row, case = series.by_id(here.tx, visit.series_id or 0), cases.by_id(here.tx, visit.case_id)
    if row is None or case is None or what not in ("move", "cancel"):
        raise Refused(texts.VISIT_STALE)
    at = (visit.id, visit.version)
    ways = column(
        (texts.ONLY_THIS_ONE, Again(*at, f"{what}.one")),
        (texts.FROM_HERE_ON, Again(*at, f"{what}.on")),
        (texts.BACK_TO_VISIT, Press(*at, "show")),
    )
    how = texts.HOW_AGAIN.get(row.pattern, texts.AGAIN_MONTHLY)
    text = texts.ONE_OR_ALL(number=case.name, how=how, at=visit.starts_at)
    return screen(here, me, visit_card.key(visit), text, ways, protect=True)


def _moved(here: Here, me: Person, draft: Draft) -> list[Message]:
    case, starts_at = visits.meant(here, me, draft)
    visit = planned_visits.by_id(here.tx, int(draft.answers["_visit"]))
    row = series.by_id(here.tx, visit.series_id) if visit is not None and visit.series_id is not None else None
    if visit is None or row is None or visit.case_id != case.id or visit.specialist_id != me.id:
        raise Refused(texts.VISIT_STALE)
    new = planned_visits.move(here.tx, visit.id, kind=visit.kind, starts_at=starts_at)
    if new is None:
        raise Refused(texts.VISIT_STALE)
    if draft.answers["_scope"] == "one" or row.ended_at is not None:
        series.differs(here.tx, row.id, _own_day(visit), "moved")
        return visits.announced(here, me, case, new, moved=True)
    rule = patterns.moved(row.rule, row.pattern, _day(draft), _clock(draft))
    _ended_from(here, row, _own_day(visit), but=visit.id)
    first = _begun(here, case, new, rule, row.pattern)
    return visits.announced(here, me, case, first, moved=True, also=_then(here, rule, row.pattern))


def _begun(here: Here, case: Case, visit: Visit, rule: Rule, pattern: str) -> Visit:
    """The visit is the first of a series, and the others of the horizon are planned."""
    row = series.begin(
        here.tx, series.OF_VISITS, case.id, rule, pattern=pattern, by=visit.specialist_id, kind=visit.kind,
        now=here.now,
    )  # fmt: skip
    first = planned_visits.recurs(here.tx, visit.id, row.id, rule.first)
    _make(here, case, row)
    return first or visit


def _make(here: Here, case: Case, row: Series) -> None:
    """What the horizon has come to hold; whoever has the case goes. Without anybody it waits for the next night."""
    goes = people.person(here.tx, case.claimed_by or row.person_id or 0)
    night = here.local.date() + DAY
    due.plan(here.tx, AHEAD, row.id, at=reminders.moment(night.isoformat(), AT_NIGHT, here.centre.zone).astimezone(UTC))
    if not goes.staff:
        return
    until = here.now + patterns.HORIZON
    for each in recurrence.occurrences(row.rule, max(here.now, row.made_until or here.now), until, here.centre):
        _plan(here, case, row, goes, each.of, each.at)
    series.made(here.tx, row.id, until)


def _plan(here: Here, case: Case, row: Series, goes: Person, day: date, at: datetime) -> None:
    """A row that there is already is left as it is, whatever became of it: two bells make one visit."""
    visit = planned_visits.plan_again(
        here.tx, row.id, day, case_id=case.id, by=goes.id, kind=row.kind or "", starts_at=at, now=here.now
    )
    if visit is not None:
        visits.reminds(here, case, visit)


def _rest_off(here: Here, me: Person, visit: Visit) -> list[Message]:
    """It and all that come after it are off, and the resident is told once."""
    case, row = cases.by_id(here.tx, visit.case_id), series.by_id(here.tx, visit.series_id or 0)
    if case is None or row is None:
        raise Refused(texts.VISIT_STALE)
    _ended_from(here, row, _own_day(visit))
    tasks.came_about(here, case.id, tasks.RESULT)
    cases.unplan(here.tx, case.id)
    tasks.ensure_step(here, case)
    told = texts.VISITS_OFF(at=visit.starts_at)
    shown = Show(visit.specialist_id, visit_card.key(visit), told, protect=True)
    stands = cases.by_id(here.tx, case.id) or case
    return [shown, *contact.told(here, case, "visit", told), *cards.shown(here, me, stands)]


def _ended_from(here: Here, row: Series, day: date, *, but: int = 0) -> None:
    series.end(here.tx, row.id, now=here.now)
    due.cancel(here.tx, (AHEAD,), row.id, now=here.now)
    visits.called_off(here, [each for each in planned_visits.of_series(here.tx, row.id, since=day) if each.id != but])


def _over(here: Here, row: Series) -> bool:
    last = row.rule.until
    return last is not None and last + recurrence.FARTHEST < here.local.date()


def _own_day(visit: Visit) -> date:
    if visit.series_day is None:
        raise Refused(texts.VISIT_STALE)
    return visit.series_day


def _then(here: Here, rule: Rule, pattern: str) -> Wording:
    how = texts.HOW_AGAIN.get(pattern, texts.AGAIN_MONTHLY)
    if rule.until is not None and rule.until <= rule.first:
        return NOTHING
    if rule.until is None:
        return texts.THEN_AGAIN(how=how)
    return texts.THEN_AGAIN_UNTIL(how=how, day=said(rule.until, here.local.date()))


def _day(draft: Draft) -> date:
    return date.fromisoformat(draft.answers["day"])


def _clock(draft: Draft) -> time:
    return time.fromisoformat(draft.answers["time"])
