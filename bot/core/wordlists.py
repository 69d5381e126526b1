"""Lists of words and phrases as a psychologist writes them (docs/words.md), made ready for looking up."""

import tomllib
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import permutations, product
from pathlib import Path
from typing import Final

from bot.core.spelling import LONG, loose, normalised

KINDS: Final = ("self_harm", "violence")
SECTIONS: Final[Mapping[str, tuple[str, ...]]] = {
    **dict.fromkeys(KINDS, ("always", "usual")),
    "harmless": ("phrases",),
}

Run = tuple[str, ...]
"""Words right next to each other; one with a * is the beginning of a word."""
Phrase = tuple[int, ...]
"""Slots in their order, other words between them allowed. A slot is the number of runs that may replace each other."""
Stand = tuple[int, int]
"""Where a run begins, and where the word after it is."""
Stands = Mapping[int, Sequence[Stand]]
"""Every place of every slot, from left to right."""


class ListError(ValueError):
    """What cannot be read in a list, and in which file."""


@dataclass(frozen=True, slots=True)
class Index:
    """Phrases under their first slot."""

    phrases: Mapping[int, Sequence[Phrase]]

    def standing(self, stands: Stands, between: int) -> Iterator[Sequence[int]]:
        """The places of the words of every phrase that stands there, with at most so many other words inside it."""
        for slot in stands.keys() & self.phrases.keys():
            for phrase in self.phrases[slot]:
                if all(each in stands for each in phrase):
                    yield from _places([stands[each] for each in phrase], between)


def _places(slots: Sequence[Sequence[Stand]], between: int) -> Iterator[Sequence[int]]:
    return filter(None, (_followed(first, slots[1:], between) for first in slots[0]))


def _followed(first: Stand, rest: Sequence[Sequence[Stand]], between: int) -> Sequence[int]:
    """The places of all words of the phrase that begins here, or nothing. The nearest stand is good for every slot."""
    taken = list(range(*first))
    for stands in rest:
        nearest = bisect_left(stands, (taken[-1] + 1, 0))
        if nearest == len(stands) or stands[nearest][0] > first[0] + len(taken) + between:
            return ()
        taken += range(*stands[nearest])
    return taken


@dataclass(frozen=True, slots=True)
class Branch:
    """The slots whose run ends here, and what may follow in longer runs."""

    slots: list[int] = field(default_factory=list)
    then: dict[str, "Branch"] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Lists:
    """`known`: every word of the lists as it is compared; no * stands after more than `longest` letters."""

    known: frozenset[str]
    longest: int
    runs: Branch
    always: Mapping[str, Index]
    usual: Mapping[str, Index]
    harmless: Index

    def fitting(self, word: str) -> Sequence[str]:
        """The words of the lists that this one may be."""
        like = loose(word)
        lengths = range(1, min(len(word), self.longest) + 1)
        stems = [(word if length < LONG else like)[:length] + "*" for length in lengths]
        return [each for each in (like, *stems) if each in self.known]

    def stands(self, words: Sequence[Sequence[str]]) -> Stands:
        """Of what fits each word of a text."""
        stands: dict[int, list[Stand]] = {}
        for start in (place for place, fitting in enumerate(words) if fitting):
            for end, branch in self._runs_from(words, start):
                for slot in branch.slots:
                    stands.setdefault(slot, []).append((start, end))
        return stands

    def _runs_from(self, words: Sequence[Sequence[str]], start: int) -> Iterator[tuple[int, Branch]]:
        branches, end = [self.runs], start
        while branches and end < len(words):
            branches = [branch.then[word] for branch in branches for word in words[end] if word in branch.then]
            end += 1
            yield from ((end, branch) for branch in branches)


def load(folder: Path) -> Lists:
    """The lists of all languages as one: people mix them."""
    return _Reading([_File.read(path) for path in sorted(folder.glob("*.toml"))]).lists()


