"""A team's group: number, team, deadline, the way into the private chat; where nobody asked it in, the bot leaves."""

from typing import Any

import pytest
from telegram.error import ChatMigrated

from tests.people import Chat, Person, Standing, Town
from tests.stories.test_rights import opens_it, withdraws
from tests.stories.test_third_persons import tells
from tests.stories.test_urgent import reports

GROUP, SUPERGROUP = -77, -10077


def chat(number: int = GROUP, kind: str = "group") -> dict[str, Any]:
    return {"id": number, "type": kind, "title": "Team"}


async def added(town: Town, by: Person, *, to: str = "member") -> None:
    user = {"id": 1, "is_bot": True, "first_name": "Bot"}
    change = {
        "chat": chat(),
        "from": {"id": by.id, "is_bot": False, "first_name": by.name},
        "date": int(town.clock.at.timestamp()),
        "old_chat_member": {"user": user, "status": "left"},
        "new_chat_member": {"user": user, "status": to} | ({"until_date": 0} if to == "kicked" else {}),
    }
    await town.hears({"my_chat_member": change})


async def writes(town: Town, person: Person, text: str, number: int = GROUP) -> None:
    update = person.saying(text)
    await town.hears({"message": update["message"] | {"chat": chat(number)}})


async def joins(town: Town, person: Person, *scope: str) -> None:
    await added(town, person)
    await writes(town, person, f"/start@town_bot {await town.invites('group', *scope)}")


def heard(town: Town, number: int = GROUP) -> list[Standing]:
    return [each for each in town.telegram.chats.get(number, Chat()).standing.values() if each.ours]


def left(town: Town) -> bool:
    return "leaveChat" in town.telegram.calls


@pytest.mark.safety("S26")
async def test_a_group_hears_number_team_and_deadline_and_the_way_into_the_private_chat(
    ana: Person, olena: Person, town: Town
) -> None:
    await joins(town, olena, "brigade")
    await reports(ana)
    alert = heard(town)[-1]
    number = olena.last.split("K-")[1][:4]
    assert alert.text.startswith(f"К-{number}. ")
    assert "Небезпека" not in alert.text
    assert "Центр." not in alert.text
    assert alert.buttons == {"Відкрити в особистому чаті": f"https://t.me/town_bot?start=case-{number}"}
    assert alert.protected
    assert not left(town)


@pytest.mark.safety("S26")
async def test_the_link_opens_the_alert_for_who_may_and_nothing_for_others(
    ana: Person, olena: Person, iryna: Person, town: Town
) -> None:
    await joins(town, olena, "brigade")
    await reports(ana)
    number = olena.last.split("K-")[1][:4]
    await olena.says(f"/start case-{number}")
    assert olena.last.startswith(f"Urgent case K-{number}.")
    assert olena.heard[-1].buttons.keys() == {"Take", "I can't take it"}
    await iryna.says(f"/start case-{number}")
    assert iryna.last == "You have no access to this."
    await ana.says(f"/start case-{number}")
    assert ana.last.startswith("City guide")


@pytest.mark.safety("S26")
async def test_when_it_is_taken_the_group_s_message_says_so_without_a_name(
    ana: Person, olena: Person, town: Town
) -> None:
    await joins(town, olena, "brigade")
    await reports(ana)
    await olena.presses("Take")
    number = (await town.app.reader.look(lambda tx: tx.all("SELECT number FROM cases")))[0]["number"]
    assert heard(town)[-1].text == f"К-{number}: взято."
    assert not heard(town)[-1].buttons


@pytest.mark.safety("S26")
async def test_when_she_withdraws_what_nobody_has_taken_the_group_hears_that_it_is_over(
    ana: Person, olena: Person, town: Town
) -> None:
    await joins(town, olena, "brigade")
    await opens_it(ana)
    await withdraws(ana)
    assert heard(town)[-1].text.endswith(": більше не чекає.")


@pytest.mark.safety("S14", "S26")
async def test_a_group_hears_only_of_its_own_team_and_district(
    ana: Person, olena: Person, iryna: Person, town: Town
) -> None:
    await joins(town, olena, "brigade", "sadovyi")
    before = len(heard(town))
    await tells(ana)
    await ana.says("/start")
    await reports(ana)
    assert len(heard(town)) == before
    assert iryna.last.startswith("Case K-")


async def test_a_group_into_which_a_stranger_brought_it_is_left_at_once_with_one_line(town: Town, ana: Person) -> None:
    await added(town, ana)
    assert [each.text for each in heard(town)] == ["Мене до цієї групи не запрошували, тому виходжу."]
    assert town.telegram.calls[-1] == "leaveChat"


async def test_a_colleague_has_five_minutes_for_the_code(olena: Person, town: Town) -> None:
    await added(town, olena)
    await writes(town, olena, "hello")
    assert not left(town)
    assert "/start" in heard(town)[-1].text
    await town.passes(minutes=6)
    assert left(town)


async def test_with_the_code_it_stays(olena: Person, town: Town) -> None:
    await joins(town, olena, "brigade")
    await town.passes(minutes=10)
    assert not left(town)
    await writes(town, olena, "/menu")
    assert heard(town)[-1].text.startswith("Напишіть мені, будь ласка, в особистий чат")


@pytest.mark.safety("S25")
async def test_a_wrong_code_or_one_for_a_person_lets_it_leave_and_a_group_s_code_makes_nobody_staff(
    ana: Person, olena: Person, town: Town
) -> None:
    role = await town.invites("head")
    await added(town, olena)
    await writes(town, olena, f"/start@town_bot {role}")
    assert left(town)
    assert await town.count("groups") == 0
    assert await town.count("invites", "role = 'head' AND used_at IS NULL") == 1
    code = await town.invites("group", "brigade")
    await ana.says(f"/start {code}")
    assert await town.count("invites", "role = 'group' AND used_at IS NULL") == 1
    assert "Queue" not in ana.labels


@pytest.mark.safety("S26")
async def test_thrown_out_it_says_nothing_there_and_needs_a_new_code(ana: Person, olena: Person, town: Town) -> None:
    await joins(town, olena, "brigade")
    await added(town, olena, to="kicked")
    before = len(heard(town))
    await reports(ana)
    assert len(heard(town)) == before
    assert await town.count("groups", "left_at IS NULL") == 0


async def test_a_group_that_becomes_a_supergroup_stays_the_team_s(ana: Person, olena: Person, town: Town) -> None:
    await joins(town, olena, "brigade")
    update = olena.saying("x")["message"]
    service = {name: value for name, value in update.items() if name not in ("text", "entities")}
    await town.hears({"message": service | {"chat": chat(), "migrate_to_chat_id": SUPERGROUP}})
    await reports(ana)
    assert [each.text[:2] for each in heard(town, SUPERGROUP)] == ["К-"]
    assert not left(town)


async def test_what_meets_the_change_on_its_way_reaches_the_supergroup(ana: Person, olena: Person, town: Town) -> None:
    await joins(town, olena, "brigade")
    await ana.presses("Safety at home")
    await ana.presses("The danger is now")
    await ana.presses("Don't write. I will come back with a code")
    town.telegram.moved[GROUP] = ChatMigrated(SUPERGROUP)
    await ana.presses("Centre")
    assert [each.text[:2] for each in heard(town, SUPERGROUP)] == ["К-"]
    await olena.presses("Take")
    assert heard(town, SUPERGROUP)[-1].text.endswith(": взято.")
