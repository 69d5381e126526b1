"""From the report to the one who has it: alerts, the race for a case, a case that nobody takes."""

from dataclasses import dataclass, field
from datetime import timedelta

import pytest
import pytest_asyncio

from bot.core import texts
from bot.core.lines import Sentence
from tests.process.acts import alerted, enters_a_case, reports_danger, takes
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
                taken = await other.hears(texts.TAKEN, number=number)
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
    for name in ("call", "children", "police", "home", "weapons"):
        await ana.moves("safety", name, texts.SKIP)
    await ana.answers("safety", "forms", "physical")
    await ana.moves("safety", "forms", texts.DONE)
    await ana.writes("safety", "story", "Він мене бив")
    await ana.moves("safety", "cover", texts.ENOUGH)
    await ana.phone.hears(UK(texts.THANKS_FOR_DETAILS))
    await town.settles()
    for each in brigade:
        alert = next(each.all_heard(texts.ALERT_URGENT, number=number))
        assert each.speech.pattern(texts.ALERT_URGENT).fullmatch(alert.message.text)
        assert alert.message.protected
        words = " ".join(message.text for message in each.phone.heard)
        assert not [word for word in (*FORBIDDEN, *_kinds_of_violence(each)) if word in words]


@pytest.mark.parametrize("children", [0, 2])
async def test_a_case_that_staff_entered_can_be_taken(town: Town, children: int) -> None:
    writer, taker = await town.joins("specialist", "Ніна"), await town.joins("specialist", "Роман", EN)
    number = await enters_a_case(writer, children=children)
    await takes(taker, number)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def unanswered(town: Town, ana: Somebody, brigade: list[Somebody]) -> "Unanswered":
    """A case that nobody takes, until the head does."""
    head = await town.joins("head", "Марія")
    case = Unanswered(await reports_danger(ana), brigade, head)
    for each in brigade:
        await alerted(each, case.number)
    for minutes in (4, 6, 14, 16, 22, 82):
        await town.passes_to(town.local + timedelta(minutes=minutes - case.minutes))
        case.minutes = minutes
        case.calls[minutes] = [len(_calls(each, texts.STILL_WAITS, case.number)) for each in brigade]
        case.calls_of_head[minutes] = _calls(head, texts.HEAD_CALLED, case.number)
    await head.presses(texts.TAKE, message=await alerted(head, case.number))
    await head.hears(texts.YOU_TOOK, number=case.number)
    await town.settles()
    return case


async def test_a_case_that_nobody_takes_calls_the_team_again_after_five_minutes(unanswered: "Unanswered") -> None:
    assert unanswered.calls[4] == [0] * len(NAMES)
    assert unanswered.calls[6] == [1] * len(NAMES)


async def test_then_the_head_is_called_after_fifteen_and_again_an_hour_after_the_last_step(
    unanswered: "Unanswered",
) -> None:
    before, first, same, second = (unanswered.calls_of_head[minutes] for minutes in (14, 16, 22, 82))
    assert (len(before), len(first), len(second)) == (0, 1, 1)
    assert first == same != second


async def test_no_card_of_a_taken_case_still_offers_it(unanswered: "Unanswered") -> None:
    everybody = (*unanswered.brigade, unanswered.head)
    offered = [each.phone.person.first_name for each in everybody if _may_still_take(each, unanswered.number)]
    assert offered == []


@dataclass
class Unanswered:
    """How each was called by each minute."""

    number: str
    brigade: list[Somebody]
    head: Somebody
    minutes: int = 0
    calls: dict[int, list[int]] = field(default_factory=dict)
    calls_of_head: dict[int, list[int]] = field(default_factory=dict)


async def _knows_whose_it_is(specialist: Somebody, number: str) -> bool:
    """Whether it is this person's own, once the card says whose it is."""
    mine = await specialist.phone.until(
        lambda: next(
            (kind for kind in (texts.YOU_TOOK, texts.TAKEN) if specialist.has_heard(kind, number=number)),
            None,
        ),
        f"learns who has {number}",
    )
    return mine is texts.YOU_TOOK


def _calls(specialist: Somebody, why: Sentence, number: str) -> list[int]:
    """The messages on the screen that call this person to that case for that reason."""
    words = specialist.speech(why)
    alerts = specialist.all_heard(texts.ALERT_URGENT, number=number)
    return [heard.message.id for heard in alerts if heard.message.text.startswith(words)]


def _may_still_take(specialist: Somebody, number: str) -> bool:
    alerts = specialist.all_heard(texts.ALERT_URGENT, number=number)
    return any(specialist.speech(texts.TAKE) in heard.message.labels for heard in alerts)


def _kinds_of_violence(specialist: Somebody) -> list[str]:
    kinds = ("physical", "psychological", "economic", "sexual")
    return [specialist.speech.option("safety", "forms", kind) for kind in kinds]
