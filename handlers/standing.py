"""How a training stands, for whoever holds it and for the head: counts, reasons, the line, who answered what."""

from bot.core import texts
from bot.core.buttons import Came, Teach
from bot.core.events import Message, Refused
from bot.core.lines import NOTHING, Joined, Line, Sentence, Wording, rows
from bot.core.trainings import ANOTHER_DATE
from handlers import attendance, invited
from handlers.here import Here, row, screen
from storage import seats, trainings, unreminded
from storage.people import Person
from storage.seats import Seat
from storage.trainings import Session

A_PAGE = 30
WHY: dict[str, Sentence] = texts.REASONS | texts.REASONS_OF_SILENCE


def text(here: Here, session: Session) -> Wording:
    """How many said what and why; once it is closed, who came."""
    found = seats.standing(here.tx, session.id)
    head = texts.TRAINING_STANDING(
        **invited.called(session), seats=session.capacity, yes=found.yes, no=found.no, silent=found.silent
    )
    refused = seats.reasons(here.tx, session.id, missed=False)
    other = refused.pop(ANOTHER_DATE, 0)
    return rows(
        head,
        texts.STANDING_WAITS(n=found.waiting) if found.waiting and session.state == "planned" else NOTHING,
        texts.STANDING_OTHER_DATE(n=other) if other else NOTHING,
        texts.STANDING_WHY(reasons=_counted(refused)) if any(refused) else NOTHING,
        _unreached(here, session),
        *_came(here, session),
    )


def turned(here: Here, me: Person, button: Came) -> list[Message]:
    """Another page of it."""
    session = trainings.by_id(here.tx, button.session)
    if session is None:
        raise Refused(texts.TRAINING_GONE)
    return answers(here, me, session, button.page)


def answers(here: Here, me: Person, session: Session, page: int) -> list[Message]:
    """By name: who comes, who waits and in which order, who can't and why."""
    page = max(page, 0)
    found = seats.answered(here.tx, session.id, most=A_PAGE + 1, skip=page * A_PAGE)
    lines = [_line(here, seat) for seat in found[:A_PAGE]]
    before = [(texts.PAGE_BEFORE, Came(session.id, 0, page - 1, "who"))] if page else []
    after = [(texts.PAGE_AFTER, Came(session.id, 0, page + 1, "who"))] if len(found) > A_PAGE else []
    turns = row(*before, *after) if before or after else ()
    back = row((texts.TO_TRAINING, Teach(session.id, session.version, "show")))
    said: Wording = rows(texts.TRAINING_LINE(**invited.called(session)), *lines) if lines else texts.NOBODY_ANSWERED
    return screen(here, me, attendance.key(session), said, (*turns, *back))


def _line(here: Here, seat: Seat) -> Line:
    who = attendance.name(here, seat)
    match seat.answer:
        case "yes":
            return texts.COMES_LINE(name=who)
        case "wait" if seat.offered_until:
            return texts.OFFERED_LINE(name=who, until=seat.offered_until)
        case "wait":
            return texts.WAITS_LINE(name=who)
        case _ if seat.reason in WHY:
            return texts.CANNOT_WHY_LINE(name=who, reason=WHY[seat.reason])
        case _:
            return texts.CANNOT_LINE(name=who)


def _counted(found: dict[str, int]) -> Joined:
    known = sorted(found.items(), key=lambda each: -each[1])
    lines = [texts.REASON_COUNT(reason=WHY.get(reason, texts.NO_REASON), n=n) for reason, n in known]
    return Joined(tuple(lines), by=", ")


def _unreached(here: Here, session: Session) -> Wording:
    many = unreminded.count(here.tx, "training", session.id)
    return texts.STANDING_UNREACHED(people=texts.UNREMINDED(many)) if many else NOTHING


def _came(here: Here, session: Session) -> list[Wording]:
    if session.state != "held":
        return []
    came, missed = seats.attendance(here.tx, session.id)
    why = _counted(seats.reasons(here.tx, session.id, missed=True))
    return [
        texts.STANDING_CAME(came=came, missed=missed),
        texts.STANDING_WHY_MISSED(reasons=why) if missed else NOTHING,
    ]
