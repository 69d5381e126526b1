"""A visit: planned by buttons, reminded of on both sides while it stands, and only then.

One week is walked through once; each test reads what stood in the chats at its moments.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

import pytest
import pytest_asyncio

from bot.core import texts
from bot.core.lines import Sentence
from bot.sandbox.chats import Message
from tests.process.acts import a_case_with_its_taker, reports_danger, takes
from tests.process.speech import EN, UK, Speech
from tests.process.town import Somebody, Town, at

pytestmark = pytest.mark.asyncio(loop_scope="module")

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
            name
            for name, sentence in kinds.items()
            for _ in somebody.all_heard(sentence, since=self._seen, **blanks)
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


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def week(town: Town) -> Week:
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


async def test_the_specialist_is_reminded_a_day_and_two_hours_before(week: Week) -> None:
    assert week.kept.reminded["tue 14:01"] == []
    assert week.kept.reminded["wed 13:55"] == []
    assert week.kept.reminded["wed 14:01"] == ["tomorrow"]
    assert week.kept.reminded["thu 12:01"] == ["soon"]
    assert week.kept.reminded["thu 16:01"] == week.kept.reminded["fri 14:01"] == []


async def test_the_resident_who_may_be_written_to_is_reminded_too(week: Week) -> None:
    assert week.kept.told["planned"] == ["arranged"]
    assert week.kept.told["wed 13:55"] == []
    assert week.kept.told["wed 14:01"] == ["tomorrow"]
    assert week.kept.told["thu 12:01"] == ["today"]
    assert all(heard["at"].endswith("14:00") for heard in week.kept.resident.all_heard(texts.VISIT_TODAY))


async def test_the_specialist_learns_that_she_will_be_in(week: Week) -> None:
    heard = next(week.kept.specialist.all_heard(texts.SHE_WILL_BE_IN, number=week.kept.number))
    assert heard["at"].endswith("14:00")


async def test_a_visit_that_was_moved_is_reminded_of_at_its_new_time_only(week: Week) -> None:
    for moment in ("tue 14:01", "wed 13:55", "wed 14:01", "thu 12:01"):
        assert week.moved.reminded[moment] == week.moved.told[moment] == []
    assert week.moved.reminded["thu 16:01"] == ["tomorrow"]
    assert week.moved.told["thu 16:01"] == ["tomorrow"]
    assert week.moved.reminded["fri 14:01"] == ["soon"]
    assert week.moved.told["fri 14:01"] == ["today"]
    assert all(heard["at"].endswith("16:00") for heard in week.moved.resident.all_heard(texts.VISIT_TODAY))


async def test_a_visit_that_was_cancelled_is_never_reminded_of(week: Week) -> None:
    reminded = dict(week.cancelled.reminded)
    told = dict(week.cancelled.told)
    assert not any(told.pop("planned") == [name] for name in SAYS)
    assert not [moment for moment, said in reminded.items() if said]
    assert not [moment for moment, said in told.items() if said]


@pytest.mark.safety("S09")
async def test_from_the_branch_a_visit_is_never_spoken_of(week: Week) -> None:
    for story in (week.branch_uk, week.branch_en):
        assert story.reminded["wed 14:01"] == ["tomorrow"]
        assert story.reminded["thu 12:01"] == ["soon"]
        assert {words for said in list(story.told.values())[1:] for words in said} == {
            story.resident.speech(texts.GUIDE_UPDATED)
        }


@pytest.mark.safety("S30")
async def test_what_bears_a_case_number_cannot_be_passed_on(week: Week) -> None:
    bearing = [
        message
        for story in week.stories
        for somebody in (story.resident, story.specialist)
        for message in somebody.phone.heard
        if story.number in message.text
    ]
    assert bearing
    assert [message.text for message in bearing if not message.protected] == []


async def _asked(town: Town, speech: Speech) -> Story:
    ana = await town.resident("Анна", speech)
    olena = await town.joins("specialist", "Олена")
    return Story(ana, olena, *await a_case_with_its_taker(town, ana, olena))


async def _reported(town: Town, speech: Speech) -> Story:
    ana = await town.resident("Анна", speech)
    olena = await town.joins("brigade", "Олена")
    number = await reports_danger(ana)
    await ana.moves("safety", "address", texts.ENOUGH)
    return Story(ana, olena, number, await takes(olena, number))


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
    await town.passes_to(max(then, town.local))
    _note(town, week, moment)


def _note(town: Town, week: Week, moment: str) -> None:
    until = town.world.event()
    for story in week.stories:
        story.note(moment, until)
