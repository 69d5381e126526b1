"""Draws one picture and ends: JSON in, PNG out. A process of its own, because matplotlib's memory is not given back.

`python -m bot.run.pictures` is asked by bot/run/easel.py. Everything is in pixels, from the upper left corner; the
month is as wide as a phone's screen and its letters are large.
"""

import contextlib
import json
import os
import sys
import tempfile
import textwrap
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

import segno

from bot.run import charts
from bot.run.canvas import COLOURS, EDGE, FAINT, GREY, INK, WIDTH, Canvas

COLUMN = (WIDTH - 2 * EDGE) / 7
TITLE_ENDS, WEEKDAYS_END = 96, 146
CHIP_WIDTH, CHIP_HEIGHT, CHIP_GAP = 62, 44, 6
A_LINE, LETTERS = 42, 56
"""The height of a line below the calendar, and how many letters of its size fit into it."""
MOST_LINES = 14
TODAY, OTHER = "#c1121f", "#333d4f"
SHEET = (1240, 1754)
"""A4 at 150 dots an inch."""


# The month


def month(given: Mapping[str, Any]) -> bytes:
    canvas = Canvas(WIDTH)
    canvas.words(EDGE, TITLE_ENDS / 2 + 6, given["title"], 52, weight="bold")
    for place, name in enumerate(given["weekdays"]):
        canvas.words(EDGE + (place + 0.5) * COLUMN, TITLE_ENDS + 22, name, 28, FAINT, ha="center")
    colours = {key: COLOURS[place % len(COLOURS)] for place, (key, _) in enumerate(given["teams"])}
    y = _weeks(canvas, given, colours)
    y = _teams(canvas, given, colours, y)
    y = _dated(canvas, given, "trainings", y, [(day, f"{at}  {title}") for day in given["days"]
                                               for at, title in day["trainings"]])  # fmt: skip
    y = _dated(canvas, given, "plan", y, [(day, what) for day in given["days"] for what in day["plan"]])
    if not any(day["visits"] or day["trainings"] or day["plan"] for day in given["days"]):
        canvas.words(WIDTH / 2, y + 46, given["nothing"], 32, FAINT, ha="center")
        y += 72
    return canvas.png(y + EDGE)


