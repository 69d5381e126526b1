"""Seats at a training: who is invited, what they answered, who waits, who came. One seat a learner and session."""

from dataclasses import dataclass
from datetime import datetime

from bot.core.whom import Carer
from storage import learners
from storage.db import Row, Transaction

COLUMNS = (
    "seats.id, seats.session_id, seats.learner_id, seats.person_id, learners.name, seats.answer, seats.reason, "
    "seats.waits_since, seats.offered_until, seats.asked_at, seats.warned_at, seats.confirmed_at, seats.came, "
    "seats.answered_at, seats.via, seats.version"
)
OF_LEARNERS = "seats JOIN learners ON learners.id = seats.learner_id"
TAKEN = """
    ((SELECT count(*) FROM seats AS taken
      WHERE  taken.session_id = seats.session_id AND taken.id <> seats.id AND taken.answer = 'yes')
     + (SELECT count(*) FROM seats AS held
        WHERE  held.session_id = seats.session_id AND held.id <> seats.id
        AND    held.answer = 'wait' AND held.offered_until IS NOT NULL))
"""
"""How many seats others have, or are just being offered. An offer holds until it is passed on, not until its moment."""
ROOM = f"{TAKEN} < (SELECT capacity FROM sessions WHERE sessions.id = seats.session_id)"


@dataclass(frozen=True, slots=True)
class Seat:
    """`answer`: yes, no, wait, or none yet. `came`: yes or no, once the trainer has said; `via` how it is known.

    `reason`: a code, why somebody can't come or did not. `version` grows with every offer.
    """

    id: int
    session_id: int
    learner_id: int
    person_id: Carer
    name: str
    answer: str | None
    reason: str | None
    waits_since: datetime | None
    offered_until: datetime | None
    asked_at: datetime | None
    warned_at: datetime | None
    confirmed_at: datetime | None
    came: str | None
    answered_at: datetime | None = None
    via: str | None = None
    version: int = 1

    @property
    def offered(self) -> bool:
        return self.answer == "wait" and self.offered_until is not None


@dataclass(frozen=True, slots=True)
class Standing:
    """How many answered what."""

    yes: int
    no: int
    waiting: int
    silent: int


def invite(tx: Transaction, session_id: int, audience: str, *, now: datetime) -> int:
    """Everybody of the audience who can be reached, each learner once; how many there are by now."""
    tx.run(
        """
        INSERT INTO seats (session_id, learner_id, person_id, invited_at)
        SELECT :session_id, learners.id, learners.person_id, :now
        FROM   learners
        JOIN   carers ON carers.person_id = learners.person_id
        JOIN   people ON people.id = learners.person_id
        WHERE  carers.audience = :audience AND people.silent_since IS NULL AND learners.left_at IS NULL
        ORDER  BY learners.id
        ON CONFLICT (session_id, learner_id) DO NOTHING
        """,
        session_id=session_id,
        audience=audience,
        now=now,
    )
    row = tx.one("SELECT count(DISTINCT person_id) AS n FROM seats WHERE session_id = :id", id=session_id)
    return int(row["n"]) if row else 0


def add(tx: Transaction, session_id: int, learner_id: int, *, now: datetime) -> None:
    """One more is invited, unless they are already."""
    tx.run(
        """
        INSERT INTO seats (session_id, learner_id, person_id, invited_at)
        SELECT :session_id, id, person_id, :now FROM learners WHERE id = :learner_id
        ON CONFLICT (session_id, learner_id) DO NOTHING
        """,
        session_id=session_id,
        learner_id=learner_id,
        now=now,
    )


def answer(tx: Transaction, seat_id: int, answer: str, *, now: datetime, reason: str | None = None) -> bool:
    """Notes yes or no; a yes only while there is a seat, decided in this one statement. Whether it was noted."""
    return bool(
        tx.run(
            f"""
            UPDATE seats SET answer = :answer, answered_at = :now, reason = :reason, waits_since = NULL,
                   offered_until = NULL, asked_at = NULL, warned_at = NULL, confirmed_at = NULL
            WHERE  id = :id AND (:answer = 'no' OR {ROOM})
            """,
            id=seat_id,
            answer=answer,
            reason=reason,
            now=now,
        )
    )


