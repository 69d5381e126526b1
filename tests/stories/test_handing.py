"""From one to another: by asking and a yes, or by who answers for the centre."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.core import profile
from tests.people import Person, Town
from tests.stories.test_forms import asks_for_help
from tests.stories.test_urgent import reports


async def holders(town: Town) -> int:
    return await town.count("cases", "claimed_by = (SELECT claimed_by FROM cases WHERE id = 1)")


async def held_by(town: Town, person: Person) -> bool:
    mark = town.app.writer.vault.fingerprint(str(person.id), of="people")

    rows = await town.app.reader.look(
        lambda tx: tx.all(
            "SELECT 1 FROM cases JOIN people ON people.id = claimed_by WHERE cases.id = 1 AND fingerprint = :mark",
            mark=mark,
        )
    )
    return bool(rows)


def offer_to(person: Person, label: str) -> str:
    return next(each for each in person.labels if each.startswith(label))


async def test_a_colleague_is_asked_and_until_there_is_a_yes_nothing_changes(
    ana: Person, olena: Person, petro: Person, town: Town
) -> None:
    await reports(ana)
    await olena.presses("Take")
    await olena.presses("Hand over")
    await olena.presses(offer_to(olena, "Petro"))
    assert olena.sees("Petro was asked. Until there is an answer, it is with you.")
    assert petro.last.startswith("Olena asks you to take over K-")
    assert petro.last.endswith(". Centre.")
    assert await held_by(town, olena)
    await petro.presses("I take it over")
    assert await held_by(town, petro)
    assert olena.sees("is now with: Petro.")
    assert not olena.sees("Now: The danger is now")
    await petro.presses("Open the card")
    assert "Get in touch by 11:30" in petro.last


async def test_a_no_leaves_it_where_it_is(ana: Person, olena: Person, petro: Person, town: Town) -> None:
    await reports(ana)
    await olena.presses("Take")
    await olena.presses("Hand over")
    await olena.presses(offer_to(olena, "Petro"))
    await petro.presses("I can't take it")
    assert await held_by(town, olena)
    assert "Petro can't take it. It is still with you." in olena.last
    assert petro.sees("stays where it is.")


async def test_a_yes_that_comes_too_late_takes_nothing(ana: Person, olena: Person, petro: Person, town: Town) -> None:
    ivan = await town.staff("Ivan", "brigade", language="en")
    await reports(ana)
    await olena.presses("Take")
    await olena.presses("Hand over")
    await olena.presses(offer_to(olena, "Petro"))
    late = petro.pressing("I take it over")
    await olena.presses("Hand over")
    await olena.presses(offer_to(olena, "Ivan"))
    await ivan.presses("I take it over")
    await town.hears(late)
    assert await held_by(town, ivan)


async def test_the_head_gives_what_waits_and_what_somebody_has(
    ana: Person, olena: Person, petro: Person, head: Person, town: Town
) -> None:
    await reports(ana)
    await head.says("Queue")
    number = next(label for label in head.labels if label.startswith("K-"))
    await head.says(f"/case {number}")
    await town.hears(head.pressing_data("h:1"))
    await head.presses(offer_to(head, "Petro"))
    assert await held_by(town, petro)
    assert petro.last.endswith("was given to you: Maria.")
    await town.hears(head.pressing_data("h:1"))
    await head.presses(offer_to(head, "Olena"))
    assert await held_by(town, olena)
    assert olena.last.endswith("was given to you: Maria.")


async def test_the_dispatcher_gives_what_waits(ana: Person, olena: Person, town: Town) -> None:
    daria = await town.staff("Daria", "dispatcher", language="en")
    await reports(ana)
    await daria.says("Queue")
    await daria.presses(next(label for label in daria.labels if label.startswith("K-")))
    assert "to whom? The number says how much each has in hand." in daria.last
    assert offer_to(daria, "Olena") == "Olena · 0 · on duty"
    await daria.presses(offer_to(daria, "Olena"))
    assert await held_by(town, olena)


async def test_where_there_is_nobody_else_it_says_so(ana: Person, olena: Person) -> None:
    await reports(ana)
    await olena.presses("Take")
    await olena.presses("Hand over")
    assert olena.last.endswith("there is nobody else on the team.")


class TestALimit:
    """One planned case that nobody has spoken about weighs two."""

    @pytest.fixture
    async def town(self, tmp_path: Path) -> AsyncIterator[Town]:
        ours = tmp_path / "ours.toml"
        words = profile.find("demo").read_text(encoding="utf-8")
        ours.write_text(words.replace("load_limit = 150", "load_limit = 2"), encoding="utf-8")
        async with Town(tmp_path / "data", centre=str(ours)) as town:
            yield town

    async def test_beyond_it_nobody_takes_more_and_only_the_head_gives(
        self, ana: Person, iryna: Person, town: Town
    ) -> None:
        daria = await town.staff("Daria", "dispatcher", language="en")
        maria = await town.staff("Maria", "head", language="en")
        for _ in range(2):
            await asks_for_help(ana)
            await ana.presses("Send")
        assert "In your hands: 0 of 2." in iryna.last
        await town.hears(iryna.pressing_data("T:1"))
        await town.hears(iryna.pressing_data("T:2"))
        assert town.telegram.toasts[-1] == "You have as much in hand as the centre allows. The head can give you more."
        await town.hears(daria.pressing_data("h:2"))
        give = daria.pressing(offer_to(daria, "Iryna"))
        await town.hears(give)
        assert town.telegram.toasts[-1].startswith("Iryna has as much in hand as the centre allows.")
        await town.hears(maria.pressing_data("h:2"))
        await maria.presses(offer_to(maria, "Iryna"))
        assert await holders(town) == 2

    async def test_an_emergency_goes_to_who_can_come(self, ana: Person, town: Town) -> None:
        olena = await town.staff("Olena", "brigade", language="en")
        for _ in range(2):
            await reports(ana)
            await ana.presses("Leave now")
            await ana.says("/start")
            await olena.presses("Take")
        assert await holders(town) == 2
