"""`words check FILE`: how well the lists of danger do on labelled sentences."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from bot.core import danger
from bot.core.wordlists import KINDS, ListError
from bot.run.commands import session

LEAST_RECALL = 0.9
LEAST_PRECISION = 0.9
"""Below them `check` fails: of ten in danger more than one is not asked, or of ten asked more than one wrongly."""
TOO_BAD = 1
COLUMNS = ["half", "kind", "language", "sentence"]
NO_DANGER = "none"

words = typer.Typer(no_args_is_help=True, help="The lists of words of danger.")


@words.callback()
def group() -> None:
    """Keeps `check` a command of its own while it is the only one."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A sentence, what its author says of it, and what the lists find; the kinds are `none` where there is none."""

    line: int
    half: str
    language: str
    sentence: str
    kind: str
    found: str


@dataclass(frozen=True, slots=True)
class Score:
    """Of `meant` sentences `hit` were found, and `asked` were found in all."""

    meant: int
    hit: int
    asked: int

    @property
    def recall(self) -> float:
        return self.hit / self.meant if self.meant else 1.0

    @property
    def precision(self) -> float:
        return self.hit / self.asked if self.asked else 1.0

    @property
    def good(self) -> bool:
        return self.recall >= LEAST_RECALL and self.precision >= LEAST_PRECISION


@words.command()
def check(
    file: Annotated[Path, typer.Argument(help="half, kind, language, sentence; parted by tabs")],
    half: Annotated[str, typer.Option(help="only this half")] = "",
    misses: Annotated[bool, typer.Option("--misses", help="the sentences that went wrong, too")] = False,
) -> None:
    """Prints recall and precision; exit status 1 if either is below 0.9 in any half."""
    with session.plainly():
        judged = [each for each in read(file) if half in {"", each.half}]
        halves = sorted({each.half for each in judged})
        print(f"{'half':<8}{'of':<12}{'danger':>8}{'found':>8}{'asked':>8}{'recall':>8}{'precision':>11}")
        for name in halves:
            _table(name, [each for each in judged if each.half == name])
        if misses:
            _misses(judged)
        if not all(score([each for each in judged if each.half == name]).good for name in halves):
            raise SystemExit(TOO_BAD)


def read(file: Path) -> list[Judged]:
    try:
        lines = file.read_text(encoding="utf-8-sig").splitlines()
    except UnicodeDecodeError:
        session.fail(f"{file}: this is not UTF-8")
    rows = [line.split("\t") for line in lines]
    if not rows or rows[0] != COLUMNS:
        session.fail(f"{file}: the first line is not: {' '.join(COLUMNS)} (with tabs between)")
    return [_judged(file, line, row) for line, row in enumerate(rows[1:], 2)]


def _judged(file: Path, line: int, row: Sequence[str]) -> Judged:
    if len(row) != len(COLUMNS) or row[1] not in {*KINDS, NO_DANGER}:
        session.fail(f"{file}, line {line}: not half, kind ({', '.join((*KINDS, NO_DANGER))}), language, sentence")
    half, kind, language, sentence = row
    try:
        return Judged(line, half, language, sentence, kind, danger.found(sentence) or NO_DANGER)
    except ListError as error:
        session.fail(str(error))


def score(judged: Sequence[Judged], kind: str = "") -> Score:
    """Of one kind, or of danger whichever: then a right question with the wrong numbers counts as a hit."""
    fits: Callable[[str], bool] = (lambda said: said == kind) if kind else (lambda said: said != NO_DANGER)
    meant = [each for each in judged if fits(each.kind)]
    return Score(len(meant), sum(fits(each.found) for each in meant), sum(fits(each.found) for each in judged))


def _table(half: str, judged: Sequence[Judged]) -> None:
    for name, result in _scores(judged):
        figures = f"{result.meant:>8}{result.hit:>8}{result.asked:>8}{result.recall:>8.3f}{result.precision:>11.3f}"
        print(f"{half:<8}{name:<12}{figures}")


def _scores(judged: Sequence[Judged]) -> Iterator[tuple[str, Score]]:
    yield "all", score(judged)
    yield from ((kind, score(judged, kind)) for kind in KINDS)
    for language in sorted({each.language for each in judged}):
        yield language, score([each for each in judged if each.language == language])


def _misses(judged: Sequence[Judged]) -> None:
    for each in judged:
        if each.kind != each.found:
            print(f"line {each.line}\t{each.half}\t{each.kind} -> {each.found}\t{each.sentence}")
