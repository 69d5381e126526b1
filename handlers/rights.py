"""Her rights over what is held: consents and their withdrawal, a readable copy, erasing (S20, S29)."""

from bot.core import texts
from bot.core.buttons import Action
from bot.core.cases import Case
from bot.core.events import Message, Refused
from bot.core.lines import Wording
from handlers.here import Here
from storage.people import Person


def lines(here: Here, case: Case) -> list[Wording]:  # noqa: ARG001
    """What the case's own page says about them."""
    return []


def ways(case: Case) -> list[tuple[Wording, Action]]:  # noqa: ARG001
    return []


def pressed(here: Here, me: Person, case: Case, move: str) -> list[Message]:  # noqa: ARG001
    raise Refused(texts.STALE)
