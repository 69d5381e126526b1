"""A team divided by district: who is called, who is spared, and who helps out where a district has nobody."""

import pytest

from bot.core.duty import Shift
from tests.people import Person, Town
from tests.stories.test_duty import takes_leave, until, works
from tests.stories.test_urgent import reports

OFFICE = [Shift(weekday, 8 * 60, 20 * 60) for weekday in range(5)]


@pytest.fixture
async def ona(town: Town) -> Person:
    """The one specialist of Sadovyi."""
    return await town.staff("Ona", "specialist", "sadovyi", language="en")


@pytest.fixture
async def lida(town: Town) -> Person:
    """The one specialist of Vokzalnyi."""
    return await town.staff("Lida", "specialist", "vokzalnyi", language="en")


async def asks(person: Person, district: str = "Sadovyi") -> None:
    """What belongs to the specialists of the district."""
    await person.says("I need help")
    for label in ("Me", "Money and benefits", "Skip", district, "Write to me here", "I agree", "Send"):
        await person.presses(label)


def calls(person: Person, sent: int = 0) -> list[str]:
    return [message.text for message in person.chat.sent[sent:] if message.text.startswith(("Case K-", "Still waits"))]


@pytest.mark.parametrize("rests", [("ona", "lida"), ("lida", "ona")])
async def test_who_begins_at_eight_hears_of_what_the_night_has_brought_to_the_own_district(
    ana: Person, ona: Person, lida: Person, town: Town, rests: tuple[str, str]
) -> None:
    """Whoever of them comes first by the database's count: the other begins at the same moment."""
    staff = {"ona": ona, "lida": lida}
    for name in rests:
        await works(town, staff[name], *OFFICE)
    await until(town, 22)
    await asks(ana)
    assert not calls(ona)
    assert not calls(lida)
    await until(town, 8, 1, days=1)
    assert len(calls(ona)) == 1
    assert not calls(lida)


async def test_a_district_whose_specialist_is_on_leave_has_all_the_others(
    ana: Person, ona: Person, lida: Person, town: Town
) -> None:
    await ona.says("On duty")
    await ona.presses("End my duty")
    await lida.says("On duty")
    await lida.presses("End my duty")
    await takes_leave(ona, "23.11", "24.11")
    await asks(ana)
    assert not calls(ona)
    assert len(calls(lida)) == 1
    await town.passes(minutes=16)
    assert not calls(ona)
    assert len(calls(lida)) == 2


async def test_the_head_gives_a_case_that_waits_to_somebody_of_another_district(
    ana: Person, ona: Person, lida: Person, head: Person, town: Town
) -> None:
    await asks(ana)
    assert len(calls(ona)) == 1
    await town.passes(minutes=26)
    assert {"Take", "I can't take it", "Give to somebody"} <= head.heard[-1].buttons.keys()
    await head.presses("Give to somebody")
    assert list(head.heard[-1].buttons)[:2] == ["Ona · 0 · on duty", "Lida · 0 · on duty"]
    await head.presses("Lida · 0 · on duty")
    assert "was given to you" in lida.last
    assert not calls(lida)


async def test_the_card_of_what_nothing_puts_first_says_nothing_of_it(ana: Person, ona: Person) -> None:
    await asks(ana)
    await ona.presses("Take")
    assert "Reported" in ona.last
    assert "Why here" not in ona.last


async def test_what_is_urgent_says_why_on_the_card(ana: Person, olena: Person) -> None:
    await reports(ana)
    await olena.presses("Take")
    assert "Why here: urgent" in olena.last
