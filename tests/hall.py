"""A training to which many are invited, so that the reminders of all of them come due in the same moment."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from bot.core import reminders
from handlers import rsvp
from storage import learners, people, seats, trainings
from storage.db import Transaction
from tests.people import Town

FIRST = 10_000
"""The chat of the first; the others follow."""


@dataclass(frozen=True, slots=True)
class Hall:
    """Whom it is about, when the reminder of the day before comes due, and what it says."""

    chats: list[int]
    due: datetime
    text: str


async def fills(town: Town, many: int) -> Hall:
    """Everybody has been invited, for ten in the morning of the day after tomorrow."""
    head = await town.staff("Maria", "head", language="en")
    chats = [FIRST + number for number in range(many)]
    zone = town.app.centre.zone
    day = (town.clock.at.astimezone(zone) + timedelta(days=2)).date()
    await town.app.writer.transact(lambda tx: _planned(town, tx, head.id, chats, day.isoformat()))
    await town.ticks()
    town.telegram.chats.clear()
    due = datetime.combine(day - timedelta(days=1), time(10), zone).astimezone(UTC)
    return Hall(chats, due, f"Reminder: training “Hall”, {day:%a} {day.day} {day:%B}, 10:00. Library.")


def _planned(town: Town, tx: Transaction, head: int, chats: list[int], day: str) -> None:
    now, desk = town.clock.at, town.app.desk
    for chat in chats:
        person = people.meet(tx, chat, kind="private", language="en", now=now)
        people.speak(tx, person.id, "en")
        people.join_audience(tx, person.id, "foster_parents", now=now)
        learners.join(tx, person.id, now=now)
    me, starts_at = people.found(tx, head), reminders.moment(day, "10:00", town.app.centre.zone)
    assert me is not None
    session = trainings.plan(
        tx, title="Hall", place="Library", audience="foster_parents", starts_at=starts_at, hours=2,
        capacity=len(chats), by=me.id, now=now,
    )  # fmt: skip
    here = desk.here(tx, now)
    seats.invite(tx, session.id, session.audience, now=now)
    rsvp.plan_reminders(here, session)
    desk.write(tx, rsvp.to_carers(here, session), now=now)
