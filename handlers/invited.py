"""A training as one phone shows it: what stands there, what can be answered. Two who share it have a row each.

What is asked of whoever has a seat (`Asks`) is decided in handlers/keeping.py and only worded here.
"""

from datetime import datetime

from bot.core import texts
from bot.core.buttons import Attend
from bot.core.events import Button, Rows
from bot.core.lines import NOTHING, Line, Own, Wording, paragraphs, rows
from bot.core.trainings import ANOTHER_DATE, REASONS, UNANSWERED, UNKEPT, Asks
from handlers.here import Here
from storage import seats, trainings
from storage.seats import Seat
from storage.trainings import Session

SESSIONS_OFFERED = 2
"""More dates than this make a message long."""


def key(session: Session) -> str:
    return f"training:{session.id}"


def seen(here: Here, person_id: int, session: Session) -> tuple[Wording, Rows]:
    """The invitation as it stands with the answers of this phone."""
    mine = seats.of_phone(here.tx, session.id, person_id)
    if len(mine) == 1:
        return paragraphs(_standing(here, session, mine[0])), ways(here, session, mine)
    answers = rows(*(_of_each(seat) for seat in mine))
    offered = [_offered(session, seat) for seat in mine if seat.offered]
    return paragraphs(invitation(session), answers, *offered), ways(here, session, mine)


def ways(here: Here, session: Session, mine: list[Seat], asks: Asks = Asks.NOTHING) -> Rows:
    """The answers that were not given; with several carers at one phone a row each, by name."""
    full = any(_needs_room(seat) for seat in mine) and seats.free(here.tx, session.id) == 0
    own = [row for seat in mine for row in _of_one(session, seat, asks, full=full, named=len(mine) > 1)]
    more = _reasons(session, mine[0]) if len(mine) == 1 else ()
    return (*more, *own, *_elsewhere(here, session, mine))


def question(asks: Asks, by: datetime | None) -> Wording:
    """What a reminder asks besides."""
    if asks is Asks.NOTHING or by is None:
        return NOTHING if asks is Asks.NOTHING else texts.WILL_YOU_STILL
    said = {Asks.WARNING: texts.KEEP_WARNING(by=by), Asks.LAST: texts.KEEP_LAST(by=by)}
    return rows(texts.WILL_YOU_STILL, said[asks]) if asks in said else texts.WILL_YOU_STILL


def invitation(session: Session) -> Line:
    return texts.TRAINING_INVITES(
        **what(session), hours=texts.HOURS(session.hours), seats=texts.SEATS(session.capacity)
    )


def cancelled(session: Session) -> Line:
    return texts.TRAINING_CANCELLED(**called(session))


def what(session: Session) -> dict[str, Own | datetime]:
    return {**called(session), "place": Own(session.place)}


def called(session: Session) -> dict[str, Own | datetime]:
    return {"title": Own(session.title), "at": session.starts_at}


def joining(session: Session) -> Wording:
    """The address of a meeting over the network: for those who come, and nobody else."""
    return texts.TRAINING_LINK(link=Own(session.link)) if session.link else NOTHING


def again(here: Here, session: Session, person_id: int) -> list[Session]:
    """Later ones of the same, to which this phone is invited, and where it has not said no."""
    later = [each for each in trainings.ahead_for(here.tx, person_id, now=here.now) if _same(session, each)]
    open_to = [each for each in later if any(seat.answer != "no" for seat in _seats(here, each, person_id))]
    return open_to[:SESSIONS_OFFERED]


def _same(session: Session, other: Session) -> bool:
    """One place for «the same training on another day»."""
    alike = other.title.casefold() == session.title.casefold() or other.makes_up_for == session.id
    return other.id != session.id and other.starts_at > session.starts_at and alike


def _standing(here: Here, session: Session, seat: Seat) -> Wording:
    match seat.answer:
        case "yes":
            return paragraphs(texts.TRAINING_YES(**what(session)), joining(session))
        case "no":
            return _refused(here, session, seat)
        case "wait" if seat.offered:
            return _offered(session, seat)
        case "wait":
            return texts.TRAINING_WAITS(**called(session), place=seats.place(here.tx, seat))
        case _:
            full = seats.free(here.tx, session.id) == 0
            return paragraphs(invitation(session), texts.SEATS_TAKEN if full else NOTHING)


