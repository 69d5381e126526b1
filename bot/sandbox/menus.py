"""Lists of commands by scope and language, and which of them a person sees."""

import re
from typing import Any

from bot.sandbox.refusals import bad
from bot.sandbox.schema import Json

NAME = re.compile(r"[a-z0-9_]{1,32}")
MOST = 100
LONGEST = 256
SCOPES = frozenset({
    "default", "all_private_chats", "all_group_chats", "all_chat_administrators",
    "chat", "chat_administrators", "chat_member",
})  # fmt: skip


class Menus:
    def __init__(self) -> None:
        self._lists: dict[tuple[str, int, str], list[Json]] = {}

    def put(self, scope: Json | None, language: str, commands: list[Any]) -> None:
        if len(commands) > MOST:
            raise bad("BOT_COMMANDS_TOO_MUCH")
        self._lists[(*_key(scope), language)] = [_checked(command) for command in commands]

    def exactly(self, scope: Json | None, language: str) -> list[Json]:
        return self._lists.get((*_key(scope), language), [])

    def drop(self, scope: Json | None, language: str) -> None:
        self._lists.pop((*_key(scope), language), None)

    def seen_by(self, person_id: int, language: str) -> list[Json]:
        """The narrowest list wins, and within it the one in the person's language."""
        scopes = (("chat", person_id), ("all_private_chats", 0), ("default", 0))
        keys = [(*scope, spoken) for scope in scopes for spoken in (language, "")]
        return next((self._lists[key] for key in keys if self._lists.get(key)), [])


def _key(scope: Json | None) -> tuple[str, int]:
    found = scope or {"type": "default"}
    if found.get("type") not in SCOPES:
        raise bad("can't parse BotCommandScope: unknown type")
    return found["type"], int(found.get("chat_id", 0))


def _checked(command: Any) -> Json:  # noqa: ANN401 - whatever the bot has sent
    if not isinstance(command, dict) or command.keys() != {"command", "description"}:
        raise bad("can't parse BotCommand: exactly command and description expected")
    name = str(command["command"]).removeprefix("/")
    if not NAME.fullmatch(name):
        raise bad("BOT_COMMAND_INVALID")
    if not 1 <= len(str(command["description"])) <= LONGEST:
        raise bad("BOT_COMMAND_DESCRIPTION_INVALID")
    return {"command": name, "description": command["description"]}
