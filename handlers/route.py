"""Which handler answers what. Read this first; then presses.py for the staff's buttons, bells.py for what is due.

Three doors: `answer` for what a person does, `ring` for what has become due, `lost` for a chat that is gone.
Each `match` is exhaustive: a new kind of button, event or bell that nobody answers does not type-check or refuses.
"""

from dataclasses import replace
from datetime import datetime

from bot.core import access, doors, texts
from bot.core.buttons import (
    Action,
    Amend,
    Arrive,
    Attend,
    Campaign,
    Choose,
    Correct,
    Enter,
    Explain,
    Feed,
    Fine,
    Idle,
    Leave,
    Mistaken,
    MyHours,
    MyPlan,
    OfCase,
    OfCentre,
    Own,
    Partner,
    Read,
    ShareNumber,
    Slot,
    Speak,
    Step,
    Turn,
    Visit,
)
from bot.core.events import (
    Blocked,
    Command,
    Contact,
    Due,
    Guard,
    Incoming,
    Lane,
    Media,
    Message,
    Migrated,
    Other,
    Press,
    Refused,
    Say,
    Send,
    Toast,
)
from bot.core.forms import FORMS
from handlers import (
    agenda,
    agreed,
    attendance,
    bells,
    broadcasts,
    campaigns,
    care,
    contact,
    couples,
    day,
    duty,
    erasing,
    filling,
    groups,
    guide,
    holdings,
    hours,
    leaving,
    likely,
    menu,
    mine,
    month,
    my_plan,
    office,
    own,
    plan,
    plan_warnings,
    posters,
    presses,
    programmes,
    queue,
    records,
    reminding,
    reporting,
    roster,
    route_of_day,
    rsvp,
    series,
    sheet,
    slots,
    team,
    trainings,
    visits,
    waiting,
)
from handlers.here import Here
from storage import audit, cases, due, outbox, people
from storage import visits as planned
from storage.people import Person

STANDING = (guide.CHECK, roster.NIGHTLY, roster.CHECK, plan.MORNING, plan_warnings.NIGHTLY, plan_warnings.MORNING)
"""Bells that recur by themselves, whatever happens."""


def answer(here: Here, me: Person, incoming: Incoming) -> list[Message]:
    """What the bot says to what a person did. `Refused` is an answer too."""
    if not incoming.private:
        return groups.answered(here, me, incoming)
    back: list[Message] = []
    if me.silent_since is not None and not isinstance(incoming.event, Blocked):
        people.heard_again(here.tx, me.id)
        back = waiting.back(here, me.id)
    try:
        said = [*_answer(here, me, incoming), *back]
        return [*said, *day.kept_up(here, said)]
    except Refused as why:
        return [*([Send(here.asker, why.line)] if here.typed else [Toast(why.line)]), *back]
    except sheet.Stale:
        return [Toast(texts.STALE), *where_you_are(here, me), *back]


def ring(here: Here, bell: Due) -> list[Message]:
    """What is said because its time has come, and whoever is told of it has My day as it is now."""
    roster.caught_up(here)
    said = bells.rung(here, bell)
    return [*said, *day.kept_up(here, said)]


def still(here: Here, guard: Guard) -> datetime | None:
    """From when a message may go, asked when it is picked for sending; None when it is no longer so."""
    match guard.subject.split(":"):
        case ["visit", *_]:
            return visits.still(here, guard)
        case ["visit_push", *_]:
            return visits.push_at(here, guard)
        case ["training", *_]:
            return rsvp.still(here, guard)
        case [broadcasts.GUARD, person]:
            return broadcasts.push_at(here, guard.id, int(person))
        case [waiting.GUARD]:
            return waiting.still(here, guard)
        case ["series", *_]:
            return programmes.still(here, guard)
        case ["learning", *_]:
            return plan_warnings.still(here, guard)
        case ["agreed"]:
            return agreed.push_at(here, guard)
        case ["plan", since]:
            return plan.told_at(here, guard, int(since))
        case ["push", "taken" | "reply" | "visit" | "late" | "agreed_call" as reason]:
            return contact.allowed_at(here, guard.id, reason)
        case _:
            return here.now