def because(tx: Transaction, seat_id: int, reason: str) -> bool:
    """Why somebody who said no can't come, or whoever was missed did not; whether there was anything to explain."""
    return bool(
        tx.run(
            "UPDATE seats SET reason = :reason WHERE id = :id AND (answer = 'no' OR came = 'no')",
            id=seat_id,
            reason=reason,
        )
    )


def open_again(tx: Transaction, session_id: int) -> None:
    """The session has moved: everybody is asked once more, and nobody has come to it yet."""
    tx.run(
        """
        UPDATE seats SET answer = NULL, answered_at = NULL, reason = NULL, waits_since = NULL, offered_until = NULL,
               asked_at = NULL, warned_at = NULL, confirmed_at = NULL, came = NULL, came_at = NULL, via = NULL,
               version = version + 1
        WHERE  session_id = :id
        """,
        id=session_id,
    )


def by_id(tx: Transaction, seat_id: int) -> Seat | None:
    row = tx.one(f"SELECT {COLUMNS} FROM {OF_LEARNERS} WHERE seats.id = :id", id=seat_id)
    return _seat(tx, row) if row else None


def of_session(tx: Transaction, session_id: int) -> list[Seat]:
    rows = tx.all(f"SELECT {COLUMNS} FROM {OF_LEARNERS} WHERE session_id = :id ORDER BY seats.id", id=session_id)
    return [_seat(tx, row) for row in rows]


def of_phone(tx: Transaction, session_id: int, person_id: int) -> list[Seat]:
    """Those of one phone: one, or a couple's two."""
    rows = tx.all(
        f"SELECT {COLUMNS} FROM {OF_LEARNERS} WHERE session_id = :id AND seats.person_id = :person_id ORDER BY 1",
        id=session_id,
        person_id=person_id,
    )
    return [_seat(tx, row) for row in rows]


def phones(tx: Transaction, session_id: int, *, but_no: bool = False, after: int = 0, most: int = 10**9) -> list[Carer]:
    """The chats of those invited, once each; perhaps without those where everybody said no, perhaps a piece of them."""
    rows = tx.all(
        """
        SELECT person_id FROM seats WHERE session_id = :id AND person_id > :after
        GROUP  BY person_id
        HAVING NOT :but_no OR sum(CASE WHEN answer = 'no' THEN 0 ELSE 1 END) > 0
        ORDER  BY person_id LIMIT :most
        """,
        id=session_id,
        but_no=but_no,
        after=after,
        most=most,
    )
    return [Carer(row["person_id"]) for row in rows]


def standing(tx: Transaction, session_id: int) -> Standing:
    rows = tx.all("SELECT answer, count(*) AS n FROM seats WHERE session_id = :id GROUP BY answer", id=session_id)
    found = {row["answer"]: int(row["n"]) for row in rows}
    return Standing(found.get("yes", 0), found.get("no", 0), found.get("wait", 0), found.get(None, 0))


# Who waits, and what they are offered


def free(tx: Transaction, session_id: int) -> int:
    """How many seats nobody has and nobody is being offered; none where there are fewer than are taken."""
    row = tx.one(
        """
        SELECT capacity
               - (SELECT count(*) FROM seats WHERE session_id = sessions.id AND answer = 'yes')
               - (SELECT count(*) FROM seats
                  WHERE  session_id = sessions.id AND answer = 'wait' AND offered_until IS NOT NULL) AS n
        FROM   sessions WHERE id = :id
        """,
        id=session_id,
    )
    return max(0, int(row["n"])) if row else 0


def wait(tx: Transaction, seat_id: int, *, since: datetime, now: datetime) -> bool:
    """Stands in the line from that moment; only when no seat is free. Whether it does."""
    return bool(
        tx.run(
            f"""
            UPDATE seats SET answer = 'wait', waits_since = :since, answered_at = :now, reason = NULL,
                   offered_until = NULL
            WHERE  id = :id AND (answer IS NULL OR answer = 'no') AND NOT ({ROOM})
            """,
            id=seat_id,
            since=since,
            now=now,
        )
    )


