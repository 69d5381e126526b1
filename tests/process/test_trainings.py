"""A training: the head invites, carers answer, whoever comes is reminded while it stands."""

from datetime import date, timedelta

import pytest

from bot.core import texts
from bot.core.lines import Sentence
from tests.process.speech import EN, UK, Speech
from tests.process.town import Heard, Somebody, Town, at

pytestmark = pytest.mark.asyncio(loop_scope="module")

ENTRY = {"uk": "Навчання", "en": "Trainings"}
"""Fixed by contract.md, section 6."""


@pytest.mark.parametrize("speech", [UK, EN], ids=["uk", "en"])
async def test_who_comes_is_reminded_a_week_a_day_and_two_hours_before(town: Town, speech: Speech) -> None:
    head, carer = await town.joins("head", "Марія", speech), await town.joins("carer", "Галина", speech)
    silent, absent = await town.joins("carer", "Ніна"), await town.joins("carer", "Роман", EN)
    day, title = town.local.date() + timedelta(days=10), f"Довіра {speech.language}"
    await _invites(head, title, day)
    made = await head.hears(texts.TRAINING_MADE, title=title)
    assert "12" in (await carer.hears(texts.TRAINING_INVITES, title=title))["seats"]
    assert made["at"].endswith("10:00")
    await _answers(carer, title, texts.I_WILL_COME, texts.TRAINING_YES)
    await _answers(absent, title, texts.I_CANNOT, texts.TRAINING_NO)

    await town.passes_to(at(day - timedelta(days=7), "9:55".zfill(5)))
    assert _reminded(carer, title) == []
    for place, moment in enumerate((at(day - timedelta(days=7), "10:01"), at(day - timedelta(days=1), "10:01"), at(day, "08:01"))):
        await town.passes_to(moment)
        assert len(_reminded(carer, title)) == place + 1
    assert all(each["at"].endswith("10:00") for each in _reminded(carer, title))
    assert _reminded(absent, title) == []
    assert len(_reminded(silent, title)) == 3


async def test_a_training_that_was_moved_reminds_at_its_new_time_only(town: Town) -> None:
    head, carer = await town.joins("head", "Марія"), await town.joins("carer", "Галина", EN)
    old, new, title = town.local.date() + timedelta(days=9), town.local.date() + timedelta(days=12), "Межі"
    await _invites(head, title, old)
    made = await head.hears(texts.TRAINING_MADE, title=title)
    await _answers(carer, title, texts.I_WILL_COME, texts.TRAINING_YES)
    await head.presses(texts.MOVE, message=made.message)
    await head.picks("moved", new, "17:00")
    await head.presses(texts.SEND, message=await head.phone.hears(head.speech(texts.SUMMARY)))
    moved = await carer.hears(texts.TRAINING_MOVED, title=title)
    assert moved["at"].endswith("17:00")
    await carer.presses(texts.I_WILL_COME, message=moved.message)
    await carer.hears(texts.TRAINING_YES, title=title)

    await town.passes_to(at(old - timedelta(days=7), "10:30"))
    assert _reminded(carer, title) == []
    await town.passes_to(at(new - timedelta(days=7), "17:01"))
    assert len(_reminded(carer, title)) == 1
    await town.passes_to(at(old, "10:30"))
    assert len(_reminded(carer, title)) == 1
    await town.passes_to(at(new, "15:01"))
    assert len(_reminded(carer, title)) == 3
    assert all(each["at"].endswith("17:00") for each in _reminded(carer, title))


async def test_a_training_that_was_cancelled_reminds_nobody(town: Town) -> None:
    head, carer = await town.joins("head", "Марія", EN), await town.joins("carer", "Галина")
    day, title = town.local.date() + timedelta(days=9), "Спокій"
    await _invites(head, title, day)
    made = await head.hears(texts.TRAINING_MADE, title=title)
    await _answers(carer, title, texts.I_WILL_COME, texts.TRAINING_YES)
    await head.presses(texts.CALL_OFF, message=made.message)
    await carer.hears(texts.TRAINING_CANCELLED, title=title)
    await town.passes_to(at(day, "10:30"))
    assert _reminded(carer, title) == []


async def _invites(head: Somebody, title: str, day: date) -> None:
    head.says(ENTRY[head.speech.language])
    await head.presses(texts.NEW_TRAINING)
    await head.writes("training", "title", title)
    await head.answers("training", "audience", "foster_parents")
    await head.picks("training", day, "10:00")
    message = await head.asked("training", "hours")
    await head.presses("4", message=message)
    await head.writes("training", "place", "Зала на першому поверсі")
    message = await head.asked("training", "capacity")
    await head.presses("12", message=message)
    await head.presses(texts.SEND, message=await head.phone.hears(head.speech(texts.SUMMARY)))


async def _answers(carer: Somebody, title: str, label: Sentence, then: Sentence) -> None:
    invitation = await carer.hears(texts.TRAINING_INVITES, title=title)
    await carer.presses(label, message=invitation.message)
    await carer.hears(then, title=title)


def _reminded(carer: Somebody, title: str) -> list[Heard]:
    return list(carer.all_heard(texts.TRAINING_REMINDER, title=title))
