"""A week with visits in it, walked through once; the tests read what stood in the chats at its moments."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from bot.core import texts
from bot.core.lines import Sentence
from bot.sandbox.chats import Message
from tests.process.acts import a_case_with_its_taker, reports_danger, takes
from tests.process.speech import EN, UK, Speech
from tests.process.town import Somebody, Town, at

TELLS = {
    "tomorrow": texts.VISIT_TOMORROW_STAFF,
    "soon": texts.VISIT_SOON_STAFF,
    "ahead": texts.VISIT_AHEAD_STAFF,
}
SAYS = {"tomorrow": texts.VISIT_TOMORROW, "today": texts.VISIT_TODAY, "arranged": texts.VISIT_ARRANGED}


@dataclass
class Story:
    """One visit between two people; after each moment, what the newcomers in their chats say."""

    resident: Somebody
    specialist: Somebody
    number: str
    card: Message
    reminded: dict[str, list[str]] = field(default_factory=dict)
    told: dict[str, list[str]] = field(default_factory=dict)
    _seen: int = 0

    def note(self, moment: str, until: int) -> None:
        self.reminded[moment] = self._since(self.specialist, TELLS, number=self.number)
        fresh = [message for message in self.resident.phone.heard if message.touched > self._seen]
        self.told[moment] = self._since(self.resident, SAYS) or [message.text for message in fresh]
        self._seen = until

    def _since(self, somebody: Somebody, kinds: dict[str, Sentence], **blanks: str) -> list[str]:
        return [
            name for name, sentence in kinds.items() for _ in somebody.all_heard(sentence, since=self._seen, **blanks)
        ]


@dataclass
class Week:
    kept: Story
    moved: Story
    cancelled: Story
    branch_uk: Story
    branch_en: Story

    @property
    def stories(self) -> tuple[Story, ...]:
        return (self.kept, self.moved, self.cancelled, self.branch_uk, self.branch_en)


async def walked(town: Town) -> Week:
    """Monday 10:00 everything is planned; then the clock walks to Friday, with a restart on Wednesday."""
    monday = town.local.date()
    tuesday, wednesday, thursday, friday = (monday + timedelta(days=days) for days in range(1, 5))
    week = Week(
        kept=await _asked(town, EN),
        moved=await _asked(town, UK),
        cancelled=await _asked(town, UK),
        branch_uk=await _reported(town, UK),
        branch_en=await _reported(town, EN),
    )
    for story in (week.kept, week.branch_uk, week.branch_en):
        await _plans(story, thursday, "14:00")
    for story in (week.moved, week.cancelled):
        await _plans(story, wednesday, "14:00")
    await _moves(week.moved, friday, "16:00")
    await _cancels(week.cancelled)
    await town.settles()
    _note(town, week, "planned")

    await _comes(town, week, "tue 14:01", at(tuesday, "14:01"))
    await _comes(town, week, "wed 13:55", at(wednesday, "13:55"))
    assert await town.bot.stop() == 0
    town.world.clock.forward((at(wednesday, "14:01") - town.local).total_seconds())
    town.bot = town.another_life()
    await town.bot.start()
    await _comes(town, week, "wed 14:01", at(wednesday, "14:01"))
    await _answered(week.kept)
    await _comes(town, week, "thu 12:01", at(thursday, "12:01"))
    await _comes(town, week, "thu 16:01", at(thursday, "16:01"))
    await _comes(town, week, "fri 14:01", at(friday, "14:01"))
    return week


async def _asked(town: Town, speech: Speech) -> Story:
    ana = await town.resident("Анна", speech)
    olena = await town.joins("specialist", "Олена")
    return Story(ana, olena, *await a_case_with_its_taker(town, ana, olena))


async def _reported(town: Town, speech: Speech) -> Story:
    ana = await town.resident("Анна", speech)
    olena = await town.joins("brigade", "Олена")
    number = await reports_danger(ana)
    await ana.moves("safety", "address", texts.ENOUGH)
    card = await takes(olena, number)
    await olena.presses(texts.MARK_CONTACTED, message=card)
    await olena.phone.until(lambda: olena.speech(texts.MARK_CONTACTED) not in card.labels, "has been in touch")
    return Story(ana, olena, number, card)


async def _plans(story: Story, day: date, clock: str) -> None:
    await story.specialist.presses(texts.PLAN_VISIT, message=story.card)
    await _fills(story.specialist, day, clock)
    await story.specialist.hears(texts.VISIT_PLANNED, number=story.number)


async def _moves(story: Story, day: date, clock: str) -> None:
    planned = await story.specialist.hears(texts.VISIT_PLANNED, number=story.number)
    await story.specialist.presses(texts.MOVE, message=planned.message)
    await _fills(story.specialist, day, clock)
    moved = await story.resident.hears(texts.VISIT_MOVED)
    assert moved["at"].endswith(clock)


async def _cancels(story: Story) -> None:
    planned = await story.specialist.hears(texts.VISIT_PLANNED, number=story.number)
    await story.specialist.presses(texts.CALL_OFF, message=planned.message)
    await story.resident.hears(texts.VISIT_CANCELLED)


async def _fills(specialist: Somebody, day: date, clock: str) -> None:
    await specialist.answers("visit", "kind", "first_home_visit")
    await specialist.picks("visit", day, clock)
    summary = await specialist.phone.hears(specialist.speech(texts.SUMMARY))
    await specialist.presses(texts.SEND, message=summary)


async def _answered(story: Story) -> None:
    reminder = await story.resident.hears(texts.VISIT_TOMORROW)
    await story.resident.presses(texts.WILL_BE_IN, message=reminder.message)
    await story.resident.hears(texts.THANKS_BE_IN)
    await story.specialist.hears(texts.SHE_WILL_BE_IN, number=story.number)
    story.note("answered", story.resident.phone.world.event())


async def _comes(town: Town, week: Week, moment: str, then: datetime) -> None:
    await town.passes_to(then)
    _note(town, week, moment)


def _note(town: Town, week: Week, moment: str) -> None:
    until = town.world.event()
    for story in week.stories:
        story.note(moment, until)