def line(tx: Transaction, session_id: int) -> list[Seat]:
    """Who waits, in order; those who are just being offered a seat stand in front of it."""
    rows = tx.all(
        f"SELECT {COLUMNS} FROM {OF_LEARNERS} WHERE session_id = :id AND answer = 'wait' "
        "ORDER BY waits_since, seats.id",
        id=session_id,
    )
    return [_seat(tx, row) for row in rows]


def ends_of_line(tx: Transaction, session_id: int) -> tuple[datetime, datetime] | None:
    """Since when the first and the last of those who wait do."""
    waits = "SELECT waits_since FROM seats WHERE session_id = :id AND answer = 'wait' ORDER BY waits_since"
    first = tx.one(f"{waits} LIMIT 1", id=session_id)
    last = tx.one(f"{waits} DESC LIMIT 1", id=session_id)
    return (first["waits_since"], last["waits_since"]) if first and last else None


def next_in_line(tx: Transaction, session_id: int) -> Seat | None:
    """Who waits longest without an offer and can be reached: whoever cannot keeps the place, and is passed over."""
    row = tx.one(
        f"""
        SELECT {COLUMNS} FROM {OF_LEARNERS} JOIN people ON people.id = seats.person_id
        WHERE  session_id = :id AND answer = 'wait' AND offered_until IS NULL AND people.silent_since IS NULL
        ORDER  BY waits_since, seats.id LIMIT 1
        """,
        id=session_id,
    )
    return _seat(tx, row) if row else None


def place(tx: Transaction, seat: Seat) -> int:
    """Which one in the line."""
    row = tx.one(
        """
        SELECT count(*) AS n FROM seats
        WHERE  session_id = :session AND answer = 'wait' AND offered_until IS NULL
        AND    (waits_since < :since OR (waits_since = :since AND id <= :id))
        """,
        session=seat.session_id,
        since=seat.waits_since,
        id=seat.id,
    )
    return int(row["n"]) if row else 0


def offer(tx: Transaction, seat_id: int, *, until: datetime) -> Seat | None:
    """Holds a free seat for somebody who waits; None when there is none, or the person does not wait any more."""
    changed = tx.run(
        f"""
        UPDATE seats SET offered_until = :until, version = version + 1
        WHERE  id = :id AND answer = 'wait' AND offered_until IS NULL AND {ROOM}
        """,
        id=seat_id,
        until=until,
    )
    return by_id(tx, seat_id) if changed else None


def prolong(tx: Transaction, seat_id: int, *, until: datetime) -> None:
    """The same offer, longer."""
    tx.run(
        "UPDATE seats SET offered_until = :until WHERE id = :id AND offered_until IS NOT NULL", id=seat_id, until=until
    )


def take_back(tx: Transaction, person_id: int) -> list[int]:
    """What is offered to that phone is not any more; the place in the line stays. Of which sessions."""
    rows = tx.all(
        """
        UPDATE seats SET offered_until = NULL, version = version + 1
        WHERE  person_id = :id AND answer = 'wait' AND offered_until IS NOT NULL
        RETURNING session_id
        """,
        id=person_id,
    )
    return sorted({int(row["session_id"]) for row in rows})


def pressed(tx: Transaction, session_id: int) -> bool:
    """Whether somebody waits who could be offered a seat."""
    return next_in_line(tx, session_id) is not None


def coming(tx: Transaction, session_id: int) -> list[Carer]:
    """The chats of those who have a seat, once each."""
    rows = tx.all(
        "SELECT DISTINCT person_id FROM seats WHERE session_id = :id AND answer = 'yes' ORDER BY person_id",
        id=session_id,
    )
    return [Carer(row["person_id"]) for row in rows]


def answered(tx: Transaction, session_id: int, *, most: int, skip: int = 0) -> list[Seat]:
    """Who answered what: who comes, who waits in order, who can't."""
    rows = tx.all(
        f"""
        SELECT {COLUMNS} FROM {OF_LEARNERS}
        WHERE  session_id = :id AND answer IS NOT NULL
        ORDER  BY CASE answer WHEN 'yes' THEN 0 WHEN 'wait' THEN 1 ELSE 2 END, waits_since, seats.id
        LIMIT  :most OFFSET :skip
        """,
        id=session_id,
        most=most,
        skip=skip,
    )
    return [_seat(tx, row) for row in rows]


