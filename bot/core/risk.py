"""What a visit may hold for those who go, from facts alone: said on the card before they leave."""

from collections.abc import Mapping
from datetime import datetime, time
from typing import Any, Final

DANGER: Final = "danger"
WEAPON: Final = "weapon"
REPEAT: Final = "repeat"
FEARED: Final = "feared"
NIGHT: Final = "night"

NIGHT_FROM: Final = time(20)
NIGHT_UNTIL: Final = time(7)
"""From when until when nobody goes alone [P]."""


def of_visit(told: Mapping[str, Any], *, danger: str | None, repeat: bool, local: datetime | None) -> tuple[str, ...]:
    """The risks of going there at that moment of the wall clock, or of going at all."""
    present = {
        WEAPON: told.get("weapons") == "yes",
        DANGER: danger == "now",
        FEARED: told.get("home") == "here" or told.get("near") == "feared",
        REPEAT: repeat,
        NIGHT: local is not None and at_night(local),
    }
    return tuple(risk for risk, so in present.items() if so)


def at_night(local: datetime) -> bool:
    return local.time() >= NIGHT_FROM or local.time() < NIGHT_UNTIL


def with_police(risks: tuple[str, ...]) -> bool:
    """Whether the team goes with the police: a weapon, or a danger now with somebody who is feared beside [P]."""
    return WEAPON in risks or {DANGER, FEARED} <= set(risks)


def child_concerned(form: str, told: Mapping[str, Any], *, branch: bool, children: int | None) -> bool:
    """A child that was hurt, or saw it: by the law a victim too, so that the duty to tell does not ask for consent."""
    return form == "child" or told.get("children") == "yes" or (branch and bool(children))
