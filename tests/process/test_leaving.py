"""She leaves: from every place, by button and by word, nothing of the branch is to be seen two seconds later."""

import asyncio
import itertools
import statistics
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

import pytest
import pytest_asyncio

from bot.core import texts
from tests.process.branch import DELETIONS, PROMISED, WORDS, Her, is_guide, left, sent_too_early
from tests.process.places import DISTRICT, OUTSIDE, PLACES, Place
from tests.process.speech import EN, UK
from tests.process.town import Town

pytestmark = pytest.mark.asyncio(loop_scope="module")

AT_ONCE = 32
"""People who leave in the same moment."""
FIRST_NUMBER = 5000
"""Messages of all chats are numbered in one row, as Telegram does for a bot."""
WAYS = ("button", "word")
SPEECHES = {"uk": UK, "en": EN}
FROM_EVERYWHERE = [pytest.param(place, way, id=f"{place}-{way}") for place in PLACES for way in WAYS]


@dataclass
class Leaving:
    """How somebody left from a place: in how many seconds, and what was not as it should be."""

    place: Place
    way: str
    her: Her
    word: str
    seconds: float = 0.0
    wrong: list[str] = field(default_factory=list)
    event: int = 0

    async def comes_to_the_place(self) -> None:
        await self.her.has_the_menu()
        for act in self.place.acts:
            await act(self.her)

    async def leaves(self) -> None:
        for act in self.place.then:
            await act(self.her)
        if self.way == "word":
            self.her.she.says(self.word)
        else:
            self.her.leaves_by_button()
        self.event = self.her.she.phone.chat.acted
        since = time.monotonic()
        self.seconds = await self.her.gone(since, within=PROMISED + self.place.demanded)
        await self.her.has_the_guide_line(within=self.place.line_within + self.place.demanded)

    def looks_back(self) -> None:
        """After everything has come to rest: still clean, one line, and nothing was sent before the deletions."""
        self.wrong += self.her.sees_of_the_branch()
        lines = len([each for each in self.her.guide_lines() if each.edited_at is None])
        if lines != 1:
            self.wrong.append(f"{lines} guide lines")
        calls = self.her.calls_since(self.event)
        if not self.place.breath and (calls[0] not in DELETIONS or sent_too_early(calls)):
            self.wrong.append(f"not the deletions first: {calls}")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def leavings(town: Town) -> dict[tuple[str, str, str], Leaving]:
    """Everybody's, by place, way and language; a bot for all of them, many at a time."""
    town.world.numbers = itertools.count(FIRST_NUMBER)
    olena = await town.joins("brigade", "Олена")
    lock, words = asyncio.Lock(), itertools.cycle(WORDS)
    everybody = [
        Leaving(place, way, Her(town, town.arrives("Анна", speech), olena, lock), next(words))
        for place in PLACES
        for way in WAYS
        for speech in SPEECHES.values()
    ]
    languages = {id(each): each.her.she.speech.language for each in everybody}
    restarting = [each for each in everybody if each.place.restart]
    others = [each for each in everybody if not each.place.restart]
    waves = [restarting, *(others[start : start + AT_ONCE] for start in range(0, len(others), AT_ONCE))]
    for wave in waves:
        await _each(wave, Leaving.comes_to_the_place)
        await town.rests()
        if wave is restarting:
            assert await town.restarts() == 0
        await _each(wave, Leaving.leaves)
    await town.rests()
    for each in everybody:
        if not each.wrong:
            each.looks_back()
    _tell(everybody)
    return {(each.place.name, each.way, languages[id(each)]): each for each in everybody}


@pytest.mark.safety("S05")
@pytest.mark.safety("S16")
@pytest.mark.parametrize("language", SPEECHES)
@pytest.mark.parametrize(("place", "way"), FROM_EVERYWHERE)
async def test_two_seconds_after_leaving_nothing_of_the_branch_is_seen(
    leavings: dict[tuple[str, str, str], Leaving], place: Place, way: str, language: str
) -> None:
    assert leavings[place.name, way, language].wrong == []


@pytest.mark.safety("S05")
@pytest.mark.parametrize("place", OUTSIDE, ids=str)
async def test_outside_the_branch_the_words_open_the_menu_and_delete_nothing(town: Town, place: Place) -> None:
    """The menu itself moves to the end of the chat, as it always does."""
    words = itertools.cycle(WORDS)
    for speech in SPEECHES.values():
        her = Her(town, town.arrives("Анна", speech))
        await her.has_the_menu()
        for act in place.acts:
            await act(her)
        await town.rests()
        standing = {each.id: each.touched for each in her.she.phone.messages}
        for word in itertools.islice(words, 4):
            her.she.says(word)
            menu = await her.she.hears(texts.MENU)
            await town.rests()
            now = {each.id: each.touched for each in her.she.phone.messages}
            gone = [her.she.phone.chat.deleted[number] for number in standing if number not in now]
            assert all(each.from_bot and (is_guide(each) or each.text == menu.message.text) for each in gone)
            assert len(gone) <= 1
            assert [number for number, touched in standing.items() if now.get(number, touched) != touched] == []
            assert [each.text for each in her.she.phone.said][-1] == word
            standing = now


@pytest.mark.safety("S05")
async def test_what_she_had_begun_is_destroyed_when_she_leaves(town: Town) -> None:
    """Words typed afterwards are no answer to anything."""
    her = Her(town, town.arrives("Анна", UK))
    await her.has_the_menu()
    before = town.count("SELECT count(*) FROM drafts")
    for act in (*DISTRICT, left):
        await act(her)
    her.she.says("Центр")
    await her.she.hears(texts.MENU)
    assert town.count("SELECT count(*) FROM drafts") == before
    assert her.sees_of_the_branch() == [f"{each.id}: Центр []" for each in her.she.phone.said[-1:]]


@pytest.mark.safety("S06")
@pytest.mark.parametrize("language", SPEECHES)
async def test_what_cannot_be_undone_is_said_before_she_writes(town: Town, language: str) -> None:
    her = Her(town, town.arrives("Анна", SPEECHES[language]))
    await her.has_the_menu()
    her.she.says(her.she.speech(texts.SAFETY_AT_HOME))
    notice = await her.she.asked("safety", "danger")
    limits, question = her.she.speech(texts.LIMITS), her.she.speech.question("safety", "danger")
    assert 0 <= notice.text.find(limits) < notice.text.find(question)


async def test_there_are_forty_places_and_more() -> None:
    assert len({place.name for place in PLACES}) == len(PLACES) >= 40


async def _each(wave: list[Leaving], does: Callable[[Leaving], Awaitable[None]]) -> None:
    """All at once; whoever does not get through has it written down."""

    async def safely(leaving: Leaving) -> None:
        if leaving.wrong:
            return
        try:
            await does(leaving)
        except AssertionError as error:
            leaving.wrong.append(str(error) or repr(error))

    await asyncio.gather(*(safely(each) for each in wave))


def _tell(everybody: list[Leaving]) -> None:
    took = [each.seconds * 1000 for each in everybody if not each.wrong and not each.place.demanded]
    print(f"{len(PLACES)} places, {len(everybody)} leavings, {len(took)} timed: "
          f"median {statistics.median(took):.0f} ms, longest {max(took):.0f} ms")  # fmt: skip
