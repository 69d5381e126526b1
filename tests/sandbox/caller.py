"""A bare caller of the Bot API: what any bot's library does, without its opinions."""

import json
from dataclasses import dataclass
from typing import Any

import aiohttp

from tests.sandbox.conformity import deviations


class Said(AssertionError):  # noqa: N818 - an answer, not an accident
    def __init__(self, body: dict[str, Any]) -> None:
        super().__init__(body["description"])
        self.code: int = body["error_code"]
        self.description: str = body["description"]
        self.parameters: dict[str, int] = body.get("parameters", {})


@dataclass
class Caller:
    session: aiohttp.ClientSession
    url: str

    async def __call__(self, method: str, **given: Any) -> Any:
        """The result, checked against the description of the Bot API; `Said` for a refusal."""
        async with self.session.post(f"{self.url}/{method}", data=form(given)) as answer:
            body = await answer.json()
        if not body["ok"]:
            assert answer.status == body["error_code"]
            raise Said(body)
        assert deviations(method, body["result"]) == []
        return body["result"]

    async def refused(self, method: str, **given: Any) -> Said:
        try:
            result = await self(method, **given)
        except Said as said:
            return said
        raise AssertionError(result)


def form(given: dict[str, Any]) -> dict[str, Any]:
    """As the Bot API wants it in a form: nested values are JSON, booleans are words."""
    return {name: _written(value) for name, value in given.items()}


def _written(value: Any) -> Any:
    if isinstance(value, (str, bytes)) or hasattr(value, "read"):
        return value
    return json.dumps(value, ensure_ascii=False)


def keys(*rows: list[str]) -> dict[str, Any]:
    """Buttons under a message; each carries its own label."""
    return {"inline_keyboard": [[{"text": label, "callback_data": label} for label in row] for row in rows]}
