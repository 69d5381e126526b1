"""A call that was agreed (S12): at a time that she set a step happens, unless she says that she is all right."""

from bot.core import texts
from bot.core.buttons import Action
from bot.core.cases import Case
from bot.core.events import Message, Refused
from bot.core.lines import Wording
from handlers.here import Here
from storage.people import Person


def lines(here: Here, case: Case) -> list[Wording]:  # noqa: ARG001
    """What the case's own page says about it."""
    return []


def ways(case: Case) -> list[tuple[Wording, Action]]:  # noqa: ARG001
    return []


def case_ended(here: Here, case: Case) -> list[Message]:  # noqa: ARG001
    """The case was closed, withdrawn or erased: what was agreed is off, and whoever has the case knows."""
    return []


def pressed(here: Here, me: Person, case: Case, move: str) -> list[Message]:  # noqa: ARG001
    raise Refused(texts.STALE)
