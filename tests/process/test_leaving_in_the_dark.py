"""The power fails while she leaves: two seconds after the bot runs again nothing of the branch is to be seen."""

import asyncio
import contextlib
import itertools
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field

import pytest
import pytest_asyncio

from bot.core import texts
from bot.sandbox.faults import Kind
from tests.process.branch import Act, Her, asked, chose, hears, presses, set_out, strikes
from tests.process.places import NOTICE, PHONE, TOO_OLD, WHOLE, WRITE
from tests.process.speech import UK
from tests.process.successors import Successors
from tests.process.town import Registry, Town

pytestmark = pytest.mark.asyncio(loop_scope="module")

PATIENCE = 5.0
MANY = 104
"""More messages than one call can delete."""
CONSENT = (presses(texts.CONSENT_WHOLE), hears(WHOLE))
NOTED = 0.1
FIRST_NUMBER = 5000
"""Messages of all chats are numbered in one row, as Telegram does for a bot."""
Until = Callable[[Her, int], Awaitable[None]]


@dataclass
class Cut:
    """A moment at which the power fails. `last` is what she does just before she leaves; `dark`: seconds without it.

    `first`: the plug is pulled before she leaves, and she does it in the dark.
    """

    name: str
    until: Until
    acts: tuple[Act, ...] = PHONE
    last: tuple[Act, ...] = ()
    first: bool = False
    dark: float = 0.0
    demanded: float = 0.0
    seconds: float = 0.0
    in_the_middle: bool = False
    wrong: list[str] = field(default_factory=list)
    her: Her | None = None

    def __str__(self) -> str:
        return self.name


def after(milliseconds: float) -> Until:
    async def until(her: Her, event: int) -> None:  # noqa: ARG001
        await asyncio.sleep(milliseconds / 1000)

    return until


def at_call(method: str, nth: int = 1, *, and_then: float = 0.0) -> Until:
    """When the bot has made that call for her chat so many times since she left."""

    async def until(her: Her, event: int) -> None:
        async with asyncio.timeout(PATIENCE):
            while her.calls_since(event).count(method) < nth:  # noqa: ASYNC110 - no bell rings for calls
                await asyncio.sleep(0.001)
        await asyncio.sleep(and_then)

    return until


def clean() -> Until:
    """When nothing of it is seen, and the bot has had the time to note it."""

    async def until(her: Her, event: int) -> None:  # noqa: ARG001
        await her.gone(time.monotonic())
        await asyncio.sleep(NOTED)

    return until