# Whether a yes still holds


def confirm(tx: Transaction, seat_id: int, *, now: datetime) -> bool:
    """Whether the seat was still there."""
    return bool(tx.run("UPDATE seats SET confirmed_at = :now WHERE id = :id AND answer = 'yes'", id=seat_id, now=now))


def asked(tx: Transaction, seat_id: int, *, warned: bool, now: datetime) -> None:
    """She is asked whether she comes; of the warning, what follows from silence, the first time counts."""
    tx.run(
        """
        UPDATE seats SET asked_at = :now,
               warned_at = CASE WHEN :warned AND warned_at IS NULL THEN :now ELSE warned_at END
        WHERE  id = :id
        """,
        id=seat_id,
        warned=warned,
        now=now,
    )


def not_asked(tx: Transaction, seat_id: int, *, warned: bool) -> None:
    """What was noted of a question that never went."""
    tx.run(
        "UPDATE seats SET asked_at = NULL, warned_at = CASE WHEN :warned THEN NULL ELSE warned_at END WHERE id = :id",
        id=seat_id,
        warned=warned,
    )


def unsettled(tx: Transaction, session_id: int) -> list[Seat]:
    """Whose yes was not confirmed, the newest first."""
    rows = tx.all(
        f"""
        SELECT {COLUMNS} FROM {OF_LEARNERS}
        WHERE  session_id = :id AND answer = 'yes' AND confirmed_at IS NULL
        ORDER  BY answered_at DESC, seats.id DESC
        """,
        id=session_id,
    )
    return [_seat(tx, row) for row in rows]


# Who came


def mark(tx: Transaction, seat_id: int, came: str | None, *, via: str | None, now: datetime) -> bool:
    """Whether that is news."""
    return bool(
        tx.run(
            """
            UPDATE seats SET came = :came, via = :via, came_at = :now
            WHERE  id = :id AND COALESCE(came, '') <> COALESCE(:came, '')
            """,
            id=seat_id,
            came=came,
            via=via if came else None,
            now=now,
        )
    )


def mark_all(tx: Transaction, session_id: int, *, via: str, now: datetime) -> None:
    """Everybody who has a seat came."""
    tx.run(
        """
        UPDATE seats SET came = 'yes', via = :via, came_at = :now
        WHERE  session_id = :id AND answer = 'yes' AND came IS NULL
        """,
        id=session_id,
        via=via,
        now=now,
    )


def close(tx: Transaction, session_id: int, *, via: str, now: datetime) -> None:
    """Whoever has a seat and was not marked did not come."""
    tx.run(
        """
        UPDATE seats SET came = 'no', via = :via, came_at = :now, reason = NULL
        WHERE  session_id = :id AND answer = 'yes' AND came IS NULL
        """,
        id=session_id,
        via=via,
        now=now,
    )


def reopen(tx: Transaction, session_id: int, *, via: str) -> None:
    """Undoes what closing has noted."""
    tx.run(
        """
        UPDATE seats SET came = NULL, via = NULL, came_at = NULL
        WHERE  session_id = :id AND via = :via AND came = 'no'
        """,
        id=session_id,
        via=via,
    )


def on_the_list(tx: Transaction, session_id: int, *, most: int, skip: int = 0) -> list[Seat]:
    """Who has a seat, or came without one."""
    rows = tx.all(
        f"""
        SELECT {COLUMNS} FROM {OF_LEARNERS}
        WHERE  session_id = :id AND (answer = 'yes' OR came = 'yes')
        ORDER  BY seats.id LIMIT :most OFFSET :skip
        """,
        id=session_id,
        most=most,
        skip=skip,
    )
    return [_seat(tx, row) for row in rows]


