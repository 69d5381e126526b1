"""Words of danger in what people write (S18): looked up in lists that a centre's psychologist can read and change.

What is found is a reason to ask, never a case. The lists are `bot/words/*.toml`; docs/words.md explains them.
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Final

from bot.core.spelling import normalised
from bot.core.wordlists import KINDS, Index, Lists, Stands, load

__all__ = ["found", "normalised"]

LISTS: Final = Path(__file__).parent.parent / "words"
BETWEEN: Final = 4
"""So many other words may stand inside a phrase of danger, commas or not; none reaches into the next sentence."""
BETWEEN_HARMLESS: Final = 2
"""Less inside a harmless one, and no comma: what excuses must stand close to what it excuses."""


def found(text: str) -> str | None:
    """`self_harm`, `violence` or None; who writes of both is asked about the first.

    The first call reads the lists, which takes a moment.
    """
    kinds = {kind for sentence in normalised(text).split(".") for kind in _kinds(_lists(), sentence)}
    return next((kind for kind in KINDS if kind in kinds), None)


def _kinds(lists: Lists, sentence: str) -> list[str]:
    """What the sentence tells of; harmless phrases are looked for only where there is something to excuse."""
    clauses = [[lists.fitting(word) for word in clause.split()] for clause in sentence.split(",")]
    stands = lists.stands([*chain(*clauses)])
    certain = _standing(lists.always, KINDS, stands)
    suspected = _standing(lists.usual, KINDS, stands)
    if not suspected:
        return certain
    return certain + _standing(lists.usual, suspected, _without(stands, _explained(lists, clauses)))


def _standing(indexes: Mapping[str, Index], kinds: Iterable[str], stands: Stands) -> list[str]:
    return [kind for kind in kinds if any(indexes[kind].standing(stands, BETWEEN))]


def _explained(lists: Lists, clauses: Sequence[Sequence[Sequence[str]]]) -> set[int]:
    """The places in the sentence of all words of harmless phrases."""
    explained: set[int] = set()
    start = 0
    for clause in clauses:
        places = chain(*lists.harmless.standing(lists.stands(clause), BETWEEN_HARMLESS))
        explained.update(start + place for place in places)
        start += len(clause)
    return explained


def _without(stands: Stands, explained: set[int]) -> Stands:
    left = {slot: [each for each in where if explained.isdisjoint(range(*each))] for slot, where in stands.items()}
    return {slot: where for slot, where in left.items() if where}


@cache
def _lists() -> Lists:
    return load(LISTS)