def unsent(here: Here, guard: Guard | None) -> bool:
    """Telegram has not taken a message for long; whether it is decided anew later instead of being left to a person."""
    return guard is not None and reminding.unsent(here, guard)


def lost(here: Here, person_id: int) -> list[Message]:
    """Messages no longer reach the person: whoever has her case learns it, and nothing is sent elsewhere (S13)."""
    reminding.undelivered(here, person_id)
    if not people.fall_silent(here.tx, person_id, now=here.now):
        return []
    outbox.drop(here.tx, person_id, now=here.now)
    groups.gone(here, person_id)
    passed_on = waiting.unreachable(here, person_id)
    return passed_on + [
        Send(case.claimed_by, texts.PERSON_UNREACHABLE(number=case.name), lane=Lane.URGENT, protect=True)
        for branch in (False, True)
        for case in cases.reported_by(here.tx, person_id, branch=branch)
        if case.claimed_by is not None and case.closed_at is None
    ]


def where_you_are(here: Here, me: Person) -> list[Message]:
    """The draft in hand as it stands, or the menu."""
    stored = sheet.current(here, me)
    return sheet.show(here, me, stored) if stored else menu.menu(here, me)


def plan_standing(here: Here) -> None:
    """What recurs by itself is planned at every start, once; so has the log its end."""
    audit.begin(here.tx)
    day.plan_morning(here)
    roster.plan_standing(here)
    plan.plan_morning(here)
    plan_warnings.plan_standing(here)
    due.plan_once(here.tx, likely.CATCH_UP, 0, at=here.now)
    rsvp.caught_up(here)
    due.plan_once(here.tx, guide.CHECK, 0, at=here.centre.next_opening(here.local + guide.WEEK))


def _answer(here: Here, me: Person, incoming: Incoming) -> list[Message]:
    match incoming.event:
        case Command():
            return _command(here, me, incoming.event, incoming.first_name)
        case Say(text):
            return _said(here, me, text)
        case Press(action):
            return _pressed(here, me, action) if action else [Toast(texts.STALE), *where_you_are(here, me)]
        case Contact(phone, own):
            stored = sheet.current(here, me)
            return filling.number_shared(here, me, stored, phone, own=own) if stored else menu.menu(here, me)
        case Media():
            return _sent_media(here, me)
        case Blocked(blocked):
            return lost(here, me.id) if blocked else []
        case Migrated() | Other():
            return []


def _command(here: Here, me: Person, command: Command, first_name: str) -> list[Message]:
    if not me.may(f"command {command.name}"):
        return _no_command(here, me, command)
    match command.name:
        case "start" if command.argument.startswith(groups.START):
            number = command.argument.removeprefix(groups.START)
            return queue.by_number(here, me, number) if me.may("command case") else menu.start(here, me)
        case "start" if (found := doors.read(command.argument)) is not None:
            return posters.scanned(here, me, found)
        case "start" if command.argument:
            return team.join(here, me, command.argument, first_name)
        case "start":
            return menu.start(here, me)
        case "help":
            return menu.help_(here)
        case "cancel":
            stored = sheet.current(here, me)
            return filling.cancel(here, me, stored) if stored else [Send(here.asker, texts.NOTHING_TO_CANCEL)]
        case "case":
            return queue.by_number(here, me, command.argument)
        case "language":
            return menu.languages(here, me)
        case "privacy":
            return holdings.privacy(here, me)
        case "mydata":
            return holdings.my_data(here, me)
        case _:
            return menu.menu(here, me)


def _no_command(here: Here, me: Person, command: Command) -> list[Message]:
    """The menu, so that a resident learns of no command that is not theirs; staff are told plainly."""
    if me.staff and f"command {command.name}" in access.TABLE:
        raise Refused(texts.NOT_FOR_YOU)
    return menu.menu(here, me)


