"""R17: calls to the helpline by topic, silent ones too, and who opened the branch and left."""

from dataclasses import dataclass, field, replace
from typing import Final

from bot.core import identifiers
from bot.core.centre import Words, folded, known_words
from bot.core.counting import Ask, Cell
from bot.core.report import Table
from bot.core.tables import sums
from bot.core.tables.found import Found
from bot.core.tables.listed import Counting, Listed, Rows

HEARD: Final = Listed(
    "R17",
    Words("Телефон довіри та бот", "The helpline and the bot"),
    Rows(lambda centre: centre.helpline_topics, identifiers.TOPICS),
    (Counting(Ask("calls", ("code",)), ("call",)),),
    (Counting(Ask("calls"), ("call",)),),
)


@dataclass(frozen=True, slots=True)
class Calls:
    """Calls that staff and residents made one by one, and those that stand among the activities, topic in the title."""

    id: str = HEARD.id
    title: Words = HEARD.title
    basis: str = HEARD.basis
    asks: dict[str, Ask] = field(default_factory=lambda: HEARD.asks)

    def made(self, found: Found) -> Table:
        noted = [
            Cell((_topic(found, each.title),), "call", each.within, each.count, each.count, 0)
            for each in sums.of(found, self.id)
        ]
        return HEARD.made(
            replace(found, cells={**found.cells, **{ask: [*found.cells[ask], *noted] for ask in self.asks}})
        )


def _topic(found: Found, words: str) -> str:
    known = known_words(found.centre.helpline_topics, identifiers.TOPICS)
    return known.get(words) or known.get(folded(words), folded(words))