REFUSED = strikes(Kind.REFUSAL, "deleteMessages", refusal=TOO_OLD)
SLOW_SEND = strikes(Kind.SLOW, "sendMessage", seconds=0.3)
UNANSWERED = strikes(Kind.SILENCE, "sendMessage")
CUTS = [
    *(Cut(f"{ms} ms after the press", after(ms)) for ms in (0, 2, 4, 6, 8, 10, 13, 17, 25)),
    Cut("before she leaves, in the dark", after(0), first=True),
    Cut("before an answer and the leaving, in the dark", after(0), acts=WRITE, first=True),
    Cut("when the deletions set out", at_call("deleteMessages")),
    Cut("when slow deletions are on their way", at_call("deleteMessages", and_then=0.05),
        last=(strikes(Kind.SLOW, "deleteMessages", seconds=0.3),)),
    Cut("when the deletions happened and nobody heard of it", clean(),
        last=(strikes(Kind.SILENCE, "deleteMessages"),)),
    Cut("while a wait is demanded", at_call("deleteMessages", and_then=0.1),
        last=(strikes(Kind.FLOOD, "deleteMessages"),), demanded=1.2),
    Cut("while a cut connection is waited for", at_call("deleteMessages", and_then=0.1),
        last=(strikes(Kind.CUT, "deleteMessages"),)),
    *(Cut(f"after the deletion of message {nth} of many, one by one", at_call("deleteMessage", nth),
          acts=(*NOTICE, *CONSENT * 8), last=(REFUSED, strikes(Kind.SLOW, "deleteMessage", times=20, seconds=0.02)))
      for nth in (1, 4, 7)),
    Cut("between two calls for more than a hundred", at_call("deleteMessages", 1, and_then=0.03),
        acts=(*NOTICE, *CONSENT * MANY), last=(strikes(Kind.SLOW, "deleteMessages", times=2, seconds=0.1),)),
    Cut("while the rest is overwritten", at_call("editMessageText"), acts=(*NOTICE, *CONSENT * 3),
        last=(REFUSED, strikes(Kind.REFUSAL, "deleteMessage", times=9, refusal=TOO_OLD))),
    Cut("before the guide line", at_call("sendMessage"), last=(strikes(Kind.SLOW, "sendMessage", seconds=0.2),)),
    Cut("a message arrived, its number was never told, and she leaves in the dark", after(0), acts=NOTICE,
        last=(UNANSWERED, *CONSENT), first=True),
    Cut("a message arrived, its number was never told, and she had left", clean(), acts=NOTICE,
        last=(UNANSWERED, *CONSENT)),
    Cut("a message arrives after she has left, in the dark", clean(), acts=NOTICE,
        last=(SLOW_SEND, presses(texts.CONSENT_WHOLE), set_out("sendMessage")), dark=0.4),
    Cut("a change of the screen is on its way", clean(), acts=NOTICE,
        last=(strikes(Kind.SLOW, "editMessageText", seconds=0.3), chose("danger", "now"), set_out("editMessageText")),
        dark=0.4),
    Cut("a receipt arrived, its number was never told, and she had left", clean(),
        acts=(*WRITE, chose("write", "yes"), asked("district")),
        last=(UNANSWERED, chose("district", "center"), hears(texts.CANNOT_COME))),
]  # fmt: skip


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def cuts(registry: Registry, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[dict[str, Cut]]:
    """All of them, one after another, in one town."""
    async with Town.opened(tmp_path_factory.mktemp("leaving-dark"), registry) as town:
        town.world.numbers = itertools.count(FIRST_NUMBER)
        await town.joins("brigade", "Олена")
        everybody = [(cut, Her(town, town.arrives("Анна", UK))) for cut in CUTS]
        await asyncio.gather(*(_comes(cut, her) for cut, her in everybody))
        await town.rests()
        successors = Successors(town, len(CUTS))
        try:
            for cut, her in everybody:
                await _fails(town, successors, cut, her)
        finally:
            await successors.end()
        town.world.faults.clear()
        with contextlib.suppress(TimeoutError):
            await town.rests()
        for cut, her in everybody:
            cut.wrong += her.sees_of_the_branch() + ([] if her.guide_lines() else ["no guide line"])
        took = [cut.seconds * 1000 for cut in CUTS if not cut.wrong]
        middle = sum(cut.in_the_middle for cut in CUTS)
        print(f"{len(CUTS)} cuts, {middle} in the middle: clean {min(took):.0f} to {max(took):.0f} ms after the start")
        yield {cut.name: cut for cut in CUTS}


@pytest.mark.safety("S05")
@pytest.mark.parametrize("name", [cut.name for cut in CUTS])
async def test_a_power_cut_while_she_leaves_leaves_nothing_of_the_branch(cuts: dict[str, Cut], name: str) -> None:
    assert cuts[name].wrong == []


async def test_at_least_twenty_cuts_come_before_she_is_out(cuts: dict[str, Cut]) -> None:
    assert len([cut for cut in cuts.values() if cut.in_the_middle]) >= 20


async def _comes(cut: Cut, her: Her) -> None:
    await her.has_the_menu()
    for act in cut.acts:
        await act(her)


async def _fails(town: Town, successors: Successors, cut: Cut, her: Her) -> None:
    for act in cut.last:
        await act(her)
    if cut.first:
        await town.bot.kill()
    her.leaves_by_button()
    event = her.she.phone.chat.acted
    try:
        await cut.until(her, event)
    except (AssertionError, TimeoutError) as error:
        cut.wrong.append(f"before the cut: {error!r} {her.calls_since(event)}")
    await town.bot.kill()
    cut.in_the_middle = bool(her.sees_of_the_branch()) or not her.guide_lines()
    town.world.faults.clear()
    await asyncio.sleep(cut.dark)
    town.bot = await successors.next()
    await town.bot.says('"running"')
    try:
        cut.seconds = await her.gone(time.monotonic(), within=2.0 + cut.demanded)
    except AssertionError as error:
        cut.wrong.append(f"after the start: {error}")
