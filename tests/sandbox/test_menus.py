from typing import Any

import pytest

from bot.sandbox.phone import Phone
from tests.sandbox.caller import Caller


def commands(*names: str) -> list[dict[str, str]]:
    return [{"command": name, "description": f"about {name}"} for name in names]


async def test_the_narrowest_list_in_ones_own_language_is_seen(call: Caller, ana: Phone, olena: Phone) -> None:
    await call("setMyCommands", commands=commands("start"))
    await call("setMyCommands", commands=commands("start", "help"), language_code="en")
    await call("setMyCommands", commands=commands("queue"), scope={"type": "chat", "chat_id": 1001})
    assert [c["command"] for c in ana.commands] == ["queue"]
    assert [c["command"] for c in olena.commands] == ["start", "help"]
    assert await call("getMyCommands", language_code="en") == olena.commands
    await call("deleteMyCommands", scope={"type": "chat", "chat_id": 1001})
    assert [c["command"] for c in ana.commands] == ["start"]


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({"commands": commands(*(f"c{n}" for n in range(101)))}, "BOT_COMMANDS_TOO_MUCH"),
        ({"commands": commands("Старт")}, "BOT_COMMAND_INVALID"),
        ({"commands": [{"command": "a", "description": ""}]}, "BOT_COMMAND_DESCRIPTION_INVALID"),
        ({"commands": [{"command": "a"}]}, "can't parse BotCommand: exactly command and description expected"),
        ({"commands": [], "scope": {"type": "planet"}}, "can't parse BotCommandScope: unknown type"),
        ({"commands": [], "scope": {"type": "chat", "chat_id": 7}}, "chat not found"),
        ({"commands": "start"}, 'can\'t parse "commands": it is not JSON'),
        ({}, 'parameter "commands" is required'),
    ],
)
async def test_lists_that_telegram_would_not_take(call: Caller, given: dict[str, Any], why: str) -> None:
    assert (await call.refused("setMyCommands", **given)).description == f"Bad Request: {why}"


@pytest.mark.parametrize(("what", "longest"), [("Name", 64), ("Description", 512), ("ShortDescription", 120)])
async def test_what_the_bot_says_of_itself(call: Caller, what: str, longest: int) -> None:
    name = "short_description" if what == "ShortDescription" else what.lower()
    await call(f"setMy{what}", **{name: "Довідник"})
    await call(f"setMy{what}", **{name: "Guide", "language_code": "en"})
    assert await call(f"getMy{what}", language_code="en") == {name: "Guide"}
    assert await call(f"getMy{what}", language_code="fr") == {name: "Довідник"}
    assert (await call.refused(f"setMy{what}", **{name: "я" * (longest + 1)})).code == 400


async def test_the_rest_answers_too(call: Caller) -> None:
    await call("setChatMenuButton", chat_id=1001, menu_button={"type": "commands"})
    assert await call("getChatMenuButton", chat_id=1001) == {"type": "commands"}
    assert (await call.refused("setChatMenuButton", menu_button={"type": "x"})).code == 400
    assert (await call("getChat", chat_id=1001))["first_name"] == "Анна"
    assert await call("logOut") is True
    assert await call("close") is True