def without(tx: Transaction, session_id: int, audience: str, *, most: int, skip: int = 0) -> list[learners.Learner]:
    """Learners of that audience who are not on the list."""
    rows = tx.all(
        """
        SELECT learners.id FROM learners
        WHERE  learners.left_at IS NULL
        AND    learners.person_id IN (SELECT person_id FROM carers WHERE audience = :audience)
        AND    NOT EXISTS (SELECT 1 FROM seats WHERE seats.session_id = :id AND seats.learner_id = learners.id
                           AND (answer = 'yes' OR came = 'yes'))
        ORDER  BY learners.id LIMIT :most OFFSET :skip
        """,
        id=session_id,
        audience=audience,
        most=most,
        skip=skip,
    )
    return [found for row in rows if (found := learners.by_id(tx, row["id"]))]


def of_learner(tx: Transaction, session_id: int, learner_id: int) -> Seat | None:
    row = tx.one(
        f"SELECT {COLUMNS} FROM {OF_LEARNERS} WHERE session_id = :id AND learner_id = :learner",
        id=session_id,
        learner=learner_id,
    )
    return _seat(tx, row) if row else None


def missed(tx: Transaction, session_id: int) -> list[Seat]:
    """Who had a seat and did not come."""
    rows = tx.all(
        f"SELECT {COLUMNS} FROM {OF_LEARNERS} WHERE session_id = :id AND came = 'no' ORDER BY seats.id", id=session_id
    )
    return [_seat(tx, row) for row in rows]


def attendance(tx: Transaction, session_id: int) -> tuple[int, int]:
    """How many came, and how many of those with a seat did not, as far as is known."""
    rows = tx.all("SELECT came, count(*) AS n FROM seats WHERE session_id = :id GROUP BY came", id=session_id)
    found = {row["came"]: int(row["n"]) for row in rows}
    return found.get("yes", 0), found.get("no", 0)


def reasons(tx: Transaction, session_id: int, *, missed: bool) -> dict[str, int]:
    """How many gave which reason, of those who said no or of those who did not come; an empty one: none."""
    rows = tx.all(
        """
        SELECT COALESCE(reason, '') AS reason, count(*) AS n FROM seats
        WHERE  session_id = :id AND ((:missed AND came = 'no') OR (NOT :missed AND answer = 'no'))
        GROUP  BY COALESCE(reason, '')
        """,
        id=session_id,
        missed=missed,
    )
    return {str(row["reason"]): int(row["n"]) for row in rows}


def sessions_of(tx: Transaction, person_id: int) -> list[int]:
    """Where that phone has a seat, or is being offered one."""
    rows = tx.all(
        "SELECT DISTINCT session_id FROM seats WHERE person_id = :id AND answer IN ('yes', 'wait') ORDER BY session_id",
        id=person_id,
    )
    return [int(row["session_id"]) for row in rows]


# Reminders


def plan_reminders(tx: Transaction, session_id: int, kind: str, *, version: int, at: datetime) -> None:
    """A due row a phone, in one statement; those who keep hours of their own are planned one by one."""
    tx.run(
        """
        INSERT INTO due (kind, subject_id, person_id, version, at)
        SELECT DISTINCT :kind, :session_id, seats.person_id, :version, :at
        FROM   seats JOIN people ON people.id = seats.person_id
        WHERE  seats.session_id = :session_id AND people.zone IS NULL AND people.quiet_from IS NULL
        ON CONFLICT (kind, subject_id, person_id, version) DO NOTHING
        """,
        kind=kind,
        session_id=session_id,
        version=version,
        at=at,
    )


def with_own_hours(tx: Transaction, session_id: int) -> list[int]:
    """The phones whose owners keep a zone or quiet hours of their own."""
    rows = tx.all(
        """
        SELECT DISTINCT people.id FROM seats JOIN people ON people.id = seats.person_id
        WHERE  seats.session_id = :id AND (people.zone IS NOT NULL OR people.quiet_from IS NOT NULL)
        """,
        id=session_id,
    )
    return [int(row["id"]) for row in rows]


def _seat(tx: Transaction, row: Row) -> Seat:
    kept = {name.split(".")[-1]: row[name.split(".")[-1]] for name in COLUMNS.split(", ")}
    return Seat(**kept | {"name": learners.called(tx, row["name"]), "person_id": Carer(row["person_id"])})
