"""Break glass: name, address and phone of a case of the branch by a second press, with a trace, if need be by two."""

import pytest

from bot.core.buttons import Glass, encode
from bot.core.forms import FORMS
from tests.people import Person, Town
from tests.stories.test_audit import logged, verified
from tests.stories.test_forms import asks_for_help
from tests.stories.test_urgent import reports

pytestmark = pytest.mark.safety("S25")
ADDRESS, PHONE = "12 Shevchenka street", "+380 67 123 4567"


async def tells_where(ana: Person) -> None:
    await reports(ana)
    await ana.says(ADDRESS)
    await ana.says("067 123 45 67")
    await ana.presses("That is all")


async def test_what_says_who_and_where_lies_behind_the_glass_as_data() -> None:
    behind = {(form.name, question.name) for form in FORMS.values() for question in form.questions if question.glass}
    assert behind == {
        ("help", "phone"), ("safety", "address"), ("safety", "phone"), ("other", "family"), ("other", "phone"),
        ("contact", "phone"), ("child", "address"), ("child", "phone"), ("child", "trusted"),
        ("agreed", "address"), ("agreed", "phone"),
        ("notice", "about"), ("notice", "phone"),
        ("register", "name"), ("register", "phone"), ("register", "address"), ("member", "name"),
    }  # fmt: skip


async def test_the_card_shows_neither_address_nor_phone_until_the_second_press(
    ana: Person, olena: Person, town: Town
) -> None:
    await tells_where(ana)
    await olena.presses("Take")
    assert "Now: The danger is now" in olena.last
    assert not olena.sees(ADDRESS)
    assert not olena.sees(PHONE)
    await olena.presses("Name, address, phone")
    assert ADDRESS in olena.last
    assert PHONE in olena.last
    assert olena.heard[-1].protected
    assert await logged(town, "glass") == [(2, "assigned")]
    assert await verified(town) is None


async def test_nothing_given_is_said_plainly(ana: Person, olena: Person) -> None:
    await reports(ana)
    await olena.presses("Take")
    await olena.presses("Name, address, phone")
    assert olena.last.endswith("Neither name nor address nor phone was given.")


async def test_a_look_again_replaces_the_look_before(ana: Person, olena: Person) -> None:
    await tells_where(ana)
    await olena.presses("Take")
    await olena.presses("Name, address, phone")
    await olena.presses("Name, address, phone")
    assert len([message for message in olena.heard if ADDRESS in message.text]) == 1


async def test_after_the_end_the_address_stands_in_no_chat(ana: Person, olena: Person) -> None:
    await tells_where(ana)
    await olena.presses("Take")
    await olena.presses("Name, address, phone")
    for label in ("Close the case", "Reduced", "Overcome or reduced", "Skip", "Send"):
        await olena.presses(label)
    assert not olena.sees(ADDRESS)


async def test_the_head_looks_for_the_reason_that_was_chosen(
    ana: Person, olena: Person, head: Person, town: Town
) -> None:
    await tells_where(ana)
    await olena.presses("Take")
    await head.says(f"/case {olena.last.split(' ')[0]}")
    await head.presses("A complaint")
    await head.presses("Name, address, phone")
    assert ADDRESS in head.last
    assert await logged(town, "glass") == [(3, "complaint")]


@pytest.mark.parametrize("reason", ["assigned", "", "curiosity"])
async def test_no_reason_of_ones_own_opens_the_glass(
    ana: Person, olena: Person, head: Person, town: Town, reason: str
) -> None:
    await tells_where(ana)
    await olena.presses("Take")
    await town.hears(head.pressing_data(encode(Glass(1, reason))))
    assert town.telegram.toasts[-1] == "You have no access to this."
    assert not head.sees(ADDRESS)


async def test_outside_of_the_branch_the_card_is_as_it_was(ana: Person, iryna: Person) -> None:
    await asks_for_help(ana, "Call me")
    await ana.presses("Send")
    await iryna.presses("Take")
    assert PHONE in iryna.last
    assert "Name, address, phone" not in iryna.labels
