"""Buttons fit into callback data and come back as they were."""

from datetime import UTC, datetime

import pytest

from bot.core import buttons
from bot.core.buttons import ACTIONS, Action, Choose, Turn, decode, encode
from bot.core.forms import FORMS
from bot.core.profile import CENTRES, load
from bot.core.questions import Asking, Day

NOW = datetime(2026, 11, 22, 10, tzinfo=UTC)
LARGEST = 10**12
"""More drafts, cases and visits than a country will ever have."""


def of_forms() -> list[Action]:
    """Every option of every question of every form, in every profile, with the largest numbers."""
    found: list[Action] = []
    for path in CENTRES.glob("*.toml"):
        centre = load(path)
        for form in FORMS.values():
            for question in form.questions:
                asking = Asking(centre, {}, centre.wall_clock(NOW))
                keys = [option.key for option in question.options(asking)] + ["2026-12-31"] * isinstance(question, Day)
                found += [Choose(LARGEST, question.name, key.replace(":", ".")) for key in keys]
                found.append(Turn(LARGEST, question.name, "2026-12"))
    return found


def test_every_button_of_every_form_fits_and_comes_back() -> None:
    actions = of_forms()
    assert len(actions) > 300
    for action in actions:
        assert len(encode(action).encode()) <= buttons.LIMIT
        assert decode(encode(action)) == action


def test_every_kind_of_button_has_a_letter_of_its_own() -> None:
    assert len(ACTIONS) == len(set(ACTIONS.values()))


@pytest.mark.parametrize(
    "data", ["", ":", "Z:1", "a:1:who", "a:one:who:me", "T:", "T:x", "T:1:2", "a:1:who:me:more", "💥"]
)
def test_data_of_another_version_means_nothing(data: str) -> None:
    assert decode(data) is None


def test_a_button_that_would_come_back_as_another_is_refused() -> None:
    with pytest.raises(ValueError, match="makes no callback data"):
        encode(Choose(1, "who", "a:b"))
    with pytest.raises(ValueError, match="makes no callback data"):
        encode(Choose(1, "who", "х" * 40))
