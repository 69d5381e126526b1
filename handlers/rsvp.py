"""A training as a carer meets it: the invitation, the answer, the reminders. Two who share a phone answer each.

How it stands on her screen is in handlers/invited.py, the line of those who wait in waiting.py, whether a yes still
holds in keeping.py.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

from bot.core import reminders, texts
from bot.core import trainings as rules
from bot.core.buttons import Attend
from bot.core.events import Due, Guard, Lane, Message, Refused, Send, Show, Toast
from bot.core.lines import Line, paragraphs
from bot.core.reminders import Fate
from bot.core.trainings import Asks
from bot.core.whom import Carer
from handlers import attendance, invited, keeping, leaving, reminding, tasks, waiting
from handlers.here import Here, screen
from handlers.reminding import Said
from storage import due, learners, people, seats, trainings, unreminded
from storage.people import Person
from storage.seats import Seat
from storage.trainings import Session

KINDS = tuple(reminders.TRAINING)
ANNOUNCED = "training_announced"
ALWAYS = datetime(2000, 1, 1, tzinfo=UTC)
"""Before any reminder: none is left out as past."""
PIECE = 300
"""So many are written to in one transaction; the sender takes longer for them than the next piece to come."""
TRAINING = "training"
MISSED = "missed"


def answered(here: Here, me: Person, button: Attend) -> list[Message]:
    """Whatever somebody answers for a seat of theirs; changeable as long as the training is planned."""
    seat = seats.by_id(here.tx, button.seat)
    session = trainings.by_id(here.tx, seat.session_id) if seat else None
    if seat is None or session is None or seat.person_id != me.id:
        raise Refused(texts.NOT_FOR_YOU)
    if button.move.startswith(f"{MISSED}."):
        return _explained(here, seat, button)
    if session.state != "planned" or session.starts_at <= here.now:
        return [Toast(texts.TRAINING_GONE), Show(here.asker, invited.key(session), _over(session))]
    if session.version != button.version:
        return [Toast(texts.TRAINING_GONE), *_shown(here, me, session)]
    if button.move == "show":
        return screen(here, me, invited.key(session), *invited.seen(here, me.id, session))
    return _moved(here, me, session, seat, button.move)


def plan_reminders(here: Here, session: Session) -> None:
    """A row a phone and kind, at the hours that its owner keeps; those of the old time are void."""
    due.cancel(here.tx, KINDS, session.id, now=here.now)
    unreminded.forget(here.tx, TRAINING, session.id)
    hours = reminding.of_centre(here)
    for each in reminders.of_training(session.starts_at, hours, now=here.now):
        seats.plan_reminders(here.tx, session.id, each.kind, version=session.version, at=each.at)
    for person_id in seats.with_own_hours(here.tx, session.id):
        plan_reminders_of(here, session, people.person(here.tx, person_id))
    _followed(here, session)


def caught_up(here: Here) -> None:
    """At a start: what was planned before there were such moments, or came in by another way, has them too."""
    for session in trainings.ahead(here.tx, now=here.now):
        if due.planned(here.tx, attendance.UNCLOSED, session.id) is None:
            _followed(here, session)


def _followed(here: Here, session: Session) -> None:
    """The moments of the session itself: the questions, the end of the line, who came."""
    keeping.planned(here, session)
    waiting.planned(here, session)
    attendance.planned(here, session)


def invited_too(here: Here, session: Session, person: Person) -> None:
    """Somebody of the audience who was not invited with the others, with reminders from now on."""
    if not seats.of_phone(here.tx, session.id, person.id):
        for learner in learners.of_person(here.tx, person.id):
            seats.add(here.tx, session.id, learner.id, now=here.now)
        plan_reminders_of(here, session, person)


def plan_reminders_of(here: Here, session: Session, person: Person) -> None:
    """Of one phone that came later; what is planned for it already stays as it is."""
    for each in reminders.of_training(session.starts_at, reminding.hours(here, person), now=here.now):
        if due.bell(here.tx, each.kind, session.id, person.id, version=session.version) is None:
            due.plan(here.tx, each.kind, session.id, person_id=person.id, version=session.version, at=each.at)


def shift_reminders_of(here: Here, session: Session, person: Person) -> None:
    """Of one phone whose hours are others now: only what has not rung moves, and nothing rings again.

    What its own hours make needless goes (two of one day are one), and comes back when they are others again.
    """
    of = {"person_id": person.id, "version": session.version}
    hours = reminding.hours(here, person)
    stay = {each.kind: each.at for each in reminders.of_training(session.starts_at, hours, now=ALWAYS)}
    for kind in KINDS:
        if kind not in stay:
            due.unplan(here.tx, kind, session.id, **of)
        elif stay[kind] > here.now:
            due.shift(here.tx, kind, session.id, at=stay[kind], **of)
    plan_reminders_of(here, session, person)


def reminded(here: Here, bell: Due) -> list[Message]:
    """To one phone, if somebody there may still come; to nobody when it has moved or is off."""
    session = _concerned(here, bell.subject_id, bell.version, bell.person_id)
    if session is None:
        return []
    hours = reminding.hours(here, people.person(here.tx, bell.person_id))
    if reminding.held(here, bell, hours, session.starts_at, district=session.district or ""):
        return []
    fate = reminding.fate(here, bell, session.starts_at, KINDS)
    if fate is Fate.SAID_BY_NEXT:
        return []
    if fate is Fate.POINTLESS or not reminding.reachable(here, bell.person_id):
        return _missed(here, bell, session)
    return [_reminder(here, bell, session, hours, late=fate is Fate.LATE)]


def still(here: Here, guard: Guard) -> datetime | None:
    """From when an invitation or a reminder may go; None when it is no longer so, or asks what it need not."""
    mine = reminding.read(guard)
    person = people.person(here.tx, mine.person_id if mine else reminding.whose(guard))
    if leaving.in_branch(here, person):
        return here.now + reminding.HOLD  # nothing else comes into the chat while she is there
    if mine is None:
        return _invited_still(here, guard)
    session = _concerned(here, guard.id, guard.version, mine.person_id)
    if session is None:
        return None
    goes = _as_worded(here, guard, session, mine)
    if goes is None:
        keeping.not_asked(here, session, mine.person_id, Asks(mine.asks))
    return goes


def _invited_still(here: Here, guard: Guard) -> datetime | None:
    """As long as the session stands and that phone is invited: by day, unless that would be too late."""
    session = trainings.by_id(here.tx, guard.id) if trainings.stands(here.tx, guard.id, guard.version) else None
    if session is None or not seats.of_phone(here.tx, session.id, reminding.whose(guard)):
        return None
    at = reminding.by_day(here, guard)
    return at if at <= session.starts_at - reminders.MORNING_MARGIN else here.now


def _as_worded(here: Here, guard: Guard, session: Session, mine: Said) -> datetime | None:
    """From when it may go in these words; None when it has to ask something else by now, or is decided anew."""
    if keeping.asks(here, session, mine.person_id).value == mine.asks:
        hours = reminding.hours(here, people.person(here.tx, mine.person_id))
        return reminding.still(here, guard, session.starts_at, KINDS, hours, district=session.district or "")
    bell = due.bell(here.tx, mine.kind, guard.id, mine.person_id, version=guard.version)
    if bell is not None:
        due.put_off(here.tx, bell, until=here.now)
    return None


def announced(here: Here, bell: Due) -> list[Message]:
    """The next piece of an announcement, or of the news that it is off, if the session still is as it was."""
    session = trainings.by_id(here.tx, bell.subject_id)
    if session is None or session.version != bell.version or session.state not in ("planned", "cancelled"):
        return []
    says = to_carers if session.state == "planned" else told_off
    return says(here, session, after=bell.person_id)


def to_carers(here: Here, session: Session, *, after: int = 0) -> list[Message]:
    """A piece of those invited now, the others a moment later: nobody who is leaving waits for ten thousand rows."""
    asked = seats.phones(here.tx, session.id, after=after, most=PIECE)
    _goes_on(here, session, asked)
    return [_asked(here, session, person) for person in asked]


def told_off(here: Here, session: Session, *, after: int = 0) -> list[Message]:
    """It does not take place: whoever may have been told of it learns so, also where a reminder is on its way."""
    text = invited.cancelled(session)
    told = seats.phones(here.tx, session.id, but_no=True, after=after, most=PIECE)
    _goes_on(here, session, told)
    night = reminding.of_centre(here).quiet_at(here.now)
    return [Send(person, text, key=invited.key(session), lane=Lane.REMINDER, silent=night) for person in told]


def _goes_on(here: Here, session: Session, piece: Sequence[Carer]) -> None:
    """After a whole piece there may be another."""
    if len(piece) == PIECE:
        due.plan(here.tx, ANNOUNCED, session.id, person_id=piece[-1], version=session.version, at=here.now)


def _moved(here: Here, me: Person, session: Session, seat: Seat, move: str) -> list[Message]:
    """What a press changes; a seat that becomes free by it goes on in the same moment."""
    match move.partition("."):
        case ("yes", _, _) | ("keep", _, _):
            return _comes(here, me, session, seat)
        case ("no", _, _) | ("other", _, _):
            reason = rules.ANOTHER_DATE if move == "other" else None
            seats.answer(here.tx, seat.id, "no", reason=reason, now=here.now)
            waiting.answered(here, seat)
            passed_on = waiting.pass_on(here, session)
            return [*_shown(here, me, session), *passed_on]
        case ("why", _, reason) if reason in rules.REASONS:
            seats.because(here.tx, seat.id, reason)
            return _shown(here, me, session)
        case ("wait", _, _) | ("first", _, _):
            waiting.joined(here, seat, first=move == "first" and seat.reason == rules.UNKEPT)
            return _shown(here, me, session)
        case _:
            raise Refused(texts.STALE)


def _comes(here: Here, me: Person, session: Session, seat: Seat) -> list[Message]:
    """A yes: again, of whoever has the seat; anew, as long as there is one."""
    if seats.confirm(here.tx, seat.id, now=here.now):
        return _shown(here, me, session)
    if not seats.answer(here.tx, seat.id, "yes", now=here.now):
        return [Toast(texts.TRAINING_FULL), *_shown(here, me, session)]
    waiting.answered(here, seat)
    return _shown(here, me, session)


def _explained(here: Here, seat: Seat, button: Attend) -> list[Message]:
    """Why somebody with a seat did not come, asked when it was closed."""
    reason = button.move.removeprefix(f"{MISSED}.")
    if seat.came != "no" or reason not in rules.REASONS:
        raise Refused(texts.STALE)
    seats.because(here.tx, seat.id, reason)
    return [Show(here.asker, f"{MISSED}:{seat.id}", texts.MISSED_THANKS)]


def _concerned(here: Here, session_id: int, version: int, person_id: int) -> Session | None:
    """The session, if it stands in that version and somebody at that phone may still come."""
    if not trainings.stands(here.tx, session_id, version):
        return None
    mine = seats.of_phone(here.tx, session_id, person_id)
    comes = any(seat.answer in (None, "yes") for seat in mine)
    return trainings.by_id(here.tx, session_id) if comes else None


def _reminder(here: Here, bell: Due, session: Session, hours: reminders.Hours, *, late: bool) -> Send:
    words = texts.TRAINING_REMINDER_LATE if late else texts.TRAINING_REMINDER
    mine = seats.of_phone(here.tx, session.id, bell.person_id)
    mood = keeping.asks(here, session, bell.person_id)
    keeping.noted(here, session, bell.person_id, mood)
    said = replace(reminding.said(here, TRAINING, bell, late=late), asks=mood.value)
    comes = any(seat.answer == "yes" for seat in mine)
    return Send(
        mine[0].person_id,
        paragraphs(words(**invited.what(session)), *([invited.joining(session)] if comes else []),
                   keeping.question(here, session, mood)),
        invited.ways(here, session, mine, mood),
        key=invited.key(session),
        lane=Lane.REMINDER,
        silent=hours.quiet_at(here.now),
        guard=said.guard(session.id, session.version),
    )  # fmt: skip


def _missed(here: Here, bell: Due, session: Session) -> list[Message]:
    """Nothing was said in time, or cannot be: whoever holds the training has a task, one for all whom it concerns."""
    unreminded.note(here.tx, TRAINING, session.id, bell.person_id, bell.kind, now=here.now)
    return tasks.about_training(here, session)


def _asked(here: Here, session: Session, person: Carer) -> Send:
    mine = seats.of_phone(here.tx, session.id, person)
    text = invited.invitation(session) if session.version == 1 else texts.TRAINING_MOVED(**invited.what(session))
    guard, ways = (
        reminding.for_day(TRAINING, person, session.id, session.version),
        invited.ways(here, session, mine, Asks.NOTHING),
    )
    return Send(person, text, ways, key=invited.key(session), lane=Lane.BROADCAST, guard=guard)


def _shown(here: Here, me: Person, session: Session) -> list[Message]:
    text, buttons = invited.seen(here, me.id, session)
    return [Show(here.asker, invited.key(session), text, buttons)]


def _over(session: Session) -> Line:
    """It was called off, or has begun."""
    begun = texts.TRAINING_BEGUN(**invited.called(session))
    return invited.cancelled(session) if session.state == "cancelled" else begun