def _refused(here: Here, session: Session, seat: Seat) -> Wording:
    """What came of a no, or of silence; why, as far as it was said."""
    said = {UNKEPT: texts.SEAT_WENT_ON, UNANSWERED: texts.OFFER_WENT_ON}.get(seat.reason or "", texts.TRAINING_NO)
    why: Wording = texts.WHY_NOT if seat.reason is None else NOTHING
    if seat.reason in texts.REASONS:
        why = texts.REASON_NOTED(reason=texts.REASONS[seat.reason])
    if seat.reason == ANOTHER_DATE:
        why = texts.ANOTHER_DATE_NOTED
    later = texts.HELD_AGAIN if again(here, session, seat.person_id) else NOTHING
    return paragraphs(said(**called(session)), why, later)


def _offered(session: Session, seat: Seat) -> Line:
    return texts.SEAT_FREE(**what(session), until=seat.offered_until or session.starts_at)


def _of_each(seat: Seat) -> Line:
    said = texts.ANSWERS.get(seat.answer or "", texts.NOT_ANSWERED)
    return texts.SEAT_OF(name=Own(seat.name or "—"), answer=said)


def _of_one(session: Session, seat: Seat, asks: Asks, *, full: bool, named: bool) -> Rows:
    labels = _labels(seat, asks, full=full)
    if named and seat.name:
        labels = {move: texts.NAMED_WAY(name=Own(seat.name), way=label) for move, label in labels.items()}
    made = [Button(label, Attend(seat.id, session.version, move)) for move, label in labels.items()]
    return tuple(tuple(made[start : start + 2]) for start in range(0, len(made), 2))


def _labels(seat: Seat, asks: Asks, *, full: bool) -> dict[str, Wording]:
    comes: dict[str, Wording] = {"wait": texts.WAIT_FOR_SEAT} if full else {"yes": texts.I_WILL_COME}
    match seat.answer:
        case "yes":
            kept: dict[str, Wording] = {} if asks is Asks.NOTHING else {"keep": texts.STILL_COME}
            return kept | {"no": texts.I_CANNOT}
        case "no" if seat.reason == UNKEPT and full:
            return {"first": texts.WAIT_FIRST}
        case "no":
            return comes
        case "wait" if seat.offered:
            return {"yes": texts.TAKE_SEAT, "no": texts.NO_THANKS}
        case "wait":
            stay: dict[str, Wording] = {} if full else comes
            return stay | {"no": texts.STOP_WAITING}
        case _:
            return comes | {"no": texts.I_CANNOT, "other": texts.ANOTHER_DATE}


def _needs_room(seat: Seat) -> bool:
    """Whether it matters if a seat is free: not to who has one, or is being offered one."""
    return seat.answer != "yes" and not seat.offered


def _reasons(session: Session, seat: Seat) -> Rows:
    """Short ones to press, as long as none was given; they may be left out."""
    if seat.answer != "no" or seat.reason is not None:
        return ()
    return reasons(seat, session.version, "why")


def reasons(seat: Seat, version: int, move: str) -> Rows:
    made = [Button(texts.REASONS[each], Attend(seat.id, version, f"{move}.{each}")) for each in REASONS]
    return tuple(tuple(made[start : start + 2]) for start in range(0, len(made), 2))


def _elsewhere(here: Here, session: Session, mine: list[Seat]) -> Rows:
    """The same on another day, for whoever does not come to this one."""
    return () if any(seat.answer != "no" for seat in mine) or not mine else dates(here, session, mine[0].person_id)


def dates(here: Here, session: Session, person_id: int) -> Rows:
    """The later ones of the same, a button each."""
    found = again(here, session, person_id)
    seat_there = {each.id: _seats(here, each, person_id)[0] for each in found}
    return tuple(
        (Button(texts.TRAINING_LINE(**called(each)), Attend(seat_there[each.id].id, each.version, "show")),)
        for each in found
    )


def _seats(here: Here, session: Session, person_id: int) -> list[Seat]:
    return seats.of_phone(here.tx, session.id, person_id)
