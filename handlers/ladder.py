"""No case waits in silence: who is called at once, who when nobody takes it, and again until somebody does."""

from bot.core import ladder, texts
from bot.core.cases import Case
from bot.core.events import Alarm, Due, Message
from bot.core.lines import Wording
from handlers import alerts, contact, groups, sight
from handlers.here import Here
from storage import cases, due
from storage.people import Person

STEP = "ladder"
LATE = "answer_late"
KINDS = (STEP, LATE)
UNCLAIMED = "unclaimed"
TEAM = 1
"""The number of the step that calls the whole team, in every ladder that calls it."""


def begun(here: Here, case: Case, because: Wording | None = None) -> list[Message]:
    """The case waits from now on: by its deadline she is told that it is late, and until then step follows step."""
    if not case.waits:  # withdrawn: it is nobody's, and nobody is called to it
        return []
    due.cancel(here.tx, (STEP,), case.id, now=here.now)  # never two ladders beside each other
    if case.answer_due_at >= here.now:  # what came back later was read in time once, and she was told no lie
        due.plan(here.tx, LATE, case.id, at=case.answer_due_at)
    return _first(here, case, because)


def ended(here: Here, case_id: int) -> None:
    """Somebody has it, or it waits no longer."""
    due.cancel(here.tx, KINDS, case_id, now=here.now)


def climbed(here: Here, bell: Due) -> list[Message]:
    case = cases.by_id(here.tx, bell.subject_id)
    if case is None or not case.waits:
        return []
    if bell.version == 0:
        return _first(here, case, None, waited=True)
    _plan(here, case, bell.version + 1)
    cases.climbed(here.tx, case.id, bell.version)
    whom, because = _who(here, case, bell.version)
    return [*alerts.sent(here, case, whom, because), *_alarm(here, case, bell.version)]


def late(here: Here, bell: Due) -> list[Message]:
    """The promise was not kept: she hears it where she may be written to, and reads it when she comes back."""
    case = cases.by_id(here.tx, bell.subject_id)
    return contact.told(here, case, "late") if case is not None and case.waits else []


def _first(here: Here, case: Case, because: Wording | None, *, waited: bool = False) -> list[Message]:
    """Those on duty; with nobody on duty the whole team, and of an emergency the head besides, at once.

    What is planned and finds nobody on duty while the centre is closed waits for its opening: nobody is called at home.
    """
    on_duty = sight.members(here, case, duty=True)
    open_now = ladder.of(here.centre, case).any_hour or here.centre.open_at(here.local) or waited
    _plan(here, case, max(TEAM, case.rung + 1) if on_duty or open_now else 0)
    if not on_duty and not open_now:
        return []
    in_groups = groups.alerted(here, case)
    if on_duty:
        return [*alerts.sent(here, case, on_duty, because), *in_groups]
    everyone = sight.members(here, case, duty=False)
    heads = sight.answerable(here, case) if case.urgency == "emergency" or not everyone else []
    alarm = [Alarm(UNCLAIMED)] if case.urgency == "emergency" else []
    return [*alerts.sent(here, case, [*everyone, *heads], because), *in_groups, *alarm]


def _alarm(here: Here, case: Case, number: int) -> list[Message]:
    """The last steps also run the operator's own command: a phone may be silent, or without the network."""
    rungs = ladder.of(here.centre, case).rungs
    return [Alarm(UNCLAIMED)] if rungs[min(number, len(rungs) - 1)].alarm else []


def _plan(here: Here, case: Case, number: int) -> None:
    """The next step, and no other: one of a ladder that the case has left must not ring."""
    due.cancel(here.tx, (STEP,), case.id, now=here.now)
    steps = ladder.of(here.centre, case)
    at = ladder.step_at(here.centre, steps, number, case.waits_since or case.reported_at)
    if at <= here.now and number >= len(steps.rungs):  # after an outage: what was missed is not called out one by one
        at = ladder.later(here.centre, here.now, steps.again, any_hour=steps.any_hour)
    due.plan(here.tx, STEP, case.id, at=at, version=number)


def _who(here: Here, case: Case, number: int) -> tuple[list[Person], Wording]:
    """Whom the step calls, and what they are told; a step that has nobody is the head's."""
    rungs = ladder.of(here.centre, case).rungs
    if number >= len(rungs):
        again = [*sight.answerable(here, case), *sight.overseers(here, case, ("deputy",))]
        return again, texts.HEAD_CALLED
    whom = rungs[number].whom
    if whom in ("duty", "team"):
        return sight.members(here, case, duty=whom == "duty") or sight.answerable(here, case), texts.STILL_WAITS
    if whom == "head":
        return sight.answerable(here, case), texts.HEAD_CALLED
    return sight.overseers(here, case, (whom,)), texts.HEAD_CALLED
