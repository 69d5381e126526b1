"""Two weeks with trainings in them, walked through once; the tests read what stood in the chats at their moments."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from bot.core import texts
from bot.core.lines import Sentence
from bot.sandbox.chats import Message
from tests.process.speech import EN
from tests.process.town import Heard, Somebody, Town, at

ENTRY = {"uk": "Навчання", "en": "Trainings"}
"""Fixed by contract.md, section 6."""
KEPT, MOVED, CANCELLED = "Довіра", "Boundaries", "Спокій"


@dataclass
class Fortnight:
    """How often each carer was reminded of each training by each moment: `reminded["halyna", KEPT]["day 3 10:01"]`."""

    carers: dict[str, Somebody]
    reminded: dict[tuple[str, str], dict[str, int]] = field(default_factory=dict)

    def note(self, moment: str) -> None:
        for name, carer in self.carers.items():
            for title in (KEPT, MOVED, CANCELLED):
                so_far = self._reminders.setdefault((name, title), set())
                so_far.update(heard.message.id for heard in reminders_of(carer, title))
                self.reminded.setdefault((name, title), {})[moment] = len(so_far)

    _reminders: dict[tuple[str, str], set[int]] = field(default_factory=dict)


async def walked(town: Town) -> Fortnight:
    maria, martha = await town.joins("head", "Марія"), await town.joins("head", "Martha", EN)
    halyna, helen = await town.joins("carer", "Галина"), await town.joins("carer", "Helen", EN)
    roman = await town.joins("carer", "Роман")
    start = town.local.date()
    await announces(maria, KEPT, start + timedelta(days=10))
    await _answers(halyna, KEPT, texts.I_WILL_COME, texts.TRAINING_YES)
    await _answers(roman, KEPT, texts.I_CANNOT, texts.TRAINING_NO)
    await announces(martha, MOVED, start + timedelta(days=9))
    await _answers(halyna, MOVED, texts.I_WILL_COME, texts.TRAINING_YES)
    await _answers(helen, MOVED, texts.I_WILL_COME, texts.TRAINING_YES)
    await _moves(martha, MOVED, start + timedelta(days=12), "17:00")
    for carer in (halyna, helen):
        moved = await carer.hears(texts.TRAINING_MOVED, title=MOVED)
        assert moved["at"].endswith("17:00")
        await carer.presses(texts.I_WILL_COME, message=moved.message)
        await carer.hears(texts.TRAINING_YES, title=MOVED)
    await announces(maria, CANCELLED, start + timedelta(days=9))
    await _answers(halyna, CANCELLED, texts.I_WILL_COME, texts.TRAINING_YES)
    await _cancels(maria, CANCELLED)
    await halyna.hears(texts.TRAINING_CANCELLED, title=CANCELLED)

    fortnight = Fortnight({"halyna": halyna, "helen": helen, "roman": roman})
    for days, clock in (
        (2, "10:30"), (3, "09:55"), (3, "10:01"), (5, "17:01"), (9, "10:30"), (10, "08:01"), (11, "17:01"),
        (12, "15:01"),
    ):  # fmt: skip
        await town.passes_to(at(start + timedelta(days=days), clock))
        fortnight.note(f"day {days} {clock}")
    return fortnight


async def announces(head: Somebody, title: str, day: date) -> None:
    """A training for foster parents, whose invitations go out now."""
    await head.presses(texts.SEND, message=await prepares(head, title, day))
    made = await head.hears(texts.TRAINING_MADE, title=title)
    assert made["at"].endswith("10:00")


async def prepares(head: Somebody, title: str, day: date) -> Message:
    """The summary, with the button that sends it."""
    head.says(ENTRY[head.speech.language])
    await head.phone.hears()
    await head.presses(texts.NEW_TRAINING)
    await head.writes("training", "title", title)
    await head.answers("training", "audience", "foster_parents")
    await head.picks("training", day, "10:00")
    await head.presses("4", message=await head.asked("training", "hours"))
    await head.writes("training", "place", "Зала на першому поверсі")
    await head.presses("12", message=await head.asked("training", "capacity"))
    return await head.phone.hears(head.speech(texts.SUMMARY))


async def _answers(carer: Somebody, title: str, label: Sentence, then: Sentence) -> None:
    invitation = await carer.hears(texts.TRAINING_INVITES, title=title)
    assert "12" in invitation["seats"]
    await carer.presses(label, message=invitation.message)
    await carer.hears(then, title=title)


async def _moves(head: Somebody, title: str, day: date, clock: str) -> None:
    made = await head.hears(texts.TRAINING_MADE, title=title)
    await head.presses(texts.MOVE, message=made.message)
    await head.picks("moved", day, clock)
    await head.presses(texts.SEND, message=await head.phone.hears(head.speech(texts.SUMMARY)))


async def _cancels(head: Somebody, title: str) -> None:
    made = await head.hears(texts.TRAINING_MADE, title=title)
    await head.presses(texts.CALL_OFF, message=made.message)


def reminders_of(carer: Somebody, title: str) -> list[Heard]:
    """Also those that say that they are late: the clock is put on by days."""
    words = (texts.TRAINING_REMINDER, texts.TRAINING_REMINDER_LATE)
    return [heard for said in words for heard in carer.all_heard(said, title=title)]
