import json
from pathlib import Path
from typing import Any

import pytest

from bot.sandbox import keyboards, methods, parameters, schema

FULL = Path(__file__).parents[3] / "shared" / "botapi" / "api.json"


@pytest.fixture(scope="module")
def full() -> dict[str, Any]:
    if not FULL.is_file():
        pytest.skip("the full description of the Bot API is not beside the project")
    described: dict[str, Any] = json.loads(FULL.read_text(encoding="utf-8"))
    return described


def as_fields(described: dict[str, Any]) -> dict[str, schema.Field]:
    return {
        field["name"]: schema.Field(frozenset(field["types"]), field["required"])
        for field in described.get("fields", [])
    }


def test_the_extract_says_of_methods_what_the_bot_api_says(full: dict[str, Any]) -> None:
    for method in schema.methods().values():
        described = full["methods"][method.name]
        assert method.takes == as_fields(described)
        assert method.returns == " or ".join(described["returns"])


def test_the_extract_says_of_objects_what_the_bot_api_says(full: dict[str, Any]) -> None:
    for name, fields in schema.objects().items():
        assert fields == as_fields(full["types"][name])


def test_every_described_method_exists_and_no_other() -> None:
    assert set(methods.METHODS) == {method.name for method in schema.methods().values()}


def test_what_is_called_unsupported_is_known_to_the_bot_api() -> None:
    known = {name for method in schema.methods().values() for name in method.takes}
    assert known >= parameters.UNSUPPORTED


def test_every_action_of_an_inline_button_is_in_the_description() -> None:
    assert {"callback_data", "url", "copy_text", "web_app"} <= keyboards.ACTIONS
