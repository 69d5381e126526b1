"""A training to which many are invited, so that the reminders of all of them come due in the same moment."""

from datetime import UTC, datetime

from bot.core.filling import Draft
from bot.core.forms import FORMS
from bot.core.whom import Asker
from handlers import trainings
from storage import learners, people
from storage.db import Transaction
from tests.people import Town

FIRST = 10_000
"""The chat of the first; the others follow."""
STARTS = {"day": "2026-11-25", "time": "10:00"}
DUE = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
"""A day before, 10:00 in Kyiv."""
REMINDER = "Reminder: training “Hall”, Wed 25 November, 10:00. Library."


async def fills(town: Town, many: int) -> list[int]:
    """Everybody has been invited; their chats."""
    head = await town.staff("Maria", "head", language="en")
    chats = [FIRST + number for number in range(many)]
    await town.app.writer.transact(lambda tx: _planned(town, tx, head.id, chats))
    await town.ticks()
    town.telegram.chats.clear()
    return chats


def _planned(town: Town, tx: Transaction, head: int, chats: list[int]) -> None:
    now, desk = town.clock.at, town.app.desk
    for chat in chats:
        person = people.meet(tx, chat, kind="private", language="en", now=now)
        people.speak(tx, person.id, "en")
        people.join_audience(tx, person.id, "foster_parents", now=now)
        learners.join(tx, person.id, now=now)
    me = people.found(tx, head)
    assert me is not None
    answers = {"title": "Hall", "place": "Library", "audience": "foster_parents", "hours": 2, "capacity": len(chats)}
    here = desk.here(tx, now, asker=Asker(me.id))
    desk.write(tx, trainings.planned(here, me, Draft(0, FORMS["training"], answers | STARTS)), now=now)
