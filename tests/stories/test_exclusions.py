"""At her wish somebody does not see her case: not in the queue, not by a number, not on an old card."""

from collections.abc import Callable

import pytest

from bot.core.buttons import Because, Claim, Decline, Glass, Open, encode
from bot.core.cases import Case
from bot.core.events import Message
from handlers import exclusion
from handlers.here import Here
from storage import cases, exclusions, people
from storage.db import Transaction
from tests.people import Person, Town
from tests.stories.test_audit import verified
from tests.stories.test_glass import ADDRESS, tells_where
from tests.stories.test_urgent import reports
from tests.stories.test_visits import plans

pytestmark = pytest.mark.safety("S25")


async def keeps_away(town: Town, who: Person | str) -> None:
    """She has chosen, on a screen of her own, whom her case is kept from."""

    def wish(here: Here, case: Case, tx: Transaction) -> list[Message]:
        if isinstance(who, str):
            return exclusion.exclude_role(here, case, who)
        return exclusion.exclude_person(here, case, known(town, who)(tx))

    def work(tx: Transaction) -> None:
        here, case = town.app.desk.here(tx, town.clock.at), cases.by_id(tx, 1)
        assert case is not None
        town.app.desk.write(tx, wish(here, case, tx), now=town.clock.at)

    await town.app.writer.transact(work)
    await town.settles()


def known(town: Town, person: Person) -> Callable[[Transaction], int]:
    return lambda tx: people.meet(tx, person.id, kind="private", language="uk", now=town.clock.at).id


async def nothing_opens(town: Town, person: Person, number: str) -> None:
    actions = (Claim(1), Decline(1), Open(1), Glass(1, "assigned"), Glass(1, "report"), Because(1, "report"))
    for action in actions:
        await town.hears(person.pressing_data(encode(action)))
        assert town.telegram.toasts[-1] == "You have no access to this."
    await person.says(f"/case {number}")
    assert person.last == "You have no access to this."
    await person.says("Queue")
    assert number not in person.last


async def test_who_is_excluded_before_the_report_is_taken_loses_the_alert_and_every_way(
    ana: Person, olena: Person, petro: Person, town: Town
) -> None:
    await reports(ana)
    number = olena.last.split("K-")[1][:4]
    await keeps_away(town, olena)
    assert olena.last == f"K-{number} is with others now."
    assert not olena.heard[-1].buttons
    await nothing_opens(town, olena, number)
    await petro.presses("Take")
    assert petro.sees("Now: The danger is now")
    assert "Petro" not in olena.last


async def test_an_excluded_colleague_who_had_the_case_loses_it_at_once_and_the_others_are_called(
    ana: Person, olena: Person, petro: Person, town: Town
) -> None:
    await tells_where(ana)
    await olena.presses("Take")
    await olena.presses("Name, address, phone")
    number = next(message.text for message in olena.heard if "K-" in message.text).split("K-")[1][:4]
    await keeps_away(town, olena)
    assert not any(ADDRESS in message.text or "danger" in message.text for message in olena.heard)
    assert {label for message in olena.heard if "K-" in message.text for label in message.buttons} == set()
    assert petro.last.startswith("Back in the queue: it waits again.")
    assert f"Urgent case K-{number}" in petro.last
    await nothing_opens(town, olena, number)
    await petro.presses("Take")
    assert petro.sees("Now: The danger is now")
    assert await town.count("history", "what = 'released'") == 1
    assert await verified(town) is None


async def test_the_deadline_of_a_case_that_came_back_is_the_one_it_had(
    ana: Person, olena: Person, petro: Person, town: Town
) -> None:
    await reports(ana)
    await olena.presses("Take")
    await keeps_away(town, olena)
    await town.passes(minutes=15)
    assert petro.sees("Still waits: nobody has taken it.\n\nUrgent case K-")
    assert petro.sees("By 11:15.")


async def test_a_whole_role_is_kept_away_and_the_head_is_asked_when_nobody_is_left(
    ana: Person, olena: Person, petro: Person, head: Person, town: Town
) -> None:
    await reports(ana)
    await olena.presses("Take")
    await keeps_away(town, "brigade")
    for person in (olena, petro):
        assert not any("danger" in message.text for message in person.heard)
    assert head.last.startswith("Back in the queue: it waits again.")
    await head.presses("Take")
    assert "Now: The danger is now" in head.last


async def test_an_excluded_head_is_neither_called_nor_lets_in(
    ana: Person, olena: Person, head: Person, town: Town
) -> None:
    await reports(ana)
    number = olena.last.split("K-")[1][:4]
    await keeps_away(town, head)
    await nothing_opens(town, head, number)
    await town.passes(hours=3)
    assert not head.sees(number)


async def test_a_visit_of_the_excluded_is_the_heads_until_somebody_takes_the_case(
    ana: Person, olena: Person, petro: Person, head: Person, town: Town
) -> None:
    await reports(ana)
    await olena.presses("Take")
    await olena.presses("Plan a visit")
    await plans(olena)
    await keeps_away(town, olena)
    assert "the visit on Fri 27 November, 14:00 is with you until somebody takes the case." in head.last
    assert not any("27 November" in message.text for message in olena.heard)
    await petro.presses("Take")
    await petro.presses("First contact made")
    assert head.heard[-1].buttons == {}
    await petro.presses("The visit")
    await town.passes(days=5)
    later = [message.text for message in petro.chat.sent if "visit for K-" in message.text]
    assert len(later) == 2
    assert not any("visit for K-" in message.text for message in (*olena.chat.sent, *head.chat.sent))


async def test_lifted_the_colleague_is_a_colleague_again(ana: Person, olena: Person, town: Town) -> None:
    await reports(ana)
    await keeps_away(town, olena)
    await town.app.writer.transact(lambda tx: exclusions.lift(tx, exclusions.of_case(tx, 1)[0].id, case_id=1))
    await olena.says("Queue")
    assert "1 case is waiting." in olena.last


async def test_a_first_name_finds_the_colleagues_who_have_it(olena: Person, petro: Person, town: Town) -> None:
    def found(tx: Transaction, typed: str) -> list[str]:
        return [each.name for each in exclusion.named(town.app.desk.here(tx, town.clock.at), typed)]

    assert olena.id != petro.id
    assert await town.app.reader.look(lambda tx: found(tx, " оlena".replace("о", "o"))) == ["Olena"]
    assert await town.app.reader.look(lambda tx: found(tx, "PETRO Petrenko")) == ["Petro"]
    assert await town.app.reader.look(lambda tx: found(tx, "")) == []
    assert await town.app.reader.look(lambda tx: found(tx, "Nobody")) == []
