"""One training with two seats for four, in two languages, with the plug pulled before every reminder."""

from datetime import date, timedelta

import pytest

from bot.core import texts
from bot.core.lines import Sentence
from tests.process.fortnight import ENTRY
from tests.process.speech import EN
from tests.process.town import Somebody, Town, at

pytestmark = pytest.mark.asyncio(loop_scope="module")
TITLE = "Межі"


async def plans(head: Somebody, day: date) -> None:
    head.says(ENTRY[head.speech.language])
    await head.phone.hears()
    await head.presses(texts.NEW_TRAINING)
    await head.writes("training", "title", TITLE)
    await head.answers("training", "audience", "foster_parents")
    await head.picks("training", day, "10:00")
    await head.presses("4", message=await head.asked("training", "hours"))
    await head.writes("training", "place", "Зала")
    await head.writes("training", "capacity", "2")
    await head.presses(texts.SEND, message=await head.phone.hears(head.speech(texts.SUMMARY)))
    await head.hears(texts.TRAINING_MADE, title=TITLE)


async def answers(carer: Somebody, label: Sentence, then: Sentence) -> None:
    await carer.presses(label)
    await carer.hears(then, title=TITLE)


def reminded(carer: Somebody) -> int:
    """The week, the day, the two hours before; and two days before the question to whoever has a seat."""
    words = (texts.TRAINING_REMINDER, texts.TRAINING_REMINDER_LATE, texts.TRAINING_SOON)
    return len({heard.message.id for said in words for heard in carer.all_heard(said, title=TITLE)})


async def test_two_seats_for_four(town: Town) -> None:
    head = await town.joins("head", "Марія")
    a, b = await town.joins("carer", "Галина"), await town.joins("carer", "Helen", EN)
    c, d = await town.joins("carer", "Роман"), await town.joins("carer", "Nadia", EN)
    await plans(head, town.local.date() + timedelta(days=8))
    for each in (a, b, c, d):
        await each.hears(texts.TRAINING_INVITES, title=TITLE)
    await answers(a, texts.I_WILL_COME, texts.TRAINING_YES)
    await answers(b, texts.I_WILL_COME, texts.TRAINING_YES)
    await c.presses(texts.I_WILL_COME)
    await c.presses(texts.WAIT_FOR_SEAT)
    await c.hears(texts.TRAINING_WAITS, title=TITLE)
    await answers(a, texts.I_CANNOT, texts.TRAINING_NO)
    await c.hears(texts.SEAT_FREE, title=TITLE)
    await answers(c, texts.TAKE_SEAT, texts.TRAINING_YES)
    start = town.local.date() + timedelta(days=8)
    for days, clock in ((-7, "10:01"), (-2, "10:01"), (-1, "10:01"), (0, "08:01")):
        town.world.clock.forward(max(0.0, (at(start + timedelta(days=days), clock) - town.local).total_seconds()))
        await town.bot.kill()
        town.bot = town.another_life()
        await town.bot.start()
        await town.settles()
    assert [reminded(each) for each in (a, b, c, d)] == [0, 4, 4, 3]
    await town.passes_to(at(start, "14:30"))
    head.says(ENTRY["uk"])
    await head.phone.hears()
    listed = max(head.phone.heard, key=lambda each: each.touched)
    await head.presses(next(each for each in listed.labels if TITLE in each), message=listed)
    await head.presses(texts.WHO_CAME_BUTTON)
    await head.presses(texts.EVERYBODY_CAME)
    await head.presses(texts.DONE)
    for each in (b, c):
        await each.hears(texts.CREDITED_NUMBER, title=TITLE)
    assert town.count("SELECT count(*) FROM credits") == 2
    assert town.count("SELECT count(DISTINCT learner_id) FROM credits") == 2
