"""She leaves while ten thousand invitations go out, at the pace that Telegram allows."""

import asyncio
import base64
import statistics
import time
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest
import pytest_asyncio

from bot.core import texts
from bot.sandbox.chats import Chat
from bot.sandbox.faults import Fault, Kind
from bot.sandbox.play import Person
from storage import keys, learners, people
from storage.db import Transaction, Writer
from storage.seal import Vault
from tests.process.branch import WORDS, Her, sent_too_early
from tests.process.fortnight import prepares
from tests.process.places import CHILDREN, DISTRICT, NOTICE, PHONE
from tests.process.speech import EN, UK
from tests.process.town import MASTER_KEY, Registry, Town

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.safety("S05")]

CARERS = 10_000
FIRST_CARER = 8_000_000_001
RATE = 30
WAVES = 3
ON_THE_WAY = (NOTICE, DISTRICT, PHONE, CHILDREN)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def town(registry: Registry, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Town]:
    """With ten thousand carers in its database, who have all pressed Start once."""
    async with Town.opened(tmp_path_factory.mktemp("crowd"), registry, SEND_RATE=str(RATE)) as town:
        await town.bot.stop()
        await _settled_in(town)
        town.bot = town.another_life()
        await town.bot.start()
        yield town


async def test_two_seconds_are_enough_while_ten_thousand_are_written_to(town: Town) -> None:
    """Some leave at the moment of the announcement, others while it goes out, and while Telegram says «not now»."""
    maria = await town.joins("head", "Марія")
    everybody = [
        Her(town, town.arrives("Анна", speech), secrets=[])
        for _ in range(WAVES)
        for speech in (UK, EN)
        for _ in ON_THE_WAY
    ]
    await asyncio.gather(*(_comes(her, n) for n, her in enumerate(everybody)))
    await town.rests()
    size = len(everybody) // WAVES
    summary = await prepares(maria, "Прив'язаність", town.local.date() + timedelta(days=10))
    maria.phone.presses(UK(texts.SEND), message=summary)
    took = await _leave(everybody[:size])
    async with asyncio.timeout(60):
        while _written_to(town) < 2 * RATE:  # noqa: ASYNC110 - carers are not watched one by one
            await asyncio.sleep(0.05)
    took += await _leave(everybody[size : 2 * size])
    town.world.faults.order(Fault(Kind.FLOOD, times=2 * RATE, method="sendMessage", retry_after=1))
    took += await _leave(everybody[2 * size :], line_within=5.0)
    town.world.faults.clear()
    assert town.count("SELECT count(*) FROM outbox WHERE state = 'queued' AND lane = 3") > 10 * RATE
    print(f"broadcast: {len(took)} left, median {statistics.median(took) * 1000:.0f} ms, "
          f"longest {max(took) * 1000:.0f} ms; {_written_to(town)} invited meanwhile")  # fmt: skip
    assert max(took) < 2.0
    for her in everybody:
        assert her.sees_of_the_branch() == []


async def _comes(her: Her, number: int) -> None:
    await her.has_the_menu()
    for act in ON_THE_WAY[number % len(ON_THE_WAY)]:
        await act(her)


async def _leave(everybody: list[Her], *, line_within: float = 2.0) -> list[float]:
    """Seconds from each press to a clean chat, by button and by word in turn."""
    return list(await asyncio.gather(*(_leaves(her, n, line_within) for n, her in enumerate(everybody))))


async def _leaves(her: Her, number: int, line_within: float) -> float:
    since = time.monotonic()
    if number % 2:
        her.she.says(WORDS[number % len(WORDS)])
    else:
        her.leaves_by_button()
    event = her.she.phone.chat.acted
    seconds = await her.gone(since)
    await her.has_the_guide_line(within=line_within)
    assert sent_too_early(her.calls_since(event)) == []
    return seconds


def _written_to(town: Town) -> int:
    return sum(bool(town.world.chats[FIRST_CARER + n].messages) for n in range(CARERS))


async def _settled_in(town: Town) -> None:
    for n in range(CARERS):
        person = Person(f"carer{n}", FIRST_CARER + n, "Галина")
        town.world.chats[person.id] = Chat(person, town.world.bot, 1, started=True)
    vault = Vault((base64.b64decode(MASTER_KEY),))
    now = datetime.fromtimestamp(town.world.clock.now(), UTC)
    async with Writer(town.data / "poruch.db", vault) as writer:
        vault.root = await writer.transact(lambda tx: keys.root(tx, now=now))
        await writer.transact(lambda tx: _joined(tx, now))


def _joined(tx: Transaction, now: datetime) -> None:
    for n in range(CARERS):
        carer = people.meet(tx, FIRST_CARER + n, kind="private", language="uk", now=now)
        people.join_audience(tx, carer.id, "foster_parents", now=now)
        learners.join(tx, carer.id, now=now)