def _said(here: Here, me: Person, text: str) -> list[Message]:
    """A word of leaving, the name of an entry, an answer to the question in front; else the menu."""
    if leaving.said(text):
        return leaving.leave(here, me) if leaving.in_branch(here, me) else menu.menu(here, me)
    entry = menu.named(here, me, text)
    if entry is not None:
        return _enter(here, me, entry)
    stored = sheet.current(here, me)
    hard = care.asked(here, me, text, FORMS[stored.form] if stored else None)
    if stored is not None:
        return [*filling.typed(here, me, stored, text), *hard]
    return [*(own.wrote_unasked(here, me, text) or ([] if hard else menu.menu(here, me))), *hard]


def _sent_media(here: Here, me: Person) -> list[Message]:
    """A photo, a voice, a file: elsewhere an answer in words is asked for; in the branch it is declined (S16)."""
    stored = sheet.current(here, me)
    if stored is not None:
        return filling.media(here, me, stored)
    return filling.declined(here) if leaving.in_branch(here, me) else menu.menu(here, me)


def _enter(here: Here, me: Person, entry: str) -> list[Message]:
    if not me.may(f"entry {entry}"):
        raise Refused(texts.NOT_FOR_YOU)
    match entry:
        case "menu":
            return menu.menu(here, me)
        case "help" | "safety" | "other" | "return":
            return filling.begin(here, me, entry)
        case "child":
            return filling.instead(here, me, entry)
        case "guide":
            return guide.sections(here, me)
        case "mine":
            return mine.requests(here, me)
        case "visits":
            return trainings.ahead(here, me)
        case "calendar":
            return agenda.file(here, me)
        case "feed":
            return agenda.page(here, me)
        case "news":
            return campaigns.page(here, me)
        case "language":
            return menu.languages(here, me)
        case "privacy":
            return holdings.privacy(here, me)
        case "mydata" | "erase" | "erase_yes" | "keep":
            return _enter_held(here, me, entry)
        case _:
            return _enter_staff(here, me, entry)


def _enter_held(here: Here, me: Person, entry: str) -> list[Message]:
    match entry:
        case "erase":
            return erasing.asks_all(here, me)
        case "erase_yes":
            return erasing.all_asked(here, me)
        case "keep":
            return erasing.all_kept(here, me)
        case _:
            return holdings.my_data(here, me)


def _enter_staff(here: Here, me: Person, entry: str) -> list[Message]:
    match entry:
        case "day":
            return day.shown(here, me)
        case "queue":
            return queue.waiting(here, me)
        case "staff_visits":
            return route_of_day.shown(here, me)
        case "trainings":
            return trainings.of_staff(here, me)
        case "month":
            return month.shown(here)
        case "report":
            return reporting.asks(here, me)
        case "report_days":
            return filling.begin(here, me, "report_days")
        case "new_training":
            return filling.begin(here, me, "training")
        case "plan":
            return plan.shown(here, me)
        case "broadcast":
            return broadcasts.page(here, me)
        case "new_news":
            return filling.begin(here, me, "news")
        case "new_campaign":
            return filling.begin(here, me, "campaign")
        case "programmes":
            return programmes.shown(here, me)
        case "duty":
            return duty.page(here, me)
        case "enter":
            return filling.begin(here, me, "register", notes={"received": "now"})
        case "records":
            return records.shown(here, me)
        case "notice":
            return filling.begin(here, me, "notice")
        case _:
            return menu.menu(here, me)