def _weeks(canvas: Canvas, given: Mapping[str, Any], colours: Mapping[str, str]) -> float:
    """The grid, each week as high as its fullest day needs; where it ends."""
    y: float = WEEKDAYS_END
    blank = date.fromisoformat(given["days"][0]["day"]).weekday()
    cells: list[Any] = [None] * blank + given["days"]
    for start in range(0, len(cells), 7):
        week = cells[start : start + 7]
        high = 62 + max(1, *(-(-len(_chips(day, colours)) // 2) for day in week if day)) * (CHIP_HEIGHT + CHIP_GAP)
        for place, day in enumerate(week):
            if day:
                _day(canvas, given, day, colours, (EDGE + place * COLUMN, y, high))
        y += high
    return y


def _day(
    canvas: Canvas,
    given: Mapping[str, Any],
    day: Mapping[str, Any],
    colours: Mapping[str, str],
    at: tuple[float, float, float],
) -> None:
    x, y, high = at
    today = day["day"] == given["today"]
    fill = "white" if day["works"] else GREY
    canvas.box(x, y, COLUMN, high, fill, edgecolor="#c8c8c8", linewidth=1)
    if today:
        canvas.box(x + 3, y + 3, COLUMN - 6, high - 6, "none", edgecolor=TODAY, linewidth=4, zorder=3)
    number = TODAY if today else INK if day["works"] else FAINT
    canvas.words(x + 14, y + 32, str(int(day["day"][-2:])), 32, number, weight="bold" if today else "normal")
    left = x + (COLUMN - 2 * CHIP_WIDTH - CHIP_GAP) / 2
    for place, (colour, count, round_) in enumerate(_chips(day, colours)):
        down, right = divmod(place, 2)
        where = (left + right * (CHIP_WIDTH + CHIP_GAP), y + 56 + down * (CHIP_HEIGHT + CHIP_GAP))
        _chip(canvas, where, colour, str(count), round_)


def _chips(day: Mapping[str, Any], colours: Mapping[str, str]) -> list[tuple[str, int, int]]:
    """Colour, count, roundness: teams are round, trainings and the plan are square."""
    teams = [(colours[team], count, 21) for team, count in day["visits"].items()]
    trainings = [(OTHER, len(day["trainings"]), 5)] if day["trainings"] else []
    plan = [("white", len(day["plan"]), 5)] if day["plan"] else []
    return [*teams, *trainings, *plan]


def _chip(canvas: Canvas, at: tuple[float, float], colour: str, said: str, round_: int) -> None:
    line = OTHER if colour == "white" else colour
    canvas.box(*at, CHIP_WIDTH, CHIP_HEIGHT, colour, round_=round_, edgecolor=line, linewidth=2)
    ink = OTHER if colour == "white" else "white"
    middle = (at[0] + CHIP_WIDTH / 2, at[1] + CHIP_HEIGHT / 2 + 1)
    canvas.words(*middle, said, 28, ink, ha="center", weight="bold")


def _teams(canvas: Canvas, given: Mapping[str, Any], colours: Mapping[str, str], y: float) -> float:
    """Which colour is whose, and how many in all; where it ends."""
    if not given["teams"]:
        return y
    y = _heading(canvas, given["visits"], y)
    for key, name in given["teams"]:
        in_all = sum(day["visits"].get(key, 0) for day in given["days"])
        _chip(canvas, (EDGE, y - CHIP_HEIGHT / 2), colours[key], str(in_all), 21)
        canvas.words(EDGE + CHIP_WIDTH + 16, y, textwrap.shorten(name, LETTERS - 6, placeholder="…"), 30)
        y += CHIP_HEIGHT + 10
    return y - CHIP_HEIGHT / 2


def _dated(
    canvas: Canvas, given: Mapping[str, Any], kind: str, y: float, items: Sequence[tuple[Mapping[str, Any], str]]
) -> float:
    """What has a title, by day; what finds no room is counted. Where it ends."""
    if not items:
        return y
    y = _heading(canvas, given[kind], y, "white" if kind == "plan" else OTHER)
    wrapped = [(day, _wrapped(said)) for day, said in items]
    room, before = MOST_LINES, ""
    for shown, (day, lines) in enumerate(wrapped):
        if len(lines) > room:
            canvas.words(EDGE + 110, y, f"+ {len(wrapped) - shown}", 30, FAINT)
            return y + A_LINE / 2
        _entry(canvas, "" if day["day"] == before else _named(given, day), lines, y)
        before, room, y = day["day"], room - len(lines), y + A_LINE * len(lines) + 6
    return y - A_LINE / 2


def _entry(canvas: Canvas, day: str, lines: Sequence[str], y: float) -> None:
    canvas.words(EDGE, y, day, 30, FAINT)
    for place, line in enumerate(lines):
        canvas.words(EDGE + 110, y + place * A_LINE, line, 30)


def _wrapped(said: str) -> list[str]:
    lines = textwrap.wrap(said, LETTERS - 8, subsequent_indent="    ")
    return lines if len(lines) <= 2 else [lines[0], f"{lines[1][: LETTERS - 10].rstrip()}…"]  # noqa: PLR2004 - two


def _named(given: Mapping[str, Any], day: Mapping[str, Any]) -> str:
    at = date.fromisoformat(day["day"])
    return f"{at.day} {given['weekdays'][at.weekday()]}"


def _heading(canvas: Canvas, said: str, y: float, colour: str = "") -> float:
    """Where the first line below it stands."""
    y += 56
    indent = 0
    if colour:
        canvas.box(EDGE, y - 14, 28, 28, colour, round_=5, edgecolor=OTHER, linewidth=2)
        indent = 44
    canvas.words(EDGE + indent, y, said, 34, weight="bold")
    return y + 54


# The sheet with a square code


def placard(given: Mapping[str, Any]) -> bytes:
    """Title, time, place, the code and what it does: to be read from two steps away."""
    wide, high = SHEET
    canvas = Canvas(wide)
    size, lines = _fitted(given["title"])
    y = 150.0
    for line in lines:
        canvas.words(wide / 2, y, line, size, ha="center", weight="bold")
        y += size * 1.25
    for words in (given["at"], *textwrap.wrap(given["place"], 40)[:3]):
        canvas.words(wide / 2, y + 34, words, 48, ha="center")
        y += 66
    side = min(920.0, high - y - 260)
    _code(canvas, given["link"], ((wide - side) / 2, y + 70, side))
    for place, line in enumerate(textwrap.wrap(given["line"], 38)):
        canvas.words(wide / 2, y + side + 140 + place * 62, line, 50, ha="center")
    return canvas.png(high)


def _fitted(title: str) -> tuple[float, list[str]]:
    """Large if it is short; four lines at most."""
    for size, letters in ((84, 20), (66, 25), (52, 32)):
        lines = textwrap.wrap(title, letters)
        if len(lines) <= 3:  # noqa: PLR2004 - a sheet is no page
            return size, lines
    return 44, textwrap.wrap(title, 38)[:4]


def _code(canvas: Canvas, link: str, at: tuple[float, float, float]) -> None:
    """A quiet edge of four squares belongs to it (ISO/IEC 18004)."""
    x, y, side = at
    squares = [list(row) for row in segno.make(link, error="m").matrix_iter(border=4)]
    each = side / len(squares)
    for down, row in enumerate(squares):
        for right, dark in enumerate(row):
            if dark:
                canvas.box(x + right * each, y + down * each, each * 1.02, each * 1.02, "black", linewidth=0)


KINDS: dict[str, Callable[[Mapping[str, Any]], bytes]] = {
    "month": month,
    "placard": placard,
    "report": charts.drawn,
}


def _aside() -> None:
    """Never in the bot's way: after it in line, and on any core, not only the one that it keeps to."""
    os.nice(5)
    with contextlib.suppress(OSError, AttributeError):
        os.sched_setaffinity(0, range(os.cpu_count() or 1))


def main() -> None:
    """One picture from standard input to standard output; one word on standard error when there is none."""
    _aside()
    try:
        with tempfile.TemporaryDirectory() as folder:
            os.environ["MPLCONFIGDIR"] = folder  # its list of fonts; nothing of it stays
            given = json.loads(sys.stdin.buffer.read())
            content = KINDS[given["kind"]](given)
    except Exception as error:  # noqa: BLE001 - no words of a title on standard error, only the kind
        sys.exit(type(error).__name__)
    sys.stdout.buffer.write(content)


if __name__ == "__main__":
    main()