@dataclass(frozen=True, slots=True)
class _File:
    name: str
    groups: Mapping[str, Sequence[str]]
    sections: Mapping[str, Mapping[str, Sequence[str]]]

    @classmethod
    def read(cls, path: Path) -> "_File":
        try:
            data = tomllib.loads(path.read_text(encoding="utf-8-sig"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise ListError(f"{path.name}: this is not TOML in UTF-8: {error}") from error
        for name, section in data.items():
            _check(path.name, name, section)
        return cls(path.name, data.pop("groups", {}), data)

    def entries(self, section: str, part: str) -> Sequence[str]:
        return self.sections.get(section, {}).get(part, ())


def _check(file: str, name: str, section: object) -> None:
    allowed = SECTIONS.get(name)
    if not isinstance(section, dict) or (allowed is None and name != "groups"):
        known = ", ".join(f"[{each}]" for each in ("groups", *SECTIONS))
        raise ListError(f"{file}: «{name}» is not known; allowed: {known}")
    for part, entries in section.items():
        if allowed is not None and part not in allowed:
            raise ListError(f"{file}: [{name}] {part} is not known; allowed: {', '.join(allowed)}")
        if not isinstance(entries, list) or not all(isinstance(entry, str) and entry.strip() for entry in entries):
            raise ListError(f"{file}: [{name}] {part} is not a list of phrases in quotation marks")


class _Reading:
    """Gives all runs that may replace each other the number of their slot."""

    def __init__(self, files: Sequence[_File]) -> None:
        self.files = files
        self.slots: dict[frozenset[Run], int] = {}
        self.groups: dict[str, frozenset[Run]] = {}
        for file in files:
            for name, written in file.groups.items():
                runs = frozenset(tuple(_word(file.name, word) for word in each.split("_")) for each in written)
                self.groups[name] = self.groups.get(name, frozenset()) | runs

    def lists(self) -> Lists:
        always, usual = ({kind: self._index(kind, part) for kind in KINDS} for part in ("always", "usual"))
        harmless = self._index("harmless", "phrases")
        known = frozenset(word for slot in self.slots for run in slot for word in run)
        return Lists(known, max(map(len, known), default=0), self._branches(), always, usual, harmless)

    def _branches(self) -> Branch:
        root = Branch()
        for slot, number in self.slots.items():
            for run in slot:
                branch = root
                for word in run:
                    branch = branch.then.setdefault(word, Branch())
                branch.slots.append(number)
        return root

    def _index(self, section: str, part: str) -> Index:
        index: dict[int, list[Phrase]] = {}
        for file in self.files:
            for entry in file.entries(section, part):
                for phrase in self._phrases(file.name, entry):
                    index.setdefault(phrase[0], []).append(phrase)
        return Index(index)

    def _phrases(self, file: str, entry: str) -> Iterator[Phrase]:
        """`a + b` is a before b, and b before a."""
        parts = [[self._slot(file, slot) for slot in part.split()] for part in f" {entry} ".split(" + ")]
        if not all(parts):
            raise ListError(f"{file}: «{entry}» has a + with nothing beside it")
        for order in permutations(parts):
            yield tuple(slot for part in order for slot in part)

    def _slot(self, file: str, written: str) -> int:
        runs = frozenset(run for each in written.split("/") for run in self._runs(file, each))
        return self.slots.setdefault(runs, len(self.slots))

    def _runs(self, file: str, written: str) -> Iterable[Run]:
        words = [self._meant(file, word) for word in written.split("_")]
        return (tuple(word for run in runs for word in run) for runs in product(*words))

    def _meant(self, file: str, word: str) -> frozenset[Run]:
        if not word.startswith("@"):
            return frozenset({(_word(file, word),)})
        if word[1:] not in self.groups:
            raise ListError(f"{file}: there is no group {word}; there are: {', '.join(sorted(self.groups))}")
        return self.groups[word[1:]]


def _word(file: str, written: str) -> str:
    """A word of a list as it is compared, its * kept."""
    stem = normalised(written.removesuffix("*"))
    if not stem.isalnum() or "*" in written[:-1]:
        raise ListError(f"{file}: «{written}» is not one word, or the beginning of one with * after it")
    return loose(stem) + "*" * written.endswith("*")
