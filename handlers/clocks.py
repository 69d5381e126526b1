"""Deadlines of a case."""

from datetime import datetime

from bot.core.cases import Case
from bot.core.lines import Wording
from handlers.here import Here


def met(here: Here, case: Case, *keys: str) -> None:
    """Stand-in."""


def begin(here: Here, case: Case, key: str, *, starts_at: datetime | None = None) -> None:
    """Stand-in."""


def on_card(here: Here, case: Case) -> list[Wording]:  # noqa: ARG001 - stand-in
    return []