def _pressed(here: Here, me: Person, action: Action) -> list[Message]:
    if not me.may(access.pressing(action)):
        raise Refused(texts.NOT_FOR_YOU)
    if isinstance(action, OfCase):
        return presses.answered(here, me, action)
    if isinstance(action, OfCentre):
        return office.answered(here, me, action)
    match action:
        case Enter(entry):
            return _enter(here, me, entry)
        case Choose():
            return filling.choose(here, me, action)
        case Turn():
            return filling.turn(here, me, action)
        case Step():
            return filling.step(here, me, action)
        case Correct():
            return filling.correct(here, me, action)
        case ShareNumber():
            return filling.share_number(here, me, action)
        case Leave():
            return leaving.leave(here, me)
        case Fine():
            return care.fine(here)
        case Explain(topic):
            return holdings.explain(here, me, topic)
        case Speak(language):
            return _speak(here, me, language)
        case Read():
            return guide.read(here, me, action)
        case Amend(item, right):
            return guide.confirmed(here, me, item) if right else _amend(here, me, item)
        case Mistaken(case):
            return queue.mistaken(here, me, case)
        case Own(case, "call.set"):
            return _agree(here, me, case)
        case Own(case, "write" | "contact" | "newcode" | "second" | "awayname" | "erase" as move):
            return _own_form(here, me, case, move)
        case Own():
            return own.pressed(here, me, action)
        case Visit(visit, _, "move"):
            return _move_visit(here, me, visit)
        case Visit(_, _, "cancel"):
            return series.called_off(here, me, action)
        case Visit(_, _, "other"):
            return slots.asked(here, me, action)
        case Visit():
            return visits.pressed(here, me, action)
        case Slot():
            return slots.pressed(here, me, action)
        case Attend():
            return rsvp.answered(here, me, action)
        case Feed():
            return agenda.pressed(here, me, action)
        case Campaign():
            return campaigns.pressed(here, me, action)
        case Arrive():
            return attendance.chosen(here, me, action)
        case MyPlan() | Partner() | MyHours():
            return _of_carer(here, me, action)
        case Idle():
            return []


def _of_carer(here: Here, me: Person, action: MyPlan | Partner | MyHours) -> list[Message]:
    match action:
        case MyPlan():
            return my_plan.shown(here, me, action)
        case Partner(_, "add"):
            return filling.begin(here, me, "partner", notes=couples.notes(here, me))
        case Partner(learner, "rename"):
            return filling.begin(here, me, "renamed", subject_id=couples.renames(here, me, learner))
        case Partner():
            return couples.pressed(here, me, action)
        case MyHours("typed"):
            return filling.begin(here, me, "my_hours")
        case MyHours():
            return hours.pressed(here, me, action)


def _speak(here: Here, me: Person, language: str) -> list[Message]:
    """What was begun is shown again in the new language, its answers kept."""
    if language not in ("uk", "en"):
        raise Refused(texts.STALE)
    said = menu.speak(here, me, language)
    stored = sheet.current(here, me)
    return [*said, *sheet.show(replace(here, typed=True), me, stored)] if stored else said


def _own_form(here: Here, me: Person, case_id: int, move: str) -> list[Message]:
    case = own.writes_to(here, me, case_id) if move == "write" else own.opened(here, me, case_id)
    return filling.begin(here, me, own.FORMS[move], subject_id=case.id)


def _agree(here: Here, me: Person, case_id: int) -> list[Message]:
    notes = agreed.known(here, own.opened(here, me, case_id))
    return filling.begin(here, me, "agreed", subject_id=case_id, notes=notes)


def _amend(here: Here, me: Person, item: str) -> list[Message]:
    return filling.begin(here, me, "guide", subject_id=guide.may_amend(here, me, item))


def _move_visit(here: Here, me: Person, visit_id: int) -> list[Message]:
    visit = planned.by_id(here.tx, visit_id)
    if visit is None or visit.specialist_id != me.id:
        raise Refused(texts.NOT_FOR_YOU)
    if series.recurs(here, visit):
        return series.asks(here, me, visit, "move")
    notes = {"_visit": visit.id, "_scope": "one"} if visit.series_id is not None else None
    return filling.begin(here, me, "visit", subject_id=visit.case_id, notes=notes)
