"""From the report to the one who has it: alerts, the race for a case, a case that nobody takes."""

from datetime import timedelta

import pytest
import pytest_asyncio

from bot.core import texts
from bot.core.lines import Sentence
from tests.process.acts import alerted, reports_danger
from tests.process.speech import EN, UK
from tests.process.town import Somebody, Town

pytestmark = pytest.mark.asyncio(loop_scope="module")

ROUNDS = 20
NAMES = ("Олена", "Петро", "Ірина", "Тарас", "Ганна", "Юрій", "Софія", "Богдан", "Лідія", "Остап")
FORBIDDEN = ("бив", "вулиця", "Вигадана", "+380", "671234567")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def brigade(town: Town) -> list[Somebody]:
    """Ten people on duty, every other one with an English phone."""
    return [await town.joins("brigade", name, (UK, EN)[place % 2]) for place, name in enumerate(NAMES)]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def ana(town: Town) -> Somebody:
    return await town.resident("Анна")


async def test_only_one_of_ten_gets_the_case_and_every_other_card_says_who(
    ana: Somebody, brigade: list[Somebody]
) -> None:
    for _ in range(ROUNDS):
        number = await reports_danger(ana)
        await ana.moves("safety", "address", texts.ENOUGH)
        cards = [await alerted(each, number) for each in brigade]
        for each, card in zip(brigade, cards, strict=True):
            each.phone.presses(each.speech(texts.TAKE), message=card)
        takers = [each for each in brigade if await _knows_whose_it_is(each, number)]
        assert len(takers) == 1
        name = takers[0].phone.person.first_name
        for other in brigade:
            if other is not takers[0]:
                taken = await _card_says(other, texts.TAKEN, number)
                assert taken["name"] == name
                assert not taken.message.labels
                assert not other.has_heard(texts.CARD, number=number)


@pytest.mark.safety("S26")
async def test_an_alert_bears_number_district_danger_and_deadline_and_nothing_else(
    town: Town, ana: Somebody, brigade: list[Somebody]
) -> None:
    number = await reports_danger(ana, district="sadovyi")
    await ana.writes("safety", "address", "Вигадана вулиця, 5")
    await ana.writes("safety", "phone", "067 123 45 67")
    for name in ("children", "police", "home", "weapons"):
        await ana.moves("safety", name, texts.SKIP)
    await ana.answers("safety", "forms", "physical")
    await ana.moves("safety", "forms", texts.DONE)
    await ana.writes("safety", "story", "Він мене бив")
    await ana.phone.hears(UK(texts.THANKS_FOR_DETAILS))
    await town.settles()
    for each in brigade:
        alert = next(each.all_heard(texts.ALERT_URGENT, number=number))
        assert alert.message.text == each.speech.pattern(texts.ALERT_URGENT).fullmatch(alert.message.text)[0]  # type: ignore[index]
        assert alert.message.protected
        words = " ".join(message.text for message in each.phone.heard)
        assert not [word for word in (*FORBIDDEN, *_kinds_of_violence(each)) if word in words]


async def test_a_case_that_nobody_takes_calls_again_and_then_the_head(
    town: Town, ana: Somebody, brigade: list[Somebody]
) -> None:
    head = await town.joins("head", "Марія")
    number = await reports_danger(ana)
    for each in brigade:
        await alerted(each, number)
    await town.passes_to(town.local + timedelta(minutes=14))
    assert not [each for each in brigade if each.has_heard(texts.STILL_WAITS) and _calls(each, texts.STILL_WAITS, number)]
    await town.passes_to(town.local + timedelta(minutes=2))
    for each in brigade:
        assert _calls(each, texts.STILL_WAITS, number) == 1
    assert not _calls(head, texts.HEAD_CALLED, number)
    await town.passes_to(town.local + timedelta(minutes=11))
    assert _calls(head, texts.HEAD_CALLED, number) == 1
    await town.passes_to(town.local + timedelta(minutes=61))
    assert _calls(head, texts.HEAD_CALLED, number) == 2

    await head.presses(texts.TAKE, message=await alerted(head, number))
    await head.hears(texts.YOU_TOOK, number=number)
    heard = [_calls(each, texts.STILL_WAITS, number) for each in brigade]
    await town.passes_to(town.local + timedelta(hours=3))
    assert _calls(head, texts.HEAD_CALLED, number) <= 2
    assert [_calls(each, texts.STILL_WAITS, number) for each in brigade] <= heard


async def _knows_whose_it_is(specialist: Somebody, number: str) -> bool:
    """Whether it is this person's own, once the card says whose it is."""
    mine = await specialist.phone.until(
        lambda: next(
            (
                kind
                for kind in (texts.YOU_TOOK, texts.TAKEN)
                if specialist.has_heard(kind, number=number)
            ),
            None,
        ),
        f"learns who has {number}",
    )
    return mine is texts.YOU_TOOK


async def _card_says(specialist: Somebody, sentence: Sentence, number: str):  # type: ignore[no-untyped-def] # noqa: ANN202
    return await specialist.hears(sentence, number=number)


def _calls(specialist: Somebody, why: Sentence, number: str) -> int:
    """How many messages call this person to that case for that reason."""
    words = specialist.speech(why)
    alerts = specialist.all_heard(texts.ALERT_URGENT, number=number)
    return sum(heard.message.text.startswith(words) for heard in alerts)


def _kinds_of_violence(specialist: Somebody) -> list[str]:
    kinds = ("physical", "psychological", "economic", "sexual")
    return [specialist.speech.option("safety", "forms", kind) for kind in kinds]
